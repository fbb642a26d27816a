"""The plain output of `diff`: a line for each fact, as the table prints it."""

from collections.abc import Iterator

from rehabplan.diffsections import counts_text, sections
from rehabplan.difftable import series_columns, step_columns
from rehabplan.i18n import _
from rehabplan.plandiff.model import PlanDiff
from rehabplan.plandiff.series import Series
from rehabplan.render import plain
from rehabplan.render.diff_screen import edition_text


def diff_plain(found: Series) -> str:
    """Return the lines of `diff --format plain`, described in docs/formats.md."""
    return "".join(_lines(found))


def _lines(found: Series) -> Iterator[str]:
    yield plain.fact(_("Plan"), _("Title"), str(found.editions[-1].plan.title))
    for edition in found.editions:
        yield plain.fact(_("Plan"), str(edition.plan.year), edition_text(edition))
    single = len(found.steps) == 1
    if not single:
        for chain in found.chains:
            yield from plain.cells(series_columns(found), chain)
    for step in found.steps:
        yield from _step(step, single=single)
    yield from plain.problems(found.problems)


def _step(step: PlanDiff, *, single: bool) -> Iterator[str]:
    years = f"{step.old.plan.year} → {step.new.plan.year}"
    yield plain.fact(_("Plan"), years, _("No difference.") if step.empty else counts_text(step))
    if not step.empty:
        for change in step.targets if single else ():
            yield from plain.cells(step_columns(step), change)
        for section in sections(step, names=not single):
            yield from plain.section(section, "" if single else f"{years}: ")
