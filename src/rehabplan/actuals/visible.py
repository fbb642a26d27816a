"""The rows of a sheet that are read: what is hidden is left out, but for rehabplan's own ids."""

from rehabplan.actuals.headers import Row
from rehabplan.actuals.layout import SheetLayout
from rehabplan.actuals.sheet import Cell, Sheet
from rehabplan.actuals.vocabulary import Vocabulary


def visible_rows(sheet: Sheet, words: Vocabulary, layout: SheetLayout | None) -> dict[int, Row]:
    """Return the rows of a sheet with the cells that are read, all of them where the layout says so."""
    hidden_rows = set() if layout and layout.use_hidden else sheet.hidden_rows
    hidden_columns = hidden_parts(sheet, words)[1] if not (layout and layout.use_hidden) else set()
    rows: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in sheet.cells.items():
        if row not in hidden_rows and column not in hidden_columns:
            rows.setdefault(row, {})[column] = cell
    return {number: Row(number, dict(sorted(rows[number].items()))) for number in sorted(rows)}


def hidden_parts(sheet: Sheet, words: Vocabulary) -> tuple[set[int], set[int]]:
    """Return the hidden rows and columns that hold anything, less a column of the plan's own ids."""
    rows = {row for row, _column in sheet.cells} & sheet.hidden_rows
    columns = {column for _row, column in sheet.cells} & sheet.hidden_columns
    for column in list(columns):
        texts = [cell.text for (_row, at), cell in sheet.cells.items() if at == column]
        ids = [found for text in texts if (found := words.labels.find(text)) and found.by == "id"]
        if ids and len(ids) >= len(texts) - 1:
            columns.discard(column)
    return rows, columns
