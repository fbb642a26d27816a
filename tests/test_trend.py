"""Several reports of one year: series, projections and guards, against figures worked out by hand."""

import json
import os
import re
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import permutations, product
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabplan.actuals.model import Actual, Basis, Clue, Figure, FigureKind, Observation, Report, State
from rehabplan.assess import judge
from rehabplan.measure.scope import Scope
from rehabplan.numbers import UNKNOWN, Amount, Reading, readings
from rehabplan.pace import checkpoints
from rehabplan.period import Convention, PeriodClue, cutoff_of, period_of
from rehabplan.plan.load import load_plan
from rehabplan.plan.model import Plan, Target
from rehabplan.problems import Code, RehabplanError, Where
from rehabplan.render.screen import Screen
from rehabplan.render.trend_screen import add_trend
from rehabplan.render.trend_sections import speed_text
from rehabplan.render.trend_table import bar_text, projection_text, trend_columns
from rehabplan.trend import trend
from rehabplan.trend.model import Move, Point, TargetTrend, Trend
from rehabplan.trend.projection import Rule, project
from rehabplan.verdict import Status
from tests.cases import prepared, run
from tests.sites_plan import Bench
from tests.test_properties import steady

TITLES = {"m1": "tháng 1", "q1": "quý I", "6m": "6 tháng đầu", "9m": "9 tháng đầu", "year": "tổng kết"}
VOLUNTARY, DOSSIERS = "Cai nghiện tự nguyện | người", "Hồ sơ cai nghiện bắt buộc | hồ sơ"
ACCESS, REVIEW = "Người được tiếp cận dịch vụ | người", "Tổ chức sơ kết |"
TREATMENT, MODELS = "Điều trị Methadone | bệnh nhân", "Xã, phường có mô hình | xã, phường"


def whole(label: str, *rows: str, columns: str = "Lũy kế từ đầu năm") -> str:
    """A report of the whole city: "name | unit | figure" a row."""
    title = f"UBND THÀNH PHỐ HÀ NỘI\nKết quả {TITLES[label]} năm 2024\nNội dung | ĐVT | {columns}\n"
    return title + "\n".join(rows)


def of_sites(label: str, *cells: str) -> str:
    """A report of the four districts on voluntary rehabilitation."""
    names = ("Quận Ba Đình", "Quận Đống Đa", "Huyện Sóc Sơn", "Thị xã Sơn Tây")
    rows = [f"{at} | {name} | {cell}" for at, (name, cell) in enumerate(zip(names, cells, strict=True), 1)]
    head = f"Kết quả {TITLES[label]} năm 2024\nSTT | Đơn vị | Cai nghiện tự nguyện\n"
    return head + "\n".join(rows)


def followed(bench: Bench, *grids: str) -> Trend:
    reports = [bench.report(grid, f"r{at}.xlsx") for at, grid in enumerate(grids)]
    return trend(bench.loaded.plan, reports, Scope(bench.loaded.sites, bench.loaded.shares))


def series(found: Trend, target: str) -> TargetTrend:
    return next(one for one in found.targets if one.target.id == target)


def shown(found: Trend, target: str) -> list[tuple[str | None, Amount | None, Amount | None]]:
    return [
        (point.period.label, point.result.actual.amount, point.added)
        for point in series(found, target).points
    ]


def codes(found: Trend) -> list[Code]:
    return [item.code for item in found.problems]


def exact(value: int | str) -> Amount:
    return Amount.exact(Fraction(value))


# ── which figure counts where ─────────────────────────────────────────────────────────────────


def test_reports_in_order(bench: Bench) -> None:
    grids = [whole("q1", f"{VOLUNTARY} | 300"), whole("6m", f"{VOLUNTARY} | 600"),
             whole("9m", f"{VOLUNTARY} | 850")]  # fmt: skip
    wanted = [("q1", exact(300), exact(300)), ("6m", exact(600), exact(300)), ("9m", exact(850), exact(250))]
    for order in permutations(grids):
        found = followed(bench, *order)
        assert shown(found, "voluntary") == wanted
        assert codes(found) == []


@pytest.mark.parametrize(
    ("columns", "cells", "amounts"),
    [
        ("Lũy kế 3 tháng | Lũy kế 6 tháng | Lũy kế 9 tháng", "300 | 600 | 850", (300, 600, 850)),
        ("Quý I | Quý II | Quý III", "300 | 300 | 250", (300, 600, 850)),  # of the periods alone: added up
        ("Quý I | 6 tháng | 9 tháng", "300 | 600 | 850", (300, 600, 850)),
    ],
)
@pytest.mark.parametrize("titled", [True, False])
def test_one_workbook_can_hold_a_whole_trend(
    columns: str, cells: str, amounts: tuple[int, ...], titled: bool, bench: Bench
) -> None:
    grid = whole("9m", f"{VOLUNTARY} | {cells}", columns=columns)
    found = followed(bench, grid if titled else grid.replace("9 tháng đầu năm 2024", "năm 2024", 1))
    assert [point.result.actual.amount for point in series(found, "voluntary").points] == [
        exact(value) for value in amounts
    ]
    assert codes(found) == []


def test_files_of_single_quarters_are_added_up(bench: Bench) -> None:
    column = "Thực hiện trong quý"
    grids = [
        whole("q1", f"{VOLUNTARY} | 300", columns=column),
        whole("6m", f"{VOLUNTARY} | 310", columns=column).replace("6 tháng đầu", "quý II"),
        whole("9m", f"{VOLUNTARY} | 240", columns=column).replace("9 tháng đầu", "quý III"),
    ]
    found = followed(bench, *grids)
    assert shown(found, "voluntary") == [
        ("q1", exact(300), exact(300)), ("6m", exact(610), exact(310)), ("9m", exact(850), exact(240)),
    ]  # fmt: skip
    assert codes(found) == []


