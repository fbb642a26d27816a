"""The JSON contracts: exact figures as JSON numbers with six decimals, no binary float on the way."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

import simplejson

from rehabplan import figures
from rehabplan.actuals.model import Evidence, State, Unplanned
from rehabplan.assess import Assessment, Result
from rehabplan.bysite import SiteResult, by_site
from rehabplan.numbers import Amount
from rehabplan.pace import sides_of
from rehabplan.period import Period
from rehabplan.plan.goal import Goal
from rehabplan.plan.model import Kind, Plan, Target
from rehabplan.problems import Problem, Where
from rehabplan.sites import Site, SiteIndex

CHECK_SCHEMA = "rehabplan/check/1"

_Json = dict[str, object]


def check_json(
    problems: Iterable[Problem], plan_file: str | None = None, assessment: Assessment | None = None,
    site: Site | None = None,
) -> str:  # fmt: skip
    """Return the document of `check --format json`, described in docs/json.md.

    Without an assessment (an input could not be used) everything but the problems is null or empty.
    """
    document: _Json = {"schema": CHECK_SCHEMA, "plan": None, "period": None, "counts": None}
    targets: list[_Json] = []
    unplanned: list[_Json] = []
    remarks: list[str] = []
    if assessment is not None:
        document["plan"] = _plan(assessment.plan, plan_file)
        document["period"] = _period(assessment.period)
        document["counts"] = {str(key): value for key, value in assessment.counts.items()}
        rows = {one.result.target.id: one.sites for one in by_site(assessment)}
        targets = [
            _target(assessment, result, rows.get(result.target.id, ()), site) for result in assessment.results
        ]
        unplanned = [_unplanned(row) for row in assessment.unplanned]
        remarks = [str(remark) for remark in assessment.remarks]
    document |= {
        "remarks": remarks,
        "targets": targets,
        "unplanned": unplanned,
        "problems": [_problem(item) for item in problems],
    }
    return simplejson.dumps(document, ensure_ascii=False, indent=2, use_decimal=True) + "\n"


def _number(value: Fraction | None, against: Fraction | None = None) -> int | Decimal | None:
    """Return a JSON number of at most six decimals, never rounded across `against`."""
    if value is None:
        return None
    if value.denominator == 1:
        return value.numerator
    return figures.rounded(value, figures.MOST_DIGITS, against).normalize() + 0


def _exact(amount: Amount | None) -> Fraction | None:
    return amount.value if amount is not None else None


def _low(amount: Amount | None) -> Fraction | None:
    return amount.low if amount is not None else None


def _high(amount: Amount | None) -> Fraction | None:
    return amount.high if amount is not None else None


def _plan(plan: Plan, file: str | None) -> _Json:
    document = plan.document
    return {
        "file": file,
        "year": plan.year,
        "title": {"vi": plan.title.vi, "en": plan.title.en},
        "issuer": plan.issuer,
        "document": {
            "number": document.number,
            "date": document.date.isoformat() if document.date else None,
            "source": document.source,
        },
        "bands": {"at_risk": _number(plan.bands.at_risk)},
    }


def _period(period: Period) -> _Json:
    return {
        "label": period.label,
        "from": period.first.isoformat(),
        "to": period.cutoff.isoformat(),
        "days": period.days_elapsed,
        "days_of_year": period.days,
        "elapsed": _number(period.elapsed, Fraction(1)),
        "convention": str(period.convention),
    }


def _target(assessment: Assessment, result: Result, rows: Sequence[SiteResult], site: Site | None) -> _Json:
    target, percent, gap = result.target, result.percent, result.gap
    reached = Fraction(100)
    return {
        "id": target.id,
        "name": {"vi": target.name.vi, "en": target.name.en},
        "kind": str(target.kind),
        "parent": target.parent,
        "goal": _goal(result.goal, target, assessment.plan),
        "actual": _actual(result),
        "percent": _number(_exact(percent), reached),
        "percent_low": _number(_low(percent), reached),
        "percent_high": _number(_high(percent), reached),
        "measured_in": result.measured_in,
        "gap": _number(_exact(gap), Fraction(0)),
        "gap_low": _number(_low(gap), Fraction(0)),
        "gap_high": _number(_high(gap), Fraction(0)),
        "expected": _number(result.expected),
        "status": str(result.status),
        "outlook": str(result.outlook) if result.outlook else None,
        "needed_per_month": _number(result.needed_per_month, Fraction(0)),
        "sites": _sites(assessment, result, rows, site),
        "evidence": [_evidence(item) for item in result.actual.evidence],
    }


def _sites(
    assessment: Assessment, result: Result, rows: Sequence[SiteResult], only: Site | None
) -> _Json | None:
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


def _site(index: SiteIndex, row: SiteResult) -> _Json:
    amount = row.actual.amount if row.actual.state is State.VALUE else None
    outer = index.enclosing(row.site)
    return {
        "key": row.site.key,
        "name": row.site.name,
        "within": outer.name if outer else None,
        "state": str(row.actual.state),
        "low": _number(_low(amount)),
        "low_open": amount.low_open if amount else False,
        "high": _number(_high(amount)),
        "high_open": amount.high_open if amount else False,
        "numerator": _number(_exact(row.actual.numerator)),
        "denominator": _number(_exact(row.actual.denominator)),
        "share": _number(row.share),
        "percent": _number(_exact(row.result.percent), Fraction(100)) if row.result else None,
        "status": str(row.result.status) if row.result else None,
        "evidence": [_evidence(item) for item in row.actual.evidence],
    }


def _goal(goal: Goal, target: Target, plan: Plan) -> _Json:
    sides = sides_of(target, goal)
    lower, upper = [s for s in sides if not s.upper], [s for s in sides if s.upper]
    milestone = target.kind is Kind.MILESTONE
    both = bool(lower and upper)
    base = target.baseline
    value = None if milestone else sides[0].value
    if both:
        value = lower[0].value
    return {
        "text": goal.text,
        "comparator": str(goal.comparator),
        "value": _number(value),
        "upper": _number(upper[0].value) if both else None,
        "unit": None if milestone else "percent" if target.kind.is_share else plan.unit_id(target),
        "direction": None if milestone else "range" if both else "lower" if upper else "higher",
        "baseline": _number(base.level) if base else None,
        "per": {"sites": target.sites, "each": _number(goal.each)} if goal.each else None,
        "due": target.due.isoformat() if target.due else None,
    }


def _actual(result: Result) -> _Json:
    actual, side = result.actual, result.goal.value
    shown = actual.amount if actual.state is State.VALUE else None
    return {
        "state": str(actual.state),
        "low": _number(_low(shown), side),
        "low_open": shown.low_open if shown else False,
        "high": _number(_high(shown), side),
        "high_open": shown.high_open if shown else False,
        "numerator": _number(_exact(actual.numerator)),
        "denominator": _number(_exact(actual.denominator)),
    }


def _evidence(item: Evidence) -> _Json:
    where = item.where
    return {"file": where.file, "sheet": where.sheet, "cell": where.cell, "text": item.text}


def _unplanned(row: Unplanned) -> _Json:
    reading = row.figure.readings[0] if len(row.figure.readings) == 1 else None
    return {
        "label": row.label,
        "unit": row.unit or None,
        "text": row.figure.raw,
        "value": _number(reading.amount.value) if reading and reading.over is None else None,
        "percent": bool(reading and reading.percent),
        "file": row.where.file,
        "sheet": row.where.sheet,
        "cell": row.where.cell,
    }


def _problem(item: Problem) -> _Json:
    where = item.where or Where("")
    return {
        "code": item.code.number,
        "severity": str(item.severity),
        "message": item.message,
        "file": where.file or None,
        "sheet": where.sheet,
        "cell": where.cell,
        "line": where.line,
        "column": where.column,
    }
