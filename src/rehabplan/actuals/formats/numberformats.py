"""Number formats: what Excel shows for a stored number, told from codes such as `0.0%` or `dd/mm/yyyy`."""

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import lru_cache

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


@dataclass(frozen=True, slots=True)
class Section:
    """One of the up to four parts of a format, each for some of the numbers."""

    shown: Shown
    scaled: bool = False
    """Whether thousands or millions are shown: commas behind the last digit."""
    test: Test | None = None
    """Which numbers it is for; None for all that no earlier section took."""


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A format as its sections."""

    sections: tuple[Section, ...]

    def at(self, value: float) -> Section:
        """Return the section by which a number is shown."""
        for section in self.sections:
            if section.test is None or section.test[0](value, section.test[1]):
                return section
        return self.sections[-1]


_TOKEN = re.compile(r'"([^"]*)"?|\\(.)|[_*].|\[([^\]]*)\]|(.)', re.DOTALL)
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


@lru_cache(maxsize=4096)
def number_format(code: str) -> NumberFormat:
    """Return what a format's code means; the empty code is "General"."""
    sections = []
    bare, literal, elapsed, test = "", "", False, None
    for quoted, escaped, bracket, plain in _TOKEN.findall(code):
        if plain == ";":
            sections.append(_section(bare, literal, elapsed, test))
            bare, literal, elapsed, test = "", "", False, None
        elif plain:
            bare += plain.lower()
        elif bracket:
            elapsed = elapsed or re.fullmatch(r"h+|m+|s+", bracket.lower()) is not None
            condition = _TEST.fullmatch(bracket)
            if condition:
                test = (_COMPARE[condition[1]], float(condition[2].replace(",", ".")))
        else:
            literal += quoted + escaped
            bare += _LITERAL
    sections.append(_section(bare, literal, elapsed, test))
    numbers = sections[:3]  # the fourth is for texts
    if not any(section.test for section in numbers):
        tests = _BY_SIGN[len(numbers)]
        numbers = [replace(section, test=by) for section, by in zip(numbers, tests, strict=True)]
    return NumberFormat(tuple(numbers))


def _section(bare: str, literal: str, elapsed: bool, test: Test | None) -> Section:
    letters = _SECONDS.sub("s", bare.replace("general", "0"))
    if "%" in bare:
        return Section(Shown.PERCENT, test=test)
    if elapsed:
        return Section(Shown.ELAPSED, test=test)
    if re.search("[0#?]", letters):
        shown = Shown.PERCENT_SIGN if "%" in literal else Shown.NUMBER
        return Section(shown, _SCALED.search(bare) is not None, test)
    if re.search("[ymdhsge]", letters):
        return Section(Shown.DATE, test=test)
    return Section(Shown.NUMBER, test=test)


GENERAL = number_format("")

_DATE, _TIME = "d/m/yyyy", "h:mm"
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    **dict.fromkeys((14, 15, 16, 17, 22), _DATE), **dict.fromkeys((18, 19, 20, 21), _TIME),
    **dict.fromkeys(range(27, 37), _DATE), 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0",
    **dict.fromkeys(range(50, 59), _DATE), 67: "0%", 68: "0.00%", **dict.fromkeys(range(71, 82), _DATE),
}  # fmt: skip
"""Formats that files name by number only, as far as they are not plain; 27–58 and 67–81 are of East Asia."""
