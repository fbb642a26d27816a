"""What changed between plans: each kind of change, what it is told apart from, and what never holds."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from rehabplan.difftable import difference_text, percent_text
from rehabplan.plan.continuity import Aspect
from rehabplan.plan.linkchecks import check_links
from rehabplan.plan.load import load_plan
from rehabplan.plan.model import Kind, Plan, Target
from rehabplan.plandiff import diff
from rehabplan.plandiff.model import Change, Difference, Edition, PlanDiff, TargetChange
from rehabplan.plandiff.series import series
from rehabplan.problems import Code, RehabplanError
from rehabplan.sites import SiteIndex
from tests.cases import ROOT, run


def edition(path: Path) -> Edition:
    loaded = load_plan(path)
    return Edition(loaded.plan, loaded.sites, loaded.file, loaded.lines)


def shipped(name: str) -> Edition:
    return edition(ROOT / "plans" / f"{name}.yaml")


HEAD = """\
year: {year}
title: {{vi: "Kế hoạch năm {year}", en: "Plan of {year}"}}
issuer: UBND
sites:
  communes: {{count: {communes}, unit: commune}}
targets:
"""


def plan_file(folder: Path, year: int, targets: str, communes: int = 579) -> Edition:
    lines = [f"  {line}" for line in targets.strip().splitlines()]
    path = folder / f"{year}.yaml"
    path.write_text(HEAD.format(year=year, communes=communes) + "\n".join(lines) + "\n", "utf-8")
    return edition(path)


def by_id(found: PlanDiff) -> dict[str, TargetChange]:
    return {one.target.id: one for one in found.targets}


# ── the shipped plans, as the sources have them ───────────────────────────────────────────────


@pytest.mark.parametrize(
    ("old", "new", "target", "change", "value", "percent", "aspects"),
    [
        ("2023", "2024", "compulsory-dossiers", "value_changed", 500, Fraction(125, 3), []),
        ("2023", "2024", "voluntary-rehab", "value_changed", 240, 25, []),
        ("2023", "2024", "private-facility-services", "unchanged", 0, 0, []),
        ("2023", "2024", "service-access", "definition_changed", None, None, ["population"]),
        ("2023", "2024", "communes-take-registrations", "unchanged", 0, None, []),
        ("2023", "2024", "substitution-treatment", "dropped", None, None, []),
        ("2023", "2024", "reintegration-support", "dropped", None, None, []),
        ("2023", "2024", "vocational-training", "dropped", None, None, []),
        ("2020", "2023", "service-access", "definition_changed", -10, None, ["comparator"]),
        ("2020", "2023", "compulsory-dossiers", "definition_changed", None, None, ["unit"]),
        ("2020", "2023", "substitution-treatment", "definition_changed", None, None, ["unit"]),
        ("2020", "2023", "voluntary-rehab", "definition_changed", None, None, ["scope"]),
    ],
)
def test_shipped_plans(
    old: str, new: str, target: str, change: str, value: int | None, percent: Fraction | None,
    aspects: list[str],
) -> None:  # fmt: skip
    found = by_id(diff(shipped(old), shipped(new)))[target]
    assert found.change.value == change
    assert (found.difference.value if found.difference else None) == value
    assert (found.difference.percent if found.difference else None) == percent
    assert [one.aspect.value for one in found.changed_aspects] == aspects


def test_access_has_the_same_number_and_another_meaning() -> None:
    found = by_id(diff(shipped("2023"), shipped("2024")))["service-access"]
    assert found.value_changed is False
    assert found.difference is None


def test_access_of_2020_changed_in_value_and_comparator() -> None:
    found = by_id(diff(shipped("2020"), shipped("2023")))["service-access"]
    assert found.value_changed is True
    assert found.difference is not None
    assert found.difference.unit == "percent-point"


def test_models_were_added() -> None:
    added = [one.target.id for one in diff(shipped("2023"), shipped("2024")).targets if one.change == "added"]
    assert "district-model" in added


# ── definition and value told apart ───────────────────────────────────────────────────────────

BASE = """
a:
  name: {vi: "Số người", en: "Persons"}
  kind: count
  goal: 100
  unit: person
