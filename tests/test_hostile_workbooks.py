"""Every hostile workbook gets its answer: cells or a clear message, and never a fault of ours."""

import time
from collections import Counter
from pathlib import Path

import pytest

from rehabplan.actuals.account import Account
from rehabplan.actuals.model import Report
from rehabplan.actuals.vocabulary import Vocabulary
from rehabplan.actuals.worker import answer
from rehabplan.plan.load import load_plan
from rehabplan.problems import Code, Problem, RehabplanError
from tests.formats import Seen, opened, seen
from tests.hostile import Hostile, everything

pytestmark = pytest.mark.pressure

CASES = everything()
PLAN = Path(__file__).parents[1] / "plans" / "2024.yaml"


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    loaded = load_plan(PLAN)
    return Vocabulary.of(loaded.plan, loaded.sites)


def test_every_case_has_a_name_of_its_own() -> None:
    assert [name for name, count in Counter(case.name for case in CASES).items() if count > 1] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_answer(
    case: Hostile, words: Vocabulary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REHABPLAN_DEBUG", "1")  # what only the door's last resort catches is a failure here
    begin = time.process_time()
    found: str | Seen
    try:
        found = seen(opened(case.content, tmp_path, case.file))
    except RehabplanError as error:
        found = error.problems[0].code.number
    assert found == case.answer
    path = str(tmp_path / case.file)
    for kind, good in (("account", Account), ("report", Report)):
        told = answer(kind, path, words)
        if not isinstance(told, good):
            assert isinstance(told, list)
            assert told
            assert all(isinstance(one, Problem) and one.code is not Code.READER_FAILED for one in told)
    assert time.process_time() - begin < 20
