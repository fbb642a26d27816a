"""Properties of the arithmetic, tried on many values; the same values at every run."""

import unicodedata
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rehabplan import figures
from rehabplan.actuals.model import Actual, State
from rehabplan.assess import judge
from rehabplan.numbers import Amount, Writing, readings
from rehabplan.period import Convention, Period, cutoff_of, period_of, period_until, year_days
from rehabplan.plan.model import Plan, Target
from rehabplan.text import key
from rehabplan.verdict import Status
from tests.test_verdicts import plan_of, target_of

steady = settings(derandomize=True, deadline=None, max_examples=60, database=None)

counts = st.integers(0, 10**9)
small_counts = st.integers(0, 2000)
fractions = st.builds(Fraction, st.integers(-(10**7), 10**7), st.integers(1, 6000))
decimals = st.builds(Fraction, st.integers(-(10**9), 10**9), st.sampled_from([1, 10, 100, 1000, 10**6]))
digits = st.integers(0, 6)


def grouped(value: int, separator: str) -> str:
    return f"{value:,}".replace(",", separator)


# ── numbers ───────────────────────────────────────────────────────────────────────────────────


def values(text: str) -> list[Fraction | None]:
    return [reading.amount.value for reading in readings(text)]


@steady
@given(counts)
def test_a_written_whole_number_is_among_its_readings(value: int) -> None:
    for text in (str(value), grouped(value, "."), grouped(value, ","), grouped(value, " "), f"{value} người"):
        assert value in values(text), text
    assert values(str(value)) == [value]
    assert values(grouped(value, " ")) == [value]


@steady
@given(st.one_of(st.integers(0, 999), st.integers(10**6, 10**12)), st.sampled_from(".,"))
def test_a_number_with_none_or_two_separators_is_clear(value: int, separator: str) -> None:
    assert values(grouped(value, separator)) == [value]


@steady
@given(st.integers(1000, 999_999), st.sampled_from(".,"))
def test_a_number_with_one_separator_of_thousands_has_two_readings(value: int, separator: str) -> None:
    found = readings(grouped(value, separator))
    thousands, decimal = (Writing.VI, Writing.EN) if separator == "." else (Writing.EN, Writing.VI)
    assert {reading.writing: reading.amount.value for reading in found} == {
        thousands: value,
        decimal: Fraction(value, 1000),
    }
    assert len(found) == 2


@steady
@given(counts, st.integers(1, 2), st.data())
def test_decimals_show_how_a_text_is_written(whole: int, places: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, 10**places - 1))
    wanted = whole + Fraction(part, 10**places)
    for thousands, point, writing in ((".", ",", Writing.VI), (",", ".", Writing.EN)):
        text = f"{grouped(whole, thousands)}{point}{part:0{places}d}"
        (found,) = readings(text)
        assert (found.amount.value, found.writing) == (wanted, writing)
        (found,) = readings(f"({text})")
        assert found.amount.value == -wanted
        (found,) = readings(f"{text} %")
        assert (found.amount.value, found.percent) == (wanted, True)


@steady
@given(counts, st.integers(1, 10**9))
def test_a_pair_keeps_both_numbers(part: int, whole: int) -> None:
    assert pairs(f"{part}/{whole}") == [(Fraction(part), Fraction(whole))]
    for separator in ".,":
        text = f"{grouped(part, separator)}/{grouped(whole, separator)}"
        assert (Fraction(part), Fraction(whole)) in pairs(text)


@steady
@given(st.integers(1000, 999_999), st.integers(1000, 999_999), st.sampled_from(".,"))
def test_both_numbers_of_a_pair_are_written_alike(part: int, whole: int, separator: str) -> None:
    found = pairs(f"{grouped(part, separator)}/{grouped(whole, separator)}")
    assert len(found) == 2
    assert set(found) == {(Fraction(part), Fraction(whole)), (Fraction(part, 1000), Fraction(whole, 1000))}
    assert pairs(f"{grouped(part, '.')},5/{grouped(whole, '.')}") == [
        (part + Fraction(1, 2), Fraction(whole))
    ]