"""


@pytest.mark.parametrize(
    ("old", "new", "aspect", "blocked"),
    [
        ("goal: 100", 'goal: "> 120"', Aspect.COMPARATOR, False),
        ("unit: person", "unit: person-contact", Aspect.UNIT, True),
        ("kind: count", "kind: stock", Aspect.KIND, True),
        ("unit: person", 'unit: person\n  scope: {vi: "công lập", en: "public"}', Aspect.SCOPE, True),
        ("goal: 100", 'goal: "+5%"\n  baseline: 100', Aspect.GOAL_FORM, True),
    ],
)
def test_definition(tmp_path: Path, old: str, new: str, aspect: Aspect, *, blocked: bool) -> None:
    assert old in BASE
    found = diff(plan_file(tmp_path, 2023, BASE), plan_file(tmp_path, 2024, BASE.replace(old, new))).targets[
        0
    ]
    assert found.change is Change.DEFINITION
    assert [one.aspect for one in found.changed_aspects] == [aspect]
    assert (found.difference is None) is blocked


COVERAGE = """
a:
  name: {vi: "Xã có mô hình", en: "Communes with a model"}
  kind: coverage
  goal: "100%"
  sites: communes
"""


def test_another_number_of_sites_is_another_denominator(tmp_path: Path) -> None:
    old, new = plan_file(tmp_path, 2024, COVERAGE), plan_file(tmp_path, 2025, COVERAGE, communes=126)
    found = diff(old, new)
    changed = found.targets[0].changed_aspects
    assert [(one.aspect.value, str(one.old), str(one.new)) for one in changed] == [
        ("denominator", "579 communes", "126 communes")
    ]
    assert [(one.field, str(one.old), str(one.new)) for one in found.head] == [
        ("sites.communes", "579 communes", "126 communes")
    ]


CHILD = """
whole:
  name: {vi: "Tổng", en: "Whole"}
  kind: count
  goal: 100
  unit: person
other:
  name: {vi: "Khác", en: "Other"}
  kind: count
  goal: 200
  unit: person
part:
  name: {vi: "Trong đó nữ", en: "Women among them"}
  kind: rate
  goal: "50%"
  unit: person
  parent: whole
