"""Sections of items: what a screen, Markdown and plain lines print each in its own way."""

from collections.abc import Iterable

from msgspec import Struct

from rehabplan.tablecells import Tone


class Item(Struct, frozen=True):
    """A line, and what belongs to it."""

    text: str
    lines: tuple[str, ...] = ()
    tone: Tone = Tone.PLAIN


class Section(Struct, frozen=True):
    """A heading with its items."""

    title: str
    items: tuple[Item, ...]

    @classmethod
    def counted(cls, title: str, items: Iterable[Item]) -> "Section":
        """Return a section whose title says, in place of {count}, how many items it has."""
        found = tuple(items)
        return cls(title.format(count=len(found)), found)
