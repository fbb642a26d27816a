"""A workbook while it is read: its sheets are filled cell by cell, then looked over once."""

from rehabplan.actuals.formats.legacy import Run, converted, may_be_old
from rehabplan.actuals.formats.limits import LAST_COLUMN, LAST_ROW, Budget
from rehabplan.actuals.formats.numberformats import NumberFormat
from rehabplan.actuals.formats.values import number_cell
from rehabplan.actuals.sheet import Cell, CellKind, Sheet, Workbook, address
from rehabplan.problems import Code, Where, problem

_SHOWN_CELLS = 5


class SheetBuilder:
    """One sheet in the making, with what only its format can tell about the cells."""

    def __init__(self, name: str, budget: Budget, *, hidden: bool = False, date1904: bool = False) -> None:
        """Begin with an empty sheet."""
        budget.take_sheet()
        self.sheet = Sheet(name, hidden=hidden)
        self.budget = budget
        self.date1904 = date1904
        self.scaled: list[tuple[int, int]] = []
        self.runs: dict[tuple[int, int], tuple[Run, ...]] = {}

    def put(self, row: int, column: int, cell: Cell | None) -> None:
        """Keep a cell; None is one that holds nothing."""
        if cell is not None:
            self.sheet.cells[row, column] = cell

    def put_number(self, row: int, column: int, value: float, shown: NumberFormat) -> None:
        """Keep a number as its format shows it."""
        section = shown.at(value)
        self.sheet.cells[row, column] = number_cell(value, section.shown, date1904=self.date1904)
        if section.scaled and value:
            self.scaled.append((row, column))

    def put_fonts(self, row: int, column: int, runs: tuple[Run, ...]) -> None:
        """Keep which encodings the fonts of a text are made for, where any is an old one."""
        if any(font for _text, font in runs):
            self.runs[row, column] = runs

    def merge(self, first_row: int, first_column: int, last_row: int, last_column: int) -> None:
        """Keep a merged range, unless it is a single cell."""
        self.budget.take_merge()
        last_row, last_column = min(last_row, LAST_ROW), min(last_column, LAST_COLUMN)
        proper = 1 <= first_row <= last_row and 1 <= first_column <= last_column
        if proper and (first_row, first_column) != (last_row, last_column):
            self.sheet.merged.append((first_row, first_column, last_row, last_column))

    def finish(self, workbook: Workbook, file: str) -> None:
        """Add the sheet to its workbook, texts in Unicode, with what a reader must be told."""
        workbook.sheets.append(self.sheet)
        where = Where(file, sheet=self.sheet.name)
        workbook.problems += [
            problem(Code.LEGACY_TEXT, where, encoding=found) for found in self._to_unicode()
        ]
        if self.scaled:
            first = sorted(self.scaled)
            cells = ", ".join(address(*place) for place in first[:_SHOWN_CELLS])
            cells += ", …" if len(first) > _SHOWN_CELLS else ""
            at = Where(file, sheet=self.sheet.name, cell=address(*first[0]))
            workbook.problems.append(problem(Code.SCALED_FORMAT, at, cells=cells))

    def _to_unicode(self) -> list[str]:
        """Convert texts in old encodings, and return the names of these."""
        cells = self.sheet.cells
        foreign = [
            place for place, cell in cells.items() if cell.kind is CellKind.TEXT and not cell.text.isascii()
        ]
        places = [place for place in foreign if place in self.runs or may_be_old(cells[place].text)]
        if not places:
            return []
        runs = [self.runs.get(place, ((cells[place].text, None),)) for place in places]
        texts, encodings = converted(runs, beside_unicode=len(places) < len(foreign))
        for place, text in zip(places, texts, strict=True):
            if text is not None:
                cells[place] = Cell(CellKind.TEXT, text)
        return encodings
