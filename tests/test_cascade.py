"""Does a plan fit together before any report: shares and goals, baselines, parts, totals."""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabplan.plan.cascade import check_cascade
from rehabplan.plan.load import load_plan
from rehabplan.plan.model import Plan
from rehabplan.problems import Code, Problem, RehabplanError, Severity
from rehabplan.sites import Site, SiteIndex, SiteSet
from tests.cases import ROOT

HEAD = 'year: 2024\ntitle: {vi: "Kế hoạch", en: "Plan"}\nissuer: "UBND"\n'
SITES = """\
sites: {huyen: {count: 3, unit: district, list: huyen.csv, key: code, name: name}}
shares: {sites: huyen, list: giao.csv}
"""


def target(name: str, kind: str, goal: str, *more: str) -> str:
    unit = [] if kind == "milestone" or any(line.startswith("unit") for line in more) else ["unit: person"]
    lines = [f"name: {{vi: {name} vi, en: {name} en}}", f"kind: {kind}", f"goal: {goal}", *unit, *more]
    return f"  {name}:\n" + "".join(f"    {line}\n" for line in lines)


def problems(folder: Path, targets: str, head: str = "", tail: str = "") -> list[Problem]:
    (folder / "huyen.csv").write_text("code,name\n01,Ba Đình\n02,Đống Đa\n03,Sóc Sơn\n", "utf-8")
    path = folder / "plan.yaml"
    path.write_text(f"{HEAD}{head}targets:\n{targets}{tail}", "utf-8")
    try:
        return load_plan(path).problems
    except RehabplanError as error:
        return error.problems


def shared(folder: Path, table: str, targets: str) -> list[Problem]:
    (folder / "giao.csv").write_text(table, "utf-8")
    return problems(folder, targets, SITES)


def column(name: str, *shares: int | str) -> str:
    rows = [f"{code},{share}" for code, share in zip(("01", "02", "03"), shares, strict=True)]
    return "\n".join([f"code,{name}", *rows, ""])


def told(found: list[Problem]) -> list[str]:
    return [item.code.number for item in found]


@pytest.mark.parametrize(
    ("goal", "shares", "expected"),
    [
        ("100", (50, 30, 20), ""),
        ("100", (50, 30, 21), "adds up to 101: 1 more than the goal 100."),
        ("100", (50, 30, 0), "adds up to 80: 20 less than the goal 100."),
        ('">= 100"', (50, 50, 0), ""),
        ('"> 100"', (50, 50, 0), "adds up to 100: just not more, as the goal > 100 asks."),
        ('"> 100"', (50, 50, 1), ""),  # the least whole number above 100
        ('"> 100"', (50, 50, 2), "adds up to 102: 2 more than the goal > 100."),
        ('"> 100"', (50, 49, 0), "adds up to 99: 1 less than the goal > 100."),
        ('"<= 100"', (10, 10, 10), ""),  # a cap may be left unused
        ('"<= 100"', (50, 50, 0), ""),
        ('"<= 100"', (50, 50, 5), "adds up to 105: 5 more than the goal <= 100."),
        ('"< 100"', (50, 49, 0), ""),
        ('"< 100"', (50, 50, 0), "adds up to 100: just not less, as the goal < 100 asks."),
        ("0", (0, 0, 0), ""),
        ("0", (0, 1, 0), "adds up to 1: 1 more than the goal 0."),
        ('"100..120"', (40, 40, 20), ""),
        ('"100..120"', (40, 40, 40), ""),
        ('"100..120"', (40, 40, 41), "adds up to 121: 1 more than the goal 100..120."),
        ('"100..120"', (40, 40, 19), "adds up to 99: 1 less than the goal 100..120."),
        ('"+10%"', (1, 1, 1), ""),  # a change in percent has no sum
        ("{2024: 100, 2025: 500}", (50, 30, 20), ""),  # the plan's own year
        ("{2024: 100, 2025: 50}", (50, 0, 0), "adds up to 50: 50 less than the goal 100."),
    ],
)
def test_shares_against_the_goal(goal: str, shares: tuple[int, ...], expected: str, tmp_path: Path) -> None:
    baseline = ["baseline: 90"] if goal == '"+10%"' else []
    found = shared(tmp_path, column("treated", *shares), target("treated", "count", goal, *baseline))
    assert [item.severity for item in found] == [Severity.WARNING] * bool(expected)
    if expected:
        assert f"The column 'treated' of giao.csv {expected}" in found[0].message
        assert (found[0].where and found[0].where.line) == 5  # where the list is named
        more = "less than" not in expected and "not more" not in expected
        assert found[0].code is (Code.SHARES_OVER if more else Code.SHARES_UNDER)


