"""From a workbook to a report: each row with a figure is matched with the plan, or named."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from rehabplan.actuals.columns import OPEN, Filled, Undecided, choose_result, filled_rows, merged_results
from rehabplan.actuals.headers import Column, Row
from rehabplan.actuals.headings import Role, unit_in, unit_line
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
from rehabplan.actuals.sheet import Sheet, address, column_name
from rehabplan.actuals.tables import SheetTables, Table, find_tables
from rehabplan.actuals.workbook import open_workbook
from rehabplan.i18n import _, ngettext
from rehabplan.period import PeriodClue, clue_in_name, clue_in_title, years_in
from rehabplan.plan.model import Plan
from rehabplan.problems import Code, Problem, RehabplanError, Where, problem
from rehabplan.text import clean, label_key, without_number

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
    for sheet in open_workbook(path).sheets:
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
        years = years_in(sheet.name)
        if years:
            clue = PeriodClue(None, None, years[0])
            self.clues.append(Clue(clue, sheet.name, self._where(sheet)))
        self._name_hidden_parts(sheet)
        found = find_tables(sheet, lambda text: self.index.find(text) is not None)
        for table in found.tables:
            person = table.having(Role.PERSON)
            if person:
                self._add(Code.PERSONAL_DATA, sheet, heading=person[0].heading)
                return
        self._titles(sheet, found)
        for table in found.tables:
            self._table(sheet, table, _above(found))
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
        self.tables += 1
        result = choose_result(table, self.year)
        if isinstance(result, Undecided):
            # The rows are there, so their targets are not silent: their figures are only undecided.
            self._add(result.code, sheet, result.cell, **result.args)
            for row in table.rows:
                place = Column(min(row.cells), "", None, row.number)
                self._row(sheet, table, Filled(row, OPEN, place, Figure(FigureKind.BLANK), None), unit)
            return
        clue = clue_in_title(result.heading)
        if clue and (clue.label or clue.cutoff):
            where = self._where(sheet, address(result.header_row, result.number))
            self.clues.append(Clue(clue, result.heading, where))
        headings = [result.heading, *(column.heading for column in table.having(Role.LABEL))]
        unit = next(filter(None, map(unit_in, headings)), unit)
        merged: set[int] = set()
        for cell, rows in merged_results(sheet, table, result):
            self._add(Code.MERGED_VALUE, sheet, cell, place=cell, count=len(rows))
            merged |= rows
        site = ""
        for filled in filled_rows(table, result, self.year):
            heading = _group_heading(table, filled)
            if _SITE.match(heading):
                site = heading
                cell = address(filled.row.number, min(filled.row.cells))
                self._add(Code.ONE_SITE, sheet, cell, site=site)
            elif _WHOLE.search(heading):
                site = ""
            if site or filled.row.number in merged:
                filled = replace(filled, figure=OPEN)  # noqa: PLW2901 - the same row, left open
            self._row(sheet, table, filled, unit)

    def _row(self, sheet: Sheet, table: Table, filled: Filled, above: str) -> None:
        row, figure, column = filled.row, filled.figure, filled.column
        where = self._where(sheet, address(row.number, column.number))
        labels = [text for text in _labels(table, row) if label_key(text)]
        if not labels:
            if figure.kind not in (FigureKind.BLANK, FigureKind.WORDS, FigureKind.OPEN):
                self.problems.append(problem(Code.NO_LABEL, where, raw=figure.raw))
            return
        match = next((found for text in labels if (found := self.index.find(text))), None)
        label = " ".join(labels[-1].split()).rstrip(" :")
        unit = _unit(table, row, above)
        if match:
            goal_where = self._where(sheet, filled.goal_cell) if filled.goal_cell else None
            self.observations.append(
                Observation(
                    match.indicator, figure, where, label, match.by, unit, match.part,
                    _BASIS[column.role or Role.ACTUAL], column.heading, filled.goal, goal_where,
                )
            )  # fmt: skip
        elif figure.kind not in (FigureKind.BLANK, FigureKind.OPEN):
            self._unplanned(Unplanned(label, unit, figure, where))

    def _unplanned(self, row: Unplanned) -> None:
        if row.figure.kind is FigureKind.WORDS:
            found = problem(Code.WORDS_ONLY, row.where, raw=row.figure.raw, label=row.label)
            self.problems.append(found)
        suggestion = self.index.suggest(row.label)
        if suggestion:
            name, target = suggestion
            args = {"label": row.label, "name": name, "target": target}
            self.problems.append(problem(Code.PERHAPS_TARGET, row.where, **args))
        self.unplanned.append(row)

    def _where(self, sheet: Sheet, cell: str | None = None) -> Where:
        return Where(self.file, sheet=sheet.name, cell=cell)

    def _add(self, code: Code, sheet: Sheet, cell: str | None = None, **args: object) -> None:
        self.problems.append(problem(code, self._where(sheet, cell), **args))


_SITE = re.compile(r"(?:quận|huyện|thị xã|xã|phường|thị trấn) (?-i:[^\W\d_a-zà-ỹđ])", re.IGNORECASE)
_WHOLE = re.compile(r"toàn|tổng|chung", re.IGNORECASE)
"""Ends the rows of single sites; a blank row of a site looks like any other heading, so nothing else does."""


def _group_heading(table: Table, filled: Filled) -> str:
    """Return the text of a row that only heads the rows below it: a label without figure and unit."""
    columns = (*table.having(Role.UNIT), *table.having(Role.GOAL))
    if filled.figure.kind is not FigureKind.BLANK or any(one.number in filled.row.cells for one in columns):
        return ""
    texts = [clean(text) for text in _labels(table, filled.row)]
    return without_number(texts[-1]) if texts else ""


def _labels(table: Table, row: Row) -> Iterator[str]:
    for role in (Role.ID, Role.LABEL):
        for column in table.having(role):
            cell = row.cells.get(column.number)
            if cell:
                yield cell.text


def _above(found: SheetTables) -> str:
    """Return the unit that a line above the tables gives all of them."""
    return next((unit for _place, text in found.titles if (unit := unit_line(text))), "")


def _unit(table: Table, row: Row, above: str) -> str:
    """Return the row's unit; where the table has no column of units, the one above it."""
    if not table.having(Role.UNIT):
        return above
    for column in table.having(Role.UNIT):
        cell = row.cells.get(column.number)
        if cell:
            return " ".join(cell.text.split())
    return ""
