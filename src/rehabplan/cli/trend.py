"""`rehabplan trend`: several reports of one year in order."""

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from rehabplan.cli.following import Asked, explain, suggest
from rehabplan.cli.guard import ExitCode
from rehabplan.cli.options import (
    ActualsPaths,
    CrosswalkPath,
    PlanName,
    PreviousPaths,
    PreviousPlan,
    previous_asked,
)
from rehabplan.i18n import N_, _

if TYPE_CHECKING:
    from rehabplan.plan.load import LoadedPlan
    from rehabplan.trend.model import Trend
    from rehabplan.yearbefore import YearBefore


class TrendFormat(StrEnum):
    """How series are printed."""

    TABLE = "table"
    JSON = "json"
    PLAIN = "plain"


def trend(  # noqa: PLR0913, PLR0917 - one argument an option
    plan: PlanName,
    actuals: ActualsPaths,
    previous: PreviousPaths = None,
    previous_plan: PreviousPlan = None,
    crosswalk: CrosswalkPath = None,
    output: Annotated[
        TrendFormat, typer.Option("--format", help=N_("How to print the results."))
    ] = TrendFormat.TABLE,
) -> None:
    """Bring reports into order, print the series of every target, and exit as design.md §2 says."""
    from msgspec.structs import replace

    from rehabplan.cli.reports import follow_reports, follow_year_before, plan_of_reports
    from rehabplan.problems import RehabplanError, has_errors, in_order

    earlier = previous_asked(previous, previous_plan, crosswalk)
    try:
        loaded = plan_of_reports(plan)
        found = follow_reports(loaded, actuals)
        before, told = follow_year_before(loaded, found, earlier) if earlier else ((), [])
    except RehabplanError as error:
        if output is TrendFormat.JSON:
            from rehabplan.render.trend_json import trend_json

            print(trend_json(error.problems), end="")
            raise typer.Exit(ExitCode.BAD_INPUT) from error
        raise
    found = replace(found, problems=(*found.problems, *in_order(told)))
    problems = [*loaded.problems, *found.problems]
    if output is TrendFormat.JSON:
        from rehabplan.render.trend_json import trend_json

        print(trend_json(problems, loaded.file, found, before), end="")
    elif output is TrendFormat.PLAIN:
        from rehabplan.render.trend_plain import trend_plain

        print(trend_plain(found, loaded.file, loaded.problems, before), end="")
    else:
        _print_table(loaded, found, before)
        suggest(explain(problems), Asked(plan, actuals).command("summary", then=["-o", "summary.xlsx"]))
    raise typer.Exit(ExitCode.BAD_INPUT if has_errors(problems) else ExitCode.FINE)


def _print_table(loaded: "LoadedPlan", found: "Trend", before: "tuple[YearBefore | None, ...]") -> None:
    from rehabplan.cli.terminal import screen_for
    from rehabplan.render.problems import add_problems
    from rehabplan.render.trend_screen import add_trend

    screen = screen_for(sys.stdout)
    add_trend(screen, found, loaded.file, before)
    if loaded.problems:
        screen.heading(_("The plan itself ({count})").format(count=len(loaded.problems)))
        add_problems(screen, loaded.problems)
    print(screen.text().lstrip("\n"), end="")
