"""`rehabplan draft`: whole drafts, what stays as it is, and where the file goes."""

import shutil
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from rehabplan.draft.make import Draft, Old, make_draft
from rehabplan.draft.splice import Splice
from rehabplan.draft.words import reached_words
from rehabplan.plan.load import LoadedPlan, load_plan, load_plan_text
from rehabplan.plan.model import Target
from rehabplan.plan.pacing import Shape
from rehabplan.problems import Code
from rehabplan.yamltree import read_tree
from tests.cases import ROOT, case_folders, check_case, prepared, run
from tests.sites_plan import Bench, sites_plan

EVERY_KIND = Path(__file__).parent / "every_kind" / "plan.yaml"
SHIPPED = ["2020", "2023", "2024", "soc-son-2019"]

PLAN = """\
year: 2024
title: {vi: "Kế hoạch 2024", en: "Plan 2024"}
issuer: "UBND"
targets:
  dossiers:
    name: {vi: "Hồ sơ", en: "Dossiers"}
    kind: count
    goal: 1700
    unit: dossier
"""


@pytest.mark.parametrize("case", case_folders("drafts"), ids=lambda case: case.name)
def test_whole_drafts(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared(case, tmp_path)
    monkeypatch.chdir(tmp_path)
    check_case(case)


def drafted(text: str, year: int, folder: Path = ROOT) -> tuple[LoadedPlan, Draft, LoadedPlan]:
    """Return a plan, its draft, and the draft as it is loaded again."""
    old = load_plan_text(text, "old.yaml", folder)
    made = make_draft(Old(old.plan, read_tree(text, "old.yaml"), text, "old.yaml"), year, str)
    return old, made, load_plan_text(made.text, "new.yaml", folder)


def fields(target: Target, keys: set[str]) -> dict[str, object]:
    return {key: value for key, value in target if key in keys}


def replaced(text: str, goal: str) -> str:
    return PLAN.replace(text, goal)


def test_into_a_folder_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("2024.yaml").write_text(PLAN, "utf-8")
    found = run("draft 2025 --from 2024.yaml -o none/2025.yaml")
    assert "error RP207" in found
    assert "none/2025.yaml cannot be written: there is no folder none." in found.replace("\n  ", " ")
    assert not Path("none").exists()


def test_a_curve_with_two_days_that_would_fall_on_one() -> None:
    """29 February becomes the 28th, where the curve has a value already."""
    curve = "unit: dossier\n    pace: {curve: {2024-02-28: 100, 2024-02-29: 150}}"
    _old, made, _new = drafted(replaced("unit: dossier", curve), 2025)
    assert (made.doubled, made.unpaced) == (["dossiers"], [])
    assert "two days of this curve would fall on one" in made.text


@pytest.mark.parametrize("flow", [False, True])
def test_the_head_says_how_to_find_what_stood_there(flow: bool) -> None:
    text = PLAN
    if flow:
        text = PLAN.partition("  dossiers:")[0] + (
            '  dossiers: {name: {vi: "Hồ sơ", en: "D"}, kind: count, goal: 1700, unit: dossier}\n'
        )
    _old, made, _new = drafted(text, 2025)
    head, goal = made.text.splitlines()[:3], made.text[made.text.index("targets:") :]
    assert "A comment with '2024:' says what stood there" in " ".join(head).replace("# ", "")
    assert "2024: 1700" in next(line for line in goal.splitlines() if "#" in line)


# ── what was reached, in words ────────────────────────────────────────────────────────────────


def test_bounds_of_shares_in_words(tmp_path: Path) -> None:
    bench = Bench(sites_plan(tmp_path), tmp_path)
    head = "Kết quả cả năm 2024\nSTT | Đơn vị | Người được tiếp cận dịch vụ | Xã, phường có mô hình\n"
    found = bench.check(head + "1 | Quận Ba Đình | 30/40 | 2\n2 | Quận Đống Đa | 40/40 | 1", label=None)
    said = {one: reached_words(found.result(one), date(2024, 12, 31)) for one in ("access", "models")}
    assert said["access"] == "reached at least 70 of at least 80 by 2024-12-31; 2 of 4 sites silent"
    assert said["models"] == "reached 3 to 6 of 6 (50% to 100%) by 2024-12-31; 2 of 4 sites silent"


# ── every plan that there is ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", [EVERY_KIND, *(ROOT / "plans" / f"{name}.yaml" for name in SHIPPED)])
@pytest.mark.parametrize("later", [1, 4])
def test_a_draft_is_the_plan_one_year_on(path: Path, later: int) -> None:
    text = path.read_text("utf-8")
    old = load_plan(path)
    year = old.plan.year + later
    made = make_draft(Old(old.plan, read_tree(text, "x"), text, path.name), year, str)
    new = load_plan_text(made.text, "new.yaml", path.parent)
    assert (new.plan.year, new.plan.draft, new.plan.document.source) == (year, True, None)
    assert list(new.plan.targets) == list(old.plan.targets)
    kept = {
        "id",
        "name",
        "kind",
        "unit",
        "sites",
        "aliases",
        "note",
        "owners",
        "parent",
        "scope",
        "population",
    }
    for target in old.plan.targets.values():
        other = new.plan.targets[target.id]
        assert fields(other, kept) == fields(target, kept)
        if None in target.goals:
            assert other.goals == target.goals
        assert target.due is None or (other.due is not None and other.due.year - target.due.year == later)
        days = [day for day, _ in target.pace.curve]
        assert [day.year + later for day in days] == [day.year for day, _ in other.pace.curve]
    assert (new.plan.totals, new.plan.not_targets, new.plan.shares, new.plan.changes) == ((), (), None, ())
    told = [item.code for item in new.problems]
    assert told.count(Code.DRAFT) == 1
    assert set(told) <= {Code.DRAFT, Code.SITES_EXPIRED}


# ── what is written how ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("goal", "line"),
    [
        ("goal: 1700", "goal: 1700  # 2024: 1700"),
        ("goal: 1700 ", "goal: 1700   # 2024: 1700"),
        ('"goal": ">= 1700"', '"goal": ">= 1700"  # 2024: >= 1700'),
        ("goal: 1700 # mine", "# 2024: 1700\n    goal: 1700 # mine"),
        ("goal:   # mine\n      1700", "# 2024: 1700\n    goal:   # mine\n      1700"),
        ("goal: |\n      ít nhất 5\n", "# 2024: ít nhất 5\n    goal: |\n      ít nhất 5\n"),
        (
            "goal: {2024: 5, 2026: 9}",
            "goal: {2024: 5, 2025: 5, 2026: 9}  # 2024: 5; for 2025 it is that of 2024",
        ),
        ("goal: {2025: 9, 2024: 5}", "goal: {2025: 9, 2024: 5}  # 2024: 5; the goal for 2025 stands in the"),
        (
            "goal:\n      2024: >-\n        từ 5 trở lên",
            '\n        từ 5 trở lên\n      2025: "từ 5 trở lên"\n',
        ),
        ("goal:\n      2024:\n        each: 2", None),
    ],
)
def test_goals(goal: str, line: str | None) -> None:
    text = replaced("goal: 1700", goal)
    if line is None:
        text = text.replace("kind: count", "kind: coverage\n    sites: s").replace("unit: dossier", "")
        text = text.replace("targets:", "sites: {s: {count: 3, unit: commune}}\ntargets:")
        line = "each: 2\n      2025: {each: 2}\n"
    _old, made, new = drafted(text, 2025)
    assert line in made.text
    assert new.plan.targets["dossiers"].goal_of(2025) is not None


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Kế hoạch 2024", "Kế hoạch 2025"),
        ("(2024), năm 2024.", "(2025), năm 2025."),
        ("2021-2024; 2024–2025; 2024 - 2030", "2021-2024; 2024–2025; 2024 - 2030"),
        ("số 12024, 2024a, 31/12/2024, 2.024", "số 12024, 2024a, 31/12/2024, 2.024"),
    ],
)
def test_the_year_in_the_title(title: str, wanted: str) -> None:
    _old, _made, new = drafted(replaced('"Kế hoạch 2024"', f'"{title}"'), 2025)
    assert new.plan.title.vi == wanted
    assert new.plan.title.en == "Plan 2025"


