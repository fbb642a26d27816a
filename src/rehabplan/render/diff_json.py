"""The JSON contract of `diff`: rehabplan/diff/1, described in docs/json.md."""

from collections.abc import Iterable
from fractions import Fraction

from rehabplan.plan.model import Kind, Plan, Target
from rehabplan.plandiff.goals import due_of
from rehabplan.plandiff.model import AspectChange, FieldChange, PlanDiff, Suggestion, TargetChange
from rehabplan.plandiff.series import Chain, Series
from rehabplan.problems import Problem
from rehabplan.render.jsonparts import goal_json, number, plan_json
from rehabplan.render.jsontext import Json, dumped, problem_json

DIFF_SCHEMA = "rehabplan/diff/1"


_ZERO = Fraction(0)


def diff_json(problems: Iterable[Problem], found: Series | None = None) -> str:
    """Return the document of `diff --format json`; without plans that can be used, of their problems."""
    return dumped(
        {
            "schema": DIFF_SCHEMA,
            "plans": [plan_json(one.plan, one.file) for one in found.editions] if found else [],
            "steps": [_step(at, step) for at, step in enumerate(found.steps)] if found else [],
            "series": [_chain(chain) for chain in found.chains] if found else [],
            "problems": [problem_json(item) for item in problems],
        }
    )


def _step(at: int, step: PlanDiff) -> Json:
    return {
        "from": at,
        "to": at + 1,
        "counts": {str(change): count for change, count in step.counts.items()},
        "targets": [_change(step, one) for one in step.targets],
        "plan": [_field(one) for one in step.head],
        "suggestions": [_suggestion(one) for one in step.suggestions],
    }


def _change(step: PlanDiff, change: TargetChange) -> Json:
    found = change.difference
    return {
        "change": str(change.change),
        "old": [_side(step.old.plan, one) for one in change.old],
        "new": [_side(step.new.plan, one) for one in change.new],
        "renamed": change.renamed,
        "value_changed": change.value_changed,
        "difference": number(found.value, _ZERO) if found else None,
        "difference_upper": number(found.upper, _ZERO) if found else None,
        "difference_in": found.unit if found else None,
        "percent": number(found.percent, _ZERO) if found else None,
        "level_difference": number(change.levels[1] - change.levels[0], _ZERO) if change.levels else None,
        "no_sum": str(change.no_sum) if change.no_sum else None,
        "definition": [_aspect(one) for one in change.definition],
        "not_comparable_by": [str(one.aspect) for one in change.blocked_by],
        "other": [_field(one) for one in change.other],
        "foreseen": str(change.foreseen) if change.foreseen else None,
    }


def _side(plan: Plan, target: Target) -> Json:
    milestone = target.kind is Kind.MILESTONE
    due = {"due": due_of(plan, target).isoformat()} if milestone else {}
    return {
        "id": target.id,
        "name": {"vi": target.name.vi, "en": target.name.en},
        "kind": str(target.kind),
        "unit": None if milestone else plan.unit_id(target),
        "goal": goal_json(target.goal_of(plan.year), target, plan) | due,
    }


def _aspect(one: AspectChange) -> Json:
    return {
        "aspect": str(one.aspect),
        "old": str(one.old),
        "new": str(one.new),
        "held_equal": one.reason.en if one.reason else None,
    }


def _field(one: FieldChange) -> Json:
    return {"field": one.field, "old": str(one.old), "new": str(one.new)}


def _suggestion(one: Suggestion) -> Json:
    return {"old": one.old.id, "new": one.new.id, "because": str(one.because)}


def _chain(chain: Chain) -> Json:
    return {
        "ids": [one.id if one else None for one in chain.targets],
        "changes": [str(one.change) if one else None for one in chain.steps],
    }
