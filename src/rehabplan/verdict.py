"""The status of a target and its outlook, by comparisons alone (design.md §4)."""

from enum import StrEnum
from fractions import Fraction
from itertools import product
from math import inf

from rehabplan.actuals.model import Actual, State
from rehabplan.numbers import Amount
from rehabplan.pace import Checkpoint
from rehabplan.period import Period
from rehabplan.plan.model import Kind, Target
from rehabplan.plan.pacing import Shape


class Status(StrEnum):
    """How a target stands at the cut-off."""

    MET = "met"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    BEHIND = "behind"
    MISSED = "missed"
    UNDETERMINED = "undetermined"
    NOT_REPORTED = "not_reported"
    NOT_DUE = "not_due"
    NOT_APPLICABLE = "not_applicable"


class Outlook(StrEnum):
    """Whether the year's goal can still be met."""

    SECURED = "secured"
    POSSIBLE = "possible"
    OUT_OF_REACH = "out_of_reach"


_Point = tuple[Fraction | float, int]
"""A value and which side of it is meant: -1 just below, 1 just above. Infinite where unbounded."""


def verdict(
    target: Target, actual: Actual, points: list[Checkpoint], period: Period
) -> tuple[Status, Outlook | None]:
    """Return status and outlook of a target at the cut-off, in the order of design.md §4.

    Both ends of an inexact actual are judged; where they differ, nothing is determined.
    """
    if actual.state is not State.VALUE or actual.amount is None:
        return _without_figure(target, actual, period), None
    low, high = _ends(actual.amount)
    found = set()
    for statuses in product(*({_side(p, low, period), _side(p, high, period)} for p in points)):
        found.add(max(statuses, key=_SEVERITY.index))
    status = found.pop() if len(found) == 1 else Status.UNDETERMINED
    outlook = {Status.MET: Outlook.SECURED, Status.MISSED: Outlook.OUT_OF_REACH}
    return status, outlook.get(status, Outlook.POSSIBLE)


# Of the two sides of a range the worse decides; a range is met only when both sides are.
_SEVERITY = (
    Status.MET, Status.ON_TRACK, Status.NOT_DUE, Status.AT_RISK, Status.BEHIND, Status.MISSED,
)  # fmt: skip


def _without_figure(target: Target, actual: Actual, period: Period) -> Status:
    if actual.state is State.NOT_APPLICABLE:
        return Status.NOT_APPLICABLE
    if actual.state is State.REJECTED:
        return Status.UNDETERMINED
    if not period.over and _lies_ahead(target, period):
        return Status.NOT_DUE
    return Status.NOT_REPORTED


def _lies_ahead(target: Target, period: Period) -> bool:
    if target.kind is Kind.MILESTONE:
        return period.cutoff < (target.due or period.last)
    return target.pace.shape is Shape.YEAR_END


def _ends(amount: Amount) -> tuple[_Point, _Point]:
    low: _Point = (-inf, 0) if amount.low is None else (amount.low, int(amount.low_open))
    high: _Point = (inf, 0) if amount.high is None else (amount.high, -int(amount.high_open))
    return low, high


def reaches(points: list[Checkpoint], amount: Amount) -> bool | None:
    """Tell whether an amount fulfils every side of a goal; None where its bounds leave that open."""
    found = [{_reaches(point, end) for end in _ends(amount)} for point in points]
    if any(one == {False} for one in found):
        return False
    return True if all(one == {True} for one in found) else None


def nearest_of(points: list[Checkpoint], amount: Amount | None) -> Checkpoint:
    """Return the side of a goal that decides: the one that is missed by most, or kept by least."""
    if amount is None:
        return points[0]

    def short(point: Checkpoint) -> tuple[bool, Fraction]:
        least = _distance(point, amount).low
        return least is not None, least or Fraction(0)

    return max(points, key=short)


def gap_of(points: list[Checkpoint], amount: Amount) -> Amount:
    """Return how far an amount is from fulfilling every side of a goal, positive when short."""
    away = [_distance(point, amount) for point in points]
    low = max((one for one in away if one.low is not None), key=_low, default=None)
    unbounded = any(one.high is None for one in away)
    high = None if unbounded else max(away, key=lambda one: (one.high or Fraction(0), not one.high_open))
    return Amount(
        low.low if low else None,
        high.high if high else None,
        bool(low and low.low_open),
        bool(high and high.high_open),
    )


def _low(amount: Amount) -> tuple[Fraction, bool]:
    return amount.low or Fraction(0), amount.low_open


def _distance(point: Checkpoint, amount: Amount) -> Amount:
    """Return how far an amount is from a side, positive when short of it."""
    away = amount.minus(point.side.value)
    return away if point.side.upper else away.negated()


def _reaches(point: Checkpoint, end: _Point) -> bool:
    """Tell whether a value fulfils a side of the goal."""
    side = point.side
    if side.upper:
        return end <= (side.value, -1 if side.strict else 0)
    return end >= (side.value, 1 if side.strict else 0)


def _side(point: Checkpoint, end: _Point, period: Period) -> Status:
    """Judge one side of the goal by one end of the actual, in the order of design.md §4."""
    reached, upper = _reaches(point, end), point.side.upper
    if period.over:
        return Status.MET if reached else Status.MISSED
    if point.irrevocable and reached is not upper:
        return Status.MISSED if upper else Status.MET
    if point.expected is None:
        return Status.ON_TRACK if reached else Status.NOT_DUE
    if point.risk is None:  # a cap on a count is not paced
        return Status.ON_TRACK
    full = point.expected == point.side.value
    if reached if full else _beyond(end, point.expected, upper=upper):
        return Status.ON_TRACK
    return Status.AT_RISK if _beyond(end, point.risk, upper=upper) else Status.BEHIND


def _beyond(end: _Point, threshold: Fraction, *, upper: bool) -> bool:
    return end <= (threshold, 0) if upper else end >= (threshold, 0)
