"""`rehabplan check`: hold a report against a plan."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from rehabplan.cli import complete
from rehabplan.cli.following import Asked, explain, suggest
from rehabplan.cli.guard import ExitCode
from rehabplan.cli.options import (
    ActualsPaths,
    AsOf,
    By,
    CrosswalkPath,
    FailOn,
    Format,
    MaskBelow,
    PeriodLabel,
    PlanName,
    PreviousPaths,
    PreviousPlan,
    RawCsv,
    period_asked,
    previous_asked,
    raw_csv_asked,
    refuse_masked_years,
)
from rehabplan.cli.streams import write_text
from rehabplan.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rehabplan.assess import Assessment
    from rehabplan.plan.load import LoadedPlan
    from rehabplan.problems import Problem
    from rehabplan.sections.view import View
    from rehabplan.sites import Site
    from rehabplan.verdict import Status


def check(  # noqa: PLR0913, PLR0917 - one argument an option
    plan: PlanName,
    actuals: ActualsPaths,
    period: PeriodLabel = None,
    as_of: AsOf = None,
    output: Annotated[Format, typer.Option("--format", help=N_("How to print the results."))] = Format.TABLE,
    by: Annotated[
        By | None, typer.Option(help=N_("Also show every site: leaders, laggards, and who is silent."))
    ] = None,
    site: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help=N_("Show one site, judged by its shares of the plan."),
            autocompletion=complete.sites,
        ),
    ] = None,
    previous: PreviousPaths = None,
    previous_plan: PreviousPlan = None,
    crosswalk: CrosswalkPath = None,
    mask_below: MaskBelow = None,
    raw_csv: RawCsv = False,
    fail_on: Annotated[
        FailOn,
        typer.Option(help=N_("Exit with 1 if a target is behind or missed, missed, or not reported.")),
    ] = FailOn.NEVER,
) -> None:
    """Hold a report against a plan, print the verdicts, and exit as design.md §2 says."""
    from msgspec.structs import replace

    from rehabplan.cli.reports import assess_reports, assess_year_before, plan_of_reports
    from rehabplan.problems import RehabplanError, in_order
    from rehabplan.sections.view import View

    raw = raw_csv_asked(raw_csv, output)
    try:
        asked = period_asked(period, as_of)
        earlier = previous_asked(previous, previous_plan, crosswalk)
        refuse_masked_years(mask_below, earlier)
        loaded = plan_of_reports(plan)
        one_site = _site_named(site, loaded) if site else None
        assessment = assess_reports(loaded, actuals, asked)
        before, told = assess_year_before(loaded, assessment, earlier) if earlier else (None, [])
    except RehabplanError as error:
        if output is Format.JSON:
            from rehabplan.render.json import check_json

            write_text(check_json(error.problems))
            raise typer.Exit(ExitCode.BAD_INPUT) from error
        raise
    assessment = replace(assessment, problems=(*assessment.problems, *in_order(told)))
    view = View(
        _shown(assessment, mask_below), loaded.file, tuple(loaded.problems), before, by is By.SITE, one_site
    )
    write_text(_printed(view, output, raw=raw))
    problems = [*loaded.problems, *assessment.problems]
    if output is Format.TABLE:
        shown_problems = [] if mask_below else problems
        again = Asked(plan, actuals, period, as_of)
        paper = again.command("summary", then=["-o", "summary.xlsx"])
        suggest(again.trace_of_worst(view.assessment.results), explain(shown_problems), paper)
    raise typer.Exit(exit_code(problems, statuses(assessment, one_site), fail_on))


def _site_named(name: str, loaded: "LoadedPlan") -> "Site":
    from rehabplan.site_choice import site_named

    return site_named(name, loaded.sites)


def _shown(assessment: "Assessment", mask_below: int | None) -> "Assessment":
    """Return what may be shown: where small counts are to be masked, what is left of them."""
    if not mask_below:
        return assessment
    from rehabplan.masking import masked

    return masked(assessment, mask_below)


def statuses(assessment: "Assessment", site: "Site | None") -> "list[Status]":
    """Return the statuses that --fail-on looks at: the targets', or those of the one site shown."""
    if site is None:
        return [result.status for result in assessment.results]
    from rehabplan.bysite import of_one_site

    return [row.result.status for row in of_one_site(assessment, site) if row.result]


def exit_code(problems: "Sequence[Problem]", found: "list[Status]", fail_on: FailOn) -> ExitCode:
    """Return 3 where an input is doubtful, else 1 where the results are what `fail_on` asks for."""
    from rehabplan.problems import has_errors
    from rehabplan.verdict import Status

    failing = {
        FailOn.NEVER: set[Status](),
        FailOn.MISSED: {Status.MISSED},
        FailOn.BEHIND: {Status.BEHIND, Status.MISSED},
        FailOn.NOT_REPORTED: {Status.BEHIND, Status.MISSED, Status.NOT_REPORTED},
    }[fail_on]
    if has_errors(problems):
        return ExitCode.BAD_INPUT
    failed = any(status in failing for status in found)
    return ExitCode.DATA_SAYS_NO if failed else ExitCode.FINE


def _printed(view: "View", output: Format, *, raw: bool) -> str:
    match output:
        case Format.JSON:
            from rehabplan.render.json import check_json

            return check_json(view.problems, view.plan_file, view.assessment, view.site, view.before)
        case Format.MARKDOWN:
            from rehabplan.render.check_markdown import check_markdown

            return check_markdown(view)
        case Format.CSV:
            from rehabplan.render.check_csv import check_csv

            return check_csv(view, raw=raw)
        case Format.PLAIN:
            from rehabplan.render.check_plain import check_plain

            return check_plain(view)
        case Format.TABLE:
            from rehabplan.cli.terminal import screen_for
            from rehabplan.render.check_screen import add_check

            screen = screen_for(sys.stdout)
            add_check(screen, view)
            return screen.text().lstrip("\n")
