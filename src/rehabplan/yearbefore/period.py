"""The same period of an earlier year: which days it has, and which figures are of it."""

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from rehabplan import figures
from rehabplan.actuals.model import Report
from rehabplan.gather import Gathered, gather
from rehabplan.i18n import N_
from rehabplan.period import Period, period_of, period_until
from rehabplan.period_choice import choose_period
from rehabplan.plan.model import Plan
from rehabplan.problems import Code, Problem, RehabplanError, Where, message, problem
from rehabplan.sites import SiteIndex


def same_period(period: Period, before: Plan, file: str = "") -> Period:
    """Return the period of an earlier plan's year that answers to one of this year.

    A label names the same part of the year, by that plan's convention; a date without one the same
    day and month (28 February for the 29th).

    Args:
        period: the period of this year.
        before: the earlier plan.
        file: its file, for the problem.

    Raises:
        RehabplanError: the earlier year, cut by another convention, does not have that day.
    """
    if period.label:
        return period_of(period.label, before.year, before.convention)
    year = before.year + period.cutoff.year - period.year
    try:
        cutoff = period.cutoff.replace(year=year)
    except ValueError:
        cutoff = date(year, 2, 28)
    found = period_until(cutoff, before.year, before.convention)
    if not found.first <= cutoff <= found.last:
        first, last, day = (figures.day(one) for one in (found.first, found.last, cutoff))
        args = {"year": before.year, "day": day, "first": first, "last": last}
        raise RehabplanError([problem(Code.NO_SUCH_DAY, None, file=file, **args)])
    return found


def gather_before(plan: Plan, reports: Sequence[Report], sites: SiteIndex, wanted: Period) -> Gathered:
    """Bring an earlier year's reports together at the period that is asked for, and at no other.

    Raises:
        RehabplanError: none of them has figures of that period, or none is of that year.
    """
    refused = [one for one in reports if _says_no_period(plan, one) and wanted.cutoff not in one.cutoffs]
    unsaid = [_unsaid(plan, one, wanted) for one in refused]
    used = [one for one in reports if one not in refused]
    if not used:
        raise RehabplanError(unsaid)
    if len(used) == 1:
        _check_alone(plan, used[0], wanted)
    gathered = gather(plan, used, sites, as_of=wanted.cutoff)
    if not any(one.until == wanted.cutoff for one in gathered.observations):
        raise RehabplanError([*_hard(gathered.problems), *unsaid, _other_span(plan, used, wanted)])
    # That there are reports of later periods, and columns for them, is no matter here.
    besides = (Code.LATER_REPORT, Code.PERIOD_AHEAD, Code.PERIODS_DIFFER)
    kept = tuple(item for item in gathered.problems if item.code not in besides)
    return replace(gathered, problems=(*kept, *unsaid))


def _says_no_period(plan: Plan, report: Report) -> bool:
    """Tell whether a report may be of any period: "results of 2023" may be nine months or twelve."""
    try:
        choose_period(plan, report.clues)
    except RehabplanError as error:
        return all(item.code is Code.NO_PERIOD for item in error.problems)
    return False


def _unsaid(plan: Plan, report: Report, wanted: Period) -> Problem:
    found = message(N_("a period that neither a title nor the file's name says"))
    args = {"year": plan.year, "found": found, "wanted": figures.day(wanted.cutoff)}
    return problem(Code.OTHER_SPAN, Where(report.file), **args)


def _check_alone(plan: Plan, report: Report, wanted: Period) -> None:
    """Refuse a single report of another period, which `gather` would take for the one asked for."""
    if wanted.cutoff in report.cutoffs:
        return
    if choose_period(plan, report.clues).period.cutoff != wanted.cutoff:
        raise RehabplanError([_other_span(plan, [report], wanted)])


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
