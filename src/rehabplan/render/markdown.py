"""Tables and texts as Markdown, for pasting elsewhere."""

import re
from collections.abc import Sequence
from typing import TypeVar

from rehabplan.table import Column
from rehabplan.text import printable

RowT = TypeVar("RowT")

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")


def escaped(text: str) -> str:
    """Return a text that Markdown prints as it is."""
    return _SPECIAL.sub(r"\\\1", printable(text))


def table(columns: Sequence[Column[RowT]], rows: Sequence[RowT]) -> str:
    """Return a table of all columns, figures to the right."""
    heads = " | ".join(escaped(column.heading) for column in columns)
    sides = " | ".join("---:" if column.numeric else "---" for column in columns)
    lines = [f"| {heads} |", f"| {sides} |"]
    for row in rows:
        cells = [column.cell(row) for column in columns]
        texts = ["\u2003" * cell.indent + escaped(cell.text) for cell in cells]
        lines.append(f"| {' | '.join(texts)} |")
    return "\n".join(lines) + "\n"
