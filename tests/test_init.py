"""`init`: what it makes works at once, in both languages, and nothing that is there is touched."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from rehabplan.cli import app
from rehabplan.plan.load import load_plan
from rehabplan.starter.files import project_files
from tests.cases import run

COMMANDS = ["validate", "show 2024", "check 2024 --actuals reports", "trend 2024 --actuals reports",
            "trace 2024 court-dossiers --actuals reports", "inspect reports/2024-9m.xlsx",
            "summary 2024 --actuals reports -o x.xlsx", "form 2024 --period year --output y.xlsx",
            "draft 2025 --from 2024 --actuals reports"]  # fmt: skip


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_command_runs_on_it_at_once(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("init --year 2024", REHABPLAN_LANG=language).endswith("exit code 0\n")
    for command in COMMANDS:
        output = run(command, REHABPLAN_LANG="")
        assert output.endswith("exit code 0\n"), output
    assert ("Đã ghi" in output) is (language == "vi")  # rehabplan.toml says so


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_example_has_a_target_of_each_kind_and_a_verdict_of_most(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run("init --year 2024", REHABPLAN_LANG=language)
    plan = load_plan(Path("plans/2024.yaml"))
    assert plan.problems == []
    assert {target.kind.value for target in plan.plan.targets.values()} == {
        "count", "stock", "rate", "coverage", "milestone",
    }  # fmt: skip
    output = run("check 2024 --actuals reports", REHABPLAN_LANG="en")
    assert "6 targets: 4 on track · 1 behind · 1 not due yet" in output
    assert "Data problems" not in output


def test_the_same_year_gives_the_same_bytes() -> None:
    for language in ("vi", "en"):
        assert project_files(2024, language) == project_files(2024, language)
        for path, content in project_files(2024, language).items():
            assert b"{year}" not in content, path


def test_both_languages_make_the_same_plan(tmp_path: Path) -> None:
    found = []
    for language in ("vi", "en"):
        (tmp_path / language).mkdir()
        file = tmp_path / language / "2024.yaml"
        file.write_bytes(project_files(2024, language)["plans/2024.yaml"])
        plan = load_plan(file).plan
        found.append(plan.model_copy(update={"language": "vi", "document": None}))
    assert found[0] == found[1]


@pytest.mark.parametrize("name", sorted(project_files(2024, "en")))
def test_nothing_is_written_where_one_of_the_files_is(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "in" / name
    file.parent.mkdir(parents=True)
    file.write_text("ours")
    output = run("init in --year 2024")
    assert "RP243" in output
    assert f"{name} is there already" in " ".join(output.split())
    assert output.endswith("exit code 3\n")
    assert [path for path in (tmp_path / "in").rglob("*") if path.is_file()] == [file]
    assert file.read_text() == "ours"


def test_a_folder_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    output = run('init "kế hoạch/mới" --year 2025')
    assert Path("kế hoạch/mới/plans/2025.yaml").is_file()
    assert "Next" not in output  # tests/test_following.py looks at a terminal


def test_a_link_to_nowhere_is_no_place_to_write(tmp_path: Path) -> None:
    (tmp_path / "README.md").symlink_to(tmp_path / "elsewhere")
    result = CliRunner().invoke(app, ["init", str(tmp_path)])
    assert (result.exit_code, "RP243" in result.stderr) == (3, True)
    assert not (tmp_path / "elsewhere").exists()


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    result = CliRunner().invoke(app, ["init", str(tmp_path / "file")])
    assert result.exit_code == 3
    assert "RP207" in result.stderr


def test_several_files_that_are_there_are_one_and_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run("init --year 2024")
    told = " ".join(run("init --year 2024").split())
    assert "README.md (and 4 more) is there already" in told
