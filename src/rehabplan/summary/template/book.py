"""The parts of a template: which sheets and texts there are, what is filled in, and how it is packed."""

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from posixpath import basename

from msgspec.structs import replace

from rehabplan.actuals.formats import opc, xlsx
from rehabplan.actuals.formats.faults import FaultError, missing, other_kind
from rehabplan.actuals.formats.kinds import Kind, is_zip, kind_of, kind_of_parts
from rehabplan.actuals.formats.package import Package
from rehabplan.actuals.sheet import Cell, CellKind, Sheet, address
from rehabplan.actuals.vocabulary import Vocabulary
from rehabplan.i18n import _
from rehabplan.problems import Code, Problem, Where, has_errors, problem
from rehabplan.summary.facts import Facts, Figure
from rehabplan.summary.template.formats import printed
from rehabplan.summary.template.marks import OPENING, Mark, Marks, replaced
from rehabplan.summary.template.sheetxml import Edit, Place, SheetXml
from rehabplan.summary.template.spliced import read_part
from rehabplan.summary.template.stylesheet import Stylesheet
from rehabplan.summary.template.tables import Tables
from rehabplan.summary.template.texts import Texts, filled_part, filled_text
from rehabplan.summary.template.workbookxml import computed_on_opening, excel_table_headings

_USUAL = "xl/workbook.xml"
_TYPES = "[content_types].xml"
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_DRAWN = re.compile(r"xl/(?:drawings/drawing|charts/chart)[^/]*\.xml")
_LONGEST_HEADER = 255
"""Characters that Excel takes in a header or footer."""


