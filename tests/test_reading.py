"""Reading workbooks: layouts, headings, labels and cells, on real .xlsx files made from grids."""

from collections.abc import Callable
from fractions import Fraction

import pytest

from rehabplan.actuals.model import Actual, Report, State
from rehabplan.combine import combine
from rehabplan.gather import gather
from rehabplan.measure.scope import Scope
from rehabplan.numbers import Amount
from rehabplan.period import Convention, Period, period_of
from rehabplan.plan.model import Plan
from rehabplan.problems import Code, RehabplanError
from rehabplan.sites import SiteIndex

Read = Callable[[str], Report]
NINE_MONTHS = period_of("9m", 2024, Convention.CALENDAR)


def exact(value: int | str | None) -> Amount | None:
    return None if value is None else Amount.exact(Fraction(value))


def codes(report: Report) -> list[Code]:
    return [item.code for item in report.problems]


def actuals(plan: Plan, report: Report) -> tuple[dict[str, Actual], list[Code]]:
    return actuals_at(plan, report, NINE_MONTHS)


def actuals_at(plan: Plan, report: Report, period: Period) -> tuple[dict[str, Actual], list[Code]]:
    gathered = gather(plan, [report], SiteIndex(), period.label)
    found = combine(plan, gathered, Scope())
    return found.actuals, [item.code for item in found.problems]


# ── layouts: the same figure, however the table is built ──────────────────────────────────────

LAYOUTS = {
    "one header row": """
STT | Nội dung | Đơn vị tính | Kế hoạch năm | Thực hiện 9 tháng | Ghi chú
1 | Cai nghiện tự nguyện | người | 1200 | 664 |
""",
    "two merged header rows": """
STT | Nội dung | ĐVT | Năm 2024 | | Ghi chú
 | | | Chỉ tiêu năm | Thực hiện 9 tháng |
1 | Cai nghiện tự nguyện | người | 1200 | 664 |
merge A1:A2
merge B1:B2
merge C1:C2
merge D1:E1
merge F1:F2
""",
    "two header rows, not merged": """
STT | Nội dung | ĐVT | Năm 2024 | | Ghi chú
 | | | Chỉ tiêu năm | Thực hiện 9 tháng |
1 | Cai nghiện tự nguyện | người | 1200 | 664 |
""",
    "three header rows over an index row": """
STT | Chỉ tiêu | ĐVT | Kết quả | |
 | | | Năm 2024 | | Ghi chú
 | | | Kế hoạch | Lũy kế |
(1) | (2) | (3) | (4) | (5) | (6)
1 | Cai nghiện tự nguyện | người | 1200 | 664 |
merge A1:A3
merge B1:B3
merge C1:C3
merge D1:F1
merge D2:E2
merge F2:F3
""",
    "furniture, sections, signature": """
UBND THÀNH PHỐ | | | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
 | | | Độc lập - Tự do - Hạnh phúc
BÁO CÁO KẾT QUẢ 9 THÁNG ĐẦU NĂM 2024
(Kèm theo Báo cáo số 12/BC-UBND ngày 05/10/2024)

TT | Nội dung chỉ tiêu | Đơn vị tính | Kết quả thực hiện
1 | 2 | 3 | 4
I | Công tác cai nghiện | |
1 | Cai nghiện tự nguyện | người | 664

 | | | Hà Nội, ngày 05 tháng 10 năm 2024
Nơi nhận: | | | GIÁM ĐỐC
- Như trên; | | | (Ký tên, đóng dấu)
- Lưu: VT. | | |
""",
    "last year's column beside this year's": """
Nội dung | 9 tháng năm 2023 | 9 tháng năm 2024
Cai nghiện tự nguyện | 555 | 664
""",
    "years without the word for year": """
TT | Chỉ tiêu | ĐVT | Kế hoạch 2024 | Thực hiện 9 tháng 2023 | Thực hiện 9 tháng 2024 | % so KH | % cùng kỳ
1 | Cai nghiện tự nguyện | người | 1200 | 600 | 664 | 55,3 | 110,7
""",
    "who does it, and when": """
Nội dung | Đơn vị thực hiện | Thời gian thực hiện | Kết quả thực hiện
Cai nghiện tự nguyện | Phòng LĐ | Quý IV | 664
""",
    "an index row of two cells": """
Nội dung | Thực hiện
A | 1
Cai nghiện tự nguyện | 664
""",
    "not at A1": """


 | | | Chỉ tiêu | Đơn vị | Số liệu

 | | | Cai nghiện tự nguyện | người | 664
""",
    "repeated header": """
Nội dung | Thực hiện
Tiếp cận khách hàng | 257
Nội dung | Thực hiện
Cai nghiện tự nguyện | 664
""",
    "two sheets": """
[Biểu 1]
Nội dung | Thực hiện
Tiếp cận khách hàng | 257
[Biểu 2]
Nội dung | Thực hiện
Cai nghiện tự nguyện | 664
""",
    "plain list by id": """
id | value
voluntary | 664
""",
    "plain list in English": """
Indicator | Value
Voluntary rehabilitation | 664
""",
    "list without a header": """
Cai nghiện tự nguyện | 664
Tiếp cận khách hàng | 257
""",
    "id beside a label that was edited": """
Mã | Nội dung | Thực hiện
voluntary | Số người đi cai (tự nguyện) | 664
""",
    "year to date beside the period alone": """
Nội dung | Thực hiện trong kỳ | Lũy kế từ đầu năm | Lũy kế cùng kỳ năm trước | So với kế hoạch (%)
Cai nghiện tự nguyện | 200 | 664 | 555 | 55.3
""",
    "result beside an estimate and last year": """
Chỉ tiêu | Kế hoạch năm | Thực hiện | Ước thực hiện cả năm | Thực hiện năm trước
Cai nghiện tự nguyện | 1200 | 664 | 1100 | 960
""",
    "blank rows inside": """
Nội dung | Thực hiện
Tiếp cận khách hàng | 257



Cai nghiện tự nguyện | 664
""",
    "last row of the sheet": "Nội dung | Thực hiện\nCai nghiện tự nguyện | 664",
}


