"""The next useful command, said after each one where a person reads it: on a terminal, never in a pipe."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from rehabplan.i18n import _
from rehabplan.problems import Problem, Severity

if TYPE_CHECKING:
    from rehabplan.assess import Result

_MOST = 3
"""Commands that are suggested at once; more would be a manual."""


def typed(*words: object) -> str:
    """Return words as one would type them, those with blanks in quotes."""
    return " ".join(f'"{word}"' if " " in str(word) else str(word) for word in words)


def suggest(*commands: str | None, stream: TextIO | None = None) -> None:
    """Print the commands that make sense now, where a terminal shows them."""
    shown = list(dict.fromkeys(command for command in commands if command))[:_MOST]
    to = stream or sys.stdout
    if not shown or not to.isatty():
        return
    from rehabplan.cli.terminal import screen_for

    screen = screen_for(to)
    screen.heading(_("Next"))
    for command in shown:
        screen.verbatim(f"  {command}", cut=False)
    print(screen.text(), end="", file=to)


def explain(problems: Iterable[Problem]) -> str | None:
    """Return the command that explains the worst problem: the first error, else the first warning."""
    found = sorted(problems, key=lambda one: one.code.severity is not Severity.ERROR)
    return f"rehabplan explain {found[0].code.number}" if found else None


def with_reports(command: str, plan: str, actuals: Sequence[Path], *more: object) -> str:
    """Return a command on the same plan and reports as this one."""
    paths = [word for path in actuals for word in ("--actuals", path)]
    return typed("rehabplan", command, plan, *more, *paths)


def trace_worst(plan: str, actuals: Sequence[Path], results: "Iterable[Result]") -> str | None:
    """Return the command that shows where the first verdict comes from that somebody will ask about."""
    from rehabplan.verdict import Status

    for status in (Status.MISSED, Status.BEHIND, Status.UNDETERMINED, Status.AT_RISK):
        for result in results:
            if result.status is status:
                return with_reports("trace", plan, actuals, result.target.id)
    return None
