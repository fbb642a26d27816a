"""A series of cut-offs beside those of an earlier year."""

from rehabplan import figures
from rehabplan.plandiff.model import PlanDiff
from rehabplan.problems import Code, Problem, problem
from rehabplan.trend.model import Trend
from rehabplan.yearbefore import YearBefore, year_before
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
    for one in now.assessments:
        then = by_day.get(same_period(one.period, earlier.plan).cutoff)
        found.append(year_before(one, then, changes, pairs) if then is not None else None)
    problems = []
    if not any(found):
        there = ", ".join(figures.day(day) for day in sorted(by_day))
        wanted = ", ".join(figures.day(same_period(one, earlier.plan).cutoff) for one in now.periods)
        args = {"year": earlier.plan.year, "found": there, "wanted": wanted}
        problems.append(problem(Code.OTHER_SPAN, None, **args))
    return tuple(found), problems
