"""Output in encodings that lack letters and signs, as consoles of other code pages do: nothing is lost.

A letter keeps as many of its marks as the encoding has, a sign becomes others of the same meaning, never
"?". No library does that: those that turn text into ASCII know of no code page, so they would also take
away what cp1258 has, and they write 1½ as 11/2 and 10² as 102.
"""

import codecs
import os
import sys
import unicodedata
from functools import lru_cache
from io import TextIOWrapper

UTF_8 = "utf-8"
FOR_JSON = "rehabplan-json"
"""The error handler that writes what an encoding lacks as JSON escapes it."""

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_SAMPLE = "Kế hoạch 0123456789 ≥ 80,5%\n"
_SIGNS = {
    "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "Ɖ": "D", "₫": "VND", "€": "EUR",
    "≥": ">=", "≤": "<=", "≠": "<>", "≈": "~", "±": "+/-", "×": "x", "÷": "..", "−": "-",
    "‰": "o/oo", "°": "deg",
    "–": "-", "—": "-", "‐": "-", "‑": "-", "‒": "-", "…": "...", "§": "S", "Σ": "Sum", "¦": "|",
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "″": '"', "‘": "'", "’": "'", "‚": "'", "′": "'",
    "‹": "<", "›": ">", "→": "->", "←": "<-", "↑": "^", "↓": "v", "•": "*", "¹": "^1", "²": "^2", "³": "^3",
    "✓": "+", "✔": "+", "▲": "^", "▼": "v", "✗": "X", "○": "o", "●": "@", "·": "*",
    "█": "#", "▓": "#", "▒": "=", "░": ".", "\N{REPLACEMENT CHARACTER}": "?",
}  # fmt: skip
"""What stands for signs; statuses stay apart, and so do the cells of bars."""

_BY_CATEGORY = {"Zs": " ", "Zl": " ", "Zp": " ", "Mn": "", "Cf": "", "Cs": "?"}
"""Blanks; marks of letters before them, and what is not seen; bytes of a file's name that are no text."""


def encoding_of(stream: TextIOWrapper) -> str:
    """Return the encoding to write a standard stream in: a terminal's, or what PYTHONIOENCODING asks for.

    Pipes and files get UTF-8, and so does a stream whose encoding cannot hold lines with digits.
    """
    asked = os.environ.get("PYTHONIOENCODING", "").partition(":")[0] and not sys.flags.ignore_environment
    if not asked and not stream.isatty():
        return UTF_8
    name = codecs.lookup(stream.encoding).name
    plain = "0123456789 abc,.%-\n" * 9
    try:
        fine = plain.encode(name).decode(name) == plain and _SAMPLE.encode(name, handler(name))
    except (UnicodeError, LookupError):
        return UTF_8
    return name if fine else UTF_8


def handler(encoding: str) -> str:
    """Return the name of the error handler for an encoding; what is no text is "?" in those of Unicode."""
    if codecs.lookup(encoding).name.startswith("utf"):
        return "replace"
    name = f"rehabplan-{encoding}"

    def write(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeEncodeError):
            raise error
        lacking = error.object[error.start : error.end]
        return "".join(_written(char, encoding) for char in lacking), error.end

    codecs.register_error(name, write)  # the error itself names every code page "charmap"
    return name


def fitted(text: str, encoding: str) -> str:
    """Return a text as it will look in an encoding, so that columns can be measured; blanks stay."""
    if encoding.startswith("utf"):
        return text
    return "".join(char if char.isspace() else _fitted(char, encoding) for char in text)


def _escaped(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4)), error.end


codecs.register_error(FOR_JSON, _escaped)


@lru_cache(maxsize=4096)
def _fitted(char: str, encoding: str) -> str:
    private = unicodedata.category(char) == "Co"  # a mark of ours, which becomes a blank
    return char if private or _has(encoding, char) else _written(char, encoding)


def _has(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeError:
        return False
    return True


@lru_cache(maxsize=4096)
def _written(char: str, encoding: str) -> str:
    """Return what stands for a character that an encoding lacks, in characters that it has."""
    category = unicodedata.category(char)
    known = _SIGNS.get(char) or _BY_CATEGORY.get(category)
    if known is not None:
        return known
    if "\u2500" <= char <= "\u257f":
        return _line_drawn(unicodedata.name(char))
    for found in _letters(unicodedata.normalize("NFD", char)):
        if _has(encoding, found):
            return found
    return _alike(char, category)


def _letters(decomposed: str) -> tuple[str, ...]:
    """Return the ways to write a letter with marks, the best first: all of them, without tone, bare."""
    if len(decomposed) == 1:
        return ()
    tones = "".join(mark for mark in decomposed if mark in _TONES)
    shape = unicodedata.normalize("NFC", "".join(mark for mark in decomposed if mark not in _TONES))
    return shape + tones, shape, decomposed[0]


def _alike(char: str, category: str) -> str:
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    alike = unicodedata.normalize("NFKC", char).replace("\N{FRACTION SLASH}", "/")
    if alike == char or not alike.isascii():
        return char.encode("ascii", "backslashreplace").decode("ascii")
    return f"({alike})" if category == "No" else alike  # ½, ①: beside a digit not more of its digits


def _line_drawn(name: str) -> str:
    if " AND " in name:
        return "+"
    return "-" if name.endswith("HORIZONTAL") else "|" if name.endswith("VERTICAL") else "+"
