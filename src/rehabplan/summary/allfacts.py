"""The facts of a whole assessment: plan, period, counts, who reported, and all targets and sites."""

from typing import TYPE_CHECKING

from msgspec.structs import replace

from rehabplan import figures
from rehabplan.assess import Assessment, Result
from rehabplan.bysite import by_site
from rehabplan.i18n import N_, _
from rehabplan.numbers import Amount
from rehabplan.periodwords import short_words
from rehabplan.summary.facts import Day, Fact, Facts, Figure, Missing, Named, Scale, Words
from rehabplan.summary.targetfacts import NOT_THERE, Remark, previous_facts, site_facts, target_facts
from rehabplan.table import gap_text, percent_text, status_text
from rehabplan.verdict import Status
from rehabplan.yearbefore.model import YearBefore

if TYPE_CHECKING:
    from rehabplan.sites import Site

WHOLE_FACTS: dict[str, str] = {
    "plan.title": N_("the plan's title"),
    "plan.year": N_("the plan's year"),
    "plan.issuer": N_("the office that issued the plan"),
    "plan.document": N_("number of the plan's document"),
    "plan.date": N_("date of the plan's document"),
    "period.label": N_("the reporting period in words: 9 months"),
    "period.from": N_("first day of the figures"),
    "period.to": N_("the cut-off"),
    "sites.reported": N_("how many sites have reported"),
    "sites.count": N_("how many sites there are"),
    "sites.missing": N_("how many sites have not reported"),
    "sites.missing_names": N_("the names of the sites that have not reported"),
    "counts.total": N_("how many targets there are"),
    **{f"counts.{status.value}": N_("how many targets have this status") for status in Status},
}
"""The facts of the whole, with what each says; `sites.….SET` where sites of several sets report."""


def plain_remark(result: Result) -> str:
    """Return a target's state in few words: status, percent of the goal, what is missing."""
    parts = [status_text(result.status)]
    if percent_text(result):
        parts.append(_("{percent} of the goal").format(percent=percent_text(result)))
    if gap_text(result):
        parts.append(_("gap {gap}").format(gap=gap_text(result)))
    return ", ".join(parts)


def all_facts(
    assessment: Assessment, before: YearBefore | None = None, *,
    remark: Remark = plain_remark, sentence: Remark = plain_remark,
) -> Facts:  # fmt: skip
    """Return every fact of an assessment, beside an earlier year where one is given.

    Args:
        assessment: the results.
        before: the same period of an earlier year.
        remark: gives the remark on a target.
        sentence: gives the sentence on a target for the meeting.
    """
    plan = assessment.plan
    targets: dict[str, Named] = {}
    for result in assessment.results:
        found = target_facts(plan, result, remark, sentence)
        targets[result.target.id] = found | (previous_facts(result, before) if before else {})
    sites: dict[tuple[Site, str], Named] = {}
    for one in by_site(assessment):
        for row in one.sites:
            judged = row.result
            shown = judged or replace(one.result, actual=row.actual)
            own = target_facts(plan, shown, remark, sentence)
            sites[row.site, row.target.id] = site_facts(own, shown, judged)
    return Facts(assessment, before, _whole(assessment), targets, sites)


def _whole(assessment: Assessment) -> dict[str, Fact]:
    plan, period = assessment.plan, assessment.period
    document = plan.document
    found: dict[str, Fact] = {
        "plan.title": Words(str(plan.title)),
        "plan.year": Figure(Amount.exact(plan.year), str(plan.year), Scale.PLAIN),
        "plan.issuer": Words(plan.issuer),
        "plan.document": Words(document.number) if document.number else NOT_THERE,
        "plan.date": Day(document.date) if document.date else NOT_THERE,
        "period.label": Words(short_words(period)),
        "period.from": Day(period.first),
        "period.to": Day(period.cutoff),
        "counts.total": _count(len(assessment.results)),
    }
    found |= {f"counts.{status.value}": _count(count) for status, count in assessment.counts.items()}
    return found | _reporting(assessment)


def _reporting(assessment: Assessment) -> dict[str, Fact]:
    names = ("sites.reported", "sites.count", "sites.missing", "sites.missing_names")
    found: dict[str, Fact] = {}
    for one in assessment.reporting:
        label = assessment.scope.sites.label
        reported, missing = len(one.reported), one.count - len(one.reported)
        known = len(one.missing) == missing
        listed = ", ".join(label(site) for site in one.missing)
        values = (
            _count(reported), _count(one.count), _count(missing),
            (Words(listed) if listed else NOT_THERE) if known else Missing("-", _("not known")),
        )  # fmt: skip
        found |= dict(zip((f"{name}.{one.set}" for name in names), values, strict=True))
        if len(assessment.reporting) == 1:
            found |= dict(zip(names, values, strict=True))
    if not assessment.reporting:
        found |= dict.fromkeys(names, Missing("-", _("not known")))
    return found


def _count(number: int) -> Figure:
    return Figure(Amount.exact(number), figures.whole(number))
