"""The terminal output of `inspect`: how a workbook was understood, with a picture of each sheet."""

import re
from collections.abc import Mapping, Sequence

from msgspec.structs import replace
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
_NAME = 12
"""Cells that a row's name has, and a short text among figures, before other columns fall away."""
_NAMING, _READ, _GOALS, _FIGURES, _TEXTS = range(5)
"""How long columns stay where the window is narrow."""
_FIGURE = re.compile(r"[<>=≥≤~≈+-]*\s*\d[\d\s.,/%-]*")


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
    widths = _widths(sheet, shown, columns, screen.width - margin)
    screen.line()
    head = "".join(f" {column_name(column):<{width}}" for column, width in widths.items())
    screen.verbatim(" " * margin + head, Tone.MUTED)
    for row in shown:
        mark, tone = _MARKS.get(sheet.marks.get(row, ""), (" ", Tone.MUTED))
        hidden = "x" if row in sheet.hidden_rows else " "
        texts = {column: cells[row, column] for column in widths if (row, column) in cells}
        first = next(iter(widths))
        if first not in texts:  # a title above a column that fell away
            before = [cells[row, at] for at in columns if at < first and (row, at) in cells]
            texts |= {first: before[0]} if before else {}
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
    """Share the width among columns: texts get less than they need where that is too much, figures never.

    Where all figures, and short texts, find no room so, columns fall away from the right: remarks, units
    and the like first, other figures then, goals, and what is read last; the names of rows stay.
    """
    ranks = _ranks(sheet)
    headers = [row for row, mark in sheet.marks.items() if mark == "header"]
    figure_rows = {row for row in rows if headers and row > min(headers) and row not in headers}
    needed, least = {}, {}
    for column in columns:
        own = {
            row: sheet.texts[row, column]
            for row in rows
            if (row, column) in sheet.texts and (row, column) not in sheet.spanning
        }
        needed[column] = max(
            [len(column_name(column)), *(min(_WIDEST, cell_len(one)) for one in own.values())]
        )
        read = ranks.get(column) == _READ
        whole = [
            min(_WIDEST, cell_len(text))
            for row, text in own.items()
            if _FIGURE.fullmatch(text) or (read and row in figure_rows and _short_figure(text))
        ]
        short = _NAME if ranks.get(column) == _NAMING else 2 * _NARROWEST
        least[column] = max([min(needed[column], short), *whole])
        ranks.setdefault(column, _FIGURES if len(whole) * 2 > len(own) else _TEXTS)
    wanted = sum(least[column] + 1 for column in columns)
    left = set(columns)
    for column in sorted(columns, key=lambda column: (ranks[column], column), reverse=True):
        last_read = ranks[column] == _READ and sum(ranks[one] == _READ for one in left) == 1
        if wanted <= room or last_read:  # the names of rows then have to do with less
            break
        left.remove(column)
        wanted -= least[column] + 1
    return _fitting({column: needed[column] for column in columns if column in left}, least, ranks, room)


def _fitting(
    widths: dict[int, int], least: Mapping[int, int], ranks: Mapping[int, int], room: int
) -> dict[int, int]:
    """Make columns narrower until they find room, the widest first; what is read comes last."""

    def spare(column: int) -> tuple[bool, bool, int]:
        above = widths[column] > least[column]
        return above, above or ranks[column] != _READ, widths[column]

    while sum(widths.values()) + len(widths) > room:
        widest = max(widths, key=spare)
        if widths[widest] == 1:
            break
        widths[widest] -= 1
    return widths


def _short_figure(text: str) -> bool:
    """Tell whether a text among figures is one, or stands for one: "hàng trăm", "hơn 650 người"."""
    return cell_len(text) <= _NAME or any(map(str.isdigit, text))


def _ranks(sheet: SheetAccount) -> dict[int, int]:
    """Return how long columns stay, as far as their headings tell: the lowest stay longest."""
    by_name = {column_name(column): column for _row, column in sheet.texts}
    found: dict[int, int] = {}
    for table in (*sheet.tables, *([sheet.guess] if sheet.guess else [])):
        for one in table.columns:
            rank = _READ if one.read else _NAMING if one.names else _GOALS if one.plans else None
            at = by_name.get(one.letters)
            if at is not None and rank is not None:
                found[at] = min(rank, found.get(at, rank))
    return found


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
