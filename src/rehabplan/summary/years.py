"""The sheet against the year before: both figures, differences as formulas, what is not comparable."""

from rehabplan import figures
from rehabplan.assess import Result
from rehabplan.beforetable import sentence_on_comparability, then_text
from rehabplan.i18n import _
from rehabplan.numbers import UNKNOWN
from rehabplan.periodwords import heading
from rehabplan.summary import cells
from rehabplan.summary.head import add_head
from rehabplan.summary.model import Meeting
from rehabplan.summary.sheet import Number, Sheet, Value
from rehabplan.table import percent_text, unit_text
from rehabplan.yearbefore.model import Beside, YearBefore

WIDTHS = [44, 330, 100, 100, 100, 100, 90, 96, 96, 240]
_NOTHING = figures.NOTHING


def add_years(sheet: Sheet, meeting: Meeting, before: YearBefore) -> None:
    """Write the sheet."""
    add_head(sheet, meeting, _("Against the same period of {year}").format(year=before.year))
    note = sheet.look.format(font_size=10, italic=True, text_wrap=True)
    for remark in before.remarks:
        sheet.merged(str(remark), note, least=15)
    sheet.skip()
    then = heading(then_text(before))
    now = str(meeting.assessment.period.year)
    names = (_("No."), _("Target"), _("Unit of measure"), then, _("This year"), _("Difference"), "%",
             _("% of plan {year}").format(year=now), _("% of plan {year}").format(year=before.year),
             _("Remarks"))  # fmt: skip
    first = sheet.line([(name, sheet.look.head()) for name in names], least=32)
    for number, result in enumerate(meeting.assessment.results, start=1):
        beside = before.targets[result.target.id]
        earlier = beside.result
        row = sheet.row + 1
        then_cell = cells.earlier_cell(earlier) if earlier else ""
        now_cell = cells.actual_cell(result)
        formula = cells.difference_formula(beside, result.target, f"E{row}", f"D{row}")
        difference = cells.difference_cell(beside, result.target, formula)
        values: list[Value] = [
            str(number), str(result.target.name), unit_text(meeting.assessment.plan, result.target),
            then_cell, now_cell, difference, _percent(beside, row, then_cell, now_cell),
            _of_plan(result), _of_plan(earlier),
            sentence_on_comparability(beside),
        ]  # fmt: skip
        sheet.line([(value, _style(sheet, at, value)) for at, value in enumerate(values)])
    sheet.sheet.freeze_panes(first + 1, 2)
    sheet.sheet.autofilter(first, 0, sheet.row - 1, len(WIDTHS) - 1)
    sheet.set_page(repeat=(first, first))


def _of_plan(result: Result | None) -> Value:
    """Return the percent of the goal as a number; its goal stands on the sheet of targets, or in no cell."""
    percent = result.percent if result else None
    if result is None or percent is None or percent == UNKNOWN:
        return ""
    found = figures.one_end(percent)
    if found is None:
        return percent_text(result)
    return cells.number_of(found[0], percent_text(result), share=True, against=cells.ALL, before=found[1])


def _percent(beside: Beside, row: int, then: Value, now: Value) -> Value:
    percent = beside.percent.value if beside.percent else None
    if percent is None or not isinstance(then, Number) or not isinstance(now, Number):
        return ""
    style = cells.shown(percent, 1, _NOTHING)
    if style is None:
        return ""
    return Number(percent / 100, f"+{style}%;-{style}%;{style}%", f"E{row}/D{row}-1")


def _style(sheet: Sheet, at: int, value: Value) -> object:
    number = {"num_format": value.num_format} if isinstance(value, Number) else {}
    if at == 0:
        return sheet.look.cell(align="center")
    if at == 1:
        return sheet.look.cell(bold=True)
    return sheet.look.cell(align="right", **number) if at in range(3, 9) else sheet.look.cell(font_size=10)
