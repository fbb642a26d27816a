"""The terminal output of `check --previous`: each target, and each site, beside the earlier year's period."""

from rehabplan import figures
from rehabplan.actuals.model import Actual
from rehabplan.assess import Assessment
from rehabplan.beforetable import difference_text, sentence, then_text, usable
from rehabplan.i18n import _
from rehabplan.numbers import UNKNOWN
from rehabplan.render.screen import Screen
from rehabplan.sites import Site, identity
from rehabplan.yearbefore.model import SiteBeside, YearBefore


def add_before(screen: Screen, assessment: Assessment, before: YearBefore, *, of_whole: bool = False) -> None:
    """Add what the comparison rests on, and a line for each target that both years have a figure of.

    `of_whole` says that these are the figures of the whole area, where all else is about one site.
    """
    period = before.assessment.period
    title = _("Against {then}, the whole area") if of_whole else _("Against {then}")
    screen.heading(title.format(then=then_text(before)))
    text = _("{first} to {last}, {days} of {all_days} days; {files}")
    screen.line(text.format(
        first=figures.day(period.first), last=figures.day(period.cutoff), days=period.days_elapsed,
        all_days=period.days, files=", ".join(before.assessment.files),
    ), indent=2, hang=2)  # fmt: skip
    for remark in before.remarks:
        screen.line(f"- {remark}", indent=2, hang=2)
    absent: dict[str, list[str]] = {}
    for result in assessment.results:
        beside = before.targets[result.target.id]
        if beside.result is None:
            absent.setdefault(str(beside.reason), []).append(str(result.target.name))
        elif usable(result.actual) or usable(beside.result.actual):
            line = f"{result.target.name}: {sentence(result, beside, before)}"
            screen.line(line, indent=2, hang=2)
    for reason, names in absent.items():
        screen.line(f"{reason}: {'; '.join(names)}", indent=2, hang=2)


def add_sites_before(
    screen: Screen, assessment: Assessment, before: YearBefore, only: Site | None = None
) -> None:
    """Add each site's figure beside the earlier one, target by target; `only` shows one site."""
    chosen = {
        target: [row for row in rows if (only is None or only in row.now) and _told(row)]
        for target, rows in before.sites.items()
    }
    if not any(chosen.values()):
        if only is not None:
            screen.heading(_("By site, against {then}").format(then=then_text(before)))
            text = _("{site} has no figure there that could be held against one of the same place")
            screen.line(text.format(site=assessment.scope.sites.label(only)), indent=2, hang=2)
        return
    screen.heading(_("By site, against {then}").format(then=then_text(before)))
    for target, rows in chosen.items():
        result = next(one for one in assessment.results if one.target.id == target)
        if rows:
            screen.line(str(result.target.name), indent=2, hang=2)
        for row in rows:
            tail = "%" if result.target.kind.is_share else ""
            now, then = _figure(row.actual, tail), _figure(row.earlier, tail)
            difference = difference_text(row.difference, result.target)
            text = f"{_names(assessment, before, row)}: {now}; {then_text(before)}: {then}"
            tail = difference or str(row.reason or "")
            screen.line(f"{text}; {tail}" if tail else text, indent=4, hang=2)


def _told(row: SiteBeside) -> bool:
    return usable(row.actual) or usable(row.earlier)


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
