"""The grammar of goals: 1700, "> 80%", "5..10%", "-0,8 points", "+10%", done, {each: 1}."""

import re
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from rehabplan.numbers import BOUND_WORDS
from rehabplan.problems import Code
from rehabplan.text import clean


class Measure(StrEnum):
    """What the number of a goal is."""

    NUMBER = "number"
    PERCENT = "percent"
    POINTS = "percent-point"
    DONE = "done"


class Comparator(StrEnum):
    """How an actual is held against the goal's value."""

    AT_LEAST = ">="
    ABOVE = ">"
    AT_MOST = "<="
    BELOW = "<"
    RANGE = ".."
    DONE = "done"


class Goal(Struct, frozen=True):
    """One goal as the plan states it.

    `value` (and `upper` of a range) are in the unit counted, in percent, or in percentage points;
    of a change they are the size of the change, always above 0, and `change` is its sign.
    """

    text: str
    comparator: Comparator
    value: Fraction
    upper: Fraction | None = None
    measure: Measure = Measure.NUMBER
    change: int = 0
    each: Fraction | None = None
    """The per-site rule {each: n}: every site is to have at least n."""

    @property
    def lower_is_better(self) -> bool:
        """Whether the goal is a cap, a zero or a decrease."""
        return self.change < 0 or self.comparator in (Comparator.AT_MOST, Comparator.BELOW)


def same_goal(first: Goal | None, second: Goal | None) -> bool:
    """Tell whether two goals mean the same, however they are written: 1700 and ">= 1700"."""
    if first is None or second is None:
        return first is second
    return replace(first, text="") == replace(second, text="")


def due_goal(day: date) -> Goal:
    """Return the goal of a milestone with a due date, as changes of plans are told."""
    return Goal(day.isoformat(), Comparator.DONE, Fraction(day.toordinal()), measure=Measure.DONE)


class GoalError(ValueError):
    """A goal that cannot be read: the code of the problem and its arguments."""

    def __init__(self, code: Code, **args: str) -> None:
        """Keep code and arguments for whoever knows the place."""
        super().__init__(code.number)
        self.code = code
        self.args_of_code = args


_NUM = r"[0-9]{1,30}(?:[.,][0-9]{1,30})?"
_GOAL = re.compile(
    rf"(?P<sign>[-+])?\s*(?P<low>{_NUM})\s*(?:\.\.\s*(?P<high>{_NUM}))?"
    r"\s*(?P<unit>%|points?|điểm(?: %| phần trăm)?)?"
)


def parse_goal(raw: object) -> Goal:
    """Read one goal as YAML gives it: a number, a text, or the mapping {each: n}.

    Raises:
        GoalError: it is none of the forms above.
    """
    if isinstance(raw, dict) and list(raw) == ["each"]:
        each = _plain(raw["each"])
        if each is None or each <= 0:
            raise GoalError(Code.BAD_GOAL, found=f"each: {raw['each']}")
        text = f"each: {raw['each']}"
        return Goal(text, Comparator.AT_LEAST, Fraction(100), measure=Measure.PERCENT, each=each)
    number = _plain(raw)
    if number is not None:
        return Goal(str(raw), _plain_comparator(number), number)
    if not isinstance(raw, str):
        raise GoalError(Code.BAD_GOAL, found="…" if isinstance(raw, dict | tuple | None) else str(raw))
    return _parse_text(raw)


def _plain_comparator(value: Fraction) -> Comparator:
    """A bare number means at least; "at least 0" would say nothing, so 0 means that none may arise."""
    return Comparator.AT_LEAST if value else Comparator.AT_MOST


def _plain(raw: object) -> Fraction | None:
    if isinstance(raw, int | Decimal) and not isinstance(raw, bool) and raw >= 0:
        return Fraction(raw)
    return None


def _parse_text(raw: str) -> Goal:
    text = clean(raw)
    if text.casefold() == "done":
        return Goal("done", Comparator.DONE, Fraction(1), measure=Measure.DONE)
    comparator, rest = _split_comparator(text)
    match = _GOAL.fullmatch(rest)
    if match is None or (comparator and (match["sign"] or match["high"])):
        raise GoalError(Code.BAD_GOAL, found=raw)
    measure = Measure.NUMBER
    if match["unit"]:
        measure = Measure.PERCENT if match["unit"] == "%" else Measure.POINTS
    change = {"-": -1, "+": 1}.get(match["sign"] or "", 0)
    if (measure is Measure.POINTS) != bool(change and measure is not Measure.PERCENT):
        raise GoalError(Code.BAD_GOAL, found=raw)  # points are a change; a change is % or points
    low = _value(match["low"], measure, raw)
    high = _value(match["high"], measure, raw) if match["high"] else None
    if high is not None and high < low:
        raise GoalError(Code.RANGE_REVERSED, found=raw)
    if high is not None:
        used = Comparator.RANGE
    elif change < 0:
        used = Comparator.AT_MOST
    else:
        used = comparator or (Comparator.AT_LEAST if change else _plain_comparator(low))
    return Goal(text, used, low, high, measure, change)


def _split_comparator(text: str) -> tuple[Comparator | None, str]:
    span = re.fullmatch(r"(?:từ )?(.+) (trở lên|trở xuống)", text, re.IGNORECASE)
    if span:
        upward = span[2].casefold() == "trở lên"
        return (Comparator.AT_LEAST if upward else Comparator.AT_MOST), span[1]
    lowered = text.casefold()
    for word, sign in BOUND_WORDS:
        # "Gần" and "khoảng" bound nothing that a verdict could rest on.
        if word != "gần" and sign != "~" and lowered.startswith(word):
            return Comparator(sign), text[len(word) :].strip()
    return None, text


def _value(digits: str, measure: Measure, raw: str) -> Fraction:
    """Read a number of a goal's text: a decimal comma only with % or points (design.md §3)."""
    if re.fullmatch(r"[1-9]\d*\.\d{3}", digits):
        raise ambiguous(digits)
    if re.fullmatch(r"0\d+.*", digits) or ("," in digits and measure is Measure.NUMBER):
        raise GoalError(Code.BAD_GOAL, found=raw)
    return Fraction(digits.replace(",", "."))


def ambiguous(digits: str) -> GoalError:
    """Return the error for "1.500", which is 1500 to some readers and 1.5 to others."""
    shortest = digits.rstrip("0").rstrip(".")
    return GoalError(
        Code.AMBIGUOUS_NUMBER,
        found=digits,
        thousands=digits.replace(".", ""),
        # 1.125 has nothing to drop; a fourth decimal makes it plain.
        decimal=shortest if shortest != digits else digits + "0",
    )