"""


def test_another_parent_is_another_definition(tmp_path: Path) -> None:
    new = plan_file(tmp_path, 2024, CHILD.replace("parent: whole", "parent: other"))
    found = by_id(diff(plan_file(tmp_path, 2023, CHILD), new))["part"]
    assert [(one.aspect, str(one.old), str(one.new)) for one in found.blocked_by] == [
        (Aspect.PARENT, "Whole", "Other")
    ]


def test_a_renamed_parent_is_the_same_parent(tmp_path: Path) -> None:
    renamed = CHILD.replace("whole:\n", "all:\n  was: whole\n").replace("parent: whole", "parent: all")
    found = by_id(diff(plan_file(tmp_path, 2023, CHILD), plan_file(tmp_path, 2024, renamed)))
    assert found["part"].change is Change.UNCHANGED
    assert found["all"].renamed


def test_words_spelt_another_way_are_the_same_words(tmp_path: Path) -> None:
    scoped = BASE + '  scope: {vi: "cơ sở ma túy", en: "a"}\n'
    new = plan_file(tmp_path, 2024, scoped.replace("ma túy", "ma tuý"))
    assert diff(plan_file(tmp_path, 2023, scoped), new).targets[0].silent


def test_held_equal_gives_the_difference_and_keeps_the_reason(tmp_path: Path) -> None:
    held = BASE.replace("100", "150") + (
        '  scope: {vi: "công lập", en: "public"}\n'
        '  held_equal: [{year: 2023, aspect: scope, reason: "only public ones exist"}]\n'
    )
    old, new = plan_file(tmp_path, 2023, BASE), plan_file(tmp_path, 2024, held)
    for first, second, value in ((old, new, 50), (new, old, -50)):
        found = diff(first, second).targets[0]
        assert found.change is Change.VALUE
        assert found.difference is not None
        assert found.difference.value == value
        assert [str(one.reason) for one in found.definition] == ["only public ones exist"]


def test_held_equal_speaks_of_one_year_only(tmp_path: Path) -> None:
    held = BASE + (
        '  scope: {vi: "công lập", en: "public"}\n'
        '  held_equal: [{year: 2022, aspect: scope, reason: "of another year"}]\n'
    )
    found = diff(plan_file(tmp_path, 2023, BASE), plan_file(tmp_path, 2024, held)).targets[0]
    assert found.change is Change.DEFINITION


# ── values ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("kind", "old", "new", "printed"),
    [
        ("count\n  unit: person", "1200", "1700", ("+500", "+41.7%")),
        ("count\n  unit: person", "1700", "1200", ("-500", "-29.4%")),
        ("count\n  unit: person", "3", "4", ("+1", "+33.3%")),
        ("count\n  unit: person", "0", '"<= 4"', ("+4", "")),
        ("count\n  unit: million-dong", "0.1", "0.3", ("+0.2", "+200%")),
        ("rate\n  unit: person", '"90%"', '"80%"', ("-10 pts", "")),
        ("rate\n  unit: person", '"9,8%"', '"9,75%"', ("-0.05 pts", "")),
        ("rate\n  unit: person", '"5..10%"', '"6..12%"', ("+1 pts, upper end +2 pts", "")),
        ("rate\n  unit: person", '"5..10%"', '"<= 8%"', ("-2 pts", "")),
        ("count\n  unit: person\n  baseline: 50", '"-5%"', '"-10%"', ("-5 pts, level -2.5", "")),
        ("coverage\n  sites: communes", "{each: 1}", "{each: 2}", ("+1 each", "")),
        ("count\n  unit: person", "1000000", "1000001", ("+1", "+0.0001%")),
        ("count\n  unit: person", "1000000000", "1000000001", ("+1", "+0.000001%")),
        ("rate\n  unit: person", '"33,33333331%"', '"33,33333332%"', ("+0.000001 pts", "")),
        ("milestone\n  due: 2023-06-30", "done", "done", ("0", "")),
        ("count\n  unit: person", "{2023: 60, 2024: 80}", "{2023: 60, 2024: 80}", ("+20", "+33.3%")),
    ],
)
def test_differences_in_print(
    tmp_path: Path, kind: str, old: str, new: str, printed: tuple[str, str]
) -> None:
    text = f'a:\n  name: {{vi: "a", en: "a"}}\n  kind: {kind}\n  goal: '
    later = (text + new).replace("due: 2023", "due: 2024")
    found = diff(plan_file(tmp_path, 2023, text + old), plan_file(tmp_path, 2024, later)).targets[0]
    assert (difference_text(found), percent_text(found)) == printed


def test_a_later_due_date_is_counted_in_days(tmp_path: Path) -> None:
    text = 'a:\n  name: {vi: "a", en: "a"}\n  kind: milestone\n  goal: done\n  due: 2023-06-15\n'
    new = plan_file(tmp_path, 2024, text.replace("2023-06-15", "2024-06-30"))
    found = diff(plan_file(tmp_path, 2023, text), new).targets[0]
    assert found.change is Change.VALUE
    assert found.difference is not None
    assert found.difference == Difference(Fraction(15), "day")


def test_a_trajectory_that_was_not_kept_is_told(tmp_path: Path) -> None:
    old = plan_file(tmp_path, 2023, BASE.replace("100", "{2023: 100, 2024: 130}"))
    found = diff(old, plan_file(tmp_path, 2024, BASE.replace("100", "120"))).targets[0]
    assert str(found.foreseen) == "the earlier plan foresaw 130 for 2024"


# ── declared continuity ───────────────────────────────────────────────────────────────────────

SECOND = BASE.replace("a:\n", "b:\n").replace("Số người", "Số trẻ em").replace("Persons", "Children")


def test_a_declared_rename_is_no_add_and_drop(tmp_path: Path) -> None:
    old = plan_file(tmp_path, 2023, BASE)
    new = plan_file(tmp_path, 2024, BASE.replace("a:\n", "z:\n  was: a\n").replace("100", "110"))
    for first, second, value in ((old, new, 10), (new, old, -10)):
        found = diff(first, second)
        assert [one.change for one in found.targets] == [Change.VALUE]
        assert found.targets[0].difference is not None
        assert found.targets[0].difference.value == value
        assert found.targets[0].renamed


def test_without_the_declaration_a_rename_is_only_suggested(tmp_path: Path) -> None:
    new = plan_file(tmp_path, 2024, BASE.replace("a:\n", "z:\n"))
    found = diff(plan_file(tmp_path, 2023, BASE), new)
    assert sorted(one.change for one in found.targets) == [Change.ADDED, Change.DROPPED]
    assert [(one.old.id, one.new.id) for one in found.suggestions] == [("a", "z")]


def test_unlike_targets_are_not_suggested(tmp_path: Path) -> None:
    new = plan_file(
        tmp_path,
        2024,
        BASE.replace("a:\n", "z:\n").replace("Số người", "Câu lạc bộ").replace("Persons", "Clubs"),
    )
    assert not diff(plan_file(tmp_path, 2023, BASE), new).suggestions


def test_split_and_merger_are_each_others_mirror(tmp_path: Path) -> None:
    old = plan_file(tmp_path, 2023, BASE)
    new = plan_file(tmp_path, 2024, "".join(
        text.replace("\n  kind", "\n  split_from: a\n  kind").replace("100", goal)
        for text, goal in ((BASE.replace("a:\n", "c:\n"), "70"), (SECOND, "50"))
    ))  # fmt: skip
    forth, back = diff(old, new), diff(new, old)
    assert [(one.change, [t.id for t in one.new]) for one in forth.targets] == [(Change.SPLIT, ["c", "b"])]
    assert [(one.change, [t.id for t in one.old]) for one in back.targets] == [(Change.MERGED, ["c", "b"])]
    assert forth.targets[0].difference is not None
    assert back.targets[0].difference is not None
    assert forth.targets[0].difference.value == 20 == -back.targets[0].difference.value


def test_rates_are_not_added_up_in_a_merger(tmp_path: Path) -> None:
    rate = BASE.replace("kind: count", "kind: rate").replace("100", '"50%"')
    old = plan_file(
        tmp_path, 2023, rate + SECOND.replace("kind: count", "kind: rate").replace("100", '"50%"')
    )
    new = plan_file(tmp_path, 2024, rate.replace("a:\n", "c:\n  merged_from: [a, b]\n"))
    found = diff(old, new).targets
    assert [one.change for one in found] == [Change.MERGED]
    assert found[0].difference is None


def test_a_split_in_which_the_old_id_goes_on(tmp_path: Path) -> None:
    new = plan_file(tmp_path, 2024, BASE.replace("100", "60") + SECOND + "  split_from: a\n")
    found = diff(plan_file(tmp_path, 2023, BASE), new).targets
    assert [(one.change, [t.id for t in one.new]) for one in found] == [(Change.SPLIT, ["a", "b"])]


def test_an_unknown_earlier_id_is_told(tmp_path: Path) -> None:
    new = plan_file(tmp_path, 2024, BASE.replace("a:\n", "z:\n  was: aa\n"))
    found = diff(plan_file(tmp_path, 2023, BASE), new)
    assert [one.code for one in found.problems] == [Code.LINK_UNKNOWN]


def test_a_series_follows_a_target_through_its_names(tmp_path: Path) -> None:
    plans = [
        plan_file(tmp_path, 2022, BASE),
        plan_file(tmp_path, 2023, BASE.replace("a:\n", "b:\n  was: a\n")),
        plan_file(tmp_path, 2024, BASE.replace("a:\n", "c:\n  was: [b, a]\n")),
    ]
    found = series(plans)
    assert [[one.id if one else None for one in chain.targets] for chain in found.chains] == [["a", "b", "c"]]
    assert not diff(plans[0], plans[2]).suggestions
    assert diff(plans[0], plans[2]).targets[0].renamed


COUNT = """
{id}:
  name: {{vi: "{id}", en: "{id}"}}
  kind: count
  goal: {goal}
  unit: person
