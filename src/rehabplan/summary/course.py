"""The sheet of several periods: each target's series, with a small line, and where the year ends."""

from xlsxwriter.utility import xl_rowcol_to_cell

from rehabplan.i18n import _
from rehabplan.periodwords import heading, short_words
from rehabplan.render.trend_table import added_text, as_of_text, projection_text
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
    periods = [heading(short_words(period)) for period in trend.periods]
    heads = [_("No."), _("Target"), *periods, _("Course"), _("Year end"), _("Annual plan"), _("Status")]
    first = sheet.line([(text, sheet.look.head()) for text in heads], least=24)
    for number, one in enumerate(trend.targets, start=1):
        _target(sheet, one, number, name)
    sheet.sheet.freeze_panes(first + 1, 2)
    sheet.set_page(repeat=(first, first))


def _target(sheet: Sheet, one: TargetTrend, number: int, name: str) -> None:
    look = sheet.look
    status = one.last.result.status
    values = [cells.actual_cell(point.result) for point in one.points]
    added = [added_text(point) for point in one.points]
    open_below = {"bottom": 0} if any(added) or as_of_text(one) else {}
    line: list[tuple[Value, object]] = [
        (str(number), look.cell(align="center", **open_below)),
        (str(one.target.name), look.cell(bold=True, **open_below)),
    ]
    for value in values:
        style = {"num_format": value.num_format} if isinstance(value, Number) else {}
        line.append((value, look.cell(align="right", **open_below, **style)))
    missing = Tone.BAD if one.projection.reaches is False else Tone.PLAIN
    line += [
        ("", look.cell(**open_below)),
        (projection_text(one), look.toned(missing, align="right", **open_below)),
        (goal_with_level(one.last.result), look.cell(align="right", **open_below)),
        (status_text(status), look.toned(STATUS_WORDS[status][2], bold=True, align="center", **open_below)),
    ]
    row = sheet.line(line)
    as_of = as_of_text(one)
    if any(added) or as_of:
        small = {"align": "right", "top": 0, "font_size": 10, "font_color": "#6B7280"}
        below: list[tuple[Value, object]] = [("", look.cell(top=0)), ("", look.cell(top=0))]
        below += [(text, look.cell(**small)) for text in added]
        below += [("", look.cell(top=0)), (as_of, look.toned(missing, **small)), ("", look.cell(top=0))]
        below.append(("", look.toned(STATUS_WORDS[status][2], top=0)))
        sheet.line(below, least=15)
    if sum(isinstance(value, Number) for value in values) > 1:
        last = 1 + len(values)
        sheet.sheet.add_sparkline(row, last + 1, {
            "range": f"'{name}'!{xl_rowcol_to_cell(row, 2)}:{xl_rowcol_to_cell(row, last)}",
            "type": "column", "series_color": ACTUAL, "min": 0,
        })  # fmt: skip
