"""Tables of amounts and of texts read as figures: each row is one that a changed line would break."""

import pickle
from fractions import Fraction

import pytest

from rehabplan.numbers import (
    BOUND_WORDS,
    MOST_CHARACTERS,
    MOST_DIGITS,
    UNKNOWN,
    Amount,
    Reading,
    Writing,
    bounded,
    framed,
    from_spreadsheet,
    readings,
)

VI, EN, EITHER = Writing.VI, Writing.EN, Writing.EITHER


def amount(text: str) -> Amount:
    """Return "[2;5)" as an amount: square brackets hold their end, "-" is unbounded."""
    low, high = text[1:-1].split(";")
    return Amount(
        None if low == "-" else Fraction(low), None if high == "-" else Fraction(high),
        text[0] == "(" and low != "-", text[-1] == ")" and high != "-",
    )  # fmt: skip


def ends(found: Amount) -> str:
    """Return an amount as `amount` reads it."""
    low = "-" if found.low is None else str(found.low)
    high = "-" if found.high is None else str(found.high)
    return f"{'(' if found.low_open else '['}{low};{high}{')' if found.high_open else ']'}"


ALL = ["[2;2]", "[2;5]", "(2;5]", "[2;5)", "(2;5)", "[-;5]", "[-;5)", "[2;-]", "(2;-]", "[-;-]", "[0;0]"]


@pytest.mark.parametrize("text", ALL)
def test_an_amount_has_a_value_where_it_is_exact(text: str) -> None:
    found = amount(text)
    assert ends(found) == text
    assert found.value == {"[2;2]": 2, "[0;0]": 0}.get(text)
    assert Amount(Fraction(2), Fraction(2), True).value is None
    assert Amount(Fraction(2), Fraction(2), high_open=True).value is None


@pytest.mark.parametrize("text", ALL)
def test_amounts_keep_their_open_ends(text: str) -> None:
    found = amount(text)
    low, high = found.low, found.high
    tripled, less = found.times(Fraction(3)), found.minus(Fraction(3))
    for moved in (tripled, less):
        assert (moved.low_open, moved.high_open) == (found.low_open, found.high_open)
    assert tripled.low == (None if low is None else low * 3)
    assert tripled.high == (None if high is None else high * 3)
    assert less.low == (None if low is None else low - 3)
    assert less.high == (None if high is None else high - 3)
    turned = found.negated()
    assert (turned.low, turned.low_open) == (None if high is None else -high, found.high_open)
    assert (turned.high, turned.high_open) == (None if low is None else -low, found.low_open)
    assert found.at_least() == Amount(low, None, found.low_open)


@pytest.mark.parametrize(
    ("one", "other", "added"),
    [
        ("[2;5]", "[1;1]", "[3;6]"),
        ("(2;5)", "[1;1]", "(3;6)"),
        ("[1;1]", "(2;5)", "(3;6)"),
        ("(2;-]", "[1;1]", "(3;-]"),
        ("[1;1]", "[-;5)", "[-;6)"),
        ("(2;-]", "[-;5)", "[-;-]"),
        ("[-;5)", "(2;-]", "[-;-]"),
        ("[0;0]", "[-;-]", "[-;-]"),
    ],
)
def test_sums(one: str, other: str, added: str) -> None:
    assert ends(amount(one).plus(amount(other))) == added


@pytest.mark.parametrize(
    ("text", "least", "most", "kept"),
    [
        ("[2;5]", 0, None, "[2;5]"),
        ("[2;5]", 3, None, "[3;5]"),
        ("(2;5]", 3, None, "[3;5]"),  # the end that was open is another one now
        ("(2;5)", 2, None, "(2;5)"),
        ("(2;5)", 0, 5, "(2;5)"),
        ("(2;5)", 0, 4, "(2;4]"),
        ("[2;5]", 0, 4, "[2;4]"),
        ("[-;5)", 0, 9, "[-;5)"),
        ("(2;-]", 0, 9, "(2;-]"),
        ("[-;5)", 0, None, "[-;5)"),
        ("[-;-]", 0, None, "[-;-]"),
        ("[-;2)", 5, None, "[5;5]"),  # nothing but the least is left
        ("[1;2]", 5, 9, "[5;5]"),
        ("[7;9]", 0, 5, "[5;5]"),
        ("(5;-]", 0, 5, "[5;5]"),
        ("[7;9]", 0, None, "[7;9]"),
    ],
)
def test_bounds_are_brought_within(text: str, least: int, most: int | None, kept: str) -> None:
    assert ends(amount(text).within(Fraction(least), None if most is None else Fraction(most))) == kept


