"""Exact figures: amounts with bounds, and how texts like "1.700", "80,5%" or "hơn 650" are read.

Everything is a Fraction; nothing here rounds. A text that two ways of writing numbers read
differently ("1.700": 1,700 or 1.7) comes back with both readings; who knows the sheet decides.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from rehabplan.text import clean, key


class Amount(Struct, frozen=True):
    """A figure known exactly or within bounds (design.md §3); a bound of None is unbounded."""

    low: Fraction | None
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False

    @classmethod
    def exact(cls, value: Fraction | int) -> "Amount":
        """Return the amount that is exactly `value`."""
        known = value if isinstance(value, Fraction) else Fraction(value)
        return cls(known, known)

    @property
    def value(self) -> Fraction | None:
        """The figure itself where it is known exactly, else None."""
        same = self.low is self.high or self.low == self.high
        return self.low if same and not (self.low_open or self.high_open) else None

    def times(self, factor: Fraction) -> "Amount":
        """Return the amount multiplied by a factor above 0."""
        return Amount(
            None if self.low is None else self.low * factor,
            None if self.high is None else self.high * factor,
            self.low_open,
            self.high_open,
        )

    def minus(self, value: Fraction) -> "Amount":
        """Return the amount less an exact value."""
        return Amount(
            None if self.low is None else self.low - value,
            None if self.high is None else self.high - value,
            self.low_open,
            self.high_open,
        )

    def plus(self, other: "Amount") -> "Amount":
        """Return the sum of two amounts; what is unbounded in either is so in the sum."""
        mine, its = self.value, other.value
        if mine is not None and its is not None:
            whole = mine.denominator == 1 == its.denominator  # without looking for a common divisor
            total = Fraction(mine.numerator + its.numerator) if whole else mine + its
            return Amount(total, total)
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        return Amount(
            low,
            high,
            low is not None and (self.low_open or other.low_open),
            high is not None and (self.high_open or other.high_open),
        )

    def within(self, least: Fraction, most: Fraction | None = None) -> "Amount":
        """Return the amount with its bounds brought to `least` and `most` where they lie beyond."""

        def kept(end: Fraction | None, *, is_open: bool) -> tuple[Fraction | None, bool]:
            if end is None:
                return None, False
            inside = max(least, end) if most is None else min(max(least, end), most)
            return inside, is_open and inside == end

        low, low_open = kept(self.low, is_open=self.low_open)
        high, high_open = kept(self.high, is_open=self.high_open)
        if high == least:
            return Amount.exact(least)
        if most is not None and low == most:
            return Amount.exact(most)
        return Amount(low, high, low_open, high_open)

    def negated(self) -> "Amount":
        """Return the amount with its sign turned, so that the ends change places."""
        return Amount(
            None if self.high is None else -self.high,
            None if self.low is None else -self.low,
            self.high_open,
            self.low_open,
        )

    def surely_more_than(self, other: "Amount") -> bool:
        """Tell whether even the least that this can be is more than the most the other can be."""
        if self.low is None or other.high is None:
            return False
        touching = self.low == other.high and (self.low_open or other.high_open)
        return touching or self.low > other.high

    def at_least(self) -> "Amount":
        """Return the amount with its upper bound taken away: a part bounds its whole from below."""
        return Amount(self.low, None, self.low_open)

    @property
    def is_whole(self) -> bool:
        """Whether the bounds that are known are whole numbers."""
        low, high = self.low, self.high
        return (low is None or low.denominator == 1) and (high is None or high.denominator == 1)

    @property
    def below_zero(self) -> bool:
        """Whether any of the bounds that are known is negative."""
        low, high = self.low, self.high
        return (low is not None and low.numerator < 0) or (high is not None and high.numerator < 0)

    def share_of(self, whole: "Amount") -> "Amount":
        """Return this amount, part of `whole`, in percent of it: 0 to 100 at the widest.

        Both are amounts of at least 0.
        """
        low, low_open = Fraction(0), False
        high, high_open = Fraction(100), False
        if self.low is not None and whole.high:
            low = self.low / whole.high * 100
            low_open = self.low_open or (whole.high_open and self.low > 0)  # 0 of any whole is 0
        if self.high is not None and whole.low and self.high <= whole.low:
            high = self.high / whole.low * 100
            high_open = self.high_open or whole.low_open
        if self.high == 0:  # none of however many
            high, high_open = Fraction(0), False
        return Amount(low, high, low_open, high_open)


UNKNOWN = Amount(None, None)
"""The amount of which nothing is known."""


class Writing(StrEnum):
    """How a text writes numbers: 1.700,5 (Vietnamese), 1,700.5 (English), or no sign of either."""

    VI = "vi"
    EN = "en"
    EITHER = "either"


class Reading(Struct, frozen=True):
    """One way in which a cell's text can be read as a figure."""

    amount: Amount
    writing: Writing = Writing.EITHER
    percent: bool = False
    over: Fraction | None = None
    """b where the text is "a/b"; what it means depends on the kind of target."""
    unit: str = ""
    """Words behind the number, for example "hồ sơ"."""


