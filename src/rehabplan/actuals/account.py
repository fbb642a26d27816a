"""How a workbook was understood, as plain values for `inspect`: no rule of reading, no terminal."""

from msgspec import Struct, field

from rehabplan.actuals.model import Clue
from rehabplan.problems import Message, Problem


class ColumnAccount(Struct, frozen=True):
    """A column: its letters, its heading, and what it was taken for."""

    letters: str
    heading: str
    said: tuple[Message, ...]
    read: bool = False
    """Whether its figures are used."""
    names: bool = False
    """Whether it says what a row is about."""
    plans: bool = False
    """Whether it holds goals."""


class TableAccount(Struct, frozen=True):
    """A table: the rows of its header, of its figures, and how many of these were placed."""

    header: tuple[int, ...]
    first: int
    last: int
    columns: tuple[ColumnAccount, ...]
    placed: int = 0
    left: int = 0


class SheetAccount(Struct):
    """A sheet: its tables, its texts by row and column, and how each row was understood."""

    name: str
    note: Message | None = None
    """Why nothing was read, where that is so."""
    site: str = ""
    tables: list[TableAccount] = field(default_factory=list)
    guess: TableAccount | None = None
    """What looks like a table, where none was understood."""
    advice: tuple[str, ...] = ()
    """The lines of a layout file that would settle the guess, for the reader to complete."""
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    marks: dict[int, str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    spanning: set[tuple[int, int]] = field(default_factory=set)
    """The cells that are merged over several columns."""


class Account(Struct, frozen=True):
    """A workbook: its format, what says the period, its sheets, and every doubt."""

    file: str
    kind: str
    clues: tuple[Clue, ...]
    sheets: tuple[SheetAccount, ...]
    problems: tuple[Problem, ...]
