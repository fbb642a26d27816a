"""Totals and subtotals over rows or columns of sites, held against their sites (domain.md §4)."""

from fractions import Fraction

from msgspec import Struct, field

from rehabplan import figures
from rehabplan.actuals.arithmetic import exact
from rehabplan.actuals.columns import Group
from rehabplan.actuals.headers import Row
from rehabplan.actuals.model import Figure
from rehabplan.actuals.places import Place
from rehabplan.actuals.rowfigures import RowFigures
from rehabplan.problems import Code, Problem, Where, problem
from rehabplan.sites import Site


class SiteRow(Struct, frozen=True):
    """A row of a table of sites: a site, a total, or the head of a section."""

    row: Row
    place: Place
    section: str = ""
    """The name of the section that it heads."""


class Sums(Struct):
    """Follows one column down the rows of sites, and holds its subtotals and totals against them."""

    section: tuple[Where, str, Fraction] | None = None
    section_name: str = ""
    in_section: list[Fraction] = field(default_factory=list)
    sites: list[Fraction] = field(default_factory=list)
    totals: list[tuple[Where, str, Fraction]] = field(default_factory=list)
    unsure: bool = False
    """A figure of a site is inexact or not a number, so that no sum can be said to be wrong."""
    problems: list[Problem] = field(default_factory=list)

    def site(self, figure: Figure, *, counted: bool) -> None:
        """Take a site's figure; `counted` where no other site of the table encloses it."""
        value = exact(figure)
        if figure.silent:
            return
        if value is None:
            self.unsure = True
        elif counted:
            self.sites.append(value)
            self.in_section.append(value)

    def unknown(self) -> None:
        """Take a row whose site is not certain, so that nothing can be said of sums over it."""
        self.unsure = True

    def subtotal(self, figure: Figure, where: Where, name: str) -> None:
        """Begin a section, whose first row may hold the sum of its sites."""
        self.end_section()
        self.section_name = name
        value = exact(figure)
        self.section = (where, figure.raw, value) if value is not None else None

    def total(self, figure: Figure, where: Where) -> None:
        """Take a row that sums up all sites."""
        self.end_section()
        value = exact(figure)
        if value is not None:
            self.totals.append((where, figure.raw, value))

    def end_section(self) -> None:
        """Hold a section's subtotal against its sites."""
        if self.section and self.in_section:
            self._compare(self.section, self.in_section)
        elif self.section and not self.unsure:  # no sites below: the figure is of something else
            where = self.section[0]
            self.problems.append(problem(Code.UNKNOWN_SITE, where, name=self.section_name, hint=""))
        self.section, self.in_section = None, []

    def end(self) -> list[Problem]:
        """Hold the totals against all sites, and return what does not add up."""
        self.end_section()
        for total in self.totals:
            if self.sites:
                self._compare(total, self.sites)
        return self.problems

    def _compare(self, said: tuple[Where, str, Fraction], parts: list[Fraction]) -> None:
        where, raw, value = said
        added = sum(parts, Fraction(0))
        if added != value and not self.unsure:
            args = {"raw": raw, "sum": figures.number(added), "count": len(parts)}
            self.problems.append(problem(Code.SUM_DIFFERS, where, **args))


def check_down(
    rows: list[SiteRow], group: Group, figures_of: RowFigures, outer: dict[Site, Site | None]
) -> list[Problem]:
    """Hold totals and subtotals of a group's columns against the rows of sites.

    `outer` gives what encloses each site: where both stand in the table only the outer one counts.
    """
    problems: list[Problem] = []
    if not any(one.section or one.place.total for one in rows):
        return problems
    numbers = [one.row.number for one in rows]
    hidden = any(min(numbers) <= row <= max(numbers) for row in figures_of.sheet.hidden_rows)
    for value in group.values:
        sums = Sums(unsure=hidden)
        for one in rows:
            figure = figures_of.figure(one.row, value.column)
            if one.place.doubt:
                sums.unknown()
            elif one.section:
                sums.subtotal(figure, figures_of.cell(one.row, value.column), one.section)
            elif one.place.total:
                sums.total(figure, figures_of.cell(one.row, value.column))
            elif one.place.site:
                sums.site(figure, counted=outer.get(one.place.site) not in outer)
        problems += sums.end()
    return problems


def check_across(row: Row, groups: list[Group], figures_of: RowFigures) -> list[Problem]:
    """Hold a column that sums up the columns of sites against them."""
    sums = Sums()
    for group in groups:
        if group.values and (group.site or group.total):
            column = group.values[0].column
            figure, where = figures_of.figure(row, column), figures_of.cell(row, column)
            if group.site:
                sums.site(figure, counted=True)
            else:
                sums.total(figure, where)
    return sums.end()
