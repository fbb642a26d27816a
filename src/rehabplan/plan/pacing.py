"""Where a target starts from and how it builds up: the baseline and the pace."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Annotated

from pydantic import BeforeValidator, Field

from rehabplan.i18n import N_, _
from rehabplan.period import MONTHS_OF_LABEL
from rehabplan.plan.fields import Figure, Note, Record, by_label, failure, read_figure
from rehabplan.problems import Code


def read_baseline(raw: object) -> object:
    """Take a plain figure for a baseline's value."""
    return raw if isinstance(raw, dict) else {"value": raw}


class Baseline(Record):
    """A reported level that a change starts from; never an earlier plan's goal (design.md §4)."""

    value: Figure | None = None
    average: dict[int, Figure] = Field(default_factory=dict)
    """Counts of several base years, of which the mean is the base."""
    year: int | None = None
    periods: Annotated[dict[str, Figure], BeforeValidator(by_label)] = Field(default_factory=dict)
    """The base year's own year-to-date figures, by period label."""
    note: Note = None

    @property
    def level(self) -> Fraction | None:
        """The base: the value, or the mean of the base years' counts."""
        if self.value is None and self.average:
            return sum(self.average.values(), Fraction(0)) / len(self.average)
        return self.value

    def at(self, label: str | None) -> Fraction | None:
        """Return the base year's figure at a period's cut-off; m9 and 9m end on the same day."""
        months = MONTHS_OF_LABEL.get(label or "")
        found = [value for key, value in self.periods.items() if MONTHS_OF_LABEL[key] == months]
        return found[0] if found else None


class Shape(StrEnum):
    """How the year's goal is expected to build up."""

    LINEAR = "linear"
    EVERY_PERIOD = "every_period"
    YEAR_END = "year_end"
    BY_QUARTER = "by_quarter"
    CURVE = "curve"


SHAPE_WORDS = {
    Shape.LINEAR: N_("evenly over the year"),
    Shape.EVERY_PERIOD: N_("in full at every period"),
    Shape.YEAR_END: N_("at the end of the year"),
    Shape.BY_QUARTER: N_("by quarter"),
    Shape.CURVE: N_("on its own curve"),
}


class Pace(Record):
    """The path to the goal: a shape, with quarters or a curve where the office gives its own."""

    shape: Shape
    quarters: tuple[Fraction, ...] = ()
    """What each of the four quarters is to bring."""
    curve: tuple[tuple[date, Fraction], ...] = ()
    """Year-to-date levels at dates, in the goal's unit."""


def read_pace(raw: object) -> Pace:
    """Read a pace: a word, {by_quarter: […]} or {curve: {…}}."""
    if isinstance(raw, str) and raw in ("linear", "every_period", "year_end"):
        return Pace(shape=Shape(raw))
    if isinstance(raw, dict) and list(raw) == ["by_quarter"]:
        quarters = raw["by_quarter"]
        if isinstance(quarters, tuple) and len(quarters) == 4:  # noqa: PLR2004 - a year's quarters
            return Pace(shape=Shape.BY_QUARTER, quarters=tuple(read_figure(one) for one in quarters))
    if isinstance(raw, dict) and list(raw) == ["curve"] and isinstance(raw["curve"], dict):
        points = raw["curve"]
        if points and all(isinstance(day, date) for day in points):
            ordered = tuple(sorted((day, read_figure(value)) for day, value in points.items()))
            return Pace(shape=Shape.CURVE, curve=ordered)
    raise failure(
        Code.WRONG_TYPE,
        found=f"'{raw}'" if isinstance(raw, str | int | Decimal) else "…",
        expected=_("linear, every_period, year_end, {by_quarter: [a, b, c, d]} or {curve: {date: n}}"),
    )
