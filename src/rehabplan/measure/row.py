"""One row of a report as seen by one target: its figure, its unit, and how to say what is wrong."""

from collections.abc import Mapping

from msgspec import Struct

from rehabplan import figures
from rehabplan.actuals.model import Actual, Basis, Figure, FigureKind, Observation
from rehabplan.measure.scope import Scope
from rehabplan.numbers import Amount, Reading
from rehabplan.period import Period
from rehabplan.plan.goal import Measure
from rehabplan.plan.model import KIND_WORDS, Kind, Plan, Target
from rehabplan.problems import Code, Problem, Where, message, problem
from rehabplan.units import Unit, unit_of


class Rejected(Exception):  # noqa: N818 - a turn in the flow, not an error of ours
    """A figure that cannot be used; the problem says why."""

    def __init__(self, found: Problem) -> None:
        """Keep the problem."""
        super().__init__(found.code.number)
        self.problem = found


class Row(Struct, frozen=True):
    """A row and the target that reads it; warnings are added to `problems`."""

    observation: Observation
    target: Target
    plan: Plan
    period: Period
    scope: Scope
    actuals: Mapping[str, Actual]
    """The actuals of the targets before this one, its parent among them."""
    problems: list[Problem]

    @property
    def figure(self) -> Figure:
        """The cell's content."""
        return self.observation.figure

    @property
    def unit(self) -> Unit:
        """The unit that the target counts in."""
        return unit_of(self.plan.unit_id(self.target))

    @property
    def site_count(self) -> int | None:
        """How many of the target's own sites the figure is about: the plan's, or those inside one site."""
        return self.scope.count(self.plan, self.target)

    def unit_words(self, reading: Reading) -> str:
        """Return the unit as the row gives it: behind the number, else in the unit column."""
        return reading.unit or self.observation.unit

    def warn(self, code: Code, where: Where | None = None, **args: object) -> None:
        """Add a warning at the row's figure, which it names."""
        place = where or self.observation.where
        self.problems.append(problem(code, place, raw=self.figure.raw, target=self.target.name, **args))

    def rejected(self, code: Code, **args: object) -> Rejected:
        """Return the exception that rejects the row's figure."""
        found = problem(code, self.observation.where, raw=self.figure.raw, target=self.target.name, **args)
        return Rejected(found)

    def wrong_unit(self, found: str) -> Rejected:
        """Return the exception for a figure in another unit than the target's."""
        return self.rejected(Code.WRONG_UNIT, found=found, unit=self.unit.vi)

    def parent_actual(self) -> Actual | None:
        """Return the actual of the whole that the target is a part of."""
        return self.actuals.get(self.target.parent or "")

    def more_than_parent(self, whole: Amount) -> Rejected:
        """Return the exception for a part that is more than its whole."""
        parent = self.plan.targets[self.target.parent or ""].name
        return self.rejected(Code.MORE_THAN_PARENT, parent=parent, whole=figures.bounds(whole))

    def reading(self) -> Reading:
        """Return the one reading that the target leaves possible: "1.700" persons are not 1.7.

        Raises:
            Rejected: more than one remains, or none.
        """
        found = self.figure.readings
        if len(found) == 1:
            return found[0]
        fitting = [one for one in found if self._possible(one)]
        if len(fitting) == 1:
            return fitting[0]
        first, second = (figures.bounds(one.amount, digits=6) for one in found[:2])
        raise self.rejected(Code.TWO_READINGS, first=first, second=second)

    def _possible(self, reading: Reading) -> bool:
        if reading.over is not None:  # whole things of whole things
            return _counts(reading)
        if self.target.kind.is_share and reading.percent:
            return reading.amount.low is None or reading.amount.low <= 100  # noqa: PLR2004 - percent
        return reading.percent or not self.unit.whole or _counts(reading)

    def check_number(self, reading: Reading) -> None:
        """Reject what cannot be a count: below zero, or not whole where whole things are counted.

        Raises:
            Rejected: it cannot.
        """
        if reading.amount.below_zero:
            raise self.rejected(Code.NEGATIVE, kind=message(KIND_WORDS[self.target.kind]))
        if self.unit.whole and not _counts(reading):
            raise self.rejected(Code.NOT_WHOLE, unit=self.unit.name)

    def check_bound(self, reading: Reading) -> None:
        """Warn where words such as "khoảng" leave nothing that a verdict can rest on."""
        if reading.amount.low is None and reading.amount.high is None:
            self.warn(Code.NO_BOUND)

    def of_period_alone(self) -> bool:
        """Tell, and warn, that a figure leaves out earlier periods; the year's first has none.

        A rate of the period alone is a rate all the same (design.md §4: the last one counts).
        """
        if self.observation.basis is not Basis.IN_PERIOD or self.target.kind is Kind.RATE:
            return False
        if (self.observation.since, self.observation.until) == (self.period.first, self.period.cutoff):
            return False
        self.warn(Code.IN_PERIOD, heading=self.observation.heading)
        return True

    def check_goal_column(self) -> None:
        """Warn where the report's own goal column shows another goal than the plan."""
        goal, shown = self.target.goal_of(self.plan.year), self.observation.goal
        if shown is None or goal.change or goal.measure is Measure.DONE:
            return
        if shown.kind in _CODES:  # an error, a date, a formula never computed
            self.goal_differs(shown.raw, self.observation.goal_where)
        own = self.scope.goal(self.plan, self.target)
        if not shown.readings or (self.scope.site and own is None):
            return  # what a site is to bring is not in the plan
        accepted = {own, goal.value, goal.upper, goal.each} - {None}
        if self.scope.site and not self.target.kind.is_share:
            accepted = {own}
        if self.site_count:
            accepted.add(goal.value * self.site_count / 100)
        if not any({one.amount.low, one.amount.high} & accepted for one in shown.readings):
            self.goal_differs(shown.raw, self.observation.goal_where)

    def goal_differs(self, found: str, where: Where | None = None) -> None:
        """Warn that the report holds another goal than the plan."""
        goal, own = self.target.goal_of(self.plan.year), self.scope.goal(self.plan, self.target)
        plain = goal.text.isdecimal() or (self.scope.site and not self.target.kind.is_share)
        shown = figures.number(own, digits=6) if plain and own is not None else goal.text
        self.warn(Code.GOAL_DIFFERS, where, found=found, goal=shown)


def _counts(reading: Reading) -> bool:
    """Tell whether a reading is of whole things, its denominator too."""
    return reading.amount.is_whole and (reading.over is None or reading.over.denominator == 1)


_CODES = {
    FigureKind.ERROR: Code.ERROR_CELL,
    FigureKind.NOT_COMPUTED: Code.NOT_COMPUTED,
    FigureKind.DATE: Code.DATE_CELL,
}


def no_number(row: Row) -> Rejected:
    """Return the exception for a cell that holds something else than a number."""
    code = _CODES.get(row.figure.kind, Code.NOT_A_FIGURE)
    if row.target.kind is Kind.MILESTONE and code in (Code.NOT_A_FIGURE, Code.DATE_CELL):
        code = Code.MILESTONE_WORDS
    return row.rejected(code)
