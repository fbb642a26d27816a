"""The documentation is true: generated parts are current, commands are documented, keys are named."""

import json
import re
from functools import cache
from pathlib import Path

import pytest
from scripts.make_docs import pages

from rehabplan.cli import app
from rehabplan.plan.fields import fields_of
from rehabplan.plan.model import Header, Target
from rehabplan.verdict import Status
from tests.cases import ROOT, run

README = (ROOT / "README.md").read_text("utf-8")


kept_pages = cache(pages)


@pytest.fixture(autouse=True)
def in_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.mark.parametrize("page", ["README.md", "docs/problems.md", "docs/problems.vi.md", "docs/commands.md"])
def test_generated_parts_are_current(page: str) -> None:
    assert (ROOT / page).read_text("utf-8") == kept_pages()[ROOT / page]


def test_ci_runs_the_readmes_two_commands() -> None:
    """The two lines stand once in the README; CI runs them to the letter."""
    block = re.search(r"```sh\n(.+?)\n```", README, re.DOTALL)
    assert block
    commands = block[1].splitlines()
    assert len(commands) == 2
    script = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    assert [line for line in script if line in commands] == commands


def test_every_command_is_documented() -> None:
    page = (ROOT / "docs" / "commands.md").read_text("utf-8")
    for command in app.registered_commands:
        assert command.callback is not None
        assert f"## rehabplan {command.callback.__name__}\n" in page


def test_every_command_stands_there_with_real_output() -> None:
    """A mark has the program run: by make_docs in the repository's folder, by walk in one of its own."""
    marks = re.compile(r"<!-- (?:output: \d+|run: rehabplan) (\w+)")
    shown = {
        name
        for page in (ROOT / "README.md", *(ROOT / "docs").glob("*.md"))
        for name in marks.findall(page.read_text("utf-8"))
    }
    commands = {command.callback.__name__ for command in app.registered_commands if command.callback}
    assert commands - shown == set()


@pytest.mark.parametrize("model", [Header, Target])
def test_every_key_of_a_plan_file_is_documented(model: type[Header] | type[Target]) -> None:
    page = (ROOT / "docs" / "plan-file.md").read_text("utf-8")
    missing = [key for key in fields_of(model) if key != "id" and f"| `{key}` |" not in page]
    assert missing == []


def keys_of(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for inner in value.values() for key in keys_of(inner)}
    if isinstance(value, list):
        return {key for inner in value for key in keys_of(inner)}
    return set()


def test_every_key_of_the_json_contract_is_documented() -> None:
    output = run("check 2024 --actuals reports/2024-9m.xlsx --format json").partition("--- exit")[0]
    page = (ROOT / "docs" / "json.md").read_text("utf-8")
    words = set(re.findall(r"\w+", page))
    assert keys_of(json.loads(output)) - words == set()
    assert {str(status) for status in Status} <= words


def test_the_example_plan_in_the_readme_is_valid(tmp_path: Path) -> None:
    block = re.search(r"```yaml\n(.+?)\n```", README, re.DOTALL)
    assert block
    plan = tmp_path / "plan.yaml"
    plan.write_text(block[1], "utf-8")
    assert "2 targets, no problems\n--- exit code 0\n" in run(f"validate {plan}", columns=400)


def test_links_between_pages_lead_somewhere() -> None:
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")):
        for link in re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8")):
            assert (page.parent / link).exists(), f"{page.name} links to {link}"
