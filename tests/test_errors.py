"""The error gallery: for every code a smallest broken input and the message it gives."""

import os
import shutil
from pathlib import Path

import pytest

from rehabplan.problems import Code
from tests.cases import case_folders, check_case, prepared

# A case without its output waits for the command that gives it: REHABPLAN_REGEN=1 writes it.
CASES = [
    case for case in case_folders("errors")
    if (case / "expected.txt").exists() or os.environ.get("REHABPLAN_REGEN")
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_error_gallery(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if (case / "commits").exists() and shutil.which("git") is None:
        pytest.skip("git is not installed")
    prepared(case, tmp_path)
    monkeypatch.chdir(tmp_path)
    check_case(case)
    code = case.name.split("-")[0]
    assert code in (case / "expected.txt").read_text("utf-8")


# What no small file provokes: the guard around reading, shown in test_pool.py, a full disk behind standard
# output, shown in test_files_written.py, a git that fails, shown in test_history.py, and problems by the
# hundred, shown in test_hostile_plans.py.
SHOWN_ELSEWHERE = {Code.MORE_PROBLEMS, Code.TOO_SLOW, Code.TOO_MUCH, Code.READER_CRASHED, Code.READER_FAILED,
                   Code.HISTORY_UNREADABLE, Code.STDOUT_FAILED}  # fmt: skip


def test_every_code_is_in_the_gallery() -> None:
    shown = {case.name.split("-")[0] for case in CASES}
    assert shown == {code.number for code in Code} - {code.number for code in SHOWN_ELSEWHERE}
