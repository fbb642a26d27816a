"""What `roll_up` and `assess` answer, field by field: the rows that a changed line of theirs would break."""

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction

import pytest

from rehabplan.actuals.model import Actual, Basis, Evidence, Figure, FigureKind, Observation, State, Unplanned
from rehabplan.assess import Assessment, assess, judge
from rehabplan.gather import Gathered
from rehabplan.measure.scope import Scope
from rehabplan.numbers import UNKNOWN, Amount, readings
from rehabplan.period import Convention, Period, period_of
from rehabplan.plan.model import Target
from rehabplan.problems import Code, Problem, Where, problem
from rehabplan.rollup import RollUp, SiteFigure, roll_up
from rehabplan.sites import Site, SiteIndex
from rehabplan.verdict import Status
from tests.test_verdicts import plan_of, target_of

NINE = period_of("9m", 2024, Convention.CALENDAR)
YEAR = period_of("year", 2024, Convention.CALENDAR)


def exact(value: int | str) -> Amount:
    return Amount.exact(Fraction(value))


def value(
    amount: Amount | int, numerator: int | None = None, denominator: Amount | int | None = None
) -> Actual:
    low = exact(amount) if isinstance(amount, int) else amount
    whole = exact(denominator) if isinstance(denominator, int) else denominator
    return Actual(State.VALUE, low, None if numerator is None else exact(numerator), whole)


def share(numerator: int, denominator: int) -> Actual:
    return value(exact(str(Fraction(numerator * 100, denominator or 1))), numerator, denominator)


FIGURE = Figure(FigureKind.NUMBER, "1")
NONE, REJECTED, NOTHING = Actual(State.NOT_REPORTED), Actual(State.REJECTED), Actual(State.NOT_APPLICABLE)


def rolled(
    target: Target, actuals: Sequence[Actual], *, count: int | None = None,
    count_of: Callable[[Site], int | None] = lambda _site: 1, whole: int | None = None,
) -> Actual:  # fmt: skip
    sites = [Site("districts", str(at), f"Huyện {at}") for at in range(len(actuals))]
    figures = tuple(SiteFigure(site, actual) for site, actual in zip(sites, actuals, strict=True))
    return roll_up(target, RollUp("districts", count or len(actuals), figures), count_of, whole)


COUNT, RATE = target_of("count", 1000), target_of("rate", "> 80%")
MODELS = target_of("coverage", "100%")
REVIEW = target_of("milestone", "done")


# ── from sites to the whole ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("actuals", "state"),
    [
        ([NONE, NONE], State.NOT_REPORTED),
        ([NONE, REJECTED], State.REJECTED),
        ([REJECTED, REJECTED], State.REJECTED),
        ([NOTHING, NOTHING], State.NOT_APPLICABLE),
        ([NOTHING, NONE], State.VALUE),
        ([NOTHING, value(0)], State.VALUE),
    ],
)
def test_what_is_known_of_the_whole(actuals: list[Actual], state: State) -> None:
    assert rolled(COUNT, actuals).state is state


def test_every_cell_stays_with_the_whole() -> None:
    cells = [
        Evidence(Observation("x", FIGURE, Where("a.xlsx", sheet="S", cell=f"B{row}"), "Việc", "name"))
        for row in range(2)
    ]
    for state, amount in ((State.VALUE, exact(1)), (State.REJECTED, None), (State.NOT_APPLICABLE, None)):
        actuals = [Actual(state, amount, evidence=(cell,)) for cell in cells]
        assert rolled(COUNT, actuals).evidence == tuple(cells)


@pytest.mark.parametrize("actuals", [[value(1), NONE, NONE], [NOTHING, NONE, NONE]])
def test_how_many_reported_is_said(actuals: list[Actual]) -> None:
    assert [str(step) for step in rolled(COUNT, actuals).steps] == ["added up from sites: 1 of 3 reported"]
    everyone = rolled(COUNT, [NOTHING, NOTHING])
    assert [str(step) for step in everyone.steps] == ["added up from sites: 2 of 2 reported"]


