"""What a target is expected to have reached, by hand: the base of its pace, its bands, and why."""

from datetime import date
from fractions import Fraction

import pytest

from rehabplan.pace import Base, Checkpoint, Side, changed, checkpoints, sides_of, way_of
from rehabplan.period import Convention, period_of
from rehabplan.plan.goal import parse_goal
from tests.test_verdicts import target_of

NINE = period_of("9m", 2024, Convention.CALENDAR)
YEAR = period_of("year", 2024, Convention.CALENDAR)
BAND = Fraction(9, 10)
ELAPSED = Fraction(274, 366)
Fields = dict[str, object]


def point(kind: str, goal: object, label: str = "9m", **fields: object) -> Checkpoint:
    target = target_of(kind, goal, **fields)
    period = period_of(label, 2024, Convention.CALENDAR)
    return next(iter(checkpoints(target, target.goal_of(2024), period, BAND)))


@pytest.mark.parametrize(
    ("goal", "fields", "sides"),
    [
        (100, {}, [Side(Fraction(100))]),
        ("> 100", {}, [Side(Fraction(100), strict=True)]),
        ("< 100", {}, [Side(Fraction(100), upper=True, strict=True)]),
        ("<= 100", {}, [Side(Fraction(100), upper=True)]),
        (0, {}, [Side(Fraction(0), upper=True)]),
        ("100..200", {}, [Side(Fraction(100)), Side(Fraction(200), upper=True)]),
        ("100..200", {"over": "ok"}, [Side(Fraction(100))]),
        ("+10%", {"baseline": 200}, [Side(Fraction(220))]),
        ("-10%", {"baseline": 200}, [Side(Fraction(180), upper=True)]),
        ("+5..10%", {"baseline": 200}, [Side(Fraction(210))]),
        ("-5..10%", {"baseline": 200}, [Side(Fraction(190), upper=True)]),
        (
            "-5..10%",
            {"baseline": 200, "over": "fails"},
            [Side(Fraction(190), upper=True), Side(Fraction(180))],
        ),
        (
            "+5..10%",
            {"baseline": 200, "over": "fails"},
            [Side(Fraction(210)), Side(Fraction(220), upper=True)],
        ),
    ],
)
def test_sides(goal: object, fields: Fields, sides: list[Side]) -> None:
    target = target_of("count", goal, **fields)
    assert sides_of(target, target.goal_of(2024)) == sides


@pytest.mark.parametrize(
    ("goal", "base", "level"),
    [
        ("100", 50, 100), ("+10%", 50, 55), ("-10%", 50, 45), ("+10%", None, 10), ("-2 points", 50, 48),
        ("+2 points", 50, 52),
    ],
)  # fmt: skip
def test_changes(goal: str, base: int | None, level: int) -> None:
    read = parse_goal(int(goal) if goal.isdigit() else goal)
    assert changed(read, read.value, None if base is None else Fraction(base)) == level


