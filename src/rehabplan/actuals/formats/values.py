"""Cells made of what files store: doubles shown through formats, texts, truths, dates."""

import re
import sys
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from functools import lru_cache

from rehabplan import figures
from rehabplan.actuals.formats.faults import FaultError, damaged
from rehabplan.actuals.formats.numberformats import Section, Shown
from rehabplan.actuals.sheet import Cell, CellKind, address
from rehabplan.i18n import _
from rehabplan.numbers import from_spreadsheet

TRUE = Cell(CellKind.TRUTH, "TRUE")
FALSE = Cell(CellKind.TRUTH, "FALSE")

ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!",
    0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}  # fmt: skip
"""Errors as .xls and .xlsb number them."""

_NUMBER = re.compile(r"[-+]?(?:\d{1,400}(?:\.\d{0,400})?|\.\d{1,400})(?:[eE][-+]?\d{1,4})?", re.ASCII)
_MOST_DECIMALS = 15


def stored_number(text: str, row: int, column: int) -> int | float:
    """Return the number that a file writes as text; whole numbers keep every digit.

    Raises:
        FaultError: the text is no number within a double's range.
    """
    text = text.strip()
    if _NUMBER.fullmatch(text):
        value = float(text) if "." in text or "e" in text or "E" in text else int(text)
        if abs(value) <= sys.float_info.max:
            return value
    raise no_number(text, row, column)


def no_number(text: str, row: int, column: int) -> FaultError:
    """Return the fault of a cell that holds something else than its type says."""
    cell = address(row, column)
    return damaged(_("{cell} holds '{text}' where a number must be").format(cell=cell, text=text[:40]))


_SIGNS = {("-", ""), ("", "-"), ("(", ")"), ("-(", ")")}
"""How a format shows that a number is negative."""
NOUGHT = {"", "-", "--", "–", "—"}
"""What formats show for 0."""


@lru_cache(maxsize=1 << 16, typed=True)
def formatted(value: float, section: Section, *, date1904: bool = False) -> Cell | None:
    """Return the cell of a stored number as a section of a format shows it; None where it shows nothing."""
    before, after = section.before, section.after
    if section.words_alone and not (value == 0 and before.strip() in NOUGHT):
        return text_cell(before)
    plain = number_cell(value, section.shown, date1904=date1904)
    if section.odd:
        return Cell(plain.kind, plain.text, plain.value, ("?", "?"))
    return framed_cell(plain, before, after, scaled=section.scaled)


def framed_cell(plain: Cell, before: str, after: str, *, scaled: bool = False) -> Cell:
    """Return the cell of a number with the words that are shown before and behind it."""
    after = after.removeprefix(".")  # "0." ends like a sentence
    words = (before.strip(), after.strip())
    negative = plain.value is not None and plain.value < 0 and words in _SIGNS
    nought = plain.value == 0 and words[0] in NOUGHT and not words[1]
    if plain.value is None or words == ("", "") or negative or nought:
        return plain
    if plain.kind is CellKind.PERCENT:
        after = after.replace("%", "", 1)
    if scaled or not (words[0] or after.strip()):  # "#,##0,\" nghìn\"": the words are those of the thousands
        return plain
    return Cell(plain.kind, f"{before}{plain.text}{after}".strip(), plain.value, (before, after))


@lru_cache(maxsize=1 << 16, typed=True)
def number_cell(value: float, shown: Shown, *, date1904: bool = False) -> Cell:
    """Return the cell of a stored number; 0.805 shown as 80.5 % has the value 80.5."""
    if shown is Shown.DATE or shown is Shown.ELAPSED:
        return Cell(CellKind.DATE, _moment(value, date1904, elapsed=shown is Shown.ELAPSED))
    exact = from_spreadsheet(value)
    if shown is Shown.NUMBER:
        return Cell(CellKind.NUMBER, _plain(value, exact), exact)
    if shown is Shown.PERCENT:
        exact *= 100
    return Cell(CellKind.PERCENT, figures.plain(exact) + "%", exact)


def _plain(value: float, exact: Fraction) -> str:
    if isinstance(value, int):
        return str(value)
    text = f"{value:.15g}"
    if "e" in text or value == 0 or len(text.partition(".")[2]) > _MOST_DECIMALS:
        return figures.plain(exact, _MOST_DECIMALS)
    return text


_EPOCH = datetime(1899, 12, 30, tzinfo=UTC)
_EPOCH_1904 = datetime(1904, 1, 1, tzinfo=UTC)
_LAST_DAY = 2_958_466
_LEAP_DAY = 60


def _moment(serial: float, date1904: bool, *, elapsed: bool) -> str:
    """Return the date, the time or both that a day number means; Excel counts a 29/2/1900 that never was."""
    if not 0 <= serial < _LAST_DAY:
        return _plain(serial, from_spreadsheet(serial))  # Excel shows ##### for it
    span = timedelta(milliseconds=round(serial * 86_400_000))
    if elapsed or span < timedelta(days=1):
        return duration(span)
    if not date1904 and span.days == _LEAP_DAY:
        return "1900-02-29"
    epoch = _EPOCH_1904 if date1904 else _EPOCH + timedelta(days=span.days < _LEAP_DAY)
    return moment(epoch + span)


def moment(at: datetime) -> str:
    """Print a date, with the time where it is not midnight."""
    text = at.replace(tzinfo=None).isoformat(" ")
    return text.removesuffix(" 00:00:00")


def duration(span: timedelta) -> str:
    """Print a time of day or a span of time: 08:30:00, 36:00:00."""
    seconds, rest = divmod(span // timedelta(milliseconds=1), 1000)
    text = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return text + (f".{rest:03d}" if rest else "")


_CONTROLS = {code: "\ufffd" for code in range(32) if code not in (9, 10, 13)} | {127: "\ufffd"}


def clean_text(text: str) -> str:
    """Return a text without control characters and halves of characters, which no screen can print."""
    if text.isprintable():
        return text
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.translate(_CONTROLS)


def as_drawn(text: str, *, struck: bool = False, script: str = "") -> str:
    """Return a text with signs for what its font says: ~~struck out~~, 257^1 (raised), H_2 (lowered).

    A footnote's mark is no digit of the number before it, and what is struck out is no part of it.
    """
    core = text.strip()
    if not core:
        return text
    drawn = f"~~{script}{core}~~" if struck else f"{script}{core}"
    return text.replace(core, drawn, 1)


def text_cell(text: str) -> Cell | None:
    """Return the cell of a text, or None where there is nothing but blanks."""
    return None if not text or text.isspace() else Cell(CellKind.TEXT, clean_text(text))
