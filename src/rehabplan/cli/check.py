"""`rehabplan check`: hold a report against a plan."""

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from rehabplan.cli.guard import ExitCode
from rehabplan.cli.options import (
    ActualsPaths,
    AsOf,
    By,
    CrosswalkPath,
    FailOn,
    Format,
    PeriodLabel,
    PlanName,
    PreviousPaths,
    PreviousPlan,
    period_asked,
    previous_asked,
)
from rehabplan.cli.reports import assess_reports, assess_year_before
from rehabplan.i18n import N_, _
from rehabplan.problems import Problem, RehabplanError, has_errors, in_order

if TYPE_CHECKING:
    from rehabplan.assess import Assessment
    from rehabplan.plan.load import LoadedPlan
    from rehabplan.sites import Site
    from rehabplan.verdict import Status
    from rehabplan.yearbefore import YearBefore

HELP = N_(
    """Hold a report against a plan: who is behind, by how much.

    Example: rehabplan check plans/2024.yaml --actuals reports/2024-9m.xlsx

    Exit codes: 0 fine, 1 as --fail-on asks, 2 wrong command line, 3 an input cannot be used or holds
    figures that cannot be believed."""
)


def check(  # noqa: PLR0913, PLR0917 - one argument an option
    plan: PlanName,
    actuals: ActualsPaths,
    period: PeriodLabel = None,
    as_of: AsOf = None,
    output: Annotated[Format, typer.Option("--format", help=_("How to print the results."))] = Format.TABLE,
    by: Annotated[
        By | None, typer.Option(help=_("Also show every site: leaders, laggards, and who is silent."))
    ] = None,
    site: Annotated[
        str | None, typer.Option(metavar="NAME", help=_("Show one site, judged by its shares of the plan."))
    ] = None,
    previous: PreviousPaths = None,
    previous_plan: PreviousPlan = None,
    crosswalk: CrosswalkPath = None,
    fail_on: Annotated[
        FailOn,
        typer.Option(help=_("Exit with 1 if a target is behind or missed, missed, or not reported.")),
    ] = FailOn.NEVER,
) -> None:
    """Hold a report against a plan, print the verdicts, and exit as design.md §2 says."""
    from rehabplan.plan.find import find_plan
    from rehabplan.plan.load import load_plan
    from rehabplan.site_choice import site_named

    try:
        asked = period_asked(period, as_of)
        earlier = previous_asked(previous, previous_plan, crosswalk)
        loaded = load_plan(find_plan(plan))
        one_site = site_named(site, loaded.sites) if site else None
        assessment = assess_reports(loaded, actuals, asked)
        before, told = assess_year_before(loaded, assessment, earlier) if earlier else (None, [])
    except RehabplanError as error:
        if output is Format.JSON:
            from rehabplan.render.json import check_json

            print(check_json(error.problems), end="")
            raise typer.Exit(ExitCode.BAD_INPUT) from error
        raise
    assessment = replace(assessment, problems=(*assessment.problems, *in_order(told)))
    problems = [*loaded.problems, *assessment.problems]
    if output is Format.JSON:
        from rehabplan.render.json import check_json

        print(check_json(problems, loaded.file, assessment, one_site, before), end="")
    else:
        _print_table(loaded, assessment, by, one_site, before)
    raise typer.Exit(exit_code(problems, statuses(assessment, one_site), fail_on))


def statuses(assessment: "Assessment", site: "Site | None") -> "list[Status]":
    """Return the statuses that --fail-on looks at: the targets', or those of the one site shown."""
    from rehabplan.bysite import of_one_site

    if site is None:
        return [result.status for result in assessment.results]
    return [row.result.status for row in of_one_site(assessment, site) if row.result]


def exit_code(problems: list[Problem], found: "list[Status]", fail_on: FailOn) -> ExitCode:
    """Return 3 where an input is doubtful, else 1 where the results are what `fail_on` asks for."""
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


def _print_table(
    loaded: "LoadedPlan", assessment: "Assessment", by: By | None, site: "Site | None",
    before: "YearBefore | None",
) -> None:  # fmt: skip
    from rehabplan.cli.terminal import screen_for
    from rehabplan.render.before_screen import add_before, add_sites_before
    from rehabplan.render.check_screen import add_check, add_head, add_problem_list
    from rehabplan.render.problems import add_problems
    from rehabplan.render.sites_screen import add_by_site, add_one_site

    screen = screen_for(sys.stdout)

    def extra() -> None:
        add_by_site(screen, assessment)
        if before is not None:
            add_sites_before(screen, assessment, before)

    if site is not None:
        add_head(screen, assessment, loaded.file)
        add_one_site(screen, assessment, site)
        if before is not None:
            add_before(screen, assessment, before, of_whole=True)
            add_sites_before(screen, assessment, before, site)
        add_problem_list(screen, assessment)
    else:
        add_check(screen, assessment, loaded.file, before, extra if by is By.SITE else None)
    if loaded.problems:
        screen.heading(_("The plan itself ({count})").format(count=len(loaded.problems)))
        add_problems(screen, loaded.problems)
    print(screen.text().lstrip("\n"), end="")
