"""What makes a series doubtful: a count that falls, a figure told differently later, a gap."""

from collections.abc import Iterator, Sequence
from datetime import date

from rehabplan import figures
from rehabplan.actuals.model import Actual, Basis, FigureKind, Observation, State
from rehabplan.assess import Assessment
from rehabplan.measure import measure
from rehabplan.measure.scope import Scope
from rehabplan.numbers import UNKNOWN, Amount
from rehabplan.period import period_until
from rehabplan.plan.model import Kind, Plan, Target
from rehabplan.problems import Code, Problem, problem
from rehabplan.sites import Site
from rehabplan.trend.gaps import gaps
from rehabplan.trend.series import Placed, Series, figures_of


def guards(plan: Plan, series: Series, found: Sequence[Assessment], scope: Scope) -> Iterator[Problem]:
    """Yield every doubt about a series, each with the cells on both sides of it."""
    yield from _Figures(plan, series, scope).doubts(found)
    yield from gaps(plan, series, scope)


class _Figures:
    """Holds the figures of one series against each other."""

    def __init__(self, plan: Plan, series: Series, scope: Scope) -> None:
        self.plan = plan
        self.series = series
        self.scope = scope
        self.targets: dict[str, Target] = {}
        for target in plan.targets.values():
            self.targets.setdefault(target.reported_as, target)
        self.sites: dict[Site | None, None] = dict.fromkeys(one.seen.site for one in series.placed)

    def doubts(self, found: Sequence[Assessment]) -> Iterator[Problem]:
        """Yield falls, first those of single cells, then of what was added up from others."""
        for earlier, later in self.series.again:
            yield from self._revised(earlier, later)
        for name, target in self.targets.items():
            told: set[date] = set()
            for site in self.sites:
                rows = figures_of(self.series, name, site)
                if target.kind is Kind.COUNT:
                    yield from self._falls(target, site, rows, told)
                elif target.kind is Kind.MILESTONE:
                    yield from self._undone(target, site, rows)
            if target.kind is Kind.COUNT:
                yield from self._whole_falls(target, found, told)

    def _who(self, site: Site | None) -> str:
        return self.scope.of(site).who if site else ""

    def _actual(self, target: Target, one: Placed) -> Actual:
        """Return what a single figure means for its target."""
        period = period_until(one.until, self.plan.year, self.plan.convention)
        scope = self.scope.of(one.seen.site) if one.seen.site else self.scope
        return measure(self.plan, period, [one.seen], scope)[0][target.id]

    def _revised(self, earlier: Placed, later: Placed) -> Iterator[Problem]:
        """Yield a later report's column that gives an earlier period another figure than it had."""
        target = self.targets.get(earlier.seen.indicator)
        first, second = earlier.seen.figure, later.seen.figure
        same = first.kind is second.kind and first.readings == second.readings
        if target is None or same or FigureKind.OPEN in (first.kind, second.kind):
            return
        if _agree(self._actual(target, earlier), self._actual(target, later)):
            return
        args = {"target": target.name, "who": self._who(earlier.seen.site), "raw": second.raw}
        args |= {"until": figures.day(earlier.until), "before": first.raw, "other": earlier.seen.where}
        yield problem(Code.REVISED, later.seen.where, **args)

    def _falls(
        self, target: Target, site: Site | None, rows: Sequence[Placed], told: set[date]
    ) -> Iterator[Problem]:
        """Yield where one office's count to date is less than it was at its last figure before."""
        before: Placed | None = None
        for one in rows:
            if one.seen.part or one.seen.basis not in (Basis.YEAR_TO_DATE, Basis.UNSAID):
                continue
            if before is not None and one.until > before.until and _may_fall(before.seen, one.seen):
                then, now = self._actual(target, before).amount, self._actual(target, one).amount
                if then is not None and now is not None and then.surely_more_than(now):
                    told.add(one.until)
                    args = {"target": target.name, "who": self._who(site), "raw": one.seen.figure.raw}
                    args |= {"before": before.seen.figure.raw, "until": figures.day(before.until)}
                    yield problem(Code.FALLS, one.seen.where, **args, other=before.seen.where)
            before = one

    def _whole_falls(self, target: Target, found: Sequence[Assessment], told: set[date]) -> Iterator[Problem]:
        """Yield where what was added up falls although no single office's figure does."""
        before: tuple[date, Actual, Amount] | None = None
        for one in found:
            actual = next(result.actual for result in one.results if result.target.id == target.id)
            amount = actual.amount if actual.state is State.VALUE else None
            if amount is None or amount == UNKNOWN or not actual.evidence:
                continue
            cutoff = one.period.cutoff
            if before is not None and cutoff not in told and before[2].surely_more_than(amount):
                args = {"target": target.name, "who": "", "raw": figures.bounds(amount)}
                args |= {"before": figures.bounds(before[2]), "until": figures.day(before[0])}
                other = before[1].evidence[0].where
                yield problem(Code.FALLS, actual.evidence[0].where, **args, other=other)
            before = (cutoff, actual, amount)

    def _undone(self, target: Target, site: Site | None, rows: Sequence[Placed]) -> Iterator[Problem]:
        """Yield where a milestone that was done is later said not to be."""
        done: Placed | None = None
        for one in rows:
            actual = self._actual(target, one)
            value = actual.amount.value if actual.amount else None
            if value == 0 and done is not None:
                args = {"target": target.name, "who": self._who(site), "raw": one.seen.figure.raw}
                args |= {"until": figures.day(done.until), "other": str(done.seen.where)}
                yield problem(Code.UNDONE, one.seen.where, **args)
                done = None
            elif value == 1:
                done = one


def _may_fall(before: Observation, now: Observation) -> bool:
    """Tell by the cells alone whether a count may fall, before it is measured."""
    ends = [[reading.amount for reading in one.figure.readings] for one in (before, now)]
    return any(then.surely_more_than(later) for then in ends[0] for later in ends[1])


def _agree(first: Actual, second: Actual) -> bool:
    """Tell whether two figures of the same span can be the same: pairs, bounds, rounded percentages."""
    if first.state is not State.VALUE or second.state is not State.VALUE:
        return False
    pairs = [(one.numerator, one.denominator) for one in (first, second)]
    if None not in (*pairs[0], *pairs[1]):
        return pairs[0] == pairs[1]
    one, other = first.amount or UNKNOWN, second.amount or UNKNOWN
    if one.value is None or other.value is None:
        return not (one.surely_more_than(other) or other.surely_more_than(one))
    rounded = {first.numerator is None, second.numerator is None} == {True, False}
    return one == other or (rounded and abs(one.value - other.value) * 10 <= 1)
