"""The record of changed goals: does it hang together, and does it tell every change that was made?

Pure functions. `changes:` in the plan file gives date, target, from, to and a reason; what the file
itself said earlier comes from `plan.history`. Goals are compared by what they mean, not by how they are
written. Of a target with a goal for each year, the goal of the plan's own year is meant.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from msgspec import Struct, field

from rehabplan import figures
from rehabplan.i18n import _
from rehabplan.plan.checks import Finding, finding
from rehabplan.plan.consistency import goal_now as goal_of_year
from rehabplan.plan.continuity import GoalChange
from rehabplan.plan.goal import Comparator, Goal, due_goal, same_goal
from rehabplan.plan.model import Plan
from rehabplan.problems import Code, hint
from rehabplan.text import closest


def check_changes(plan: Plan, known: frozenset[str]) -> Iterator[Finding]:
    """Yield what is wrong with a plan's record of changes; `known` holds also ids that cannot be read."""
    for index, (one, other) in enumerate(pairwise(plan.changes), start=1):
        if other.date < one.date:
            shown = {"found": figures.day(other.date), "before": figures.day(one.date)}
            yield finding(Code.CHANGES_ORDER, "changes", index, "date", **shown)
    names = Names.of([{name: plan.targets[name].was if name in plan.targets else () for name in known}])
    by_target: dict[str, list[tuple[int, GoalChange]]] = {}
    for index, entry in enumerate(plan.changes):
        by_target.setdefault(names.now(entry.target), []).append((index, entry))
        if same_goal(entry.before, entry.after):
            shown = {"found": _shown(entry.after), "target": entry.target}
            yield finding(Code.CHANGE_OF_NOTHING, "changes", index, "to", **shown)
    yield from _check_dates(plan)
    for target, entries in by_target.items():
        yield from _check_chain(plan, target, sorted(entries, key=lambda item: item[1].date), known)


_YEARS = {"document": (5, 0), "changes": (1, 5)}
"""How many years before and after a plan's own its dates may lie: a document for several years is older, and
an old plan may be corrected, or come into git, much later."""


def _check_dates(plan: Plan) -> Iterator[Finding]:
    """Ask about dates that a plan can hardly have: by the document's, changes count as changes."""
    dates: list[tuple[tuple[str | int, ...], date | None]] = [(("document", "date"), plan.document.date)]
    dates += [(("changes", at, "date"), entry.date) for at, entry in enumerate(plan.changes)]
    for path, day in dates:
        before, after = _YEARS[str(path[0])]
        if day is not None and not plan.year - before <= day.year <= plan.year + after:
            yield finding(Code.DATE_FAR_AWAY, *path, found=figures.day(day), year=plan.year)


def _check_chain(
    plan: Plan, target: str, entries: Sequence[tuple[int, GoalChange]], known: frozenset[str]
) -> Iterator[Finding]:
    """Check one target's changes, in the order of their dates."""
    for (_first, one), (index, other) in pairwise(entries):
        if not same_goal(one.after, other.before):
            shown = {"found": _shown(other.before), "before": _shown(one.after)}
            args = {"target": other.target, "date": figures.day(one.date)}
            yield finding(Code.CHANGES_BROKEN, "changes", index, "from", **shown, **args)
    index, last = entries[-1]
    if target not in known:
        if last.after is not None:
            guess = hint(closest(last.target, known))
            yield finding(Code.CHANGE_NO_TARGET, "changes", index, "target", found=last.target, hint=guess)
        return
    now = goal_now(plan, target)
    if now is not None and not same_goal(last.after, now):
        args = {"target": target, "found": _shown(last.after), "goal": now.text}
        yield finding(Code.CHANGES_NOT_NOW, "changes", index, "to", **args)


def goal_now(plan: Plan, target_id: str) -> Goal | None:
    """Return what changes are told of: a target's goal of the plan's year, of a milestone its due date."""
    goal, target = goal_of_year(plan, target_id), plan.targets.get(target_id)
    return due_goal(target.due) if goal and target and target.due else goal


def _shown(goal: Goal | None) -> str:
    return _("not in the plan") if goal is None else f"'{goal.text}'"


# ── what git knows ────────────────────────────────────────────────────────────────────────────


class Version(Struct, frozen=True):
    """What a plan file said in one of its versions."""

    goals: Mapping[str, Goal]
    """Target id → its goal of the plan's year."""
    commit: str = ""
    """The short hash; "" for the working copy."""
    day: date | None = None
    """When it was committed; today for the working copy."""
    was: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()
    """Targets that are there with a goal that cannot be read, of which nothing can be said."""
    draft: bool = False


class Names:
    """Which id a target has now, by the `was:` of every version."""

    def __init__(self) -> None:
        self._next: dict[str, str] = {}

    @classmethod
    def of(cls, versions: Iterable[Mapping[str, tuple[str, ...]]]) -> "Names":
        """Learn from the ids of every version, oldest first, each with the ids that it had before."""
        names = cls()
        for ids in versions:
            for name, before in ids.items():
                for old in before:
                    if old not in ids:
                        names._next[old] = name
        return names

    def now(self, name: str) -> str:
        """Return the last id of a target."""
        seen = [name]
        while (name := self._next.get(name, name)) not in seen:
            seen.append(name)
        return seen[-1]


