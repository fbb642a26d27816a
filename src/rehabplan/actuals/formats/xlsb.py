"""Binary workbooks of Excel 2007 and later (.xlsb)."""

import math
import struct

from msgspec import Struct, field

from rehabplan.actuals.formats import opc
from rehabplan.actuals.formats.biff12 import Fields, Record, records
from rehabplan.actuals.formats.building import SheetBuilder
from rehabplan.actuals.formats.faults import changed, damaged
from rehabplan.actuals.formats.fonts import PLAIN, SCRIPTS, Font, runs_of
from rehabplan.actuals.formats.legacy import Run, encoding_of_font
from rehabplan.actuals.formats.limits import LAST_COLUMN, LAST_ROW
from rehabplan.actuals.formats.numberformats import BUILT_IN, GENERAL, NumberFormat, number_format
from rehabplan.actuals.formats.package import Package
from rehabplan.actuals.formats.values import ERRORS, FALSE, TRUE, no_number, text_cell
from rehabplan.actuals.formats.xlsx_styles import FIRST_OWN
from rehabplan.actuals.sheet import Cell, CellKind, Workbook, address
from rehabplan.i18n import _
from rehabplan.problems import Code, Where, problem

_USUAL = "xl/workbook.bin"
_EXTENSION, _EXTENSION_END = 35, 36
_MOST_COLUMNS_HIDDEN = 2 * LAST_COLUMN


def read(package: Package, file: str) -> Workbook:
    """Read every worksheet; `file` names the workbook in problems.

    Raises:
        FaultError: the workbook is damaged or beyond the limits.
    """
    main = opc.main_part(package, _USUAL)
    known = opc.relations(package, main)
    workbook = Workbook("xlsb")
    try:
        context, parts = _context(package, known), opc.SheetParts(known)
        date1904, readers = False, list[_Reader]()
        if not context.whole:
            workbook.problems.append(problem(Code.FORMATS_MISSING, Where(file)))
        for number, content in records(package.read(main)):
            if number == Record.WORKBOOK_PROPERTIES:
                date1904 = bool(Fields(content).number("I") & 1)
            elif number == Record.COMPUTING:
                context.later = bool(Fields(content, _COMPUTING_FLAGS).number("H") & 1)
            elif number == Record.SHEET:
                fields = Fields(content, 8)
                identity, name = fields.text(), fields.text()
                part = parts.of(name, identity)
                if part is not None:
                    hidden = Fields(content).number("I") != 0
                    builder = SheetBuilder(name, package.budget, hidden=hidden, date1904=date1904)
                    reader = _Reader(builder, context)
                    reader.read(package.read(part))
                    readers.append(reader)
    except struct.error as error:
        raise changed() from error
    for reader in readers:
        reader.finish(workbook, file)
    if not workbook.sheets:
        raise damaged(_("it holds no worksheet"))
    workbook.problems += [problem(Code.SHEET_UNLISTED, Where(file), part=part) for part in parts.unlisted()]
    return workbook


class _Text(Struct):
    """A shared text, and where its font changes."""

    cell: Cell | None
    changes: list[tuple[int, int]]


class _Context(Struct):
    """What all sheets of a workbook share."""

    texts: list[_Text] = field(default_factory=list)
    formats: dict[int, NumberFormat] = field(default_factory=dict)
    fonts: list[Font] = field(default_factory=list)
    styles: list[tuple[NumberFormat, int]] = field(default_factory=list)
    whole: bool = True
    """Whether there are as many styles as the workbook says, and all their number formats."""
    later: bool = False
    """Whether all formulas are to be computed when the workbook is opened."""
    computed: bool = False
    """Whether any formula has a result other than 0 or nothing."""

    def font(self, index: int) -> Font:
        return self.fonts[index] if index < len(self.fonts) else PLAIN

    def runs(self, text: str, style: int, changes: list[tuple[int, int]]) -> tuple[Run, ...]:
        return runs_of(text, self.font(style), ((at, self.font(font)) for at, font in changes))


