"""From a workbook to a report: each sheet's tables are read, and what is not read is named."""

from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from rehabplan.actuals.cells import Writings
from rehabplan.actuals.context import contexts
from rehabplan.actuals.form import FORM_SHEET, Form, form_of
from rehabplan.actuals.layout import SheetLayout
from rehabplan.actuals.model import Clue, FigureKind, Observation, Report, Unplanned
from rehabplan.actuals.roles import Role
from rehabplan.actuals.rowreader import Found
from rehabplan.actuals.rows import read_table
from rehabplan.actuals.sheet import CellKind, Sheet, Workbook, address, column_name
from rehabplan.actuals.sheetperiods import SheetPart, dated
from rehabplan.actuals.tables import SheetTables, Table, find_tables
from rehabplan.actuals.titles import names_whole, site_of_file
from rehabplan.actuals.visible import hidden_parts
from rehabplan.actuals.vocabulary import Vocabulary
from rehabplan.actuals.workbook import open_workbook
from rehabplan.i18n import N_
from rehabplan.period import PeriodClue, clue_in_name, clue_in_title, years_in
from rehabplan.problems import Code, Message, Problem, RehabplanError, Where, hint, message, problem
from rehabplan.sites import Site
from rehabplan.text import closest

if TYPE_CHECKING:
    from datetime import date

_SHOWN_CELLS = 8
MOST_SUGGESTIONS = 200
"""Rows of one file that are looked at for likeness; more of them are no slips of the pen."""


class ReadSheet(Struct):
    """How a sheet was understood."""

    sheet: Sheet
    tables: list[Table] = field(default_factory=list)
    marks: dict[int, str] = field(default_factory=dict)
    """Row → how it was understood."""
    site: Site | None = None
    private: bool = False
    """It lists persons; nothing of it is shown."""
    note: Message | None = None
    """Why nothing was read, where that is so."""


class ReadWorkbook(Struct):
    """How a workbook was understood, and what it says."""

    workbook: Workbook
    sheets: list[ReadSheet]
    report: Report


def load_report(path: Path, words: Vocabulary) -> Report:
    """Read one workbook with the words of a plan.

    Raises:
        RehabplanError: the file cannot be read, or no table was found in it.
    """
    read = understand(path, words)
    report = read.report
    if not any(one.tables for one in read.sheets):
        refused = any(found.code is Code.PERSONAL_DATA for found in report.problems)
        none = [] if refused else [problem(Code.NO_TABLE, Where(str(path)))]
        others = [found for found in report.problems if found.code is not Code.FIGURES_OUTSIDE]
        raise RehabplanError([*others, *none])
    return report


def understand(path: Path, words: Vocabulary) -> ReadWorkbook:
    """Read one workbook, and tell how each of its sheets was understood.

    Raises:
        RehabplanError: the file cannot be read.
    """
    book = open_workbook(path)
    reader = _Reader(path, words, form_of(book))
    reader.problems += book.problems
    sheets = [reader.read(sheet) for sheet in book.sheets if sheet.name != FORM_SHEET]
    observations, clues = dated(reader.parts, words)
    reader.check_layout([sheet.name for sheet in book.sheets])
    named = clue_in_name(path.stem)
    clues += reader.clues
    if named:
        clues.append(Clue(named, path.name, Where(str(path))))
    report = Report(
        str(path),
        tuple(observations),
        tuple(reader.unplanned),
        tuple(clues),
        tuple(reader.problems),
        book.digest,
        reader.whole_named,
        frozenset(reader.cutoffs),
    )
    return ReadWorkbook(book, sheets, report)


