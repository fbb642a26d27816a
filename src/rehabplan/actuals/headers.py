"""Finds the header rows of a sheet: one to three rows, merged or not, over the columns of a table."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from rehabplan.actuals.cells import figure_of
from rehabplan.actuals.headings import names_rows, role_of
from rehabplan.actuals.labels import Match
from rehabplan.actuals.model import FigureKind
from rehabplan.actuals.roles import NAME_ROLES, VALUE_ROLES, Role
from rehabplan.actuals.sheet import Cell, CellKind, Sheet
from rehabplan.actuals.subjects import subject_of
from rehabplan.actuals.vocabulary import Vocabulary
from rehabplan.numbers import readings
from rehabplan.period import Span
from rehabplan.sites import Site
from rehabplan.text import key

MAX_HEADER_ROWS = 3
_WIDE = 200
"""Columns that no heading spans."""


class Column(Struct, frozen=True):
    """A column of a table: where it stands, its heading, what it holds, and what it is about."""

    number: int
    heading: str
    role: Role | None
    header_row: int
    match: Match | None = None
    """The indicator that the heading names, where sites stand in the rows."""
    site: Site | None = None
    """The site that the heading names, where sites stand in the columns."""
    bare: bool = False
    """The heading names only what is counted, not whether it is a plan or a result."""
    total: bool = False
    """The heading says that the column adds up the sites of the others."""
    span: Span | None = None
    """The months that the layout file names for the column."""


class Row(Struct, frozen=True):
    """A row of a table: its number on the sheet and the cells by column."""

    number: int
    cells: dict[int, Cell]


class Header(Struct, frozen=True):
    """The rows of a header, from the first to the last, and the columns under it."""

    first: int
    last: int
    columns: tuple[Column, ...]


def find_headers(sheet: Sheet, rows: dict[int, Row], words: Vocabulary) -> Iterator[Header]:
    """Yield every header; data below a header is not one."""
    covered = merged_texts(sheet)
    past = 0
    for number, row in rows.items():
        if number <= past:
            continue
        name = _first_name(row)
        if name is None or words.labels.find(row.cells[name].text):
            continue
        for last in range(_bottom(sheet, number, name), number + MAX_HEADER_ROWS):
            block = range(number, last + 1)
            if any(_holds_data(rows.get(inside)) for inside in block):
                break
            columns = columns_of(block, rows, covered, words)
            header = _is_header(columns, least=2 if past else 1)
            if header and not _continues(rows.get(last + 1), name, _spanned(sheet, block)):
                yield Header(number, last, columns)
                past = last
                break


def _first_name(row: Row) -> int | None:
    """Return the first column whose heading says what the rows are about."""
    texts = [(column, cell.text) for column, cell in row.cells.items() if cell.kind is CellKind.TEXT]
    found = next((column for column, text in texts if names_rows(text)), None)
    if found is None:  # "Đơn vị" alone is the unit of measure, or the sites where nothing else is named
        found = next((column for column, text in texts if key(text) == _SITE_OR_UNIT), None)
    return found


_SITE_OR_UNIT = "đơn vị"


def _bottom(sheet: Sheet, row: int, column: int) -> int:
    """Return the last row of the merged range that begins at a cell, at most three rows deep."""
    for top, left, bottom, _right in sheet.merged:
        if (top, left) == (row, column):
            return min(bottom, row + MAX_HEADER_ROWS - 1)
    return row


def _holds_data(row: Row | None) -> bool:
    """Tell whether a row holds figures, or words that a milestone is reported with."""
    numbers = (CellKind.NUMBER, CellKind.PERCENT, CellKind.DATE)
    words = (FigureKind.DONE, FigureKind.NOT_DONE)
    if row is None:
        return False
    if not is_index_row(row) and any(_is_number(cell) for cell in row.cells.values()):
        return True  # in a text file figures are texts
    about = [role_of(cell.text) in (Role.UNIT, Role.NUMBER) for cell in row.cells.values()]
    # "Đạt" in a row with "Đơn vị tính" is a heading, beside a label it is a milestone's result.
    return any(
        (cell.kind in numbers and not _YEAR.fullmatch(cell.text))
        or (figure_of(cell).kind in words and not any(about))
        for cell in row.cells.values()
    )


_YEAR = re.compile(r"20\d\d")


def _is_number(cell: Cell) -> bool:
    """Tell whether a text is a plain number, and no year."""
    text = cell.text.strip()
    return cell.kind is CellKind.TEXT and text[:1].isdigit() and not _YEAR.fullmatch(text) and any(
        not one.unit for one in readings(text)
    )  # fmt: skip


def is_year(heading: str) -> bool:
    """Tell whether a heading is a year alone: "2024", "Năm 2024"."""
    return re.fullmatch(r"(?:năm )?20\d\d", key(heading)) is not None


def merged_texts(sheet: Sheet) -> dict[tuple[int, int], str]:
    """Return the text that a merged range shows over each cell it covers, on its first three rows."""
    texts: dict[tuple[int, int], str] = {}
    for top, left, bottom, right in sheet.merged:
        cell = sheet.cells.get((top, left))
        if cell is None or cell.kind is not CellKind.TEXT or right - left > _WIDE:
            continue
        for row in range(top, min(bottom, top + MAX_HEADER_ROWS - 1) + 1):
            for column in range(left, right + 1):
                texts[row, column] = cell.text
    return texts


def columns_of(
    block: Sequence[int], rows: dict[int, Row], covered: dict[tuple[int, int], str], words: Vocabulary
) -> tuple[Column, ...]:
    """Return the columns under the header rows `block`, each with what its headings say."""
    numbers = {column for row in block if row in rows for column in rows[row].cells}
    numbers |= {column for row, column in covered if row in block}
    spread = _spread(block, rows, covered)
    prefer = _preferred_set([*covered.values(), *_texts_in(block, rows)], words)
    columns = []
    for number in sorted(numbers):
        tiers: list[str] = []
        for row in block:
            cell = rows[row].cells.get(number) if row in rows else None
            text = covered.get((row, number)) or (cell.text if cell else spread.get((row, number), ""))
            text = " ".join(text.split())
            if text and text not in tiers:
                tiers.append(text)
        if tiers:
            columns.append(_column(number, tiers, block[-1], words, prefer))
    return _settled(tuple(columns))


def _texts_in(block: Sequence[int], rows: dict[int, Row]) -> list[str]:
    return [cell.text for row in block if row in rows for cell in rows[row].cells.values()]


def _spread(
    block: Sequence[int], rows: dict[int, Row], covered: dict[tuple[int, int], str]
) -> dict[tuple[int, int], str]:
    """Return the texts of upper tiers over the columns to their right, where nothing is merged.

    A text file has no merged cells: "Hồ sơ | | " over "Kế hoạch | Thực hiện | %" heads all three.
    """
    found: dict[tuple[int, int], str] = {}
    for at, row in enumerate(block[:-1]):
        below = {column for lower in block[at + 1 :] if lower in rows for column in rows[lower].cells}
        upper = rows[row].cells if row in rows else {}
        last = ""
        for column in range(min(below, default=0), max(below, default=-1) + 1):
            cell = upper.get(column)
            if cell is not None:
                last = cell.text if column in below and cell.kind is CellKind.TEXT else ""
            elif (row, column) in covered or column not in below:
                last = ""
            elif last:
                found[row, column] = last
    return found


def _preferred_set(texts: Sequence[str], words: Vocabulary) -> str:
    """Return the set to which most names of sites in a header belong: "Sóc Sơn" beside "Ba Đình"."""
    counts = Counter(name for text in set(texts) for name in {site.set for site in words.sites.find(text)})
    return counts.most_common(1)[0][0] if counts else ""


def _column(number: int, tiers: list[str], row: int, words: Vocabulary, prefer: str) -> Column:
    role = role_of(*tiers)
    heading = " / ".join(tiers)
    if role in (*NAME_ROLES, Role.NUMBER) and words.labels.find(tiers[-1]) is None:
        return Column(number, heading, role, row)
    about = subject_of(tiers, words, prefer)
    if about is None:
        return Column(number, heading, role, row)
    return Column(number, heading, about.role, row, about.match, about.site, about.bare, about.total)


def _settled(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Settle the words that mean two things, by what else the header names.

    Where "Nội dung" and "Chỉ tiêu" both stand, the second is the goal. "Đơn vị" is the unit of
    measure beside the indicators, and the sites where no other column names what the rows are about.
    A column of a sum ("Tổng cộng") is one only beside columns of sites.
    """
    labels = [column for column in columns if column.role is Role.LABEL]
    extra = {column.number for column in labels[1:] if "tiêu" in column.heading.casefold()}
    named = any(column.role in NAME_ROLES for column in columns)
    sites = any(column.site for column in columns)
    found = []
    for column in columns:
        if column.number in extra:
            column = replace(column, role=Role.GOAL)  # noqa: PLW2901 - the same column, understood
        elif column.role is Role.UNIT and key(column.heading) == _SITE_OR_UNIT and not named:
            column = replace(column, role=Role.SITE)  # noqa: PLW2901 - as above
        elif column.total and not sites and column.match is None:
            role = role_of(*column.heading.split(" / "))
            column = Column(column.number, column.heading, role, column.header_row)  # noqa: PLW2901 - as above
        found.append(column)
    return tuple(found)


