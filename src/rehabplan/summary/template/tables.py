"""An office's own tables: rows that name targets get their figures, an empty table gets all targets."""

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from msgspec import Struct, field

from rehabplan.actuals.context import Context, contexts
from rehabplan.actuals.headers import Row
from rehabplan.actuals.roles import Role
from rehabplan.actuals.sheet import Cell, CellKind, Sheet, address
from rehabplan.actuals.siterows import OF_WHICH
from rehabplan.actuals.subjects import is_sum
from rehabplan.actuals.tables import Table, find_tables
from rehabplan.actuals.vocabulary import Vocabulary
from rehabplan.i18n import N_, _
from rehabplan.numbers import Amount
from rehabplan.problems import Code, Message, Problem, Where, hint, message, problem
from rehabplan.summary.facts import Facts, Figure, Missing, Scale, Words
from rehabplan.summary.template.marks import targets_of
from rehabplan.summary.template.meanings import NUMBER, Meaning, meanings
from rehabplan.summary.template.sheetxml import Edit, Place
from rehabplan.text import clean, key

_RESULTS = ("actual", "percent", "gap", "expected", "needed", "numerator", "denominator", "previous", "goal")
"""Facts of which an older figure in the template would mislead."""
_BULLETS = ("", "- ", "+ ")
_SHOWN = 60


