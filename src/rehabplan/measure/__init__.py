"""From the rows of a report to each target's actual: the right unit, the right meaning, or a problem.

A row says "570/579", "80,5%" or "664 người"; the target's kind says what that can mean (design.md §4).
What cannot be believed is rejected with a problem, never guessed and never converted.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from rehabplan import figures
from rehabplan.actuals.model import Actual, Basis, Evidence, FigureKind, Observation, State
from rehabplan.measure.periods import added, first_gap
from rehabplan.measure.quantity import quantity
from rehabplan.measure.row import Rejected, Row, no_number
from rehabplan.measure.scope import Scope
from rehabplan.measure.share import share
from rehabplan.numbers import Amount
from rehabplan.period import Period
from rehabplan.plan.model import Kind, Plan, Target
from rehabplan.problems import Code, Problem, problem

if TYPE_CHECKING:
    from datetime import date


def measure(
    plan: Plan,
    period: Period,
    observations: Iterable[Observation],
    scope: Scope | None = None,
    order: Sequence[Target] = (),
) -> tuple[dict[str, Actual], list[Problem]]:
    """Return every target's actual, by id, and what was wrong with the figures.

    Args:
        plan: the plan.
        period: the year up to the cut-off; a figure that names no span of its own is of this.
        observations: the figures of the whole area, or of one site.
        scope: whose figures they are; without one the whole's.
        order: the plan's targets, a whole before its parts, where the caller has them at hand for many sites.
    """
    by_indicator: dict[str, list[Observation]] = {}
    for one in observations:
        by_indicator.setdefault(one.indicator, []).append(one)
    measurer = _Measurer(plan, period, scope or Scope())
    for target in order or [target for target, _depth in plan.in_tree_order()]:
        found = by_indicator.get(target.reported_as, [])
        measurer.actuals[target.id] = measurer.actual(target, found)
    return {name: measurer.actuals[name] for name in plan.targets}, measurer.problems


class _Measurer(Struct):
    """Measures the targets of one plan one after the other, parents first."""

    plan: Plan
    period: Period
    scope: Scope
    actuals: dict[str, Actual] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def actual(self, target: Target, found: Sequence[Observation]) -> Actual:
        """Return the actual of the year up to the cut-off, from figures of it or of its periods."""
        if len(found) == 1 and self._is_plain(found[0]):
            return self._single(target, found[0])  # as below, the short way that nearly every figure takes
        now = [one for one in found if one.until in (None, self.period.cutoff)]
        to_date = _fitting(target, [one for one in now if one.basis is not Basis.IN_PERIOD])
        whole = self.combined(target, to_date)
        if whole.state is not State.NOT_REPORTED:
            self._check_falls(target, whole, found)
            return whole
        pieces = [one for one in found if not one.figure.silent and one not in to_date]
        pieces = [one for one in pieces if one.until is None or one.until <= self.period.cutoff]
        pieces = [one for one in pieces if one.basis is not Basis.EVER]
        if target.kind is Kind.MILESTONE:  # what was done earlier cannot be undone
            done = [one for one in pieces if one.figure.kind is FigureKind.DONE]
            last = done[-1:] or [self._to_date(one) for one in pieces if one in now]
            return self.combined(target, last) if last else whole
        if target.kind is not Kind.COUNT:
            alone = [one for one in pieces if one in now]
            if target.kind is Kind.STOCK and len({(one.since, one.until) for one in pieces}) > 1:
                # Of a stock in several periods the last is the level (design.md §4).
                alone = [self._to_date(one) for one in alone]
            return self.combined(target, alone) if alone else whole
        return self._added_up(target, pieces) if pieces else whole

    def _is_plain(self, one: Observation) -> bool:
        """Tell whether a figure is the whole's of the year to date, or may be taken for it."""
        to_date = one.basis is Basis.YEAR_TO_DATE or one.basis is Basis.UNSAID
        return to_date and not one.part and (one.until is None or one.until == self.period.cutoff)

    def _to_date(self, one: Observation) -> Observation:
        """Return a figure of a period alone as one of the time until the cut-off."""
        return replace(one, since=self.period.first, until=self.period.cutoff)

    def _check_falls(self, target: Target, whole: Actual, found: Sequence[Observation]) -> None:
        """Tell where a count to date is less than it was at an earlier cut-off."""
        if target.kind is not Kind.COUNT or whole.amount is None or whole.amount.high is None:
            return
        for one in found:
            reading = one.figure.readings[0] if len(one.figure.readings) == 1 else None
            before = reading.amount.low if reading and reading.over is None and not reading.percent else None
            early = one.until is not None and one.until < self.period.cutoff and not one.part
            if before is None or not early or one.basis not in (Basis.YEAR_TO_DATE, Basis.UNSAID):
                continue
            if before > whole.amount.high and whole.evidence:
                until = figures.day(one.until or self.period.cutoff)
                raw, before_raw = whole.evidence[0].text, one.figure.raw
                args: dict[str, object] = {"target": target.name, "raw": raw, "before": before_raw}
                args |= {"until": until, "other": one.where, "who": self.scope.who}
                self.problems.append(problem(Code.FALLS, whole.evidence[0].where, **args))

    def _added_up(self, target: Target, pieces: Sequence[Observation]) -> Actual:
        """Add up what single periods brought; where they do not fill the time, that is the least."""
        by_span: dict[tuple[date | None, date | None], list[Observation]] = {}
        for one in pieces:
            since = one.since if one.basis is Basis.IN_PERIOD else self.period.first
            by_span.setdefault((since, one.until or self.period.cutoff), []).append(one)
        if len(by_span) == 1 and self.period.cutoff in next(iter(by_span)):
            return self.combined(target, pieces)
        measured: dict[tuple[date | None, date | None], Actual] = {}
        for span, rows in by_span.items():
            measured[span] = self.combined(target, [self._to_date(one) for one in rows])
        total = added(measured, self.period.first, self.period.cutoff)
        gap = first_gap(measured, self.period.first, self.period.cutoff)
        told = all(one.earlier for one in pieces)  # the site that sent no later report is named
        if total.amount is not None and gap and not told and total.evidence:
            args = {"target": target.name, "least": figures.bounds(total.amount)}
            args |= {"first": figures.day(gap[0]), "last": figures.day(gap[1])}
            self.problems.append(problem(Code.PERIODS_MISSING, total.evidence[0].where, **args))
        return total

    def combined(self, target: Target, found: Sequence[Observation]) -> Actual:
        """Return the actual from all rows that name a target: of the whole, or of parts of it."""
        whole = self._whole(target, [one for one in found if not one.part])
        parts = [self._single(target, one) for one in found if one.part]
        parts = [one for one in parts if one.state is not State.NOT_REPORTED]
        if whole is None and parts:
            return _largest(parts)
        if whole is None:
            return self._single(target, found[0]) if found else Actual(State.NOT_REPORTED)
        if not parts:
            return whole
        evidence = whole.evidence + tuple(item for part in parts for item in part.evidence)
        for part in parts:
            if _exceeds(part, whole):
                where, other = part.evidence[0].where, whole.evidence[0].where
                args = {"target": target.name, "raw": part.evidence[0].text, "other": other}
                self.problems.append(problem(Code.PART_OVER_FULL, where, **args))
                return Actual(State.REJECTED, evidence=evidence)
        return replace(whole, evidence=evidence)

    def _whole(self, target: Target, rows: list[Observation]) -> Actual | None:
        """Return the rows' actual: None where none reports, rejected where they disagree."""
        filled = [one for one in rows if not one.figure.silent]
        if not filled:
            return None
        decided = [one for one in filled if one.figure.kind is not FigureKind.OPEN]
        first, *others = decided or filled[:1]
        actual = self._single(target, first)
        if not others:
            return actual
        evidence, agree = actual.evidence, True
        for other in others:
            again = self._single(target, other)
            evidence += again.evidence
            if State.REJECTED in (actual.state, again.state):
                agree = False  # the rejected row's own problem says enough
            elif _same(actual, again):
                self.problems.append(
                    problem(Code.SAME_ROW_TWICE, other.where, target=target.name, other=first.where)
                )
            else:
                agree = False
                args = {"raw": other.figure.raw, "other": first.where, "other_raw": first.figure.raw}
                found = problem(Code.DUPLICATE_ROW, other.where, target=target.name, **args)
                self.problems.append(found)
        return replace(actual, evidence=evidence) if agree else Actual(State.REJECTED, evidence=evidence)

    def _single(self, target: Target, observation: Observation) -> Actual:
        """Return the actual that one row gives a target."""
        evidence = (Evidence(observation),)
        if observation.figure.kind is FigureKind.OPEN:
            return Actual(State.REJECTED, evidence=evidence)
        row = Row(observation, target, self.plan, self.period, self.scope, self.actuals, self.problems)
        row.check_goal_column()
        if observation.figure.silent:
            return Actual(State.NOT_REPORTED, evidence=evidence)
        if observation.figure.kind is FigureKind.NOT_APPLICABLE:
            return Actual(State.NOT_APPLICABLE, evidence=evidence)
        try:
            found = _meaning(row)
        except Rejected as rejected:
            self.problems.append(rejected.problem)
            return Actual(State.REJECTED, evidence=evidence)
        return Actual(found.state, found.amount, found.numerator, found.denominator, evidence, found.steps)


