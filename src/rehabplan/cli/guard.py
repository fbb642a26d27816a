"""The one catcher: every failure becomes a message and an exit code (design.md §2)."""

import os
import sys
import traceback
from enum import IntEnum
from typing import Any

from typer.core import TyperGroup
from typer.exceptions import Abort, Exit, TyperException

from rehabplan.i18n import _
from rehabplan.problems import RehabplanError


class ExitCode(IntEnum):
    """The exit codes, a contract."""

    FINE = 0
    DATA_SAYS_NO = 1
    USAGE = 2
    BAD_INPUT = 3
    OUR_FAULT = 70
    INTERRUPTED = 130


class Guard(TyperGroup):
    """A group of commands whose failures are messages, never tracebacks."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - Typer's own context is private
        """Run the command.

        Raises:
            Exit: with the exit code that a failure stands for.
        """
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except (Exit, Abort, TyperException):
            raise
        except RehabplanError as error:
            _print_problems(error)
            raise Exit(ExitCode.BAD_INPUT) from error
        except KeyboardInterrupt as error:
            raise Exit(ExitCode.INTERRUPTED) from error
        except BrokenPipeError as error:
            # Nobody reads any more; keep the interpreter from complaining when it flushes.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise Exit(ExitCode.FINE) from error
        except Exception as error:
            _print_our_fault(error)
            raise Exit(ExitCode.OUR_FAULT) from error
        else:
            return result


def _print_problems(error: RehabplanError) -> None:
    from rehabplan.cli.terminal import screen_for
    from rehabplan.render.problems import add_problems

    screen = screen_for(sys.stderr)
    add_problems(screen, error.problems)
    print(screen.text(), end="", file=sys.stderr)


def _print_our_fault(error: Exception) -> None:
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{os.path.basename(last.filename)}:{last.lineno}"  # noqa: PTH119 - a name only
    text = _(
        "rehabplan itself failed ({kind} at {place}). This is our fault, not yours: please report it "
        "with the command and, if you may, the files."
    ).format(kind=type(error).__name__, place=place)
    print(text, file=sys.stderr)
    if os.environ.get("REHABPLAN_DEBUG"):
        traceback.print_exception(error)
