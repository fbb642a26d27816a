"""From a workbook to a report: each row with a figure is matched with the plan, or named."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rehabplan.actuals.cells import figure_of, settled, writing_of
from rehabplan.actuals.headers import Column, Row
from rehabplan.actuals.headings import VALUE_ROLES, Role
from rehabplan.actuals.labels import LabelIndex
from rehabplan.actuals.model import (
    Basis,
    Clue,
    Figure,
    FigureKind,
    Observation,
    Report,
    Unplanned,
)
from rehabplan.actuals.tables import SheetTables, Table, find_tables
from rehabplan.actuals.workbook import Cell, Sheet, address, column_name, open_workbook
from rehabplan.i18n import _, ngettext
from rehabplan.period import clue_in_name, clue_in_title
from rehabplan.plan.model import Plan
from rehabplan.problems import Code, Problem, RehabplanError, Where, problem
from rehabplan.text import clean, label_key
from rehabplan.units import is_known

_BASIS = {
    Role.YEAR_TO_DATE: Basis.YEAR_TO_DATE,
    Role.IN_PERIOD: Basis.IN_PERIOD,
    Role.ACTUAL: Basis.UNSAID,
}
_SHOWN_CELLS = 8


def load_report(path: Path, plan: Plan) -> Report:
    """Read one workbook against a plan.

    Raises:
        RehabplanError: the file cannot be read, or no table was found in it.
    """
    reader = _Reader(str(path), plan)
    sheets = open_workbook(path)
    for sheet in sheets:
        reader.read(sheet)
    if not reader.tables:
        refused = any(found.code is Code.PERSONAL_DATA for found in reader.problems)
        none = [] if refused else [problem(Code.NO_TABLE, Where(str(path)))]
        others = [found for found in reader.problems if found.code is not Code.FIGURES_OUTSIDE]
        raise RehabplanError([*others, *none])
    named = clue_in_name(path.stem)
    if named:
        reader.clues.append(Clue(named, path.name, Where(str(path))))
    return Report(
        str(path),
        tuple(reader.observations),
        tuple(reader.unplanned),
        tuple(reader.clues),
        tuple(reader.problems),
    )


class _Reader:
    """Collects what the sheets of one file say."""

    def __init__(self, file: str, plan: Plan) -> None:
        self.file = file
        self.year = plan.year
        self.index = LabelIndex(plan)
        self.tables = 0
        self.observations: list[Observation] = []
        self.unplanned: list[Unplanned] = []
        self.clues: list[Clue] = []
        self.problems: list[Problem] = []

    def read(self, sheet: Sheet) -> None:
        if sheet.hidden:
            if sheet.cells:
                self._add(Code.HIDDEN, sheet, what=_("the whole sheet"))
            return
        self._name_hidden_parts(sheet)
        found = find_tables(sheet, lambda text: self.index.find(text) is not None)
        for table in found.tables:
            person = table.having(Role.PERSON)
            if person:
                self._add(Code.PERSONAL_DATA, sheet, heading=person[0].heading)
                return
        self._titles(sheet, found)
        for table in found.tables:
            self._table(sheet, table, _unit_above(found))
        if found.outside:
            cells = [address(*place) for place in found.outside]
            shown, more = ", ".join(cells[:_SHOWN_CELLS]), len(cells) - _SHOWN_CELLS
            if more > 0:
                shown = _("{cells} and {count} more").format(cells=shown, count=more)
            self._add(Code.FIGURES_OUTSIDE, sheet, cells[0], cells=shown)

    def _name_hidden_parts(self, sheet: Sheet) -> None:
        rows = sorted({row for row, _column in sheet.cells} & sheet.hidden_rows)
        columns = sorted({column for _row, column in sheet.cells} & sheet.hidden_columns)
        if rows:
            names = ", ".join(str(row) for row in rows)
            text = ngettext("row {names}", "rows {names}", len(rows)).format(names=names)
            self._add(Code.HIDDEN, sheet, what=text)
        if columns:
            names = ", ".join(column_name(column) for column in columns)
            text = ngettext("column {names}", "columns {names}", len(columns)).format(names=names)
            self._add(Code.HIDDEN, sheet, what=text)

    def _titles(self, sheet: Sheet, found: SheetTables) -> None:
        for (row, column), text in found.titles:
            clue = clue_in_title(text)
            if clue:
                self.clues.append(Clue(clue, text, self._where(sheet, address(row, column))))

    def _table(self, sheet: Sheet, table: Table, unit: str) -> None:
        value = self._value_column(sheet, table)
        self.tables += 1
        if value is None:
            self._leave_open(sheet, table)
            return
        goal = next(iter(table.having(Role.GOAL)), None)
        heading_clue = clue_in_title(value.heading)
        if heading_clue and heading_clue.label:
            where = self._where(sheet, address(value.header_row, value.number))
            self.clues.append(Clue(heading_clue, value.heading, where))
        rows = list(_figure_rows(table, value, goal))
        merged = self._merged_rows(sheet, value, [row for row, *_both in rows])
        writing = writing_of(figure for _row, *both in rows for figure in both)
        for row, figure, goal_figure in rows:
            goal_cell = address(row.number, goal.number) if goal else None
            found = Figure(FigureKind.OPEN) if row.number in merged else settled(figure, writing)
            shown = found, settled(goal_figure, writing)
            filled = _Filled(row, _unit(table, row, unit), *shown, goal_cell)
            self._row(sheet, table, value, filled)

    def _value_column(self, sheet: Sheet, table: Table) -> Column | None:
        for role in VALUE_ROLES:
            found = self._of_this_year(table.having(role))
            if len(found) > 1:
                first, second = found[0], found[1]
                self._add(
                    Code.TWO_COLUMNS, sheet, address(second.header_row, second.number),
                    first=first.heading, first_cell=address(first.header_row, first.number),
                    second=second.heading,
                )  # fmt: skip
                return None
            if found:
                return found[0]
        estimate = table.having(Role.ESTIMATE)[0]
        cell = address(estimate.header_row, estimate.number)
        self._add(Code.ESTIMATE_ONLY, sheet, cell, heading=estimate.heading)
        return None

    def _merged_rows(self, sheet: Sheet, value: Column, rows: list[Row]) -> set[int]:
        """Return, with a problem, the rows that share one merged cell in the column of results."""
        found: set[int] = set()
        filled = {row.number for row in rows if set(row.cells) - {value.number}}
        for top, left, bottom, right in sheet.merged:
            sharing = filled & set(range(top, min(bottom, max(filled, default=0)) + 1))
            if left <= value.number <= right and len(sharing) > 1 and (top, left) in sheet.cells:
                raw = sheet.cells[top, left].text
                self._add(Code.MERGED_VALUE, sheet, address(top, left), raw=raw, count=len(sharing))
                found |= sharing
        return found

    def _leave_open(self, sheet: Sheet, table: Table) -> None:
        """The rows are there, so their targets are not silent: their figures are only undecided."""
        for row in table.rows:
            for label in _labels(table, row):
                match = self.index.find(label)
                if match:
                    where = self._where(sheet, address(row.number, min(row.cells)))
                    undecided = Figure(FigureKind.OPEN)
                    self.observations.append(Observation(match.indicator, undecided, where, label, match.by))
                    break

    def _of_this_year(self, columns: list[Column]) -> list[Column]:
        """Of several columns leave out those whose headings name another year than the plan's."""
        named = [re.findall(r"(?<!\d)20\d\d(?!\d)", column.heading) for column in columns]
        years = [int(found[-1]) if found else self.year for found in named]
        fitting = [column for column, year in zip(columns, years, strict=True) if year == self.year]
        return fitting or columns

    def _row(self, sheet: Sheet, table: Table, value: Column, filled: "_Filled") -> None:
        row, figure = filled.row, filled.figure
        where = self._where(sheet, address(row.number, value.number))
        labels = [text for text in _labels(table, row) if label_key(text)]
        if not labels:
            if figure.kind not in (FigureKind.BLANK, FigureKind.WORDS):
                self.problems.append(problem(Code.NO_LABEL, where, raw=figure.raw))
            return
        match = next((found for text in labels if (found := self.index.find(text))), None)
        label = " ".join(labels[-1].split()).rstrip(" :")
        unit = filled.unit
        if match:
            self.observations.append(
                Observation(
                    match.indicator, figure, where, label, match.by, unit, match.part,
                    _BASIS[value.role or Role.ACTUAL], value.heading,
                    filled.goal, self._where(sheet, filled.goal_cell) if filled.goal_cell else None,
                )
            )  # fmt: skip
            return
        if figure.kind in (FigureKind.BLANK, FigureKind.OPEN):
            return
        if figure.kind is FigureKind.WORDS:
            self.problems.append(problem(Code.WORDS_ONLY, where, raw=figure.raw, label=label))
        suggestion = self.index.suggest(label)
        if suggestion:
            name, target = suggestion
            perhaps = problem(Code.PERHAPS_TARGET, where, label=label, name=name, target=target)
            self.problems.append(perhaps)
        self.unplanned.append(Unplanned(label, unit, figure, where))

    def _where(self, sheet: Sheet, cell: str | None = None) -> Where:
        return Where(self.file, sheet=sheet.name, cell=cell)

    def _add(self, code: Code, sheet: Sheet, cell: str | None = None, **args: object) -> None:
        self.problems.append(problem(code, self._where(sheet, cell), **args))


