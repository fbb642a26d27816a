"""Where a target would stand at the end of the year if it went on as until now (docs/verdicts.md).

The plan's own pace is carried on from the last figure: a target that stands exactly where it should is
projected exactly onto its goal. It is arithmetic, not a promise; bounds stay bounds.
"""

from enum import StrEnum
from fractions import Fraction

from msgspec import Struct

from rehabplan import figures
from rehabplan.actuals.model import Actual, State
from rehabplan.i18n import N_
from rehabplan.numbers import UNKNOWN, Amount
from rehabplan.pace import Base, Checkpoint, Side, checkpoints, way_of
from rehabplan.period import Period
from rehabplan.plan.model import Kind, Plan, Target
from rehabplan.problems import Message, message
from rehabplan.verdict import gap_of, nearest_of, reaches

_NONE, _ALL = Fraction(0), Fraction(100)


class Rule(StrEnum):
    """How a year's end was projected."""

    YEAR_OVER = "year_over"
    PACE = "pace"
    LEVEL = "level_stays"
    SO_FAR = "so_far"
    NONE = "none"


class Projection(Struct, frozen=True):
    """The projected year end in the actual's own scale (percent of a share); None where none follows."""

    rule: Rule
    said: Message
    amount: Amount | None = None
    reaches: bool | None = None
    """Whether it fulfils the goal; None where its bounds leave that open, and where the plan's own pace
    leads exactly onto a goal that asks for more ("> 100"), as expected."""
    shortfall: Amount | None = None
    """How far it stays from the goal, in shares of the way that the year is to go; 0 where it gets there."""
    side: Side | None = None
    """The end of the goal that decides."""


def project(plan: Plan, target: Target, actual: Actual, period: Period) -> Projection:
    """Project a target's year end from its actual at a cut-off."""
    goal = target.goal_of(plan.year)
    points = list(checkpoints(target, goal, period, plan.bands.at_risk / 100))
    found = _projected(target, actual, points, period)
    if found.amount is None:
        return found
    side = nearest_of(points, found.amount).side
    shortfall = gap_of(points, found.amount).times(1 / way_of(target, points[0].side)).within(_NONE)
    reached = reaches(points, found.amount)
    if found.rule is Rule.PACE and side.strict and found.amount.value == side.value:
        reached = None
    return Projection(found.rule, found.said, found.amount, reached, shortfall, side)


def _projected(target: Target, actual: Actual, points: list[Checkpoint], period: Period) -> Projection:
    amount, near = actual.amount, points[0]
    if target.kind is Kind.MILESTONE:
        return Projection(Rule.NONE, message(N_("a milestone is done or not")))
    if actual.state is not State.VALUE or amount is None or amount == UNKNOWN:
        return Projection(Rule.NONE, message(N_("there is no figure to go on from")))
    if period.over:
        return Projection(Rule.YEAR_OVER, message(N_("the year is over")), amount)
    if target.kind is Kind.RATE:
        return Projection(Rule.LEVEL, message(N_("a rate is taken to stay as it is")), amount)
    paced = _along_the_pace(target, amount, near)
    if paced is not None:
        return paced
    if target.kind is Kind.COUNT:
        least = message(N_("no pace: what is counted so far is the least"))
        return Projection(Rule.SO_FAR, least, amount.at_least())
    if near.expected is not None and near.base is None:
        stays = message(N_("the goal holds at every period: the level is taken to stay"))
        return Projection(Rule.LEVEL, stays, amount)
    reason = near.step if near.expected is None else message(N_("the plan expects no change until then"))
    return Projection(Rule.NONE, reason)


def _along_the_pace(target: Target, amount: Amount, near: Checkpoint) -> Projection | None:
    """Return base + (actual - base) × (goal - base) / (expected - base); None where nothing is paced."""
    base = near.base
    if base is None or near.expected is None or near.expected == base.now:
        return None
    factor = (near.side.value - base.year) / (near.expected - base.now)
    if factor <= 0:
        return None
    carried = amount.minus(base.now).times(factor).minus(-base.year)
    most = _ALL if target.kind is Kind.COVERAGE else None
    projected = carried.within(_NONE, most)
    if most is not None and projected.high is None:
        projected = Amount(projected.low, most, projected.low_open)
    said = _said(amount, base, near, target)
    if projected != carried:
        limit = N_("{arithmetic}; never less than 0%, nor more than 100%") if most is not None else _NO_LESS
        said = message(limit, arithmetic=said)
    return Projection(Rule.PACE, said, projected)


_NO_LESS = N_("{arithmetic}; never less than 0")


def _said(amount: Amount, base: Base, near: Checkpoint, target: Target) -> Message:
    """Print the arithmetic, so that it can be done again by hand."""
    tail = "%" if target.kind.is_share else ""
    args = {
        "actual": figures.bounds(amount, digits=6, tail=tail),
        "goal": figures.number(near.side.value, digits=6) + tail,
        "expected": figures.number(near.expected or Fraction(0), digits=6) + tail,
    }
    if not base.now and not base.year:
        return message(N_("{actual} × {goal} / {expected} expected by then"), **args)
    args["now"] = figures.number(base.now, digits=6) + tail
    args["year"] = figures.number(base.year, digits=6) + tail
    text = N_("{year} + ({actual} - {now}) × ({goal} - {year}) / ({expected} expected by then - {now})")
    return message(text, **args)
