"""`inspect`: how a workbook was understood; on real offices' workbooks where a folder of them is given."""

import os
import re
from pathlib import Path

import pytest

from rehabplan.actuals.describe import account
from rehabplan.actuals.vocabulary import Vocabulary
from tests.cases import run
from tests.grid import write_workbook
from tests.sites_plan import Bench

REAL = os.environ.get("REHABPLAN_REAL_WORKBOOKS", "")
GRID = """UBND QUẬN BA ĐÌNH
Kết quả 9 tháng năm 2024
STT | Nội dung | ĐVT | Kế hoạch | Lũy kế
I | Cai nghiện | | |
1 | Cai nghiện tự nguyện | người | 400 | 60
2 | Bao cao su đã phát | chiếc | | 7
3 | | | | 9
"""


def test_an_account_names_tables_columns_and_rows(bench: Bench) -> None:
    bench.report(GRID)
    found = account(bench.folder / "report.xlsx", Vocabulary.of(bench.loaded.plan, bench.loaded.sites))
    (sheet,) = found.sheets
    (table,) = sheet.tables
    assert (found.kind, sheet.site, table.header) == ("xlsx", "Quận Ba Đình", (3,))
    assert [(one.letters, *map(str, one.said)) for one in table.columns] == [
        ("A", "row number"), ("B", "indicator"), ("C", "unit of measure"), ("D", "goal of the year"),
        ("E", "result, year to date", "read"),
    ]  # fmt: skip
    marks = {3: "header", 4: "heading", 5: "target", 6: "no target", 7: "no label"}
    assert sheet.marks == marks
    assert (table.placed, table.left) == (1, 2)


@pytest.mark.parametrize("columns", [40, 80, 160])
def test_the_picture_fits_the_window(columns: int, bench: Bench) -> None:
    bench.report(GRID)
    shown = run(
        f"inspect {bench.folder / 'report.xlsx'} --plan {bench.folder / '2024.yaml'}", columns=columns
    )
    lines = shown.replace(str(bench.folder), "").splitlines()
    assert max(map(len, lines)) <= columns
    assert any(line.startswith("5 ✓") for line in lines)
    assert any(line.startswith("6 ?") for line in lines)
    assert any(line.startswith("7 !") for line in lines)


@pytest.mark.parametrize("columns", [32, 40, 60, 80, 100, 120])
def test_what_is_read_is_drawn_whole_at_any_width(columns: int) -> None:
    shown = run("inspect reports/2024-9m.xlsx", columns=columns)
    drawn = {
        int(number): rest for number, rest in re.findall(r"^ ?(\d+) [^\w\s]? *(.*)$", shown, re.MULTILINE)
    }
    read = {16: "570/579", 19: "hàng trăm", 25: "2932", 27: "52873", 28: "664", 29: "1139", 38: "257/500"}
    for row, text in read.items():
        assert re.search(rf" {text}( |$)", drawn[row]), drawn[row]
    assert re.search("Cấp xã (c|…)", drawn[16])
    assert drawn[5] == "9 tháng đầu năm 2024"
    assert ("Columns not drawn at this width:" in " ".join(shown.split())) == (columns < 60)


def test_many_read_columns_fall_away_from_the_right_and_are_named(bench: Bench) -> None:
    names = [f"Xã {letter}" for letter in "ABCDEFGHIJKL"]
    head = "STT | Nội dung | ĐVT | " + " | ".join(f"Lũy kế {one}" for one in names)
    figures = " | ".join(str(1_234_567 + at) for at in range(len(names)))
    bench.report(
        f"UBND QUẬN BA ĐÌNH\nKết quả 9 tháng năm 2024\n{head}\n1 | Cai nghiện tự nguyện | người | {figures}"
    )
    shown = run(f"inspect {bench.folder / 'report.xlsx'} --plan {bench.folder / '2024.yaml'}", columns=40)
    (drawn,) = re.findall(r"^4 .*$", shown, re.MULTILINE)
    found = re.findall(r"\d{2,}", drawn)
    assert found
    assert all(len(one) == 7 for one in found)
    assert "Cai nghiện" in drawn
    assert "Columns not drawn at this width:" in " ".join(shown.split())


def test_what_is_not_understood_comes_with_a_layout_to_complete(bench: Bench) -> None:
    grid = "BÁO CÁO\nMã | Khoản mục A | Số X | Số Y\n10 | abc | 1 | 2\n11 | abd | 3 | 4"
    write_workbook(grid, bench.folder / "report.xlsx")
    shown = run(f"inspect {bench.folder / 'report.xlsx'} --plan {bench.folder / '2024.yaml'}")
    assert "header: [2, 2]" in shown
    assert '"report.xlsx":' in shown


@pytest.mark.skipif(not REAL, reason="REHABPLAN_REAL_WORKBOOKS names no folder of real workbooks")
def test_real_workbooks_get_a_sensible_account() -> None:
    """Each ends in an account without a fault of ours; a sheet with figures has a table or a guess."""
    files = sorted(path for path in Path(REAL).iterdir() if path.suffix.startswith(".xls"))
    assert files
    for path in files:
        found = account(path, Vocabulary())
        for sheet in found.sheets:
            figures = sum(text.replace(".", "").isdecimal() for text in sheet.texts.values())
            assert sheet.tables or sheet.guess or figures < 20, f"{path.name} › {sheet.name}"
        assert "fault" not in run(f"inspect {path}")
