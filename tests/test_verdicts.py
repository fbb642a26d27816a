"""Tables of verdicts: each sentence of design.md §4, "Status" and "Expected", with rows on both sides.

A row reads: kind, goal, actual, status, and where they matter the outlook, the cut-off, other fields
of the target. Actuals are written "1200", "79.96", "≥ 664", "> 650", "≤ 80", "600..650", "?" (nothing
is known), "-" (not reported), "0/0" and "x" (rejected). Cut-offs are labels or dates of 2024, in a
calendar year where nothing else is said; 366 days, of which 274 have passed on 30/9.
"""

from datetime import date
from fractions import Fraction

import pytest

from rehabplan.actuals.model import Actual, State
from rehabplan.assess import Result, judge
from rehabplan.numbers import UNKNOWN, Amount
from rehabplan.period import Period, period_of, period_until
from rehabplan.plan.checks import check_target
from rehabplan.plan.model import Plan, Target

# ── from the tables' words to a verdict ───────────────────────────────────────────────────────


def target_of(kind: str, goal: object, **fields: object) -> Target:
    """Return a target as a plan file would give it."""
    raw: dict[str, object] = {"id": "one", "name": {"vi": "Một", "en": "One"}, "kind": kind, "goal": goal}
    if kind in {"count", "stock"}:
        raw["unit"] = "person"
    if kind == "coverage":
        raw["sites"] = "communes"
    return Target.model_validate({**raw, **fields})


def plan_of(target: Target, **fields: object) -> Plan:
    """Return a plan that holds one target, which must break no rule of plan files.

    Fields: year, convention, bands (90), sites (how many communes there are).
    """
    raw = {"year": 2024, "convention": "calendar", "bands": 90, "sites": 60, **fields}
    plan = Plan.model_validate(
        {
            **raw,
            "title": {"vi": "Kế hoạch", "en": "Plan"},
            "issuer": "UBND",
            "bands": {"at_risk": raw["bands"]},
            "sites": {"communes": {"count": raw["sites"], "unit": "commune"}},
            "targets": {target.id: target},
        }
    )
    assert [(found.code, dict(found.args)) for found in check_target(target, plan)] == []
    return plan


def amount_of(text: str) -> Amount:
    """Return the amount that a table writes: 1200, ≥ 664, > 650, ≤ 80, < 600, 600..650, ?."""
    sign, _, rest = text.rpartition(" ")
    low, _, high = rest.partition("..")
    value = None if low == "?" else Fraction(low)
    match sign:
        case "≥" | ">":
            return Amount(value, None, low_open=sign == ">")
        case "≤" | "<":
            return Amount(None, value, high_open=sign == "<")
    return UNKNOWN if value is None else Amount(value, Fraction(high) if high else value)


def actual_of(text: str) -> Actual:
    """Return the actual that a table writes."""
    without = {"-": State.NOT_REPORTED, "0/0": State.NOT_APPLICABLE, "x": State.REJECTED}
    return Actual(without[text]) if text in without else Actual(State.VALUE, amount_of(text))


def period_at(plan: Plan, text: str) -> Period:
    """Return the period of a label, or up to a date."""
    if text[0].isdigit() and "-" in text:
        return period_until(date.fromisoformat(text), plan.year, plan.convention)
    return period_of(text, plan.year, plan.convention)


def judged(target: Target, actual: Actual | str, at: str = "9m", **plan_fields: object) -> Result:
    """Return the verdict on one target of a plan by itself."""
    plan = plan_of(target, **plan_fields)
    actual = actual_of(actual) if isinstance(actual, str) else actual
    return judge(plan, target, 0, actual, period_at(plan, at))


_OF_PLAN = ("bands", "convention", "year", "sites")


def row(
    kind: str,
    goal: object,
    actual: str,
    status: str,
    outlook: str | None = "possible",
    *,
    at: str = "9m",
    **fields: object,
) -> object:
    """Return a row of a table."""
    name = f"{kind} {goal}: {actual} at {at}" + "".join(f" {key}" for key in fields)
    return pytest.param(kind, goal, actual, at, fields, (status, outlook), id=name)


def verdict(
    kind: str, goal: object, actual: str, at: str, fields: dict[str, object]
) -> tuple[str, str | None]:
    """Return status and outlook of a row."""
    of_plan = {key: value for key, value in fields.items() if key in _OF_PLAN}
    target = target_of(kind, goal, **{key: value for key, value in fields.items() if key not in of_plan})
    result = judged(target, actual, at, **of_plan)
    return str(result.status), str(result.outlook) if result.outlook else None


def table(*rows: object) -> pytest.MarkDecorator:
    """Return the decorator that runs a test for every row."""
    return pytest.mark.parametrize(("kind", "goal", "actual", "at", "fields", "wanted"), rows)


Fields = dict[str, object]
Wanted = tuple[str, str | None]

SECURED, LOST = "secured", "out_of_reach"
# ── 1. no figure ──────────────────────────────────────────────────────────────────────────────


