"""`rehabplan draft`: next year's plan file, made of this year's."""

import codecs
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rehabplan.cli import complete
from rehabplan.cli.following import suggest, typed
from rehabplan.cli.guard import ExitCode
from rehabplan.cli.options import AsOf, PeriodLabel, period_asked
from rehabplan.i18n import N_, _

if TYPE_CHECKING:
    from rehabplan.assess import Assessment
    from rehabplan.draft.make import Draft
    from rehabplan.plan.load import LoadedPlan
    from rehabplan.plan.model import Target
    from rehabplan.problems import Problem
    from rehabplan.render.draft_screen import ToDo
    from rehabplan.render.screen import Screen

_STDOUT = "-"


def draft(  # noqa: PLR0913, PLR0917 - one argument an option
    year: Annotated[
        int, typer.Argument(metavar="YEAR", min=1990, max=2100, help=N_("The year of the new plan."))
    ],
    source: Annotated[
        str,
        typer.Option(
            "--from", metavar="PLAN", autocompletion=complete.plans,
            help=N_("The plan to start from: a file, or its name under plans/."),
        ),
    ],
    actuals: Annotated[
        list[Path] | None,
        typer.Option(
            "--actuals", metavar="PATH",
            help=N_("A report on the old plan, or a folder of them; may be given several times."),
        ),
    ] = None,
    period: PeriodLabel = None,
    as_of: AsOf = None,
    output: Annotated[
        str | None,
        typer.Option(
            "-o", "--output", metavar="PATH",
            help=N_("The new file, beside the old one if not given; - prints it."),
        ),
    ] = None,
) -> None:  # fmt: skip
    """Write the draft of a plan for a later year, and say what is left to decide."""
    from rehabplan.cli.output import need_folder, refuse_existing, write_atomic
    from rehabplan.cli.reports import assess_reports
    from rehabplan.cli.streams import for_programs, write_exactly
    from rehabplan.draft.make import Old, make_draft
    from rehabplan.plan.files import read_plan_text
    from rehabplan.plan.find import find_plan
    from rehabplan.plan.load import load_plan
    from rehabplan.problems import Code, RehabplanError, has_errors, problem
    from rehabplan.yamltree import read_tree

    if not actuals and (period or as_of):
        raise typer.BadParameter(_("it goes with --actuals"), param_hint="--period" if period else "--as-of")
    asked = period_asked(period, as_of)
    path = find_plan(source)
    loaded = load_plan(path)
    if year <= loaded.plan.year:
        args = {"year": year, "file": loaded.file, "old": loaded.plan.year}
        raise RehabplanError([problem(Code.DRAFT_YEAR, **args)])
    target = _path_for(path, loaded.plan.year, year, output)
    if target is not None:
        refuse_existing([target], Code.DRAFT_EXISTS)
        need_folder(target)
    assessment = assess_reports(loaded, actuals, asked) if actuals else None
    text = read_plan_text(path)
    old = Old(loaded.plan, read_tree(text, loaded.file), text, path.name, assessment)
    folder = target.parent if target is not None else path.parent
    made = make_draft(old, year, _list_from(path.parent, folder))
    new = _loaded(made, loaded, target, folder)
    content = made.text.encode("utf-8")
    if path.read_bytes().startswith(codecs.BOM_UTF8):
        content = codecs.BOM_UTF8 + content
    if target is None:
        for_programs()
        write_exactly(content.decode("utf-8"))
        _print_problems([*(assessment.problems if assessment else ()), *new.problems])
    else:
        write_atomic(target, content, Code.DRAFT_EXISTS)
        _print(source, loaded, assessment, made, new)
    doubtful = assessment is not None and has_errors(assessment.problems)
    raise typer.Exit(ExitCode.BAD_INPUT if doubtful else ExitCode.FINE)


def _path_for(old: Path, year: int, new: int, asked: str | None) -> Path | None:
    """Return where the draft goes: beside the old plan, its year replaced; None is the terminal."""
    if asked == _STDOUT:
        return None
    if asked is not None:
        return Path(asked)
    stem, count = re.subn(rf"(?<!\d){year}(?!\d)", str(new), old.stem)
    return old.with_name(f"{stem if count else new}{old.suffix}")


def _list_from(old: Path, new: Path) -> Callable[[str], str]:
    """Return how the path of a list beside the old plan is written in the folder of the new one."""

    def path_of(name: str) -> str:
        if Path(name).is_absolute() or old.resolve() == new.resolve():
            return name
        found = (old / name).resolve()
        try:
            return Path(os.path.relpath(found, new.resolve())).as_posix()
        except ValueError:  # on another drive
            return found.as_posix()

    return path_of


