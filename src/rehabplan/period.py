"""Reporting periods: labels, conventions and cut-offs, and the shares of a year they make.

Administrative periods: Nghị định 09/2019/NĐ-CP, article 12 (a year runs from 15/12 to 14/12).
Calendar periods: Nghị định 60/2018/NĐ-CP. Design.md §4: a label sets only the cut-off.
"""

import re
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from msgspec import Struct

from rehabplan.i18n import N_
from rehabplan.text import clean, closest, folded


class Convention(StrEnum):
    """Which days make a year: 1/1–31/12, or 15/12–14/12."""

    CALENDAR = N_("calendar")
    ADMINISTRATIVE = N_("administrative")


MONTHS_OF_LABEL = {"q1": 3, "6m": 6, "9m": 9, "year": 12, **{f"m{n}": n for n in range(1, 13)}}
_SAME_LABEL = {f"{n}m": f"m{n}" for n in range(1, 12)} | {
    "q2": "6m", "q3": "9m", "q4": "year", "3m": "q1", "6m": "6m", "9m": "9m", "12m": "year", "y": "year",
}  # fmt: skip
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_SPOKEN = (
    (r"(?:quy|quarter|q) ?([1-4]|i{1,3}|iv)", "q{}"),
    (r"(\d\d?) ?(?:t|thang|m|months?)?(?: dau nam)?", "{}m"),
    (r"(?:t|thang|month|m) ?(\d\d?)", "m{}"),
    (r"(?:ca )?nam|full year|annual", "year"),
)
"""How offices name periods, without marks, and the label that each is likely to mean."""


def canonical_label(text: str) -> str | None:
    """Return q1, 6m, 9m, year or m1…m12 for a period's label, or None where it is none."""
    lowered = text.strip().casefold()
    label = _SAME_LABEL.get(lowered, lowered)
    return label if label in MONTHS_OF_LABEL else None


def likely_label(text: str) -> str | None:
    """Return the label that a text is likely to mean, to be offered as a question: 9t (tháng) for 9m."""
    typed = folded(text)
    for words, form in _SPOKEN:
        found = re.fullmatch(words, typed)
        if found:
            guess = form.format(_ROMAN.get(found[1], found[1]) if found.lastindex else "")
            return guess if canonical_label(guess) else None
    return closest(text, ("year", *MONTHS_OF_LABEL, "q2", "q3", "q4"), cutoff=0.6)


class Period(Struct, frozen=True):
    """The part of a plan's year that figures cover: from its first day to the cut-off."""

    year: int
    cutoff: date
    convention: Convention
    label: str | None = None

    @property
    def first(self) -> date:
        """The year's first day in its convention."""
        return year_days(self.year, self.convention)[0]

    @property
    def last(self) -> date:
        """The year's last day in its convention."""
        return year_days(self.year, self.convention)[1]

    @property
    def days(self) -> int:
        """Days of the whole year."""
        return (self.last - self.first).days + 1

    @property
    def days_elapsed(self) -> int:
        """Days from the year's first to the cut-off, both counted."""
        return (self.cutoff - self.first).days + 1

    @property
    def elapsed(self) -> Fraction:
        """Share of the year that has passed, 0 to 1."""
        return Fraction(self.days_elapsed, self.days)

    @property
    def over(self) -> bool:
        """Whether the year has ended at the cut-off."""
        return self.cutoff >= self.last

    @property
    def months_left(self) -> Fraction:
        """Months from the cut-off to the year's end, a month being a twelfth of the year."""
        return Fraction((self.last - self.cutoff).days * 12, self.days)


def year_days(year: int, convention: Convention) -> tuple[date, date]:
    """Return the first and last day of a plan's year."""
    if convention is Convention.CALENDAR:
        return date(year, 1, 1), date(year, 12, 31)
    return date(year - 1, 12, 15), date(year, 12, 14)


def cutoff_of(label: str, year: int, convention: Convention) -> date:
    """Return the last day of the period `label` (canonical): 30/9 or 14/9 for 9m."""
    month = MONTHS_OF_LABEL[label]
    if convention is Convention.ADMINISTRATIVE:
        return date(year, month, 14)
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def period_of(label: str, year: int, convention: Convention) -> Period:
    """Return the period that a canonical label names in a plan's year."""
    return Period(year, cutoff_of(label, year, convention), convention, label)


def period_until(cutoff: date, year: int, convention: Convention) -> Period:
    """Return the period up to a date, labelled where the date is a label's cut-off."""
    for label in ("q1", "6m", "9m", "year", *(f"m{n}" for n in range(1, 13))):
        if cutoff_of(label, year, convention) == cutoff:
            return Period(year, cutoff, convention, label)
    return Period(year, cutoff, convention)