def test_shares_of_a_stock_are_held_against_its_level(tmp_path: Path) -> None:
    found = shared(tmp_path, column("patients", 10, 10, 10), target("patients", "stock", "40"))
    assert told(found) == ["RP163"]


def test_sites_without_a_share_where_others_have_one(tmp_path: Path) -> None:
    table = "code,a,b,c,d\n01,10,10,10,\n02,,,0,\n"
    targets = "".join(target(name, "count", "10") for name in "abcd")
    found = shared(tmp_path, table, targets)
    assert [item.message.partition(". ")[0] for item in found] == [
        "giao.csv gives no share of 'a', 'b' to 2 of the 3 sites of 'huyen': Đống Đa, Sóc Sơn",
        "giao.csv gives no share of 'c' to 1 of the 3 sites of 'huyen': Sóc Sơn",
    ]  # nobody has a share of d


def test_many_sites_are_named_and_counted() -> None:
    sites = tuple(Site("xa", f"{number:02}", f"Xã {number}") for number in range(1, 12))
    index = SiteIndex.of([SiteSet("xa", "commune", 11, sites)])
    path = ROOT / "plans" / "2024.yaml"
    loaded = load_plan(path).plan
    shares = {"sites": "xa", "list": "giao.csv"}
    plan = Plan.model_validate({**dict(loaded), "shares": shares, "targets": dict(loaded.targets)})
    (found,) = check_cascade(plan, index, {"outreach-contacts": {"01": Fraction(500)}})
    assert found.code is Code.SITES_WITHOUT_SHARE
    assert found.args["names"] == "Xã 2, Xã 3, Xã 4, Xã 5 and 6 more"


def test_a_table_with_an_unusable_line_is_not_added_up(tmp_path: Path) -> None:
    """The line is told; the sum without it would be wrong."""
    found = shared(tmp_path, column("treated", 50, "hàng trăm", 20), target("treated", "count", "100"))
    assert told(found) == ["RP145"]


def test_percentages_are_never_added_up(tmp_path: Path) -> None:
    rate = shared(tmp_path, column("access", "80", "90", "85"), target("access", "rate", '"80%"'))
    assert "percentages are never added up" in rate[0].message
    share = shared(tmp_path, column("treated", "40%", "20/60", "60"), target("treated", "count", "100"))
    assert told(share) == ["RP145", "RP145"]
    assert all("is a percentage, and these are never added up" in item.message for item in share)
    done = shared(tmp_path, column("review", "1", "1", "1"), target("review", "milestone", "done"))
    assert "'review' is a milestone, which cannot be shared out" in done[0].message


