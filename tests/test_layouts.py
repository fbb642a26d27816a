"""The same figures in every layout give the same actuals, site by site and as a whole."""

from fractions import Fraction

import pytest

from rehabplan.numbers import Amount
from rehabplan.problems import Code
from tests.sites_plan import Bench

TITLE = "UBND THÀNH PHỐ HÀ NỘI\nKẾT QUẢ CAI NGHIỆN 9 THÁNG ĐẦU NĂM 2024\n"
# voluntary and dossiers of the four districts: 210 persons and 155 dossiers in all.
ROWS = {
    "Quận Ba Đình": (60, 55),
    "Quận Đống Đa": (50, 40),
    "Huyện Sóc Sơn": (100, 0),
    "Thị xã Sơn Tây": (0, 60),
}


def in_rows(*, total: str = "", first: bool = False) -> str:
    rows = [f"{at} | {name} | {a} | {b}" for at, (name, (a, b)) in enumerate(ROWS.items(), start=1)]
    sums = [f" | {total} | 210 | 155"] if total else []
    return "\n".join(sums + rows if first else rows + sums)


def indicators(a: int, b: int) -> str:
    return f"1 | Cai nghiện tự nguyện | người | {a}\n2 | Hồ sơ cai nghiện bắt buộc | hồ sơ | {b}"


