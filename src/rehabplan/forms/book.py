"""The workbook of a form: the sheet to fill in, the instructions, and what the reader knows it by."""

import zipfile
from datetime import datetime, time
from io import BytesIO

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from rehabplan.forms import look, words
from rehabplan.forms.rows import Form
from rehabplan.forms.sheet import ReportSheet
from rehabplan.forms.words import day_text, said
from rehabplan.seal import PROPERTY, UNSEALED, packed
from rehabplan.textheights import LINE, height_of

FORM = "rehabplan/form/1"
HIDDEN_SHEET = "_rehabplan"

_GUIDE_PIXELS = 618


def form_bytes(form: Form) -> bytes:
    """Return the workbook of a form; the same form gives the same bytes, whenever and wherever."""
    book = look.new_book()
    report: Worksheet = book.active  # type: ignore[assignment]  # a new workbook has one sheet
    report.title = said(words.REPORT_SHEET, form.language)
    ReportSheet(report, form).write()
    _add_guide(book.create_sheet(said(words.GUIDE_SHEET, form.language)), form)
    _add_hidden(book.create_sheet(HIDDEN_SHEET), form)
    properties = book.properties
    properties.creator = properties.lastModifiedBy = look.harmless(form.plan.issuer)
    properties.title = look.harmless(said(form.plan.title, form.language))
    properties.created = properties.modified = datetime.combine(form.period.first, time())
    own = StringProperty(name=PROPERTY, value=UNSEALED)
    book.custom_doc_props.append(own)  # type: ignore[attr-defined]  # the stubs do not know it yet
    return stable_bytes(book)


class _InMemory(ExcelWriter):
    """Writes a workbook without files on the way, which would fill a disk and stay where one is killed."""

    def write_worksheet(self, ws: Worksheet) -> None:
        """Write one sheet."""
        out = BytesIO()
        writer = WorksheetWriter(ws, out=out)
        writer.write()
        ws._rels = writer._rels  # type: ignore[attr-defined]  # noqa: SLF001 - as its parent does
        self._archive.writestr(ws.path[1:], out.getvalue())  # type: ignore[attr-defined]  # as above
        self.manifest.append(ws)


def stable_bytes(book: Workbook) -> bytes:
    """Return a saved workbook without the times of its making, which Workbook.save puts into it."""
    written = BytesIO()
    _InMemory(book, zipfile.ZipFile(written, "w")).save()
    with zipfile.ZipFile(written) as source:
        return packed((name, source.read(name)) for name in source.namelist())


def _add_guide(sheet: Worksheet, form: Form) -> None:
    language = form.language
    sheet.column_dimensions["A"].width = look.column_width(_GUIDE_PIXELS)
    days = {"first": day_text(form.period.first, language), "last": day_text(form.period.cutoff, language)}
    size = look.SIZE + 1
    title = sheet.cell(1, 1, said(words.GUIDE_TITLE, language))
    title.font, title.alignment = look.font(look.TITLE_SIZE, bold=True), look.aligned("center")
    sheet.row_dimensions[1].height = look.TITLE_SIZE * LINE + 12
    for number, line in enumerate(words.GUIDE, start=2):
        text = said(line, language, **days)
        cell = sheet.cell(number, 1, text)
        cell.font, cell.alignment = look.font(size), look.aligned(vertical="top")
        room = look.room_in(_GUIDE_PIXELS)
        sheet.row_dimensions[number].height = height_of([(text, room, size, False)], 0) + 4
    sheet.sheet_view.showGridLines = False
    look.set_page(sheet, landscape=False)
    look.protect(sheet)


def _add_hidden(sheet: Worksheet, form: Form) -> None:
    """Write what the reader needs to know of the form, everything as text: a key is "001"."""
    site = form.site
    rows = {
        "form": FORM,
        "year": str(form.plan.year),
        "period": form.period.label or "",
        "cutoff": form.period.cutoff.isoformat(),
        "site_set": site.set if site else "",
        "site": site.key if site else "",
        "site_name": form.sites.label(site) if site else "",
    }
    for number, (name, value) in enumerate(rows.items(), start=1):
        for column, text in enumerate((name, value), start=1):
            look.put(sheet, number, column, text).number_format = "@"
    sheet.sheet_state = "veryHidden"
