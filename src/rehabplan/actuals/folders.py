"""Which files of the paths that were given are reports."""

from collections.abc import Iterable
from pathlib import Path

from rehabplan.problems import Code, Problem, Where, problem, reason_of

LAYOUT_FILE = "layout.yaml"
_OTHER_TEXTS = {".txt", ".md", ".log", ".json", ".yaml", ".yml", ".py"}
"""Endings of texts that lie beside reports; given by name such a file is read all the same."""
_NOISE = {"thumbs.db", "desktop.ini", ".ds_store", LAYOUT_FILE}


def find_reports(paths: Iterable[Path]) -> tuple[list[Path], list[Problem]]:
    """Return the files to read, each once and in the order of their names, and what was odd about folders.

    Folders are searched with all that is in them. What systems leave there is passed over; Excel's
    lock file of an open workbook is named.
    """
    found: dict[Path, None] = {}
    problems: list[Problem] = []
    for path in dict.fromkeys(paths):
        if not path.is_dir():
            found.setdefault(path)
            continue
        inside = list(_files_in(path, problems))
        if not inside:
            problems.append(problem(Code.NO_REPORTS, Where(str(path))))
        found |= dict.fromkeys(inside)
    return list(found), problems


def _files_in(folder: Path, problems: list[Problem]) -> Iterable[Path]:
    try:
        entries = sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError as error:
        problems.append(problem(Code.REPORT_UNREADABLE, Where(str(folder)), reason=reason_of(error)))
        return
    for entry in entries:
        if entry.name.startswith("~$"):
            problems.append(problem(Code.LOCK_FILE, Where(str(entry))))
        elif entry.name.startswith(".") or entry.name.casefold() in _NOISE:
            continue
        elif entry.suffix.casefold() in _OTHER_TEXTS:
            problems.append(problem(Code.PASSED_OVER, Where(str(entry))))
        elif entry.is_dir() and not entry.is_symlink():
            yield from _files_in(entry, problems)
        else:
            yield entry