def _is_header(columns: tuple[Column, ...], least: int) -> bool:
    """Tell whether columns are headed: by indicators with results, or at least by other headings.

    A header that names no result is one all the same: a plan for next year below the table of
    results must not be read through that table's columns. It takes more to believe it further down.
    """
    roles = {column.role for column in columns}
    if Role.PERSON in roles:
        return True
    about = any(column.match or column.site for column in columns)
    if Role.SITE in roles and Role.LABEL not in roles:
        return about or bool(roles & {*VALUE_ROLES, Role.ESTIMATE, Role.GOAL, Role.NUMERATOR})
    names = bool(roles & {Role.LABEL, Role.ID})
    others = roles - {None, *NAME_ROLES}
    about = about or any(is_year(column.heading) for column in columns)
    return names and bool(about or roles & {*VALUE_ROLES, Role.ESTIMATE} or len(others) >= least)


def _spanned(sheet: Sheet, block: Sequence[int]) -> set[int]:
    """Return the columns that lie under a heading merged over several columns in the rows `block`."""
    wide = [(left, right) for top, left, _bottom, right in sheet.merged if top in block and right > left]
    return {column for left, right in wide if right - left < _WIDE for column in range(left, right + 1)}


def _continues(below: Row | None, name: int, spanned: set[int]) -> bool:
    """Tell whether the next row still belongs to the header: headings there, no label of a row."""
    if below is None or name in below.cells or _holds_data(below) or is_index_row(below):
        return False
    if len(below.cells) > 1 and spanned.issuperset(below.cells):
        return all(cell.kind is CellKind.TEXT for cell in below.cells.values())
    wanted = (*VALUE_ROLES, Role.GOAL, Role.ESTIMATE, Role.EARLIER, Role.COMPARISON, Role.NUMERATOR,
              Role.DENOMINATOR)  # fmt: skip
    roles = [role_of(cell.text) for cell in below.cells.values()]
    return sum(role in wanted for role in roles) >= 2  # noqa: PLR2004 - one word may be a cell's text


_INDEX = re.compile(r"\(?(\d{1,2}|[A-H])\)?(?:\s*=.*)?")


def is_index_row(row: Row, least: int = 3) -> bool:
    """Tell whether a row only numbers the columns: 1 2 3, (1) (2), A B 1 2 3=2/1."""
    marks = [_INDEX.fullmatch(cell.text.strip()) for cell in row.cells.values()]
    found = [mark[1] for mark in marks if mark]
    if len(found) < max(least, len(marks)):
        return False
    letters = [mark for mark in found if not mark.isdigit()]
    numbers = [int(mark) for mark in found if mark.isdigit()]
    counted = letters == found[: len(letters)] == sorted(letters) and numbers[:1] in ([1], [])
    return counted and all(later == earlier + 1 for earlier, later in pairwise(numbers))
