"""The facts of one target, each with the words of `table` and `beforetable`."""

from collections.abc import Callable
from fractions import Fraction
from math import ceil

from msgspec.structs import replace

from rehabplan.actuals.model import State
from rehabplan.assess import Result
from rehabplan.beforetable import change_text, difference_text, sentence
from rehabplan.difftable import NOT_COMPARABLE
from rehabplan.figures import NOTHING, bounds, signed_percent
from rehabplan.i18n import N_, _
from rehabplan.numbers import UNKNOWN, Amount, bounded
from rehabplan.plan.goal import Comparator
from rehabplan.plan.model import Kind, Plan
from rehabplan.summary.facts import Day, Fact, Figure, Missing, Named, Scale, Words
from rehabplan.table import (
    OUTLOOK_WORDS,
    actual_text,
    expected_in_scale,
    expected_text,
    gap_text,
    goal_with_level,
    needed_text,
    percent_text,
    status_text,
    unit_text,
)
from rehabplan.units import unit_of
from rehabplan.yearbefore.model import YearBefore

Remark = Callable[[Result], str]
"""Says in a sentence what a reader of a target's figures must know."""

TARGET_FACTS: dict[str, str] = {
    "id": N_("the target's id in the plan"),
    "name": N_("the target's name"),
    "unit": N_("the unit of measure"),
    "goal": N_("the goal of the year"),
    "actual": N_("what was reached: a number, of a share a percentage"),
    "numerator": N_("how many, of a share"),
    "denominator": N_("of how many, of a share"),
    "percent": N_("percent of the goal"),
    "gap": N_("what is missing to the goal; less than 0 where there is more than asked"),
    "expected": N_("what was expected by the cut-off"),
    "needed": N_("what every month left must bring"),
    "status": N_("on track, at risk, behind …, with its symbol"),
    "outlook": N_("whether the goal of the year can still be met"),
    "remark": N_("the generated remark"),
    "sentence": N_("the generated sentence for the meeting"),
    "due": N_("the day by which a milestone is due"),
    "lead": N_("the leading office"),
}
"""The facts of every target, with what each says."""
PREVIOUS_FACTS: dict[str, str] = {
    "previous": N_("what was reached in the same period of the earlier year"),
    "previous_goal": N_("the goal of that year"),
    "previous_percent": N_("percent of that goal"),
    "change": N_("how much more there is now"),
    "change_percent": N_("the same in percent of the earlier figure"),
    "comparison": N_("the comparison in words"),
}
"""The facts that need the reports of an earlier year."""

NOT_THERE = Missing("", "-")
"""A fact that this target does not have, such as the percentage of a cap."""
_STATES = {
    State.NOT_REPORTED: N_("not reported"),
    State.NOT_APPLICABLE: N_("not applicable"),
    State.NOT_DUE: N_("not due yet"),
    State.REJECTED: N_("rejected"),
    State.MASKED: N_("not shown"),
}


def target_facts(plan: Plan, result: Result, remark: Remark, said: Remark) -> dict[str, Fact]:
    """Return the facts of a target, those of an earlier year left out."""
    target = result.target
    lead = ", ".join(target.owners.lead)
    return {
        "id": Words(target.id),
        "name": Words(str(target.name)),
        "unit": _words(unit_text(plan, target)),
        "goal": _goal(result),
        "actual": actual_fact(result),
        "numerator": _part(result, result.actual.numerator),
        "denominator": _part(result, result.actual.denominator),
        "percent": _percent(result),
        "gap": _gap(result),
        "expected": _expected(result),
        "needed": _needed(result),
        "status": Words(status_text(result.status)),
        "outlook": _words(_(OUTLOOK_WORDS[result.outlook]) if result.outlook else ""),
        "remark": _words(remark(result)),
        "sentence": _words(said(result)),
        "due": Day(target.due) if target.due else NOT_THERE,
        "lead": _words(lead),
    }


def previous_facts(result: Result, before: YearBefore) -> dict[str, Fact]:
    """Return a target's facts of the same period of the earlier year, and what changed since."""
    beside = before.targets[result.target.id]
    then = beside.result
    if then is None:
        missing: dict[str, Fact] = dict.fromkeys(PREVIOUS_FACTS, NOT_THERE)
        return missing | {"comparison": Words(sentence(result, beside, before))}
    changed = NOT_THERE if beside.reason is None else Missing(NOT_COMPARABLE, NOT_COMPARABLE)
    difference, share = beside.difference, result.target.kind.is_share
    known = beside.comparable and difference is not None and difference != UNKNOWN
    scale = Scale.POINTS if share else Scale.NUMBER
    found: dict[str, Fact] = {
        "previous": actual_fact(then),
        "previous_goal": _goal(then),
        "previous_percent": _percent(then),
        "change": changed,
        "change_percent": changed,
        "comparison": Words(sentence(result, beside, before)),
    }
    if known and difference is not None:
        text = difference_text(difference, result.target)
        found["change"] = Figure(difference, text, scale, (NOTHING,), signed=True)
    grown = beside.percent
    if known and grown is not None and grown.value is not None and change_text(beside, result.target):
        text = signed_percent(grown.value)
        found["change_percent"] = Figure(
            grown, text, Scale.PERCENT, (NOTHING,), signed=True, named_percent=True
        )
    return found