@table(
    row("count", 1700, "-", "not_reported", None),
    row("count", 1700, "-", "not_reported", None, at="year"),
    row("rate", "> 80%", "-", "not_reported", None),
    row("rate", "> 80%", "-", "not_reported", None, at="year"),
    row("stock", 6500, "-", "not_reported", None),
    row("coverage", "100%", "-", "not_reported", None, at="q1"),
    row("count", 0, "-", "not_reported", None),
    row("count", 0, "-", "not_reported", None, at="year"),
    row("count", 50, "-", "not_due", None, pace="year_end"),
    row("coverage", {"each": 1}, "-", "not_due", None, pace="year_end"),
    row("count", 50, "-", "not_reported", None, at="year", pace="year_end"),
    # The due date lies ahead, is today, is past.
    row("milestone", "done", "-", "not_due", None, due=date(2024, 10, 1)),
    row("milestone", "done", "-", "not_reported", None, due=date(2024, 9, 30)),
    row("milestone", "done", "-", "not_reported", None, due=date(2024, 6, 30)),
    row("milestone", "done", "-", "not_due", None, at="2024-06-29", due=date(2024, 6, 30)),
    # Without a date it is due when the year ends, on the last day of its convention.
    row("milestone", "done", "-", "not_due", None, at="2024-12-30"),
    row("milestone", "done", "-", "not_reported", None, at="year"),
    row("milestone", "done", "-", "not_reported", None, at="2024-12-14", convention="administrative"),
    # Nothing to count is neither late nor missing, also when the year is over.
    row("rate", "100%", "0/0", "not_applicable", None),
    row("rate", "100%", "0/0", "not_applicable", None, at="year"),
    # A cell that cannot be believed is not "not reported".
    row("count", 1700, "x", "undetermined", None),
    row("count", 1700, "x", "undetermined", None, at="year"),
    row("count", 50, "x", "undetermined", None, pace="year_end"),
)
def test_without_a_figure(
    kind: str, goal: object, actual: str, at: str, fields: Fields, wanted: Wanted
) -> None:
    assert verdict(kind, goal, actual, at, fields) == wanted


# ── 2. bounds ─────────────────────────────────────────────────────────────────────────────────


@table(
    # 1,200 × 274/366 = 898.4, band 808.5.
    row("count", 1200, "≥ 664", "undetermined"),
    row("count", 1200, "≥ 809", "undetermined"),
    row("count", 1200, "≥ 899", "undetermined"),  # on track, or met already
    row("count", 1200, "≥ 1200", "met", SECURED),
    row("count", 1200, "≤ 808", "behind"),
    row("count", 1200, "≤ 809", "undetermined"),
    row("count", 1200, "< 600", "behind"),
    row("count", 1200, "700..808", "behind"),
    row("count", 1200, "808..809", "undetermined"),
    row("count", 1200, "809..898", "at_risk"),
    row("count", 1200, "899..1199", "on_track"),
    row("count", 1200, "899..1200", "undetermined"),
    row("count", 1200, "?", "undetermined"),
    # When the year is over, more than the goal is known to be met; less than it, missed.
    row("count", 1200, "≥ 664", "undetermined", at="year"),
    row("count", 1200, "≥ 1200", "met", SECURED, at="year"),
    row("count", 1200, "≤ 1199", "missed", LOST, at="year"),
    row("count", 1200, "≤ 1200", "undetermined", at="year"),
    row("count", 1200, "?", "undetermined", at="year"),
    # Open ends: "hơn 650" is not 650.
    row("count", "> 650", "> 650", "met", SECURED),
    row("count", "> 650", "≥ 650", "undetermined"),
    row("count", 650, "> 650", "met", SECURED),
    row("count", "> 650", "> 649", "undetermined"),
    row("count", 650, "< 650", "missed", LOST, at="year"),
    row("count", 650, "≤ 650", "undetermined", at="year"),
    row("rate", "> 80%", "> 80", "on_track"),
    row("rate", "> 80%", "≥ 80", "undetermined"),
    row("rate", "> 80%", "≤ 80", "missed", LOST, at="year"),
    row("rate", "80%", "< 80", "missed", LOST, at="year"),
    row("rate", "80%", "≤ 80", "undetermined", at="year"),
    row("rate", "80%", "< 72", "behind"),  # 72 itself would be at risk
    row("rate", "80%", "≤ 72", "undetermined"),
    row("rate", "80%", "72..79.99", "at_risk"),
    # Lower is better: the upper bound decides.
    row("rate", "<= 0,3%", "< 0.3", "on_track"),
    row("rate", "<= 0,3%", "≤ 0.3", "on_track"),
    row("rate", "< 0,3%", "< 0.3", "on_track"),
    row("rate", "< 0,3%", "≤ 0.3", "undetermined"),
    row("rate", "<= 0,3%", "> 0.3", "undetermined"),
    row("rate", "<= 0,3%", "> 0.33", "behind"),
    row("count", "<= 12", "≥ 12", "undetermined"),
    row("count", "<= 12", "> 12", "missed", LOST),
    row("count", 0, "≥ 1", "missed", LOST),
    row("count", 0, "≥ 0", "undetermined"),
    # A range: the ends of the figure may lie on both of its sides.
    row("rate", "5..10%", "5..10", "on_track"),
    row("rate", "5..10%", "4.5..10", "undetermined"),
    row("rate", "5..10%", "≥ 5", "undetermined"),
    row("rate", "5..10%", "< 4.5", "behind"),
    row("rate", "5..10%", "> 11", "behind"),
    # At risk below the range and above it, but on track between.
    row("rate", "5..10%", "4.6..10.9", "undetermined"),
    row("count", "500..600", "≥ 601", "missed", LOST),
    row("count", 50, "40..60", "undetermined", pace="year_end"),
    row("count", 50, "≤ 49", "not_due", pace="year_end"),
)
def test_low_and_high_end(
    kind: str, goal: object, actual: str, at: str, fields: Fields, wanted: Wanted
) -> None:
    assert verdict(kind, goal, actual, at, fields) == wanted