@pytest.mark.parametrize(
    ("title", "column", "name"),
    [
        ("Kết quả tháng {month} năm 2024", "Thực hiện trong tháng", "r{month}.xlsx"),
        ("Kết quả tháng {month} năm 2024", "Thực hiện trong kỳ", "r{month}.xlsx"),
        ("Báo cáo số {month}", "Thực hiện trong kỳ", "2024-t{month}.xlsx"),
        ("Kết quả đến {day}/{month}/2024", "Thực hiện tháng báo cáo", "r{month}.xlsx"),
    ],
)
def test_files_of_single_months_are_added_up(title: str, column: str, name: str, bench: Bench) -> None:
    """March is a month, although the first quarter ends with it."""
    reports = []
    for month in range(1, 7):
        day = cutoff_of(f"m{month}", 2024, Convention.CALENDAR).day
        args = {"month": month, "day": day}
        grid = f"UBND THÀNH PHỐ HÀ NỘI\n{title.format(**args)}\nNội dung | ĐVT | {column}\n{VOLUNTARY} | 10"
        reports.append(bench.report(grid, name.format(**args)))
    found = trend(bench.loaded.plan, reports, Scope(bench.loaded.sites, bench.loaded.shares))
    assert [amount for _label, amount, _added in shown(found, "voluntary")] == [
        exact(10 * month) for month in range(1, 7)
    ]
    assert codes(found) == []


@pytest.mark.parametrize(
    ("title", "column", "amount"),
    [
        ("quý I năm 2024", "Thực hiện trong quý", exact(10)),
        ("tháng 3 năm 2024", "Thực hiện trong quý", exact(10)),
        ("tháng 3 và quý I năm 2024", "Thực hiện trong tháng", Amount(Fraction(10), None)),
        ("3 tháng đầu năm 2024", "Thực hiện trong kỳ", exact(10)),
        ("đến 31/3/2024", "Thực hiện trong kỳ", exact(10)),
        ("tháng 3 năm 2024", "Thực hiện trong kỳ", Amount(Fraction(10), None)),
    ],
)
def test_what_a_period_alone_is_in_march(title: str, column: str, amount: Amount, bench: Bench) -> None:
    grid = f"UBND THÀNH PHỐ HÀ NỘI\nKết quả {title}\nNội dung | ĐVT | {column}\n{VOLUNTARY} | 10"
    assert shown(followed(bench, grid), "voluntary")[0][1] == amount


def test_a_later_column_stands_in_only_where_no_report_says_anything(bench: Bench) -> None:
    columns = "Lũy kế 3 tháng | Lũy kế 6 tháng | Lũy kế 9 tháng"
    late = whole("9m", f"{VOLUNTARY} | 310 | 600 | 850", f"{DOSSIERS} | 400 | 800 | 1200", columns=columns)
    found = followed(bench, whole("q1", f"{VOLUNTARY} | 300", f"{DOSSIERS} | 400"), late)
    assert [amount for _label, amount, _added in shown(found, "voluntary")] == [
        exact(300), exact(600), exact(850),
    ]  # fmt: skip
    revised = [item for item in found.problems if item.code is Code.REVISED]
    assert len(found.problems) == len(revised) == 1
    assert (str(revised[0].where), dict(revised[0].args)["raw"], dict(revised[0].args)["before"]) == (
        f"{bench.folder}/r1.xlsx › Sheet!C4", "310", "300",
    )  # fmt: skip
    assert str(dict(revised[0].args)["other"]).endswith("r0.xlsx › Sheet!C4")


@pytest.mark.parametrize(
    ("early", "late", "revised"),
    [
        ("166/200", '"83%"', False),
        ("166/200", '"83,1%"', False),  # a rounded percentage
        ("166/200", '"84%"', True),
        ("166/200", "166/200", False),
        ("166/200", "83/100", True),  # the same share of other numbers
        ('"trên 80%"', '"83%"', False),  # within the bound
        ('"trên 80%"', '"79%"', True),
    ],
)
def test_what_is_another_figure(early: str, late: str, revised: bool, bench: Bench) -> None:
    columns = "Lũy kế 3 tháng | Lũy kế 9 tháng"
    found = followed(
        bench, whole("q1", f"{ACCESS} | {early}"), whole("9m", f'{ACCESS} | {late} | "85%"', columns=columns)
    )
    assert (Code.REVISED in codes(found)) is revised


def test_a_forecast_has_no_place(bench: Bench) -> None:
    """The column of nine months in a report of six is a forecast; the report of nine months counts."""
    early = whole("6m", f"{VOLUNTARY} | 600 | 900", columns="Lũy kế 6 tháng | Lũy kế 9 tháng")
    found = followed(bench, early, whole("9m", f"{VOLUNTARY} | 850"))
    assert [amount for _label, amount, _added in shown(found, "voluntary")] == [exact(600), exact(850)]
    assert codes(found) == [Code.PERIOD_AHEAD]


def test_a_report_of_no_period(bench: Bench) -> None:
    bare = "Nội dung | ĐVT | Lũy kế\nCai nghiện tự nguyện | người | 5"
    first, second = whole("q1", f"{DOSSIERS} | 300"), whole("6m", f"{DOSSIERS} | 600")
    assert codes(followed(bench, first, second, bare)) == [Code.PERIOD_OPEN]
    assert codes(followed(bench, first, bare)) == [Code.PERIOD_ASSUMED]  # as `check` takes it
    with pytest.raises(RehabplanError):
        followed(bench, bare)


def test_one_report_is_judged_as_by_check(bench: Bench) -> None:
    grid = whole("9m", f"{VOLUNTARY} | 850", f"{DOSSIERS} | 1.7", f"{ACCESS} | 166/200", f"{REVIEW} | Đạt")
    found = followed(bench, grid)
    checked = bench.check(grid, label=None).assessment
    assert [one.last.result.status for one in found.targets] == [one.status for one in checked.results]
    assert codes(found) == [item.code for item in checked.problems]
    assert [str(remark) for remark in found.remarks][-1].startswith("one period makes no trend")


