"""rehabplan.toml: flags before the environment before the file, found upwards, strict."""

import json
import shutil
from pathlib import Path

import pytest

from rehabplan.cli import app
from rehabplan.cli.settings import OPTIONS, variable
from tests.cases import ROOT, run

REPORT = "../reports/2024-9m.xlsx"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a plan and a report, and a folder within it, where the commands run."""
    shutil.copytree(ROOT / "plans", tmp_path / "plans")
    shutil.copytree(ROOT / "reports", tmp_path / "reports")
    inner = tmp_path / "inner"
    inner.mkdir()
    monkeypatch.chdir(inner)
    return tmp_path


def put(folder: Path, text: str) -> None:
    (folder / "rehabplan.toml").write_text(text, "utf-8")


def test_without_a_file_nothing_changes(project: Path) -> None:
    assert "exit code 3" in run("show 2024")  # plans/ lies above
    shutil.move(project / "plans", project / "inner" / "plans")
    assert "exit code 0" in run("show 2024")


def test_plans_are_found_from_folders_within(project: Path) -> None:
    put(project, "")
    found = run(f"check 2024 --actuals {REPORT}")
    assert "../plans/2024.yaml" in found
    assert found.endswith("exit code 0\n")
    (project / "kế hoạch").mkdir()
    shutil.copy(ROOT / "plans" / "2020.yaml", project / "kế hoạch" / "cũ.yaml")
    put(project, 'plans = "kế hoạch"')
    assert "exit code 0" in run("show cũ")
    assert "under ../kế hoạch/: cũ" in run("show 2024").replace("\n  ", " ")


def test_a_folder_of_plans_that_is_none_is_told_at_its_line(project: Path) -> None:
    put(project, '# ours\nplans = "nope"')
    told = run("show 2024")
    assert 'RP201 ../rehabplan.toml:2:1\n  2 | plans = "nope"\n    | ^^^^^\n' in told
    assert "rehabplan.toml" not in run("show 2024", REHABPLAN_PLANS="elsewhere")
    put(project, 'plans = "plans"')
    assert "rehabplan.toml" not in run("show 2042")  # the folder is right, the name is not


@pytest.mark.parametrize("lang", ["VI", "vi_VN", "vi-VN"])
def test_a_language_may_be_named_with_its_region(lang: str, project: Path) -> None:
    put(project, f'lang = "{lang}"')
    assert run(f"check 2024 --actuals {REPORT}", REHABPLAN_LANG="").startswith("Cai nghiện")


def test_a_likely_value_is_offered_as_on_the_command_line(project: Path) -> None:
    put(project, '[check]\nformat = "jsn"\n[trend]\nformat = "excel"')
    told = " ".join(run("show 2024").split())
    assert "'csv', 'plain' (did you mean 'json'?). Correct" in told
    assert told.count("did you mean") == 1


def test_the_nearest_file_counts(project: Path) -> None:
    put(project, '[check]\nformat = "json"')
    put(project / "inner", 'plans = "../plans"')
    assert not run(f"check 2024 --actuals {REPORT}").startswith("{")


ORDER = [
    ("", {}, "Rehabilitation and"),
    ('[check]\nformat = "markdown"', {}, "# Rehabilitation"),
    ('[check]\nformat = "markdown"', {"REHABPLAN_CHECK_FORMAT": "json"}, "{"),
]


@pytest.mark.parametrize(("text", "environment", "begin"), ORDER)
def test_the_environment_comes_before_the_file(
    text: str, environment: dict[str, str], begin: str, project: Path
) -> None:
    put(project, text)
    assert run(f"check 2024 --actuals {REPORT}", columns=100, **environment).startswith(begin)


def test_a_flag_comes_before_all(project: Path) -> None:
    put(project, '[check]\nformat = "markdown"')
    output = run(f"check 2024 --actuals {REPORT} --format plain", REHABPLAN_CHECK_FORMAT="json")
    assert output.startswith("Plan\tTitle\t")


@pytest.mark.parametrize(
    ("asked", "variable_set", "said", "begin"),
    [("", "", "vi", "Cai nghiện"), ("", "en", "vi", "Rehabilitation"), ("", "vi", "en", "Cai nghiện"),
     (" --lang vi", "en", "en", "Cai nghiện")],
)  # fmt: skip
def test_the_language(asked: str, variable_set: str, said: str, begin: str, project: Path) -> None:
    put(project, f'lang = "{said}"')
    assert run(f"check 2024 --actuals {REPORT}{asked}", REHABPLAN_LANG=variable_set).startswith(begin)


def test_the_folder_of_plans_by_the_environment(project: Path) -> None:
    put(project, 'plans = "nowhere"')
    assert "exit code 0" in run("show 2024", REHABPLAN_PLANS=str(project / "plans"))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("lang = 'fr'", ["RP242"]),
        ("lang = 3", ["RP242"]),
        ("plans = 3\nlnag = 'vi'", ["RP242", "RP241"]),
        ("plans = ''", ["RP242"]),
        ("check = 3", ["RP242"]),
        ("[check]\nby = 'country'\nmask-below = 1\nfail-on = true\nactuals = 'x'", ["RP242"] * 3 + ["RP241"]),
        ("[check]\nmask-below = '3'\nformat = [1]", ["RP242"]),
        ("[summary]\nforce = true", ["RP241"]),
        ("[form]\nx = 1", ["RP241"]),
        ("lang = 'vi'\nlang = 'en'", ["RP240"]),
        ("lang = “vi”", ["RP240"]),
        ("a" * 10 + "=" + "[" * 5000, ["RP240"]),
        ("\ufeff[check]\n", []),
        ("lang = " + "9" * 4301, ["RP240"]),
        ("[" + ".".join("a" * 4000) + "]", ["RP241"]),
        ("#" * 10_001, ["RP240"]),
    ],
)
def test_every_mistake_is_told_at_its_line(text: str, codes: list[str], project: Path) -> None:
    put(project, text)
    output = run(f"check 2024 --actuals {REPORT} --format json")
    told = json.loads(output.partition("--- ")[0])["problems"]
    settings = [one for one in told if one["file"] and one["file"].endswith("rehabplan.toml")]
    assert sorted(one["code"] for one in settings) == sorted(codes)
    assert all(one["line"] for one in settings if "[a.a" not in text and "#" not in text)
    assert output.endswith("exit code 3\n") is bool(codes)


def test_mistakes_are_told_in_the_language_that_the_file_asks_for(project: Path) -> None:
    put(project, 'lang = "vi"\n[check]\nformat = "excel"')
    output = run("show 2024", REHABPLAN_LANG="")
    assert "Cài đặt 'check.format' không thể là 'excel': 'excel' không thuộc các giá trị" in output
    assert '"message": "The setting' in run(f"check 2024 --actuals {REPORT} --format json", REHABPLAN_LANG="")


def test_a_broken_file_stops_no_help(project: Path) -> None:
    put(project, "lang = ")
    for command in ("--help", "--version", "check --help", "explain RP240", "schema"):
        assert "exit code 0" in run(command)


def test_a_file_that_is_none(project: Path) -> None:
    (project / "rehabplan.toml").mkdir()
    assert "RP240" in run("show 2024")
    (project / "rehabplan.toml").rmdir()
    (project / "rehabplan.toml").write_bytes(b"\xff\xfel\0")
    assert "RP240" in run("show 2024")


def test_a_link_to_nowhere_is_told(project: Path) -> None:
    (project / "rehabplan.toml").symlink_to(project / "gone.toml")
    assert "RP240" in run("show 2024")


def test_nothing_that_writes_can_be_set() -> None:
    for options in OPTIONS.values():
        assert not {"force", "output", "template", "actuals", "previous"} & set(options)


def test_every_option_that_can_be_set_has_its_variable() -> None:
    page = (ROOT / "docs" / "settings.md").read_text("utf-8")
    for command, options in OPTIONS.items():
        for option in options:
            assert variable(command, option) in page
            assert f"{option} =" in page
    assert app is not None


def test_a_wrong_variable_is_a_wrong_command_line(project: Path) -> None:
    put(project, "")
    output = run(f"check 2024 --actuals {REPORT}", REHABPLAN_CHECK_FORMAT="xml", REHABPLAN_LANG="vi")
    assert "Giá trị của REHABPLAN_CHECK_FORMAT không hợp lệ: 'xml'" in output
    assert output.endswith("exit code 2\n")