"""


def counts(folder: Path, year: int, **said: str) -> Edition:
    """Return a plan of counts: a goal each, and behind a semicolon what it declares."""
    texts = []
    for name, text in said.items():
        goal, *more = text.split("; ")
        texts.append(COUNT.format(id=name, goal=goal) + "".join(f"  {line}\n" for line in more))
    return plan_file(folder, year, "".join(texts))


def pairs(found: PlanDiff) -> list[str]:
    """Return the rows in few characters: a+b>m."""
    return sorted("+".join(t.id for t in c.old) + ">" + "+".join(t.id for t in c.new) for c in found.targets)


DECLARED = {
    "vol": "700",
    "pub": "400; split_from: vol",
    "ab": "35; merged_from: [a, b]",
    "c2": "33; was: c",
}


def test_what_was_declared_once_stays_quiet_from_then_on(tmp_path: Path) -> None:
    old = counts(tmp_path, 2023, vol="1000", a="10", b="20", c="30")
    new = counts(tmp_path, 2024, **DECLARED)
    assert pairs(diff(old, new)) == ["a+b>ab", "c>c2", "vol>vol+pub"]
    revised = Edition(new.plan, new.sites, "2024b.yaml", new.lines)
    for later in (new, revised, counts(tmp_path, 2025, **DECLARED)):
        found = diff(new, later)
        assert pairs(found) == ["ab>ab", "c2>c2", "pub>pub", "vol>vol"]
        assert all(one.silent for one in found.targets)
        assert not found.problems


@pytest.mark.parametrize(
    ("old", "new", "rows", "told"),
    [
        # Both ids are there: no target had two.
        ({"a": "1", "b": "2"}, {"c": "3; was: [a, b]"}, [">c", "a>", "b>"], ["merged_from"]),
        # The declaring id is there as well.
        ({"p": "1", "q": "2"}, {"q": "3; was: p"}, ["p>", "q>q"], ["has 'q' too"]),
        ({"p": "1", "q": "2"}, {"p": "4; split_from: q", "r": "5; split_from: q"}, [">r", "p>p", "q>"],
         ["no other new target", "has 'p' too"]),
        # Ids that pass on by one, however long the row.
        ({"p": "1", "q": "2"}, {"q": "3; was: p", "z": "4; was: q"}, ["p>q", "q>z"], []),
        ({"p": "1", "q": "2", "z": "3"}, {"q": "3; was: p", "z": "4; was: q", "zz": "5; was: z"},
         ["p>q", "q>z", "z>zz"], []),
        ({"q": "2", "z": "3"}, {"q": "3; was: p", "z": "4; was: q"}, ["q>q", "z>z"], []),
        # Mergers that share a part, a merger and a split.
        ({"a": "1", "b": "2", "c": "3"}, {"m": "3; merged_from: [a, b]", "mm": "5; merged_from: [b, c]"},
         [">m", ">mm", "a>", "b>", "c>"], ["'mm' declares otherwise about 'b'", "'m' declares otherwise"]),
        ({"a": "1", "b": "2"},
         {"m": "3; merged_from: [a, b]", "x": "1; split_from: a", "xx": "1; split_from: a"},
         [">m", ">x", ">xx", "a>", "b>"], ["about 'a'", "about 'a'"]),
        # One of the parts is unknown.
        ({"a": "1"}, {"m": "3; merged_from: [a, b]"}, [">m", "a>"], ["merged_from: b"]),
        # Matched by its id: whatever it was long ago.
        ({"a": "1"}, {"a": "3; merged_from: [x, z]"}, ["a>a"], []),
        # The id of the merged target is that of one of its parts.
        ({"p": "1", "q": "2"}, {"q": "3; merged_from: [p, q]"}, ["p+q>q"], []),
        ({"q": "2"}, {"q": "3; merged_from: [p, q]"}, ["q>q"], []),
    ],
)  # fmt: skip
def test_declarations_hold_or_are_told(
    tmp_path: Path, old: dict[str, str], new: dict[str, str], rows: list[str], told: list[str]
) -> None:
    first, second = counts(tmp_path, 2023, **old), counts(tmp_path, 2024, **new)
    forth, back = diff(first, second), diff(second, first)
    assert pairs(forth) == rows
    assert pairs(back) == sorted(">".join(reversed(one.split(">"))) for one in rows)
    assert len(forth.problems) == len(told)
    for one, text in zip(forth.problems, told, strict=True):
        assert text in one.message
    assert forth.problems == back.problems


def test_two_plans_of_one_year_that_contradict_each_other(tmp_path: Path) -> None:
    one = counts(tmp_path, 2024, a="1; was: b")
    other = counts(tmp_path, 2024, z="1; was: a", b="2")
    assert pairs(diff(one, other)) == [">b", ">z", "a>"]
    assert pairs(diff(other, one)) == [">a", "b>", "z>"]
    assert len(diff(one, other).problems) == 2


def test_a_whole_and_its_part_are_not_added_up(tmp_path: Path) -> None:
    old = counts(tmp_path, 2023, w="1000")
    new = counts(tmp_path, 2024, x="1000; split_from: w", xx="400; split_from: w; parent: x")
    (found,) = diff(old, new).targets
    assert (found.change, found.difference) == (Change.SPLIT, None)
    assert str(found.no_sum) == "one of them is a part of another"


@pytest.mark.parametrize(
    ("new", "blocked"),
    [
        (CHILD.replace("unit: person\nother", "unit: dossier\nother"), True),
        (CHILD.replace("unit: person\nother", 'unit: person\n  scope: {vi: "a", en: "a"}\nother'), True),
        (CHILD.replace("whole:\n", "all:\n").replace("goal: 100", "goal: 90\n  merged_from: [whole, other]")
         .replace("other:\n", "else:\n").replace("parent: whole", "parent: all"), True),
        (CHILD + "half:\n  split_from: whole\n" + BASE.partition("a:\n")[2], True),
        (CHILD.replace("goal: 100", 'goal: "> 100"'), False),
        (CHILD.replace("goal: 100", 'goal: "+5%"\n  baseline: 90'), False),
    ],
)  # fmt: skip
def test_a_share_of_another_whole_is_another_share(tmp_path: Path, new: str, *, blocked: bool) -> None:
    grandchild = CHILD.partition("part:\n")[2].replace("parent: whole", "parent: part")
    grandchild = grandchild.replace("nữ", "trẻ").replace("Women", "Young")
    first = plan_file(tmp_path, 2023, CHILD + "deeper:\n" + grandchild)
    second = plan_file(tmp_path, 2024, new.rstrip() + "\ndeeper:\n" + grandchild)
    for found in (by_id(diff(first, second)), by_id(diff(second, first))):
        for name in ("part", "deeper"):
            assert [one.aspect for one in found[name].blocked_by] == ([Aspect.PARENT] if blocked else [])
            assert (found[name].difference is None) is blocked


def test_the_level_that_a_change_comes_to_is_part_of_its_value(tmp_path: Path) -> None:
    text = BASE.replace("100", '"-5%"')
    old = plan_file(tmp_path, 2023, text + "  baseline: 400\n")
    (found,) = diff(old, plan_file(tmp_path, 2024, text + "  baseline: 4000\n")).targets
    assert found.change is Change.VALUE
    assert list(found.levels or ()) == [380, 3800]
    assert difference_text(found) == "0, level +3,420"
    (found,) = diff(old, plan_file(tmp_path, 2024, BASE + "  baseline: 400\n")).targets
    assert [one.aspect for one in found.blocked_by] == [Aspect.GOAL_FORM]
    assert found.difference is None
    assert list(found.levels or ()) == [380, 100]


@pytest.mark.parametrize("aspect", ["kind", "goal_form"])
def test_nothing_makes_another_kind_or_form_equal(tmp_path: Path, aspect: str) -> None:
    held = BASE + f"  held_equal: [{{year: 2023, aspect: {aspect}, reason: r}}]\n"
    with pytest.raises(RehabplanError) as caught:
        plan_file(tmp_path, 2024, held)
    assert [one.code for one in caught.value.problems] == [Code.HELD_EQUAL]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"q": "1; was: p", "p": "2; was: q"}, Code.WAS_STILL_HERE),
        ({"q": "1; was: p", "p": "2"}, Code.WAS_STILL_HERE),
        ({"x": "1; was: w", "z": "2; split_from: w"}, Code.WAS_TWICE),
    ],
)
def test_declarations_that_no_plan_may_make(tmp_path: Path, said: dict[str, str], code: Code) -> None:
    with pytest.raises(RehabplanError) as caught:
        counts(tmp_path, 2024, **said)
    assert {one.code for one in caught.value.problems} == {code}


# ── properties ────────────────────────────────────────────────────────────────────────────────


@st.composite
def targets(draw: st.DrawFn, name: str, years: tuple[int, ...]) -> dict[str, Any]:
    kind = draw(st.sampled_from(["count", "stock", "rate", "milestone"]))
    raw: dict[str, Any] = {"id": name, "name": {"vi": name, "en": name}, "kind": kind}
    if kind in ("count", "stock"):
        raw["unit"] = draw(st.sampled_from(["person", "dossier"]))
        number = st.integers(0, 5000)
        one = st.one_of(number, number.map(lambda n: f"> {n}"), number.map(lambda n: f"<= {n}"))
        raw["goal"] = draw(one | st.fixed_dictionaries(dict.fromkeys(years, number)))
    elif kind == "rate":
        ends = st.tuples(st.integers(0, 100), st.integers(0, 100)).map(sorted)
        raw["goal"] = draw(
            st.integers(0, 100).map(lambda n: f"{n}%")
            | st.integers(1, 99).map(lambda n: f"> {n},5%")
            | ends.map(lambda pair: f"{pair[0]}..{pair[1]}%")
        )
        if draw(st.booleans()):
            raw["population"] = {"vi": draw(st.sampled_from(["a", "b"])), "en": "p"}
    else:
        raw["goal"] = "done"
    return raw


IDS = list("abcdef")
DRAWN_SLOWLY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""Whole plans are drawn; on a busy machine that takes a while."""