# ── what was added ────────────────────────────────────────────────────────────────────────────


def test_added_by_kind(bench: Bench) -> None:
    rows = {
        "q1": (f"{VOLUNTARY} | ít nhất 300", f"{TREATMENT} | 6150", f"{ACCESS} | 170/200", f"{MODELS} | 2"),
        "6m": (f"{VOLUNTARY} | 600", f"{TREATMENT} | 6300", f"{ACCESS} | 166/200", f"{MODELS} | 5"),
    }
    found = followed(bench, *(whole(label, *cells) for label, cells in rows.items()))
    added = {one.target.id: [(point.added, point.added_in) for point in one.points] for one in found.targets}
    at_least = Amount(Fraction(300), None)
    assert added["voluntary"] == [(at_least, "person"), (Amount(None, Fraction(300)), "person")]
    assert added["treatment"] == [(exact(50), "patient"), (exact(150), "patient")]  # since 6,100
    assert added["access"] == [(None, "percent-point"), (exact(-2), "percent-point")]
    assert added["models"] == [(None, "percent-point"), (exact(3), "commune")]
    assert added["dossiers"] == [(None, "dossier"), (None, "dossier")]


def test_nothing_is_added_where_a_side_is_unknown(bench: Bench) -> None:
    found = followed(
        bench, whole("q1", f"{VOLUNTARY} | 300"), whole("6m", f"{VOLUNTARY} |", f"{DOSSIERS} | 1"),
        whole("9m", f"{VOLUNTARY} | 850"),
    )  # fmt: skip
    assert shown(found, "voluntary") == [
        ("q1", exact(300), exact(300)), ("6m", Amount(Fraction(300), None), None), ("9m", exact(850), None),
    ]  # fmt: skip
    assert codes(found) == [Code.LEFT_OUT]
    assert series(found, "voluntary").points[1].reported is False


@pytest.mark.parametrize(
    ("first", "second", "added"),
    [
        ("hơn 60", "hơn 200", None),  # nothing is known
        ("hơn 60", "200", Amount(None, Fraction(140), high_open=True)),
        ("60", "hơn 200", Amount(Fraction(140), None, low_open=True)),
        ("200", "hơn 60", None),  # a count cannot fall: no less than nothing says nothing
        ("200", "150", exact(-50)),  # as reported
        ("gần 200", "gần 260", None),
    ],
)
def test_added_between_bounds(first: str, second: str, added: Amount | None, bench: Bench) -> None:
    found = followed(bench, whole("q1", f"{VOLUNTARY} | {first}"), whole("6m", f"{VOLUNTARY} | {second}"))
    assert series(found, "voluntary").points[1].added == added


# ── where the year ends ───────────────────────────────────────────────────────────────────────


PLAN = """\
year: 2024
title: {vi: "Kế hoạch", en: "Plan"}
issuer: UBND
sites: {communes: {count: 60, unit: commune}}
targets:
  one:
    name: {vi: Một, en: One}
    unit: {unit}
"""


@cache
def plan_of(text: str) -> Plan:
    """A plan of one target, given by its keys."""
    unit = "commune" if "communes" in text else "person"
    keys = "".join(f"    {line}\n" for line in text.splitlines())
    plan = PLAN.replace("{unit}", unit) + keys
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plan.yaml"
        path.write_text(plan.replace("    unit: person\n", "") if "milestone" in text else plan, "utf-8")
        return load_plan(path).plan


def target_of(text: str) -> Target:
    return plan_of(text).targets["one"]


def value_of(amount: Amount) -> Actual:
    return Actual(State.VALUE, amount)


SIX = period_of("6m", 2024, Convention.CALENDAR)  # 182 of 366 days
YEAR = period_of("year", 2024, Convention.CALENDAR)


