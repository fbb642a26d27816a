"""The rules a plan must keep beyond its shape: pure functions from records to findings."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from itertools import pairwise

from msgspec import Struct

from rehabplan import figures
from rehabplan.i18n import N_, _
from rehabplan.period import year_days
from rehabplan.plan.fields import Percentage
from rehabplan.plan.goal import Comparator, Goal, Measure
from rehabplan.plan.model import Header, Kind, Target
from rehabplan.plan.pacing import Baseline, Shape
from rehabplan.problems import Code, hint
from rehabplan.text import closest
from rehabplan.units import unit_of


class Finding(Struct, frozen=True):
    """A broken rule, at a path inside the plan file."""

    code: Code
    path: tuple[str | int | date, ...]
    args: Mapping[str, object]
    at_key: bool = False


def finding(code: Code, *path: str | int | date, **args: object) -> Finding:
    """Return the finding `code` at a path."""
    return Finding(code, path, args)


ID_PATTERN = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
LONGEST_ID = 60
"""Characters of an id; so many fit a column."""


def check_id(found: str) -> bool:
    """Tell whether a text can be an id."""
    return len(found) <= LONGEST_ID and re.fullmatch(ID_PATTERN, found) is not None


def check_target(target: Target, header: Header) -> Iterator[Finding]:
    """Yield what is wrong with one target by itself, within the plan's year and sites."""
    base = ("targets", target.id)
    for year, goal in target.goals.items():
        path = (*base, "goal") if year is None else (*base, "goal", year)
        yield from _check_goal(target, goal, path)
    if None not in target.goals and header.year not in target.goals:
        years = ", ".join(str(year) for year in target.goals)
        yield finding(Code.NO_GOAL_FOR_YEAR, *base, "goal", years=years, year=header.year)
    yield from _check_fields(target, base)
    yield from _check_sites_of(target, header, base)
    now = target.goals.get(None) or target.goals.get(header.year)
    if now is not None and _fits(target.kind, now):
        yield from _check_pace(target, now, header, base)
    first, last = year_days(header.year, header.convention)
    if target.due and not first <= target.due <= last:
        yield finding(Code.DUE_OUTSIDE, *base, "due", found=target.due, first=first, last=last)


_ALL = 100
_EXPECTED = {
    Kind.COUNT: N_("a number, or a change in percent"),
    Kind.STOCK: N_("a number, or a change in percent"),
    Kind.RATE: N_("a percentage, or a change in percent or points"),
    Kind.COVERAGE: N_("a percentage of the sites, or {each: 1}"),
    Kind.MILESTONE: N_("done"),
}


def _fits(kind: Kind, goal: Goal) -> bool:
    match kind:
        case Kind.MILESTONE:
            return goal.measure is Measure.DONE
        case Kind.COVERAGE:
            return goal.measure is Measure.PERCENT and not goal.change
        case Kind.RATE:
            return goal.measure in (Measure.PERCENT, Measure.POINTS) and goal.each is None
        case _:
            plain = goal.measure is Measure.NUMBER
            return plain or (goal.measure is Measure.PERCENT and goal.change != 0)


def _check_goal(target: Target, goal: Goal, path: tuple[str | int | date, ...]) -> Iterator[Finding]:
    if not _fits(target.kind, goal):
        expected = _(_EXPECTED[target.kind])
        yield finding(Code.GOAL_UNIT, *path, found=goal.text, kind=target.kind.value, expected=expected)
        return
    top = goal.upper or goal.value
    reason = ""
    if goal.change < 0 and goal.measure is Measure.PERCENT and top > _ALL:
        reason = _("a decrease by more than 100% would leave less than nothing")
    elif target.kind.is_share and not goal.change and top > _ALL:
        reason = _("a share is never more than 100%")
    elif target.kind.is_share and not goal.change and top == _ALL and goal.comparator is Comparator.ABOVE:
        reason = _("no share is above 100%; to ask for all, write '100%'")
    if reason:
        yield finding(Code.SHARE_OVER_100, *path, found=goal.text, reason=reason)
    whole = target.unit is None or unit_of(target.unit).whole
    counted = target.kind in (Kind.COUNT, Kind.STOCK) and not goal.change
    if counted and whole and goal.value.denominator != 1:
        expected = _("a whole number")
        yield finding(Code.GOAL_UNIT, *path, found=goal.text, kind=target.kind.value, expected=expected)
    if goal.change and (target.baseline is None or target.baseline.level is None):
        yield finding(Code.NO_BASELINE, *path, found=goal.text)


_COUNTED = frozenset({Kind.COUNT, Kind.STOCK})
_MILESTONE = frozenset({Kind.MILESTONE})
MEANINGLESS: Mapping[str, frozenset[Kind]] = {
    "unit": _MILESTONE,
    "sites": _COUNTED | _MILESTONE,
    "population": _COUNTED | _MILESTONE,
    "baseline": _MILESTONE,
    "pace": _MILESTONE,
    "due": frozenset(Kind) - _MILESTONE,
    "parent": _MILESTONE,
    "one_to_one": frozenset(Kind) - {Kind.RATE},
}
"""Kinds of target for which a key says nothing."""


