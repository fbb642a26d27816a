"""Turns what was understood of a workbook into an account of it."""

from pathlib import Path

from rehabplan.actuals.account import Account, ColumnAccount, SheetAccount, TableAccount
from rehabplan.actuals.columns import groups_of
from rehabplan.actuals.guess import Guess, likely_table
from rehabplan.actuals.headers import Column
from rehabplan.actuals.layout import WORDS
from rehabplan.actuals.load import ReadSheet, understand
from rehabplan.actuals.roles import Role
from rehabplan.actuals.sheet import column_name
from rehabplan.actuals.tables import Table
from rehabplan.actuals.vocabulary import Vocabulary
from rehabplan.i18n import N_
from rehabplan.problems import Message, message
from rehabplan.text import clean

PLACED = ("target", "site", "sum")
LEFT = ("no target", "no label", "unknown site")


def account(path: Path, words: Vocabulary) -> Account:
    """Read a workbook and tell how it was understood.

    Raises:
        RehabplanError: the file cannot be read.
    """
    read = understand(path, words)
    sheets = tuple(_sheet(one, words, path) for one in read.sheets)
    return Account(str(path), read.workbook.kind, read.report.clues, sheets, read.report.problems)


def _sheet(read: ReadSheet, words: Vocabulary, path: Path) -> SheetAccount:
    found = SheetAccount(read.sheet.name, read.note, hidden_rows=read.sheet.hidden_rows)
    found.site = words.sites.label(read.site) if read.site else ""
    found.tables = [_table(table, read, words) for table in read.tables]
    if read.private:
        return found
    found.texts = {place: clean(cell.text) for place, cell in read.sheet.cells.items()}
    headers = {row for table in read.tables for row in table.header}
    found.marks = {**read.marks, **dict.fromkeys(headers, "header")}
    found.spanning = {(top, left) for top, left, _bottom, right in read.sheet.merged if right > left}
    guess = likely_table(read.sheet) if not read.tables and read.note is None else None
    if guess:
        columns = tuple(
            ColumnAccount(column_name(number), clean(heading), (_role(guess.roles[number]),))
            for number, heading in guess.headings.items()
        )
        lines = tuple(range(guess.first, guess.last + 1))
        found.guess = TableAccount(lines, guess.last + 1, guess.end, columns)
        found.advice = _advice(guess, read.sheet.name, path)
    return found


def _table(table: Table, read: ReadSheet, words: Vocabulary) -> TableAccount:
    used = {value.column.number for group in groups_of(table, words) for value in group.values}
    marks = [read.marks.get(row.number, "") for row in table.rows]
    return TableAccount(
        table.header,
        table.rows[0].number if table.rows else 0,
        table.rows[-1].number if table.rows else 0,
        tuple(_column(column, words, read=column.number in used) for column in table.columns),
        sum(mark in PLACED for mark in marks),
        sum(mark in LEFT for mark in marks),
    )


def _column(column: Column, words: Vocabulary, *, read: bool) -> ColumnAccount:
    said = [_role(column.role)]
    if column.match:
        said.append(message(N_("target {target}"), target=column.match.indicator))
    if column.site:
        said.append(message("{site}", site=words.sites.label(column.site)))
    if column.total:
        said.append(message(N_("sum of the sites")))
    if read:
        said.append(message(N_("read")))
    return ColumnAccount(
        column_name(column.number), clean(column.heading), tuple(said), read,
        column.role in (Role.LABEL, Role.SITE, Role.PERSON), column.role is Role.GOAL,
    )  # fmt: skip


def _role(role: Role | None) -> Message:
    return message(role.value) if role else message(N_("not understood"))


def _advice(guess: Guess, sheet: str, path: Path) -> tuple[str, ...]:
    columns = ", ".join(
        f"{column_name(number)}: {WORDS.get(role, 'ignore') if role else 'ignore'}"
        for number, role in guess.roles.items()
    )
    return (f'"{path.name}":', f'  "{sheet}":', f"    header: [{guess.first}, {guess.last}]",
            f"    columns: {{{columns}}}")  # fmt: skip
