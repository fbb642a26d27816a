"""Tables, sections and texts as Markdown, for pasting elsewhere: every text is printed as it is."""

import re
from collections.abc import Iterable, Sequence
from typing import TypeVar

from rehabplan.sections.model import Section
from rehabplan.tablecells import Cell, Column
from rehabplan.text import printable

RowT = TypeVar("RowT")

_SPECIAL = re.compile(r"[\\`*_\[\]<>|#~&$]|:(?=//)|(?<=[wW]{3})\.|@(?=\w)")
"""Signs of Markdown, of HTML and of formulas; and what makes a bare address a link."""
_LEADING = re.compile(r"^(?:[-+](?=\s|$|-)|=(?==*$)|\d{1,9}(?=[.)](?:\s|$)))")
"""What would begin a list, a line or a heading; of a number the sign behind it is escaped."""


def escaped(text: str) -> str:
    """Return a text that Markdown prints as it is, within a line or a cell."""
    return _SPECIAL.sub(r"\\\g<0>", printable(text))


def line(text: str) -> str:
    """Return a text that Markdown prints as it is where a line, a list's item or a heading begins."""
    safe = escaped(text.strip())
    return _LEADING.sub(lambda found: f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}", safe)


def _with_below(cell: Cell) -> str:
    return " · ".join(escaped(one.text) for one in (cell, *cell.below))


def table(columns: Sequence[Column[RowT]], rows: Iterable[RowT]) -> str:
    """Return a table of all columns, figures to the right."""
    heads = " | ".join(escaped(column.heading) for column in columns)
    sides = " | ".join("---:" if column.numeric else "---" for column in columns)
    lines = [f"| {heads} |", f"| {sides} |"]
    for row in rows:
        cells = [column.cell(row) for column in columns]
        texts = ["\u2003" * cell.indent + _with_below(cell) for cell in cells]
        lines.append(f"| {' | '.join(texts)} |")
    return "\n".join(lines) + "\n"


def section(found: Section, level: int = 2) -> list[str]:
    """Return a heading and a list of its items, each with its own lines as a list inside."""
    lines = []
    for item in found.items:
        lines.append(f"- {line(item.text)}\n")
        lines += [f"  - {line(one)}\n" for one in item.lines]
    return [f"{'#' * level} {line(found.title)}\n", "".join(lines)]
