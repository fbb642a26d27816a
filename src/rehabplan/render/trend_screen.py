"""The terminal output of `trend`: every target's series, then what a meeting asks for first."""

from rehabplan.i18n import _, ngettext
from rehabplan.render.problems import add_problems
from rehabplan.render.screen import Screen
from rehabplan.render.trend_sections import (
    files_of,
    periods_text,
    reporting_texts,
    trend_sections,
    unplanned_text,
)
from rehabplan.render.trend_table import trend_columns
from rehabplan.tablecells import Tone
from rehabplan.trend.model import Trend
from rehabplan.yearbefore.model import YearBefore

_SHOWN_REMARKS = 6


def add_trend(
    screen: Screen, trend: Trend, plan_file: str, before: tuple[YearBefore | None, ...] = ()
) -> None:
    """Add everything that `trend` says in a terminal."""
    _add_head(screen, trend, plan_file)
    in_columns = screen.table(trend_columns(trend.plan, trend.periods, before), trend.targets)
    _add_legend(screen, before, in_columns=in_columns)
    for section in trend_sections(trend, before):
        screen.section(section)
    if trend.unplanned:
        screen.line()
        screen.line(unplanned_text(trend))
    if trend.problems:
        screen.heading(_("Data problems ({count})").format(count=len(trend.problems)))
        add_problems(screen, trend.problems)


def _add_head(screen: Screen, trend: Trend, plan_file: str) -> None:
    plan = trend.plan
    screen.heading(str(plan.title))
    files = files_of(trend)
    counted = ngettext("{count} report", "{count} reports", len(files)).format(count=len(files))
    screen.line(f"{plan.issuer} · {plan_file} · {files[0] if len(files) == 1 else counted}")
    screen.line(periods_text(trend))
    for remark in trend.remarks[:_SHOWN_REMARKS]:
        screen.line(f"- {remark}", hang=2)
    if len(trend.remarks) > _SHOWN_REMARKS:
        text = _("and {count} more; --format json lists them all")
        screen.line("- " + text.format(count=len(trend.remarks) - _SHOWN_REMARKS), hang=2)
    for text in reporting_texts(trend):
        screen.line(f"- {text}", hang=2)


def _add_legend(screen: Screen, before: tuple[YearBefore | None, ...], *, in_columns: bool) -> None:
    screen.line()
    if in_columns:
        text = _(
            "Under each figure: what was added since the period before, and in brackets what was expected by "
            "then. █ done, ▒ open, ░ left of the year's way, │ where it should stand by now."
        )
    else:
        text = _(
            "Added: since the period before; expected: by the end of the period. █ done, ▒ open, ░ left of "
            "the year's way, │ where it should stand by now."
        )
    screen.line(text, tone=Tone.MUTED)
    screen.line(
        _("Year end: the last figure carried on along the plan's own pace. It is arithmetic, not a promise."),
        tone=Tone.MUTED,
    )
    year = next((one.year for one in before if one is not None), None)
    if year is not None:
        text = _("{year}: the figure of the same period of that year, and how much more there is now; "
                 "≠ where the two are not comparable.")  # fmt: skip
        screen.line(text.format(year=year), tone=Tone.MUTED)