class Tables(Struct):
    """Plans what is to be filled into the tables of a sheet."""

    file: str
    sheet: Sheet
    """As it looks with its marks filled in."""
    facts: Facts
    words: Vocabulary
    edits: dict[Place, Edit] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _covered: set[Place] = field(default_factory=set)

    def fill(self) -> None:
        """Look at every table of the sheet; what cannot be filled is told."""
        self._covered = set(_covered(self.sheet))
        found = find_tables(self.sheet, self.words)
        for table, context, _doubt in contexts(self.file, self.sheet, found, self.words, None, None):
            header = min(table.header, default=0)
            if not header or not table.having(Role.LABEL, Role.ID, Role.SITE):
                continue
            reason = self._reason(table, context)
            if reason is not None:
                where = self._where(header, table.columns[0].number)
                self.problems.append(problem(Code.TABLE_LEFT, where, reason=reason))
            else:
                self._fill(table)

    def _reason(self, table: Table, context: Context) -> Message | None:
        """Return why a table as a whole is not filled in."""
        if table.having(Role.PERSON):
            return message(N_("it is about single persons"))
        if table.having(Role.SITE) or any(one.match or one.site for one in table.columns):
            return message(N_("it has sites or targets side by side; put marks into its cells"))
        if context.site or context.open:
            return message(N_("its title names a single site; put marks with '@ site' into its cells"))
        if context.narrow or context.aside_always:
            return message(N_("its title says that its figures are others than those of the plan's year"))
        return None

    def _fill(self, table: Table) -> None:
        columns = meanings(table.columns, self.facts)
        names = [one.number for one in table.having(Role.ID, Role.LABEL)]
        rows = [_Named(row, self._label(row, names)) for row in table.rows]
        known = [one for one in rows if one.label and self.words.labels.find(one.label)]
        listed = [one for one in rows if one.label and self._is_listed(one, table)]
        if not known and listed:
            reason = message(N_("none of its rows names a target of the plan"))
            where = self._where(listed[0].row.number, names[0])
            self.problems.append(problem(Code.TABLE_LEFT, where, reason=reason))
            return
        self._tell_columns(columns)
        if not known:
            self._fill_empty(table, columns)
            return
        main = ""
        for one in rows:
            target = self._target(one, main, table, names[-1])
            main = target if not OF_WHICH.match(clean(one.label)) else main
            if target:
                self._fill_row(one.row.number, target, columns)

    def _tell_columns(self, columns: Iterable[Meaning]) -> None:
        for one in columns:
            silent = (Role.NOTE, Role.PERSON, Role.PERIOD, Role.SENSE)
            if one.reason is not None and one.column.role not in silent:
                where = self._where(one.column.header_row, one.column.number)
                heading = one.column.heading
                self.problems.append(problem(Code.COLUMN_LEFT, where, heading=heading, reason=one.reason))

    # ── rows that name targets ────────────────────────────────────────────────────────────────
    def _target(self, one: "_Named", main: str, table: Table, column: int) -> str:
        """Return the id of the target that a row names, "" where it names none or it is not certain."""
        label = clean(one.label)
        match = self.words.labels.find(label) if label else None
        where = self._where(one.row.number, column)
        if match is None:
            if label and self._is_listed(one, table):
                near = self.words.labels.suggest(label)
                args = {"label": label[:_SHOWN], "hint": hint(near[0] if near else None)}
                self.problems.append(problem(Code.ROW_UNKNOWN, where, **args))
            return ""
        found = targets_of(self.facts, match.indicator, label)
        plan = self.facts.assessment.plan
        parent = plan.targets[found[0]].parent if found else None
        loose = match.by != "id" and OF_WHICH.match(label) and main not in {parent or "", *found}
        if match.part or loose or not found:
            reason = message(N_("it is of a part of the target, or of a total"))
        elif len(found) > 1:
            reason = message(N_("it can mean {known}"), known=_(" or ").join(found))
        else:
            return found[0]
        self.problems.append(problem(Code.ROW_DOUBT, where, label=label[:_SHOWN], reason=reason))
        return ""

    def _fill_row(self, row: int, target: str, columns: Iterable[Meaning]) -> None:
        for one in columns:
            place = (row, one.column.number)
            if not one.fact or one.fact == NUMBER:
                continue
            fact = self.facts.targets[target][one.fact]
            held = self.sheet.cells.get(place)
            if held is not None:
                self._look_at(place, held, one.fact, target)
            elif place not in self._covered:
                self.edits[place] = Edit(fact)

    def _look_at(self, place: Place, held: Cell, name: str, target: str) -> None:
        """Tell of a figure that stands there already and is another one than that of the reports."""
        fact = self.facts.targets[target][name]
        if name not in _RESULTS or held.kind is CellKind.NOT_COMPUTED or self._is_formula(place):
            return
        if isinstance(fact, Missing) or key(held.text) == key(fact.text):
            return
        if held.value is not None and isinstance(fact, Figure) and held.value in _values(fact):
            return
        args = {"held": held.text[:_SHOWN], "name": f"{target}.{name}", "value": fact.text}
        self.problems.append(problem(Code.CELL_KEPT, self._where(*place), **args))

    formulas: set[Place] = field(default_factory=set)
    """Cells that hold formulas, whatever was worked out of them."""

    def _is_formula(self, place: Place) -> bool:
        return place in self.formulas

    # ── a header with nothing below ───────────────────────────────────────────────────────────
    def _fill_empty(self, table: Table, columns: list[Meaning]) -> None:
        """Write all targets below a header, each row with the style of the first."""
        first = max(table.header) + 1
        results = self.facts.assessment.results
        numbers = [one.number for one in table.having(Role.NUMBER)]
        free, end = self._free_rows(first, len(results), numbers)
        if not any(one.fact == "name" for one in columns):
            return
        if free < len(results):
            where = self._where(first, table.columns[0].number)
            args = {"count": len(results), "free": free, "row": end}
            self.problems.append(problem(Code.NO_ROOM, where, **args))
            return
        span = range(table.columns[0].number, table.columns[-1].number + 1)
        by_column = {one.column.number: one.fact for one in columns if one.fact}
        for at, result in enumerate(results):
            for column in span:
                place = (first + at, column)
                if place in self.sheet.cells:
                    continue
                name = by_column.get(column, "")
                fact = self.facts.targets[result.target.id].get(name)
                if name == NUMBER:
                    fact = Figure(Amount.exact(at + 1), str(at + 1), Scale.PLAIN)
                if name == "name":
                    bullet = _BULLETS[min(result.depth, len(_BULLETS) - 1)]
                    fact = Words(bullet + str(result.target.name))
                self.edits[place] = Edit(fact, like=(first, column) if at else None)

    def _free_rows(self, first: int, wanted: int, numbers: list[int]) -> tuple[int, int]:
        """Return how many rows below a header are free, and the first that is not."""
        busy = {row for row, column in self.sheet.cells if row >= first and column not in numbers}
        busy |= {row for row, _column in self._covered if row >= first}
        busy |= {row for row in self.sheet.hidden_rows if row >= first}
        end = min(busy, default=first + wanted)
        return end - first, end

    # ── helpers ───────────────────────────────────────────────────────────────────────────────
    def _label(self, row: Row, names: list[int]) -> str:
        """Return the label that names a target, or else the last one."""
        texts = [row.cells[one].text for one in names if one in row.cells]
        return next((text for text in texts if self.words.labels.find(text)), texts[-1] if texts else "")

    def _is_listed(self, one: "_Named", table: Table) -> bool:
        """Tell whether a row is one of the list: with a number, a unit or a goal, and no sum of others."""
        if is_sum(one.label):
            return False
        if any(column.number in one.row.cells for column in table.having(Role.UNIT, Role.GOAL)):
            return True
        found = [one.row.cells[c.number].text for c in table.having(Role.NUMBER) if c.number in one.row.cells]
        return any(re.match(r"\d", text.strip()) for text in found)

    def _where(self, row: int, column: int) -> Where:
        return Where(self.file, sheet=self.sheet.name, cell=address(row, column))


class _Named(Struct, frozen=True):
    """A row of a table with its label."""

    row: Row
    label: str


def _covered(sheet: Sheet) -> Iterator[Place]:
    """Yield the cells of merged ranges but for their first, as far as tables reach."""
    last = max((row for row, _column in sheet.cells), default=0) + 1
    for top, left, bottom, right in sheet.merged:
        for row in range(top, min(bottom, max(last, top)) + 1):
            for column in range(left, min(right, left + 200) + 1):
                if (row, column) != (top, left):
                    yield row, column


def _values(fact: Figure) -> tuple[Fraction | None, ...]:
    value = fact.amount.value
    return (value, value / 100) if value is not None else ()
