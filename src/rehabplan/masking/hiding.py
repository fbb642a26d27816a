"""Which figures have to be masked: the small ones, and what they would follow from."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from msgspec.structs import replace

from rehabplan.assess import Assessment
from rehabplan.masking.parts import Part, Place, parts_of, whole_of

Cell = tuple[str, Place]
"""A target's id, and a site; None is the whole."""


class Hiding:
    """Finds the figures that have to be masked."""

    def __init__(self, assessment: Assessment, below: int) -> None:
        """Take an assessment, and from which number on counts are not small."""
        self._plan = assessment.plan
        self._below = below
        self._sites = {
            one.target.id: [row.site for row in one.sites.figures] if one.sites else []
            for one in assessment.results
        }
        self._silent = {one.target.id for one in assessment.results if one.sites and not one.sites.complete}
        self._parts = parts_of(assessment.plan, assessment.results)
        self._hidden: set[Cell] = set()
        self._kin: dict[tuple[str | None, str | None], list[str]] = {}
        for one in assessment.plan.targets.values():
            if whole_of(one) != (None, None):
                self._kin.setdefault(whole_of(one), []).append(one.id)
        self._passes = {target: tuple(self._repeated_by(target)) for target in self._parts}

    def work_out(self) -> None:
        """Find the small counts, and what they would follow from, until nothing is added."""
        for target, parts in self._parts.items():
            self._hidden |= {(target, place) for place, one in parts.items() if one.small(self._below)}
            if self._leaves_few(target, parts):
                self._hidden.add((target, None))
        before = -1
        while before != len(self._hidden):
            before = len(self._hidden)
            for target in self._parts:
                self._complement(target)
                self._pass_on(target)

    def hides(self, target: str, place: Place) -> bool:
        """Tell whether a figure is masked: of a site, or the whole's where there is none."""
        return (target, place) in self._hidden

    def _leaves_few(self, target: str, parts: Mapping[Place, Part]) -> bool:
        """Tell whether the whole's own figure leaves few to the sites that are silent."""
        sites = [self._with_whole(target, place) for place in parts if place]
        whole = parts.get(None)
        if whole is None or not sites or not any(one.told for one in (whole, *sites)):
            return False
        if target in self._silent and whole.whole and any(one.sums and not one.whole for one in sites):
            return True  # what the silent ones' share is of may follow from what others leave them
        told = [Part((count,)) for count in self._named(target).values()]
        left = [*whole.less(sites), *whole.less([*sites, *told])]
        return any(high > 0 and low < self._below for low, high in left)

    def _with_whole(self, target: str, place: Place) -> Part:
        """Return what a figure tells; of a share's number alone also the whole that another target names."""
        part, own = self._parts[target][place], self._plan.targets[target]
        if not own.kind.is_share or part.loose or part.whole is not None:
            return part
        above = self._parts.get(own.parent or "", {}).get(place) if own.population is None else None
        named = [*(above.sums[:1] if above else ())]
        kin = (self._parts[one].get(place) for one in self._kin.get(whole_of(own), ()))
        named += [one.whole for one in kin if one and one.whole is not None]
        return replace(part, sums=(part.sums[0], named[0] - part.sums[0]), whole=named[0]) if named else part

    def _named(self, target: str) -> dict[Place, Fraction]:
        """Return the counts of silent sites that shares of them name as their wholes."""
        return {
            place: part.whole
            for share in self._kin.get((target, None), ())
            for place, part in self._parts[share].items()
            if place and part.whole and place not in self._parts[target]
        }

    def _named_by_masked(self, target: str) -> list[Fraction]:
        """Return the counts of silent sites that masked shares alone name, where the whole's figure has them.

        It is then of all sites, and what the others leave of it is theirs.
        """
        whole, named = self._parts[target].get(None), self._named(target)
        if whole is None or not whole.sums or not named:
            return []
        known = [part.sums[0] for place, part in self._parts[target].items() if place and part.sums]
        if whole.sums[0] <= sum(known):
            return []
        shares = self._kin[target, None]
        return [
            count
            for place, count in named.items()
            if all(self.hides(one, place) for one in shares if place in self._parts[one])
        ]

    def _complement(self, target: str) -> None:
        """Mask more figures of a target, the least first, until none follows from the total.

        Where no other figure of its own could help, or percentages of sites leave no sum, the total goes.
        """
        parts = {place: part for place, part in self._parts[target].items() if place is not None}
        hidden = [one for one in parts if self.hides(target, one)]
        named = self._named_by_masked(target)
        if not hidden and not named:
            return
        others = [one for one in parts if one not in hidden and parts[one].whole != 0]
        open_ones = sorted(others, key=lambda one: _size(parts[one]))
        loose = any(one.loose for one in parts.values())
        if loose or self._crosses(target) or not self._stays_open(target, [*hidden, *others], named):
            open_ones = []
            self._hidden.add((target, None))
        while not self._stays_open(target, hidden, named):
            if not open_ones:
                self._hidden.add((target, None))
                return
            hidden.append(open_ones.pop(0))
            self._hidden.add((target, hidden[-1]))

    def _stays_open(self, target: str, hidden: Sequence[Place], named: Sequence[Fraction]) -> bool:
        """Tell whether masked figures stay unknown to one who knows the sums of their counts.

        Of shares also how many persons they are of, where no other target shows that.
        """
        hidden = [one for one in hidden if not self._is_nobody(target, one)]
        parts = [self._parts[target][one] for one in hidden]
        sums = [one.sums for one in parts if one.sums]
        few = any(one < self._below for one in named)
        if few and not _open([*(counts[0] for counts in sums), *named]):
            return False
        if sums and not all(_open(counts) for counts in zip(*_even(sums), strict=True)):
            return False
        wholes = [self._parts[target][one].whole for one in hidden if not self._shows_whole(target, one)]
        known = [one for one in wholes if one is not None]
        return not known or (any(known) and _open(known))  # nobody anywhere is known of each of them

    def _is_nobody(self, target: str, place: Place) -> bool:
        """Tell whether a share is of nobody, as another target shows: masking it hides nothing."""
        return self._parts[target][place].whole == 0 and self._shows_whole(target, place)

    def _crosses(self, target: str) -> bool:
        """Tell whether the wholes behind a total are not those behind another one: what is over is a site's.

        Not all sites report every share of the same whole.
        """
        own = self._plan.targets[target]
        if not own.kind.is_share:
            return False
        sites = [part for place, part in self._parts[target].items() if place and not part.loose]
        if len({part.whole is None for part in sites}) > 1:
            return True  # numbers alone stand in for their wholes, which they are at least
        unknown = self._unknown(target)
        others: list[set[Place]] = []
        if own.parent is not None and own.population is None and not self.hides(own.parent, None):
            others = [{one for one in self._parts[own.parent] if one and self.hides(own.parent, one)}]
        kin = self._kin.get(whole_of(own), [])
        before = kin[: kin.index(target)] if target in kin else []
        others += [self._unknown(one) for one in before if not self.hides(one, None)]
        return bool(unknown) and any(one and one != unknown for one in others)

    def _unknown(self, target: str) -> set[Place]:
        """Return the sites of which no target shows of how many persons a masked share is."""
        parts = self._parts[target] if self._plan.targets[target].kind.is_share else ()
        return {
            one for one in parts if one and self.hides(target, one) and not self._shows_whole(target, one)
        }

    def _shows_whole(self, target: str, place: Place) -> bool:
        """Tell whether another target shows of how many persons a share is at a place."""
        own = self._plan.targets[target]
        if own.parent is not None and own.population is None:
            above = self._parts.get(own.parent, {}).get(place)
            if above and (above.sums or above.told) and not self.hides(own.parent, place):
                return True
        kin = (
            one for one in self._kin.get(whole_of(own), ()) if one != target and not self.hides(one, place)
        )
        return any(place in self._parts[one] and self._parts[one][place].whole for one in kin)

    def _pass_on(self, target: str) -> None:
        """Mask what repeats a figure."""
        for other in self._passes[target]:
            for place in (None, *self._sites[target]):
                if self.hides(target, place) and (place is None or place in self._sites[other]):
                    self._hidden.add((other, place))

    def _repeated_by(self, target: str) -> Iterable[str]:
        """Yield the targets of the same row, and the shares of which a target is the whole."""
        own = self._plan.targets[target]
        for other in self._plan.targets.values():
            repeats = own.indicator is not None and other.indicator == own.indicator
            part_of = other.parent == target and other.kind.is_share and other.population is None
            if other.id != target and (repeats or part_of):
                yield other.id


def _size(part: Part) -> tuple[bool, Fraction]:
    """Order figures by size; zeros last, which are masked only where nothing else is left."""
    least = min(part.sums, default=Fraction(0))
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
