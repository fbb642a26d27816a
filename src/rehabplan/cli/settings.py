"""`rehabplan.toml`: what an office always wants. A flag comes first, then the environment, then this file.

It is looked for in the current folder and those above. What it can set does no harm wherever it comes from:
how results are shown, never what is read, written or overwritten.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from typer._click.core import Command  # Typer, held below 0.29, exports none of these names
from typer.core import TyperOption

from rehabplan.cli.language import Code as Language

if TYPE_CHECKING:
    from rehabplan.problems import Problem, Where

FILE = "rehabplan.toml"
PLANS = "REHABPLAN_PLANS"
"""Names the folder of plans, before the file does."""
OPTIONS: Mapping[str, Sequence[str]] = {
    "check": ("format", "by", "mask-below", "fail-on"),
    "diff": ("format",),
    "trend": ("format",),
    "summary": ("mask-below",),
}
"""Options of commands that can be set."""


class Settings(NamedTuple):
    """What a file sets, and what is wrong with it."""

    lang: Language | None = None
    plans: Path = Path("plans")
    """The folder of plans, seen from the current one."""
    defaults: Mapping[str, Mapping[str, Any]] = MappingProxyType({})
    """Values of options by command, under the names that Typer gives them."""
    faults: "Callable[[], Sequence[Problem]] | None" = None
    """Tells what is wrong with it, in the language then in use."""

    plans_at: "Where | None" = None
    """Where the file names the folder of plans."""

    def plans_place(self) -> "Where | None":
        """Return the line that names the folder of plans, None where none does, or not the one in use."""
        return None if os.environ.get(PLANS) else self.plans_at

    def plans_folder(self) -> Path:
        """Return the folder of plans.

        Raises:
            RehabplanError: something is wrong with the file, so nobody knows what it meant.
        """
        if self.faults is not None:
            from rehabplan.problems import RehabplanError

            raise RehabplanError(self.faults())
        named = os.environ.get(PLANS)
        return Path(named) if named else self.plans


def variable(command: str, option: str) -> str:
    """Return the environment variable that stands for an option of a command: REHABPLAN_CHECK_FORMAT."""
    return f"REHABPLAN_{command}_{option}".upper().replace("-", "_")


def option_of(command: Command, option: str) -> TyperOption:
    """Return an option of a command by its name without dashes."""
    return next(one for one in command.params if isinstance(one, TyperOption) and f"--{option}" in one.opts)


def settings(commands: Callable[[str], Command]) -> Settings:
    """Return what the nearest file sets for commands, asked for by name; nothing where there is none."""
    path = _nearest()
    if path is None:
        return Settings()
    from rehabplan.cli.settingsfile import Reader

    return Reader(path, commands).read()


def _nearest() -> Path | None:
    try:
        here = Path.cwd()
    except OSError:  # the folder was taken away
        return None
    return next((path for one in (here, *here.parents) if os.path.lexists(path := one / FILE)), None)
