"""Finds the tables of a sheet: header rows, what each column holds, and the rows below.

Understood without configuration: an office table with a header of one to three rows (merged cells,
an index row below), several of them on one sheet, a header that is repeated, and a plain list of
labels and values with or without a header.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import chain

from msgspec import Struct, field
from msgspec.structs import replace

from rehabplan.actuals.cells import figure_of
from rehabplan.actuals.headers import (
    Column,
    Header,
    Row,
    find_headers,
    is_index_row,
    is_year,
)
from rehabplan.actuals.headings import role_of, title_sense
from rehabplan.actuals.laidout import is_data, laid_out
from rehabplan.actuals.layout import SheetLayout
from rehabplan.actuals.model import FigureKind
from rehabplan.actuals.roles import VALUE_ROLES, Role
from rehabplan.actuals.sheet import Cell, CellKind, Sheet
from rehabplan.actuals.subjects import is_sum
from rehabplan.actuals.visible import visible_rows
from rehabplan.actuals.vocabulary import Vocabulary
from rehabplan.units import is_known

_SAMPLE = 40

Place = tuple[int, int]
"""Row and column, from 1."""


class Table(Struct, frozen=True):
    """A header with the rows below it, up to the next header or the end of the sheet."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    header: tuple[int, ...] = ()
    """The rows of its headers, index rows among them."""
    titles: tuple[tuple[Place, str], ...] = ()
    """The texts above the table that belong to no table before it."""

    @property
    def holds_results(self) -> bool:
        """Whether a column may hold results, or persons that stop the reading."""
        wanted = (*VALUE_ROLES, Role.ESTIMATE, Role.PERSON, Role.NUMERATOR)
        return any(column.role in wanted for column in self.columns)

    def having(self, *roles: Role) -> list[Column]:
        """Return the columns with one of the roles, from the left."""
        return [column for column in self.columns if column.role in roles]


class SheetTables(Struct):
    """A sheet's tables, all texts above and between them, and the figures that stand in none."""

    tables: list[Table] = field(default_factory=list)
    titles: list[tuple[Place, str]] = field(default_factory=list)
    outside: list[Place] = field(default_factory=list)


def find_tables(sheet: Sheet, words: Vocabulary, layout: SheetLayout | None = None) -> SheetTables:
    """Find the tables of a sheet; hidden rows and columns are left out unless the layout uses them.

    A hidden column of target ids is the exception: rehabplan's own forms have one.
    """
    rows = visible_rows(sheet, words, layout)
    found = SheetTables()
    settled = laid_out(sheet, rows, words, layout)
    headers = [settled] if settled else list(find_headers(sheet, rows, words))
    ends = [*(header.first for header in headers[1:]), max(rows, default=0) + 1][: len(headers)]
    titles = [row for row in rows.values() if headers and row.number < headers[0].first]
    headings: set[int] = set()
    others: list[Table] = []
    numbers, last_row = sorted(rows), max(rows, default=0)
    again: dict[int, list[Table]] = {}
    for header, end in zip(headers, ends, strict=True):
        body = [rows[at] for at in numbers[bisect_right(numbers, header.last) : bisect_left(numbers, end)]]
        if layout and layout.rows:
            body = [row for row in body if layout.rows[0] <= row.number <= layout.rows[1]]
        body, later = _without_titles_below(body) if end <= last_row else (body, [])
        index = [row.number for at, row in enumerate(body) if is_index_row(row, least=3 if at else 2)]
        data = tuple(row for row in body if row.number not in index)
        lines = (*range(header.first, header.last + 1), *index)
        headings.update(lines)
        columns = header.columns if settled else _by_content(_with_headless(header, data), data, words)
        columns = tuple(column for column in columns if column.heading or column.role or settled)
        above = tuple(_texts(titles))
        columns = _years_as_results(columns, [text for _place, text in above])
        found.titles += above
        for part in _side_by_side(columns):
            table = Table(part, data, lines, above)
            last = found.tables[-1] if found.tables else None
            if last and not above and _same_columns(last, table):
                again.setdefault(len(found.tables) - 1, []).append(table)
            elif table.holds_results:
                found.tables.append(table)
            else:
                others.append(table)  # a plan, say: understood, and without results
        titles = later
    for at, parts in again.items():
        found.tables[at] = _joined([found.tables[at], *parts])
    if not headers:
        plain = _plain_list(rows, words)
        first = plain.rows[0].number if plain else max(rows, default=0) + 1
        found.titles = list(_texts([row for row in rows.values() if row.number < first]))
        if plain:
            found.tables.append(replace(plain, titles=tuple(found.titles)))
    read = {number: row for number, row in rows.items() if number not in headings}
    found.outside = list(_figures_outside(read, [*found.tables, *others]))
    return found


def _joined(parts: list[Table]) -> Table:
    """Return a table that goes on under the same header again and again."""
    rows, lines = (
        chain.from_iterable(one.rows for one in parts),
        chain.from_iterable(one.header for one in parts),
    )
    return replace(parts[0], rows=tuple(rows), header=tuple(lines))


def _says_sense(texts: list[str]) -> bool:
    """Tell whether cells say of each row whether it is a plan or a result."""
    roles = [role_of(text) for text in texts]
    said = sum(role is not None for role in roles)
    return Role.GOAL in roles and bool({*VALUE_ROLES} & set(roles)) and said * 5 >= len(roles) * 4


