"""One worksheet of an .xlsx file: cells, merged ranges, hidden rows and columns."""

import re
from datetime import datetime

from msgspec import Struct, field

from rehabplan.actuals.formats.building import SheetBuilder
from rehabplan.actuals.formats.faults import FaultError, damaged
from rehabplan.actuals.formats.limits import LAST_COLUMN, LAST_ROW
from rehabplan.actuals.formats.package import Package
from rehabplan.actuals.formats.values import (
    FALSE,
    TRUE,
    clean_text,
    moment,
    no_number,
    stored_number,
    text_cell,
)
from rehabplan.actuals.formats.xlsx_strings import MAIN, SharedText, TextCollector, is_on, unescaped
from rehabplan.actuals.formats.xlsx_styles import PLAIN, Style
from rehabplan.actuals.formats.xmlstream import odd_element, odd_text, parse
from rehabplan.actuals.sheet import Cell, CellKind, address
from rehabplan.i18n import _

_NARROWEST = 0.2
"""Width in characters of a column in which not even a stroke is seen."""
_LOWEST = 0.75
"""Height in points of a row of one pixel."""
_TYPES = {"n", "s", "str", "inlineStr", "b", "e", "d"}
_TRUTHS = {"1": TRUE, "true": TRUE, "0": FALSE, "false": FALSE}
_PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


class Context(Struct):
    """What all sheets of a workbook share."""

    texts: list[SharedText]
    styles: list[Style]
    later: bool = False
    """Whether all formulas are to be computed on opening: who computes none stores 0 or nothing."""


class _Cell(Struct):
    """A cell's parts until its end."""

    row: int
    column: int
    kind: str
    style: str
    value: list[str] | None = None
    formula: list[str] | None = None
    inline: TextCollector | None = None

    @property
    def place(self) -> str:
        return address(self.row, self.column)


