"""Whole screens in Vietnamese, to be read as an officer reads them; and no English word is left in any.

REHABPLAN_REGEN=1 writes the expected outputs anew.
"""

import os
import re
import shutil
from pathlib import Path

import pytest
from scripts.texts import singular, texts

from tests.cases import HERE, ROOT, case_folders, prepared, run
from tests.grid import write_workbook
from tests.sites_plan import sites_plan

SCREENS = HERE / "vietnamese"
REPORT = "--actuals reports/2024-9m.xlsx"
DISTRICTS = """\
Kết quả 9 tháng đầu năm 2024
Đơn vị báo cáo | Cai nghiện tự nguyện | Hồ sơ cai nghiện bắt buộc | Người được tiếp cận dịch vụ
 | người | hồ sơ | %
Quận Ba Đình | 350 | 1200 | 85,5
Quận Đống Đa | 120 | 310 | 78
Huyện Sóc Sơn | 260 | | 1.234
"""
BROKEN = """\
year: 2024
title: {vi: "Kế hoạch", en: "Plan"}
issuer: "UBND"
language: fr
sites:
  cap-xa: {count: 579, unit: commune}
targets:
  voluntary:
    name: {vi: "Cai nghiện tự nguyện", en: "Voluntary rehabilitation"}
    kind: counts
    goal: 1.500
    unit: person
  contacts:
    name: {vi: "Tiếp cận khách hàng"}
    kind: count
    gaol: 500
    unit: person-contact
  access:
    name: {vi: "Tiếp cận dịch vụ", en: "Access to services"}
    kind: rate
    goal: "> 180%"
    unit: person
  models:
    name: {vi: "Xã, phường có mô hình", en: "Communes with a model"}
    kind: coverage
    goal: "100%"
    sites: cap-huyen
"""
CASES = {
    "check-160": (160, "repository", f"check 2024 {REPORT}"),
    "check-80": (80, "repository", f"check 2024 {REPORT}"),
    "check-40": (40, "repository", f"check 2024 {REPORT}"),
    "by-site-120": (120, "sites", "check 2024.yaml --actuals 2024-9m.xlsx --by site"),
    "one-site-80": (80, "sites", "check 2024.yaml --actuals 2024-9m.xlsx --site 'Quận Ba Đình'"),
    "trend-120": (120, "year", "trend plan.yaml --actuals q1.xlsx --actuals 6m.xlsx --actuals 9m.xlsx"),
    "trend-60": (60, "year", "trend plan.yaml --actuals q1.xlsx --actuals 6m.xlsx --actuals 9m.xlsx"),
    "diff-110": (110, "repository", "diff 2023 2024"),
    "diff-series-130": (130, "repository", "diff 2020 2023 2024"),
    "diff-markdown": (100, "repository", "diff 2023 2024 --format markdown"),
    "validate": (100, "repository", "validate"),
    "validate-broken": (100, "broken", "validate broken.yaml tabs.yaml nowhere"),
    "inspect-120": (120, "repository", "inspect reports/2024-9m.xlsx"),
    "trace-80": (80, "repository", f"trace 2024 outreach-contacts {REPORT}"),
    "trace-part-120": (120, "repository", f"trace 2024 voluntary-rehab {REPORT}"),
    "show-100": (100, "repository", "show 2023"),
    "draft-file": (100, "repository", f"draft 2025 --from 2024 {REPORT} -o -"),
    "draft-screen": (100, "year", "draft 2025 --from plan.yaml --actuals 9m.xlsx -o 2025.yaml"),
    "form": (100, "year", "form plan.yaml --period 9m -o form.xlsx"),
    "help-80": (80, "repository", "--help"),
    "help-check-80": (80, "repository", "check --help"),
    "help-validate-60": (60, "repository", "validate --help"),
    "wrong-command-line": (80, "repository", "check 2024 --actual x"),
    "explain-40": (40, "repository", "explain RP110 RP147"),
    "explain-80": (80, "repository", "explain rp505 RP185 402"),
    "explain-list-80": (80, "repository", "explain"),
    "help-explain-80": (80, "repository", "explain --help"),
    "wrong-code": (80, "repository", "explain RP1100 RP505"),
    "wrong-target": (80, "repository", f"trace 2024 voluntary-rehabs {REPORT}"),
}


