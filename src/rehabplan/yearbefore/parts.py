"""The earlier figures of targets that were split or merged since, in words."""

from collections.abc import Mapping

from rehabplan import figures
from rehabplan.actuals.model import State
from rehabplan.assess import Result
from rehabplan.i18n import N_
from rehabplan.numbers import UNKNOWN, Amount
from rehabplan.plan.model import Target
from rehabplan.plandiff.model import Change, TargetChange
from rehabplan.problems import Message, message

Results = Mapping[str, Result]
"""Results of a year by the id of their target."""


def parts_text(change: TargetChange, year: int, now: Results, before: Results) -> Message:
    """Say that a target was split or merged, and what both years' figures are.

    They are added up, and the difference given, where the goals can be (`plandiff.parts`).
    """
    text = N_("split since {year}: {then} then, {now} now")
    if change.change is Change.MERGED:
        text = N_("merged since {year}: {then} then, {now} now")
    then, mine = _sum(change, change.old, before), _sum(change, change.new, now)
    args: dict[str, object] = {
        "year": year, "then": _figures(change.old, before, then), "now": _figures(change.new, now, mine),
    }  # fmt: skip
    if then is None or mine is None or mine.plus(then.negated()).value is None:
        return message(text, **args)
    value = mine.plus(then.negated()).value or figures.NOTHING
    size = figures.number(abs(value), against=figures.NOTHING)
    sign = "-" if value < 0 else "+" if value else "±"
    return message("{text}: {difference}", text=message(text, **args), difference=f"{sign}{size}")


def _sum(change: TargetChange, targets: tuple[Target, ...], results: Results) -> Amount | None:
    """Return the sum of the figures, None where they are not added up or one is missing."""
    total = Amount.exact(0)
    for one in targets:
        actual = results[one.id].actual
        if change.difference is None or actual.state is not State.VALUE or actual.amount is None:
            return None
        total = total.plus(actual.amount)
    return total


def _figures(targets: tuple[Target, ...], results: Results, total: Amount | None) -> str:
    """Return the figures of targets: 300 + 200 = 500; "-" where one is missing."""
    texts = []
    for one in targets:
        actual = results[one.id].actual
        tail = "%" if one.kind.is_share else ""
        usable = actual.state is State.VALUE
        texts.append(figures.bounds(actual.amount or UNKNOWN, tail=tail) if usable else "-")
    text = (" + " if total is not None else "; ").join(texts)
    return f"{text} = {figures.bounds(total)}" if total is not None and len(texts) > 1 else text
