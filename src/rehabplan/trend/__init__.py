"""Several reports of one year: each target's series, what every period added, and where the year ends."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from rehabplan.actuals.model import Report, State
from rehabplan.assess import Assessment, Result, assess
from rehabplan.i18n import N_
from rehabplan.measure.scope import Scope
from rehabplan.numbers import UNKNOWN, Amount
from rehabplan.periodwords import short_words
from rehabplan.plan.model import Kind, Plan, Target
from rehabplan.problems import Code, Problem, in_order, message
from rehabplan.trend.guards import guards
from rehabplan.trend.model import Point, TargetTrend, Trend
from rehabplan.trend.projection import project
from rehabplan.trend.series import Series, in_series

POINTS = "percent-point"
_NOTHING = Fraction(0)


def trend(
    plan: Plan, reports: Sequence[Report], scope: Scope | None = None, problems: Sequence[Problem] = ()
) -> Trend:
    """Follow every target of a plan over the reports of its year.

    Args:
        plan: the plan.
        reports: the reports, in any order; figures of sites are rolled up at each cut-off.
        scope: the plan's sites and their shares.
        problems: what was found before, told with the rest.

    Raises:
        RehabplanError: no report says which period it is, or none is of the plan's year.
    """
    scope = scope or Scope()
    series = in_series(plan, reports, scope.sites)
    found = tuple(assess(plan, gathered, scope) for gathered in series.periods)
    targets = tuple(
        TargetTrend(target, depth, tuple(_points(plan, series, found, at)))
        for at, (target, depth) in enumerate(plan.in_tree_order())
    )
    told = [*problems, *series.problems, *_told_once(found), *guards(plan, series, found, scope)]
    remarks = list(dict.fromkeys(remark for one in found for remark in one.remarks))
    by_columns = [one for one in found if one.period.cutoff not in series.own]
    if by_columns:
        names = [short_words(one.period) for one in by_columns]
        files = dict.fromkeys(file for one in by_columns for file in one.files)
        args = {"periods": ", ".join(names), "files": ", ".join(files)}
        remarks.append(message(N_("only columns tell of {periods}: {files}"), **args))
    if len(found) == 1:
        remarks.append(message(N_("one period makes no trend: add the reports of the others")))
    return Trend(plan, found, targets, series.unplanned, tuple(in_order(told)), tuple(remarks))


def _points(plan: Plan, series: Series, found: Sequence[Assessment], at: int) -> Iterator[Point]:
    """Yield a target's points; `at` is its place among the results of every cut-off."""
    before: Result | None = None
    for one in found:
        result, period = one.results[at], one.period
        reported = (result.target.reported_as, period.cutoff) in series.reported
        added, unit = _added(plan, result, before, first=one is found[0])
        projection = project(plan, result.target, result.actual, period)
        yield Point(period, result, reported, projection, added if reported else None, unit)
        before = result if reported else None


def _added(plan: Plan, result: Result, before: Result | None, *, first: bool) -> tuple[Amount | None, str]:
    """Return what came since the point before, and its unit: percentage points of a share.

    Before its first point a count was 0 and a stock was at its baseline; a share has no beginning.
    Of the same number of sites it is told how many were added.
    """
    target = result.target
    if target.kind is Kind.MILESTONE:
        return None, ""
    if target.sites and before and before.measured_in == result.measured_in == plan.unit_id(target):
        one, other = result.actual, before.actual
        if one.numerator and other.numerator and one.denominator == other.denominator:
            return _between(one.numerator, other.numerator), result.measured_in
    unit = POINTS if target.kind.is_share else result.measured_in
    now = _known(result)
    then = _beginning(target) if first else _known(before) if before else None
    if now is None or then is None:
        return None, unit
    return _between(now, then, rising=target.kind is Kind.COUNT), unit


def _between(now: Amount, then: Amount, *, rising: bool = False) -> Amount | None:
    """Return the difference of two amounts, None where nothing is known of it; a count cannot fall."""
    more = now.plus(then.negated())
    if rising and more.low is not None and more.low <= 0 and (more.high is None or more.high > 0):
        more = Amount(None if more.high is None else _NOTHING, more.high, high_open=more.high_open)
    return None if more == UNKNOWN else more


def _known(result: Result) -> Amount | None:
    actual = result.actual
    return actual.amount if actual.state is State.VALUE and actual.amount != UNKNOWN else None


def _beginning(target: Target) -> Amount | None:
    if target.kind is Kind.COUNT:
        return Amount.exact(Fraction(0))
    level = target.baseline.level if target.baseline and target.kind is Kind.STOCK else None
    return None if level is None else Amount.exact(level)


def _told_once(found: Sequence[Assessment]) -> list[Problem]:
    """Return the problems of all cut-offs: a hole in the year once, and falls are told by the guards."""
    kept: list[Problem] = []
    holes: dict[tuple[object, ...], Problem] = {}
    for item in (item for one in found for item in one.problems):
        args = dict(item.args)
        if item.code is Code.PERIODS_MISSING:
            holes[str(args["target"]), args["first"], item.where] = item
        elif item.code is not Code.FALLS:
            kept.append(item)
    return [*kept, *holes.values()]