class Span(Struct, frozen=True):
    """The months that a column's own words name: 7 to 9 for "quý III", 1 to 9 for "9 tháng"."""

    first: int
    last: int

    def days(self, year: int, convention: Convention) -> tuple[date, date]:
        """Return the first and last day of the months in a year of this convention."""
        until = cutoff_of(f"m{self.last}", year, convention)
        if self.first == 1:
            return year_days(year, convention)[0], until
        return cutoff_of(f"m{self.first - 1}", year, convention) + timedelta(days=1), until


class PeriodClue(Struct, frozen=True):
    """What a title or a file name says about the period: any of label, cut-off and year."""

    label: str | None = None
    cutoff: date | None = None
    year: int | None = None
    start: date | None = None

    def agrees(self, period: Period) -> bool:
        """Tell whether a period can be the one meant; a label fits the cut-off of any convention."""
        if self.start is not None and self.start != period.first:
            return False
        if self.cutoff is not None:
            return self.cutoff == period.cutoff
        if self.label is None:
            return True
        return any(cutoff_of(self.label, period.year, one) == period.cutoff for one in Convention)


_DATE = (
    r"(?P<day>\d{1,2})(?:\s*[/.-]\s*|\s+tháng\s+)(?P<month>\d{1,2})"
    r"(?:\s*[/.-]\s*|\s+năm\s+)(?P<year>\d{4})"
)
_UNTIL = re.compile(rf"đến (?:hết )?(?:ngày )?{_DATE}")
_FROM = re.compile(rf"từ (?:ngày )?{_DATE}(?= đến)")
_ANY_DATE = re.compile(_DATE)
_ISO = r"(?P<{0}year>20\d\d)-(?P<{0}month>\d\d)-(?P<{0}day>\d\d)(?!\d)"
_FROM_TO = re.compile(rf"(?<!\d){_ISO.format('first_')} to {_ISO.format('')}")
"""As our own forms in English write it: (2024-01-01 to 2024-09-30)."""
_OF_A_YEAR = r"(?= of 20\d\d| \(20\d\d-)"
_TITLE_LABELS = (
    (re.compile(r"qu[ýí] (i{1,3}|iv|[1-4])(?!\w)"), lambda m: f"q{_ROMAN.get(m[1], m[1])}"),
    (re.compile(r"(?<!\w)0?([1-9]|1[0-2]|ba|sáu|chín) tháng(?! cuối năm)"),
     lambda m: {"ba": "3", "sáu": "6", "chín": "9"}.get(m[1], m[1]) + "m"),
    (re.compile(r"(?<!\w)([1-9]|1[0-2])t(?=\s*[/-]?\s*20\d\d)"), lambda m: f"{m[1]}m"),
    (re.compile(r"(?<!từ )(?<!\w)tháng (1[0-2]|0?[1-9])(?!\d)"), lambda m: f"m{int(m[1])}"),
    (re.compile(r"(?<!\w)cả năm(?!\w)"), lambda _: "year"),
    (re.compile(rf"(?<!\w)(1[0-2]|[1-9]|three|six|nine|twelve) months{_OF_A_YEAR}"),
     lambda m: {"three": "3", "six": "6", "nine": "9", "twelve": "12"}.get(m[1], m[1]) + "m"),
    (re.compile(rf"(?<!\w)(first|second|third|fourth) quarter{_OF_A_YEAR}"),
     lambda m: {"first": "q1", "second": "q2", "third": "q3", "fourth": "q4"}[m[1]]),
    (re.compile(r"(?<!\w)(?:whole|full) year(?= \(20\d\d-)"), lambda _: "year"),
    (re.compile(r"tổng kết[^,;]{0,60}\bnăm (?=20\d\d)"), lambda _: "year"),
)  # fmt: skip
_DAY = re.compile(r"đến (?:hết )?(?:ngày )?(\d{1,2})/(\d{1,2})(?![/\d])")


