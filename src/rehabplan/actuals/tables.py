"""Finds the tables of a sheet: header rows, what each column holds, and the rows below.

Understood without configuration: an office table with a header of one to three rows (merged cells,
an index row below), and a plain list of labels and values with or without a header.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from rehabplan.actuals.cells import figure_of
from rehabplan.actuals.headers import Column, Row, find_headers, is_index_row
from rehabplan.actuals.headings import VALUE_ROLES, Role
from rehabplan.actuals.model import FigureKind
from rehabplan.actuals.sheet import Cell, CellKind, Sheet
from rehabplan.numbers import readings
from rehabplan.units import is_known

_NUMERIC = (CellKind.NUMBER, CellKind.PERCENT, CellKind.DATE, CellKind.ERROR)


@dataclass(frozen=True, slots=True)
class Table:
    """A header with the rows below it, up to the next header or the end of the sheet."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def holds_results(self) -> bool:
        """Whether a column may hold results, or persons that stop the reading."""
        wanted = (*VALUE_ROLES, Role.ESTIMATE, Role.PERSON)
        return any(column.role in wanted for column in self.columns)

    def having(self, role: Role) -> list[Column]:
        """Return the columns with a role, from the left."""
        return [column for column in self.columns if column.role is role]


@dataclass(slots=True)
class SheetTables:
    """A sheet's tables, the texts above the first of them, and the figures that stand in none."""

    tables: list[Table] = field(default_factory=list)
    titles: list[tuple[tuple[int, int], str]] = field(default_factory=list)
    outside: list[tuple[int, int]] = field(default_factory=list)


def find_tables(sheet: Sheet, known: Callable[[str], bool]) -> SheetTables:
    """Find the tables of a sheet; `known` tells whether a text is the label of a target.

    Hidden rows and columns are left out.
    """
    rows = _visible_rows(sheet)
    found = SheetTables()
    index_rows: set[int] = set()
    headers = list(find_headers(sheet, rows, known))
    if headers:
        ends = [start for start, _, _ in headers[1:]] + [max(rows) + 1]
        for (_, last, columns), end in zip(headers, ends, strict=True):
            body = [row for number, row in rows.items() if last < number < end]
            index = {row.number for at, row in enumerate(body) if is_index_row(row, least=3 if at else 2)}
            data = [row for row in body if row.number not in index]
            table = Table(columns, tuple(data))
            if table.holds_results:
                found.tables.append(table)
            index_rows |= index
    else:
        plain = _plain_list(rows, known)
        if plain:
            found.tables.append(plain)
    first = headers[0][0] if headers else min(
        (row.number for table in found.tables for row in table.rows), default=max(rows, default=0) + 1
    )  # fmt: skip
    found.titles = [
        ((row.number, column), cell.text)
        for row in rows.values()
        if row.number < first
        for column, cell in sorted(row.cells.items())
        if cell.kind is CellKind.TEXT
    ]
    read = {number: row for number, row in rows.items() if number not in index_rows}
    found.outside = list(_figures_outside(read, found.tables))
    return found


def _visible_rows(sheet: Sheet) -> dict[int, Row]:
    rows: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in sheet.cells.items():
        if row not in sheet.hidden_rows and column not in sheet.hidden_columns:
            rows.setdefault(row, {})[column] = cell
    return {number: Row(number, dict(sorted(rows[number].items()))) for number in sorted(rows)}


def _plain_list(rows: dict[int, Row], known: Callable[[str], bool]) -> Table | None:
    """Understand a list without a header: labels of targets, each with a value to its right."""
    found: set[tuple[int, int]] = set()
    units: dict[int, int] = {}
    first = 0
    for row in rows.values():
        label = next((at for at, cell in row.cells.items() if _is_label(cell, known)), None)
        for column, cell in row.cells.items():
            if label is None or column <= label:
                continue
            if cell.kind is CellKind.TEXT and is_known(cell.text):
                units.setdefault(label, column)
            elif figure_of(cell).kind is not FigureKind.WORDS:
                found.add((label, column))
                first = first or row.number
    if len(found) != 1:
        return None  # none, or several columns that could be the value: a question, not a guess
    label, value = found.pop()
    columns = [Column(label, "", Role.LABEL, first), Column(value, "", Role.ACTUAL, first)]
    if label in units:
        columns.append(Column(units[label], "", Role.UNIT, first))
    return Table(tuple(columns), tuple(row for row in rows.values() if row.number >= first))


def _is_label(cell: Cell, known: Callable[[str], bool]) -> bool:
    return cell.kind is CellKind.TEXT and known(cell.text)


def _is_figure(cell: Cell) -> bool:
    """Tell whether a cell looks like data: a number of any kind, or a text that is only one."""
    if cell.kind is CellKind.TEXT:
        return any(not reading.unit for reading in readings(cell.text))
    return cell.kind in _NUMERIC


def _figures_outside(rows: dict[int, Row], tables: list[Table]) -> Iterator[tuple[int, int]]:
    """Yield the cells with figures that stand in no column whose meaning is known."""
    inside: dict[int, set[int]] = {}
    for table in tables:
        known = {column.number for column in table.columns if column.role is not None}
        for row in table.rows:
            inside[row.number] = known
    for row in rows.values():
        for column, cell in row.cells.items():
            if column not in inside.get(row.number, set()) and _is_figure(cell):
                yield row.number, column
