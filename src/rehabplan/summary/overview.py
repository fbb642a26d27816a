"""The first sheet: how many stand how, completion against pace as a chart, and what needs a decision."""

from collections.abc import Callable, Sequence

from rehabplan.actuals.model import State
from rehabplan.assess import Result
from rehabplan.i18n import _, ngettext
from rehabplan.sections.check import URGENCY, urgency
from rehabplan.summary.head import add_basis, add_head
from rehabplan.summary.look import FILLS, INKS, LINE
from rehabplan.summary.model import Meeting
from rehabplan.summary.sentences import decision
from rehabplan.summary.sheet import Sheet
from rehabplan.summary.targets import numbers_by_target
from rehabplan.table import STATUS_WORDS, status_text
from rehabplan.verdict import Status

COLUMNS = 16
WIDTHS = [62] * COLUMNS
_TILE = 2
_MOST_DECISIONS = 20
"""Targets that get a sentence of their own: what a meeting can speak about; the rest are named."""
_NAMES_A_ROW = 25


def add_overview(sheet: Sheet, meeting: Meeting, draw: Callable[[Sheet], None]) -> None:
    """Write the sheet; `draw` puts the chart where it is called."""
    add_head(sheet, meeting, _("Plan progress"))
    add_basis(sheet, meeting)
    sheet.skip(4)
    _tiles(sheet, meeting)
    draw(sheet)
    start = sheet.row
    sheet.keep(start, start + 2)
    _decisions(sheet, meeting)
    head = (start + 1, start + 1) if sheet.is_parted(start + 2) else None
    sheet.keep(sheet.row, sheet.row + 2)
    _silent(sheet, meeting)
    sheet.set_page(repeat=head, parted=True)


def _tiles(sheet: Sheet, meeting: Meeting) -> None:
    counts = meeting.assessment.counts
    shown = [status for status in Status if status is not Status.NOT_APPLICABLE]
    tiles = shown[: COLUMNS // _TILE]
    row = sheet.row
    for at, status in enumerate(tiles):
        symbol, word, tone = STATUS_WORDS[status]
        box = {"align": "center", "bg_color": FILLS[tone], "font_color": INKS[tone], "border_color": LINE}
        number = sheet.look.format(font_size=24, bold=True, top=1, left=1, right=1, **box)
        label = sheet.look.format(font_size=10, text_wrap=True, bottom=1, left=1, right=1, **box)
        first, last = at * _TILE, at * _TILE + _TILE - 1
        sheet.sheet.merge_range(row, first, row, last, "", number)
        sheet.sheet.write_number(row, first, counts[status], number)
        sheet.sheet.merge_range(row + 1, first, row + 1, last, f"{symbol} {_(word)}", label)
    sheet.set_height(row, 29)
    sheet.set_height(row + 1, 18)
    sheet.row += 2
    total = len(meeting.assessment.results)
    text = ngettext("{count} target in all", "{count} targets in all", total).format(count=total)
    if counts[Status.NOT_APPLICABLE]:
        besides = _(STATUS_WORDS[Status.NOT_APPLICABLE][1])
        text += f"; {besides}: {counts[Status.NOT_APPLICABLE]}"
    sheet.merged(text, sheet.look.format(italic=True, font_size=10, align="right"), least=15)


def _decisions(sheet: Sheet, meeting: Meeting) -> None:
    urgent = sorted((r for r in meeting.assessment.results if r.status in URGENCY), key=urgency)
    found = [one for one in urgent if one.actual.state is not State.REJECTED and not _waits(one)]
    numbers = numbers_by_target(meeting.assessment.results)
    sheet.merged(_("What needs a decision ({count})").format(count=len(found)), _heading(sheet))
    if not found:
        sheet.merged(_("Nothing that was reported is behind or at risk."), sheet.look.format(italic=True))
        return
    spans = ((0, 0), (1, 5), (6, 7), (8, COLUMNS - 1))
    heads = (_("No."), _("Target"), _("Status"), _("What is the matter"))
    sheet.spans([(*span, text, sheet.look.head()) for span, text in zip(spans, heads, strict=True)])
    for result in found[:_MOST_DECISIONS]:
        _decision(sheet, meeting, result, numbers[result.target.id], spans)
    for status in URGENCY:
        rest = [one for one in found[_MOST_DECISIONS:] if one.status is status]
        if rest:
            text = _("Also {status} ({count}), see the sheet of targets:")
            text = text.format(status=_(STATUS_WORDS[status][1]), count=len(rest))
            _named(sheet, rest, status, before=f"{text} ")


def _decision(sheet: Sheet, meeting: Meeting, result: Result, number: str,
              spans: tuple[tuple[int, int], ...]) -> None:  # fmt: skip
    assessment = meeting.assessment
    texts = (
        number, str(result.target.name), status_text(result.status),
        decision(assessment.plan, result, assessment.period.over),
    )  # fmt: skip
    look = sheet.look
    styles = (
        look.cell(align="center"), look.cell(bold=True),
        look.status(STATUS_WORDS[result.status][2]), look.cell(),
    )  # fmt: skip
    cells = [(*span, text, style) for span, text, style in zip(spans, texts, styles, strict=True)]
    sheet.spans(cells)


def _silent(sheet: Sheet, meeting: Meeting) -> None:
    """Name the targets without a figure to judge: to be put right, or to be asked for."""
    results = meeting.assessment.results
    waiting = sorted((one for one in results if _waits(one)), key=urgency)
    rejected = [one for one in results if one.actual.state is State.REJECTED]
    silent = [one for one in results if one.status is Status.NOT_REPORTED]
    if waiting:
        sheet.skip(4)
        text = _("Open until the silent sites report ({count})")
        sheet.merged(text.format(count=len(waiting)), _heading(sheet))
        _named(sheet, waiting, Status.UNDETERMINED)
    if rejected:
        sheet.skip(4)
        text = _("Reported, but unusable ({count}): see the sheet of data problems")
        sheet.merged(text.format(count=len(rejected)), _heading(sheet))
        _named(sheet, rejected, Status.UNDETERMINED)
    if silent:
        sheet.skip(4)
        sheet.merged(_("Not reported ({count})").format(count=len(silent)), _heading(sheet))
        _named(sheet, silent, Status.NOT_REPORTED)


def _waits(result: Result) -> bool:
    """Tell whether nothing but silent sites leaves a verdict open: they are to be asked, nothing decided."""
    silent = result.sites is not None and not result.sites.complete
    known = result.actual.state is State.VALUE
    return silent and known and result.status is Status.UNDETERMINED


def _named(sheet: Sheet, results: Sequence[Result], status: Status, before: str = "") -> None:
    """Name targets in one paragraph, in several where a row would be higher than Excel can draw."""
    style = sheet.look.toned(STATUS_WORDS[status][2])
    for start in range(0, len(results), _NAMES_A_ROW):
        batch = results[start : start + _NAMES_A_ROW]
        sheet.merged(before + "; ".join(str(one.target.name) for one in batch) + ".", style)
        before = ""


def _heading(sheet: Sheet) -> object:
    return sheet.look.format(bold=True, font_size=12)
