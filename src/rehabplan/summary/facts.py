"""Every fact of an assessment by its name, typed: what an office's own workbook can ask for."""

from collections.abc import Mapping
from datetime import date
from enum import Enum, auto
from fractions import Fraction

from msgspec import Struct, field

from rehabplan import figures
from rehabplan.assess import Assessment
from rehabplan.numbers import Amount
from rehabplan.sites import Site
from rehabplan.yearbefore.model import YearBefore


class Scale(Enum):
    """What the number of a figure is."""

    NUMBER = auto()
    PERCENT = auto()
    """In percent: 51.4 is 51.4 %."""
    POINTS = auto()
    """In percentage points."""
    PLAIN = auto()
    """Without a separator of thousands: a year."""


class Figure(Struct, frozen=True):
    """A figure: exact, or within bounds, and how every other output prints it."""

    amount: Amount
    text: str
    scale: Scale = Scale.NUMBER
    against: tuple[Fraction, ...] = ()
    """The values that a verdict turns on: no rounding may carry the figure onto or across them."""
    signed: bool = False
    """A figure above 0 is written with its plus sign."""
    named_percent: bool = False
    """Its name says that it is a percentage; other shares stand among counts, and always show their sign."""
    places: int = 1
    """The most decimals with which other outputs print it, unless its verdict asks for more."""
    exact: bool = False
    """It is a figure of the plan, shown with its own decimals and no others."""

    @property
    def digits(self) -> int:
        """The fewest decimals that do not contradict the verdict: 79.96 held against 80 needs two."""
        ends = [end for end in (self.amount.low, self.amount.high) if end is not None]
        return max((self._least(end) for end in ends), default=0)

    def _least(self, end: Fraction) -> int:
        found = figures.least_decimals(end, 0, (end,) if self.exact else self.against)
        return figures.MOST_DIGITS if found is None else found


class Words(Struct, frozen=True):
    """A text."""

    text: str


class Day(Struct, frozen=True):
    """A date."""

    day: date

    @property
    def text(self) -> str:
        """The date as every other output prints it."""
        return figures.day(self.day)


class Missing(Struct, frozen=True):
    """No figure, which is never 0: what stands in a cell of its own, and what within a text."""

    cell: str
    text: str


Fact = Figure | Words | Day | Missing
Named = Mapping[str, Fact]
"""Facts by name."""


class Facts(Struct, frozen=True):
    """All facts of an assessment: of the whole, of each target by its id, and of each site."""

    assessment: Assessment
    before: YearBefore | None
    whole: Named
    targets: Mapping[str, Named]
    sites: Mapping[tuple[Site, str], Named] = field(default_factory=dict)
    """By site and target id, where figures were reported by sites."""
