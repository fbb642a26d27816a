"""The figures of one row: which of a group's columns say something, of which span, in which unit."""

from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from rehabplan.actuals.arithmetic import check_period_sum, check_spans
from rehabplan.actuals.cells import Writings, figure_of, pair_of
from rehabplan.actuals.columns import Group, Value
from rehabplan.actuals.headers import Column, Row
from rehabplan.actuals.headings import unit_in
from rehabplan.actuals.model import Basis, Figure, FigureKind
from rehabplan.actuals.roles import VALUE_ROLES, Role
from rehabplan.actuals.sheet import Sheet, address
from rehabplan.actuals.tables import Table
from rehabplan.actuals.vocabulary import Vocabulary
from rehabplan.problems import Code, Problem, Where, problem
from rehabplan.text import clean

OPEN = Figure(FigureKind.OPEN)
"""The figure of a row whose cell is there but not decided."""
_HELD = (*VALUE_ROLES, Role.ESTIMATE, Role.NUMERATOR, Role.DENOMINATOR)


class RowFigures(Struct):
    """Reads the figures of a table's rows; what is wrong with them is collected on the way."""

    file: str
    sheet: Sheet
    table: Table
    words: Vocabulary
    writings: Writings
    unit: str = ""
    """The unit that a line above the table gives all of its figures."""
    problems: list[Problem] = field(default_factory=list)
    _merged: dict[int, set[int]] = field(default_factory=dict)
    _units: list[Column] = field(default_factory=list)
    _headings: list[str] = field(default_factory=list)
    _heads: dict[tuple[str, bool], str] = field(default_factory=dict)
    """Units that headings name, which every row asks for."""

    def __post_init__(self) -> None:
        """Look the columns up that every row asks for."""
        self._units = self.table.having(Role.UNIT)
        self._headings = [column.heading for column in self.table.having(Role.LABEL)]

    def note_merged(self, column: Column) -> None:
        """Note, and tell, where one merged cell of a column spans several filled rows."""
        cells = self.sheet.cells
        filled = {row.number for row in self.table.rows if set(row.cells) - {column.number}}
        for top, left, bottom, right in self.sheet.merged:
            sharing = {number for number in filled if top <= number <= bottom}
            if left <= column.number <= right and len(sharing) > 1 and (top, left) in cells:
                place = address(top, left)
                args = {"place": place, "count": len(sharing)}
                self.problems.append(problem(Code.MERGED_VALUE, self.where(place), **args))
                self._merged.setdefault(column.number, set()).update(sharing)

    def filled(self, row: Row, group: Group) -> bool:
        """Tell whether a row has a cell in any of a group's columns that can hold results."""
        return any(one.number in row.cells for one in group.columns if one.role in _HELD)

    def figure(self, row: Row, column: Column) -> Figure:
        """Return a cell's figure, read in the sheet's own way of writing numbers."""
        return self.writings.settled(figure_of(row.cells.get(column.number)))

    def values(self, row: Row, group: Group) -> Iterator[tuple[Value, Figure]]:
        """Yield the columns of a group that say something in a row, or the first one, blank.

        A figure of the period alone is left out where the year to date beside it covers its days.
        """
        only = self._only(row, group)
        if only:
            yield only
            return
        found = []
        for value in group.values:
            if row.number in self._merged.get(value.column.number, ()):
                yield value, OPEN
                return
            if value.column.number in row.cells:
                found.append((value, self.figure(row, value.column)))
        if len(found) > 1 and self._contradict(row, found):
            yield group.values[0], OPEN
            return
        said = [one for one in found if not one[1].silent]
        to_date = (Basis.YEAR_TO_DATE, Basis.UNSAID)
        whole = [value for value, _figure in said if value.basis in to_date]
        told = False
        for value, figure in said:
            if value.basis is not Basis.IN_PERIOD or not _covered(value, whole):
                told = True
                yield value, figure
        if not told and group.values:
            yield found[0] if found else (group.values[0], Figure(FigureKind.BLANK))

    def _only(self, row: Row, group: Group) -> tuple[Value, Figure] | None:
        """Return the figure of a group that has but one, with nothing beside it to contradict or cover it."""
        if group.undecided:
            return Value(group.columns[0] if group.columns else self.table.columns[0], Basis.UNSAID), OPEN
        pair = self._pair(row, group)
        if pair or len(group.values) != 1:
            return pair
        value = group.values[0]
        merged = row.number in self._merged.get(value.column.number, ())
        return value, OPEN if merged else self.figure(row, value.column)

    def _contradict(self, row: Row, found: Sequence[tuple[Value, Figure]]) -> bool:
        """Tell whether the figures of one row cannot all be right; a sum that differs is but told."""
        wrong = list(check_spans(found, lambda column: self.cell(row, column)))
        self.problems += wrong or check_period_sum(found, lambda column: self.cell(row, column))
        return bool(wrong)

    def _pair(self, row: Row, group: Group) -> tuple[Value, Figure] | None:
        """Return the figure of the columns of numerator and denominator, where either is filled."""
        if group.pair is None:
            return None
        above, below = group.pair
        parts = [self.figure(row, one) for one in (above, below)]
        if all(one.kind is FigureKind.BLANK for one in parts):
            return None
        bases = [value.basis for value in group.values] or [Basis.UNSAID]
        return Value(above, bases[0]), pair_of(*parts)

    def unit_of(self, row: Row, group: Group, value: Value) -> str:
        """Return the row's unit: its own cell's, else its heading's, else the one above the table."""
        for column in self._units:
            cell = row.cells.get(column.number)
            if cell:
                return clean(cell.text)
        if self._units and not group.match:
            return ""
        asked = (value.column.heading, group.match is None)
        if asked not in self._heads:
            headings = [value.column.heading, *self._headings]
            if group.match:
                headings = value.column.heading.split(" / ")[::-1]
            self._heads[asked] = next(filter(None, map(unit_in, headings)), self.unit)
        return self._heads[asked]

    def cell(self, row: Row, column: Column) -> Where:
        """Return the place of a row's cell."""
        return self.where(address(row.number, column.number))

    def where(self, cell: str) -> Where:
        """Return the place of a cell on the sheet."""
        return Where(self.file, sheet=self.sheet.name, cell=cell)


def _covered(value: Value, whole: list[Value]) -> bool:
    """Tell whether the report's own year to date stands in the same row as a figure of the period alone."""
    return value.basis is Basis.IN_PERIOD and any(one.until is None for one in whole)
