"""`rehabplan trace`: the whole way from plan line and cell to verdict."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rehabplan.cli import complete
from rehabplan.cli.following import Asked, explain, suggest, typed
from rehabplan.cli.guard import ExitCode
from rehabplan.cli.options import ActualsPaths, AsOf, PeriodLabel, PlanName, period_asked
from rehabplan.i18n import N_

if TYPE_CHECKING:
    from rehabplan.assess import Result
    from rehabplan.plan.model import Target


def trace(
    plan: PlanName,
    target: Annotated[
        str, typer.Argument(metavar="TARGET", help=N_("A target's id."), autocompletion=complete.targets)
    ],
    actuals: ActualsPaths,
    period: PeriodLabel = None,
    as_of: AsOf = None,
) -> None:
    """Print the way of one target's figure from plan line and cell to verdict."""
    from rehabplan.cli.drafts import tell_draft
    from rehabplan.cli.reports import assess_reports, plan_of_reports
    from rehabplan.cli.terminal import screen_for
    from rehabplan.problems import Code, RehabplanError, has_errors, hint, problem
    from rehabplan.render.trace_screen import add_trace, problems_of

    asked = period_asked(period, as_of)
    loaded = plan_of_reports(plan)
    tell_draft(loaded)
    known = loaded.plan.targets
    if target not in known:
        guess = hint(_likely(target, known))
        ids = ", ".join(known)
        raise RehabplanError([problem(Code.NO_TARGET, name=target, hint=guess, known=ids)])
    assessment = assess_reports(loaded, actuals, asked)
    result = next(one for one in assessment.results if one.target.id == target)
    screen = screen_for(sys.stdout)
    add_trace(screen, assessment, result, loaded.file, loaded.lines[target])
    print(screen.text().lstrip("\n"), end="")
    problems = problems_of(assessment, result)
    doubtful = has_errors(problems)
    asked_here = Asked(plan, actuals, period, as_of)
    suggest(explain(problems), _where_it_stands(result, actuals) or asked_here.command("check"))
    raise typer.Exit(ExitCode.BAD_INPUT if doubtful else ExitCode.FINE)


def _where_it_stands(result: "Result", actuals: list[Path]) -> str | None:
    """Return the command that shows the workbook a figure comes from, else the one that was given."""
    cells = [Path(item.where.file) for item in result.actual.evidence]
    file = next((one for one in [*cells, *actuals] if one.is_file()), None)
    return typed("rehabplan", "inspect", file) if file else None


def _likely(given: str, targets: Mapping[str, "Target"]) -> str | None:
    """Return the id of the target that was likely meant: by its id, or by its name in either language."""
    from rehabplan.text import closest, folded

    names = {name: one.id for one in targets.values() for name in (one.name.vi, one.name.en)}
    begun = {id_ for name, id_ in names.items() if folded(given) and folded(name).startswith(folded(given))}
    if len(begun) == 1:
        return begun.pop()
    return closest(given, targets, cutoff=0.5) or names.get(closest(given, names) or "")
