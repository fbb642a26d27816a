"""Which files of the paths that were given are reports."""

import os
from collections.abc import Iterable
from pathlib import Path

from rehabplan import figures
from rehabplan.i18n import _
from rehabplan.problems import Code, Problem, Where, has_errors, problem, reason_of

LAYOUT_FILE = "layout.yaml"
DEEPEST = 64
"""Folders within folders that are searched."""
MOST_FILES = 20_000
"""Files of a folder and all within it that are read; the country has 3,321 communes."""
_OTHER_TEXTS = {".txt", ".md", ".log", ".json", ".yaml", ".yml", ".py"}
"""Endings of texts that lie beside reports; given by name such a file is read all the same."""
_NOISE = {"thumbs.db", "desktop.ini", ".ds_store", LAYOUT_FILE}


def find_reports(paths: Iterable[Path]) -> tuple[list[Path], list[Problem]]:
    """Return the files to read, each once and in the order of their names, and what was odd about folders.

    Folders are searched with all that is in them, but links to other folders are named, not followed: they
    may lead in a circle. What systems leave there is passed over; Excel's lock file of an open workbook is
    named.
    """
    found: dict[Path, None] = {}
    problems: list[Problem] = []
    for path in dict.fromkeys(paths):
        if not _is_folder(path):
            found.setdefault(path)
            continue
        inside, told = list[Path](), len(problems)
        _search(path, 0, inside, problems)
        if not inside and not has_errors(problems[told:]):
            problems.append(problem(Code.NO_REPORTS, Where(str(path))))
        if len(inside) > MOST_FILES:
            reason = _("it has more than {limit} files").format(limit=figures.whole(MOST_FILES))
            problems.append(problem(Code.REPORT_UNREADABLE, Where(str(path)), reason=reason))
            continue
        found |= dict.fromkeys(inside)
    return list(found), problems


def _search(folder: Path, depth: int, found: list[Path], problems: list[Problem]) -> None:
    def refuse(reason: object) -> None:
        problems.append(problem(Code.REPORT_UNREADABLE, Where(str(folder)), reason=reason))

    if depth > DEEPEST:
        refuse(_("it lies more than {limit} folders deep").format(limit=DEEPEST))
        return
    try:
        entries = sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError as error:
        refuse(reason_of(error))
        return
    for entry in entries:
        where = Where(str(entry))
        if entry.name.startswith("~$"):
            problems.append(problem(Code.LOCK_FILE, where))
        elif entry.name.startswith(".") or entry.name.casefold() in _NOISE:
            continue
        elif entry.suffix.casefold() in _OTHER_TEXTS:
            problems.append(problem(Code.PASSED_OVER, where))
        elif not _is_folder(entry):
            found.append(entry)
        elif entry.is_symlink():
            reason = _("it is a link to a folder; such links are not followed")
            problems.append(problem(Code.REPORT_UNREADABLE, where, reason=reason))
        else:
            _search(entry, depth + 1, found, problems)


def _is_folder(path: Path) -> bool:
    """Tell whether a path is a folder; where that may not be known it is not, and reading it says why."""
    return os.path.isdir(path)  # noqa: PTH112 - Path.is_dir raises in a folder that must not be entered