@pytest.mark.parametrize("grid", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_layouts_give_the_same_figure(grid: str, plan: Plan, report: Read) -> None:
    read = report(grid.removeprefix("\n"))
    found, problems = actuals(plan, read)
    assert found["voluntary"].amount == exact(664)
    assert read.unplanned == ()
    assert (read.problems, problems) == ((), [])


# ── labels ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("label", "indicator"),
    [
        ("Cai nghiện tự nguyện", "voluntary"),
        ("CAI NGHIỆN TỰ NGUYỆN:", "voluntary"),
        ("1. Cai nghiện  tự\u00a0nguyện", "voluntary"),
        ("- Trong đó: Cai nghiện tự nguyện", "voluntary"),
        ("a) Vận động đi cai nghiện tự nguyện", "voluntary"),
        ("Cai nghie\u0323\u0302n tư\u0323 nguye\u0323\u0302n", "voluntary"),  # NFD
        ("Vốn vay", "loans"),
        ("Vôn vay", None),  # accents are letters
        ("Cai nghiện tự nguyên", None),
        ("Cai nghiện", None),  # no match by prefix
        ("Cai nghiện tự nguyện tại gia đình", None),
        ("Contacts", "contacts"),
        ("Contact", None),
    ],
)
def test_labels_match_after_normalising_and_never_by_likeness(
    label: str, indicator: str | None, report: Read
) -> None:
    read = report(f"Nội dung | Thực hiện\n{label} | 5")
    assert [one.indicator for one in read.observations] == ([indicator] if indicator else [])
    assert [one.label for one in read.unplanned] == ([] if indicator else [" ".join(label.split())])


