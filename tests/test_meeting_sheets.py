"""What a chair sees: the chart, the heat map, figures as numbers, and where pages end."""

import re
import subprocess
import zipfile
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from rehabplan.summary.pages import page_breaks, room_on_page, scale_for
from rehabplan.summary.sheet import Number, shown_text
from rehabplan.text import shortened
from tests.cases import ROOT
from tests.grid import write_workbook
from tests.test_summary import (
    PDFTOTEXT,
    SHIPPED,
    converted,
    here,
    made,
    needs_office,
    needs_pdf,
    opened,
    table_of,
)

__all__ = ["here"]

EVERY = f"{ROOT}/tests/every_kind/plan.yaml --actuals every.xlsx --period 9m"
LONG = "Người sau cai nghiện trở về nơi cư trú được hỗ trợ học nghề, vay vốn, tạo việc làm " * 3


# ── the chart ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Drawn:
    """The chart as the file holds it."""

    title: str
    names: list[str]
    reached: list[str]
    due: list[str]
    hatched: set[int]
    rows: tuple[int, int]
    breaks: list[int]
    end: float


def drawn(content: bytes) -> Drawn:
    """Read the chart of the first sheet."""
    package = zipfile.ZipFile(BytesIO(content))
    chart = package.read("xl/charts/chart1.xml").decode()
    first, second = re.findall(r"<c:ser>.*?</c:ser>", chart, re.DOTALL)
    reached, due = (re.findall(r"<c:dLbl>.*?<a:t>(.*?)</a:t>", one, re.DOTALL) for one in (first, second))
    categories = re.search(r"<c:cat>(.*?)</c:cat>", first, re.DOTALL)
    assert categories
    points = re.findall(r'<c:dPt><c:idx val="(\d+)"/>(.*?)</c:dPt>', first, re.DOTALL)
    rows = re.findall(r"<xdr:row>(\d+)</xdr:row>", package.read("xl/drawings/drawing1.xml").decode())
    sheet = package.read("xl/worksheets/sheet1.xml").decode()
    title = re.search(r"<c:title>.*?<a:t>(.*?)</a:t>", chart, re.DOTALL)
    end = re.search(r'<c:max val="([\d.]+)"', chart)
    assert title
    assert end
    return Drawn(
        title[1], re.findall(r"<c:v>(.*?)</c:v>", categories[1]), reached, due,
        {int(at) for at, style in points if "pattFill" in style}, (int(rows[0]), int(rows[1])),
        [int(row) for row in re.findall(r'<brk id="(\d+)"', sheet)], float(end[1]),
    )  # fmt: skip


@pytest.fixture
def every(here: Path) -> Path:
    grid = (ROOT / "tests" / "every_kind" / "report.grid").read_text("utf-8")
    write_workbook(grid, here / "every.xlsx")
    return here


@pytest.mark.usefixtures("every")
def test_what_is_below_its_goal_never_reads_100_percent() -> None:
    chart = drawn(made(EVERY))
    found = dict(zip(chart.names, zip(chart.reached, chart.due, strict=True), strict=True))
    access = next(texts for name, texts in found.items() if name.startswith("! 4. "))
    assert access == ("99.95%", "100%")
    # Only what is exactly on its pace shows the same figure twice.
    assert [name for name, (reached, due) in found.items() if reached == due] == ["▲ 1. Persons counselled"]


@pytest.mark.usefixtures("every")
def test_the_title_counts_what_is_there() -> None:
    chart = drawn(made(EVERY))
    assert chart.title == (
        f"Completion against pace, in percent of each goal: {len(chart.names)} of 42 targets, worst first"
    )


@pytest.mark.usefixtures("here")
def test_a_bound_is_no_exact_bar() -> None:
    chart = drawn(made(SHIPPED))
    at = next(at for at, name in enumerate(chart.names) if "Voluntary" in name)
    assert chart.reached[at] == "≥ 55.3%"
    assert chart.hatched == {at}
    assert "hatched" in texts_of(opened(made(SHIPPED))["Summary"])


