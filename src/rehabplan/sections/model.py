"""Sections of items: what a screen, Markdown and plain lines print each in its own way."""

from collections.abc import Iterable
from dataclasses import dataclass

from rehabplan.tablecells import Tone


@dataclass(frozen=True, slots=True)
class Item:
    """A line, and what belongs to it."""

    text: str
    lines: tuple[str, ...] = ()
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its items."""

    title: str
    items: tuple[Item, ...]

    @classmethod
    def counted(cls, title: str, items: Iterable[Item]) -> "Section":
        """Return a section whose title says, in place of {count}, how many items it has."""
        found = tuple(items)
        return cls(title.format(count=len(found)), found)
