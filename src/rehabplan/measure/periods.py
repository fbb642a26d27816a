"""What single periods brought, added up to the year to date (design.md §4: over periods, counts only)."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from msgspec.structs import replace

from rehabplan import figures
from rehabplan.actuals.model import Actual, State
from rehabplan.i18n import N_
from rehabplan.numbers import Amount
from rehabplan.problems import message

Span = tuple[date | None, date | None]
"""First and last day of a figure; the first is None where nothing says when its period began."""


def added(pieces: Mapping[Span, Actual], first: date, cutoff: date) -> Actual:
    """Return the year to date from figures of its periods.

    Periods that follow one another from the first day to the cut-off are added. Where they leave a
    gap, those that do not overlap give the least that the year to date can be.
    """
    valued = {span: one for span, one in pieces.items() if one.state is State.VALUE and one.amount}
    if len(valued) < len(pieces):
        rejected = next(one for one in pieces.values() if one.state is not State.VALUE)
        if rejected.state is State.REJECTED:
            return replace(rejected, evidence=tuple(item for one in pieces.values() for item in one.evidence))
    chain = _chain(valued, first, cutoff)
    full = chain is not None
    used = chain if chain is not None else _apart(valued)
    total = Amount.exact(0)
    for span in used:
        total = total.plus(valued[span].amount or Amount.exact(0))
    evidence = tuple(item for span in used for item in valued[span].evidence)
    shown = " + ".join(figures.bounds(valued[span].amount or total) for span in used)
    if full:
        step = message(N_("the periods of the year added up: {sum}"), sum=shown)
        return Actual(State.VALUE, total, evidence=evidence, steps=(step,))
    step = message(
        N_("periods are missing, so what is there is a lower bound of the year to date: {sum}"), sum=shown
    )
    return Actual(State.VALUE, total.at_least(), evidence=evidence, steps=(step,))


def _chain(pieces: Mapping[Span, Actual], start: date, cutoff: date) -> list[Span] | None:
    """Return periods that follow one another from `start` to the cut-off, the longest first."""
    if start > cutoff:
        return []
    fitting = [(until, since) for since, until in pieces if since == start and until and until <= cutoff]
    for until, since in sorted(fitting, reverse=True):
        rest = _chain(pieces, until + timedelta(days=1), cutoff)
        if rest is not None:
            return [(since, until), *rest]
    return None


def _apart(pieces: Mapping[Span, Actual]) -> list[Span]:
    """Return periods that do not overlap; one whose beginning is not known stands alone."""
    known = sorted((span for span in pieces if span[0]), key=lambda span: span[1] or date.max)
    used: list[Span] = []
    for span in known:
        if not used or (span[0] and used[-1][1] and span[0] > used[-1][1]):
            used.append(span)
    return used or list(pieces)[:1]


def first_gap(pieces: Iterable[Span], first: date, cutoff: date) -> tuple[date, date] | None:
    """Return the first days up to the cut-off that no figure covers."""
    start = first
    for since, until in sorted((since, until) for since, until in pieces if since and until):
        if since > start:
            return start, since - timedelta(days=1)
        start = max(start, until + timedelta(days=1))
    return (start, cutoff) if start <= cutoff else None