@st.composite
def declarations(draw: st.DrawFn, name: str) -> dict[str, Any]:
    some = st.lists(st.sampled_from([one for one in IDS if one != name]), min_size=1, max_size=2, unique=True)
    key = draw(st.sampled_from(["", "", "was", "split_from", "merged_from"]))
    found: dict[str, Any] = {}
    if key == "split_from":
        found[key] = draw(st.sampled_from(IDS))
    elif key:
        found[key] = tuple(draw(some)) + ((name,) if key == "merged_from" and draw(st.booleans()) else ())
    if draw(st.booleans()):
        aspect = draw(st.sampled_from(["unit", "kind", "goal_form", "population", "parent", "comparator"]))
        found["held_equal"] = ({"year": 2023, "aspect": aspect, "reason": "r"},)
    return found


@st.composite
def plans(draw: st.DrawFn, year: int) -> Edition:
    names = draw(st.lists(st.sampled_from(IDS), min_size=1, max_size=4, unique=True))
    built: dict[str, Target] = {}
    for name in names:
        raw = draw(targets(name, (2023, 2024))) | draw(declarations(name))
        wholes = [one for one in built.values() if one.kind is not Kind.MILESTONE]
        if raw["kind"] == "rate" and wholes and draw(st.booleans()):
            raw["parent"] = draw(st.sampled_from(wholes)).id
        built[name] = Target.model_validate(raw)
    head = {"year": year, "title": {"vi": f"{year}", "en": f"{year}"}, "issuer": "x"}
    plan = Plan.model_validate({**head, "targets": {}}).model_copy(update={"targets": built})
    # What a plan file may not declare (but for what is held equal) is taken out where it stands.
    for wrong in check_links(plan, frozenset(built)):
        if wrong.path[2] != "held_equal":
            name, key = str(wrong.path[1]), str(wrong.path[2])
            nothing: Any = None if key == "split_from" else ()
            built[name] = built[name].model_copy(update={key: nothing})
    assume(all(wrong.path[2] == "held_equal" for wrong in check_links(plan, frozenset(built))))
    return Edition(plan, SiteIndex(), f"{year}.yaml", dict.fromkeys(names, 1))


