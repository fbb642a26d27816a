"""How a form looks: fonts, fills, borders and the page, after Nghị định 30/2020/NĐ-CP."""

from typing import Final

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from rehabplan.text import printable

FONT: Final = "Times New Roman"
SIZE: Final = 11
NOTE_SIZE: Final = 10
TITLE_SIZE: Final = 13

INPUT_FILL = PatternFill("solid", fgColor="FFF2CC")
CLOSED_FILL = PatternFill("solid", fgColor="E2E2E2")
HEADER_FILL = PatternFill("solid", fgColor="F2F2F2")
_LINE = Side(style="thin", color="000000")
BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
OPEN = Protection(locked=False)

_MM_PER_INCH: Final = 25.4
_POINTS_PER_PIXEL: Final = 0.75
_PADDING: Final = 8
"""Pixels of a column that its text does not reach."""


def font(size: float = SIZE, *, bold: bool = False, italic: bool = False) -> Font:
    """Return the one font of a form."""
    return Font(name=FONT, size=size, bold=bold, italic=italic)


def aligned(
    horizontal: str = "left", vertical: str = "center", *, indent: int = 0, wrap: bool = True
) -> Alignment:
    """Return an alignment; texts wrap."""
    return Alignment(horizontal=horizontal, vertical=vertical, wrap_text=wrap, indent=indent)


def harmless(text: str) -> str:
    """Return a text as a cell can hold it: no control, bidi or invisible characters; lines stay."""
    return "\n".join(printable(line) for line in text.split("\n"))


def put(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """Write a text as a text: no "=" before it makes a formula."""
    cell: Cell = sheet.cell(row, column)  # type: ignore[assignment]  # never inside a merge
    cell.value = harmless(text) or None
    if cell.value is not None:
        cell.data_type = "s"
    return cell


def column_width(pixels: int) -> float:
    """Return a column's width in the unit of the file: digits of its standard font, of 8 pixels."""
    return pixels / 8


def new_book() -> Workbook:
    """Return a workbook whose standard font, by which widths are told, is that of the form.

    Its digits are 8 pixels wide everywhere; those of openpyxl's Calibri are not where it is missing.
    """
    book = Workbook()
    book._fonts = IndexedList([font(12)])  # type: ignore[attr-defined]  # noqa: SLF001 - there is no public way
    return book


def room_in(pixels: int) -> float:
    """Return the points that a text has in columns of so many pixels."""
    return (pixels - _PADDING) * _POINTS_PER_PIXEL


def set_page(sheet: Worksheet, *, landscape: bool) -> None:
    """Set up the printed page: A4, the margins of the decree, the number above from page 2 on."""
    setup = sheet.page_setup
    setup.orientation = "landscape" if landscape else "portrait"
    setup.paperSize = 9  # A4
    setup.fitToWidth, setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left, margins.right = 30 / _MM_PER_INCH, 15 / _MM_PER_INCH
    margins.top = margins.bottom = 20 / _MM_PER_INCH
    margins.header = margins.footer = 10 / _MM_PER_INCH
    # Without a header of its own, the first page has none.
    sheet.HeaderFooter.differentFirst = True
    sheet.HeaderFooter.scaleWithDoc = False
    number = _HeaderFooterPart("&P", f"{FONT},Regular", 13)
    sheet.oddHeader = HeaderFooterItem(center=number)


def protect(sheet: Worksheet) -> None:
    """Lock what is no input, without a password; widths and heights may still be changed."""
    protection = sheet.protection
    protection.sheet = True
    protection.formatColumns = False  # False: allowed
    protection.formatRows = False
