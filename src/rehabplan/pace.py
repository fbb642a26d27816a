"""Where a target should stand at a cut-off: the sides of a goal and the thresholds of its status.

A goal has a lower side (at least), an upper side (at most), or both (a range). Each side is judged
by itself with comparisons only, so bounds and open ends need no arithmetic. Rules: design.md §4.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from rehabplan import figures
from rehabplan.i18n import N_
from rehabplan.period import Period, cutoff_of
from rehabplan.plan.goal import Comparator, Goal, Measure
from rehabplan.plan.model import Baseline, Kind, Shape, Target
from rehabplan.problems import Message, message


@dataclass(frozen=True, slots=True)
class Side:
    """One end of a goal: at least `value` (or at most, where `upper`), strictly where `strict`."""

    value: Fraction
    upper: bool = False
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a side expects at a cut-off.

    `expected` is None where nothing can be expected yet; from `risk` on a target is only at risk.
    `irrevocable`: reaching a lower side, or passing an upper one, cannot be undone in the year.
    """

    side: Side
    expected: Fraction | None
    risk: Fraction | None
    irrevocable: bool
    step: Message


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
        irrevocable = target.kind in (Kind.COUNT, Kind.MILESTONE)
        expected, origin, step = _expected(target, goal, side, period)
        if expected is None or (side.upper and irrevocable and not goal.change):
            risk = None
        elif side.upper and not origin:
            risk = expected * (2 - band)
        else:
            risk = origin + band * (expected - origin)
        yield Checkpoint(side, expected, risk, irrevocable, step)


def _expected(
    target: Target, goal: Goal, side: Side, period: Period
) -> tuple[Fraction | None, Fraction, Message]:
    """Return the expected figure, where a change is counted from, and how it came about."""
    zero, shape = Fraction(0), target.pace.shape
    shown = figures.number(side.value, digits=6)
    if target.kind is Kind.MILESTONE:
        due = target.due or period.last
        if period.cutoff >= due:
            return side.value, zero, message(N_("due on {due}"), due=figures.day(due))
        return None, zero, message(N_("due only on {due}"), due=figures.day(due))
    if shape is Shape.YEAR_END:
        return None, zero, message(N_("judged at the end of the year"))
    base = target.baseline
    if goal.change and base is not None and period.label in base.periods:
        return _same_period(goal, side, base, period)
    if shape is Shape.EVERY_PERIOD or (side.upper and _is_cap(target, goal, side)):
        return side.value, zero, message(N_("{goal} in full at every period"), goal=shown)
    if shape in (Shape.BY_QUARTER, Shape.CURVE):
        origin = _start(target) or zero
        found = _along(_path(target, side, period, origin), period.cutoff)
        origin = origin if target.kind is Kind.STOCK else zero
        step = message(N_("{value} on the plan's own curve"), value=figures.number(found, digits=6))
        return found, origin, step
    if target.kind is Kind.RATE:
        return side.value, zero, message(N_("{goal} in full at every period"), goal=shown)
    return _linear(target, goal, side, period)


def _is_cap(target: Target, goal: Goal, side: Side) -> bool:
    """Whether an upper side holds in full all year: no decrease, and no level to come down from."""
    if goal.change:
        return False
    start = _start(target)
    return target.kind is not Kind.STOCK or start is None or start <= side.value


def _start(target: Target) -> Fraction | None:
    """Return the level that the year begins with: 0 for a count, the baseline for the others."""
    if target.kind is Kind.COUNT:
        return Fraction(0)
    if target.baseline is not None and target.baseline.level is not None:
        return target.baseline.level
    return Fraction(0) if target.kind is Kind.COVERAGE else None


def _same_period(
    goal: Goal, side: Side, base: Baseline, period: Period
) -> tuple[Fraction, Fraction, Message]:
    """A change is held against the base's same period where it is known."""
    then = base.periods[period.label or ""]
    level = base.level or Fraction(0)
    if goal.measure is Measure.POINTS:
        expected = then + (side.value - level)
    else:
        expected = then * side.value / level if level else then
    step = message(
        N_("{then} in the base's same period, changed as the goal says: {value}"),
        then=figures.number(then, digits=6), value=figures.number(expected, digits=6),
    )  # fmt: skip
    return expected, Fraction(0), step


def _linear(
    target: Target, goal: Goal, side: Side, period: Period
) -> tuple[Fraction | None, Fraction, Message]:
    start = _start(target)
    shown = figures.number(side.value, digits=6)
    if start is None:
        return None, Fraction(0), message(N_("the pace is unknown: the plan gives no baseline"))
    if target.kind is Kind.STOCK and not side.upper and start >= side.value:
        step = message(
            N_("{goal} in full: the baseline {start} is there already, so it is to be maintained"),
            goal=shown, start=figures.number(start, digits=6),
        )  # fmt: skip
        return side.value, Fraction(0), step
    expected = start + (side.value - start) * period.elapsed
    args = {
        "goal": shown, "start": figures.number(start, digits=6), "days": period.days_elapsed,
        "all_days": period.days, "value": figures.number(expected, digits=6),
    }  # fmt: skip
    if goal.change and side.upper and target.kind is Kind.COUNT:
        text = N_("{goal} × {days}/{all_days} days = {value} (no same period of the base is given)")
    elif start:
        text = N_("{start} + ({goal} − {start}) × {days}/{all_days} days = {value}")
    else:
        text = N_("{goal} × {days}/{all_days} days = {value}")
    origin = start if target.kind is Kind.STOCK else Fraction(0)
    return expected, origin, message(text, **args)


def _path(target: Target, side: Side, period: Period, start: Fraction) -> list[tuple[date, Fraction]]:
    """Return the plan's own path as dates and levels, from before the year to its end."""
    points = [(period.first - timedelta(days=1), start)]
    if target.pace.shape is Shape.CURVE:
        points += target.pace.curve
    level = start
    for label, quarter in zip(("q1", "6m", "9m", "year"), target.pace.quarters, strict=False):
        level += quarter
        points.append((cutoff_of(label, period.year, period.convention), level))
    if points[-1][0] < period.last:
        points.append((period.last, side.value))
    return points


def _along(points: list[tuple[date, Fraction]], day: date) -> Fraction:
    """Return the level on a day, straight between two points of a path."""
    before = max((point for point in points if point[0] <= day), key=lambda point: point[0])
    later = [point for point in points if point[0] > day]
    if not later:
        return before[1]
    after = min(later, key=lambda point: point[0])
    share = Fraction((day - before[0]).days, (after[0] - before[0]).days)
    return before[1] + (after[1] - before[1]) * share