@pytest.mark.parametrize(
    ("target", "actual", "rule", "projected", "reaches"),
    [
        # 500 × 366/182; a count goes on as until now
        ("kind: count\ngoal: 1200", exact(500), Rule.PACE, exact("91500/91"), False),
        ("kind: count\ngoal: 1000", exact(500), Rule.PACE, exact("91500/91"), True),
        ("kind: count\ngoal: 1000", Amount(Fraction(500), None), Rule.PACE,
         Amount(Fraction(91500, 91), None), True),
        ("kind: count\ngoal: 1200", Amount(Fraction(500), None), Rule.PACE,
         Amount(Fraction(91500, 91), None), None),
        # by the plan's own quarters: half of what was to come by now brings half of the year
        ("kind: count\ngoal: 400\npace: {by_quarter: [50, 100, 150, 100]}", exact(75), Rule.PACE,
         exact(200), False),
        ("kind: count\ngoal: 400\npace: {by_quarter: [0, 0, 150, 250]}", exact(10), Rule.SO_FAR,
         Amount(Fraction(10), None), None),
        ("kind: count\ngoal: 400\npace: {curve: {2024-06-30: 100}}", exact(90), Rule.PACE, exact(360), False),
        ("kind: count\ngoal: 400\npace: year_end", exact(10), Rule.SO_FAR, Amount(Fraction(10), None), None),
        ("kind: count\ngoal: 40\npace: year_end", exact(40), Rule.SO_FAR, Amount(Fraction(40), None), True),
        # caps on counts have no pace; what happened stays
        ("kind: count\ngoal: '<= 5'", exact(3), Rule.SO_FAR, Amount(Fraction(3), None), None),
        ("kind: count\ngoal: 0", exact(1), Rule.SO_FAR, Amount(Fraction(1), None), False),
        # decreases of counts: by elapsed share, or as the base went on after the same period
        ("kind: count\ngoal: '-10%'\nbaseline: {value: 200, year: 2023}", exact(91), Rule.PACE, exact(183),
         False),
        ("kind: count\ngoal: '-10%'\nbaseline: {value: 200, year: 2023, periods: {6m: 120}}", exact(105),
         Rule.PACE, exact(175), True),
        # stocks move from their baseline
        ("kind: stock\ngoal: 6500\nbaseline: 6100", exact(6200), Rule.PACE, exact("573400/91"), False),
        ("kind: stock\ngoal: 6500\nbaseline: 6100", exact(6000), Rule.PACE, exact("536800/91"), False),
        ("kind: stock\ngoal: 37\nbaseline: 37", exact(36), Rule.LEVEL, exact(36), False),
        ("kind: stock\ngoal: 6500", exact(6400), Rule.NONE, None, None),
        ("kind: stock\ngoal: 6500\nbaseline: 6100\npace: year_end", exact(6400), Rule.NONE, None, None),
        ("kind: stock\ngoal: '<= 40'", exact(41), Rule.LEVEL, exact(41), False),
        ("kind: stock\ngoal: '<= 60'\nbaseline: 80", exact(70), Rule.PACE, exact("5450/91"), True),
        # rates stay, whatever their pace
        ("kind: rate\ngoal: '> 80%'", exact(80), Rule.LEVEL, exact(80), False),
        ("kind: rate\ngoal: '> 80%'", exact("80.5"), Rule.LEVEL, exact("80.5"), True),
        ("kind: rate\ngoal: '> 80%'\npace: year_end", exact(79), Rule.LEVEL, exact(79), False),
        ("kind: rate\ngoal: '5..10%'", exact(11), Rule.LEVEL, exact(11), False),
        ("kind: rate\ngoal: '5..10%'", Amount(Fraction(6), Fraction(11)), Rule.LEVEL,
         Amount(Fraction(6), Fraction(11)), None),
        # coverage: never more than all of its sites
        ("kind: coverage\ngoal: '100%'\nsites: communes", exact(40), Rule.PACE, exact("7320/91"), False),
        ("kind: coverage\ngoal: '100%'\nsites: communes", exact(60), Rule.PACE, exact(100), True),
        ("kind: coverage\ngoal: '100%'\nsites: communes", Amount(Fraction(40), Fraction(60)), Rule.PACE,
         Amount(Fraction(7320, 91), Fraction(100)), None),
        ("kind: coverage\ngoal: '100%'\nsites: communes\npace: every_period", exact(60), Rule.LEVEL,
         exact(60), False),
        ("kind: coverage\ngoal: '100%'\nsites: communes\npace: year_end", exact(60), Rule.NONE, None, None),
        ("kind: milestone\ngoal: done", exact(0), Rule.NONE, None, None),
        ("kind: count\ngoal: 1200", UNKNOWN, Rule.NONE, None, None),
    ],
)  # fmt: skip
def test_the_projected_year_end(
    target: str, actual: Amount, rule: Rule, projected: Amount | None, reaches: bool | None
) -> None:
    found = project(plan_of(target), target_of(target), value_of(actual), SIX)
    assert (found.rule, found.amount, found.reaches) == (rule, projected, reaches)


def test_over_the_year_the_figure_itself_is_the_end() -> None:
    text = "kind: count\ngoal: 1200"
    found = project(plan_of(text), target_of(text), value_of(exact(1199)), YEAR)
    assert (found.rule, found.amount, found.reaches) == (Rule.YEAR_OVER, exact(1199), False)


def test_faster_and_slower(bench: Bench) -> None:
    rows = [(f"{VOLUNTARY} | {a}", f"{DOSSIERS} | {b}", f"{ACCESS} | {c}")
            for a, b, c in ((200, 400, "90/100"), (500, 790, "85/100"))]  # fmt: skip
    found = followed(bench, whole("q1", *rows[0]), whole("6m", *rows[1]))
    moves = {one.target.id: one.move for one in found.targets}
    assert moves["voluntary"] is Move.FASTER  # 804 → 1,005 of 1,200
    assert moves["dossiers"] is Move.STEADY  # 1,609 → 1,589 of 1,700
    assert moves["access"] is Move.STEADY  # 90 → 85 of 80: it gets there all the same
    assert moves["treatment"] is None
    assert [one.target.id for one in found.missing_the_goal] == ["voluntary", "dossiers"]


def moved(text: str, *amounts: tuple[str, Fraction | int]) -> Move | None:
    """How a target moves over cut-offs, each with a figure."""
    plan, target = plan_of(text), target_of(text)
    points = []
    for label, number in amounts:
        period, actual = period_of(label, 2024, Convention.CALENDAR), value_of(exact(str(number)))
        result = judge(plan, target, 0, actual, period)
        points.append(Point(period, result, True, project(plan, target, actual, period)))
    return TargetTrend(target, 0, tuple(points)).move


CAP = "kind: count\ngoal: '100..120'"


@pytest.mark.parametrize(
    ("text", "amounts", "move"),
    [
        # 232.1 at 6m, 230 at the end: of 40 to go 5 % less
        ("kind: stock\ngoal: 260\nbaseline: 220", (("6m", 226), ("year", 230)), Move.SLOWER),
        ("kind: stock\ngoal: 260\nbaseline: 220", (("6m", 238), ("year", 259)), Move.FASTER),
        ("kind: stock\ngoal: 260\nbaseline: 220", (("6m", 250), ("year", 261)), Move.STEADY),  # met
        ("kind: count\ngoal: 300", (("9m", 260), ("year", 301)), Move.STEADY),
        # a range: 111 to 141 overshoots, 141 to 111 comes back
        (CAP, (("6m", 55), ("9m", 105)), Move.SLOWER),
        (CAP, (("6m", 70), ("9m", 83)), Move.FASTER),
        (CAP, (("6m", 59), ("9m", 76)), Move.STEADY),  # both inside
        ("kind: rate\ngoal: '5..10%'", (("6m", 11), ("9m", 14)), Move.SLOWER),
    ],
)
def test_moves_by_the_side_that_decides(text: str, amounts: tuple[tuple[str, int], ...], move: Move) -> None:
    assert moved(text, *amounts) is move