@pytest.mark.parametrize(
    ("pace", "days"),
    [
        ("{curve: {2024-02-29: 5, 2024-06-30: 9}}", [date(2025, 2, 28), date(2025, 6, 30)]),
        ("{curve: {2024-02-28: 5, 2024-02-29: 6}}", []),
        ("\n      curve:  # ours\n        2024-06-30: 5 # half\n", [date(2025, 6, 30)]),
    ],
)
def test_curves_move(pace: str, days: list[date]) -> None:
    _old, made, new = drafted(PLAN + f"    pace: {pace}", 2025)
    found = new.plan.targets["dossiers"].pace
    assert [day for day, _ in found.curve] == days
    assert (found.shape is Shape.CURVE, made.doubled) == (bool(days), [] if days else ["dossiers"])


def test_quarters_of_another_goal_are_commented_out() -> None:
    text = replaced("goal: 1700", "goal: {2024: 4, 2025: 8}") + "    pace: {by_quarter: [1, 1, 1, 1]}\n"
    _old, made, new = drafted(text, 2025)
    assert "    # pace: {by_quarter: [1, 1, 1, 1]}\n" in made.text
    assert new.plan.targets["dossiers"].pace.shape is Shape.LINEAR


FLAT = """\
{year: 2024, title: {vi: "a 2024", en: b}, issuer: x, targets: {a: {name: {vi: a, en: b}, kind: count,
goal: 1, unit: person, source: {clause: "1"}}}, totals: []}
"""
FLAT_DRAFT = """\
{year: 2025, draft: true, title: {vi: "a 2025", en: b}, issuer: x, targets: {a: {name: {vi: a, en: b}, kind: count,
# totals: []
# a.goal: 2024: 1
# a.source: {clause: "1"}
goal: 1, unit: person}}}
"""  # noqa: E501 - as it is written


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (FLAT, FLAT_DRAFT),
        ("%YAML 1.1\n---\n" + PLAN + "...\n", "%YAML 1.1\n---\nyear: 2025\ndraft: true\n"),
        (PLAN.replace("year: 2024\n", "") + "year: 2024", "\nyear: 2025\ndraft: true"),
    ],
)
def test_unusual_files(text: str, wanted: str) -> None:
    _old, made, _new = drafted(text, 2025)
    assert wanted in made.text