def _meaning(row: Row) -> Actual:
    """Return what a filled row means for its target.

    Raises:
        Rejected: the figure cannot be believed.
    """
    if row.target.kind is Kind.MILESTONE:
        return _milestone(row)
    return share(row) if row.target.kind.is_share else quantity(row)


def _milestone(row: Row) -> Actual:
    """Return 1 for done and 0 for not done: by words, or by 100 % and less."""
    figure = row.figure
    if figure.kind in (FigureKind.DONE, FigureKind.NOT_DONE):
        return Actual(State.VALUE, Amount.exact(int(figure.kind is FigureKind.DONE)))
    reading = figure.readings[0] if len(figure.readings) == 1 else None
    if reading is None or not reading.percent or reading.amount.value is None:
        raise no_number(row)
    if not 0 <= reading.amount.value <= 100:  # noqa: PLR2004 - percent
        raise row.rejected(Code.MILESTONE_WORDS)
    return Actual(State.VALUE, Amount.exact(int(reading.amount.value == 100)))  # noqa: PLR2004


def _fitting(target: Target, rows: list[Observation]) -> list[Observation]:
    """Return the rows of the column that suits a target: of a stock the level at the cut-off."""
    levels = (Basis.AT_DATE, Basis.EVER) if target.kind is Kind.STOCK else (Basis.AT_DATE,)
    level = [one for one in rows if one.basis in levels]
    other = [one for one in rows if one.basis not in (Basis.AT_DATE, Basis.EVER)]
    first, second = (level, other) if target.kind is Kind.STOCK else (other, level)
    filled = [one for one in first if not one.figure.silent]
    return filled or second or first


def _same(first: Actual, second: Actual) -> bool:
    return replace(first, evidence=(), steps=()) == replace(second, evidence=(), steps=())


def _exceeds(part: Actual, whole: Actual) -> bool:
    low = part.numerator or part.amount
    high = whole.numerator or whole.amount
    return bool(low and high and low.surely_more_than(high))


def _largest(parts: list[Actual]) -> Actual:
    """Return the largest part: parts may overlap, so they are not added, but each bounds the whole."""

    def size(actual: Actual) -> Fraction:
        amount = actual.numerator or actual.amount
        return amount.low if amount is not None and amount.low is not None else Fraction(-1)

    valued = [one for one in parts if one.state is State.VALUE]
    evidence = tuple(item for part in parts for item in part.evidence)
    return replace(max(valued, key=size) if valued else parts[0], evidence=evidence)