def test_nothing_is_projected_below_zero() -> None:
    stock, fallen = "kind: stock\ngoal: '<= 60'\nbaseline: 80", exact(10)
    found = project(plan_of(stock), target_of(stock), value_of(fallen), SIX)
    assert (found.amount, found.reaches) == (exact(0), True)
    assert str(found.said).endswith("; never less than 0")
    bound = Amount(Fraction(10), Fraction(75))
    found = project(plan_of(stock), target_of(stock), value_of(bound), SIX)
    assert found.amount == Amount(Fraction(0), exact("6365/91").value)


def test_said_leads_to_the_figure() -> None:
    text = "kind: coverage\ngoal: '100%'\nsites: communes\nbaseline: '30%'"
    found = project(plan_of(text), target_of(text), value_of(exact(50)), SIX)
    assert str(found.said) == "30% + (50% - 30%) × (100% - 30%) / (64.808743% expected by then - 30%)"
    found = project(plan_of(text), target_of(text), value_of(exact(70)), SIX)
    assert str(found.said).endswith("- 30%); never less than 0%, nor more than 100%")


def test_who_stands_where_expected_does_not_miss_a_goal_that_asks_for_more() -> None:
    text = "kind: count\ngoal: '> 366'"
    found = project(plan_of(text), target_of(text), value_of(exact(182)), SIX)
    assert (found.amount, found.reaches) == (exact(366), None)
    found = project(plan_of(text), target_of(text), value_of(exact(181)), SIX)
    assert found.reaches is False


def test_once_the_year_is_over_only_what_missed_its_goal_is_listed(bench: Bench) -> None:
    q1 = whole("q1", f"{VOLUNTARY} | 200", f"{DOSSIERS} | 100", f"{REVIEW} | chưa đạt")
    year = whole("year", f"{VOLUNTARY} | 1100", f"{DOSSIERS} | khoảng 90", f"{REVIEW} | chưa đạt")
    found = followed(bench, q1, year)
    assert series(found, "dossiers").last.result.status is Status.UNDETERMINED
    assert [one.target.id for one in found.missing_the_goal] == ["voluntary", "review"]


def monthly(text: str, *amounts: tuple[str, int]) -> str:
    """The line under "At this pace the goal is missed" from "needed" on, or of the only target."""
    plan, target = plan_of(text), target_of(text)
    points, before = [], 0
    for label, number in amounts:
        period, actual = period_of(label, 2024, Convention.CALENDAR), value_of(exact(number))
        result = judge(plan, target, 0, actual, period)
        gained = exact(number - before)
        points.append(Point(period, result, True, project(plan, target, actual, period), gained, "person"))
        before = number
    return speed_text(TargetTrend(target, 0, tuple(points)))


@pytest.mark.parametrize(
    ("text", "amounts", "needed", "brought"),
    [
        ("kind: count\ngoal: 366", (("q1", 90), ("6m", 180)), "31", "30"),
        ("kind: count\ngoal: 4\npace: year_end", (("q1", 0), ("6m", 1)), "1", "0.3"),
        ("kind: count\ngoal: 184", (("m1", 0), ("6m", 92)), "16", "19"),
        # 92 days each, 1 in both: as much, so the same is printed
        ("kind: count\ngoal: 2", (("6m", 0), ("9m", 1)), "1", "1"),
        ("kind: count\ngoal: 200", (("6m", 0), ("9m", 100)), "34", "34"),
    ],
)
def test_needed_and_brought_can_be_compared(
    text: str, amounts: tuple[tuple[str, int], ...], needed: str, brought: str
) -> None:
    found = monthly(text, *amounts)
    assert found.startswith(f"; needed {needed} a month, brought {brought} a month since")


def test_the_year_end_of_an_older_figure_says_so(bench: Bench) -> None:
    found = followed(bench, whole("q1", f"{VOLUNTARY} | 300"), whole("6m", f"{DOSSIERS} | 600"))
    (column,) = (one for one in trend_columns(bench.loaded.plan, found.periods) if one.key == "year_end")
    texts = {one.target.id: [cell.text for cell in column.cell(one).below] for one in found.targets}
    shown = {name: " ".join(cells).replace("\N{NO-BREAK SPACE}", " ") for name, cells in texts.items()}
    assert (shown["voluntary"], shown["dossiers"]) == ("(as of Q1) goal 1,200", "goal 1,700")


@pytest.mark.parametrize("columns", range(40, 120, 7))
def test_two_periods_stay_at_any_width(columns: int, bench: Bench) -> None:
    """One period shows no trend; and no unit stands alone on a line."""
    rows = [(f"{ACCESS} | {a}", f"{VOLUNTARY} | {b}") for a, b in (("170/200", 200), ("160/210", 300))]
    found = followed(bench, whole("q1", *rows[0]), whole("6m", *rows[1]), whole("9m", *rows[1]))
    screen = Screen(columns, color=False)
    screen.table(trend_columns(bench.loaded.plan, found.periods), found.targets)
    printed = screen.text()
    header = next(line for line in printed.splitlines() if line.strip())
    stacked = header.strip() != header or not header.startswith("Target")
    assert stacked or header.split().count("months") == 2
    assert not any(line.split()[-1:] == ["pts"] and len(line.split()) == 1 for line in printed.splitlines())
    assert "-8.8 pts" in printed


def test_rows_that_stack_say_what_each_figure_is(bench: Bench) -> None:
    found = followed(bench, whole("q1", f"{VOLUNTARY} | 200"), whole("6m", f"{VOLUNTARY} | 300"))
    for columns, wanted, legend in ((40, True, "Added: since"), (120, False, "Under each figure")):
        screen = Screen(columns, color=False)
        add_trend(screen, found, "plan.yaml")
        printed = " ".join(screen.text().split())
        assert ("6 months: 300 · added +100 · expected" in printed) is wanted
        assert legend in printed


# ── guards ────────────────────────────────────────────────────────────────────────────────────


