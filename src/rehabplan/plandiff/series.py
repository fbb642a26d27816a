"""Several plans in a row: the differences from each to the next, and each target through the years."""

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from rehabplan.plan.model import Target
from rehabplan.plandiff import diff
from rehabplan.plandiff.model import Edition, PlanDiff, TargetChange
from rehabplan.problems import Problem


class Chain(Struct, frozen=True):
    """One target through the plans, None where a plan does not have it; `steps` are the changes between."""

    targets: tuple[Target | None, ...]
    steps: tuple[TargetChange | None, ...]

    @property
    def target(self) -> Target:
        """The newest."""
        return next(one for one in reversed(self.targets) if one is not None)


class Series(Struct, frozen=True):
    """Plans in the order given, the steps between them, and every target's way through."""

    editions: tuple[Edition, ...]
    steps: tuple[PlanDiff, ...]
    chains: tuple[Chain, ...]

    @property
    def empty(self) -> bool:
        """Whether all plans say the same."""
        return all(step.empty for step in self.steps)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is odd about the plans themselves, and about what they declare of each other."""
        own = [item for one in self.editions for item in one.problems]
        between = [item for step in self.steps for item in step.problems]
        return tuple(dict.fromkeys((*own, *between)))


def series(editions: Sequence[Edition]) -> Series:
    """Compare each plan with the next; two plans make one step."""
    steps = tuple(diff(old, new) for old, new in pairwise(editions))
    return Series(tuple(editions), steps, tuple(_chains(editions, steps)))


def _chains(editions: Sequence[Edition], steps: Sequence[PlanDiff]) -> list[Chain]:
    """Follow every target from plan to plan; a split or a merger ends one chain and begins others."""
    count = len(editions)
    open_at: dict[str, int] = {}
    rows: list[list[Target | None]] = []
    changes: list[list[TargetChange | None]] = []

    def begin(at: int, target: Target, change: TargetChange | None) -> int:
        rows.append([None] * count)
        changes.append([None] * (count - 1))
        rows[-1][at] = target
        if change is not None:
            changes[-1][at - 1] = change
        return len(rows) - 1

    for target, _depth in editions[0].plan.in_tree_order():
        open_at[target.id] = begin(0, target, None)
    for at, step in enumerate(steps, start=1):
        following: dict[str, int] = {}
        for change in step.targets:
            single = len(change.old) == 1 and len(change.new) == 1
            for before in change.old:
                changes[open_at[before.id]][at - 1] = change
            for after in change.new:
                row = open_at[change.old[0].id] if single else begin(at, after, change)
                rows[row][at] = after
                following[after.id] = row
        open_at = following
    chains = [Chain(tuple(row), tuple(steps_)) for row, steps_ in zip(rows, changes, strict=True)]
    return _in_order(chains, editions)


def _in_order(chains: Sequence[Chain], editions: Sequence[Edition]) -> list[Chain]:
    """Put the newest plan's targets first, in its order; then those that ended earlier, the latest first."""
    places = [
        {target.id: place for place, (target, _depth) in enumerate(edition.plan.in_tree_order())}
        for edition in editions
    ]

    def order(chain: Chain) -> tuple[int, int]:
        last = max(at for at, one in enumerate(chain.targets) if one is not None)
        return -last, places[last][chain.target.id]

    return sorted(chains, key=order)
