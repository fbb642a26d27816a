"""One cell of an .ods file: its type, its value, and the text in it."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from fractions import Fraction

from rehabplan.actuals.formats.faults import damaged
from rehabplan.actuals.formats.fonts import Font
from rehabplan.actuals.formats.numberformats import Shown
from rehabplan.actuals.formats.values import (
    FALSE,
    NOUGHT,
    TRUE,
    as_drawn,
    clean_text,
    duration,
    framed_cell,
    moment,
    no_number,
    number_cell,
    stored_number,
    text_cell,
)
from rehabplan.actuals.formats.xmlstream import odd_element, odd_text
from rehabplan.actuals.sheet import Cell, CellKind, address
from rehabplan.i18n import _

_URN = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
_PREFIXES = {_URN.format(short): short for short in ("office", "table", "text", "style")}
_PREFIXES[_URN.format("drawing")] = "draw"
_PREFIXES[_URN.format("datastyle")] = "number"
_PREFIXES["urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"] = "calcext"
_NAMESPACES = {short: namespace for namespace, short in _PREFIXES.items()}


class _Names(dict[str, str]):
    def __missing__(self, full: str) -> str:
        namespace, _blank, local = full.rpartition(" ")
        short = f"{_PREFIXES[namespace]}:{local}" if namespace in _PREFIXES else ""
        if len(self) < 10_000:  # noqa: PLR2004 - a hostile part may have a million names
            self[full] = short
        return short


_SHORT = _Names()
_FULL: dict[str, str] = {}


def short_name(full: str) -> str:
    """Return an element's name as "table:table-cell", or "" for those of other namespaces."""
    return _SHORT[full]


def attribute(attributes: dict[str, str], name: str) -> str:
    """Return the attribute of a name such as "office:value", or ""."""
    full = _FULL.get(name)
    if full is None:
        prefix, _colon, local = name.partition(":")
        full = _FULL[name] = f"{_NAMESPACES[prefix]} {local}"
    return attributes.get(full, "")


def count_of(attributes: dict[str, str], name: str, most: int) -> int:
    """Return how often something is repeated: 1 where nothing says so, `most` at the most.

    Raises:
        FaultError: it is said, but not as a number.
    """
    text = attribute(attributes, name)
    if not text:
        return 1
    if not (text.isdecimal() and text.isascii()):
        raise damaged(_("it has '{text}' where a number must be").format(text=text[:40]))
    return min(most, max(1, int(text[:9])))


CELLS = {"table:table-cell", "table:covered-table-cell"}
_PARAGRAPHS = {"text:p", "text:h"}
_AROUND = {"text:list", "text:list-item", "text:list-header", "table:cell-range-source", "office:dde-source"}
"""What may stand in a cell around paragraphs, or beside them without a text of its own."""
_IN_PARAGRAPHS = frozenset(f"text:{name}" for name in (
    "span", "s", "tab", "line-break", "soft-page-break", "a", "ruby", "ruby-base", "meta", "meta-field",
    "bookmark", "bookmark-start", "bookmark-end", "reference-mark", "reference-mark-start",
    "reference-mark-end",
    "date", "time", "page-number", "page-count", "sheet-name", "file-name", "title", "subject", "keywords",
    "description", "author-name", "author-initials", "creator", "initial-creator", "creation-date",
    "creation-time", "modification-date", "modification-time", "print-date", "print-time", "printed-by",
    "editing-cycles", "editing-duration", "template-name", "user-defined", "sequence", "variable-get",
))  # fmt: skip
"""What may stand in a paragraph and shows the text within it; deleted and hidden texts are none of that."""
_BLANKS = re.compile(r"[ \t\r\n]+")
_ERROR = re.compile(r"#[A-Z/0!?]+|Err:\d{3}|#N/A")
_PREFIX = re.compile(r"\w+:(?==)", re.ASCII)
_TIME = re.compile(r"-?PT(?:(\d{1,7})H)?(?:(\d{1,7})M)?(?:(\d{1,7})(?:[.,](\d{1,9}))?S)?")
_MOST_BLANKS = 1000
_VALUES = ("office:value", "office:date-value", "office:time-value", "office:boolean-value")