class TemplateBook:
    """A template that is filled in part by part."""

    def __init__(self, content: bytes, file: str, facts: Facts) -> None:
        """Read the workbook within the limits of reports.

        Raises:
            FaultError: it is no .xlsx or .xltx, protected, damaged, or beyond the limits.
        """
        self.file = file
        self._content = content
        self._facts = facts
        self._package = _package(content, file)
        scope, plan = facts.assessment.scope, facts.assessment.plan
        self._words = Vocabulary.of(plan, scope.sites)
        self._marks = Marks(facts, self._words.labels)
        self._told: list[Problem] = []
        self._new: dict[str, bytes] = {}
        self._formulas = 0
        self._filled = 0

    @property
    def problems(self) -> list[Problem]:
        """What was found while filling in."""
        return [*self._told, *self._marks.problems]

    def filled(self) -> bytes:
        """Return the workbook with everything filled in that could be."""
        package = self._package
        sheets = xlsx.read(Package(self._content), self.file, as_stored=True).sheets
        main = opc.main_part(package, _USUAL)
        known = opc.relations(package, main)
        listed = xlsx.listed(package, main)
        of_sheets = opc.SheetParts(known)
        parts = [part for name, _state, one in listed.sheets if (part := of_sheets.of(name, one))]
        styles_part = opc.part_of("styles", known)
        if styles_part is None or styles_part not in package:
            raise missing("xl/styles.xml")
        styles = Stylesheet(read_part(package, styles_part))
        shared = self._shared(opc.part_of("sharedStrings", known))
        for sheet, part in zip(sheets, parts, strict=True):
            self._sheet(sheet, part, styles, shared, date1904=listed.date1904)
        self._drawings()
        if not self._marks.count and not self._filled and not self._told:
            self._told.append(problem(Code.NOTHING_TO_FILL, Where(self.file)))
        self._new[styles_part] = styles.written()
        if self._formulas:
            self._new[main] = computed_on_opening(read_part(package, main))
        if self._formulas and not has_errors(self.problems):
            self._told.append(problem(Code.FORMULAS_LATER, Where(self.file), count=self._formulas))
        types = read_part(package, _TYPES)
        self._new[_TYPES] = types.replace(b"spreadsheetml.template.main+xml", b"spreadsheetml.sheet.main+xml")
        return self._packed()

    # ── sheets ────────────────────────────────────────────────────────────────────────────────
    def _sheet(
        self, sheet: Sheet, part: str, styles: Stylesheet, shared: Callable[[int], bytes], *, date1904: bool
    ) -> None:
        here = Where(self.file, sheet=sheet.name)
        if OPENING in sheet.name:
            self._marks.count += 1
            self._told.append(problem(Code.MARK_PLACE, here, place=_("the name of a sheet")))
        edits, seen = self._marked(sheet)
        content = read_part(self._package, part)
        formulas = _formulas_in(content, styles)
        tables = Tables(self.file, seen, self._facts, self._words)
        tables.formulas = formulas
        if not sheet.hidden:
            tables.fill()
        self._told += tables.problems
        self._filled += len(tables.edits)
        edits = tables.edits | edits

        def header(text: str) -> str:
            return self._header(text, here)

        xml = SheetXml(content, edits, styles, shared, header, date1904)
        written = xml.written()
        if written != content:
            self._new[part] = written
        self._formulas += len(xml.formulas)
        for place, formula in xml.formulas:
            if OPENING in formula:
                self._marks.count += 1
                where = replace(here, cell=address(*place))
                self._told.append(problem(Code.MARK_PLACE, where, place=_("a formula")))
        for place in excel_table_headings(self._package, part) & {*edits}:
            where = replace(here, cell=address(*place))
            self._told.append(problem(Code.MARK_PLACE, where, place=_("the heading of an Excel table")))

    def _marked(self, sheet: Sheet) -> tuple[dict[Place, Edit], Sheet]:
        """Return the cells with marks, and the sheet as it looks with them filled in."""
        edits: dict[Place, Edit] = {}
        cells = dict(sheet.cells)
        for place, cell in sheet.cells.items():
            if cell.kind is not CellKind.TEXT or OPENING not in cell.text:
                continue
            where = Where(self.file, sheet=sheet.name, cell=address(*place))
            marks = self._marks.of(cell.text, where)
            if not marks:
                continue
            alone = len(marks) == 1 and not replaced(cell.text, marks, lambda _fact: "").strip()
            edits[place] = Edit(marks[0].fact, over=True) if alone else Edit(rich=self._rich, over=True)
            text = replaced(cell.text, marks, printed)
            number = alone and isinstance(marks[0].fact, Figure)
            cells[place] = Cell(CellKind.NUMBER if number else CellKind.TEXT, text or "-")
        return edits, replace(sheet, cells=cells)

    def _rich(self, raw: bytes) -> bytes:
        container = "is" if re.match(rb"<(?:\w+:)?is\b", raw) else "si"
        return filled_text(raw, container, self._known, printed)

    def _known(self, text: str) -> list[Mark]:
        """Return the marks of a text whose problems were told before."""
        return Marks(self._facts, self._words.labels).of(text, Where(self.file))

    def _header(self, text: str, where: Where) -> str:
        """Return a header or footer filled in; "&" begins a code, and digits behind a size belong to it."""
        marks = self._marks.of(text, where)
        for mark in reversed(marks):
            words = printed(mark.fact).replace("&", "&&")
            before = text[: mark.start]
            space = " " if words[:1].isdigit() and re.search(r"&\d+$", before) else ""
            text = before + space + words + text[mark.end :]
        if marks and len(text) > _LONGEST_HEADER:
            self._told.append(problem(Code.HEADER_LONG, where, length=len(text), limit=_LONGEST_HEADER))
        return text

    # ── texts ─────────────────────────────────────────────────────────────────────────────────
    def _shared(self, part: str | None) -> Callable[[int], bytes]:
        """Return what gives the XML of a shared text by its number."""
        found: list[bytes] = []

        def one(number: int) -> bytes:
            if not found and part is not None:
                content = read_part(self._package, part)
                found.extend(content[start:end] for start, end, _runs in Texts(content, "si").found)
            return found[number]

        return one

    def _drawings(self) -> None:
        """Fill in the marks of text boxes and of charts' titles."""
        for part in self._package.names:
            if _DRAWN.fullmatch(part):
                content = read_part(self._package, part)
                if OPENING.encode() not in content and b"{" not in content:
                    continue
                where = Where(self.file, sheet=basename(part))
                written = filled_part(content, lambda text, at=where: self._marks.of(text, at), printed)  # type: ignore[misc]
                if written != content:
                    self._new[part] = written

    def _packed(self) -> bytes:
        """Return the zip file: every part in its order, under fixed times."""
        changed = {name.lower(): content for name, content in self._new.items()}
        written = BytesIO()
        with zipfile.ZipFile(BytesIO(self._content)) as source, zipfile.ZipFile(written, "w") as target:
            for old in source.infolist():
                name = old.filename.replace("\\", "/").lstrip("/")
                if name.endswith("/"):
                    continue
                entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                content = changed.get(name.lower())
                target.writestr(entry, self._package.read(name) if content is None else content)
        return written.getvalue()


def _package(content: bytes, file: str) -> Package:
    if not is_zip(content):
        kind = kind_of(content, basename(file))
        found = {Kind.XLS: _("an .xls workbook of Excel 97 to 2003")}.get(kind, _("a text file"))
        raise other_kind(found)
    package = Package(content)
    match kind_of_parts(package.names, package.read):
        case Kind.XLSB:
            raise other_kind(_("an .xlsb workbook"))
        case Kind.ODS:
            raise other_kind(_("an .ods workbook"))
        case _:
            pass
    macros = any(name.endswith("vbaproject.bin") for name in package.names)
    if macros or b"macroEnabled" in package.read(_TYPES):
        raise FaultError(Code.TEMPLATE_MACROS)
    return package


def _formulas_in(content: bytes, styles: Stylesheet) -> set[Place]:
    """Return the cells of a worksheet that hold formulas."""
    xml = SheetXml(content, {}, styles, lambda _number: b"", lambda text: text)
    xml.written()
    return {place for place, _formula in xml.formulas}
