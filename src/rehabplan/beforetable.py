"""The columns and words of a comparison with the same period of an earlier year."""

from rehabplan import figures
from rehabplan.actuals.model import Actual, State
from rehabplan.assess import Result
from rehabplan.difftable import NOT_COMPARABLE, aspects_text
from rehabplan.i18n import _
from rehabplan.numbers import UNKNOWN, Amount
from rehabplan.periodwords import heading, period_words
from rehabplan.plan.model import Target
from rehabplan.table import actual_text, percent_text
from rehabplan.tablecells import Cell, Column
from rehabplan.yearbefore.model import Beside, YearBefore


def then_text(before: YearBefore) -> str:
    """Return the name of the earlier period: nine months of 2023; its day where it has no label."""
    period = before.assessment.period
    return period_words(period) if period.label else figures.day(period.cutoff)


def before_columns(before: YearBefore) -> list[Column[Result]]:
    """Return the columns that `check` gains: the earlier figure, and how much more there is now."""

    def beside(result: Result) -> Beside:
        return before.targets[result.target.id]

    def earlier(result: Result) -> Cell:
        found = beside(result).result
        return Cell(actual_text(found) if found else "", found.actual.amount if found else None)

    def change(result: Result) -> Cell:
        return Cell(change_text(beside(result), result.target), beside(result).difference)

    since = _("Since {then}").format(then=then_text(before))
    return [
        Column("before", heading(then_text(before)), earlier, 3, numeric=True),
        Column("since_before", since, change, 3, numeric=True),
    ]


def change_text(beside: Beside, target: Target) -> str:
    """Return how much more there is now: +57 (+28.5%) · -3.2 pts · ≠ where the two cannot be compared."""
    if beside.reason is not None:
        return NOT_COMPARABLE if beside.result else ""
    text = difference_text(beside.difference, target)
    percent = beside.percent.value if beside.percent else None
    if percent is None or not percent:
        return text
    return f"{text} ({figures.signed_percent(percent)})"


def difference_text(difference: Amount | None, target: Target) -> str:
    """Return a difference with its sign; bounds where it is not exactly known."""
    if difference is None or difference == UNKNOWN:
        return ""
    tail = " " + _("pts") if target.kind.is_share else ""
    value = difference.value
    if value is None:
        return figures.bounds(difference, against=figures.NOTHING) + tail
    if value == 0:
        return "0" + tail
    return figures.signed(value) + tail


def sentence(now: Result, beside: Beside, before: YearBefore) -> str:
    """Return a target's comparison in words: figures, difference, and the two percentages of goal."""
    if beside.result is None:
        return str(beside.reason)
    then = then_text(before)
    earlier = actual_text(beside.result)
    if beside.reason is not None:
        aspects = aspects_text(list(beside.aspects))
        return f"{beside.reason}: {aspects} " + _("({then}: {figure})").format(then=then, figure=earlier)
    parts = [_("{now}; {then}: {figure}").format(now=actual_text(now), then=then, figure=earlier)]
    if beside.difference is not None and beside.difference != UNKNOWN:
        parts[0] += f"; {change_text(beside, now.target)}"
    if percent_text(now) and percent_text(beside.result):
        text = _("{now} of the goal, {before} then")
        parts.append(text.format(now=percent_text(now), before=percent_text(beside.result)))
    if beside.held_equal:
        parts.append(_("{aspects} held equal").format(aspects=aspects_text(list(beside.held_equal))))
    return "; ".join(parts)


def sentence_on_comparability(beside: Beside) -> str:
    """Return what a comparison rests on: why there is none, or what is held equal for it."""
    if beside.reason is not None:
        aspects = aspects_text(list(beside.aspects))
        return f"{beside.reason}: {aspects}" if aspects else str(beside.reason)
    if beside.held_equal:
        return _("{aspects} held equal").format(aspects=aspects_text(list(beside.held_equal)))
    if beside.difference == UNKNOWN:
        return _("bounds, which leave the difference open")
    return ""


def usable(actual: Actual) -> bool:
    """Whether there is a figure at all."""
    return actual.state is State.VALUE
