"""After each command the next useful one is suggested, on a terminal and nowhere else."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cases import ROOT
from tests.terminal import in_a_terminal

if os.name == "nt":
    pytest.skip("Python has no pseudo terminals on Windows", allow_module_level=True)

PLAIN = {"REHABPLAN_LANG": "en", "TERM": "dumb", "COLUMNS": "100", "PYTHONUTF8": "1"}
NEXT = {
    "show 2024": ["check 2024 --actuals reports"],
    "validate 2024": ["check 2024 --actuals reports"],
    "validate": ["explain RP160"],
    "check 2024 --actuals reports --period 9m": [
        "trace 2024 outreach-contacts --actuals reports --period 9m", "explain RP524",
        "summary 2024 --actuals reports --period 9m -o summary.xlsx",
    ],
    "check 2024 --actuals reports --mask-below 3": [
        "trace 2024 outreach-contacts --actuals reports", "summary 2024 --actuals reports -o summary.xlsx",
    ],
    "check 2024 --actuals reports --format json": [],
    "check 2024 --actuals reports --format plain": [],
    "trace 2024 outreach-contacts --actuals reports/2024-9m.xlsx": ["inspect reports/2024-9m.xlsx"],
    "trace 2024 outreach-contacts --actuals reports": ["inspect reports/2024-9m.xlsx"],
    "trace 2024 compulsory-dossiers --actuals reports": ["check 2024 --actuals reports"],
    "explain": ["explain RP110"],
    "explain RP110": ["validate"],
    "explain rp524 RP110": ["check soc-son-2019 --actuals reports"],
    "explain RP231": ["draft --help"],
    "explain RP999": ["explain RP208"],
    "init {folder} --year 2025": ["cd {folder}", "check 2025 --actuals reports"],
    "draft 2025 --from 2024 -o {folder}.yaml": [
        "validate {folder}.yaml", "diff plans/2024.yaml {folder}.yaml",
    ],
    "draft 2025 --from 2024 -o -": [],
    "trend 2024 --actuals reports": ["explain RP524", "summary 2024 --actuals reports -o summary.xlsx"],
    "inspect reports/2024-9m.xlsx": [
        "explain RP524", "check plans/2024.yaml --actuals reports/2024-9m.xlsx",
    ],
    "diff 2023 2024": ["show 2024"],
    "diff 2023 2024 --format markdown": [],
    "show 2042": ["explain RP201"],
    "schema": [],
    "form 2024 --period 9m -o {out}": ["inspect {out}"],
    "summary 2024 --actuals reports -o {out}": ["explain RP524", "check 2024 --actuals reports"],
}  # fmt: skip


def suggested(text: str) -> list[str]:
    """Return the commands at the end of what a terminal shows, and see that nothing follows them."""
    _before, found, after = text.rpartition("\nNext\n")
    lines = re.findall(r"^  (?:rehabplan )?(.+)$", after, re.MULTILINE) if found else []
    assert len(lines) == len(after.splitlines()) * bool(found)
    return lines


QUICK = (
    "validate", "check 2024 --actuals reports --period 9m", "check 2024 --actuals reports --format json",
    "trace 2024 outreach-contacts --actuals reports", "explain rp524 RP110", "explain RP999",
    "init {folder} --year 2025", "draft 2025 --from 2024 -o {folder}.yaml", "trend 2024 --actuals reports",
    "inspect reports/2024-9m.xlsx", "diff 2023 2024", "show 2042", "form 2024 --period 9m -o {out}",
    "summary 2024 --actuals reports -o {out}",
)  # fmt: skip
"""One of each command; a terminal of its own for each takes its time."""


@pytest.mark.parametrize(
    "command", [*QUICK, *(pytest.param(one, marks=pytest.mark.pressure) for one in NEXT if one not in QUICK)]
)
def test_what_is_suggested(command: str, tmp_path: Path) -> None:
    out, folder = str(tmp_path / "new.xlsx"), str(tmp_path / "new")
    words = command.format(out=out, folder=folder).split()
    found = suggested(in_a_terminal(tuple(words), **PLAIN)[1].decode())
    assert found == [one.format(out=out, folder=folder) for one in NEXT[command]]


@pytest.mark.parametrize(
    "command",
    ["show 2024", "init {folder}", "draft 2025 --from 2024 -o {folder}.yaml", "explain RP110",
     "trace 2024 outreach-contacts --actuals reports"],
)  # fmt: skip
def test_nothing_is_suggested_in_a_pipe(command: str, tmp_path: Path) -> None:
    given = command.format(folder=tmp_path / "new").split()
    words = [sys.executable, "-m", "rehabplan", *given]
    environment = {**os.environ, "REHABPLAN_LANG": "en"}
    done = subprocess.run(words, cwd=ROOT, capture_output=True, env=environment, check=True)  # noqa: S603
    assert done.stdout
    assert b"\nNext\n" not in done.stdout
