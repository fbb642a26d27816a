"""How an unquoted YAML scalar is read: as it stands, or not at all (design.md §3)."""

import re
from datetime import date
from decimal import Decimal

from rehabplan.i18n import _
from rehabplan.plan.goal import ambiguous
from rehabplan.problems import Code, Problem, problem

_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9]\d*)\.\d+", re.ASCII)
_AMBIGUOUS = re.compile(r"[-+]?[1-9]\d*\.\d{3}", re.ASCII)
_OCTAL = re.compile(r"[-+]?0[\d_]+|0o[0-7]+", re.ASCII)
_BASE_60 = re.compile(r"[-+]?\d+(?::[0-5]?\d)+(?:\.\d*)?", re.ASCII)
_NUMBER_LIKE = re.compile(
    r"[-+]?(?:\d[\d_]*\.?[\d_]*(?:e[-+]?\d+)?|\.\d+|\.inf|0x[\da-f]+|0b[01]+|\.nan"
    r"|[1-9]\d{0,2}(?:[.,]\d{3})+(?:[.,]\d+)?|\d+,\d+)",
    re.IGNORECASE | re.ASCII,
)
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)


_BEGIN_NUMBERS = frozenset("+-.0123456789")


def read_scalar(text: str) -> tuple[object, Problem | None]:
    """Read an unquoted scalar as it stands: null, true, false, whole or decimal number, date, text.

    Returns:
        the value, and what is wrong with it, without its place.
    """
    lowered = text.casefold()
    if lowered in ("", "null", "~"):
        return None, None
    if lowered in ("true", "false"):
        return lowered == "true", None
    if lowered in ("yes", "no", "on", "off", "y", "n"):
        return None, problem(Code.YES_NO, found=text)
    if text[0] not in _BEGIN_NUMBERS:
        return text, None
    if _INT.fullmatch(text):
        return (int(text), None) if len(text) <= 30 else (None, _bad_number(text))  # noqa: PLR2004 - no count has 30 digits
    if _AMBIGUOUS.fullmatch(text):
        error = ambiguous(text)
        return None, problem(error.code, **error.args_of_code)
    if _DECIMAL.fullmatch(text) and len(text) <= 30:  # noqa: PLR2004
        return Decimal(text), None
    return _doubtful(text)


def _doubtful(text: str) -> tuple[object, Problem | None]:
    if len(text) > 60:  # noqa: PLR2004 - longer than any date, time or number that is meant
        number = text[:60].strip("+-").replace(",", "").replace(".", "").replace(":", "").isdecimal()
        return (None, _bad_number(text)) if number else (text, None)
    dated = _DATE.fullmatch(text)
    if dated:
        try:
            return date(int(dated[1]), int(dated[2]), int(dated[3])), None
        except ValueError:
            return None, problem(Code.NO_SUCH_DATE, found=text)
    if _OCTAL.fullmatch(text):
        sign = "-" if text.startswith("-") else ""
        digits = text.lstrip("+-0o_").replace("_", "") or "0"
        octal = sign + str(int(digits, 8)) if set(digits) <= set("01234567") else _("a text")
        plain = octal if "o" in text else sign + digits
        return None, problem(Code.LEADING_ZERO, found=text, other=octal, plain=plain)
    if _BASE_60.fullmatch(text):
        seconds = 0
        for part in text.lstrip("+-").split(".")[0].split(":"):
            seconds = seconds * 60 + int(part)
        return None, problem(Code.SEXAGESIMAL, found=text, other=str(seconds))
    if _NUMBER_LIKE.fullmatch(text):
        return None, _bad_number(text)
    return text, None


def _bad_number(text: str) -> Problem:
    shown = text if len(text) <= 40 else text[:40] + "…"  # noqa: PLR2004 - fits a terminal line
    return problem(Code.NUMBER_WRITING, found=shown)
