"""The header and columns that a layout file names for a sheet."""

from msgspec.structs import replace

from rehabplan.actuals.headers import Column, Header, Row, columns_of, find_headers, merged_texts
from rehabplan.actuals.layout import SheetLayout
from rehabplan.actuals.roles import VALUE_ROLES
from rehabplan.actuals.sheet import Cell, CellKind, Sheet
from rehabplan.actuals.vocabulary import Vocabulary
from rehabplan.numbers import readings

_NUMERIC = (
    CellKind.NUMBER, CellKind.PERCENT, CellKind.DATE, CellKind.ERROR, CellKind.NOT_COMPUTED,
)  # fmt: skip


def laid_out(
    sheet: Sheet, rows: dict[int, Row], words: Vocabulary, layout: SheetLayout | None
) -> Header | None:
    """Return the header that the layout file names, with its columns."""
    if layout is None or not (layout.header or layout.columns):
        return None
    first, last = layout.header or _header_guess(sheet, rows, words, layout)
    known = {one.number: one for one in columns_of(range(first, last + 1), rows, merged_texts(sheet), words)}
    if not layout.columns:
        return Header(first, last, tuple(known.values()))
    columns = []
    for number, said in sorted(layout.columns.items()):
        column = known.get(number, Column(number, "", None, last))
        site = words.sites.find(said.site) if said.site else ()
        columns.append(
            replace(
                column, role=said.role, total=False, span=said.span,
                match=words.labels.find(said.target) if said.target else None,
                site=site[0] if len(site) == 1 else None,
            )
        )  # fmt: skip
    return Header(first, last, tuple(columns))


def _header_guess(
    sheet: Sheet, rows: dict[int, Row], words: Vocabulary, layout: SheetLayout
) -> tuple[int, int]:
    if layout.rows:
        return layout.rows[0] - 1, layout.rows[0] - 1
    found = next(find_headers(sheet, rows, words), None)
    if found:
        return found.first, found.last
    held = [number for number, column in layout.columns.items() if column.role in VALUE_ROLES]
    first = next((row.number for row in rows.values() if _any_data(row, held)), 1)
    return first - 1, first - 1


def _any_data(row: Row, columns: list[int]) -> bool:
    return any(number in row.cells and is_data(row.cells[number]) for number in columns)


def is_data(cell: Cell) -> bool:
    """Tell whether a cell looks like data: a number of any kind, or a text that is only one."""
    if cell.kind is CellKind.TEXT:
        return any(not reading.unit for reading in readings(cell.text))
    return cell.kind in _NUMERIC
