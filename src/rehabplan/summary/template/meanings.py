"""Which fact a column of an office's own table asks for, by its heading; None of them is guessed."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from rehabplan.actuals.headers import Column
from rehabplan.actuals.roles import Role
from rehabplan.i18n import N_
from rehabplan.period import clue_in_title
from rehabplan.problems import Message, message
from rehabplan.summary.facts import Facts
from rehabplan.text import key

NUMBER = "#"
"""The rows' own numbers, which are no fact of a target."""
_SAME = {
    Role.NUMBER: NUMBER, Role.LABEL: "name", Role.ID: "id", Role.UNIT: "unit", Role.GOAL: "goal",
    Role.YEAR_TO_DATE: "actual", Role.ACTUAL: "actual", Role.AT_DATE: "actual",
    Role.NUMERATOR: "numerator", Role.DENOMINATOR: "denominator",
}  # fmt: skip
_PERCENT = re.compile(r"kế hoạch|\bkh\b|mục tiêu|chỉ tiêu|hoàn thành|\bplan\b|\bgoal\b")
_BARE_PERCENT = re.compile(r"(?:đạt )?(?:tỉ lệ|phần trăm|percent)?(?: đạt(?: được)?)? ?%?")
_ALONE = re.compile(r"\bquý\b|\b(?:trong|của) (?:kì|tháng)\b|\btháng (?:báo cáo|này)|\bkì (?:này|báo cáo)")
"""Words of a quarter or month alone, where no number follows."""
_MORE = re.compile(r"tăng|giảm|chênh lệch")
_OWN: tuple[tuple[str, str], ...] = (
    (r"trạng thái|đánh giá|^status$", "status"),
    (r"tiến độ cần đạt|cần đạt theo tiến độ|^expected$", "expected"),
    (r"cần mỗi tháng|mỗi tháng cần|bình quân tháng còn lại", "needed"),
    (r"nhận xét", "sentence"),
    (r"chủ trì", "lead"),
    (r"^ghi chú$|^(?:remarks?|notes?)$", "remark"),
)


class Meaning(Struct, frozen=True):
    """What a column asks for: a fact, or the reason why it stays as it is."""

    column: Column
    fact: str = ""
    reason: Message | None = None


def meanings(columns: Sequence[Column], facts: Facts) -> list[Meaning]:
    """Return what each column asks for; of two that ask for the same neither is filled in."""
    found = [_meaning(column, facts) for column in columns if column.heading]
    counts = Counter(one.fact for one in found if one.fact)
    twice = message(N_("another column asks for the same figure, and they cannot both be meant"))
    return [
        Meaning(one.column, reason=twice) if counts[one.fact] > 1 and one.fact != "name" else one
        for one in found
    ]


def _meaning(column: Column, facts: Facts) -> Meaning:
    reason = next(_reasons(column, facts), None)
    if reason is not None:
        return Meaning(column, reason=reason)
    fact = _fact(column, facts)
    unknown = message(N_("its heading does not say for certain what it asks for"))
    return Meaning(column, fact) if fact else Meaning(column, reason=unknown)


def _fact(column: Column, facts: Facts) -> str:
    words, role = key(column.heading.split(" / ")[-1]), column.role
    own = next((fact for pattern, fact in _OWN if re.search(pattern, words)), "")
    if own and role in (None, Role.NOTE, Role.COMPARISON, Role.OTHER, Role.ESTIMATE):
        return own
    if role is Role.GOAL and re.search(r"lũy kế|tiến độ", key(column.heading)):
        return "expected"
    if role is Role.COMPARISON:
        bare = " ".join(re.sub(r"[^\w%]+", " ", words).split())
        percent = _PERCENT.search(key(column.heading)) or _BARE_PERCENT.fullmatch(bare)
        return "percent" if percent and "vượt" not in words and not _MORE.search(words) else ""
    if role is Role.OTHER:
        return "gap" if re.search(r"còn (?:lại|phải|thiếu)|^thiếu", words) else ""
    if role is Role.EARLIER:
        return _earlier(key(column.heading)) if facts.before else ""
    return _SAME.get(role, "") if role else ""


def _earlier(words: str) -> str:
    """Return what a column of the earlier year asks for: the figure, or how much more there is now.

    "So với cùng kỳ (%)" may be 105 % of it or 5 % more: that is not guessed.
    """
    if "cùng kì" not in words:
        return ""
    if _MORE.search(words):
        return "change_percent" if "%" in words else "change"
    return "" if re.search(r"so với|so sánh|%|tỉ lệ", words) else "previous"


def _reasons(column: Column, facts: Facts) -> Iterator[Message]:
    """Yield why a column's figures are not those of the assessment."""
    role, period = column.role, facts.assessment.period
    if role is Role.IN_PERIOD or (role is Role.ACTUAL and _ALONE.search(key(column.heading))):
        yield message(N_("it asks for the figures of the period alone; known are those of the year to date"))
    if role is Role.EVER:
        yield message(N_("it asks for the figures since the beginning; known are those of the year to date"))
    if role is Role.ESTIMATE:
        yield message(N_("it asks for an estimate, and none is made"))
    if role is Role.EARLIER and facts.before is None:
        yield message(N_("it asks for figures of an earlier year; add them with --previous"))
    clue = clue_in_title(column.heading)
    if clue is None or role is Role.EARLIER:
        return
    if clue.year not in (None, period.year):
        yield message(N_("it asks for figures of {year}"), year=clue.year)
    elif role is Role.GOAL and clue.label not in (None, "year"):
        yield message(N_("it asks for the goal of a part of the year, and the plan has that of the year"))
    elif role is not Role.GOAL and not clue.agrees(period):
        yield message(N_("its heading names another period than that of the figures"))