def test_a_fall_of_a_site_and_of_a_sum(bench: Bench) -> None:
    q1 = of_sites("q1", "100", "80", "50", "20")
    site = followed(bench, q1, of_sites("6m", "200", "70", "90", "40"))
    (fall,) = site.problems
    assert (fall.code, dict(fall.args)["who"]) == (Code.FALLS, " (Quận Đống Đa)")  # once, with its name
    assert (dict(fall.args)["before"], dict(fall.args)["raw"]) == ("80", "70")
    both = followed(bench, q1, of_sites("6m", "90", "70", "50", "20"))
    assert codes(both) == [Code.FALLS, Code.FALLS]  # the sum falls because of them
    total = followed(bench, whole("q1", f"{VOLUNTARY} | 300"), of_sites("6m", "100", "80", "50", "20"))
    assert codes(total) == [Code.FALLS]
    (fall,) = total.problems
    assert (dict(fall.args)["who"], dict(fall.args)["before"], dict(fall.args)["raw"]) == ("", "300", "250")
    silent = followed(bench, q1, of_sites("6m", "100", "80", "", "20"))
    assert Code.FALLS not in codes(silent)  # at least 200 may be more than 250


def test_a_fall_is_told_once(bench: Bench) -> None:
    grids = [whole(label, f"{VOLUNTARY} | {cell}") for label, cell in
             (("q1", 300), ("6m", 400), ("9m", 350), ("year", 360))]  # fmt: skip
    found = followed(bench, *grids)
    assert codes(found) == [Code.FALLS]
    args = dict(found.problems[0].args)
    assert (args["before"], args["raw"], args["until"]) == ("400", "350", "2024-06-30")
    columns = "Lũy kế 3 tháng | Lũy kế 6 tháng | Lũy kế 9 tháng"
    in_one = followed(bench, whole("9m", f"{VOLUNTARY} | 300 | 400 | 350", columns=columns))
    assert codes(in_one) == [Code.FALLS]


def test_a_level_may_fall(bench: Bench) -> None:
    assert (
        codes(followed(bench, whole("q1", f"{TREATMENT} | 6300"), whole("6m", f"{TREATMENT} | 6200"))) == []
    )


@pytest.mark.parametrize(
    ("labels", "missing"),
    [
        (("q1", "9m"), ["6 months (2024-06-30)"]),
        (("q1", "year"), ["6 months (2024-06-30)", "9 months (2024-09-30)"]),
        (("6m", "9m"), []),
        (("q1",), []),
        (("m1", "6m", "9m"), ["Q1 (2024-03-31)"]),
    ],
)
def test_a_period_without_a_report(labels: Sequence[str], missing: list[str], bench: Bench) -> None:
    found = followed(bench, *(whole(label, f"{VOLUNTARY} | {at}00") for at, label in enumerate(labels, 3)))
    told = [item for item in found.problems if item.code is Code.PERIOD_LEFT_OUT]
    assert [dict(item.args)["missing"] for item in told] == missing
    assert all(item.where and item.where.cell == "A2" for item in told)


def test_a_month_left_out_of_a_monthly_series(bench: Bench) -> None:
    months = [month for month in range(1, 10) if month != 5]
    columns = " | ".join(f"Lũy kế {month} tháng" for month in months)
    cells = " | ".join(str(100 * month) for month in months)
    found = followed(bench, whole("9m", f"{VOLUNTARY} | {cells}", columns=columns))
    assert [dict(item.args)["missing"] for item in found.problems] == ["5 months (2024-05-31)"]
    assert len(found.periods) == 8


def test_a_day_of_its_own_may_stand_for_the_end_of_a_quarter(bench: Bench) -> None:
    title = "6 tháng đầu năm 2024"
    first = whole("6m", f"{VOLUNTARY} | 100").replace(title, "tính đến 15/02/2024")
    found = followed(bench, first, whole("6m", f"{VOLUNTARY} | 200").replace(title, "tính đến 15/5/2024"),
                     whole("6m", f"{VOLUNTARY} | 300").replace(title, "tính đến 15/8/2024"))  # fmt: skip
    assert codes(found) == []


def test_a_report_that_is_there_and_blank(bench: Bench) -> None:
    found = followed(bench, whole("q1", f"{VOLUNTARY} | 100"), whole("6m", f"{VOLUNTARY} | -"),
                     whole("9m", f"{VOLUNTARY} | 300"))  # fmt: skip
    (gap,) = found.problems
    assert (gap.code, dict(gap.args)["missing"]) == (Code.LEFT_OUT, "2024-06-30")


def test_a_milestone_under_a_quarter_alone(bench: Bench) -> None:
    grid = whole("9m", f"{REVIEW} | chưa đạt | chưa đạt | đạt", columns="Quý I | Quý II | Quý III")
    found = followed(bench, grid)
    assert [amount for _label, amount, _added in shown(found, "review")] == [exact(0), exact(0), exact(1)]
    assert codes(found) == []


def test_gaps_of_sites(bench: Bench) -> None:
    q1, later = of_sites("q1", "100", "80", "50", "20"), of_sites("9m", "300", "200", "150", "60")
    gone = followed(bench, q1, of_sites("6m", "200", "150", "", "40"), later)
    (gap,) = gone.problems
    assert (gap.code, dict(gap.args)["site"]) == (Code.SITE_LEFT_OUT, "Huyện Sóc Sơn")
    never = followed(
        bench, q1, of_sites("6m", "200", "150", "90", "40"), of_sites("9m", "300", "200", "", "60")
    )
    assert codes(never) == []  # it may still come; the head names the district
    city = followed(bench, q1, whole("6m", f"{VOLUNTARY} | 480"), later)
    assert codes(city) == []  # the whole was known then


