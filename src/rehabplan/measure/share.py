"""What a row means for a rate or coverage: a percentage, a/b, or a numerator alone (design.md §4)."""

from fractions import Fraction

from msgspec.structs import replace

from rehabplan import figures
from rehabplan.actuals.model import Actual, FigureKind, State
from rehabplan.i18n import N_
from rehabplan.measure.row import Row, no_number
from rehabplan.numbers import UNKNOWN, Amount, Reading
from rehabplan.plan.model import KIND_WORDS, Kind
from rehabplan.problems import Code, message
from rehabplan.units import PERCENT, unit_of

_ALL = Fraction(100)


def share(row: Row) -> Actual:
    """Return the share that a row gives, in percent, with numerator and denominator where known.

    Raises:
        Rejected: it has another unit, or cannot be such a share.
    """
    if row.scope.site is not None and row.site_count == 0:
        nothing = message(N_("none of the target's sites lies here, so there was nothing to count"))
        return Actual(State.NOT_APPLICABLE, steps=(nothing,))
    if row.scope.site is not None and row.site_count is not None:
        own = _of_one_site(row, row.site_count)
        if own is not None:
            return own
    if row.figure.kind is not FigureKind.NUMBER:
        raise no_number(row)
    reading = row.reading()
    words = row.unit_words(reading)
    given = unit_of(words) if words else None
    if given is not None and given not in (row.unit, PERCENT):
        raise row.wrong_unit(words)
    if reading.over is not None:
        return _of_pair(row, reading, reading.over)
    counted = given == row.unit != PERCENT or (given is None and row.target.kind is Kind.COVERAGE)
    if counted and not reading.percent:
        return _of_numerator(row, reading)
    if given is None and not reading.percent and _counts_of_parent(row, reading):
        return _of_numerator(row, reading)
    return _of_percent(row, reading)


def _counts_of_parent(row: Row, reading: Reading) -> bool:
    """Tell whether a bare number beside its whole's count is a count too: above 100 it must be.

    Raises:
        Rejected: it can be a count as well as a percentage.
    """
    parent = row.parent_actual()
    whole = parent.amount if parent and _is_part_of_parent(row) else None
    value = reading.amount.value
    if whole is None or value is None or value.denominator != 1 or value == 0:
        return False
    if row.plan.targets[row.target.parent or ""].kind.is_share:
        return False
    if value > _ALL:
        return True
    raise row.rejected(Code.COUNT_OR_PERCENT, whole=figures.bounds(whole))


def _of_one_site(row: Row, count: int) -> Actual | None:
    """Return whether a site fulfils a target that counts sites: by words, or by the number of things.

    None where the figure is to be read like the whole's: it counts sites inside this one.
    """
    whole = Amount.exact(count)
    if row.figure.kind in (FigureKind.DONE, FigureKind.NOT_DONE) and count == 1:
        return _divided(row, Amount.exact(int(row.figure.kind is FigureKind.DONE)), whole)
    if row.figure.kind is not FigureKind.NUMBER:
        return None
    reading, least = row.reading(), row.target.goal_of(row.plan.year).each
    if reading.percent or reading.over is not None or count != 1:
        return None
    row.check_number(reading)
    if least is not None:  # the number of models, of which a site is to have at least so many
        step = message(N_("{number} where each site is to have at least {least}"),
                       number=figures.bounds(reading.amount), least=figures.number(least))  # fmt: skip
        low, high = reading.amount.low, reading.amount.high
        reached = Amount.exact(1 if low is not None and low >= least else 0)
        if reached.value == 0 and (high is None or high >= least) and reading.amount.value is None:
            reached = Amount(Fraction(0), Fraction(1))
        found = _divided(row, reached, whole)
        return replace(found, steps=(step, *found.steps))
    if reading.amount.value in (0, 1):
        return _divided(row, reading.amount, whole)
    return None


def _of_percent(row: Row, reading: Reading) -> Actual:
    amount = reading.amount
    if amount.below_zero:
        raise row.rejected(Code.NEGATIVE, kind=message(KIND_WORDS[row.target.kind]))
    low, small_goal = amount.low, row.target.goal_of(row.plan.year).value <= 1
    signed = reading.percent or (small_goal and row.unit_words(reading) != "")
    if not signed and low is not None and 0 < low <= 1:
        small, large = figures.percent(low, digits=6), figures.percent(low * 100, digits=6)
        raise row.rejected(Code.PERCENT_OR_RATIO, small=small, large=large)
    if any(end is not None and end > _ALL for end in (amount.low, amount.high)):
        raise row.rejected(Code.OVER_100)
    row.check_bound(reading)
    step = message(N_("read as {value}"), value=figures.bounds(amount, digits=6, tail="%"))
    if row.observation.part:
        partly = message(N_("a percentage of a part says nothing about the whole"))
        return Actual(State.VALUE, UNKNOWN, steps=(step, partly))
    if row.target.kind is Kind.COVERAGE and row.of_period_alone():
        amount = amount.at_least()
    return Actual(State.VALUE, amount, steps=(step,))


