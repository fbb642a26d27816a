"""Plain lines for grep, cut and screen readers: three fields with tabs between, nothing cut or wrapped."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from rehabplan.i18n import _
from rehabplan.problems import Problem
from rehabplan.sections.model import Section
from rehabplan.sections.problems import severity_text
from rehabplan.tablecells import Column
from rehabplan.text import printable

RowT = TypeVar("RowT")


def fact(subject: str, name: str, text: str) -> str:
    """Return a line: what it is about, which fact, and its text; no field holds a tab or a line's end."""
    return "\t".join(printable(field).strip() for field in (subject, name, text)) + "\n"


def cells(columns: Sequence[Column[RowT]], row: RowT) -> Iterator[str]:
    """Yield a row's cells, each a fact of what the first column names; empty ones are none."""
    name, *others = columns
    subject = name.cell(row).text
    for column in others:
        cell = column.cell(row)
        texts = [one.text for one in (cell, *cell.below) if one.text]
        if texts:
            yield fact(subject, column.heading, " · ".join(texts))


def section(found: Section, about: str = "") -> Iterator[str]:
    """Yield a section's items: title (after `about`), number, text; an item's lines have its number."""
    for number, item in enumerate(found.items, start=1):
        for text in (item.text, *item.lines):
            yield fact(f"{about}{found.title}", str(number), text)


def problems(found: Iterable[Problem]) -> Iterator[str]:
    """Yield each problem: severity and code, place, what is wrong and what to do."""
    for item in found:
        yield fact(severity_text(item), str(item.where or _("no place")), item.message)
