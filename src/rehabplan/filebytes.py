"""The bytes of a file, read once and without waiting for anything: no device, no pipe, no file that grows."""

import os
import stat
from pathlib import Path

from rehabplan.i18n import N_
from rehabplan.problems import Message, message

_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
"""A pipe that takes the file's place after the first look must not be waited for."""


class UnfitFileError(ValueError):
    """What cannot be read as a file; its text is the reason, in the language in use."""


class TooLongError(ValueError):
    """A file of more bytes than are read."""


def kind_fault(mode: int) -> Message | None:
    """Return why what a path leads to is no file to be read or written, None where it is one."""
    if stat.S_ISDIR(mode):
        return message(N_("it is a folder"))
    if not stat.S_ISREG(mode):
        return message(N_("it is a device or a pipe, not a file"))
    return None


def bytes_of(path: Path, most: int) -> bytes:
    """Return all bytes of a file as they were at one moment.

    Args:
        path: the file.
        most: how many bytes it may have; no more than one beyond are ever read.

    Raises:
        UnfitFileError: it is no regular file, or was written to meanwhile.
        TooLongError: it has more bytes.
        OSError: it cannot be opened or read.
    """
    _refuse_others(path.stat().st_mode)  # before it is opened: to open a device may set it off
    with os.fdopen(os.open(path, _FLAGS), "rb") as file:
        before = os.fstat(file.fileno())
        _refuse_others(before.st_mode)
        if before.st_size > most:
            raise TooLongError
        content = file.read(most + 1)
        after = os.fstat(file.fileno())
    if len(content) > most:
        raise TooLongError
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise UnfitFileError(str(message(N_("it was written to while it was read"))))
    if len(content) < before.st_size:
        raise UnfitFileError(str(message(N_("its last part cannot be read"))))
    return content


def _refuse_others(mode: int) -> None:
    fault = kind_fault(mode)
    if fault is not None:
        raise UnfitFileError(str(fault))