def test_a_near_miss_is_only_a_question(report: Read) -> None:
    read = report("Nội dung | Thực hiện\nCai nghiện tự nguyên | 5")
    assert codes(read) == [Code.PERHAPS_TARGET]
    assert read.observations == ()


# ── cells ─────────────────────────────────────────────────────────────────────────────────────

COUNT = [
    ("664", "664", []),
    ("0", "0", []),
    ('"1.700"', "1700", []),  # 1.7 persons cannot be meant
    ('"1,700"', "1700", []),
    ('"1 700"', "1700", []),
    ('"01"', "1", []),
    ("664 người", "664", []),
    ("=600+64 -> 664", "664", []),
    ("không phát sinh", "0", []),
    ("1,1 nghìn", "1100", []),
    ("1.7", None, [Code.NOT_WHOLE]),
    ('"1,75"', None, [Code.NOT_WHOLE]),
    ("-5", None, [Code.NEGATIVE]),
    ('"(5)"', None, [Code.NEGATIVE]),
    ("!2024-06-05", None, [Code.DATE_CELL]),
    ("!#DIV/0!", None, [Code.ERROR_CELL]),
    ("=600+64", None, [Code.NOT_COMPUTED]),
    ("hàng trăm", None, [Code.NOT_A_FIGURE]),
    ("664 lượt người", None, [Code.WRONG_UNIT]),
    ("0.5%%", None, [Code.WRONG_UNIT]),
    ("x", None, [Code.NOT_A_FIGURE]),
    ('"664/1.200"', "664", []),
    ("664/1000", "664", [Code.GOAL_DIFFERS]),
]


@pytest.mark.parametrize(("cell", "value", "expected"), COUNT)
def test_cells_of_a_count(
    cell: str, value: str | None, expected: list[Code], plan: Plan, report: Read
) -> None:
    found, problems = actuals(plan, report(f"Nội dung | Thực hiện\nCai nghiện tự nguyện | {cell}"))
    assert found["voluntary"].amount == exact(value)
    assert found["voluntary"].state is (State.VALUE if value else State.REJECTED)
    assert problems == expected


@pytest.mark.parametrize("cell", ["", "-", "…", "chưa có số liệu", "Chưa báo cáo"])
def test_no_figure_is_never_zero(cell: str, plan: Plan, report: Read) -> None:
    grid = f"Nội dung | Thực hiện\nCai nghiện tự nguyện | {cell}\nTiếp cận khách hàng | 0"
    found, problems = actuals(plan, report(grid))
    assert found["voluntary"].state is State.NOT_REPORTED
    assert found["voluntary"].amount is None
    assert (found["contacts"].state, found["contacts"].amount) == (State.VALUE, exact(0))
    assert problems == []


@pytest.mark.parametrize(
    ("cell", "amount", "expected"),
    [
        ("hơn 650", Amount(Fraction(650), None, low_open=True), []),
        ("ít nhất 650 người", Amount(Fraction(650), None), []),
        ("từ 650 trở lên", Amount(Fraction(650), None), []),
        ("gần 600", Amount(None, Fraction(600), high_open=True), []),
        ("không quá 600", Amount(None, Fraction(600)), []),
        ("khoảng 600", Amount(None, None), [Code.NO_BOUND]),
    ],
)
def test_inexact_words_are_bounds(
    cell: str, amount: Amount, expected: list[Code], plan: Plan, report: Read
) -> None:
    found, problems = actuals(plan, report(f"Nội dung | Thực hiện\nCai nghiện tự nguyện | {cell}"))
    assert (found["voluntary"].amount, problems) == (amount, expected)