@pytest.mark.parametrize(
    ("text", "whole", "below"),
    [
        ("[2;5]", True, False),
        ("[1/2;5]", False, False),
        ("[2;11/2]", False, False),
        ("[-;5]", True, False),
        ("[-;-]", True, False),
        ("[-1;5]", True, True),
        ("[-;-2]", True, True),
        ("[0;0]", True, False),
    ],
)
def test_whole_and_below_zero(text: str, whole: bool, below: bool) -> None:
    assert (amount(text).is_whole, amount(text).below_zero) == (whole, below)


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [
        ("[1;1]", "[4;4]", "[25;25]"),
        ("[1;2]", "[4;5]", "[20;50]"),
        ("(1;2)", "[4;5]", "(20;50)"),
        ("[1;2]", "(4;5)", "(20;50)"),
        ("[0;1]", "(4;5)", "[0;25)"),
        ("[1/2;1]", "(4;5)", "(10;25)"),
        ("[0;2]", "(4;5)", "[0;50)"),  # none of any whole is none
        ("(0;2]", "(4;5]", "(0;50)"),
        ("[1;-]", "[4;4]", "[25;100]"),
        ("[-;2]", "[4;4]", "[0;50]"),
        ("[1;2]", "[4;-]", "[0;50]"),
        ("[1;2]", "[-;5]", "[20;100]"),
        ("[1;9]", "[4;10]", "[10;100]"),
        ("[4;4]", "[4;4]", "[100;100]"),
        ("[1;5]", "[4;4]", "[25;100]"),
        ("[0;0]", "[4;-]", "[0;0]"),
        ("[0;0]", "(4;-]", "[0;0]"),
        ("[-;0)", "(4;-]", "[0;0]"),
        ("[0;0]", "[0;0]", "[0;0]"),
        ("[-;-]", "[-;-]", "[0;100]"),
        ("[0;1)", "[1;1]", "[0;100)"),
    ],
)
def test_shares(part: str, whole: str, share: str) -> None:
    assert ends(amount(part).share_of(amount(whole))) == share


@pytest.mark.parametrize(
    ("one", "other", "more"),
    [
        ("(2;3]", "[5;5]", False),
        ("[2;3]", "[4;5)", False),
        ("[3;3]", "[2;2]", True), ("[2;2]", "[2;2]", False), ("(2;3]", "[2;2]", True), ("[2;3]", "[1;2)", True),
        ("[2;3]", "[1;2]", False), ("[-;9]", "[1;2]", False), ("[3;9]", "[1;-]", False), ("[1;9]", "[2;2]", False),
    ],
)  # fmt: skip
def test_what_is_surely_more(one: str, other: str, more: bool) -> None:
    assert amount(one).surely_more_than(amount(other)) is more


