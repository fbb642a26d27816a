"""The terminal output of `inspect`: how a workbook was understood, with a picture of each sheet."""

import re
from collections.abc import Sequence
from dataclasses import replace

from rich.cells import cell_len, set_cell_size

from rehabplan import figures
from rehabplan.actuals.account import Account, SheetAccount, TableAccount
from rehabplan.actuals.sheet import column_name
from rehabplan.i18n import _, ngettext
from rehabplan.period import PeriodClue
from rehabplan.periodwords import label_words
from rehabplan.render.problems import add_problems
from rehabplan.render.screen import Screen
from rehabplan.tablecells import Tone

_MARKS = {
    "target": ("✓", Tone.GOOD), "site": ("✓", Tone.GOOD), "sum": ("Σ", Tone.MUTED),
    "heading": ("·", Tone.MUTED), "no target": ("?", Tone.WARN), "no label": ("!", Tone.BAD),
    "unknown site": ("!", Tone.BAD), "header": ("H", Tone.PLAIN), "": (" ", Tone.MUTED),
}  # fmt: skip
_WIDEST = 24
_NARROWEST = 3
_SAMPLE = 30


def add_inspection(screen: Screen, account: Account, plan_file: str | None, most_rows: int) -> None:
    """Add the account of a workbook; at most `most_rows` rows of each sheet are drawn."""
    count = len(account.sheets)
    sheets = ngettext("{count} sheet", "{count} sheets", count).format(count=count)
    screen.heading(f"{account.file} ({account.kind}, {sheets})")
    if plan_file:
        screen.line(_("Labels and sites are those of {plan}.").format(plan=plan_file))
    else:
        screen.line(_("Without a plan no row can be placed; name one with --plan."))
    for clue in account.clues:
        place = f"{clue.where.sheet}!{clue.where.cell}" if clue.where.cell else clue.where.sheet or _("name")
        said = _clue_words(clue.clue)
        screen.line(_("period: {said}, by '{text}' ({place})").format(said=said, text=clue.text, place=place))
    for sheet in account.sheets:
        _add_sheet(screen, sheet, most_rows)
    screen.line()
    legend = _("H header, ✓ used, Σ sum, ? in no target of the plan, ! not certain, · a text between figures")
    screen.line(legend, tone=Tone.MUTED)
    if account.problems:
        screen.heading(_("Data problems ({count})").format(count=len(account.problems)))
        add_problems(screen, account.problems)


def _clue_words(clue: PeriodClue) -> str:
    """Return what a title or name says of the period: nine months of 2024, until 30/09/2024."""
    parts = [label_words(clue.label, clue.year)] if clue.label else [str(clue.year)] * bool(clue.year)
    if clue.cutoff:
        parts.append(_("until {day}").format(day=figures.day(clue.cutoff)))
    return ", ".join(parts)


def _add_sheet(screen: Screen, sheet: SheetAccount, most_rows: int) -> None:
    tables = len(sheet.tables)
    what = sheet.note or ngettext("{count} table", "{count} tables", tables).format(count=tables)
    screen.heading(_("Sheet '{name}': {what}").format(name=sheet.name, what=what))
    if sheet.site:
        screen.line(_("The sheet is about {site}.").format(site=sheet.site), indent=2, hang=2)
    for number, table in enumerate(sheet.tables, start=1):
        text = _("Table {number}: header in row {header}, figures in rows {first} to {last}")
        if not table.first:
            text = _("Table {number}: header in row {header}, no figures below")
        header = _ranges(table.header) or _("none")
        screen.line(text.format(number=number, header=header, first=table.first, last=table.last),
                    indent=2, hang=2)  # fmt: skip
        _add_columns(screen, table)
        placed = _("{placed} rows placed, {left} not").format(placed=table.placed, left=table.left)
        screen.line(placed, indent=2)
    if sheet.guess:
        text = _("Row {header} seems to head figures down to row {end}; what they count is not known:")
        screen.line(text.format(header=_ranges(sheet.guess.header), end=sheet.guess.last), indent=2, hang=2)
        _add_columns(screen, sheet.guess)
    if sheet.texts:
        _add_picture(screen, sheet, most_rows)
    if sheet.advice:
        screen.line()
        screen.line(_("To settle it, write into layout.yaml beside the file, with what each column holds:"))
        for line in sheet.advice:
            screen.verbatim(f"  {line}", cut=False)