def _of_pair(row: Row, reading: Reading, whole: Fraction) -> Actual:
    row.check_number(reading)
    row.check_bound(reading)
    if reading.amount.value == 0 and whole == 0:
        nothing = message(N_("0 of 0: there was nothing to count"))
        return Actual(State.NOT_APPLICABLE, steps=(nothing,))
    if reading.amount.surely_more_than(Amount.exact(whole)):
        raise row.rejected(
            Code.PART_OVER_WHOLE, part=figures.bounds(reading.amount), whole=figures.number(whole)
        )
    count = row.site_count
    if count is not None and whole != count:
        return _of_other_sites(row, reading.amount, whole, Fraction(count))
    return _divided(row, reading.amount, Amount.exact(whole))


def _of_other_sites(row: Row, part: Amount, whole: Fraction, count: Fraction) -> Actual:
    """Hold "58/58" against the plan's 60 sites: the two that the report leaves out stay open.

    Where the report counts more sites than the plan, as many of its part may lie outside the plan.
    """
    found, planned = figures.number(whole), figures.number(count)
    row.warn(Code.SITES_DIFFER, found=found, unit=row.unit.name, count=planned)
    low, high = part.low, part.high
    if low is not None:
        low = max(Fraction(0), low - max(Fraction(0), whole - count))
    if high is not None:
        high = min(count, high + max(Fraction(0), count - whole))
    numerator = Amount(low, high, part.low_open, part.high_open)
    return _divided(row, numerator, Amount.exact(count))


def _of_numerator(row: Row, reading: Reading) -> Actual:
    """Return the share of a number: of the plan's sites, of the parent's actual, or of nothing known."""
    row.check_number(reading)
    row.check_bound(reading)
    if row.site_count is not None:
        count = Fraction(row.site_count)
        if reading.amount.surely_more_than(Amount.exact(count)):
            part = figures.bounds(reading.amount)
            raise row.rejected(Code.PART_OVER_WHOLE, part=part, whole=figures.number(count))
        return _divided(row, reading.amount, Amount.exact(count))
    whole = _parents_count(row, reading.amount) if _is_part_of_parent(row) else None
    if whole is None and not _is_part_of_parent(row):
        _warn_no_denominator(row)
    return _divided(row, reading.amount, whole)


def _is_part_of_parent(row: Row) -> bool:
    """Tell whether the parent's actual is the denominator: where no other population is named."""
    return row.target.parent is not None and row.target.population is None


def _parents_count(row: Row, part: Amount) -> Amount | None:
    """Return the parent's actual in the child's unit, None (with a warning) where there is none."""
    parent = row.plan.targets[row.target.parent or ""]
    parent_unit = unit_of(row.plan.unit_id(parent))
    actual = row.parent_actual()
    if parent_unit != row.unit and not row.target.one_to_one:
        row.warn(Code.PARENT_UNIT, unit=row.unit.name, parent=parent.name, parent_unit=parent_unit.name)
        return None
    whole = (actual.numerator if parent.kind.is_share else actual.amount) if actual else None
    if whole is None:
        row.warn(Code.PARENT_SILENT, parent=parent.name)
    elif part.surely_more_than(whole):
        raise row.more_than_parent(whole)
    return whole


def _warn_no_denominator(row: Row) -> None:
    row.warn(Code.NO_DENOMINATOR, population=row.target.population or row.unit.name)


def _divided(row: Row, numerator: Amount, denominator: Amount | None) -> Actual:
    if row.observation.part or (row.target.kind is Kind.COVERAGE and row.of_period_alone()):
        numerator = numerator.at_least()
    shown = figures.bounds(numerator)
    if denominator is None:
        step = message(N_("{part} of an unknown number"), part=shown)
        return Actual(State.VALUE, UNKNOWN, numerator, None, steps=(step,))
    step = message(N_("{part} of {whole}"), part=shown, whole=figures.bounds(denominator))
    if denominator.high == 0:
        return Actual(State.NOT_APPLICABLE, steps=(step,))
    percent = numerator.share_of(denominator)
    return Actual(State.VALUE, percent, numerator, denominator, steps=(step,))
