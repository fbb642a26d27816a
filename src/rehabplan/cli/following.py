"""The next useful command, said after each one where a person reads it: on a terminal, never in a pipe."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

from rehabplan.i18n import _

if TYPE_CHECKING:
    from rehabplan.assess import Result
    from rehabplan.problems import Problem

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


def explain(problems: "Iterable[Problem]") -> str | None:
    """Return the command that explains the worst problem: the first error, else the first warning."""
    from rehabplan.problems import Severity

    found = sorted(problems, key=lambda one: one.code.severity is not Severity.ERROR)
    return f"rehabplan explain {found[0].code.number}" if found else None


class Asked(NamedTuple):
    """The plan, the reports and the period of this command, as they were typed."""

    plan: str
    actuals: Sequence[Path]
    period: str | None = None
    as_of: str | None = None

    def command(self, name: str, *target: str, then: Sequence[str] = ()) -> str:
        """Return another command on the same: `target` behind the plan, `then` at the end."""
        words: list[object] = ["rehabplan", name, self.plan, *target]
        for path in self.actuals:
            words += ["--actuals", path]
        for option, value in (("--period", self.period), ("--as-of", self.as_of)):
            words += [option, value] if value else []
        return typed(*words, *then)

    def trace_of_worst(self, results: "Iterable[Result]") -> str | None:
        """Return the command that shows where the first verdict comes from that somebody will ask about."""
        from rehabplan.verdict import Status

        for status in (Status.MISSED, Status.BEHIND, Status.UNDETERMINED, Status.AT_RISK):
            for result in results:
                if result.status is status:
                    return self.command("trace", result.target.id)
        return None
