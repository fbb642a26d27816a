"""Which target of one plan is which of another: by id, and by what the plans declare. Never by likeness.

A declaration tells of the first plan that has its target: it holds against plans without that id. So a
plan does not differ from itself, and what is declared once may stay in the plans that follow.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from rehabplan.plan.model import Target
from rehabplan.plandiff.declared import Claim, declared
from rehabplan.plandiff.doubts import CLASH, doubt
from rehabplan.plandiff.model import Change, Edition
from rehabplan.problems import Problem, message


class Link(Struct, frozen=True):
    """Targets of two plans that belong together; one side is empty where a target is added or dropped."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    change: Change | None = None
    """SPLIT or MERGED where declared so; None where it is the same target."""


def links(old: Edition, new: Edition) -> tuple[list[Link], list[Problem]]:
    """Return how the targets of two plans belong together, in the order of the new one, dropped ones last.

    A plan's declarations speak of plans of earlier years, so the later plan's are read; of two plans
    of one year both. Seen from the other side a split is a merger.

    Returns:
        The links, and the declarations that do not hold.
    """
    claims: list[Claim] = []
    problems: list[Problem] = []
    if new.plan.year >= old.plan.year:
        found, told = declared(old, new)
        claims += found
        problems += told
    if old.plan.year >= new.plan.year:
        found, told = declared(new, old)
        claims += [_mirrored(one) for one in found]
        problems += told
    agreeing = [one for one in claims if not any(_clash(one, other) for other in claims)]
    problems += _clashes(claims)
    return _ordered(old, new, agreeing), problems


def _mirrored(claim: Claim) -> Claim:
    turned = {Change.SPLIT: Change.MERGED, Change.MERGED: Change.SPLIT}
    change = turned[claim.change] if claim.change else None
    return replace(claim, old=claim.new, new=claim.old, change=change)


def _clash(one: Claim, other: Claim) -> bool:
    """Tell whether two declarations speak of the same target and say different things."""
    if (one.old, one.new) == (other.old, other.new):
        return False
    return bool(one.old & other.old or one.new & other.new)


def _clashes(claims: Sequence[Claim]) -> Iterator[Problem]:
    for one in claims:
        # The least of all that clash, so that the words do not hang on which plan is named first.
        clashing = [
            (other.target.id, shared)
            for other in claims
            if _clash(one, other)
            for shared in one.old & other.old | one.new & other.new
        ]
        if clashing:
            said_by, shared = min(clashing)
            reason = message(CLASH, other=said_by, shared=shared)
            yield doubt(one.where, one.target, (one.key, one.found), one.year, reason)


def _ordered(old: Edition, new: Edition, claims: Sequence[Claim]) -> list[Link]:
    before, after = old.plan.targets, new.plan.targets
    found: dict[str, Link] = {}
    taken: set[str] = set()
    for claim in claims:
        link = Link(_in_order(before, claim.old), _in_order(after, claim.new), claim.change)
        found |= dict.fromkeys(link.new, link)
        taken |= claim.old
    for one in after:
        if one not in found:
            same = one in before and one not in taken
            found[one] = Link((one,) if same else (), (one,))
            taken |= {one} if same else set()
    ordered = list(dict.fromkeys(found[one.id] for one, _depth in new.plan.in_tree_order()))
    return ordered + [Link((one,), ()) for one in before if one not in taken]


def _in_order(targets: dict[str, Target], chosen: frozenset[str]) -> tuple[str, ...]:
    return tuple(one for one in targets if one in chosen)
