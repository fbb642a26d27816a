"""What the JSON contracts say of the same period of an earlier year."""

from fractions import Fraction

from rehabplan.assess import Result
from rehabplan.numbers import Amount
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
)
from rehabplan.render.jsontext import Json
from rehabplan.sites import Site
from rehabplan.yearbefore.model import SiteBeside, YearBefore

_ZERO = Fraction(0)


def previous_json(before: YearBefore) -> Json:
    """Return the earlier plan, its period, and what the comparison rests on."""
    found = before.assessment
    return {
        "plan": plan_json(found.plan, before.changes.old.file),
        "period": period_json(found.period),
        "remarks": [str(remark) for remark in before.remarks],
    }


def beside_json(before: YearBefore, result: Result, only: Site | None) -> Json:
    """Return a target's earlier figure and how the two differ."""
    beside = before.targets[result.target.id]
    then = beside.result
    rows = [row for row in before.sites.get(result.target.id, ()) if only is None or only in row.now]
    return {
        "id": then.target.id if then else None,
        "goal": goal_json(then.goal, then.target, before.assessment.plan) if then else None,
        "actual": actual_json(then.actual, then.goal.value) if then else None,
        "percent": number(exact(then.percent), Fraction(100)) if then else None,
        "status": str(then.status) if then else None,
        **_difference(beside.difference),
        "difference_percent": number(exact(beside.percent), _ZERO),
        "progress": number(exact(beside.progress), _ZERO),
        "reason": str(beside.reason) if beside.reason else None,
        "not_comparable_by": [str(one) for one in beside.aspects],
        "held_equal": [str(one) for one in beside.held_equal],
        "sites": [_site(row) for row in rows],
        "evidence": [evidence_json(item) for item in then.actual.evidence] if then else [],
    }


def _difference(difference: Amount | None) -> Json:
    return {
        "difference": number(exact(difference), _ZERO),
        "difference_low": number(low_of(difference), _ZERO),
        "difference_low_open": difference.low_open if difference else False,
        "difference_high": number(high_of(difference), _ZERO),
        "difference_high_open": difference.high_open if difference else False,
    }


def _site(row: SiteBeside) -> Json:
    return {
        "keys": [site.key for site in row.now],
        "previous_keys": [site.key for site in row.before],
        "actual": actual_json(row.actual),
        "previous": actual_json(row.earlier),
        **_difference(row.difference),
        "reason": str(row.reason) if row.reason else None,
    }