def pairs(text: str) -> list[tuple[Fraction | None, Fraction | None]]:
    return [(reading.amount.value, reading.over) for reading in readings(text)]


@steady
@given(
    counts,
    st.sampled_from([("hơn", ">"), ("trên", ">"), ("ít nhất", ">="), ("dưới", "<"), ("không quá", "<=")]),
)
def test_a_bound_is_open_where_its_word_says_so(value: int, bound: tuple[str, str]) -> None:
    word, sign = bound
    (found,) = readings(f"{word} {value}")
    low = Amount(Fraction(value), None, low_open=sign == ">")
    high = Amount(None, Fraction(value), high_open=sign == "<")
    assert found.amount == (low if sign.startswith(">") else high)


# ── amounts ───────────────────────────────────────────────────────────────────────────────────


@st.composite
def amounts(draw: st.DrawFn, ends: st.SearchStrategy[int] = small_counts) -> Amount:
    """Draw a figure of 0 or more: exact, bounded on either side or on both."""
    low, high = sorted((draw(ends), draw(ends)))
    shape = draw(st.sampled_from(["exact", "low", "high", "both"]))
    opens = draw(st.tuples(st.booleans(), st.booleans()))
    match shape:
        case "low":
            return Amount(Fraction(low), None, low_open=opens[0])
        case "high":
            return Amount(None, Fraction(high), high_open=opens[1] and high > 0)
        case "both" if low < high:
            return Amount(Fraction(low), Fraction(high), *opens)
        case _:
            return Amount.exact(low)


@steady
@given(amounts(), amounts())
def test_a_share_stays_within_0_and_100(part: Amount, whole: Amount) -> None:
    assume(not part.surely_more_than(whole))
    share = part.share_of(whole)
    assert share.low is not None
    assert share.high is not None
    assert 0 <= share.low <= share.high <= 100


@st.composite
def around(draw: st.DrawFn, value: int) -> Amount:
    """Draw a figure of 0 or more that a value is one of."""
    low, high = value - draw(st.integers(0, value)), value + draw(small_counts)
    low_open = draw(st.booleans()) and low < value
    high_open = draw(st.booleans()) and high > value
    low_end, high_end = draw(st.sampled_from([(low, high), (low, None), (None, high), (value, value)]))
    return Amount(
        None if low_end is None else Fraction(low_end),
        None if high_end is None else Fraction(high_end),
        low_open and low_end == low,
        high_open and high_end == high,
    )


@steady
@given(small_counts, st.integers(1, 2000), st.data())
def test_a_share_holds_every_share_that_is_possible(n: int, more: int, data: st.DataObject) -> None:
    part, whole = data.draw(around(n)), data.draw(around(n + more))
    assert inside(Fraction(n * 100, n + more), part.share_of(whole))


def inside(value: Fraction, amount: Amount) -> bool:
    above = amount.low is None or value > amount.low or (value == amount.low and not amount.low_open)
    below = amount.high is None or value < amount.high or (value == amount.high and not amount.high_open)
    return above and below


@steady
@given(amounts(), fractions, st.builds(Fraction, st.integers(1, 500), st.integers(1, 500)))
def test_amounts_move_with_the_values_inside(amount: Amount, value: Fraction, factor: Fraction) -> None:
    for probe in {value, Fraction(0), *(end for end in (amount.low, amount.high) if end is not None)}:
        within = inside(probe, amount)
        assert inside(probe - value, amount.minus(value)) == within
        assert inside(-probe, amount.negated()) == within
        assert inside(probe * factor, amount.times(factor)) == within


@pytest.mark.parametrize("whole", [Amount(None, Fraction(600), high_open=True), Amount(Fraction(1), None)])
def test_none_of_however_many_is_0_percent(whole: Amount) -> None:
    assert Amount.exact(0).share_of(whole) == Amount.exact(0)


