"""How much more was reported than in the same period of an earlier year."""

from rehabplan.actuals.model import Actual, State
from rehabplan.numbers import Amount
from rehabplan.plan.model import Kind, Target


def minus(now: Actual, before: Actual, target: Target) -> Amount | None:
    """Return how much more there is now: in the unit counted, of shares in percentage points.

    Bounds stay bounds. None for milestones, and where either year has no usable figure.
    """
    if target.kind is Kind.MILESTONE or now.state is not State.VALUE or before.state is not State.VALUE:
        return None
    if now.amount is None or before.amount is None:
        return None
    return now.amount.plus(before.amount.negated())
