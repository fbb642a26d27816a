"""Each target, and each site, beside the same period of an earlier year, in words."""

from rehabplan import figures
from rehabplan.actuals.model import Actual
from rehabplan.assess import Assessment
from rehabplan.beforetable import difference_text, sentence, then_text, usable
from rehabplan.i18n import _
from rehabplan.numbers import UNKNOWN
from rehabplan.sections.model import Item, Section
from rehabplan.sites import Site, identity
from rehabplan.yearbefore.model import SiteBeside, YearBefore


def before_section(assessment: Assessment, before: YearBefore, *, of_whole: bool = False) -> Section:
    """Return what the comparison rests on, and a line for each target that either year has a figure of.

    `of_whole` says that these are the figures of the whole area, where all else is about one site.
    """
    period = before.assessment.period
    text = _("{first} to {last}, {days} of {all_days} days; {files}")
    lines = [text.format(
        first=figures.day(period.first), last=figures.day(period.cutoff), days=period.days_elapsed,
        all_days=period.days, files=", ".join(before.assessment.files),
    )]  # fmt: skip
    lines += [f"- {remark}" for remark in before.remarks]
    absent: dict[str, list[str]] = {}
    for result in assessment.results:
        beside = before.targets[result.target.id]
        if beside.result is None:
            absent.setdefault(str(beside.reason), []).append(str(result.target.name))
        elif usable(result.actual) or usable(beside.result.actual):
            lines.append(f"{result.target.name}: {sentence(result, beside, before)}")
    lines += [f"{reason}: {'; '.join(names)}" for reason, names in absent.items()]
    title = _("Against {then}, the whole area") if of_whole else _("Against {then}")
    return Section(title.format(then=then_text(before)), tuple(Item(line) for line in lines))


def sites_before_section(
    assessment: Assessment, before: YearBefore, only: Site | None = None
) -> Section | None:
    """Return each site's figure beside the earlier one, target by target; `only` shows one site."""
    items = []
    for result in assessment.results:
        rows = [
            row for row in before.sites.get(result.target.id, ())
            if (only is None or only in row.now) and (usable(row.actual) or usable(row.earlier))
        ]  # fmt: skip
        if not rows:
            continue
        tail = "%" if result.target.kind.is_share else ""
        lines = []
        for row in rows:
            now, then = _figure(row.actual, tail), _figure(row.earlier, tail)
            text = f"{_names(assessment, before, row)}: {now}; {then_text(before)}: {then}"
            told = difference_text(row.difference, result.target) or str(row.reason or "")
            lines.append(f"{text}; {told}" if told else text)
        items.append(Item(str(result.target.name), tuple(lines)))
    if not items and only is not None:
        text = _("{site} has no figure there that could be held against one of the same place")
        items.append(Item(text.format(site=assessment.scope.sites.label(only))))
    title = _("By site, against {then}").format(then=then_text(before))
    return Section(title, tuple(items)) if items else None


def _figure(actual: Actual, tail: str) -> str:
    return figures.bounds(actual.amount or UNKNOWN, tail=tail) if usable(actual) else "-"


def _names(assessment: Assessment, before: YearBefore, row: SiteBeside) -> str:
    """Name a site; where borders moved, what it was made of."""
    now = " + ".join(assessment.scope.sites.label(site) for site in row.now)
    if [identity(site) for site in row.now] == [identity(site) for site in row.before]:
        return now
    then = " + ".join(before.assessment.scope.sites.label(site) for site in row.before)
    if not row.before:
        return now
    return now if now == then else _("{now} (was {then})").format(now=now or "-", then=then)
