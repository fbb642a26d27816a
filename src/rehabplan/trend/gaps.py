"""Gaps in a series: a period without a report, a site that left one out, a figure missing between two."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from rehabplan import figures
from rehabplan.actuals.model import FigureKind
from rehabplan.measure.scope import Scope
from rehabplan.period import MONTHS_OF_LABEL, cutoff_of, period_until
from rehabplan.periodwords import short_words
from rehabplan.plan.model import Kind, Plan
from rehabplan.problems import Code, Problem, problem
from rehabplan.sites import Site
from rehabplan.trend.series import Placed, Series

_QUARTERS = ("q1", "6m", "9m", "year")
_MONTHLY = 3, 4
"""From three of four months on that have a cut-off, the others are missing; below that, quarters are."""


def gaps(plan: Plan, series: Series, scope: Scope) -> Iterator[Problem]:
    """Yield every gap, each with the places before and after it."""
    cutoffs = [one.period.cutoff for one in series.periods]
    yield from _periods(plan, series, cutoffs)
    told = [one for one in series.placed if not one.seen.figure.silent and not one.seen.unplaced]
    by_site: dict[Site | None, list[Placed]] = {}
    for one in told:
        by_site.setdefault(one.seen.site, []).append(one)
    heard = {site: {one.until for one in rows} for site, rows in by_site.items()}
    for site, rows in by_site.items():
        if site is not None:
            peers = [days for other, days in heard.items() if other and other.set == site.set]
            asked = sorted(set().union(*peers) & series.own)
            for before, missing, after in _holes(rows, asked):
                args = {"site": scope.sites.label(site), **_between(before, missing, after)}
                yield problem(Code.SITE_LEFT_OUT, before.seen.where, **args)
    yield from _targets(plan, series, scope, by_site, told)


def _periods(plan: Plan, series: Series, cutoffs: Sequence[date]) -> Iterator[Problem]:
    """Yield the quarters (of a monthly series the months) between two cut-offs that have none."""
    ends = {cutoff_of(f"m{month}", plan.year, plan.convention) for month in range(1, 13)}
    months = sorted(day for day in ends if cutoffs[0] <= day <= cutoffs[-1])
    given = [day for day in months if day in cutoffs]
    part, whole = _MONTHLY
    if len(months) > 1 and len(given) * whole >= len(months) * part:
        missing = [day for day in months if day not in cutoffs]
    else:
        missing = list(_empty_quarters(plan, cutoffs))
    for day in missing:
        before = max(one for one in cutoffs if one < day)
        after = min(one for one in cutoffs if one > day)
        name = short_words(period_until(day, plan.year, plan.convention))
        args = {"missing": f"{name} ({figures.day(day)})", "before": figures.day(before)}
        args |= {"after": figures.day(after), "other": str(series.places[after])}
        yield problem(Code.PERIOD_LEFT_OUT, series.places[before], **args)


def _empty_quarters(plan: Plan, cutoffs: Sequence[date]) -> Iterator[date]:
    """Yield the ends of quarters without a cut-off; an odd day may stand for one, a month may not."""
    start = date.min
    months = {cutoff_of(f"m{month}", plan.year, plan.convention) for month in range(1, 13)}
    for label in sorted(_QUARTERS, key=lambda one: MONTHS_OF_LABEL[one]):
        end = cutoff_of(label, plan.year, plan.convention)
        inside = cutoffs[0] < end < cutoffs[-1]
        if inside and not any(start < one <= end for one in cutoffs if one == end or one not in months):
            yield end
        start = end


def _targets(
    plan: Plan, series: Series, scope: Scope, by_site: dict[Site | None, list[Placed]], told: list[Placed]
) -> Iterator[Problem]:
    """Yield the targets that have figures before and after a report that leaves them out."""
    for name in dict.fromkeys(target.reported_as for target in plan.targets.values()):
        target = next(one for one in plan.targets.values() if one.reported_as == name)
        rows = [one for one in told if one.seen.indicator == name]
        of_whole = list(_holes(_open(rows, target.kind), _asked(series, rows, told)))
        for before, missing, after in of_whole:
            args = {"target": target.name, "who": "", **_between(before, missing, after)}
            yield problem(Code.LEFT_OUT, before.seen.where, **args)
        left_out = {day for _before, missing, _after in of_whole for day in missing}
        for site, all_rows in by_site.items():
            own = [one for one in all_rows if one.seen.indicator == name]
            if site is None or not own:
                continue
            asked = [day for day in _asked(series, own, all_rows) if day not in left_out]
            there = {one.until for one in all_rows}
            for before, missing, after in _holes(_open(own, target.kind), [d for d in asked if d in there]):
                who = scope.of(site).who
                args = {"target": target.name, "who": who, **_between(before, missing, after)}
                yield problem(Code.LEFT_OUT, before.seen.where, **args)


def _asked(series: Series, rows: Iterable[Placed], all_rows: Iterable[Placed]) -> list[date]:
    """Return the cut-offs at which a figure could have been: of a report, or of columns on its own sheet."""
    sheets = {(one.seen.where.file, one.seen.where.sheet) for one in rows}
    of_columns = {one.until for one in all_rows if (one.seen.where.file, one.seen.where.sheet) in sheets}
    return sorted(of_columns | series.own)


def _open(rows: Sequence[Placed], kind: Kind) -> list[Placed]:
    """Leave out what comes after a milestone was done: nobody reports it again."""
    if kind is not Kind.MILESTONE:
        return list(rows)
    done = [one.until for one in rows if one.seen.figure.kind is FigureKind.DONE]
    return [one for one in rows if not done or one.until <= min(done)]


def _holes(rows: Sequence[Placed], asked: Sequence[date]) -> Iterator[tuple[Placed, list[date], Placed]]:
    """Yield the days between two figures that have none of their own, with the figures around them."""
    ordered = sorted(rows, key=lambda one: (one.until, one.seen.where.order))
    for before, after in pairwise(ordered):
        missing = [day for day in asked if before.until < day < after.until]
        if missing:
            yield before, missing, after


def _between(before: Placed, missing: Sequence[date], after: Placed) -> dict[str, object]:
    return {
        "before": figures.day(before.until),
        "after": figures.day(after.until),
        "other": str(after.seen.where),
        "missing": ", ".join(figures.day(day) for day in missing),
    }