@pytest.mark.usefixtures("here")
def test_the_lowest_against_its_pace_comes_first_with_its_status() -> None:
    chart = drawn(made("2024.yaml --actuals 2024/9m.xlsx"))
    shares = [
        float(reached.strip("≥ %")) / float(due.strip("%"))
        for reached, due in zip(chart.reached, chart.due, strict=True)
    ]
    assert shares == sorted(shares)
    assert all(re.match(r"[✓▲!▼✗?] [\d.]+\. ", name) for name in chart.names)


@pytest.mark.usefixtures("here")
def test_where_all_that_is_known_is_nothing_or_all_there_is_no_bar() -> None:
    """A share of which one site of four is silent may be anything."""
    grid = (
        "BÁO CÁO 9 THÁNG NĂM 2024\nSTT|Quận, huyện, thị xã|Người được tiếp cận dịch vụ\n1|Quận Ba Đình|9/10\n"
    )
    write_workbook(grid, Path("part.xlsx"))
    content = made("2024.yaml --actuals part.xlsx")
    assert "xl/charts/chart1.xml" not in zipfile.ZipFile(BytesIO(content)).namelist()


@pytest.mark.usefixtures("here")
def test_one_figure_far_above_its_goal_does_not_press_the_others() -> None:
    grid = """BÁO CÁO 9 THÁNG NĂM 2024
STT|Chỉ tiêu|Đơn vị tính|Lũy kế từ đầu năm
1|Cai nghiện tự nguyện|người|120000
2|Hồ sơ cai nghiện bắt buộc|hồ sơ|900
"""
    write_workbook(grid, Path("far.xlsx"))
    content = made("2024.yaml --actuals far.xlsx")
    chart = drawn(content)
    assert chart.end == 1.4
    assert chart.reached[-1] == "10,000%"
    assert "bars end at 140%" in texts_of(opened(content)["Summary"])


@pytest.mark.usefixtures("every")
@pytest.mark.parametrize(
    "head", ["", "--office 'Sở A' --superior 'UBND B'", f"--annex I --attached-to '{LONG * 6}'"]
)
@pytest.mark.parametrize("arguments", [SHIPPED, EVERY])
def test_the_chart_stands_on_one_page(arguments: str, head: str) -> None:
    chart = drawn(made(f"{arguments} {head}"))
    first, last = chart.rows
    assert [row for row in chart.breaks if first < row <= last] == []


@pytest.mark.usefixtures("every")
@pytest.mark.parametrize(("arguments", "repeated"), [(SHIPPED, False), (EVERY, True)])
def test_a_list_of_decisions_over_two_pages_has_its_heading_on_both(arguments: str, repeated: bool) -> None:
    sheet = opened(made(arguments))["Summary"]
    heading = next(row[0].row for row in sheet.iter_rows() if row[0].value == "No.")
    assert sheet.print_title_rows == (f"${heading}:${heading}" if repeated else None)


def texts_of(sheet: Worksheet) -> str:
    return "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None)


# ── the heat map ──────────────────────────────────────────────────────────────────────────────


def heat(content: bytes) -> dict[str, list[Cell]]:
    """Return the heat map's rows by site."""
    sheet = opened(content)["By site"]
    rows: dict[str, list[Any]] = {
        str(row[1].value): list(row[2:]) for row in sheet.iter_rows() if row[1].value
    }
    return rows


@pytest.mark.usefixtures("here")
def test_a_status_is_told_without_colour() -> None:
    row = heat(made("2024.yaml --actuals 2024/9m.xlsx"))
    assert row["Quận Ba Đình"][0].value == pytest.approx(330 / 400)
    assert row["Quận Ba Đình"][0].number_format == '"▲ "#,##0.0%'
    assert row["Huyện Sóc Sơn"][0].number_format == '"▼ "#,##0%'
    assert row["Quận Ba Đình"][1].number_format == "#,##0"  # the plan gives no share of it


