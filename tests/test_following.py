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
    _before, found, after = text.rpartition("\nNext\n")
    return re.findall(r"^  rehabplan (.+)$", after, re.MULTILINE) if found else []


@pytest.mark.parametrize("command", NEXT)
def test_what_is_suggested(command: str, tmp_path: Path) -> None:
    out = str(tmp_path / "new.xlsx")
    found = suggested(in_a_terminal(tuple(command.format(out=out).split()), **PLAIN)[1].decode())
    assert found == [one.format(out=out) for one in NEXT[command]]


def test_nothing_is_suggested_in_a_pipe() -> None:
    words = [sys.executable, "-m", "rehabplan", "show", "2024"]
    environment = {**os.environ, "REHABPLAN_LANG": "en"}
    done = subprocess.run(words, cwd=ROOT, capture_output=True, env=environment, check=True)  # noqa: S603
    assert b"\nNext\n" not in done.stdout
