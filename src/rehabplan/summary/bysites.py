"""The sheets of sites: leaders and laggards, and sites × targets as a heat map; the silent are visible."""

from collections.abc import Sequence

from rehabplan import figures
from rehabplan.actuals.model import State
from rehabplan.assess import Assessment
from rehabplan.bysite import SiteResult, TargetBySite
from rehabplan.i18n import _
from rehabplan.plan.model import Kind
from rehabplan.sections.sites import basis_text, cell_text
from rehabplan.sites import Site
from rehabplan.summary import cells
from rehabplan.summary.head import add_head
from rehabplan.summary.model import Meeting
from rehabplan.summary.sheet import Number, Sheet, Value
from rehabplan.table import STATUS_WORDS, Tone, status_text
from rehabplan.verdict import Status

MOST = 10
"""Targets on one sheet, so that its print can be read."""
NAME_WIDTH, FIGURE_WIDTH = 220, 92
_SHOWN = 3


def blocks(targets: Sequence[TargetBySite]) -> list[list[TargetBySite]]:
    """Return the targets in groups that fit a page."""
    return [list(targets[at : at + MOST]) for at in range(0, len(targets), MOST)]


def widths(block: Sequence[TargetBySite]) -> list[int]:
    """Return the widths of a sheet's columns."""
    return [44, NAME_WIDTH, *([FIGURE_WIDTH] * max(len(block), 4))]


def add_sites(sheet: Sheet, meeting: Meeting, block: Sequence[TargetBySite]) -> None:
    """Write one sheet: the heat map first, then leaders and laggards."""
    assessment = meeting.assessment
    add_head(sheet, meeting, _("Results by site"))
    sheet.skip()
    heads: list[tuple[Value, object]] = [(_("No."), sheet.look.head()), (_("Site"), sheet.look.head())]
    heads += [(str(one.result.target.name), sheet.look.head(font_size=10)) for one in block]
    first = sheet.line(heads, least=48)
    sheet.line(
        [
            ("", sheet.look.head(bold=False)),
            ("", sheet.look.head(bold=False)),
            *((basis_text(one), sheet.look.head(bold=False, italic=True, font_size=9)) for one in block),
        ]
    )
    sites = list(dict.fromkeys(row.site for one in block for row in one.sites))
    rows = [{row.site: row for row in one.sites} for one in block]
    for number, site in enumerate(sites, start=1):
        _site(sheet, assessment, site, number, [found.get(site) for found in rows])
    sheet.line([("", sheet.look.cell()), (_("Reported"), sheet.look.cell(bold=True)),
                *((f"{one.result.sites.reported}/{one.result.sites.count}" if one.result.sites else "",
                   sheet.look.cell(align="center")) for one in block)])  # fmt: skip
    sheet.sheet.freeze_panes(first + 2, 2)
    legend = ", ".join(status_text(status) for status in Status)
    sheet.merged(legend, sheet.look.format(font_size=9, italic=True, text_wrap=True))
    _ranks(sheet, assessment, block)
    sheet.set_page(repeat=(first, first + 1))


def _site(sheet: Sheet, assessment: Assessment, site: Site, number: int,
          row: Sequence[SiteResult | None]) -> None:  # fmt: skip
    line: list[tuple[Value, object]] = [
        (str(number), sheet.look.cell(align="center")),
        (assessment.scope.sites.label(site), sheet.look.cell()),
    ]
    for one in row:
        value = _value(one) if one else ""
        tone = _tone(one) if one else Tone.MUTED
        number_format = {"num_format": value.num_format} if isinstance(value, Number) else {}
        line.append((value, sheet.look.toned(tone, align="center", **number_format)))
    sheet.line(line)


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
    return cells.number_of(
        found[0], cell_text(row), share=share or percent is not None, against=against, before=found[1]
    )


def _tone(row: SiteResult) -> Tone:
    if row.actual.state is State.NOT_REPORTED:
        return Tone.MUTED
    if row.actual.state is State.REJECTED:
        return STATUS_WORDS[Status.UNDETERMINED][2]
    return STATUS_WORDS[row.result.status][2] if row.result else Tone.PLAIN


def _ranks(sheet: Sheet, assessment: Assessment, block: Sequence[TargetBySite]) -> None:
    ranked = [(one, one.ranked()) for one in block]
    ranked = [(one, rows) for one, rows in ranked if len(rows) > 1 and rows[0].score != rows[-1].score]
    if not ranked:
        return
    sheet.skip()
    sheet.merged(_("Leaders and laggards"), sheet.look.format(bold=True, font_size=12))
    last = sheet.last_column
    middle = 1 + (last - 1) // 2
    head = sheet.look.head()
    sheet.spans(
        [(0, 1, _("Target"), head), (2, middle, _("First"), head), (middle + 1, last, _("Last"), head)]
    )
    for one, rows in ranked:
        half = min(_SHOWN, len(rows) // 2)
        first, least = (_names(assessment, part) for part in (rows[:half], rows[-half:]))
        cell = sheet.look.cell()
        sheet.spans([(0, 1, str(one.result.target.name), sheet.look.cell(bold=True)),
                     (2, middle, first, cell), (middle + 1, last, least, cell)])  # fmt: skip


def _names(assessment: Assessment, rows: Sequence[SiteResult]) -> str:
    return "; ".join(f"{assessment.scope.sites.label(row.site)} {cell_text(row)}" for row in rows)
