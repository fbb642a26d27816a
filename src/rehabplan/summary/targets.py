"""The sheet of all targets: goal, actual, percent and gap as formulas, pace, status, source."""

from collections.abc import Mapping, Sequence

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name

from rehabplan.actuals.model import State
from rehabplan.assess import Result
from rehabplan.beforetable import change_text, then_text
from rehabplan.i18n import _
from rehabplan.problems import Problem
from rehabplan.summary import cells
from rehabplan.summary.cells import Columns
from rehabplan.summary.head import add_head
from rehabplan.summary.look import BAR
from rehabplan.summary.model import Meeting
from rehabplan.summary.sentences import remark
from rehabplan.summary.sheet import Link, Number, Sheet, Value
from rehabplan.table import STATUS_WORDS, Tone, actual_text, status_text, unit_text

WIDTHS = {
    "number": 44, "target": 300, "unit": 92, "goal": 86, "actual": 86, "percent": 84, "gap": 80,
    "expected": 80, "needed": 76, "status": 118, "before": 86, "change": 104, "remark": 190, "source": 56,
}  # fmt: skip


def columns_of(meeting: Meeting) -> list[str]:
    """Return the keys of the columns, from the left."""
    before = ["before", "change"] if meeting.before else []
    return ["number", "target", "unit", "goal", "actual", "percent", "gap", "expected", "needed", "status",
            *before, "remark", "source"]  # fmt: skip


def headings(meeting: Meeting) -> dict[str, str]:
    """Return the heading of every column."""
    then = then_text(meeting.before) if meeting.before else ""
    return {
        "number": _("No."), "target": _("Target"), "unit": _("Unit of measure"),
        "goal": _("Annual plan"), "actual": _("Actual"), "percent": _("% of plan"), "gap": _("Still short"),
        "expected": _("Due by now"), "needed": _("Needed a month"), "status": _("Status"),
        "before": then, "change": _("Against {then}").format(then=then), "remark": _("Remarks"),
        "source": _("Source"),
    }  # fmt: skip


def numbering(results: Sequence[Result]) -> list[str]:
    """Return 1, 2, 2.1, 2.2, 3: parts under their whole."""
    counts: list[int] = []
    found = []
    for result in results:
        counts = counts[: result.depth + 1] + [0] * (result.depth + 1 - len(counts))
        counts[-1] += 1
        found.append(".".join(str(one) for one in counts))
    return found


def add_targets(sheet: Sheet, meeting: Meeting, problems: list[Problem], sources: Mapping[str, int],
                source_sheet: str) -> None:  # fmt: skip
    """Write the sheet.

    Args:
        sheet: the empty sheet, with the columns of `columns_of`.
        meeting: what is shown.
        problems: the problems of plan and reports.
        sources: target id → its row on the sheet of sources, from 0.
        source_sheet: the name of that sheet.
    """
    keys = columns_of(meeting)
    add_head(sheet, meeting, _("Results by target"))
    sheet.skip()
    first = sheet.line([(headings(meeting)[key], sheet.look.head()) for key in keys], least=32)
    results = meeting.assessment.results
    for result, number in zip(results, numbering(results), strict=True):
        _row(
            sheet,
            meeting,
            result,
            number,
            problems,
            Link("→", f"'{source_sheet}'!A{sources[result.target.id] + 1}"),
        )
    last = sheet.row - 1
    column = keys.index("percent")
    sheet.sheet.conditional_format(first + 1, column, last, column, {
        "type": "data_bar", "bar_solid": True, "bar_color": BAR, "bar_border_color": BAR,
        "min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1, "bar_direction": "left",
    })  # fmt: skip
    sheet.sheet.autofilter(first, 0, last, len(keys) - 1)
    sheet.sheet.freeze_panes(first + 1, 2)
    sheet.set_page(repeat=(first, first))


def _row(  # noqa: PLR0913, PLR0917 - a row and what it refers to
    sheet: Sheet, meeting: Meeting, result: Result, number: str, problems: list[Problem],
         link: Link) -> None:  # fmt: skip
    keys = columns_of(meeting)
    at = Columns(*(xl_col_to_name(keys.index(key)) for key in ("goal", "actual")))
    row = sheet.row + 1
    goal, actual = cells.goal_cell(result), cells.actual_cell(result)
    beside = meeting.before.targets[result.target.id] if meeting.before else None
    earlier = beside.result if beside else None
    values: dict[str, Value] = {
        "number": number,
        "target": str(result.target.name),
        "unit": unit_text(meeting.assessment.plan, result.target) or "",
        "goal": goal,
        "actual": actual
        if actual != ""
        else (actual_text(result) if result.actual.state is State.VALUE else ""),
        "percent": cells.percent_cell(result, row, at, goal, actual),
        "gap": cells.gap_cell(result, row, at, goal, actual),
        "expected": cells.expected_cell(meeting.assessment.plan, result),
        "needed": cells.needed_cell(result),
        "status": status_text(result.status),
        "before": cells.figure_cell(earlier.actual, earlier.target.kind, actual_text(earlier))
        if earlier
        else "",
        "change": change_text(beside, result.target) if beside else "",
        "remark": remark(result, problems),
        "source": link,
    }
    sheet.line([(values[key], _style(sheet, key, values[key], result)) for key in keys])


def _style(sheet: Sheet, key: str, value: Value, result: Result) -> Format:
    look = sheet.look
    number = {"num_format": value.num_format} if isinstance(value, Number) else {}
    match key:
        case "target":
            return look.cell(indent=result.depth, bold=result.depth == 0)
        case "status":
            return look.toned(STATUS_WORDS[result.status][2], bold=True, align="center")
        case "number" | "source":
            return look.cell(align="center")
        case "unit" | "remark":
            return look.cell(font_size=10)
        case "expected" | "needed":
            return look.toned(Tone.PLAIN, align="right", font_color="#4B5563", **number)
        case _:
            return look.cell(align="right", **number)
