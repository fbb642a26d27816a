"""What the figures of a plan tell of numbers of persons, also those given as percentages alone."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor

from msgspec import Struct
from msgspec.structs import replace

from rehabplan.actuals.model import Actual, State
from rehabplan.assess import Result
from rehabplan.numbers import Amount
from rehabplan.plan.model import Kind, Plan, Target
from rehabplan.sites import Site
from rehabplan.units import unit_of

_IMPERSONAL = frozenset({
    "model", "club", "commune", "district", "session", "point", "facility", "document", "month",
    "million-dong",
})  # fmt: skip
"""Units that say nothing of a person; every other one may, also one that is not listed."""

_ALL = Fraction(100)
_MOST_DECIMALS = 15

Place = Site | None
"""A site; None is the whole."""
Span = tuple[Fraction, Fraction]
"""The least and the most that a count can be."""


class Part(Struct, frozen=True):
    """The counts of persons that one figure gives."""

    sums: tuple[Fraction, ...] = ()
    """Those that add up to the whole's: the count; of a share those who do, and those who do not."""
    told: tuple[Span, ...] = ()
    """All that can be taken from the figure, the counts that a percentage stands for among them."""
    whole: Fraction | None = None
    """Of how many persons it is a share, as its own figure says."""
    loose: bool = False
    """It is a share without the count that it is of, so percentages are not added up."""

    def small(self, below: int) -> bool:
        """Tell whether one of the counts is small, or may be."""
        return any(high > 0 and low < below for low, high in self.told)

    @property
    def spans(self) -> tuple[Span, ...]:
        """The counts one by one: those who do, and of a share those who do not, as far as they are known."""
        return self.told[:2] if self.loose else tuple((one, one) for one in self.sums)

    def less(self, others: "Sequence[Part]") -> tuple[Span, ...]:
        """Return what the counts leave over for those that said nothing, as far as all others are known."""
        left = []
        for (least, most), *rest in zip(self.spans, *(one.spans for one in others), strict=False):
            left.append((least - sum(high for _low, high in rest), most - sum(low for low, _high in rest)))
        wholes = [one.whole for one in others if one.whole is not None]
        if self.whole is not None and len(wholes) == len(others):
            left.append((self.whole - sum(wholes), self.whole - sum(wholes)))
        return tuple(left)


Parts = dict[str, dict[Place, Part]]
_NOBODY = Part((Fraction(0), Fraction(0)), whole=Fraction(0))
"""A share of nobody: nothing of its own is small, yet it says that there was nobody."""


def parts_of(plan: Plan, results: Sequence[Result]) -> Parts:
    """Return by target and place what every figure tells of persons; the whole is a place too."""
    figures = {one.target.id: _figures(one) for one in results}
    parents = _Parents(plan, figures)
    found: Parts = {}
    for result in results:
        target = result.target
        found[target.id] = {}
        personal = _is_personal(plan, target)
        for place, actual in figures[target.id].items():
            if actual.state is State.NOT_APPLICABLE and target.kind.is_share:
                found[target.id][place] = _NOBODY
            if actual.state is not State.VALUE:
                continue
            part = _part(target, actual)
            if part.loose and not _is_span(result, place):
                part = replace(part, told=tuple(parents.told(target, place)))
            found[target.id][place] = part if personal else replace(part, told=())
    return found


def counts_of(plan: Plan, result: Result) -> tuple[Fraction, ...]:
    """Return how many persons the whole's figure counts; of a share those who do."""
    if result.actual.state is not State.VALUE or not _is_personal(plan, result.target):
        return ()
    share = result.target.kind.is_share
    return tuple(_ends(result.actual.numerator if share else result.actual.amount))


def whole_of(target: Target) -> tuple[str | None, str | None]:
    """Return what tells of whom a share is: its parent, and the population that it names instead."""
    return target.parent, target.population.vi if target.population else None


def _figures(result: Result) -> dict[Place, Actual]:
    rows = result.sites.figures if result.sites else ()
    return {None: result.actual} | {one.site: one.actual for one in rows}


def _is_personal(plan: Plan, target: Target) -> bool:
    if target.kind in (Kind.MILESTONE, Kind.COVERAGE) or target.sites:
        return False
    return unit_of(plan.unit_id(target)).id not in _IMPERSONAL


