"""Layouts in which a careless reader finds a wrong figure: each with what a careful clerk concludes."""

from fractions import Fraction

import pytest

from rehabplan.actuals.model import State
from rehabplan.numbers import Amount
from rehabplan.problems import Code
from tests.sites_plan import Bench

T = "KẾT QUẢ 9 THÁNG NĂM 2024\n"
UNIT = "TT | Nội dung | ĐVT | "
ROW = "1 | Cai nghiện tự nguyện | người | "
SITES = "TT | Quận, huyện | "


def exact(value: int) -> Amount:
    return Amount.exact(value)


def least(value: int) -> Amount:
    return Amount(Fraction(value), None)


REJECTED = State.REJECTED
CASES: dict[str, tuple[str, Amount | State, list[Code]]] = {
    # Titles that say what the figures are.
    "an allocation of the plan": (
        "PHÂN BỔ CHỈ TIÊU KẾ HOẠCH NĂM 2024\n" + SITES + "Cai nghiện tự nguyện\n1 | Quận Ba Đình | 300",
        REJECTED, [Code.NOT_RESULTS]),
    "what remains to be done": (
        "SỐ CÒN PHẢI THỰC HIỆN NĂM 2024\n" + SITES + "Cai nghiện tự nguyện\n1 | Quận Ba Đình | 300",
        REJECTED, [Code.NOT_RESULTS]),
    "a report on carrying out the plan": (
        "BÁO CÁO KẾT QUẢ THỰC HIỆN KẾ HOẠCH NĂM 2024\n(Kèm theo Kế hoạch số 1/KH-UBND)\n" + UNIT
        + "Giá trị\n" + ROW + "210", exact(210), []),
    "two titled tables under one header": (
        T + "Biểu 1. Hồ sơ cai nghiện bắt buộc\nTT | Quận, huyện | Thực hiện\n1 | Quận Ba Đình | 400\n"
        "Biểu 2. Số người cai nghiện tự nguyện\nTT | Quận, huyện | Thực hiện\n1 | Quận Đống Đa | 210",
        least(210), []),
    "a plan for next year below": (
        T + UNIT + "Thực hiện\n" + ROW + "210\nPHƯƠNG HƯỚNG NĂM 2025\n" + UNIT + "Kế hoạch\n" + ROW + "300",
        exact(210), []),
    "a line of next year between the rows": (
        T + UNIT + "Thực hiện\n" + ROW + "210\nDỰ KIẾN NĂM 2025\n" + ROW + "300",
        exact(210), [Code.NOT_RESULTS]),
    "a group of rows for each year": (
        T + UNIT + "Kết quả\nI | Năm 2023 | |\n" + ROW + "190\nII | Năm 2024 | |\n" + ROW + "210",
        exact(210), [Code.NOT_RESULTS]),
    "last year's sheet beside this year's": (
        "[2024]\nKết quả 9 tháng\n" + UNIT + "Thực hiện\n" + ROW + "210\n[2023]\nKết quả 9 tháng\n" + UNIT
        + "Thực hiện\n" + ROW + "190", exact(210), [Code.NOT_RESULTS]),
    "columns of two years under a title of results": (
        T + UNIT + "Năm 2023 | Năm 2024\n" + ROW + "190 | 210", exact(210), []),
    # Headings.
    "a figure that looks like a district's code, under no heading": (
        T + UNIT + "Thực hiện |\n" + ROW + "1 | 002", exact(1), [Code.FIGURES_OUTSIDE]),
    "a figure that looks like a district's code, under remarks": (
        T + UNIT + "Thực hiện | Ghi chú\n" + ROW + "1 | 002", exact(1), []),
    "since the beginning": (
        T + UNIT + "Kết quả thực hiện | Lũy kế từ khi triển khai đến nay\n" + ROW + "210 | 9000", exact(210), []),
    "halves of the year": (
        "KẾT QUẢ CẢ NĂM 2024\n" + UNIT + "6 tháng đầu năm | 6 tháng cuối năm | Cả năm\n" + ROW + "100 | 110 | 210",
        exact(210), []),
    "eight months, and an estimate of nine": (
        T + UNIT + "Thực hiện 8 tháng | Ước thực hiện 9 tháng\n" + ROW + "190 | 210",
        least(190), [Code.PERIODS_MISSING, Code.PERIODS_DIFFER]),
    "the sum, and of which": (
        T + UNIT + "Kết quả | \n | | | Tổng số | Trong đó: nữ\nmerge D2:E2\n" + ROW + "210 | 20", exact(210), []),
    "days without a year": (
        T + UNIT + "Đến 31/3 | Đến 30/6 | Đến 30/9\n" + ROW + "60 | 110 | 210", exact(210), []),
    "the next quarter's plan": (
        T + UNIT + "Quý I | Quý II | Quý III | Quý IV\n" + ROW + "60 | 50 | 100 | 90",
        exact(210), [Code.PERIOD_AHEAD]),
    "quarters that are not their sum": (
        T + UNIT + "Quý I | Quý II | Quý III | Lũy kế\n" + ROW + "60 | 50 | 90 | 210",
        exact(210), [Code.PERIODS_DIFFER_FROM_SUM]),
    "the quarter above the year to date": (
        T + UNIT + "Trong quý III | Lũy kế\n" + ROW + "300 | 210", REJECTED, [Code.SPAN_OVER_YEAR]),
    # Narrower than the target.
    "of which, under something else": (
        T + UNIT + "Thực hiện\n1 | Người dưới 18 tuổi | người | 40\n"
        " | Trong đó: Cai nghiện tự nguyện | người | 12", least(12), []),
    "only women": (T + "(Chỉ tính số nữ)\n" + UNIT + "Thực hiện\n" + ROW + "12", least(12), []),
    "one facility": (
        T + UNIT + "Thực hiện\nI | Cơ sở cai nghiện số 1 | |\n" + ROW + "12", least(12), []),
    # Rows.
    "plan and result in rows": (
        T + SITES + "Chia theo | Cai nghiện tự nguyện\n1 | Quận Ba Đình | Kế hoạch | 400\n"
        " | | Thực hiện | 210", least(210), []),
    "plan and result in rows, without a heading": (
        T + SITES + " | Cai nghiện tự nguyện\n1 | Quận Ba Đình | KH | 400\n | | TH | 210", least(210), []),
    "men and women in rows": (
        T + SITES + "Chia theo | Cai nghiện tự nguyện\n1 | Quận Ba Đình | Nam | 190\n | | Nữ | 20",
        REJECTED, [Code.DUPLICATE_ROW]),
    "sites under each indicator": (
        T + UNIT + "Thực hiện\n" + ROW + "210\n | Quận Ba Đình | người | 60\n | Quận Đống Đa | người | 50\n"
        " | Huyện Sóc Sơn | người | 100\n | Thị xã Sơn Tây | người | 0", exact(210), []),
    "two tables side by side": (
        T + "TT | Quận, huyện | Hồ sơ cai nghiện bắt buộc | | TT | Quận, huyện | Cai nghiện tự nguyện\n"
        "1 | Quận Ba Đình | 7 | | 1 | Thị xã Sơn Tây | 210", least(210), []),
    "a sum merged over number and name": (
        T + SITES + "Cai nghiện tự nguyện\n1 | Quận Ba Đình | 210\nTỔNG CỘNG | | 200\nmerge A4:B4",
        least(210), [Code.SUM_DIFFERS]),
    "sums of a printed page": (
        T + SITES + "Cai nghiện tự nguyện\n1 | Quận Ba Đình | 110\nCộng trang 1 | | 110\nMang sang | | 110\n"
        "2 | Quận Đống Đa | 100", least(210), []),
    "the sum below each district": (
        T + SITES + "Cai nghiện tự nguyện\nI | Quận Ba Đình |\n1 | Phường Phúc Xá | 60\n2 | Phường Trúc Bạch | 50\n"
        " | Cộng | 110\nII | Quận Đống Đa |\n1 | Phường Quang Trung | 100\n | Cộng quận Đống Đa | 100",
        least(210), []),
    "all others in one row": (
        T + SITES + "Cai nghiện tự nguyện\n1 | Quận Ba Đình | 210\n2 | Các đơn vị còn lại | 90",
        least(210), [Code.UNKNOWN_SITE]),
    "a misspelt district with a roman number": (
        T + SITES + "Cai nghiện tự nguyện\nI | Quận Ba Đình | 210\nII | Huyện Sóc Son | 90",
        least(210), [Code.UNKNOWN_SITE]),
    "a commune of another district": (
        "UBND HUYỆN SÓC SƠN\n" + T + "TT | Xã | Cai nghiện tự nguyện\n1 | Phù Linh | 210\n2 | Trúc Bạch | 90",
        least(210), [Code.SITE_ELSEWHERE]),
    "a district's name that a town has too": (
        T + SITES + "Cai nghiện tự nguyện\n1 | Ba Đình | 110\n2 | Sóc Sơn | 100", least(210), []),
    # Lists with periods.
    "quarters in a list": (
        T + "Quận, huyện | Chỉ tiêu | Kỳ | Giá trị\nBa Đình | Cai nghiện tự nguyện | Q1 | 60\n"
        "Ba Đình | Cai nghiện tự nguyện | Q2 | 50\nBa Đình | Cai nghiện tự nguyện | Q3 | 100", least(210), []),
    "last year and estimates in a list": (
        T + "Quận, huyện | Chỉ tiêu | Kỳ | Giá trị\nBa Đình | Cai nghiện tự nguyện | 9 tháng 2024 | 210\n"
        "Đống Đa | Cai nghiện tự nguyện | 9 tháng 2023 | 90\n"
        "Sơn Tây | Cai nghiện tự nguyện | Ước 9 tháng 2024 | 80", least(210), []),
    "a header of two rows without merged cells": (
        T + "TT | Đơn vị | Cai nghiện tự nguyện | |\n | | Kế hoạch | Thực hiện | Tỷ lệ %\n"
        "1 | Quận Ba Đình | 400 | 210 | 52.5", least(210), []),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_a_careful_clerk_concludes(case: str, bench: Bench) -> None:
    grid, expected, codes = CASES[case]
    said = "9 tháng" in grid.casefold() or "CẢ NĂM" in grid
    found = bench.check(grid, label=None if said else "9m")
    actual = found.result("voluntary").actual
    single = found.by_site("voluntary")
    if isinstance(expected, State):
        states = {one.state for one in single.values()} | {actual.state}
        assert expected in states
        assert actual.amount is None or actual.amount.low is None
    else:
        assert actual.amount == expected
    assert sorted(code.number for code in found.codes) == sorted(code.number for code in codes)


def test_a_workbook_with_a_sheet_for_each_quarter(bench: Bench) -> None:
    sheets = "\n".join(
        f"[Q{at}]\nKết quả quý {name} năm 2024\nNội dung | ĐVT | Thực hiện trong quý\n"
        f"Cai nghiện tự nguyện | người | {number}"
        for at, (name, number) in enumerate((("I", 60), ("II", 50), ("III", 100)), start=1)
    )
    found = bench.check(sheets, label=None)
    assert (found.amount("voluntary"), found.codes) == (Amount.exact(210), [])


def test_a_count_to_date_that_falls_is_told(bench: Bench) -> None:
    grid = "Kết quả {} năm 2024\nNội dung | ĐVT | Lũy kế\nCai nghiện tự nguyện | người | {}"
    found = bench.check(grid.format("6 tháng", 300), grid.format("9 tháng", 210), label=None)
    assert found.codes == [Code.FALLS]


def test_a_file_that_does_not_say_whose_it_is(bench: Bench) -> None:
    """Beside files of sites it is nobody's, and never the whole city's."""
    body = "Kết quả 9 tháng năm 2024\nNội dung | ĐVT | Lũy kế\nCai nghiện tự nguyện | người | {}"
    found = bench.check("UBND QUẬN BA ĐÌNH\n" + body.format(60), body.format(9), label=None)
    assert found.amount("voluntary") == Amount(Fraction(60), None)
    assert found.codes == [Code.WHOSE]


def test_a_later_quarters_report_without_the_words_to_date_is_told(bench: Bench) -> None:
    grid = "Kết quả quý III năm 2024\nNội dung | ĐVT | Thực hiện\nCai nghiện tự nguyện | người | 210"
    found = bench.check(grid, label=None)
    assert (found.amount("voluntary"), found.codes) == (Amount.exact(210), [Code.SPAN_UNSAID])


def test_stock_over_periods_is_the_last_level(bench: Bench) -> None:
    head = "Nội dung | ĐVT | {}\nĐiều trị Methadone | bệnh nhân | {}"
    for headings, cells in (
        ("Quý I | Quý II | Quý III", "6150 | 6200 | 6300"),
        ("Đầu kỳ | Tăng trong kỳ | Giảm trong kỳ | Cuối kỳ", "6200 | 150 | 50 | 6300"),
        ("Đầu năm | Phát sinh tăng | Phát sinh giảm | Hiện có", "6200 | 150 | 50 | 6300"),
    ):
        found = bench.check(head.format(headings, cells))
        assert (found.amount("treatment"), found.codes) == (Amount.exact(6300), [])
