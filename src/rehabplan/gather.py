"""From several reports to one set of figures for one period: which count, which are earlier, which clash."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from pathlib import PurePath

from msgspec import Struct
from msgspec.structs import replace

from rehabplan import figures
from rehabplan.actuals.model import Basis, Clue, Observation, Report, Unplanned
from rehabplan.i18n import N_
from rehabplan.period import Period, period_until, span_in, span_in_name, span_meant, year_days
from rehabplan.period_choice import Choice, choose_period
from rehabplan.plan.model import Plan
from rehabplan.problems import Code, Message, Problem, RehabplanError, Where, hint, message, problem
from rehabplan.sites import Site, SiteIndex

WHOLE = message(N_("the whole area"))


class Gathered(Struct, frozen=True):
    """The figures of all reports, each with the days that it covers, and the period they are judged at."""

    period: Period
    observations: tuple[Observation, ...]
    unplanned: tuple[Unplanned, ...] = ()
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Message, ...] = ()
    files: tuple[str, ...] = ()


class Dated(Struct, frozen=True):
    """A report with its own cut-off, None where nothing in it says which."""

    report: Report
    own: Choice | None
    problems: tuple[Problem, ...] = ()
    other_year: bool = False


def gather(
    plan: Plan,
    reports: Sequence[Report],
    sites: SiteIndex,
    label: str | None = None,
    as_of: date | None = None,
) -> Gathered:
    """Bring reports together at the period asked for, or the one that they are of.

    Raises:
        RehabplanError: no report says which period it is, or none is of the plan's year.
    """
    reports, twice = without_copies(reports)
    if len(reports) == 1:
        return _alone(plan, reports[0], twice, label, as_of)
    dated = [date_report(plan, report) for report in reports]
    choice = choose_period(plan, (), label, as_of) if label or as_of else common_period(dated)
    cutoff = choice.period.cutoff
    unplaced = whose(reports, sites)
    nobodys = {item.where.file for item in unplaced if item.where}
    problems = [*twice, *unplaced, *(item for one in dated for item in (*one.problems, *one.report.problems))]
    observations: list[Observation] = []
    unplanned: list[Unplanned] = []
    for one in dated:
        own = one.own.period.cutoff if one.own else None
        if one.other_year:
            continue
        if own is not None and own > cutoff:
            problems.append(_later(one, choice))
            continue
        if own is None and not (label or as_of):
            shown = figures.day(cutoff)
            problems.append(problem(Code.PERIOD_ASSUMED, Where(one.report.file), used=shown))
        placed, odd = placed_report(plan, one.report, own or cutoff, cutoff, nobodys)
        problems += odd
        early = own is not None and own < cutoff
        observations += (replace(item, earlier=True) for item in placed) if early else placed
        if own in (None, cutoff):
            unplanned += one.report.unplanned
    problems += sites_with_earlier_only(observations, cutoff, sites)
    clashes, dropped = clashes_of(observations, sites)
    kept = [item for item in observations if item not in dropped] if dropped else observations
    files = tuple(one.report.file for one in dated)
    return Gathered(
        choice.period, tuple(kept), tuple(unplanned), (*problems, *choice.problems, *clashes),
        (choice.said,), files,
    )  # fmt: skip


def _alone(
    plan: Plan, report: Report, twice: list[Problem], label: str | None, as_of: date | None
) -> Gathered:
    """A single report is judged at the period asked for even where its own words disagree; it is told."""
    try:
        choice = choose_period(plan, report.clues, label, as_of)
    except RehabplanError as error:
        raise RehabplanError([*error.problems, *report.problems]) from error
    cutoff = choice.period.cutoff
    placed, odd = placed_report(plan, report, cutoff, cutoff)
    return Gathered(
        choice.period, tuple(placed), report.unplanned, (*twice, *report.problems, *choice.problems, *odd),
        (choice.said,), (report.file,),
    )  # fmt: skip


def placed_report(
    plan: Plan, report: Report, own: date, cutoff: date, nobodys: Collection[str] = ()
) -> tuple[list[Observation], list[Problem]]:
    """Return a report's figures, each with the days that it covers, and what is odd about these.

    Args:
        plan: the plan.
        report: the report.
        own: its own cut-off.
        cutoff: the one that figures are judged at; what goes beyond it is told.
        nobodys: the files that do not say whose figures they hold, which so have no place.
    """
    placed = list(_placed_in_time(plan, report, own))
    odd = [*_ahead_of(placed, cutoff), *_span_unsaid(plan, report, own)]
    if report.file in nobodys:
        placed = [replace(one, unplaced=True) for one in placed]
    return placed, odd


def _ahead_of(placed: Iterable[Observation], cutoff: date) -> list[Problem]:
    """Return the figures of columns that go beyond the cut-off: a forecast, or another period."""
    later = [one for one in placed if one.until and one.until > cutoff and not one.figure.silent]
    return [
        problem(Code.PERIOD_AHEAD, one.where, raw=one.figure.raw, heading=one.heading,
                used=figures.day(cutoff))
        for one in later
    ]  # fmt: skip


def _span_unsaid(plan: Plan, report: Report, cutoff: date) -> Iterator[Problem]:
    """Yield a title of a later quarter or month alone, over headings that do not say "to date"."""
    unsaid = any(one.basis is Basis.UNSAID and one.until is None for one in report.observations)
    begins = year_days(plan.year, plan.convention)[0]
    for clue in report.clues if unsaid else ():
        since = _since(plan, clue, cutoff)
        if since and since > begins and clue.where.sheet:
            first, last = figures.day(since), figures.day(cutoff)
            yield problem(Code.SPAN_UNSAID, clue.where, text=clue.text, first=first, last=last)
            return


def whose(reports: Sequence[Report], sites: SiteIndex) -> list[Problem]:
    """Return the files that do not say whose figures they hold, beside others that are of sites."""
    of_sites = [any(one.site for one in report.observations) for report in reports]
    if not any(of_sites):
        return []
    found = []
    for report, of_site in zip(reports, of_sites, strict=True):
        whole = [one for one in report.observations if one.site is None and not one.total]
        doubtful = all(one.unplaced for one in whole)  # told already, or nothing there
        if not (doubtful or of_site or report.whole_named):
            guess = hint(sites.suggest(PurePath(report.file).stem.replace("_", " ").replace("-", " ")))
            found.append(problem(Code.WHOSE, Where(report.file), hint=guess))
    return found


def without_copies(reports: Sequence[Report]) -> tuple[list[Report], list[Problem]]:
    """Leave out files with the same bytes as one before."""
    first: dict[str, Report] = {}
    kept, problems = [], []
    for report in reports:
        same = first.setdefault(report.digest, report) if report.digest else report
        if same is report:
            kept.append(report)
        else:
            problems.append(problem(Code.SAME_FILE, Where(report.file), other=same.file))
    return kept, problems


def date_report(plan: Plan, report: Report) -> Dated:
    """Tell a report's own period by its clues."""
    try:
        choice = choose_period(plan, report.clues)
    except RehabplanError as error:
        years = tuple(item for item in error.problems if item.code is Code.OTHER_YEAR)
        outside = tuple(item for item in error.problems if item.code is Code.AS_OF_OUTSIDE)
        return Dated(report, None, years or outside, other_year=bool(years or outside))
    other = any(item.code is Code.OTHER_YEAR for item in choice.problems) and not _names_year(plan, report)
    return Dated(report, choice, choice.problems, other_year=other)


