"""Text for a terminal of any width: lines, tables that shed columns, and rows stacked when narrow."""

import re
import textwrap
from collections.abc import Callable, Sequence
from io import StringIO
from typing import TYPE_CHECKING, Literal, TypeVar

from msgspec.structs import replace
from rich.cells import cell_len, set_cell_size

from rehabplan.i18n import _
from rehabplan.render.widths import shared
from rehabplan.sections.model import Section
from rehabplan.tablecells import Cell, Column, Tone
from rehabplan.text import printable

if TYPE_CHECKING:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

RowT = TypeVar("RowT")

_STYLES = {
    Tone.PLAIN: "",
    Tone.MUTED: "dim",
    Tone.GOOD: "green",
    Tone.WARN: "yellow",
    Tone.BAD: "bold red",
}
_NAME_AT_LEAST = 24
_BETWEEN = 2


class Screen:
    """Collects what is to be printed, as text of at most `width` cells a line."""

    def __init__(self, width: int, *, color: bool, fit: Callable[[str], str] = str) -> None:
        """Write into memory; `color` adds ANSI colours, `fit` gives texts as the stream can hold them."""
        self.width = max(width, 20)
        self.fit = fit
        self._color = color
        self._file = StringIO()

    def text(self) -> str:
        """Return all that was collected, without blanks at the ends of lines."""
        lines = (line.rstrip() for line in self._file.getvalue().splitlines())
        return "\n".join(lines).replace(_BOND, " ") + "\n"

    def line(self, text: str = "", *, tone: Tone = Tone.PLAIN, indent: int = 0, hang: int = 0) -> None:
        """Add a paragraph, wrapped; lines after the first are indented by `hang` more."""
        first, later = " " * indent, " " * (indent + hang)
        clean = _BOND.join(printable(part) for part in text.split(_BOND))
        wrapped = textwrap.wrap(
            self.fit(clean), self.width, initial_indent=first, subsequent_indent=later,
            break_on_hyphens=False,
        )  # fmt: skip
        for part in wrapped or [""]:
            self._print(part, _STYLES[tone])

    def heading(self, text: str) -> None:
        """Add a heading with a blank line before it."""
        self.line()
        for part in textwrap.wrap(self.fit(printable(text)), self.width):
            self._print(part, "bold")

    def section(self, section: Section | None) -> None:
        """Add a heading and its items, each with its own lines under it; nothing for None."""
        if section is None:
            return
        self.heading(section.title)
        for item in section.items:
            self.line(item.text, tone=item.tone, indent=2, hang=2)
            for line in item.lines:
                self.line(line, indent=4, hang=2)

    def verbatim(self, text: str, tone: Tone = Tone.PLAIN, *, cut: bool = True) -> None:
        """Add one line as it stands, cut at the width unless it is to be copied."""
        shown = self.shown(text)
        if cut and cell_len(shown) > self.width:
            shown = _cut(shown, self.width, self.fit("…"))
        self._print(shown, _STYLES[tone])

    def _print(self, line: str, style: str) -> None:
        if not (style and self._color):
            self._file.write(f"{line}\n")
            return
        from rich.text import Text  # noqa: PLC0415 - start-up time: plain lines need nothing of rich

        self._draw(Text(line, style=style), soft_wrap=True)

    def _draw(self, drawn: "Text | Table", *, soft_wrap: bool = False) -> None:
        from rich.console import Console  # noqa: PLC0415 - as above

        console = Console(
            file=self._file, width=self.width, color_system="standard" if self._color else None,
            force_terminal=self._color, no_color=not self._color, highlight=False, markup=False, emoji=False,
            legacy_windows=False,
        )  # fmt: skip
        console.print(drawn, soft_wrap=soft_wrap)

    def shown(self, text: str) -> str:
        """Return a text as `verbatim` prints it, so that it can be measured."""
        return self.fit(
            "".join(char if char == " " else printable(char) or "\N{REPLACEMENT CHARACTER}" for char in text)
        )

    def table(self, columns: Sequence[Column[RowT]], rows: Sequence[RowT]) -> bool:
        """Add a table; where it is too wide, columns fall away by priority, then rows stack.

        Returns:
            whether it is one: rows that stack have no columns to speak of.
        """
        cells = [[_harmless(column.cell(row), self.fit) for column in columns] for row in rows]
        columns = [replace(column, heading=self.fit(column.heading)) for column in columns]
        widths = self._widths(columns, cells)
        if widths is None:
            self._stacked(columns, cells)
            return False
        from rich import box  # noqa: PLC0415 - as above
        from rich.table import Table  # noqa: PLC0415 - as above

        table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, _BETWEEN - 1, 0, 0))
        for at, width in widths.items():
            side: Literal["left", "right"] = "right" if columns[at].numeric else "left"
            table.add_column(columns[at].heading, justify=side, width=width, overflow="fold")
        for line in cells:
            table.add_row(*(_rich(line[at]) for at in widths))
        self.line()
        self._draw(table)
        dropped = [column.heading for at, column in enumerate(columns) if at not in widths]
        if dropped:
            note = _("Left out at this width: {columns}. A wider window shows them.")
            self.line()
            self.line(note.format(columns=", ".join(dropped)), tone=Tone.MUTED)
        return True

    def _widths(self, columns: Sequence[Column[RowT]], cells: list[list[Cell]]) -> dict[int, int] | None:
        """Return the width of each column that is kept; None where not even the first ones fit.

        The name keeps 24 cells at the least. Cells wrap at blanks before a column falls away, and room
        that is left goes where it saves the most lines (`widths.shared`), what then is left to the name.
        """
        texts = [[text for line in cells for text in _lines(line[at])] for at in range(len(columns))]
        tight = [_longest_word(col.heading, texts[at]) for at, col in enumerate(columns)]
        full = [max([tight[at], *map(cell_len, texts[at])]) for at in range(len(columns))]
        full[0] = max((cell_len(line[0].text) + 2 * line[0].indent for line in cells), default=0)
        tight[0], full[0] = _NAME_AT_LEAST, max(full[0], _NAME_AT_LEAST)
        kept = list(range(len(columns)))
        while (room := self.width - sum(tight[at] + _BETWEEN for at in kept)) < 0:
            worst = max(kept, key=lambda at: columns[at].priority)
            if columns[worst].priority <= 1:
                return None
            kept.remove(worst)
        rows = [[[col.heading] for col in columns], *([_lines(cell) for cell in line] for line in cells)]
        widths = shared(rows, {at: tight[at] for at in kept}, full, room)
        left = self.width - sum(width + _BETWEEN for width in widths.values())
        widths[0] += max(0, min(left, full[0] - widths[0]))
        return widths

    def _stacked(self, columns: Sequence[Column[RowT]], cells: list[list[Cell]]) -> None:
        for line in cells:
            self.line()
            self.line(line[0].text, indent=2 * line[0].indent)
            for column, cell in zip(columns[1:], line[1:], strict=True):
                shown = " · ".join(text for text in _lines(cell, alone=True) if text)
                if shown:
                    self.line(
                        f"{column.heading}: {shown}", tone=cell.tone, indent=2 * line[0].indent + 2, hang=2
                    )


