"""Every figure that our door reads, held against what a reader of other people's making reads there.

xlsx: openpyxl, and calamine (Rust). xls, xlsb and ods: calamine; our own .xls goes through xlrd, so xlrd is
no second reader. Both know less than we do; what they say otherwise is listed in `explained`, and nothing
else is let pass.
"""

import os
import warnings
from collections import Counter
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from pathlib import Path
from zipfile import BadZipFile

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineError, CalamineWorkbook

from rehabplan.actuals.sheet import Cell, CellKind, Workbook
from rehabplan.actuals.workbook import open_workbook
from rehabplan.problems import RehabplanError
from tests.cases import case_folders, prepared
from tests.hostile import Hostile, everything

pytestmark = pytest.mark.pressure

ROOT = Path(__file__).parents[1]
REAL = os.environ.get("REHABPLAN_REAL_WORKBOOKS", "")
ENDINGS = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"}
Value = object
Read = dict[tuple[int, int, int], Value]
"""Sheet, row and column from 1 → what stands there; empty cells are left out."""


def by_openpyxl(path: Path) -> Read:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of headers and extensions that it leaves out
        book = load_workbook(path, data_only=True)
    return {
        (at, cell.row or 0, cell.column or 0): cell.value
        for at, sheet in enumerate(book.worksheets, start=1)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def by_calamine(path: Path) -> Read:
    book = CalamineWorkbook.from_path(path)
    found: Read = {}
    kinds = {str(sheet.name): str(sheet.typ) for sheet in book.sheets_metadata}
    names = [name for name in book.sheet_names if kinds[name].endswith("WorkSheet")]
    for at, name in enumerate(names, start=1):
        sheet = book.get_sheet_by_name(name)
        rows = sheet.to_python(skip_empty_area=False)
        for row, values in enumerate(rows, start=1):
            for column, value in enumerate(values, start=1):
                if value not in ("", None):
                    found[at, row, column] = value
    return found


def ours(book: Workbook) -> dict[tuple[int, int, int], Cell]:
    return {
        (at, *place): cell
        for at, sheet in enumerate(book.sheets, start=1)
        for place, cell in sheet.cells.items()
    }


def explained(mine: Cell | None, other: Value) -> str:
    """Return why two readers may differ over a cell, or "" where they must not."""
    if mine is None:
        return "blanks" if isinstance(other, str) and not other.strip() else ""
    match mine.kind:
        case CellKind.NOT_COMPUTED if other is None:
            return "a formula without a value"  # which others leave out, or take for the formula's text
        case CellKind.ERROR if other is None or (isinstance(other, str) and other.startswith("#")):
            return "an error"  # calamine leaves errors empty
        case CellKind.DATE if isinstance(other, date | datetime | time | timedelta | float | int | str):
            return "a date"  # held against each other in tests/test_formats.py; no figure is made of one
        case CellKind.TRUTH if isinstance(other, bool | float):
            return "a truth" if bool(other) is (mine.text == "TRUE") else ""
        case CellKind.NUMBER | CellKind.PERCENT if isinstance(other, date | datetime | time | timedelta):
            return ""
        case CellKind.TEXT if isinstance(other, str):
            same = " ".join(mine.text.split()) == " ".join(other.replace("_x000D_", " ").split())
            return "blanks" if same else "old letters" if not other.isascii() else ""
    return ""


def agree(mine: Cell | None, other: Value) -> bool:
    """Tell whether two readers say the same of a cell; a percentage is 100 times what is stored."""
    if mine is None or other is None:
        return mine is None and other is None
    if mine.value is not None:
        if isinstance(other, bool) or not isinstance(other, int | float):
            return False
        exact = Fraction(other) if isinstance(other, int) else Fraction(f"{other:.15g}")
        whole = float(other).is_integer() and abs(other) > 10**15  # more digits than a double keeps
        scales = (100, 1) if mine.kind is CellKind.PERCENT else (1,)
        return any(mine.value == exact * scale for scale in scales) or (
            whole and float(mine.value) == float(other)
        )
    return isinstance(other, str) and mine.text == other


def compared(path: Path, read: str) -> Counter[str]:
    """Return how many cells of a workbook agree, and how many differ for which reason.

    Raises:
        AssertionError: some differ for none.
    """
    found = ours(open_workbook(path))
    others = by_openpyxl(path) if read == "openpyxl" else by_calamine(path)
    counts: Counter[str] = Counter()
    unexplained = []
    for place in sorted(found.keys() | others.keys()):
        mine, other = found.get(place), others.get(place)
        if agree(mine, other):
            counts["figures" if mine and mine.value is not None else "texts"] += 1
        elif reason := explained(mine, other):
            counts[reason] += 1
        else:
            unexplained.append((place, mine, other))
    assert unexplained == [], f"{path.name}, {read}"
    return counts


def readers(path: Path) -> list[str]:
    return ["openpyxl", "calamine"] if path.suffix in {".xlsx", ".xlsm"} else ["calamine"]


FILES = sorted(
    path
    for folder in ("tests", "reports", "plans")
    for path in (ROOT / folder).rglob("*")
    if path.suffix.casefold() in ENDINGS
    and path.is_file()
    and path.parent.name
    not in {
        "shown",
        "RP563-hidden-by-its-format",
        "RP565-half-a-title-struck-out",
    }  # other readers give what nobody sees
)


def unreadable(path: Path) -> bool:
    """Tell whether our door refuses a file, which tests elsewhere are about."""
    try:
        open_workbook(path)
    except RehabplanError:
        return True
    return False


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_workbooks_of_the_tests(path: Path) -> None:
    if unreadable(path):
        assert "errors" in path.parts or "protected" in path.parts
        return
    for read in readers(path):
        try:
            compared(path, read)
        except (CalamineError, KeyError, ValueError, OSError, BadZipFile):
            # Texts and bare streams with another ending, and defects that the gallery shows.
            if "errors" not in path.parts:
                raise


def test_the_grids_of_the_gallery(tmp_path: Path) -> None:
    """The reports of all golden cases, which are written as workbooks when they run."""
    counts: Counter[str] = Counter()
    for at, case in enumerate(case for name in ("errors", "golden") for case in case_folders(name)):
        folder = tmp_path / str(at)
        folder.mkdir()
        if any(case.glob("**/*.grid")):
            prepared(case, folder)
        for path in folder.rglob("*.xlsx"):
            if not unreadable(path):
                for read in readers(path):
                    counts += compared(path, read)
    print(dict(counts))  # noqa: T201 - for docs/reliability.md, with -s
    assert counts["figures"] > 900
    assert counts["texts"] > 2_500


WRONG_THERE = {
    "comment within a number": "calamine 0.9 takes what stands before the comment: 17 for 1700",
    "processing within a number": "the same",
    "cell at the last corner": "calamine 0.9 wants one list as large as the whole sheet",
}
CAREFUL = [
    case for case in everything()
    if isinstance(case.answer, dict) and case.content.startswith(b"PK") and case.name not in WRONG_THERE
]  # fmt: skip


@pytest.mark.parametrize("case", CAREFUL, ids=lambda case: case.name)
def test_hostile_workbooks_that_can_be_read(case: Hostile, tmp_path: Path) -> None:
    """Where a second reader reads such a file at all, it may say nothing else."""
    path = tmp_path / case.file
    path.write_bytes(case.content)
    try:
        others = by_calamine(path)
    except Exception:  # noqa: BLE001 - it may refuse it, and says so in many ways
        return
    found = ours(open_workbook(path))
    for place in found.keys() & others.keys():
        mine, other = found[place], others[place]
        if mine.value is not None and isinstance(other, int | float):
            assert agree(mine, other), (case.name, place, mine, other)


@pytest.mark.skipif(not REAL, reason="REHABPLAN_REAL_WORKBOOKS names no folder of real workbooks")
def test_real_workbooks() -> None:
    counts: Counter[str] = Counter()
    for path in sorted(path for path in Path(REAL).rglob("*") if path.suffix.casefold() in ENDINGS):
        if not unreadable(path):
            for read in readers(path):
                counts += compared(path, read)
    print(dict(counts))  # noqa: T201 - for docs/reliability.md, with -s
    assert counts["figures"]


def test_a_difference_would_be_seen() -> None:
    assert not agree(Cell(CellKind.NUMBER, "1700", Fraction(1700)), 1701)
    assert not agree(Cell(CellKind.NUMBER, "1700", Fraction(1700)), "1700")
    assert not agree(None, 5)
    assert not explained(None, 5)
    assert not explained(Cell(CellKind.NUMBER, "5", Fraction(5)), None)
    assert agree(Cell(CellKind.PERCENT, "80.5%", Fraction("80.5")), 0.805)
