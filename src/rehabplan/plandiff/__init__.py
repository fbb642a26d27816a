"""What changed between two years' plans: exact, matched by id, never by likeness (issue: year against year).

A plan compared with itself has no difference; the differences of values change their sign when the
plans change places.
"""

from rehabplan.i18n import N_
from rehabplan.plan.goal import Goal
from rehabplan.plan.model import Target
from rehabplan.plandiff.definition import changed_aspects, other_changes, parent_changed
from rehabplan.plandiff.goals import difference, levels
from rehabplan.plandiff.head import head_changes
from rehabplan.plandiff.links import Link, links
from rehabplan.plandiff.model import AspectChange, Change, Edition, PlanDiff, TargetChange
from rehabplan.plandiff.parts import sum_of_parts
from rehabplan.plandiff.suggest import suggestions
from rehabplan.problems import Message, message


def diff(old: Edition, new: Edition) -> PlanDiff:
    """Return all that differs between two plans."""
    found, problems = links(old, new)
    comparison = _Comparison(old, new, found)
    targets = tuple(comparison.change(link) for link in found)
    return PlanDiff(
        old, new, targets, tuple(head_changes(old, new)), tuple(suggestions(old, new, targets)),
        tuple(problems),
    )  # fmt: skip


class _Comparison:
    """Holds targets against each other, every whole before its parts."""

    def __init__(self, old: Edition, new: Edition, found: list[Link]) -> None:
        self.old = old
        self.new = new
        self._of_old = {one: link for link in found for one in link.old}
        self._of_new = {one: link for link in found for one in link.new}
        self._changes: dict[Link, TargetChange] = {}

    def change(self, link: Link) -> TargetChange:
        """Return what became of the targets of a link."""
        if link not in self._changes:
            self._changes[link] = self._changed(link)
        return self._changes[link]

    def _changed(self, link: Link) -> TargetChange:
        before = tuple(self.old.plan.targets[one] for one in link.old)
        after = tuple(self.new.plan.targets[one] for one in link.new)
        if not before:
            return TargetChange(Change.ADDED, before, after)
        if not after:
            return TargetChange(Change.DROPPED, before, after)
        if link.change is not None:
            return sum_of_parts(self.old, self.new, link.change, before, after)
        return self._same_target(before[0], after[0])

    def _same_target(self, before: Target, after: Target) -> TargetChange:
        old, new = self.old, self.new
        parent = self._parent(before, after)
        definition = (*changed_aspects(old, before, new, after), *((parent,) if parent else ()))
        change = TargetChange(Change.DEFINITION, (before,), (after,), definition=definition)
        first, second = before.goal_of(old.plan.year), after.goal_of(new.plan.year)
        come_to = None if change.not_comparable_by else levels(old.plan, before, new.plan, after)
        same_level = come_to is None or come_to[0] == come_to[1]
        found = None if change.blocked_by else difference(old.plan, before, new.plan, after)
        value_changed: bool | None = None
        if found is not None:
            value_changed = bool(found.value or found.upper) or not same_level
        elif same_level and _same_number(first, second):
            value_changed = False
        kind = Change.VALUE if value_changed else Change.UNCHANGED
        return TargetChange(
            Change.DEFINITION if change.changed_aspects else kind,
            (before,), (after,), value_changed, found, come_to, None, definition,
            tuple(other_changes(before, after)), renamed=before.id != after.id,
            foreseen=_foreseen(before, second, new.plan.year),
        )  # fmt: skip

    def _parent(self, before: Target, after: Target) -> AspectChange | None:
        """Return how the whole changed that a target is a part of: it is a share's denominator."""
        if before.parent is None and after.parent is None:
            return None
        link = self._of_old.get(before.parent or "")
        same = link is not None and link == self._of_new.get(after.parent or "")
        if same and link is not None and link.change is None and not self.change(link).not_comparable_by:
            return None
        return parent_changed(self.old, before, self.new, after, redefined=same)


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


__all__ = ["Change", "Edition", "PlanDiff", "TargetChange", "diff"]
