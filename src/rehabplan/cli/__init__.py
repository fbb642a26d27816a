"""The command line: arguments, paths, the terminal, exit codes; one file per command."""

from typing import Annotated

import typer

from rehabplan import __version__
from rehabplan.cli import check, diff, draft, form, inspect, show, summary, trace, trend, validate
from rehabplan.cli.guard import Guard
from rehabplan.i18n import _

app = typer.Typer(
    cls=Guard,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command(help=_(check.HELP))(check.check)
app.command(help=_(validate.HELP))(validate.validate)
app.command(help=_(show.HELP))(show.show)
app.command(help=_(summary.HELP))(summary.summary)
app.command(help=_(diff.HELP))(diff.diff)
app.command(help=_(trace.HELP))(trace.trace)
app.command(help=_(trend.HELP))(trend.trend)
app.command(help=_(inspect.HELP))(inspect.inspect)
app.command(help=_(form.HELP))(form.form)
app.command(help=_(draft.HELP))(draft.draft)


def _version(asked: bool) -> None:
    if asked:
        print(f"rehabplan {__version__}")
        raise typer.Exit


@app.callback(help=_("Track the targets of an annual plan: what was planned, reported, and is behind."))
def _main(
    _asked: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help=_("Print the version.")),
    ] = False,
) -> None: ...
