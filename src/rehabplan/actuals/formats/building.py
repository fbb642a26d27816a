"""A workbook while it is read: its sheets are filled cell by cell, then looked over once."""

import re
from bisect import bisect_left, bisect_right

from rehabplan.actuals.formats.faults import damaged
from rehabplan.actuals.formats.legacy import Run, converted, may_be_old
from rehabplan.actuals.formats.limits import LAST_COLUMN, LAST_ROW, Budget
from rehabplan.actuals.formats.numberformats import NumberFormat
from rehabplan.actuals.formats.values import as_drawn, formatted, text_cell
from rehabplan.actuals.sheet import Cell, CellKind, Sheet, Workbook, address
from rehabplan.i18n import _
from rehabplan.numbers import readings
from rehabplan.problems import Code, Where, problem

_SHOWN_CELLS = 5
_STRUCK = re.compile(r"~~.*?~~", re.DOTALL)
_MARKS = re.compile(r"~~|\^|_")
_FOOTNOTE = re.compile(r"(?<=[^\W\d_]{2})(?<!\b[kcd]m)\s*\^[\d*()]{1,4}(?=\s*$)")
"""A raised mark behind a word; "km^2" is none."""
_MOST_STEPS = 50_000_000
"""Cells looked at for merged ranges; those of whole workbooks take a few thousand."""


class SheetBuilder:
    """One sheet in the making, with what only its format can tell about the cells."""

    def __init__(self, name: str, budget: Budget, *, hidden: bool = False, date1904: bool = False) -> None:
        """Begin with an empty sheet."""
        budget.take_sheet()
        self.sheet = Sheet(name, hidden=hidden)
        self.budget = budget
        self.date1904 = date1904
        self.scaled: list[tuple[int, int]] = []
        self.struck: list[tuple[int, int]] = []
        self.unseen: list[tuple[int, int]] = []
        """Cells whose number format shows nothing, or that lie under a merged one."""
        self.runs: dict[tuple[int, int], tuple[Run, ...]] = {}

    def put(self, row: int, column: int, cell: Cell | None) -> None:
        """Keep a cell; None is one that holds nothing."""
        if cell is not None:
            self.sheet.cells[row, column] = cell

    def put_number(self, row: int, column: int, value: float, shown: NumberFormat) -> None:
        """Keep a number as its format shows it."""
        section = shown.at(value)
        cell = formatted(value, section, date1904=self.date1904)
        if cell is None:
            self.unseen.append((row, column))
            return
        self.sheet.cells[row, column] = cell
        if section.scaled and value:
            self.scaled.append((row, column))

    def put_text(self, row: int, column: int, cell: Cell | None, shown: NumberFormat) -> None:
        """Keep a text as its format shows it."""
        if cell is None or cell.kind is not CellKind.TEXT or (shown.text is None and not shown.text_hidden):
            self.put(row, column, cell)
            return
        before, after = shown.text or ("", "")
        words = before if shown.text_hidden else f"{before}{cell.text}{after}"
        self.put(row, column, text_cell(words))
        if not words.strip():
            self.unseen.append((row, column))

    def put_uncomputed(self, row: int, column: int, formula: str = "=…") -> None:
        """Keep a cell as a formula that no program computed."""
        self.sheet.cells[row, column] = Cell(CellKind.NOT_COMPUTED, formula)

    def strike(self, row: int, column: int) -> None:
        """Note that what a cell holds is struck out."""
        self.struck.append((row, column))

    def put_runs(self, row: int, column: int, runs: tuple[Run, ...], shown: NumberFormat) -> None:
        """Keep a text in several fonts as its format shows it."""
        self.put_text(row, column, text_cell("".join(text for text, _font in runs)), shown)
        self.put_fonts(row, column, runs)

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
        for place in self.struck:
            cell = self.sheet.cells.get(place)
            if cell is not None:
                self.sheet.cells[place] = Cell(CellKind.TEXT, as_drawn(cell.text, struck=True))
        self._uncover()
        struck = self._unmarked()
        told = {Code.SCALED_FORMAT: self.scaled, Code.UNSEEN_CELLS: self.unseen, Code.STRUCK_OUT: struck}
        for code, places in told.items():
            if places:
                first = sorted(set(places))
                cells = ", ".join(address(*place) for place in first[:_SHOWN_CELLS])
                cells += ", …" if len(first) > _SHOWN_CELLS else ""
                at = Where(file, sheet=self.sheet.name, cell=address(*first[0]))
                workbook.problems.append(problem(code, at, cells=cells))

    def _unmarked(self) -> list[tuple[int, int]]:
        """Take what is struck out, and footnotes' marks, off words; return the cells of the former.

        A figure keeps its marks, so that it is asked about.
        """
        found = []
        for place, cell in list(self.sheet.cells.items()):
            if cell.kind is not CellKind.TEXT or not ("~~" in cell.text or "^" in cell.text):
                continue
            bare = _MARKS.sub("", cell.text)
            if not any(sign.isalpha() for sign in bare) or readings(bare):
                continue
            words = _FOOTNOTE.sub("", _STRUCK.sub("", cell.text))
            if "~~" in cell.text:
                found.append(place)
            left = text_cell(words)
            if left is None:
                del self.sheet.cells[place]
            else:
                self.sheet.cells[place] = left
        return found

    def _uncover(self) -> None:
        """Take away what lies under merged cells: nobody sees it, and some programs keep it there.

        Raises:
            FaultError: the ranges overlap so much that no program would have made them.
        """
        cells, steps = self.sheet.cells, 0
        rows: dict[int, list[int]] = {}
        for row, column in cells if self.sheet.merged else ():
            rows.setdefault(row, []).append(column)
        numbers = sorted(rows)
        for top, left, bottom, right in self.sheet.merged:
            for at in range(bisect_left(numbers, top), bisect_right(numbers, bottom)):
                steps += 1
                row = numbers[at]
                columns = range(left, right + 1) if right - left < len(rows[row]) else rows[row]
                steps += len(columns)
                for column in columns:
                    inside = left <= column <= right and (row, column) != (top, left)
                    if inside and cells.pop((row, column), None) is not None:
                        self.unseen.append((row, column))
            if steps > _MOST_STEPS:
                raise damaged(_("its merged ranges overlap"))

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