def test_where_all_say_nothing_but_one_is_silent_the_whole_is_open() -> None:
    assert rolled(COUNT, [NOTHING, NOTHING, NONE]).amount == Amount(Fraction(0), None)
    assert rolled(COUNT, [value(5), NOTHING]).amount == exact(5)


@pytest.mark.parametrize(
    ("done", "count", "amount", "numerator"),
    [
        ([1, 1], 2, exact(1), exact(2)),
        ([1, 1], 3, Amount(Fraction(0), Fraction(1)), Amount(Fraction(2), Fraction(3))),
        ([1, 0], 3, exact(0), Amount(Fraction(1), Fraction(2))),
        ([0, 0], 2, exact(0), exact(0)),
        ([1], 4, Amount(Fraction(0), Fraction(1)), Amount(Fraction(1), Fraction(4))),
    ],
)
def test_a_milestone_is_done_when_all_did_it(
    done: list[int], count: int, amount: Amount, numerator: Amount
) -> None:
    found = rolled(REVIEW, [value(one) for one in done], count=count)
    assert (found.amount, found.numerator, found.denominator) == (amount, numerator, exact(count))


def test_a_milestone_of_which_a_site_says_nothing() -> None:
    assert rolled(REVIEW, [NOTHING, value(1)]).numerator == exact(1)
    assert rolled(REVIEW, [NOTHING, value(1)]).amount == exact(0)


@pytest.mark.parametrize(
    ("actuals", "count", "amount", "numerator", "denominator"),
    [
        ([share(90, 100), share(5, 50)], 2, exact("190/3"), exact(95), exact(150)),
        ([share(90, 100), NOTHING], 2, exact(90), exact(90), exact(100)),
        ([share(90, 100)], 2, Amount(Fraction(0), Fraction(100)), Amount(Fraction(90), None),
         Amount(Fraction(100), None)),
        ([value(exact(90), 90)], 1, Amount(Fraction(0), Fraction(100)), exact(90),
         Amount(Fraction(90), None)),
        ([value(exact(0), 0)], 1, exact(0), exact(0), None),
        ([value(exact(0), 0, 0)], 1, UNKNOWN, None, None),
        ([value(exact(50), 5, 10), value(exact(90), 90)], 2, Amount(Fraction(0), Fraction(95)), exact(95),
         Amount(Fraction(100), None)),
    ],
)  # fmt: skip
def test_rates_are_sums_over_sums(
    actuals: list[Actual], count: int, amount: Amount, numerator: Amount | None, denominator: Amount | None
) -> None:
    found = rolled(RATE, actuals, count=count)
    assert (found.amount, found.numerator, found.denominator) == (amount, numerator, denominator)


@pytest.mark.parametrize(
    ("ends", "count", "amount"),
    [
        ([exact(70), exact(90)], 2, Amount(Fraction(70), Fraction(90))),
        ([exact(90), exact(70)], 2, Amount(Fraction(70), Fraction(90))),
        ([Amount(Fraction(70), Fraction(75)), Amount(Fraction(72), Fraction(90))], 2,
         Amount(Fraction(70), Fraction(90))),
        ([exact(70), exact(90)], 3, UNKNOWN),
        ([Amount(Fraction(70), None), exact(90)], 2, UNKNOWN),
        ([Amount(None, Fraction(70)), exact(90)], 2, UNKNOWN),
    ],
)  # fmt: skip
def test_percentages_alone_bound_the_whole(ends: list[Amount], count: int, amount: Amount) -> None:
    found = rolled(RATE, [value(one) for one in ends], count=count)
    assert (found.amount, found.numerator, found.denominator) == (amount, None, None)
    assert "lies between them" in str(found.steps[-1])


