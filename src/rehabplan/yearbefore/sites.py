"""Which sites of two years are the same place: by their sets, or by a crosswalk; never by name alone.

After a reorganisation a commune may keep its name and its code and hold the land of three. So sites
are paired only where their set has the same members in both plans, or as a crosswalk says. Where it
splits and merges across borders, the smallest groups that exchanged land are compared as one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from rehabplan import figures
from rehabplan.actuals.model import Actual, State
from rehabplan.assess import Result
from rehabplan.i18n import N_
from rehabplan.problems import Code, Message, Problem, Where, hint, message, problem
from rehabplan.rollup import RollUp, SiteFigure, roll_up
from rehabplan.sites import Site, SiteIndex
from rehabplan.units import unit_of
from rehabplan.yearbefore.differences import minus
from rehabplan.yearbefore.model import SiteBeside


@dataclass(frozen=True, slots=True)
class Group:
    """Sites of this year and of the earlier one that cover the same land."""

    now: tuple[Site, ...]
    before: tuple[Site, ...]


@dataclass(frozen=True, slots=True)
class SitePairs:
    """The groups of sites that can be compared, and what is to be said about the rest."""

    groups: tuple[Group, ...] = ()
    remarks: tuple[Message, ...] = ()
    problems: tuple[Problem, ...] = ()

    def __bool__(self) -> bool:
        """Whether any site can be compared."""
        return bool(self.groups)


@dataclass(slots=True)
class _Land:
    """Joins sites into groups, edge by edge."""

    of: dict[tuple[str, Site], set[tuple[str, Site]]] = field(default_factory=dict)

    def join(self, before: Site, now: Site) -> None:
        first = self.of.setdefault(("before", before), {("before", before)})
        second = self.of.setdefault(("now", now), {("now", now)})
        if first is not second:
            first |= second
            for one in second:
                self.of[one] = first

    def groups(self) -> Iterator[Group]:
        seen: set[int] = set()
        for members in self.of.values():
            if id(members) not in seen:
                seen.add(id(members))
                ordered = sorted(members, key=lambda one: (one[1].set, one[1].key))
                now = tuple(site for side, site in ordered if side == "now")
                yield Group(now, tuple(site for side, site in ordered if side == "before"))


Row = tuple[int, str, str]
"""A line of a crosswalk: its number, the earlier site's name or key, and this year's."""


def pair_sites(
    before: SiteIndex, now: SiteIndex, years: tuple[int, int], crosswalk: Sequence[Row] | None = None,
    file: str = "",
) -> SitePairs:  # fmt: skip
    """Pair the sites of two plans.

    Args:
        before: the sites of the earlier plan.
        now: those of this plan.
        years: the years of the two.
        crosswalk: rows of earlier and present sites; None without a file.
        file: the crosswalk's name, for problems.
    """
    land = _Land()
    listed: set[Site] = set()
    problems: list[Problem] = []
    for line, old_name, new_name in crosswalk or ():
        where = Where(file, line, 1)
        old = _named(before, old_name, where, years[0], problems)
        new = _named(now, new_name, where, years[1], problems)
        if old is not None and new is not None:
            land.join(old, new)
            listed.add(old)
    remarks = []
    for name, mine in now.sets.items():
        other = before.sets.get(name)
        if not mine.members or other is None or not other.members:
            continue
        same = {_identity(site): site for site in other.members}
        whole = len(same) == len(mine.members) and all(_identity(one) in same for one in mine.members)
        if whole or crosswalk is not None:
            for site in mine.members:
                earlier = same.get(_identity(site))
                if earlier is not None and earlier not in listed:
                    land.join(earlier, site)
        if not whole:
            remarks.append(_apart(unit_of(mine.unit).name, len(other.members), len(mine.members), crosswalk))
    return SitePairs(tuple(land.groups()), tuple(remarks), tuple(problems))


def _identity(site: Site) -> tuple[str, str]:
    return site.key, site.name


def _apart(unit: Message, before: int, now: int, crosswalk: Sequence[Row] | None) -> Message:
    args = {"unit": unit, "before": figures.whole(before), "now": figures.whole(now)}
    if crosswalk is None:
        text = N_(
            "the {unit} are not those of that year ({before}, now {now}): compared in total only; "
            "--crosswalk FILE says which became which"
        )
        return message(text, **args)
    return message(N_("the {unit} ({before}, now {now}) are compared through the crosswalk"), **args)


def _named(index: SiteIndex, text: str, where: Where, year: int, problems: list[Problem]) -> Site | None:
    found = index.find(text)
    if len(found) == 1:
        return found[0]
    if found:
        known = ", ".join(index.label(one) for one in found[:5])
        problems.append(problem(Code.CROSSWALK_TWO, where, name=text, known=known, year=year))
    else:
        guess = hint(index.suggest(text))
        problems.append(problem(Code.CROSSWALK_NONE, where, name=text, hint=guess, year=year))
    return None


def by_pairs(now: Result, before: Result, pairs: SitePairs, *, comparable: bool) -> Iterator[SiteBeside]:
    """Yield the figures of every group of sites of which either year has one."""
    mine = {one.site: one.actual for one in now.sites.figures} if now.sites else {}
    theirs = {one.site: one.actual for one in before.sites.figures} if before.sites else {}
    for group in pairs.groups:
        if not any(site in mine for site in group.now) and not any(site in theirs for site in group.before):
            continue
        actual, earlier = _of(now, group.now, mine), _of(before, group.before, theirs)
        difference = minus(actual, earlier, now.target) if comparable else None
        yield SiteBeside(group.now, group.before, actual, earlier, difference)


def _of(result: Result, sites: Iterable[Site], given: dict[Site, Actual]) -> Actual:
    """Return the figure of a group: a site's own, or the sum of several."""
    group = tuple(sites)
    if len(group) == 1:
        return given.get(group[0], Actual(State.NOT_REPORTED))
    rows = tuple(SiteFigure(site, given[site]) for site in group if site in given)
    silent = tuple(site for site in group if site not in given)
    summed = roll_up(result.target, RollUp(group[0].set, len(group), rows, silent), lambda _site: None, None)
    return replace(summed, steps=())
