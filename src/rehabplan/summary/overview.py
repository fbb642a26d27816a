"""The first sheet: how many stand how, completion against pace as a chart, and what needs a decision."""

from collections.abc import Callable

from rehabplan.assess import Result
from rehabplan.i18n import _, ngettext
from rehabplan.sections.check import URGENCY, urgency
from rehabplan.summary.head import add_basis, add_head
from rehabplan.summary.look import FILLS, INKS, LINE
from rehabplan.summary.model import Meeting
from rehabplan.summary.sentences import decision
from rehabplan.summary.sheet import Sheet
from rehabplan.table import STATUS_WORDS, Tone, status_text
from rehabplan.verdict import Status

COLUMNS = 16
WIDTHS = [62] * COLUMNS
_TILE = 2


def add_overview(sheet: Sheet, meeting: Meeting, draw: Callable[[Sheet], None]) -> None:
    """Write the sheet; `draw` puts the chart where it is called."""
    add_head(sheet, meeting, _("Plan progress"))
    add_basis(sheet, meeting)
    sheet.skip(6)
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
    sheet.set_height(row, 31)
    sheet.set_height(row + 1, 19)
    sheet.row += 2
    total = len(meeting.assessment.results)
    text = ngettext("{count} target in all", "{count} targets in all", total).format(count=total)
    if counts[Status.NOT_APPLICABLE]:
        besides = _(STATUS_WORDS[Status.NOT_APPLICABLE][1])
        text += f"; {besides}: {counts[Status.NOT_APPLICABLE]}"
    sheet.merged(text, sheet.look.format(italic=True, font_size=10, align="right"), least=15)


def _decisions(sheet: Sheet, meeting: Meeting) -> None:
    found = sorted((r for r in meeting.assessment.results if r.status in URGENCY), key=urgency)
    sheet.merged(_("What needs a decision ({count})").format(count=len(found)), _heading(sheet))
    if not found:
        sheet.merged(_("Nothing that was reported is behind or at risk."), sheet.look.format(italic=True))
        return
    spans = ((0, 0), (1, 5), (6, 7), (8, COLUMNS - 1))
    heads = (_("No."), _("Target"), _("Status"), _("What is the matter"))
    sheet.spans([(*span, text, sheet.look.head()) for span, text in zip(spans, heads, strict=True)])
    for number, result in enumerate(found, start=1):
        _decision(sheet, meeting, result, number, spans)


def _decision(sheet: Sheet, meeting: Meeting, result: Result, number: int,
              spans: tuple[tuple[int, int], ...]) -> None:  # fmt: skip
    assessment = meeting.assessment
    texts = (
        str(number), str(result.target.name), status_text(result.status),
        decision(assessment.plan, result, assessment.period.over),
    )  # fmt: skip
    look = sheet.look
    styles = (
        look.cell(align="center"), look.cell(bold=True),
        look.toned(STATUS_WORDS[result.status][2], bold=True, align="center"), look.cell(),
    )  # fmt: skip
    cells = [(*span, text, style) for span, text, style in zip(spans, texts, styles, strict=True)]
    sheet.spans(cells)


def _silent(sheet: Sheet, meeting: Meeting) -> None:
    """Name the targets that nobody reported: they are asked for, not judged."""
    names = [str(r.target.name) for r in meeting.assessment.results if r.status is Status.NOT_REPORTED]
    if names:
        sheet.skip(6)
        sheet.merged(_("Not reported ({count})").format(count=len(names)), _heading(sheet))
        sheet.merged("; ".join(names) + ".", sheet.look.toned(Tone.MUTED))


def _heading(sheet: Sheet) -> object:
    return sheet.look.format(bold=True, font_size=12)
