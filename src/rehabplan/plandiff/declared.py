"""What a plan declares about the targets of an earlier one: was, split_from, merged_from."""

from collections.abc import Iterator

from msgspec import Struct

from rehabplan.plan.model import Target
from rehabplan.plandiff.doubts import BOTH_THERE, NO_OTHER_PART, TWO, doubt
from rehabplan.plandiff.model import Change, Edition
from rehabplan.problems import Code, Problem, Where, hint, message, problem
from rehabplan.text import closest


class Claim(Struct, frozen=True):
    """A declaration in terms of both plans: these targets of the old one are these of the new one."""

    target: Target
    key: str
    found: str
    where: Where
    year: int
    """Of the plan that is spoken of."""
    old: frozenset[str]
    new: frozenset[str]
    change: Change | None = None


def declared(earlier: Edition, later: Edition) -> tuple[list[Claim], list[Problem]]:
    """Return what the later plan declares about the earlier one, and what of it does not hold."""
    reader = _Reader(earlier, later)
    reader.renames()
    reader.splits()
    reader.mergers()
    reader.passed_over()
    return reader.claims, reader.problems


class _Reader:
    """Collects the declarations of one plan against another."""

    def __init__(self, earlier: Edition, later: Edition) -> None:
        self.claims: list[Claim] = []
        self.problems: list[Problem] = []
        self._later = later
        self._year = earlier.plan.year
        self._before, self._after = earlier.plan.targets, later.plan.targets
        self._next_year = later.plan.year == self._year + 1

    def renames(self) -> None:
        """Follow `was` of new ids; an id that passed on to another target leaves its own `was` to hold."""
        waiting = [one for one in self._after.values() if one.id not in self._before]
        asked: set[str] = set()
        while waiting:
            target = waiting.pop(0)
            asked.add(target.id)
            former = self._there(target.was)
            if len(former) > 1:
                self._doubt(target, "was", ", ".join(former), TWO)
            elif former:
                self._claim(target, "was", former, (target.id,), None)
                waiting += [self._after[one] for one in former if one in self._after and one not in asked]
            elif target.id not in self._before and self._next_year:
                self._unknown(target, "was", target.was)

    def splits(self) -> None:
        """Follow `split_from`; a whole that goes on under its id is one of its own parts."""
        parts: dict[str, list[str]] = {}
        for target in self._after.values():
            whole = target.split_from
            if whole is None or target.id in self._before:
                continue
            if whole in self._before:
                parts.setdefault(whole, []).append(target.id)
            elif self._next_year:
                self._unknown(target, "split_from", (whole,))
        for whole, new in parts.items():
            target = self._after[new[0]]
            together = dict.fromkeys((*new, whole) if whole in self._after else new)
            if len(together) == 1:
                self._doubt(target, "split_from", whole, NO_OTHER_PART)
            else:
                self._claim(target, "split_from", (whole,), tuple(together), Change.SPLIT)

    def mergers(self) -> None:
        """Follow `merged_from` where the earlier plan has all that it names; the id may be one of them."""
        for target in self._after.values():
            named = tuple(dict.fromkeys(target.merged_from))
            there = self._there(named)
            if target.id in self._before and (target.id not in named or there == [target.id]):
                continue
            if there and len(there) == len(named):
                self._claim(target, "merged_from", named, (target.id,), Change.MERGED)
            elif there or self._next_year:
                self._unknown(target, "merged_from", named)

    def passed_over(self) -> None:
        """Tell of targets that a plan says to be gone on under an id that the earlier plan has as well."""
        used = {one for claim in self.claims for one in claim.old}
        taken = {one for claim in self.claims for one in claim.new}
        for target in self._after.values():
            if target.id not in self._before or target.id in taken:
                continue
            for key, ids in _named(target):
                for one in self._there(ids):
                    if one not in self._after and one not in used:
                        self._doubt(target, key, one, BOTH_THERE)

    def _there(self, ids: tuple[str, ...]) -> list[str]:
        return [one for one in ids if one in self._before]

    def _where(self, target: Target) -> Where:
        return Where(self._later.file, self._later.lines.get(target.id, 1), 1)

    def _claim(
        self, target: Target, key: str, old: tuple[str, ...] | list[str], new: tuple[str, ...],
        change: Change | None,
    ) -> None:  # fmt: skip
        found = ", ".join(old)
        self.claims.append(
            Claim(target, key, found, self._where(target), self._year, frozenset(old), frozenset(new), change)
        )

    def _doubt(self, target: Target, key: str, found: str, reason: str) -> None:
        why = message(reason, target=target.id)
        self.problems.append(doubt(self._where(target), target, (key, found), self._year, why))

    def _unknown(self, target: Target, key: str, ids: tuple[str, ...]) -> None:
        for one in ids:
            if one not in self._before:
                self.problems.append(problem(
                    Code.LINK_UNKNOWN, self._where(target), key=key, found=one, target=target.id,
                    year=self._year, hint=hint(closest(one, self._before)),
                ))  # fmt: skip


def _named(target: Target) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "was", target.was
    yield "split_from", (target.split_from,) if target.split_from else ()
    yield "merged_from", target.merged_from
