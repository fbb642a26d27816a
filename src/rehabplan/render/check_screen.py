"""The terminal output of `check`: the table, then what a meeting asks for first.

What only some ask for, the sites and an earlier year, is imported for these: start-up time.
"""

from rehabplan.assess import Assessment
from rehabplan.i18n import _
from rehabplan.render.problems import add_problems
from rehabplan.render.screen import Screen
from rehabplan.sections.check import counts_text, standing_sections, unplanned_section
from rehabplan.sections.head import head
from rehabplan.sections.view import View
from rehabplan.table import check_columns


def add_check(screen: Screen, view: View) -> None:
    """Add everything that `check` says in a terminal."""
    assessment = view.assessment
    add_head(screen, assessment, view.plan_file)
    if view.site is None:
        _add_targets(screen, view)
    else:
        from rehabplan.render.sites_screen import add_one_site  # noqa: PLC0415 - as said above

        add_one_site(screen, assessment, view.site)
        if view.before is not None:
            from rehabplan.sections.before import before_section  # noqa: PLC0415 - as said above

            screen.section(before_section(view.assessment, view.before, of_whole=True))
        _add_sites_before(screen, view)
    add_problem_list(screen, assessment)
    if view.plan_problems:
        screen.heading(_("The plan itself ({count})").format(count=len(view.plan_problems)))
        add_problems(screen, view.plan_problems)


def _add_targets(screen: Screen, view: View) -> None:
    assessment, before = view.assessment, view.before
    columns = check_columns(assessment.plan)
    if before is not None:
        from rehabplan.beforetable import before_columns  # noqa: PLC0415 - as said above

        columns += before_columns(before)
    screen.table(columns, assessment.results)
    screen.line()
    screen.line(counts_text(assessment))
    for section in standing_sections(assessment):
        screen.section(section)
    if before is not None:
        from rehabplan.sections.before import before_section  # noqa: PLC0415 - as said above

        screen.section(before_section(assessment, before))
    if view.by_site:
        from rehabplan.render.sites_screen import add_by_site  # noqa: PLC0415 - as said above

        add_by_site(screen, assessment)
        _add_sites_before(screen, view)
    screen.section(unplanned_section(assessment.unplanned, assessment.files))


def _add_sites_before(screen: Screen, view: View) -> None:
    if view.before is not None:
        from rehabplan.sections.before import sites_before_section  # noqa: PLC0415 - as said above

        screen.section(sites_before_section(view.assessment, view.before, view.site))


def add_head(screen: Screen, assessment: Assessment, plan_file: str) -> None:
    """Add what every figure rests on: plan, reports, period, assumptions, and who reported."""
    found = head(assessment, plan_file)
    screen.heading(found.title)
    screen.line(" · ".join(found.sources))
    screen.line(found.period)
    for remark in found.remarks:
        screen.line(f"- {remark}", hang=2)


def add_problem_list(screen: Screen, assessment: Assessment) -> None:
    """Add the problems of the reports."""
    if assessment.problems:
        screen.heading(_("Data problems ({count})").format(count=len(assessment.problems)))
        add_problems(screen, assessment.problems)