def test_who_has_nothing_to_count_has_no_say_among_percentages() -> None:
    odd = Actual(State.NOT_APPLICABLE, exact(5))
    assert rolled(RATE, [value(exact(90)), odd]).amount == exact(90)
    assert rolled(RATE, [value(exact(90)), Actual(State.VALUE)]).amount == UNKNOWN


@pytest.mark.parametrize(
    ("numerators", "count", "own", "whole", "numerator"),
    [
        ([exact(2), exact(3)], 2, [4, 6], 10, exact(5)),
        ([exact(2)], 2, [4], 10, Amount(Fraction(2), Fraction(8))),  # six others may all have one
        ([exact(2), exact(3)], 4, [4, 4], 10, Amount(Fraction(5), Fraction(7))),
        ([exact(2)], 2, [12], 10, exact(2)),  # more than there are: nobody is left
        ([exact(9)], 2, [4], 10, Amount(Fraction(9), Fraction(10))),  # never more than all
        ([exact(2), exact(1)], 3, [4, None], 10, Amount(Fraction(3), Fraction(10))),
        ([Amount(Fraction(2), None)], 2, [4], 10, Amount(Fraction(2), Fraction(10))),
        ([exact(2), exact(0)], 3, [4, 0], 10, Amount(Fraction(2), Fraction(8))),
    ],
)
def test_of_sites_that_are_silent_all_or_none_may_fulfil_it(
    numerators: list[Amount], count: int, own: list[int | None], whole: int, numerator: Amount
) -> None:
    actuals = [Actual(State.VALUE, UNKNOWN, one, exact(4)) for one in numerators]
    found = rolled(MODELS, actuals, count=count, count_of=lambda site: own[int(site.key)], whole=whole)
    assert (found.numerator, found.denominator) == (numerator, exact(whole))
    assert found.amount == numerator.share_of(exact(whole))


def test_a_site_without_a_usable_figure_is_not_heard() -> None:
    found = rolled(MODELS, [value(exact(50), 2, 4), NONE], count_of=lambda _site: 4, whole=10)
    assert found.numerator == Amount(Fraction(2), Fraction(8))


def test_complete_means_as_many_as_there_are() -> None:
    site = Site("districts", "1", "Huyện")
    assert RollUp("districts", 1, (SiteFigure(site, value(1)),)).complete
    assert not RollUp("districts", 2, (SiteFigure(site, value(1)), SiteFigure(site, NONE))).complete
    assert RollUp("districts", 2, (SiteFigure(site, value(1)), SiteFigure(site, NOTHING))).complete


# ── the whole plan ────────────────────────────────────────────────────────────────────────────


def seen(raw: str = "650", basis: Basis = Basis.YEAR_TO_DATE) -> Observation:
    figure = Figure(FigureKind.NUMBER, raw, readings(raw))
    where = Where("a.xlsx", sheet="S", cell="B2")
    return Observation("one", figure, where, "Một", "id", unit="người", basis=basis)


def assessed(
    *observations: Observation, files: tuple[str, ...] = ("a.xlsx",), problems: tuple[Problem, ...] = ()
) -> Assessment:
    return assess(plan_of(COUNT), Gathered(NINE, observations, problems=problems, files=files))


def codes(found: Assessment) -> list[Code]:
    return [one.code for one in found.problems]


def test_a_report_without_any_figure_is_told_once() -> None:
    assert codes(assessed()) == [Code.NO_FIGURES]
    where = assessed(files=("a.xlsx", "b.xlsx")).problems[0].where
    assert where == Where("a.xlsx, b.xlsx")
    assert codes(assessed(seen())) == []
    later = problem(Code.LATER_REPORT, Where("b.xlsx"), other="b", used="c", found="d", cutoff="e")
    assert codes(assessed(problems=(later,))) == [Code.LATER_REPORT]
    wrong = problem(Code.WORKBOOK_BROKEN, Where("b.xlsx"), reason="x")
    assert codes(assessed(problems=(wrong,))) == [Code.WORKBOOK_BROKEN]
    doubt = problem(Code.PERIOD_ASSUMED, Where("b.xlsx"), used="x")
    assert set(codes(assessed(problems=(doubt,)))) == {Code.PERIOD_ASSUMED, Code.NO_FIGURES}


