"""The record of changed goals: whether it hangs together, and whether it tells all that git knows."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabplan.plan.changes import Names, Version, as_finding, unrecorded
from rehabplan.plan.goal import Goal, parse_goal, same_goal
from rehabplan.plan.load import load_plan
from rehabplan.plan.model import Plan
from rehabplan.problems import RehabplanError, Severity

HEAD = 'year: 2024\ntitle: {vi: "Kế hoạch", en: "Plan"}\nissuer: "UBND"\n'
TODAY = date(2024, 12, 1)
GOALS = ["1700", '"ít nhất 1700"', '"> 1700"', '"<= 1700"', "0", '"<= 0"', "80.5", '"+10%"', '"-5%"',
         '"-5 points"', '"5..10%"', "{each: 1}", "{each: 2}", "done"]  # fmt: skip


def plan_text(changes: str = "", goal: str = "1500", more: str = "") -> str:
    target = f"  one:\n    name: {{vi: một, en: one}}\n    kind: count\n    goal: {goal}\n    unit: person\n"
    return f"{HEAD}{changes}targets:\n{target}{more}"


def entries(*rows: str) -> str:
    """Write `changes:` from rows "date target from → to"."""
    text = "changes:\n"
    for row in rows:
        day, target, rest = row.split(" ", 2)
        before, after = rest.split(" → ")
        text += f"  - {{date: {day}, target: {target}, from: {before}, to: {after}, reason: vì}}\n"
    return text


def loaded(folder: Path, text: str) -> Plan:
    (folder / "plan.yaml").write_text(text, "utf-8")
    return load_plan(folder / "plan.yaml").plan


def told(folder: Path, text: str) -> list[tuple[str, int | None]]:
    (folder / "plan.yaml").write_text(text, "utf-8")
    try:
        found = load_plan(folder / "plan.yaml").problems
    except RehabplanError as error:
        found = error.problems
    return [(item.code.number, item.where.line if item.where else None) for item in found]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["2024-07-15 one 1700 → 1500"], []),
        (['2024-07-15 one 1700 → ">= 1500"'], []),  # the meaning counts, not the writing
        (['2024-07-15 one 1700 → "> 1500"'], [("RP181", 5)]),
        (["2024-07-15 one 1700 → null"], [("RP181", 5)]),
        (["2024-07-15 one null → 1500"], []),  # came into the plan
        (["2024-05-20 one 1700 → 1600", "2024-07-15 one 1600 → 1500"], []),
        (["2024-05-20 one 1700 → 1600", '2024-07-15 one "ít nhất 1600" → 1500'], []),
        (["2024-05-20 one 1700 → 1600", "2024-07-15 one 1550 → 1500"], [("RP182", 6)]),
        (["2024-05-20 one 1700 → null", "2024-07-15 one null → 1500"], []),  # out, and in again
        (["2024-07-15 one 1600 → 1500", "2024-05-20 one 1700 → 1600"], [("RP183", 6)]),  # and no broken chain
        (["2024-07-15 one 1500 → 1500"], [("RP184", 5)]),
        (["2024-07-15 one 1700 → 1500", "2024-07-15 gone 5 → null"], []),
        (["2024-07-15 gone 5 → 6"], [("RP180", 5)]),
        (["2024-05-20 gone 5 → 6", "2024-07-15 gone 6 → null"], []),
        (["2024-05-20 old 1700 → 1600", "2024-07-15 one 1600 → 1500"], []),  # `was: old`
        (["2024-05-20 old 1700 → 1600"], [("RP181", 5)]),
    ],
)
def test_the_record_hangs_together(rows: list[str], expected: list[tuple[str, int]], tmp_path: Path) -> None:
    text = plan_text(entries(*rows)).replace("kind: count", "kind: count\n    was: old")
    assert told(tmp_path, text) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2024-07-15", []),
        ("2023-12-20", []),
        ("2022-12-31", ["RP187"]),
        ("2029-12-31", []),
        ("2030-01-01", ["RP187"]),
    ],
)
def test_a_change_long_before_or_after_the_year(day: str, expected: list[str], tmp_path: Path) -> None:
    found = told(tmp_path, plan_text(entries(f"{day} one 1700 → 1500")))
    assert [code for code, _line in found] == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2024-03-28", []), ("2021-12-01", []), ("2018-12-31", ["RP187"]), ("2030-03-28", ["RP187"])],
)
def test_a_document_of_another_time(day: str, expected: list[str], tmp_path: Path) -> None:
    found = told(tmp_path, plan_text(f"document: {{date: {day}}}\n"))
    assert [code for code, _line in found] == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("2024-05-01 review 2024-06-30 → 2024-09-30", []),
        ("2024-05-01 review done → 2024-09-30", []),  # it had no date
        ("2024-05-01 review 2024-06-30 → 2024-08-31", ["RP181"]),
        ("2024-05-01 review 2024-09-30 → 2024-09-30", ["RP184"]),
        ("2024-05-01 one 1700 → 2024-09-30", ["RP181"]),
    ],
)
def test_a_due_date_is_a_milestones_goal(row: str, expected: list[str], tmp_path: Path) -> None:
    more = (
        "  review:\n    name: {vi: hai, en: two}\n    kind: milestone\n    goal: done\n    due: 2024-09-30\n"
    )
    assert [code for code, _line in told(tmp_path, plan_text(entries(row), more=more))] == expected


def test_what_concerns_only_the_past_is_a_warning(tmp_path: Path) -> None:
    rows = ["2024-07-15 one 1 → 1", "2024-05-20 one 1700 → 1600", "2024-08-15 one 1550 → 1500"]
    (tmp_path / "plan.yaml").write_text(plan_text(entries(*rows)), "utf-8")
    found = load_plan(tmp_path / "plan.yaml").problems
    assert {item.code.number for item in found} == {"RP182", "RP183", "RP184"}
    assert {item.severity for item in found} == {Severity.WARNING}


def test_the_goal_of_the_plans_own_year_is_meant(tmp_path: Path) -> None:
    rows = entries("2024-07-15 one 1700 → 1500")
    assert told(tmp_path, plan_text(rows, "{2023: 1700, 2024: 1500, 2025: 1600}")) == []
    assert told(tmp_path, plan_text(rows, "{2024: 1600, 2025: 1500}")) == [("RP181", 5)]


def test_a_target_that_cannot_be_read_is_in_the_plan(tmp_path: Path) -> None:
    """Its own mistake is told, and the record is not called wrong for it."""
    rows = entries("2024-07-15 one 1700 → 1500")
    assert [code for code, _line in told(tmp_path, plan_text(rows, "1.500"))] == ["RP110"]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (1700, ">= 1700", True),
        (1700, "ít nhất 1700", True),
        ("1700 trở lên", "tối thiểu 1700", True),
        (0, "<= 0", True),
        ("9,8%", "9.8%", True),
        ("9,80%", "9.8%", True),
        ("-5%", "- 5 %", True),
        (1700, "> 1700", False),
        (80, "80%", False),
        ("-5%", "-5 points", False),
        ("5..10%", "5%", False),
        ("5..10%", "+5..10%", False),
        ({"each": 1}, "100%", False),
        ({"each": 1}, {"each": 1}, True),
    ],
)
def test_goals_are_the_same_by_what_they_mean(first: object, second: object, same: bool) -> None:
    assert same_goal(parse_goal(first), parse_goal(second)) is same
    assert not same_goal(parse_goal(first), None)


# ── what git knows ────────────────────────────────────────────────────────────────────────────


def version(day: str, goal: int | None = None, name: str = "one", *, draft: bool = False) -> Version:
    goals = {} if goal is None else {name: parse_goal(goal)}
    return Version(goals, f"c{day}", date.fromisoformat(f"2024-{day}"), draft=draft)


def steps(plan: Plan, versions: list[Version], today: date = TODAY) -> list[tuple[str, str, str, str]]:
    return [
        (step.target, step.before.text if step.before else "", step.after.text if step.after else "",
         step.version.commit)
        for step in unrecorded(plan, versions, today)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "rows", "expected"),
    [
        ([1500], [], []),
        ([1700], [], [("1700", "1500", "")]),  # in the working copy
        ([1700, 1500], [], [("1700", "1500", "c02")]),
        ([1700, 1500], ["1700 → 1500"], []),
        ([1700, 1500], ['">= 1700" → "ít nhất 1500"'], []),
        ([1700, 1600, 1500], [], [("1700", "1600", "c02"), ("1600", "1500", "c03")]),
        ([1700, 1600, 1500], ["1700 → 1500"], []),  # one entry from first to last
        ([1700, 1600, 1500], ["1700 → 1600", "1600 → 1500"], []),
        ([1700, 1600, 1500], ["1600 → 1500"], [("1700", "1600", "c02")]),
        ([1700, 1500], ["1700 → 1600", "1600 → 1500"], []),  # two changes, committed at once
        ([1500, 1700, 1500], [], []),  # taken back
        ([1700, 1500, 1700, 1500], [], [("1700", "1500", "c04")]),
        ([None, 1500], [], [("", "1500", "c02")]),
        ([None, 1500], ["null → 1500"], []),
        ([1500, None, 1500], [], []),
        ([1700, None, 1500], [], [("1700", "", "c02"), ("", "1500", "c03")]),
        ([1700, None, 1500], ["1700 → 1500"], []),
        ([], [], []),  # never committed
    ],
)
def test_changes_that_the_record_does_not_tell(
    before: list[int | None], rows: list[str], expected: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    changes = entries(*(f"2024-07-15 one {row}" for row in rows)) if rows else ""
    plan = loaded(tmp_path, plan_text(changes))
    versions = [version(f"0{at}-01", goal) for at, goal in enumerate(before, start=1)]
    assert steps(plan, versions) == [("one", *one[:2], one[2] and f"{one[2]}-01") for one in expected]


def test_a_target_taken_out(tmp_path: Path) -> None:
    versions = [Version({"one": parse_goal(1500), "two": parse_goal(7)}, "c1", date(2024, 1, 1))]
    assert steps(loaded(tmp_path, plan_text()), versions) == [("two", "7", "", "")]
    recorded = loaded(tmp_path, plan_text(entries("2024-07-15 two 7 → null")))
    assert steps(recorded, versions) == []


def test_a_new_id_is_no_new_target(tmp_path: Path) -> None:
    plan = loaded(tmp_path, plan_text().replace("kind: count", "kind: count\n    was: [older, old]"))
    versions = [version("01-01", 1700, "older"), version("02-01", 1600, "old")]
    found = [("one", "1700", "1600", "c02-01"), ("one", "1600", "1500", "")]
    assert steps(plan, versions) == found
    assert steps(plan, [version("01-01", 1500, "older")]) == []


def test_an_entry_may_name_the_older_id(tmp_path: Path) -> None:
    text = plan_text(entries("2024-07-15 old 1700 → 1500")).replace(
        "kind: count", "kind: count\n    was: old"
    )
    assert steps(loaded(tmp_path, text), [version("01-01", 1700, "old")]) == []


def test_an_id_that_is_still_there_was_not_renamed() -> None:
    names = Names.of([{"one": (), "two": ("one",)}])
    assert names.now("one") == "one"
    assert Names.of([{"two": ("one",)}, {"one": ("two",)}]).now("two") in ("one", "two")  # and it ends


@pytest.mark.parametrize(
    ("issued", "draft", "today", "expected"),
    [
        ("", "", TODAY, ["c02-01", "c03-01", ""]),
        ("2024-01-15", "", TODAY, ["c02-01", "c03-01", ""]),
        ("2024-02-01", "", TODAY, ["c03-01", ""]),
        ("2024-02-20", "", TODAY, ["c03-01", ""]),
        ("2024-03-28", "", TODAY, [""]),  # only the working copy is later
        ("2023-12-20", "", TODAY, ["c02-01", "c03-01", ""]),
        ("2024-12-01", "", TODAY, []),  # issued today
        ("2024-12-24", "", TODAY, []),  # not issued yet
        ("", "draft: true\n", TODAY, []),
    ],
)
def test_free_until_it_is_issued(
    issued: str, draft: str, today: date, expected: list[str], tmp_path: Path
) -> None:
    document = f"document: {{date: {issued}}}\n" if issued else ""
    plan = loaded(tmp_path, plan_text(document + draft, "1400"))
    versions = [version("01-01", 1700), version("02-01", 1600), version("03-01", 1500)]
    assert [commit for *_step, commit in steps(plan, versions, today)] == expected


def test_drafts_are_free(tmp_path: Path) -> None:
    plan = loaded(tmp_path, plan_text())
    versions = [version("01-01", 1, draft=True), version("02-01", 2, draft=True), version("03-01", 1700)]
    assert steps(plan, versions) == [("one", "1700", "1500", "")]
    assert steps(plan, versions[:2]) == []


def test_a_goal_that_could_not_be_read_is_passed_over(tmp_path: Path) -> None:
    unread = Version({}, "c2", date(2024, 2, 1), unread=frozenset({"one"}))
    plan = loaded(tmp_path, plan_text())
    assert steps(plan, [version("01-01", 1500), unread]) == []
    assert steps(plan, [version("01-01", 1700), unread]) == [("one", "1700", "1500", "")]


@pytest.mark.parametrize("goal", GOALS)
def test_the_entry_offered_is_one_that_tells_the_change(goal: str, tmp_path: Path) -> None:
    """Pasted into the plan, the entry is read, and nothing is left untold."""
    kind = {"done": "milestone", "{each: 1}": "coverage", "{each: 2}": "coverage"}.get(goal, "")
    if not kind:
        kind = "rate" if "point" in goal or ".." in goal else "count"
    text = plan_text("sites: {xa: {count: 3, unit: commune}}\n", goal).replace(
        "count\n    goal", f"{kind}\n    goal"
    )
    extra = {"coverage": "    sites: xa\n", "rate": '    baseline: "50%"\n', "count": "    baseline: 9\n"}
    text = text.replace(
        "    unit: person\n", "" if kind in ("milestone", "coverage") else "    unit: million-dong\n"
    )
    text += extra.get(kind, "")
    plan = loaded(tmp_path, text)
    versions = [version("01-01", 1234)]
    (step,) = unrecorded(plan, versions, TODAY)
    entry = str(as_finding(step).args["entry"])
    recorded = loaded(tmp_path, text.replace("targets:", f"changes:\n  {entry}\ntargets:"))
    assert recorded.changes[0].date == TODAY
    assert unrecorded(recorded, versions, TODAY) == []


Path_ = st.lists(st.sampled_from([None, 1, 2, 3]), min_size=1, max_size=7)


@given(Path_, st.lists(st.tuples(st.sampled_from([1, 2, 3]), st.sampled_from([1, 2, 3])), max_size=4))
def test_telling_more_leaves_less(goals: list[int | None], told_of: list[tuple[int, int]]) -> None:
    """What an entry is offered for is told once it is written; and a full record leaves nothing."""

    def plan(rows: list[tuple[int | None, int | None]]) -> Plan:
        record = [{"date": TODAY, "target": "one", "from": a, "to": b, "reason": "vì"} for a, b in rows]
        own = {"id": "one", "name": {"vi": "a", "en": "b"}, "kind": "count", "goal": 1, "unit": "person"}
        return Plan.model_validate({"year": 2024, "title": {"vi": "a", "en": "b"}, "issuer": "c",
                                    "changes": tuple(record), "targets": {"one": own}})  # fmt: skip

    versions = [version(f"0{at}-01", goal) for at, goal in enumerate(goals, start=1)]
    rows: list[tuple[int | None, int | None]] = list(told_of)
    left = unrecorded(plan(rows), versions, TODAY)
    assert len(left) <= len(unrecorded(plan([]), versions, TODAY))

    def figure(goal: Goal | None) -> int | None:
        return None if goal is None else int(goal.value)

    rows += [(figure(step.before), figure(step.after)) for step in left]
    assert unrecorded(plan(rows), versions, TODAY) == []
