"""The office's own arithmetic inside a row, recomputed: percentages, and spans of the year (domain.md §4)."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise

from rehabplan import figures
from rehabplan.actuals.cells import Writings, figure_of
from rehabplan.actuals.columns import Group, Value
from rehabplan.actuals.headers import Column, Row
from rehabplan.actuals.model import Basis, Figure
from rehabplan.actuals.roles import Role
from rehabplan.problems import Code, Problem, Where, problem
from rehabplan.text import key

_NEW_YEAR = ((1, 1), (12, 15))
"""Month and day on which years begin, by convention."""
TOLERANCE = Fraction(1, 10)
"""Points by which a reported percentage may differ from the recomputed one."""
_NOT_OF_PLAN = ("năm trước", "cùng kì", "kì trước", "quý trước", "tháng trước", "last year", "previous")

Place = Callable[[Column], Where]


def exact(figure: Figure) -> Fraction | None:
    """Return a figure's plain value, None where it is inexact, a share, or can be read two ways."""
    reading = figure.readings[0] if len(figure.readings) == 1 else None
    if reading is None or reading.over is not None or reading.percent:
        return None
    return reading.amount.value


def check_percents(  # noqa: PLR0913 - what a row shows
    group: Group, row: Row, value: Value, figure: Figure, *, place: Place, writings: Writings
) -> Iterator[Problem]:
    """Yield a percentage of the plan that does not follow from the row's own goal and result.

    "Đạt x %" is result/goal, "vượt x %" what exceeds it: either fits. So does a figure as a ratio.
    """
    parts = _parts(group, row, value, figure, writings)
    if parts is None:
        return
    part, whole = parts
    true = part * 100 / whole
    for column in group.columns:
        cell = row.cells.get(column.number)
        if column.role is not Role.COMPARISON or cell is None:
            continue
        if any(word in key(column.heading) for word in _NOT_OF_PLAN):
            continue
        shown = writings.settled(figure_of(cell))
        reading = shown.readings[0] if len(shown.readings) == 1 else None
        said = reading.amount.value if reading and reading.over is None else None
        if said is None:
            continue
        accepted = [said, said + 100, 100 - said]
        if abs(said) <= 2:  # noqa: PLR2004 - 0.514 may stand for 51.4 %
            accepted.append(said * 100)
        if not any(abs(one - true) <= TOLERANCE for one in accepted):
            yield problem(
                Code.PERCENT_DIFFERS, place(column), raw=cell.text, true=figures.percent(true, digits=2),
                part=figures.number(part), whole=figures.number(whole),
            )  # fmt: skip


def _parts(
    group: Group, row: Row, value: Value, figure: Figure, writings: Writings
) -> tuple[Fraction, Fraction] | None:
    """Return what a row's percentage is made of: result and goal, or numerator and denominator."""
    reading = figure.readings[0] if len(figure.readings) == 1 else None
    if reading and reading.over and reading.amount.value is not None:
        return reading.amount.value, reading.over
    goal = group.goal
    if goal is None or value.basis is Basis.IN_PERIOD:
        return None
    whole = exact(writings.settled(figure_of(row.cells.get(goal.number))))
    part = exact(figure)
    return (part, whole) if part is not None and whole else None


def check_period_sum(found: Sequence[tuple[Value, Figure]], place: Place) -> Iterator[Problem]:
    """Yield a year to date that is not the sum of all periods beside it, which follow one another."""
    pieces = sorted(
        (value.since, value.until, exact(figure)) for value, figure in found
        if value.basis is Basis.IN_PERIOD and value.since and value.until
    )  # fmt: skip
    values = [part for _since, _until, part in pieces if part is not None]
    linked = all(later[0] == earlier[1] + timedelta(days=1) for earlier, later in pairwise(pieces))
    if len(pieces) < 2 or len(values) < len(pieces) or not linked:  # noqa: PLR2004 - two make a sum
        return
    if (pieces[0][0].month, pieces[0][0].day) not in _NEW_YEAR:
        return
    for value, figure in found:
        whole = exact(figure)
        ends = value.until in (None, pieces[-1][1])
        if value.basis is Basis.YEAR_TO_DATE and whole is not None and ends and sum(values) != whole:
            added = figures.number(sum(values, Fraction(0)))
            yield problem(Code.PERIODS_DIFFER_FROM_SUM, place(value.column), raw=figure.raw, sum=added)


def check_spans(found: Sequence[tuple[Value, Figure]], place: Place) -> Iterator[Problem]:
    """Yield a figure of the period alone that is more than the year to date beside it."""
    to_date = [(value, exact(figure)) for value, figure in found if value.basis is Basis.YEAR_TO_DATE]
    for value, figure in found:
        part = exact(figure)
        if value.basis is not Basis.IN_PERIOD or part is None:
            continue
        for other, whole in to_date:
            later = other.until is None or (value.until is not None and value.until <= other.until)
            if whole is not None and later and part > whole:
                yield problem(
                    Code.SPAN_OVER_YEAR, place(value.column), raw=figure.raw, other=place(other.column),
                    whole=figures.number(whole),
                )  # fmt: skip
