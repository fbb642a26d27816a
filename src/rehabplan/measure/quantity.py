"""What a row means for a count or a stock: a number in the target's own unit."""

from rehabplan import figures
from rehabplan.actuals.model import Actual, FigureKind, State
from rehabplan.i18n import N_
from rehabplan.measure.row import Row, no_number
from rehabplan.numbers import Amount, Reading
from rehabplan.plan.model import KIND_WORDS
from rehabplan.problems import Code, Message, message
from rehabplan.units import unit_of


def quantity(row: Row) -> Actual:
    """Return the number that a row gives a count or stock.

    Raises:
        Rejected: it has another unit, or cannot be such a number.
    """
    if row.figure.kind is not FigureKind.NUMBER:
        raise no_number(row)
    reading = row.reading()
    words = row.unit_words(reading)
    if reading.percent or (words and unit_of(words) != row.unit):
        raise row.wrong_unit("%" if reading.percent else words)
    row.check_number(reading)
    row.check_bound(reading)
    steps = list(_goal_in_cell(row, reading))
    amount = reading.amount
    if row.observation.part:
        amount = amount.at_least()
        steps.append(message(N_("the row covers a part of the target: a lower bound")))
    if row.of_period_alone():
        amount = amount.at_least()
        steps.append(message(N_("a figure of the period alone: a lower bound of the year to date")))
    _check_parent(row, amount)
    goal = row.target.goal_of(row.plan.year)
    own = row.scope.goal(row.plan, row.target) or goal.value
    if not goal.change and own and amount.low is not None and amount.low > own and amount.low > 10 * own:
        row.warn(Code.IMPLAUSIBLE, goal=figures.number(own))
    return Actual(State.VALUE, amount, steps=tuple(steps))


def _goal_in_cell(row: Row, reading: Reading) -> list[Message]:
    """Explain "a/b" as actual/goal, and warn where b is not the plan's goal (design.md §4)."""
    if reading.over is None:
        return []
    goal, own = row.target.goal_of(row.plan.year), row.scope.goal(row.plan, row.target)
    known = own is not None and not goal.change
    if known and reading.over not in (own, goal.upper if row.scope.site is None else own):
        row.goal_differs(figures.number(reading.over))
    return [message(N_("a/b of a {kind} is actual/goal"), kind=message(KIND_WORDS[row.target.kind]))]


def _check_parent(row: Row, amount: Amount) -> None:
    """Reject an of-which count that is more than its whole, the one thing that always holds."""
    parent = row.parent_actual()
    if parent is None or parent.amount is None:
        return
    if row.plan.targets[row.target.parent or ""].unit != row.target.unit:
        return
    if amount.surely_more_than(parent.amount):
        raise row.more_than_parent(parent.amount)
