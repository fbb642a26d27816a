"""Which period a report is judged at: by flag, else by title or heading, else by file name."""

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from rehabplan import figures
from rehabplan.actuals.model import Clue
from rehabplan.i18n import N_, _
from rehabplan.period import Period, PeriodClue, period_of, period_until
from rehabplan.periodwords import label_words, short_words
from rehabplan.plan.model import Plan
from rehabplan.problems import Code, Message, Problem, RehabplanError, message, problem


class Choice(Struct, frozen=True):
    """A period, who said so, and which other hints disagree."""

    period: Period
    said: Message
    problems: tuple[Problem, ...] = ()


def choose_period(
    plan: Plan, clues: Sequence[Clue], label: str | None = None, as_of: date | None = None
) -> Choice:
    """Choose the period of a report for a plan.

    Args:
        plan: gives the year and the convention.
        clues: what titles, headings and the file name say, in that order.
        label: the canonical label of `--period`.
        as_of: the cut-off of `--as-of`.

    Raises:
        RehabplanError: nothing says which period it is, or the cut-off lies outside the year.
    """
    if label or as_of:
        used = PeriodClue(label, as_of)
        said = message(N_("the period is the one asked for"))
    else:
        telling = [clue for clue in clues if clue.clue.label or clue.clue.cutoff]
        if not telling:
            raise RehabplanError([*_other_years(plan, clues), problem(Code.NO_PERIOD)])
        # A date is more exact than a label: "9 months" with "until 14/9/2024" ends on 14/9.
        first = next((clue for clue in telling if clue.clue.cutoff), telling[0])
        used = first.clue
        said = message(N_("the period is read from '{text}' ({where})"), text=first.text, where=first.where)
    period = _period(plan, used)
    if not period.first <= period.cutoff <= period.last:
        outside = problem(
            Code.AS_OF_OUTSIDE, None, found=figures.day(period.cutoff),
            first=figures.day(period.first), last=figures.day(period.last),
        )  # fmt: skip
        years = [] if as_of else list(_other_years(plan, clues))
        raise RehabplanError(years or [outside])
    differing = _differing(clues, period, asked=bool(label or as_of))
    return Choice(period, said, (*_other_years(plan, clues), *differing))


def _period(plan: Plan, clue: PeriodClue) -> Period:
    if clue.cutoff is not None:
        return period_until(clue.cutoff, plan.year, plan.convention)
    return period_of(clue.label or "year", plan.year, plan.convention)


def _other_years(plan: Plan, clues: Sequence[Clue]) -> Iterator[Problem]:
    if any(clue.clue.year == plan.year for clue in clues):
        return  # a table of another year beside this year's is put aside where it stands
    told: set[int] = set()
    for clue in clues:
        if clue.clue.year is not None and clue.clue.year != plan.year and clue.clue.year not in told:
            told.add(clue.clue.year)
            yield problem(
                Code.OTHER_YEAR, clue.where, found=clue.clue.year, found_from=f"'{clue.text}'",
                year=plan.year,
            )  # fmt: skip


def _differing(clues: Sequence[Clue], period: Period, *, asked: bool) -> Iterator[Problem]:
    used = short_words(period)
    used_from = _("on the command line") if asked else _("in the report")
    for clue in clues:
        if not clue.clue.agrees(period):
            label, cutoff = clue.clue.label, clue.clue.cutoff
            other = figures.day(cutoff) if cutoff else label_words(label) if label else ""
            if clue.clue.start is not None and clue.clue.start != period.first:
                other = _("a year from {day} on").format(day=figures.day(clue.clue.start))
            yield problem(
                Code.PERIODS_DIFFER, clue.where, used=used, used_from=used_from,
                other_from=f"'{clue.text}'", other=other,
            )  # fmt: skip
