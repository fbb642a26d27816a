"""What reading a row needs, whatever the rows of a table are about: figures become observations."""

import re
from collections.abc import Iterator
from datetime import date

from msgspec import Struct, field

from rehabplan.actuals.arithmetic import check_percents
from rehabplan.actuals.cells import Writings, figure_of
from rehabplan.actuals.columns import Group, Value, groups_of
from rehabplan.actuals.context import Context, put_aside
from rehabplan.actuals.headers import Row
from rehabplan.actuals.headings import role_of
from rehabplan.actuals.labels import Match
from rehabplan.actuals.model import Figure, FigureKind, Observation, Unplanned
from rehabplan.actuals.periodcells import Days, PeriodCells
from rehabplan.actuals.places import Place
from rehabplan.actuals.roles import VALUE_ROLES, Role
from rehabplan.actuals.rowfigures import OPEN, RowFigures
from rehabplan.actuals.sheet import CellKind, address
from rehabplan.actuals.subjects import looks_like_site
from rehabplan.actuals.sums import check_across
from rehabplan.actuals.tables import Table
from rehabplan.period import years_in
from rehabplan.problems import Code, Problem, hint, problem
from rehabplan.text import clean, key, label_key, without_number

_CARRIED = re.compile(r"(?:tổng )?(?:cộng )?(?:mang sang|chuyển sang|trang trước|cộng trang)\b")
_LONGEST_LINE = 80


class Found(Struct):
    """What the rows of a table say."""

    observations: list[Observation] = field(default_factory=list)
    unplanned: list[Unplanned] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    cutoffs: set[date] = field(default_factory=set)
    """The last days that headings of columns with results name."""
    marks: dict[int, str] = field(default_factory=dict)
    """Row → how it was understood: target, site, sum, heading, or no target."""