RATE = [
    ("0.805%%", "80.5", []),
    ("80.5", "80.5", []),
    ('"80,5%"', "80.5", []),
    ('"80.5 %"', "80.5", []),
    ('"05%"', "5", []),
    ("0", "0", []),
    ("1%%", "100", []),
    ("161/200", "80.5", []),
    ("0.805", None, [Code.PERCENT_OR_RATIO]),
    ("1", None, [Code.PERCENT_OR_RATIO]),
    ("1.2%%", None, [Code.OVER_100]),
    ("1139", None, [Code.OVER_100]),
    ("210/200", None, [Code.PART_OVER_WHOLE]),
    ("1/0", None, [Code.PART_OVER_WHOLE]),
    ("=7/8 -> 0.875", None, [Code.PERCENT_OR_RATIO]),
]


@pytest.mark.parametrize(("cell", "value", "expected"), RATE)
def test_cells_of_a_rate(
    cell: str, value: str | None, expected: list[Code], plan: Plan, report: Read
) -> None:
    grid = f"Nội dung | Thực hiện\nTỷ lệ người được tiếp cận dịch vụ | {cell}"
    found, problems = actuals(plan, report(grid))
    assert found["access"].amount == exact(value)
    assert problems == expected


def test_zero_of_zero_is_not_applicable(plan: Plan, report: Read) -> None:
    found, _ = actuals(plan, report("Nội dung | Thực hiện\nTỷ lệ người được tiếp cận dịch vụ | 0/0"))
    assert found["access"].state is State.NOT_APPLICABLE


def test_a_numerator_alone_stays_open(plan: Plan, report: Read) -> None:
    grid = "Nội dung | ĐVT | Thực hiện\nTỷ lệ người được tiếp cận dịch vụ | người | 1139"
    found, problems = actuals(plan, report(grid))
    access = found["access"]
    assert (access.amount, access.numerator, access.denominator) == (
        Amount(None, None), exact(1139), None,
    )  # fmt: skip
    assert problems == [Code.NO_DENOMINATOR]


@pytest.mark.parametrize(
    ("cell", "numerator", "denominator", "expected"),
    [
        ("570/579", 570, 579, []),
        ("570", 570, 579, []),
        ("570 xã", 570, 579, []),
        ("580", None, None, [Code.PART_OVER_WHOLE]),
        ("570 mô hình", None, None, [Code.WRONG_UNIT]),
        ("98.4", None, None, [Code.NOT_WHOLE]),
        ("0.984%%", None, None, []),
    ],
)
def test_cells_of_a_coverage(
    cell: str,
    numerator: int | None,
    denominator: int | None,
    expected: list[Code],
    plan: Plan,
    report: Read,
) -> None:
    found, problems = actuals(plan, report(f"Nội dung | Thực hiện\nXã, phường có mô hình | {cell}"))
    models = found["models"]
    assert (models.numerator, models.denominator) == (exact(numerator), exact(denominator))
    assert problems == expected


@pytest.mark.parametrize(
    ("cell", "value"),
    [("Đạt", 1), ("đã hoàn thành", 1), ("x", 1), ("1%%", 1), ("Chưa đạt", 0), ("0.5%%", 0), ("5", None)],
)
def test_cells_of_a_milestone(cell: str, value: int | None, plan: Plan, report: Read) -> None:
    found, _ = actuals(plan, report(f"Nội dung | Thực hiện\nTổ chức sơ kết | {cell}"))
    assert found["review"].amount == exact(value)


# ── how a sheet writes numbers ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("other", "value", "expected"),
    [
        ('"56049100664.36"', "5.465", []),  # English writing on this sheet
        ('"1.234.567"', "5465", []),  # Vietnamese
        ("7", None, [Code.TWO_READINGS]),  # no sign of either: ask
    ],
)
def test_the_sheets_own_evidence_decides(
    other: str, value: str | None, expected: list[Code], plan: Plan, report: Read
) -> None:
    found, problems = actuals(plan, report(f'Nội dung | Thực hiện\nKhác | {other}\nVốn vay | "5.465"'))
    assert found["loans"].amount == exact(value)
    assert problems == expected