# ── 3. what cannot be undone ──────────────────────────────────────────────────────────────────


@table(
    row("count", 1700, "1700", "met", SECURED, at="q1"),
    row("count", 1700, "1699", "on_track", at="q1"),
    row("count", "> 1000", "1000", "on_track"),
    row("count", "> 1000", "1001", "met", SECURED),
    row("count", 1000, "1000", "met", SECURED),
    row("count", 50, "50", "met", SECURED, pace="year_end"),
    row("count", 50, "49", "not_due", pace="year_end"),
    row("count", "+10%", "2200", "met", SECURED, baseline=2000),
    row("count", "+10%", "2199", "on_track", baseline=2000),
    row("milestone", "done", "1", "met", SECURED, at="q1", due=date(2024, 6, 30)),
    row("milestone", "done", "1", "met", SECURED, at="q1"),
    row("count", "<= 12", "12", "on_track", at="q1"),
    row("count", "<= 12", "13", "missed", LOST, at="q1"),
    row("count", "< 12", "11", "on_track"),
    row("count", "< 12", "12", "missed", LOST),
    row("count", 0, "0", "on_track"),
    row("count", 0, "1", "missed", LOST),
    # More than the whole year's decrease allows, in September.
    row("count", "-5%", "380", "behind", baseline=400),
    row("count", "-5%", "381", "missed", LOST, baseline=400),
    # A range of a count: its lower end cannot be lost again, its upper end can still be passed.
    row("count", "500..600", "500", "on_track"),
    row("count", "500..600", "600", "on_track"),
    row("count", "500..600", "601", "missed", LOST),
    row("count", "500..600", "601", "met", SECURED, over="ok"),
)
def test_what_cannot_be_undone(
    kind: str, goal: object, actual: str, at: str, fields: Fields, wanted: Wanted
) -> None:
    assert verdict(kind, goal, actual, at, fields) == wanted


# ── 4. the end of the year, and what is never met before it ───────────────────────────────────


@table(
    row("count", 1700, "1699", "missed", LOST, at="year"),
    row("count", 1700, "1700", "met", SECURED, at="year"),
    # Exactly 80 % is not above 80 %, and 79.96 % is not 80 %.
    row("rate", "> 80%", "80", "missed", LOST, at="year"),
    row("rate", "> 80%", "80.01", "met", SECURED, at="year"),
    row("rate", "80%", "80", "met", SECURED, at="year"),
    row("rate", "80%", "79.96", "missed", LOST, at="year"),
    row("rate", ">= 80%", "79.9999999", "missed", LOST, at="year"),
    row("coverage", "100%", f"{Fraction(57700, 579)}", "missed", LOST, at="year"),
    row("coverage", "100%", "100", "met", SECURED, at="year"),
    row("coverage", {"each": 1}, f"{Fraction(332000, 3321)}", "missed", LOST, at="year"),
    row("rate", "<= 0,3%", "0.3", "met", SECURED, at="year"),
    row("rate", "<= 0,3%", "0.31", "missed", LOST, at="year"),
    row("rate", "< 0,3%", "0.3", "missed", LOST, at="year"),
    row("stock", 37, "36", "missed", LOST, at="year", baseline=37),
    row("stock", 37, "37", "met", SECURED, at="year", baseline=37),
    row("stock", "<= 250", "251", "missed", LOST, at="year", baseline=300),
    row("stock", "<= 250", "250", "met", SECURED, at="year", baseline=300),
    row("rate", "5..10%", "10", "met", SECURED, at="year"),
    row("rate", "5..10%", "5", "met", SECURED, at="year"),
    row("rate", "5..10%", "4.99", "missed", LOST, at="year"),
    row("rate", "5..10%", "10.01", "missed", LOST, at="year"),
    row("milestone", "done", "0", "missed", LOST, at="year"),
    row("milestone", "done", "1", "met", SECURED, at="year"),
    # The year of an administrative plan ends on 14/12; a calendar year does not.
    row("count", 1700, "1699", "missed", LOST, at="2024-12-14", convention="administrative"),
    row("count", 1700, "1699", "on_track", at="2024-12-13", convention="administrative"),
    row("count", 1700, "1699", "on_track", at="2024-12-14"),
    row("count", 1700, "1695", "at_risk", at="2024-12-30"),
    # Rates, stocks, coverage, what is maintained, and caps are on track at most until then.
    row("rate", "> 80%", "100", "on_track", at="2024-12-30"),
    row("stock", 6500, "7000", "on_track", baseline=6100),
    row("stock", 6500, "7000", "on_track"),
    row("coverage", "100%", "100", "on_track"),
    row("coverage", {"each": 1}, "100", "on_track", at="2024-12-30"),
    row("stock", 37, "40", "on_track", baseline=37),
    row("rate", "<= 0,3%", "0", "on_track", at="2024-12-30"),
    row("count", "<= 12", "0", "on_track", at="2024-12-30"),
    row("count", 0, "0", "on_track", at="2024-12-30"),
    row("count", "-5%", "0", "on_track", at="2024-12-30", baseline=400),
    row("rate", "0%", "0", "on_track"),
)
def test_the_end_of_the_year(
    kind: str, goal: object, actual: str, at: str, fields: Fields, wanted: Wanted
) -> None:
    assert verdict(kind, goal, actual, at, fields) == wanted