HEAD = "STT | Chỉ tiêu | Đơn vị tính | Lũy kế từ đầu năm"
LAYOUTS = {
    "sites in rows": TITLE + "STT | Đơn vị | Cai nghiện tự nguyện | Hồ sơ cai nghiện bắt buộc\n" + in_rows(),
    "a total at the bottom": TITLE
    + "STT | Quận, huyện | Cai nghiện tự nguyện (người) | Hồ sơ cai nghiện bắt buộc (hồ sơ)\n"
    + in_rows(total="Tổng cộng"),
    "a total at the top": TITLE
    + "TT | Địa phương | Cai nghiện tự nguyện | Hồ sơ cai nghiện bắt buộc\n"
    + in_rows(total="Toàn thành phố", first=True),
    "the whole by its name at the top": TITLE
    + "TT | Tên đơn vị | Cai nghiện tự nguyện | Hồ sơ cai nghiện bắt buộc\n"
    + in_rows(total="Thành phố Hà Nội", first=True),
    "two tiers, merged": TITLE
    + """STT | Đơn vị | Cai nghiện tự nguyện | | | Hồ sơ cai nghiện bắt buộc | |
 | | Kế hoạch | Thực hiện | Tỷ lệ % | Kế hoạch | Thực hiện | Tỷ lệ %
merge A3:A4
merge B3:B4
merge C3:E3
merge F3:H3
1 | Quận Ba Đình | 400 | 60 | 15 | 500 | 55 | 11
2 | Quận Đống Đa | 300 | 50 | 16.7 | 400 | 40 | 10
3 | Huyện Sóc Sơn | 300 | 100 | 33.3 | 400 | 0 | 0
4 | Thị xã Sơn Tây | 200 | 0 | 0 | 400 | 60 | 15
""",
    "three tiers over an index row": TITLE
    + """STT | Đơn vị | Kết quả thực hiện | | |
 | | Cai nghiện tự nguyện | | Hồ sơ cai nghiện bắt buộc |
 | | Trong kỳ | Lũy kế | Trong kỳ | Lũy kế
merge A3:A5
merge B3:B5
merge C3:F3
merge C4:D4
merge E4:F4
(1) | (2) | (3) | (4) | (5) | (6)
1 | Quận Ba Đình | 20 | 60 | 5 | 55
2 | Quận Đống Đa | 20 | 50 | 5 | 40
3 | Huyện Sóc Sơn | 30 | 100 | 0 | 0
4 | Thị xã Sơn Tây | 0 | 0 | 10 | 60
""",
    "groups of sites": TITLE
    + """STT | Đơn vị | Cai nghiện tự nguyện | Hồ sơ cai nghiện bắt buộc
I | Khối quận | 110 | 95
1 | Quận Ba Đình | 60 | 55
2 | Quận Đống Đa | 50 | 40
II | Khối huyện, thị xã | 100 | 60
1 | Huyện Sóc Sơn | 100 | 0
2 | Thị xã Sơn Tây | 0 | 60
""",
    "not at A1, blank rows inside": TITLE
    + """

 | | STT | Đơn vị | Cai nghiện tự nguyện | Hồ sơ cai nghiện bắt buộc
 | | 1 | Quận Ba Đình | 60 | 55

 | | 2 | Quận Đống Đa | 50 | 40
 | | 3 | Huyện Sóc Sơn | 100 | 0

 | | 4 | Thị xã Sơn Tây | 0 | 60

 | | Nơi nhận: | | NGƯỜI LẬP BIỂU
 | | | | (Ký, ghi rõ họ tên)
""",
    "the header repeated": TITLE
    + """STT | Đơn vị | Cai nghiện tự nguyện | Hồ sơ cai nghiện bắt buộc
1 | Quận Ba Đình | 60 | 55
2 | Quận Đống Đa | 50 | 40
STT | Đơn vị | Cai nghiện tự nguyện | Hồ sơ cai nghiện bắt buộc
3 | Huyện Sóc Sơn | 100 | 0
4 | Thị xã Sơn Tây | 0 | 60
""",
    "two tables side by side in height": TITLE
    + """Biểu 1. Kết quả cai nghiện tự nguyện
STT | Đơn vị | Kế hoạch | Thực hiện
1 | Quận Ba Đình | 400 | 60
2 | Quận Đống Đa | 300 | 50
3 | Huyện Sóc Sơn | 300 | 100
4 | Thị xã Sơn Tây | 200 | 0

Biểu 2. Kết quả lập hồ sơ cai nghiện bắt buộc
STT | Đơn vị | Kế hoạch | Đã thực hiện
1 | Quận Ba Đình | 500 | 55
2 | Quận Đống Đa | 400 | 40
3 | Huyện Sóc Sơn | 400 | 0
4 | Thị xã Sơn Tây | 400 | 60
""",
    "sites in columns": TITLE
    + """STT | Chỉ tiêu | ĐVT | Quận Ba Đình | Quận Đống Đa | Huyện Sóc Sơn | Thị xã Sơn Tây | Tổng cộng
1 | Cai nghiện tự nguyện | người | 60 | 50 | 100 | 0 | 210
2 | Hồ sơ cai nghiện bắt buộc | hồ sơ | 55 | 40 | 0 | 60 | 155
""",
    "sites in columns, plan and result each": TITLE
    + """STT | Chỉ tiêu | ĐVT | Q. Ba Đình | | Q. Đống Đa | | H. Sóc Sơn | | TX Sơn Tây |
 | | | KH | TH | KH | TH | KH | TH | KH | TH
merge A3:A4
merge B3:B4
merge C3:C4
merge D3:E3
merge F3:G3
merge H3:I3
merge J3:K3
1 | Cai nghiện tự nguyện | người | 400 | 60 | 300 | 50 | 300 | 100 | 200 | 0
2 | Hồ sơ cai nghiện bắt buộc | hồ sơ | 500 | 55 | 400 | 40 | 400 | 0 | 400 | 60
""",
    "long form": TITLE
    + "Đơn vị | Chỉ tiêu | ĐVT | Giá trị\n"
    + "\n".join(
        f"{name} | Cai nghiện tự nguyện | người | {a}\n{name} | Hồ sơ cai nghiện bắt buộc | hồ sơ | {b}"
        for name, (a, b) in ROWS.items()
    ),
    "long form, each site named once": TITLE
    + "Quận, huyện, thị xã | Chỉ tiêu | ĐVT | Thực hiện\n"
    + "\n".join(
        f"{name} | Cai nghiện tự nguyện | người | {a}\n | Hồ sơ cai nghiện bắt buộc | hồ sơ | {b}"
        for name, (a, b) in ROWS.items()
    ),
    "long form with ids and periods": "site | id | period | value\n"
    + "\n".join(
        f"{name} | voluntary | {label} | {a * part // 4}\n{name} | dossiers | {label} | {b * part // 4}"
        for name, (a, b) in ROWS.items()
        for label, part in (("q1", 1), ("6m", 2), ("9m", 4))
    ),
    "a sheet for each site": "\n".join(
        f"[{name.split(' ', 2 if name.startswith('Thị') else 1)[-1]}]\n{TITLE}{HEAD}\n{indicators(a, b)}"
        for name, (a, b) in ROWS.items()
    ),
    "a sheet for each site, named in its title": "\n".join(
        f"[Sheet{at}]\nUBND {name.upper()}\nKết quả 9 tháng năm 2024\n{HEAD}\n{indicators(a, b)}"
        for at, (name, (a, b)) in enumerate(ROWS.items())
    ),
    "blocks under each site's name": TITLE
    + HEAD
    + "\n"
    + "\n".join(
        f"{'I' * at} | {name} | |\n{indicators(a, b)}" for at, (name, (a, b)) in enumerate(ROWS.items(), 1)
    ),
    "a table for each site below the other": TITLE
    + "\n".join(f"{name}\n{HEAD}\n{indicators(a, b)}\n" for name, (a, b) in ROWS.items()),
    "text numbers": TITLE
    + "STT | Đơn vị | Cai nghiện tự nguyện | Hồ sơ cai nghiện bắt buộc\n"
    + "\n".join(f'{at} | {name} | "{a}" | "{b}"' for at, (name, (a, b)) in enumerate(ROWS.items(), start=1)),
    "names as offices shorten them": TITLE
    + """TT | Đơn vị | Cai nghiện tự nguyện | Hồ sơ cai nghiện bắt buộc
1 | UBND Quận Ba Đình | 60 | 55
2 | Đống Đa | 50 | 40
3 | H.Sóc Sơn | 100 | 0
4 | TX. Sơn Tây | 0 | 60
""",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_the_same_figures(layout: str, bench: Bench) -> None:
    found = bench.check(LAYOUTS[layout])
    assert found.values("voluntary") == {name: a for name, (a, _b) in ROWS.items()}
    assert found.values("dossiers") == {name: b for name, (_a, b) in ROWS.items()}
    assert found.amount("voluntary") == Amount.exact(210)
    assert found.amount("dossiers") == Amount.exact(155)
    expected = {
        "two tiers, merged",
        "sites in columns, plan and result each",
        "two tables side by side in height",
    }
    assert found.codes == (
        [] if layout not in expected else [code for code in found.codes if code is Code.GOAL_DIFFERS]
    )


def test_a_workbook_for_each_site(bench: Bench) -> None:
    grids = [
        f"UBND {name.upper()}\nKết quả 9 tháng năm 2024\n{HEAD}\n{indicators(a, b)}"
        for name, (a, b) in ROWS.items()
    ]
    found = bench.check(*grids, label=None)
    assert found.amount("voluntary") == Amount.exact(210)
    assert found.values("dossiers") == {name: b for name, (_a, b) in ROWS.items()}
    assert found.codes == []


@pytest.mark.parametrize(
    ("head", "row", "voluntary"),
    [
        ("Quý I | Quý II | Quý III", "60 | 50 | 100", Amount.exact(210)),
        ("Q1 | Q2 | Q3 | Q4", "60 | 50 | 100 |", Amount.exact(210)),
        ("Thực hiện 6 tháng | Thực hiện quý III", "110 | 100", Amount.exact(210)),
        ("Thực hiện quý III | Lũy kế 9 tháng", "100 | 210", Amount.exact(210)),
        ("3 tháng | 6 tháng | 9 tháng", "60 | 110 | 210", Amount.exact(210)),
        ("6 tháng | 9 tháng", "110 |", Amount(Fraction(110), None)),
        ("Quý I | Quý II | Quý III", "60 | | 100", Amount(Fraction(160), None)),
        ("Quý II | Quý III", "50 | 100", Amount(Fraction(150), None)),
        ("Tháng 1 | Tháng 2 | Tháng 3 | Tháng 4 | Tháng 5 | Tháng 6 | Tháng 7 | Tháng 8 | Tháng 9",
         "10 | 20 | 30 | 20 | 20 | 10 | 50 | 30 | 20", Amount.exact(210)),
        ("Cùng kỳ năm trước | Kế hoạch năm | Ước thực hiện | Lũy kế từ đầu năm", "190 | 1200 | 230 | 210",
         Amount.exact(210)),
        ("Trong kỳ | Lũy kế | Hiện có", "100 | 210 | 180", Amount.exact(210)),
    ],
)  # fmt: skip
def test_columns_of_periods(head: str, row: str, voluntary: Amount, bench: Bench) -> None:
    """What single periods brought is added for a count; where one is missing it is the least."""
    found = bench.check(f"Nội dung | ĐVT | {head}\nCai nghiện tự nguyện | người | {row}")
    assert found.amount("voluntary") == voluntary
    gap = voluntary.value is None
    assert (Code.PERIODS_MISSING in found.codes) is gap


def test_a_stock_takes_the_level_at_the_cut_off(bench: Bench) -> None:
    """Of a stock neither the period's own figure nor a sum over the year is the level."""
    found = bench.check(
        "Nội dung | ĐVT | Trong kỳ | Lũy kế | Hiện có\nĐiều trị Methadone | bệnh nhân | 40 | 300 | 6250"
    )
    assert found.amount("treatment") == Amount.exact(6250)
    quarters = bench.check(
        "Nội dung | ĐVT | 3 tháng | 6 tháng | 9 tháng\nĐiều trị Methadone | bệnh nhân | 6110 | 6150 | 6250"
    )
    assert quarters.amount("treatment") == Amount.exact(6250)


def test_in_period_reports_are_added_up_with_the_earlier_ones_at_hand(bench: Bench) -> None:
    grids = [
        f"Báo cáo quý {quarter} năm 2024\nNội dung | ĐVT | Thực hiện trong quý\nCai nghiện tự nguyện | người | {number}"
        for quarter, number in (("I", 60), ("II", 50), ("III", 100))
    ]
    assert bench.check(*grids, label=None).amount("voluntary") == Amount.exact(210)
    without = bench.check(grids[0], grids[2], label=None)
    assert without.amount("voluntary") == Amount(Fraction(160), None)
    assert without.codes == [Code.PERIODS_MISSING]
    assert bench.check(grids[2], label=None).codes == [Code.IN_PERIOD]