def inputs(kind: str, folder: Path) -> Path:
    """Return the folder to run in, filled with what a case needs."""
    if kind == "repository":
        return ROOT
    if kind == "year":
        prepared(HERE / "trend_year", folder)
    elif kind == "sites":
        sites_plan(folder)
        write_workbook(DISTRICTS, folder / "2024-9m.xlsx")
    else:
        (folder / "broken.yaml").write_text(BROKEN, "utf-8")
        (folder / "tabs.yaml").write_text("year: 2024\ntitle: {vi: [\n\tissuer: x\n", "utf-8")
    return folder


@pytest.mark.parametrize("name", CASES)
def test_screen(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    columns, kind, arguments = CASES[name]
    monkeypatch.chdir(inputs(kind, tmp_path))
    found = f"$ rehabplan {arguments}\n" + run(arguments, columns=columns, REHABPLAN_LANG="vi")
    expected = SCREENS / f"{name}.txt"
    if os.environ.get("REHABPLAN_REGEN"):
        expected.parent.mkdir(exist_ok=True)
        expected.write_text(found, "utf-8")
    assert found == expected.read_text("utf-8")


def test_every_screen_has_its_case() -> None:
    assert {path.stem for path in SCREENS.iterdir()} == set(CASES)


ONE_OF_EACH = list({case.name.split("-")[0]: case for case in case_folders("errors")}.values())
"""One case a code: the others differ in what the input holds, not in our words."""


@pytest.mark.parametrize("case", ONE_OF_EACH, ids=lambda case: case.name)
def test_no_problem_is_half_english(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No word of our English sentences is in the Vietnamese ones, but what the input says itself."""
    if (case / "commits").exists() and shutil.which("git") is None:
        pytest.skip("git is not installed")
    prepared(case, tmp_path)
    monkeypatch.chdir(tmp_path)
    command = (case / "command").read_text("utf-8").strip()
    arguments = command.partition(" ")[2] if command[0].isdigit() else command
    output = run(arguments, REHABPLAN_LANG="vi").partition("--- exit code")[0]
    inputs = command + " ".join(
        path.name + path.read_bytes().decode("utf-8", "replace") for path in case.rglob("*") if path.is_file()
        and path.name != "expected.txt"
    )  # fmt: skip
    left = words_of(output) & SENTENCES - words_of(inputs) - NAMES_LEFT
    assert left == set(), output


def words_of(text: str) -> set[str]:
    """Return what could be English words."""
    return set(re.findall(r"(?<![\w-])[a-z]{2,}(?![\w-])", text.casefold()))


NAMES_LEFT = words_of(
    """
    check diff draft form inspect show trace trend validate actuals period format previous crosswalk site
    sites rehabplan windows
    count stock rate coverage milestone table json csv goal kind name year baseline value pace unit parent was
    title issuer totals targets changes split merged from to date target reason held equal quarters curve note
    scope population aliases list key within valid source document number language draft each done one points
    linear every by quarter end layout header files columns rows skip sheet before now yaml docs plan plans md
    reports due over owners indicator part stated parts covers text first last true false null commune
    settings toml plain markdown readme
    district person commit git utf excel workbook id xls xlsx xlsb xlsm ods web tab unicode times new roman
    numbers hidden estimate earlier result denominator numerator percent label aa code actual summary macro
    """
)
"""Names are English in every language: of keys, kinds, commands, formats, programs and fonts."""
ALSO_VIETNAMESE = words_of("an ca cho con do dung in may no so the to trung")
SENTENCES = {word for text in texts() for word in words_of(singular(text))} - ALSO_VIETNAMESE