def _add_columns(screen: Screen, table: TableAccount) -> None:
    for column in table.columns:
        heading = f"'{column.heading}'" if column.heading else _("no heading")
        said = ", ".join(str(one) for one in column.said)
        screen.line(f"{column.letters:>2}  {heading}: {said}", indent=4, hang=4)


def _ranges(rows: Sequence[int]) -> str:
    """Return row numbers in few characters: 5–6, 12."""
    found: list[list[int]] = []
    for row in sorted(set(rows)):
        if found and row == found[-1][-1] + 1:
            found[-1].append(row)
        else:
            found.append([row])
    return ", ".join(f"{one[0]}–{one[-1]}" if len(one) > 1 else str(one[0]) for one in found)


def _add_picture(screen: Screen, sheet: SheetAccount, most_rows: int) -> None:
    """Draw the sheet's cells, columns as narrow as needed, with how each row was understood."""
    sheet = replace(sheet, texts={at: screen.fit(text) for at, text in sheet.texts.items()})
    cells = sheet.texts
    rows = sorted({row for row, _column in cells})
    shown = rows[:most_rows]
    columns = sorted({column for row, column in cells if row in set(shown)})
    margin = len(str(shown[-1])) + 3
    widths = _widths(sheet, shown[:_SAMPLE] + shown[-_SAMPLE:], columns, screen.width - margin)
    screen.line()
    head = "".join(f" {column_name(column):<{width}}" for column, width in widths.items())
    screen.verbatim(" " * margin + head, Tone.MUTED)
    for row in shown:
        mark, tone = _MARKS.get(sheet.marks.get(row, ""), (" ", Tone.MUTED))
        hidden = "x" if row in sheet.hidden_rows else " "
        texts = {column: cells[row, column] for column in widths if (row, column) in cells}
        line = _drawn(texts, widths)
        screen.verbatim(f"{row:>{margin - 3}} {mark}{hidden}{line}", tone)
    more = len(rows) - len(shown)
    left = [column_name(column) for column in columns if column not in widths]
    if left:
        text = _("Columns not drawn at this width: {columns}.")
        screen.line(text.format(columns=", ".join(left)), tone=Tone.MUTED)
    if more:
        text = _("{count} more rows are not drawn; --rows draws more.")
        screen.line(text.format(count=more), tone=Tone.MUTED)


def _widths(sheet: SheetAccount, rows: Sequence[int], columns: Sequence[int], room: int) -> dict[int, int]:
    """Share the width among columns: what each needs, less where that is too much, the last left out."""
    cells = sheet.texts
    needed = {
        column: max(
            [len(column_name(column)), *(
                min(_WIDEST, cell_len(cells[row, column]))
                for row in rows if (row, column) in cells and (row, column) not in sheet.spanning
            )]
        )
        for column in columns
    }  # fmt: skip
    while sum(width + 1 for width in needed.values()) > room:
        widest = max(needed, key=lambda column: needed[column])
        if needed[widest] > 2 * _NARROWEST or (len(needed) == 1 and needed[widest] > 1):
            needed[widest] -= 1
        else:
            needed.popitem()
    return needed


def _drawn(texts: dict[int, str], widths: dict[int, int]) -> str:
    """Draw a row of cells; a long text runs on over empty cells to its right, as in a spreadsheet."""
    line = ""
    columns = list(widths)
    at = 0
    while at < len(columns):
        room, after = widths[columns[at]], at + 1
        text = texts.get(columns[at], "")
        while cell_len(text) > room and after < len(columns) and columns[after] not in texts:
            room += 1 + widths[columns[after]]
            after += 1
        line += " " + _cut(text, room)
        at = after
    return line


def _cut(shown: str, width: int) -> str:
    if cell_len(shown) > width:
        kept = set_cell_size(shown, max(0, width - 1))
        shown = re.sub(r"[\d.,/%-]*\d[\d.,/%-]*$", "", kept) + "…"  # half a number would be another one
    return set_cell_size(shown, width)
