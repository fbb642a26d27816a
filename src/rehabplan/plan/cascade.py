"""The plan's own cascade, before any report: does what the sites are to bring make the whole's goals?

Pure functions from records to findings. Percentages are never added up (domain.md §4): shares are of
counts and stocks, and a goal that is a change in percent has no sum to be held against.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from rehabplan import figures
from rehabplan.i18n import _
from rehabplan.plan.checks import Finding, finding
from rehabplan.plan.consistency import check_consistency, goal_now, is_part_of
from rehabplan.plan.goal import Comparator, Goal
from rehabplan.plan.model import Plan, Shares
from rehabplan.problems import Code
from rehabplan.sites import Site, SiteIndex

SHARES_AT = ("shares", "list")
_NAMED = 4
"""Sites that a sentence names before it counts the rest."""


def check_cascade(
    plan: Plan, index: SiteIndex, shares: Mapping[str, Mapping[str, Fraction]]
) -> Iterator[Finding]:
    """Yield where the plan's goals, baselines and shares do not fit each other.

    Args:
        plan: the plan, with targets that are right by themselves only.
        index: the members of its sets of sites.
        shares: target id → key of a site → its share in the target's unit; empty where none can be used.
    """
    yield from check_consistency(plan)
    if plan.shares is not None:
        yield from _check_sums(plan, plan.shares, shares)
        members = index.members(plan.shares.sites)
        yield from _check_missing(plan.shares, shares, members, index)
        yield from _check_parts(plan, plan.shares, shares, members, index)


def _check_sums(plan: Plan, table: Shares, shares: Mapping[str, Mapping[str, Fraction]]) -> Iterator[Finding]:
    for target_id, by_site in shares.items():
        goal = goal_now(plan, target_id)
        if goal is None or goal.change:
            continue
        added = sum(by_site.values(), Fraction(0))
        code, difference = _difference(goal, added)
        if code is not None:
            args = {"target": target_id, "file": table.list, "sum": figures.plain(added)}
            yield finding(code, *SHARES_AT, **args, difference=difference)


def _difference(goal: Goal, added: Fraction) -> tuple[Code | None, str]:
    """Return whether shares are more or less than a goal, and by how much.

    Of a cap or a zero only more is odd; of a range, what lies outside it; "> 100" is fulfilled by no
    more than 100 and a bit, which in whole things is 101.
    """
    least = None if goal.lower_is_better else goal.value
    most = goal.value if goal.upper is None else goal.upper
    room = 1 if goal.comparator is Comparator.ABOVE else 0
    if least is not None and added < least:
        text = _("{size} less than the goal {goal}")
        return Code.SHARES_UNDER, text.format(size=figures.plain(least - added), goal=goal.text)
    if added > most + room:
        text = _("{size} more than the goal {goal}")
        return Code.SHARES_OVER, text.format(size=figures.plain(added - most), goal=goal.text)
    if added == goal.value and goal.comparator is Comparator.ABOVE:
        return Code.SHARES_UNDER, _("just not more, as the goal {goal} asks").format(goal=goal.text)
    if added == goal.value and goal.comparator is Comparator.BELOW:
        return Code.SHARES_OVER, _("just not less, as the goal {goal} asks").format(goal=goal.text)
    return None, ""


def _check_missing(
    table: Shares, shares: Mapping[str, Mapping[str, Fraction]], members: Sequence[Site], index: SiteIndex
) -> Iterator[Finding]:
    """Tell which sites have no share where others have one, once for all targets that lack the same."""
    lacking: dict[tuple[Site, ...], list[str]] = {}
    for target_id, by_site in shares.items():
        missing = tuple(one for one in members if one.key not in by_site)
        if missing:
            lacking.setdefault(missing, []).append(target_id)
    for missing, targets in lacking.items():
        args = {"count": len(missing), "all": len(members), "set": table.sites, "file": table.list}
        names = _named([index.label(one) for one in missing])
        targets_shown = _named([f"'{one}'" for one in targets])
        yield finding(Code.SITES_WITHOUT_SHARE, *SHARES_AT, **args, targets=targets_shown, names=names)


def _check_parts(
    plan: Plan,
    table: Shares,
    shares: Mapping[str, Mapping[str, Fraction]],
    members: Sequence[Site],
    index: SiteIndex,
) -> Iterator[Finding]:
    """A site cannot bring more of a part than of its whole."""
    for target_id, by_site in shares.items():
        whole = plan.targets.get(plan.targets[target_id].parent or "") if target_id in plan.targets else None
        if whole is None or whole.id not in shares or not is_part_of(plan, plan.targets[target_id], whole):
            continue
        shown = []
        for one in members:
            part, all_of_it = by_site.get(one.key), shares[whole.id].get(one.key)
            if part is not None and all_of_it is not None and part > all_of_it:
                text = _("{site} ({part}, whole {whole})")
                args = {"part": figures.plain(part), "whole": figures.plain(all_of_it)}
                shown.append(text.format(site=index.label(one), **args))
        if shown:
            args = {"target": target_id, "parent": whole.id, "file": table.list}
            yield finding(Code.SHARE_OVER_WHOLE, *SHARES_AT, **args, names=_named(shown))


def _named(names: Sequence[str]) -> str:
    """Return the first few names, and how many more there are."""
    shown, more = ", ".join(names[:_NAMED]), len(names) - _NAMED
    return _("{names} and {count} more").format(names=shown, count=more) if more > 0 else shown
