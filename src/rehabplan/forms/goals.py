"""How a form writes goals: plain ones as numbers, which any spreadsheet shows its own way, others as text."""

from decimal import Decimal
from fractions import Fraction

from rehabplan import figures
from rehabplan.forms import words
from rehabplan.forms.words import Language, day_text, said
from rehabplan.i18n import use
from rehabplan.plan.goal import Comparator, Goal, Measure
from rehabplan.plan.model import Target

_SIGNS = {Comparator.ABOVE: ">\xa0", Comparator.AT_MOST: "≤\xa0", Comparator.BELOW: "<\xa0"}


def goal_cell(goal: Goal, target: Target, language: Language) -> Decimal | str:
    """Return a goal for its cell."""
    if goal.comparator is Comparator.DONE:
        if target.due is None:
            return said(words.TO_BE_DONE, language)
        return said(words.BY_DAY, language, day=day_text(target.due, language))
    if goal.each is not None:
        return said(words.EACH, language, number=_number(goal.each, language))
    if goal.measure is Measure.NUMBER and not goal.change:
        none_may_arise = goal.comparator is Comparator.AT_MOST and goal.value == 0
        if goal.comparator is Comparator.AT_LEAST or none_may_arise:
            return Decimal(figures.plain(goal.value))
    size = _number(goal.value, language)
    if goal.upper is not None:
        size = f"{size} – {_number(goal.upper, language)}"
    if goal.measure is Measure.PERCENT:
        size += "%"
    elif goal.measure is Measure.POINTS:
        size += said(words.POINTS, language)
    if goal.change:
        return said(words.DOWN if goal.change < 0 else words.UP, language, size=size)
    return _SIGNS.get(goal.comparator, "") + size


def share_cell(value: Fraction, target: Target | None, language: Language) -> Decimal | str:
    """Return what a site is to bring, for its cell: of a rate or coverage in percent."""
    if target is not None and target.kind.is_share:
        return _number(value, language) + "%"
    return Decimal(figures.plain(value))


def _number(value: Fraction, language: Language) -> str:
    with use(language):
        return figures.number(value, digits=figures.MOST_DIGITS)