@pytest.mark.parametrize(
    ("part", "whole", "wanted"),
    [
        (Amount.exact(31), Amount.exact(30), True),
        (Amount.exact(30), Amount.exact(30), False),
        (Amount(Fraction(30), None, low_open=True), Amount.exact(30), True),  # "hơn 30" of 30
        (Amount(Fraction(30), None), Amount.exact(30), False),
        (Amount.exact(30), Amount(None, Fraction(30), high_open=True), True),
        (Amount.exact(30), Amount(None, Fraction(30)), False),
        (Amount.exact(30), Amount(Fraction(1), None), False),
        (Amount(None, Fraction(30)), Amount.exact(20), False),
    ],
)
def test_what_is_surely_more(part: Amount, whole: Amount, wanted: bool) -> None:
    assert part.surely_more_than(whole) is wanted


# ── prints ────────────────────────────────────────────────────────────────────────────────────


def side(value: Fraction, against: Fraction) -> int:
    return (value > against) - (value < against)


near = st.builds(Fraction, st.integers(-100, 100), st.sampled_from([10**2, 10**5, 10**9]))


@steady
@given(fractions, digits, near)
def test_rounding_never_reaches_or_crosses_the_threshold(
    against: Fraction, places: int, away: Fraction
) -> None:
    assume(away)
    value = against + away
    shown = Fraction(figures.rounded(value, places, against))
    assert side(shown, against) == side(value, against)
    assert abs(shown - value) < Fraction(1, 10**places)


@steady
@given(fractions, digits, near)
def test_a_printed_number_never_reaches_or_crosses_the_threshold(
    against: Fraction, places: int, away: Fraction
) -> None:
    shown = printed(figures.number(against + away, places, against))
    assume(away or 10**6 % against.denominator == 0)
    assert side(shown, against) == side(against + away, against)
    assert abs(shown - against - away) < Fraction(1, 10**places)


@steady
@given(fractions, digits)
def test_a_printed_number_is_the_number_within_its_rounding(value: Fraction, places: int) -> None:
    text = figures.number(value, places)
    assert abs(printed(text) - value) <= Fraction(1, 2 * 10**places)
    assert len(text.partition(".")[2]) <= places
    assert figures.number(printed(text), places) == text


@steady
@given(decimals)
def test_a_decimal_of_six_places_prints_exactly(value: Fraction) -> None:
    assert printed(figures.number(value, 6)) == value


def printed(text: str) -> Fraction:
    return Fraction(text.replace(",", ""))


@steady
@given(fractions)
def test_rounding_up_is_the_next_whole_number(value: Fraction) -> None:
    shown = printed(figures.whole_up(value))
    assert shown.denominator == 1
    assert 0 <= shown - value < 1


# ── verdicts ──────────────────────────────────────────────────────────────────────────────────

LADDER = {
    Status.MISSED: 0, Status.BEHIND: 1, Status.AT_RISK: 2, Status.NOT_DUE: 2, Status.ON_TRACK: 3,
    Status.MET: 4,
}  # fmt: skip
"""The better, the higher. "At risk" and "not due" never stand in one target's ladder together."""

CUTOFFS = [
    period_of(label, 2024, convention) for label in ("q1", "6m", "9m", "year") for convention in Convention
] + [period_until(date(2024, month, 15), 2024, Convention.CALENDAR) for month in (1, 5, 11)]

