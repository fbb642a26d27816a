"""What headings and titles say: columns of results are never confused with plans, rests or other years."""

from collections.abc import Callable
from datetime import date

import pytest

from rehabplan.actuals.headings import role_of, unit_in, unit_line
from rehabplan.actuals.model import Report
from rehabplan.actuals.roles import Role
from rehabplan.period import canonical_label, clue_in_name, clue_in_title
from rehabplan.problems import Code


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("STT", Role.NUMBER),
        ("Nội dung", Role.LABEL),
        ("Chỉ tiêu", Role.LABEL),
        ("Tên chỉ tiêu", Role.LABEL),
        ("Nội dung nhiệm vụ giao", Role.LABEL),
        ("Mã", Role.ID),
        ("ĐVT", Role.UNIT),
        ("Đơn vị", Role.UNIT),
        ("Đơn vị thực hiện", Role.NOTE),
        ("Thời gian thực hiện", Role.NOTE),
        ("Ghi chú", Role.NOTE),
        ("Kế hoạch năm 2024", Role.GOAL),
        ("Chỉ tiêu năm", Role.GOAL),
        ("Chỉ tiêu 9 tháng", Role.GOAL),
        ("Lũy kế kế hoạch 9 tháng", Role.GOAL),
        ("KH lũy kế đến tháng", Role.GOAL),
        ("Giao", Role.GOAL),
        ("Dự kiến 9 tháng", Role.GOAL),
        ("Nhiệm vụ giao 9 tháng", Role.GOAL),
        ("Số lượng kế hoạch", Role.GOAL),
        ("Thực hiện 9 tháng", Role.YEAR_TO_DATE),
        ("Lũy kế từ đầu năm", Role.YEAR_TO_DATE),
        ("Thực hiện kế hoạch 9 tháng", Role.YEAR_TO_DATE),
        ("8 tháng", Role.YEAR_TO_DATE),
        ("Thực hiện", Role.ACTUAL),
        ("Kết quả", Role.ACTUAL),
        ("Đã thực hiện", Role.ACTUAL),
        ("Đạt", Role.ACTUAL),
        ("Số liệu", Role.ACTUAL),
        ("Value", Role.ACTUAL),
        ("Thực hiện năm báo cáo", Role.ACTUAL),
        ("Thực hiện quý III", Role.IN_PERIOD),
        ("Trong kỳ", Role.IN_PERIOD),
        ("Tháng 9", Role.IN_PERIOD),
        ("Thực hiện tháng báo cáo", Role.IN_PERIOD),
        ("Phát sinh trong quý", Role.IN_PERIOD),
        ("Ước thực hiện cả năm", Role.ESTIMATE),
        ("Cùng kỳ năm trước", Role.EARLIER),
        ("Từ đầu năm đến hết tháng trước", Role.EARLIER),
        ("Lũy kế cùng kỳ năm trước", Role.EARLIER),
        ("So với kế hoạch (%)", Role.COMPARISON),
        ("Tỷ lệ đạt", Role.COMPARISON),
        ("% thực hiện", Role.COMPARISON),
        ("Số còn phải thực hiện", Role.OTHER),
        ("Số chưa thực hiện", Role.OTHER),
        ("Còn thiếu", Role.OTHER),
        ("Họ và tên", Role.PERSON),
        ("Năm 2024", None),
        ("Ba Đình", None),
    ],
)
def test_headings(heading: str, role: Role | None) -> None:
    assert role_of(heading) is role
    assert role_of(heading.upper()) is role


