"""A plan held against its own earlier versions in git: which changes of goals have no reason."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import cast

from rehabplan import figures
from rehabplan.i18n import _
from rehabplan.plan.changes import Version, as_finding, unrecorded
from rehabplan.plan.continuity import read_ids
from rehabplan.plan.fields import read_goals
from rehabplan.plan.files import read_plan_text
from rehabplan.plan.git import FileVersion, HistoryError, file_versions
from rehabplan.plan.goal import Goal, due_goal
from rehabplan.plan.model import Plan
from rehabplan.problems import Code, Problem, RehabplanError, Where, problem
from rehabplan.textfile import TextFileError, text_of
from rehabplan.yamltree import Tree, read_tree


def check_history(path: Path, plan: Plan, today: date) -> list[Problem]:
    """Return a warning for every change of a goal that git knows and the plan's `changes:` does not.

    Args:
        path: the plan's file.
        plan: what it says now, committed or not.
        today: the day of the working copy.
    """
    try:
        kept = file_versions(path)
    except HistoryError as error:
        return [problem(Code.HISTORY_UNREADABLE, Where(str(path)), reason=str(error))]
    problems = _cut_off(path, plan, kept)
    versions: list[Version] = []
    for one in reversed(kept):
        raw = _raw(one)
        if raw is None:
            continue
        year = raw[1].get("year")
        if isinstance(year, int) and year != plan.year:
            problems = []
            break  # the file began as the plan of another year
        versions.append(_version(one, *raw, year=plan.year))
    steps = unrecorded(plan, versions[::-1], today)
    if not steps:
        return problems
    tree = read_tree(read_plan_text(path), str(path))
    findings = [as_finding(step) for step in steps]
    told = [problem(one.code, tree.where(one.path, key=one.at_key), **one.args) for one in findings]
    return [*problems, *told]


def _cut_off(path: Path, plan: Plan, kept: Sequence[FileVersion]) -> list[Problem]:
    """Tell where a clone lacks the older versions, unless all that it lacks was free to be edited."""
    issued = plan.document.date
    if not kept or not kept[0].cut or plan.draft or (issued and kept[0].day <= issued):
        return []
    reason = _("this clone holds none before {day} (`git fetch --unshallow` brings them)")
    text = reason.format(day=figures.day(kept[0].day))
    return [problem(Code.HISTORY_UNREADABLE, Where(str(path)), reason=text)]


_TOLD = (("goal",), ("due",))


def _raw(version: FileVersion) -> tuple[Tree, dict[object, object]] | None:
    """Return a version as plain values, None where it is no plan (half a merge, a slip)."""
    try:
        tree = read_tree(text_of(version.content), version.commit)
    except (TextFileError, RehabplanError):
        return None
    raw = tree.value if isinstance(tree.value, dict) else {}
    targets = raw.get("targets")
    return (tree, raw) if isinstance(targets, dict) and targets else None


def _version(version: FileVersion, tree: Tree, raw: dict[object, object], year: int) -> Version:
    goals: dict[str, Goal] = {}
    was: dict[str, tuple[str, ...]] = {}
    unread: set[str] = set()
    untold = {path[1] for path in tree.broken if path[:1] == ("targets",) and path[2:3] in _TOLD}
    for name, target in cast("dict[object, object]", raw["targets"]).items():
        goal = None
        if isinstance(target, dict) and name not in untold:
            was[str(name)] = tuple(str(one) for one in read_ids(target.get("was") or ()))
            goal, due = _goal(target.get("goal"), year), target.get("due")
            goal = due_goal(due) if goal and isinstance(due, date) else goal
        if goal is None:
            unread.add(str(name))
        else:
            goals[str(name)] = goal
    draft = raw.get("draft") is True
    return Version(goals, version.commit, version.day, was, frozenset(unread), draft)


def _goal(raw: object, year: int) -> Goal | None:
    try:
        goals = read_goals(raw)
    except ValueError:
        return None
    return goals.get(None) or goals.get(year)
