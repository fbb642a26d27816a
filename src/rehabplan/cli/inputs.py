"""The files that a command reads: none of them is ever written over."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from rehabplan.cli.output import Inputs, inputs
from rehabplan.i18n import _
from rehabplan.problems import RehabplanError

if TYPE_CHECKING:
    from rehabplan.cli.options import Previous
    from rehabplan.plan.load import LoadedPlan


def plan_inputs(loaded: "LoadedPlan") -> Inputs:
    """Return a plan's file and the lists beside it."""
    file = Path(loaded.file)
    return inputs(([file], _("the plan")), (_lists(loaded, file.parent), _("a list of the plan")))


def _lists(loaded: "LoadedPlan", folder: Path) -> Iterator[Path]:
    plan = loaded.plan
    for one in (*plan.sites.values(), plan.shares):
        if one is not None and one.list is not None:
            yield folder / one.list


def report_inputs(paths: list[Path]) -> Inputs:
    """Return the reports in paths and folders, and what settles their layouts."""
    from rehabplan.actuals.folders import LAYOUT_FILE, find_reports

    files, _problems = find_reports(paths)
    layouts = {path.with_name(LAYOUT_FILE) for path in files}
    return inputs((files, _("a report")), (layouts, LAYOUT_FILE))


def year_before_inputs(loaded: "LoadedPlan", asked: "Previous | None") -> Inputs:
    """Return the reports, the plan and the crosswalk of an earlier year, as far as these are there."""
    from rehabplan.plan.find import find_plan, plan_of_year_before

    if asked is None:
        return {}
    found = report_inputs(asked.paths) | inputs(([asked.crosswalk], _("the crosswalk")))
    with suppress(RehabplanError):  # told where that year is read
        path = find_plan(asked.plan) if asked.plan else plan_of_year_before(loaded.file, loaded.plan.year)
        found |= inputs(([path], _("the plan of the year before")))
    return found
