"""A sheet under construction: cells with the right types, rows as high as their texts, the printed page."""

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from math import ceil

from msgspec import Struct
from msgspec.structs import replace
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from rehabplan import figures
from rehabplan.summary.look import DIGIT_PIXELS, FONT, INKS, SIZE, Look
from rehabplan.summary.pages import page_breaks, room_on_page, scale_for
from rehabplan.tablecells import Tone
from rehabplan.text import printable
from rehabplan.textheights import height_of, width_of

_MM_PER_INCH = 25.4
_POINTS_PER_PIXEL = 0.75
_PADDING = 8
"""Pixels of a column that its text does not reach."""
_OWN_PADDING = 0.7109375
"""What XlsxWriter adds to the width of a column."""
_LONGEST = 32_767
_KEPT = "\n\N{NO-BREAK SPACE}"
_LEAST_HEIGHT = 18.0
_SURE = 0.97
"""How much of a column is counted on: at a small scale, programs print letters a little wider."""
_STANDARD_HEIGHT = 15.75


class Number(Struct, frozen=True):
    """A number as it stands in a cell: its exact value, how it is shown, and the formula that gives it."""

    value: Fraction
    num_format: str = "#,##0"
    formula: str | None = None

    def marked(self, mark: str) -> "Number":
        """Return the number with a mark before it, which its format shows."""
        style = self.num_format
        return replace(self, num_format=f'"{mark} ' + (style[1:] if style.startswith('"') else f'"{style}'))


class Link(Struct, frozen=True):
    """A text that leads to a cell of this workbook."""

    text: str
    target: str


Value = Number | Link | str | None


_LITERAL = re.compile(r'"([^"]*)"')


def shown_text(number: Number) -> str:
    """Return how a program shows a number by its format, in English: what its column must have room for."""
    styles = number.num_format.split(";")
    negative = number.value < 0
    style = styles[1] if negative and len(styles) > 1 else styles[0]
    core = _LITERAL.sub("", style).strip()
    value = abs(number.value) * (100 if "%" in core else 1)
    digits = core.partition(".")[2].count("0")
    text = f"{figures.rounded(value, digits):,f}"
    minus = "-" if negative and len(styles) == 1 else ""
    return minus + "".join(_LITERAL.findall(style)) + text + "".join(c for c in core if c in "+-%")


def width_for(heading: str, pixels: int, size: float = SIZE) -> int:
    """Return a column's width, at least that of the longest word of its heading in bold."""
    longest = max((width_of(word, size, bold=True) for word in heading.split()), default=0.0)
    return max(pixels, ceil(longest / _POINTS_PER_PIXEL) + _PADDING + 4)


@lru_cache(maxsize=1 << 14)
def harmless(text: str) -> str:
    """Return a text as a cell can hold it: no control characters, not too long; hard spaces kept."""
    lines = "".join(part if part in _KEPT else printable(part) for part in re.split(f"([{_KEPT}])", text))
    return lines if len(lines) <= _LONGEST else lines[: _LONGEST - 1] + "…"