# ── brackets ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "out", "wanted"),
    [
        ("{a: 1, b: 2, c: 3}", "a", "# a: 1\n{b: 2, c: 3}"),
        ("{a: 1, b: 2, c: 3}", "b", "# b: 2\n{a: 1, c: 3}"),
        ("{a: 1, b: 2, c: 3}", "c", "# c: 3\n{a: 1, b: 2}"),
        ("{a: 1, b: 2, c: 3}", "bc", "# b: 2\n# c: 3\n{a: 1}"),
        ("{a: 1, b: 2, c: 3}", "abc", "# a: 1\n# b: 2\n# c: 3\n{}"),
        ("{a: 1, b: 2,}", "b", "# b: 2\n{a: 1, }"),
        ("{a: 1,\n b: {x: 2},\n c: 3}", "b", "{a: 1,\n # b: {x: 2}\n \n c: 3}"),
        ("{a: 1 , b: 2 # two,\n , c: 3}", "b", "# b: 2\n{a: 1 ,  # two,\n  c: 3}"),
        ('{a: "x\n  y", b: 2}', "b", '# b: 2\n{a: "x\n  y"}'),
    ],
)
def test_entries_are_taken_out_of_brackets(text: str, out: str, wanted: str) -> None:
    tree = read_tree(text, "x")
    splice = Splice(tree, text)
    for key in out:
        splice.comment_out((key,))
    result = splice.result()
    again = read_tree(result, "x").value
    assert isinstance(tree.value, dict)
    assert again == {key: value for key, value in tree.value.items() if key not in out}
    assert result == wanted