def test_a_target_left_out_by_one_site(bench: Bench) -> None:
    head = "STT | Đơn vị | Cai nghiện tự nguyện | Hồ sơ cai nghiện bắt buộc\n"
    grids = []
    for label, cells in (("q1", "1 | 5"), ("6m", "2 |"), ("9m", "3 | 9")):
        rows = f"1 | Quận Ba Đình | {cells}\n2 | Quận Đống Đa | 4 | 4"
        grids.append(f"Kết quả {TITLES[label]} năm 2024\n{head}{rows}")
    (gap,) = followed(bench, *grids).problems
    assert (gap.code, dict(gap.args)["who"]) == (Code.LEFT_OUT, " (Quận Ba Đình)")


def test_a_milestone_is_reported_once_and_stays_done(bench: Bench) -> None:
    done = followed(
        bench, whole("q1", f"{REVIEW} | Đạt", f"{VOLUNTARY} | 1"), whole("6m", f"{VOLUNTARY} | 2"),
        whole("9m", f"{REVIEW} | Đạt", f"{VOLUNTARY} | 3"),
    )  # fmt: skip
    assert codes(done) == []
    assert [point.result.status for point in series(done, "review").points] == [Status.MET] * 3
    undone = followed(bench, whole("q1", f"{REVIEW} | Đạt"), whole("6m", f"{REVIEW} | Chưa đạt"))
    assert codes(undone) == [Code.UNDONE]


# ── print ─────────────────────────────────────────────────────────────────────────────────────


def point_of(target: str, amount: Amount) -> tuple[Plan, Target, Point]:
    plan = plan_of(target)
    own = next(iter(plan.targets.values()))
    actual = value_of(amount)
    result = judge(plan, own, 0, actual, SIX)
    return plan, own, Point(SIX, result, True, project(plan, own, actual, SIX))


@pytest.mark.parametrize(
    ("target", "actual", "bar"),
    [
        ("kind: count\ngoal: 1000", exact(0), "░░░░░│░░░░░"),
        ("kind: count\ngoal: 1000", exact(490), "████░│░░░░░"),
        ("kind: count\ngoal: 1000", exact(510), "█████│░░░░░"),
        ("kind: count\ngoal: 1000", exact(999), "█████│████░"),  # never full below the goal
        ("kind: count\ngoal: 1000", exact(1000), "█████│█████"),
        ("kind: count\ngoal: 1000", Amount(Fraction(300), None), "███▒▒│▒▒▒▒▒"),
        ("kind: count\ngoal: 1000", Amount(Fraction(300), Fraction(620)), "███▒▒│▒░░░░"),
        ("kind: rate\ngoal: '> 80%'", exact(80), "█████████░"),
        ("kind: rate\ngoal: '> 80%'", exact(81), "██████████"),
        ("kind: stock\ngoal: 6500\nbaseline: 6100", exact(6300), "█████│░░░░░"),
        ("kind: stock\ngoal: 6500\nbaseline: 6100", exact(6000), "░░░░░│░░░░░"),
        ("kind: count\ngoal: '<= 5'", exact(3), ""),
        ("kind: rate\ngoal: '5..10%'", exact(11), ""),  # a full bar would say that it is reached
        ("kind: milestone\ngoal: done", exact(1), ""),
    ],
)
def test_bars(target: str, actual: Amount, bar: str) -> None:
    plan, _own, point = point_of(target, actual)
    assert bar_text(plan, point) == bar


@pytest.mark.parametrize(
    ("target", "actual", "text"),
    [
        ("kind: count\ngoal: 1006", exact(500), "~ 1,005"),
        (
            "kind: count\ngoal: 1005",
            exact(500),
            "~ 1,005",
        ),  # 1,005.49: not less in print
        ("kind: count\ngoal: '<= 5'", exact(3), "≥ 3"),
        ("kind: rate\ngoal: '> 80%'", exact("79.96"), "~ 79.96%"),
        ("kind: rate\ngoal: '> 80%'", exact("80.04"), "~ 80.04%"),
        ("kind: stock\ngoal: 6500", exact(6400), ""),
        ("kind: stock\ngoal: 260\nbaseline: 220", exact("239.93"), "~ 260"),  # 260.08
        ("kind: stock\ngoal: 260\nbaseline: 220", Amount(Fraction("239.93"), None), "~ ≥ 260"),
        ("kind: stock\ngoal: 260\nbaseline: 220", exact("239.87"), "~ 259.96"),
        ("kind: count\ngoal: 1200", Amount(Fraction(500), None), "~ ≥ 1,005"),  # 1,005.49
        ("kind: count\ngoal: 1200", Amount(None, Fraction(500)), "~ ≤ 1,006"),
    ],
)
def test_projections_in_print(target: str, actual: Amount, text: str) -> None:
    _plan, own, point = point_of(target, actual)
    assert projection_text(TargetTrend(own, 0, (point,))) == text


YEAR_FOLDER = Path(__file__).parent / "trend_year"
FILES = "--actuals q1.xlsx --actuals 6m.xlsx --actuals 9m.xlsx"


