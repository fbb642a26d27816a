"""The CSV output of `diff`: a row for each target of each step."""

from rehabplan.plan.goal import Comparator, Measure
from rehabplan.plan.model import Kind, Plan, Target
from rehabplan.plandiff.goals import due_of
from rehabplan.plandiff.model import PlanDiff, TargetChange
from rehabplan.plandiff.series import Series
from rehabplan.render.csvtext import Value, csv_text

HEADER = (
    "from", "to", "change", "old_id", "new_id", "name", "unit", "old_goal", "new_goal", "difference",
    "difference_in", "percent", "value_changed", "definition_changed", "not_comparable_by", "held_equal",
    "level_difference",
)  # fmt: skip


def diff_csv(found: Series, *, raw: bool = False) -> str:
    """Return every step's targets, one a row, with the keys of the JSON contract as headings."""
    rows = [_row(step, one) for step in found.steps for one in step.targets]
    return csv_text(HEADER, rows, raw=raw)


def _row(step: PlanDiff, change: TargetChange) -> list[Value]:
    old, new = step.old.plan, step.new.plan
    found = change.difference
    return [
        old.year, new.year, str(change.change),
        _joined([one.id for one in change.old]), _joined([one.id for one in change.new]),
        _joined([str(one.name) for one in change.new or change.old]), _units(old, new, change),
        _goals(old, change.old), _goals(new, change.new),
        found.value if found else None, found.unit if found else None, found.percent if found else None,
        None if change.value_changed is None else str(change.value_changed).lower(),
        _joined([one.aspect for one in change.changed_aspects]),
        _joined([one.aspect for one in change.blocked_by]),
        _joined([one.aspect for one in change.definition if one.reason is not None]),
        change.levels[1] - change.levels[0] if change.levels else None,
    ]  # fmt: skip


def _joined(texts: list[str]) -> str | None:
    return "; ".join(str(one) for one in texts) or None


def _goals(plan: Plan, targets: tuple[Target, ...]) -> Value:
    """Return a plain goal as a number, a milestone as its date, any other as the plan writes it."""
    goals = [one.goal_of(plan.year) for one in targets]
    if len(goals) == 1 and goals[0].measure is Measure.NUMBER and goals[0].comparator is Comparator.AT_LEAST:
        return goals[0].value
    return _joined([
        due_of(plan, one).isoformat() if one.kind is Kind.MILESTONE else goal.text
        for one, goal in zip(targets, goals, strict=True)
    ])  # fmt: skip


def _units(old: Plan, new: Plan, change: TargetChange) -> str | None:
    """Return the unit of the newest targets: of several each one's own, where they differ."""
    plan, targets = (new, change.new) if change.new else (old, change.old)
    units = [plan.unit_id(one) for one in targets if one.kind is not Kind.MILESTONE]
    return _joined(units if len(set(units)) > 1 else units[:1])
