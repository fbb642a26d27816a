"""What a command does not need is not imported: the start-up time of help, version and Tab."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rehabplan.cli.commands import HELP
from tests.cases import ROOT

LATER = {"pydantic", "yaml", "rich", "hashlib", "zipfile", "rehabplan.problems"}
"""What neither help nor the completion of names and words has any use for."""
LOADED = "import atexit, sys; atexit.register(lambda: print(*sys.modules, file=open({there!r}, 'w'))); {then}"


def modules(there: Path, then: str, *words: str, **environment: str) -> set[str]:
    """Return the modules that a process of ours has when it ends."""
    subprocess.run(  # noqa: S603 - this very Python
        [sys.executable, "-c", LOADED.format(there=str(there), then=then), *words],
        env={**os.environ, **environment}, cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    return set(there.read_text("utf-8").split())


def of_cli(there: Path, *words: str, **environment: str) -> set[str]:
    return modules(there, "from rehabplan.__main__ import run; run()", *words, **environment)


@pytest.mark.parametrize("words", [("--version",), ("--help",), ("--lang", "vi", "--help"), ()])
def test_help_and_version_import_no_command(words: tuple[str, ...], tmp_path: Path) -> None:
    found = of_cli(tmp_path / "modules", *words)
    assert "rehabplan.cli.commands" in found
    assert not found & {*LATER, *(f"rehabplan.cli.{name}" for name in HELP), "rehabplan.cli.options"}


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("rehabplan che", None),
        ("rehabplan show 20", "show"),
        ("rehabplan check 2024 --per", "check"),
        ("rehabplan check 2024 --period ", "check"),
        ("rehabplan summary 2024 --mask", "summary"),
        ("rehabplan trend 20", "trend"),
        ("rehabplan diff 20", "diff"),
        ("rehabplan validate 20", "validate"),
    ],
)
def test_tab_imports_one_command_and_not_what_it_works_with(
    line: str, command: str | None, tmp_path: Path
) -> None:
    asked = {"_REHABPLAN_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(line.count(" "))}
    found = of_cli(tmp_path / "modules", **asked)
    commands = {f"rehabplan.cli.{name}" for name in HELP} & found
    assert commands == ({f"rehabplan.cli.{command}"} if command else set())
    assert not found & LATER


def test_the_reader_of_workbooks_imports_none_of_what_plans_and_screens_need(tmp_path: Path) -> None:
    found = modules(tmp_path / "modules", "import rehabplan.actuals.worker")
    assert not found & {"pydantic", "yaml", "rich", "typer", "openpyxl", "xlrd", "csv"}
    assert not {
        name for name in found if name.startswith(("rehabplan.plan.", "rehabplan.render", "rehabplan.cli"))
    }


def test_check_imports_what_it_is_asked_for(tmp_path: Path) -> None:
    words = ("check", "2024", "--actuals", "reports/2024-9m.xlsx")
    found = of_cli(tmp_path / "modules", *words)
    assert "rehabplan.render.check_screen" in found
    unasked = (
        "rehabplan.plandiff",
        "rehabplan.yearbefore",
        "rehabplan.masking",
        "rehabplan.trend",
        "concurrent",
    )
    assert not {name for name in found if name.startswith(unasked)}
