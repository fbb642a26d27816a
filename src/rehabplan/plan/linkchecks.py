"""The rules of what a plan declares about earlier plans' targets: pure functions from records to findings."""

from collections.abc import Iterator

from rehabplan.i18n import _
from rehabplan.plan.checks import Finding, finding
from rehabplan.plan.continuity import NEVER_EQUAL
from rehabplan.plan.model import Plan, Target
from rehabplan.problems import Code


def check_links(plan: Plan, known: frozenset[str]) -> Iterator[Finding]:
    """Yield what is wrong with was, split_from, merged_from and held_equal.

    Args:
        plan: the plan.
        known: its ids, also of targets that could not be read.
    """
    claimed: dict[str, str] = {}
    renamed = {former: target.id for target in plan.targets.values() for former in target.was}
    parts = [target.split_from for target in plan.targets.values()]
    for target in plan.targets.values():
        path = ("targets", target.id)
        used = [key for key in ("was", "split_from", "merged_from") if getattr(target, key)]
        if len(used) > 1:
            yield finding(Code.LINKS_CLASH, *path, used[1], first=used[0], second=used[1])
        for index, former in enumerate(target.was):
            if former in known and not _passed_on(plan, target, former):
                yield finding(Code.WAS_STILL_HERE, *path, "was", index, key="was", found=former)
            elif claimed.setdefault(former, target.id) != target.id:
                yield finding(Code.WAS_TWICE, *path, "was", index, found=former, other=claimed[former])
        for index, part in enumerate(target.merged_from):
            if part in known and part != target.id:
                key = "merged_from"
                yield finding(Code.WAS_STILL_HERE, *path, key, index, key=key, found=part)
        if target.split_from in renamed:
            args = {"found": target.split_from, "other": renamed[target.split_from]}
            yield finding(Code.WAS_TWICE, *path, "split_from", **args)
        else:
            yield from _alone(target, parts, known)
        yield from _held_equal(plan, target)


def _passed_on(plan: Plan, target: Target, former: str) -> bool:
    """Tell whether an id in use says itself to have been another one, and so on to one that is gone.

    Then the ids moved on by one: q was p, z was q.
    """
    passed = {target.id}
    while former in plan.targets and former not in passed:
        passed.add(former)
        earlier = plan.targets[former].was
        if not earlier:
            return False
        former = next((one for one in earlier if one not in plan.targets), earlier[0])
    return former not in passed


def _alone(target: Target, parts: list[str | None], known: frozenset[str]) -> Iterator[Finding]:
    path = ("targets", target.id)
    whole = target.split_from
    if whole is not None and parts.count(whole) == 1 and (whole not in known or whole == target.id):
        yield finding(Code.LINK_ALONE, *path, "split_from", key="split_from", found=whole)
    if len(set(target.merged_from)) == 1:
        found = target.merged_from[0]
        yield finding(Code.LINK_ALONE, *path, "merged_from", key="merged_from", found=found)


def _held_equal(plan: Plan, target: Target) -> Iterator[Finding]:
    seen: set[tuple[int, str]] = set()
    for index, one in enumerate(target.held_equal):
        path = ("targets", target.id, "held_equal", index)
        if one.year >= plan.year:
            reason = _("{found} is no year before {year}").format(found=one.year, year=plan.year)
            yield finding(Code.HELD_EQUAL, *path, "year", reason=reason)
        if one.aspect in NEVER_EQUAL:
            reason = _("figures of another {aspect} are never compared, for whatever reason")
            reason = reason.format(aspect=one.aspect)
            yield finding(Code.HELD_EQUAL, *path, "aspect", reason=reason)
        if (one.year, one.aspect) in seen:
            reason = _("{aspect} of {year} stands here twice").format(aspect=one.aspect, year=one.year)
            yield finding(Code.HELD_EQUAL, *path, "aspect", reason=reason)
        seen.add((one.year, one.aspect))
