"""`rehabplan explain`: cause, example and cure of problem codes."""

import sys
from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from rehabplan.cli import complete
from rehabplan.cli.following import suggest, typed
from rehabplan.cli.guard import ExitCode
from rehabplan.i18n import N_, use

if TYPE_CHECKING:
    from rehabplan.problems import Code


class ExplainFormat(StrEnum):
    """How codes are explained."""

    TEXT = "text"
    JSON = "json"


def explain(
    codes: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[CODE]...",
            help=N_("Codes as they are printed before a problem."),
            autocompletion=complete.codes,
        ),
    ] = None,
    output: Annotated[
        ExplainFormat, typer.Option("--format", help=N_("How to print it."))
    ] = ExplainFormat.TEXT,
) -> None:
    """Print what is said of codes, or the list of all; what is no code is told after those that are."""
    from rehabplan.explain.model import CODES, codes_named
    from rehabplan.problems import RehabplanError

    found, problems = codes_named(codes or ())
    if output is ExplainFormat.JSON:
        from rehabplan.cli.streams import write_text
        from rehabplan.render.explain_json import explain_json

        with use("en"):
            write_text(explain_json(found if codes else CODES.values(), problems))
        raise typer.Exit(ExitCode.BAD_INPUT if problems else ExitCode.FINE)
    _show(found, whole=not codes)
    if problems:
        raise RehabplanError(problems)
    suggest(_next(found[0]) if found else "rehabplan explain RP110")


def _next(code: "Code") -> str:
    """Return the command that tells whether a problem is gone, else the help of the one that met it."""
    from rehabplan.explain.examples import kept_examples
    from rehabplan.plan.folder import all_plans
    from rehabplan.problems import RehabplanError

    kept = kept_examples().get(code.number)
    name = kept["command"].split()[1] if kept else "validate"
    if name in ("validate", "show"):
        return "rehabplan validate"
    with suppress(RehabplanError):  # of the settings: not what was asked for
        if name in ("check", "trace", "trend", "summary", "inspect") and (plans := all_plans()):
            return typed("rehabplan", "check", plans[-1].stem, "--actuals", "reports")
    return f"rehabplan {name} --help"


def _show(codes: "list[Code]", *, whole: bool) -> None:
    from rehabplan.cli.terminal import screen_for
    from rehabplan.render.explain_screen import add_explanation, add_list

    screen = screen_for(sys.stdout)
    if whole:
        add_list(screen)
    for code in codes:
        add_explanation(screen, code)
    print(screen.text().lstrip("\n"), end="")
