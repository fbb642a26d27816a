"""The one list of columns of `diff`: changes become headings and typed cells that every output shares."""

from collections.abc import Sequence

from rehabplan import figures
from rehabplan.i18n import N_, _, ngettext
from rehabplan.pace import changed
from rehabplan.plan.continuity import Aspect
from rehabplan.plan.goal import Measure
from rehabplan.plan.model import Plan, Target
from rehabplan.plandiff.goals import PER_SITE
from rehabplan.plandiff.model import Change, Difference, PlanDiff, TargetChange
from rehabplan.plandiff.series import Chain, Series
from rehabplan.table import goal_text, unit_text
from rehabplan.tablecells import Cell, Column, Tone
from rehabplan.units import POINTS

CHANGE_WORDS: dict[Change, tuple[str, str, Tone]] = {
    Change.UNCHANGED: ("=", N_("unchanged"), Tone.MUTED),
    Change.VALUE: ("±", N_("value changed"), Tone.WARN),
    Change.DEFINITION: ("≠", N_("definition changed"), Tone.BAD),
    Change.ADDED: ("+", N_("added"), Tone.GOOD),
    Change.DROPPED: ("-", N_("dropped"), Tone.MUTED),
    Change.SPLIT: ("÷", N_("split"), Tone.WARN),
    Change.MERGED: ("&", N_("merged"), Tone.WARN),
}

ASPECT_WORDS: dict[Aspect, str] = {
    Aspect.COMPARATOR: N_("comparator"),
    Aspect.UNIT: N_("unit"),
    Aspect.KIND: N_("kind"),
    Aspect.GOAL_FORM: N_("form of the goal"),
    Aspect.DENOMINATOR: N_("denominator"),
    Aspect.POPULATION: N_("population"),
    Aspect.SCOPE: N_("scope"),
    Aspect.PARENT: N_("part of"),
}

NOT_COMPARABLE = "≠"
"""Stands where a difference would be, and none can be given."""


def aspects_text(aspects: Sequence[Aspect]) -> str:
    """Return the names of parts of a definition, in words."""
    return ", ".join(_(ASPECT_WORDS[one]) for one in aspects)


def change_text(change: TargetChange) -> str:
    """Return what became of a target: "≠ definition changed: comparator; value too"."""
    symbol, word, _tone = CHANGE_WORDS[change.change]
    text = f"{symbol} {_(word)}"
    changed = change.changed_aspects
    if changed:
        text += f": {aspects_text([one.aspect for one in changed])}"
        if change.value_changed:
            text += "; " + _("value too")
        elif change.value_changed is False:
            text += "; " + _("same number")
    return text


def difference_text(change: TargetChange) -> str:
    """Return a difference with its sign and unit: +500 · -10 pts · +14 days; ≠ where none can be given."""
    found = change.difference
    if found is None:
        return NOT_COMPARABLE if change.old and change.new else ""
    text = "0"
    if found.value:
        text = figures.signed(found.value, figures.MOST_DIGITS) + _tail(found)
    if found.upper is not None and found.upper != found.value:
        high = figures.signed(found.upper, figures.MOST_DIGITS) + _tail(found) if found.upper else "0"
        text = _("{low}, upper end {high}").format(low=text, high=high)
    if change.levels is not None and change.levels[0] != change.levels[1]:
        tail = " " + _("pts") if change.target.kind.is_share else ""
        size = figures.signed(change.levels[1] - change.levels[0], figures.MOST_DIGITS) + tail
        text = _("{text}, level {size}").format(text=text, size=size)
    return text


def _tail(found: Difference) -> str:
    if found.unit == POINTS.id:
        return " " + _("pts")
    if found.unit == PER_SITE:
        return " " + _("each")
    return " " + ngettext("day", "days", int(abs(found.value))) if found.unit == "day" else ""


def percent_text(change: TargetChange) -> str:
    """Return the difference in percent of the first goal: +41.7%; none for shares, changes and dates."""
    found = change.difference
    if found is None or found.percent is None or found.value == 0:
        return ""
    return figures.signed_percent(found.percent)


def goals_text(plan: Plan, targets: Sequence[Target], unit: str = "") -> str:
    """Return the goals of one side: one, or those of the parts: 600 + 400.

    Where they are counted in another unit than `unit`, or each in its own, they name it: 800 persons.
    """
    units = {unit_text(plan, one) for one in targets}
    named = len(units) > 1 or (bool(unit) and units != {unit})
    return " + ".join(_goal(plan, one, unit=unit_text(plan, one) if named else "") for one in targets)