@pytest.mark.usefixtures("here")
def test_what_is_not_due_does_not_look_like_a_missing_report() -> None:
    text = Path("2024.yaml").read_text("utf-8").replace("goal: 1200\n", "goal: 1200\n    pace: year_end\n")
    Path("2024.yaml").write_text(text, "utf-8")
    grid = "BÁO CÁO 9 THÁNG NĂM 2024\nSTT|Đơn vị|Cai nghiện tự nguyện\n1|Quận Ba Đình|0\n2|Quận Đống Đa|\n"
    write_workbook(grid, Path("part.xlsx"))
    rows = heat(made("2024.yaml --actuals part.xlsx"))
    due, silent = rows["Quận Ba Đình"][0], rows["Quận Đống Đa"][0]
    assert (due.value, due.number_format) == (0, '"· "#,##0%')
    assert silent.value == "○"
    assert due.fill.fill_type is None
    assert silent.fill.fgColor.rgb == "FFD1D5DB"


@pytest.mark.usefixtures("here")
def test_leaders_and_laggards_have_their_own_sheet() -> None:
    sheet = opened(made("2024.yaml --actuals 2024/9m.xlsx"))["Ranking"]
    row = next(row for row in sheet.iter_rows(values_only=True) if row[1] == "Voluntary rehabilitation")
    assert str(row[3]).split("\n")[0] == "Quận Đống Đa: 86.7% ▲"
    assert str(row[4]).split("\n")[-1] == "Huyện Sóc Sơn: 40% ▼"


@pytest.mark.usefixtures("here")
def test_long_names_are_short_over_columns_and_whole_elsewhere() -> None:
    text = Path("2024.yaml").read_text("utf-8").replace('en: "Voluntary rehabilitation"', f'en: "{LONG}"')
    Path("2024.yaml").write_text(text, "utf-8")
    content = made("2024.yaml --actuals 2024/9m.xlsx")
    book = opened(content)
    assert LONG.strip() not in texts_of(book["By site"])
    assert "1. Người sau cai nghiện" in texts_of(book["By site"])
    for name in ("Targets", "Ranking", "Sources"):
        assert LONG.strip() in texts_of(book[name])
    assert all(len(name) < 80 for name in drawn(content).names)


def wide_reports(figure: int) -> None:
    """Write a report with a figure of many digits."""
    rows = "".join(
        f"{at}|{name}|{figure}|{figure}|1/3\n" for at, name in enumerate(("Quận Ba Đình", "Quận Đống Đa"), 1)
    )
    heads = "Cai nghiện tự nguyện (người)|Hồ sơ cai nghiện bắt buộc (hồ sơ)|Người được tiếp cận dịch vụ"
    write_workbook(f"BÁO CÁO 9 THÁNG NĂM 2024\nSTT|Quận, huyện, thị xã|{heads}\n{rows}", Path("wide.xlsx"))


@needs_office
@needs_pdf
def test_no_figure_is_too_wide_for_its_column(here: Path) -> None:
    wide_reports(12_345_678_901_234)
    pdf = converted(made("2024.yaml --actuals wide.xlsx"), here, "pdf")
    command = [str(PDFTOTEXT), str(pdf), "-"]
    text = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode()  # noqa: S603
    assert "##" not in text
    assert "12,345,678,901,234" in text


# ── figures are numbers ───────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("here")
def test_the_course_holds_numbers() -> None:
    content = made("2024.yaml --actuals 2024")
    sheet, values = opened(content)["Course"], opened(content, values=True)["Course"]
    head = next(row for row in sheet.iter_rows() if row[1].value == "Target")
    columns = {str(cell.value): cell.column for cell in head}
    row = next(one[0].row for one in sheet.iter_rows() if one[1].value == "Voluntary rehabilitation")
    assert isinstance(row, int)

    def at(heading: str, below: int = 0) -> tuple[object, object, str]:
        found, column = sheet.cell(row + below, columns[heading] or 0), columns[heading] or 0
        return found.value, values.cell(row + below, column).value, str(found.number_format)

    assert at("9 months")[:2] == (860, 860)
    formula, value, style = at("9 months", below=1)
    assert re.fullmatch(r"=D\d+-C\d+", str(formula))
    assert (value, style) == (350, '+#,##0;-#,##0;"±"#,##0')
    _, value, style = at("Year end")
    assert value == pytest.approx(860 * 366 / 274)
    assert style == '"~ "#,##0'
    assert at("Annual plan")[:2] == (1200, 1200)
    access = next(one[0].row for one in sheet.iter_rows() if one[1].value == "Access to services")
    assert isinstance(access, int)
    assert sheet.cell(access, columns["Annual plan"] or 0).number_format == '"> "#,##0%'
    assert sheet.cell(access + 1, columns["9 months"] or 0).number_format.endswith('" pts"')


