"""One worksheet's XML with cells filled in: new and changed cells, headers and footers, nothing else."""

import re
from collections.abc import Callable
from xml.parsers import expat

from msgspec import Struct, field

from rehabplan.actuals.formats.faults import damaged
from rehabplan.actuals.formats.xlsx_strings import MAIN
from rehabplan.actuals.sheet import address
from rehabplan.i18n import _
from rehabplan.summary.facts import Fact
from rehabplan.summary.template.formats import content_of
from rehabplan.summary.template.spliced import (
    Splices,
    escaped,
    escaped_cell_text,
    is_empty_tag,
    parser_of,
    tag_end,
    tag_name,
    with_attribute,
)
from rehabplan.summary.template.stylesheet import Stylesheet

Place = tuple[int, int]
"""Row and column, from 1."""
HEADERS = {"oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"}
_CELL = re.compile(r"([A-Z]{1,3})(\d+)", re.IGNORECASE)


class Edit(Struct, frozen=True):
    """What a cell is to hold: a fact, texts with runs, or None for a cell that only gets a style."""

    fact: Fact | None = None
    rich: Callable[[bytes], bytes] | None = None
    """Makes the new inner XML out of the cell's own text, where the mark stands within a text."""
    like: Place | None = None
    """The cell whose style it takes, where it has none of its own."""
    over: bool = False
    """It may replace what the cell holds: a mark."""


class _Row(Struct):
    number: int
    start: int
    style: int
    column: int = 0


class _Cell(Struct):
    place: Place
    start: int
    style: str
    kind: str
    formula: bool = False
    holds: bool = False
    value: tuple[int, int] | None = None
    inline: tuple[int, int] | None = None
    text: list[str] = field(default_factory=list)