class Step(Struct, frozen=True):
    """A change of a goal from one version to the next; None where the target was not in the plan."""

    target: str
    before: Goal | None
    after: Goal | None
    version: Version


def unrecorded(plan: Plan, versions: Sequence[Version], today: date) -> list[Step]:
    """Return the changes of goals that `changes:` does not tell.

    Free to be edited are a draft, and a plan until it is issued: up to `document.date` where the plan
    knows it, else up to the file's first version that was no draft. A change that was taken back needs no
    entry, and one entry may tell of several changes at once.

    Args:
        plan: the plan as it is now.
        versions: its file's earlier versions, oldest first.
        today: the day of the working copy.
    """
    issued = plan.document.date
    decided = [one for one in versions if not one.draft]
    if plan.draft or not decided or (issued is not None and today <= issued):
        return []
    early = [at for at, one in enumerate(decided) if issued and one.day and one.day <= issued]
    decided = decided[early[-1] if early else 0 :]
    goals = {name: goal for name in plan.targets if (goal := goal_now(plan, name))}
    was = {name: target.was for name, target in plan.targets.items()}
    decided.append(Version(goals, day=today, was=was))
    names = Names.of([{name: one.was.get(name, ()) for name in (*one.goals, *one.unread)} for one in decided])
    found: list[Step] = []
    for target in dict.fromkeys(names.now(name) for one in decided for name in one.goals):
        steps = list(_steps(target, decided, names))
        entries = [entry for entry in plan.changes if names.now(entry.target) == target]
        found += _untold(steps, entries)
    return found


def _steps(target: str, versions: Sequence[Version], names: Names) -> Iterator[Step]:
    """Yield every change of one target's goal."""
    before: Goal | None = None
    for number, version in enumerate(versions):
        if any(names.now(name) == target for name in version.unread):
            continue
        own = [goal for name, goal in version.goals.items() if names.now(name) == target]
        after = own[0] if own else None
        if number and not same_goal(before, after):
            yield Step(target, before, after, version)
        before = after


def _untold(steps: Sequence[Step], entries: Sequence[GoalChange]) -> list[Step]:
    """Return the fewest steps that remain when entries tell of as many as they can.

    Entries that follow one another tell of a change together, and one may tell of several steps.
    """
    if not steps:
        return []
    path = [steps[0].before, *(step.after for step in steps)]
    # For each goal on the path, the steps that are left untold on the way to it.
    left: list[list[Step]] = [[]]
    for at in range(1, len(path)):
        best = [*left[at - 1], steps[at - 1]]
        for earlier in range(at):
            if len(left[earlier]) < len(best) and _told(path[earlier], path[at], entries):
                best = left[earlier]
        left.append(best)
    return left[-1]


def _told(before: Goal | None, after: Goal | None, entries: Sequence[GoalChange]) -> bool:
    """Tell whether entries, one or several in a row, lead from one goal to another."""
    reached, ahead = [before], [before]
    while ahead:
        here = ahead.pop()
        if same_goal(here, after):
            return True
        for entry in entries:
            known = any(same_goal(entry.after, one) for one in reached)
            if same_goal(entry.before, here) and not known:
                reached.append(entry.after)
                ahead.append(entry.after)
    return False


def as_finding(step: Step) -> Finding:
    """Return the finding that an untold change is: at its target, with the entry to be written."""
    what = _what(step).format(target=step.target, before=_text(step.before), after=_text(step.after))
    when = _("since the last commit")
    day = step.version.day
    if step.version.commit:
        shown = figures.day(day) if day else "…"
        when = _("in commit {commit} of {day}").format(commit=step.version.commit, day=shown)
    entry = f"- {{date: {day or '…'}, target: {step.target}, from: {_yaml(step.before)}, "
    entry += f'to: {_yaml(step.after)}, reason: "…"}}'
    path = ("targets", step.target)
    return Finding(Code.CHANGE_NOT_TOLD, path, {"what": what, "when": when, "entry": entry}, at_key=True)


def _what(step: Step) -> str:
    if step.before is None:
        return _("'{target}' came into the plan with the goal {after}")
    if step.after is None:
        return _("'{target}' was taken out of the plan (its goal was {before})")
    if step.before.comparator is step.after.comparator is Comparator.DONE:
        return _("The due date of '{target}' was changed from {before} to {after}")
    return _("The goal of '{target}' was changed from {before} to {after}")


def _text(goal: Goal | None) -> str:
    return "" if goal is None else f"'{goal.text}'"


def _yaml(goal: Goal | None) -> str:
    """Return a goal as a plan file writes it."""
    if goal is None:
        return "null"
    if goal.each is not None:
        return f"{{{goal.text}}}"
    plain = re.fullmatch(r"\d+(\.\d+)?|done|\d{4}-\d\d-\d\d", goal.text)
    return goal.text if plain else f'"{goal.text}"'
