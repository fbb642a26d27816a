"""Every kind of target in one plan and one report, each verdict worked out by hand (design.md §4).

All figures are of 30/9/2024 in a calendar year: 274 of 366 days have passed, so that

    e = 274/366 = 137/183              share of the year
    m = 92 ÷ (366 ÷ 12) = 184/61       months left
"""

from collections import Counter
from fractions import Fraction as F  # noqa: N817 - the table below is arithmetic
from pathlib import Path
from typing import NamedTuple

import pytest

from rehabplan.actuals.load import load_report
from rehabplan.actuals.vocabulary import Vocabulary
from rehabplan.assess import Assessment, Result, assess
from rehabplan.gather import gather
from rehabplan.measure.scope import Scope
from rehabplan.numbers import Amount
from rehabplan.plan.load import load_plan
from rehabplan.plan.model import Plan
from rehabplan.problems import Code
from rehabplan.verdict import Outlook, Status
from tests.cases import prepared, run
from tests.grid import write_workbook

FOLDER = Path(__file__).parent / "every_kind"
PLAN = load_plan(FOLDER / "plan.yaml")


class Want(NamedTuple):
    """What must come out at 30/9, and the status on 31/12 if the figures stay as they are."""

    status: str
    outlook: str | None
    expected: F | None
    gap: F | None
    percent: F | None
    needed: F | None
    at_year_end: str


e = F(137, 183)