@pytest.mark.parametrize(
    ("text", "path", "wanted"),
    [
        ("a:\n  b: 1\n\n  # c\nd: 2", ("a",), "b: 1"),
        ("a:\n- 1\n- x: y # z\nd: 2", ("a",), "- 1\n- x: y"),
        ("a: |+\n  x\n\n\nb: 1", ("a",), "|+\n  x"),
        ("a: [1,\n 2] # x", ("a",), "[1,\n 2]"),
        ("a: x\n  y # z", ("a",), "x\n  y"),
        ("a: 😀 'ú' # z\r\nb: [é]", ("b", 0), "é"),
        ("a:\nb: 1", ("a",), ""),
    ],
)
def test_the_place_of_a_value_in_the_text(text: str, path: tuple[str | int, ...], wanted: str) -> None:
    span = read_tree(text, "x").spans[path]
    assert text[span.start : span.end] == wanted


# ── the command ───────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "2024.yaml").write_text(PLAN, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_bytes_that_do_not_change(folder: Path, bom: bytes, end: str) -> None:
    path = folder / "plans" / "2024.yaml"
    path.write_bytes(bom + PLAN.replace("\n", end).encode())
    assert "--- exit code 0\n" in run("draft 2025 --from 2024")
    found = (folder / "plans" / "2025.yaml").read_bytes()
    assert found.startswith(bom + b"# Draft of the plan for 2025")
    assert found.count(b"\xef\xbb\xbf") == len(bom) // 3
    lines = found.decode("utf-8-sig").split(end)
    assert all("\r" not in line and "\n" not in line for line in lines)
    assert '    name: {vi: "Hồ sơ", en: "Dossiers"}' in lines
    assert path.read_bytes() == bom + PLAN.replace("\n", end).encode()


@pytest.mark.parametrize(
    ("old", "options", "new"),
    [
        ("2024.yaml", "", "2025.yaml"),
        ("huyen-2024-x.yml", "", "huyen-2025-x.yml"),
        ("plan.yaml", "", "2025.yaml"),
        ("12024.yaml", "", "2025.yaml"),
        ("2024.yaml", " -o ../next.yaml", "../next.yaml"),
    ],
)
def test_where_the_draft_goes(
    folder: Path, monkeypatch: pytest.MonkeyPatch, old: str, options: str, new: str
) -> None:
    (folder / "plans" / "2024.yaml").rename(folder / "plans" / old)
    monkeypatch.chdir(folder / "plans")
    assert "--- exit code 0\n" in run(f"draft 2025 --from {old}{options}")
    assert load_plan(Path(new)).plan.year == 2025


def test_lists_are_found_from_another_folder(folder: Path) -> None:
    shutil.copytree(ROOT / "plans" / "sites", folder / "plans" / "sites")
    shutil.copy(ROOT / "plans" / "2024.yaml", folder / "plans" / "2024.yaml")
    (folder / "năm sau" / "ở đây").mkdir(parents=True)
    new = folder / "năm sau" / "ở đây" / "2025.yaml"
    assert "--- exit code 0\n" in run(f"draft 2025 --from 2024 -o '{new}'")
    assert load_plan(new).plan.sites["communes"].list == "../../plans/sites/hanoi-until-2024.csv"
    back = folder / "plans" / "2026.yaml"
    assert "--- exit code 0\n" in run(f"draft 2026 --from '{new}' -o plans/2026.yaml")
    assert load_plan(back).plan.sites["communes"].list == "sites/hanoi-until-2024.csv"


