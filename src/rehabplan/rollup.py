"""From the figures of sites to the whole's (design.md §4): sums and Σn/Σd, never an average of percentages.

A site that says nothing stays open: the whole is then known within bounds, and the silent are named.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction

from msgspec import Struct

from rehabplan.actuals.model import Actual, State
from rehabplan.i18n import N_
from rehabplan.numbers import UNKNOWN, Amount
from rehabplan.plan.model import Kind, Target
from rehabplan.problems import message
from rehabplan.sites import Site

_NOTHING = Amount.exact(0)


class SiteFigure(Struct, frozen=True):
    """What one site reported of a target."""

    site: Site
    actual: Actual

    @property
    def reported(self) -> bool:
        """Whether the site gave a usable figure, or said that there was nothing to count."""
        return self.actual.state in (State.VALUE, State.NOT_APPLICABLE, State.MASKED)


class RollUp(Struct, frozen=True):
    """A target's figures by site, and which sites of the set are missing."""

    set: str
    count: int
    """How many sites are to report."""
    figures: tuple[SiteFigure, ...] = ()
    silent: tuple[Site, ...] = ()
    """The sites without a usable figure, as far as they are known by name."""

    @property
    def reported(self) -> int:
        """How many sites gave a usable figure."""
        return sum(one.reported for one in self.figures)

    @property
    def complete(self) -> bool:
        """Whether every site reported."""
        return self.reported >= self.count


def roll_up(
    target: Target, sites: RollUp, count_of: Callable[[Site], int | None], whole: int | None
) -> Actual:
    """Return a target's actual from its sites.

    Args:
        target: the target.
        sites: the figures by site.
        count_of: how many of the target's own sites lie in a reporting site.
        whole: how many sites the target counts in all, None where it counts none.
    """
    reported = [one.actual for one in sites.figures if one.reported]
    evidence = tuple(item for one in sites.figures for item in one.actual.evidence)
    args = {"reported": len(reported), "count": sites.count}
    step = message(N_("added up from sites: {reported} of {count} reported"), **args)
    if not reported:
        rejected = any(one.actual.state is State.REJECTED for one in sites.figures)
        state = State.REJECTED if rejected else State.NOT_REPORTED
        return Actual(state, evidence=evidence)
    if all(one.state is State.NOT_APPLICABLE for one in reported) and sites.complete:
        return Actual(State.NOT_APPLICABLE, evidence=evidence, steps=(step,))
    if target.kind is Kind.MILESTONE:
        found = _milestone(reported, sites)
    elif target.kind.is_share:
        found = _share(reported, sites, count_of, whole)
    else:
        found = _sum(reported, complete=sites.complete)
    return Actual(
        State.VALUE, found.amount, found.numerator, found.denominator, evidence, (step, *found.steps)
    )


def _sum(reported: Sequence[Actual], *, complete: bool) -> Actual:
    total = _NOTHING
    for one in reported:
        total = total.plus(one.amount or _NOTHING)
    return Actual(State.VALUE, total if complete else total.at_least())


def _milestone(reported: Sequence[Actual], sites: RollUp) -> Actual:
    """A milestone of the sites is done when all have done it."""
    done = sum(one.amount is not None and one.amount.value == 1 for one in reported)
    low = 1 if done == sites.count else 0
    high = 1 if done == len(reported) else 0
    amount = Amount(Fraction(low), Fraction(high))
    numerator = Amount(Fraction(done), Fraction(done + sites.count - len(reported)))
    return Actual(State.VALUE, amount, numerator, Amount.exact(sites.count))


def _share(
    reported: Sequence[Actual], sites: RollUp, count_of: Callable[[Site], int | None], whole: int | None
) -> Actual:
    alone = [one for one in reported if one.state is State.VALUE and one.numerator is None]
    if alone:
        return _between(reported, complete=sites.complete)
    numerator, denominator = _NOTHING, _NOTHING
    for one in reported:
        numerator = numerator.plus(one.numerator or _NOTHING)
        unknown = _NOTHING if one.numerator is None else one.numerator.at_least()
        denominator = denominator.plus(one.denominator or unknown)
    if whole is not None:
        return _of_sites(numerator, sites, count_of, whole)
    if not sites.complete:
        numerator, denominator = numerator.at_least(), denominator.at_least()
    if denominator.high == 0:
        return Actual(State.VALUE, UNKNOWN)
    known = denominator if denominator.low else None
    amount = numerator.share_of(denominator)
    return Actual(State.VALUE, amount, numerator, known)


def _of_sites(numerator: Amount, sites: RollUp, count_of: Callable[[Site], int | None], whole: int) -> Actual:
    """Of a target that counts sites, those of a silent reporter may all fulfil it, or none."""
    if not sites.complete:
        heard = [count_of(one.site) for one in sites.figures if one.reported]
        left = Fraction(whole - sum(one for one in heard if one is not None)) if None not in heard else None
        high = None if left is None or numerator.high is None else numerator.high + max(left, Fraction(0))
        numerator = Amount(numerator.low, Fraction(whole) if high is None else min(high, Fraction(whole)))
    denominator = Amount.exact(whole)
    return Actual(State.VALUE, numerator.share_of(denominator), numerator, denominator)


def _between(reported: Sequence[Actual], *, complete: bool) -> Actual:
    """Percentages of sites bound the whole's: a weighted mean lies between the least and the greatest."""
    amounts = [one.amount or UNKNOWN for one in reported if one.state is State.VALUE]
    step = message(N_("percentages of sites are not added up: the whole lies between them"))
    lows = [one.low for one in amounts]
    highs = [one.high for one in amounts]
    if not complete or None in lows or None in highs:
        return Actual(State.VALUE, UNKNOWN, steps=(step,))
    low, high = min(one for one in lows if one is not None), max(one for one in highs if one is not None)
    return Actual(State.VALUE, Amount(low, high), steps=(step,))
