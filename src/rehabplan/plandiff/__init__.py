"""What changed between two years' plans: exact, matched by id, never by likeness (issue: year against year).

A plan compared with itself has no difference; the differences of values change their sign when the
plans change places.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from rehabplan.i18n import N_
from rehabplan.plan.goal import Comparator, Goal
from rehabplan.plan.model import Kind, Target
from rehabplan.plandiff.definition import changed_aspects, other_changes
from rehabplan.plandiff.goals import difference
from rehabplan.plandiff.head import head_changes
from rehabplan.plandiff.links import Link, links, unmatched_declarations
from rehabplan.plandiff.model import Change, Difference, Edition, PlanDiff, TargetChange
from rehabplan.plandiff.suggest import suggestions
from rehabplan.problems import Message, message


def diff(old: Edition, new: Edition) -> PlanDiff:
    """Return all that differs between two plans."""
    found = links(old.plan, new.plan)
    same_id = {link.new[0]: link.old[0] for link in found if len(link.old) == len(link.new) == 1}
    targets = tuple(_changed(old, new, link, same_id) for link in found)
    return PlanDiff(
        old, new, targets, tuple(head_changes(old, new)), tuple(suggestions(old, new, targets)),
        tuple(unmatched_declarations(old, new)),
    )  # fmt: skip


def _changed(old: Edition, new: Edition, link: Link, same_id: Mapping[str, str]) -> TargetChange:
    before = tuple(old.plan.targets[one] for one in link.old)
    after = tuple(new.plan.targets[one] for one in link.new)
    if not before:
        return TargetChange(Change.ADDED, before, after)
    if not after:
        return TargetChange(Change.DROPPED, before, after)
    if link.change is not None:
        return _in_parts(old, new, link.change, before, after)
    return _same_target(old, new, before[0], after[0], same_id)


def _same_target(
    old: Edition, new: Edition, before: Target, after: Target, same_id: Mapping[str, str]
) -> TargetChange:
    definition = tuple(changed_aspects(old, before, new, after, same_id))
    other = tuple(other_changes(before, after))
    blocked = any(one.blocks for one in definition)
    first, second = before.goal_of(old.plan.year), after.goal_of(new.plan.year)
    found = None if blocked else difference(old.plan, before, new.plan, after)
    changed = (
        None if blocked and not _same_number(first, second) else bool(found and (found.value or found.upper))
    )
    change = Change.UNCHANGED
    if any(one.reason is None for one in definition):
        change = Change.DEFINITION
    elif changed:
        change = Change.VALUE
    return TargetChange(
        change, (before,), (after,), changed, found, definition, other,
        renamed=before.id != after.id, foreseen=_foreseen(before, second, new.plan.year),
    )  # fmt: skip


def _same_number(first: Goal, second: Goal) -> bool:
    """Tell whether two goals state the same number, whatever it is a number of."""
    mine = (first.value, first.upper, first.measure, first.change, first.each)
    return mine == (second.value, second.upper, second.measure, second.change, second.each)


def _foreseen(before: Target, now: Goal, year: int) -> Message | None:
    """Say what the first plan's trajectory has for the second plan's year, where it is another number."""
    goal = before.goals.get(year)
    if goal is None or None in before.goals or _same_number(goal, now):
        return None
    return message(N_("the earlier plan foresaw {goal} for {year}"), goal=goal.text, year=year)


def _in_parts(
    old: Edition, new: Edition, change: Change, before: tuple[Target, ...], after: tuple[Target, ...]
) -> TargetChange:
    """Hold the sum of the parts against the whole, where all are at-least counts in one unit."""
    sums = []
    for edition, targets in ((old, before), (new, after)):
        goals = [one.goal_of(edition.plan.year) for one in targets]
        sums.append(sum((goal.value for goal in goals), Fraction(0)))
    if not _can_be_added(old, before, new, after):
        return TargetChange(change, before, after)
    one, other = sums
    percent = (other - one) * 100 / one if one > 0 else None
    found = Difference(other - one, new.plan.unit_id(after[0]), percent)
    return TargetChange(change, before, after, bool(found.value), found)


def _can_be_added(old: Edition, before: Iterable[Target], new: Edition, after: Iterable[Target]) -> bool:
    """Tell whether all parts are counts in one unit with plain at-least goals; rates are never added up."""
    units = set()
    for edition, targets in ((old, before), (new, after)):
        for one in targets:
            goal = one.goal_of(edition.plan.year)
            if one.kind is not Kind.COUNT or goal.change or goal.comparator is not Comparator.AT_LEAST:
                return False
            units.add(edition.plan.unit_id(one))
    return len(units) == 1


__all__ = ["Change", "Edition", "PlanDiff", "TargetChange", "diff"]
