"""The one catcher: every failure becomes a message and an exit code (design.md §2)."""

import os
import sys
from collections.abc import Sequence
from enum import IntEnum
from importlib import import_module
from inspect import cleandoc
from typing import Any, NoReturn

from typer import Typer
from typer._click.core import Command  # Typer, held below 0.29, exports none of these names
from typer._click.exceptions import NoArgsIsHelpError
from typer.core import TyperGroup
from typer.exceptions import Abort, Exit, TyperException
from typer.main import get_command

from rehabplan.cli.commands import HELP
from rehabplan.cli.ending import Asked
from rehabplan.cli.language import OPTION, WrongLanguageError, asked_by, of_environment, of_system, remember
from rehabplan.cli.settings import OPTIONS, option_of, settings, variable
from rehabplan.cli.wording import Speaking, Worded, telling, usage_text
from rehabplan.i18n import _, use
from rehabplan.plan.folder import NAMED_AT, PLANS

COMPLETION = "_REHABPLAN_COMPLETE"
"""The variable by which a shell's script asks what may be typed."""


class ExitCode(IntEnum):
    """The exit codes, a contract."""

    FINE = 0
    DATA_SAYS_NO = 1
    USAGE = 2
    BAD_INPUT = 3
    OUR_FAULT = 70
    INTERRUPTED = 130


class Guard(Speaking, TyperGroup):
    """Commands that speak the user's language, and whose failures are messages, never tracebacks."""

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 - Typer's own arguments
        """Take the commands with their names and help texts, which is all that lists of them need."""
        super().__init__(**given)
        self.commands = {name: Worded(name, help=cleandoc(text)) for name, text in HELP.items()}

    def loaded(self, name: str) -> Command:
        """Return a command whole; its module is imported when it is first asked for."""
        if self.commands[name].callback is None:
            self.commands[name] = self._load(name)
        return self.commands[name]

    def _load(self, name: str) -> Command:
        """Import a command, and let it take --lang too, so that it may stand anywhere."""
        one = Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
        function = getattr(import_module(f"rehabplan.cli.{name}"), name)
        one.command(cls=Worded, help=HELP[name])(function)
        command = get_command(one)
        for option in OPTIONS.get(name, ()):
            param = option_of(command, option)
            param.envvar = variable(name, option)
            param.show_envvar = False  # in every wrong value's message; docs/settings.md names them
        command.params += [one for one in self.params if OPTION in one.opts]
        return command

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Command | None, list[str]]:  # noqa: ANN401 - Typer's own context is private
        """Return the command that is to run, or whose options are to be completed, and its arguments."""
        name, found, rest = super().resolve_command(ctx, args)
        return name, self.loaded(name) if name and found else None, rest

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> NoReturn:  # noqa: ANN401 - as above
        """Run a command line in the language that is asked for, and end the process with its exit code."""
        for one in self.params:
            if one.name == "install_completion" and one.callback is not None:  # Typer adds it last
                one.callback = telling(one.callback)
        words = sys.argv[1:] if args is None else list(args)
        asked = asked_by(words)
        remember(asked)
        if asked and words in ([OPTION, asked], [f"{OPTION}={asked}"]):
            words = []  # nothing but a language: show the help, as without any word
        with use(asked or of_system(os.environ)):
            try:
                set_here = settings(self.loaded)
                chosen = asked or of_environment(os.environ) or set_here.lang or of_system(os.environ)
            except WrongLanguageError as error:
                print(on_lines(_("Error: {text}").format(text=error)), file=sys.stderr)
                sys.exit(ExitCode.USAGE)
        PLANS.set(set_here.plans_folder)
        NAMED_AT.set(set_here.plans_place)
        with use(chosen):
            sys.exit(self._code(words, rest, {**extra, "default_map": set_here.defaults}))

    def _code(self, words: Sequence[str], rest: Sequence[Any], extra: dict[str, Any]) -> int:
        """Run a command line and return its exit code; what it printed has then reached its place."""
        try:
            code = super().main(words, *rest, **{**extra, "standalone_mode": False})
            sys.stdout.flush()
        except TyperException as error:
            shown = str(error) if isinstance(error, NoArgsIsHelpError) else usage_text(error)
            print(on_lines(shown), file=sys.stderr)
            return error.exit_code
        except Exit as error:
            return error.exit_code
        except (Abort, KeyboardInterrupt):
            return ExitCode.INTERRUPTED
        except Exception as error:
            if _printed_problems(error):
                return ExitCode.BAD_INPUT
            if isinstance(error, ValueError) and COMPLETION in os.environ:
                return ExitCode.USAGE  # a shell whose words Typer cannot count gets no offers
            raise
        finally:
            if "rehabplan.actuals.pool" in sys.modules:  # else nothing was to be read
                sys.modules["rehabplan.actuals.pool"].end_ahead()
        return code if isinstance(code, int) else ExitCode.FINE

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - Typer's own context is private
        """Run the command.

        Raises:
            Exit: with the exit code that a failure stands for.
        """
        try:
            result = super().invoke(ctx)
        except (Exit, Abort, TyperException):
            raise
        except KeyboardInterrupt as error:
            raise Exit(ExitCode.INTERRUPTED) from error
        except Exception as error:
            if _printed_problems(error):
                raise Exit(ExitCode.BAD_INPUT) from error
            if Asked.to_end:  # Python wraps an interruption of, say, a class statement
                raise Exit(ExitCode.INTERRUPTED) from error
            _print_our_fault(error)
            raise Exit(ExitCode.OUR_FAULT) from error
        else:
            return result


def on_lines(text: str) -> str:
    """Return lines without what would speak to the terminal: they may hold words of the user's."""
    from rehabplan.text import printable

    return "\n".join(printable(line) for line in text.split("\n"))


def _printed_problems(error: Exception) -> bool:
    """Print the problems of an input that cannot be used; tell whether the error is about one."""
    from rehabplan.problems import RehabplanError

    if not isinstance(error, RehabplanError):
        return False
    from rehabplan.cli.following import explain, suggest
    from rehabplan.cli.terminal import screen_for
    from rehabplan.render.problems import add_problems

    screen = screen_for(sys.stderr)
    add_problems(screen, error.problems)
    print(screen.text(), end="", file=sys.stderr)
    suggest(explain(error.problems), stream=sys.stderr)
    return True


def _print_our_fault(error: Exception) -> None:
    import traceback

    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{os.path.basename(last.filename)}:{last.lineno}"  # noqa: PTH119 - a name only
    text = _(
        "rehabplan itself failed ({kind} at {place}). This is our fault, not yours: please report it "
        "with the command and, if you may, the files."
    ).format(kind=type(error).__name__, place=place)
    print(text, file=sys.stderr)
    if os.environ.get("REHABPLAN_DEBUG"):
        traceback.print_exception(error)
