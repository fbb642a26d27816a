"""Notes, reasons and sources of a plan: written once for both languages, or once in each."""

from pathlib import Path

import pytest

from rehabplan.i18n import use
from rehabplan.plan.fields import Remark
from rehabplan.plan.load import load_plan, load_plan_text
from rehabplan.plan.model import Plan
from rehabplan.problems import RehabplanError

PLAN = """\
year: 2024
title: {vi: "Kế hoạch", en: "Plan"}
issuer: "UBND xã"
document: {number: null, date: null, source: SOURCE}
targets:
  dossiers:
    name: {vi: "Hồ sơ", en: "Dossiers"}
    kind: count
    goal: 5
    unit: dossier
    note: NOTE
not_targets:
  - {text: {vi: "Việc khác", en: "Other work"}, reason: REASON}
"""
BOTH = '{vi: "Ghi chú", en: "Remark"}'


def plan(source: str = "null", note: str = "null", reason: str = '"No number"') -> Plan:
    text = PLAN.replace("SOURCE", source).replace("NOTE", note).replace("REASON", reason)
    return load_plan_text(text, "plan.yaml", Path()).plan


def test_one_for_each_language() -> None:
    read = plan(BOTH, BOTH, BOTH)
    for said in (read.document.source, read.targets["dossiers"].note, read.not_targets[0].reason):
        assert str(said) == "Remark"
        with use("vi"):
            assert str(said) == "Ghi chú"


def test_once_for_both() -> None:
    read = plan('"Báo"', '"Lưu ý"', '"Không có số"')
    for said in (read.document.source, read.targets["dossiers"].note, read.not_targets[0].reason):
        assert said is not None
        assert said.vi == said.en == str(said)


def test_an_empty_note_is_none() -> None:
    assert plan(note='""').targets["dossiers"].note is None


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ('""', "a text that is not empty"),
        ("5", "a text, or {vi: …, en: …}"),
        ('{vi: "Không có số"}', "'en'"),
        ('{vi: "Không có số", en: "No number", fr: "Rien"}', "'fr'"),
    ],
)
def test_what_is_no_text_is_told_once(reason: str, told: str) -> None:
    with pytest.raises(RehabplanError) as caught:
        plan(reason=reason)
    (problem,) = caught.value.problems
    assert told in problem.message
    assert problem.where is not None
    assert problem.where.line == 13


@pytest.mark.parametrize("path", sorted(Path("plans").glob("*.yaml")), ids=lambda path: path.stem)
def test_notes_and_reasons_of_the_plans_that_come_with_us_are_in_both_languages(path: Path) -> None:
    read = load_plan(path).plan
    said: list[object] = [one.reason for one in read.not_targets]
    said += [one.note for one in read.targets.values()]
    said += [one.note for one in read.totals]
    said += [one.source.note for one in read.targets.values()]
    said += [held.reason for one in read.targets.values() for held in one.held_equal]
    found = [one for one in said if isinstance(one, Remark)]
    assert found
    assert [one.en for one in found if one.vi == one.en] == []