def test_a_draft_of_a_draft_is_told(folder: Path) -> None:
    run("draft 2025 --from 2024")
    output = run("draft 2026 --from 2025", columns=200)
    assert "The plan of 2025 (1)\nwarning RP190" in output
    text = (folder / "plans" / "2026.yaml").read_text("utf-8")
    assert text.count("\ndraft: true\n") == 1
    assert "    # 2025: 1700\n    goal: 1700  # 2024: 1700\n" in text


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("2024 --from 2024", 3),
        ("2023 --from 2024", 3),
        ("2025 --from 2022", 3),
        ("2025", 2),
        ("2101 --from 2024", 2),
        ("2025 --from 2024 --period 9m", 2),
        ("2025 --from 2024 --as-of 2024-09-30", 2),
        ("2025 --from 2024 --actuals nowhere.xlsx", 3),
        ("2025 --from 2024 -o plans/2024.yaml", 3),
        ("2025 --from 2024 -o plans", 3),
        ("2025 --from 2024 -o nowhere/2025.yaml", 3),
        ("2025 --from broken", 3),
    ],
)
def test_nothing_is_written(folder: Path, arguments: str, code: int) -> None:
    (folder / "plans" / "broken.yaml").write_text(PLAN.replace("kind: count", "kind: cuont"), "utf-8")
    before = {path: path.read_bytes() for path in folder.rglob("*.yaml")}
    assert f"--- exit code {code}\n" in run(f"draft {arguments}")
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    "command",
    [
        "check p.yaml --actuals r.xlsx --period 9m",
        "check p.yaml --actuals r.xlsx --period 9m --format json",
        "trace p.yaml dossiers --actuals r.xlsx --period 9m",
        "form p.yaml --period 9m -o f.xlsx",
        "inspect r.xlsx --plan p.yaml",
        "show p.yaml",
        "validate p.yaml",
    ],
)
def test_every_command_says_that_a_plan_is_a_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    case = tmp_path / "case"
    case.mkdir()
    (case / "p.yaml").write_text(PLAN.replace("issuer", "draft: true\nissuer"), "utf-8")
    (case / "r.grid").write_text("Nội dung | Đơn vị tính | Lũy kế từ đầu năm\nHồ sơ | hồ sơ | 900\n", "utf-8")
    prepared(case, tmp_path)
    monkeypatch.chdir(tmp_path)
    output = run(command)
    assert output.count("RP190") == 1
    assert "--- exit code 0\n" in output
    (tmp_path / "p.yaml").write_text(PLAN, "utf-8")
    assert "RP190" not in run(command.replace("f.xlsx", "g.xlsx"))


BASELINES = [
    # kind, unit, goal, baseline, row, the baseline of the draft
    ("stock", "person", "100", "80", "người | 90", "90"),
    ("stock", "million-dong", "100", "80", 'triệu đồng | "1,125"', None),
    ("stock", "million-dong", "100", "80", "triệu đồng | 1.125", "1.1250"),
    ("rate", "person", '"80%"', '"35%"', "người | 1/3", '"1/3"'),
    ("rate", "person", '"80%"', '"35%"', "người | 1/4", '"25%"'),
    ("rate", "person", '"80%"', "'9,5%'", "người | 1/8", "'12,5%'"),
    ("rate", "person", '"80%"', '"1/2"', "người | 1/4", '"1/4"'),
    ("rate", "person", '"80%"', "35%", "người | 41,125%", '"41.1250%"'),
    ("stock", "person", "100", "80", "người | hơn 90", None),
    ("stock", "person", '"-5%"', "{value: 80, year: 2020}", "người | 90", None),
    ("stock", "person", '"-5%"', "{value: 80, year: 2023}", "người | 90", "{value: 90, year: 2024}"),
    ("stock", "person", "100", "{value: 80, year: 2020}", "người | 90", "{value: 90, year: 2024}"),
    ("count", "person", '"+5%"', "80", "người | 90", "90"),
]


@pytest.mark.parametrize(("kind", "unit", "goal", "baseline", "row", "wanted"), BASELINES)
@pytest.mark.parametrize("period", ["year", "9m"])
def test_baselines(
    folder: Path, kind: str, unit: str, goal: str, baseline: str, row: str, wanted: str | None, period: str
) -> None:
    text = replaced("kind: count", f"kind: {kind}").replace("unit: dossier", f"unit: {unit}")
    text = text.replace("goal: 1700", f"goal: {goal}\n    baseline: {baseline}")
    (folder / "plans" / "2024.yaml").write_text(text, "utf-8")
    case = folder / "case"
    case.mkdir()
    (case / "r.grid").write_text(f"Nội dung | Đơn vị tính | Lũy kế từ đầu năm\nHồ sơ | {row}\n", "utf-8")
    prepared(case, folder)
    run(f"draft 2025 --from 2024 --actuals r.xlsx --period {period}")
    found = (folder / "plans" / "2025.yaml").read_text("utf-8")
    moved = wanted is not None and period == "year"
    assert f"    baseline: {wanted if moved else baseline}" in found
    assert ("; now the figure of 2024-12-31" in found) is moved
    level = load_plan(folder / "plans" / "2025.yaml").plan.targets["dossiers"].baseline
    assert level is not None
    assert level.level != Fraction(1125)
