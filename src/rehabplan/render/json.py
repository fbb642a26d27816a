"""The JSON contracts: exact figures as JSON numbers with six decimals, no binary float on the way."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from rehabplan.actuals.model import State
from rehabplan.assess import Assessment, Result
from rehabplan.bysite import SiteResult, by_site
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
from rehabplan.sites import Site, SiteIndex
from rehabplan.yearbefore.model import YearBefore

CHECK_SCHEMA = "rehabplan/check/1"


def check_json(
    problems: Iterable[Problem], plan_file: str | None = None, assessment: Assessment | None = None,
    site: Site | None = None, before: YearBefore | None = None,
) -> str:  # fmt: skip
    """Return the document of `check --format json`, described in docs/json.md.

    Without an assessment (an input could not be used) everything but the problems is null or empty.
    """
    document: Json = {"schema": CHECK_SCHEMA, "plan": None, "period": None, "counts": None,
                      "previous": None}  # fmt: skip
    targets: list[Json] = []
    unplanned: list[Json] = []
    remarks: list[str] = []
    if assessment is not None:
        document["plan"] = plan_json(assessment.plan, plan_file)
        document["period"] = period_json(assessment.period)
        document["counts"] = {str(key): value for key, value in assessment.counts.items()}
        rows = {one.result.target.id: one.sites for one in by_site(assessment)}
        targets = [
            _target(assessment, result, rows.get(result.target.id, ()), site, before)
            for result in assessment.results
        ]
        document["previous"] = previous_json(before) if before else None
        unplanned = [unplanned_json(row) for row in assessment.unplanned]
        remarks = [str(remark) for remark in assessment.remarks]
    document |= {
        "remarks": remarks,
        "targets": targets,
        "unplanned": unplanned,
        "problems": [problem_json(item) for item in problems],
    }
    return dumped(document)


def _target(
    assessment: Assessment, result: Result, rows: Sequence[SiteResult], site: Site | None,
    before: YearBefore | None,
) -> Json:  # fmt: skip
    target, percent, gap = result.target, result.percent, result.gap
    reached = Fraction(100)
    return {
        "id": target.id,
        "name": {"vi": target.name.vi, "en": target.name.en},
        "kind": str(target.kind),
        "parent": target.parent,
        "goal": goal_json(result.goal, target, assessment.plan),
        "actual": actual_json(result.actual, result.goal.value),
        "percent": number(exact(percent), reached),
        "percent_low": number(low_of(percent), reached),
        "percent_high": number(high_of(percent), reached),
        "measured_in": result.measured_in,
        "gap": number(exact(gap), Fraction(0)),
        "gap_low": number(low_of(gap), Fraction(0)),
        "gap_high": number(high_of(gap), Fraction(0)),
        "expected": number(result.expected),
        "status": str(result.status),
        "outlook": str(result.outlook) if result.outlook else None,
        "needed_per_month": number(result.needed_per_month, Fraction(0)),
        "sites": _sites(assessment, result, rows, site),
        "evidence": [evidence_json(item) for item in result.actual.evidence],
        "previous": beside_json(before, result, site) if before else None,
    }


def _sites(
    assessment: Assessment, result: Result, rows: Sequence[SiteResult], only: Site | None
) -> Json | None:
    rolled = result.sites
    if rolled is None:
        return None
    index = assessment.scope.sites
    return {
        "set": rolled.set,
        "count": rolled.count,
        "reported": rolled.reported,
        "missing": [index.label(site) for site in rolled.silent],
        "figures": [_site(index, row) for row in rows if only in (None, row.site)],
    }


def _site(index: SiteIndex, row: SiteResult) -> Json:
    amount = row.actual.amount if row.actual.state is State.VALUE else None
    outer = index.enclosing(row.site)
    return {
        "key": row.site.key,
        "name": row.site.name,
        "within": outer.name if outer else None,
        "state": str(row.actual.state),
        "low": number(low_of(amount)),
        "low_open": amount.low_open if amount else False,
        "high": number(high_of(amount)),
        "high_open": amount.high_open if amount else False,
        "numerator": number(exact(row.actual.numerator)),
        "denominator": number(exact(row.actual.denominator)),
        "share": number(row.share),
        "percent": number(exact(row.result.percent), Fraction(100)) if row.result else None,
        "status": str(row.result.status) if row.result else None,
        "evidence": [evidence_json(item) for item in row.actual.evidence],
    }