def test_a_sheets_writing_outweighs_the_unit(plan: Plan, report: Read) -> None:
    """On an English sheet "1.700" persons is 1.7, which is questioned, not read as 1,700."""
    grid = 'Nội dung | Thực hiện\nKhác | "1,234.5"\nCai nghiện tự nguyện | "1.700"'
    found, problems = actuals(plan, report(grid))
    assert found["voluntary"].state is State.REJECTED
    assert problems == [Code.NOT_WHOLE]


# ── units, parts, repeats ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("unit", "accepted"),
    [("người", True), ("Người", True), ("học viên", True), ("", True), ("lượt người", False),
     ("lượt", False), ("hồ sơ", False), ("%", False), ("kg", False)],
)  # fmt: skip
def test_the_unit_column_must_name_the_targets_unit(
    unit: str, accepted: bool, plan: Plan, report: Read
) -> None:
    grid = f"Nội dung | Đơn vị tính | Thực hiện\nCai nghiện tự nguyện | {unit} | 664"
    found, problems = actuals(plan, report(grid))
    assert found["voluntary"].amount == (exact(664) if accepted else None)
    assert problems == ([] if accepted else [Code.WRONG_UNIT])


@pytest.mark.parametrize(
    ("cell", "low", "high"), [("570/578", 570, 571), ("578/578", 578, 579), ("570/580", 569, 570)]
)
def test_sites_that_the_report_leaves_out_stay_open(
    cell: str, low: int, high: int, plan: Plan, report: Read
) -> None:
    found, problems = actuals(plan, report(f"Nội dung | Thực hiện\nXã, phường có mô hình | {cell}"))
    assert (found["models"].denominator, problems) == (exact(579), [Code.SITES_DIFFER])
    assert found["models"].numerator == Amount(Fraction(low), Fraction(high))


def test_a_unit_above_the_table_holds_for_its_rows(plan: Plan, report: Read) -> None:
    grid = "(Đơn vị tính: {unit})\nNội dung | Thực hiện\nVốn vay | 150\nCai nghiện tự nguyện | 664"
    found, problems = actuals(plan, report(grid.format(unit="Triệu đồng")))
    assert (found["loans"].amount, found["voluntary"].state) == (exact(150), State.REJECTED)
    assert problems == [Code.WRONG_UNIT]
    found, problems = actuals(plan, report(grid.format(unit="như từng dòng")))
    assert (found["voluntary"].amount, problems) == (exact(664), [])


def test_words_of_a_milestone_do_not_begin_a_new_table(plan: Plan, report: Read) -> None:
    grid = """\
Nội dung | Thực hiện
Nhiệm vụ khác | Đã thực hiện
Nội dung phối hợp | Đang thực hiện
Tổ chức sơ kết | Đã thực hiện"""
    read = report(grid)
    found, _ = actuals(plan, read)
    assert found["review"].amount == exact(1)
    assert [row.label for row in read.unplanned] == ["Nhiệm vụ khác", "Nội dung phối hợp"]


def test_a_part_is_a_lower_bound_and_the_whole_outweighs_it(plan: Plan, report: Read) -> None:
    part = "Nội dung | Thực hiện\nDo đội tình nguyện vận động | 664"
    found, _ = actuals(plan, report(part))
    assert found["voluntary"].amount == Amount(Fraction(664), None)
    found, problems = actuals(plan, report(part + "\nCai nghiện tự nguyện | 900"))
    assert (found["voluntary"].amount, problems) == (exact(900), [])
    found, problems = actuals(plan, report(part + "\nCai nghiện tự nguyện | 600"))
    assert (found["voluntary"].state, problems) == (State.REJECTED, [Code.PART_OVER_FULL])


def test_rows_that_disagree_are_not_guessed_between(plan: Plan, report: Read) -> None:
    twice = "Nội dung | Thực hiện\nCai nghiện tự nguyện | 664\nVận động đi cai nghiện tự nguyện | "
    found, problems = actuals(plan, report(twice + "700"))
    assert (found["voluntary"].state, problems) == (State.REJECTED, [Code.DUPLICATE_ROW])
    found, problems = actuals(plan, report(twice + "664"))
    assert (found["voluntary"].amount, problems) == (exact(664), [Code.SAME_ROW_TWICE])
    found, problems = actuals(plan, report(twice))
    assert (found["voluntary"].amount, problems) == (exact(664), [])


