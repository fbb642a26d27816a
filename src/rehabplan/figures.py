"""How exact figures are printed: rounded late, never against the verdict, and as the language writes them."""

from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal, getcontext, localcontext
from fractions import Fraction
from math import ceil

from rehabplan import i18n
from rehabplan.i18n import language
from rehabplan.numbers import Amount

MOST_DIGITS = 6
NOTHING = Fraction(0)
_SWAPPED = str.maketrans(",.", ".,")


def rounded(
    value: Fraction, digits: int, against: Fraction | None = None, rounding: str = ROUND_HALF_UP, tie: int = 0
) -> Decimal:
    """Return `value` rounded half up, or as `rounding` says, to `digits` decimals.

    Where rounding would carry the value onto or across `against` (the threshold that its verdict
    was judged by), it is rounded the other way instead. `tie` says with which side the threshold itself
    goes: 1 what is above it, -1 what is below it, 0 with neither.
    """
    nearest = _quantized(value, digits, rounding)
    if against is None or _side(value, against, tie) == _side(Fraction(nearest), against, tie):
        return nearest
    return _quantized(value, digits, ROUND_FLOOR if _side(value, against, tie) < 0 else ROUND_CEILING)


def _quantized(value: Fraction, digits: int, rounding: str) -> Decimal:
    scaled = value * 10**digits
    down, rest = divmod(scaled.numerator, scaled.denominator)
    up = rest * 2 >= scaled.denominator if rounding == ROUND_HALF_UP else rounding == ROUND_CEILING
    whole = down + 1 if rest and up else down
    needed = len(str(abs(whole))) + 1
    if needed <= getcontext().prec:
        return Decimal(whole).scaleb(-digits)
    with localcontext() as context:
        context.prec = needed
        return Decimal(whole).scaleb(-digits)


def _side(value: Fraction, against: Fraction, tie: int = 0) -> int:
    return (value > against) - (value < against) or tie


def number(
    value: Fraction,
    digits: int = 1,
    against: Fraction | None = None,
    rounding: str = ROUND_HALF_UP,
    tie: int = 0,
) -> str:
    """Print a number with at most `digits` decimals, more where fewer would contradict the verdict.

    79.96 judged against 80 prints 79.96, not 80.0 (design.md §3). In Vietnamese 1,234.5 is 1.234,5: for
    people only, and never to be read back; `plain` is for programs.
    """
    return written(_number(value, digits, against, rounding, tie))


def written(text: str) -> str:
    """Return a number that is written the English way, 1,234.5, as the language in use writes it."""
    return text.translate(_SWAPPED) if language() == "vi" else text


def _number(
    value: Fraction, digits: int, against: Fraction | None = None, rounding: str = ROUND_HALF_UP, tie: int = 0
) -> str:
    if value.denominator == 1:
        return f"{value.numerator:,d}"
    used = digits
    while against is not None and used < MOST_DIGITS:
        shown = (Fraction(_quantized(value, used, way)) for way in (ROUND_HALF_UP, rounding))
        if all(_side(one, against, tie) == _side(value, against, tie) for one in shown):
            break
        used += 1
    text = f"{rounded(value, used, against, rounding, tie):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def least_decimals(value: Fraction, digits: int, against: Iterable[Fraction]) -> int | None:
    """Return the fewest decimals, `digits` at least, that keep a value on its side of thresholds.

    Rounded half up, as programs do. None where six are not enough.
    """
    for used in range(digits, MOST_DIGITS + 1):
        shown = Fraction(_quantized(value, used, ROUND_HALF_UP))
        if all(_side(shown, one) == _side(value, one) for one in against):
            return used
    return None


def decimals(value: Fraction, digits: int = 1, against: Fraction | None = None) -> int | None:
    """Return with how many decimals `number` prints a value, for a program that rounds by itself.

    None where half-up rounding to six decimals would still carry it onto or across `against`.
    """
    used = least_decimals(value, digits, () if against is None else (against,))
    if used is None:
        return None
    text = f"{_quantized(value, used, ROUND_HALF_UP):f}"
    return len(text.rstrip("0").partition(".")[2]) if "." in text else 0


def plain(value: Fraction, digits: int = MOST_DIGITS) -> str:
    """Print a number as plan files and programs do in every language: 1234.5."""
    return _number(value, digits).replace(",", "")


def whole(value: int) -> str:
    """Print a whole number, for example 1,700."""
    return written(f"{value:,d}")


def percent(value: Fraction, digits: int = 1, against: Fraction | None = None) -> str:
    """Print a percentage, for example 98.4%."""
    return number(value, digits, against) + "%"


def signed(value: Fraction, digits: int = 1) -> str:
    """Print a difference with its sign: +500, -0.04; never rounded to nothing."""
    return ("-" if value < 0 else "+") + number(abs(value), digits, NOTHING)


def signed_percent(value: Fraction) -> str:
    """Print a difference in percent with its sign: +41.7%."""
    return signed(value) + "%"


def up(value: Fraction) -> Fraction:
    """Return the next whole number (design.md §4: needed per month)."""
    return Fraction(ceil(value))


def whole_up(value: Fraction) -> str:
    """Print a number rounded up to the next whole one (design.md §4: needed per month)."""
    return whole(ceil(value))


def bounds(
    amount: Amount, digits: int = 1, against: Fraction | None = None, tail: str = "", tie: int = 0
) -> str:
    """Print an amount: "664", "≥ 664", "> 650", "600 – 650", "?" where nothing is known.

    Bounds are rounded away from each other, so that what is printed is true of the amount.
    """
    if amount.value is not None:
        return number(amount.value, digits, against, tie=tie) + tail
    low = None if amount.low is None else number(amount.low, digits, against, ROUND_FLOOR, tie) + tail
    high = None if amount.high is None else number(amount.high, digits, against, ROUND_CEILING, tie) + tail
    if low is not None and high is not None and not (amount.low_open or amount.high_open):
        return f"{low} – {high}"
    if low is not None and high is not None:
        return f"{'>' if amount.low_open else '≥'} {low}, {'<' if amount.high_open else '≤'} {high}"
    if low is not None:
        return ("> " if amount.low_open else "≥ ") + low
    if high is not None:
        return ("< " if amount.high_open else "≤ ") + high
    return "?"


def one_end(amount: Amount) -> tuple[Fraction, str] | None:
    """Return an amount as one number and the sign before it, "" where it is exact.

    None for a range between two ends, and where nothing is known.
    """
    if amount.value is not None:
        return amount.value, ""
    if amount.low is not None and amount.high is None:
        return amount.low, "> " if amount.low_open else "≥ "
    if amount.high is not None and amount.low is None:
        return amount.high, "< " if amount.high_open else "≤ "
    return None


day = i18n.day
