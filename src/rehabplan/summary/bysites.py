"""The sheets of sites: sites × targets as a heat map; the silent are visible."""

from collections.abc import Sequence
from itertools import pairwise
from math import ceil

from xlsxwriter.format import Format

from rehabplan import figures
from rehabplan.actuals.model import State
from rehabplan.assess import Assessment
from rehabplan.bysite import SiteResult, TargetBySite
from rehabplan.i18n import _
from rehabplan.plan.model import Kind
from rehabplan.sections.sites import basis_text, cell_text, sites_of
from rehabplan.sites import Site
from rehabplan.summary import cells
from rehabplan.summary.head import add_head
from rehabplan.summary.look import SILENT, SIZE
from rehabplan.summary.model import Meeting
from rehabplan.summary.sheet import Number, Sheet, Value
from rehabplan.summary.targets import numbers_by_target
from rehabplan.table import STATUS_WORDS, status_text
from rehabplan.tablecells import Tone
from rehabplan.text import shortened
from rehabplan.textheights import width_of
from rehabplan.verdict import Status

MOST = 10
"""Targets on one sheet, so that its print can be read."""
_NARROW, _WIDE = 170, 300
_FIGURE_WIDTH, _FEWEST = 92, 4
_HEADING = 72
"""Characters of a target's name over its column; the whole name stands on the sheet of targets."""


def blocks(targets: Sequence[TargetBySite]) -> list[list[TargetBySite]]:
    """Return the targets in groups that fit a page, as even as can be."""
    count = -(-len(targets) // MOST)
    ends = [len(targets) * at // count for at in range(count + 1)] if count else []
    return [list(targets[first:last]) for first, last in pairwise(ends)]


def widths(assessment: Assessment, block: Sequence[TargetBySite]) -> list[int]:
    """Return the widths of a sheet's columns."""
    names = (assessment.scope.sites.label(site) for site in sites_of(block))
    longest = max((width_of(name, SIZE) for name in names), default=0.0) / 0.75
    name = max(_NARROW, min(_WIDE, ceil(longest) + 20))
    return [44, name, *([_FIGURE_WIDTH] * max(len(block), _FEWEST))]


def add_sites(sheet: Sheet, meeting: Meeting, block: Sequence[TargetBySite]) -> None:
    """Write one sheet of the heat map."""
    assessment = meeting.assessment
    numbers = numbers_by_target(assessment.results)
    add_head(sheet, meeting, _("Results by site"))
    _legend(sheet)
    heads: list[tuple[Value, Format]] = [(_("No."), sheet.look.head()), (_("Site"), sheet.look.head())]
    for one in block:
        name = shortened(str(one.result.target.name), _HEADING)
        heads.append((f"{numbers[one.result.target.id]}. {name}", sheet.look.head(font_size=10)))
    first = sheet.line(heads, least=48)
    sheet.line(
        [
            ("", sheet.look.head(bold=False)),
            ("", sheet.look.head(bold=False)),
            *((basis_text(one), sheet.look.head(bold=False, italic=True, font_size=9)) for one in block),
        ]
    )
    rows = [{row.site: row for row in one.sites} for one in block]
    for number, site in enumerate(sites_of(block), start=1):
        _site(sheet, assessment, site, number, [found.get(site) for found in rows])
    sheet.keep(first, first + 2)
    sheet.keep(sheet.row - 1, sheet.row)
    sheet.line([("", sheet.look.cell()), (_("Reported"), sheet.look.cell(bold=True)),
                *((f"{one.result.sites.reported}/{one.result.sites.count}" if one.result.sites else "",
                   sheet.look.cell(align="center", bold=True)) for one in block)])  # fmt: skip
    sheet.sheet.freeze_panes(first + 2, 2)
    sheet.set_page(repeat=(first, first + 1), parted=True)


def _legend(sheet: Sheet) -> None:
    """Say what symbols and colours mean, before they are needed."""
    parts = [(status_text(status), STATUS_WORDS[status][2]) for status in Status]
    parts.append((_("no symbol: a figure that the plan gives no share to judge by"), Tone.PLAIN))
    sheet.tones(parts, size=9)


def _site(sheet: Sheet, assessment: Assessment, site: Site, number: int,
          row: Sequence[SiteResult | None]) -> None:  # fmt: skip
    line: list[tuple[Value, Format]] = [
        (str(number), sheet.look.cell(align="center")),
        (assessment.scope.sites.label(site), sheet.look.cell()),
    ]
    for one in row:
        value = _value(one) if one else ""
        style = {"num_format": value.num_format} if isinstance(value, Number) else {}
        line.append((value, _style(sheet, one, style)))
    sheet.line(line)


def _style(sheet: Sheet, row: SiteResult | None, style: dict[str, str]) -> Format:
    """Return the colour of a status; what is not due yet is white, only what is missing is grey."""
    if row is not None and row.actual.state is State.NOT_REPORTED:
        return sheet.look.cell(align="center", **SILENT, **style)
    return sheet.look.toned(_tone(row) if row else Tone.PLAIN, align="center", **style)


def _value(row: SiteResult) -> Value:
    """Return the percentage of the share, the rate, or the bare figure; a silent site shows its symbol."""
    if row.actual.state is not State.VALUE or row.target.kind is Kind.MILESTONE:
        return cell_text(row)
    share = row.target.kind.is_share
    percent = row.result.percent if row.result and not share else None
    amount = percent or row.actual.amount
    found = figures.one_end(amount) if amount else None
    if found is None:
        return cell_text(row)
    against = row.result.aim if share and row.result else None
    if percent is not None:
        against = cells.ALL
    number = cells.number_of(
        found[0], cell_text(row), share=share or percent is not None, against=against, before=found[1]
    )
    if isinstance(number, Number) and row.result:
        return number.marked(STATUS_WORDS[row.result.status][0])
    return number


def _tone(row: SiteResult) -> Tone:
    if row.actual.state is State.REJECTED:
        return STATUS_WORDS[Status.UNDETERMINED][2]
    tone = STATUS_WORDS[row.result.status][2] if row.result else Tone.PLAIN
    return Tone.PLAIN if tone is Tone.MUTED else tone
