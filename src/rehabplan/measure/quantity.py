"""What a row means for a count or a stock: a number in the target's own unit."""

from rehabplan import figures
from rehabplan.actuals.model import Actual, State
from rehabplan.i18n import N_
from rehabplan.measure.row import Row
from rehabplan.numbers import Amount, Reading
from rehabplan.problems import Code, Message, message
from rehabplan.units import unit_of


def quantity(row: Row) -> Actual:
    """Return the number that a row gives a count or stock.

    Raises:
        Rejected: it has another unit, or cannot be such a number.
    """
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
    if not goal.change and goal.value and amount.low is not None and amount.low > 10 * goal.value:
        row.warn(Code.IMPLAUSIBLE, goal=figures.number(goal.value))
    return Actual(State.VALUE, amount, steps=tuple(steps))


def _goal_in_cell(row: Row, reading: Reading) -> list[Message]:
    """Explain "a/b" as actual/goal, and warn where b is not the plan's goal (design.md §4)."""
    if reading.over is None:
        return []
    goal = row.target.goal_of(row.plan.year)
    if not goal.change and reading.over not in (goal.value, goal.upper):
        row.goal_differs(figures.number(reading.over))
    return [message(N_("a/b of a {kind} is actual/goal"), kind=row.target.kind.value)]


def _check_parent(row: Row, amount: Amount) -> None:
    """Reject an of-which count that is more than its whole, the one thing that always holds."""
    parent = row.parent_actual()
    if parent is None or parent.amount is None:
        return
    if row.plan.targets[row.target.parent or ""].unit != row.target.unit:
        return
    if amount.surely_more_than(parent.amount):
        raise row.more_than_parent(parent.amount)