# Words that make a number a bound, longest first; domain.md §2. "Khoảng" (about) bounds nothing.
BOUND_WORDS: tuple[tuple[str, str], ...] = tuple(
    sorted(
        {
            ">=": ">=", "≥": ">=", "ít nhất": ">=", "tối thiểu": ">=", "không dưới": ">=",
            "at least": ">=",
            "<=": "<=", "≤": "<=", "không quá": "<=", "tối đa": "<=", "at most": "<=",
            ">": ">", "trên": ">", "hơn": ">", "above": ">", "more than": ">", "over": ">",
            "<": "<", "dưới": "<", "below": "<", "less than": "<", "under": "<", "gần": "<",
            "khoảng": "~", "chừng": "~", "about": "~", "~": "~", "≈": "~",
        }.items(),
        key=lambda pair: -len(pair[0]),
    )
)  # fmt: skip

MOST_CHARACTERS = 1_000
"""Characters of a cell's text that is looked at as a figure; longer ones are words."""
MOST_DIGITS = 30
"""Digits and separators of a number; there are no thirty digits of anything."""

_SCALES = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_DIGITS = r"\d[\d.,]*(?: \d{3})*(?:,\d+)?"
_NUMBER = re.compile(
    rf"(?P<sign>[-+])?(?P<digits>{_DIGITS})"
    rf"(?:\s*/\s*(?P<over>{_DIGITS}))?"
    r"\s*(?P<percent>%|phần trăm)?\s*(?P<rest>[^\W\d]\D*|\([^\W\d]\D*)?"
)
_SHARE_BEHIND = re.compile(r"^(\d[\d.,]*\s*/\s*\d[\d.,]*)\s*(?:=\s*|\()([\d.,]+)\s*%\)?$")
"""The percentage behind "2.400/3.000 (80%)", which the two numbers say again."""
_AGREES = Fraction(1, 10)
"""Percentage points by which that percentage may be off: it is rounded."""
_APART = re.compile(r"[\d.,+-]\s*[^\S \u00a0\u2000-\u200a\u202f\u205f\u3000]\s*[\d.,]|\d\s{2,}\d")
"""A line break, a tab or several blanks between digits: two figures, not one in groups of three."""
_VI = re.compile(r"(?:\d+|[1-9]\d{0,2}(?:\.\d{3})+)(?:,\d+)?")
_EN = re.compile(r"(?:\d+|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?")
_SPACED = re.compile(r"[1-9]\d{0,2}(?: \d{3})+(?:,\d+)?")


def readings(text: str) -> tuple[Reading, ...]:
    """Return every way to read `text` as a figure: none, one, or two where the writing is open."""
    if len(text) > MOST_CHARACTERS or _APART.search(text.strip()):
        return ()
    words = clean(text).replace("₫", "đồng")
    negative = re.fullmatch(r"\(\s*([\d., ]+%?)\s*\)", words)
    if negative:
        words = "-" + negative[1]
    behind = _SHARE_BEHIND.fullmatch(words)
    comparator, words = _split_bound(behind[1] if behind else words)
    match = _NUMBER.fullmatch(words)
    if match is None:
        return ()
    found = dict.fromkeys(_read(match, comparator))
    if behind:
        said = [value for _writing, value in _values(behind[2])]
        return tuple(one for one in found if any(_agree(one, percent) for percent in said))
    return tuple(found)