@pytest.mark.parametrize(
    ("tiers", "role"),
    [
        (("Kế hoạch", "9 tháng"), Role.GOAL),
        (("Kế hoạch", "Lũy kế đến tháng 9"), Role.GOAL),
        (("Kế hoạch", "Số lượng"), Role.GOAL),
        (("Kết quả", "Năm 2024", "Kế hoạch"), Role.GOAL),
        (("Năm 2024", "Chỉ tiêu năm"), Role.GOAL),
        (("Thực hiện", "9 tháng"), Role.YEAR_TO_DATE),
        (("Kết quả", "Năm 2024", "Lũy kế"), Role.YEAR_TO_DATE),
        (("Năm 2024", "Thực hiện 9 tháng"), Role.YEAR_TO_DATE),
        (("Thực hiện", "Trong kỳ"), Role.IN_PERIOD),
        (("Thực hiện", "Số lượng"), Role.ACTUAL),
        (("Thực hiện", "So với kế hoạch (%)"), Role.COMPARISON),
        (("Cùng kỳ năm trước", "Số lượng"), Role.EARLIER),
    ],
)
def test_the_lowest_tier_that_speaks_decides(tiers: tuple[str, ...], role: Role) -> None:
    assert role_of(*tiers) is role


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("Thực hiện 9 tháng (nghìn người)", "nghìn người"),
        ("Kết quả (lượt)", "lượt"),
        ("Nội dung (ĐVT: lượt)", "lượt"),
        ("Kết quả (lũy kế)", ""),
        ("Kết quả (%)", ""),
        ("Kết quả", ""),
    ],
)
def test_units_in_headings(heading: str, unit: str) -> None:
    assert unit_in(heading) == unit


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("Đơn vị tính: triệu đồng", "triệu đồng"),
        ("(ĐVT: trăm người)", "trăm người"),
        ("Đơn vị tính: người, hồ sơ", ""),
        ("Đơn vị tính: như từng dòng", ""),
        ("Đơn vị: Quận 1", "quận 1"),
        ("Kết quả năm 2024", ""),
    ],
)
def test_units_above_tables(line: str, unit: str) -> None:
    assert unit_line(line) == unit


@pytest.mark.parametrize(
    ("title", "label", "cutoff", "year"),
    [
        ("9 tháng đầu năm 2024", "9m", None, 2024),
        ("KẾT QUẢ THỰC HIỆN QUÝ III NĂM 2024", "9m", None, 2024),
        ("BÁO CÁO KẾT QUẢ 9 THÁNG ĐẦU NĂM, NHIỆM VỤ QUÝ IV NĂM 2024", "9m", None, 2024),
        ("Kế hoạch công tác quý IV/2024 và kết quả quý III/2024", "9m", None, 2024),
        ("Kết quả thực hiện nhiệm vụ 6 tháng năm 2024", "6m", None, 2024),
        ("Kết quả quý III/2024, so sánh với quý II/2024", "9m", None, 2024),
        ("9 tháng năm 2024 so với 9 tháng năm 2023", "9m", None, 2024),
        ("Báo cáo 9T/2024", "9m", None, 2024),
        ("8 tháng năm 2024", "m8", None, 2024),
        ("cả năm 2024", "year", None, 2024),
        ("(tính đến ngày 15/11/2024)", None, date(2024, 11, 15), 2024),
        ("đến ngày 30 tháng 9 năm 2024", None, date(2024, 9, 30), 2024),
        ("Reporting period: nine months (2024-01-01 to 2024-09-30)", "9m", date(2024, 9, 30), 2024),
        ("Reporting period: 5 months (2023-12-15 to 2024-05-14)", "m5", date(2024, 5, 14), 2024),
        ("Reporting period: first quarter (2024-01-01 to 2024-03-31)", "q1", date(2024, 3, 31), 2024),
        ("Reporting period: the whole year (2024-01-01 to 2024-12-31)", "year", date(2024, 12, 31), 2024),
        ("Kế hoạch năm 2024", None, None, 2024),
    ],
)
def test_periods_in_titles(title: str, label: str | None, cutoff: date | None, year: int) -> None:
    clue = clue_in_title(title)
    assert clue is not None
    assert (clue.label, clue.cutoff, clue.year) == (label, cutoff, year)


@pytest.mark.parametrize(
    "text",
    [
        "Hà Nội, ngày 05 tháng 10 năm 2024",
        "(Kèm theo Báo cáo số 12/BC-UBND ngày 05/10/2024)",
        "Nội dung",
        "Từ tháng 1",
        "6 tháng cuối năm",
    ],
)
def test_other_dates_say_nothing_about_the_period(text: str) -> None:
    assert clue_in_title(text) is None


