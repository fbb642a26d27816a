"""The difference between two goals, in the unit that is counted, in points, or in days."""

from datetime import date
from fractions import Fraction

from rehabplan.pace import changed
from rehabplan.period import year_days
from rehabplan.plan.goal import Comparator, Goal, Measure
from rehabplan.plan.model import Kind, Plan, Target
from rehabplan.plandiff.model import Difference
from rehabplan.units import POINTS

PER_SITE = "per-site"


def levels(old: Plan, before: Target, new: Plan, after: Target) -> tuple[Fraction, Fraction] | None:
    """Return the levels that two goals come to where at least one of them is a change, else None.

    For targets of one definition but for the form of goal, in the unit that is counted, of shares in percent.
    """
    first, second = before.goal_of(old.year), after.goal_of(new.year)
    if not (first.change or second.change) or first.each is not None or second.each is not None:
        return None
    found = [_level(goal, target) for goal, target in ((first, before), (second, after))]
    return None if found[0] is None or found[1] is None else (found[0], found[1])


def _level(goal: Goal, target: Target) -> Fraction | None:
    base = target.baseline.level if target.baseline else None
    return None if goal.change and base is None else changed(goal, goal.value, base)


def difference(old: Plan, before: Target, new: Plan, after: Target) -> Difference:
    """Return the second goal less the first; for targets of one kind, unit and form of goal."""
    if after.kind is Kind.MILESTONE:
        year = max(old.year, new.year)
        return Difference(Fraction((_due(new, after, year) - _due(old, before, year)).days), "day")
    first, second = before.goal_of(old.year), after.goal_of(new.year)
    one, other = _number(first, second), _number(second, first)
    upper = None
    if first.upper is not None and second.upper is not None:
        upper = _signed(second, second.upper) - _signed(first, first.upper)
    if first.each is not None:
        return Difference(other - one, PER_SITE)
    if first.measure is not Measure.NUMBER:
        return Difference(other - one, POINTS.id, upper=upper)
    return Difference(other - one, new.unit_id(after), _percent(one, other), upper)


def _number(goal: Goal, against: Goal) -> Fraction:
    """Return the number of a goal that is compared: of a range the end that the other goal speaks of."""
    if goal.each is not None:
        return goal.each
    caps = (Comparator.AT_MOST, Comparator.BELOW)
    if goal.upper is not None and against.comparator in caps and not goal.change:
        return goal.upper
    return _signed(goal, goal.value)


def _signed(goal: Goal, value: Fraction) -> Fraction:
    return value * goal.change if goal.change else value


def _percent(one: Fraction, other: Fraction) -> Fraction | None:
    return (other - one) * 100 / one if one > 0 else None


def due_of(plan: Plan, target: Target) -> date:
    """Return when a milestone is due: its date, else the end of the plan's year."""
    return target.due or year_days(plan.year, plan.convention)[1]


def _due(plan: Plan, target: Target, year: int) -> date:
    """Return when a milestone is due, moved to a plan year so that two plans' days can be compared.

    29 February becomes 28.
    """
    due = due_of(plan, target)
    moved = due.year + year - plan.year
    try:
        return due.replace(year=moved)
    except ValueError:
        return date(moved, 2, 28)
