"""Files that commands write: whole or not at all, and nothing overwritten unasked."""

import os
import secrets
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path

from rehabplan.i18n import _, ngettext
from rehabplan.problems import Code, RehabplanError, problem, reason_of


def write_text(text: str) -> None:
    """Write a text to standard output; one that brings its own line ends (CSV) keeps them on every system."""
    if "\r\n" in text and isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(newline="")
    sys.stdout.write(text)


def refuse_existing(paths: Sequence[Path], code: Code = Code.OUTPUT_EXISTS) -> None:
    """Say that files are already there, by a code whose one argument is `file`.

    Raises:
        RehabplanError: at least one is; nothing was written.
    """
    there = [path for path in paths if path.exists()]
    if not there:
        return
    name = str(there[0])
    if len(there) > 1:
        more = ngettext("{file} and {count} more", "{file} and {count} more", len(there) - 1)
        name = more.format(file=name, count=len(there) - 1)
    raise RehabplanError([problem(code, file=name)])


def make_folder(path: Path) -> None:
    """Make a folder and those above it where they are missing.

    Raises:
        RehabplanError: it cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        reason = _("a file of that name is there")
        raise RehabplanError([problem(Code.OUTPUT_FAILED, file=str(path), reason=reason)]) from None
    except OSError as error:
        raise _failed(path, error) from error


def write_atomic(path: Path, content: bytes) -> None:
    """Write a file by way of a temporary one beside it, so that none is ever seen by halves.

    Raises:
        RehabplanError: it cannot be written.
    """
    beside = path.parent / f".{secrets.token_hex(8)}.tmp"
    try:
        try:
            with beside.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise _failed(path, error) from error


def _failed(path: Path, error: OSError) -> RehabplanError:
    reason = str(reason_of(error))
    if isinstance(error, FileNotFoundError):
        reason = _("its folder does not exist")
    elif path.is_dir():
        reason = _("it is a folder")
    elif isinstance(error, PermissionError):
        reason = _("it is open in Excel or another program (close it there), or may not be written")
    return RehabplanError([problem(Code.OUTPUT_FAILED, file=str(path), reason=reason)])