class _Reader:
    """Collects what the sheets of one file say."""

    def __init__(self, path: Path, words: Vocabulary, form: Form | None) -> None:
        self.path = path
        self.file = str(path)
        self.words = words
        self.form = form
        self.observations: list[Observation] = []
        self.unplanned: list[Unplanned] = []
        self.clues: list[Clue] = []
        self.parts: list[SheetPart] = []
        self.problems: list[Problem] = []
        self.cutoffs: set[date] = set()
        self.whole_named = form is not None and not form.values.get("site")
        self._suggestions = MOST_SUGGESTIONS
        self._file_site = form.site(words) if form else site_of_file(path.stem, words)
        if form:
            self.clues.append(Clue(form.clue, form.text, Where(self.file)))

    def check_layout(self, names: list[str]) -> None:
        """Tell what the layout file says of sheets that the workbook does not have."""
        for pattern, _layout in self.words.layout.about(self.path):
            if not any(fnmatch(name, pattern) for name in names):
                guess = hint(closest(pattern, names, cutoff=0.6))
                args = {"sheet": pattern, "known": ", ".join(names), "hint": guess}
                self.problems.append(problem(Code.LAYOUT_UNUSED, Where(self.file), **args))

    def read(self, sheet: Sheet) -> ReadSheet:
        """Read one sheet, and keep its figures and clues together."""
        before, self.clues, self.observations = self.clues, [], []
        read = self._read(sheet)
        self.parts.append(SheetPart(tuple(self.observations), tuple(self.clues)))
        self.clues = before
        return read

    def _read(self, sheet: Sheet) -> ReadSheet:
        layout = self.words.layout.of(self.path, sheet.name)
        use_hidden = layout is not None and layout.use_hidden
        note = self._why_not(sheet, layout)
        if note:
            return ReadSheet(sheet, note=note)
        if not use_hidden:
            self._name_hidden_parts(sheet)
        found = find_tables(sheet, self.words, layout)
        person = next((column for table in found.tables for column in table.having(Role.PERSON)), None)
        if person:
            self._add(Code.PERSONAL_DATA, sheet, heading=person.heading)
            return ReadSheet(sheet, private=True, note=message(N_("refused: it lists persons by name")))
        self._clues_of_sheet(sheet, found, layout)
        read = ReadSheet(sheet, found.tables)
        self._tables(sheet, found, layout, read)
        self._outside(sheet, found)
        return read

    def _why_not(self, sheet: Sheet, layout: SheetLayout | None) -> Message | None:
        """Return why a sheet is not read at all; a hidden one is told."""
        if layout and layout.skip:
            return message(N_("left out by the layout file"))
        if sheet.hidden and not (layout and layout.use_hidden):
            if sheet.cells:
                self._add(Code.HIDDEN, sheet, what=message(N_("the whole sheet")))
            return message(N_("hidden"))
        return None if sheet.cells else message(N_("empty"))

    def _clues_of_sheet(self, sheet: Sheet, found: SheetTables, layout: SheetLayout | None) -> None:
        """Take the period from the layout file, the titles and the sheet's name."""
        if layout and layout.period:
            self.clues.append(Clue(layout.period, layout.period.label or "", self._where(sheet)))
        self._titles(sheet, found)
        named = clue_in_title(sheet.name)
        if named is None and years_in(sheet.name):
            named = PeriodClue(None, None, years_in(sheet.name)[0])
        if named:
            self.clues.append(Clue(named, sheet.name, self._where(sheet)))

    def _tables(self, sheet: Sheet, found: SheetTables, layout: SheetLayout | None, read: ReadSheet) -> None:
        # "1.1" in front of a row numbers it, and says nothing of how figures are written.
        numbering = {one.number for table in found.tables for one in table.having(Role.NUMBER, Role.ID)}
        texts = (
            cell.text for (_row, column), cell in sheet.cells.items()
            if cell.kind is CellKind.TEXT and column not in numbering
        )  # fmt: skip
        writings = Writings.of(texts, *([layout.writing] if layout else []))
        read.site = self._file_site
        for table, context, doubt in contexts(self.file, sheet, found, self.words, self._file_site, layout):
            if doubt is not None:
                cell = address(*doubt.place) if doubt.place else None
                self._add(doubt.code, sheet, cell, **dict(doubt.args))
            self._clues_of(sheet, table)
            self.whole_named |= names_whole(table.titles, self.words)
            result = read_table(table, context, writings)
            self._take(result)
            read.marks |= result.marks
            read.site = context.site

    def _clues_of(self, sheet: Sheet, table: Table) -> None:
        """Take the period from the heading of the only column of results."""
        values = [column for column in table.columns if column.role in (Role.YEAR_TO_DATE, Role.ACTUAL,
                  Role.IN_PERIOD, Role.AT_DATE)]  # fmt: skip
        clues = {}
        for column in values:
            clue = clue_in_title(column.heading)
            if clue and (clue.label or clue.cutoff) and self.words.year in (None, clue.year, self.words.year):
                clues[clue.label, clue.cutoff] = (clue, column)
        if len(clues) == 1:
            clue, column = next(iter(clues.values()))
            where = self._where(sheet, address(column.header_row, column.number))
            self.clues.append(Clue(clue, column.heading, where))

    def _take(self, found: Found) -> None:
        self.observations += found.observations
        self.cutoffs |= found.cutoffs
        self.problems += found.problems
        for row in found.unplanned:
            if row.figure.kind is FigureKind.WORDS:
                args = {"raw": row.figure.raw, "label": row.label}
                self.problems.append(problem(Code.WORDS_ONLY, row.where, **args))
            self._suggest(row)
            self.unplanned.append(row)

    def _suggest(self, row: Unplanned) -> None:
        if not self._suggestions:
            return
        self._suggestions -= 1
        suggestion = self.words.labels.suggest(row.label)
        if suggestion:
            name, target = suggestion
            args = {"label": row.label, "name": name, "target": target}
            self.problems.append(problem(Code.PERHAPS_TARGET, row.where, **args))

    def _name_hidden_parts(self, sheet: Sheet) -> None:
        hidden_rows, hidden_columns = hidden_parts(sheet, self.words)
        if hidden_rows:
            names = ", ".join(str(row) for row in sorted(hidden_rows))
            text = N_("row {names}") if len(hidden_rows) == 1 else N_("rows {names}")
            self._add(Code.HIDDEN, sheet, what=message(text, names=names))
        if hidden_columns:
            names = ", ".join(column_name(column) for column in sorted(hidden_columns))
            text = N_("column {names}") if len(hidden_columns) == 1 else N_("columns {names}")
            self._add(Code.HIDDEN, sheet, what=message(text, names=names))

    def _titles(self, sheet: Sheet, found: SheetTables) -> None:
        for (row, column), text in found.titles:
            clue = clue_in_title(text)
            if clue:
                self.clues.append(Clue(clue, text, self._where(sheet, address(row, column))))

    def _outside(self, sheet: Sheet, found: SheetTables) -> None:
        if not found.outside:
            return
        cells = [address(*place) for place in found.outside]
        shown, more = ", ".join(cells[:_SHOWN_CELLS]), len(cells) - _SHOWN_CELLS
        text: str | Message = shown
        if more > 0:
            text = message(N_("{cells} and {count} more"), cells=shown, count=more)
        self._add(Code.FIGURES_OUTSIDE, sheet, cells[0], cells=text)

    def _where(self, sheet: Sheet, cell: str | None = None) -> Where:
        return Where(self.file, sheet=sheet.name, cell=cell)

    def _add(self, code: Code, sheet: Sheet, cell: str | None = None, **args: object) -> None:
        self.problems.append(problem(code, self._where(sheet, cell), **args))
