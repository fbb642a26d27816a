"""What is printed: rounded late, and never so that the print contradicts the verdict (design.md §3)."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from rehabplan import figures, table
from rehabplan.actuals.model import Actual, State
from rehabplan.assess import Result
from rehabplan.numbers import Amount
from tests.test_verdicts import Fields, amount_of, judged, target_of

# ── plain figures ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("value", "digits", "against", "wanted"),
    [
        ("0", 1, None, "0"),
        ("1700", 1, None, "1,700"),
        ("100", 0, None, "100"),
        ("1234567.5", 1, None, "1,234,567.5"),
        ("374.316940", 0, None, "374"),
        ("374.5", 0, None, "375"),
        ("98.44559585", 1, None, "98.4"),
        ("-0.04", 1, None, "0"),
        ("-114", 1, None, "-114"),
        ("0.125", 6, None, "0.125"),
        ("79.96", 1, None, "80"),
        # Never onto or across the value that the verdict turns on.
        ("79.96", 1, "80", "79.96"),
        ("79.94", 1, "80", "79.9"),
        ("80.04", 1, "80", "80.04"),
        ("80", 1, "80", "80"),
        ("79.99999999", 1, "80", "79.999999"),
        ("80.00000001", 1, "80", "80.000001"),
        ("99.95", 1, "100", "99.95"),
        ("57700/579", 1, "100", "99.7"),
        ("57700/579", 0, "100", "99.7"),
        ("579000/5791", 1, "100", "99.98"),
        ("374.316940", 0, "374", "374.3"),
        ("374.316940", 0, "375", "374"),
        ("0.04", 1, "0", "0.04"),
        ("-0.04", 1, "0", "-0.04"),
    ],
)
def test_number(value: str, digits: int, against: str | None, wanted: str) -> None:
    threshold = None if against is None else Fraction(against)
    assert figures.number(Fraction(value), digits, threshold) == wanted
    assert figures.percent(Fraction(value), digits, threshold) == wanted + "%"


@pytest.mark.parametrize(
    ("value", "wanted"), [("80.56", "81"), ("80", "80"), ("1/61", "1"), ("1000.1", "1,001"), ("0", "0")]
)
def test_whole_up(value: str, wanted: str) -> None:
    assert figures.whole_up(Fraction(value)) == wanted


@pytest.mark.parametrize(
    ("amount", "against", "tail", "wanted"),
    [
        ("664", None, "", "664"),
        ("≥ 664", None, "", "≥ 664"),
        ("> 650", None, "", "> 650"),
        ("≤ 1200", None, "", "≤ 1,200"),
        ("< 600", None, "", "< 600"),
        ("600..650", None, "", "600 – 650"),
        ("80..100", None, "%", "80% – 100%"),
        ("> 80", None, "%", "> 80%"),
        ("?", None, "%", "?"),
        ("≥ 99.97", "100", "%", "≥ 99.97%"),
        ("79..79.96", "80", "%", "79% – 79.96%"),
    ],
)
def test_bounds(amount: str, against: str | None, tail: str, wanted: str) -> None:
    threshold = None if against is None else Fraction(against)
    assert figures.bounds(amount_of(amount), against=threshold, tail=tail) == wanted


def test_days_are_iso() -> None:
    assert figures.day(date(2024, 9, 4)) == "2024-09-04"


# ── the cells of a row ────────────────────────────────────────────────────────────────────────

COLUMNS = ("goal", "actual", "percent", "gap", "expected", "needed")


def printed(result: Result) -> tuple[str, ...]:
    return (
        table.goal_text(result.goal, result.target),
        table.actual_text(result),
        table.percent_text(result),
        table.gap_text(result),
        table.expected_text(result),
        table.needed_text(result),
    )


def divided(part: int, whole: int) -> Actual:
    """Return the actual of "part/whole" in a cell."""
    share = Amount.exact(Fraction(part * 100, whole))
    return Actual(State.VALUE, share, Amount.exact(part), Amount.exact(whole))


@pytest.mark.parametrize(
    ("kind", "goal", "actual", "fields", "wanted"),
    [
        # Expected 374.3, needed 80.56: whole contacts.
        ("count", 500, "257", {}, ("500", "257", "51.4%", "243", "374", "81")),
        ("count", 500, "374", {}, ("500", "374", "74.8%", "126", "374.3", "42")),
        ("count", 500, "500", {}, ("500", "500", "100%", "0", "374", "")),
        ("count", 1700, "1200", {}, ("1,700", "1,200", "70.6%", "500", "1,273", "166")),
        ("count", 500, "510", {}, ("500", "510", "102%", "-10", "374", "")),
        ("count", 5000, "4999", {}, ("5,000", "4,999", "99.98%", "1", "3,743", "1")),
        ("count", 5000, "5001", {}, ("5,000", "5,001", "100.02%", "-1", "3,743", "")),
        # Bounds: the least, the most, both, nothing.
        ("count", 1200, "≥ 664", {}, ("1,200", "≥ 664", "≥ 55.3%", "≤ 536", "898", "")),
        ("count", 1200, "> 650", {}, ("1,200", "> 650", "> 54.1%", "< 550", "898", "")),
        ("count", 1200, "< 600", {}, ("1,200", "< 600", "< 50%", "> 600", "898", "")),
        ("count", 1200, "600..660", {}, ("1,200", "600 – 660", "50% – 55%", "540 – 600", "898", "")),
        ("count", 1200, "?", {}, ("1,200", "?", "", "", "898", "")),
        ("count", 1200, "-", {}, ("1,200", "-", "", "", "898", "")),
        ("count", 1200, "x", {}, ("1,200", "rejected", "", "", "898", "")),
        ("rate", "100%", "0/0", {}, ("100%", "n/a", "", "", "100%", "")),
        # 79.96 % is no 80 %, and 80 % is not above 80 %: neither is 100 % of the goal.
        ("rate", "> 80%", "79.96", {}, ("> 80%", "79.96%", "99.95%", "0.04 pts", "> 80%", "")),
        ("rate", "> 80%", "80", {}, ("> 80%", "80%", "", "> 0 pts", "> 80%", "")),
        ("rate", "> 80%", "80.04", {}, ("> 80%", "80.04%", "100.1%", "-0.04 pts", "> 80%", "")),
        ("rate", "80%", "80", {}, ("80%", "80%", "100%", "0 pts", "80%", "")),
        ("rate", "80%", "79.9999999", {}, ("80%", "79.999999%", "99.999999%", "0.000001 pts", "80%", "")),
        # Lower is better: no percent, nothing needed, what is over is not missing; a zero is no blank.
        ("rate", "<= 0,3%", "0.32", {}, ("≤ 0.3%", "0.32%", "", "0.02 pts over", "≤ 0.3%", "")),
        ("rate", "< 0,3%", "0.3", {}, ("< 0.3%", "0.3%", "", "> 0 pts over", "< 0.3%", "")),
        ("count", 0, "0", {}, ("≤ 0", "0", "", "0", "≤ 0", "")),
        ("count", 0, "1", {}, ("≤ 0", "1", "", "1 over", "≤ 0", "")),
        ("count", "<= 12", "9", {}, ("≤ 12", "9", "", "-3", "≤ 12", "")),
        ("rate", "5..10%", "7", {}, ("5 – 10%", "7%", "", "-2 pts", "≥ 5%", "")),
        # Changes: the goal as the plan states it, gap and expected in what is counted.
        ("count", "-5%", "300", {"baseline": 400}, ("-5%", "300", "", "-80", "≤ 284", "")),
        ("count", "+10%", "1647", {"baseline": 2000}, ("+10%", "1,647", "74.9%", "553", "1,646.99", "184")),
        (
            "rate", "-0,8 points", "9.5", {"baseline": "9,8%"},
            ("-0.8 pts", "9.5%", "", "0.5 pts over", "≤ 9%", ""),
        ),
        ("count", "+5..10%", "790", {"baseline": 1000}, ("+5% – +10%", "790", "75.2%", "260", "≥ 786", "87")),
        ("stock", 6500, "6300", {"baseline": 6100}, ("6,500", "6,300", "96.9%", "200", "6,399", "67")),
        ("stock", 6500, "6399", {"baseline": 6100}, ("6,500", "6,399", "98.4%", "101", "6,399.5", "34")),
        ("stock", 420, "400", {}, ("420", "400", "95.2%", "20", "", "7")),
        # Exactly on its pace, whose decimals are then shown in full beside the figure's.
        (
            "count", 150, "112.25",
            {"unit": "million-dong", "pace": {"by_quarter": (40, 40, Decimal("32.25"), Decimal("37.75"))}},
            ("150", "112.25", "74.8%", "37.8", "112.25", "12.5"),
        ),
        # Not whole things keep their decimals.
        ("count", 150, "90.5", {"unit": "million-dong"}, ("150", "90.5", "60.3%", "59.5", "112.3", "19.7")),
    ],
)  # fmt: skip
def test_row(kind: str, goal: object, actual: str, fields: Fields, wanted: tuple[str, ...]) -> None:
    assert dict(zip(COLUMNS, printed(judged(target_of(kind, goal, **fields), actual)), strict=True)) == dict(
        zip(COLUMNS, wanted, strict=True)
    )


@pytest.mark.parametrize(
    ("goal", "part", "sites", "wanted"),
    [
        ("100%", 570, 579, ("100%", "570/579 (98.4%)", "98.4%", "9", "433", "3")),
        # Two are left: never 100 %.
        ("100%", 577, 579, ("100%", "577/579 (99.7%)", "99.7%", "2", "433", "1")),
        ("100%", 3320, 3321, ("100%", "3,320/3,321 (99.97%)", "99.97%", "1", "2,486", "1")),
        ("100%", 579, 579, ("100%", "579/579 (100%)", "100%", "0", "433", "")),
        ({"each": 1}, 21, 30, ("each ≥ 1", "21/30 (70%)", "70%", "9", "22", "3")),
        ({"each": 1}, 0, 30, ("each ≥ 1", "0/30 (0%)", "0%", "30", "22", "10")),
        # 95 % of 579 are 550.05: the 550 still lack one.
        ("95%", 550, 579, ("95%", "550/579 (94.99%)", "99.99%", "1", "412", "1")),
    ],
)
def test_row_of_coverage(goal: object, part: int, sites: int, wanted: tuple[str, ...]) -> None:
    result = judged(target_of("coverage", goal), divided(part, sites), sites=sites)
    assert printed(result) == wanted


def test_a_numerator_alone_is_no_percentage() -> None:
    alone = Actual(State.VALUE, amount_of("?"), Amount.exact(1139))
    assert printed(judged(target_of("rate", "100%"), alone)) == ("100%", "1,139/?", "", "", "100%", "")


@pytest.mark.parametrize(
    ("due", "actual", "wanted"),
    [
        (None, "1", ("done", "done", "")),
        (None, "0", ("done", "not done", "")),
        (date(2024, 6, 30), "1", ("by 2024-06-30", "done", "done")),
        (date(2024, 6, 30), "0", ("by 2024-06-30", "not done", "done")),
        (date(2024, 6, 30), "-", ("by 2024-06-30", "-", "done")),
        (date(2024, 12, 1), "-", ("by 2024-12-01", "-", "")),
    ],
)
def test_row_of_a_milestone(due: date | None, actual: str, wanted: tuple[str, str, str]) -> None:
    goal, shown, _percent, gap, expected, needed = printed(
        judged(target_of("milestone", "done", due=due), actual)
    )
    assert (goal, shown, expected) == wanted
    assert (gap, needed) == ("", "")


@pytest.mark.parametrize("goal", ["80%", "> 80%", "100%", "99,9%"])
@pytest.mark.parametrize("places", range(1, 9))
def test_what_is_short_never_prints_the_goal(goal: str, places: int) -> None:
    value = Fraction(goal.strip("> %").replace(",", ".")) - Fraction(1, 10**places)
    result = judged(target_of("rate", goal), str(value), "year")
    assert result.status == "missed"
    assert table.actual_text(result) != goal.removeprefix("> ").replace(",", ".")
    assert table.percent_text(result) != "100%"
    assert table.gap_text(result) not in {"0 pts", "-0 pts"}


# ── never against the verdict ─────────────────────────────────────────────────────────────────


def test_every_site_but_one_of_a_per_site_goal_is_not_100_percent() -> None:
    result = judged(target_of("coverage", {"each": 1}), divided(3320, 3321), "year", sites=3321)
    assert (result.status, table.actual_text(result)) == ("missed", "3,320/3,321 (99.97%)")


def test_a_changed_rate_is_not_rounded_onto_the_level_it_misses() -> None:
    result = judged(target_of("rate", "-0,8 points", baseline="9,8%"), "9.04", "year")
    assert (result.status, table.actual_text(result)) == ("missed", "9.04%")


@pytest.mark.parametrize(
    ("actual", "status", "shown", "expected"),
    [
        ("69.96", "at_risk", "69.96%", "70%"),
        ("69.94", "at_risk", "69.9%", "70%"),
        ("70", "on_track", "70%", "70%"),
        ("70.04", "on_track", "70.04%", "70%"),
        ("70.06", "on_track", "70.1%", "70%"),
    ],
)
def test_an_actual_short_of_the_expected_does_not_print_the_expected(
    actual: str, status: str, shown: str, expected: str
) -> None:
    result = judged(target_of("rate", "80%", pace={"curve": {date(2024, 9, 30): "70%"}}), actual)
    assert (result.status, table.actual_text(result), table.expected_text(result)) == (
        status,
        shown,
        expected,
    )


@pytest.mark.parametrize(
    ("actual", "status", "wanted"),
    [
        ("≤ 79.96", "missed", "≤ 79.96%"),
        ("≥ 79.96", "undetermined", "≥ 79.96%"),
        ("79..79.96", "missed", "79% – 79.96%"),
    ],
)
def test_bounds_are_not_rounded_onto_the_goal(actual: str, status: str, wanted: str) -> None:
    result = judged(target_of("rate", "80%"), actual, "year")
    assert (result.status, table.actual_text(result)) == (status, wanted)


def test_bounds_are_not_rounded_onto_the_far_end_of_a_range() -> None:
    result = judged(target_of("rate", "5..10%"), "10.01..10.04", "year")
    assert (result.status, table.actual_text(result)) == ("missed", "10.01% – 10.04%")


def test_a_strict_goal_that_fails_is_not_up_to_100_percent() -> None:
    result = judged(target_of("rate", "> 80%"), "≤ 80", "year")
    assert result.status == "missed"
    assert "100%" not in table.percent_text(result)


def test_fewer_than_all_are_not_up_to_all() -> None:
    share = Amount(Fraction(0), Fraction(100), high_open=True)
    fewer = Actual(State.VALUE, share, amount_of("< 60"), amount_of("60"))
    result = judged(target_of("coverage", "100%"), fewer, "year")
    assert result.status == "missed"
    assert table.percent_text(result) != "0% – 100%"


def test_what_is_short_needs_more_than_0_a_month() -> None:
    result = judged(target_of("count", 150, unit="million-dong"), "149.96")
    assert (table.gap_text(result), table.needed_text(result)) == ("0.04", "0.01")


def test_577_of_579_have_two_left_also_where_it_is_a_duty_from_day_one() -> None:
    duty = target_of("rate", "100%", unit="commune", sites="communes")
    wanted = ("100%", "577/579 (99.7%)", "99.7%", "2", "579", "1")
    assert printed(judged(duty, divided(577, 579), sites=579)) == wanted
