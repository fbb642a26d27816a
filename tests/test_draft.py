from pathlib import Path

import pytest

from tests.cases import case_folders, check_case, prepared


@pytest.mark.parametrize("case", case_folders("drafts"), ids=lambda case: case.name)
def test_whole_drafts(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared(case, tmp_path)
    monkeypatch.chdir(tmp_path)
    check_case(case)
