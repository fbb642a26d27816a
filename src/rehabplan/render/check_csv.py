"""The CSV output of `check`: one fact a row; columns and keys are a contract (docs/formats.md)."""

from collections.abc import Iterator
from fractions import Fraction

from rehabplan.actuals.model import Unplanned
from rehabplan.assess import Result
from rehabplan.bysite import SiteResult, by_site, of_one_site
from rehabplan.numbers import Amount
from rehabplan.problems import Problem
from rehabplan.render.csvfacts import (
    FULL,
    HEADER,
    NOTHING,
    About,
    Fact,
    actual_facts,
    cells,
    goal_facts,
    known,
)
from rehabplan.render.csvtext import Value, csv_text
from rehabplan.render.previous_csv import head_facts, previous_facts, sites_facts
from rehabplan.sections.view import View
from rehabplan.sites import Site, SiteIndex
from rehabplan.units import PERCENT, POINTS

_Row = tuple[About, Fact]


def check_csv(view: View, *, raw: bool = False) -> str:
    """Return every fact of `check`, of sites where they are asked for, as a row; `raw` as in `csv_text`."""
    plan, period = view.assessment.plan, view.assessment.period
    head: list[Value] = [view.plan_file, plan.year, period.label, period.cutoff.isoformat()]
    rows = [*_plan(view), *(_whole(view) if view.site is None else _one_site(view, view.site))]
    rows += [(About(name=item.code.number), _problem(item)) for item in view.problems]
    lines = ([*head, *_subject(about), *cells(fact)] for about, fact in rows)
    return csv_text(HEADER, lines, raw=raw)


def _subject(about: About) -> list[str | None]:
    return [text or None for text in (about.target, about.name, about.site_set, about.site_key, about.site)]


def _plan(view: View) -> Iterator[_Row]:
    """Yield what every figure rests on: the period, assumptions, and who reported."""
    assessment = view.assessment
    period, index = assessment.period, assessment.scope.sites
    facts = [
        Fact("period_from", period.first.isoformat()),
        Fact.of("days", period.days_elapsed),
        Fact.of("days_of_year", period.days),
        Fact.of("elapsed", period.elapsed, against=Fraction(1)),
        Fact("convention", str(period.convention)),
        *(Fact("report", file) for file in assessment.files),
        *(Fact("remark", str(remark)) for remark in assessment.remarks),
        *(head_facts(view.before) if view.before else ()),
    ]
    yield from ((About(), fact) for fact in facts)
    for one in assessment.reporting:
        yield About(), _sites("sites_expected", one.count, one.set)
        yield About(), _sites("sites_reported", len(one.reported), one.set)
        for site in one.missing:
            yield _of_site(site, index), Fact("site_missing")


def _sites(key: str, count: int, name: str) -> Fact:
    """Return a number of sites, its text the set that they are of."""
    return Fact(key, name, Amount.exact(count))


def _of_site(site: Site, index: SiteIndex, target: str = "", name: str = "") -> About:
    return About(target, name, site.set, site.key, index.label(site))


def _whole(view: View) -> Iterator[_Row]:
    assessment = view.assessment
    by_target = {one.result.target.id: one.sites for one in by_site(assessment)} if view.by_site else {}
    for result in assessment.results:
        about = About(result.target.id, str(result.target.name))
        yield from ((about, fact) for fact in _target(view, result))
        for row in by_target.get(result.target.id, ()):
            yield from _site(view, row)
        if view.by_site:
            yield from _before(view, result)
    for one in assessment.unplanned:
        index, place = assessment.scope.sites, one.site
        named = _of_site(place, index, name=one.label) if place else About(name=one.label)
        yield named, _unplanned(one)


def _one_site(view: View, site: Site) -> Iterator[_Row]:
    for row in of_one_site(view.assessment, site):
        yield from _site(view, row)
    for result in view.assessment.results:
        yield from _before(view, result)


def _before(view: View, result: Result) -> Iterator[_Row]:
    if view.before is not None:
        yield from sites_facts(view.before, result, view.assessment, view.site)


def _target(view: View, result: Result) -> Iterator[Fact]:
    plan, target = view.assessment.plan, result.target
    yield Fact("kind", str(target.kind))
    if target.parent:
        yield Fact("parent", target.parent)
    yield from goal_facts(result.goal, target, plan)
    yield from actual_facts(result.actual, target, plan, result.goal.value)
    yield from _verdict(result)
    if result.sites is not None:
        yield _sites("sites_expected", result.sites.count, result.sites.set)
        yield _sites("sites_reported", result.sites.reported, result.sites.set)
    if view.before is not None:
        yield from previous_facts(view.before, result, plan)


def _verdict(result: Result) -> Iterator[Fact]:
    unit = result.measured_in if result.measured_in != "milestone" else None
    points = POINTS.id if unit == PERCENT.id else unit
    yield from known("percent", result.percent, PERCENT.id, FULL)
    yield from known("gap", result.gap, points, NOTHING)
    if result.expected is not None:
        yield Fact.of("expected", result.expected, unit)
    if result.needed_per_month is not None:
        yield Fact.of("needed_per_month", result.needed_per_month, unit, NOTHING)
    yield Fact("status", str(result.status))
    if result.outlook is not None:
        yield Fact("outlook", str(result.outlook))


def _site(view: View, row: SiteResult) -> Iterator[_Row]:
    plan, target = view.assessment.plan, row.target
    about = _of_site(row.site, view.assessment.scope.sites, target.id, str(target.name))
    facts = [*actual_facts(row.actual, target, plan, row.result.goal.value if row.result else None)]
    if row.share is not None:
        facts.append(Fact.of("share", row.share, plan.unit_id(target)))
    if row.result is not None:
        facts += _verdict(row.result)
    yield from ((about, fact) for fact in facts)


def _unplanned(row: Unplanned) -> Fact:
    """Return a row that no target asks for; a/b and a text with two readings have no number."""
    reading = row.figure.readings[0] if len(row.figure.readings) == 1 else None
    amount = reading.amount if reading and reading.over is None else None
    unit = row.unit or (PERCENT.id if reading and reading.percent else None)
    return Fact("unplanned", row.figure.raw, amount, unit, row.where)


def _problem(item: Problem) -> Fact:
    return Fact(str(item.severity), item.message, where=item.where)