def _with_headless(header: Header, rows: tuple[Row, ...]) -> tuple[Column, ...]:
    """Add the columns without a heading, so that what they hold can tell what they are."""
    known = {column.number for column in header.columns}
    more = {number for row in rows[:_SAMPLE] for number in row.cells} - known
    headless = [Column(number, "", None, header.last) for number in more]
    return tuple(sorted((*header.columns, *headless), key=lambda column: column.number))


def _by_content(columns: tuple[Column, ...], rows: tuple[Row, ...], words: Vocabulary) -> tuple[Column, ...]:
    """Tell a column of sites by what it holds: most of its first texts are names of the plan's sites."""
    found = []
    for column in columns:
        texts = [
            cell.text
            for row in rows[:_SAMPLE]
            if (cell := row.cells.get(column.number))
            and cell.kind is CellKind.TEXT
            and not is_sum(cell.text)
            and _may_name(column, cell.text)
        ]
        doubtful = column.role in (None, Role.LABEL, Role.UNIT, Role.NOTE, Role.ID) and column.match is None
        sites = sum(bool(words.sites.find(text)) for text in texts) if doubtful and words.sites else 0
        if texts and sites * 2 > len(texts):
            column = replace(column, role=Role.SITE)  # noqa: PLW2901 - the same column, understood
        elif doubtful and _says_sense(texts):
            column = replace(column, role=Role.SENSE)  # noqa: PLW2901 - as above
        elif column.role is Role.SITE and texts and all(is_known(text) for text in texts):
            column = replace(column, role=Role.UNIT)  # noqa: PLW2901 - as above
        found.append(column)
    return tuple(found)


def _may_name(column: Column, text: str) -> bool:
    """Tell whether a text may name a site there; a code alone only where a heading leaves room for one.

    The digits behind a comma that cut a figure in two are none: 1,021 beside a district's code 021.
    """
    says_nothing = not column.heading or column.role in (Role.NOTE, Role.UNIT)
    return not says_nothing or any(sign.isalpha() for sign in text)


def _same_columns(earlier: Table, later: Table) -> bool:
    """Tell whether a table only goes on under the same header again."""

    def shape(table: Table) -> list[tuple[int, str]]:
        return [(column.number, column.heading.casefold()) for column in table.columns]

    return shape(earlier) == shape(later)


def _years_as_results(columns: tuple[Column, ...], titles: list[str]) -> tuple[Column, ...]:
    """Take "Năm 2023 | Năm 2024" for results where the title says that the table holds such."""
    if any(column.role in VALUE_ROLES for column in columns) or title_sense(titles) is not Role.ACTUAL:
        return columns
    return tuple(
        replace(column, role=Role.ACTUAL) if column.role is None and is_year(column.heading) else column
        for column in columns
    )


def _side_by_side(columns: tuple[Column, ...]) -> Iterator[tuple[Column, ...]]:
    """Split the columns of tables that stand beside one another, each with names and figures of its own."""
    names = (Role.SITE, Role.LABEL)
    last_name = max((at for at, one in enumerate(columns) if one.role in names), default=-1)
    last_held = max((at for at, one in enumerate(columns) if _holds(one)), default=-1)
    part: list[Column] = []
    named = held = False
    for at, column in enumerate(columns):
        starts = column.role in (*names, Role.NUMBER)
        if starts and named and held and at <= min(last_name, last_held):
            yield tuple(part)
            part, named, held = [], False, False
        part.append(column)
        named |= column.role in names
        held |= _holds(column)
    yield tuple(part)


def _holds(column: Column) -> bool:
    return column.role in VALUE_ROLES or column.match is not None


def _without_titles_below(body: list[Row]) -> tuple[list[Row], list[Row]]:
    """Split off the lines of text at the end of a table's rows, which head the next table."""
    end = len(body)
    while end and all(cell.kind is CellKind.TEXT for cell in body[end - 1].cells.values()):
        texts = [figure_of(cell).kind for cell in body[end - 1].cells.values()]
        if len(texts) > 2 or any(kind is not FigureKind.WORDS for kind in texts):  # noqa: PLR2004 - a line of text
            break
        end -= 1
    return body[:end], body[end:]


def _texts(rows: list[Row]) -> Iterator[tuple[Place, str]]:
    for row in rows:
        for column, cell in row.cells.items():
            if cell.kind is CellKind.TEXT:
                yield (row.number, column), cell.text


def _plain_list(rows: dict[int, Row], words: Vocabulary) -> Table | None:
    """Understand a list without a header: labels of targets, each with a value to its right."""
    found: set[Place] = set()
    units: dict[int, int] = {}
    first = 0
    for row in rows.values():
        label = next((at for at, cell in row.cells.items() if _is_label(cell, words)), None)
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


def _is_label(cell: Cell, words: Vocabulary) -> bool:
    return cell.kind is CellKind.TEXT and words.labels.find(cell.text) is not None


def _figures_outside(rows: dict[int, Row], tables: list[Table]) -> Iterator[Place]:
    """Yield the cells with figures that stand in no column whose meaning is known."""
    inside: dict[int, set[int]] = {}
    for table in tables:
        # Over rows of sites, a column without a known meaning is named as a whole.
        by_site = bool(table.having(Role.SITE)) and not table.having(Role.LABEL, Role.ID)
        known = {column.number for column in table.columns if by_site or column.role is not None}
        for row in table.rows:
            inside.setdefault(row.number, set()).update(known)
    for row in rows.values():
        for column, cell in row.cells.items():
            if column not in inside.get(row.number, set()) and is_data(cell):
                yield row.number, column