def test_a_sites_share_of_a_part_is_no_more_than_its_share_of_the_whole(tmp_path: Path) -> None:
    table = "code,all,part\n01,50,50\n02,30,31\n03,20,0\n"
    whole = target("all", "count", "100")
    found = shared(tmp_path, table, whole + target("part", "count", "81", "parent: all"))
    assert told(found) == ["RP165"]
    assert "than of its whole 'all': Đống Đa (31, whole 30). " in found[0].message
    assert shared(tmp_path, table, whole + target("part", "count", "81", "parent: all", "unit: model")) == []


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=8), st.integers(0, 10**6))
def test_exactly_one_finding_unless_the_shares_make_the_goal(shares: list[int], goal: int) -> None:
    sites = tuple(Site("xa", f"{number:02}", f"Xã {number}") for number in range(len(shares)))
    index = SiteIndex.of([SiteSet("xa", "commune", len(shares), sites)])
    plan = Plan.model_validate({
        "year": 2024, "title": {"vi": "a", "en": "b"}, "issuer": "c",
        "sites": {"xa": {"count": len(shares), "unit": "commune"}},
        "shares": {"sites": "xa", "list": "x.csv"},
        "targets": {"one": {"id": "one", "name": {"vi": "a", "en": "b"}, "kind": "count", "goal": goal,
                            "unit": "person"}},
    })  # fmt: skip
    table = {"one": {site.key: Fraction(share) for site, share in zip(sites, shares, strict=True)}}
    found = [item.code for item in check_cascade(plan, index, table)]
    over, under = sum(shares) > goal, sum(shares) < goal
    assert found == [Code.SHARES_OVER] * over + [Code.SHARES_UNDER] * under


# ── goals and baselines ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("kind", "lines", "expected"),
    [
        # A level above an increase goal, and the ways to say that it is to be kept.
        ("stock", ("6500", "baseline: 6700"), "RP166"),
        ("stock", ("6500", "baseline: 6100"), ""),
        ("stock", ("37", "baseline: 37"), ""),  # how plans write "maintain 37"
        ("stock", ('"> 37"', "baseline: 37"), ""),
        ("stock", ("6500", "baseline: 6700", "pace: every_period"), ""),
        ("stock", ("6500", "baseline: 6700", "pace: year_end"), "RP166"),
        ("stock", ("{2024: 6500, 2025: 7000}", "baseline: 6700"), "RP166"),
        ("stock", ("{2024: 6800, 2025: 6500}", "baseline: 6700"), ""),
        ("rate", ('"80%"', 'baseline: "85%"'), ""),  # rates are held at every period
        ("rate", ('"80%"', 'baseline: "85%"', "pace: year_end"), "RP166"),
        ("rate", ('"80%"', 'baseline: "85%"', "pace: every_period"), ""),
        ("coverage", ('"50%"', "sites: xa", 'baseline: "40/60"'), "RP166"),
        ("coverage", ('"50%"', "sites: xa", 'baseline: "20/60"'), ""),
        ("stock", ('"500..600"', "baseline: 700"), ""),  # down into the range
        ("stock", ('"500..600"', "baseline: 700", "over: ok"), "RP166"),
        ("count", ("500", "baseline: 600"), ""),  # a count begins at 0; fewer than last year may be meant
        # A decrease that is none.
        ("stock", ('"<= 100"', "baseline: 120"), ""),  # a falling stock goal
        ("stock", ('"<= 100"', "baseline: 100"), ""),  # no more than there are
        ("count", ("0", "baseline: 0"), ""),
        ("count", ('"<= 12"', "baseline: 12"), ""),  # as RP168 advises
        ("stock", ('"<= 100"', "baseline: 90"), "RP167"),
        ("stock", ('"< 100"', "baseline: 100"), ""),  # from 100 to less
        ("stock", ('"< 100"', "baseline: 99"), "RP167"),
        ("count", ('"<= 100"', "baseline: 90"), "RP167"),
        ("count", ('"<= 100"', "baseline: 90", "pace: every_period"), ""),
        ("count", ("0", "baseline: 3"), ""),
        ("rate", ('"<= 9,8%"', 'baseline: "9,5%"'), ""),
        ("rate", ('"<= 9,8%"', 'baseline: "9,5%"', "pace: year_end"), "RP167"),
        ("rate", ('"<= 9,8%"', 'baseline: "12%"'), ""),
        # A change by nothing.
        ("count", ('"-0%"', "baseline: 90"), "RP168"),
        ("count", ('"+0%"', "baseline: 90"), "RP168"),
        ("rate", ('"-0 points"', 'baseline: "9,8%"'), "RP168"),
        ("count", ('"+0..5%"', "baseline: 90"), ""),
        ("count", ('"-5%"', "baseline: 90"), ""),
        # What nobody can reach.
        ("rate", ('"-12 points"', 'baseline: "9,8%"'), "RP169"),
        ("rate", ('"-9,8 points"', 'baseline: "9,8%"'), ""),
        ("rate", ('"+10%"', 'baseline: "95%"'), "RP169"),
        ("rate", ('"+5 points"', 'baseline: "95%"'), ""),
        ("rate", ('"+3..10 points"', 'baseline: "95%"'), ""),  # 98 % will do
        ("rate", ('"+6..10 points"', 'baseline: "95%"'), "RP169"),
        ("count", ('"+200%"', "baseline: 90"), ""),
        ("count", ('"< 0"',), "RP169"),
        ("rate", ('"< 0%"',), "RP169"),
        ("rate", ('"<= 0%"',), ""),
    ],
)
def test_goals_and_baselines(kind: str, lines: tuple[str, ...], expected: str, tmp_path: Path) -> None:
    found = problems(tmp_path, target("one", kind, *lines), "sites: {xa: {count: 60, unit: commune}}\n")
    assert told(found) == [expected] * bool(expected)
    if expected:
        severe = Severity.ERROR if expected == "RP169" else Severity.WARNING
        assert found[0].severity is severe


