"""What a trend holds: a target's points in the order of time, and what follows from them."""

from enum import StrEnum
from fractions import Fraction

from msgspec import Struct

from rehabplan.actuals.model import State, Unplanned
from rehabplan.assess import Assessment, Result
from rehabplan.numbers import UNKNOWN, Amount
from rehabplan.period import Period
from rehabplan.plan.model import Plan, Target
from rehabplan.problems import Message, Problem
from rehabplan.trend.projection import Projection
from rehabplan.verdict import Status

STEADY = Fraction(2, 100)
"""Share of the year's way by which a projection must move to be called faster or slower."""


class Point(Struct, frozen=True):
    """A target at one cut-off.

    `added` is what came since the point before: a number in `added_in`, percentage points of a share;
    None where either side is unknown.
    """

    period: Period
    result: Result
    reported: bool
    """Whether a figure of this cut-off itself was reported; else what is known is from before."""
    projection: Projection
    added: Amount | None = None
    added_in: str = ""

    @property
    def known(self) -> bool:
        """Whether the point's own figure says anything."""
        actual = self.result.actual
        return self.reported and actual.state is State.VALUE and actual.amount not in (None, UNKNOWN)


class Move(StrEnum):
    """How the projected year end moved since the point before."""

    FASTER = "faster"
    SLOWER = "slower"
    STEADY = "steady"


class TargetTrend(Struct, frozen=True):
    """One target's series, the oldest point first."""

    target: Target
    depth: int
    points: tuple[Point, ...]

    @property
    def last(self) -> Point:
        """The point at the last cut-off, whatever is known there."""
        return self.points[-1]

    @property
    def basis(self) -> Point:
        """The last point with a figure of its own, from which the year is projected; else the last."""
        known = [point for point in self.points if point.known]
        return known[-1] if known else self.points[-1]

    @property
    def projection(self) -> Projection:
        """The projected year end."""
        return self.basis.projection

    @property
    def before(self) -> Point | None:
        """The known point before the one that the projection rests on."""
        known = [point for point in self.points if point.known]
        return known[-2] if len(known) > 1 else None

    @property
    def move(self) -> Move | None:
        """Whether the projection came nearer to the goal by more than 2 % of the year's way, or fell back.

        Beyond the goal there is neither. None where either of the last two is not exactly known.
        """
        if self.before is None:
            return None
        now, then = (_shortfall(one.projection) for one in (self.basis, self.before))
        if now is None or then is None:
            return None
        if abs(now - then) <= STEADY:
            return Move.STEADY
        return Move.FASTER if now < then else Move.SLOWER


def _shortfall(projection: Projection) -> Fraction | None:
    return projection.shortfall.value if projection.shortfall else None


class Trend(Struct, frozen=True):
    """A plan's targets over the reports of its year."""

    plan: Plan
    assessments: tuple[Assessment, ...]
    """What `check` says at each cut-off, the oldest first."""
    targets: tuple[TargetTrend, ...]
    unplanned: tuple[Unplanned, ...] = ()
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Message, ...] = ()

    @property
    def periods(self) -> tuple[Period, ...]:
        """The cut-offs, the oldest first."""
        return tuple(one.period for one in self.assessments)

    @property
    def missing_the_goal(self) -> list[TargetTrend]:
        """The targets whose projection stays away from the goal, the farthest first.

        Once the year is over, those that missed it.
        """
        found = [one for one in self.targets if one.projection.reaches is False]
        if self.periods[-1].over:
            found = [one for one in self.targets if one.last.result.status is Status.MISSED]
        return sorted(found, key=lambda one: -_least(one.projection))

    def moving(self, move: Move) -> list[TargetTrend]:
        """Return the targets that move in one way, the most first."""
        found = [one for one in self.targets if one.move is move]
        return sorted(found, key=_size, reverse=True)


def _least(projection: Projection) -> Fraction:
    short = projection.shortfall.low if projection.shortfall else None
    return short or Fraction(0)


def _size(one: TargetTrend) -> Fraction:
    now, then = _shortfall(one.projection), _shortfall(one.before.projection) if one.before else None
    return abs(now - then) if now is not None and then is not None else Fraction(0)
