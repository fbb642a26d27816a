"""The members of a plan's sets of sites, and each site's share of the targets: from lists to records."""

import re
from collections.abc import Callable, Iterator
from fractions import Fraction

from pydantic_core import PydanticCustomError

from rehabplan.i18n import _
from rehabplan.plan.checks import Finding, finding
from rehabplan.plan.fields import Percentage, read_figure
from rehabplan.plan.model import Kind, Plan, Shares, Sites
from rehabplan.problems import Code, hint
from rehabplan.sites import Site, SiteIndex, SiteSet
from rehabplan.text import closest

MOST_TOLD = 1_000
"""Findings about a table of shares after which the rest of it is not looked at."""

Rows = Callable[[str], list[dict[str, str]]]
"""Returns a list file's rows by column; raises ValueError with a reason."""


def site_index(plan: Plan, rows: Rows) -> SiteIndex:
    """Return the index of a plan's sites; a list that cannot be used (told elsewhere) has no members."""
    return SiteIndex.of(
        SiteSet(name, sites.unit, sites.count, tuple(_members(plan, name, sites, rows)), sites.within)
        for name, sites in plan.sites.items()
    )


def _members(plan: Plan, name: str, sites: Sites, rows: Rows) -> Iterator[Site]:
    yield from (Site(name, one, one) for one in sites.names)
    if sites.list is None or sites.key is None or sites.names:
        return
    try:
        table = rows(sites.list)
    except ValueError:
        return
    outer = plan.sites.get(sites.within or "")
    outer_key = outer.key if outer and outer.key else ""
    name_column = sites.name or sites.key.removesuffix("_code")
    seen: set[str] = set()
    for row in table:
        code = row.get(sites.key, "").strip()
        if code and code not in seen:
            seen.add(code)
            shown = row.get(name_column, "").strip() or code
            yield Site(name, code, shown, row.get(outer_key, "").strip())


def check_lists(plan: Plan, rows: Rows) -> Iterator[Finding]:
    """Yield what is wrong with the columns that name a set's members and what encloses them."""
    for name, sites in plan.sites.items():
        path = ("sites", name)
        if sites.within is not None and (sites.within not in plan.sites or sites.within == name):
            guess = hint(closest(sites.within, plan.sites))
            yield finding(Code.NO_SITES, *path, "within", found=sites.within, hint=guess)
            continue
        if sites.list is None:
            continue
        try:
            table = rows(sites.list)
        except ValueError:
            continue  # told where the list itself is checked
        columns = table[0] if table else {}
        wanted = {"name": sites.name}
        wanted["within"] = plan.sites[sites.within].key if sites.within else None
        for at, column in wanted.items():
            if column is not None and column not in columns:
                reason = _("it has no column '{key}' (it has {columns})")
                reason = reason.format(key=column, columns=", ".join(columns))
                yield finding(Code.SITE_LIST, *path, at, file=sites.list, reason=reason)


class ShareTable:
    """Reads the table of shares; what is wrong with it is collected on the way."""

    def __init__(self, plan: Plan, index: SiteIndex, rows: Rows) -> None:
        """Read the table that the plan names, where it names one."""
        self.values: dict[str, dict[str, Fraction]] = {}
        """Target id → key of the site → its share, in the target's unit."""
        self.findings: list[Finding] = []
        self._plan = plan
        if plan.shares is not None:
            self._read(plan.shares, index, rows)

    def _read(self, shares: Shares, index: SiteIndex, rows: Rows) -> None:
        if shares.sites not in self._plan.sites:
            guess = hint(closest(shares.sites, self._plan.sites))
            self.findings.append(finding(Code.NO_SITES, "shares", "sites", found=shares.sites, hint=guess))
            return
        try:
            table = rows(shares.list)
        except ValueError as error:
            self._add(shares, str(error))
            return
        sites = self._plan.sites[shares.sites]
        names = [one for one in (sites.key, sites.name, "site", "name") if one]
        column = next((one for one in names if table and one in table[0]), None)
        if column is None:
            found = ", ".join(table[0]) if table else "…"
            text = _("no column names the sites, by {known}; its columns are {found}")
            self._add(shares, text.format(known=_(" or ").join(dict.fromkeys(names)), found=found))
            return
        listed = {sites.key, sites.name, (sites.key or "").removesuffix("_code"), "site", "name"}
        targets = [one for one in table[0] if one not in listed and one]
        for target in targets:
            if len(self.findings) > MOST_TOLD:
                return
            if target not in self._plan.targets:
                guess = hint(closest(target, self._plan.targets, cutoff=0.6))
                self._add(shares, _("its column '{name}' is no target of this plan{hint}").format(
                    name=target, hint=guess))  # fmt: skip
            elif self._plan.targets[target].kind.is_share:
                text = _("'{name}' is measured in percent, and percentages are never added up: its goal "
                         "holds for every site alike")  # fmt: skip
                self._add(shares, text.format(name=target))
            elif self._plan.targets[target].kind is Kind.MILESTONE:
                text = _("'{name}' is a milestone, which cannot be shared out")
                self._add(shares, text.format(name=target))
        counted = [one for one in targets if one in self._plan.targets
                   and self._plan.targets[one].kind in (Kind.COUNT, Kind.STOCK)]  # fmt: skip
        self._rows(shares, table, column, counted, index)

    def _rows(
        self, shares: Shares, table: list[dict[str, str]], column: str, targets: list[str], index: SiteIndex
    ) -> None:
        seen: set[str] = set()
        for number, row in enumerate(table, start=2):
            if len(self.findings) > MOST_TOLD:
                return
            found = [one for one in index.find(row[column]) if one.set == shares.sites]
            if len(found) != 1:
                text = _("line {line}: '{name}' is no site of '{set}'{hint}")
                guess = hint(index.suggest(row[column])) if not found else ""
                self._add(shares, text.format(line=number, name=row[column], set=shares.sites, hint=guess))
                continue
            site = found[0]
            if site.key in seen:
                self._add(shares, _("line {line}: '{name}' stands there twice").format(
                    line=number, name=row[column]))  # fmt: skip
                continue
            seen.add(site.key)
            for target in targets:
                raw = (row[target] or "").strip()
                if raw:
                    self._share(shares, target, site, raw, number)

    def _share(self, shares: Shares, target: str, site: Site, raw: str, line: int) -> None:
        try:
            plain = re.fullmatch(r"[1-9][0-9]{0,29}", raw)
            value = read_figure(int(raw) if plain else raw)
        except PydanticCustomError:
            if raw != "0":
                text = _("line {line}: '{raw}' is no plain number")
                self._add(shares, text.format(line=line, raw=raw))
                return
            value = Fraction(0)
        if isinstance(value, Percentage):
            text = _("line {line}: '{raw}' is a percentage, and these are never added up; write the number")
            self._add(shares, text.format(line=line, raw=raw))
            return
        self.values.setdefault(target, {})[site.key] = value

    def _add(self, shares: Shares, reason: str) -> None:
        args = {"file": shares.list, "reason": reason}
        self.findings.append(finding(Code.SHARES, "shares", "list", **args))
