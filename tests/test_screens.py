"""Every screen at 40, 60, 80, 120 and 200 columns, in both languages, and what must hold at any width.

REHABPLAN_REGEN=1 writes the files anew, one for each screen and language; read the difference.
"""

import os
import re
import shutil
from pathlib import Path

import pytest
from rich.cells import cell_len

from rehabplan.i18n import use
from rehabplan.plan.load import load_plan
from tests.cases import HERE, ROOT, run
from tests.grid import write_workbook

SCREENS = HERE / "screens"
WIDTHS = (40, 60, 80, 120, 200)
REPORT = "--actuals reports/2024-9m.xlsx"
COMMANDS = {
    "check": f"check 2024 {REPORT}",
    "diff": "diff 2023 2024",
    "trend": "trend year.yaml --actuals year",
    "show": "show soc-son-2019",
    "trace": f"trace 2024 outreach-contacts {REPORT}",
    "inspect": "inspect reports/2024-9m.xlsx --rows 12",
    "validate": "validate broken.yaml",
    "draft": f"draft 2025 --from 2024 {REPORT} -o new.yaml",
    "help": "check --help",
}
NUMBER = re.compile(r"\d[\d.,]*\d|\d")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("plans", "reports"):
        shutil.copytree(ROOT / name, tmp_path / name)
    (tmp_path / "year").mkdir()
    for at in ("q1", "6m", "9m"):
        write_workbook(
            (HERE / "trend_year" / f"{at}.grid").read_text("utf-8"), tmp_path / "year" / f"{at}.xlsx"
        )
    shutil.copy(HERE / "trend_year" / "plan.yaml", tmp_path / "year.yaml")
    shutil.copy(HERE / "errors" / "RP110-five-doubtful-values" / "plan.yaml", tmp_path / "broken.yaml")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def screen(name: str, width: int, language: str) -> str:
    Path("new.yaml").unlink(missing_ok=True)
    return run(COMMANDS[name], columns=width, REHABPLAN_LANG=language)


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.usefixtures("project")
def test_screen(name: str, language: str) -> None:
    found = {width: screen(name, width, language) for width in WIDTHS}
    text = "".join(f"══ {width} ══\n{shown}" for width, shown in found.items())
    expected = SCREENS / f"{name}.{language}.txt"
    if os.environ.get("REHABPLAN_REGEN"):
        expected.write_text(text, "utf-8")
    assert text == expected.read_text("utf-8")
    for width, shown in found.items():
        lines = [
            line
            for line in shown.splitlines()
            if not re.match(r" *\d* \| |  (rehabplan|cd) |--- |  --.*<", line)
        ]
        assert [line for line in lines if cell_len(line) > width and " " in line.strip()] == []
        whole = set(NUMBER.findall(found[200]))
        assert set(NUMBER.findall(shown)) <= whole, f"a number was cut at {width}"


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("width", WIDTHS)
def test_no_target_vanishes(width: int, language: str, project: Path) -> None:
    plan = load_plan(project / "plans" / "2024.yaml").plan
    words = set(re.findall(r"\w+", screen("check", width, language)))
    with use(language):
        names = {
            str(target.name): set(re.findall(r"\w+", str(target.name))) for target in plan.targets.values()
        }
    assert [name for name, own in names.items() if not own <= words] == []


@pytest.mark.parametrize(
    "environment",
    [{"NO_COLOR": "1", "FORCE_COLOR": "1"}, {"TERM": "dumb"}, {"FORCE_COLOR": ""}, {"NO_COLOR": ""}],
)
@pytest.mark.usefixtures("project")
def test_without_colours_there_are_no_escapes(environment: dict[str, str]) -> None:
    plain = screen("check", 80, "vi")
    assert run(COMMANDS["check"], columns=80, **{"REHABPLAN_LANG": "vi", **environment}) == plain
    assert "\x1b" not in plain
    coloured = run(COMMANDS["check"], columns=80, REHABPLAN_LANG="vi", FORCE_COLOR="1")
    bare = re.sub(r"\x1b\[[\d;]*m", "", coloured)
    assert [line.rstrip() for line in bare.splitlines()] == plain.splitlines()
    assert coloured != plain


def test_wide_and_combining_letters_align(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """東 takes two cells, a tone mark of its own none: what stands right of them begins in one column."""
    targets = "".join(
        f'  t{at}: {{name: {{vi: "{name}", en: "{name}"}}, kind: count, goal: {at}700, unit: person}}\n'
        for at, name in enumerate(("Người nghiện", "Ngươ\u0300i khác", "東京の人", "xã", "x" * 30), start=1)
    )
    (tmp_path / "p.yaml").write_text(
        f"year: 2024\ntitle: {{vi: a, en: a}}\nissuer: b\ntargets:\n{targets}", "utf-8"
    )
    (tmp_path / "r-9m.csv").write_text("Chỉ tiêu;Kết quả 9 tháng\nxã;5\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    shown = run("check p.yaml --actuals r-9m.csv", columns=120)
    ends = {
        cell_len(line[: line.index("700") + 3]) for line in shown.splitlines() if re.search(r"\d,700 ", line)
    }
    assert len(ends) == 1
