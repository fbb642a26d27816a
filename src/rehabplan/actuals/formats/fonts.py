"""What fonts tell about the text they draw: its old encoding, and what is struck out, raised or lowered."""

from collections.abc import Iterable

from msgspec import Struct

from rehabplan.actuals.formats.legacy import Encoding, Run
from rehabplan.actuals.formats.values import as_drawn


class Font(Struct, frozen=True):
    """A font as .xls and .xlsb describe it."""

    encoding: Encoding | None = None
    struck: bool = False
    script: str = ""
    """The sign of raised or lowered letters, see `as_drawn`."""


PLAIN = Font()
SCRIPTS = {1: "^", 2: "_"}
"""Raised and lowered, as .xls and .xlsb number them."""


def runs_of(text: str, font: Font, changes: Iterable[tuple[int, Font]]) -> tuple[Run, ...]:
    """Return the runs of a text whose font changes at some of its characters, with the signs of their fonts.

    A text in one font has none: raised as a whole it is only small, struck out as a whole its cell tells.
    """
    starts = [(0, font), *changes]
    ends = [at for at, _font in starts[1:]] + [len(text)]
    pieces = [(text[at:end], own) for (at, own), end in zip(starts, ends, strict=True)]
    if len(pieces) == 1:
        return ((text, font.encoding),)
    return tuple(
        (as_drawn(piece, struck=own.struck, script=own.script), own.encoding)
        for piece, own in pieces
        if piece
    )
