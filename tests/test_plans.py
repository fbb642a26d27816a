"""The shipped plans: every goal of the sources, and how plans are named and read."""

from pathlib import Path

import pytest

from rehabplan.plan.files import read_site_list
from rehabplan.plan.find import find_plan
from rehabplan.plan.load import load_plan
from rehabplan.problems import Code, RehabplanError, Severity
from tests.cases import ROOT

PLANS = ROOT / "plans"

# What the sources state, written down a second time: id, goal as printed in the plan, unit.
GOALS = {
    "2020": """
hang-buom-point 1 point
advice-points-extended 100% -
legal-referral-pilot-maintained 6 commune
legal-referral-pilot-extended 4 commune
service-access 90% person
compulsory-persons 800 person
home-community-rehab 600 person
voluntary-rehab 2000 person
private-facility-services 1000 person
substitution-treatment 6500 patient
returnees-managed 100% person
reintegrated-vocational-support 70% person
clubs-maintained 37 club
counselling-on-request 100% person
vocational-training 400 person
reintegration-support 30 person
""",
    "2023": """
service-access > 80% person
districts-publish-lists 100% -
communes-take-registrations 100% commune
registered-all-treated 100% person
substitution-treatment 5300 person
voluntary-rehab 960 person
private-facility-services 1000 person
compulsory-dossiers 1200 dossier
compulsory-hanoi-residents 50% person
reintegration-support 250 person
vocational-training 700 person
models-maintained 278 commune
models-new 103 commune
models-review-2021-2023 done -
resolution-draft done -
returnees-listed 100% person
returnees-managed 100% person
""",
    "2024": """
communes-take-registrations 100% commune
registered-all-treated 100% person
returnees-listed 100% person
service-access > 80% person
voluntary-rehab 1200 person
private-facility-services 1000 person
compulsory-dossiers 1700 dossier
district-model each: 1 -
district-model-review done -
digitised-dossiers done -
facility-digital-transformation done -
action-month done -
drug-control-day done -
communes-with-model 100% -
outreach-contacts 500 person-contact
""",
    "soc-son-2019": """
compulsory-persons 26 person
voluntary-rehab 82 person
home-community-rehab 17 person
commune-educated-in-treatment 100% person
returnees-managed 100% person
training-counselling-on-request 100% person
job-counselling-on-request 50% person
reintegration-support 20 person
staff-trained 70% person
list-in-rehab 80% person
""",
}


@pytest.mark.parametrize("name", GOALS)
def test_goals_of_the_shipped_plans(name: str) -> None:
    plan = load_plan(PLANS / f"{name}.yaml").plan
    found = {
        f"{target.id} {target.goal_of(plan.year).text} {target.unit or '-'}"
        for target in plan.targets.values()
    }
    assert found == set(GOALS[name].strip().splitlines())


@pytest.mark.parametrize(
    ("name", "number", "day"),
    [("2020", None, None), ("2023", "110/KH-UBND", "2023-03-28"), ("2024", None, None),
     ("soc-son-2019", "105/KH-UBND", "2019-03-29")],
)  # fmt: skip
def test_documents_are_named_where_known_and_never_invented(
    name: str, number: str | None, day: str | None
) -> None:
    plan = load_plan(PLANS / f"{name}.yaml").plan
    assert plan.document.number == number
    assert (plan.document.date.isoformat() if plan.document.date else None) == day
    assert {target.source.clause for target in plan.targets.values()} == {None}


def test_relations_between_targets() -> None:
    plan_2023 = load_plan(PLANS / "2023.yaml").plan
    assert plan_2023.targets["compulsory-hanoi-residents"].parent == "compulsory-dossiers"
    plan_2020 = load_plan(PLANS / "2020.yaml").plan
    assert plan_2020.targets["reintegrated-vocational-support"].parent == "returnees-managed"
    voluntary = load_plan(PLANS / "2024.yaml").plan.targets["voluntary-rehab"]
    assert [alias.covers for alias in voluntary.aliases].count("part") == 1


def test_a_total_that_differs_from_its_parts_is_kept_and_warned_of() -> None:
    loaded = load_plan(PLANS / "soc-son-2019.yaml")
    total = loaded.plan.totals[0]
    assert total.stated == 105
    (warning,) = loaded.problems
    assert (warning.code, warning.severity) == (Code.TOTAL_DIFFERS, Severity.WARNING)
    assert "105" in warning.message
    assert "125 (26 + 82 + 17)" in warning.message


def test_every_plan_says_what_it_judged_to_be_no_target() -> None:
    for name in GOALS:
        plan = load_plan(PLANS / f"{name}.yaml").plan
        assert plan.not_targets
        assert all(item.reason for item in plan.not_targets)


@pytest.mark.parametrize(
    ("file", "counts"),
    [
        ("hanoi-until-2024.csv", {"xa": 383, "phuong": 175, "thi_tran": 21}),
        ("hanoi-from-2025-07-01.csv", {"xa": 75, "phuong": 51}),
    ],
)
def test_site_lists(file: str, counts: dict[str, int]) -> None:
    rows = read_site_list(PLANS / "sites" / file)
    types = [row["commune_type"] for row in rows]
    assert {kind: types.count(kind) for kind in set(types)} == counts
    codes = [row["commune_code"] for row in rows]
    assert len(set(codes)) == len(codes)
    assert {len(code) for code in codes} == {5}


# ── names of plans ────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("plans/2023.yaml", "plans/2024.yaml", "plans/old/2019.yml", "plans/old/2023.yaml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("name", "found"),
    [("2024", "plans/2024.yaml"), ("2019", "plans/old/2019.yml"), ("plans/2023.yaml", "plans/2023.yaml"),
     ("./plans/old/2023.yaml", "plans/old/2023.yaml")],
)  # fmt: skip
def test_a_plan_is_found_by_path_or_short_name(name: str, found: str) -> None:
    assert find_plan(name) == Path(found)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("2023", Code.TWO_PLANS, ["2023.yaml or", "old"]),
        ("2042", Code.NO_PLAN, ["2019, 2023, 2024", "did you mean '2024'?"]),
        ("plans/2042.yaml", Code.NO_PLAN, ["2024"]),
        ("202", Code.NO_PLAN, ["2024"]),  # no match by prefix
    ],
)
def test_a_name_that_means_none_or_two_says_what_there_is(name: str, code: Code, words: list[str]) -> None:
    with pytest.raises(RehabplanError) as caught:
        find_plan(name)
    (found,) = caught.value.problems
    assert found.code is code
    for word in words:
        assert word in found.message