# ── 5. against the expected figure ────────────────────────────────────────────────────────────


@table(
    # 1,700 × 274/366 = 1,272.7 on 30/9 (1,200 is 73 behind, band 1,145.4); on 14/9, day 258, 1,198.4.
    row("count", 1700, "1200", "at_risk"),
    row("count", 1700, "1200", "on_track", at="2024-09-14"),
    row("count", 1700, "1200", "at_risk", convention="administrative"),  # day 275: 1,277.3
    row("count", 1700, "1146", "at_risk"),
    row("count", 1700, "1145", "behind"),
    row("count", 1700, "1272", "at_risk"),
    row("count", 1700, "1273", "on_track"),
    row("count", 1700, "0", "behind"),
    # Exactly at the expected figure, exactly at the band, one below: 1,830 × 274/366 = 1,370.
    row("count", 1830, "1370", "on_track"),
    row("count", 1830, "1369", "at_risk"),
    row("count", 1830, "1233", "at_risk"),
    row("count", 1830, "1232", "behind"),
    # The band is the plan's own.
    row("count", 1830, "1096", "at_risk", bands=80),
    row("count", 1830, "1095", "behind", bands=80),
    row("count", 1830, "1369", "behind", bands=100),
    row("count", 1830, "1370", "on_track", bands=100),
    # Rates in full at every period, in the first quarter as in the last.
    row("rate", "> 80%", "80.01", "on_track", at="q1"),
    row("rate", "> 80%", "80", "at_risk", at="q1"),
    row("rate", "> 80%", "79.96", "at_risk"),
    row("rate", "80%", "80", "on_track"),
    row("rate", "80%", "79.96", "at_risk"),
    row("rate", "80%", "72", "at_risk"),
    row("rate", "80%", "71.99", "behind", at="q1"),
    row("rate", "80%", "50", "not_due", pace="year_end"),
    row("rate", "80%", "80", "on_track", pace="year_end"),
    # So is what is maintained: 36 of 37 is at risk, 33 behind; the band is 33.3.
    row("stock", 37, "37", "on_track", baseline=37),
    row("stock", 37, "36", "at_risk", baseline=37),
    row("stock", 37, "34", "at_risk", baseline=37),
    row("stock", 37, "33", "behind", baseline=37),
    row("stock", 37, "36", "at_risk", pace="every_period"),
    row("stock", 37, "33", "behind", pace="every_period"),
    row("stock", 37, "33", "behind", baseline=40),
    row("stock", 37, "36", "at_risk", baseline=40),
    row("stock", 40, "36", "at_risk", pace="every_period"),
    row("stock", 40, "35", "behind", pace="every_period"),
    # A stock by its increase: 6,100 + 400 × 274/366 = 6,399.5; nine tenths of 299.5 are 269.5.
    row("stock", 6500, "6400", "on_track", baseline=6100),
    row("stock", 6500, "6399", "at_risk", baseline=6100),
    row("stock", 6500, "6370", "at_risk", baseline=6100),
    row("stock", 6500, "6369", "behind", baseline=6100),
    row("stock", 6500, "6300", "behind", baseline=6100),
    row("stock", 6500, "6000", "behind", baseline=6100),
    # ... also where it is stated in percent: 1,000 + 100 × 274/366 = 1,074.9, band 1,067.4.
    row("stock", "+10%", "1075", "on_track", baseline=1000),
    row("stock", "+10%", "1068", "at_risk", baseline=1000),
    row("stock", "+10%", "1067", "behind", baseline=1000),
    # Without a baseline: once at the goal, else its pace is unknown.
    row("stock", 6500, "6500", "on_track"),
    row("stock", 6500, "6499", "not_due"),
    row("stock", 6500, "0", "not_due"),
    # Coverage from nothing: 60 × 274/366 = 44.9 of 60 sites, 74.9 %; band 67.4 %.
    row("coverage", "100%", "75", "on_track"),
    row("coverage", "100%", "74", "at_risk"),
    row("coverage", "100%", "67.4", "at_risk"),
    row("coverage", "100%", "67.3", "behind"),
    row("coverage", {"each": 1}, "75", "on_track"),
    row("coverage", {"each": 1}, "67.3", "behind"),
    # ... and from a baseline: 50 + 50 × 274/366 = 87.4 %; band 78.7 %.
    row("coverage", "100%", "88", "on_track", baseline="50%"),
    row("coverage", "100%", "87", "at_risk", baseline="50%"),
    row("coverage", "100%", "78", "behind", baseline="50%"),
    row("coverage", "100%", "75", "behind", baseline="50%"),
    # A milestone is expected on its due date.
    row("milestone", "done", "0", "not_due", due=date(2024, 10, 1)),
    row("milestone", "done", "0", "behind", due=date(2024, 9, 30)),
    row("milestone", "done", "0", "behind", due=date(2024, 6, 30)),
    # By quarter 50 + 100 + 150 = 300 of 400 on 30/9; 150 on 30/6.
    row("count", 400, "300", "on_track", pace={"by_quarter": (50, 100, 150, 100)}),
    row("count", 400, "270", "at_risk", pace={"by_quarter": (50, 100, 150, 100)}),
    row("count", 400, "269", "behind", pace={"by_quarter": (50, 100, 150, 100)}),
    row("count", 400, "150", "on_track", at="6m", pace={"by_quarter": (50, 100, 150, 100)}),
    row("count", 400, "149", "at_risk", at="6m", pace={"by_quarter": (50, 100, 150, 100)}),
    # An own curve: 350 on 30/6, 800 on 30/9; on 15/8, day 46 of 92, 575; then on to the goal.
    *(
        row("count", 1000, actual, status, at=at,
            pace={"curve": {date(2024, 6, 30): 350, date(2024, 9, 30): 800}})
        for actual, status, at in (
            ("800", "on_track", "9m"), ("799", "at_risk", "9m"), ("719", "behind", "9m"),
            ("575", "on_track", "2024-08-15"), ("574", "at_risk", "2024-08-15"),
            ("900", "on_track", "2024-11-15"), ("899", "at_risk", "2024-11-15"),
        )
    ),
    # A stock on its own curve is judged by its increase too: 200 of 400, nine tenths are 180.
    row("stock", 6500, "6300", "on_track", baseline=6100, pace={"curve": {date(2024, 9, 30): 6300}}),
    row("stock", 6500, "6280", "at_risk", baseline=6100, pace={"curve": {date(2024, 9, 30): 6300}}),
    row("stock", 6500, "6279", "behind", baseline=6100, pace={"curve": {date(2024, 9, 30): 6300}}),
    # Strict goals of counts: their pace is not strict, their end is.
    row("count", "> 1830", "1370", "on_track"),
    row("count", "> 1830", "1830", "on_track"),
    row("count", "> 1830", "1830", "missed", LOST, at="year"),
    # Nothing to reach.
    row("rate", ">= 0%", "0", "on_track"),
    row("count", "+10%", "0", "met", SECURED, baseline=0),
)  # fmt: skip
def test_against_the_expected_figure(
    kind: str, goal: object, actual: str, at: str, fields: Fields, wanted: Wanted
) -> None:
    assert verdict(kind, goal, actual, at, fields) == wanted