def exact(value: str, **more: object) -> Reading:
    found = Reading(Amount.exact(Fraction(value)))
    given = {"writing": found.writing, "percent": False, "over": None, "unit": "", **more}
    over = given["over"]
    return Reading(
        found.amount, Writing(str(given["writing"])), bool(given["percent"]),
        None if over is None else Fraction(str(over)), str(given["unit"]),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1700", [exact("1700")]),
        ("1.700", [exact("1700", writing=VI), exact("1.7", writing=EN)]),
        ("1,700", [exact("1.7", writing=VI), exact("1700", writing=EN)]),
        ("1.700,5", [exact("1700.5", writing=VI)]),
        ("1,700.5", [exact("1700.5", writing=EN)]),
        ("1.700.000", [exact("1700000", writing=VI)]),
        ("1,700,000", [exact("1700000", writing=EN)]),
        ("80,5", [exact("80.5", writing=VI)]),
        ("80.5", [exact("80.5", writing=EN)]),
        ("0.125", [exact("0.125", writing=EN)]),
        ("0,125", [exact("0.125", writing=VI)]),
        ("012.345", [exact("12.345", writing=EN)]),
        ("1234.567", [exact("1234.567", writing=EN)]),
        ("1 700", [exact("1700")]),
        ("1 700,5", [exact("1700.5", writing=VI)]),
        ("1 700.5", []),
        ("0 700", []), ("1 70", []), ("12 3456", []), ("1.70.0", []), ("1..7", []), ("1,7,0", []), (",5", []),
        ("5,", []), ("5.", []), ("1.700.", []), ("1.7000", [exact("1.7", writing=EN)]),
        ("-5", [exact("-5")]), ("+5", [exact("5")]), ("--5", []), ("(5)", [exact("-5")]), ("( 5 )", [exact("-5")]),
        ("(80,5%)", [exact("-80.5", writing=VI, percent=True)]), ("(5", []), ("5)", []), ("(5) người", []),
        ("80%", [exact("80", percent=True)]), ("80 %", [exact("80", percent=True)]),
        ("80 phần trăm", [exact("80", percent=True)]), ("80%%", []), ("%80", []),
        ("257/500", [exact("257", over="500")]), ("257 / 500", [exact("257", over="500")]),
        ("-257/500", [exact("-257", over="500")]), ("1/2/3", []), ("1/", []), ("/2", []),
        ("1.700/2.000", [exact("1700", writing=VI, over="2000"), exact("1.7", writing=EN, over="2")]),
        ("1700/2.000", [exact("1700", writing=VI, over="2000"), exact("1700", writing=EN, over="2")]),
        ("1.700/2000", [exact("1700", writing=VI, over="2000"), exact("1.7", writing=EN, over="2000")]),
        ("1.700,5/2.000", [exact("1700.5", writing=VI, over="2000")]),
        ("1.700,5/2,000.5", []),
        ("2.400/3.000 (80%)", [exact("2400", writing=VI, over="3000"), exact("2.4", writing=EN, over="3")]),
        ("240/300 = 80%", [exact("240", over="300")]), ("240/300 (80)", []), ("240 (80%)", []),
        ("17 hồ sơ", [exact("17", unit="hồ sơ")]), ("17 (hồ sơ)", [exact("17", unit="hồ sơ")]),
        ("17hồ sơ", [exact("17", unit="hồ sơ")]), ("17 hồ sơ 2", []), ("17 ?", []), ("17 - người", []),
        ("5 nghìn", [exact("5000")]), ("5 ngàn người", [exact("5000", unit="người")]),
        ("1,1 triệu", [exact("1100000", writing=VI)]), ("2 tỷ", [exact("2000000000")]), ("2 tỉ", [exact("2000000000")]),
        ("1,1 Triệu người", [exact("1100000", writing=VI, unit="người")]),
        ("150 triệu đồng", [exact("150", unit="triệu đồng")]), ("150 triệu đ", [exact("150", unit="triệu đ")]),
        ("150 triệu ₫", [exact("150", unit="triệu đồng")]), ("5 triệu / 7", []), ("5 triệu /", []),
        ("-5 nghìn", [exact("-5000")]), ("12 đồng", [exact("12", unit="đồng")]),
        ("", []), ("x", []), ("-", []), ("mười", []), ("1e5", []), ("0x10", []), ("1_000", []), ("½", []), ("²", []),
        ("inf", []), ("nan", []),
        ("9" * MOST_DIGITS, [exact("9" * MOST_DIGITS)]), ("9" * (MOST_DIGITS + 1), []),
        ("1/" + "9" * (MOST_DIGITS + 1), []), ("0," + "9" * MOST_DIGITS, []),
        ("5 " + "a" * (MOST_CHARACTERS - 2), [exact("5", unit="a" * (MOST_CHARACTERS - 2))]),
        ("5 " + "a" * (MOST_CHARACTERS - 1), []),
        ("5 XX", [exact("5", unit="XX")]), ("5 (X)", [exact("5", unit="X")]),
    ],
)  # fmt: skip
def test_a_text_is_read_in_every_way_that_it_can_be_meant(text: str, found: list[Reading]) -> None:
    assert list(readings(text)) == found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("hơn 650", "(650;-]"), ("Trên 650", "(650;-]"), ("> 650", "(650;-]"), (">650", "(650;-]"),
        ("more than 650", "(650;-]"), ("over 650", "(650;-]"), ("above 650", "(650;-]"),
        (">= 650", "[650;-]"), ("≥650", "[650;-]"), ("ít nhất 650", "[650;-]"), ("tối thiểu 650", "[650;-]"),
        ("không dưới 650", "[650;-]"), ("at least 650", "[650;-]"), ("từ 650 trở lên", "[650;-]"),
        ("650 Trở lên", "[650;-]"), ("650 trở xuống", "[-;650]"), ("từ 650 trở xuống", "[-;650]"),
        ("<= 650", "[-;650]"), ("≤650", "[-;650]"), ("không quá 650", "[-;650]"), ("tối đa 650", "[-;650]"),
        ("at most 650", "[-;650]"), ("< 650", "[-;650)"), ("dưới 650", "[-;650)"), ("gần 650", "[-;650)"),
        ("below 650", "[-;650)"), ("less than 650", "[-;650)"), ("under 650", "[-;650)"),
        ("khoảng 650", "[-;-]"), ("chừng 650", "[-;-]"), ("about 650", "[-;-]"), ("~650", "[-;-]"), ("≈ 650", "[-;-]"),
    ],
)  # fmt: skip
def test_words_of_bounds(text: str, wanted: str) -> None:
    (found,) = readings(text)
    assert ends(found.amount) == wanted


