"""The terminal output of `show`: a plan as it was read."""

from rehabplan import figures
from rehabplan.i18n import _
from rehabplan.plan.model import Plan
from rehabplan.render.screen import Screen
from rehabplan.table import goal_text, show_columns


def add_plan(screen: Screen, plan: Plan, file: str) -> None:
    """Add a plan's head, targets, declared totals, and what is no target."""
    screen.heading(str(plan.title))
    document = plan.document
    number = document.number or _("number not known")
    day = figures.day(document.date) if document.date else _("date not known")
    screen.line(f"{plan.issuer} · {number} · {day} · {file}")
    if document.source:
        screen.line(_("Source: {source}").format(source=document.source), hang=2)
    screen.line(_("Convention: {name} year").format(name=_(plan.convention.value)))
    for name, sites in plan.sites.items():
        listed = sites.list or ", ".join(sites.names)
        screen.line(_("Sites: {name}, {count} ({listed})").format(
            name=name, count=sites.count, listed=listed or "-"
        ), hang=2)  # fmt: skip
    screen.table(show_columns(plan), plan.in_tree_order())
    _add_other_years(screen, plan)
    if plan.totals:
        screen.heading(_("Totals that the plan states"))
    for total in plan.totals:
        parts = " + ".join(total.parts)
        stated = figures.number(total.stated)
        screen.line(f"{total.name}: {stated} ({parts})", indent=2, hang=2)
    if plan.not_targets:
        screen.heading(_("Judged to be no target of the year ({count})").format(
            count=len(plan.not_targets)
        ))  # fmt: skip
    for item in plan.not_targets:
        screen.line(f"{item.text}: {item.reason}", indent=2, hang=2)


def _add_other_years(screen: Screen, plan: Plan) -> None:
    """Name the goals of other years, where a document sets steps or a second horizon."""
    several = [target for target in plan.targets.values() if len(target.goals) > 1]
    if several:
        screen.heading(_("Goals by year"))
    for target in several:
        steps = ", ".join(f"{year}: {goal_text(goal, target)}" for year, goal in target.goals.items())
        screen.line(f"{target.name}: {steps}", indent=2, hang=2)
