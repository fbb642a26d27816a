"""Where a target should stand at a cut-off: the sides of a goal and the thresholds of its status.

A goal has a lower side (at least), an upper side (at most), or both (a range). Each side is judged
by itself with comparisons only, so bounds and open ends need no arithmetic. Rules: design.md §4.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from msgspec import Struct

from rehabplan import figures
from rehabplan.i18n import N_
from rehabplan.period import Period, cutoff_of
from rehabplan.plan.goal import Comparator, Goal, Measure
from rehabplan.plan.model import Kind, Target
from rehabplan.plan.pacing import Shape
from rehabplan.problems import Message, message


class Side(Struct, frozen=True):
    """One end of a goal: at least `value` (or at most, where `upper`), strictly where `strict`."""

    value: Fraction
    upper: bool = False
    strict: bool = False


class Base(Struct, frozen=True):
    """The levels that a paced change is counted from: up to the cut-off, and over the whole year."""

    now: Fraction
    year: Fraction


class Checkpoint(Struct, frozen=True):
    """What a side expects at a cut-off.

    `expected` is None where nothing can be expected yet; from `risk` on a target is only at risk.
    `irrevocable`: reaching a lower side, or passing an upper one, cannot be undone in the year.
    `base` is None where the figure is not expected to move along a pace.
    """

    side: Side
    expected: Fraction | None
    risk: Fraction | None
    irrevocable: bool
    step: Message
    base: Base | None = None


def sides_of(target: Target, goal: Goal) -> list[Side]:
    """Return the sides of a goal, changes worked out against the baseline's level."""
    level = target.baseline.level if target.baseline else None
    near = changed(goal, goal.value, level)
    if goal.comparator is Comparator.RANGE and goal.upper is not None:
        far = changed(goal, goal.upper, level)
        over = target.over or ("ok" if goal.change else "fails")
        upper_near = goal.change < 0
        sides = [Side(near, upper=upper_near)]
        return sides if over == "ok" else [*sides, Side(far, upper=not upper_near)]
    strict = goal.comparator in (Comparator.ABOVE, Comparator.BELOW)
    return [Side(near, upper=goal.lower_is_better, strict=strict)]


def changed(goal: Goal, size: Fraction, base: Fraction | None) -> Fraction:
    """Return the level that a goal means: `size` itself, or the base changed by it."""
    if not goal.change or base is None:
        return size
    if goal.measure is Measure.POINTS:
        return base + goal.change * size
    return base * (100 + goal.change * size) / 100


def checkpoints(target: Target, goal: Goal, period: Period, band: Fraction) -> Iterator[Checkpoint]:
    """Yield what each side of a target's goal expects at the cut-off.

    Args:
        target: the target.
        goal: its goal of the plan's year.
        period: the period with its cut-off.
        band: share of the expected figure from which on a target is at risk only, 0 to 1.
    """
    for side in sides_of(target, goal):
        found = _expectation(target, goal, side, period)
        irrevocable = target.kind in (Kind.COUNT, Kind.MILESTONE)
        yield Checkpoint(side, found.value, _risk(side, found, band), irrevocable, found.step, found.base)


class _Expectation(Struct, frozen=True):
    """What is expected of a side, the level that a stock's change is counted from, and why."""

    value: Fraction | None
    step: Message
    origin: Fraction = Fraction(0)
    unpaced: bool = False
    """A cap on a count: there is nothing between keeping and breaking it."""
    base: Base | None = None


def _risk(side: Side, found: _Expectation, band: Fraction) -> Fraction | None:
    """Return where "at risk" ends: the band of the expected change, or of the expected figure."""
    if found.value is None or found.unpaced:
        return None
    change = found.value - found.origin
    if change < 0 if side.upper else change > 0:
        return found.origin + band * change
    return found.value * (2 - band if side.upper else band)


def _expectation(target: Target, goal: Goal, side: Side, period: Period) -> _Expectation:
    shape, own_path = target.pace.shape, target.pace.shape in (Shape.BY_QUARTER, Shape.CURVE)
    if target.kind is Kind.MILESTONE:
        return _milestone(target, side, period)
    if period.over:
        return _Expectation(
            side.value, message(N_("the year is over: {goal}"), goal=_level(target, side.value))
        )
    if shape is Shape.YEAR_END:
        return _Expectation(None, message(N_("judged at the end of the year")))
    in_full = message(N_("{goal} in full at every period"), goal=_level(target, side.value))
    down = _comes_down(target, goal, side)
    # A cap on a count is not paced, and a range's own path leads to its lower end.
    pathless = target.kind is Kind.COUNT or goal.upper is not None or not own_path
    if side.upper and not down and pathless:
        return _Expectation(side.value, in_full, unpaced=target.kind is Kind.COUNT)
    then = target.baseline.at(period.label) if target.baseline else None
    if then is not None and (goal.change or down):
        return _same_period(target, goal, side, then)
    if own_path:
        return _own_path(target, side, period)
    if shape is Shape.EVERY_PERIOD or target.kind is Kind.RATE:
        return _Expectation(side.value, in_full)
    return _linear(target, goal, side, period)


