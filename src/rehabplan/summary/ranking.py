"""The sheet of leaders and laggards: target by target, by what sites are compared."""

from collections.abc import Sequence

from rehabplan.assess import Assessment
from rehabplan.bysite import SiteResult, TargetBySite
from rehabplan.i18n import _
from rehabplan.sections.sites import basis_text, cell_text
from rehabplan.summary.head import add_head
from rehabplan.summary.model import Meeting
from rehabplan.summary.sheet import Sheet
from rehabplan.summary.targets import numbers_by_target

WIDTHS = [48, 270, 130, 250, 250, 88]
_SHOWN = 3


def ranked(targets: Sequence[TargetBySite]) -> list[tuple[TargetBySite, list[SiteResult]]]:
    """Return the targets that set sites apart, with their sites, the best first."""
    found = [(one, one.ranked()) for one in targets]
    return [(one, rows) for one, rows in found if len(rows) > 1 and rows[0].score != rows[-1].score]


def add_ranking(sheet: Sheet, meeting: Meeting, targets: Sequence[TargetBySite]) -> None:
    """Write the sheet."""
    assessment, look = meeting.assessment, sheet.look
    numbers = numbers_by_target(assessment.results)
    add_head(sheet, meeting, _("Leaders and laggards"))
    sheet.skip()
    heads = (_("No."), _("Target"), _("Compared"), _("First"), _("Last"), _("Reported"))
    first = sheet.line([(text, look.head()) for text in heads], least=24)
    for one, rows in ranked(targets):
        half = min(_SHOWN, len(rows) // 2)
        rolled = one.result.sites
        sheet.line([
            (numbers[one.result.target.id], look.cell(align="center")),
            (str(one.result.target.name), look.cell(bold=True)),
            (basis_text(one), look.cell(font_size=10, italic=True)),
            (_names(assessment, rows[:half]), look.cell()),
            (_names(assessment, rows[-half:]), look.cell()),
            (f"{rolled.reported}/{rolled.count}" if rolled else "", look.cell(align="center")),
        ])  # fmt: skip
    sheet.sheet.freeze_panes(first + 1, 2)
    sheet.set_page(repeat=(first, first), parted=True)


def _names(assessment: Assessment, rows: Sequence[SiteResult]) -> str:
    """Name sites with their figures, a line each."""
    label = assessment.scope.sites.label
    return "\n".join(f"{label(row.site)}: {cell_text(row)}" for row in rows)
