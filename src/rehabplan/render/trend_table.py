"""The columns of `trend`: a column for each period, how far the year is, and where it ends."""

from collections.abc import Callable
from fractions import Fraction
from math import ceil, floor

from rehabplan import figures
from rehabplan.beforetable import change_text, usable
from rehabplan.i18n import _
from rehabplan.numbers import UNKNOWN, Amount
from rehabplan.pace import checkpoints
from rehabplan.period import Period
from rehabplan.periodwords import heading, short_words
from rehabplan.plan.model import Plan
from rehabplan.table import STATUS_WORDS, actual_text, expected_text, goal_with_level, status_text
from rehabplan.tablecells import Cell, Column, Tone
from rehabplan.trend.model import Point, TargetTrend
from rehabplan.trend.projection import Rule
from rehabplan.units import unit_of
from rehabplan.yearbefore.model import YearBefore

_FIRM = "\N{NO-BREAK SPACE}"
_CELLS = 10
_DONE, _OPEN, _LEFT, _BY_NOW = "█", "▒", "░", "│"


def added_text(point: Point) -> str:
    """Return what was added since the point before: +107, ≥ +20, +1.5 pts, ±0."""
    added = point.added
    if added is None:
        return ""
    tail = " " + _("pts") if point.added_in == "percent-point" else ""
    if added.value is not None:
        sign = "+" if added.value > 0 else "±" if added.value == 0 else ""
        return f"{sign}{figures.number(added.value)}{tail}"
    return figures.bounds(added) + tail


def projection_text(one: TargetTrend) -> str:
    """Return the projected year end, never rounded onto or across a goal that it does not reach."""
    projection, side = one.projection, one.projection.side
    if projection.amount is None or projection.amount == UNKNOWN or side is None:
        return ""
    share = one.target.kind.is_share
    digits = 0 if not share and unit_of(one.basis.result.measured_in).whole else 1
    tie = 0 if side.strict else -1 if side.upper else 1
    tail = "%" if share else ""
    text = figures.bounds(projection.amount, digits, against=side.value, tail=tail, tie=tie)
    return text if projection.rule in (Rule.YEAR_OVER, Rule.SO_FAR) else f"~ {text}"


def as_of_text(one: TargetTrend) -> str:
    """Say which period a projection rests on, where it is not the last."""
    if one.basis is one.last or not projection_text(one):
        return ""
    return _("as of {period}").format(period=short_words(one.basis.period))


def bar_text(plan: Plan, point: Point) -> str:
    """Return ten cells of the way to the goal: done, open, left; a stroke where it should stand by now.

    Full only where the goal is reached. Of a stock with a baseline it is the way from there. Nothing
    where lower is better or too much fails too, and of milestones.
    """
    result = point.result
    amount = result.actual.amount
    near, *others = checkpoints(result.target, result.goal, point.period, plan.bands.at_risk / 100)
    if others or amount in (None, UNKNOWN) or near.side.upper or point.projection.amount is None:
        return ""
    origin = near.base.now if near.base else Fraction(0)
    way = near.side.value - origin
    if way <= 0 or amount is None:
        return ""
    low = _filled(amount.low, origin, way, strict=near.side.strict or amount.low_open)
    high = _CELLS if amount.high is None else _filled(amount.high, origin, way, strict=near.side.strict)
    cells = [_DONE] * low + [_OPEN] * (max(high, low) - low) + [_LEFT] * (_CELLS - max(high, low))
    expected = near.expected
    if expected is not None and origin < expected < near.side.value:
        at = ceil((expected - origin) / way * _CELLS)
        if amount.low is not None and amount.low >= expected:
            at = min(at, low)
        cells.insert(at, _BY_NOW)
    return "".join(cells)


def _filled(value: Fraction | None, origin: Fraction, way: Fraction, *, strict: bool) -> int:
    if value is None:
        return 0
    share = (value - origin) / way
    if share > 1 or (share == 1 and not strict):
        return _CELLS
    return max(0, min(_CELLS - 1, floor(share * _CELLS)))


def trend_columns(
    plan: Plan, periods: tuple[Period, ...], before: tuple[YearBefore | None, ...] = ()
) -> list[Column[TargetTrend]]:
    """Return the columns of `trend`, from the left; in a narrow window the oldest periods go first.

    Two stay, as one period shows no trend; where they have no room the rows stack.

    `before` holds an earlier year's same period for each of them, where there is one.
    """

    def at(number: int) -> Callable[[TargetTrend], Cell]:
        earlier = before[number] if before else None
        return lambda one: _point_cell(one.points[number], earlier)

    def standing(one: TargetTrend) -> Cell:
        status = one.last.result.status
        word = Cell(status_text(status), status, STATUS_WORDS[status][2])
        bar = bar_text(plan, one.last)
        return Cell(bar, below=(word,)) if bar else word

    def year_end(one: TargetTrend) -> Cell:
        named = _("goal {goal}").format(goal=goal_with_level(one.last.result))
        goal = Cell(_short(named).replace(" ", _FIRM, 1), tone=Tone.MUTED)
        tone = Tone.BAD if one.projection.reaches is False else Tone.PLAIN
        text = projection_text(one)
        value = one.projection.amount
        as_of = as_of_text(one)
        older = (Cell(f"({as_of})".replace(" ", _FIRM), tone=Tone.MUTED),) if as_of else ()
        return Cell(text, value, tone, below=(*older, goal)) if text else goal

    def priority(number: int) -> int:
        older = len(periods) - 1 - number
        return 2 + older if older > 1 else 1

    return [
        Column("target", _("Target"), lambda one: Cell(str(one.target.name), indent=one.depth), 0),
        *(
            Column(f"point-{number}", name, at(number), priority(number), numeric=True)
            for number, name in enumerate(heading(short_words(period)) for period in periods)
        ),
        Column("standing", _("Standing"), standing, 0),
        Column("year_end", _("Year end"), year_end, 1, numeric=True),
    ]  # fmt: skip


def _point_cell(point: Point, before: YearBefore | None) -> Cell:
    """Return a figure over what was added, in brackets what was expected, and the earlier year's figure."""
    expected = expected_text(point.result)
    added = added_text(point)
    lines = (
        (added, _("added {figure}").format(figure=added)),
        (f"({expected})" if expected else "", _("expected {figure}").format(figure=expected)),
        *((text, "") for text in _before_texts(point, before)),
    )
    below = tuple(Cell(_short(text), tone=Tone.MUTED, alone=_short(alone)) for text, alone in lines if text)
    amount: Amount | None = point.result.actual.amount
    return Cell(actual_text(point.result), amount, below=below)


def _before_texts(point: Point, before: YearBefore | None) -> tuple[str, ...]:
    """Return an earlier year's figure of the same period, and how much more there is now, each on a line."""
    beside = before.targets[point.result.target.id] if before else None
    if before is None or beside is None or beside.result is None or not usable(beside.result.actual):
        return ()
    texts = (f"{before.year}: {actual_text(beside.result)}", change_text(beside, point.result.target))
    return tuple(text.replace(" ", _FIRM) for text in texts if text)


def _short(text: str) -> str:
    return text.replace(" " + _("pts"), _FIRM + _("pts"))
