"""`rehabplan init`: a working project to begin with."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from rehabplan.cli.following import suggest, typed
from rehabplan.i18n import N_, _, language


def init(
    folder: Annotated[
        Path, typer.Argument(metavar="[FOLDER]", help=N_("Where; the current folder if not given."))
    ] = Path(),
    year: Annotated[
        int | None,
        typer.Option(metavar="YEAR", min=1990, max=2100, help=N_("The plan's year. Default: this one.")),
    ] = None,
) -> None:  # fmt: skip
    """Write the files of a new project, all or none."""
    from rehabplan.cli.output import make_folder, refuse_existing, write_atomic
    from rehabplan.cli.terminal import screen_for
    from rehabplan.problems import Code
    from rehabplan.starter.files import project_files, this_year

    used = year or this_year()
    found = {folder / name: content for name, content in project_files(used, language()).items()}
    refuse_existing(list(found), Code.PROJECT_EXISTS)
    for path in dict.fromkeys(path.parent for path in found):
        make_folder(path)
    for path, content in found.items():
        write_atomic(path, content, Code.PROJECT_EXISTS)
    screen = screen_for(sys.stdout)
    screen.line(_("Wrote a working project with example figures:"))
    for path, what in zip(found, _meanings(), strict=True):
        screen.line(f"{path.as_posix()}: {what}", indent=2, hang=2)
    print(screen.text(), end="")
    there = typed("cd", folder) if folder != Path() else None
    suggest(there, typed("rehabplan", "check", used, "--actuals", "reports"))


def _meanings() -> list[str]:
    """Return what each of the files is, in the order of their names."""
    return [
        _("what to do with it"),
        _("the plan of the year: change it to your own"),
        _("lets editors check plans while you type"),
        _("settings of this folder"),
        _("a report on nine months, as offices send it"),
    ]
