"""Files that commands write: whole or not at all, and nothing overwritten unasked."""

import errno
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePath

from rehabplan.cli.atomic import BesideError, place_of, replace_file
from rehabplan.filebytes import kind_fault
from rehabplan.i18n import N_, _, ngettext
from rehabplan.problems import Code, Message, RehabplanError, message, problem, reason_of
from rehabplan.seal import Seal, seal_of

Inputs = dict[Path, str]
"""Files that a command reads, and what each is to it."""


def refuse_existing(
    paths: Sequence[Path], code: Code = Code.OUTPUT_EXISTS, *,
    force: bool = False, inputs: Inputs | None = None,
) -> None:  # fmt: skip
    """Refuse to write over inputs, over what is no file, and, unless forced, over what is not ours.

    A workbook that is as rehabplan made it may be replaced unasked. With another `code` than the usual one,
    whose one argument is `file` too, nothing that is there may be.

    Raises:
        RehabplanError: something of that kind is there; nothing was written.
    """
    for path in paths:
        refuse_name(path)
        _need_ways_back(path)
        _refuse_input(path, inputs or {})
    ours = code is Code.OUTPUT_EXISTS  # else nothing may be there, a link to nowhere neither
    there = {
        path: _why_not(path, code) for path in paths if _is_there(path) or (not ours and path.is_symlink())
    }
    refused = {path: why for path, why in there.items() if why and not (force and code is Code.OUTPUT_EXISTS)}
    if not refused:
        return
    first, why = next(iter(refused.items()))
    name = str(first)
    if len(refused) > 1:
        more = ngettext("{file} (and {count} more)", "{file} (and {count} more)", len(refused) - 1)
        name = more.format(file=name, count=len(refused) - 1)
    raise RehabplanError([problem(why, file=name)])


def _why_not(path: Path, code: Code) -> Code | None:
    """Return why a file may not be replaced unasked, None where it may."""
    if code is not Code.OUTPUT_EXISTS:
        return code
    return {Seal.FOREIGN: code, Seal.BROKEN: Code.OUTPUT_EDITED, Seal.WHOLE: None}[seal_of(path)]


def _is_there(path: Path) -> bool:
    """Tell whether there is a file; what is no file can never be written over.

    Raises:
        RehabplanError: there is a folder, a device or a pipe, or nobody can tell.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return False
    except OSError as error:
        raise _failed(path, BesideError(error.errno, error.strerror)) from error
    fault = kind_fault(mode)
    if fault is not None:
        raise _said(path, fault)
    return True


def _refuse_input(path: Path, inputs: Inputs) -> None:
    for other, role in inputs.items():
        try:
            same = path.samefile(other)  # also by another name: a link, or other capitals
        except OSError:
            continue
        if same:
            raise RehabplanError([problem(Code.OUTPUT_IS_INPUT, file=str(path), input=role)])


_DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])\s*(?:\..*)?", re.IGNORECASE)


def name_fault(name: str, *, windows: bool = os.name == "nt") -> Message | None:
    """Return why Windows would not keep a file by this name, None where it does.

    Asked on every system, because such a file is sent to offices where it could not be opened. A colon
    is refused on Windows alone, where what is written would be hidden in another file.
    """
    device = _DEVICES.fullmatch(name)
    if device:
        return message(N_("{name} is a device there"), name=device[1].upper())
    if name.endswith((".", " ")) and name.strip("."):
        return message(N_("it ends with a dot or a blank"))
    if windows and ":" in name:
        return message(N_("it holds a colon"))
    return None


def refuse_name(path: PurePath, *, windows: bool = os.name == "nt") -> None:
    """Refuse a path with a name in it that Windows would not keep.

    Raises:
        RehabplanError: the message says which, and why.
    """
    folders = () if path.is_absolute() else path.parent.relative_to(path.anchor).parts
    for name in (path.name, *folders):
        fault = name_fault(name, windows=windows)
        if fault:
            raise RehabplanError([problem(Code.OUTPUT_NAME, file=str(path), reason=fault)])


def need_folder(path: Path) -> None:
    """Say early that the folder of a file is missing, before anything is worked out.

    Raises:
        RehabplanError: it is.
    """
    try:
        place_of(path)
    except FileNotFoundError as error:
        shown = path.parent if not path.is_symlink() else error.filename
        raise _no_folder(path, shown) from None
    except OSError as error:
        raise _failed(path, BesideError(error.errno, error.strerror)) from error


def _need_ways_back(path: Path) -> None:
    """Refuse a path that leaves a missing folder by `..`: what is checked would not be what is written."""
    for folder in path.parents:
        try:
            if folder.name == "..":
                folder.stat()
        except FileNotFoundError:
            raise _no_folder(path, folder) from None
        except OSError as error:
            raise _failed(path, BesideError(error.errno, error.strerror)) from error


def _no_folder(path: Path, folder: object) -> RehabplanError:
    return _said(path, message(N_("there is no folder {folder}"), folder=str(folder)))


def make_folder(path: Path) -> None:
    """Make a folder and those above it where they are missing.

    Raises:
        RehabplanError: it cannot be made.
    """
    refuse_name(path)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise _said(path, message(N_("a file of that name is there"))) from None
    except OSError as error:
        raise _failed(path, BesideError(error.errno, error.strerror)) from error


def write_atomic(path: Path, content: bytes, code: Code = Code.OUTPUT_EXISTS, *, force: bool = True) -> None:
    """Write a file whole or not at all; what came there in the meantime is refused as by `refuse_existing`.

    Raises:
        RehabplanError: it cannot be written.
    """
    refuse_name(path)
    need_folder(path)
    _is_there(path)
    if os.name != "nt" and path.exists() and not os.access(path, os.W_OK):
        raise _said(path, message(N_("it is protected against writing")))
    try:
        replace_file(path, content, lambda: refuse_existing([path], code, force=force))
    except OSError as error:
        raise _failed(path, error) from error


_REASONS = {
    errno.ENOSPC: N_("the disk is full"),
    errno.EDQUOT: N_("the disk is full for this user"),
    errno.EFBIG: N_("a file may not become that large here"),
    errno.EROFS: N_("the disk can only be read"),
    errno.ENAMETOOLONG: N_("its name is too long"),
    errno.ENOENT: N_("its folder does not exist"),
    errno.ENOTDIR: N_("a part of its path is a file, not a folder"),
    errno.ELOOP: N_("it is a link that leads in a circle"),
    errno.EIO: N_("the disk or the network failed"),
    errno.EBADF: N_("it is closed"),
}


def failure_text(error: OSError) -> str:
    """Return why something could not be written, in the same words on every system."""
    known = _REASONS.get(error.errno or 0)
    return _(known) if known else str(reason_of(error))


def _failed(path: Path, error: OSError) -> RehabplanError:
    if error.errno in (errno.EACCES, errno.EPERM):
        if isinstance(error, BesideError):
            return _said(path, message(N_("nothing may be written into its folder")))
        held = N_("it is open in Excel or another program (close it there), or may not be written")
        return _said(path, message(held))
    return _said(path, failure_text(error))


def _said(path: Path, reason: object) -> RehabplanError:
    return RehabplanError([problem(Code.OUTPUT_FAILED, file=str(path), reason=reason)])


def inputs(*groups: tuple[Iterable[Path | str | None], str]) -> Inputs:
    """Return the files that a command reads, each with what it is; what was not given is left out."""
    return {Path(one): role for paths, role in groups for one in paths if one}