WANTED: dict[str, Want] = {
    # Exactly at the expected figure: 1,464 × e = 4 × 274. 368 are missing, 368 ÷ m = 2 × 61.
    "counselled": Want(
        "on_track", "possible", F(1096), F(368), F(13700, 183), F(122), "missed"),
    # 1,000 × e = 748.6 ≤ 800.
    "finishers": Want(
        "on_track", "possible", F(137000, 183), F(200), F(80), F(1525, 23), "missed"),
    # 540 of the 800 who finished (not of the 1,000 planned) are 67.5 %, at least 0.9 × 70 = 63.
    "finishers-supported": Want(
        "at_risk", "possible", F(70), F(5, 2), F(675, 7), None, "missed"),
    # 120 × e = 89.8 ≤ 100: an of-which count has a pace of its own.
    "finishers-with-loan": Want(
        "on_track", "possible", F(5480, 61), F(20), F(250, 3), F(305, 46), "missed"),
    # 1,700 × e = 1,272.7: 73 behind, yet more than 0.9 × 1,272.7 = 1,145.4.
    "dossiers": Want(
        "at_risk", "possible", F(232900, 183), F(500), F(1200, 17), F(7625, 46), "missed"),
    # 600 persons of how many? The parent counts dossiers, so the share is unknown.
    "dossier-residents": Want(
        "undetermined", "possible", F(50), None, None, None, "undetermined"),
    # One dossier, one person: 570 of 1,200 are 47.5 %, at least 0.9 × 50 = 45.
    "dossier-persons-heard": Want(
        "at_risk", "possible", F(50), F(5, 2), F(95), None, "missed"),
    # One row, two targets: 45 ≥ 40 cannot be undone; 45 ≤ 60 can still be passed.
    "meetings-least": Want(
        "met", "secured", 40 * e, F(-5), F(225, 2), None, "met"),
    "meetings-most": Want(
        "on_track", "possible", F(60), F(-15), None, None, "met"),
    # 90 × e = 67.4, band 60.6: 60 is just below.
    "patrols": Want(
        "behind", "possible", F(4110, 61), F(30), F(200, 3), F(915, 92), "missed"),
    # By quarter 50 + 100 + 150 = 300, band 270.
    "leaflets": Want(
        "at_risk", "possible", F(300), F(115), F(285, 4), F(305, 8), "missed"),
    # 30/9 is day 92 of the 123 from 30/6 to 31/10: 300 + 400 × 92/123 = 599.2, band 539.3.
    "vocational": Want(
        "at_risk", "possible", F(73700, 123), F(460), F(54), F(305, 2), "missed"),
    # Nothing is expected before the end of the year.
    "awards": Want(
        "not_due", "possible", None, F(40), F(20), F(305, 23), "missed"),
    "inventory": Want(
        "not_due", None, None, None, None, None, "not_reported"),
    # A blank is no 0; what was to be expected is still known: 366 × e.
    "silent": Want(
        "not_reported", None, F(274), None, None, None, "not_reported"),
    # No baseline, no pace; 400 of 420.
    "in-treatment": Want(
        "not_due", "possible", None, F(20), F(2000, 21), F(305, 46), "missed"),
    # 200 of 400 × e = 299.5 more; the level 6,300 would be 98 % of 6,399.5 and at risk only.
    "methadone": Want(
        "behind", "possible", 6100 + 400 * e, F(200), F(1260, 13), F(1525, 23), "missed"),
    # Maintained in full all year: 36 ≥ 0.9 × 37 = 33.3 > 33.
    "clubs-kept": Want(
        "at_risk", "possible", F(37), F(1), F(3600, 37), F(61, 184), "missed"),
    "points-kept": Want(
        "behind", "possible", F(37), F(4), F(3300, 37), F(61, 46), "missed"),
    # 260 is the goal of 2024 among 2023, 2024, 2025: 200 + 60 × e = 244.9 ≤ 245.
    "home-care": Want(
        "on_track", "possible", 200 + 60 * e, F(15), F(1225, 13), F(915, 184), "missed"),
    # Ten months, none older than 12.
    "oldest-file": Want(
        "on_track", "possible", F(12), F(-2), None, None, "met"),
    # From 300 down to 250: 50 × e = 37.5 less, so 262.5 now; 264 is 36 less, at least 0.9 × 37.5.
    "hotspots": Want(
        "at_risk", "possible", 300 - 50 * e, F(14), None, None, "missed"),
    # 1,999 of 2,500 are 79.96 %.
    "service-access": Want(
        "at_risk", "possible", F(80), F(1, 25), F(1999, 20), None, "missed"),
    # 60 × e = 44.9 communes ≤ 52.
    "communes-with-team": Want(
        "on_track", "possible", F(2740, 61), F(8), F(260, 3), F(61, 23), "missed"),
    # 30 × e = 22.5 facilities, band 20.2 ≤ 21.
    "facility-model": Want(
        "at_risk", "possible", F(1370, 61), F(9), F(70), F(549, 184), "missed"),
    # The step of 2024, not the horizon of 2030.
    "insured": Want(
        "on_track", "possible", F(60), F(-1), F(305, 3), None, "met"),
    # Above the upper end 10, below 1.1 × 10.
    "beds-free": Want(
        "at_risk", "possible", F(10), F(2, 5), None, None, "missed"),
    "hiv-positive-treated": Want(
        "not_applicable", None, F(100), None, None, None, "not_applicable"),
    # None arose: that is a figure. It may still arise.
    "no-escapes": Want(
        "on_track", "possible", F(0), F(0), None, None, "met"),
    # 0.3 < 0.32 ≤ 0.33.
    "rule-breaking-cap": Want(
        "at_risk", "possible", F(3, 10), F(1, 50), None, None, "missed"),
    "complaints-cap": Want(
        "on_track", "possible", F(12), F(-3), None, None, "met"),
    # The sixth of at most five cannot be undone.
    "late-files-cap": Want(
        "missed", "out_of_reach", F(5), F(1), None, None, "missed"),
    # 310 in nine months of the base, less 5 %: 294.5 < 300 ≤ 1.1 × 294.5. The year's goal is 380.
    "new-cases": Want(
        "at_risk", "possible", F(589, 2), F(-80), None, None, "met"),
    # No same period: 500 × e less 10 % = 336.9. The year's goal is 450.
    "thefts": Want(
        "on_track", "possible", F(20550, 61), F(-114), None, None, "met"),
    # The mean of 120, 130, 140 less 10 % is 117; 117 × e = 87.6, and 1.1 × 87.6 = 96.3 < 97.
    "brawls": Want(
        "behind", "possible", F(5343, 61), F(-20), None, None, "met"),
    # 9.8 − 0.8 = 9 at every period; 9.5 ≤ 9.9.
    "dropout-points": Want(
        "at_risk", "possible", F(9), F(1, 2), None, None, "missed"),
    # 2,000 and 10 % more: 2,200 × e = 1,646.99.
    "tests-done": Want(
        "on_track", "possible", F(301400, 183), F(553), F(1647, 22), F(33733, 184), "missed"),
    # The nearer end is 5 % more: 1,050 × e = 786.1 ≤ 790.
    "jobs-range": Want(
        "on_track", "possible", F(47950, 61), F(260), F(1580, 21), F(3965, 46), "missed"),
    # Done is 1 of 1, not done 0 of 1.
    "review-held": Want(
        "met", "secured", F(1), F(0), F(100), None, "met"),
    "rules-issued": Want(
        "behind", "possible", F(1), F(1), F(0), None, "missed"),
    "archive-digitised": Want(
        "not_due", None, None, None, None, None, "not_reported"),
    "quality": Want(
        "not_due", "possible", None, F(1), F(0), None, "missed"),
}  # fmt: skip


