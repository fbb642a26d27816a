"""Workbooks saved by a real spreadsheet program: LibreOffice saves anew what a test wrote."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rehabplan.cli import app
from tests.cases import ROOT
from tests.conftest import PLAN
from tests.grid import write_workbook

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