def _names_year(plan: Plan, report: Report) -> bool:
    return any(clue.clue.year == plan.year for clue in report.clues)


def common_period(dated: Sequence[Dated]) -> Choice:
    """Return the latest period that more than half as many reports are of as of any other.

    One file with a wrong title does not carry all others into another period.

    Raises:
        RehabplanError: no report says a period.
    """
    own = [one.own for one in dated if one.own and not one.other_year]
    if not own:
        told = [item for one in dated for item in (*one.problems, *one.report.problems)]
        none = [problem(Code.NO_PERIOD)] if not any(item.code is Code.OTHER_YEAR for item in told) else []
        raise RehabplanError([*told, *none])
    counts = Counter(choice.period.cutoff for choice in own)
    most = max(counts.values())
    cutoff = max(day for day, count in counts.items() if count * 2 > most)
    chosen = next(choice for choice in own if choice.period.cutoff == cutoff)
    if len(counts) == 1:
        return Choice(chosen.period, chosen.said)
    said = message(
        N_("the period is the latest of the reports: {count} of {all} are of it"),
        count=counts[cutoff], all=len(dated),
    )  # fmt: skip
    return Choice(chosen.period, said)


def _later(one: Dated, choice: Choice) -> Problem:
    other = figures.day(one.own.period.cutoff) if one.own else ""
    return problem(
        Code.LATER_REPORT, Where(one.report.file), other=other, used=figures.day(choice.period.cutoff)
    )


