"""The CSV output of `diff`: a row for each target of each step."""

from rehabplan.plan.goal import Comparator, Measure
from rehabplan.plan.model import Plan, Target
from rehabplan.plandiff.model import PlanDiff, TargetChange
from rehabplan.plandiff.series import Series
from rehabplan.render.csvtext import Value, csv_text

HEADER = (
    "from", "to", "change", "old_id", "new_id", "name", "unit", "old_goal", "new_goal", "difference",
    "difference_in", "percent", "value_changed", "definition_changed", "not_comparable_by", "held_equal",
)  # fmt: skip


def diff_csv(found: Series) -> str:
    """Return every step's targets, one a row, with the keys of the JSON contract as headings."""
    return csv_text(HEADER, [_row(step, one) for step in found.steps for one in step.targets])


def _row(step: PlanDiff, change: TargetChange) -> list[Value]:
    old, new = step.old.plan, step.new.plan
    found = change.difference
    plan = new if change.new else old
    return [
        old.year, new.year, str(change.change),
        _joined([one.id for one in change.old]), _joined([one.id for one in change.new]),
        str(change.target.name), plan.unit_id(change.target),
        _goals(old, change.old), _goals(new, change.new),
        found.value if found else None, found.unit if found else None, found.percent if found else None,
        None if change.value_changed is None else str(change.value_changed).lower(),
        _joined([one.aspect for one in change.changed_aspects]),
        _joined([one.aspect for one in change.blocked_by]),
        _joined([one.aspect for one in change.definition if one.reason is not None]),
    ]  # fmt: skip


def _joined(texts: list[str]) -> str | None:
    return "; ".join(str(one) for one in texts) or None


def _goals(plan: Plan, targets: tuple[Target, ...]) -> Value:
    """Return a plain goal as a number, any other as the plan writes it."""
    goals = [one.goal_of(plan.year) for one in targets]
    if len(goals) == 1 and goals[0].measure is Measure.NUMBER and goals[0].comparator is Comparator.AT_LEAST:
        return goals[0].value
    return _joined([goal.text for goal in goals])