AT_LEAST = [
    target_of("count", 500), target_of("count", "> 500"), target_of("count", "+10%", baseline=400),
    target_of("count", "+5..10%", baseline=400), target_of("count", 500, pace="year_end"),
    target_of("count", 500, pace={"by_quarter": (50, 150, 200, 100)}),
    target_of("count", 500, pace={"curve": {date(2024, 6, 30): 100, date(2024, 9, 30): 450}}),
    target_of("stock", 500), target_of("stock", 500, baseline=300), target_of("stock", 500, baseline=500),
    target_of("stock", 500, baseline=700), target_of("stock", "+10%", baseline=400),
    target_of("stock", 500, pace="every_period"),
]  # fmt: skip
AT_LEAST_SHARES = [
    target_of("rate", "> 80%"), target_of("rate", "80%"), target_of("rate", "+5 points", baseline="60%"),
    target_of("coverage", "100%"), target_of("coverage", "90%", baseline="40%"),
    target_of("coverage", "90%", baseline="95%"), target_of("coverage", {"each": 1}),
]  # fmt: skip
AT_MOST = [
    target_of("count", 0), target_of("count", "<= 500"), target_of("count", "< 500"),
    target_of("count", "-10%", baseline=500), target_of("count", "-5..10%", baseline=500),
    target_of("count", "-10%", baseline={"value": 500, "periods": {"9m": 410}}),
    target_of("stock", "<= 500"), target_of("stock", "<= 500", baseline=700),
    target_of("stock", "-10%", baseline=500), target_of("stock", "<= 500", baseline=300),
]  # fmt: skip
AT_MOST_SHARES = [
    target_of("rate", "<= 9,8%"), target_of("rate", "< 20%"),
    target_of("rate", "-0,8 points", baseline="9,8%"), target_of("coverage", "<= 10%"),
]  # fmt: skip
RANGES = [
    target_of("count", "400..500"), target_of("stock", "400..500"),
    target_of("count", "+5..10%", baseline=400, over="fails"), target_of("stock", "400..500", baseline=300),
]  # fmt: skip

PLANS = {id(one): plan_of(one) for one in AT_LEAST + AT_LEAST_SHARES + AT_MOST + AT_MOST_SHARES + RANGES}

cutoffs = st.sampled_from(CUTOFFS)
percents = st.builds(Fraction, st.integers(0, 1000), st.just(10))


def status(target: Target, amount: Amount, period: Period) -> Status:
    plan: Plan = PLANS[id(target)]
    return judge(plan, target, 0, Actual(State.VALUE, amount), period).status


def rung(target: Target, value: Fraction | int, period: Period) -> int:
    return LADDER[status(target, Amount.exact(value), period)]


@steady
@given(st.sampled_from(AT_LEAST), cutoffs, small_counts, small_counts)
def test_more_is_never_worse_for_at_least(target: Target, period: Period, one: int, other: int) -> None:
    less, more = sorted((one, other))
    assert rung(target, less, period) <= rung(target, more, period)


@steady
@given(st.sampled_from(AT_LEAST_SHARES), cutoffs, percents, percents)
def test_more_is_never_worse_for_a_share(
    target: Target, period: Period, one: Fraction, other: Fraction
) -> None:
    less, more = sorted((one, other))
    assert rung(target, less, period) <= rung(target, more, period)


@steady
@given(st.sampled_from(AT_MOST), cutoffs, small_counts, small_counts)
def test_more_is_never_better_for_at_most(target: Target, period: Period, one: int, other: int) -> None:
    less, more = sorted((one, other))
    assert rung(target, less, period) >= rung(target, more, period)


@steady
@given(st.sampled_from(AT_MOST_SHARES), cutoffs, percents, percents)
def test_more_is_never_better_for_a_capped_share(
    target: Target, period: Period, one: Fraction, other: Fraction
) -> None:
    less, more = sorted((one, other))
    assert rung(target, less, period) >= rung(target, more, period)


@steady
@given(st.sampled_from(AT_LEAST + AT_MOST), cutoffs, small_counts, small_counts)
def test_two_ends_of_one_status_give_it_and_of_two_give_none(
    target: Target, period: Period, one: int, other: int
) -> None:
    low, high = sorted((Fraction(one), Fraction(other)))
    ends = {status(target, Amount.exact(low), period), status(target, Amount.exact(high), period)}
    wanted = ends.pop() if len(ends) == 1 else Status.UNDETERMINED
    assert status(target, Amount(low, high), period) is wanted


@steady
@given(st.sampled_from(AT_LEAST + AT_MOST + RANGES), cutoffs, small_counts, st.data())
def test_a_determined_status_holds_for_every_value_inside(
    target: Target, period: Period, value: int, data: st.DataObject
) -> None:
    found = status(target, data.draw(around(value)), period)
    assert found in {status(target, Amount.exact(value), period), Status.UNDETERMINED}


