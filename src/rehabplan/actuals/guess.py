"""Where a sheet seems to hold a table whose headings say nothing that is known: offered as a question."""

from msgspec import Struct

from rehabplan.actuals.headers import MAX_HEADER_ROWS, Row, is_index_row
from rehabplan.actuals.headings import role_of
from rehabplan.actuals.laidout import is_data
from rehabplan.actuals.roles import Role
from rehabplan.actuals.sheet import CellKind, Sheet

_LEAST_COLUMNS = 3
_LEAST_FIGURES = 2


class Guess(Struct):
    """Rows that look like a header over figures, with the headings by column."""

    first: int
    last: int
    end: int
    """The last row with figures."""
    headings: dict[int, str]
    roles: dict[int, Role | None]


def likely_table(sheet: Sheet) -> Guess | None:
    """Return the longest table of figures right below rows of texts, three columns wide or more."""
    rows: dict[int, Row] = {}
    for (line, column), cell in sorted(sheet.cells.items()):
        rows.setdefault(line, Row(line, {})).cells[column] = cell
    numbers, found = list(rows), list[Guess]()
    for at, number in enumerate(numbers):
        if not _heads(rows[number]):
            continue
        below = numbers[at + 1 : at + 1 + MAX_HEADER_ROWS]
        last = number
        for later in below:
            row = rows[later]
            if is_index_row(row):
                continue
            figures = [column for column, cell in row.cells.items() if is_data(cell)]
            if len(figures) >= _LEAST_FIGURES:
                found.append(_guess(rows, number, last, later))
                break
            if not _heads(row, least=1):
                break
            last = later
    ends = [guess.first - 1 for guess in found[1:]]
    for guess, end in zip(found, ends, strict=False):
        guess.end = min(guess.end, end)
    return max(found, key=lambda guess: guess.end - guess.last, default=None)


def _heads(row: Row, least: int = _LEAST_COLUMNS) -> bool:
    """Tell whether a row holds headings only."""
    texts = [cell for cell in row.cells.values() if cell.kind is CellKind.TEXT and not is_data(cell)]
    return len(texts) >= least and len(texts) == len(row.cells) and not is_index_row(row)


def _guess(rows: dict[int, Row], first: int, last: int, begin: int) -> Guess:
    headings: dict[int, str] = {}
    for number in range(first, last + 1):
        for column, cell in rows[number].cells.items() if number in rows else ():
            headings[column] = f"{headings[column]} / {cell.text}" if column in headings else cell.text
    filled = [number for number, row in rows.items()
              if number >= begin and any(is_data(cell) for cell in row.cells.values())]  # fmt: skip
    roles = {column: role_of(*text.split(" / ")) for column, text in headings.items()}
    return Guess(first, last, filled[-1], dict(sorted(headings.items())), roles)
