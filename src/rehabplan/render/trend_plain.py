"""The plain output of `trend`: a line for each fact, as the table prints it."""

from collections.abc import Iterator, Sequence

from rehabplan.beforetable import change_text, usable
from rehabplan.i18n import _
from rehabplan.periodwords import heading, short_words
from rehabplan.problems import Problem
from rehabplan.render import plain
from rehabplan.render.trend_sections import files_of, periods_text, reporting_texts, trend_sections
from rehabplan.render.trend_table import added_text, as_of_text, projection_text
from rehabplan.sections.check import unplanned_section
from rehabplan.table import actual_text, expected_text, goal_with_level, status_text, unit_text
from rehabplan.trend.model import Point, TargetTrend, Trend
from rehabplan.yearbefore.model import YearBefore


def trend_plain(
    trend: Trend, plan_file: str, plan_problems: Sequence[Problem] = (),
    before: Sequence[YearBefore | None] = (),
) -> str:  # fmt: skip
    """Return the lines of `trend --format plain`, described in docs/formats.md."""
    return "".join(_lines(trend, plan_file, plan_problems, before))


def _lines(
    trend: Trend, plan_file: str, plan_problems: Sequence[Problem], before: Sequence[YearBefore | None]
) -> Iterator[str]:
    yield from _head(trend, plan_file)
    for one in trend.targets:
        for name, text in _facts(trend, one, before):
            if text:
                yield plain.fact(str(one.target.name), name, text)
    for section in trend_sections(trend, before):
        yield from plain.section(section)
        if not section.items:
            yield plain.fact(_("Year end"), "", section.title)
    unplanned = unplanned_section(trend.unplanned, files_of(trend), full=True)
    if unplanned is not None:
        yield from plain.section(unplanned)
    yield from plain.problems((*trend.problems, *plan_problems))


def _head(trend: Trend, plan_file: str) -> Iterator[str]:
    plan, report = _("Plan"), _("Report")
    yield plain.fact(plan, _("Title"), str(trend.plan.title))
    yield plain.fact(plan, _("Issuer"), trend.plan.issuer)
    yield plain.fact(plan, _("File"), plan_file)
    yield plain.fact(report, _("File"), ", ".join(files_of(trend)))
    yield plain.fact(report, _("Period"), periods_text(trend))
    for remark in (*map(str, trend.remarks), *reporting_texts(trend, full=True)):
        yield plain.fact(report, _("Remark"), remark)


def _facts(trend: Trend, one: TargetTrend, before: Sequence[YearBefore | None]) -> Iterator[tuple[str, str]]:
    """Yield what there is to say of a target: the names of facts of one period begin with it."""
    target, targets = one.target, trend.plan.targets
    yield _("Id"), target.id
    yield _("Part of"), str(targets[target.parent].name) if target.parent else ""
    yield _("Unit"), unit_text(trend.plan, target)
    yield _("Goal"), goal_with_level(one.last.result)
    for at, point in enumerate(one.points):
        period = heading(short_words(point.period))
        for name, text in _point_facts(point, before[at] if before else None):
            yield f"{period}: {name}", text
    yield _("Status"), status_text(one.last.result.status)
    as_of = as_of_text(one)
    yield _("Year end"), f"{projection_text(one)} ({as_of})" if as_of else projection_text(one)


def _point_facts(point: Point, before: YearBefore | None) -> Iterator[tuple[str, str]]:
    result = point.result
    yield _("Actual"), actual_text(result)
    yield _("Added"), added_text(point)
    yield _("Expected"), expected_text(result)
    yield _("Status"), status_text(result.status)
    beside = before.targets[result.target.id] if before else None
    if before is not None and beside is not None and beside.result and usable(beside.result.actual):
        yield str(before.year), actual_text(beside.result)
        yield _("Difference"), change_text(beside, result.target)