@DRAWN_SLOWLY
@given(plans(2023))
def test_a_plan_does_not_differ_from_itself(one: Edition) -> None:
    found = diff(one, one)
    assert found.empty
    assert not found.suggestions
    assert all(change.change is Change.UNCHANGED for change in found.targets)


@DRAWN_SLOWLY
@given(plans(2023), plans(2024) | plans(2023))
def test_differences_change_their_sign_when_the_plans_change_places(one: Edition, other: Edition) -> None:
    there, again_ = diff(one, other), diff(other, one)
    forth = {(tuple(t.id for t in c.old), tuple(t.id for t in c.new)): c for c in there.targets}
    back = {(tuple(t.id for t in c.new), tuple(t.id for t in c.old)): c for c in again_.targets}
    assert sorted(map(str, there.problems)) == sorted(map(str, again_.problems))
    assert forth.keys() == back.keys()
    mirror = {Change.ADDED: Change.DROPPED, Change.DROPPED: Change.ADDED,
              Change.SPLIT: Change.MERGED, Change.MERGED: Change.SPLIT}  # fmt: skip
    for key, change in forth.items():
        again = back[key]
        assert again.change is mirror.get(change.change, change.change)
        assert (change.difference is None) is (again.difference is None)
        assert change.value_changed is again.value_changed
        assert [a.aspect for a in change.blocked_by] == [a.aspect for a in again.blocked_by]
        if change.difference and again.difference:
            assert change.difference.value == -again.difference.value
            held = {one.aspect for one in change.definition if one.reason}
            assert Aspect.UNIT in held or change.difference.unit == again.difference.unit
            assert (change.difference.upper or 0) == -(again.difference.upper or 0)


