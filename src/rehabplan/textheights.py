"""How many lines a text needs in a column, because spreadsheets do not grow rows of a set height.

Widths are those of Times New Roman, in thousandths of its size; marks above and below letters take no room.
"""

import unicodedata
from functools import lru_cache
from math import ceil

_WIDTHS = {
    278: "ijlt/:;",
    250: " \xa0.,",
    333: "fr()I-!",
    389: "sJ",
    444: "acezạ?“”",
    500: "bdđghknopquvxy0123456789–_",
    556: "PSF≤≥<>",
    611: "ELTZ",
    667: "BCR",
    722: "ADĐGHKNOQUVXYw",
    778: "m",
    833: "%",
    889: "M",
    944: "W",
    1000: "…▲▼✓✗○",
}
_WIDTH_OF = {char: width for width, chars in _WIDTHS.items() for char in chars}
_HORN = "\u031b"
_TOO_WIDE = 1.04
"""Room for other shapers, which set the same font a little wider."""
_BOLD = 1.08
LINE = 1.32
"""A line's height in sizes of its font; Vietnamese capitals carry two marks."""


@lru_cache(maxsize=1 << 14)
def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a text in points."""
    total = 0
    for char in unicodedata.normalize("NFD", text):
        if char == _HORN:
            total += 30
        elif not unicodedata.combining(char):
            total += _WIDTH_OF.get(char, 600)
    return total * size / 1000 * _TOO_WIDE * (_BOLD if bold else 1)


@lru_cache(maxsize=1 << 14)
def lines_of(text: str, room: float, size: float, *, bold: bool = False) -> int:
    """Return how many lines of `room` points a text takes, broken at blanks that may break."""
    count = 0
    for paragraph in text.split("\n"):
        used, blank = 0.0, width_of(" ", size)
        count += 1
        for word in paragraph.split(" "):
            width = width_of(word, size, bold=bold)
            if used and used + blank + width > room:
                count, used = count + 1, 0.0
            if width > room:
                count += ceil(width / room) - 1
            used += width + (blank if used else 0)
    return count


def height_of(texts: list[tuple[str, float, float, bool]], least: float) -> float:
    """Return the height in points of a row with these texts: each with its room, size and boldness."""
    needed = (
        lines_of(text, room, size, bold=bold) * size * LINE + 3 for text, room, size, bold in texts if text
    )
    return round(max([least, *needed]), 1)
