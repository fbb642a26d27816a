"""A series of cut-offs beside those of an earlier year."""

from rehabplan import figures
from rehabplan.plandiff.model import PlanDiff
from rehabplan.problems import Code, Problem, RehabplanError, problem
from rehabplan.trend.model import Trend
from rehabplan.yearbefore import YearBefore, year_before
from rehabplan.yearbefore.bysite import left_out
from rehabplan.yearbefore.period import same_period
from rehabplan.yearbefore.sites import SitePairs


def years_before(
    now: Trend, earlier: Trend, changes: PlanDiff, pairs: SitePairs
) -> tuple[tuple[YearBefore | None, ...], list[Problem]]:
    """Hold each cut-off against the one of the same period of an earlier year.

    Returns:
        None for a cut-off without one; where there is none at all, a problem that names those there are.
    """
    by_day = {one.period.cutoff: one for one in earlier.assessments}
    found: list[YearBefore | None] = []
    problems: list[Problem] = []
    outside: list[Problem] = []
    days = []
    for one in now.assessments:
        found.append(None)
        try:
            days.append(same_period(one.period, earlier.plan, changes.old.file).cutoff)
        except RehabplanError as error:
            outside += error.problems
            continue
        then = by_day.get(days[-1])
        if then is not None:
            found[-1] = year_before(one, then, changes, pairs)
            problems += left_out(one, then, pairs)
    if any(found):
        return tuple(found), problems
    if days:
        there = ", ".join(figures.day(day) for day in sorted(by_day))
        wanted = ", ".join(figures.day(day) for day in days)
        args = {"year": earlier.plan.year, "found": there, "wanted": wanted}
        problems.append(problem(Code.OTHER_SPAN, None, **args))
    return tuple(found), [*problems, *outside]
