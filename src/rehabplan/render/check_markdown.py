"""The Markdown output of `check`: all that its screen says, nothing counted instead of named."""

from rehabplan.beforetable import before_columns
from rehabplan.bysite import by_site
from rehabplan.i18n import _
from rehabplan.render.markdown import escaped, line, section, table
from rehabplan.sections.before import before_section, sites_before_section
from rehabplan.sections.check import counts_text, standing_sections, unplanned_section
from rehabplan.sections.head import head
from rehabplan.sections.model import Section
from rehabplan.sections.problems import problem_sections
from rehabplan.sections.sites import (
    judged_of,
    ranks_section,
    site_columns,
    sites_of,
    symbols_text,
    unjudged_section,
)
from rehabplan.sections.view import View
from rehabplan.sites import Site
from rehabplan.table import check_columns


def check_markdown(view: View) -> str:
    """Return the head, the table and the sections of `check` as Markdown."""
    blocks = _head(view)
    blocks += _targets(view) if view.site is None else _one_site(view, view.site)
    for found in problem_sections(view.assessment.problems, view.plan_problems):
        blocks += section(found)
    return "\n".join(blocks)


def _head(view: View) -> list[str]:
    found = head(view.assessment, view.plan_file, full=True)
    texts = (" · ".join(found.sources), found.period, *found.remarks)
    return [f"# {line(found.title)}\n", "".join(f"- {line(text)}\n" for text in texts)]


def _targets(view: View) -> list[str]:
    assessment, before = view.assessment, view.before
    columns = check_columns(assessment.plan)
    if before is not None:
        columns += before_columns(before)
    blocks = [table(columns, assessment.results), line(counts_text(assessment)) + "\n"]
    sections: list[Section | None] = [*standing_sections(assessment)]
    if before is not None:
        sections.append(before_section(assessment, before))
    blocks += _sections(*sections)
    if view.by_site:
        blocks += _by_site(view)
    return blocks + _sections(unplanned_section(assessment.unplanned, assessment.files, full=True))


def _by_site(view: View) -> list[str]:
    targets = by_site(view.assessment)
    if not targets:
        return [escaped(_("No figures of single sites were reported.")) + "\n"]
    blocks = _sections(ranks_section(view.assessment, targets))
    blocks.append(f"## {line(_('Every site'))}\n")
    blocks.append(table(site_columns(view.assessment, targets), sites_of(targets)))
    blocks.append(line(symbols_text()) + "\n")
    return blocks + _sites_before(view)


def _one_site(view: View, site: Site) -> list[str]:
    blocks = [f"## {line(view.assessment.scope.sites.label(site))}\n"]
    judged = judged_of(view.assessment, site)
    if judged:
        blocks.append(table(check_columns(view.assessment.plan), judged))
    return blocks + _sections(unjudged_section(view.assessment, site)) + _sites_before(view)


def _sites_before(view: View) -> list[str]:
    if view.before is None:
        return []
    assessment, before = view.assessment, view.before
    whole = before_section(assessment, before, of_whole=True) if view.site else None
    return _sections(whole, sites_before_section(assessment, before, view.site))


def _sections(*found: Section | None) -> list[str]:
    return [block for one in found if one is not None for block in section(one)]
