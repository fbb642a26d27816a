"""The head of a sheet: an annex's, or that of a table by itself (Nghị định 30/2020/NĐ-CP, annex I)."""

from rehabplan import figures
from rehabplan.i18n import _
from rehabplan.periodwords import heading, period_words
from rehabplan.sections.head import files_text, reporting_text
from rehabplan.summary.look import NOTE_SIZE, TITLE_SIZE
from rehabplan.summary.model import Meeting
from rehabplan.summary.sheet import Sheet


def add_head(sheet: Sheet, meeting: Meeting, title: str) -> None:
    """Add the head that was asked for, the title in capitals, and what period the figures are of."""
    look, letterhead = sheet.look, meeting.letterhead
    middle = {"align": "center", "text_wrap": True}
    if letterhead.annex:
        sheet.merged(letterhead.annex, look.format(bold=True, font_size=TITLE_SIZE, **middle))
    elif letterhead.stands_alone:
        _two_columns(sheet, meeting)
    sheet.merged(title.upper(), look.format(bold=True, font_size=TITLE_SIZE, **middle), least=24)
    if letterhead.annex and letterhead.attached_to:
        sheet.merged(letterhead.attached_to, look.format(italic=True, font_size=13, **middle))
    sheet.merged(str(meeting.assessment.plan.title), look.format(font_size=12, **middle))
    period = meeting.assessment.period
    text = _("Figures of {name}, cut off on {day} ({share} of the year)")
    if period.label is None:
        text = _("Figures until {day} ({share} of the year)")
    sheet.merged(text.format(
        name=period_words(period), day=figures.day(period.cutoff),
        share=figures.percent(period.elapsed * 100),
    ), look.format(italic=True, **middle))  # fmt: skip


def _two_columns(sheet: Sheet, meeting: Meeting) -> None:
    """Left the office under its superior, right the motto; the date is left to be filled in by hand."""
    look, letterhead = sheet.look, meeting.letterhead
    middle = {"align": "center", "text_wrap": True}
    half = max(0, _half(sheet.widths) - 1)
    rows: tuple[tuple[str, dict[str, bool], str, dict[str, bool]], ...] = (
        ((letterhead.superior or "").upper(), {}, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", {"bold": True}),
        ((letterhead.office or "").upper(), {"bold": True}, "Độc lập - Tự do - Hạnh phúc", {"bold": True}),
        ("", {}, _("…………, day …… month …… year {year}").format(year=meeting.assessment.period.cutoff.year),
         {"italic": True}),
    )  # fmt: skip
    for left, left_style, right, right_style in rows:
        if not (left or right):
            continue
        sheet.merged(left, look.format(font_size=12, **middle, **left_style), last=half, advance=False)
        sheet.merged(right, look.format(font_size=12, **middle, **right_style), first=half + 1)
    sheet.skip()


def _half(widths: list[int]) -> int:
    """Return how many columns make the left half."""
    total, used = sum(widths), 0
    for count, width in enumerate(widths):
        used += width
        if used * 2 >= total:
            return count + 1
    return len(widths)


def add_basis(sheet: Sheet, meeting: Meeting) -> None:
    """Add who reported and what every figure rests on, in small print."""
    note = sheet.look.format(font_size=NOTE_SIZE, text_wrap=True)
    assessment = meeting.assessment
    lines = [reporting_text(one, assessment.scope.sites) for one in assessment.reporting]
    lines.append(_("From: {files}").format(files=files_text(assessment.files)))
    lines += [str(remark) for remark in assessment.remarks]
    for line in lines:
        sheet.merged(heading(line), note, least=15)
