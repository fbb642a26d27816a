"""Cells and columns of any table, and how they feel: all that a screen needs to know of one."""

from collections.abc import Callable
from enum import StrEnum
from fractions import Fraction
from typing import Generic, TypeVar

from msgspec import Struct

from rehabplan.numbers import Amount

RowT = TypeVar("RowT")


class Tone(StrEnum):
    """How a cell feels; an output may turn it into a colour, never into the only sign."""

    PLAIN = "plain"
    MUTED = "muted"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


class Cell(Struct, frozen=True):
    """A cell's text for people, its exact value where it has one, and its tone."""

    text: str
    value: Fraction | Amount | str | None = None
    tone: Tone = Tone.PLAIN
    indent: int = 0
    below: tuple["Cell", ...] = ()
    """Further lines under the text, each with its own tone."""
    alone: str = ""
    """The text with words to it, for where no table shows by its place what it is."""


class Column(Struct, Generic[RowT], frozen=True):
    """A column: its key, heading, how to fill it, and when it may fall away (0 never, 9 first)."""

    key: str
    heading: str
    cell: Callable[[RowT], Cell]
    priority: int
    numeric: bool = False