@table(
    # At risk up to goal × (2 − band): 0.33, 13.2.
    row("rate", "<= 0,3%", "0.3", "on_track"),
    row("rate", "<= 0,3%", "0.33", "at_risk"),
    row("rate", "<= 0,3%", "0.331", "behind"),
    row("rate", "< 0,3%", "0.3", "at_risk"),
    row("rate", "<= 10%", "12", "at_risk", bands=80),
    row("rate", "<= 10%", "12.1", "behind", bands=80),
    row("stock", "<= 12", "13", "at_risk"),
    row("stock", "<= 12", "14", "behind"),
    row("stock", "<= 12", "12", "on_track", baseline=10),
    row("coverage", "<= 10%", "11", "at_risk"),
    row("coverage", "<= 10%", "11.1", "behind"),
    # A cap is not paced: 12 of at most 12 in March.
    row("count", "<= 12", "12", "on_track", at="q1"),
    # A decrease is held against the base's same period: 310 less 5 % is 294.5; band 323.95.
    row("count", "-5%", "294", "on_track", baseline={"value": 400, "periods": {"9m": 310}}),
    row("count", "-5%", "295", "at_risk", baseline={"value": 400, "periods": {"9m": 310}}),
    row("count", "-5%", "323", "at_risk", baseline={"value": 400, "periods": {"9m": 310}}),
    row("count", "-5%", "324", "behind", baseline={"value": 400, "periods": {"9m": 310}}),
    row("count", "-5%", "294", "on_track", baseline={"value": 400, "periods": {"q3": 310}}),
    # ... else against its share of the year: 380 × 274/366 = 284.5; band 312.9.
    row("count", "-5%", "284", "on_track", baseline=400),
    row("count", "-5%", "285", "at_risk", baseline=400),
    row("count", "-5%", "312", "at_risk", baseline=400),
    row("count", "-5%", "313", "behind", baseline=400),
    row("count", "-5%", "285", "at_risk", baseline={"value": 400, "periods": {"6m": 100}}),
    # A mean of base years: 130 less 10 % is 117, by now 87.6; band 96.3.
    row("count", "-10%", "87", "on_track", baseline={"average": {2021: 120, 2022: 130, 2023: 140}}),
    row("count", "-10%", "96", "at_risk", baseline={"average": {2021: 120, 2022: 130, 2023: 140}}),
    row("count", "-10%", "97", "behind", baseline={"average": {2021: 120, 2022: 130, 2023: 140}}),
    # By points, a rate, in full: 9.8 − 0.8 = 9; band 9.9. By percent: 9.8 × 0.9 = 8.82.
    row("rate", "-0,8 points", "9", "on_track", baseline="9,8%"),
    row("rate", "-0,8 points", "9.9", "at_risk", baseline="9,8%"),
    row("rate", "-0,8 points", "9.91", "behind", baseline="9,8%"),
    row("rate", "-10%", "8.82", "on_track", baseline="9,8%"),
    row("rate", "-10%", "9", "at_risk", baseline="9,8%"),
    row("rate", "+5 points", "55", "on_track", baseline="50%"),
    row("rate", "+5 points", "54", "at_risk", baseline="50%"),
    # Down to 250 from 300: 50 × 274/366 = 37.4 less by now, 262.6.
    row("stock", "<= 250", "262", "on_track", baseline=300),
    row("stock", "<= 250", "263", "at_risk", baseline=300),
    row("stock", "<= 250", "300", "behind", baseline=300),
    row("stock", "-10%", "462", "on_track", baseline=500),
    row("stock", "-10%", "463", "at_risk", baseline=500),
    row("stock", "-10%", "500", "behind", baseline=500),
    row("rate", "<= 9%", "9.5", "at_risk", baseline="9,8%"),
)
def test_lower_is_better(
    kind: str, goal: object, actual: str, at: str, fields: Fields, wanted: Wanted
) -> None:
    assert verdict(kind, goal, actual, at, fields) == wanted