def day_in(heading: str, year: int) -> date | None:
    """Return the day of a year that a heading names without the year: "đến 30/6"."""
    found = _DAY.search(clean(heading).casefold())
    try:
        return date(year, int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None


_QUARTER = re.compile(r"(?<!\w)(?:qu[ýí]|q)[ .]?(i{1,3}|iv|[1-4])(?!\w)")
_MONTH = re.compile(r"(?<!\w)(?:tháng |t)(1[0-2]|0?[1-9])(?!\w)")


def span_in(text: str) -> Span | None:
    """Return the quarter or month that a heading names by itself: "quý III", "Q3", "tháng 9", "T9"."""
    lowered = _ANY_DATE.sub(" ", clean(text).casefold())
    if "6 tháng cuối" in lowered:
        return Span(7, 12)
    quarter = _QUARTER.search(lowered)
    if quarter:
        last = 3 * int(_ROMAN.get(quarter[1], quarter[1]))
        return Span(last - 2, last)
    month = _MONTH.search(lowered)
    return Span(int(month[1]), int(month[1])) if month else None


_MEANT = re.compile(r"trong (?:kỳ |kì )?(qu[ýí]|tháng)(?! \d| i)|(qu[ýí]|tháng) (?:này|báo cáo)")


def span_meant(heading: str, period: Period) -> Span | None:
    """Return the quarter or month until a period's end that "trong tháng", "quý báo cáo" mean by it."""
    found = _MEANT.search(clean(heading).casefold())
    month = MONTHS_OF_LABEL.get(period.label or "")
    if found is None or month is None:
        return None
    if (found[1] or found[2]) == "tháng":
        return Span(month, month)
    return Span(month - 2, month) if month % 3 == 0 else None


_LONGEST_TITLE = 1_000
"""Characters of a title that are looked at; what follows is a text with a title before it."""
_COMPARED = re.compile(r"(?:so sánh với|so với|cùng kỳ|cùng kì).*")
_PLANNED_NEXT = re.compile(r"(?:kế hoạch|phương hướng|nhiệm vụ|dự kiến)(?!.*(?:kết quả|thực hiện|báo cáo))")
_YEAR = re.compile(r"(?:năm |/|(?:months|quarter) of )(20\d\d)(?!\d)")


@lru_cache(maxsize=1 << 12)
def clue_in_title(text: str) -> PeriodClue | None:
    """Find the period in a title such as "9 tháng đầu năm 2024" or "tính đến 15/11/2024".

    Other dates (of a letter, of a signature) say nothing about the period.
    """
    lowered = clean(text[:_LONGEST_TITLE]).casefold()
    cutoff = None
    from_to = _FROM_TO.search(lowered)
    until = _UNTIL.search(lowered) or from_to
    if until:
        try:
            cutoff = date(int(until["year"]), int(until["month"]), int(until["day"]))
        except ValueError:
            cutoff = None
    rest = _ANY_DATE.sub(" ", _COMPARED.sub(" ", lowered))
    found = _YEAR.search(rest)
    year = cutoff.year if cutoff else int(found[1]) if found else None
    label = None
    found_labels = sorted(
        (match.start(), canonical_label(label_of(match)))
        for pattern, label_of in _TITLE_LABELS
        for match in pattern.finditer(rest)
    )
    if found_labels:
        # "Plan for quarter IV and results of quarter III": the results count, else what stands first.
        reported = [label for start, label in found_labels if not _PLANNED_NEXT.search(rest[:start])]
        label = (reported or [found_labels[0][1]])[0]
    return PeriodClue(label, cutoff, year, _start_in(lowered)) if label or cutoff or year else None


def _start_in(lowered: str) -> date | None:
    """Return the first day that "từ 15/12/2023 đến …" and "2023-12-15 to …" name."""
    found = _FROM.search(lowered)
    parts = found.group("year", "month", "day") if found else None
    if found is None and (spanned := _FROM_TO.search(lowered)):
        parts = spanned.group("first_year", "first_month", "first_day")
    try:
        return date(*map(int, parts)) if parts else None
    except ValueError:
        return None


_NAME_LABEL = re.compile(
    r"(?<![a-z\d])(?:(?:q|quy)[ _.-]?(?P<quarter>iv|i{1,3}|[1-4])|(?P<months>1[0-2]|[1-9])[ _.-]?"
    r"(?:m|thang)|(?:m|thang|t)[ _.-]?(?P<month>1[0-2]|0?[1-9])|(?P<year>year|ca[ _.-]?nam))(?![a-z\d])"
)


def years_in(text: str) -> list[int]:
    """Return the years from 2000 to 2099 that a text names, in its order."""
    return [int(year) for year in re.findall(r"(?<!\d)20\d\d(?!\d)", text)]


def clue_in_name(stem: str) -> PeriodClue | None:
    """Find the period in a file's name: q3, quy-iii-2024, 2024-9m, bao-cao-6-thang."""
    lowered = folded(stem).replace("_", " ")
    year = next(iter(years_in(lowered)), None)
    match = _NAME_LABEL.search(lowered)
    label = None
    if match and match["quarter"]:
        label = f"q{_ROMAN.get(match['quarter'], match['quarter'])}"
    elif match and match["months"]:
        label = f"{match['months']}m"
    elif match and match["month"]:
        label = f"m{int(match['month'])}"
    elif match:
        label = "year"
    if label is None and year is None:
        return None
    return PeriodClue(canonical_label(label) if label else None, None, year)


def span_in_name(name: str) -> Span | None:
    """Return the quarter or month alone that a file's name names: q3, quy-iii, t9; not "9m" to date."""
    match = _NAME_LABEL.search(folded(name).replace("_", " "))
    if match and match["quarter"]:
        last = 3 * int(_ROMAN.get(match["quarter"], match["quarter"]))
        return Span(last - 2, last)
    return Span(int(match["month"]), int(match["month"])) if match and match["month"] else None
