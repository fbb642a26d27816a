"""From results to cells: exact numbers with formats that never contradict a verdict, formulas with values."""

from decimal import ROUND_CEILING, ROUND_FLOOR
from fractions import Fraction

from msgspec import Struct

from rehabplan import figures
from rehabplan.actuals.model import Actual, State
from rehabplan.assess import Result
from rehabplan.beforetable import change_text
from rehabplan.i18n import _
from rehabplan.numbers import UNKNOWN
from rehabplan.plan.goal import Comparator
from rehabplan.plan.model import Kind, Plan, Target
from rehabplan.summary.sheet import Number, Value
from rehabplan.table import (
    actual_text,
    allowed,
    expected_sign,
    expected_text,
    gap_text,
    goal_text,
    is_over,
    needed_text,
    percent_text,
)
from rehabplan.units import unit_of
from rehabplan.yearbefore.model import Beside

ALL = Fraction(100)
_NOTHING = Fraction(0)


class Columns(Struct, frozen=True):
    """The letters of the columns that formulas speak of."""

    goal: str
    actual: str
    before: str = ""


def shown(value: Fraction, digits: int = 1, against: Fraction | None = None, *, before: str = "",
          tail: str = "") -> str | None:  # fmt: skip
    """Return the number format that shows a value on the right side of `against`; None where none can."""
    used = figures.decimals(value, digits, against)
    if used is None:
        return None
    number = "#,##0" + ("." + "0" * used if used else "")
    return (f'"{before}"' if before else "") + number + (f'"{tail}"' if tail else "")


def number_of(  # noqa: PLR0913 - a number and all that decides how it is shown
    value: Fraction, text: str, *, share: bool, digits: int = 1, against: Fraction | None = None,
              before: str = "", formula: str | None = None) -> Value:  # fmt: skip
    """Return a number, of a share as a fraction with a percent format; the text where no format is right.

    Args:
        value: in what is counted, of a share in percent.
        text: how it is printed elsewhere.
        share: whether it is in percent.
        digits: decimals at least tried.
        against: the value that its verdict turns on.
        before: a sign before it, such as "≥ ".
        formula: what computes it in the sheet.
    """
    if before in _BOUNDS:
        # A program rounds half up, which would make "≥ 66.7" of 66.67: the bound itself is rounded away.
        function, value = _BOUNDS[before], _away(value, digits, before)
        places = digits + 2 if share else digits
        formula = f"{function}({formula},{places})" if formula else None
    style = shown(value, digits, against, before=before)
    if style is None:
        return text
    if share:
        return Number(value / 100, style + "%", formula)
    return Number(value, style, formula)


_SIGNS = {Comparator.ABOVE: "> ", Comparator.AT_MOST: "≤ ", Comparator.BELOW: "< "}


_BOUNDS = {"≥ ": "ROUNDDOWN", "> ": "ROUNDDOWN", "≤ ": "ROUNDUP", "< ": "ROUNDUP"}


def _away(value: Fraction, digits: int, before: str) -> Fraction:
    rounding = ROUND_FLOOR if _BOUNDS[before] == "ROUNDDOWN" else ROUND_CEILING
    return Fraction(figures.rounded(value, digits, rounding=rounding))


def goal_cell(result: Result) -> Value:
    """Return the goal: a number where it is a level, its words where it is a range, a rule or a date."""
    goal, target = result.goal, result.target
    text = goal_text(goal, target)
    if target.kind is Kind.MILESTONE or goal.each is not None or goal.upper is not None:
        return text
    before = _SIGNS.get(goal.comparator, "")
    if goal.change:
        before = "≤ " if goal.lower_is_better else ""
    return number_of(result.aim, text, share=target.kind.is_share, digits=6, before=before)


def actual_cell(result: Result) -> Value:
    """Return the actual; of a share with both numbers the formula n/d, of bounds a number with its sign."""
    return figure_cell(result.actual, result.target.kind, actual_text(result), result.aim)


def figure_cell(actual: Actual, kind: Kind, text: str, against: Fraction | None = None) -> Value:
    """Return a figure of one target, in the words `text` where it is no single number."""
    amount = actual.amount
    if actual.state is not State.VALUE or amount is None or amount == UNKNOWN or kind is Kind.MILESTONE:
        silent = actual.state in (State.NOT_REPORTED, State.NOT_DUE)
        return "" if silent else text
    found = figures.one_end(amount)
    if found is None:
        return figures.bounds(amount, tail="%" if kind.is_share else "")
    formula = None
    part, whole = actual.numerator, actual.denominator
    if kind.is_share and part and whole and part.value is not None and whole.value:
        formula = f"{figures.plain(part.value)}/{figures.plain(whole.value)}"
    return number_of(
        found[0], text, share=kind.is_share, digits=1 if kind.is_share else 6, against=against,
        before=found[1], formula=formula,
    )  # fmt: skip


def earlier_cell(result: Result) -> Value:
    """Return the figure of an earlier year."""
    return figure_cell(result.actual, result.target.kind, actual_text(result))


