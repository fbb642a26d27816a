"""OpenDocument spreadsheets (.ods), as LibreOffice writes them."""

from collections.abc import Iterator
from fractions import Fraction

from msgspec import Struct, field

from rehabplan.actuals.formats.building import SheetBuilder
from rehabplan.actuals.formats.faults import FaultError, damaged
from rehabplan.actuals.formats.fonts import PLAIN, Font
from rehabplan.actuals.formats.limits import LAST_COLUMN, LAST_ROW
from rehabplan.actuals.formats.ods_cell import CELLS, OdsCell, attribute, count_of, short_name
from rehabplan.actuals.formats.package import Package
from rehabplan.actuals.formats.values import as_drawn
from rehabplan.actuals.formats.xmlstream import odd_element, odd_text, parse
from rehabplan.actuals.sheet import Cell, CellKind, Workbook
from rehabplan.figures import plain
from rehabplan.i18n import _
from rehabplan.problems import Code

_CONTENT = "content.xml"
_STYLES = "styles.xml"
_MANIFEST = "META-INF/manifest.xml"
_GROUPS = {"table:table-row-group", "table:table-column-group"}
_HIDDEN = {"collapse", "filter"}
_IN_ROWS = {"table:table-row", *CELLS}
"""What may stand within a row; a row is refused there with a reason of its own."""
_PLACES = frozenset((
    "table", "table-row", "table-cell", "covered-table-cell", "table-column", "p", "h", "span", "s",
))  # fmt: skip
"""Names of elements that make up tables and texts."""
_FAMILIES = ("urn:oasis:names:tc:opendocument:xmlns:", "urn:org:documentfoundation:names:")
_LEFT_OUT = ("office:annotation", "draw:", "text:ruby-text", "table:detective", "text:note")
"""What may stand within a cell and is not its text."""


def read(package: Package, file: str) -> Workbook:
    """Read every sheet; `file` names the workbook in problems.

    Raises:
        FaultError: the workbook is protected, damaged, or beyond the limits.
    """
    if _MANIFEST in package and b"encryption-data" in package.read(_MANIFEST):
        raise FaultError(Code.ENCRYPTED)
    reader = _Reader(package, Workbook("ods"), file)
    if _STYLES in package:
        parse(package, _STYLES, lambda element, found: reader.styles.start(short_name(element), found))
    parse(package, _CONTENT, reader.start, reader.end, reader.text)
    if not reader.workbook.sheets:
        raise damaged(_("it holds no worksheet"))
    return reader.workbook


class _Styles(Struct):
    """What styles within the file tell: hidden sheets, formats that show thousands, what fonts say."""

    current: str = ""
    hidden_tables: set[str] = field(default_factory=set)
    scaled_formats: set[str] = field(default_factory=set)
    formats: dict[str, str] = field(default_factory=dict)
    """The number format of a style."""
    parents: dict[str, str] = field(default_factory=dict)
    """The style that another one begins with; of a number format another one for some of the numbers."""
    fonts: dict[str, Font] = field(default_factory=dict)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "style:style":
                self._style(attributes)
            case "style:text-properties":
                self.fonts[self.current] = _font(attributes)
            case "style:table-properties":
                if attribute(attributes, "table:display") == "false":
                    self.hidden_tables.add(self.current)
            case "number:number-style" | "number:currency-style" | "number:percentage-style":
                self.current = attribute(attributes, "style:name")
            case "number:number":
                if attribute(attributes, "number:display-factor") not in {"", "1"}:
                    self.scaled_formats.add(self.current)
            case "style:map":
                if attribute(attributes, "style:apply-style-name") in self.scaled_formats:
                    self.scaled_formats.add(self.current)

    def _style(self, attributes: dict[str, str]) -> None:
        self.current = attribute(attributes, "style:name")
        shown = attribute(attributes, "style:data-style-name")
        parent = attribute(attributes, "style:parent-style-name")
        if shown:
            self.formats[self.current] = shown
        if parent:
            self.parents[self.current] = parent

    def is_scaled(self, style: str) -> bool:
        """Tell whether numbers in a cell style are shown in thousands, some of them at least."""
        return any(self.formats.get(one) in self.scaled_formats for one in self._line(style))

    def font(self, style: str) -> Font:
        """Return what the font of a style says."""
        return next((self.fonts[one] for one in self._line(style) if one in self.fonts), PLAIN)

    def _line(self, style: str) -> Iterator[str]:
        """Yield a style and those that it begins with."""
        for _step in range(_MOST_PARENTS):
            if not style:
                return
            yield style
            style = self.parents.get(style, "")


