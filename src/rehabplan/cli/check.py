"""`rehabplan check`: hold a report against a plan."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rehabplan.cli.guard import ExitCode
from rehabplan.cli.options import (
    ActualsFile,
    AsOf,
    FailOn,
    Format,
    PeriodLabel,
    PlanName,
    one_report,
    period_asked,
)
from rehabplan.i18n import N_, _
from rehabplan.problems import Problem, RehabplanError, has_errors

if TYPE_CHECKING:
    from rehabplan.assess import Assessment
    from rehabplan.plan.load import LoadedPlan

HELP = N_(
    """Hold a report against a plan: who is behind, by how much.

    Example: rehabplan check plans/2024.yaml --actuals reports/2024-9m.xlsx

    Exit codes: 0 fine, 1 as --fail-on asks, 2 wrong command line, 3 an input cannot be used or holds
    figures that cannot be believed."""
)


def check(  # noqa: PLR0913, PLR0917 - one argument an option
    plan: PlanName,
    actuals: ActualsFile,
    period: PeriodLabel = None,
    as_of: AsOf = None,
    output: Annotated[Format, typer.Option("--format", help=_("How to print the results."))] = Format.TABLE,
    fail_on: Annotated[
        FailOn,
        typer.Option(help=_("Exit with 1 if a target is behind or missed, missed, or not reported.")),
    ] = FailOn.NEVER,
) -> None:
    """Hold a report against a plan, print the verdicts, and exit as design.md §2 says."""
    from rehabplan.plan.find import find_plan
    from rehabplan.plan.load import load_plan

    report = one_report(actuals)
    try:
        asked = period_asked(period, as_of)
        loaded = load_plan(find_plan(plan))
        assessment = assess_report(loaded, report, asked)
    except RehabplanError as error:
        if output is Format.JSON:
            from rehabplan.render.json import check_json

            print(check_json(error.problems), end="")
            raise typer.Exit(ExitCode.BAD_INPUT) from error
        raise
    problems = [*loaded.problems, *assessment.problems]
    if output is Format.JSON:
        from rehabplan.render.json import check_json

        print(check_json(problems, loaded.file, assessment), end="")
    else:
        _print_table(loaded, assessment, report)
    raise typer.Exit(exit_code(problems, assessment, fail_on))


def assess_report(
    loaded: "LoadedPlan", report_path: Path, asked: tuple[str | None, date | None]
) -> "Assessment":
    """Read a report and judge the plan by it, at the period asked for or the report's own.

    Raises:
        RehabplanError: report or period cannot be used.
    """
    from rehabplan.actuals.load import load_report
    from rehabplan.assess import assess
    from rehabplan.period_choice import choose_period

    report = load_report(report_path, loaded.plan)
    try:
        choice = choose_period(loaded.plan, report.clues, *asked)
    except RehabplanError as error:
        raise RehabplanError([*error.problems, *report.problems]) from error
    return assess(loaded.plan, report, choice)


def exit_code(problems: list[Problem], assessment: "Assessment", fail_on: FailOn) -> ExitCode:
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
    failed = any(result.status in failing for result in assessment.results)
    return ExitCode.DATA_SAYS_NO if failed else ExitCode.FINE


def _print_table(loaded: "LoadedPlan", assessment: "Assessment", report: Path) -> None:
    from rehabplan.cli.terminal import screen_for
    from rehabplan.render.check_screen import add_check
    from rehabplan.render.problems import add_problems

    screen = screen_for(sys.stdout)
    add_check(screen, assessment, loaded.file, str(report))
    if loaded.problems:
        screen.heading(_("The plan itself ({count})").format(count=len(loaded.problems)))
        add_problems(screen, loaded.problems)
    print(screen.text().lstrip("\n"), end="")
