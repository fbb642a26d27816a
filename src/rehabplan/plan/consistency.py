"""Do a plan's goals, baselines, parts and totals fit each other? Pure functions from records to findings.

Only the goals of the plan's own year are held against each other, changes worked out from their
baselines (pace.sides_of). A plan file says what an issued document says, so what looks odd is a warning;
only what nobody could ever reach is an error.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from math import ceil, floor

from rehabplan import figures
from rehabplan.i18n import _
from rehabplan.pace import Side, sides_of
from rehabplan.plan.checks import Finding, finding
from rehabplan.plan.goal import Comparator, Goal, Measure
from rehabplan.plan.model import Kind, Plan, Target, Total
from rehabplan.plan.pacing import Shape
from rehabplan.problems import Code
from rehabplan.units import unit_of

_ALL = 100


def check_consistency(plan: Plan) -> Iterator[Finding]:
    """Yield which goals contradict their baselines, each other, their wholes or a stated total."""
    for target in plan.targets.values():
        goal = goal_now(plan, target.id)
        if goal is None or target.kind is Kind.MILESTONE:
            continue
        path = ("targets", target.id, "goal")
        where = path if None in target.goals else (*path, plan.year)
        yield from _check_possible(target, goal, where)
        if not plan.draft:  # whose goals are those of a year that is over: many are reached
            yield from _check_baseline(target, goal, ("targets", target.id, "baseline"))
        if goal.change and not goal.value and not goal.upper:
            held = ("<= " if goal.lower_is_better else ">= ") + figures.plain(_level(target) or Fraction(0))
            held += "%" if target.kind.is_share else ""
            yield finding(Code.CHANGE_BY_NOTHING, *where, found=goal.text, level=held)
        yield from _check_whole(plan, target, goal, where)
    yield from _check_pairs(plan)
    for index, total in enumerate(plan.totals):
        yield from _check_total(plan, total, ("totals", index, "stated"))


def goal_now(plan: Plan, target_id: str) -> Goal | None:
    """Return a target's goal of the plan's own year, None where there is no such target or goal."""
    target = plan.targets.get(target_id)
    return (target.goals.get(None) or target.goals.get(plan.year)) if target else None


def is_part_of(plan: Plan, part: Target, whole: Target) -> bool:
    """Tell whether numbers of two targets can be compared as part and whole: one kind, one unit.

    Not where the parents run in a circle (RP131), of which any could be the whole.
    """
    counted = part.kind is whole.kind and part.kind in (Kind.COUNT, Kind.STOCK)
    same_unit = unit_of(plan.unit_id(part)) == unit_of(plan.unit_id(whole))
    return counted and same_unit and part.id not in _enclosing(plan, whole)


def _enclosing(plan: Plan, target: Target) -> dict[str, None]:
    """Return a target's id and those of all wholes that it is a part of."""
    found: dict[str, None] = {}
    here: str | None = target.id
    while here in plan.targets and here not in found:
        found[here] = None
        here = plan.targets[here].parent
    return found


def _level(target: Target) -> Fraction | None:
    return target.baseline.level if target.baseline else None


def _shown(target: Target, value: Fraction) -> str:
    return figures.percent(value, figures.MOST_DIGITS) if target.kind.is_share else figures.plain(value)


def _shown_level(target: Target) -> str:
    level = _level(target)
    return "" if level is None else _shown(target, level)


def _shown_goal(target: Target, goal: Goal, side: Side) -> str:
    """Return a goal as the plan writes it; of a change also the level that it comes to."""
    return f"{goal.text} ({_shown(target, side.value)})" if goal.change else goal.text


def _check_possible(target: Target, goal: Goal, path: tuple[str | int, ...]) -> Iterator[Finding]:
    near = sides_of(target, goal)[0].value
    reason = ""
    if goal.comparator is Comparator.BELOW and not goal.value:
        reason = _("nothing is less than 0")
    elif goal.change and target.kind.is_share and not 0 <= near <= _ALL:
        text = _("from the baseline {level} it leads to {value}, and a share lies between 0% and 100%")
        reason = text.format(level=_shown_level(target), value=_shown(target, near))
    if reason:
        yield finding(Code.GOAL_IMPOSSIBLE, *path, found=goal.text, reason=reason)


def _check_baseline(target: Target, goal: Goal, path: tuple[str, ...]) -> Iterator[Finding]:
    """Tell where a level is reached before the year begins; "every_period" says that it is to be kept.

    A level equal to the goal is how plans write "maintain 37" and "no more than the 12 of last year", and
    no warning. A count begins every year at 0, so only its caps have a baseline to come down from.
    """
    level, sides = _level(target), sides_of(target, goal)
    kept = target.pace.shape is Shape.EVERY_PERIOD
    if level is None or goal.change or kept or len(sides) > 1:
        return
    side = sides[0]
    shown = {"level": _shown(target, level), "goal": goal.text}
    if side.upper:
        if level < side.value:
            yield finding(Code.NOTHING_TO_DECREASE, *path, **shown)
    elif target.kind is not Kind.COUNT and level > side.value:
        yield finding(Code.NOTHING_TO_INCREASE, *path, **shown, judged=_judged(target))