def _milestone(target: Target, side: Side, period: Period) -> _Expectation:
    due = target.due or period.last
    if period.cutoff >= due:
        return _Expectation(side.value, message(N_("due on {due}"), due=figures.day(due)))
    return _Expectation(None, message(N_("due only on {due}"), due=figures.day(due)))


def _comes_down(target: Target, goal: Goal, side: Side) -> bool:
    """Tell whether an upper side is a decrease: by its words, or down to a level below the baseline."""
    if not side.upper or goal.change > 0:
        return False
    level = target.baseline.level if target.baseline else None
    builds_up = target.kind is not Kind.RATE
    return goal.change < 0 or (builds_up and level is not None and level > side.value)


def _start(target: Target) -> Fraction | None:
    """Return the level that the year begins with: 0 for a count, the baseline for the others."""
    if target.kind is Kind.COUNT:
        return Fraction(0)
    if target.baseline is not None and target.baseline.level is not None:
        return target.baseline.level
    return Fraction(0) if target.kind is Kind.COVERAGE else None


def way_of(target: Target, side: Side) -> Fraction:
    """Return how much a goal asks for in a year, by which moves of any size are measured.

    From where the year begins to the goal; of rates, and of what is to be kept, the goal itself.
    """
    start = _start(target)
    level = target.kind is Kind.RATE or target.pace.shape is Shape.EVERY_PERIOD
    if level or start is None or (start <= side.value if side.upper else start >= side.value):
        start = Fraction(0)
    return abs(side.value - start) or Fraction(1)


def _origin(target: Target, level: Fraction | None) -> Fraction:
    """A stock takes its status from the change since a level, everything else from the figure."""
    return level or Fraction(0) if target.kind is Kind.STOCK else Fraction(0)


def _same_period(target: Target, goal: Goal, side: Side, then: Fraction) -> _Expectation:
    """A change is held against the base's same period where it is known."""
    level = (target.baseline.level if target.baseline else None) or Fraction(0)
    if goal.measure is Measure.POINTS:
        expected = then + (side.value - level)
    else:
        expected = then * side.value / level if level else then
    step = message(
        N_("{then} in the base's same period, changed as the goal says: {value}"),
        then=_shown(then), value=_shown(expected),
    )  # fmt: skip
    base = Base(Fraction(0), Fraction(0)) if target.kind is Kind.COUNT else Base(then, level)
    return _Expectation(expected, step, _origin(target, then), base=base)


def _own_path(target: Target, side: Side, period: Period) -> _Expectation:
    start = _start(target)
    expected = _along(_path(target, side, period, start), period.cutoff)
    if expected is None:
        return _Expectation(None, message(N_("the plan's own curve begins only later")))
    step = message(N_("{value} on the plan's own curve"), value=_shown(expected))
    base = None if start is None else Base(start, start)
    return _Expectation(expected, step, _origin(target, start), base=base)


def _linear(target: Target, goal: Goal, side: Side, period: Period) -> _Expectation:
    start = _start(target)
    if start is None:
        return _Expectation(None, message(N_("the pace is unknown: the plan gives no baseline")))
    if target.kind is not Kind.COUNT and not side.upper and start >= side.value:
        step = message(
            N_("{goal} in full: the baseline {start} is there already, so it is to be maintained"),
            goal=_shown(side.value), start=_shown(start),
        )  # fmt: skip
        return _Expectation(side.value, step)
    expected = start + (side.value - start) * period.elapsed
    if target.kind is Kind.COUNT and _comes_down(target, goal, side):
        text = N_("{goal} × {days}/{all_days} days = {value} (no same period of the base is given)")
    elif start:
        text = N_("{start} + ({goal} − {start}) × {days}/{all_days} days = {value}")
    else:
        text = N_("{goal} × {days}/{all_days} days = {value}")
    tail = "%" if target.kind.is_share else ""
    goal_text, start_text, value = (f"{_shown(one)}{tail}" for one in (side.value, start, expected))
    step = message(
        text, goal=goal_text, start=start_text, days=period.days_elapsed, all_days=period.days, value=value
    )
    return _Expectation(expected, step, _origin(target, start), base=Base(start, start))


def _path(target: Target, side: Side, period: Period, start: Fraction | None) -> list[tuple[date, Fraction]]:
    """Return the plan's own path as dates and levels, from before the year (if known) to its end."""
    points = [] if start is None else [(period.first - timedelta(days=1), start)]
    points += target.pace.curve
    level = start or Fraction(0)
    for label, quarter in zip(("q1", "6m", "9m", "year"), target.pace.quarters, strict=False):
        level += quarter
        points.append((cutoff_of(label, period.year, period.convention), level))
    if points[-1][0] < period.last:
        points.append((period.last, side.value))
    return points


def _along(points: list[tuple[date, Fraction]], day: date) -> Fraction | None:
    """Return the level on a day, straight between two points of a path; None before the first."""
    reached = [point for point in points if point[0] <= day]
    if not reached:
        return None
    since, level = reached[-1]
    later = [point for point in points if point[0] > day]
    if not later:
        return level
    until, aim = later[0]
    return level + (aim - level) * Fraction((day - since).days, (until - since).days)


def _level(target: Target, value: Fraction) -> str:
    return _shown(value) + ("%" if target.kind is Kind.RATE else "")


def _shown(value: Fraction) -> str:
    return figures.number(value, digits=6)