def _context(package: Package, known: dict[str, opc.Relation]) -> _Context:
    context = _Context()
    strings, styles = (opc.needed_part(kind, known, package) for kind in ("sharedStrings", "styles"))
    if strings:
        for number, content in records(package.read(strings)):
            if number == Record.SHARED_ITEM:
                context.texts.append(_rich(Fields(content)))
    in_styles, promised = False, 0
    for number, content in records(package.read(styles) if styles else b""):
        fields = Fields(content)
        match number:
            case Record.FORMAT:
                package.budget.take_format()
                identity, code = fields.number("H"), fields.text()
                context.formats[identity] = number_format(code)
            case Record.FONT:
                _height, flags, _weight, script = (fields.number("H") for _ in range(4))
                name = encoding_of_font(Fields(content, 21).text())
                context.fonts.append(Font(name, bool(flags & _STRUCK), SCRIPTS.get(script, "")))
            case Record.CELL_STYLES:
                in_styles, promised = True, fields.number("I") if content else 0
            case Record.CELL_STYLES_END:
                in_styles = False
                context.whole &= promised in {0, len(context.styles)}
            case Record.STYLE if in_styles:
                fields.number("H")
                shown, font = fields.number("H"), fields.number("H")
                known_format = context.formats.get(shown) or number_format(BUILT_IN.get(shown, ""))
                package.budget.take_style()
                context.whole &= shown in context.formats or shown < FIRST_OWN
                context.styles.append((known_format, font))
    return context


def _rich(fields: Fields) -> _Text:
    rich = fields.number("B") & 1
    cell = text_cell(fields.text())
    count = fields.number("I") if rich else 0
    changes: list[tuple[int, int]] = []
    while len(changes) < count:
        changes.append((fields.number("H"), fields.number("H")))
    return _Text(cell, changes)


_STRUCK = 8
"""Flag of a font."""
_COMPUTING_FLAGS = 24
"""Where the properties of computing have their flags."""
_ALWAYS = 2
"""Flag of a formula that is computed whenever the workbook is opened."""
_FORMULAS = frozenset((
    Record.FORMULA_STRING, Record.FORMULA_NUMBER, Record.FORMULA_BOOL, Record.FORMULA_ERROR
))  # fmt: skip
_SIZES = {
    Record.BLANK: 8, Record.RK: 12, Record.ERROR: 9, Record.BOOL: 9, Record.REAL: 16, Record.SHARED: 12,
}  # fmt: skip
"""How many bytes cells have that are always of the same size."""
_BESIDE_CELLS = frozenset((37, 38, 49, 50, 426, 427, 428, 1024, 1025, 1045, 1046))
"""Other records that may stand among rows and cells: of formulas, of extensions, of later versions."""
_SHORT = {
    Record.SHORT_BLANK: Record.BLANK, Record.SHORT_RK: Record.RK, Record.SHORT_ERROR: Record.ERROR,
    Record.SHORT_BOOL: Record.BOOL, Record.SHORT_REAL: Record.REAL, Record.SHORT_STRING: Record.STRING,
    Record.SHORT_SHARED: Record.SHARED,
}  # fmt: skip
"""Records of cells in the column after the last one's, which they do not repeat."""


