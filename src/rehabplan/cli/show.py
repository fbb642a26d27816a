"""`rehabplan show`: what a plan says."""

import sys

from rehabplan.cli.following import explain, suggest, typed
from rehabplan.cli.options import PlanName
from rehabplan.i18n import _


def show(plan: PlanName) -> None:
    """Print a plan as it was read."""
    from rehabplan.cli.terminal import screen_for
    from rehabplan.plan.find import find_plan
    from rehabplan.plan.load import load_plan
    from rehabplan.render.problems import add_problems
    from rehabplan.render.show_screen import add_plan

    loaded = load_plan(find_plan(plan))
    screen = screen_for(sys.stdout)
    add_plan(screen, loaded.plan, loaded.file)
    if loaded.problems:
        screen.heading(_("Warnings"))
        add_problems(screen, loaded.problems)
    print(screen.text().lstrip("\n"), end="")
    suggest(typed("rehabplan", "check", plan, "--actuals", "reports"), explain(loaded.problems))
