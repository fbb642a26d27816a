"""The same period of an earlier year: which days it has, and which figures are of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from rehabplan import figures
from rehabplan.actuals.model import Report
from rehabplan.gather import Gathered, gather
from rehabplan.period import Period, period_of, period_until
from rehabplan.period_choice import choose_period
from rehabplan.plan.model import Plan
from rehabplan.problems import Code, Problem, RehabplanError, Where, problem
from rehabplan.sites import SiteIndex


def same_period(period: Period, before: Plan) -> Period:
    """Return the period of an earlier plan's year that answers to one of this year.

    A label names the same part of the year, by that plan's convention; a date without one the same
    day and month (28 February for the 29th).
    """
    if period.label:
        return period_of(period.label, before.year, before.convention)
    year = before.year + period.cutoff.year - period.year
    try:
        cutoff = period.cutoff.replace(year=year)
    except ValueError:
        cutoff = date(year, 2, 28)
    return period_until(cutoff, before.year, before.convention)


def gather_before(plan: Plan, reports: Sequence[Report], sites: SiteIndex, wanted: Period) -> Gathered:
    """Bring an earlier year's reports together at the period that is asked for, and at no other.

    Raises:
        RehabplanError: none of them has figures of that period, or none is of that year.
    """
    assumed = _check_alone(plan, reports[0], wanted) if len(reports) == 1 else []
    gathered = gather(plan, reports, sites, as_of=wanted.cutoff)
    if not any(one.until == wanted.cutoff for one in gathered.observations):
        raise RehabplanError([*_hard(gathered.problems), _other_span(plan, reports, wanted)])
    # That there are reports of later periods, and columns for them, is no matter here.
    besides = (Code.LATER_REPORT, Code.PERIOD_AHEAD, Code.PERIODS_DIFFER)
    kept = tuple(item for item in gathered.problems if item.code not in besides)
    return replace(gathered, problems=(*kept, *assumed))


def _check_alone(plan: Plan, report: Report, wanted: Period) -> list[Problem]:
    """Refuse a single report of another period, which `gather` would take for the one asked for."""
    try:
        own = choose_period(plan, report.clues).period
    except RehabplanError as error:
        if any(item.code is not Code.NO_PERIOD for item in error.problems):
            raise
        used = figures.day(wanted.cutoff)
        return [problem(Code.PERIOD_ASSUMED, Where(report.file), used=used)]
    if own.cutoff != wanted.cutoff and wanted.cutoff not in report.cutoffs:
        raise RehabplanError([_other_span(plan, [report], wanted)])
    return []


def _hard(problems: Sequence[Problem]) -> list[Problem]:
    return [item for item in problems if item.code in (Code.OTHER_YEAR, Code.AS_OF_OUTSIDE)]


def _other_span(plan: Plan, reports: Sequence[Report], wanted: Period) -> Problem:
    """Return the problem that no figure is of the period asked for, with the periods that there are."""
    found: set[date] = set()
    for report in reports:
        found |= report.cutoffs
        try:
            found.add(choose_period(plan, report.clues).period.cutoff)
        except RehabplanError:
            continue
    shown = ", ".join(figures.day(one) for one in sorted(found)) or "?"
    where = Where(reports[0].file) if len(reports) == 1 else None
    args = {"year": plan.year, "found": shown, "wanted": figures.day(wanted.cutoff)}
    return problem(Code.OTHER_SPAN, where, **args)