def _judged(target: Target) -> str:
    """Say how a goal that was reached before the year began is judged (pace.checkpoints)."""
    match target.pace.shape:
        case Shape.YEAR_END:
            return _("it is judged at the end of the year only")
        case Shape.CURVE | Shape.BY_QUARTER:
            return _("it is judged by the plan's own path")
        case _:
            return _("it is judged as one to be maintained")


def _check_whole(plan: Plan, target: Target, goal: Goal, path: tuple[str | int, ...]) -> Iterator[Finding]:
    """Tell where a part is to be more than its whole: more than it asks for, or than it allows."""
    whole = plan.targets.get(target.parent or "")
    whole_goal = goal_now(plan, target.parent or "")
    if whole is None or whole_goal is None or not is_part_of(plan, target, whole):
        return
    for side in sides_of(target, goal):
        for limit in sides_of(whole, whole_goal):
            if not side.upper and side.value > limit.value:
                shown = {"goal": _shown_goal(target, goal, side), "parent": whole.id}
                whole_shown = _shown_goal(whole, whole_goal, limit)
                yield finding(Code.GOAL_OVER_WHOLE, *path, **shown, whole=whole_shown)
                return


def _check_pairs(plan: Plan) -> Iterator[Finding]:
    """Two targets that are judged by one row of a report must leave that row a figure."""
    by_row: dict[str, list[Target]] = {}
    for target in plan.targets.values():
        if target.kind is not Kind.MILESTONE and goal_now(plan, target.id):
            by_row.setdefault(target.reported_as, []).append(target)
    for row in by_row.values():
        if len(row) == 1:
            continue
        by_measure: dict[object, list[tuple[Target, _Ends]]] = {}
        for target in row:  # each once, and not in each of its pairs
            by_measure.setdefault(_measure(plan, target), []).append((target, _allowed(plan, target)))
        for same in by_measure.values():
            yield from _contradictions(plan, same)


def _contradictions(plan: Plan, same: Sequence[tuple[Target, "_Ends"]]) -> Iterator[Finding]:
    for (first, (low, high)), (second, (other_low, other_high)) in combinations(same, 2):
        if (low and other_high and low > other_high) or (other_low and high and other_low > high):
            goals = [_goal_shown(plan, one) for one in (first, second)]
            args = {"goal": goals[1], "other": first.id, "other_goal": goals[0]}
            args["row"] = second.reported_as
            yield finding(Code.GOALS_CONTRADICT, "targets", second.id, "goal", **args)


def _goal_shown(plan: Plan, target: Target) -> str:
    goal = target.goal_of(plan.year)
    return _shown_goal(target, goal, sides_of(target, goal)[0])


def _measure(plan: Plan, target: Target) -> object:
    """Return what two targets share whose one row means one figure: the unit, or the whole of a share."""
    if target.kind.is_share:
        return target.parent, target.sites, target.population
    return unit_of(plan.unit_id(target))


_End = tuple[Fraction, int]
"""A value, and whether just that (0), just above it (1) or just below it (-1) is meant."""


_Ends = tuple[_End | None, _End | None]


def _allowed(plan: Plan, target: Target) -> _Ends:
    """Return the least and the most that fulfil a target's goal; None where unbounded."""
    lows: list[_End] = []
    highs: list[_End] = []
    whole = not target.kind.is_share and unit_of(plan.unit_id(target)).whole
    for side in sides_of(target, target.goal_of(plan.year)):
        (highs if side.upper else lows).append(_end(side, whole=whole))
    return max(lows, default=None), min(highs, default=None)


def _end(side: Side, *, whole: bool) -> _End:
    """Return an end of what a side allows; in whole things "> 5" begins at 6."""
    value, open_end = side.value, int(side.strict)
    if not whole:
        return (value, -open_end if side.upper else open_end)
    if side.upper:
        return (Fraction(ceil(value) - 1 if open_end else floor(value)), 0)
    return (Fraction(floor(value) + 1 if open_end else ceil(value)), 0)


def _check_total(plan: Plan, total: Total, path: tuple[str | int, ...]) -> Iterator[Finding]:
    """Tell where one part alone is to be more than the stated total (RP160 compares with all of them)."""
    parts = [plan.targets[part] for part in total.parts if part in plan.targets]
    goals = {part.id: goal for part in parts if (goal := goal_now(plan, part.id))}
    if len(goals) < len(total.parts):
        return
    unit = unit_of(total.unit)
    if any(part.kind is not Kind.COUNT or unit_of(plan.unit_id(part)) != unit for part in parts):
        return
    wanted = {
        part: goal.value
        for part, goal in goals.items()
        if goal.measure is Measure.NUMBER and not goal.lower_is_better
    }
    largest = max(wanted, key=lambda part: wanted[part], default=None)
    if largest is not None and wanted[largest] > total.stated:
        shown = {"stated": figures.plain(total.stated), "part": largest, "goal": goals[largest].text}
        yield finding(Code.TOTAL_BELOW_PART, *path, **shown)
