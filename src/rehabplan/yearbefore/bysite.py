"""Figures of sites beside those of the same land in an earlier year.

A district that did not report itself has what its communes reported, and communes that together are a
district have what it reported; else what is missing leaves a bound, or no figure.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from rehabplan.actuals.model import Actual, State
from rehabplan.assess import Assessment, Result
from rehabplan.i18n import N_
from rehabplan.problems import Code, Message, Problem, Where, message, problem
from rehabplan.rollup import RollUp, SiteFigure, roll_up
from rehabplan.sites import Site, SiteIndex
from rehabplan.yearbefore.differences import minus
from rehabplan.yearbefore.model import SiteBeside
from rehabplan.yearbefore.sites import Group, SitePairs

_OPEN = message(N_("a row of the crosswalk about it could not be read, so a part may be missing"))


class _Year(Struct, frozen=True):
    """A target's figures by site in one of the years."""

    result: Result
    sites: SiteIndex
    given: Mapping[Site, Actual]

    @classmethod
    def of(cls, result: Result, sites: SiteIndex) -> "_Year":
        rows = result.sites.figures if result.sites else ()
        return cls(result, sites, {one.site: one.actual for one in rows})

    def figure(self, group: Sequence[Site]) -> Actual:
        """Return the figure of a group: a site's own, or the sum of several."""
        found = list(dict.fromkeys(self._reporting(group)))
        if len(found) == 1:
            return self.given.get(found[0], Actual(State.NOT_REPORTED))
        rows = tuple(SiteFigure(site, self.given[site]) for site in found if site in self.given)
        silent = tuple(site for site in found if site not in self.given)
        rolled = RollUp(found[0].set if found else "", len(found), rows, silent)
        return replace(roll_up(self.result.target, rolled, lambda _site: None, None), steps=())

    def _reporting(self, group: Sequence[Site]) -> Iterator[Site]:
        """Yield the sites whose figures make a group's: its own, those inside them, or what they make up."""
        for site in group:
            inner = self.sites.inside(site)
            outer = self.sites.enclosing(site)
            complete = outer is not None and all(one in group for one in self.sites.inside(outer))
            if any(one in group for one in self.sites.outers(site)):
                continue  # its district stands for it
            if site in self.given:
                yield site
            elif outer is not None and complete and outer in self.given:
                yield outer
            elif any(one in self.given for one in inner):
                yield from inner
            else:
                yield site


def by_pairs(now: Result, before: Result, pairs: SitePairs, *, comparable: bool) -> Iterator[SiteBeside]:
    """Yield the figures of every group of sites of which either year has one of its own."""
    mine, theirs = _Year.of(now, pairs.now), _Year.of(before, pairs.before)
    told = [group for group in pairs.groups if any(one in mine.given for one in group.now)
            or any(one in theirs.given for one in group.before)]  # fmt: skip
    for group in _outermost(told, pairs):
        actual, earlier = mine.figure(group.now), theirs.figure(group.before)
        difference = None if group.open or not comparable else minus(actual, earlier, now.target)
        reason: Message | None = _OPEN if group.open else None
        yield SiteBeside(group.now, group.before, actual, earlier, difference, reason)


def _outermost(groups: Sequence[Group], pairs: SitePairs) -> Iterator[Group]:
    """Leave out the groups that lie inside others: a commune whose district is compared."""
    now = {site for group in groups for site in group.now}
    before = {site for group in groups for site in group.before}
    for group in groups:
        inside = [any(outer in now for outer in pairs.now.outers(site)) for site in group.now]
        inside += [any(outer in before for outer in pairs.before.outers(site)) for site in group.before]
        if not inside or not all(inside):
            yield group


_SHOWN = 5


def left_out(now: Assessment, before: Assessment, pairs: SitePairs) -> list[Problem]:
    """Return the sites with figures that a crosswalk gives no place, of either year."""
    if not pairs.crosswalk:
        return []
    sides = (
        (before, pairs.before, {site for group in pairs.groups for site in group.before if group.now}),
        (now, pairs.now, {site for group in pairs.groups for site in group.now if group.before}),
    )
    found = []
    for year, index, placed in sides:
        names = [index.label(one) for one in _reported(year.results) if not _is_placed(index, one, placed)]
        if names:
            shown = ", ".join(names[:_SHOWN])
            if len(names) > _SHOWN:
                shown = str(message(N_("{names} and {count} more"), names=shown, count=len(names) - _SHOWN))
            where = Where(pairs.crosswalk)
            found.append(problem(Code.CROSSWALK_GAP, where, year=year.plan.year, names=shown))
    return found


def _reported(results: Iterable[Result]) -> list[Site]:
    rows = [one for result in results if result.sites for one in result.sites.figures if one.reported]
    return list(dict.fromkeys(one.site for one in rows))


def _is_placed(index: SiteIndex, site: Site, placed: set[Site]) -> bool:
    """Tell whether a site, what encloses it, or all that lies inside it has a place."""
    if site in placed or any(outer in placed for outer in index.outers(site)):
        return True
    inner = index.inside(site)
    return bool(inner) and all(one in placed for one in inner)