def assessed(plan: Plan, folder: Path, label: str) -> Assessment:
    path = folder / "report.xlsx"
    write_workbook((FOLDER / "report.grid").read_text("utf-8"), path)
    report = load_report(path, Vocabulary.of(plan, PLAN.sites))
    return assess(plan, gather(plan, [report], PLAN.sites, label), Scope(PLAN.sites))


@pytest.fixture(scope="module")
def nine_months(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Result]:
    found = assessed(PLAN.plan, tmp_path_factory.mktemp("every_kind"), "9m")
    return {result.target.id: result for result in found.results}


def exact(amount: Amount | None) -> F | None:
    return amount.value if amount is not None else None


def test_every_target_has_a_verdict_in_the_table() -> None:
    assert PLAN.problems == []
    assert set(WANTED) == set(PLAN.plan.targets)


@pytest.mark.parametrize("target", WANTED)
def test_at_nine_months(target: str, nine_months: dict[str, Result]) -> None:
    result = nine_months[target]
    found = (
        str(result.status),
        str(result.outlook) if result.outlook else None,
        result.expected,
        exact(result.gap),
        exact(result.percent),
        result.needed_per_month,
    )
    assert found == WANTED[target][:-1]


def test_at_year_end(tmp_path: Path) -> None:
    found = assessed(PLAN.plan, tmp_path, "year")
    statuses = {result.target.id: str(result.status) for result in found.results}
    assert statuses == {target: want.at_year_end for target, want in WANTED.items()}
    expected = Counter(Status(want.at_year_end) for want in WANTED.values())
    assert found.counts == {status: expected[status] for status in Status}
    assert all(
        result.outlook != Outlook.POSSIBLE or result.status == "undetermined" for result in found.results
    )


def test_the_report_leaves_one_question(tmp_path: Path) -> None:
    found = assessed(PLAN.plan, tmp_path, "9m")
    assert [(item.code, item.where and item.where.cell) for item in found.problems] == [
        (Code.PARENT_UNIT, "D10"),
    ]
    assert found.unplanned == ()


def test_decreases_say_what_they_are_compared_with(nine_months: dict[str, Result]) -> None:
    assert "same period" in str(nine_months["new-cases"].steps[0])
    assert "no same period" in str(nine_months["thefts"].steps[0])


def test_an_unknown_pace_is_said(nine_months: dict[str, Result]) -> None:
    steps = " ".join(str(step) for step in nine_months["in-treatment"].steps)
    assert "pace is unknown" in steps


def test_parts_stand_under_their_whole(nine_months: dict[str, Result]) -> None:
    depths = [(name, result.depth) for name, result in nine_months.items() if result.depth]
    assert depths == [
        ("finishers-supported", 1),
        ("finishers-with-loan", 1),
        ("dossier-residents", 1),
        ("dossier-persons-heard", 1),
    ]


def test_two_owners_are_kept() -> None:
    assert PLAN.plan.targets["patrols"].owners.lead == ("Công an huyện", "Hội Cựu chiến binh huyện")


def test_trace_names_both_owners(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One target with two owners: the plan's words come out where the target is traced."""
    prepared(FOLDER, tmp_path)
    monkeypatch.chdir(tmp_path)
    plan = load_plan(Path("plan.yaml")).plan
    target = next(
        one for one in plan.targets.values() if len(one.owners.lead) + len(one.owners.cooperating) > 1
    )
    output = run(f"trace plan.yaml {target.id} --actuals report.xlsx --period 9m", columns=160)
    for office in (*target.owners.lead, *target.owners.cooperating):
        assert office in output