def test_a_figure_of_the_period_alone_is_a_lower_bound(plan: Plan, report: Read) -> None:
    read = report("Nội dung | Thực hiện quý III\nCai nghiện tự nguyện | 200")
    found, problems = actuals(plan, read)
    assert found["voluntary"].amount == Amount(Fraction(200), None)
    assert problems == [Code.IN_PERIOD]
    # The first quarter is the year to date; March alone is not, whatever the period is called.
    first = period_of("q1", 2024, Convention.CALENDAR)
    for heading, expected in (
        ("quý I", None), ("trong kỳ", None), ("tháng 1", Code.PERIODS_MISSING), ("tháng 3", Code.IN_PERIOD),
    ):  # fmt: skip
        read = report(f"Nội dung | Thực hiện {heading}\nCai nghiện tự nguyện | 200")
        whole, found_codes = actuals_at(plan, read, first)
        assert whole["voluntary"].amount == (Amount(Fraction(200), None) if expected else exact(200))
        assert found_codes == ([expected] if expected else [])


def test_the_reports_own_goals_are_compared_with_the_plan(plan: Plan, report: Read) -> None:
    grid = "Nội dung | Chỉ tiêu năm | Thực hiện\nCai nghiện tự nguyện | 1300 | 664"
    _, problems = actuals(plan, report(grid))
    assert problems == [Code.GOAL_DIFFERS]
    _, problems = actuals(plan, report(grid.replace("1300", '"1.200"')))
    assert problems == []


# ── nothing dropped in silence ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("grid", "expected"),
    [
        ("Nội dung | Thực hiện\nTiếp cận khách hàng | 257\n | 99", [Code.NO_LABEL]),
        ("Nội dung | Thực hiện | Khác\nTiếp cận khách hàng | 257 | 99", [Code.FIGURES_OUTSIDE]),
        ("99\n\nNội dung | Thực hiện\nTiếp cận khách hàng | 257", [Code.FIGURES_OUTSIDE]),
        ('Nội dung | Thực hiện | Khác\nTiếp cận khách hàng | 257 | "1.200"', [Code.FIGURES_OUTSIDE]),
        ("Nội dung | Thực hiện\nTiếp cận khách hàng | 257\n[Khác]\n99", [Code.FIGURES_OUTSIDE]),
        ("Nội dung | Thực hiện\nTiếp cận khách hàng | 257\nhide row 2", [Code.HIDDEN]),
        ("Nội dung | Thực hiện | Lũy kế\nTiếp cận khách hàng | 257 | 9\nhide column C", [Code.HIDDEN]),
        (
            "Nội dung | Thực hiện\nTiếp cận khách hàng | 257\n[Ẩn hidden]\nNội dung | Thực hiện\nX | 1",
            [Code.HIDDEN],
        ),
        ("Nội dung | Thực hiện\nMột việc khác | hàng trăm", [Code.WORDS_ONLY]),
        ("Nội dung | Thực hiện | Kết quả\nTiếp cận khách hàng | 257 | 258", [Code.TWO_COLUMNS]),
        ("Nội dung | Ước thực hiện\nTiếp cận khách hàng | 257", [Code.ESTIMATE_ONLY]),
    ],
)
def test_what_is_not_used_is_named(grid: str, expected: list[Code], report: Read) -> None:
    assert codes(report(grid)) == expected


def test_a_workbook_without_a_table_is_an_error(report: Read) -> None:
    with pytest.raises(RehabplanError) as caught:
        report("Báo cáo\nĐã làm tốt")
    assert [item.code for item in caught.value.problems] == [Code.NO_TABLE]


