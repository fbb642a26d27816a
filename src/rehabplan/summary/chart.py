"""The chart of the first sheet: what is reached against what was due by now, in percent of each goal."""

from fractions import Fraction
from math import ceil

from msgspec import Struct
from xlsxwriter import Workbook

from rehabplan import figures
from rehabplan.assess import Result
from rehabplan.i18n import _, ngettext
from rehabplan.numbers import UNKNOWN
from rehabplan.plan.model import Kind, Plan
from rehabplan.sections.check import URGENCY
from rehabplan.summary import cells
from rehabplan.summary.look import ACTUAL, EXPECTED, FONT, LINE
from rehabplan.summary.model import Meeting
from rehabplan.summary.sheet import Number, Sheet
from rehabplan.summary.targets import numbering
from rehabplan.table import STATUS_WORDS
from rehabplan.text import shortened

_MOST, _FEWEST = 14, 6
_AROUND, _PER_BAR = 80, 27
"""Pixels of title, axis and legend together, and of one target."""
_POINTS_PER_PIXEL, _NOTE = 0.75, 36
"""Points of the lines under the chart."""
_NAME = 64
"""Characters of a target's name beside its bars."""
_STEP, _FARTHEST = Fraction(20), Fraction(140)
"""The axis ends at a multiple of so many percent, and never beyond: one goal passed tenfold would
press all other bars together."""
_HATCHED = {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": ACTUAL, "bg_color": "#FFFFFF"},
            "border": {"color": ACTUAL}}  # fmt: skip


class Bar(Struct, frozen=True):
    """A target in the chart: percent of its goal reached, and due by now."""

    label: str
    """Symbol of its status, number on the sheet of targets, its name shortened."""
    name: str
    reached: Fraction
    """The figure, or the end of a bound that is known."""
    text: str
    cell: Number
    exact: bool
    due: Fraction
    due_text: str
    due_cell: Number


def bars_of(meeting: Meeting) -> list[Bar]:
    """Return the targets whose completion and pace are known, the worst first, as among the decisions."""
    results = meeting.assessment.results
    found = [
        (_rank(result), bar.reached / bar.due if bar.due else Fraction(1), bar)
        for result, number in zip(results, numbering(results), strict=True)
        if (bar := _bar(meeting.assessment.plan, result, number)) is not None
    ]
    return [bar for _rank_of_it, _share, bar in sorted(found, key=lambda one: one[:2])]


def _rank(result: Result) -> int:
    return URGENCY.index(result.status) if result.status in URGENCY else len(URGENCY)


def _bar(plan: Plan, result: Result, number: str) -> Bar | None:
    percent = result.percent
    if percent is None or percent == UNKNOWN or result.target.kind is Kind.MILESTONE or not result.aim:
        return None
    due = cells.due_percent(plan, result) if result.target.kind.is_share else result.expected
    if due is None:
        return None
    due = due * 100 / result.aim
    low, high = percent.low, percent.high
    if low or percent.value is not None:
        reached = low or Fraction(0)
    elif high is not None and high < due:
        reached = high
    else:
        return None  # anything from nothing to all: a bar would say what nobody knows
    exact = percent.value is not None
    sign = "" if exact else (figures.one_end(percent) or (reached, "≥ "))[1]
    # What is exactly on its pace needs no more decimals: both labels are rounded alike.
    sides = [one for one in (cells.ALL, due) if one != reached]
    digits = figures.least_decimals(reached, 1, sides) if exact else 1
    text = figures.bounds(percent, figures.MOST_DIGITS if digits is None else digits, cells.ALL, "%")
    beside = None if due == reached else reached
    name, due_text = str(result.target.name), figures.percent(due, against=beside)
    return Bar(
        f"{STATUS_WORDS[result.status][0]} {number}. {shortened(name, _NAME)}", name,
        reached, text, _cell(reached, digits or 1, cells.ALL, sign), exact,
        due, due_text, _cell(due, 1, cells.ALL if due == reached else reached),
    )  # fmt: skip


def _cell(value: Fraction, digits: int, against: Fraction, sign: str = "") -> Number:
    cell = cells.number_of(value, "", share=True, digits=digits, against=against, before=sign)
    return cell if isinstance(cell, Number) else Number(value / 100, "0.000000%")