@pytest.mark.parametrize(
    ("stem", "label", "year"),
    [
        ("2024-9m", "9m", 2024),
        ("q3", "9m", None),
        ("quy-iii-2024", "9m", 2024),
        ("bao-cao-6-thang", "6m", None),
        ("hop_9_thang", "9m", None),
        ("T9-2024", "m9", 2024),
        ("ca-nam-2024", "year", 2024),
        ("report-2024", None, 2024),
    ],
)
def test_periods_in_file_names(stem: str, label: str | None, year: int | None) -> None:
    clue = clue_in_name(stem)
    assert clue is not None
    assert (clue.label, clue.year) == (label, year)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("q2", "6m"),
        ("Q3", "9m"),
        ("q4", "year"),
        ("3m", "q1"),
        ("8m", "m8"),
        ("m8", "m8"),
        ("m13", None),
        ("h2", None),
        ("", None),
    ],
)
def test_labels(text: str, label: str | None) -> None:
    assert canonical_label(text) == label


Read = Callable[[str], Report]

TWO_TIERS = """\
Nội dung | Kế hoạch | | Thực hiện
 | Năm | 9 tháng |
Cai nghiện tự nguyện | 1200 | 898 | 664
merge A1:A2
merge B1:C1
merge D1:D2"""

NEXT_YEAR_BELOW = """\
Nội dung | Kết quả
Cai nghiện tự nguyện | 664

STT | Nội dung | ĐVT | Kế hoạch năm 2025
1 | Cai nghiện tự nguyện | người | 1800"""


@pytest.mark.parametrize(
    "grid",
    [
        "Nội dung | Chỉ tiêu 9 tháng | Kết quả\nCai nghiện tự nguyện | 898 | 664",
        "Nội dung | Số còn phải thực hiện | Kết quả\nCai nghiện tự nguyện | 536 | 664",
        "Nội dung | Thực hiện 9 tháng 2023 | Kết quả\nCai nghiện tự nguyện | 898 | 664",
        "Nội dung | Thực hiện năm 2024 | Lũy kế giai đoạn 2021-2024\nCai nghiện tự nguyện | 664 | 4100",
        TWO_TIERS,
        "Nội dung | ĐVT | Đạt\nCai nghiện tự nguyện | người | 664",
        NEXT_YEAR_BELOW,
    ],
)
def test_no_other_column_is_taken_for_the_result(grid: str, report: Read) -> None:
    assert [one.figure.raw for one in report(grid).observations] == ["664"]


@pytest.mark.parametrize("heading", ["Thực hiện năm 2023", "Kết quả 2023", "Thực hiện 2021-2024"])
def test_a_column_of_another_year_is_no_result_even_alone(heading: str, report: Read) -> None:
    read = report(f"Nội dung | {heading}\nCai nghiện tự nguyện | 664")
    assert [item.code for item in read.problems] == [Code.OTHER_YEAR]
    assert [one.figure.raw for one in read.observations] == [""]


def test_a_cell_far_out_does_not_stop_the_reading(report: Read) -> None:
    """A value in the last cell of a sheet: only cells that exist are walked."""
    far = "Nội dung | Kết quả\nCai nghiện tự nguyện | 664\nmerge XFC1048576:XFD1048576"
    assert [one.figure.raw for one in report(far).observations] == ["664"]


def test_without_a_year_to_date_figure_that_of_the_period_is_read(report: Read) -> None:
    grid = (
        "Nội dung | Thực hiện quý III | Lũy kế\nCai nghiện tự nguyện | 100 |\nTiếp cận khách hàng | 1 | 257"
    )
    read = report(grid)
    assert [(one.figure.raw, one.basis.name) for one in read.observations] == [
        ("100", "IN_PERIOD"),
        ("257", "YEAR_TO_DATE"),
    ]