class _Reader(Struct):
    builder: SheetBuilder
    context: _Context
    row: int = 0
    column: int = 0
    columns_hidden: int = 0
    in_data: bool = False
    ended: bool = False
    extension: int = 0
    nothing: list[tuple[int, int, bool]] = field(default_factory=list)
    """Row and column of formulas whose result is 0 or nothing; are they to be computed on opening?"""

    def read(self, content: bytes) -> None:
        for number, record in records(content):
            fields = Fields(record)
            if number <= Record.SHORT_SHARED or number == Record.RICH_STRING:
                self._row_or_cell(number, fields, record)
            elif number in (Record.DATA, Record.DATA_END):
                if self.ended or self.in_data is (number == Record.DATA):
                    raise changed()
                self.in_data = number == Record.DATA
                self.ended = not self.in_data
            elif number == Record.COLUMN:
                self._hide(fields)
            elif number == Record.MERGED:
                first_row, last_row = fields.number("I") + 1, fields.number("I") + 1
                self.builder.merge(first_row, fields.number("I") + 1, last_row, fields.number("I") + 1)
            elif self.in_data:
                self._beside(number)
        if not self.ended:
            raise changed()

    def finish(self, workbook: Workbook, file: str) -> None:
        """Add the sheet to its workbook, once all of them were read.

        A program that computes no formulas stores 0 or nothing, and asks to compute them on opening.
        """
        for row, column, asked in self.nothing:
            if self.context.later or (asked and not self.context.computed):
                self.builder.put_uncomputed(row, column)
        self.builder.finish(workbook, file)

    def _row_or_cell(self, number: int, fields: Fields, record: bytes) -> None:
        if not self.in_data:
            raise changed()
        if number == Record.ROW:
            self._start_row(fields, record)
        else:
            self._cell(number, fields, len(record))

    def _beside(self, number: int) -> None:
        """Refuse a record that has no place among rows and cells: it may have been one of them."""
        if number in (_EXTENSION, _EXTENSION_END):
            self.extension += 1 if number == _EXTENSION else -1
        elif not self.extension and number not in _BESIDE_CELLS:
            raise changed()

    def _start_row(self, fields: Fields, record: bytes) -> None:
        self.builder.budget.take_cells()
        before, self.column = self.row, 0
        self.row = fields.number("I") + 1
        if not before < self.row <= LAST_ROW:
            raise damaged(_("it has a cell where no sheet reaches"))
        height = Fields(record, 8).number("H")
        if Fields(record, 11).number("B") & 0x10 or height == 0:
            self.builder.sheet.hidden_rows.add(self.row)

    def _hide(self, fields: Fields) -> None:
        first, last, width = fields.number("I") + 1, fields.number("I") + 1, fields.number("I")
        fields.number("I")
        if fields.number("H") & 1 or width == 0:
            reach = range(first, min(last, LAST_COLUMN) + 1)
            self.columns_hidden += len(reach)
            if self.columns_hidden > _MOST_COLUMNS_HIDDEN:
                raise damaged(_("its list of columns contradicts itself"))
            self.builder.sheet.hidden_columns.update(reach)

    def _cell(self, number: int, fields: Fields, size: int) -> None:
        self.builder.budget.take_cells()
        before = self.column
        if number in _SHORT:
            number, size = _SHORT[Record(number)], size + 4
            self.column += 1
        else:
            self.column = fields.number("I") + 1
        if size != _SIZES.get(Record(number), size):
            raise changed()
        if not (self.row and before < self.column <= LAST_COLUMN):
            raise damaged(_("it has a cell where no sheet reaches"))
        style = fields.number("I") & 0xFFFFFF
        self._value(number, fields, style)
        if number == Record.STRING and fields.left:
            raise changed()
        if number in _FORMULAS:
            self._formula(number, fields)

    def _formula(self, number: int, fields: Fields) -> None:
        """Note what a formula without a result asks for; `fields` stand behind the result."""
        asked = bool(fields.number("H") & _ALWAYS)
        for _formula_and_more in range(2):
            fields.skip(fields.number("I"))
        if fields.left:
            raise changed()
        held = self.builder.sheet.cells.get((self.row, self.column))
        if (held is None and number == Record.FORMULA_STRING) or (held is not None and held.value == 0):
            self.nothing.append((self.row, self.column, asked))
        else:
            self.context.computed = True

    def _value(self, number: int, fields: Fields, style: int) -> None:
        match number:
            case Record.RK:
                self._number(fields.rk(), style)
            case Record.REAL | Record.FORMULA_NUMBER:
                self._number(fields.real(), style)
            case Record.STRING | Record.FORMULA_STRING:
                self._text(_Text(text_cell(fields.text()), []), style)
            case Record.RICH_STRING:
                self._text(_rich(fields), style)
            case Record.SHARED:
                index = fields.number("I")
                if index >= len(self.context.texts):
                    raise damaged(_("{cell} refers to a text that is missing").format(cell=self._place))
                self._text(self.context.texts[index], style)
            case Record.BOOL | Record.FORMULA_BOOL:
                self.builder.put(self.row, self.column, TRUE if fields.number("B") else FALSE)
            case Record.ERROR | Record.FORMULA_ERROR:
                text = ERRORS.get(fields.number("B"), "#N/A")
                self.builder.put(self.row, self.column, Cell(CellKind.ERROR, text))

    def _number(self, value: float, style: int) -> None:
        if not math.isfinite(value):
            raise no_number(str(value), self.row, self.column)
        self.builder.put_number(self.row, self.column, value, self._style(style)[0])
        self._strike(style)

    def _text(self, text: _Text, style: int) -> None:
        if text.cell:
            runs = self.context.runs(text.cell.text, self._style(style)[1], text.changes)
            self.builder.put_runs(self.row, self.column, runs, self._style(style)[0])
            if not text.changes:
                self._strike(style)

    def _strike(self, style: int) -> None:
        if self.context.font(self._style(style)[1]).struck:
            self.builder.strike(self.row, self.column)

    def _style(self, index: int) -> tuple[NumberFormat, int]:
        if index < len(self.context.styles):
            return self.context.styles[index]
        if index == 0:
            return GENERAL, 0
        raise damaged(_("{cell} refers to a format that is missing").format(cell=self._place))

    @property
    def _place(self) -> str:
        return address(self.row, self.column)