@table(
    # A level must stay inside, where nothing else is said.
    row("rate", "5..10%", "7", "on_track"),
    row("rate", "5..10%", "5", "on_track"),
    row("rate", "5..10%", "10", "on_track"),
    row("rate", "5..10%", "10.01", "at_risk"),
    row("rate", "5..10%", "11", "at_risk"),
    row("rate", "5..10%", "11.01", "behind"),
    row("rate", "5..10%", "4.5", "at_risk"),
    row("rate", "5..10%", "4.49", "behind"),
    row("rate", "5..10%", "12", "missed", LOST, at="year"),
    row("rate", "5..10%", "12", "on_track", over="ok"),
    row("rate", "5..10%", "12", "met", SECURED, at="year", over="ok"),
    row("rate", "5..10%", "4", "missed", LOST, at="year", over="ok"),
    # More than the range of an increase or decrease is fine, where nothing else is said.
    row("count", "+5..10%", "1200", "met", SECURED, baseline=1000),
    row("count", "+5..10%", "1049", "missed", LOST, at="year", baseline=1000),
    row("count", "+5..10%", "1101", "missed", LOST, at="year", baseline=1000, over="fails"),
    row("count", "+5..10%", "1100", "met", SECURED, at="year", baseline=1000, over="fails"),
    row("count", "+5..10%", "1101", "missed", LOST, baseline=1000, over="fails"),
    row("count", "-5..10%", "950", "met", SECURED, at="year", baseline=1000),
    row("count", "-5..10%", "951", "missed", LOST, at="year", baseline=1000),
    row("count", "-5..10%", "800", "met", SECURED, at="year", baseline=1000),
    row("count", "-5..10%", "899", "missed", LOST, at="year", baseline=1000, over="fails"),
    row("count", "-5..10%", "900", "met", SECURED, at="year", baseline=1000, over="fails"),
    # Pace by the nearer end: 1,050 × 274/366 = 786.07, band 707.5; 950 × 274/366 = 711.2.
    row("count", "+5..10%", "787", "on_track", baseline=1000),
    row("count", "+5..10%", "786", "at_risk", baseline=1000),
    row("count", "+5..10%", "707", "behind", baseline=1000),
    row("count", "-5..10%", "711", "on_track", baseline=1000),
    row("count", "-5..10%", "712", "at_risk", baseline=1000),
)
def test_ranges(kind: str, goal: object, actual: str, at: str, fields: Fields, wanted: Wanted) -> None:
    assert verdict(kind, goal, actual, at, fields) == wanted


# ── the figures beside the status ─────────────────────────────────────────────────────────────


def test_behind_by_73_on_30_september_and_ahead_by_2_on_the_14th() -> None:
    dossiers = target_of("count", 1700, unit="dossier")
    later, earlier = judged(dossiers, "1200"), judged(dossiers, "1200", "2024-09-14")
    assert later.expected == Fraction(1700 * 274, 366)
    assert earlier.expected == Fraction(1700 * 258, 366)
    assert round(later.expected - 1200) == 73
    assert round(1200 - earlier.expected) == 2


