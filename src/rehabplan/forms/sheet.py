"""The sheet of a form that is filled in: head, table, legend, signatures."""

from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from rehabplan.forms import look, words
from rehabplan.forms.entries import Entries
from rehabplan.forms.rows import Form, Row, rows_of
from rehabplan.forms.words import Language, day_text, label_text, said
from rehabplan.plan.fields import Text
from rehabplan.textheights import LINE, height_of

PIXELS: dict[Language, tuple[int, ...]] = {
    "vi": (40, 286, 94, 106, 72, 72, 92, 190),
    "en": (40, 258, 94, 94, 92, 92, 92, 190),  # "Denominator" is a long word
}
"""Widths of the visible columns: together what A4 across has between the margins."""
_LABEL, _UNIT, _GOAL, _NUMERATOR, _DENOMINATOR, _RESULT, _NOTE, _ID = range(2, 10)
_INDENT = 9
"""Pixels of one step of indentation."""


class ReportSheet:
    """Writes a form into an empty worksheet, from the top down."""

    def __init__(self, sheet: Worksheet, form: Form) -> None:
        """Take the sheet and what is to stand in it."""
        self._sheet = sheet
        self._form = form
        self._pixels = PIXELS[form.language]
        self._at = 0

    def write(self) -> None:
        """Write everything."""
        for number, pixels in enumerate(self._pixels, start=1):
            self._sheet.column_dimensions[get_column_letter(number)].width = look.column_width(pixels)
        self._head()
        header = self._header()
        entries = Entries(self._form.language)
        for row in rows_of(self._form):
            self._row(row, entries)
        entries.put_into(self._sheet)
        self._legend()
        self._signatures()
        self._sheet.column_dimensions[get_column_letter(_ID)].hidden = True
        self._sheet.print_title_rows = f"{header}:{header}"
        self._sheet.print_area = f"A1:{get_column_letter(_NOTE)}{self._at}"
        self._sheet.freeze_panes = f"C{header + 1}"
        self._sheet.sheet_view.showGridLines = False
        look.set_page(self._sheet, landscape=True)
        look.protect(self._sheet)

    def _said(self, text: Text, **args: object) -> str:
        return said(text, self._form.language, **args)

    def _next(self, height: float | None = None) -> int:
        self._at += 1
        self._sheet.row_dimensions[self._at].height = height or look.SIZE * LINE + 3
        return self._at

    def _line(  # noqa: PLR0913 - what a line of text can be
        self, first: int, last: int, text: str = "", *, align: str = "center", size: float = look.SIZE,
        bold: bool = False, italic: bool = False, indent: int = 0,
    ) -> Cell:  # fmt: skip
        """Write a text over columns of the current row, which grows where it needs more lines."""
        sheet, pixels = self._sheet, sum(self._pixels[first - 1 : last]) - indent * _INDENT
        if last > first:
            sheet.merge_cells(start_row=self._at, end_row=self._at, start_column=first, end_column=last)
        cell = look.put(sheet, self._at, first, text)
        cell.font = look.font(size, bold=bold, italic=italic)
        cell.alignment = look.aligned(align, indent=indent)
        dimension = sheet.row_dimensions[self._at]
        dimension.height = height_of([(text, look.room_in(pixels), size, bold)], dimension.height or 0)
        return cell

    def _head(self) -> None:
        plan, period, language = self._form.plan, self._form.period, self._form.language
        self._next()
        name = self._form.sites.label(self._form.site) if self._form.site else words.DOTS
        reporting = self._line(1, _GOAL - 1, self._said(words.REPORTING, name=name), align="left", bold=True)
        if self._form.site is None:
            reporting.protection = look.OPEN
        receiving = self._said(words.RECEIVING, name=plan.issuer)
        self._line(_GOAL, _NOTE, receiving, align="right")
        self._next(8)
        self._next()
        title = self._said(words.TITLE, year=plan.year)
        self._line(1, _NOTE, title, size=look.TITLE_SIZE, bold=True)
        self._next()
        self._line(1, _NOTE, said(plan.title, language), size=look.TITLE_SIZE, bold=True)
        document = plan.document
        if document.number and document.date:
            self._next()
            day = day_text(document.date, language)
            text = self._said(words.DOCUMENT, number=document.number, day=day, issuer=plan.issuer)
            self._line(1, _NOTE, text, italic=True)
        self._next()
        text = self._said(
            words.PERIOD, label=label_text(period.label or "year", language),
            first=day_text(period.first, language), last=day_text(period.cutoff, language),
        )  # fmt: skip
        self._line(1, _NOTE, text, italic=True)
        self._next(8)

    def _header(self) -> int:
        self._next(34)
        goal = words.GOAL if self._form.site is None else words.SHARE
        headings = [
            words.NUMBER, words.TARGET, words.UNIT, goal, words.NUMERATOR, words.DENOMINATOR,
            words.RESULT, words.NOTE,
        ]  # fmt: skip
        for column, heading in enumerate(headings, start=1):
            cell = self._line(column, column, self._said(heading), bold=True)
            cell.border, cell.fill = look.BOX, look.HEADER_FILL
        self._sheet.cell(self._at, _ID, "id")
        return self._at

    def _row(self, row: Row, entries: Entries) -> None:
        self._next(22)
        for column in range(1, _NOTE + 1):
            self._sheet.cell(self._at, column).border = look.BOX
        self._line(1, 1, str(row.number)).value = row.number
        self._line(_LABEL, _LABEL, row.label, align="left", indent=row.depth * 2 + 1)
        self._line(_UNIT, _UNIT, row.unit)
        goal = self._line(_GOAL, _GOAL, row.goal if isinstance(row.goal, str) else "")
        if row.goal is not None and not isinstance(row.goal, str):
            goal.value = row.goal
            goal.number_format = "#,##0" if row.goal == int(row.goal) else "General"
        result = self._line(_RESULT, _RESULT)
        entries.add(row, self._line(_NUMERATOR, _NUMERATOR), self._line(_DENOMINATOR, _DENOMINATOR), result)
        note = self._line(_NOTE, _NOTE, row.note, align="left", indent=1, size=look.NOTE_SIZE, italic=True)
        note.protection = look.OPEN
        self._sheet.cell(self._at, _ID, row.id)

    def _legend(self) -> None:
        """Explain the colours; no words below the columns of figures, where a reader would look at them."""
        self._next(6)
        self._next()
        for column, last, fill, text in (
            (1, _LABEL, look.INPUT_FILL, words.INPUT_CELL),
            (_UNIT, _NUMERATOR, look.CLOSED_FILL, words.CLOSED_CELL),
        ):
            sample = self._line(column, column)
            sample.fill, sample.border = fill, look.BOX
            self._line(column + 1, last, self._said(text), align="left", indent=1, size=look.NOTE_SIZE)
        self._next()
        self._line(1, _NOTE, self._said(words.LEGEND), align="left", size=look.NOTE_SIZE, italic=True)

    def _signatures(self) -> None:
        self._next(8)
        self._next()
        self._line(_NUMERATOR, _NOTE, self._said(words.DATE_LINE), italic=True).protection = look.OPEN
        for left, right, bold in (
            (words.PREPARED, words.HEAD, True), (words.SIGN, words.SIGN_AND_SEAL, False),
        ):  # fmt: skip
            self._next()
            self._line(1, _UNIT, self._said(left), bold=bold, italic=not bold)
            self._line(_NUMERATOR, _NOTE, self._said(right), bold=bold, italic=not bold)
        self._next(46)
        self._next()
        for first, last in ((1, _UNIT), (_NUMERATOR, _NOTE)):
            self._line(first, last, bold=True).protection = look.OPEN