@dataclass(frozen=True, slots=True)
class _Filled:
    """A row with its figure and the goal that it shows, in the table's writing of numbers."""

    row: Row
    unit: str
    figure: Figure
    goal: Figure
    goal_cell: str | None


def _figure_rows(table: Table, value: Column, goal: Column | None) -> Iterator[tuple[Row, Figure, Figure]]:
    for row in table.rows:
        goal_cell: Cell | None = row.cells.get(goal.number) if goal else None
        yield row, figure_of(row.cells.get(value.number)), figure_of(goal_cell)


def _labels(table: Table, row: Row) -> Iterator[str]:
    for role in (Role.ID, Role.LABEL):
        for column in table.having(role):
            cell = row.cells.get(column.number)
            if cell:
                yield cell.text


_UNIT_LINE = re.compile(r"đơn vị(?: tính)?\s*:\s*(.+)", re.IGNORECASE)


def _unit_above(found: SheetTables) -> str:
    """Return the unit that a line such as "Đơn vị tính: triệu đồng" gives the whole table."""
    for _place, text in found.titles:
        line = _UNIT_LINE.fullmatch(clean(text).strip("()"))
        if line and is_known(line[1]):
            return line[1]
    return ""


def _unit(table: Table, row: Row, above: str) -> str:
    """Return the row's unit; where the table has no column of units, the one above it."""
    if not table.having(Role.UNIT):
        return above
    for column in table.having(Role.UNIT):
        cell = row.cells.get(column.number)
        if cell:
            return " ".join(cell.text.split())
    return ""
