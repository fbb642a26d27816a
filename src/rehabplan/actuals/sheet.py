"""What a workbook holds, whatever its format: sheets of plain cells."""

from enum import StrEnum
from fractions import Fraction
from functools import cache

from msgspec import Struct, field

from rehabplan.problems import Problem


class CellKind(StrEnum):
    """What the file says a cell holds."""

    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    DATE = "date"
    TRUTH = "truth"
    ERROR = "error"
    NOT_COMPUTED = "not computed"


class Cell(Struct, frozen=True):
    """A cell that is not empty: its kind, its text, and for numbers the exact value.

    A cell shown as 80.5 % has the value 80.5 and the kind percent.
    """

    kind: CellKind
    text: str
    value: Fraction | None = None
    around: tuple[str, str] | None = None
    """The words that a number's format shows before and behind it, where there are any."""


class Sheet(Struct):
    """A worksheet: cells by (row, column) from 1, merged ranges, and what is hidden."""

    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """First row, first column, last row, last column."""
    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


class Workbook(Struct):
    """A file's worksheets in their order, and what its format could not tell or was converted."""

    kind: str
    """The format by content: xlsx, xls, xlsb, ods or csv."""
    sheets: list[Sheet] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    digest: str = ""
    """SHA-256 of the very bytes that were read, in hexadecimal."""


def address(row: int, column: int) -> str:
    """Return the A1 name of a cell."""
    return column_name(column) + str(row)


@cache
def column_name(column: int) -> str:
    """Return the letters of a column counted from 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