def actual_fact(result: Result) -> Fact:
    """Return what was reached; a state in place of a figure that is not there."""
    actual, kind = result.actual, result.target.kind
    text = actual_text(result)
    if actual.state is not State.VALUE or actual.amount is None:
        return Missing(
            text or "-", _(_STATES[actual.state]) if actual.state in _STATES else _("not reported")
        )
    if kind is Kind.MILESTONE or (actual.amount.low is None and actual.amount.high is None):
        return Words(text)
    expected = expected_in_scale(result)
    against = (result.aim,) if expected is None else (result.aim, expected)
    return Figure(actual.amount, text, Scale.PERCENT if kind.is_share else Scale.NUMBER, against)


def site_facts(whole: Named, result: Result, judged: Result | None) -> dict[str, Fact]:
    """Return a site's facts of a target; without a share of its own only what it reached."""
    found = dict(whole)
    empty = ("goal", "percent", "gap", "expected", "needed", "status", "outlook", "remark", "sentence")
    if judged is None:
        bare = replace(result, expected=None)
        found |= dict.fromkeys((*empty, *PREVIOUS_FACTS), NOT_THERE)
        found["actual"] = actual_fact(bare)
        found["numerator"] = _part(bare, bare.actual.numerator)
        found["denominator"] = _part(bare, bare.actual.denominator)
        return found
    found |= dict.fromkeys(PREVIOUS_FACTS, NOT_THERE)
    return found


def _words(text: str) -> Fact:
    return Words(text) if text else NOT_THERE


def _absent(result: Result) -> Missing:
    """Return what stands for a figure that was to be worked out from the actual."""
    return NOT_THERE if result.actual.state is State.VALUE else Missing("-", "-")


def _goal(result: Result) -> Fact:
    goal, text = result.goal, goal_with_level(result)
    if goal.each is not None or goal.change or goal.comparator in (Comparator.RANGE, Comparator.DONE):
        return Words(text)
    comparator = "" if goal.comparator is Comparator.AT_LEAST else goal.comparator.value
    scale = Scale.PERCENT if result.target.kind.is_share else Scale.NUMBER
    return Figure(bounded(comparator, goal.value), text, scale, exact=True)


def _part(result: Result, amount: Amount | None) -> Fact:
    if amount is None or amount == UNKNOWN or not result.target.kind.is_share:
        return NOT_THERE if not result.target.kind.is_share else _absent(result)
    return Figure(amount, bounds(amount))


def _percent(result: Result) -> Fact:
    text = percent_text(result)
    if result.percent is None or not text:
        return _absent(result)
    return Figure(result.percent, text, Scale.PERCENT, (Fraction(100),), named_percent=True)


def _gap(result: Result) -> Fact:
    text, gap = gap_text(result), result.gap
    if gap is None or not text:
        return _absent(result)
    points = result.measured_in == "percent"
    if result.strict and gap.value == 0:
        gap = Amount(NOTHING, None, low_open=True)
    elif gap.value is not None and gap.value > 0 and unit_of(result.measured_in).whole and not points:
        gap = Amount.exact(ceil(gap.value))
    return Figure(gap, text, Scale.POINTS if points else Scale.NUMBER, (NOTHING,))


def _expected(result: Result) -> Fact:
    text = expected_text(result)
    if result.expected is None:
        return _absent(result)
    if result.target.kind is Kind.MILESTONE:
        return Words(text)
    share, points = result.target.kind.is_share, result.measured_in == "percent"
    actual = result.actual.numerator if share and not points else result.actual.amount
    against = (actual.value,) if actual is not None and actual.value is not None else ()
    scale = Scale.PERCENT if points else Scale.NUMBER
    places = 0 if unit_of(result.measured_in).whole else 1
    return Figure(Amount.exact(result.expected), text, scale, against, places=places)


def _needed(result: Result) -> Fact:
    if result.needed_per_month is None:
        return _absent(result)
    whole = unit_of(result.measured_in).whole
    value = Fraction(ceil(result.needed_per_month)) if whole else result.needed_per_month
    return Figure(Amount.exact(value), needed_text(result), against=(NOTHING,))