@pytest.mark.parametrize(
    ("pace", "judged"),
    [
        ("linear", "it is judged as one to be maintained"),
        ("year_end", "it is judged at the end of the year only"),
        ("{curve: {2024-06-30: 6600, 2024-12-31: 6500}}", "it is judged by the plan's own path"),
    ],
)
def test_how_a_goal_that_is_reached_is_judged(pace: str, judged: str, tmp_path: Path) -> None:
    (found,) = problems(tmp_path, target("one", "stock", "6500", "baseline: 6700", f"pace: {pace}"))
    assert judged in found.message


def test_a_draft_of_a_good_year_is_quiet(tmp_path: Path) -> None:
    """Last year's goals are reached where the year was good; nobody has decided the new ones."""
    rows = target("one", "stock", "6500", "baseline: 6700") + target("two", "stock", '"<= 9"', "baseline: 8")
    assert told(problems(tmp_path, rows, "draft: true\n")) == ["RP190"]


@pytest.mark.parametrize(
    ("kind", "lines", "reason"),
    [
        ("rate", ('"> 100%"',), "no share is above 100%; to ask for all, write '100%'"),
        ("rate", ('"105%"',), "a share is never more than 100%"),
        ("stock", ('"-110%"', "baseline: 90"), "a decrease by more than 100% would leave less than nothing"),
    ],
)
def test_why_a_share_is_too_much(kind: str, lines: tuple[str, ...], reason: str, tmp_path: Path) -> None:
    (found,) = problems(tmp_path, target("one", kind, *lines))
    assert (found.code.number, dict(found.args)["reason"]) == ("RP123", reason)


def test_a_broken_target_is_told_once(tmp_path: Path) -> None:
    """What rests on a value that is wrong by itself is not compared with others."""
    found = problems(tmp_path, target("one", "stock", "50", 'baseline: "85%"'))
    assert told(found) == ["RP108"]
    found = problems(tmp_path, target("one", "rate", "1.500", 'baseline: "85%"'))
    assert told(found) == ["RP110"]


