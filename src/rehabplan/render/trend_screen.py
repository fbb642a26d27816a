"""The terminal output of `trend`: every target's series, then what a meeting asks for first."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from rehabplan import figures
from rehabplan.assess import Result
from rehabplan.i18n import _, ngettext
from rehabplan.period import Period
from rehabplan.periodwords import heading, label_words, short_words
from rehabplan.render.problems import add_problems
from rehabplan.render.screen import Screen
from rehabplan.render.trend_table import as_of_text, projection_text, trend_columns
from rehabplan.sections.before import before_section
from rehabplan.sections.head import reporting_text
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
_SHOWN_REMARKS = 6


def add_trend(
    screen: Screen, trend: Trend, plan_file: str, before: tuple[YearBefore | None, ...] = ()
) -> None:
    """Add everything that `trend` says in a terminal."""
    _add_head(screen, trend, plan_file)
    screen.table(trend_columns(trend.plan, trend.periods, before), trend.targets)
    _add_legend(screen, before)
    _add_missing(screen, trend)
    _add_moves(screen, trend)
    _add_unprojected(screen, trend)
    _add_before(screen, trend, before)
    if trend.unplanned:
        count = len(trend.unplanned)
        text = ngettext(
            "{count} row of the reports is in no target of the plan; `check` lists it.",
            "{count} rows of the reports are in no target of the plan; `check` lists them.", count,
        )  # fmt: skip
        screen.line()
        screen.line(text.format(count=count))
    if trend.problems:
        screen.heading(_("Data problems ({count})").format(count=len(trend.problems)))
        add_problems(screen, trend.problems)


def _add_head(screen: Screen, trend: Trend, plan_file: str) -> None:
    plan = trend.plan
    screen.heading(str(plan.title))
    files = list(dict.fromkeys(file for one in trend.assessments for file in one.files))
    counted = ngettext("{count} report", "{count} reports", len(files)).format(count=len(files))
    screen.line(f"{plan.issuer} · {plan_file} · {files[0] if len(files) == 1 else counted}")
    convention = _(trend.periods[0].convention.value)
    shown = ", ".join(_period(one.period) for one in trend.assessments)
    screen.line(_("Periods until {periods}; {convention} year").format(periods=shown, convention=convention))
    for remark in trend.remarks[:_SHOWN_REMARKS]:
        screen.line(f"- {remark}", hang=2)
    if len(trend.remarks) > _SHOWN_REMARKS:
        text = _("and {count} more; --format json lists them all")
        screen.line("- " + text.format(count=len(trend.remarks) - _SHOWN_REMARKS), hang=2)
    for one in trend.assessments:
        for reporting in one.reporting:
            text = reporting_text(reporting, one.scope.sites)
            screen.line(f"- {heading(short_words(one.period))}: {text}", hang=2)


def _period(period: Period) -> str:
    day = figures.day(period.cutoff)
    return f"{day} ({label_words(period.label)})" if period.label else day


def _add_legend(screen: Screen, before: tuple[YearBefore | None, ...]) -> None:
    screen.line()
    screen.line(
        _("Under each figure: what was added since the period before, and in brackets what was expected by "
          "then. █ done, ▒ open, ░ left of the year's way, │ where it should stand by now."),
        tone=Tone.MUTED,
    )  # fmt: skip
    screen.line(
        _("Year end: the last figure carried on along the plan's own pace. It is arithmetic, not a promise."),
        tone=Tone.MUTED,
    )
    year = next((one.year for one in before if one is not None), None)
    if year is not None:
        text = _("{year}: the figure of the same period of that year, and how much more there is now; "
                 "≠ where the two are not comparable.")  # fmt: skip
        screen.line(text.format(year=year), tone=Tone.MUTED)


def _add_missing(screen: Screen, trend: Trend) -> None:
    """Add the targets that miss their goals if they go on like this, the farthest first."""
    found = trend.missing_the_goal
    judged = [one for one in trend.targets if one.projection.amount is not None]
    if not judged and not found:
        return
    over = trend.periods[-1].over
    if not found and not over:
        screen.heading(_("At this pace no target is sure to miss its goal"))
    if found:
        title = _("The goal is missed ({count})") if over else _("At this pace the goal is missed ({count})")
        screen.heading(title.format(count=len(found)) + _(", the farthest first"))
    for one in found:
        status = one.last.result.status
        symbol, _word, tone = STATUS_WORDS[status]
        screen.line(
            f"{symbol} {one.target.name}: {_year_end(one)}{speed_text(one)}", tone=tone, indent=2, hang=2
        )


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


def _add_moves(screen: Screen, trend: Trend) -> None:
    titles = (
        (Move.FASTER, _("Speeding up ({count})"), Tone.GOOD),
        (Move.SLOWER, _("Falling back ({count})"), Tone.WARN),
    )
    for move, title, tone in titles:
        found = trend.moving(move)
        if found:
            screen.heading(title.format(count=len(found)))
        for one in found:
            screen.line(f"{one.target.name}: {_moved(one)}", tone=tone, indent=2, hang=2)


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


def _add_before(screen: Screen, trend: Trend, before: tuple[YearBefore | None, ...]) -> None:
    """Add the last comparison with an earlier year in words, and which periods that year lacks."""
    pairs = [(now, then) for now, then in zip(trend.assessments, before, strict=False) if then is not None]
    if not pairs:
        return
    screen.section(before_section(*pairs[-1]))
    lacking = [
        short_words(one.period)
        for one, then in zip(trend.assessments, before, strict=False) if then is None
    ]  # fmt: skip
    if lacking:
        text = _("no figures of {year} for {periods}")
        args = {"year": pairs[-1][1].year, "periods": ", ".join(lacking)}
        screen.line(text.format(**args), indent=2, hang=2)


def _add_unprojected(screen: Screen, trend: Trend) -> None:
    """Add the targets without a projection, by reason; what is met or only done is no news."""
    quiet = (Status.MET, Status.NOT_DUE, Status.NOT_APPLICABLE)
    found = [
        one for one in trend.targets if one.projection.amount is None and one.last.result.status not in quiet
    ]
    if not found:
        return
    screen.heading(_("Nothing to project ({count})").format(count=len(found)))
    reasons: dict[str, list[TargetTrend]] = {}
    for one in found:
        reasons.setdefault(str(one.projection.said), []).append(one)
    for reason, rows in reasons.items():
        screen.line(f"{reason}: {_names(rows)}", indent=2, hang=2)


def _names(rows: Sequence[TargetTrend]) -> str:
    return "; ".join(str(one.target.name) for one in rows)