class SheetXml(Struct):
    """Goes once through a worksheet's XML and notes what is to be replaced where."""

    content: bytes
    edits: dict[Place, Edit]
    styles: Stylesheet
    shared: Callable[[int], bytes]
    """Gives the XML of a shared text, by its number."""
    header: Callable[[str], str]
    """Gives the new text of a header or footer."""
    date1904: bool = False
    formulas: list[tuple[Place, str]] = field(default_factory=list)
    """Cells with formulas, and what these are."""
    _splices: Splices = field(default_factory=Splices)
    _waiting: list[Place] = field(default_factory=list)
    _column_styles: list[tuple[int, int, int]] = field(default_factory=list)
    _own_styles: dict[Place, int] = field(default_factory=dict)
    _models: set[Place] = field(default_factory=set)
    _row: _Row | None = None
    _cell: _Cell | None = None
    _last_row: int = 0
    _data: int = -1
    _prefix: str = ""
    _sink: list[str] | None = None
    _start_at: list[int] = field(default_factory=list)

    def written(self) -> bytes:
        """Return the worksheet with everything filled in.

        Raises:
            FaultError: it is damaged.
        """
        self._waiting = sorted(self.edits)
        self._models = {edit.like for edit in self.edits.values() if edit.like}
        parser = parser_of()

        def start(element: str, attributes: dict[str, str]) -> None:
            self._start_at.append(parser.CurrentByteIndex)
            self._start(MAIN[element], attributes, parser.CurrentByteIndex)

        def end(element: str) -> None:
            self._end(MAIN[element], self._start_at.pop(), parser.CurrentByteIndex)

        def text(piece: str) -> None:
            if self._sink is not None:
                self._sink.append(piece)

        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.CharacterDataHandler = text
        try:
            parser.Parse(self.content, True)
        except expat.ExpatError as error:
            raise damaged(_("one of its parts is no proper XML")) from error
        return self._splices.applied(self.content)

    # ── events ────────────────────────────────────────────────────────────────────────────────
    def _start(self, name: str, attributes: dict[str, str], at: int) -> None:
        match name:
            case "worksheet":
                whole = tag_name(self.content, at)
                self._prefix = whole[: whole.rindex(":") + 1] if ":" in whole else ""
            case "col":
                first, last, style = (_number(attributes.get(one, "0")) for one in ("min", "max", "style"))
                self._column_styles.append((first, last, style))
            case "dimension":
                self._grow(attributes.get("ref", ""), at)
            case "sheetData":
                self._data = at
            case "row" if self._data >= 0:
                self._start_row(attributes, at)
            case "c" if self._row is not None:
                self._start_cell(attributes, at, self._row)
            case "f" | "v" | "t" if self._cell is not None:
                self._cell.formula |= name == "f"
                self._sink = []
            case _ if name in HEADERS:
                self._sink = []

    def _end(self, name: str, start: int, at: int) -> None:
        cell = self._cell
        if name in {"f", "v", "t"} and cell is not None:
            self._end_value(name, cell, (start, at))
        elif name == "is" and cell is not None:
            cell.inline, cell.holds = (start, at), True
        elif name == "c" and cell is not None:
            self._end_cell(cell, at)
            self._cell = None
        elif name == "row" and self._row is not None:
            self._end_row(self._row, at)
            self._row = None
        elif name == "sheetData":
            self._end_data(start, at)
        elif name in HEADERS and self._sink is not None:
            old = "".join(self._sink)
            new = self.header(old)
            if new != old:
                opened = tag_end(self.content, start)
                self._splices.put(opened, at, escaped(new).encode("utf-8"))
            self._sink = None

    def _end_value(self, name: str, cell: _Cell, place: tuple[int, int]) -> None:
        text = "".join(self._sink or ())
        self._sink = None
        if name == "f":
            self.formulas.append((cell.place, text))
        elif name == "v":
            cell.value = place
            cell.text.append(text)
            cell.holds |= bool(text.strip())

    # ── rows ──────────────────────────────────────────────────────────────────────────────────
    def _start_row(self, attributes: dict[str, str], at: int) -> None:
        number = _number(attributes["r"]) if "r" in attributes else self._last_row + 1
        self._new_rows(at, number)
        self._last_row = number
        styled = attributes.get("customFormat") in {"1", "true"}
        self._row = _Row(number, at, _number(attributes.get("s", "0")) if styled else 0)
        if any(place[0] == number for place in self._waiting[:1]):
            opened = tag_end(self.content, at)
            tag = with_attribute(self.content[at:opened], "spans", None)
            if attributes.get("customHeight") not in {"1", "true"}:
                tag = with_attribute(tag, "ht", None)  # worked out anew for what the row holds now
            if is_empty_tag(self.content, at):
                tag = tag[:-2].rstrip() + b">"
            self._splices.put(at, opened, tag)

    def _end_row(self, row: _Row, at: int) -> None:
        pending = self._take(lambda place: place[0] == row.number)
        if is_empty_tag(self.content, row.start):
            if pending:
                closing = f"</{tag_name(self.content, row.start)}>".encode()
                self._splices.put(at, at, self._cells(pending, row.style) + closing)
        elif pending:
            self._splices.put(at, at, self._cells(pending, row.style))

    def _new_rows(self, at: int, before: int) -> None:
        """Write the rows that the sheet does not have yet, up to one that it has."""
        pending = self._take(lambda place: place[0] < before)
        rows: dict[int, list[Place]] = {}
        for place in pending:
            rows.setdefault(place[0], []).append(place)
        for number, places in rows.items():
            opening, closing = f'<{self._prefix}row r="{number}">', f"</{self._prefix}row>"
            self._splices.put(at, at, opening.encode() + self._cells(places, 0) + closing.encode())

    def _end_data(self, start: int, at: int) -> None:
        if is_empty_tag(self.content, start):
            closed = tag_end(self.content, start)
            tag = self.content[start:closed][:-2].rstrip() + b">"
            name = tag_name(self.content, start)
            if self._waiting:
                self._splices.put(start, closed, tag)
                self._new_rows(closed, 1 << 30)
                self._splices.put(closed, closed, f"</{name}>".encode())
        else:
            self._new_rows(at, 1 << 30)
        self._data = -1

    def _take(self, wanted: Callable[[Place], bool]) -> list[Place]:
        count = 0
        while count < len(self._waiting) and wanted(self._waiting[count]):
            count += 1
        found, self._waiting = self._waiting[:count], self._waiting[count:]
        return found

    def _grow(self, old: str, at: int) -> None:
        """Make the range of the sheet that is in use reach over the new cells."""
        first, _colon, last = old.partition(":")
        ends = [_CELL.fullmatch(one) for one in (first, last or first)]
        places = [(int(one[2]), _column(one[1])) for one in ends if one] + list(self.edits)
        if len(places) > len(self.edits):
            rows, columns = zip(*places, strict=True)
            ref = f"{address(min(rows), min(columns))}:{address(max(rows), max(columns))}"
            end = tag_end(self.content, at)
            if ref != old:
                self._splices.put(at, end, with_attribute(self.content[at:end], "ref", ref))

    # ── cells ─────────────────────────────────────────────────────────────────────────────────
    def _start_cell(self, attributes: dict[str, str], at: int, row: _Row) -> None:
        found = _CELL.fullmatch(attributes.get("r", ""))
        row.column = _column(found[1]) if found else row.column + 1
        place = (row.number, row.column)
        pending = self._take(lambda other: other < place)
        if pending:
            self._splices.put(at, at, self._cells(pending, row.style))
        style = attributes.get("s", "")
        self._own_styles[place] = _number(style or "0") if place in self._models else 0
        self._cell = _Cell(place, at, style, attributes.get("t", "n"))

    def _end_cell(self, cell: _Cell, at: int) -> None:
        edit = self.edits.get(cell.place)
        self._take(lambda place: place == cell.place)
        empty = is_empty_tag(self.content, cell.start)
        end = at if empty else tag_end(self.content, at)
        if edit is None or ((cell.holds or cell.formula) and not edit.over):
            if cell.formula and cell.value is not None:  # worked out from what was filled in
                begin, close = cell.value
                closed = close if is_empty_tag(self.content, begin) else tag_end(self.content, close)
                self._splices.put(begin, closed, b"")
            return
        row = self._row
        default = row.style if row else 0
        style = _number(cell.style) if cell.style else self._default_style(cell.place, default)
        self._splices.put(cell.start, end, self._cell_xml(cell.place, edit, style, self._raw(cell)))

    def _raw(self, cell: _Cell) -> bytes:
        """Return the XML of a cell's own text."""
        if cell.kind == "s":
            return self.shared(_number("".join(cell.text).strip()))
        if cell.inline is not None:
            return self.content[cell.inline[0] : tag_end(self.content, cell.inline[1])]
        return f"<is><t>{escaped(''.join(cell.text))}</t></is>".encode()

    def _cells(self, places: list[Place], row_style: int) -> bytes:
        return b"".join(
            self._cell_xml(place, self.edits[place], self._default_style(place, row_style), b"")
            for place in places
        )

    def _default_style(self, place: Place, row_style: int) -> int:
        if row_style:
            return row_style
        return next((style for first, last, style in self._column_styles if first <= place[1] <= last), 0)

    def _cell_xml(self, place: Place, edit: Edit, style: int, raw: bytes) -> bytes:
        if not style and edit.like is not None:
            style = self._own_styles.get(edit.like, 0)
        if place in self._models:
            self._own_styles[place] = style
        tag, name = self._prefix, address(*place)
        if edit.rich is not None:
            inner = edit.rich(raw)
            style_text = f' s="{style}"' if style else ""
            opening = f'<{tag}c r="{name}"{style_text} t="inlineStr"><{tag}is>'
            return opening.encode() + inner + f"</{tag}is></{tag}c>".encode()
        content = None
        if edit.fact is not None:
            content = content_of(edit.fact, self.styles.code(style), date1904=self.date1904)
        if content is not None and content.code is not None:
            style = self.styles.with_code(style, content.code)
        opening = f'<{tag}c r="{name}"' + (f' s="{style}"' if style else "")
        if content is None or (content.number is None and not content.text):
            return f"{opening}/>".encode() if style else b""
        if content.number is not None:
            return f"{opening}><{tag}v>{content.number}</{tag}v></{tag}c>".encode()
        text = escaped_cell_text(content.text or "")
        inside = f'<{tag}is><{tag}t xml:space="preserve">{text}</{tag}t></{tag}is>'
        return f'{opening} t="inlineStr">{inside}</{tag}c>'.encode()


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004 - nothing counts that far


def _column(letters: str) -> int:
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return column