@steady
@given(st.sampled_from(AT_LEAST + AT_MOST + RANGES), cutoffs, small_counts)
def test_an_exact_figure_is_an_interval_of_no_width(target: Target, period: Period, value: int) -> None:
    interval = Amount(Fraction(value), Fraction(value))
    assert interval == Amount.exact(value)
    assert interval.value == value
    plan = PLANS[id(target)]
    found = judge(plan, target, 0, Actual(State.VALUE, interval), period)
    assert found == judge(plan, target, 0, Actual(State.VALUE, Amount.exact(value)), period)
    assert found.status is not Status.UNDETERMINED
    assert found.gap is not None
    assert found.gap.value is not None


@steady
@given(st.sampled_from([*AT_LEAST, *AT_MOST]), small_counts)
def test_over_the_year_a_gap_above_0_is_missed(target: Target, value: int) -> None:
    period = period_of("year", 2024, Convention.CALENDAR)
    result = judge(PLANS[id(target)], target, 0, Actual(State.VALUE, Amount.exact(value)), period)
    assert result.gap is not None
    assert result.gap.value is not None
    short = result.gap.value >= 0 if result.strict else result.gap.value > 0
    assert result.status is (Status.MISSED if short else Status.MET)


# ── text ──────────────────────────────────────────────────────────────────────────────────────

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")  # level, huyền, hỏi, ngã, sắc, nặng
INITIALS = ["", "b", "ch", "d", "đ", "h", "kh", "l", "ng", "ngh", "nh", "t", "th", "tr", "x"]

vietnamese = st.text(
    alphabet=[
        *"bcdđghklmnpqrstvx", *VOWELS, *" .,:;()/-", "\u00a0", "\u200b",
        *(unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES if tone),
    ],
    max_size=30,
)  # fmt: skip


@steady
@given(st.one_of(st.text(max_size=30), vietnamese))
def test_a_key_is_its_own_key(text: str) -> None:
    assert key(key(text)) == key(text)


@steady
@given(st.one_of(st.text(max_size=30), vietnamese))
def test_a_key_knows_no_unicode_form_no_case_and_no_blanks(text: str) -> None:
    assert key(unicodedata.normalize("NFD", text)) == key(unicodedata.normalize("NFC", text)) == key(text)
    assert key(f"  {text}\u00a0\n") == key(text)


@steady
@given(vietnamese)
def test_a_key_knows_no_capitals(text: str) -> None:
    assert key(text.upper()) == key(text) == key(text.title())


@pytest.mark.parametrize("pair", ["oa", "oe", "uy"])
@pytest.mark.parametrize("tone", [tone for tone in TONES if tone])
@pytest.mark.parametrize("capitals", [False, True])
def test_the_tone_of_an_open_syllable_may_stand_on_either_vowel(pair: str, tone: str, capitals: bool) -> None:
    for initial in INITIALS:
        old, new = f"{initial}{pair[0]}{tone}{pair[1]}", f"{initial}{pair}{tone}"
        if capitals:
            old, new = old.upper(), new.upper()
        for form in ("NFC", "NFD"):
            assert key(unicodedata.normalize(form, f"quản lý {old} 1")) == key(f"Quản lý {new} 1")
            assert key(unicodedata.normalize(form, old)) != key(initial + pair)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Năm", "Nam"),
        ("Phú Đông", "Phù Đổng"),
        ("đơn", "don"),
        ("hoàn", "hòan"),  # a closed syllable has one place for its tone
        ("quý", "qúy"),  # after q the u belongs to it
        ("tháng 1", "tháng 10"),
        ("số xã", "số xa"),
        ("1.1", "1.10"),
    ],
)
def test_different_words_have_different_keys(one: str, other: str) -> None:
    assert key(one) != key(other)


@steady
@given(vietnamese)
def test_no_accent_is_folded_away(text: str) -> None:
    bare = "".join(
        char
        for char in unicodedata.normalize("NFD", text).replace("đ", "d")
        if not unicodedata.combining(char)
    )
    accented = unicodedata.normalize("NFC", text) != bare
    assert (key(text) != key(bare)) == accented
    assert key(f"{text} năm") != key(f"{text} nam")


