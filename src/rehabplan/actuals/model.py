"""What a report says, before it is held against a target: figures with their cells."""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from rehabplan.i18n import N_
from rehabplan.numbers import Amount, Reading
from rehabplan.period import PeriodClue
from rehabplan.problems import Message, Problem, Where, message
from rehabplan.sites import Site

TOTAL = "total:"
"""Before the number of a total of the plan, where a row names that instead of an indicator."""


class FigureKind(StrEnum):
    """What a cell holds (domain.md §4): 0 is a figure, a blank and "-" are not."""

    NUMBER = "number"
    BLANK = "blank"
    NO_DATA = "no data"
    NOT_APPLICABLE = "not applicable"
    DONE = "done"
    NOT_DONE = "not done"
    WORDS = "words"
    DATE = "date"
    ERROR = "error"
    NOT_COMPUTED = "not computed"
    OPEN = "open"
    """The row is there, but which of its columns holds the result is not decided."""


class Figure(Struct, frozen=True):
    """A cell's content: its text as the sheet shows it, and the ways to read it as a number.

    There is more than one reading only where neither the text nor its sheet shows how numbers are
    written ("5.465").
    """

    kind: FigureKind
    raw: str = ""
    readings: tuple[Reading, ...] = ()

    @property
    def silent(self) -> bool:
        """Whether the cell reports nothing: a blank, or "no data"; 0 is a figure."""
        return self.kind in (FigureKind.BLANK, FigureKind.NO_DATA)

    @property
    def percent(self) -> bool:
        """Whether the text carries a percent sign; how it is written says nothing about counts."""
        return any(reading.percent for reading in self.readings)


class Basis(StrEnum):
    """What span a column's figures cover, by its heading."""

    YEAR_TO_DATE = N_("year to date")
    IN_PERIOD = N_("in the period alone")
    AT_DATE = N_("the level at the cut-off")
    EVER = N_("cumulative since the beginning")
    UNSAID = N_("not said, taken as year to date")


class Observation(Struct, frozen=True):
    """One row's figure for one indicator of the plan."""

    indicator: str
    figure: Figure
    where: Where
    label: str
    matched_by: str
    """id, name or alias: how the label found the indicator."""
    unit: str = ""
    """The unit of measure in the row's own words, empty where it gives none."""
    part: bool = False
    """The label's alias says that it covers only a part of the target."""
    basis: Basis = Basis.UNSAID
    heading: str = ""
    goal: Figure | None = None
    goal_where: Where | None = None
    site: Site | None = None
    """The site that the figure is of; None is the whole."""
    total: bool = False
    """The row adds up the sites of its table; it is not a site of its own."""
    unplaced: bool = False
    """It is of a site that is not certain, so it counts for nothing but keeps a target from silence."""
    earlier: bool = False
    """It stands in a report of an earlier period."""
    since: date | None = None
    until: date | None = None
    """First and last day that the column's own words name; None where they are the report's."""


class Unplanned(Struct, frozen=True):
    """A row with a figure that no target of the plan asks for."""

    label: str
    unit: str
    figure: Figure
    where: Where
    site: Site | None = None


class Clue(Struct, frozen=True):
    """A hint at the period, and where it stands."""

    clue: PeriodClue
    text: str
    where: Where


class Report(Struct, frozen=True):
    """All that was read from one file."""

    file: str
    observations: tuple[Observation, ...] = ()
    unplanned: tuple[Unplanned, ...] = ()
    clues: tuple[Clue, ...] = ()
    problems: tuple[Problem, ...] = ()
    digest: str = ""
    """SHA-256 of the file's bytes."""
    whole_named: bool = False
    """A title says that the figures are those of the plan's whole area."""
    cutoffs: frozenset[date] = frozenset()
    """The last days that headings of its columns of results name."""


class State(StrEnum):
    """What is known of a target's actual, kept to the last output (design.md §3). Zero is a value."""

    VALUE = "value"
    NOT_REPORTED = "not_reported"
    NOT_APPLICABLE = "not_applicable"
    NOT_DUE = "not_due"
    REJECTED = "rejected"
    MASKED = "masked"
    """Known, but not shown: it counts few persons (`masking`)."""


class Evidence(Struct, frozen=True):
    """A cell that an actual rests on, and how it was read."""

    observation: Observation

    @property
    def where(self) -> Where:
        """The cell."""
        return self.observation.where

    @property
    def text(self) -> str:
        """What it shows."""
        return self.observation.figure.raw

    @property
    def label(self) -> str:
        """What names its row."""
        return self.observation.label

    @property
    def steps(self) -> tuple[Message, ...]:
        """How the row was found, and what its column's heading says."""
        one = self.observation
        by = message(one.matched_by)
        found = message(N_("row '{label}' found by the target's {by}"), label=one.label, by=by)
        if not one.heading:
            return (found,)
        basis = message(one.basis.value)
        return (found, message(N_("column '{heading}': {basis}"), heading=one.heading, basis=basis))


class Actual(Struct, frozen=True):
    """A target's actual: of a count or stock in its unit, of a share in percent, of a milestone 0 or 1."""

    state: State
    amount: Amount | None = None
    numerator: Amount | None = None
    denominator: Amount | None = None
    evidence: tuple[Evidence, ...] = ()
    steps: tuple[Message, ...] = ()
    """How the value came about beyond the cells themselves."""
