"""Walks the rows of a table: every figure becomes an observation, or is named."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from rehabplan.actuals.arithmetic import Sums, check_percents, check_spans
from rehabplan.actuals.cells import Writings, figure_of, pair_of
from rehabplan.actuals.columns import Group, Value, groups_of
from rehabplan.actuals.headers import Column, Row
from rehabplan.actuals.headings import VALUE_ROLES, Role, role_of, unit_in
from rehabplan.actuals.labels import Match
from rehabplan.actuals.model import Basis, Figure, FigureKind, Observation, Unplanned
from rehabplan.actuals.places import Place, RowPlaces, heading_place
from rehabplan.actuals.sheet import Sheet, address
from rehabplan.actuals.tables import Table, is_data
from rehabplan.actuals.vocabulary import Vocabulary
from rehabplan.period import canonical_label, clue_in_title, cutoff_of, span_in
from rehabplan.problems import Code, Problem, Where, problem
from rehabplan.sites import Site
from rehabplan.text import clean, label_key, without_number

OPEN = Figure(FigureKind.OPEN)
"""The figure of a row whose cell is there but not decided."""
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
        self.writings = writings
        self.found = Found()
        self.groups = groups_of(table, context.words)
        self.names = table.having(Role.SITE)
        self.labels = [*table.having(Role.ID), *table.having(Role.LABEL)]
        self.places = RowPlaces(self.names, context.site, context.words)
        self.block = Place(context.site)
        """The site under whose heading the rows stand."""
        self.merged: dict[int, set[int]] = {}
        self.site_rows: list[tuple[Row, Place, bool]] = []

    def read(self) -> None:
        by_site = self.names and not self.labels
        if by_site and not (self.context.match or any(group.match for group in self.groups)):
            header = self.table.columns[0]
            where = self._where(address(header.header_row, self.names[0].number))
            self.found.problems.append(problem(Code.NO_INDICATOR, where, count=len(self.table.rows)))
            return
        self._tell_undecided()
        for group in self.groups:
            for value in group.values:
                self._find_merged(value.column)
        for row in self.table.rows:
            self.found.marks[row.number] = self._row(row)
        self._check_sums()
        self._tell_unplanned_columns()

    def _tell_undecided(self) -> None:
        for group in self.groups:
            if group.undecided:
                one = group.undecided
                self.found.problems.append(problem(one.code, self._where(one.cell), **one.args))

    def _find_merged(self, column: Column) -> None:
        filled = {row.number for row in self.table.rows if set(row.cells) - {column.number}}
        for top, left, bottom, right in self.context.sheet.merged:
            sharing = {number for number in filled if top <= number <= bottom}
            if left <= column.number <= right and len(sharing) > 1 and (top, left) in self.context.sheet.cells:
                place = address(top, left)
                args = {"place": place, "count": len(sharing)}
                self.found.problems.append(problem(Code.MERGED_VALUE, self._where(place), **args))
                self.merged.setdefault(column.number, set()).update(sharing)

    def _row(self, row: Row) -> str:
        """Read one row and return how it was understood."""
        texts = [text for text in self._texts(row) if label_key(text)]
        match = next((hit for text in texts if (hit := self.words.labels.find(text))), None)
        if self.names:
            return self._site_row(row, texts, match)
        if not texts:
            return self._unnamed(row)
        label = clean(texts[-1]).rstrip(" :")
        if match is None:
            place = self._heading(row, texts[-1])
            if place is not None:
                self.block = place
                return "heading"
        self._figures(row, label, match, self.block)
        if match is None and not any(self._filled(row, group) for group in self.groups):
            return "heading"
        return "target" if match else "no target"

    def _site_row(self, row: Row, texts: list[str], match: Match | None) -> str:
        place = self.places.of(row, labelled=bool(texts))
        name = next((row.cells[one.number].text for one in self.names if one.number in row.cells), "")
        if place is None:
            return self._unnamed(row) if not texts else "heading"
        filled = any(self._filled(row, group) for group in self.groups)
        section = self._is_section(row, name, place)
        if not filled and not (place.site and not section):
            return "heading"
        if section:
            self.site_rows.append((row, Place(total=True), True))
            return "sum"
        if place.doubt:
            where = self._where(address(row.number, self.names[-1].number))
            self.found.problems.append(problem(place.doubt, where, **dict(place.args)))
            return "unknown site"
        label = clean(texts[-1]).rstrip(" :") if texts else clean(without_number(name))
        if not self.labels:
            self.site_rows.append((row, place, False))
        about = match or (None if self.labels else self.context.match)
        self._figures(row, label, about, place)
        return "sum" if place.total else "site"

    def _is_section(self, row: Row, name: str, place: Place) -> bool:
        """Tell whether a row heads a group of sites, with or without their subtotal."""
        number = next((row.cells[one.number].text for one in self.table.having(Role.NUMBER)
                       if one.number in row.cells), "")  # fmt: skip
        if place.site or place.total:
            return False
        return bool(_SECTION.match(number.strip()) or _SECTION_NAME.match(without_number(name)))

    def _unnamed(self, row: Row) -> str:
        for group in self.groups:
            for value in group.values:
                cell = row.cells.get(value.column.number)
                figure = figure_of(cell)
                if cell and figure.kind not in (FigureKind.BLANK, FigureKind.WORDS):
                    where = self._where(address(row.number, value.column.number))
                    self.found.problems.append(problem(Code.NO_LABEL, where, raw=figure.raw))
        return "no label"

    def _heading(self, row: Row, text: str) -> Place | None:
        """Return the site that a row names which only heads the rows below it."""
        others = self.table.having(Role.UNIT, Role.GOAL)
        if any(one.number in row.cells for one in others):
            return None
        if any(self._filled(row, group) for group in self.groups):
            return None
        place = heading_place(text, self.words)
        if place is None:
            return None
        if place.total:
            return Place(self.context.site)
        if place.doubt:
            where = self._where(address(row.number, min(row.cells)))
            self.found.problems.append(problem(place.doubt, where, **dict(place.args)))
        return place

    def _filled(self, row: Row, group: Group) -> bool:
        held = (*VALUE_ROLES, Role.ESTIMATE, Role.NUMERATOR, Role.DENOMINATOR)
        return any(one.number in row.cells for one in group.columns if one.role in held)

    def _figures(self, row: Row, label: str, match: Match | None, place: Place) -> None:
        """Read a row's figures in every group of columns."""
        told = False
        for group in self.groups:
            about = group.match or match
            if about is None and self.names and not self.labels:
                continue  # the column is named as a whole
            where = self._group_place(group, place)
            for value, figure in self._values(row, group):
                one = self._observation(row, label, about, where, group, value, figure)
                if one is not None:
                    self.found.observations.append(one)
                elif not told and figure.kind not in (FigureKind.BLANK, FigureKind.OPEN):
                    told = True  # a row of no target is named once, not for every site
                    cell = self._where(address(row.number, value.column.number))
                    unit = self._unit(row, group, value)
                    self.found.unplanned.append(Unplanned(label, unit, figure, cell, where.site))

    def _group_place(self, group: Group, place: Place) -> Place:
        if group.site is not None:
            return Place(group.site)
        return Place(total=True) if group.total else place

    def _values(self, row: Row, group: Group) -> Iterator[tuple[Value, Figure]]:
        """Yield the columns of a group that say something in a row, or the first one, blank."""
        if group.undecided:
            column = next((one for one in group.columns), self.table.columns[0])
            yield Value(column, Basis.UNSAID), OPEN
            return
        pair = self._pair(row, group)
        if pair:
            yield pair
            return
        found = []
        for value in group.values:
            if row.number in self.merged.get(value.column.number, ()):
                yield value, OPEN
                return
            cell = row.cells.get(value.column.number)
            if cell is not None:
                found.append((value, self.writings.settled(figure_of(cell))))
        whole = [one for one in found if one[0].basis is not Basis.IN_PERIOD]
        self.found.problems += check_spans(found, lambda column: self._cell(row, column))
        latest = max((value.until for value, _figure in whole if value.until), default=None)
        for value, figure in found:
            silent = figure.kind in (FigureKind.BLANK, FigureKind.NO_DATA)
            if value.basis is not Basis.IN_PERIOD or not any(one.until is None for one, _f in whole):
                covered = value.basis is Basis.IN_PERIOD and latest and value.until and value.until <= latest
                if not covered and (not silent or len(found) == 1):
                    yield value, figure
        if not found and group.values:
            yield group.values[0], Figure(FigureKind.BLANK)

    def _pair(self, row: Row, group: Group) -> tuple[Value, Figure] | None:
        """Return the figure of the columns of numerator and denominator, where either is filled."""
        if group.pair is None:
            return None
        above, below = group.pair
        parts = [figure_of(row.cells.get(one.number)) for one in (above, below)]
        parts = [self.writings.settled(one) for one in parts]
        if all(one.kind is FigureKind.BLANK for one in parts):
            return None
        bases = [value.basis for value in group.values] or [Basis.UNSAID]
        return Value(above, bases[0]), pair_of(*parts)

    def _observation(  # noqa: PLR0913, PLR0917 - the parts of an observation
        self, row: Row, label: str, match: Match | None, place: Place, group: Group, value: Value, figure: Figure
    ) -> Observation | None:
        if match is None:
            return None
        goal = group.first(Role.GOAL)
        shown = figure_of(row.cells.get(goal.number)) if goal else None
        since, until = value.since, value.until
        basis = value.basis
        period = self._period(row)
        if period:
            basis, since, until = period
        doubtful = self.context.open or (place.doubt is not None)
        read = OPEN if doubtful else figure
        self.found.problems += check_percents(
            group, row, value, figure, place=lambda column: self._cell(row, column),
            writings=self.writings,
        )
        return Observation(
            match.indicator, read, self._cell(row, value.column), label, match.by,
            self._unit(row, group, value), match.part, basis, value.column.heading, shown,
            self._cell(row, goal) if goal else None,
            place.site if not place.total else self.context.site,
            place.total,
            since, until,
        )  # fmt: skip

    def _period(self, row: Row) -> tuple[Basis, date | None, date | None] | None:
        """Return the span that a row's own cell of periods names, in a list of figures."""
        column = next(iter(self.table.having(Role.PERIOD)), None)
        cell = row.cells.get(column.number) if column else None
        words = self.words
        if cell is None or words.year is None:
            return None
        label = canonical_label(cell.text)
        span = span_in(cell.text) if role_of(cell.text) is Role.IN_PERIOD and label is None else None
        if span:
            return (Basis.IN_PERIOD, *span.days(words.year, words.convention))
        clue = clue_in_title(cell.text)
        label = label or (clue.label if clue else None)
        if clue and clue.cutoff:
            return Basis.UNSAID, None, clue.cutoff
        return (Basis.UNSAID, None, cutoff_of(label, words.year, words.convention)) if label else None

    def _texts(self, row: Row) -> Iterator[str]:
        for column in self.labels:
            cell = row.cells.get(column.number)
            if cell:
                yield cell.text

    def _unit(self, row: Row, group: Group, value: Value) -> str:
        """Return the row's unit: its own cell's, else its heading's, else the one above the table."""
        columns = self.table.having(Role.UNIT)
        for column in columns:
            cell = row.cells.get(column.number)
            if cell:
                return clean(cell.text)
        if columns and not group.match:
            return ""
        headings = [value.column.heading, *(column.heading for column in self.table.having(Role.LABEL))]
        if group.match:
            headings = value.column.heading.split(" / ")[::-1]
        return next(filter(None, map(unit_in, headings)), self.context.unit)

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
                    figure = self.writings.settled(figure_of(row.cells.get(value.column.number)))
                    where = self._cell(row, value.column)
                    if section:
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
                where = self._where(address(column.header_row, column.number))
                args = {"heading": column.heading, "count": count}
                self.found.problems.append(problem(Code.UNPLANNED_COLUMN, where, **args))

    def _cell(self, row: Row, column: Column) -> Where:
        return self._where(address(row.number, column.number))

    def _where(self, cell: str) -> Where:
        return Where(self.context.file, sheet=self.context.sheet.name, cell=cell)


_ASIDE = (
    Role.NUMBER, Role.NOTE, Role.SITE, Role.ID, Role.LABEL, Role.UNIT, Role.EARLIER, Role.COMPARISON,
    Role.OTHER, Role.PERIOD,
)  # fmt: skip