@pytest.mark.parametrize(
    ("kind", "goal", "fields", "label", "expected", "risk", "base"),
    [
        ("count", 100, {}, "9m", 100 * ELAPSED, 90 * ELAPSED, Base(Fraction(0), Fraction(0))),
        ("count", 100, {}, "year", 100, 90, None),
        ("count", 100, {"pace": "year_end"}, "9m", None, None, None),
        ("count", 100, {"pace": "year_end"}, "year", 100, 90, None),
        ("count", 100, {"pace": "every_period"}, "9m", 100, 90, None),
        ("count", "<= 100", {}, "9m", 100, None, None),
        ("count", "<= 100", {}, "year", 100, 110, None),
        ("rate", "> 80%", {}, "9m", 80, 72, None),
        ("rate", "<= 10%", {}, "9m", 10, 11, None),
        ("rate", "80%", {"baseline": "60%"}, "9m", 80, 72, None),
        ("stock", 200, {}, "9m", None, None, None),
        ("stock", 200, {"baseline": 100}, "9m", 100 + 100 * ELAPSED, 100 + 90 * ELAPSED,
         Base(Fraction(100), Fraction(100))),
        ("stock", 100, {"baseline": 100}, "9m", 100, 90, None),
        ("stock", 100, {"baseline": 120}, "9m", 100, 90, None),
        ("stock", "<= 100", {"baseline": 120}, "9m", 120 - 20 * ELAPSED, 120 - 18 * ELAPSED,
         Base(Fraction(120), Fraction(120))),
        ("stock", "<= 100", {"baseline": 80}, "9m", 100, 110, None),
        ("stock", "<= 100", {}, "9m", 100, 110, None),
        ("coverage", "50%", {}, "9m", 50 * ELAPSED, 45 * ELAPSED, Base(Fraction(0), Fraction(0))),
        ("coverage", "50%", {"baseline": "20%"}, "9m", 20 + 30 * ELAPSED, Fraction(9, 10) * (20 + 30 * ELAPSED),
         Base(Fraction(20), Fraction(20))),
        ("milestone", "done", {"due": date(2024, 9, 30)}, "9m", 1, Fraction(9, 10), None),
        ("milestone", "done", {"due": date(2024, 10, 1)}, "9m", None, None, None),
        ("milestone", "done", {}, "9m", None, None, None),
        ("milestone", "done", {}, "year", 1, Fraction(9, 10), None),
        ("count", 100, {"pace": {"by_quarter": (10, 20, 30, 40)}}, "q1", 10, 9, Base(Fraction(0), Fraction(0))),
        ("count", 100, {"pace": {"by_quarter": (10, 20, 30, 40)}}, "6m", 30, 27, Base(Fraction(0), Fraction(0))),
        ("count", 100, {"pace": {"by_quarter": (10, 20, 30, 40)}}, "m2", 10 * Fraction(60, 91), 9 * Fraction(60, 91),
         Base(Fraction(0), Fraction(0))),
        ("stock", 200, {"pace": {"curve": {date(2024, 6, 30): 150}}}, "q1", None, None, None),
        ("stock", 200, {"pace": {"curve": {date(2024, 6, 30): 150}}}, "6m", 150, 135, None),
        ("stock", 200, {"pace": {"curve": {date(2024, 6, 30): 150}}}, "9m", 175, Fraction(315, 2), None),
        ("stock", 200, {"pace": {"curve": {date(2024, 6, 30): 150}}, "baseline": 100}, "6m", 150, 145,
         Base(Fraction(100), Fraction(100))),
        ("stock", "<= 100", {"pace": {"curve": {date(2024, 6, 30): 120}}, "baseline": 120}, "6m", 120, 132,
         Base(Fraction(120), Fraction(120))),
        ("stock", 200, {"pace": {"curve": {date(2024, 6, 30): 100}}, "baseline": 100}, "6m", 100, 90,
         Base(Fraction(100), Fraction(100))),
        ("stock", 100, {"baseline": 99}, "9m", 99 + ELAPSED, 99 + BAND * ELAPSED, Base(Fraction(99), Fraction(99))),
        ("count", "<= 100", {"pace": {"by_quarter": (10, 20, 30, 40)}}, "6m", 100, None, None),
        ("stock", 200, {"baseline": {"value": 100, "year": 2023, "periods": {"9m": 150}}}, "9m",
         100 + 100 * ELAPSED, 100 + 90 * ELAPSED, Base(Fraction(100), Fraction(100))),
        ("rate", "80%", {"pace": "linear"}, "9m", 80, 72, None),
        ("stock", 100, {"baseline": {"value": 120, "year": 2023, "periods": {"9m": 110}}}, "9m", 100, 90, None),
        ("rate", "-5 points", {"baseline": {"value": "60%", "year": 2023, "periods": {"9m": "50%"}}}, "9m",
         45, Fraction(99, 2), Base(Fraction(50), Fraction(60))),
        ("rate", "<= 10%", {"baseline": {"value": "20%", "year": 2023, "periods": {"9m": "15%"}}}, "9m",
         10, 11, None),
        ("stock", "<= 100", {"baseline": 100}, "9m", 100, 110, None),
        ("coverage", "50%", {"baseline": {"year": 2023}}, "9m", 50 * ELAPSED, 45 * ELAPSED,
         Base(Fraction(0), Fraction(0))),
        ("stock", "+10%", {"baseline": {"year": 2023, "periods": {"9m": 150}}}, "9m", 150, 135,
         Base(Fraction(150), Fraction(0))),
        ("count", "> 0", {}, "9m", 0, 0, Base(Fraction(0), Fraction(0))),
        ("stock", 100, {"pace": {"by_quarter": (10, 20, 30, 40)}}, "6m", 30, 27, None),
    ],
)  # fmt: skip
def test_what_is_expected(
    kind: str, goal: object, fields: Fields, label: str, expected: Fraction | None, risk: Fraction | None,
    base: Base | None,
) -> None:  # fmt: skip
    found = point(kind, goal, label, **fields)
    assert (found.expected, found.risk, found.base) == (expected, risk, base)
    assert found.irrevocable is (kind in {"count", "milestone"})


