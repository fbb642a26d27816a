"""Which sites of two years are the same place: by their sets, or by a crosswalk; never by name alone.

After a reorganisation a commune may keep its name and its code and hold the land of three. So sites
are paired only where their set has the same members in both plans, or as a crosswalk says. What a
crosswalk names, on either side, is defined by it alone. Where it splits and merges across borders, the
smallest groups that exchanged land are compared as one.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from rehabplan import figures
from rehabplan.i18n import N_
from rehabplan.problems import Code, Message, Problem, Where, hint, message, problem
from rehabplan.sites import Site, SiteIndex, SiteSet, identity
from rehabplan.text import key
from rehabplan.units import unit_of


class Group(Struct, frozen=True):
    """Sites of this year and of the earlier one that cover the same land."""

    now: tuple[Site, ...]
    before: tuple[Site, ...]
    open: bool = False
    """A row of the crosswalk about one of them could not be read, so that a part may be missing."""


class SitePairs(Struct, frozen=True):
    """The groups of sites that can be compared, and what is to be said about the rest."""

    now: SiteIndex
    before: SiteIndex
    groups: tuple[Group, ...] = ()
    remarks: tuple[Message, ...] = ()
    problems: tuple[Problem, ...] = ()
    crosswalk: str = ""
    """The file that says which became which; empty without one."""


class _Land(Struct):
    """Joins sites into groups, edge by edge."""

    of: dict[tuple[str, Site], set[tuple[str, Site]]] = field(default_factory=dict)
    doubtful: set[tuple[str, Site]] = field(default_factory=set)

    def add(self, side: str, site: Site) -> set[tuple[str, Site]]:
        return self.of.setdefault((side, site), {(side, site)})

    def join(self, before: Site, now: Site) -> None:
        first, second = self.add("before", before), self.add("now", now)
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
                before = tuple(site for side, site in ordered if side == "before")
                yield Group(now, before, bool(members & self.doubtful))


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
    problems = _follow(land, (before, now), years, crosswalk or (), file)
    defined = (
        _around(before, {site for side, site in land.of if side == "before"}),
        _around(now, {site for side, site in land.of if side == "now"}),
    )
    remarks = []
    for mine in now.sets.values():
        if not mine.members:
            continue
        other = _same_set(before, now, mine)
        if other is None:
            remarks.append(_no_list(mine, years[0]))
            continue
        same = {identity(site): site for site in other.members}
        whole = same.keys() == {identity(one) for one in mine.members}
        for site in mine.members if whole or crosswalk is not None else ():
            earlier = same.get(identity(site))
            if earlier is not None and earlier not in defined[0] and site not in defined[1]:
                land.join(earlier, site)
        if not whole:
            remarks.append(_apart(other, mine, through=crosswalk is not None))
    return SitePairs(now, before, tuple(land.groups()), tuple(remarks), tuple(problems),
                     file if crosswalk is not None else "")  # fmt: skip


def _follow(
    land: _Land, indexes: tuple[SiteIndex, SiteIndex], years: tuple[int, int], rows: Sequence[Row], file: str
) -> list[Problem]:
    """Join the sites of a crosswalk's rows; what stands in a row that cannot be read stays doubtful."""
    problems: list[Problem] = []
    for line, *names in rows:
        where = Where(file, line, 1)
        old, new = (
            _named(index, name, where, year, problems)
            for index, name, year in zip(indexes, names, years, strict=True)
        )
        if old is not None and new is not None:
            land.join(old, new)
        for side, site in (("before", old), ("now", new)):
            if site is not None and None in (old, new):
                land.add(side, site)
                land.doubtful.add((side, site))
    return problems


def _same_set(before: SiteIndex, now: SiteIndex, mine: SiteSet) -> SiteSet | None:
    """Return the earlier set of the same id, or the one of another id that has the same members."""
    other = before.sets.get(mine.id)
    if other is not None and other.members:
        return other
    members = {identity(one) for one in mine.members}
    renamed = [one for one in before.sets.values() if one.id not in now.sets]
    return next((one for one in renamed if {identity(site) for site in one.members} == members), None)


def _around(index: SiteIndex, sites: set[Site]) -> set[Site]:
    """Return sites with all that lies inside them, and all that encloses one of them."""
    found = set(sites)
    for one in index.sets.values():
        for site in one.members:
            outers = list(index.outers(site))
            if site in sites:
                found |= set(outers)
            elif any(outer in sites for outer in outers):
                found.add(site)
    return found


def _no_list(mine: SiteSet, year: int) -> Message:
    text = N_("the plan of {year} has no list of {unit} like this one: they are compared in total only")
    return message(text, year=year, unit=unit_of(mine.unit).name)


def _apart(other: SiteSet, mine: SiteSet, *, through: bool) -> Message:
    before, now = figures.whole(len(other.members)), figures.whole(len(mine.members))
    args = {"unit": unit_of(mine.unit).name, "before": before, "now": now}
    if through:
        return message(N_("the {unit} ({before}, now {now}) are compared through the crosswalk"), **args)
    if sorted(key(one.name) for one in other.members) == sorted(key(one.name) for one in mine.members):
        text = N_(
            "the {unit} have the names of that year and other codes: compared in total only; --crosswalk "
            "FILE says which became which"
        )
        return message(text, **args)
    text = N_(
        "the {unit} are not those of that year ({before}, now {now}): compared in total only; "
        "--crosswalk FILE says which became which"
    )
    return message(text, **args)


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