class OdsCell:
    """A cell while its element is read."""

    def __init__(self, attributes: dict[str, str], font: Callable[[str], Font]) -> None:
        """Begin with the element's attributes; `font` tells what a style says of letters."""
        self._attributes = attributes
        self._font = font
        self._spans: list[Font] = []
        self._paragraphs: list[str] = []
        self._pieces: list[str] = []
        self._depth = 0
        self.style = self._of("table:style-name")
        self.repeated = count_of(attributes, "table:number-columns-repeated", 1 << 14)
        self.columns_spanned = count_of(attributes, "table:number-columns-spanned", 1 << 14)
        self.rows_spanned = count_of(attributes, "table:number-rows-spanned", 1 << 20)

    def _of(self, name: str) -> str:
        return attribute(self._attributes, name)

    # ── text: paragraphs, in which blanks count once unless they are elements ─────────────────
    @property
    def in_paragraph(self) -> bool:
        """Whether a paragraph is open."""
        return self._depth > 0

    def start(self, element: str, name: str, attributes: dict[str, str]) -> None:
        """Take note of an element's start.

        Raises:
            FaultError: no cell that we know has it there.
        """
        if name in CELLS:
            raise damaged(_("it has a cell within a cell"))
        if name not in (_IN_PARAGRAPHS if self._depth else _PARAGRAPHS | _AROUND):
            raise odd_element(element)
        if name in _PARAGRAPHS:
            self._depth += 1
        elif name == "text:span":
            self._spans.append(self._font(attribute(attributes, "text:style-name")))
        elif name == "text:s":
            self._pieces.append(" " * count_of(attributes, "text:c", _MOST_BLANKS))
        elif name == "text:tab":
            self._pieces.append("\t")
        elif name == "text:line-break":
            self._pieces.append("\n")

    def text(self, piece: str) -> None:
        """Take note of characters."""
        if self._depth:
            blank = _BLANKS.sub(" ", piece)
            script = next((font.script for font in reversed(self._spans) if font.script), "")
            blank = as_drawn(blank, struck=any(font.struck for font in self._spans), script=script)
            self._pieces.append(blank if self._pieces else blank.lstrip(" "))
        elif piece.strip():
            raise odd_text(piece)

    def end(self, name: str) -> None:
        """Take note of an element's end."""
        if name in _PARAGRAPHS:
            self._depth -= 1
            self._paragraphs.append("".join(self._pieces))
            self._pieces.clear()
        elif name == "text:span" and self._spans:
            self._spans.pop()

    def is_printed(self, value: Fraction) -> bool:
        """Tell whether the text in the cell is a number as it is, not in thousands."""
        core = _CORE.fullmatch("\n".join(self._paragraphs).strip())
        return core is not None and _is_printed(core["digits"].replace("−", "-"), value)

    # ── value ─────────────────────────────────────────────────────────────────────────────────
    def result(self, row: int, column: int) -> Cell | None:
        """Return what stands in the cell, or None."""
        text = "\n".join(self._paragraphs)
        formula = self._of("table:formula")
        if self._of("calcext:value-type") == "error" or (formula and _ERROR.fullmatch(text)):
            return Cell(CellKind.ERROR, clean_text(text) or "#N/A")
        kind = self._of("office:value-type")
        if not kind and not self._paragraphs and any(self._of(name) for name in _VALUES):
            raise damaged(_("{cell} has a value of no type").format(cell=address(row, column)))
        if kind in {"", "string"}:
            found = text_cell(self._of("office:string-value") or text)
            missing = formula and not kind and not self._paragraphs
            return _uncomputed(formula) if missing else found
        value = self._of({"date": "office:date-value", "time": "office:time-value",
                          "boolean": "office:boolean-value"}.get(kind, "office:value"))  # fmt: skip
        if not value and formula:
            return _uncomputed(formula)
        if not value:
            raise no_number(value, row, column)
        found = self._typed(kind, value, text, (row, column))
        if formula and found.value == 0 and not self._paragraphs:
            return _uncomputed(formula)  # who computes also writes what is seen of it
        return found

    def _typed(self, kind: str, value: str, text: str, place: tuple[int, int]) -> Cell:
        """Return the cell of a value of a type."""
        row, column = place
        match kind:
            case "float" | "currency" | "percentage":
                number = stored_number(value, row, column)
                if number in {0, 1} and text.upper() in {"TRUE", "FALSE"}:
                    return TRUE if number else FALSE  # LibreOffice knows truths as numbers only
                return _in_words(number_cell(number, _shown(kind, number, text)), text)
            case "date":
                return Cell(CellKind.DATE, _date(value))
            case "time":
                return Cell(CellKind.DATE, _time(value))
            case "boolean":
                if value not in {"true", "false"}:
                    raise no_number(value, row, column)
                return TRUE if value == "true" else FALSE
            case _:
                raise no_number(kind, row, column)


