"""A plan's results beside those of the same period of an earlier year (domain.md §6: what a meeting asks).

Targets are paired as `plandiff` pairs them; what keeps two definitions from being compared keeps their
figures from it too, and says why. Sites are paired only where they are the same (see `sites`).
"""

from collections.abc import Iterator

from rehabplan.assess import Assessment, Result
from rehabplan.i18n import N_
from rehabplan.plan.continuity import Aspect
from rehabplan.plandiff.model import Change, PlanDiff
from rehabplan.problems import Message, message
from rehabplan.yearbefore.bysite import by_pairs
from rehabplan.yearbefore.differences import minus
from rehabplan.yearbefore.model import Beside, SiteBeside, YearBefore
from rehabplan.yearbefore.parts import Results, parts_text
from rehabplan.yearbefore.sites import SitePairs


def year_before(now: Assessment, before: Assessment, changes: PlanDiff, pairs: SitePairs) -> YearBefore:
    """Hold each result against the one of the same period of an earlier year.

    Args:
        now: the results of the plan.
        before: those of the earlier plan, at the same period.
        changes: what changed from the earlier plan to this one.
        pairs: which sites are the same in both years.
    """
    mine, theirs = ({one.target.id: one for one in year.results} for year in (now, before))
    rows = {one.target.id: _beside(one, changes, mine, theirs) for one in now.results}
    remarks = [*_conventions(now, before), *pairs.remarks]
    by_site: dict[str, tuple[SiteBeside, ...]] = {}
    for result in now.results:
        other = rows[result.target.id].result
        if result.sites is not None and other is not None and other.sites is not None:
            comparable = rows[result.target.id].comparable
            by_site[result.target.id] = tuple(by_pairs(result, other, pairs, comparable=comparable))
    return YearBefore(before, changes, rows, by_site, tuple(remarks))


def _conventions(now: Assessment, before: Assessment) -> Iterator[Message]:
    mine, theirs = now.period, before.period
    if mine.convention is theirs.convention:
        return
    text = N_("the years are cut differently: {now} now, {before} then; the same label ends on other days")
    if mine.label is None:
        text = N_(
            "the years are cut differently: {now} now, {before} then; the cut-off is day {day} of this year "
            "and day {then} of that one"
        )
    yield message(
        text, now=message(mine.convention.value), before=message(theirs.convention.value),
        day=mine.days_elapsed, then=theirs.days_elapsed,
    )  # fmt: skip


def _beside(now: Result, changes: PlanDiff, mine: Results, theirs: Results) -> Beside:
    change = changes.of_new(now.target.id)
    year = changes.old.plan.year
    if change is None or change.change is Change.ADDED:
        return Beside(None, message(N_("not in the plan of {year}"), year=year))
    if change.change in (Change.SPLIT, Change.MERGED):
        return Beside(None, parts_text(change, year, mine, theirs))
    before = theirs[change.old[0].id]
    blocked = tuple(one.aspect for one in change.not_comparable_by)
    if blocked:
        return Beside(before, message(N_("not comparable with {year}"), year=year), blocked)
    held = tuple(one.aspect for one in change.definition if one.reason is not None)
    return _compared(now, before, held)


def _compared(now: Result, before: Result, held: tuple[Aspect, ...]) -> Beside:
    difference = minus(now.actual, before.actual, now.target)
    percent = None
    level = before.actual.amount.value if before.actual.amount else None
    if difference is not None and level and level > 0 and not now.target.kind.is_share:
        percent = difference.times(100 / level)
    progress = None
    if now.percent is not None and before.percent is not None and difference is not None:
        progress = now.percent.plus(before.percent.negated())
    return Beside(before, None, (), held, difference, percent, progress)


__all__ = ["Beside", "SiteBeside", "YearBefore", "year_before"]
