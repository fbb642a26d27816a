"""Writing a file so that whoever looks, and whenever, sees the old one or the new one, whole."""

import errno
import os
import re
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_OURS = r"\.rehabplan-[0-9a-f]{16}\.tmp"
"""Names of the files that are written first, beside the one that is meant."""
_LEFT_OVER = 3600
"""Seconds after which such a file is nobody's any more: the command that wrote it was killed."""
_ON_WINDOWS = os.name == "nt"
_TRIES, _PAUSE = 10, 0.1
"""Another program may hold a file for a moment: a second run, or what looks for viruses."""


UNDER_WAY: set[Path] = set()
"""Temporary files that are being written; whoever ends the process takes them away."""


class BesideError(OSError):
    """The temporary file could not be written: it is the folder or the disk, not the target."""


_MOST_LINKS = 40


def place_of(path: Path) -> Path:
    """Return where a file of a path lies or would lie, as the system itself finds it.

    `nosuch/../a.xlsx` is nowhere while there is no folder `nosuch`; folded to `a.xlsx` it would name a file
    that no check of the path had seen.

    Raises:
        OSError: a folder on the way, also of a link, is missing or is none, or links lead in a circle.
    """
    for _link in range(_MOST_LINKS):
        path.parent.stat()  # what is missing or no folder: realpath passes over a file before `..`
        path = Path(os.path.realpath(path.parent, strict=True)) / path.name
        if not path.is_symlink():
            return path
        path = path.parent / path.readlink()
    raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))


def replace_file(path: Path, content: bytes, look: Callable[[], None] = lambda: None) -> None:
    """Write a file by way of a temporary one beside it, which is on the disk before it takes the name.

    A link stays and what it leads to is replaced; what is replaced leaves its rights to the new file.

    Args:
        path: the file.
        content: what is to stand in it.
        look: called just before; where it raises, nothing is written.

    Raises:
        BesideError: nothing can be written there.
        OSError: the file cannot be replaced; the old one is as it was.
    """
    try:
        target = place_of(path)
    except OSError as error:
        raise BesideError(error.errno, error.strerror, str(path)) from error
    beside = target.with_name(f".rehabplan-{os.urandom(8).hex()}.tmp")
    UNDER_WAY.add(beside)
    try:
        try:
            _write(beside, content, target)
        except OSError as error:
            raise BesideError(error.errno, error.strerror, str(beside)) from error
        _clear(target.parent, beside)
        look()
        _rename(beside, target)
    finally:
        with suppress(OSError):
            beside.unlink()
        UNDER_WAY.discard(beside)
    _settle(target.parent)


def _write(beside: Path, content: bytes, target: Path) -> None:
    with beside.open("xb") as file:
        file.write(content)
        file.flush()
        with suppress(FileNotFoundError):
            _keep_rights(beside, target.stat())
        os.fsync(file.fileno())


def _keep_rights(beside: Path, old: os.stat_result) -> None:
    """Give a file the owner and the mode of the one that it replaces, as far as one may."""
    own = beside.stat()
    if hasattr(os, "chown") and (own.st_uid, own.st_gid) != (old.st_uid, old.st_gid):
        with suppress(OSError):
            os.chown(beside, old.st_uid, old.st_gid)
    with suppress(OSError):
        beside.chmod(stat.S_IMODE(old.st_mode))


def _rename(beside: Path, target: Path) -> None:
    for left in range(_TRIES - 1, -1, -1):
        try:
            beside.replace(target)
        except PermissionError:
            if not (_ON_WINDOWS and left):  # elsewhere nobody can hold a file
                raise
            time.sleep(_PAUSE)
        else:
            return


def _settle(folder: Path) -> None:
    """Bring the new name to the disk as well, where the system can be asked to."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def _clear(folder: Path, beside: Path) -> None:
    """Remove what killed commands left in a folder; ages are told by the clock that dates `beside`."""
    with suppress(OSError):
        now = beside.stat().st_mtime
        for entry in os.scandir(folder):
            if re.fullmatch(_OURS, entry.name) and entry.is_file(follow_symlinks=False):
                with suppress(OSError):
                    if now - entry.stat(follow_symlinks=False).st_mtime > _LEFT_OVER:
                        os.unlink(entry.path)  # noqa: PTH108 - scandir gives a path as text
