"""Workbooks saved by a real spreadsheet program: LibreOffice saves anew what a test wrote."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell import Cell
from typer.testing import CliRunner

from rehabplan.actuals.workbook import open_workbook
from rehabplan.cli import app
from rehabplan.summary.allfacts import all_facts
from rehabplan.summary.template import fill_template
from tests.cases import ROOT
from tests.conftest import PLAN
from tests.grid import write_workbook
from tests.office_template import office_template, parts_of, with_drawing
from tests.sites_plan import Bench

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")


def saved_anew(workbook: Path, folder: Path) -> Path:
    """Let LibreOffice open a workbook, compute it, and save it."""
    command = [
        str(SOFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
        "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder), str(workbook),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603 - our own words
    return folder / workbook.name


def checked(plan: Path, report: Path, *options: str) -> dict[str, list[dict[str, object]]]:
    """Return what `check` says, without the path of the report."""
    arguments = ["check", str(plan), "--actuals", str(report), "--format", "json", *options]
    result = CliRunner().invoke(app, arguments)
    document: dict[str, list[dict[str, object]]] = json.loads(result.stdout.replace(str(report), "REPORT"))
    return document


def test_the_shipped_report_saved_by_libreoffice_says_the_same(tmp_path: Path) -> None:
    plan, report = ROOT / "plans" / "2024.yaml", ROOT / "reports" / "2024-9m.xlsx"
    again = saved_anew(report, tmp_path)
    assert checked(plan, again) == checked(plan, report)


def test_formulas_and_percentages_computed_by_libreoffice(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(PLAN, "utf-8")
    source = tmp_path / "source" / "2024-9m.xlsx"
    source.parent.mkdir()
    grid = """\
STT | Nội dung | ĐVT | Thực hiện
1 | Cai nghiện tự nguyện | người | =SUM(600,64)
2 | Tỷ lệ người được tiếp cận dịch vụ | % | 0.805%%
3 | Vốn vay | triệu đồng | =1/0
4 | Xã, phường có mô hình | xã | =569+1
"""
    write_workbook(grid, source)
    before = {item["id"]: item for item in checked(plan, source)["targets"]}
    after_all = checked(plan, saved_anew(source, tmp_path))
    after = {item["id"]: item for item in after_all["targets"]}
    states = {name: (before[name]["actual"], after[name]["actual"]) for name in after}

    def low(name: str) -> tuple[object, object]:
        old, new = states[name]
        assert isinstance(old, dict)
        assert isinstance(new, dict)
        return old["low"], new["low"]

    assert low("voluntary") == (None, 664)  # never computed, then computed
    assert low("access") == (80.5, 80.5)
    assert low("models")[1] == 98.445596
    assert low("loans") == (None, None)
    assert [item["code"] for item in after_all["problems"]] == ["RP503"]


def test_a_filled_template_is_worked_out_and_keeps_its_looks(bench: Bench, tmp_path: Path) -> None:
    report = bench.check(
        "Chỉ tiêu | Lũy kế từ đầu năm\nCai nghiện tự nguyện | 664\nĐiều trị Methadone | 6300\n"
    )
    rows: list[tuple[object, ...]] = [(1, "Cai nghiện tự nguyện"), (2, "Điều trị Methadone")]
    source = tmp_path / "source" / "out.xlsx"
    source.parent.mkdir()
    template = with_drawing(office_template(rows))
    source.write_bytes(fill_template(template, "mau.xlsx", all_facts(report.assessment)).content)
    again = saved_anew(source, tmp_path)
    sheet = open_workbook(again).sheets[0]
    assert [sheet.cells[row, 5].value for row in (10, 11, 12)] == [664, 6300, 6964]
    assert sheet.cells[4, 1].text == "TỔNG HỢP KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU 2024"
    book = load_workbook(again)
    cell = book.worksheets[0]["B10"]
    assert isinstance(cell, Cell)
    assert cell.font.name == "Times New Roman"
    names = parts_of(again.read_bytes())
    assert any(name.startswith("xl/media/") for name in names)
    assert any("Đã báo cáo".encode() in content for content in names.values())