def _is_span(result: Result, place: Place) -> bool:
    """Tell whether a figure is but the least and the greatest of the sites' percentages."""
    amount = result.actual.amount
    return place is None and result.sites is not None and (amount is None or amount.value is None)


def _part(target: Target, actual: Actual) -> Part:
    if not target.kind.is_share:
        counts = tuple(_ends(actual.amount))
        return Part(counts, tuple((one, one) for one in counts))
    part, whole = tuple(_ends(actual.numerator)), tuple(_ends(actual.denominator))
    rest = (whole[0] - part[0],) if len(part) == len(whole) == 1 else ()
    counts = (*part, *rest)
    return Part(
        counts, tuple((one, one) for one in counts), whole[0] if len(whole) == 1 else None, loose=not part
    )


def _ends(amount: Amount | None) -> Iterator[Fraction]:
    if amount is not None:
        yield from dict.fromkeys(end for end in (amount.low, amount.high) if end is not None)


class _Parents:
    """Finds of how many persons a percentage is, and so of which counts it tells."""

    def __init__(self, plan: Plan, figures: Mapping[str, Mapping[Place, Actual]]) -> None:
        self._plan = plan
        self._figures = figures
        self._kin: dict[tuple[str | None, str | None], list[str]] = {}
        for target in plan.targets.values():
            if target.kind.is_share:
                self._kin.setdefault(whole_of(target), []).append(target.id)
        self._known: dict[tuple[str, Place], tuple[Span, ...]] = {}

    def told(self, target: Target, place: Place) -> Iterator[Span]:
        """Yield the counts that a percentage can stand for: of those who do, and of those who do not."""
        percents = tuple(_ends(self._figures[target.id][place].amount))
        for least, most in self._wholes(target, place):
            for percent in percents:
                low, high = _persons(percent, least)[0], _persons(percent, most)[1]
                yield low, high
                yield max(Fraction(0), least - high), max(Fraction(0), most - low)

    def _wholes(self, target: Target, place: Place) -> Iterator[Span]:
        """Yield how many persons a share can be of: its parent's count, and what its kin name as theirs."""
        parent, population = whole_of(target)
        if parent is not None and population is None:
            yield from self._counts(self._plan.targets[parent], place)
        if parent is not None or population is not None:
            for other in self._kin.get((parent, population), ()):
                actual = self._figures[other].get(place)
                if actual is not None and actual.state is State.VALUE:
                    yield from ((one, one) for one in _ends(actual.denominator))

    def _counts(self, parent: Target, place: Place) -> tuple[Span, ...]:
        """Return the counts of a target at a place; parents of parents are looked up first."""
        chain = [parent]
        while chain[-1].parent and chain[-1].kind.is_share and chain[-1].population is None:
            chain.append(self._plan.targets[chain[-1].parent])
        for one in reversed(chain):
            if (one.id, place) not in self._known:
                self._known[one.id, place] = tuple(self._own(one, place))
        return self._known[parent.id, place]

    def _own(self, target: Target, place: Place) -> Iterator[Span]:
        actual = self._figures[target.id].get(place)
        if actual is None or actual.state is not State.VALUE:
            return
        counts = tuple(_ends(actual.numerator if target.kind.is_share else actual.amount))
        yield from ((one, one) for one in counts)
        above = target.parent if target.kind.is_share and not counts and target.population is None else None
        for percent in _ends(actual.amount) if above else ():
            for least, most in self._known.get((above or "", place), ()):
                yield _persons(percent, least)[0], _persons(percent, most)[1]


def _persons(percent: Fraction, whole: Fraction) -> Span:
    """Return the least and the most persons that a percentage of a whole, as it is written, can mean.

    Any number whose own percentage is written the same way, and the nearest one, however it was rounded;
    0 % and 100 % mean none and all.
    """
    if percent in (0, _ALL):
        return whole * percent / _ALL, whole * percent / _ALL
    half = Fraction(1, 2 * 10 ** _decimals(percent))
    nearest = Fraction(round(percent * whole / _ALL))
    low = Fraction(ceil((percent - half) * whole / _ALL))
    high = Fraction(floor((percent + half) * whole / _ALL))
    return max(Fraction(0), min(low, nearest)), min(max(high, nearest), max(whole, nearest))


def _decimals(value: Fraction) -> int:
    """Return how many decimals a value is written with."""
    return next((at for at in range(_MOST_DECIMALS) if (value * 10**at).denominator == 1), _MOST_DECIMALS)