@pytest.mark.parametrize(
    ("grid", "code"),
    [
        ("STT | Họ và tên | Năm sinh\n1 | Nguyễn Văn A | 1990", Code.PERSONAL_DATA),
        # A header without a result column is no plain list: the goal is not the result.
        ("Chỉ tiêu | Kế hoạch năm\nCai nghiện tự nguyện | 1200", Code.NO_TABLE),
        ("Chỉ tiêu | Kế hoạch năm | Ba Đình\nCai nghiện tự nguyện | 1200 | 7", Code.NO_TABLE),
        ("Chỉ tiêu | Cùng kỳ năm trước\nCai nghiện tự nguyện | 900", Code.NO_TABLE),
        ("Chỉ tiêu | So với kế hoạch (%)\nCai nghiện tự nguyện | 71", Code.NO_TABLE),
        ("Chỉ tiêu | Đơn vị tính | Kết quả\nCai nghiện tự nguyện | người | 7\nhide column C", Code.NO_TABLE),
    ],
)
def test_sheets_that_give_nothing(grid: str, code: Code, report: Read) -> None:
    with pytest.raises(RehabplanError) as caught:
        report(grid)
    assert code in [item.code for item in caught.value.problems]


@pytest.mark.parametrize(
    "grid",
    [
        "Nội dung | Thực hiện | Kết quả\nTiếp cận khách hàng | 257 | 258",
        "Nội dung | Ước thực hiện\nTiếp cận khách hàng | 257",
        "Chỉ tiêu | Thực hiện năm 2023\nTiếp cận khách hàng | 257",
    ],
)
def test_an_undecided_column_leaves_its_targets_open_not_silent(grid: str, plan: Plan, report: Read) -> None:
    found, problems = actuals(plan, report(grid))
    assert (found["contacts"].state, found["voluntary"].state) == (State.REJECTED, State.NOT_REPORTED)
    assert problems == []


def test_a_cell_merged_over_rows_belongs_to_none_of_them(plan: Plan, report: Read) -> None:
    grid = "Nội dung | Thực hiện\nCai nghiện tự nguyện | 664\nTiếp cận khách hàng |\nmerge B2:B3"
    read = report(grid)
    found, _ = actuals(plan, read)
    assert codes(read) == [Code.MERGED_VALUE]
    assert (found["voluntary"].state, found["contacts"].state) == (State.REJECTED, State.REJECTED)


@pytest.mark.parametrize(
    ("heading", "used"),
    [("Quận Ba Đình", False), ("I. HUYỆN SÓC SƠN", False), ("a) Phường Quang Trung", False),
     ("Quận, huyện, thị xã", True), ("I. Công tác cai nghiện", True), ("Xã giữ mô hình", True)],
)  # fmt: skip
def test_rows_under_a_site_are_not_the_wholes(heading: str, used: bool, plan: Plan, report: Read) -> None:
    grid = f"Nội dung | Thực hiện\n{heading} |\nCai nghiện tự nguyện | 60"
    read = report(grid)
    found, _ = actuals(plan, read)
    assert found["voluntary"].state is (State.VALUE if used else State.REJECTED)
    assert codes(read) == ([] if used else [Code.ONE_SITE])


def test_a_blank_row_of_a_site_does_not_end_its_rows(plan: Plan, report: Read) -> None:
    rows = "Quận Ba Đình |\nVốn vay |\nTiếp cận khách hàng | 7\n"
    found, _ = actuals(plan, report(f"Nội dung | Thực hiện\n{rows}Toàn thành phố |\nVốn vay | 9"))
    assert found["contacts"].state is State.REJECTED
    assert found["loans"].amount == exact(9)


def test_hidden_figures_are_not_used(plan: Plan, report: Read) -> None:
    grid = "Nội dung | Thực hiện | Lũy kế\nTiếp cận khách hàng | 257 | 9\nhide column C"
    found, _ = actuals(plan, report(grid))
    assert found["contacts"].amount == exact(257)
