"""Number formats: what Excel shows for a stored number, told from codes such as `0.0%` or `dd/mm/yyyy`."""

import operator
import re
from collections.abc import Callable
from enum import Enum, auto
from functools import lru_cache

from msgspec import Struct, field
from msgspec.structs import replace

Test = tuple[Callable[[float, float], bool], float]


class Shown(Enum):
    """How a stored number is shown."""

    NUMBER = auto()
    PERCENT = auto()
    """100 times the number, with a percent sign."""
    PERCENT_SIGN = auto()
    """The number itself, with a percent sign behind it as a mere text."""
    DATE = auto()
    ELAPSED = auto()
    """Hours, minutes or seconds, which go beyond 24 or 60."""


class Section(Struct, frozen=True):
    """One of the up to four parts of a format, each for some of the numbers."""

    shown: Shown
    scaled: bool = False
    """Whether thousands or millions are shown: commas behind the last digit."""
    test: Test | None = None
    """Which numbers it is for; None for all that no earlier section took."""
    before: str = ""
    after: str = ""
    """The words around the number, as "≥ " or " nghìn"; of a format of words alone, all of them."""
    words_alone: bool = False
    """Whether no digit of the number is shown."""
    odd: bool = False
    """Whether something stands within the number, so that other digits are shown than it has."""


class NumberFormat(Struct, frozen=True):
    """A format as its sections."""

    sections: tuple[Section, ...]
    text: tuple[str, str] | None = None
    """What is shown before and behind a text; None is nothing."""
    text_hidden: bool = False
    """Whether words of the format, or nothing, are shown in place of a text."""

    def at(self, value: float) -> Section:
        """Return the section by which a number is shown."""
        for section in self.sections:
            if section.test is None or section.test[0](value, section.test[1]):
                return section
        return self.sections[-1]


_TOKEN = re.compile(r'"([^"]*)"?|\\(.)|([_*].)|\[([^\]]*)\]|([Gg][Ee][Nn][Ee][Rr][Aa][Ll]|.)', re.DOTALL)
_TEST = re.compile(r"(<=|>=|<>|<|>|=)\s*([-+]?\d+(?:[.,]\d+)?)")
_COMPARE = {
    "<=": operator.le, ">=": operator.ge, "<>": operator.ne,
    "<": operator.lt, ">": operator.gt, "=": operator.eq,
}  # fmt: skip
_BY_SIGN: dict[int, tuple[Test | None, ...]] = {
    1: (None,),
    2: ((operator.ge, 0), None),
    3: ((operator.gt, 0), (operator.lt, 0), None),
}
_SCALED = re.compile(r"[0#?],+(?![0#?,])")
_SECONDS = re.compile(r"s[.,]0+")
_LITERAL = "\0"
_CUT_SHORT = frozenset("\\[_*")
"""Signs that begin something, at the end of a code."""


@lru_cache(maxsize=4096)
def number_format(code: str) -> NumberFormat:
    """Return what a format's code means; the empty code is "General"."""
    parts: list[_Part] = []
    part = _Part()
    for quoted, escaped, space, bracket, plain in _TOKEN.findall(code):
        if plain == ";":
            parts.append(part)
            part = _Part()
        elif plain in _CUT_SHORT:
            continue
        elif plain:
            part.add("0" if len(plain) > 1 else plain, literal=False)
        elif bracket:
            part.note(bracket)
        elif space:  # as wide as a sign, or a sign that fills the cell
            part.bare += _LITERAL
            part.filled = part.filled or (space[0] == "*" and space[1].isdigit())
        else:
            part.add(quoted + escaped, literal=True)
    parts.append(part)
    sections = [one.section() for one in parts]
    if len(sections) == 1 and sections[0].words_alone and not sections[0].before:
        sections = [Section(Shown.NUMBER)]  # "General", or no format at all
    numbers = sections[:3]  # the fourth is for texts
    if not any(section.test for section in numbers):
        tests = _BY_SIGN[len(numbers)]
        numbers = [replace(section, test=by) for section, by in zip(numbers, tests, strict=True)]
    return NumberFormat(tuple(numbers), *_of_texts(parts))


def _of_texts(parts: "list[_Part]") -> tuple[tuple[str, str] | None, bool]:
    """Return what is shown around texts, and whether something else is shown in their place."""
    part = parts[3] if len(parts) > 3 else next((one for one in parts if ("@", False) in one.signs), None)  # noqa: PLR2004 - the fourth
    if part is None:
        return None, False
    words = "".join(sign if literal or sign != "@" else "\0" for sign, literal in part.signs)
    before, found, after = words.partition("\0")
    if not found:
        return (before, ""), True
    return ((before, after) if before.strip() or after.strip() else None), False


