"""What every figure rests on: plan, reports, period, assumptions, and who reported."""

from collections.abc import Sequence

from msgspec import Struct

from rehabplan import figures
from rehabplan.assess import Assessment
from rehabplan.combine import Reporting
from rehabplan.i18n import _, ngettext
from rehabplan.periodwords import period_words
from rehabplan.sites import SiteIndex
from rehabplan.units import unit_of

_SHOWN_SITES = 30


class Head(Struct, frozen=True):
    """The head of an output: its title, where the figures are from, the period, what was assumed."""

    title: str
    sources: tuple[str, ...]
    period: str
    remarks: tuple[str, ...]


def head(assessment: Assessment, plan_file: str, *, full: bool = False) -> Head:
    """Return the head of `check`; `full` names every file and every missing site."""
    plan = assessment.plan
    files = ", ".join(assessment.files) if full else files_text(assessment.files)
    reporting = (reporting_text(one, assessment.scope.sites, full=full) for one in assessment.reporting)
    remarks = (*(str(remark) for remark in assessment.remarks), *reporting)
    return Head(str(plan.title), (plan.issuer, plan_file, files), period_text(assessment), remarks)


def files_text(files: Sequence[str]) -> str:
    """Name one file, count several."""
    if len(files) == 1:
        return files[0]
    return ngettext("{count} report", "{count} reports", len(files)).format(count=len(files))


def reporting_text(one: Reporting, index: SiteIndex, *, full: bool = False) -> str:
    """Say which sites reported: "24 of 30 districts reported; missing: …"; `full` names them all."""
    args = {"reported": len(one.reported), "count": one.count, "unit": unit_of(one.unit).name}
    text = _("{reported} of {count} {unit} reported").format(**args)
    if one.missing:
        names = [index.label(site) for site in one.missing]
        most = len(names) if full else _SHOWN_SITES
        shown = ", ".join(names[:most])
        more = len(names) - most
        if more > 0:
            shown = _("{names} and {count} more").format(names=shown, count=more)
        text += "; " + _("missing: {names}").format(names=shown)
    return text


def period_text(assessment: Assessment) -> str:
    """Return the period in one line: its words, days, share of the year, convention."""
    period = assessment.period
    text = _("Period {label}: {first} to {last}, {days} of {all_days} days ({share}), {convention} year")
    return text.format(
        label=period_words(period),
        first=figures.day(period.first),
        last=figures.day(period.cutoff),
        days=period.days_elapsed,
        all_days=period.days,
        share=figures.percent(period.elapsed * 100),
        convention=_(period.convention.value),
    )  # fmt: skip