def _uncomputed(formula: str) -> Cell:
    return Cell(CellKind.NOT_COMPUTED, clean_text(_PREFIX.sub("", formula, 1)))


_CORE = re.compile(
    r"(?P<before>\D*?)(?P<digits>[-+−]?\d(?:[\d., \u202f]*\d)?)[.,]?(?P<power>[eE][-+]?\d+)?(?P<after>\D.*)?"
)
_FRACTION = re.compile(r"-?(?:\d+\s+)?\d+\s*/\s*\d+")
_THOUSANDS = (1_000, 1_000_000)


def _in_words(plain: Cell, text: str) -> Cell:
    """Return the cell of a number with the words that its format puts around it, as the file shows them.

    What is shown has to be the number: another one is a question, in thousands the full figure counts.
    """
    shown = text.strip()
    if not any(sign.isdigit() for sign in shown):
        nothing = not shown or (plain.value == 0 and shown in NOUGHT)
        return plain if nothing else Cell(CellKind.TEXT, clean_text(shown))
    core = _CORE.fullmatch(shown)
    value = plain.value or Fraction(0)
    if core is None or plain.value is None:
        return Cell(plain.kind, plain.text, plain.value, ("?", "?"))
    before, after = core["before"], core["after"] or ""
    if core["power"] or (_FRACTION.fullmatch(shown) and value.denominator != 1):
        return framed_cell(plain, before, "")
    negative = value < 0 and (before.strip(), after.strip()) in {("(", ")"), ("-(", ")")}
    printed = core["digits"].replace("−", "-")
    if _is_printed(printed, -value if negative else value):
        return framed_cell(plain, before, after)
    if any(_is_printed(printed, value / scale) for scale in _THOUSANDS):
        return plain
    return Cell(plain.kind, plain.text, plain.value, ("?", "?"))


def _is_printed(text: str, value: Fraction) -> bool:
    """Tell whether digits are a number, rounded and grouped as any office does it."""
    digits = re.sub(r"[ \u202f\xa0]", "", text.lstrip("+"))
    for point, group in (",.", ".,"):
        whole, _point, decimals = digits.partition(point)
        plain = whole.replace(group, "")
        if decimals.isdecimal() or not decimals:
            with suppress(ValueError):
                found = Fraction(f"{plain}.{decimals or 0}")
                if abs(found - value) * 2 <= Fraction(1, 10 ** len(decimals)):
                    return True
    return False


def _shown(kind: str, value: float, text: str) -> Shown:
    """Return how a number is shown; a plain number may be shown with a percent sign as a mere text."""
    if kind == "percentage":
        return Shown.PERCENT
    if not text.rstrip().endswith("%"):
        return Shown.NUMBER
    try:
        printed = float(text.rstrip(" %\xa0").replace(",", "."))
    except ValueError:
        return Shown.PERCENT_SIGN
    return Shown.PERCENT if abs(printed - value * 100) < abs(printed - value) else Shown.PERCENT_SIGN


def _date(text: str) -> str:
    try:
        return moment(datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=None))
    except ValueError:
        return clean_text(text)


def _time(text: str) -> str:
    found = _TIME.fullmatch(text)
    if found is None:
        return clean_text(text)
    hours, minutes, seconds = (int(part or 0) for part in found.groups()[:3])
    milliseconds = round(float(f"0.{found[4] or 0}") * 1000)
    return duration(timedelta(hours=hours, minutes=minutes, seconds=seconds, milliseconds=milliseconds))