_GROUPING = " .,\xa0\u202f"
_PROPER = re.compile(
    r"[0#?,]+(?:\x01[0#?]{3})*,*(?:\.[0#?,]*)?(?:[eE][-+][0#?]+)?|[0#?]*\x01?[0#?]+\x01?/\x01?[0-9#?]+"
)
"""A number's signs, those that group its digits by three marked: "0.0%" is, "0 00" is none."""


class _Part(Struct):
    """One section while its code is read: its signs, each with whether it is a mere text."""

    signs: list[tuple[str, bool]] = field(default_factory=list)
    bare: str = ""
    """What is no text, in small letters; texts are marked."""
    elapsed: bool = False
    filled: bool = False
    """Whether a digit fills the cell."""
    test: Test | None = None

    def add(self, text: str, *, literal: bool) -> None:
        self.signs += ((sign, literal) for sign in text)
        self.bare += _LITERAL if literal else text.lower()

    def note(self, bracket: str) -> None:
        """Take note of what stands in square brackets: hours beyond 24, a condition, a currency."""
        self.elapsed = self.elapsed or re.fullmatch(r"h+|m+|s+", bracket.lower()) is not None
        condition = _TEST.fullmatch(bracket)
        if condition:
            self.test = (_COMPARE[condition[1]], float(condition[2].replace(",", ".")))
        elif bracket.startswith("$"):
            self.add(bracket[1:].partition("-")[0], literal=True)

    def section(self) -> Section:
        shown = self._shown()
        if shown in (Shown.DATE, Shown.ELAPSED):
            return Section(shown, test=self.test)
        digits = [at for at, (sign, literal) in enumerate(self.signs) if sign in "0#?" and not literal]
        if not digits:
            words = "".join(sign for sign, _literal in self.signs if sign != "@")
            return Section(shown, test=self.test, before=words, words_alone=True)
        first, last = digits[0], self._end(digits[-1])
        scaled = _SCALED.search(self.bare) is not None
        percents = self.bare.count("%")
        odd = percents > 1 or self.filled or self._odd(self.signs[first : last + 1])
        before, after = self._words(self.signs[:first]), self._words(self.signs[last + 1 :])
        return Section(shown, scaled, self.test, before, after, odd=odd)

    def _shown(self) -> Shown:
        letters = _SECONDS.sub("s", self.bare)
        if "%" in self.bare:
            return Shown.PERCENT
        if self.elapsed:
            return Shown.ELAPSED
        if re.search("[0#?]", letters):
            sign = any(sign == "%" for sign, literal in self.signs if literal)
            return Shown.PERCENT_SIGN if sign else Shown.NUMBER
        return Shown.DATE if re.search("[ymdhsge]", letters) else Shown.NUMBER

    def _end(self, at: int) -> int:
        """Return where the number ends: behind a last point or comma, and the 4 of "# ?/4"."""
        rest = "".join("\0" if literal else sign for sign, literal in self.signs[at + 1 :])
        found = re.match(r"[.,]*(?:\s*/\s*\d+)?", rest)
        return at + (found.end() if found else 0)

    @staticmethod
    def _odd(signs: list[tuple[str, bool]]) -> bool:
        """Tell whether more stands within the number than what groups its digits."""
        text = "".join(
            sign if not literal and sign != " " else "\x01" if sign in _GROUPING else "\0"
            for sign, literal in signs
        )
        return _PROPER.fullmatch(text) is None

    @staticmethod
    def _words(signs: list[tuple[str, bool]]) -> str:
        return "".join(sign for sign, literal in signs if literal or sign != "%")


GENERAL = number_format("")

_DATE, _TIME = "d/m/yyyy", "h:mm"
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    **dict.fromkeys((14, 15, 16, 17, 22), _DATE), **dict.fromkeys((18, 19, 20, 21), _TIME),
    **dict.fromkeys(range(27, 37), _DATE), 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0",
    **dict.fromkeys(range(50, 59), _DATE), 67: "0%", 68: "0.00%", **dict.fromkeys(range(71, 82), _DATE),
}  # fmt: skip
"""Formats that files name by number only, as far as they are not plain; 27–58 and 67–81 are of East Asia."""