def _check_fields(target: Target, base: tuple[str, ...]) -> Iterator[Finding]:
    kind = target.kind
    for key, kinds in MEANINGLESS.items():
        if kind in kinds and getattr(target, "stated_pace" if key == "pace" else key):
            yield Finding(Code.NOT_FOR_KIND, (*base, key), {"key": key, "kind": kind.value}, True)
    if target.over and not _has_range(target):
        yield Finding(Code.NOT_FOR_KIND, (*base, "over"), {"key": "over", "kind": kind.value}, True)
    if kind in _COUNTED and target.unit is None:
        yield Finding(Code.UNIT_NEEDED, base, {"kind": kind.value}, True)
    if target.one_to_one and target.parent is None and kind is Kind.RATE:
        yield Finding(Code.SHARE_WITHOUT_PARENT, (*base, "one_to_one"), {}, True)
    if target.baseline and kind is not Kind.MILESTONE:
        yield from _check_baseline(target, target.baseline, (*base, "baseline"))
    if target.baseline and target.baseline.average and kind.is_share:
        path = (*base, "baseline", "average")
        yield Finding(Code.NOT_FOR_KIND, path, {"key": "average", "kind": kind.value}, True)


def _check_baseline(target: Target, given: Baseline, path: tuple[str, ...]) -> Iterator[Finding]:
    """A share starts from a share ("35%", "20/60"), a number of things from a number of them."""
    for key, value in (("value", given.value), *((label, one) for label, one in given.periods.items())):
        share = target.kind.is_share
        if value is None or (isinstance(value, Percentage) is share and not (share and value > _ALL)):
            continue
        expected = _("a share up to 100%: '35%' or '20/60'") if share else _("a number")
        at = (*path, key) if key == "value" else (*path, "periods", key)
        yield finding(Code.WRONG_TYPE, *at, found=f"'{figures.plain(value)}'", expected=expected)


def _has_range(target: Target) -> bool:
    return any(goal.comparator is Comparator.RANGE for goal in target.goals.values())


def _check_sites_of(target: Target, header: Header, base: tuple[str, ...]) -> Iterator[Finding]:
    if target.sites is None and target.kind is Kind.COVERAGE:
        yield Finding(Code.SITES_NEEDED, base, {"kind": target.kind.value}, True)
    shares = target.kind.is_share
    if shares and target.sites is not None and target.sites not in header.sites:
        guess = hint(closest(target.sites, header.sites))
        yield finding(Code.NO_SITES, *base, "sites", found=target.sites, hint=guess)


def _check_pace(target: Target, goal: Goal, header: Header, base: tuple[str, ...]) -> Iterator[Finding]:
    pace = target.stated_pace
    if pace is None or target.kind is Kind.MILESTONE:
        return
    path = (*base, "pace")
    if target.kind is Kind.RATE and pace.shape in (Shape.LINEAR, Shape.BY_QUARTER):
        reason = _("a rate does not add up over the year; use every_period, year_end or a curve")
        yield finding(Code.PACE_CURVE, *path, reason=reason)
    if pace.shape in (Shape.BY_QUARTER, Shape.CURVE) and goal.change:
        yield finding(Code.PACE_CURVE, *path, reason=_("the goal is a change, not a level"))
    elif pace.shape is Shape.BY_QUARTER:
        yield from _check_quarters(target, goal, path)
    elif pace.shape is Shape.CURVE:
        yield from _check_curve(target, goal, header, path)


def _check_quarters(target: Target, goal: Goal, path: tuple[str, ...]) -> Iterator[Finding]:
    """The quarters of a count bring the goal; those of a stock or coverage bring the increase."""
    start = target.baseline.level if target.baseline and target.kind is not Kind.COUNT else None
    if target.kind is Kind.STOCK and start is None:
        reason = _("the quarters of a stock bring its increase, so it needs a baseline")
        yield finding(Code.PACE_CURVE, *path, reason=reason)
        return
    added, wanted = Fraction(sum(target.pace.quarters)), goal.value - (start or 0)
    if added != wanted:
        shown = {"found": figures.plain(added), "goal": figures.plain(wanted)}
        yield finding(Code.PACE_SUM, *path, "by_quarter", **shown)


def _check_curve(target: Target, goal: Goal, header: Header, path: tuple[str, ...]) -> Iterator[Finding]:
    points = target.pace.curve
    first, last = year_days(header.year, header.convention)
    for day, _value in points:
        if not first <= day <= last:
            yield finding(Code.DUE_OUTSIDE, *path, "curve", day, found=day, first=first, last=last)
    if points[-1] == (last, points[-1][1]) and points[-1][1] != goal.value:
        reason = _("it ends the year at {found}, the goal is {goal}")
        shown = {"found": figures.plain(points[-1][1]), "goal": figures.plain(goal.value)}
        yield finding(Code.PACE_CURVE, *path, "curve", last, reason=reason.format(**shown))
    falls = [later for earlier, later in pairwise(points) if later[1] < earlier[1]]
    if target.kind is Kind.COUNT and falls:
        reason = _("a count's year-to-date figure cannot fall, as it does on {day}")
        day = falls[0][0]
        yield finding(Code.PACE_CURVE, *path, "curve", day, reason=reason.format(day=day))