# ── goals and each other ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("first", "second", "contradict"),
    [
        (("rate", '">= 90%"'), ("rate", '"< 80%"'), True),
        (("rate", '">= 80%"'), ("rate", '"<= 80%"'), False),
        (("rate", '"> 80%"'), ("rate", '"<= 80%"'), True),
        (("rate", '">= 80%"'), ("rate", '"< 80%"'), True),
        (("rate", '"80%"'), ("rate", '"90%"'), False),
        (("rate", '"80%"'), ("rate", '"5..10%"'), True),
        (("rate", '"80%"'), ("rate", '"-5 points"', 'baseline: "40%"'), True),  # 35 %
        (("count", "40"), ("count", '"<= 60"'), False),
        (("count", "60"), ("count", '"<= 40"'), True),
        (("count", '"> 40"'), ("count", '"< 41"'), True),  # no whole number between
        (("count", '"> 40"'), ("count", '"< 42"'), False),
        (("count", '"> 40"', "unit: million-dong"), ("count", '"< 41"', "unit: million-dong"), False),
        (("count", "60"), ("count", '"<= 40"', "unit: model"), False),  # another figure
        (("count", "60"), ("rate", '"<= 40%"'), False),
        (("rate", '"90%"'), ("rate", '"<= 40%"', "population: {vi: khác, en: other}"), False),
        (("count", "{2024: 60, 2025: 10}"), ("count", "{2024: 60, 2025: '<= 5'}"), False),
        (("milestone", "done"), ("count", "5"), False),
    ],
)
def test_two_goals_of_one_row(
    first: tuple[str, ...], second: tuple[str, ...], contradict: bool, tmp_path: Path
) -> None:
    both = target("one", *first, "indicator: row"), target("two", *second, "indicator: row")
    assert told(problems(tmp_path, both[0] + both[1])) == ["RP170"] * contradict
    assert told(problems(tmp_path, both[1] + both[0])) == ["RP170"] * contradict
    apart = both[0] + both[1].replace("indicator: row", "indicator: another")
    assert problems(tmp_path, apart) == []


def test_both_goals_of_a_row_are_named(tmp_path: Path) -> None:
    targets = target("one", "rate", '"90%"') + target(
        "two", "rate", '"-5%"', 'baseline: "40%"', "indicator: one"
    )
    (found,) = problems(tmp_path, targets)
    assert (
        "No figure of the row 'one' meets both this goal, -5% (38%), and that of 'one', 90%." in found.message
    )
    assert (found.where and found.where.line) == 13  # the second one's goal


@pytest.mark.parametrize(
    ("whole", "part", "expected"),
    [
        (("count", "300"), ("count", "350"), True),
        (("count", "300"), ("count", "300"), False),
        (("count", '"<= 300"'), ("count", "350"), True),
        (("count", '"<= 300"'), ("count", '"<= 350"'), False),
        (("count", "300"), ("count", '"<= 350"'), False),  # a cap asks for nothing
        (("count", "300"), ("count", "350", "unit: dossier"), False),
        (("stock", "300"), ("stock", "350"), True),
        (("stock", "300"), ("count", "350"), False),  # a level, and what a year brings
        (("count", "300"), ("count", '"+10%"', "baseline: 300"), True),  # 330
        (("count", "300"), ("rate", '"70%"'), False),
    ],
)
def test_a_part_is_no_more_than_its_whole(
    whole: tuple[str, ...], part: tuple[str, ...], expected: bool, tmp_path: Path
) -> None:
    targets = target("all", *whole) + target("part", *part, "parent: all")
    assert told(problems(tmp_path, targets)) == ["RP171"] * expected


@pytest.mark.parametrize(
    ("stated", "goals", "expected"),
    [
        ("108", ("26", "82"), []),
        ("105", ("26", "82"), ["RP160"]),
        ("81", ("26", "82"), ["RP160", "RP172"]),
        ("81", ("26", '"<= 82"'), ["RP160"]),
    ],
)
def test_a_total_is_no_less_than_one_of_its_parts(
    stated: str, goals: tuple[str, str], expected: list[str], tmp_path: Path
) -> None:
    targets = target("one", "count", goals[0]) + target("two", "count", goals[1])
    total = f"totals: [{{name: {{vi: a, en: b}}, stated: {stated}, unit: person, parts: [one, two]}}]\n"
    assert told(problems(tmp_path, targets, tail=total)) == expected


@pytest.mark.parametrize("path", ["plans/2020.yaml", "plans/2023.yaml", "plans/2024.yaml",
                                  "plans/soc-son-2019.yaml", "tests/every_kind/plan.yaml"])  # fmt: skip
def test_no_false_alarms(path: str) -> None:
    """The shipped plans, and one target of every kind, fit together; RP160 is in the source itself."""
    assert {item.code for item in load_plan(ROOT / path).problems} <= {Code.TOTAL_DIFFERS}
