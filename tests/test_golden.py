"""Golden cases of the command line, run in the repository's own folder on the shipped example."""

from pathlib import Path

import pytest

from tests.cases import ROOT, case_folders, check_case


@pytest.mark.usefixtures("guarded")
@pytest.mark.parametrize("case", case_folders("golden"), ids=lambda case: case.name)
def test_golden(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    check_case(case)
