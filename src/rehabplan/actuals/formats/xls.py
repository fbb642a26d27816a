"""Excel workbooks of the years 1997 to 2003 (.xls), and older ones as far as xlrd reads them."""

import io
import math
from typing import Any

import xlrd
from msgspec import Struct
from xlrd.biffh import XLRDError
from xlrd.book import Book
from xlrd.sheet import Cell as XlrdCell
from xlrd.sheet import Sheet as XlrdSheet

from rehabplan.actuals.formats.building import SheetBuilder
from rehabplan.actuals.formats.faults import FaultError, changed, damaged
from rehabplan.actuals.formats.fonts import PLAIN, SCRIPTS, Font, runs_of
from rehabplan.actuals.formats.legacy import Run, encoding_of_font
from rehabplan.actuals.formats.limits import MIB, MOST_BYTES_XLS, Budget, too_large
from rehabplan.actuals.formats.numberformats import BUILT_IN, NumberFormat, number_format
from rehabplan.actuals.formats.ole import OLE, Container
from rehabplan.actuals.formats.values import ERRORS, FALSE, TRUE, no_number, text_cell
from rehabplan.actuals.formats.xls_check import check
from rehabplan.actuals.formats.xlsx_styles import FIRST_OWN
from rehabplan.actuals.sheet import Cell, CellKind, Workbook
from rehabplan.i18n import _
from rehabplan.problems import Code, Where, problem

_LOWEST = 15
"""Height in twentieths of a point of a row of one pixel."""
_NARROWEST = 51
"""Width in 256ths of a character of a column in which not even a stroke is seen."""


class _Nowhere(io.TextIOBase):
    """Takes what xlrd would print."""

    def write(self, text: str) -> int:
        return len(text)


def read(content: bytes, file: str) -> Workbook:
    """Read every worksheet; `file` names the workbook in problems.

    Raises:
        FaultError: the workbook is protected, damaged, or beyond the limits.
    """
    if len(content) > MOST_BYTES_XLS:
        raise too_large(_("it has more than {limit} MiB").format(limit=MOST_BYTES_XLS // MIB))
    if content.startswith(OLE):
        container = Container(content)
        content = container.stream("Workbook") or container.stream("Book")
    checked = check(content)
    book = _opened(content)
    workbook, budget = Workbook("xls"), Budget()
    styles = _Styles(book)
    if not styles.whole:
        workbook.problems.append(problem(Code.FORMATS_MISSING, Where(file)))
    for sheet, uncomputed in zip(book.sheets(), checked.uncomputed, strict=False):
        builder = SheetBuilder(sheet.name, budget, hidden=sheet.visibility != 0, date1904=bool(book.datemode))
        _Reader(sheet, builder, styles).read()
        for row, column in uncomputed:
            builder.put_uncomputed(row + 1, column + 1)
        builder.finish(workbook, file)
    if not workbook.sheets:
        raise damaged(_("it holds no worksheet"))
    workbook.problems += [problem(Code.ROWS_MISFIT, Where(file, sheet=name)) for name in checked.misfits]
    return workbook


def _opened(content: bytes) -> Book:
    """Return the workbook as xlrd knows it.

    Raises:
        FaultError: it does not.
    """
    try:
        return xlrd.open_workbook(
            file_contents=content, formatting_info=True, ragged_rows=True, logfile=_Nowhere()
        )
    except MemoryError:
        raise
    except XLRDError as error:
        if "encrypted" in str(error):
            raise FaultError(Code.ENCRYPTED) from error
        raise changed() from error
    except Exception as error:  # xlrd raises whatever a damaged record provokes
        raise changed() from error


class _Styles:
    """The number format and the font's encoding of every cell style."""

    def __init__(self, book: Book) -> None:
        self._fonts = [
            Font(encoding_of_font(font.name), bool(font.struck_out), SCRIPTS.get(font.escapement, ""))
            for font in book.font_list
        ]
        self.whole = all(
            style.format_key < FIRST_OWN or style.format_key in book.format_map for style in book.xf_list
        )
        """Whether the workbook describes all number formats that it uses."""
        self._styles = [(self._format(book, style.format_key), style.font_index) for style in book.xf_list]

    @staticmethod
    def _format(book: Book, key: int) -> NumberFormat:
        known = book.format_map.get(key)
        return number_format((known.format_str if known else None) or BUILT_IN.get(key, ""))

    def format(self, style: int) -> NumberFormat:
        return self._style(style)[0]

    def _style(self, style: int) -> tuple[NumberFormat, int]:
        if not 0 <= style < len(self._styles):
            raise changed()
        return self._styles[style]

    def runs(self, text: str, style: int, changes: list[tuple[int, int]]) -> tuple[Run, ...]:
        """Return the runs of a text whose font changes at some characters."""
        own = ((at, self._font(font)) for at, font in changes)
        return runs_of(text, self._font(self._style(style)[1]), own)

    def struck(self, style: int) -> bool:
        """Tell whether the font of a style strikes out what a cell holds."""
        return self._font(self._style(style)[1]).struck

    def _font(self, index: int) -> Font:
        return self._fonts[index] if index < len(self._fonts) else PLAIN


class _Reader(Struct, frozen=True):
    sheet: XlrdSheet
    builder: SheetBuilder
    styles: _Styles

    def read(self) -> None:
        found = self.builder.sheet
        for row, height in self.sheet.rowinfo_map.items():
            if height.hidden or (height.height is not None and height.height < _LOWEST):
                found.hidden_rows.add(row + 1)
        for column, width in self.sheet.colinfo_map.items():
            if width.hidden or width.width < _NARROWEST:
                found.hidden_columns.add(column + 1)
        for first_row, end_row, first_column, end_column in self.sheet.merged_cells:
            self.builder.merge(first_row + 1, first_column + 1, end_row, end_column)
        for row in range(self.sheet.nrows):
            self.builder.budget.take_cells(1 + self.sheet.row_len(row))
            for column, cell in enumerate(self.sheet.row(row)):
                self._cell(row + 1, column + 1, cell)

    def _cell(self, row: int, column: int, cell: XlrdCell) -> None:
        value: Any = cell.value  # its type goes by ctype
        style = cell.xf_index or 0
        match cell.ctype:
            case xlrd.XL_CELL_TEXT:
                text = text_cell(value)
                if text:
                    changes = self.sheet.rich_text_runlist_map.get((row - 1, column - 1), [])
                    runs = self.styles.runs(text.text, style, changes)
                    self.builder.put_runs(row, column, runs, self.styles.format(style))
                    self._strike(row, column, style if not changes else None)
            case xlrd.XL_CELL_NUMBER | xlrd.XL_CELL_DATE:
                if not math.isfinite(value):
                    raise no_number(str(value), row, column)
                self.builder.put_number(row, column, value, self.styles.format(style))
                self._strike(row, column, style)
            case xlrd.XL_CELL_BOOLEAN:
                self.builder.put(row, column, TRUE if value else FALSE)
            case xlrd.XL_CELL_ERROR:
                self.builder.put(row, column, Cell(CellKind.ERROR, ERRORS.get(value, "#N/A")))

    def _strike(self, row: int, column: int, style: int | None) -> None:
        if style is not None and self.styles.struck(style):
            self.builder.strike(row, column)
