"""The sheet of several periods: each target's series, with a small line, and where the year ends."""

from collections.abc import Sequence

from xlsxwriter.utility import xl_rowcol_to_cell

from rehabplan import figures
from rehabplan.i18n import _
from rehabplan.periodwords import heading, short_words
from rehabplan.render.trend_table import added_text, as_of_text, projection_text
from rehabplan.summary import cells
from rehabplan.summary.head import add_head
from rehabplan.summary.look import ACTUAL
from rehabplan.summary.model import Meeting
from rehabplan.summary.sheet import Number, Sheet, Value
from rehabplan.table import STATUS_WORDS, status_text
from rehabplan.tablecells import Tone
from rehabplan.trend import POINTS
from rehabplan.trend.model import TargetTrend, Trend
from rehabplan.trend.projection import Rule
from rehabplan.units import unit_of

_LEAD, _TAIL = [44, 300], [120, 96, 96, 136]
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
    sheet.set_page(repeat=(first, first), parted=True)


def _target(sheet: Sheet, one: TargetTrend, number: int, name: str) -> None:
    look = sheet.look
    status = one.last.result.status
    values = [cells.actual_cell(point.result) for point in one.points]
    row = sheet.row + 1
    added = [_added(one, at, values, row) for at in range(len(values))]
    open_below = {"bottom": 0} if any(added) or as_of_text(one) else {}
    line: list[tuple[Value, object]] = [
        (str(number), look.cell(align="center", **open_below)),
        (str(one.target.name), look.cell(bold=True, **open_below)),
    ]
    line += [(value, look.cell(align="right", **open_below, **_format(value))) for value in values]
    year_end, goal = _year_end(one), cells.goal_cell(one.last.result)
    missing = Tone.BAD if one.projection.reaches is False else Tone.PLAIN
    line += [
        ("", look.cell(**open_below)),
        (year_end, look.toned(missing, align="right", **open_below, **_format(year_end))),
        (goal, look.cell(align="right", **open_below, **_format(goal))),
        (status_text(status), look.toned(STATUS_WORDS[status][2], bold=True, align="center", **open_below)),
    ]
    sheet.line(line)
    as_of = as_of_text(one)
    if any(added) or as_of:
        small = {"align": "right", "top": 0, "font_size": 10, "font_color": "#6B7280"}
        below: list[tuple[Value, object]] = [("", look.cell(top=0)), ("", look.cell(top=0))]
        below += [(value, look.cell(**small, **_format(value))) for value in added]
        below += [("", look.cell(top=0)), (as_of, look.toned(missing, **small)), ("", look.cell(top=0))]
        below.append(("", look.toned(STATUS_WORDS[status][2], top=0)))
        sheet.keep(sheet.row - 1, sheet.row)
        sheet.line(below, least=15)
    if sum(isinstance(value, Number) for value in values) > 1:
        last = 1 + len(values)
        sheet.sheet.add_sparkline(row - 1, last + 1, {
            "range": f"'{name}'!{xl_rowcol_to_cell(row - 1, 2)}:{xl_rowcol_to_cell(row - 1, last)}",
            "type": "column", "series_color": ACTUAL, "min": 0,
        })  # fmt: skip


def _format(value: Value) -> dict[str, str]:
    return {"num_format": value.num_format} if isinstance(value, Number) else {}


def _added(one: TargetTrend, at: int, values: Sequence[Value], row: int) -> Value:
    """Return what a period added as a number, and as a formula where it is the difference of two cells."""
    point = one.points[at]
    found = figures.one_end(point.added) if point.added else None
    if found is None:
        return added_text(point)
    number = cells.number_of(
        found[0], added_text(point), share=False, against=figures.NOTHING, before=found[1]
    )
    if not isinstance(number, Number):
        return number
    points = point.added_in == POINTS
    style = number.num_format + (f'" {_("pts")}"' if points else "")
    if not found[1]:
        style = f'+{style};-{style};"±"{style}'
    before, now = (values[at - 1], values[at]) if at else ("", "")
    formula = None
    if isinstance(before, Number) and isinstance(now, Number) and not found[1]:
        factor = 100 if points else 1
        if (now.value - before.value) * factor == found[0]:
            cell, other = (xl_rowcol_to_cell(row - 1, 2 + place) for place in (at, at - 1))
            formula = f"ROUND(({cell}-{other})*100,9)" if points else f"{cell}-{other}"
    return Number(number.value, style, formula)


def _year_end(one: TargetTrend) -> Value:
    """Return the projected year end as a number; "~" says that it is carried on, not counted."""
    projection, text = one.projection, projection_text(one)
    found = figures.one_end(projection.amount) if projection.amount else None
    if found is None or not text or projection.side is None:
        return text
    share = one.target.kind.is_share
    digits = 0 if not share and unit_of(one.basis.result.measured_in).whole else 1
    number = cells.number_of(
        found[0], text, share=share, digits=digits, against=projection.side.value, before=found[1]
    )
    carried = isinstance(number, Number) and projection.rule not in (Rule.YEAR_OVER, Rule.SO_FAR)
    return number.marked("~") if carried and isinstance(number, Number) else number