def test_what_was_found_before_is_told_with_the_rest() -> None:
    def of(file: str) -> Problem:
        return problem(Code.PERIOD_ASSUMED, Where(file), used="x")

    plan = plan_of(COUNT)
    gathered = Gathered(NINE, (seen(),), problems=(of("a.xlsx"),))
    found = assess(plan, gathered, None, [of("b.xlsx")])
    assert [one.where for one in found.problems] == [Where("a.xlsx"), Where("b.xlsx")]
    broken = problem(Code.WORKBOOK_BROKEN, Where("b.xlsx"), reason="x")
    assert codes(assess(plan, Gathered(NINE, ()), None, [broken])) == [Code.WORKBOOK_BROKEN]


@pytest.mark.parametrize(
    ("observations", "said"),
    [
        ([seen()], False),
        ([seen(basis=Basis.UNSAID)], True),
        ([], False),
    ],
)
def test_a_span_that_no_heading_names_is_said(observations: list[Observation], said: bool) -> None:
    remarks = [str(one) for one in assessed(*observations).remarks]
    assert any("taken as year to date" in one for one in remarks) is said


def test_one_heading_of_several_is_enough_to_say_so() -> None:
    open_one = Observation("one", Figure(FigureKind.OPEN), Where("a.xlsx"), "Một", "id", basis=Basis.UNSAID)
    assert not assessed(seen(), open_one).remarks
    both = assessed(seen(basis=Basis.UNSAID), seen("650"))
    assert len(both.remarks) == 1


def test_an_assessment_keeps_all_that_it_was_given() -> None:
    scope = Scope(SiteIndex(), {"one": {"1": Fraction(5)}})
    extra = Unplanned("Khác", "", Figure(FigureKind.WORDS, "x"), Where("a.xlsx"))
    gathered = Gathered(NINE, (seen(),), (extra,), (), (), ("a.xlsx",))
    found = assess(plan_of(COUNT), gathered, scope)
    assert (found.scope, found.unplanned, found.files, found.period) == (scope, (extra,), ("a.xlsx",), NINE)
    assert assess(plan_of(COUNT), gathered).scope == Scope()
    assert found.counts == {status: int(status is Status.BEHIND) for status in Status}


# ── one target ────────────────────────────────────────────────────────────────────────────────


def test_every_field_of_a_verdict() -> None:
    plan, target = plan_of(COUNT), COUNT
    sites = RollUp("districts", 1)
    found = judge(plan, target, 2, value(650), NINE, sites)
    goal = Fraction(1000)
    assert (found.target, found.goal.value, found.depth, found.sites) == (target, goal, 2, sites)
    assert (found.status, found.measured_in, found.aim) == (Status.BEHIND, "person", goal)
    assert not found.strict
    assert judge(plan_of(RATE), RATE, 0, share(90, 100), NINE).strict
    assert found.percent == exact(65)
    assert found.gap == exact(350)
    assert found.expected == Fraction(1000) * NINE.elapsed
    assert found.needed_per_month == 350 / NINE.months_left
    assert "actual 650 against expected" in str(found.steps[-1])


def test_what_waits_is_not_due_and_no_figure_is_made_of_it() -> None:
    target = target_of("milestone", "done", due=date(2024, 12, 1))
    found = judge(plan_of(target), target, 0, NONE, NINE)
    assert (found.status, found.actual.state) == (Status.NOT_DUE, State.NOT_DUE)
    assert (found.gap, found.percent, found.needed_per_month) == (None, None, None)
    assert judge(plan_of(COUNT), COUNT, 0, NONE, NINE).actual.state is State.NOT_REPORTED
    rejected = judge(plan_of(target), target, 0, REJECTED, NINE)
    assert rejected.actual.state is State.REJECTED
    odd = Actual(State.REJECTED, exact(5))
    assert judge(plan_of(COUNT), COUNT, 0, odd, NINE).gap is None


