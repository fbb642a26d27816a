"""From the paths of reports to an assessment: what `check`, `trace` and `trend` share."""

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rehabplan.i18n import _
from rehabplan.problems import Code, Problem, RehabplanError, problem

if TYPE_CHECKING:
    from rehabplan.actuals.model import Report
    from rehabplan.assess import Assessment
    from rehabplan.cli.options import Previous
    from rehabplan.plan.load import LoadedPlan
    from rehabplan.plandiff import PlanDiff
    from rehabplan.trend.model import Trend
    from rehabplan.yearbefore import YearBefore
    from rehabplan.yearbefore.sites import SitePairs


_WORTH_A_BAR = 3


def _progress(count: int) -> AbstractContextManager[Callable[[], None]]:
    """Return a progress bar for many files; a few are read before one could be seen."""
    if count < _WORTH_A_BAR or not sys.stderr.isatty():
        return nullcontext(lambda: None)
    from rehabplan.render.progress import progress

    return progress(sys.stderr, count, _("Reading reports"))


def assess_year_before(
    loaded: "LoadedPlan", now: "Assessment", asked: "Previous"
) -> "tuple[YearBefore | None, list[Problem]]":
    """Judge the same period of an earlier year, and hold the results against it.

    Returns:
        None in its place where that year's plan or reports cannot be used, and all its problems.
    """
    try:
        found = _year_before(loaded, now, asked)
    except RehabplanError as error:
        return None, error.problems
    return found


def _year_before(
    loaded: "LoadedPlan", now: "Assessment", asked: "Previous"
) -> "tuple[YearBefore, list[Problem]]":
    from rehabplan.assess import assess
    from rehabplan.measure.scope import Scope
    from rehabplan.yearbefore import year_before
    from rehabplan.yearbefore.bysite import left_out
    from rehabplan.yearbefore.period import gather_before, same_period

    before, changes, pairs = _earlier_plan(loaded, asked)
    reports, problems = read_paths(before, asked.paths)
    try:
        wanted = same_period(now.period, before.plan, before.file)
        gathered = gather_before(before.plan, reports, before.sites, wanted)
    except RehabplanError as error:
        raise RehabplanError([*error.problems, *problems]) from error
    earlier = assess(before.plan, gathered, Scope(before.sites, before.shares), problems)
    told = [*before.problems, *earlier.problems, *pairs.problems, *left_out(now, earlier, pairs)]
    return year_before(now, earlier, changes, pairs), told


def follow_year_before(
    loaded: "LoadedPlan", now: "Trend", asked: "Previous"
) -> "tuple[tuple[YearBefore | None, ...], list[Problem]]":
    """Follow an earlier year, and hold every cut-off against the one of the same period.

    Returns:
        None for a cut-off that the earlier year has no figures of, and the earlier year's problems.
    """
    from rehabplan.measure.scope import Scope
    from rehabplan.trend import trend
    from rehabplan.yearbefore.series import years_before

    try:
        before, changes, pairs = _earlier_plan(loaded, asked)
        reports, problems = read_paths(before, asked.paths)
        earlier = trend(before.plan, reports, Scope(before.sites, before.shares), problems)
        found, missing = years_before(now, earlier, changes, pairs)
    except RehabplanError as error:
        return (None,) * len(now.assessments), error.problems
    return found, [*before.problems, *earlier.problems, *pairs.problems, *missing]


def _earlier_plan(loaded: "LoadedPlan", asked: "Previous") -> "tuple[LoadedPlan, PlanDiff, SitePairs]":
    """Load the plan of the earlier year, and pair its targets and sites with this year's."""
    from rehabplan.plan.crosswalk import read_crosswalk
    from rehabplan.plan.find import find_plan, plan_of_year_before
    from rehabplan.plan.load import load_plan
    from rehabplan.plandiff import Edition, diff
    from rehabplan.yearbefore.sites import pair_sites

    year = loaded.plan.year
    path = find_plan(asked.plan) if asked.plan else plan_of_year_before(loaded.file, year)
    before = load_plan(path)
    if before.plan.year >= year:
        found = problem(Code.NOT_EARLIER, None, file=before.file, found=before.plan.year, year=year)
        raise RehabplanError([found])
    rows = read_crosswalk(asked.crosswalk) if asked.crosswalk else None
    pairs = pair_sites(before.sites, loaded.sites, (before.plan.year, year), rows, str(asked.crosswalk or ""))
    changes = diff(*(Edition(one.plan, one.sites, one.file, one.lines) for one in (before, loaded)))
    return before, changes, pairs


def plan_of_reports(name: str) -> "LoadedPlan":
    """Load the plan that reports are held against; a process that reads them starts meanwhile.

    Raises:
        RehabplanError: there is no such plan, or it cannot be used.
    """
    from rehabplan.actuals.pool import start_ahead
    from rehabplan.plan.find import find_plan

    path = find_plan(name)
    start_ahead()
    from rehabplan.plan.load import load_plan  # imports pydantic, which takes as long

    return load_plan(path)


def read_paths(loaded: "LoadedPlan", paths: list[Path]) -> "tuple[list[Report], list[Problem]]":
    """Read reports and folders of them; what could not be read is told beside the others.

    Raises:
        RehabplanError: no report could be read.
    """
    from rehabplan.actuals.folders import LAYOUT_FILE, find_reports
    from rehabplan.actuals.layoutfile import read_layouts
    from rehabplan.actuals.pool import read_reports
    from rehabplan.actuals.vocabulary import Vocabulary

    files, problems = find_reports(paths)
    layout, unused = read_layouts(files, LAYOUT_FILE, loaded.plan.targets, loaded.sites)
    problems += unused
    words = Vocabulary.of(loaded.plan, loaded.sites, layout)
    with _progress(len(files)) as advance:
        reports, unread = read_reports(files, words, advance)
    problems += unread
    if not reports:
        raise RehabplanError(problems)
    return reports, problems


def assess_reports(
    loaded: "LoadedPlan", paths: list[Path], asked: tuple[str | None, date | None]
) -> "Assessment":
    """Read reports and folders of them, and judge the plan by them at one cut-off.

    Raises:
        RehabplanError: no report could be used, or the period is not known.
    """
    reports, problems = read_paths(loaded, paths)
    return assess_read(loaded, reports, problems, asked)


def assess_read(
    loaded: "LoadedPlan", reports: "list[Report]", problems: list[Problem],
    asked: tuple[str | None, date | None],
) -> "Assessment":  # fmt: skip
    """Judge a plan by reports that were read.

    Raises:
        RehabplanError: the period is not known, or none of them is of the plan's year.
    """
    from rehabplan.assess import assess
    from rehabplan.gather import gather
    from rehabplan.measure.scope import Scope

    try:
        gathered = gather(loaded.plan, reports, loaded.sites, *asked)
    except RehabplanError as error:
        raise RehabplanError([*error.problems, *problems]) from error
    return assess(loaded.plan, gathered, Scope(loaded.sites, loaded.shares), problems)


def follow_reports(loaded: "LoadedPlan", paths: list[Path]) -> "Trend":
    """Read reports and folders of them, and follow the plan's targets over their cut-offs.

    Raises:
        RehabplanError: no report could be used, or none says which period it is.
    """
    from rehabplan.measure.scope import Scope
    from rehabplan.trend import trend

    reports, problems = read_paths(loaded, paths)
    try:
        return trend(loaded.plan, reports, Scope(loaded.sites, loaded.shares), problems)
    except RehabplanError as error:
        raise RehabplanError([*error.problems, *problems]) from error