@pytest.mark.parametrize(
    ("name", "columns", "arguments"),
    [
        *((f"{width}", width, FILES) for width in (40, 80, 160)),
        ("one-80", 80, "--actuals 6m.xlsx"),
        ("columns-80", 80, "--actuals quarters.xlsx"),
        ("months-160", 160, "--actuals months.xlsx"),
        ("months-80", 80, "--actuals months.xlsx"),
        ("json", 100, f"{FILES} --format json"),
        ("plain", 100, f"{FILES} --format plain"),
        ("plain-vi", 100, f"{FILES} --format plain --lang vi"),
    ],
)
def test_the_whole_output(
    name: str, columns: int, arguments: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared(YEAR_FOLDER, tmp_path)
    monkeypatch.chdir(tmp_path)
    command = f"trend plan.yaml {arguments}"
    printed = run(command, columns=columns)
    found = f"$ rehabplan {command}\n{printed}"
    expected = YEAR_FOLDER / "expected" / f"{name}.txt"
    if os.environ.get("REHABPLAN_REGEN"):
        expected.write_text(found, "utf-8")
    assert found == expected.read_text("utf-8")
    wrapped = name not in ("json", "plain", "plain-vi")
    assert all(len(line) <= columns for line in printed.splitlines() if wrapped)


@pytest.mark.parametrize("grids", ["q1", "6m", "9m"])
def test_plain_lines_say_what_the_screen_says(
    grids: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every figure of a wide screen is in them; three fields a line."""
    prepared(YEAR_FOLDER, tmp_path)
    monkeypatch.chdir(tmp_path)
    command = f"trend plan.yaml --actuals {grids}.xlsx"
    lines = run(f"{command} --format plain").splitlines()[:-1]
    assert {line.count("\t") for line in lines} == {2}
    screen = run(command, columns=250)
    shown, said = (set(re.findall(r"[\d.,]*\d%?", text)) for text in (screen, "\n".join(lines)))
    assert len(shown) > 15
    assert shown - {"0"} <= said  # that of the exit code


def test_json_says_why_nothing_could_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared(YEAR_FOLDER, tmp_path)
    monkeypatch.chdir(tmp_path)
    text, _, code = run("trend plan.yaml --actuals nowhere.xlsx --format json").partition("--- exit code ")
    document = json.loads(text)
    assert (document["schema"], document["plan"], document["periods"], document["targets"]) == (
        "rehabplan/trend/1", None, [], [],
    )  # fmt: skip
    assert ([one["code"] for one in document["problems"]], code) == (["RP301"], "3\n")


# ── properties ────────────────────────────────────────────────────────────────────────────────

LABELS = ("q1", "6m", "9m", "year")
COUNT = "kind: count\ngoal: 1000"


def report_of(label: str, text: str) -> Report:
    """A report of the whole with one figure to date, without a workbook."""
    file = f"{label}.xlsx"
    found: tuple[Reading, ...] = readings(text)
    figure = Figure(FigureKind.NUMBER, text, found)
    seen = Observation("one", figure, Where(file, sheet="S", cell="B2"), "T", "id", basis=Basis.YEAR_TO_DATE)
    clue = Clue(PeriodClue(label, None, 2024), label, Where(file, sheet="S", cell="A1"))
    return Report(file, (seen,), (), (clue,), digest=file)


@steady
@given(st.dictionaries(st.sampled_from(LABELS), st.integers(0, 3000), min_size=1))
def test_what_was_added_sums_up_to_the_last_figure(cells: dict[str, int]) -> None:
    found = trend(plan_of(COUNT), [report_of(label, str(value)) for label, value in cells.items()])
    added = [point.added.value for point in found.targets[0].points if point.added]
    last = found.targets[0].last.result.actual.amount
    assert last is not None
    assert sum(one for one in added if one is not None) == last.value
    assert len(added) == len(cells)


@steady
@given(
    st.dictionaries(
        st.sampled_from(LABELS), st.sampled_from(["70", "ít nhất 65", "hơn 300", "900"]), min_size=1
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_files_does_not_matter(cells: dict[str, str], random: Random) -> None:
    reports = [report_of(label, text) for label, text in cells.items()]
    shuffled = [*reports]
    random.shuffle(shuffled)
    assert trend(plan_of(COUNT), reports) == trend(plan_of(COUNT), shuffled)


PACED = (
    COUNT,
    "kind: count\ngoal: 400\npace: {by_quarter: [50, 100, 150, 100]}",
    "kind: stock\ngoal: 6500\nbaseline: 6100",
    "kind: stock\ngoal: '<= 60'\nbaseline: 80",
    "kind: coverage\ngoal: '90%'\nsites: communes",
    "kind: coverage\ngoal: '90%'\nsites: communes\nbaseline: '30%'",
    "kind: count\ngoal: '-10%'\nbaseline: {value: 200, year: 2023, periods: {6m: 120}}",
    "kind: stock\ngoal: '+10%'\nbaseline: {value: 200, year: 2023, periods: {q1: 180, 6m: 190}}",
)


@pytest.mark.parametrize(("text", "label"), list(product(PACED, ("m1", "q1", "m5", "6m", "9m", "m11"))))
def test_who_stands_where_expected_is_projected_onto_the_goal(text: str, label: str) -> None:
    plan, target = plan_of(text), target_of(text)
    period = period_of(label, 2024, Convention.CALENDAR)
    (point,) = checkpoints(target, target.goal_of(2024), period, Fraction(9, 10))
    assert point.expected is not None
    found = project(plan, target, value_of(Amount.exact(point.expected)), period)
    assert (found.rule, found.amount) == (Rule.PACE, Amount.exact(point.side.value))


@steady
@given(st.sampled_from(PACED), st.integers(0, 7000), st.integers(0, 500), st.sampled_from(["q1", "6m", "9m"]))
def test_more_is_never_projected_to_less(text: str, one: int, more: int, label: str) -> None:
    plan, target = plan_of(text), target_of(text)
    period = period_of(label, 2024, Convention.CALENDAR)
    first, second = (
        project(plan, target, value_of(exact(value)), period).amount for value in (one, one + more)
    )
    assert first is not None
    assert second is not None
    assert not first.below_zero
    assert not first.surely_more_than(second)


def test_cut_offs_of_the_administrative_year() -> None:
    plan = plan_of(COUNT).model_copy(update={"convention": Convention.ADMINISTRATIVE})
    found = trend(plan, [report_of(label, "10") for label in LABELS])
    assert [one.cutoff for one in found.periods] == [
        cutoff_of(label, 2024, Convention.ADMINISTRATIVE) for label in LABELS
    ]
    assert found.periods[0].cutoff == date(2024, 3, 14)


def test_the_examples_in_the_documentation_are_what_is_printed() -> None:
    printed = (YEAR_FOLDER / "expected" / "80.txt").read_text("utf-8").partition("--- exit code")[0].rstrip()
    root = YEAR_FOLDER.parents[1]
    assert printed in (root / "docs" / "reports.md").read_text("utf-8")
    table = "\n".join(printed[printed.index("Target ") :].splitlines()[:8])
    assert table in (root / "README.md").read_text("utf-8")