@pytest.mark.parametrize(
    ("kind", "goal", "actual", "fields", "gap", "percent"),
    [
        # Positive when short, negative when there is more; lower is better the other way round.
        ("count", 500, "257", {}, "243", "51.4"),
        ("count", 500, "600", {}, "-100", "120"),
        ("rate", "80%", "79.96", {}, "0.04", "99.95"),
        ("count", "<= 12", "9", {}, "-3", None),
        ("count", "<= 12", "14", {}, "2", None),
        ("rate", "<= 0,3%", "0.32", {}, "0.02", None),
        ("count", "-5%", "400", {"baseline": 400}, "20", None),
        # No percent of nothing, and none for a strict goal that is exactly missed.
        ("count", 0, "2", {}, "2", None),
        ("rate", "> 80%", "80", {}, "0", None),
        ("rate", "> 80%", "100", {}, "-20", "125"),
        # A change is measured by the level that it means.
        ("count", "+10%", "1650", {"baseline": 2000}, "550", "75"),
        ("rate", "+5 points", "44", {"baseline": "50%"}, "11", "80"),
        # The nearer end of a range: below, inside nearer to the lower and to the upper end, above.
        ("rate", "5..10%", "4", {}, "1", None),
        ("rate", "5..10%", "7", {}, "-2", None),
        ("rate", "5..10%", "9", {}, "-1", None),
        ("rate", "5..10%", "12", {}, "2", None),
        ("count", "+5..10%", "1000", {"baseline": 1000}, "50", "2000/21"),
        # Low and high where the figure is not exact.
        ("count", 1200, "≥ 664", {}, "≤ 536", "≥ 166/3"),
        ("count", 1200, "> 650", {}, "< 550", "> 325/6"),
        ("count", 1200, "< 600", {}, "> 600", "< 50"),
        ("count", 1200, "600..660", {}, "540..600", "50..55"),
        ("count", "<= 12", "≥ 9", {}, "≥ -3", None),
        ("count", 1200, "?", {}, "?", "?"),
        ("rate", "5..10%", "11..12", {}, "1..2", None),
    ],
)
def test_gap_and_percent(
    kind: str, goal: object, actual: str, fields: Fields, gap: str, percent: str | None
) -> None:
    result = judged(target_of(kind, goal, **fields), actual)
    assert result.gap == amount_of(gap)
    assert result.percent == (None if percent is None else amount_of(percent))


@pytest.mark.parametrize("actual", ["-", "x", "0/0"])
def test_no_gap_or_percent_without_a_figure(actual: str) -> None:
    result = judged(target_of("rate", "80%"), actual)
    assert (result.gap, result.percent, result.needed_per_month) == (None, None, None)


@pytest.mark.parametrize(
    ("kind", "goal", "actual", "at", "convention", "needed"),
    [
        # 92 days are left of 366, a month being 30.5 of them.
        ("count", 500, "257", "9m", "calendar", Fraction(243 * 305, 920)),
        ("count", 500, "257", "6m", "calendar", Fraction(243 * 305, 1840)),
        # 91 days are left from 14/9 to 14/12.
        ("count", 500, "257", "9m", "administrative", Fraction(243 * 305, 910)),
        ("count", 500, "257", "year", "calendar", None),
        ("count", 500, "500", "9m", "calendar", None),
        ("count", 500, "501", "9m", "calendar", None),
        ("count", 500, "≥ 257", "9m", "calendar", None),
        ("count", "<= 5", "6", "9m", "calendar", None),
        ("count", "100..120", "50", "9m", "calendar", Fraction(50 * 305, 920)),
        ("count", "100..120", "130", "9m", "calendar", None),  # it would have to fall, and cannot
        ("stock", "100..120", "130", "9m", "calendar", None),
    ],
)
def test_needed_per_month(
    kind: str, goal: object, actual: str, at: str, convention: str, needed: Fraction | None
) -> None:
    assert judged(target_of(kind, goal), actual, at, convention=convention).needed_per_month == needed


def test_coverage_counts_sites() -> None:
    covered = Actual(State.VALUE, Amount.exact(Fraction(57000, 579)), Amount.exact(570), Amount.exact(579))
    result = judged(target_of("coverage", "100%"), covered, sites=579)
    assert (result.measured_in, result.gap, result.expected) == (
        "commune",
        Amount.exact(9),
        Fraction(579 * 274, 366),
    )
    assert result.percent == Amount.exact(Fraction(57000, 579))


# ── easily confused ───────────────────────────────────────────────────────────────────────────


