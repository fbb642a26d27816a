"""`rehabplan validate`: check plan files."""

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from rehabplan.cli import complete
from rehabplan.cli.following import explain, suggest, typed
from rehabplan.cli.guard import ExitCode
from rehabplan.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from rehabplan.problems import Problem


def validate(
    plans: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PLAN]...",
            help=N_("Plan files or names; default: all under plans/."),
            autocompletion=complete.plans,
        ),
    ] = None,
) -> None:
    """Check plan files and print every problem at its place."""
    from rehabplan.cli.terminal import screen_for
    from rehabplan.plan.find import no_plan
    from rehabplan.plan.folder import all_plans, plans_folder
    from rehabplan.problems import has_errors
    from rehabplan.render.problems import add_problems

    names = plans or [str(path) for path in all_plans()]
    if not names:
        raise no_plan(f"{plans_folder().as_posix()}/", [], "", plans_folder())
    screen = screen_for(sys.stdout)
    found: list[Problem] = []
    for name in names:
        line, problems = _one(name)
        found += problems
        if line:
            screen.line(line)
        add_problems(screen, problems)
    print(screen.text(), end="")
    ready = None if has_errors(found) or len(names) > 1 else names[0]
    suggest(explain(found), typed("rehabplan", "check", ready, "--actuals", "reports") if ready else None)
    raise typer.Exit(ExitCode.BAD_INPUT if has_errors(found) else ExitCode.FINE)


def _one(name: str) -> "tuple[str, list[Problem]]":
    """Return what to say of one plan, nothing where there is none, and its problems."""
    from rehabplan.plan.find import find_plan
    from rehabplan.plan.history import check_history
    from rehabplan.plan.load import load_plan
    from rehabplan.problems import RehabplanError, in_order

    try:
        path = find_plan(name)
    except RehabplanError as error:
        return "", error.problems  # nothing was checked, and they say why
    try:
        loaded = load_plan(path)
    except RehabplanError as error:
        count = len(error.problems)
        text = ngettext("{file}: {count} problem", "{file}: {count} problems", count)
        return text.format(file=path, count=count), error.problems
    today = datetime.now(UTC).astimezone().date()
    problems = in_order([*loaded.problems, *check_history(path, loaded.plan, today)])
    count, warnings = len(loaded.plan.targets), len(problems)
    text = ngettext("{file}: {count} target", "{file}: {count} targets", count)
    tail = ngettext("{count} warning", "{count} warnings", warnings).format(count=warnings)
    shown = text.format(file=path, count=count)
    return f"{shown}, {tail if warnings else _('no problems')}", problems
