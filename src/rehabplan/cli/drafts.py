"""Where a plan is a draft, every command says so."""

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rehabplan.plan.load import LoadedPlan


def tell_draft(loaded: "LoadedPlan") -> None:
    """Say on stderr that a plan is a draft, for commands that do not print the plan's own warnings."""
    from rehabplan.problems import Code

    found = [item for item in loaded.problems if item.code is Code.DRAFT]
    if not found:
        return
    from rehabplan.cli.terminal import screen_for
    from rehabplan.render.problems import add_problems

    screen = screen_for(sys.stderr)
    add_problems(screen, found)
    print(screen.text(), end="", file=sys.stderr)
