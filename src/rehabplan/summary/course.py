"""The sheet of several periods: each target's series, with a small line, and where the year ends."""

from xlsxwriter.utility import xl_rowcol_to_cell

from rehabplan.i18n import _
from rehabplan.render.trend_table import added_text, as_of_text, period_name, projection_text
from rehabplan.summary import cells
from rehabplan.summary.head import add_head
from rehabplan.summary.look import ACTUAL
from rehabplan.summary.model import Meeting
from rehabplan.summary.sheet import Number, Sheet, Value
from rehabplan.table import STATUS_WORDS, Tone, goal_with_level, status_text
from rehabplan.trend.model import TargetTrend, Trend

_LEAD, _TAIL = [44, 300], [120, 96, 96, 118]
_PERIOD = 96


def widths(trend: Trend) -> list[int]:
    """Return the widths of the columns."""
    return [*_LEAD, *([_PERIOD] * len(trend.periods)), *_TAIL]


def add_course(sheet: Sheet, meeting: Meeting, trend: Trend, name: str) -> None:
    """Write the sheet; `name` is its name."""
    add_head(sheet, meeting, _("Course of the year"))
    note = sheet.look.format(font_size=10, italic=True, text_wrap=True)
    sheet.merged(
        _(
            "Under each figure what was added since the period before. The year's end carries the last "
            "figure on along the plan's own pace: it is arithmetic, not a promise."
        ),
        note,
        least=15,
    )
    sheet.skip()
    periods = [period_name(period) for period in trend.periods]
    heads = [_("No."), _("Target"), *periods, _("Line"), _("Year end"), _("Annual plan"), _("Status")]
    first = sheet.line([(text, sheet.look.head()) for text in heads], least=24)
    for number, one in enumerate(trend.targets, start=1):
        _target(sheet, one, number, name)
    sheet.sheet.freeze_panes(first + 1, 2)
    sheet.set_page(repeat=(first, first))


def _target(sheet: Sheet, one: TargetTrend, number: int, name: str) -> None:
    look = sheet.look
    status = one.last.result.status
    values = [cells.actual_cell(point.result) for point in one.points]
    line: list[tuple[Value, object]] = [(str(number), look.cell(align="center", bottom=0)),
                                        (str(one.target.name), look.cell(bold=True, bottom=0))]  # fmt: skip
    for value in values:
        style = {"num_format": value.num_format} if isinstance(value, Number) else {}
        line.append((value, look.cell(align="right", bottom=0, **style)))
    missing = Tone.BAD if one.projection.reaches is False else Tone.PLAIN
    line += [
        ("", look.cell(bottom=0)),
        (projection_text(one), look.toned(missing, align="right", bottom=0)),
        (goal_with_level(one.last.result), look.cell(align="right", bottom=0)),
        (status_text(status), look.toned(STATUS_WORDS[status][2], bold=True, align="center", bottom=0)),
    ]
    row = sheet.line(line)
    small = {"align": "right", "top": 0, "font_size": 10, "font_color": "#6B7280"}
    below: list[tuple[Value, object]] = [("", look.cell(top=0)), ("", look.cell(top=0))]
    below += [(added_text(point), look.cell(**small)) for point in one.points]
    below += [("", look.cell(top=0)), (as_of_text(one), look.cell(**small)), ("", look.cell(top=0))]
    below.append(("", look.toned(STATUS_WORDS[status][2], top=0)))
    sheet.line(below, least=15)
    if sum(isinstance(value, Number) for value in values) > 1:
        last = 1 + len(values)
        sheet.sheet.add_sparkline(row, last + 1, {
            "range": f"'{name}'!{xl_rowcol_to_cell(row, 2)}:{xl_rowcol_to_cell(row, last)}",
            "markers": True, "series_color": ACTUAL,
        })  # fmt: skip
