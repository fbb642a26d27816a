"""Small counts of persons are left out of what is to be published (docs/security.md).

In one commune a count of one or two can point to a person. Such figures are masked, and as many more as it
takes that no masked one follows from the total and the figures beside it. What is masked is no zero and no
missing report: it has a state of its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from rehabplan.actuals.model import Actual, State
from rehabplan.assess import Assessment, Result
from rehabplan.i18n import N_
from rehabplan.numbers import Amount
from rehabplan.plan.model import Kind, Plan, Target
from rehabplan.problems import Message, message
from rehabplan.units import unit_of

_IMPERSONAL = frozenset({
    "model", "club", "commune", "district", "session", "point", "facility", "document", "month",
    "million-dong",
})  # fmt: skip
"""Units that say nothing of a person; every other one may, also one that is not listed."""

Cell = tuple[str, int]
"""A target's id, and the place of a site among the target's figures."""


def masked(assessment: Assessment, below: int) -> Assessment:
    """Return an assessment without small counts of persons, fit to be published.

    Left out with them is whatever repeats a report's own words: cells, problems, rows that the plan does not
    ask for. How many problems there were is said in a remark.

    Args:
        assessment: the whole assessment; its statuses of the whole plan stay.
        below: counts from 1 up to, but not with, this number are small.
    """
    hidden = _Hiding(assessment, below)
    hidden.work_out()
    results = tuple(_without(one, hidden) for one in assessment.results)
    remarks = [*assessment.remarks, message(
        N_("×: counts of persons below {below}, and what would give them away, are not shown"), below=below
    )]  # fmt: skip
    if assessment.problems:
        remarks.append(_untold(len(assessment.problems)))
    return replace(assessment, results=results, problems=(), unplanned=(), remarks=tuple(remarks))


def _untold(count: int) -> Message:
    text = N_(
        "problems of the reports, with their texts, are not shown either: {count}; "
        "see them without --mask-below"
    )
    return message(text, count=count)


@dataclass(frozen=True, slots=True)
class _Part:
    """The counts of persons that one figure gives: those who do, and those who do not."""

    counts: tuple[Fraction, ...]

    def small(self, below: int) -> bool:
        return any(0 < one < below for one in self.counts)


def _part(plan: Plan, target: Target, actual: Actual) -> _Part | None:
    """Return what a figure tells of persons; None where it tells nothing."""
    if actual.state is not State.VALUE or not _is_personal(plan, target):
        return None
    if not target.kind.is_share:
        return _Part(tuple(_ends(actual.amount)))
    part, whole = tuple(_ends(actual.numerator)), tuple(_ends(actual.denominator))
    rest = (whole[0] - part[0],) if len(part) == len(whole) == 1 else ()
    return _Part((*part, *rest)) if part else None


def _is_personal(plan: Plan, target: Target) -> bool:
    if target.kind in (Kind.MILESTONE, Kind.COVERAGE) or target.sites:
        return False
    return unit_of(plan.unit_id(target)).id not in _IMPERSONAL


def _ends(amount: Amount | None) -> Iterator[Fraction]:
    if amount is not None:
        yield from dict.fromkeys(end for end in (amount.low, amount.high) if end is not None)


class _Hiding:
    """Finds the figures of sites that have to be masked."""

    def __init__(self, assessment: Assessment, below: int) -> None:
        self._plan = assessment.plan
        self._below = below
        self._figures = {one.target.id: one.sites.figures if one.sites else () for one in assessment.results}
        self._parts = {
            target: [_part(self._plan, self._plan.targets[target], one.actual) for one in figures]
            for target, figures in self._figures.items()
        }
        self._hidden: set[Cell] = set()

    def work_out(self) -> None:
        """Find the small counts, and what they would follow from, until nothing is added."""
        for target, parts in self._parts.items():
            self._hidden |= {(target, at) for at, one in enumerate(parts) if one and one.small(self._below)}
        before = -1
        while before != len(self._hidden):
            before = len(self._hidden)
            for target, parts in self._parts.items():
                self._complement(target, parts)
                self._pass_on(target)

    def hides(self, target: str, at: int) -> bool:
        """Tell whether a site's figure is masked."""
        return (target, at) in self._hidden

    def hides_total(self, result: Result) -> bool:
        """Tell whether the figure of the whole is masked: itself small, or one that gives a site's away."""
        whole = _part(self._plan, result.target, result.actual)
        if whole is None:
            return False
        return whole.small(self._below) or not self._ambiguous(
            result.target.id, self._parts[result.target.id]
        )

    def _complement(self, target: str, parts: Sequence[_Part | None]) -> None:
        """Mask more figures of a target, the least first, until none follows from the total."""
        open_ones = [at for at, one in enumerate(parts) if one and (target, at) not in self._hidden]
        open_ones.sort(key=lambda at: _size(parts[at]))
        while open_ones and not self._ambiguous(target, parts):
            self._hidden.add((target, open_ones.pop(0)))

    def _ambiguous(self, target: str, parts: Sequence[_Part | None]) -> bool:
        hidden = [one.counts for at, one in enumerate(parts) if one and (target, at) in self._hidden]
        return not hidden or all(_open(counts) for counts in zip(*_even(hidden), strict=True))

    def _pass_on(self, target: str) -> None:
        """Mask what repeats a figure: targets of the same row, and shares of which it is the whole."""
        own = self._plan.targets[target]
        for other in self._plan.targets.values():
            repeats = own.indicator is not None and other.indicator == own.indicator
            part_of = other.parent == target and other.kind.is_share and other.population is None
            if other.id == target or not (repeats or part_of):
                continue
            sites = {one.site: at for at, one in enumerate(self._figures[other.id])}
            for at, one in enumerate(self._figures[target]):
                if (target, at) in self._hidden and one.site in sites:
                    self._hidden.add((other.id, sites[one.site]))


def _size(part: _Part | None) -> tuple[bool, Fraction]:
    """Order figures by size; zeros last, which are masked only where nothing else is left."""
    least = min(part.counts, default=Fraction(0)) if part else Fraction(0)
    return least == 0, least


def _even(hidden: Sequence[tuple[Fraction, ...]]) -> list[tuple[Fraction, ...]]:
    """Give every figure as many counts as the one with the most."""
    most = max(map(len, hidden))
    return [(*one, *(one[-1:] or (Fraction(0),)) * (most - len(one))) for one in hidden]


def _open(counts: Sequence[Fraction]) -> bool:
    """Tell whether masked counts stay unknown to one who knows their sum, and that none is below 0."""
    there = [one for one in counts if one]
    if not there:
        return True
    return len(counts) > 1 and (sum(there) > len(there) or len(there) < len(counts))


def _without(result: Result, hidden: _Hiding) -> Result:
    """Return a result without what is masked, and without the cells that figures rest on."""
    sites = result.sites
    if sites is not None:
        figures = tuple(
            replace(one, actual=_masked_actual(one.actual, hide=hidden.hides(result.target.id, at)))
            for at, one in enumerate(sites.figures)
        )
        sites = replace(sites, figures=figures)
    hide = hidden.hides_total(result)
    bare = replace(result, actual=_masked_actual(result.actual, hide=hide), sites=sites, steps=())
    return replace(bare, percent=None, gap=None, needed_per_month=None) if hide else bare


def _masked_actual(actual: Actual, *, hide: bool) -> Actual:
    return Actual(State.MASKED) if hide else replace(actual, evidence=(), steps=())
