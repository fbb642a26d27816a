"""Several reports of one year in order: which figure counts for each cut-off, and what it is held against.

Every figure has one place in the series. What counts until a day is what the report of that day says;
where it says nothing, a later report's column of the same span stands in. What a report says of a time
after its own cut-off is a forecast and has no place.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from rehabplan import figures
from rehabplan.actuals.model import Basis, Observation, Report, Unplanned
from rehabplan.gather import (
    Dated,
    Gathered,
    clashes_of,
    common_period,
    date_report,
    placed_report,
    sites_with_earlier_only,
    whose,
    without_copies,
)
from rehabplan.i18n import N_
from rehabplan.period import period_until, year_days
from rehabplan.period_choice import Choice, choose_period
from rehabplan.plan.model import Plan
from rehabplan.problems import Code, Problem, RehabplanError, Where, message, problem
from rehabplan.sites import Site, SiteIndex


class Placed(Struct, frozen=True):
    """A figure, and the cut-off of the report that it stands in."""

    seen: Observation
    own: date

    @property
    def until(self) -> date:
        """The last day that the figure covers."""
        return self.seen.until or self.own


class Series(Struct, frozen=True):
    """The reports of a year, brought into the order of their cut-offs."""

    periods: tuple[Gathered, ...]
    """At each cut-off, the oldest first, the figures that are known of the time until then."""
    placed: tuple[Placed, ...]
    """Every figure that has a place."""
    again: tuple[tuple[Placed, Placed], ...]
    """A figure and another of the same span in a later report, which has no place."""
    places: Mapping[date, Where]
    """Where each cut-off is named."""
    own: frozenset[date]
    """The cut-offs that a report is of; the others are known from columns only."""
    reported: frozenset[tuple[str, date]] = frozenset()
    """Which indicators have a figure of their own at which cut-off."""
    unplanned: tuple[Unplanned, ...] = ()
    problems: tuple[Problem, ...] = ()


def in_series(plan: Plan, reports: Sequence[Report], sites: SiteIndex) -> Series:
    """Bring the reports of a year into order, whatever the order in which they are given.

    Raises:
        RehabplanError: no report says which period it is, or none is of the plan's year.
    """
    reports, twice = without_copies(sorted(reports, key=lambda one: one.file))
    problems: list[Problem] = [*twice]
    dated = list(_dated(plan, reports, problems))
    if not dated:
        raise RehabplanError(problems)
    unplaced = whose(reports, sites)
    nobodys = {item.where.file for item in unplaced if item.where}
    problems += unplaced
    own = frozenset(choice.period.cutoff for _report, choice in dated)
    everything: list[Placed] = []
    for report, choice in dated:
        cutoff = choice.period.cutoff
        found, odd = placed_report(plan, report, cutoff, cutoff, nobodys)
        problems += odd
        everything += (Placed(one, cutoff) for one in found if one.until is None or one.until <= cutoff)
    kept, again = _one_place_each(plan, everything)
    clashes, dropped = clashes_of([one.seen for one in kept], sites)
    kept = [one for one in kept if one.seen not in dropped]
    problems += clashes
    cutoffs = sorted(own | {one.until for one in kept if not one.seen.figure.silent})
    last = [one.seen for one in kept]
    problems += sites_with_earlier_only(last, cutoffs[-1], sites)
    return Series(
        periods=tuple(_until(plan, cutoff, kept, dated) for cutoff in cutoffs),
        placed=tuple(kept),
        again=tuple(again),
        places=_places(dated, kept),
        own=own,
        reported=frozenset((one.seen.indicator, one.until) for one in kept if not one.seen.figure.silent),
        unplanned=tuple(row for report, _choice in dated for row in report.unplanned),
        problems=tuple(problems),
    )


_DatedReport = tuple[Report, Choice]


def _dated(plan: Plan, reports: Sequence[Report], problems: list[Problem]) -> Iterator[_DatedReport]:
    """Yield the reports with the periods that they are of; what has none is told."""
    if len(reports) == 1:
        yield _alone(plan, reports[0], problems)
        return
    found = [_by_columns(plan, date_report(plan, report)) for report in reports]
    common = common_period(found)
    owns = {one.own.period.cutoff for one in found if one.own and not one.other_year}
    for one in found:
        problems += [*one.problems, *one.report.problems]
        where = Where(one.report.file)
        if one.other_year:
            continue
        if one.own is not None:
            yield one.report, one.own
        elif len(owns) == 1:
            problems.append(problem(Code.PERIOD_ASSUMED, where, used=figures.day(common.period.cutoff)))
            yield one.report, common
        else:
            problems.append(problem(Code.PERIOD_OPEN, where))


def _alone(plan: Plan, report: Report, problems: list[Problem]) -> _DatedReport:
    """A single report is of the period that it says, else of the last that its columns name."""
    try:
        choice = choose_period(plan, report.clues)
    except RehabplanError as error:
        one = _by_columns(plan, date_report(plan, report))
        if one.own is None or one.other_year:
            raise RehabplanError([*error.problems, *report.problems]) from error
        choice = one.own
    problems += [*report.problems, *choice.problems]
    return report, choice


def _by_columns(plan: Plan, one: Dated) -> Dated:
    """Date a report that says no period by its columns, where all of them name theirs."""
    ends = [(seen.until, seen) for seen in one.report.observations if not seen.figure.silent]
    named = [(until, seen) for until, seen in ends if until is not None]
    if one.own is not None or one.other_year or not named or len(named) < len(ends):
        return one
    until, seen = max(named, key=lambda pair: pair[0])
    said = message(N_("the period is read from '{text}' ({where})"), text=seen.heading, where=seen.where)
    return replace(one, own=Choice(period_until(until, plan.year, plan.convention), said))


def _one_place_each(
    plan: Plan, everything: Sequence[Placed]
) -> tuple[list[Placed], list[tuple[Placed, Placed]]]:
    """Keep of each span what the report of then says, and pair what later reports say again of it."""
    by_span: dict[tuple[object, ...], dict[date, list[Placed]]] = {}
    for one in everything:
        seen = one.seen
        span = (seen.indicator, seen.site, seen.total, seen.part, seen.unplaced, one.until)
        by_span.setdefault(span, {}).setdefault(one.own, []).append(one)
    kept: list[Placed] = []
    again: list[tuple[Placed, Placed]] = []
    for by_own in by_span.values():
        order = sorted(by_own)
        told = [own for own in order if any(not one.seen.figure.silent for one in by_own[own])]
        chosen = by_own[told[0] if told else order[0]]
        kept += chosen
        for later in (one for own in told[1:] for one in by_own[own] if not one.seen.figure.silent):
            begins = _begins(plan, later.seen)
            same = [one for one in chosen if not one.seen.figure.silent and _begins(plan, one.seen) == begins]
            again += ((one, later) for one in same[:1])
    return kept, again


def _begins(plan: Plan, seen: Observation) -> object:
    """Return the first day that a figure covers; of a level, that it is one."""
    if seen.basis in (Basis.AT_DATE, Basis.EVER):
        return seen.basis
    first = year_days(plan.year, plan.convention)[0]
    return seen.since if seen.basis is Basis.IN_PERIOD else first


def _until(plan: Plan, cutoff: date, kept: Sequence[Placed], dated: Sequence[_DatedReport]) -> Gathered:
    """Return what is known of the time until a cut-off.

    Where only the sites report an indicator then, an earlier figure of the whole says nothing more, and
    the other way round.
    """
    levels: dict[str, set[bool]] = {}
    for one in kept:
        if one.until == cutoff and not one.seen.figure.silent and not one.seen.total:
            levels.setdefault(one.seen.indicator, set()).add(one.seen.site is None)
    known = [
        replace(one.seen, earlier=True) if one.own < cutoff else one.seen
        for one in kept
        if one.until <= cutoff
        and (one.seen.total or (one.seen.site is None) in levels.get(one.seen.indicator, {True, False}))
    ]
    own = [(report.file, choice) for report, choice in dated if choice.period.cutoff == cutoff]
    columns = [one.seen.where.file for one in kept if one.until == cutoff]
    return Gathered(
        period_until(cutoff, plan.year, plan.convention),
        tuple(known),
        remarks=(own[0][1].said,) if len(own) == 1 else (),
        files=tuple([file for file, _choice in own] or dict.fromkeys(columns)),
    )


def _places(dated: Sequence[_DatedReport], kept: Sequence[Placed]) -> dict[date, Where]:
    """Return the cell that names each cut-off: a report's title, else a first figure."""
    found: dict[date, Where] = {}
    for one in sorted(kept, key=lambda one: one.seen.where.order):
        found.setdefault(one.until, one.seen.where)
    for report, choice in reversed(dated):
        said = dict(choice.said.args).get("where")
        found[choice.period.cutoff] = said if isinstance(said, Where) else Where(report.file)
    return found


def figures_of(series: Series, indicator: str, site: Site | None) -> list[Placed]:
    """Return the figures that one site (or the whole, None) gives an indicator, the oldest first."""
    found = [
        one for one in series.placed
        if one.seen.indicator == indicator and one.seen.site == site and not one.seen.figure.silent
        and not one.seen.total
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.until, one.seen.where.order))