def _loaded(made: "Draft", old: "LoadedPlan", target: Path | None, folder: Path) -> "LoadedPlan":
    """Load a draft as its own next reader would.

    Raises:
        RehabplanError: it is no valid plan, or not the old one's targets.
    """
    from rehabplan.plan.load import load_plan_text
    from rehabplan.problems import Code, RehabplanError, has_errors, problem

    file = str(target or _STDOUT)
    try:
        new = load_plan_text(made.text, file, folder)
    except RehabplanError as error:
        failed = problem(Code.DRAFT_FAILED, file=old.file, reason=_("it could not be read"))
        raise RehabplanError([failed, *(item for item in error.problems if has_errors([item]))]) from error
    before, after = ([_lasting(one) for one in plan.plan.targets.values()] for plan in (old, new))
    if before != after or not new.plan.draft:
        named = next((one["id"] for one, other in zip(before, after, strict=False) if one != other), "")
        reason = _("'{target}' would be another target").format(target=named or file)
        raise RehabplanError([problem(Code.DRAFT_FAILED, file=old.file, reason=reason)])
    return new


def _lasting(target: "Target") -> dict[str, object]:
    """Return all of a target that a draft may not change."""
    changing = {
        "goals",
        "baseline",
        "stated_pace",
        "due",
        "source",
        "split_from",
        "merged_from",
        "held_equal",
    }
    return {key: value for key, value in target if key not in changing}


def _print(
    source: str, loaded: "LoadedPlan", assessment: "Assessment | None", made: "Draft", new: "LoadedPlan"
) -> None:
    from rehabplan.cli.terminal import screen_for
    from rehabplan.render.check_screen import add_problem_list
    from rehabplan.render.draft_screen import add_goals, add_rest
    from rehabplan.render.problems import add_problems

    screen = screen_for(sys.stdout)
    text = _("Wrote {file}: a draft of the plan for {year}, made of {old}")
    screen.line(text.format(file=new.file, year=new.plan.year, old=loaded.file), hang=2)
    undecided = [one for one in loaded.plan.targets if one not in made.set_before]
    add_goals(screen, loaded.plan, assessment, undecided)
    named = Path(new.file)
    short = source == Path(loaded.file).stem and named.parent == Path(loaded.file).parent
    add_rest(screen, loaded.plan, _rest(loaded, made))
    if assessment is not None:
        add_problem_list(screen, assessment)
    _add_problems_of(screen, loaded)
    screen.heading(_("The draft itself ({count})").format(count=len(new.problems)))
    add_problems(screen, new.problems)
    print(screen.text().lstrip("\n"), end="")
    pair = (source, named.stem) if short else (loaded.file, new.file)
    suggest(typed("rehabplan", "validate", new.file), typed("rehabplan", "diff", *pair))


def _print_problems(problems: "list[Problem]") -> None:
    """Print what would stand below the table, where the draft itself is printed."""
    from rehabplan.cli.terminal import screen_for
    from rehabplan.render.problems import add_problems

    screen = screen_for(sys.stderr)
    add_problems(screen, problems)
    print(screen.text(), end="", file=sys.stderr)


def _add_problems_of(screen: "Screen", loaded: "LoadedPlan") -> None:
    from rehabplan.render.problems import add_problems

    if loaded.problems:
        screen.heading(_("The plan of {year} ({count})").format(
            year=loaded.plan.year, count=len(loaded.problems)))  # fmt: skip
        add_problems(screen, loaded.problems)


def _rest(loaded: "LoadedPlan", made: "Draft") -> "list[ToDo]":
    """Return what is to be looked at besides the goals."""
    from rehabplan.render.draft_screen import ToDo

    old = loaded.plan.year
    listed = ", ".join(key if count == 1 else f"{key} ({count})" for key, count in made.commented.items())
    found = [
        (_("goals that the plan of {old} sets already"), made.set_before),
        (_("baselines that are now what was reached"), made.moved),
        (_("baselines that are older than the year before"), made.kept),
        (_("quarters or curves to another goal, or from another baseline, commented out"), made.unpaced),
        (_("curves of which two days would fall on one, commented out"), made.doubled),
        (_("names that speak of {old}"), made.dated),
    ]
    todo = [ToDo(text.format(old=old), targets) for text, targets in found if targets]
    if listed:
        text = _("commented out, as it speaks of the plan of {old}: {keys}")
        todo.append(ToDo(text.format(old=old, keys=listed)))
    return todo
