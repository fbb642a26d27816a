"""The sheet of all targets: the columns of `check`, as real numbers and formulas, and sources."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from msgspec import Struct
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name

from rehabplan.assess import Result
from rehabplan.beforetable import before_columns, sentence_on_comparability
from rehabplan.i18n import _
from rehabplan.problems import Problem
from rehabplan.summary import cells
from rehabplan.summary.cells import Columns
from rehabplan.summary.head import add_head
from rehabplan.summary.look import BAR
from rehabplan.summary.model import Meeting
from rehabplan.summary.sentences import remark
from rehabplan.summary.sheet import Link, Number, Sheet, Value, width_for
from rehabplan.table import STATUS_WORDS, check_columns
from rehabplan.tablecells import Cell, Column

_WIDTHS = {
    "number": 44, "target": 310, "goal": 112, "unit": 92, "percent": 84, "gap": 80, "expected": 80,
    "needed": 80,
    "status": 128, "remark": 190, "source": 60,
}  # fmt: skip
_WIDTH = 88


def columns_of(meeting: Meeting) -> list[Column[Result]]:
    """Return the columns: those of `check`, between a number and what a printed table needs besides."""
    plan = meeting.assessment.plan
    shown = check_columns(plan) + (before_columns(meeting.before) if meeting.before else [])
    empty = lambda _result: Cell("")  # noqa: E731 - filled by the sheet itself
    return [
        Column("number", _("No."), empty, 0),
        *shown,
        Column("remark", _("Remarks"), empty, 0),
        Column("source", _("Source"), empty, 0),
    ]


def widths(meeting: Meeting) -> list[int]:
    """Return the widths of the columns, in pixels."""
    return [width_for(one.heading, _WIDTHS.get(one.key, _WIDTH)) for one in columns_of(meeting)]


def numbering(results: Sequence[Result]) -> list[str]:
    """Return 1, 2, 2.1, 2.2, 3: parts under their whole."""
    counts: list[int] = []
    found = []
    for result in results:
        counts = counts[: result.depth + 1] + [0] * (result.depth + 1 - len(counts))
        counts[-1] += 1
        found.append(".".join(str(one) for one in counts))
    return found


def numbers_by_target(results: Sequence[Result]) -> dict[str, str]:
    """Return the number of each target's row by its id, as every sheet calls it."""
    return dict(zip((one.target.id for one in results), numbering(results), strict=True))


class Besides(Struct, frozen=True):
    """What the rows refer to besides the results."""

    problems: list[Problem]
    sources: Mapping[str, int]
    """Target id → its row on the sheet of sources, from 0."""
    source_sheet: str


def add_targets(sheet: Sheet, meeting: Meeting, besides: Besides) -> None:
    """Write the sheet."""
    columns = columns_of(meeting)
    keys = [column.key for column in columns]
    add_head(sheet, meeting, _("Results by target"))
    sheet.skip()
    first = sheet.line([(column.heading, sheet.look.head()) for column in columns], least=32)
    named = [key for key in ("goal", "actual", "before") if key in keys]
    at = Columns(*(xl_col_to_name(keys.index(key)) for key in named))
    results = meeting.assessment.results
    for result, number in zip(results, numbering(results), strict=True):
        row = _Row(meeting, result, number, besides, sheet.row + 1, at)
        line = []
        for column in columns:
            value = row.value(column)
            line.append((value, _style(sheet, column, value, result)))
        sheet.line(line)
    last, percent = sheet.row - 1, keys.index("percent")
    sheet.sheet.conditional_format(first + 1, percent, last, percent, {
        "type": "data_bar", "bar_solid": True, "bar_color": BAR, "bar_border_color": BAR,
        "min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1, "bar_direction": "left",
    })  # fmt: skip
    sheet.sheet.autofilter(first, 0, last, len(keys) - 1)
    sheet.sheet.freeze_panes(first + 1, 2)
    sheet.set_page(repeat=(first, first))


class _Row(Struct, frozen=True):
    """One target's row: the typed value of every column that has one, else its text in `check`."""

    meeting: Meeting
    result: Result
    number: str
    besides: Besides
    row: int
    at: Columns

    def value(self, column: Column[Result]) -> Value:
        typed: dict[str, Callable[[], Value]] = {
            "number": lambda: Number(Fraction(self.number), "0") if self.number.isdecimal() else self.number,
            "goal": lambda: cells.goal_cell(self.result),
            "actual": lambda: cells.actual_cell(self.result),
            "percent": lambda: cells.percent_cell(self.result, self.row, self.at),
            "gap": lambda: cells.gap_cell(self.result, self.row, self.at),
            "expected": lambda: cells.expected_cell(self.meeting.assessment.plan, self.result),
            "needed": lambda: cells.needed_cell(self.result),
            "before": self._before,
            "since_before": self._since,
            "remark": self._remark,
            "source": self._source,
        }
        if column.key in typed:
            return typed[column.key]()
        return column.cell(self.result).text

    def _before(self) -> Value:
        beside = self.meeting.before.targets[self.result.target.id] if self.meeting.before else None
        return cells.earlier_cell(beside.result) if beside and beside.result else ""

    def _since(self) -> Value:
        beside = self.meeting.before.targets[self.result.target.id] if self.meeting.before else None
        if beside is None:
            return ""
        now, then = f"{self.at.actual}{self.row}", f"{self.at.before}{self.row}"
        formula = cells.difference_formula(beside, self.result.target, now, then)
        return cells.difference_cell(beside, self.result.target, formula)

    def _remark(self) -> Value:
        beside = self.meeting.before.targets[self.result.target.id] if self.meeting.before else None
        compared = sentence_on_comparability(beside) if beside and beside.result else ""
        return "; ".join(one for one in (remark(self.result, self.besides.problems), compared) if one)

    def _source(self) -> Value:
        row = self.besides.sources[self.result.target.id] + 1
        return Link("→", f"'{self.besides.source_sheet}'!A{row}")


def _style(sheet: Sheet, column: Column[Result], value: Value, result: Result) -> Format:
    look = sheet.look
    number = {"num_format": value.num_format} if isinstance(value, Number) else {}
    match column.key:
        case "target":
            return look.cell(indent=1 + result.depth, bold=result.depth == 0)
        case "status":
            return look.status(STATUS_WORDS[result.status][2])
        case "number" | "source":
            return look.cell(align="center")
        case "unit" | "remark":
            return look.cell(font_size=10)
        case _ if column.numeric:
            return look.cell(align="right", **number)
        case _:
            return look.cell()
