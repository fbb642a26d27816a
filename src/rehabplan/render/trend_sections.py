"""What `trend` says around its table, in texts that the screen and plain lines share."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from msgspec.structs import replace

from rehabplan import figures
from rehabplan.assess import Result
from rehabplan.i18n import _, ngettext
from rehabplan.period import Period
from rehabplan.periodwords import heading, label_words, short_words
from rehabplan.render.trend_table import as_of_text, projection_text
from rehabplan.sections.before import before_section
from rehabplan.sections.head import reporting_text
from rehabplan.sections.model import Item, Section
from rehabplan.table import STATUS_WORDS, actual_text, goal_with_level, needed_text
from rehabplan.tablecells import Tone
from rehabplan.trend.model import Move, TargetTrend, Trend
from rehabplan.trend.projection import Rule
from rehabplan.units import unit_of
from rehabplan.verdict import Status
from rehabplan.yearbefore.model import YearBefore

_SHARE = Fraction(100)
_FEW = 10
"""Below so many a month a decimal is shown."""


def files_of(trend: Trend) -> list[str]:
    """Return the reports, each once."""
    return list(dict.fromkeys(file for one in trend.assessments for file in one.files))


def periods_text(trend: Trend) -> str:
    """Return the cut-offs and the convention in one line."""
    convention = _(trend.periods[0].convention.value)
    shown = ", ".join(_period(one.period) for one in trend.assessments)
    return _("Periods until {periods}; {convention} year").format(periods=shown, convention=convention)


def _period(period: Period) -> str:
    day = figures.day(period.cutoff)
    return f"{day} ({label_words(period.label)})" if period.label else day


def reporting_texts(trend: Trend, *, full: bool = False) -> Iterator[str]:
    """Yield for each period which sites reported; `full` names every missing one."""
    for one in trend.assessments:
        for reporting in one.reporting:
            text = reporting_text(reporting, one.scope.sites, full=full)
            yield f"{heading(short_words(one.period))}: {text}"


def unplanned_text(trend: Trend) -> str:
    """Say how many rows no target asks for; nothing where there is none."""
    count = len(trend.unplanned)
    text = ngettext(
        "{count} row of the reports is in no target of the plan; `check` lists it.",
        "{count} rows of the reports are in no target of the plan; `check` lists them.", count,
    )  # fmt: skip
    return text.format(count=count) if count else ""


def trend_sections(trend: Trend, before: Sequence[YearBefore | None]) -> Iterator[Section]:
    """Yield what a meeting asks for first, each with its heading."""
    yield from _missing(trend)
    yield from _moves(trend)
    yield from _unprojected(trend)
    yield from _before(trend, before)


def _missing(trend: Trend) -> Iterator[Section]:
    """Yield the targets that miss their goals if they go on like this, the farthest first."""
    found = trend.missing_the_goal
    judged = [one for one in trend.targets if one.projection.amount is not None]
    over = trend.periods[-1].over
    if judged and not found and not over:
        yield Section(_("At this pace no target is sure to miss its goal"), ())
    if found:
        title = _("The goal is missed ({count})") if over else _("At this pace the goal is missed ({count})")
        yield Section(
            title.format(count=len(found)) + _(", the farthest first"), tuple(_missed(one) for one in found)
        )


def _missed(one: TargetTrend) -> Item:
    symbol, _word, tone = STATUS_WORDS[one.last.result.status]
    return Item(f"{symbol} {one.target.name}: {_year_end(one)}{speed_text(one)}", tone=tone)


def _year_end(one: TargetTrend) -> str:
    """Say where the year ends: "~ 343 at year end, goal 500 (68.7% of it)"."""
    result, projection = one.basis.result, one.projection
    goal = goal_with_level(result)
    if projection.amount is None:
        return _("{actual}, goal {goal}").format(actual=actual_text(one.last.result), goal=goal)
    text = _("{amount} at year end, goal {goal}").format(amount=projection_text(one), goal=goal)
    value = projection.amount.value
    if projection.rule is Rule.PACE and value is not None and result.percent is not None and result.aim:
        share = figures.percent(value / result.aim * 100, against=_SHARE)
        text = _("{text} ({share} of it)").format(text=text, share=share)
    as_of = as_of_text(one)
    return f"{text}, {as_of}" if as_of else text


def speed_text(one: TargetTrend) -> str:
    """Say what every month must bring, and what the last period brought."""
    needed = needed_text(one.last.result)
    if not needed or one.basis is not one.last:
        return ""
    text = "; " + _("needed {needed} a month").format(needed=needed)
    result, added = one.last.result, one.last.added.value if one.last.added else None
    if added is not None and len(one.points) > 1 and one.last.added_in == result.measured_in:
        since, until = one.points[-2].period, one.last.period
        months = Fraction((until.cutoff - since.cutoff).days * 12, until.days)
        brought = _brought(added / months, result)
        text += ", " + _("brought {added} a month since {day}").format(
            added=brought, day=figures.day(since.cutoff)
        )
    return text


def _brought(monthly: Fraction, result: Result) -> str:
    """Print what a month brought beside `needed_text`: as much only where it was as much."""
    needed = result.needed_per_month or Fraction(0)
    if monthly >= needed:
        return needed_text(replace(result, needed_per_month=monthly))
    if not unit_of(result.measured_in).whole:
        return figures.number(monthly, against=needed)
    digits = 0 if abs(monthly) >= _FEW else 1
    shown = figures.rounded(monthly, digits, against=figures.up(needed)).normalize()
    return figures.written(f"{shown:,f}")


def _moves(trend: Trend) -> Iterator[Section]:
    titles = (
        (Move.FASTER, _("Speeding up ({count})"), Tone.GOOD),
        (Move.SLOWER, _("Falling back ({count})"), Tone.WARN),
    )
    for move, title, tone in titles:
        items = [Item(f"{one.target.name}: {_moved(one)}", tone=tone) for one in trend.moving(move)]
        if items:
            yield Section.counted(title, items)


def _moved(one: TargetTrend) -> str:
    """Say how the projected year end moved: "year end 412 by 6m, 343 by 9m, goal 500"."""
    before = one.before or one.basis
    earlier = TargetTrend(one.target, one.depth, (before,))
    args = {
        "then": projection_text(earlier), "first": short_words(before.period),
        "now": projection_text(one), "last": short_words(one.basis.period),
        "goal": goal_with_level(one.basis.result),
    }  # fmt: skip
    return _("year end {then} by {first}, {now} by {last}, goal {goal}").format(**args)


def _unprojected(trend: Trend) -> Iterator[Section]:
    """Yield the targets without a projection, by reason; what is met or only done is no news."""
    quiet = (Status.MET, Status.NOT_DUE, Status.NOT_APPLICABLE)
    found = [
        one for one in trend.targets if one.projection.amount is None and one.last.result.status not in quiet
    ]
    reasons: dict[str, list[TargetTrend]] = {}
    for one in found:
        reasons.setdefault(str(one.projection.said), []).append(one)
    if found:
        title = _("Nothing to project ({count})").format(count=len(found))
        yield Section(title, tuple(Item(f"{reason}: {_names(rows)}") for reason, rows in reasons.items()))


def _names(rows: Sequence[TargetTrend]) -> str:
    return "; ".join(str(one.target.name) for one in rows)


def _before(trend: Trend, before: Sequence[YearBefore | None]) -> Iterator[Section]:
    """Yield the last comparison with an earlier year in words, and which periods that year lacks."""
    pairs = [(now, then) for now, then in zip(trend.assessments, before, strict=False) if then is not None]
    if not pairs:
        return
    found = before_section(*pairs[-1])
    lacking = [
        short_words(one.period)
        for one, then in zip(trend.assessments, before, strict=False) if then is None
    ]  # fmt: skip
    if lacking:
        text = _("no figures of {year} for {periods}")
        args = {"year": pairs[-1][1].year, "periods": ", ".join(lacking)}
        found = replace(found, items=(*found.items, Item(text.format(**args))))
    yield found