class _Reader(Struct):
    builder: SheetBuilder
    context: Context
    row: int = 0
    row_text: str = "0"
    column: int = 0
    cells: int = 0
    cell: _Cell | None = None
    sink: list[str] | None = None
    inline: TextCollector | None = None
    """Takes the text that is within the cell, while its element is open."""
    in_data: bool = False
    had_data: bool = False
    in_row: bool = False
    row_said: bool = False
    """Whether the row says its number, which its cells then have to agree with."""
    letters: dict[str, int] = field(default_factory=dict)
    styles: dict[str, Style] = field(default_factory=dict)
    columns_hidden: int = 0
    extension: int = 0
    """How many elements are open within data that others add to a row or cell."""

    # ── events ────────────────────────────────────────────────────────────────────────────────
    def start(self, element: str, attributes: dict[str, str]) -> None:
        name = MAIN[element]
        if not self.in_data:
            self._start_outside(element, name, attributes)
        elif self.sink is not None:
            raise odd_element(element)
        elif self.extension:
            self.extension += 1
        elif self.inline is not None:
            self.inline.start(element, name, attributes)
        elif name == "c":
            self._start_cell(attributes)
        elif name == "row":
            self._start_row(attributes)
        else:
            self._start_within(element, name)

    def _start_within(self, element: str, name: str) -> None:
        """Begin a part of a cell; what else stands among rows and cells might be one of them misnamed."""
        if name == "v" and self.cell and self.cell.value is None:
            self.cell.value = self.sink = []
        elif name == "f" and self.cell and self.cell.formula is None:
            self.cell.formula = self.sink = []
        elif name == "is" and self.cell and self.cell.inline is None:
            self.cell.inline = self.inline = TextCollector()
        elif name == "extLst":
            self.extension = 1
        else:
            raise odd_element(element)

    def text(self, piece: str) -> None:
        if self.sink is not None:
            self.sink.append(piece)
        elif self.inline is not None:
            self.inline.text(piece)
        elif self.in_data and not self.extension and piece.strip():
            raise odd_text(piece)

    def end(self, element: str) -> None:
        name = MAIN[element]
        if self.extension:
            self.extension -= 1
        elif self.inline is not None:
            if self.inline.ended():
                self.inline = None
        elif name == "c" and self.cell is not None:
            self._finish(self.cell)
            self.cell = None
        elif name in {"v", "f"}:
            self.sink = None
        elif name == "row":
            self.in_row = False
        elif name == "sheetData":
            self._count()
            self.in_data = False

    # ── places ────────────────────────────────────────────────────────────────────────────────
    def _start_outside(self, element: str, name: str, attributes: dict[str, str]) -> None:
        match name or element.rpartition(" ")[2]:
            case "sheetData":
                if self.had_data or not name:
                    raise odd_element(element)
                self.in_data = self.had_data = True
            case "row" | "c" | "v" if name:
                raise odd_element(element)
            case "col":
                self._column(attributes)
            case "mergeCell":
                first, _colon, last = attributes.get("ref", "").partition(":")
                self.builder.merge(*self._split(first), *self._split(last or first))

    def _column(self, attributes: dict[str, str]) -> None:
        hidden = is_on(attributes.get("hidden", "")) or _is_nothing(attributes.get("width"), _NARROWEST)
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if not (hidden and first.isdecimal() and last.isdecimal()):
            return
        reach = range(max(1, int(first[:9])), min(LAST_COLUMN, int(last[:9])) + 1)
        self.columns_hidden += len(reach)
        if self.columns_hidden > 2 * LAST_COLUMN:
            raise damaged(_("its list of columns contradicts itself"))
        self.builder.sheet.hidden_columns.update(reach)

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._count()
        number = attributes.get("r")
        self.row_said = number is not None
        if self.in_row:
            raise odd_element("row")
        self.in_row = True
        self.row = self.row + 1 if number is None else _index(number)
        self.row_text, self.column = str(self.row), 0
        if not 0 < self.row <= LAST_ROW:
            raise _outside(number or str(self.row))
        if is_on(attributes.get("hidden", "")) or _is_nothing(attributes.get("ht"), _LOWEST):
            self.builder.sheet.hidden_rows.add(self.row)

    def _count(self) -> None:
        """Use up a row and the cells since the last one."""
        self.builder.budget.take_cells(1 + self.cells)
        self.cells = 0

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self.cells += 1
        if self.cell is not None or not self.in_row:
            raise odd_element("c")
        place = attributes.get("r")
        if place is None:
            self.column += 1
        else:
            column = self.letters.get(place.removesuffix(self.row_text))  # "C" of "C7" in row 7
            if column:
                self.column = column
            else:
                row, self.column = self._split(place)
                if self.row_said and row != self.row:
                    raise damaged(_("{cell} stands in row {row} of it").format(cell=place[:20], row=self.row))
                self.row, self.row_text = row, str(row)
        if self.row == 0 or self.column > LAST_COLUMN:
            raise _outside(place or address(self.row, self.column))
        kind = attributes.get("t", "n")
        if kind not in _TYPES:
            raise damaged(_("{cell} is of the unknown type '{kind}'").format(
                cell=address(self.row, self.column), kind=kind[:20]))  # fmt: skip
        self.cell = _Cell(self.row, self.column, kind, attributes.get("s", "0"))

    def _split(self, place: str) -> tuple[int, int]:
        """Return row and column of a place such as "C7"."""
        found = _PLACE.fullmatch(place)
        if found is None:
            raise _outside(place)
        column = self.letters.get(found[1], 0)
        if not column:
            for letter in found[1].upper():
                column = column * 26 + ord(letter) - 64
            self.letters[found[1]] = column
        row = int(found[2])
        if not (0 < row <= LAST_ROW and column <= LAST_COLUMN):
            raise _outside(place)
        return row, column

    # ── values ────────────────────────────────────────────────────────────────────────────────
    def _finish(self, cell: _Cell) -> None:
        value = "".join(cell.value) if cell.value else ""
        if cell.inline is not None:
            text = cell.inline.result()
            if value and text.cell and value != text.cell.text:
                raise damaged(_("{cell} stands in it twice").format(cell=cell.place))
            self._text(cell, text)
        elif cell.formula is not None and self._is_uncomputed(cell, value):
            formula = "=" + ("".join(cell.formula) or "…")
            self._put(cell, Cell(CellKind.NOT_COMPUTED, clean_text(formula)))
        elif not value:
            return
        elif cell.kind == "n":
            self._refuse_second(cell)
            shown = self._style(cell).shown
            self.builder.put_number(cell.row, cell.column, stored_number(value, cell.row, cell.column), shown)
            self._strike(cell)
        elif cell.kind == "s":
            self._text(cell, self._shared(cell, value))
        else:
            self._put(cell, self._other(cell, value))

    def _is_uncomputed(self, cell: _Cell, value: str) -> bool:
        """Tell whether a formula's value is the one that stands there until a program computes it."""
        if not value:
            return cell.value is None or cell.kind != "str" or self.context.later
        return self.context.later and cell.kind == "n" and not stored_number(value, cell.row, cell.column)

    def _put(self, cell: _Cell, found: Cell | None) -> None:
        self._refuse_second(cell)
        self.builder.put_text(cell.row, cell.column, found, self._style(cell).shown)
        self._strike(cell)

    def _strike(self, cell: _Cell) -> None:
        if self._style(cell).struck:
            self.builder.strike(cell.row, cell.column)

    def _other(self, cell: _Cell, value: str) -> Cell | None:
        match cell.kind:
            case "b":
                if value.strip() not in _TRUTHS:
                    raise no_number(value, cell.row, cell.column)
                return _TRUTHS[value.strip()]
            case "e":
                return Cell(CellKind.ERROR, clean_text(value))
            case "d":
                return Cell(CellKind.DATE, _iso(value))
            case _:
                found = text_cell(unescaped(value))
                font = self._style(cell).font
                if found and font:
                    self.builder.put_fonts(cell.row, cell.column, ((found.text, font),))
                return found

    def _text(self, cell: _Cell, text: SharedText) -> None:
        if text.cell is None:
            return
        self._put(cell, text.cell)
        font = self._style(cell).font
        if font or text.runs:
            self.builder.put_fonts(cell.row, cell.column, text.in_font(font))

    def _shared(self, cell: _Cell, value: str) -> SharedText:
        index = _index(value.strip())
        if not 0 <= index < len(self.context.texts):
            raise damaged(_("{cell} refers to a text that is missing").format(cell=cell.place))
        return self.context.texts[index]

    def _style(self, cell: _Cell) -> Style:
        known = self.styles.get(cell.style)
        if known is None:
            index, styles = _index(cell.style), self.context.styles
            if not (0 <= index < len(styles) or index == 0):
                raise damaged(_("{cell} refers to a format that is missing").format(cell=cell.place))
            known = self.styles[cell.style] = styles[index] if styles else PLAIN
        return known

    def _refuse_second(self, cell: _Cell) -> None:
        if (cell.row, cell.column) in self.builder.sheet.cells:
            raise damaged(_("{cell} stands in it twice").format(cell=cell.place))


def read_sheet(package: Package, part: str, builder: SheetBuilder, context: Context) -> None:
    """Read a worksheet into its builder.

    Raises:
        FaultError: the part is damaged or beyond the limits.
    """
    reader = _Reader(builder, context)
    parse(package, part, reader.start, reader.end, reader.text)
    if not reader.had_data:
        raise damaged(_("its part '{part}' is no worksheet").format(part=part[:80]))


def _index(text: str) -> int:
    """Return a whole number that counts something, or -1 where it is none."""
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 10 else -1  # noqa: PLR2004 - nothing counts that far


def _is_nothing(size: str | None, least: float) -> bool:
    """Tell whether a width or height is less than the least that can be seen."""
    try:
        return size is not None and float(size) < least
    except ValueError:
        return False


def _outside(place: str) -> FaultError:
    return damaged(_("it has a cell at '{place}', where no sheet reaches").format(place=place[:20]))


def _iso(text: str) -> str:
    """Return a date that the Strict form writes as such."""
    try:
        return moment(datetime.fromisoformat(text.strip().removesuffix("Z")))
    except ValueError:
        return clean_text(text)
