"""From the paths of reports to an assessment: what `check`, `trace` and `trend` share."""

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rehabplan.i18n import _
from rehabplan.problems import Problem, RehabplanError

if TYPE_CHECKING:
    from rehabplan.actuals.model import Report
    from rehabplan.assess import Assessment
    from rehabplan.plan.load import LoadedPlan
    from rehabplan.trend.model import Trend


_WORTH_A_BAR = 3


def _progress(count: int) -> AbstractContextManager[Callable[[], None]]:
    """Return a progress bar for many files; a few are read before one could be seen."""
    if count < _WORTH_A_BAR or not sys.stderr.isatty():
        return nullcontext(lambda: None)
    from rehabplan.render.progress import progress

    return progress(sys.stderr, count, _("Reading reports"))


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
    from rehabplan.assess import assess
    from rehabplan.gather import gather
    from rehabplan.measure.scope import Scope

    reports, problems = read_paths(loaded, paths)
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
