"""`rehabplan diff`: what changed between plans."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from rehabplan.cli import complete
from rehabplan.cli.following import explain, suggest, typed
from rehabplan.cli.guard import ExitCode
from rehabplan.cli.options import Format, RawCsv, raw_csv_asked
from rehabplan.cli.streams import write_text
from rehabplan.i18n import N_, _

if TYPE_CHECKING:
    from rehabplan.plandiff.series import Series


def diff(
    plans: Annotated[
        list[str],
        typer.Argument(
            metavar="PLAN PLAN...",
            help=N_("Two or more plan files, or names under plans/, the older first."),
            autocompletion=complete.plans,
        ),
    ],
    output: Annotated[
        Format, typer.Option("--format", help=N_("How to print the differences."))
    ] = Format.TABLE,
    raw_csv: RawCsv = False,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help=N_("Exit with 1 where the plans differ."))
    ] = False,
) -> None:
    """Compare plans, print what changed, and exit as design.md §2 says."""
    from rehabplan.problems import RehabplanError, has_errors

    if len(plans) < 2:  # noqa: PLR2004 - nothing to compare
        raise typer.BadParameter(_("give two plans or more, the older first"), param_hint="PLAN PLAN...")
    raw = raw_csv_asked(raw_csv, output)
    try:
        found = _loaded(plans)
    except RehabplanError as error:
        if output is Format.JSON:
            from rehabplan.render.diff_json import diff_json

            write_text(diff_json(error.problems))
            raise typer.Exit(ExitCode.BAD_INPUT) from error
        raise
    problems = found.problems
    write_text(_printed(found, output, raw=raw))
    if output is Format.TABLE:
        suggest(explain(found.problems), typed("rehabplan", "show", plans[-1]))
    if has_errors(problems):
        raise typer.Exit(ExitCode.BAD_INPUT)
    raise typer.Exit(ExitCode.DATA_SAYS_NO if exit_code and not found.empty else ExitCode.FINE)


def _loaded(names: list[str]) -> "Series":
    """Load the plans.

    Raises:
        RehabplanError: with the problems of all plans that cannot be used.
    """
    from rehabplan.plan.find import find_plan
    from rehabplan.plan.load import load_plan
    from rehabplan.plandiff.model import Edition
    from rehabplan.plandiff.series import series
    from rehabplan.problems import RehabplanError

    editions, problems = [], []
    for name in names:
        try:
            one = load_plan(find_plan(name))
        except RehabplanError as error:
            problems += [item for item in error.problems if item not in problems]
            continue
        editions.append(Edition(one.plan, one.sites, one.file, one.lines, tuple(one.problems)))
    if problems:
        raise RehabplanError(problems)
    return series(editions)


def _printed(found: "Series", output: Format, *, raw: bool) -> str:
    match output:
        case Format.JSON:
            from rehabplan.render.diff_json import diff_json

            return diff_json(found.problems, found)
        case Format.MARKDOWN:
            from rehabplan.render.diff_markdown import diff_markdown

            return diff_markdown(found)
        case Format.CSV:
            from rehabplan.render.diff_csv import diff_csv

            return diff_csv(found, raw=raw)
        case Format.PLAIN:
            from rehabplan.render.diff_plain import diff_plain

            return diff_plain(found)
        case Format.TABLE:
            from rehabplan.cli.terminal import screen_for
            from rehabplan.render.diff_screen import add_diff

            screen = screen_for(sys.stdout)
            add_diff(screen, found)
            return screen.text().lstrip("\n")