@pytest.mark.usefixtures("here")
def test_the_years_hold_numbers() -> None:
    content = made("2024.yaml --actuals 2024/9m.xlsx --previous 2023")
    row = next(iter(table_of(opened(content)["Against last year"])))
    assert row["% of plan 2024"].value == pytest.approx(860 / 1200)
    assert row["% of plan 2023"].value == pytest.approx(840 / 1000)
    assert row["% of plan 2023"].number_format == "#,##0%"
    target = next(iter(table_of(opened(content)["Targets"])))
    assert re.fullmatch(r"=[A-Z]+\d+-[A-Z]+\d+", target["Since nine months of 2023"].value)
    shown = next(iter(table_of(opened(content, values=True)["Targets"])))
    assert shown["Since nine months of 2023"].value == 20


@pytest.mark.usefixtures("here")
def test_bounds_beside_the_year_before_are_numbers_with_their_sign() -> None:
    grid = "BÁO CÁO 9 THÁNG NĂM 2024\nSTT|Quận, huyện, thị xã|Cai nghiện tự nguyện\n1|Quận Ba Đình|330\n"
    write_workbook(grid, Path("part.xlsx"))
    row = next(
        iter(table_of(opened(made("2024.yaml --actuals part.xlsx --previous 2023"))["Against last year"]))
    )
    assert (row["% of plan 2024"].value, row["% of plan 2024"].number_format) == (0.275, '"≥ "#,##0.0%')


# ── where pages end ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("heights", "kept", "repeat", "wanted"),
    [
        ([10] * 10, set(), None, [4, 8]),
        ([10] * 10, {3}, None, [3, 7]),
        ([10] * 10, {0, 1, 2, 3, 4}, None, [4, 8]),  # what is higher than a page is parted all the same
        ([10] * 10, set(), (0, 0), [4, 7]),
        ([10] * 4, set(), None, []),
        ([50, 10], set(), None, [1]),
        ([], set(), None, []),
    ],
)
def test_page_breaks(
    heights: list[float], kept: set[int], repeat: tuple[int, int] | None, wanted: list[int]
) -> None:
    assert page_breaks(heights, kept, 40, repeat) == wanted


@given(st.lists(st.integers(5, 60), max_size=60), st.sets(st.integers(0, 60)))
def test_no_page_is_too_full_and_nothing_is_parted_without_need(heights: list[int], kept: set[int]) -> None:
    room = 100
    found = page_breaks([float(one) for one in heights], kept, room)
    ends = [0, *found, len(heights)]
    assert ends == sorted(set(ends)) or not heights
    for first, last in pairwise(ends):
        assert sum(heights[first:last]) <= room
        if last < len(heights) and last - 1 in kept:
            block = [row for row in range(first, last) if all(one in kept for one in range(row, last))]
            assert block[0] == first  # the whole page is one block


def test_scales() -> None:
    assert scale_for(100) == 100
    assert scale_for(1428) == 48
    assert room_on_page(1428) > 2 * room_on_page(100)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Number(Fraction(1234567)), "1,234,567"),
        (Number(Fraction("0.5137"), '"▼ ≥ "#,##0.0%'), "▼ ≥ 51.4%"),
        (Number(Fraction(-4), '+#,##0.0" pts";-#,##0.0" pts"'), " pts4.0-"),
        (Number(Fraction(-4), "#,##0"), "-4"),
    ],
)
def test_shown_text_has_all_that_takes_room(number: Number, text: str) -> None:
    assert sorted(shown_text(number)) == sorted(text)


@pytest.mark.parametrize(
    ("text", "most", "wanted"),
    [
        ("one two", 7, "one two"),
        ("one two three", 9, "one two…"),
        ("one, two", 6, "one…"),
        ("abcdefgh", 4, "abc…"),
        ("abc-123456", 8, "abc…"),
    ],
)
def test_shortened(text: str, most: int, wanted: str) -> None:
    assert shortened(text, most) == wanted
