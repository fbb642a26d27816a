"""The JSON contract of `trend` (docs/json.md)."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from rehabplan.pace import sides_of
from rehabplan.plan.model import Target
from rehabplan.problems import Problem
from rehabplan.render.jsonparts import (
    actual_json,
    evidence_json,
    exact,
    goal_json,
    high_of,
    low_of,
    number,
    period_json,
    plan_json,
    unplanned_json,
)
from rehabplan.render.jsontext import Json, dumped, problem_json
from rehabplan.render.previous_json import beside_json, previous_json
from rehabplan.trend.model import Point, TargetTrend, Trend
from rehabplan.yearbefore.model import YearBefore

TREND_SCHEMA = "rehabplan/trend/1"


def trend_json(
    problems: Iterable[Problem], plan_file: str | None = None, trend: Trend | None = None,
    before: Sequence[YearBefore | None] = (),
) -> str:  # fmt: skip
    """Return the document of `trend --format json`; without a trend only the problems are there."""
    document: Json = {"schema": TREND_SCHEMA, "plan": None, "periods": [], "remarks": [], "targets": []}
    document["previous"] = None
    document["unplanned"] = []
    if trend is not None:
        document["plan"] = plan_json(trend.plan, plan_file)
        document["periods"] = [
            {**period_json(one.period), "files": list(one.files)} for one in trend.assessments
        ]
        document["remarks"] = [str(remark) for remark in trend.remarks]
        document["targets"] = [_target(trend, one, before) for one in trend.targets]
        known = [one for one in before if one is not None]
        document["previous"] = previous_json(known[-1]) if known else None
        document["unplanned"] = [unplanned_json(row) for row in trend.unplanned]
    document["problems"] = [problem_json(item) for item in problems]
    return dumped(document)


def _target(trend: Trend, one: TargetTrend, before: Sequence[YearBefore | None]) -> Json:
    target = one.target
    earlier = before or [None] * len(one.points)
    return {
        "id": target.id,
        "name": {"vi": target.name.vi, "en": target.name.en},
        "kind": str(target.kind),
        "parent": target.parent,
        "goal": goal_json(one.last.result.goal, target, trend.plan),
        "status": str(one.last.result.status),
        "move": str(one.move) if one.move else None,
        "projection": _projection(one.basis),
        "points": [_point(point, then) for point, then in zip(one.points, earlier, strict=True)],
    }


def _point(point: Point, before: YearBefore | None) -> Json:
    result = point.result
    return {
        "period": point.period.label,
        "to": point.period.cutoff.isoformat(),
        "reported": point.reported,
        "actual": actual_json(result.actual, result.goal.value),
        "added_low": number(low_of(point.added)),
        "added_high": number(high_of(point.added)),
        "added": number(exact(point.added)),
        "added_in": point.added_in or None,
        "measured_in": result.measured_in,
        "expected": number(result.expected),
        "status": str(result.status),
        "projection": _projection(point),
        "evidence": [evidence_json(item) for item in result.actual.evidence],
        "previous": beside_json(before, result, None) if before else None,
    }


def _projection(point: Point) -> Json:
    projection = point.projection
    amount, against = projection.amount, _goal(point.result.target, point)
    return {
        "from": point.period.cutoff.isoformat(),
        "low": number(low_of(amount), against),
        "low_open": amount.low_open if amount else False,
        "high": number(high_of(amount), against),
        "high_open": amount.high_open if amount else False,
        "rule": str(projection.rule),
        "said": str(projection.said),
        "reaches_goal": projection.reaches,
    }


def _goal(target: Target, point: Point) -> Fraction:
    return sides_of(target, point.result.goal)[0].value
