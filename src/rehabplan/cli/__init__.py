"""The command line: arguments, paths, the terminal, exit codes; one file per command."""

from typing import Annotated

import typer

from rehabplan import __version__
from rehabplan.cli import (
    check,
    diff,
    draft,
    explain,
    form,
    init,
    inspect,
    schema,
    show,
    summary,
    trace,
    trend,
    validate,
)  # fmt: skip
from rehabplan.cli.guard import Guard
from rehabplan.cli.language import HELP as LANGUAGE_HELP
from rehabplan.cli.language import OPTION, Language
from rehabplan.cli.wording import Worded
from rehabplan.i18n import N_

app = typer.Typer(
    cls=Guard,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command(cls=Worded, help=init.HELP)(init.init)
app.command(cls=Worded, help=check.HELP)(check.check)
app.command(cls=Worded, help=validate.HELP)(validate.validate)
app.command(cls=Worded, help=show.HELP)(show.show)
app.command(cls=Worded, help=summary.HELP)(summary.summary)
app.command(cls=Worded, help=diff.HELP)(diff.diff)
app.command(cls=Worded, help=trace.HELP)(trace.trace)
app.command(cls=Worded, help=trend.HELP)(trend.trend)
app.command(cls=Worded, help=inspect.HELP)(inspect.inspect)
app.command(cls=Worded, help=form.HELP)(form.form)
app.command(cls=Worded, help=draft.HELP)(draft.draft)
app.command(cls=Worded, help=schema.HELP)(schema.schema)
app.command(cls=Worded, help=explain.HELP)(explain.explain)


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
