"""The bytes of a file, read once and without waiting for anything: no device, no pipe, no file that grows."""

import os
import stat
from pathlib import Path

from rehabplan.actuals.formats.faults import FaultError
from rehabplan.actuals.formats.limits import MIB, MOST_BYTES, too_large
from rehabplan.i18n import _
from rehabplan.problems import Code

_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
"""A pipe that takes the file's place after the first look must not be waited for."""


def content_of(path: Path) -> bytes:
    """Return all bytes of a file as they were at one moment.

    Raises:
        FaultError: it is no regular file, too large, or was written to meanwhile.
        OSError: it cannot be opened or read.
    """
    _refuse_others(path.stat().st_mode)  # before it is opened: to open a device may set it off
    with os.fdopen(os.open(path, _FLAGS), "rb") as file:
        before = os.fstat(file.fileno())
        _refuse_others(before.st_mode)
        if before.st_size > MOST_BYTES:
            raise _too_long()
        content = file.read(MOST_BYTES + 1)
        after = os.fstat(file.fileno())
    if len(content) > MOST_BYTES:
        raise _too_long()
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise FaultError(Code.REPORT_UNREADABLE, reason=_("it was written to while it was read"))
    if len(content) < before.st_size:
        raise FaultError(Code.REPORT_UNREADABLE, reason=_("its last part cannot be read"))
    return content


def _refuse_others(mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise FaultError(Code.REPORT_UNREADABLE, reason=_("it is a folder"))
    if not stat.S_ISREG(mode):
        raise FaultError(Code.REPORT_UNREADABLE, reason=_("it is a device or a pipe, not a file"))


def _too_long() -> FaultError:
    return too_large(_("it has more than {limit} MiB").format(limit=MOST_BYTES // MIB))
