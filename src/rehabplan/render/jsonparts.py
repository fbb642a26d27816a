"""Parts that the JSON contracts share: exact figures as JSON numbers with six decimals, plans, goals."""

from decimal import Decimal
from fractions import Fraction

from rehabplan import figures
from rehabplan.actuals.model import Actual, Evidence, State, Unplanned
from rehabplan.numbers import Amount
from rehabplan.pace import sides_of
from rehabplan.period import Period
from rehabplan.plan.goal import Goal
from rehabplan.plan.model import Kind, Plan, Target
from rehabplan.render.jsontext import Json


def number(value: Fraction | None, against: Fraction | None = None) -> int | Decimal | None:
    """Return a JSON number of at most six decimals, never rounded across `against`."""
    if value is None:
        return None
    if value.denominator == 1:
        return value.numerator
    return figures.rounded(value, figures.MOST_DIGITS, against).normalize() + 0


def exact(amount: Amount | None) -> Fraction | None:
    """Return the value of an amount that is exactly known."""
    return amount.value if amount is not None else None


def low_of(amount: Amount | None) -> Fraction | None:
    """Return the low end of an amount."""
    return amount.low if amount is not None else None


def high_of(amount: Amount | None) -> Fraction | None:
    """Return the high end of an amount."""
    return amount.high if amount is not None else None


def plan_json(plan: Plan, file: str | None) -> Json:
    """Return what a document says of its plan."""
    document = plan.document
    return {
        "file": file,
        "year": plan.year,
        "title": {"vi": plan.title.vi, "en": plan.title.en},
        "issuer": plan.issuer,
        "document": {
            "number": document.number,
            "date": document.date.isoformat() if document.date else None,
            "source": document.source.en if document.source else None,
        },
        "bands": {"at_risk": number(plan.bands.at_risk)},
    }


def period_json(period: Period) -> Json:
    """Return what a document says of its period."""
    return {
        "label": period.label,
        "from": period.first.isoformat(),
        "to": period.cutoff.isoformat(),
        "days": period.days_elapsed,
        "days_of_year": period.days,
        "elapsed": number(period.elapsed, Fraction(1)),
        "convention": str(period.convention),
    }


def goal_json(goal: Goal, target: Target, plan: Plan) -> Json:
    """Return a goal with the levels that it means."""
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
        "value": number(value),
        "upper": number(upper[0].value) if both else None,
        "unit": None if milestone else "percent" if target.kind.is_share else plan.unit_id(target),
        "direction": None if milestone else "range" if both else "lower" if upper else "higher",
        "baseline": number(base.level) if base else None,
        "per": {"sites": target.sites, "each": number(goal.each)} if goal.each else None,
        "due": target.due.isoformat() if target.due else None,
    }


def actual_json(actual: Actual, against: Fraction | None = None) -> Json:
    """Return an actual with its bounds, never rounded across `against`."""
    shown = actual.amount if actual.state is State.VALUE else None
    return {
        "state": str(actual.state),
        "low": number(low_of(shown), against),
        "low_open": shown.low_open if shown else False,
        "high": number(high_of(shown), against),
        "high_open": shown.high_open if shown else False,
        "numerator": number(exact(actual.numerator)),
        "denominator": number(exact(actual.denominator)),
    }


def evidence_json(item: Evidence) -> Json:
    """Return the cell that a figure rests on."""
    where = item.where
    return {"file": where.file, "sheet": where.sheet, "cell": where.cell, "text": item.text}


def unplanned_json(row: Unplanned) -> Json:
    """Return a row that no target asks for."""
    reading = row.figure.readings[0] if len(row.figure.readings) == 1 else None
    return {
        "label": row.label,
        "unit": row.unit or None,
        "text": row.figure.raw,
        "value": number(reading.amount.value) if reading and reading.over is None else None,
        "percent": bool(reading and reading.percent),
        "file": row.where.file,
        "sheet": row.where.sheet,
        "cell": row.where.cell,
    }
