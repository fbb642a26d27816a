"""Which target of one plan is which of another: by id, and by what the plans declare. Never by likeness."""

from collections.abc import Iterator
from dataclasses import dataclass

from rehabplan.plan.model import Plan, Target
from rehabplan.plandiff.model import Change, Edition
from rehabplan.problems import Code, Problem, Where, hint, problem
from rehabplan.text import closest


@dataclass(frozen=True, slots=True)
class Link:
    """Targets of two plans that belong together; one side is empty where a target is added or dropped."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    change: Change | None = None
    """SPLIT or MERGED where declared so; None where it is the same target."""


@dataclass(frozen=True, slots=True)
class _Declared:
    """What the later of two plans says of the earlier one's ids, in terms of earlier and later."""

    renamed: dict[str, str]
    split: dict[str, tuple[str, ...]]
    merged: dict[str, tuple[str, ...]]


def links(old: Plan, new: Plan) -> list[Link]:
    """Return how the targets of two plans belong together, in the order of the new one, dropped ones last.

    A plan's declarations speak of plans of earlier years, so the later plan's are read; of two plans
    of one year both. Seen from the other side a split is a merger.
    """
    forward = _declared(old, new) if new.year >= old.year else None
    backward = _declared(new, old) if old.year >= new.year else None
    renamed: dict[str, str] = {}
    split: dict[str, tuple[str, ...]] = {}
    merged: dict[str, tuple[str, ...]] = {}
    if forward:
        renamed |= forward.renamed
        split |= forward.split
        merged |= forward.merged
    if backward:
        renamed |= {before: after for after, before in backward.renamed.items()}
        merged |= {one: parts for one, parts in backward.split.items() if one not in merged}
        split |= {one: parts for one, parts in backward.merged.items() if one not in split}
    found: dict[str, Link] = {}
    for whole, parts in split.items():
        link = Link((whole,), tuple(one for one in new.targets if one in parts), Change.SPLIT)
        found |= dict.fromkeys(parts, link)
    for whole, parts in merged.items():
        if whole not in found:
            found[whole] = Link(tuple(one for one in old.targets if one in parts), (whole,), Change.MERGED)
    taken = {one for link in found.values() for one in link.old}
    for one in new.targets:
        if one in found:
            continue
        before = one if one in old.targets else renamed.get(one)
        if before in taken or before is None:
            found[one] = Link((), (one,))
        else:
            found[one] = Link((before,), (one,))
            taken.add(before)
    ordered = list(dict.fromkeys(found[one.id] for one, _depth in new.in_tree_order()))
    return ordered + [Link((one,), ()) for one in old.targets if one not in taken]


def _declared(earlier: Plan, later: Plan) -> _Declared:
    """Return what the later plan declares: its ids to the earlier plan's, where these exist there."""
    renamed: dict[str, str] = {}
    split: dict[str, list[str]] = {}
    merged: dict[str, tuple[str, ...]] = {}
    for target in later.targets.values():
        former = [one for one in target.was if one in earlier.targets and one not in later.targets]
        if target.id not in earlier.targets and former:
            renamed[target.id] = former[0]
        if target.split_from in earlier.targets:
            split.setdefault(target.split_from, []).append(target.id)
        parts = tuple(one for one in target.merged_from if one in earlier.targets)
        if parts:
            merged[target.id] = parts
    for whole, parts_of in split.items():
        if whole in later.targets and whole not in parts_of:  # it goes on as one of its own parts
            parts_of.append(whole)
    used = {one for parts in merged.values() for one in parts}
    kept = {whole: tuple(parts) for whole, parts in split.items() if whole not in used}
    return _Declared(renamed, kept, merged)


def unmatched_declarations(old: Edition, new: Edition) -> Iterator[Problem]:
    """Yield the ids that a plan declares to come from, and that the plan of the year before does not have."""
    if new.plan.year != old.plan.year + 1:
        return
    for target in new.plan.targets.values():
        for key, ids in _named(target):
            missing = [one for one in ids if one not in old.plan.targets]
            if key == "was" and (target.id in old.plan.targets or len(missing) < len(ids)):
                continue  # an id of long ago
            for one in missing:
                where = Where(new.file, new.lines.get(target.id, 1), 1)
                yield problem(
                    Code.LINK_UNKNOWN, where, key=key, found=one, target=target.id, year=old.plan.year,
                    hint=hint(closest(one, old.plan.targets)),
                )  # fmt: skip


def _named(target: Target) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "was", target.was
    yield "split_from", (target.split_from,) if target.split_from else ()
    yield "merged_from", target.merged_from