def add_chart(book: Workbook, sheet: Sheet, sources: Sheet, name: str, meeting: Meeting) -> None:
    """Draw the chart at the end of a sheet; its numbers go to the end of the sheet of sources.

    It has as many bars as the page has room for, and goes to the next page where that are too few.
    """
    found = bars_of(meeting)
    if not found:
        return
    fitting = int(((sheet.room_left - _NOTE) / _POINTS_PER_PIXEL - _AROUND) // _PER_BAR)
    most = min(len(found), _MOST)
    shown = found[: fitting if min(most, _FEWEST) <= fitting < most else most]
    first = _numbers(sources, shown)
    title = _("Completion against pace, in percent of each goal: {shown} of {total} targets, worst first")
    title = title.format(shown=len(shown), total=len(meeting.assessment.results))
    chart = book.add_chart({"type": "bar"})
    font = {"name": FONT, "size": 9}
    last = first + len(shown) - 1
    for column, color, labels in (
        (1, ACTUAL, [bar.text for bar in shown]), (2, EXPECTED, [bar.due_text for bar in shown]),
    ):  # fmt: skip
        chart.add_series({
            "name": [name, first - 1, column],
            "categories": [name, first, 0, last, 0],
            "values": [name, first, column, last, column],
            "fill": {"color": color}, "border": {"color": ACTUAL, "width": 0.5}, "gap": 30, "overlap": 0,
            "points": [None if column != 1 or bar.exact else _HATCHED for bar in shown],
            "data_labels": {
                "value": True, "position": "outside_end", "font": {"name": FONT, "size": 8},
                "num_format": "0.0%", "custom": [{"value": text} for text in labels],
            },
        })  # fmt: skip
    chart.set_title({"name": title, "name_font": {"name": FONT, "size": 12}, "overlay": False})
    chart.set_y_axis({"reverse": True, "num_font": font, "line": {"color": LINE}})
    end = _end(shown)
    chart.set_x_axis({
        "num_format": "0%", "min": 0, "max": float(end / 100), "major_unit": float(_STEP / 100),
        "num_font": font, "line": {"none": True}, "label_position": "high",
        "major_gridlines": {"visible": True, "line": {"color": "#E5E7EB"}},
    })  # fmt: skip
    chart.set_legend({"position": "bottom", "font": font})
    height = _AROUND + _PER_BAR * len(shown)
    chart.set_size({"width": sheet.chart_width, "height": height})
    sheet.skip(3)
    start = sheet.row
    sheet.sheet.insert_chart(start, 0, chart, {"description": title, "object_position": 2})
    sheet.fill(height * _POINTS_PER_PIXEL)
    note = _note(shown, len(found), meeting, end)
    sheet.keep(start, sheet.row - (0 if note else 1))
    if note:
        sheet.merged(note, sheet.look.format(italic=True, font_size=9, text_wrap=True), least=13)
    sheet.skip(6)


def _end(shown: list[Bar]) -> Fraction:
    """Return where the axis ends, with room for the labels behind the longest bar."""
    longest = max(max(bar.reached, bar.due) for bar in shown)
    return min(_FARTHEST, max(Fraction(120), _STEP * (ceil(longest / _STEP) + 1)))


def _note(shown: list[Bar], known: int, meeting: Meeting, end: Fraction) -> str:
    """Say what the chart does not show, and what its signs mean."""
    parts = []
    total = len(meeting.assessment.results)
    if known > len(shown):
        more = known - len(shown)
        text = ngettext(
            "{count} more target stands on the sheet of targets",
            "{count} more targets stand on the sheet of targets", more,
        )  # fmt: skip
        parts.append(text.format(count=more))
    other = total - known
    if other:
        text = ngettext(
            "{count} target is not in it: no figure, or none that counts in percent of the goal",
            "{count} targets are not in it: no figure, or none that counts in percent of the goal", other,
        )  # fmt: skip
        parts.append(text.format(count=other))
    if not all(bar.exact for bar in shown):
        parts.append(_("hatched: a bound, since the figure is not complete or not exact"))
    if any(bar.reached > end or bar.due > end for bar in shown):
        parts.append(_("bars end at {percent}").format(percent=figures.percent(end)))
    text = "; ".join(parts)
    return text[:1].upper() + text[1:] + ("." if text else "")


def _numbers(sheet: Sheet, shown: list[Bar]) -> int:
    """Write the numbers of the chart; return the row of the first, from 0."""
    sheet.skip(6)
    start = sheet.row
    sheet.merged(_("Numbers of the chart"), sheet.look.format(bold=True, font_size=12))
    head, cell = sheet.look.head(), sheet.look.cell()
    heads = ((0, 0, _("In the chart")), (1, 1, _("Reached")), (2, 2, _("Due by now")),
             (3, sheet.last_column, _("Target")))  # fmt: skip
    sheet.spans([(*span, head) for span in heads])
    first = sheet.row
    sheet.keep(start, first)
    for bar in shown:
        row = sheet.row
        sheet.spans([(0, 0, bar.label, cell), (1, 1, "", cell), (2, 2, "", cell),
                     (3, sheet.last_column, bar.name, cell)])  # fmt: skip
        for column, number in ((1, bar.cell), (2, bar.due_cell)):
            sheet.put(row, column, number, sheet.look.cell(num_format=number.num_format, align="right"))
    return first