def _agree(pair: Reading, percent: Fraction) -> bool:
    """Tell whether a pair makes the percentage that is written behind it."""
    part, whole = pair.amount.value, pair.over
    if part is None or not whole:
        return False
    return abs(part / whole * 100 - percent) <= _AGREES


def framed(before: str, value: Fraction, after: str, *, percent: bool = False) -> tuple[Reading, ...]:
    """Return how a number is read between words that are shown around it: none where they make no sense.

    They come from a number format, as in `"≥ "#,##0` or `0" nghìn"`, and mean what they mean in a text.
    """
    comparator, words = _split_bound(clean(f"{before}7{after}").replace("₫", "đồng"))
    match = _NUMBER.fullmatch(words)
    if match is None or match["digits"] != "7" or match["sign"] == "-" or (percent and match["over"]):
        return ()
    found = _read(match, comparator, [(Writing.EITHER, value)])
    return tuple(dict.fromkeys(replace(one, percent=percent or one.percent) for one in found))


def _split_bound(words: str) -> tuple[str, str]:
    """Split "hơn 650" into ">" and "650"; "từ 50 trở lên" into ">=" and "50"."""
    span = re.fullmatch(r"(?:từ )?(.+) (trở lên|trở xuống)", words, re.IGNORECASE)
    if span:
        return (">=" if key(span[2]) == "trở lên" else "<="), span[1]
    lowered = words.casefold()
    for word, comparator in BOUND_WORDS:
        glued = not word[-1].isalpha()
        if lowered.startswith(word) and (glued or lowered[len(word) :][:1] == " "):
            return comparator, words[len(word) :].strip()
    return "", words


def _read(
    match: re.Match[str], comparator: str, values: Iterable[tuple[Writing, Fraction]] | None = None
) -> Iterator[Reading]:
    unit = clean(match["rest"] or "").strip("()")
    scale = 1
    head, _, tail = unit.partition(" ")
    if head.casefold() in _SCALES and not key(tail).startswith("đ"):
        scale, unit = _SCALES[head.casefold()], tail
    if unit and not unit[0].isalpha():  # "5 triệu / 7": what follows is no unit
        return
    sign = -1 if match["sign"] == "-" else 1
    overs = dict(_values(match["over"])) if match["over"] else {Writing.EITHER: None}
    for writing, value in _values(match["digits"]) if values is None else values:
        for over_writing, over in overs.items():
            if Writing.EITHER not in (writing, over_writing) and writing is not over_writing:
                continue
            yield Reading(
                bounded(comparator, sign * scale * value),
                over_writing if writing is Writing.EITHER else writing,
                match["percent"] is not None,
                over,
                unit,
            )


def _values(digits: str) -> Iterator[tuple[Writing, Fraction]]:
    """Yield the values of a row of digits and separators, each with the writing it assumes."""
    if len(digits) > MOST_DIGITS:
        return
    if digits.isdigit():
        yield Writing.EITHER, Fraction(digits)
        return
    if _SPACED.fullmatch(digits):
        plain = digits.replace(" ", "")
        yield Writing.VI if "," in plain else Writing.EITHER, Fraction(plain.replace(",", "."))
        return
    if _VI.fullmatch(digits):
        yield Writing.VI, Fraction(digits.replace(".", "").replace(",", "."))
    if _EN.fullmatch(digits):
        yield Writing.EN, Fraction(digits.replace(",", ""))


def bounded(comparator: str, value: Fraction) -> Amount:
    """Return the amount that a bound word and a number describe; "" is exact, "~" knows nothing."""
    match comparator:
        case "":
            return Amount.exact(value)
        case ">" | ">=":
            return Amount(value, None, low_open=comparator == ">")
        case "<" | "<=":
            return Amount(None, value, high_open=comparator == "<")
        case _:
            return UNKNOWN


def from_spreadsheet(value: float) -> Fraction:
    """Return the exact decimal that a spreadsheet shows for a stored binary number.

    Spreadsheets store doubles and show at most 15 significant digits; the digits beyond are noise
    of binary arithmetic (=0.7+0.1 is stored as 0.7999999999999999 and means 0.8).
    """
    return Fraction(value) if isinstance(value, int) else Fraction(Decimal(f"{value:.15g}"))
