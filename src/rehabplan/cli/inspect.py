"""`rehabplan inspect`: how a workbook is understood."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rehabplan.cli import complete
from rehabplan.cli.following import explain, suggest, typed
from rehabplan.cli.guard import ExitCode
from rehabplan.i18n import N_

if TYPE_CHECKING:
    from rehabplan.plan.load import LoadedPlan


def inspect(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("A workbook."))],
    plan: Annotated[
        str | None,
        typer.Option(
            metavar="PLAN",
            help=N_("Whose targets to look for; default: the plan of its year."),
            autocompletion=complete.plans,
        ),
    ] = None,
    rows: Annotated[
        int, typer.Option(metavar="NUMBER", min=1, help=N_("How many rows of a sheet to draw."))
    ] = 60,
) -> None:
    """Print how a workbook is understood, and exit as design.md §2 says."""
    from rehabplan.actuals.folders import LAYOUT_FILE
    from rehabplan.actuals.layoutfile import read_layouts
    from rehabplan.actuals.pool import account_of, start_ahead
    from rehabplan.actuals.vocabulary import Vocabulary
    from rehabplan.cli.drafts import tell_draft
    from rehabplan.cli.terminal import screen_for
    from rehabplan.plan.find import find_plan
    from rehabplan.problems import has_errors
    from rehabplan.render.inspect_screen import add_inspection

    start_ahead()
    from rehabplan.plan.load import load_plan  # imports pydantic: the reader starts meanwhile

    loaded = load_plan(find_plan(plan)) if plan else _plan_of(file)
    words = Vocabulary()
    if loaded is not None:
        tell_draft(loaded)
        layout, _unused = read_layouts([file], LAYOUT_FILE, loaded.plan.targets, loaded.sites)
        words = Vocabulary.of(loaded.plan, loaded.sites, layout)
    account = account_of(file, words)
    screen = screen_for(sys.stdout)
    add_inspection(screen, account, loaded.file if loaded else None, rows)
    print(screen.text().lstrip("\n"), end="")
    checked = typed("rehabplan", "check", loaded.file, "--actuals", file) if loaded else None
    suggest(explain(account.problems), checked)
    tables = any(sheet.tables for sheet in account.sheets)
    doubtful = has_errors(account.problems) or not tables
    raise typer.Exit(ExitCode.BAD_INPUT if doubtful else ExitCode.FINE)


def _plan_of(file: Path) -> "LoadedPlan | None":
    """Return the one plan under plans/ that is of the year the workbook names, if there is one."""
    from rehabplan.actuals.pool import account_of
    from rehabplan.actuals.vocabulary import Vocabulary
    from rehabplan.plan.folder import all_plans
    from rehabplan.plan.load import load_plan
    from rehabplan.problems import RehabplanError

    plans = all_plans()
    if not plans:
        return None
    years = [clue.clue.year for clue in account_of(file, Vocabulary()).clues if clue.clue.year]
    found = []
    for path in plans:
        try:
            loaded = load_plan(path)
        except RehabplanError:
            continue  # a plan that is not meant may be broken
        if years and loaded.plan.year == years[0]:
            found.append(loaded)
    return found[0] if len(found) == 1 else None
