"""The terminal output of `draft`: what was reached, and what is left to decide."""

from collections.abc import Sequence

from msgspec import Struct

from rehabplan import figures
from rehabplan.assess import Assessment, Result
from rehabplan.i18n import _, ngettext
from rehabplan.plan.model import Plan, Target
from rehabplan.render.screen import Screen
from rehabplan.sections.head import files_text, period_text
from rehabplan.table import STATUS_WORDS, actual_text, goal_text, percent_text, status_text, unit_text
from rehabplan.tablecells import Cell, Column


class ToDo(Struct, frozen=True):
    """Something to look at in a draft, and the targets that it concerns."""

    text: str
    targets: Sequence[str] = ()


def add_goals(screen: Screen, plan: Plan, assessment: Assessment | None, undecided: Sequence[str]) -> None:
    """Add the goals that nobody has decided: last year's, and what was reached."""
    if assessment is not None:
        screen.line(_("Reached, as told by {files}").format(files=files_text(assessment.files)), hang=2)
        screen.line(period_text(assessment))
    rows = [(target, depth) for target, depth in plan.in_tree_order() if target.id in undecided]
    screen.table(_columns(plan, assessment), rows)
    screen.line()
    text = ngettext("{count} goal to decide", "{count} goals to decide", len(rows))
    screen.line(text.format(count=len(rows)))


def _columns(plan: Plan, assessment: Assessment | None) -> list[Column[tuple[Target, int]]]:
    def goal(row: tuple[Target, int]) -> Cell:
        return Cell(goal_text(row[0].goal_of(plan.year), row[0]))

    heading = _("Goal {year}").format(year=plan.year)
    columns: list[Column[tuple[Target, int]]] = [
        Column("target", _("Target"), lambda row: Cell(str(row[0].name), indent=row[1]), 0),
        Column("goal", heading, goal, 1, numeric=True),
    ]
    if assessment is None:
        return [*columns, Column("unit", _("Unit"), lambda row: Cell(unit_text(plan, row[0])), 3)]
    results: dict[str, Result] = {one.target.id: one for one in assessment.results}

    def status(row: tuple[Target, int]) -> Cell:
        found = results[row[0].id].status
        return Cell(status_text(found), found, STATUS_WORDS[found][2])

    reached = _("By {day}").format(day=figures.day(assessment.period.cutoff))
    return [
        *columns,
        Column("actual", reached, lambda row: Cell(actual_text(results[row[0].id])), 1, numeric=True),
        Column("percent", _("% of goal"), lambda row: Cell(percent_text(results[row[0].id])), 3,
               numeric=True),
        Column("status", _("Status"), status, 2),
    ]  # fmt: skip


def add_rest(screen: Screen, plan: Plan, rest: Sequence[ToDo]) -> None:
    """Add what else is to be looked at."""
    if rest:
        screen.heading(_("Look at these too; the draft says what is meant beside each"))
    for one in rest:
        names = "; ".join(str(plan.targets[target].name) for target in one.targets)
        screen.line(f"- {one.text}: {names}" if names else f"- {one.text}", indent=2, hang=2)
