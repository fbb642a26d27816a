"""Shared fixtures: a small plan, and reports written as grids."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from rehabplan.actuals.load import load_report
from rehabplan.actuals.model import Report
from rehabplan.actuals.pool import IN_PROCESS
from rehabplan.actuals.vocabulary import Vocabulary
from rehabplan.plan.load import load_plan
from rehabplan.plan.model import Plan
from rehabplan.sites import SiteIndex
from tests.grid import write_workbook
from tests.sites_plan import Bench, sites_plan

os.environ["REHABPLAN_LANG"] = "en"  # whatever the language of whoever runs the tests
os.environ[IN_PROCESS] = "1"  # the same is read with a guard and without; starting one takes its time

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # so begins what a shell runs in the background
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def guarded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read in guarded processes, as users do."""
    monkeypatch.delenv(IN_PROCESS)


@pytest.fixture(autouse=True)
def _guarded_under_pressure(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("pressure"):
        request.getfixturevalue("guarded")


PLAN = """\
year: 2024
title: {vi: "Kế hoạch", en: "Plan"}
issuer: "UBND"
sites:
  cap-xa: {count: 579, unit: commune}
targets:
  voluntary:
    name: {vi: "Cai nghiện tự nguyện", en: "Voluntary rehabilitation"}
    kind: count
    goal: 1200
    unit: person
    aliases: ["Vận động đi cai nghiện tự nguyện", {text: "Do đội tình nguyện vận động", covers: part}]
  contacts:
    name: {vi: "Tiếp cận khách hàng", en: "Contacts"}
    kind: count
    goal: 500
    unit: person-contact
  access:
    name: {vi: "Tỷ lệ người được tiếp cận dịch vụ", en: "Access to services"}
    kind: rate
    goal: "> 80%"
    unit: person
  models:
    name: {vi: "Xã, phường có mô hình", en: "Communes with a model"}
    kind: coverage
    goal: "100%"
    sites: cap-xa
  review:
    name: {vi: "Tổ chức sơ kết", en: "Review meeting"}
    kind: milestone
    goal: done
  loans:
    name: {vi: "Vốn vay", en: "Loans"}
    kind: count
    goal: 1000
    unit: million-dong
"""


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """A plan with one target of each common kind."""
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN, "utf-8")
    return load_plan(path).plan


@pytest.fixture
def report(plan: Plan, tmp_path: Path) -> Callable[[str], Report]:
    """Read a grid as a report on the small plan."""

    def read(grid: str, name: str = "report.xlsx") -> Report:
        path = tmp_path / name
        write_workbook(grid, path)
        return load_report(path, Vocabulary.of(plan, SiteIndex()))

    return read


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """A plan with four districts and six communes, and a folder for reports on it."""
    return Bench(sites_plan(tmp_path), tmp_path)
