"""Periods as people call them: "nine months of 2024"; codes such as 9m are for programs and commands."""

from rehabplan import figures
from rehabplan.i18n import N_, _
from rehabplan.period import MONTHS_OF_LABEL, Period

_OF_YEAR = {
    "q1": N_("Q1 {year}"),
    "6m": N_("six months of {year}"),
    "9m": N_("nine months of {year}"),
    "year": N_("the year {year}"),
    "m1": N_("January {year}"),
}
_ALONE = {"q1": N_("Q1"), "year": N_("full year"), "m1": N_("January")}


def label_words(label: str, year: int | None = None) -> str:
    """Return a canonical label in words, with its year where one is given.

    Figures run from the start of the year, so m5 is five months, whether a title says "tháng 5" or "5 tháng".
    """
    if year is None:
        text = _(_ALONE[label]) if label in _ALONE else _("{months} months")
    else:
        text = _(_OF_YEAR[label]) if label in _OF_YEAR else _("{months} months of {year}")
    return text.format(months=MONTHS_OF_LABEL[label], year=year)


def period_words(period: Period) -> str:
    """Return a period in words with its year: nine months of 2024; "until" its day where it has no label."""
    if period.label is None:
        return _("until {day}").format(day=figures.day(period.cutoff))
    return label_words(period.label, period.year)


def short_words(period: Period) -> str:
    """Return a period in words beside others of its year: 9 months; its day where it has no label."""
    return figures.day(period.cutoff) if period.label is None else label_words(period.label)


def heading(words: str) -> str:
    """Return words as they begin a heading or a sentence."""
    return words[:1].upper() + words[1:]