@table(
    # A quoted zero is a zero, not "at least 0".
    row("rate", "0%", "0", "on_track"),
    row("rate", "0%", "5", "behind"),
    row("rate", "0%", "5", "missed", LOST, at="year"),
    row("count", "0", "5", "missed", LOST),
    # Not fewer than last year: here 0 is the size of a change.
    row("count", "+0%", "105", "met", SECURED, at="year", baseline=100),
    row("count", "+0%", "95", "missed", LOST, at="year", baseline=100),
    # Coverage that is above its goal at the start is to be maintained; more than that is not expected.
    row("coverage", "90%", "90.5", "on_track", baseline="95%"),
    row("coverage", "90%", "81", "at_risk", baseline="95%"),
    row("coverage", "90%", "80.9", "behind", baseline="95%"),
    # The quarters of a stock or of coverage bring the increase: 6,100 + 300, nine tenths are 6,370.
    row("stock", 6500, "6400", "on_track", baseline=6100, pace={"by_quarter": (100, 100, 100, 100)}),
    row("stock", 6500, "6370", "at_risk", baseline=6100, pace={"by_quarter": (100, 100, 100, 100)}),
    row("stock", 6500, "6369", "behind", baseline=6100, pace={"by_quarter": (100, 100, 100, 100)}),
    row("coverage", "100%", "90", "on_track", baseline="60%", pace={"by_quarter": (10, 10, 10, 10)}),
    row("coverage", "100%", "80", "behind", baseline="60%", pace={"by_quarter": (10, 10, 10, 10)}),
    # At most 900 after 1,000 is a decrease to: 900 × 274/366 = 673.8, or 740 × 0.9 = 666 of the base.
    row("count", "<= 900", "673", "on_track", baseline=1000),
    row("count", "<= 900", "674", "at_risk", baseline=1000),
    row("count", "<= 900", "890", "behind", baseline=1000),
    row("count", "<= 900", "901", "missed", LOST, baseline=1000),
    row("count", "<= 900", "666", "on_track", baseline={"value": 1000, "periods": {"9m": 740}}),
    row("count", "<= 900", "667", "at_risk", baseline={"value": 1000, "periods": {"9m": 740}}),
    row("count", "<= 900", "890", "on_track", baseline=800),  # a cap, above what there was
    # A label sets only the cut-off: m9, 9m and 30/9 are one day.
    row("count", "-5%", "294", "on_track", at="m9", baseline={"value": 400, "periods": {"9m": 310}}),
    row("count", "-5%", "294", "on_track", at="2024-09-30", baseline={"value": 400, "periods": {"m9": 310}}),
    # A plan's own curve may lead down.
    row("rate", "<= 9,8%", "10.2", "on_track", baseline="11%", pace={"curve": {date(2024, 9, 30): "10,2%"}}),
    row("rate", "<= 9,8%", "10.3", "at_risk", baseline="11%", pace={"curve": {date(2024, 9, 30): "10,2%"}}),
    row("stock", "<= 250", "270", "on_track", baseline=300, pace={"curve": {date(2024, 9, 30): 270}}),
    row("stock", "<= 250", "274", "behind", baseline=300, pace={"curve": {date(2024, 9, 30): 270}}),
    # Coverage comes down from its baseline: 30 − 20 × 274/366 = 15.03 %.
    row("coverage", "<= 10%", "15", "on_track", baseline="30%"),
    # The far end of a range is a cap, and a cap is not paced: to be ahead is not to be behind.
    row("count", "+5..10%", "1040", "on_track", baseline=1000, over="fails"),
    row("count", "400..500", "390", "on_track"),
    *(
        row(kind, goal, actual, "on_track", pace=pace)
        for kind, goal, actual, pace in (
            ("count", "400..500", "390", {"by_quarter": (50, 100, 150, 100)}),
            ("rate", "5..10%", "7", {"curve": {date(2024, 9, 30): "6%"}}),
        )
    ),
    # A stock takes its status from the increase, also over the base's same period: none of 96.
    row("stock", "+10%", "960", "behind", baseline={"value": 1000, "periods": {"9m": 960}}),
    row("stock", "+10%", "1056", "on_track", baseline={"value": 1000, "periods": {"9m": 960}}),
    # Where less than the baseline is expected, the band is that of the level.
    row("stock", 6300, "6400", "on_track", baseline=6500, pace={"curve": {date(2024, 9, 30): 6400}}),
    row("stock", 6300, "6399", "at_risk", baseline=6500, pace={"curve": {date(2024, 9, 30): 6400}}),
    row("stock", 6300, "5759", "behind", baseline=6500, pace={"curve": {date(2024, 9, 30): 6400}}),
    # Nobody starts from nothing: before a curve's first point nothing is known.
    row("stock", 6500, "3200", "not_due", at="q1", pace={"curve": {date(2024, 6, 30): 6300}}),
    row("stock", 6500, "3200", "behind", at="6m", pace={"curve": {date(2024, 6, 30): 6300}}),
    row("rate", "80%", "40", "not_due", at="q1", pace={"curve": {date(2024, 6, 30): "70%"}}),
    row("count", 1000, "100", "behind", at="q1", pace={"curve": {date(2024, 6, 30): 500}}),
)  # fmt: skip
def test_easily_confused(
    kind: str, goal: object, actual: str, at: str, fields: Fields, wanted: Wanted
) -> None:
    assert verdict(kind, goal, actual, at, fields) == wanted