@DRAWN_SLOWLY
@given(plans(2023), plans(2024))
def test_every_target_stands_in_one_row(one: Edition, other: Edition) -> None:
    found = diff(one, other)
    assert sorted(t.id for c in found.targets for t in c.old) == sorted(one.plan.targets)
    assert sorted(t.id for c in found.targets for t in c.new) == sorted(other.plan.targets)
    assert sum(found.counts.values()) == len(found.targets)


# ── the command ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("2023 2024", 0),
        ("2023 2024 --exit-code", 1),
        ("2024 2024 --exit-code", 0),
        ("2024", 2),
        ("2024 2031", 3),
    ],
)
def test_exit_codes(arguments: str, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert f"--- exit code {code}\n" in run(f"diff {arguments}")


@pytest.mark.parametrize("columns", [40, 60, 80, 160])
def test_no_line_is_wider_than_the_terminal(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    for names in ("2023 2024", "2020 2023 2024"):
        out = run(f"diff {names}", columns=columns)
        assert max(len(line) for line in out.splitlines()) <= columns


def test_csv_opens_in_excel_and_runs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    evil = BASE.replace("Persons", "=HYPERLINK(1)")
    plan_file(tmp_path, 2023, evil)
    plan_file(tmp_path, 2024, evil.replace("100", "90"))
    out = run("diff 2023.yaml 2024.yaml --format csv")
    assert out.startswith("\ufefffrom,to,change,")
    assert "2023,2024,value_changed,a,a,'=HYPERLINK(1),person,100,90,-10,person,-10,true,,," in out


def test_json_is_printed_also_where_a_plan_cannot_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    plan_file(tmp_path, 2023, BASE)
    (tmp_path / "2024.yaml").write_text("year: 2024\n", "utf-8")
    out, _, code = run("diff 2023.yaml 2024.yaml --format json").partition("--- exit code ")
    document = json.loads(out)
    assert code == "3\n"
    assert (document["plans"], document["steps"], document["series"]) == ([], [], [])
    assert {one["file"] for one in document["problems"]} == {"2024.yaml"}


PARTS = (
    COUNT.format(id="x", goal=500) + "  split_from: w\n"
    + COUNT.format(id="z", goal=500).replace("unit: person", "unit: dossier") + "  split_from: w\n"
)  # fmt: skip


def test_parts_in_two_units_name_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    counts(tmp_path, 2023, w="1000")
    plan_file(tmp_path, 2024, PARTS)
    assert "500 persons + 500 dossiers" in run("diff 2023.yaml 2024.yaml", columns=160)
    assert ",split,w,x; z,x; z,person; dossier,1000,500; 500," in run("diff 2023.yaml 2024.yaml --format csv")


def test_milestones_have_dates_and_no_unit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = 'a:\n  name: {vi: "a", en: "a"}\n  kind: milestone\n  goal: done\n'
    plan_file(tmp_path, 2023, text)
    plan_file(tmp_path, 2024, text + "  due: 2024-11-30\n")
    assert ",a,a,a,,2023-12-31,2024-11-30,-31,day," in run("diff 2023.yaml 2024.yaml --format csv")
    document = json.loads(run("diff 2023.yaml 2024.yaml --format json").partition("--- exit")[0])
    (change,) = document["steps"][0]["targets"]
    assert [(one["unit"], one["goal"]["due"]) for one in (*change["old"], *change["new"])] == [
        (None, "2023-12-31"), (None, "2024-11-30"),
    ]  # fmt: skip


def test_parts_of_a_stated_total_are_compared(tmp_path: Path) -> None:
    found = []
    for year, parts in ((2023, "a, b"), (2024, "a")):
        counts(tmp_path, year, a="10", b="5")
        path = tmp_path / f"{year}.yaml"
        total = f'totals: [{{name: {{vi: "T", en: "Sum"}}, stated: 15, unit: person, parts: [{parts}]}}]\n'
        path.write_text(total + path.read_text("utf-8"), "utf-8")
        found.append(edition(path))
    (change,) = diff(*found).head
    assert (str(change.old), str(change.new)) == ("Sum: 15 persons (a + b)", "15 persons (a)")


@pytest.mark.parametrize("columns", [40, 60, 160])
def test_a_series_marks_what_cannot_be_compared(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    table = run("diff 2020 2023 2024", columns=columns).partition("2020 → 2023")[0]
    assert "≠ unit" in table
    assert "=" in table


def test_lines_of_a_plan_make_no_lists_in_markdown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    first = BASE.replace("Persons", "1. A & B <i>")
    plan_file(tmp_path, 2023, first)
    plan_file(tmp_path, 2024, first.replace("1. A", "2. A").replace("unit: person", "unit: case"))
    out = run("diff 2023.yaml 2024.yaml --format markdown")
    assert "- ≠ 2. A \\& B \\<i\\>\n" in out
    plan_file(tmp_path, 2023, BASE)
    plan_file(tmp_path, 2024, BASE.replace("a:", "b:"))
    plan_file(tmp_path, 2025, BASE.replace("a:", "c:"))
    assert "- \\+ Persons: 100\n" in run("diff 2023.yaml 2024.yaml 2025.yaml --format markdown")


def test_json_of_three_plans_has_two_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    document = json.loads(run("diff 2020 2023 2024 --format json").partition("--- exit")[0])
    assert document["schema"] == "rehabplan/diff/1"
    assert [(one["from"], one["to"]) for one in document["steps"]] == [(0, 1), (1, 2)]
    dossiers = [one for one in document["series"] if "compulsory-dossiers" in one["ids"]]
    assert dossiers == [
        {
            "ids": ["compulsory-persons", "compulsory-dossiers", "compulsory-dossiers"],
            "changes": ["definition_changed", "value_changed"],
        }
    ]
