"""What a draft's comments say of last year: its goals and what was reached, never more than is known."""

from datetime import date
from fractions import Fraction

from rehabplan import figures
from rehabplan.actuals.model import State
from rehabplan.assess import Result
from rehabplan.i18n import N_, _, ngettext
from rehabplan.numbers import UNKNOWN, Amount
from rehabplan.plan.goal import Comparator
from rehabplan.plan.model import Kind, Target
from rehabplan.table import STATUS_WORDS, actual_text, percent_text
from rehabplan.verdict import Status

_NONE, _ALL = Fraction(0), Fraction(100)


def goal_words(target: Target, year: int) -> str:
    """Return a goal as the plan writes it: "1700", "> 80%", "to be done by 2024-06-30"."""
    goal = target.goal_of(year)
    if goal.comparator is not Comparator.DONE:
        return goal.text
    return _("to be done by {day}").format(day=figures.day(target.due)) if target.due else _("to be done")


def reached_words(result: Result, cutoff: date) -> str:
    """Return what was reached by a cut-off: "reached 1,612 (94.8%) by 2024-12-31: missed"."""
    day = figures.day(cutoff)
    if result.actual.state in _WITHOUT_FIGURE:
        said = _(_WITHOUT_FIGURE[result.actual.state]).format(day=day)
    elif result.target.kind is Kind.MILESTONE:
        said = _milestone(result, day)
    else:
        said = _figure(result, day)
    if result.status in (Status.MET, Status.MISSED):
        said += f": {_(STATUS_WORDS[result.status][1])}"
    sites = result.sites
    if sites is not None and 0 < sites.reported < sites.count:
        text = ngettext("{silent} of {count} site silent", "{silent} of {count} sites silent", sites.count)
        said += "; " + text.format(silent=sites.count - sites.reported, count=sites.count)
    return said


_WITHOUT_FIGURE = {
    State.NOT_REPORTED: N_("not reported by {day}"),
    State.NOT_DUE: N_("not reported by {day}, and not due yet"),
    State.NOT_APPLICABLE: N_("not applicable by {day}: 0 of 0"),
    State.REJECTED: N_("the figure reported by {day} was rejected"),
}


def _milestone(result: Result, day: str) -> str:
    value = result.actual.amount.value if result.actual.amount else None
    if value is None:
        return _("{shown} by {day}").format(shown=_in_words(actual_text(result)), day=day)
    text = _("reported as done by {day}") if value == 1 else _("reported as not done by {day}")
    return text.format(day=day)


def _figure(result: Result, day: str) -> str:
    amount, part = result.actual.amount, result.actual.numerator
    if amount in (None, UNKNOWN) and part in (None, UNKNOWN):
        return _("reported by {day}, but not as a number").format(day=day)
    if part is not None and result.actual.denominator in (None, UNKNOWN):
        text = _("reached {part} of a number that is not known, by {day}")
        return text.format(part=_in_words(figures.bounds(part)), day=day)
    whole = result.actual.denominator
    if amount is not None and amount.value is None and part is not None and whole is not None:
        args = {
            "part": _in_words(figures.bounds(part)),
            "whole": _in_words(figures.bounds(whole)),
            "day": day,
        }
        if amount.within(_NONE, _ALL) in (Amount(_NONE, _ALL), UNKNOWN):
            return _("reached {part} of {whole} by {day}").format(**args)
        share = _in_words(figures.bounds(amount, against=result.aim, tail="%"))
        return _("reached {part} of {whole} ({share}) by {day}").format(**args, share=share)
    text = _in_words(actual_text(result))
    percent = "" if result.target.kind.is_share else _in_words(percent_text(result))
    return _("reached {shown} by {day}").format(shown=f"{text} ({percent})" if percent else text, day=day)


def _in_words(text: str) -> str:
    """Return bounds in words: "≥ 664" is "at least 664", "2 – 3" is "2 to 3"."""
    words = {"≥ ": _("at least "), "> ": _("more than "), "≤ ": _("at most "), "< ": _("less than ")}
    for sign, word in words.items():
        text = text.replace(sign, word)
    return text.replace(" – ", _(" to "))