def _placed_in_time(plan: Plan, report: Report, cutoff: date) -> Iterator[Observation]:
    """Give every figure the days that it covers: its column's own, else the report's.

    Where all columns that name a span name the same month, it is the report's own: "9 tháng" ends
    on 14/9 in one convention and on 30/9 in the other.
    """
    period = period_until(cutoff, plan.year, plan.convention)
    for one in report.observations:
        own_end = one.until and (one.until.year, one.until.month) == (cutoff.year, cutoff.month)
        alone = one.basis is not Basis.IN_PERIOD and len(report.cutoffs) == 1 and own_end
        until = cutoff if alone or one.until is None else one.until
        since = one.since
        if one.basis is Basis.IN_PERIOD and since is None and one.until is None:
            meant = span_meant(one.heading, period)
            named = meant.days(plan.year, plan.convention)[0] if meant else None
            since = named or _own_span(plan, report.clues, period)
        yield replace(one, since=since, until=until) if (since, until) != (one.since, one.until) else one


def _own_span(plan: Plan, clues: Sequence[Clue], period: Period) -> date | None:
    """Return the first day of the period that a report is of: of its quarter or month, if it names one.

    Up to the end of March a report that names none is of the first quarter.
    """
    named = next((since for clue in clues if (since := _since(plan, clue, period.cutoff))), None)
    return named or (period.first if period.label in ("q1", "m1") else None)


def _since(plan: Plan, clue: Clue, cutoff: date) -> date | None:
    """Return the first day of the quarter or month that a clue names, where it ends at the cut-off."""
    span = span_in(clue.text) if clue.where.sheet else span_in_name(clue.text)
    first, last = span.days(plan.year, plan.convention) if span else (None, None)
    return first if last == cutoff else None


def sites_with_earlier_only(
    observations: Sequence[Observation], cutoff: date, sites: SiteIndex
) -> Iterator[Problem]:
    """Yield the sites whose last report is of an earlier period: it is not taken for this one."""
    latest: dict[Site, Observation] = {}
    for one in observations:
        if one.site is not None and one.until is not None:
            known = latest.get(one.site)
            if known is None or (known.until and one.until > known.until):
                latest[one.site] = one
    for site, one in latest.items():
        if one.until is not None and one.until < cutoff:
            shown = figures.day(one.until)
            where = Where(one.where.file)
            yield problem(Code.EARLIER_REPORT, where, site=sites.label(site), other=shown,
                          used=figures.day(cutoff))  # fmt: skip


def clashes_of(
    observations: Sequence[Observation], sites: SiteIndex
) -> tuple[list[Problem], set[Observation]]:
    """Find sites that report the same targets in two files: equal figures once, unequal ones are told."""
    seen: dict[tuple[object, ...], Observation] = {}
    pairs: dict[tuple[Site | None, str, str], list[bool]] = {}
    same: dict[tuple[Site | None, str, str], set[Observation]] = {}
    for one in observations:
        if one.figure.silent or one.part or one.total or one.unplaced:
            continue
        alone = one.basis is Basis.IN_PERIOD
        first = seen.setdefault((one.site, one.indicator, alone, one.since, one.until), one)
        if first.where.file == one.where.file:
            continue
        pair = (one.site, first.where.file, one.where.file)
        equal = first.figure.readings == one.figure.readings and first.figure.kind is one.figure.kind
        pairs.setdefault(pair, []).append(equal)
        if equal:
            same.setdefault(pair, set()).add(one)
    problems: list[Problem] = []
    dropped: set[Observation] = set()
    for (site, first_file, second_file), agree in pairs.items():
        name = sites.label(site) if site else WHOLE
        where = Where(second_file)
        if all(agree):
            problems.append(problem(Code.REPORTED_AGAIN, where, site=name, other=first_file))
        else:
            args = {"site": name, "other": first_file, "count": agree.count(False)}
            problems.append(problem(Code.REPORTED_TWICE, where, **args))
        dropped |= same.get((site, first_file, second_file), set())
    return problems, dropped
