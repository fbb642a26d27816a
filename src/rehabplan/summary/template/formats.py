"""How a fact becomes a cell: a number with the cell's own format, or one that fits; else a text."""

import re
from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction

from msgspec import Struct

from rehabplan import figures
from rehabplan.actuals.formats.numberformats import Shown, number_format
from rehabplan.i18n import _
from rehabplan.summary.facts import Day, Fact, Figure, Missing, Scale

GENERAL = "General"
_TEXT = "@"
_SIGNIFICANT = 15
"""Digits that a spreadsheet keeps of a number."""
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_DATE_FORMAT = "dd/mm/yyyy"
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_DECIMALS = re.compile(r"[0#?][.]([0#?]*)")


class Content(Struct, frozen=True):
    """What a cell is to hold: a number as it is stored, or a text; and its format where it must change."""

    number: str | None = None
    text: str | None = None
    code: str | None = None


def printed(fact: Fact) -> str:
    """Return a fact as it stands within a text."""
    return fact.text


def content_of(fact: Fact, own: str, *, date1904: bool = False) -> Content:
    """Return what a cell with the number format `own` is to hold of a fact.

    A format that shows percentages gets the fraction. A format of no use ("General", of texts, of dates, of
    counts for a share) gives way to a fitting one, and so does one with too few decimals for the print to
    agree with the verdict. Only what its name calls a percentage is written in percent (51.4) where the
    format has no percent sign: the heading will have it.
    """
    if isinstance(fact, Missing):
        return Content(text=fact.cell)
    if isinstance(fact, Day):
        days = (fact.day - (_EPOCH_1904 if date1904 else _EPOCH)).days
        return Content(str(days), code=None if _shown(own) is Shown.DATE else _DATE_FORMAT)
    if not isinstance(fact, Figure):
        return Content(text=fact.text)
    return _figure(fact, own)


def _figure(fact: Figure, own: str) -> Content:
    found = figures.one_end(fact.amount)
    if found is None:
        return Content(text=fact.text)  # from 600 to 650, or nothing known
    value, sign = found
    code = _code(fact, own, value)
    as_fraction = _shown(code or own) is Shown.PERCENT
    stored = value / 100 if as_fraction else value
    if sign:
        code = f'"{sign}"{_bare(code or own) or _fitting(fact, value)}'
    return Content(decimal_text(stored), code=code)


def _code(fact: Figure, own: str, value: Fraction) -> str | None:
    """Return the format that replaces a cell's own, None where that can stay."""
    shown = _shown(own)
    if fact.scale is Scale.PLAIN and shown is None and own != _TEXT:
        return None
    if shown is None or shown in (Shown.DATE, Shown.ELAPSED):
        return _fitting(fact, value)
    share = fact.scale in (Scale.PERCENT, Scale.POINTS)
    if (shown is Shown.PERCENT) != share and not (share and fact.named_percent):
        return _fitting(fact, value)
    return None if _decimals(own) >= fact.digits else _more_decimals(fact, own, value)


def _more_decimals(fact: Figure, own: str, value: Fraction) -> str:
    """Return a format like a cell's own that shows as many decimals as the verdict needs."""
    if _shown(own) is Shown.PERCENT:
        return "0." + "0" * fact.digits + "%"
    if fact.named_percent:
        return "0." + "0" * fact.digits
    return _fitting(fact, value)


def _fitting(fact: Figure, value: Fraction) -> str:
    """Return the format for a figure in a cell without one."""
    digits = fact.digits if fact.exact else max(fact.digits, 1)
    decimals = "." + "0" * digits if digits else ""
    match fact.scale:
        case Scale.PLAIN:
            return "0"
        case Scale.PERCENT:
            code = f"0{decimals}%"
        case Scale.POINTS:
            code = f'0{decimals}" {_("pts")}"'
        case _:
            whole = value.denominator == 1 or (fact.digits == 0 and figures.decimals(value, fact.places) == 0)
            code = "#,##0" if whole else f"#,##0{decimals}"
    return f"+{code};-{code};0" if fact.signed else code


def _shown(code: str) -> Shown | None:
    """Return how a format shows numbers, None for a format that says nothing of them."""
    if code.casefold() in {"", "general", _TEXT}:
        return None
    return number_format(code).sections[0].shown


def _decimals(code: str) -> int:
    found = _DECIMALS.search(_QUOTED.sub("", code.partition(";")[0]))
    return len(found[1]) if found else 0


def _bare(code: str) -> str:
    """Return a format that a sign can be put before; nothing where it is made of several parts."""
    return "" if re.search(r'[;"\[\\_*]', code) or _shown(code) is None else code


def decimal_text(value: Fraction) -> str:
    """Return a number as a workbook stores it, with at most 15 significant digits."""
    if value.denominator == 1:
        return str(value.numerator)
    with localcontext() as context:
        context.prec = _SIGNIFICANT
        found = Decimal(value.numerator) / Decimal(value.denominator)
    return f"{found:f}".rstrip("0").rstrip(".") if "." in f"{found:f}" else f"{found:f}"
