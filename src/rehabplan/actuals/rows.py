"""Walks the rows of a table: every figure becomes an observation, or is named."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from rehabplan.actuals.arithmetic import check_percents
from rehabplan.actuals.cells import Writings, figure_of
from rehabplan.actuals.columns import Group, Value, groups_of
from rehabplan.actuals.context import Context, is_narrow, put_aside
from rehabplan.actuals.headers import Row
from rehabplan.actuals.headings import VALUE_ROLES, Role, role_of
from rehabplan.actuals.labels import Match
from rehabplan.actuals.model import Figure, FigureKind, Observation, Unplanned
from rehabplan.actuals.periodcells import PeriodCells
from rehabplan.actuals.places import Place, RowPlaces, heading_place
from rehabplan.actuals.rowfigures import OPEN, RowFigures
from rehabplan.actuals.sheet import CellKind, address
from rehabplan.actuals.subjects import looks_like_site
from rehabplan.actuals.sums import SiteRow, check_across, check_down
from rehabplan.actuals.tables import Table, is_data
from rehabplan.problems import Code, Problem, problem
from rehabplan.text import clean, label_key, without_number

_SECTION = re.compile(r"^(?:[IVX]+|[A-HĐ])[.)]?$")
_SECTION_NAME = re.compile(r"^(?:khối|các|nhóm|cụm|vùng|khu vực)\b", re.IGNORECASE)
_OF_WHICH = re.compile(r"^[-+•\s]*(?:trong đó|of which)\b", re.IGNORECASE)


@dataclass(slots=True)
class Found:
    """What the rows of a table say."""

    observations: list[Observation] = field(default_factory=list)
    unplanned: list[Unplanned] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    cutoffs: set[date] = field(default_factory=set)
    """The last days that headings of columns with results name."""
    marks: dict[int, str] = field(default_factory=dict)
    """Row → how it was understood: target, site, sum, heading, or no target."""


def read_table(table: Table, context: Context, writings: Writings) -> Found:
    """Read the rows of a table."""
    reader = _TableReader(table, context, writings)
    reader.read()
    return reader.found


class _TableReader:
    def __init__(self, table: Table, context: Context, writings: Writings) -> None:
        self.table = table
        self.context = context
        self.words = context.words
        self.figures = RowFigures(context.file, context.sheet, table, context.words, writings, context.unit)
        self.found = Found(problems=self.figures.problems)
        self.groups = put_aside(groups_of(table, context.words), context)
        self.names = table.having(Role.SITE)
        self.labels = [*table.having(Role.ID), *table.having(Role.LABEL)]
        self.places = RowPlaces(table, context.site, context.words)
        self.periods = PeriodCells(table, context.words)
        self.by_site = bool(self.names) and not self.labels
        self.block_match: Match | None = None
        """The indicator under whose row the sites stand."""
        self.narrow = context.narrow
        self.main: Match | None = None
        """The last row's target that is not itself "of which"."""
        self.block = Place(context.site)
        """The site under whose heading the rows stand."""
        self.site_rows: list[SiteRow] = []

    def read(self) -> None:
        if self.by_site and not self._names_an_indicator():
            header = self.table.columns[0]
            where = self.figures.where(address(header.header_row, self.names[0].number))
            self.found.problems.append(problem(Code.NO_INDICATOR, where, count=len(self.table.rows)))
            return
        self._tell_undecided()
        for group in self.groups:
            for value in group.values:
                self.figures.note_merged(value.column)
                if value.until:
                    self.found.cutoffs.add(value.until)
        for row in self.table.rows:
            self.found.marks[row.number] = self._row(row)
        self._check_sums()
        self._tell_unplanned_columns()

    def _names_an_indicator(self) -> bool:
        """Tell whether titles, headings or rows of a table of sites name what it counts."""
        if self.context.match or any(group.match for group in self.groups):
            return True
        return any(self.words.labels.find(self._name(row)) for row in self.table.rows)

    def _tell_undecided(self) -> None:
        for group in self.groups:
            if group.undecided:
                one = group.undecided
                self.found.problems.append(problem(one.code, self.figures.where(one.cell), **one.args))

    def _row(self, row: Row) -> str:
        """Read one row and return how it was understood."""
        texts = [text for text in self._texts(row) if label_key(text)]
        match = next((hit for text in texts if (hit := self.words.labels.find(text))), None)
        if self._sense(row) not in (None, *VALUE_ROLES) or self.periods.skip(row):
            if self.names:
                self.places.of(row, labelled=True)  # it may name the site of the rows below
            return "heading"  # a plan, last year's figure, a percentage: no result
        if self.names:
            return self._site_row(row, texts, match)
        if not texts:
            alone = [cell.text for cell in row.cells.values() if cell.kind is CellKind.TEXT]
            place = heading_place(alone[0], self.words) if len(alone) == len(row.cells) == 1 else None
            if place is None:
                return self._unnamed(row)
            self.block = Place(self.context.site) if place.total else place
            return "heading"
        if match is None:
            place = self._heading(row, texts[-1])
            if place is not None:
                self.block = place
                return "heading"
        self._figures(row, match, self.block)
        if not _OF_WHICH.match(clean(texts[-1])):
            self.main = match
        if match is None and not any(self.figures.filled(row, group) for group in self.groups):
            self.narrow = self.context.narrow or is_narrow(texts[-1])
            return "heading"
        return "target" if match else "no target"

    def _site_row(self, row: Row, texts: list[str], match: Match | None) -> str:
        place = self.places.of(row, labelled=bool(texts) or self._says_more(row))
        name = self._name(row)
        if self.by_site and self.words.labels.find(name):
            return self._indicator_row(row, name)
        if place is None:
            return self._unnamed(row) if not texts else "heading"
        filled = any(self.figures.filled(row, group) for group in self.groups)
        if _OF_WHICH.match(clean(name)):
            self._figures(row, None, place)
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
            self._figures(row, about, place)
        return "unknown site" if place.doubt else "sum" if place.total else "site"

    def _indicator_row(self, row: Row, name: str) -> str:
        """Begin the rows of sites that stand under an indicator, whose row is the whole's."""
        self.block_match = self.words.labels.find(name)
        self.site_rows = []
        self._figures(row, self.block_match, Place(self.context.site))
        return "target"

    def _sense(self, row: Row) -> Role | None:
        """Return what a row's own cell says of its figures: "Kế hoạch" above "Thực hiện"."""
        for column in self.table.having(Role.SENSE):
            if column.number in row.cells:
                return role_of(row.cells[column.number].text)
        return None

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
        number = next((row.cells[one.number].text for one in self.table.having(Role.NUMBER)
                       if one.number in row.cells), "")  # fmt: skip
        if looks_like_site(without_number(name)) or self.words.sites.suggest(without_number(name)):
            return False
        return bool(_SECTION.match(number.strip()) or _SECTION_NAME.match(without_number(name)))

    def _unnamed(self, row: Row) -> str:
        for group in self.groups:
            for value in group.values:
                cell = row.cells.get(value.column.number)
                figure = figure_of(cell)
                if cell and figure.kind not in (FigureKind.BLANK, FigureKind.WORDS):
                    where = self.figures.where(address(row.number, value.column.number))
                    self.found.problems.append(problem(Code.NO_LABEL, where, raw=figure.raw))
        return "no label"

    def _heading(self, row: Row, text: str) -> Place | None:
        """Return the site that a row names which only heads the rows below it."""
        others = self.table.having(Role.UNIT, Role.GOAL)
        if any(one.number in row.cells for one in others):
            return None
        if any(self.figures.filled(row, group) for group in self.groups):
            return None
        place = heading_place(text, self.words)
        if place is None:
            return None
        if place.total:
            return Place(self.context.site)
        if place.doubt:
            column = next(one for one in reversed(self.labels) if one.number in row.cells)
            where = self.figures.cell(row, column)
            self.found.problems.append(problem(place.doubt, where, **dict(place.args)))
        return place

    def _figures(self, row: Row, match: Match | None, place: Place) -> None:
        """Read a row's figures in every group of columns."""
        told = False
        if match is not None and match.adds and any(group.total for group in self.groups):
            self.found.problems += check_across(row, self.groups, self.figures)
        for group in self.groups:
            about = group.match or match
            if about is None and self.by_site:
                continue  # the column is named as a whole
            where = self._group_place(group, place)
            for value, figure in self.figures.values(row, group):
                if about is not None:
                    self.found.observations.append(
                        self._observation(row, about, where, group, (value, figure))
                    )
                elif not told and figure.kind not in (FigureKind.BLANK, FigureKind.OPEN):
                    told = True  # a row of no target is named once, not for every site
                    cell = self.figures.cell(row, value.column)
                    unit = self.figures.unit_of(row, group, value)
                    self.found.unplanned.append(Unplanned(self._label(row), unit, figure, cell, where.site))

    def _group_place(self, group: Group, place: Place) -> Place:
        if group.site is not None:
            return Place(group.site)
        return Place(total=True) if group.total else place

    def _observation(
        self, row: Row, match: Match, place: Place, group: Group, read: tuple[Value, Figure]
    ) -> Observation:
        value, figure = read
        self.found.problems += check_percents(
            group, row, value, figure, place=lambda column: self.figures.cell(row, column),
            writings=self.figures.writings,
        )  # fmt: skip
        goal = group.first(Role.GOAL)
        basis, since, until = self.periods.days(row) or (value.basis, value.since, value.until)
        return Observation(
            indicator=match.indicator,
            figure=OPEN if self.context.open or place.doubt is not None else figure,
            where=self.figures.cell(row, value.column),
            label=self._label(row),
            matched_by=match.by,
            unit=self.figures.unit_of(row, group, value),
            part=match.part or self.narrow or self._is_part_elsewhere(row, match),
            basis=basis,
            heading=value.column.heading,
            goal=figure_of(row.cells.get(goal.number)) if goal else None,
            goal_where=self.figures.cell(row, goal) if goal else None,
            site=self.context.site if place.total else place.site,
            total=place.total,
            unplaced=self.context.open or place.doubt is not None,
            since=since,
            until=until,
        )

    def _is_part_elsewhere(self, row: Row, match: Match) -> bool:
        """Tell whether "Trong đó: …" stands under something else than the target's own whole."""
        texts = [clean(text) for text in self._texts(row)]
        if not any(_OF_WHICH.match(text) for text in texts):
            return False
        return self.main is None or self.main.indicator not in (match.parent, match.indicator)

    def _label(self, row: Row) -> str:
        """Return what names the row: its indicator, else its site."""
        texts = [text for text in self._texts(row) if label_key(text)]
        if texts:
            return clean(texts[-1]).rstrip(" :")
        return clean(without_number(self._name(row)))

    def _name(self, row: Row) -> str:
        return next((row.cells[one.number].text for one in self.names if one.number in row.cells), "")

    def _texts(self, row: Row) -> Iterator[str]:
        named = False
        for column in self.labels:
            cell = row.cells.get(column.number)
            if cell:
                named = True
                yield cell.text
        for column in () if named or self.by_site else self.table.having(Role.NUMBER):
            cell = row.cells.get(column.number)
            if cell and self.words.labels.find(cell.text):  # a label merged over the number
                yield cell.text

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
        if not self.names or self.labels:
            return
        for column in self.table.columns:
            used = column.match or (self.context.match and column.role is not None)
            if used or column.role in _ASIDE:
                continue
            count = sum(1 for row in self.table.rows
                        if (cell := row.cells.get(column.number)) and is_data(cell))  # fmt: skip
            if count:
                where = self.figures.where(address(column.header_row, column.number))
                args = {"heading": column.heading, "count": count}
                self.found.problems.append(problem(Code.UNPLANNED_COLUMN, where, **args))


_ASIDE = (
    Role.NUMBER, Role.NOTE, Role.SITE, Role.ID, Role.LABEL, Role.UNIT, Role.EARLIER, Role.COMPARISON,
    Role.OTHER, Role.PERIOD,
)  # fmt: skip