class RowReader:
    """Reads the rows of a table one after the other."""

    def __init__(self, table: Table, context: Context, writings: Writings) -> None:
        """Begin above the first row."""
        self.table = table
        self.context = context
        self.words = context.words
        self.figures = RowFigures(context.file, context.sheet, table, context.words, writings, context.unit)
        self.found = Found(problems=self.figures.problems)
        self.groups = put_aside(groups_of(table, context.words), context)
        self.names = table.having(Role.SITE)
        self.labels = [*table.having(Role.ID), *table.having(Role.LABEL)]
        self.numbers = table.having(Role.NUMBER)
        self.senses = table.having(Role.SENSE)
        self.periods = PeriodCells(table, context.words)
        self.other_years = False
        """The rows stand under a line that names another year than the plan's."""

    def read(self) -> None:
        """Read all rows."""
        self._tell_columns()
        for group in self.groups:
            for value in group.values:
                self.figures.note_merged(value.column)
                if value.until:
                    self.found.cutoffs.add(value.until)
        for row in self.table.rows:
            self.found.marks[row.number] = self._row(row)

    def read_row(self, row: Row, texts: list[str], match: Match | None) -> str:
        """Read a row that may hold results, and return how it was understood."""
        raise NotImplementedError

    def pass_over(self, row: Row) -> None:
        """Take note of a row whose figures are no results."""

    def is_part(self, row: Row, match: Match) -> bool:  # noqa: ARG002 - rows of indicators look at it
        """Tell whether a row's figure is of a part of the target only."""
        return match.part or self.context.narrow

    def _row(self, row: Row) -> str:
        if any(_CARRIED.match(key(cell.text)) for cell in row.cells.values()):
            return "heading"  # sums of a printed page, which the pages' rows hold
        if self._is_other_years(row):
            return "heading"
        if self._sense(row) not in (None, *VALUE_ROLES) or self.periods.skip(row):
            self.pass_over(row)
            return "heading"  # a plan, last year's figure, a percentage: no result
        texts = [text for text in self.texts(row) if label_key(text)]
        hits = [(text, hit) for text in texts if (hit := self.words.labels.find(text))]
        other = next(((text, hit) for text, hit in hits if hit.indicator != hits[0][1].indicator), None)
        if other and hits[0][1].by == "id":
            args = {"by_id": hits[0][1].indicator, "label": clean(other[0]), "by_label": other[1].indicator}
            place = self.figures.cell(row, self.labels[-1])
            self.found.problems.append(problem(Code.ID_DIFFERS, place, **args))
            return "no label"
        return self.read_row(row, texts, hits[0][1] if hits else None)

    def _tell_columns(self) -> None:
        """Tell the columns that are not decided, and ask about headings that no site of the plan has."""
        for group in self.groups:
            if group.undecided:
                one = group.undecided
                self.found.problems.append(problem(one.code, self.figures.where(one.cell), **one.args))
        for column in self.table.columns:
            name = column.heading.split(" / ")[0]
            unknown = column.role is None and looks_like_site(name) and self.words.sites
            if unknown and not self.words.sites.find(name) and any(one.site for one in self.groups):
                where = self.figures.where(address(column.header_row, column.number))
                args = {"name": name, "hint": hint(self.words.sites.suggest(name))}
                self.found.problems.append(problem(Code.UNKNOWN_SITE, where, **args))

    def filled(self, row: Row) -> bool:
        """Tell whether a row has a cell in any column that can hold results."""
        return any(self.figures.filled(row, group) for group in self.groups)

    def _is_other_years(self, row: Row) -> bool:
        """Tell whether a row stands under a line of its own that names another year, or is that line."""
        texts = [cell.text for cell in row.cells.values() if cell.kind is CellKind.TEXT]
        longest = max(texts, key=len, default="")
        years = set(years_in(longest)) if not self.filled(row) and len(longest) < _LONGEST_LINE else set()
        if years and self.words.year:
            other = self.words.year not in years
            if other and not self.other_years:
                args = {"title": clean(longest), "year": self.words.year}
                cell = address(row.number, min(row.cells))
                self.found.problems.append(problem(Code.NOT_RESULTS, self.figures.where(cell), **args))
            self.other_years = other
        return self.other_years

    def _sense(self, row: Row) -> Role | None:
        """Return what a row's own cell says of its figures: "Kế hoạch" above "Thực hiện"."""
        for column in self.senses:
            if column.number in row.cells:
                return role_of(row.cells[column.number].text)
        return None

    def unnamed(self, row: Row) -> str:
        """Tell the figures of a row that nothing names."""
        for group in self.groups:
            for value in group.values:
                cell = row.cells.get(value.column.number)
                figure = figure_of(cell)
                if cell and figure.kind not in (FigureKind.BLANK, FigureKind.WORDS):
                    where = self.figures.cell(row, value.column)
                    self.found.problems.append(problem(Code.NO_LABEL, where, raw=figure.raw))
        return "no label"

    def read_figures(self, row: Row, match: Match | None, place: Place) -> None:
        """Read a row's figures in every group of columns."""
        told, label, days = False, self._label(row), self.periods.days(row)
        if match is not None and match.adds and any(group.total for group in self.groups):
            self.found.problems += check_across(row, self.groups, self.figures)
        for group in self.groups:
            about = group.match or match
            if about is None and not self.labels:
                continue  # over rows of sites the column is named as a whole
            where = self._group_place(group, place)
            for value, figure in self.figures.values(row, group):
                if about is not None:
                    self.found.observations.append(
                        self._observation(row, about, where, group, (value, figure), label, days)
                    )
                elif not told and figure.kind not in (FigureKind.BLANK, FigureKind.OPEN):
                    told = True  # a row of no target is named once, not for every site
                    cell = self.figures.cell(row, value.column)
                    unit = self.figures.unit_of(row, group, value)
                    self.found.unplanned.append(Unplanned(label, unit, figure, cell, where.site))

    def _group_place(self, group: Group, place: Place) -> Place:
        if group.site is not None:
            return Place(group.site)
        return Place(total=True) if group.total else place

    def _observation(  # noqa: PLR0913, PLR0917 - a row, a column, and whose they are
        self,
        row: Row,
        match: Match,
        place: Place,
        group: Group,
        read: tuple[Value, Figure],
        label: str,
        days: Days | None,
    ) -> Observation:
        value, figure = read
        if any(column.role is Role.COMPARISON for column in group.columns):
            self.found.problems += check_percents(
                group, row, value, figure, place=lambda column: self.figures.cell(row, column),
                writings=self.figures.writings,
            )  # fmt: skip
        goal = group.goal
        basis, since, until = days or (value.basis, value.since, value.until)
        return Observation(
            indicator=match.indicator,
            figure=OPEN if self.context.open or place.doubt is not None else figure,
            where=self.figures.cell(row, value.column),
            label=label,
            matched_by=match.by,
            unit=self.figures.unit_of(row, group, value),
            part=self.is_part(row, match),
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
        texts = [text for text in self.texts(row) if label_key(text)]
        if texts:
            return clean(texts[-1]).rstrip(" :")
        return clean(without_number(self.name(row)))

    def name(self, row: Row) -> str:
        """Return the text in a row's column of sites."""
        return next((row.cells[one.number].text for one in self.names if one.number in row.cells), "")

    def texts(self, row: Row) -> Iterator[str]:
        """Yield the texts by which a row may name an indicator."""
        named = False
        for column in self.labels:
            cell = row.cells.get(column.number)
            if cell:
                named = True
                yield cell.text
        for column in () if named or not self.labels else self.numbers:
            cell = row.cells.get(column.number)
            if cell and self.words.labels.find(cell.text):  # a label merged over the number
                yield cell.text
