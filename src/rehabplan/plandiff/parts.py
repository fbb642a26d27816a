"""Targets that were split or merged: their goals added up, where that is a number of something."""

from collections.abc import Iterable
from fractions import Fraction

from rehabplan.i18n import N_
from rehabplan.plan.goal import Comparator
from rehabplan.plan.model import Kind, Plan, Target
from rehabplan.plandiff.model import Change, Difference, Edition, TargetChange
from rehabplan.problems import Message, message


def sum_of_parts(
    old: Edition, new: Edition, change: Change, before: tuple[Target, ...], after: tuple[Target, ...]
) -> TargetChange:
    """Hold the sum of the parts against the whole, where all are at-least counts in one unit."""
    no_sum = _no_sum(old.plan, before, new.plan, after)
    if no_sum is not None:
        return TargetChange(change, before, after, no_sum=no_sum)
    one, other = (
        sum((target.goal_of(edition.plan.year).value for target in targets), Fraction(0))
        for edition, targets in ((old, before), (new, after))
    )
    percent = (other - one) * 100 / one if one > 0 else None
    found = Difference(other - one, new.plan.unit_id(after[0]), percent)
    return TargetChange(change, before, after, bool(found.value), found)


def _no_sum(old: Plan, before: Iterable[Target], new: Plan, after: Iterable[Target]) -> Message | None:
    """Return why goals are not added up: rates never are, nor what is counted in another already."""
    units = set()
    for plan, targets in ((old, tuple(before)), (new, tuple(after))):
        ids = {one.id for one in targets}
        for one in targets:
            goal = one.goal_of(plan.year)
            if one.kind is not Kind.COUNT or goal.change or goal.comparator is not Comparator.AT_LEAST:
                return message(N_("not all are at-least counts in one unit"))
            if _wholes(plan, one) & ids:
                return message(N_("one of them is a part of another"))
            units.add(plan.unit_id(one))
    return None if len(units) == 1 else message(N_("not all are at-least counts in one unit"))


def _wholes(plan: Plan, target: Target) -> set[str]:
    """Return the targets that a target is a part of."""
    found: set[str] = set()
    while target.parent in plan.targets and target.parent not in found:
        found.add(target.parent)
        target = plan.targets[target.parent]
    return found