@pytest.mark.parametrize(
    ("actual", "unit", "gap"),
    [
        (value(exact(50), 30, 60), "commune", exact(30)),
        (value(exact(50)), "percent", exact(50)),
        (value(exact(50), 30, Amount(Fraction(60), None)), "percent", exact(50)),
        (NONE, "commune", None),
    ],
)
def test_coverage_is_counted_in_sites_where_these_are_known(
    actual: Actual, unit: str, gap: Amount | None
) -> None:
    found = judge(plan_of(MODELS), MODELS, 0, actual, NINE)
    assert (found.measured_in, found.gap) == (unit, gap)
    assert found.expected == Fraction(60 if unit == "commune" else 100) * NINE.elapsed


@pytest.mark.parametrize(
    ("target", "actual", "percent"),
    [
        (COUNT, value(500), exact(50)),
        (target_of("count", 0), value(5), None),
        (target_of("count", "<= 10"), value(5), None),
        (target_of("count", "400..500", over="fails"), value(450), None),
        (RATE, value(exact(80)), None),
        (RATE, value(exact("79.96")), exact("99.95")),
        (RATE, value(Amount(Fraction(70), Fraction(80))), None),
        (RATE, value(Amount(Fraction(80), Fraction(90))), None),
        (target_of("rate", ">= 80%"), value(exact(80)), exact(100)),
        (COUNT, NONE, None),
        (COUNT, Actual(State.REJECTED, exact(5)), None),
        (target_of("count", 1), value(1), exact(100)),
    ],
)
def test_percent_of_the_goal(target: Target, actual: Actual, percent: Amount | None) -> None:
    assert judge(plan_of(target), target, 0, actual, NINE).percent == percent


@pytest.mark.parametrize(
    ("target", "actual", "period", "needed"),
    [
        (COUNT, value(990), NINE, Fraction(10) / NINE.months_left),
        (COUNT, value(1000), NINE, None),
        (COUNT, value(1001), NINE, None),
        (COUNT, value(990), YEAR, None),
        (COUNT, value(Amount(Fraction(900), None)), NINE, None),
        (target_of("count", "<= 10"), value(5), NINE, None),
        (RATE, value(exact(70)), NINE, None),
        (REVIEW, value(0), NINE, None),
        (MODELS, value(exact(50), 30, 60), NINE, Fraction(30) / NINE.months_left),
    ],
)
def test_needed_per_month(target: Target, actual: Actual, period: Period, needed: Fraction | None) -> None:
    assert judge(plan_of(target), target, 0, actual, period).needed_per_month == needed


@pytest.mark.parametrize(
    ("target", "actual", "said"),
    [
        (RATE, value(exact("70.12345678")),
         ["actual 70.123457% against expected 80%; behind below 72%"]),
        (COUNT, value(650), ["actual 650 against expected 748.633880; behind below 673.770492"]),
        (RATE, value(exact(70)), ["actual 70% against expected 80%; behind below 72%"]),
        (target_of("rate", "<= 10%"), value(exact(20)),
         ["actual 20% against expected 10%; behind above 11%"]),
        (REVIEW, value(0), []),
        (target_of("milestone", "done", due=date(2024, 9, 1)), value(0), []),
        (COUNT, NONE, []),
        (COUNT, Actual(State.REJECTED, exact(5)), []),
        (target_of("count", "<= 10"), value(5), []),
    ],
)  # fmt: skip
def test_why_a_status_follows(target: Target, actual: Actual, said: list[str]) -> None:
    steps = [str(one) for one in judge(plan_of(target), target, 0, actual, NINE).steps]
    assert [one.replace("748.63388;", "748.633880;") for one in steps if one.startswith("actual ")] == said