class Sheet:
    """One worksheet, written from the top."""

    def __init__(self, sheet: Worksheet, look: Look, widths: Sequence[int]) -> None:
        """Set up the columns; `widths` are their pixels."""
        self.sheet = sheet
        self.look = look
        self.widths = list(widths)
        self.row = 0
        self._heights: dict[int, float] = {}
        self._kept: set[int] = set()
        for at in range(len(self.widths)):
            self._set_column(at)
        sheet.hide_gridlines(2)

    def _set_column(self, at: int) -> None:
        self.sheet.set_column(at, at, self.widths[at] / DIGIT_PIXELS - _OWN_PADDING)

    @property
    def last_column(self) -> int:
        """The number of the last column, from 0."""
        return len(self.widths) - 1

    def put(self, row: int, column: int, value: Value, style: Format) -> None:
        """Write a value with its type; a text is never taken for a formula, a number or a link."""
        if isinstance(value, Number):
            self._widen(column, value, style)
        if value is None or value == "":
            self.sheet.write_blank(row, column, None, style)
        elif isinstance(value, Number) and value.formula:
            # A text here would make the cached value a text; whole numbers stay without an exponent.
            whole = value.value.denominator == 1
            shown = value.value.numerator if whole else figures.rounded(value.value, 15).normalize()
            self.sheet.write_formula(row, column, f"={value.formula}", style, shown)
        elif isinstance(value, Number):
            self.sheet.write_number(row, column, value.value, style)
        elif isinstance(value, Link):
            self.sheet.write_url(row, column, f"internal:{value.target}", style, harmless(value.text))
        else:
            self.sheet.write_string(row, column, harmless(value), style)

    def _widen(self, column: int, value: Number, style: Format) -> None:
        """Widen a column for a number, which a program would show as #### where it has no room."""
        size, bold = _font(style)
        points = width_of(shown_text(value), size, bold=bold) + _indent(style)
        pixels = ceil(points / _POINTS_PER_PIXEL) + _PADDING + 4
        if column < len(self.widths) and pixels > self.widths[column]:
            self.widths[column] = pixels
            self._set_column(column)

    def set_height(self, row: int, points: float) -> None:
        """Set the height of a row."""
        self._heights[row] = points
        self.sheet.set_row(row, points)

    def keep(self, first: int, last: int) -> None:
        """Keep rows on one printed page; a row may belong to several such blocks."""
        self._kept |= set(range(first, last))

    @property
    def room_left(self) -> float:
        """How many points of rows the page has left at the row that is written next."""
        start = max([0, *self._breaks(None)])
        return self.page_room - sum(height for row, height in self._heights.items() if row >= start)

    @property
    def page_room(self) -> float:
        """How many points of rows a page has."""
        return room_on_page(sum(self.widths) * _POINTS_PER_PIXEL)

    def is_parted(self, first: int) -> bool:
        """Whether a page ends between row `first` and the last row so far."""
        return any(row >= first for row in self._breaks(None))

    def _breaks(self, repeat: tuple[int, int] | None) -> list[int]:
        heights = [self._heights.get(row, _STANDARD_HEIGHT) for row in range(self.row)]
        return page_breaks(heights, self._kept, self.page_room, repeat)

    def line(self, cells: Sequence[tuple[Value, Format]], *, least: float = _LEAST_HEIGHT) -> int:
        """Write a row, as high as its texts need; return its number."""
        for column, (value, style) in enumerate(cells):
            self.put(self.row, column, value, style)
        texts = [
            (harmless(text), self.room(column, column) - _indent(style), *_font(style))
            for column, (value, style) in enumerate(cells)
            if (text := _text(value))
        ]
        self.set_height(self.row, height_of(texts, least))
        self.row += 1
        return self.row - 1

    def merged(  # noqa: PLR0913 - a text and where it goes
        self, text: str, style: Format, *, first: int = 0, last: int | None = None,
               least: float = _LEAST_HEIGHT, advance: bool = True) -> None:  # fmt: skip
        """Write a text over several columns, in a row as high as it needs."""
        end = self.last_column if last is None else last
        shown = harmless(text)
        if end > first:
            self.sheet.merge_range(self.row, first, self.row, end, "", style)
        self.sheet.write_string(self.row, first, shown, style)
        if advance:
            size, bold = _font(style)
            self.set_height(self.row, height_of([(shown, self.room(first, end), size, bold)], least))
            self.row += 1

    def tones(self, parts: Sequence[tuple[str, Tone]], *, size: float) -> None:
        """Write texts over all columns, one after the other, each in the ink of its tone."""
        style = self.look.format(font_size=size, text_wrap=True, align="center")
        self.merged(";  ".join(text for text, _tone in parts), style, least=14, advance=False)
        pieces: list[str | Format] = []
        for at, (text, tone) in enumerate(parts):
            ink = self.look.format(font_size=size, font_color=INKS[tone])
            pieces += [ink, harmless(text) + (";  " if at < len(parts) - 1 else "")]
        self.sheet.write_rich_string(self.row, 0, *pieces, style)
        texts = [(";  ".join(text for text, _tone in parts), self.room(0, self.last_column), size, False)]
        self.set_height(self.row, height_of(texts, 14))
        self.row += 1

    def spans(self, cells: Sequence[tuple[int, int, str, Format]], *, least: float = _LEAST_HEIGHT) -> None:
        """Write a row of texts, each over the columns first to last."""
        texts = []
        for first, last, text, style in cells:
            shown = harmless(text)
            if last > first:
                self.sheet.merge_range(self.row, first, self.row, last, "", style)
            self.put(self.row, first, shown, style)
            texts.append((shown, self.room(first, last) - _indent(style), *_font(style)))
        self.set_height(self.row, height_of(texts, least))
        self.row += 1

    def fill(self, height: float, row: float = 20.0) -> None:
        """Leave rows of a known height, for what lies over them."""
        while height > 0:
            self.skip(min(height, row))
            height -= row

    def skip(self, height: float = 9.0) -> None:
        """Leave a low row empty."""
        self.set_height(self.row, height)
        self.row += 1

    @property
    def chart_width(self) -> int:
        """All columns in the pixels that XlsxWriter reckons with, to whose cells it anchors a chart."""
        return sum(round((pixels / DIGIT_PIXELS - _OWN_PADDING) * 7 + 5) for pixels in self.widths)

    def room(self, first: int, last: int) -> float:
        """Return the points that a text has in columns first to last."""
        return (sum(self.widths[first : last + 1]) - _PADDING) * _POINTS_PER_PIXEL * _SURE

    def set_page(self, *, repeat: tuple[int, int] | None = None, parted: bool = False) -> None:
        """Set up the printed page: A4, the margins of the decree, one page wide, headings on every page.

        `parted` puts every page's end where nothing that belongs together is parted. Excel heeds such
        breaks only beside a scale of our own; where rows can be filtered, pages are better left to it.
        """
        sheet = self.sheet
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(*(mm / _MM_PER_INCH for mm in (30, 15, 20, 20)))
        if parted:
            sheet.set_print_scale(scale_for(sum(self.widths) * _POINTS_PER_PIXEL))
            sheet.set_h_pagebreaks(self._breaks(repeat))
            sheet.print_area(0, 0, max(self.row - 1, 0), self.last_column)
        else:
            sheet.fit_to_pages(1, 0)
        number = f'&C&"{FONT},Regular"&13&P'
        sheet.set_header(number, {"margin": 10 / _MM_PER_INCH, "scale_with_doc": False})
        sheet.center_horizontally()
        if repeat:
            sheet.repeat_rows(*repeat)


def _text(value: Value) -> str:
    if isinstance(value, Number):
        return ""
    return value.text if isinstance(value, Link) else value or ""


def _font(style: Format) -> tuple[float, bool]:
    return float(style.font_size or SIZE), bool(style.bold)


def _indent(style: Format) -> float:
    return 7.0 * int(style.indent or 0)