_BOND = "\ue000"
"""Stands for a blank that no line may break at, as in "≥ 664"; a blank again in what is printed."""


def _harmless(cell: Cell, fit: Callable[[str], str]) -> Cell:
    below = tuple(_harmless(one, fit) for one in cell.below)
    return replace(cell, text=fit(_bound(cell.text)), below=below, alone=fit(_bound(cell.alone)))


def _bound(text: str) -> str:
    held = _BOND.join(printable(part) for part in text.split("\N{NO-BREAK SPACE}"))
    dashed = held.replace(" – ", f"{_BOND}–{_BOND}")
    return re.sub(rf"(?<![^\s{_BOND}(])([^\w\s{_BOND}(]) ", rf"\1{_BOND}", dashed)


def _lines(cell: Cell, *, alone: bool = False) -> list[str]:
    return [one.alone if alone and one.alone else one.text for one in (cell, *cell.below)]


def _longest_word(heading: str, texts: list[str]) -> int:
    return max(cell_len(word) for text in (heading, *texts) for word in text.split() or [""])


def _cut(text: str, width: int, mark: str) -> str:
    """Return a line of `width` cells at most: a cut is marked, and no number is cut in two."""
    return re.sub(r"\d[\d.,]*$", "", set_cell_size(text, width - cell_len(mark))) + mark


def _rich(cell: Cell) -> "Text | Padding":
    from rich.padding import Padding  # noqa: PLC0415 - as above
    from rich.text import Text  # noqa: PLC0415 - as above

    lines = [Text(one.text, style=_STYLES[one.tone]) for one in (cell, *cell.below)]
    text = Text("\n").join(lines)
    return Padding(text, (0, 0, 0, 2 * cell.indent)) if cell.indent else text