def difference_formula(beside: Beside, target: Target, now: str, then: str) -> str | None:
    """Return the difference of two cells as a formula, of shares in points; None where it is not exact."""
    if beside.difference is None or beside.difference.value is None:
        return None
    return f"ROUND(({now}-{then})*100,9)" if target.kind.is_share else f"{now}-{then}"


def difference_cell(beside: Beside, target: Target, formula: str | None = None) -> Value:
    """Return how much more there is than in an earlier year: with its sign, of shares in points."""
    found = figures.one_end(beside.difference) if beside.difference else None
    text = change_text(beside, target)
    if found is None:
        return text
    style = shown(found[0], 1, _NOTHING, before=found[1], tail=" " + _("pts") if target.kind.is_share else "")
    if style is None:
        return text
    signed = style if found[1] else f"+{style};-{style};{style}"
    return Number(found[0], signed, formula)


def percent_cell(result: Result, row: int, at: Columns) -> Value:
    """Return the percent of the goal as the formula actual/goal; blank where it means nothing."""
    percent = result.percent
    if percent is None or not percent_text(result):
        return ""
    found = figures.one_end(percent)
    if found is None:
        return percent_text(result)
    goal, actual = goal_cell(result), actual_cell(result)
    both = isinstance(goal, Number) and isinstance(actual, Number) and goal.value
    formula = f"{at.actual}{row}/{at.goal}{row}" if both else None
    return number_of(
        found[0], percent_text(result), share=True, against=ALL, before=found[1], formula=formula
    )


def gap_cell(result: Result, row: int, at: Columns) -> Value:
    """Return what is missing as a formula over goal and actual; whole things are rounded up."""
    gap, text = result.gap, gap_text(result)
    if gap is None or gap == UNKNOWN or not text or (result.strict and gap.value == 0):
        return text
    found = figures.one_end(gap)
    if found is None:
        return text
    value, sign = found
    points = result.measured_in == "percent"
    whole = not points and unit_of(result.measured_in).whole and gap.value is not None and gap.value > 0
    formula = None
    goal, actual = goal_cell(result), actual_cell(result)
    if isinstance(goal, Number) and isinstance(actual, Number):
        first, second = (at.actual, at.goal) if result.goal.lower_is_better else (at.goal, at.actual)
        formula = f"{first}{row}-{second}{row}"
        share = result.target.kind.is_share
        if share and points:
            formula = f"({formula})*100"
        elif share:
            formula = _in_sites(result, row, at, lower=result.goal.lower_is_better)
        if formula and whole and gap.value != figures.up(value):
            formula = f"ROUNDUP(ROUND({formula},6),0)"
        elif formula and share:
            formula = f"ROUND({formula},9)"
    if whole:
        value = figures.up(value)
    tail = " " + _("pts") if points else ""
    style = shown(value, 1, _NOTHING, before=sign, tail=tail)
    if style is not None and is_over(result):
        ahead, behind = _("{gap} over").split("{gap}")
        over = shown(value, 1, _NOTHING, before=ahead + sign, tail=tail + behind)
        style = f"{over};-{style};{style}"  # whoever corrects the actual below the ceiling sees a minus
    return text if style is None else Number(value, style, formula)


def _in_sites(result: Result, row: int, at: Columns, *, lower: bool) -> str | None:
    """Return the gap of a share of sites: the goal's number of them less the numerator."""
    part, whole = result.actual.numerator, result.actual.denominator
    if part is None or whole is None or part.value is None or not whole.value:
        return None
    wanted = f"{at.goal}{row}*{figures.plain(whole.value)}"
    there = figures.plain(part.value)
    return f"{there}-{wanted}" if lower else f"{wanted}-{there}"


def expected_cell(plan: Plan, result: Result) -> Value:
    """Return what was expected by the cut-off."""
    text = expected_text(result)
    share = result.target.kind.is_share
    due = due_percent(plan, result) if share else allowed(result)
    if due is None or not text or result.target.kind is Kind.MILESTONE:
        return text
    against = result.actual.amount.value if result.actual.amount else None
    digits = 0 if not share and unit_of(result.measured_in).whole else 1
    style = shown(due, digits, against, before=expected_sign(result))
    if style is None:
        return text
    return Number(due / 100, style + "%") if share else Number(due, style)


def due_percent(plan: Plan, result: Result) -> Fraction | None:
    """Return what was expected of a share in percent, as goal and actual are."""
    if result.expected is None or result.measured_in == "percent":
        return result.expected
    whole = result.actual.denominator.value if result.actual.denominator else None
    own = plan.sites.get(result.target.sites or "")
    whole = whole or (Fraction(own.count) if own else None)
    return result.expected * 100 / whole if whole else None


def needed_cell(result: Result) -> Value:
    """Return what every month left must bring."""
    text = needed_text(result)
    if result.needed_per_month is None or not text:
        return text
    if unit_of(result.measured_in).whole:
        return Number(figures.up(result.needed_per_month))
    return number_of(result.needed_per_month, text, share=False, against=_NOTHING)
