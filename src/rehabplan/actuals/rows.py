"""Walks the rows of a table: every figure becomes an observation, or is named."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from rehabplan.actuals.arithmetic import Sums, check_percents
from rehabplan.actuals.cells import Writings, figure_of
from rehabplan.actuals.columns import Group, Value, groups_of
from rehabplan.actuals.headers import Row
from rehabplan.actuals.headings import Role
from rehabplan.actuals.labels import Match
from rehabplan.actuals.model import Figure, FigureKind, Observation, Unplanned
from rehabplan.actuals.places import Place, RowPlaces, heading_place
from rehabplan.actuals.rowfigures import OPEN, RowFigures
from rehabplan.actuals.sheet import CellKind, Sheet, address
from rehabplan.actuals.tables import Table, is_data
from rehabplan.actuals.vocabulary import Vocabulary
from rehabplan.problems import Code, Problem, problem
from rehabplan.sites import Site
from rehabplan.text import clean, label_key, without_number

_SECTION = re.compile(r"^(?:[IVX]+|[A-HĐ])[.)]?$")
_SECTION_NAME = re.compile(r"^(?:khối|các|nhóm|cụm|vùng|khu vực|trong đó)\b", re.IGNORECASE)


@dataclass(slots=True)
class Context:
    """What surrounds a table: file, sheet, the site and indicator that its titles name, its unit."""

    file: str
    sheet: Sheet
    words: Vocabulary
    site: Site | None = None
    open: bool = False
    """The titles name a site that is not certain, so no figure below can be used."""
    match: Match | None = None
    unit: str = ""


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
        self.groups = groups_of(table, context.words)
        self.names = table.having(Role.SITE)
        self.labels = [*table.having(Role.ID), *table.having(Role.LABEL)]
        self.places = RowPlaces(self.names, context.site, context.words)
        self.block = Place(context.site)
        """The site under whose heading the rows stand."""
        self.site_rows: list[tuple[Row, Place, bool]] = []

    def read(self) -> None:
        by_site = self.names and not self.labels
        if by_site and not (self.context.match or any(group.match for group in self.groups)):
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

    def _tell_undecided(self) -> None:
        for group in self.groups:
            if group.undecided:
                one = group.undecided
                self.found.problems.append(problem(one.code, self.figures.where(one.cell), **one.args))

    def _row(self, row: Row) -> str:
        """Read one row and return how it was understood."""
        texts = [text for text in self._texts(row) if label_key(text)]
        match = next((hit for text in texts if (hit := self.words.labels.find(text))), None)
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
        if match is None and not any(self.figures.filled(row, group) for group in self.groups):
            return "heading"
        return "target" if match else "no target"

    def _site_row(self, row: Row, texts: list[str], match: Match | None) -> str:
        place = self.places.of(row, labelled=bool(texts))
        if place is None:
            return self._unnamed(row) if not texts else "heading"
        filled = any(self.figures.filled(row, group) for group in self.groups)
        section = self._is_section(row, place)
        if not filled and not (place.site and not section):
            return "heading"
        if section:
            self.site_rows.append((row, Place(total=True), True))
            return "sum"
        if place.doubt:
            where = self.figures.where(address(row.number, self.names[-1].number))
            self.found.problems.append(problem(place.doubt, where, **dict(place.args)))
            self.site_rows.append((row, place, False))
            if not self.labels:
                self._figures(row, match or self.context.match, place)
            return "unknown site"
        if not self.labels:
            self.site_rows.append((row, place, False))
        about = match or (None if self.labels else self.context.match)
        self._figures(row, about, place)
        return "sum" if place.total else "site"

    def _is_section(self, row: Row, place: Place) -> bool:
        """Tell whether a row heads a group of sites, with or without their subtotal."""
        number = next((row.cells[one.number].text for one in self.table.having(Role.NUMBER)
                       if one.number in row.cells), "")  # fmt: skip
        if place.site or place.total:
            return False
        return bool(_SECTION.match(number.strip()) or _SECTION_NAME.match(without_number(self._name(row))))

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
        self._check_across(row, match)
        for group in self.groups:
            about = group.match or match
            if about is None and self.names and not self.labels:
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

    def _check_across(self, row: Row, match: Match | None) -> None:
        """Hold a column that sums up the columns of sites against them."""
        if match is None or not match.adds or not any(group.total for group in self.groups):
            return
        sums = Sums()
        for group in self.groups:
            if group.values and (group.site or group.total):
                column = group.values[0].column
                figure, where = self.figures.figure(row, column), self.figures.cell(row, column)
                if group.site:
                    sums.site(figure, counted=True)
                else:
                    sums.total(figure, where)
        self.found.problems += sums.end()

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
        basis, since, until = self.figures.span(row) or (value.basis, value.since, value.until)
        return Observation(
            indicator=match.indicator,
            figure=OPEN if self.context.open or place.doubt is not None else figure,
            where=self.figures.cell(row, value.column),
            label=self._label(row),
            matched_by=match.by,
            unit=self.figures.unit_of(row, group, value),
            part=match.part,
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

    def _label(self, row: Row) -> str:
        """Return what names the row: its indicator, else its site."""
        texts = [text for text in self._texts(row) if label_key(text)]
        if texts:
            return clean(texts[-1]).rstrip(" :")
        return clean(without_number(self._name(row)))

    def _name(self, row: Row) -> str:
        return next((row.cells[one.number].text for one in self.names if one.number in row.cells), "")

    def _texts(self, row: Row) -> Iterator[str]:
        for column in self.labels:
            cell = row.cells.get(column.number)
            if cell:
                yield cell.text

    def _check_sums(self) -> None:
        """Hold totals and subtotals against the rows of sites, where figures of sites add up."""
        sites = {place.site for _row, place, _section in self.site_rows if place.site}
        for group in self.groups:
            match = group.match or self.context.match
            if match is None or not match.adds:
                continue
            for value in group.values:
                sums = Sums()
                for row, place, section in self.site_rows:
                    figure = self.figures.figure(row, value.column)
                    where = self.figures.cell(row, value.column)
                    if place.doubt:
                        sums.unknown()
                    elif section:
                        sums.subtotal(figure, where)
                    elif place.total:
                        sums.total(figure, where)
                    elif place.site:
                        outer = self.words.sites.enclosing(place.site)
                        sums.site(figure, counted=outer not in sites)
                self.found.problems += sums.end()

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
