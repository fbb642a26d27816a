"""What a layout file says of workbooks whose layout is not understood by itself."""

from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from pathlib import Path

from msgspec import Struct, field

from rehabplan.actuals.roles import Role
from rehabplan.numbers import Writing
from rehabplan.period import PeriodClue, Span

ROLES: Mapping[str, Role | None] = {
    "label": Role.LABEL, "id": Role.ID, "site": Role.SITE, "unit": Role.UNIT, "goal": Role.GOAL,
    "result": Role.ACTUAL, "year_to_date": Role.YEAR_TO_DATE, "in_period": Role.IN_PERIOD,
    "at_date": Role.AT_DATE, "numerator": Role.NUMERATOR, "denominator": Role.DENOMINATOR,
    "percent": Role.COMPARISON, "estimate": Role.ESTIMATE, "earlier": Role.EARLIER,
    "period": Role.PERIOD, "note": Role.NOTE, "ignore": None,
}  # fmt: skip
WORDS = {role: word for word, role in ROLES.items() if role}
"""The words of a layout file for what a column holds."""


class ColumnLayout(Struct, frozen=True):
    """What one column holds."""

    role: Role | None
    """None where the column is to be left out."""
    target: str | None = None
    site: str | None = None
    span: Span | None = None


class SheetLayout(Struct, frozen=True):
    """How one sheet is to be read; what is None is found by itself."""

    skip: bool = False
    header: tuple[int, int] | None = None
    """First and last row of the header; (0, 0) where there is none."""
    rows: tuple[int, int] | None = None
    columns: dict[int, ColumnLayout] = field(default_factory=dict)
    site: str | None = None
    period: PeriodClue | None = None
    writing: Writing = Writing.EITHER
    use_hidden: bool = False


class Layout(Struct, frozen=True):
    """The sheets that a layout file describes, by patterns of file and sheet names, the first that fits."""

    sheets: tuple[tuple[str, str, str, SheetLayout], ...] = ()
    """Folder of the layout file, pattern of file names, pattern of sheet names, what it says."""

    def of(self, path: Path, sheet: str) -> SheetLayout | None:
        """Return the layout of a sheet of a file beside which the layout file lies."""
        for names, layout in self.about(path):
            if fnmatch(sheet, names):
                return layout
        return None

    def about(self, path: Path) -> Iterator[tuple[str, SheetLayout]]:
        """Yield the patterns of sheet names that are said of a file, each with its layout."""
        for folder, files, names, layout in self.sheets:
            if Path(folder) == path.parent and fnmatch(path.name, files):
                yield names, layout