@pytest.mark.parametrize(
    ("kind", "goal", "then", "expected", "risk", "base"),
    [
        ("count", "-10%", 150, 135, Fraction(297, 2), Base(Fraction(0), Fraction(0))),
        ("count", "+10%", 150, 165, Fraction(297, 2), Base(Fraction(0), Fraction(0))),
        ("stock", "+10%", 180, 198, 180 + Fraction(9, 10) * 18, Base(Fraction(180), Fraction(200))),
        ("stock", "-10%", 180, 162, 180 - Fraction(9, 10) * 18, Base(Fraction(180), Fraction(200))),
    ],
)
def test_a_change_is_held_against_the_same_period(
    kind: str, goal: str, then: int, expected: Fraction | int, risk: Fraction, base: Base
) -> None:
    found = point(kind, goal, baseline={"value": 200, "year": 2023, "periods": {"9m": then}})
    assert (found.expected, found.risk, found.base) == (Fraction(expected), risk, base)
    other = point(kind, goal, "6m", baseline={"value": 200, "year": 2023, "periods": {"9m": then}})
    assert other.expected != expected


@pytest.mark.parametrize(
    ("kind", "goal", "fields", "way"),
    [
        ("count", 100, {}, 100), ("count", 0, {}, 1), ("count", "<= 30", {}, 30), ("rate", "80%", {}, 80),
        ("rate", "80%", {"baseline": "60%"}, 80), ("rate", "80%", {"baseline": "60%", "pace": "linear"}, 80),
        ("stock", 200, {"baseline": 150}, 50), ("stock", 200, {}, 200),
        ("stock", 200, {"baseline": 200}, 200), ("stock", 200, {"baseline": 250}, 200),
        ("stock", "<= 200", {"baseline": 250}, 50), ("stock", "<= 200", {"baseline": 200}, 200),
        ("stock", "<= 200", {"baseline": 150}, 200), ("coverage", "50%", {}, 50),
        ("coverage", "50%", {"baseline": "20%"}, 30),
        ("stock", 200, {"baseline": 150, "pace": "every_period"}, 200),
    ],
)  # fmt: skip
def test_how_far_a_goal_is_away(kind: str, goal: object, fields: Fields, way: int) -> None:
    target = target_of(kind, goal, **fields)
    assert way_of(target, sides_of(target, target.goal_of(2024))[0]) == way


@pytest.mark.parametrize(
    ("kind", "goal", "fields", "label", "step"),
    [
        ("count", 100, {}, "9m", "100 × 274/366 days = 74.863388"),
        ("stock", 200, {"baseline": 100}, "9m", "100 + (200 − 100) × 274/366 days = 174.863388"),
        ("count", "-10%", {"baseline": 200}, "9m",
         "180 × 274/366 days = 134.754098 (no same period of the base is given)"),
        ("stock", "<= 100", {"baseline": 120}, "9m", "120 + (100 − 120) × 274/366 days = 105.027322"),
        ("count", 100, {}, "year", "the year is over: 100"),
        ("rate", "80%", {}, "9m", "80% in full at every period"),
        ("stock", 100, {"baseline": 100}, "9m",
         "100 in full: the baseline 100 is there already, so it is to be maintained"),
        ("stock", 100, {}, "9m", "the pace is unknown: the plan gives no baseline"),
        ("count", 100, {"pace": "year_end"}, "9m", "judged at the end of the year"),
        ("milestone", "done", {"due": date(2024, 9, 1)}, "9m", "due on 2024-09-01"),
        ("milestone", "done", {"due": date(2024, 10, 1)}, "9m", "due only on 2024-10-01"),
        ("count", "-10%", {"baseline": {"value": 200, "year": 2023, "periods": {"9m": 150}}}, "9m",
         "150 in the base's same period, changed as the goal says: 135"),
        ("count", 3, {"pace": {"by_quarter": (0, 1, 1, 1)}}, "m8", "1.673913 on the plan's own curve"),
        ("stock", 200, {"pace": {"curve": {date(2024, 6, 30): 150}}}, "q1",
         "the plan's own curve begins only later"),
    ],
)  # fmt: skip
def test_why_it_is_expected(kind: str, goal: object, fields: Fields, label: str, step: str) -> None:
    assert str(point(kind, goal, label, **fields).step) == step
