"""The command line: arguments, paths, the terminal, exit codes; one file per command.

Only what every command needs is imported here: help, the version and a shell's questions
are answered before the finger leaves the key.
"""

from typing import Annotated

import typer

from rehabplan import __version__
from rehabplan.cli.guard import Guard
from rehabplan.cli.language import HELP as LANGUAGE_HELP
from rehabplan.cli.language import OPTION, Language
from rehabplan.i18n import N_

app = typer.Typer(
    cls=Guard,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        print(f"rehabplan {__version__}")
        raise typer.Exit


HELP = N_(
    """Track the targets of an annual plan: what was planned, reported, and is behind.

    Examples:

    rehabplan init

    rehabplan check 2024 --actuals reports

    rehabplan summary 2024 --actuals reports -o meeting.xlsx"""
)


@app.callback(help=HELP)
def _main(
    _asked: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help=N_("Print the version.")),
    ] = False,
    _lang: Annotated[Language | None, typer.Option(OPTION, expose_value=False, help=LANGUAGE_HELP)] = None,
) -> None: ...