# ── periods ───────────────────────────────────────────────────────────────────────────────────

years = st.integers(1990, 2100)
conventions = st.sampled_from(list(Convention))


@steady
@given(years, conventions, st.data())
def test_the_elapsed_share_grows_from_above_0_to_1(
    year: int, convention: Convention, data: st.DataObject
) -> None:
    first, last = year_days(year, convention)
    day = data.draw(st.dates(first, last))
    period = period_until(day, year, convention)
    assert 0 < period.elapsed <= 1
    assert (period.elapsed == 1) == period.over == (day == last)
    assert period.elapsed + period.months_left / 12 == 1
    assert period.days in {365, 366}
    if not period.over:
        assert period_until(day + timedelta(days=1), year, convention).elapsed > period.elapsed


@steady
@given(years)
def test_every_day_lies_in_one_year(year: int) -> None:
    for convention in Convention:
        assert year_days(year, convention)[1] + timedelta(days=1) == year_days(year + 1, convention)[0]


@steady
@given(years, conventions, st.sampled_from(["q1", "6m", "9m", "year", *(f"m{n}" for n in range(1, 13))]))
def test_a_cut_off_finds_its_label(year: int, convention: Convention, label: str) -> None:
    period = period_of(label, year, convention)
    again = period_until(period.cutoff, year, convention)
    assert (again.cutoff, again.elapsed) == (period.cutoff, period.elapsed)
    first, last = year_days(year, convention)
    assert first < period.cutoff <= last


@pytest.mark.parametrize(
    ("label", "year", "calendar", "administrative"),
    [
        ("q1", 2024, (3, 31), (3, 14)),
        ("6m", 2024, (6, 30), (6, 14)),
        ("9m", 2024, (9, 30), (9, 14)),
        ("year", 2024, (12, 31), (12, 14)),
        ("m1", 2024, (1, 31), (1, 14)),
        ("m2", 2024, (2, 29), (2, 14)),
        ("m2", 2023, (2, 28), (2, 14)),
        ("m2", 2000, (2, 29), (2, 14)),
        ("m2", 2100, (2, 28), (2, 14)),
        ("m4", 2024, (4, 30), (4, 14)),
        ("m11", 2024, (11, 30), (11, 14)),
        ("m12", 2024, (12, 31), (12, 14)),
    ],
)
def test_a_label_sets_the_cut_off(
    label: str, year: int, calendar: tuple[int, int], administrative: tuple[int, int]
) -> None:
    assert cutoff_of(label, year, Convention.CALENDAR) == date(year, *calendar)
    assert cutoff_of(label, year, Convention.ADMINISTRATIVE) == date(year, *administrative)


@pytest.mark.parametrize(
    ("label", "year", "convention", "elapsed"),
    [
        ("9m", 2024, Convention.CALENDAR, Fraction(274, 366)),
        ("9m", 2023, Convention.CALENDAR, Fraction(273, 365)),
        ("9m", 2024, Convention.ADMINISTRATIVE, Fraction(275, 366)),  # 15/12/2023 to 14/9/2024
        ("9m", 2025, Convention.ADMINISTRATIVE, Fraction(274, 365)),
        ("q1", 2024, Convention.CALENDAR, Fraction(91, 366)),
        ("q1", 2024, Convention.ADMINISTRATIVE, Fraction(91, 366)),
        ("q1", 2023, Convention.CALENDAR, Fraction(90, 365)),
        ("6m", 2024, Convention.CALENDAR, Fraction(182, 366)),
        ("m1", 2024, Convention.ADMINISTRATIVE, Fraction(31, 366)),
        ("year", 2023, Convention.ADMINISTRATIVE, Fraction(1)),
    ],
)
def test_elapsed(label: str, year: int, convention: Convention, elapsed: Fraction) -> None:
    assert period_of(label, year, convention).elapsed == elapsed
