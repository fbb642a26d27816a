"""Tables and texts as Markdown, for pasting elsewhere."""

import re
from collections.abc import Sequence
from typing import TypeVar

from rehabplan.table import Cell, Column
from rehabplan.text import printable

RowT = TypeVar("RowT")

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~&$])")
_LIST = re.compile(r"^(\d*)([-+=.)])(?=\s|$)")
"""What makes a list of a line, or a heading of the line above, where it stands first."""


def escaped(text: str) -> str:
    """Return a text that Markdown prints as it is."""
    return _SPECIAL.sub(r"\\\1", printable(text))


def item(text: str, depth: int = 0) -> str:
    """Return a text as an item of a list, itself no list in the list."""
    shown = _LIST.sub(r"\1\\\2", escaped(text))
    return f"{'  ' * depth}- {shown}\n"


def _with_below(cell: Cell) -> str:
    return " · ".join(escaped(one.text) for one in (cell, *cell.below))


def table(columns: Sequence[Column[RowT]], rows: Sequence[RowT]) -> str:
    """Return a table of all columns, figures to the right."""
    heads = " | ".join(escaped(column.heading) for column in columns)
    sides = " | ".join("---:" if column.numeric else "---" for column in columns)
    lines = [f"| {heads} |", f"| {sides} |"]
    for row in rows:
        cells = [column.cell(row) for column in columns]
        texts = ["\u2003" * cell.indent + _with_below(cell) for cell in cells]
        lines.append(f"| {' | '.join(texts)} |")
    return "\n".join(lines) + "\n"
