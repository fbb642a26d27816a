"""A small plan with four districts and their six communes, and reports on it written as grids."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from rehabplan.actuals.load import load_report
from rehabplan.actuals.model import Actual, Report
from rehabplan.actuals.vocabulary import Vocabulary
from rehabplan.assess import Assessment, Result, assess
from rehabplan.gather import gather
from rehabplan.measure.scope import Scope
from rehabplan.numbers import Amount
from rehabplan.plan.load import LoadedPlan, load_plan
from rehabplan.problems import Code
from tests.grid import write_workbook

COMMUNES = """\
district_code,district,commune_code,commune
001,Quận Ba Đình,00001,Phường Phúc Xá
001,Quận Ba Đình,00004,Phường Trúc Bạch
002,Quận Đống Đa,00010,Phường Quang Trung
003,Huyện Sóc Sơn,00020,Xã Phù Linh
003,Huyện Sóc Sơn,00021,Thị trấn Sóc Sơn
004,Thị xã Sơn Tây,00030,Phường Quang Trung
"""
SHARES = """\
district_code,voluntary
001,400
002,300
003,300
004,200
"""
PLAN = """\
year: 2024
title: {vi: "Kế hoạch", en: "Plan"}
issuer: "UBND thành phố Hà Nội"
sites:
  districts: {count: 4, unit: district, list: xa.csv, key: district_code}
  communes: {count: 6, unit: commune, list: xa.csv, key: commune_code, within: districts}
shares: {sites: districts, list: giao.csv}
targets:
  voluntary:
    name: {vi: "Cai nghiện tự nguyện", en: "Voluntary rehabilitation"}
    kind: count
    goal: 1200
    unit: person
  dossiers:
    name: {vi: "Hồ sơ cai nghiện bắt buộc", en: "Compulsory dossiers"}
    kind: count
    goal: 1700
    unit: dossier
  treatment:
    name: {vi: "Điều trị Methadone", en: "Methadone treatment"}
    kind: stock
    goal: 6500
    unit: patient
    baseline: {value: 6100, year: 2023}
  access:
    name: {vi: "Người được tiếp cận dịch vụ", en: "Access to services"}
    kind: rate
    goal: "> 80%"
    unit: person
  models:
    name: {vi: "Xã, phường có mô hình", en: "Communes with a model"}
    kind: coverage
    goal: "100%"
    sites: communes
  own-model:
    name: {vi: "Cấp huyện có mô hình riêng", en: "Districts with their own model"}
    kind: coverage
    goal: {each: 1}
    sites: districts
  review:
    name: {vi: "Tổ chức sơ kết", en: "Review meeting"}
    kind: milestone
    goal: done
"""


def sites_plan(folder: Path) -> LoadedPlan:
    """Write the plan with its lists into a folder, and load it."""
    (folder / "xa.csv").write_text(COMMUNES, "utf-8")
    (folder / "giao.csv").write_text(SHARES, "utf-8")
    (folder / "2024.yaml").write_text(PLAN, "utf-8")
    return load_plan(folder / "2024.yaml")


@dataclass(frozen=True)
class Bench:
    """The plan, and a folder for reports on it."""

    loaded: LoadedPlan
    folder: Path

    def report(self, grid: str, name: str = "report.xlsx") -> Report:
        """Read a grid as a report."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_workbook(grid, path)
        return self.read(path)

    def read(self, path: Path) -> Report:
        """Read a file as a report."""
        return load_report(path, Vocabulary.of(self.loaded.plan, self.loaded.sites))

    def assessed(self, reports: Sequence[Report], label: str | None = None) -> Assessment:
        """Judge the plan by reports."""
        plan, sites = self.loaded.plan, self.loaded.sites
        gathered = gather(plan, reports, sites, label)
        return assess(plan, gathered, Scope(sites, self.loaded.shares))

    def check(self, *grids: str, label: str | None = "9m") -> "Found":
        """Judge the plan by reports written as grids."""
        reports = [self.report(grid, f"report-{at}.xlsx") for at, grid in enumerate(grids)]
        return Found(self, self.assessed(reports, label))


@dataclass(frozen=True)
class Found:
    """An assessment, easy to ask."""

    bench: Bench
    assessment: Assessment

    def result(self, target: str) -> Result:
        """Return a target's result."""
        return next(one for one in self.assessment.results if one.target.id == target)

    def amount(self, target: str) -> Amount | None:
        """Return a target's actual."""
        return self.result(target).actual.amount

    def by_site(self, target: str) -> dict[str, Actual]:
        """Return the figures by the sites' full names."""
        rolled = self.result(target).sites
        index = self.bench.loaded.sites
        return {index.label(one.site): one.actual for one in rolled.figures} if rolled else {}

    def values(self, target: str) -> dict[str, int | Fraction | None]:
        """Return the exact figures by site; of a share its numerator."""
        found: dict[str, int | Fraction | None] = {}
        for name, actual in self.by_site(target).items():
            amount = actual.numerator or actual.amount
            found[name] = amount.value if amount else None
        return found

    @property
    def codes(self) -> list[Code]:
        """The problems' codes, each once."""
        return list(dict.fromkeys(item.code for item in self.assessment.problems))
