"""The plain output of `check`: a line for each fact, as the table prints it."""

from collections.abc import Iterator

from rehabplan.assess import Result
from rehabplan.beforetable import before_columns
from rehabplan.bysite import by_site
from rehabplan.i18n import _
from rehabplan.render import plain
from rehabplan.sections.before import before_section, sites_before_section
from rehabplan.sections.check import counts_text, standing_sections, unplanned_section
from rehabplan.sections.head import head
from rehabplan.sections.sites import cell_words, judged_of, ranks_section, unjudged_section
from rehabplan.sections.view import View
from rehabplan.sites import Site
from rehabplan.table import check_columns
from rehabplan.tablecells import Column


def check_plain(view: View) -> str:
    """Return the lines of `check --format plain`, described in docs/formats.md."""
    return "".join(_lines(view))


def _lines(view: View) -> Iterator[str]:
    yield from _head(view)
    yield from _targets(view) if view.site is None else _one_site(view, view.site)
    yield from plain.problems((*view.assessment.problems, *view.plan_problems))


def _head(view: View) -> Iterator[str]:
    found = head(view.assessment, view.plan_file, full=True)
    issuer, file, reports = found.sources
    plan, report = _("Plan"), _("Report")
    yield plain.fact(plan, _("Title"), found.title)
    yield plain.fact(plan, _("Issuer"), issuer)
    yield plain.fact(plan, _("File"), file)
    yield plain.fact(report, _("File"), reports)
    yield plain.fact(report, _("Period"), found.period)
    for remark in found.remarks:
        yield plain.fact(report, _("Remark"), remark)


def _targets(view: View) -> Iterator[str]:
    assessment, before = view.assessment, view.before
    yield plain.fact(_("Plan"), _("Targets"), counts_text(assessment))
    columns = check_columns(assessment.plan)
    if before is not None:
        columns += before_columns(before)
    yield from _cells(view, columns, assessment.results)
    for section in standing_sections(assessment):
        yield from plain.section(section)
    if before is not None:
        yield from plain.section(before_section(assessment, before))
    if view.by_site:
        yield from _by_site(view)
    unplanned = unplanned_section(assessment.unplanned, assessment.files, full=True)
    if unplanned is not None:
        yield from plain.section(unplanned)


def _cells(view: View, columns: list[Column[Result]], results: tuple[Result, ...]) -> Iterator[str]:
    """Yield what each row says; instead of the indent of a part, the name of its whole."""
    targets = view.assessment.plan.targets
    for result in results:
        target = result.target
        yield plain.fact(str(target.name), _("Id"), target.id)
        if target.parent:
            yield plain.fact(str(target.name), _("Part of"), str(targets[target.parent].name))
        yield from plain.cells(columns, result)


def _by_site(view: View) -> Iterator[str]:
    assessment = view.assessment
    targets = by_site(assessment)
    if not targets:
        yield plain.fact(_("Every site"), "", _("No figures of single sites were reported."))
        return
    yield from plain.section(ranks_section(assessment, targets))
    for one in targets:
        for row in one.sites:
            label = assessment.scope.sites.label(row.site)
            yield plain.fact(label, str(one.result.target.name), cell_words(row))
    yield from _sites_before(view)


def _one_site(view: View, site: Site) -> Iterator[str]:
    assessment = view.assessment
    yield plain.fact(_("Report"), _("Site"), assessment.scope.sites.label(site))
    yield from _cells(view, check_columns(assessment.plan), tuple(judged_of(assessment, site)))
    unjudged = unjudged_section(assessment, site)
    if unjudged is not None:
        yield from plain.section(unjudged)
    yield from _sites_before(view)


def _sites_before(view: View) -> Iterator[str]:
    if view.before is None:
        return
    if view.site is not None:
        yield from plain.section(before_section(view.assessment, view.before, of_whole=True))
    found = sites_before_section(view.assessment, view.before, view.site)
    if found is not None:
        yield from plain.section(found)