_MOST_PARENTS = 20


def _is_other(element: str) -> bool:
    """Tell whether an element that we do not know is no part of a table misnamed: of a drawing, say."""
    return element.startswith(_FAMILIES) and element.rpartition(" ")[2] not in _PLACES


def _font(attributes: dict[str, str]) -> Font:
    line = attribute(attributes, "style:text-line-through-style")
    line = line or attribute(attributes, "style:text-line-through-type") or "none"
    return Font(None, line != "none", _script(attribute(attributes, "style:text-position")))


def _script(position: str) -> str:
    """Return the sign of raised or lowered letters: of "super 58%", or of "33% 58%"."""
    height = position.split(" ", maxsplit=1)[0]
    if height in {"super", "sub"}:
        return {"super": "^", "sub": "_"}[height]
    return "" if height in {"", "0%"} else "_" if height.startswith("-") else "^"


class _Row(Struct):
    """A row until its end: cells by column, and how often it is repeated."""

    repeated: int
    cells: list[tuple[int, int, Cell, bool]] = field(default_factory=list)
    """Column, repeated, cell, whether it shows thousands."""


class _Reader(Struct):
    package: Package
    workbook: Workbook
    file: str
    styles: _Styles = field(default_factory=_Styles)
    inside: list[str] = field(default_factory=list)
    skipped: int = 0
    sheet: SheetBuilder | None = None
    row: _Row = field(default_factory=lambda: _Row(1))
    cell: OdsCell | None = None
    row_number: int = 0
    column: int = 0
    hidden_rows: list[range] = field(default_factory=list)
    hidden_columns: list[range] = field(default_factory=list)
    column_styles: dict[int, str] = field(default_factory=dict)
    """The styles of columns that say something, for cells that have none and whose row has none."""
    row_style: str = ""
    """The style of the row's cells that have none."""
    groups: list[bool] = field(default_factory=list)
    """The groups of rows or columns around, and which of them are folded away."""
    in_row: bool = False

    def start(self, element: str, attributes: dict[str, str]) -> None:
        name = short_name(element)
        if self.skipped or self._is_beside(element, name):
            self.skipped += 1
        elif self.cell:
            self.cell.start(element, name, attributes)
        elif self.sheet is None:
            self._start_outside(name, attributes)
        else:
            if not (name in _IN_ROWS if self.in_row else name or _is_other(element)):
                raise odd_element(element)
            self._start_inside(self.sheet, name, attributes)
        self.inside.append(name)

    def _is_beside(self, element: str, name: str) -> bool:
        """Tell whether an element begins what is no part of the cells."""
        if self.cell is None:
            return name == "table:shapes"
        return name.startswith(_LEFT_OUT) or not (name or self.cell.in_paragraph or not _is_other(element))

    def text(self, piece: str) -> None:
        if self.skipped:
            return
        if self.cell:
            self.cell.text(piece)
        elif self.in_row and piece.strip():
            raise odd_text(piece)

    def end(self, _element: str) -> None:
        name = self.inside.pop()
        if self.skipped:
            self.skipped -= 1
        elif self.sheet is None:
            return
        elif self.cell and name in CELLS:
            self._finish_cell(self.sheet, self.cell)
            self.cell = None
        elif self.cell:
            self.cell.end(name)
        elif name == "table:table-row":
            self._finish_row(self.sheet)
        elif name in _GROUPS:
            self.groups.pop()
        elif name == "table:table" and self.inside[-1] == "office:spreadsheet":
            self._finish_sheet(self.sheet)
            self.sheet = None

    def _start_outside(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table" and self.inside and self.inside[-1] == "office:spreadsheet":
            hidden = attribute(attributes, "table:style-name") in self.styles.hidden_tables
            title = attribute(attributes, "table:name")
            self.sheet = SheetBuilder(title, self.package.budget, hidden=hidden)
            self.row_number = self.column = 0
            self.hidden_rows, self.hidden_columns, self.column_styles = [], [], {}
            self.in_row = False
        else:
            self.styles.start(name, attributes)

    def _start_inside(self, sheet: SheetBuilder, name: str, attributes: dict[str, str]) -> None:
        hidden = attribute(attributes, "table:visibility") in _HIDDEN or any(self.groups)
        if name == "table:table-column":
            count = count_of(attributes, "table:number-columns-repeated", LAST_COLUMN)
            reach = range(self.column + 1, self.column + count + 1)
            self.column += count
            if hidden:
                self.hidden_columns.append(reach)
            style = attribute(attributes, "table:default-cell-style-name")
            if self.styles.is_scaled(style) or self.styles.font(style).struck:
                within = range(reach.start, min(reach.stop, LAST_COLUMN + 1))
                self.column_styles |= dict.fromkeys(within, style)
        elif name == "table:table-row":
            self._start_row(sheet, attributes, hidden=hidden)
        elif name in CELLS:
            self._start_cell(sheet, attributes)
        elif name in _GROUPS:
            self.groups.append(attribute(attributes, "table:display") == "false")

    def _start_row(self, sheet: SheetBuilder, attributes: dict[str, str], *, hidden: bool) -> None:
        sheet.budget.take_cells()
        self.row = _Row(count_of(attributes, "table:number-rows-repeated", LAST_ROW))
        self.row_style = attribute(attributes, "table:default-cell-style-name")
        self.column = 0
        if self.in_row:
            raise damaged(_("it has a row within a row"))
        self.in_row = True
        if hidden:
            first = self.row_number + 1
            self.hidden_rows.append(range(first, first + self.row.repeated))

    def _start_cell(self, sheet: SheetBuilder, attributes: dict[str, str]) -> None:
        sheet.budget.take_cells()
        if not self.in_row:
            raise damaged(_("it has a cell outside of a row"))
        self.cell = OdsCell(attributes, self.styles.font)

    def _finish_cell(self, sheet: SheetBuilder, cell: OdsCell) -> None:
        first, count = self.column + 1, cell.repeated
        self.column += count
        found = cell.result(self.row_number + 1, first)
        if cell.rows_spanned > 1 or cell.columns_spanned > 1:
            row = self.row_number + 1
            sheet.merge(row, first, row + cell.rows_spanned - 1, first + cell.columns_spanned - 1)
        if found is None:
            return
        if self.column > LAST_COLUMN or self.row_number + self.row.repeated > LAST_ROW:
            raise damaged(_("it has a cell where no sheet reaches"))
        own = cell.style or self.row_style or self.column_styles.get(first, "")
        scaled = self.styles.is_scaled(own)
        if scaled and found.value is not None:
            scaled = not cell.is_printed(found.value)  # a format may show thousands of large numbers only
        if scaled and found.around:  # the words are those of the thousands shown
            found = Cell(found.kind, plain(found.value or Fraction(0)), found.value)
        if self.styles.font(own).struck:
            found = Cell(CellKind.TEXT, as_drawn(found.text, struck=True))
        self.row.cells.append((first, count, found, scaled))

    def _finish_row(self, sheet: SheetBuilder) -> None:
        first = self.row_number + 1
        self.in_row = False
        self.row_number += self.row.repeated
        for column, count, cell, scaled in self.row.cells:
            sheet.budget.take_cells(self.row.repeated * count - 1)
            for row in range(first, first + self.row.repeated):
                for at in range(column, column + count):
                    sheet.put(row, at, cell)
                    if scaled and cell.value:
                        sheet.scaled.append((row, at))

    def _finish_sheet(self, sheet: SheetBuilder) -> None:
        """Mark what is hidden as far as cells reach; an empty rest may be a million rows."""
        rows = max((row for row, _column in sheet.sheet.cells), default=0)
        columns = max((column for _row, column in sheet.sheet.cells), default=0)
        for reach in self.hidden_rows:
            sheet.sheet.hidden_rows.update(range(reach.start, min(reach.stop, rows + 1)))
        for reach in self.hidden_columns:
            sheet.sheet.hidden_columns.update(range(reach.start, min(reach.stop, columns + 1)))
        sheet.finish(self.workbook, self.file)
