"""Rows that are sites: of one indicator a column, of indicators in their own column, or under one."""

import re

from rehabplan.actuals.cells import Writings
from rehabplan.actuals.context import Context
from rehabplan.actuals.headers import Row
from rehabplan.actuals.labels import Match
from rehabplan.actuals.laidout import is_data
from rehabplan.actuals.places import Place, RowPlaces
from rehabplan.actuals.roles import Role
from rehabplan.actuals.rowreader import RowReader
from rehabplan.actuals.sheet import CellKind, address
from rehabplan.actuals.subjects import looks_like_site
from rehabplan.actuals.sums import SiteRow, check_down
from rehabplan.actuals.tables import Table
from rehabplan.problems import Code, problem
from rehabplan.text import clean, without_number

_SECTION = re.compile(r"^(?:[IVX]+|[A-HĐ])[.)]?$")
_SECTION_NAME = re.compile(r"^(?:khối|các|nhóm|cụm|vùng|khu vực)\b", re.IGNORECASE)
OF_WHICH = re.compile(r"^[-+•\s]*(?:trong đó|of which)\b", re.IGNORECASE)
_ASIDE = (
    Role.NUMBER, Role.NOTE, Role.SITE, Role.ID, Role.LABEL, Role.UNIT, Role.EARLIER, Role.COMPARISON,
    Role.OTHER, Role.PERIOD, Role.SENSE,
)  # fmt: skip


class SiteRows(RowReader):
    """Reads a table whose rows name sites."""

    def __init__(self, table: Table, context: Context, writings: Writings) -> None:
        """Begin above the first row."""
        super().__init__(table, context, writings)
        self.places = RowPlaces(table, context.site, context.words)
        self.by_site = not self.labels
        self.block_match: Match | None = None
        """The indicator under whose row the sites stand."""
        self.site_rows: list[SiteRow] = []

    def read(self) -> None:
        """Read all rows; a table of sites that names no target is told as a whole."""
        if self.by_site and not self._names_an_indicator():
            header = self.table.columns[0]
            where = self.figures.where(address(header.header_row, self.names[0].number))
            self.found.problems.append(problem(Code.NO_INDICATOR, where, count=len(self.table.rows)))
            return
        super().read()
        self._check_sums()
        if self.by_site:
            self._tell_unplanned_columns()

    def pass_over(self, row: Row) -> None:
        """Take the site that a row of a plan may name for the rows below it."""
        self.places.of(row, labelled=True)

    def _names_an_indicator(self) -> bool:
        """Tell whether titles, headings or rows of a table of sites name what it counts."""
        if self.context.match or any(group.match for group in self.groups):
            return True
        return any(self.words.labels.find(self.name(row)) for row in self.table.rows)

    def read_row(self, row: Row, texts: list[str], match: Match | None) -> str:
        """Read a row by the site that it names."""
        place = self.places.of(row, labelled=bool(texts) or self._says_more(row))
        name = self.name(row)
        if self.by_site and self.words.labels.find(name):
            return self._indicator_row(row, name)
        if place is None:
            return self.unnamed(row) if not texts else "heading"
        filled = self.filled(row)
        if OF_WHICH.match(clean(name)):
            self.read_figures(row, None, place)
            return "no target"
        if not place.site and not place.total and self._is_section(row, name):
            if filled:
                self.site_rows.append(SiteRow(row, Place(total=True), clean(name)))
            return "sum" if filled else "heading"
        if not filled and not place.site:
            return "heading"
        return self._placed_row(row, place, match)

    def _placed_row(self, row: Row, place: Place, match: Match | None) -> str:
        """Read the figures of a row whose site is known, or told to be doubtful."""
        if place.doubt:
            where = self.figures.cell(row, self.names[-1])
            self.found.problems.append(problem(place.doubt, where, **dict(place.args)))
        if self.by_site:
            self.site_rows.append(SiteRow(row, place))
        about = match or (self.block_match or self.context.match if self.by_site else None)
        if not place.doubt or self.by_site:
            self.read_figures(row, about, place)
        return "unknown site" if place.doubt else "sum" if place.total else "site"

    def _indicator_row(self, row: Row, name: str) -> str:
        """Begin the rows of sites that stand under an indicator, whose row is the whole's."""
        self.block_match = self.words.labels.find(name)
        self.site_rows = []
        self.read_figures(row, self.block_match, Place(self.context.site))
        return "target"

    def _says_more(self, row: Row) -> bool:
        """Tell whether a row without a site's name splits up the one above it."""
        more = [one for one in self.table.columns if one.role in (None, Role.SENSE) and one.match is None]
        return any(
            one.number in row.cells
            and row.cells[one.number].kind is CellKind.TEXT
            and not is_data(row.cells[one.number])
            for one in more
        )

    def _is_section(self, row: Row, name: str) -> bool:
        """Tell whether a row heads a group of sites; what has the form of a site's name does not."""
        number = next((row.cells[one.number].text for one in self.numbers
                       if one.number in row.cells), "")  # fmt: skip
        if looks_like_site(without_number(name)) or self.words.sites.suggest(without_number(name)):
            return False
        return bool(_SECTION.match(number.strip()) or _SECTION_NAME.match(without_number(name)))

    def _check_sums(self) -> None:
        """Hold totals and subtotals against the rows of sites, where figures of sites add up."""
        sites = {one.place.site for one in self.site_rows if one.place.site}
        outer = {site: self.words.sites.enclosing(site) for site in sites}
        for group in self.groups:
            match = group.match or self.context.match
            if match is not None and match.adds and self.site_rows:
                self.found.problems += check_down(self.site_rows, group, self.figures, outer)

    def _tell_unplanned_columns(self) -> None:
        """Name once each column of figures that belongs to no target, where sites stand in the rows."""
        for column in self.table.columns:
            about = self.context.match or self.block_match
            used = column.match or (about and column.role is not None)
            if used or column.role in _ASIDE:
                continue
            count = sum(1 for row in self.table.rows
                        if (cell := row.cells.get(column.number)) and is_data(cell))  # fmt: skip
            if count:
                where = self.figures.where(address(column.header_row, column.number))
                args = {"heading": column.heading, "count": count}
                self.found.problems.append(problem(Code.UNPLANNED_COLUMN, where, **args))
