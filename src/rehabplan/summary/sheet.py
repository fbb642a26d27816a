"""A sheet under construction: cells with the right types, rows as high as their texts, the printed page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from rehabplan import figures
from rehabplan.summary.look import DIGIT_PIXELS, FONT, SIZE, Look
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


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands in a cell: its exact value, how it is shown, and the formula that gives it."""

    value: Fraction
    num_format: str = "#,##0"
    formula: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to a cell of this workbook."""

    text: str
    target: str


Value = Number | Link | str | None


def width_for(text: str, pixels: int, size: float = SIZE, *, whole: bool = False) -> int:
    """Return a column's width, at least that of the longest word of its heading in bold.

    Or of the whole text, where it cannot be wrapped.
    """
    words = [text] if whole else text.split()
    longest = max((width_of(word, size, bold=True) for word in words), default=0.0)
    return max(pixels, ceil(longest / _POINTS_PER_PIXEL) + _PADDING + 4)


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
        for at, pixels in enumerate(widths):
            sheet.set_column(at, at, pixels / DIGIT_PIXELS - _OWN_PADDING)
        sheet.hide_gridlines(2)

    @property
    def last_column(self) -> int:
        """The number of the last column, from 0."""
        return len(self.widths) - 1

    def put(self, row: int, column: int, value: Value, style: Format) -> None:
        """Write a value with its type; a text is never taken for a formula, a number or a link."""
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

    def line(self, cells: Sequence[tuple[Value, Format]], *, least: float = _LEAST_HEIGHT) -> int:
        """Write a row, as high as its texts need; return its number."""
        for column, (value, style) in enumerate(cells):
            self.put(self.row, column, value, style)
        texts = [
            (harmless(text), self.room(column, column) - _indent(style), *_font(style))
            for column, (value, style) in enumerate(cells)
            if (text := _text(value))
        ]
        self.sheet.set_row(self.row, height_of(texts, least))
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
            self.sheet.set_row(self.row, height_of([(shown, self.room(first, end), size, bold)], least))
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
        self.sheet.set_row(self.row, height_of(texts, least))
        self.row += 1

    def skip(self, height: float = 9.0) -> None:
        """Leave a low row empty."""
        self.sheet.set_row(self.row, height)
        self.row += 1

    @property
    def chart_width(self) -> int:
        """All columns in the pixels that XlsxWriter reckons with, to whose cells it anchors a chart."""
        return sum(round((pixels / DIGIT_PIXELS - _OWN_PADDING) * 7 + 5) for pixels in self.widths)

    def room(self, first: int, last: int) -> float:
        """Return the points that a text has in columns first to last."""
        return (sum(self.widths[first : last + 1]) - _PADDING) * _POINTS_PER_PIXEL

    def set_page(self, *, repeat: tuple[int, int] | None = None, landscape: bool = True) -> None:
        """Set up the printed page: A4, the margins of the decree, one page wide, headings on every page."""
        sheet = self.sheet
        if landscape:
            sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(*(mm / _MM_PER_INCH for mm in (30, 15, 20, 20)))
        sheet.fit_to_pages(1, 0)
        number = f'&C&"{FONT},Regular"&13&P'
        sheet.set_header(number, {"margin": 10 / _MM_PER_INCH, "scale_with_doc": False})
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