@pytest.mark.parametrize("text", ["hơn650", "hơn", "trênh 5", "từ 650", "hơn hơn 5", "> > 5", "gầnn 5"])
def test_what_is_no_word_of_a_bound(text: str) -> None:
    assert readings(text) == ()


@pytest.mark.parametrize("word", ["khoảng", "chừng", "about", "~", "≈"])
def test_about_is_one_sign_to_all_who_ask(word: str) -> None:
    assert dict(BOUND_WORDS)[word] == "~"  # goals refuse it by this sign (plan.goal)


def test_limits_are_those_that_are_documented() -> None:
    assert (MOST_CHARACTERS, MOST_DIGITS) == (1_000, 30)  # as CHANGELOG and docs say


def test_the_same_words_as_signs() -> None:
    assert bounded("", Fraction(5)) == Amount.exact(5)
    assert bounded("~", Fraction(5)) == UNKNOWN
    assert ends(bounded(">", Fraction(5))) == "(5;-]"
    assert ends(bounded("<=", Fraction(5))) == "[-;5]"


def test_writings_are_called_as_in_layout_files() -> None:
    assert [Writing(name) for name in ("vi", "en", "either")] == [VI, EN, EITHER]


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        (0.7 + 0.1, "0.8"), (80.5, "80.5"), (5, "5"), (123456789012345678, "123456789012345678"),
        (1e-7, "0.0000001"), (-0.805, "-0.805"), (123456789.123456789, "123456789.123457"),
        (2.675, "2.675"), (999999999999999.0, "999999999999999"), (1 / 3, "0.333333333333333"),
    ],
)  # fmt: skip
def test_a_stored_number_is_what_a_spreadsheet_shows(stored: float, shown: str) -> None:
    assert from_spreadsheet(stored) == Fraction(shown)


def test_a_percentage_behind_a_pair_is_read_in_the_way_that_fits_it() -> None:
    assert [one.over for one in readings("3/4 (75.000%)")] == [4]
    assert readings("> 3/4 (75%)") == ()


@pytest.mark.parametrize(
    ("before", "after", "percent"), [("", "/4", True), ("1", "", False), ("-", "", False), ("", " /", False)]
)
def test_words_around_a_number_that_make_no_sense(before: str, after: str, percent: bool) -> None:
    assert framed(before, Fraction(3), after, percent=percent) == ()


def test_a_percent_sign_around_a_number_counts() -> None:
    assert [one.percent for one in framed("", Fraction(3), "%")] == [True]
    assert [one.percent for one in framed("", Fraction(3), "", percent=True)] == [True]
    assert [one.percent for one in framed("≥ ", Fraction(3), " người")] == [False]


@pytest.mark.parametrize(
    "text", ["[5;5]", "[1/3;1/3]", "[2;7]", "(2;7]", "[2;7)", "[-;3]", "[-;3)", "[4;-]", "(4;-]", "[-;-]"]
)
def test_an_amount_goes_from_process_to_process(text: str) -> None:
    sent = amount(text)
    got = pickle.loads(pickle.dumps(sent))  # noqa: S301 - our own
    assert got == sent


def test_a_reading_goes_from_process_to_process() -> None:
    for sent in readings("12/15 người"):
        assert pickle.loads(pickle.dumps(sent)) == sent  # noqa: S301 - our own


def test_an_exact_amount_of_a_whole_number_is_a_fraction() -> None:
    assert isinstance(Amount.exact(5).low, Fraction)
