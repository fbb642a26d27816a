"""Finds the header rows of a sheet: one to three rows, merged or not, over the columns of a table."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from rehabplan.actuals.cells import figure_of
from rehabplan.actuals.headings import VALUE_ROLES, Role, role_of
from rehabplan.actuals.model import FigureKind
from rehabplan.actuals.sheet import Cell, CellKind, Sheet

MAX_HEADER_ROWS = 3


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: where it stands, its heading, what it holds."""

    number: int
    heading: str
    role: Role | None
    header_row: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its number on the sheet and the cells by column."""

    number: int
    cells: dict[int, Cell]


def find_headers(
    sheet: Sheet, rows: dict[int, Row], known: Callable[[str], bool]
) -> Iterator[tuple[int, int, tuple[Column, ...]]]:
    """Yield (first row, last row, columns) of every header; data below a header is not one."""
    covered = _merged_texts(sheet)
    past = 0
    for number, row in rows.items():
        if number <= past:
            continue
        label = _first_with(row, (Role.LABEL, Role.ID, Role.PERSON))
        if label is None or known(row.cells[label].text):
            continue
        for last in range(_bottom(sheet, number, label), number + MAX_HEADER_ROWS):
            block = range(number, last + 1)
            if any(_holds_data(rows.get(inside)) for inside in block):
                break
            columns = _columns(block, rows, covered)
            header = _is_header(columns, least=2 if past else 1)
            if header and not _continues(rows.get(last + 1), label):
                yield number, last, columns
                past = last
                break


def _first_with(row: Row, roles: tuple[Role, ...]) -> int | None:
    texts = [(column, cell) for column, cell in row.cells.items() if cell.kind is CellKind.TEXT]
    return next((column for column, cell in texts if role_of(cell.text) in roles), None)


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
    about = [role_of(cell.text) in (Role.UNIT, Role.NUMBER) for cell in row.cells.values()]
    # "Đạt" in a row with "Đơn vị tính" is a heading, beside a label it is a milestone's result.
    return any(
        cell.kind in numbers or (figure_of(cell).kind in words and not any(about))
        for cell in row.cells.values()
    )


def _merged_texts(sheet: Sheet) -> dict[tuple[int, int], str]:
    """Return the text that a merged range shows over each cell it covers, on its first three rows."""
    texts: dict[tuple[int, int], str] = {}
    for top, left, bottom, right in sheet.merged:
        cell = sheet.cells.get((top, left))
        if cell is None or cell.kind is not CellKind.TEXT or right - left > 200:  # noqa: PLR2004 - no header is that wide
            continue
        for row in range(top, min(bottom, top + MAX_HEADER_ROWS - 1) + 1):
            for column in range(left, right + 1):
                texts[row, column] = cell.text
    return texts


def _columns(block: range, rows: dict[int, Row], covered: dict[tuple[int, int], str]) -> tuple[Column, ...]:
    numbers = {column for row in block if row in rows for column in rows[row].cells}
    numbers |= {column for row, column in covered if row in block}
    columns = []
    for number in sorted(numbers):
        texts: list[str] = []
        for row in block:
            cell = rows[row].cells.get(number) if row in rows else None
            text = covered.get((row, number)) or (cell.text if cell else "")
            text = " ".join(text.split())
            if text and text not in texts:
                texts.append(text)
        if texts:
            role = role_of(*texts)
            columns.append(Column(number, " / ".join(texts), role, block[-1]))
    return _one_label(tuple(columns))


def _one_label(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Where "Nội dung" and "Chỉ tiêu" both stand, the second is the goal: the word means both."""
    labels = [column for column in columns if column.role is Role.LABEL]
    extra = {column.number for column in labels[1:] if "tiêu" in column.heading.casefold()}
    return tuple(
        Column(column.number, column.heading, Role.GOAL, column.header_row)
        if column.number in extra
        else column
        for column in columns
    )


def _is_header(columns: tuple[Column, ...], least: int) -> bool:
    """Tell whether columns are headed: by indicators with results, or at least by other headings.

    A header that names no result is one all the same: a plan for next year below the table of
    results must not be read through that table's columns. It takes more to believe it further down.
    """
    roles = {column.role for column in columns}
    if Role.PERSON in roles:
        return True
    names = bool(roles & {Role.LABEL, Role.ID})
    others = roles - {None, Role.LABEL, Role.ID}
    return names and bool(roles & {*VALUE_ROLES, Role.ESTIMATE} or len(others) >= least)


def _continues(below: Row | None, label: int) -> bool:
    """Tell whether the next row still belongs to the header: headings there, no label of a row."""
    if below is None or label in below.cells or _holds_data(below) or is_index_row(below):
        return False
    wanted = (*VALUE_ROLES, Role.GOAL, Role.ESTIMATE, Role.EARLIER, Role.COMPARISON)
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