def _goal(plan: Plan, target: Target, unit: str) -> str:
    """Return a goal, a change with the level that it comes to, and the unit where it is to be named."""
    goal = target.goal_of(plan.year)
    text = goal_text(goal, target)
    level = target.baseline.level if target.baseline else None
    if goal.change and level is not None:
        come_to = figures.number(changed(goal, goal.value, level))
        text += f" ({come_to}{'%' if target.kind.is_share else ''})"
    return f"{text} {unit}" if goal.measure is Measure.NUMBER and unit else text


def step_columns(step: PlanDiff) -> list[Column[TargetChange]]:
    """Return the columns of two plans' comparison, from the left."""
    old, new = step.old.plan, step.new.plan
    depths = {target.id: depth for target, depth in new.in_tree_order()}
    first, second = _headings([old, new])

    def name(change: TargetChange) -> Cell:
        names = " + ".join(str(one.name) for one in change.new or change.old)
        return Cell(names, indent=depths.get(change.target.id, 0) if len(change.new) == 1 else 0)

    def ids(change: TargetChange) -> str:
        before, after = (" + ".join(one.id for one in side) for side in (change.old, change.new))
        return after if before == after else f"{before} → {after}".strip(" →")

    def unit(change: TargetChange) -> str:
        return unit_text(new if change.new else old, change.target)

    def tone(change: TargetChange) -> Tone:
        return CHANGE_WORDS[change.change][2]

    return [
        Column("target", _("Target"), name, 0),
        Column("id", _("Id"), lambda c: Cell(ids(c)), 9),
        Column("unit", _("Unit"), lambda c: Cell(unit(c)), 6),
        Column("old_goal", first, lambda c: Cell(goals_text(old, c.old, unit(c))), 1, numeric=True),
        Column("new_goal", second, lambda c: Cell(goals_text(new, c.new, unit(c))), 1, numeric=True),
        Column(
            "difference", _("Difference"),
            lambda c: Cell(difference_text(c), c.difference.value if c.difference else None), 2, numeric=True,
        ),
        Column(
            "percent", "%",
            lambda c: Cell(percent_text(c), c.difference.percent if c.difference else None), 3, numeric=True,
        ),
        Column("change", _("Change"), lambda c: Cell(change_text(c), c.change, tone(c)), 0),
    ]  # fmt: skip


def series_columns(found: Series) -> list[Column[Chain]]:
    """Return the columns of more than two plans: a goal for each, under it what changed to it."""
    plans = [one.plan for one in found.editions]
    depths = {
        (at, target.id): depth for at, plan in enumerate(plans) for target, depth in plan.in_tree_order()
    }
    last = len(plans) - 1
    headings = _headings(plans)

    def name(chain: Chain) -> Cell:
        return Cell(str(chain.target.name), indent=depths.get((last, chain.target.id), 0))

    def goal(chain: Chain, at: int) -> Cell:
        target = chain.targets[at]
        text = "" if target is None else goals_text(plans[at], [target], _unit_of(chain, plans))
        changed_to = step(chain, at - 1) if at else Cell("")
        if not text:
            return changed_to
        return Cell(text, below=(changed_to,) if changed_to.text else ())

    def step(chain: Chain, at: int) -> Cell:
        change = chain.steps[at]
        if change is None or change.change is Change.ADDED:
            return Cell("" if change is None else _(CHANGE_WORDS[Change.ADDED][1]), tone=Tone.MUTED)
        if change.difference is None or change.change in (Change.SPLIT, Change.MERGED):
            aspects = [one.aspect for one in change.blocked_by]
            _symbol, word, tone = CHANGE_WORDS[change.change]
            return Cell(f"{NOT_COMPARABLE} {aspects_text(aspects)}" if aspects else _(word), tone=tone)
        text = " ".join(one for one in (difference_text(change), _bracketed(percent_text(change))) if one)
        if change.changed_aspects:
            text += f", {aspects_text([one.aspect for one in change.changed_aspects])}"
        return Cell("=" if text == "0" else text, change.difference.value, CHANGE_WORDS[change.change][2])

    columns = [
        Column("target", _("Target"), name, 0),
        Column("unit", _("Unit"), lambda c: Cell(_unit_of(c, plans)), 6),
    ]
    for at, heading in enumerate(headings):
        columns.append(
            Column(f"goal_{at}", heading, lambda c, at=at: goal(c, at), 1, numeric=True)  # type: ignore[misc]
        )
    return columns


def _bracketed(text: str) -> str:
    return f"({text})" if text else ""


def _unit_of(chain: Chain, plans: Sequence[Plan]) -> str:
    at = max(index for index, one in enumerate(chain.targets) if one is not None)
    return unit_text(plans[at], chain.target)


def _headings(plans: Sequence[Plan]) -> list[str]:
    """Return the years as headings; two plans of one year are told apart by their place."""
    years = [str(plan.year) for plan in plans]
    return [
        year if years.count(year) == 1 else f"{year} ({chr(ord('a') + at)})" for at, year in enumerate(years)
    ]
