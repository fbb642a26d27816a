"""The terminal output of `diff`: the table, then what stands behind each change."""

from rehabplan import figures
from rehabplan.diffsections import counts_text, sections
from rehabplan.difftable import series_columns, step_columns
from rehabplan.i18n import _
from rehabplan.plandiff.model import Edition, PlanDiff
from rehabplan.plandiff.series import Series
from rehabplan.render.problems import add_problems
from rehabplan.render.screen import Screen


def add_diff(screen: Screen, found: Series) -> None:
    """Add everything that `diff` says in a terminal."""
    screen.heading(str(found.editions[-1].plan.title))
    for edition in found.editions:
        screen.line(edition_text(edition), hang=2)
    single = len(found.steps) == 1
    if not single:
        screen.table(series_columns(found), found.chains)
    for step in found.steps:
        if not single:
            screen.heading(f"{step.old.plan.year} → {step.new.plan.year}")
        _add_step(screen, step, table=single)
    if found.problems:
        screen.heading(_("To be checked ({count})").format(count=len(found.problems)))
        add_problems(screen, found.problems)


def edition_text(edition: Edition) -> str:
    """Return a plan in one line: its year, file, and document."""
    document = edition.plan.document
    parts = [str(edition.plan.year), edition.file, document.number or _("number not known")]
    parts += [figures.day(document.date)] if document.date else []
    return " · ".join(parts)


def _add_step(screen: Screen, step: PlanDiff, *, table: bool) -> None:
    if step.empty:
        screen.line()
        screen.line(_("No difference."))
    else:
        if table:
            screen.table(step_columns(step), step.targets)
            screen.line()
        screen.line(counts_text(step))
        for section in sections(step, names=not table):
            screen.section(section)
