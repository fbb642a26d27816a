"""Dropped targets that resemble added ones: offered as a question, never taken for the same."""

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from rehabplan.i18n import N_
from rehabplan.plan.model import Target
from rehabplan.plandiff.model import Change, Edition, Suggestion, TargetChange
from rehabplan.problems import Message, message
from rehabplan.text import folded, label_key
from rehabplan.units import unit_of

_ALIKE = 0.7
"""Likeness of two names, 0 to 1, from which on somebody should be asked."""


def suggestions(old: Edition, new: Edition, targets: Sequence[TargetChange]) -> Iterator[Suggestion]:
    """Yield each dropped target with the added one that it resembles most, each at most once."""
    dropped = [one.old[0] for one in targets if one.change is Change.DROPPED]
    added = [one.new[0] for one in targets if one.change is Change.ADDED]
    scored: list[tuple[float, Target, Target, Message]] = []
    index = _Words(added)
    for before in dropped:
        for after in index.resembling(before):
            label, likeness = _shared_label(before, after), _likeness(before, after)
            if label is not None:
                scored.append((2.0, before, after, message(N_("both are called '{label}'"), label=label)))
            elif likeness >= _ALIKE and _of_one_sort(old, before, new, after):
                scored.append((likeness, before, after, _NAMES))
    taken: set[str] = set()
    for _score, before, after, because in sorted(scored, key=lambda one: -one[0]):
        pair = {f"old {before.id}", f"new {after.id}"}
        if not pair & taken:
            taken |= pair
            yield Suggestion(before, after, because)


class _Words:
    """Finds the few targets that share a rare word with another, so that not each is held against all."""

    def __init__(self, targets: Sequence[Target]) -> None:
        """Index targets by the words of their labels and ids, without accents."""
        self.by_word: dict[str, list[Target]] = {}
        for target in targets:
            for word in sorted(_words(target)):
                self.by_word.setdefault(word, []).append(target)

    def resembling(self, target: Target) -> list[Target]:
        """Return the few targets with most words in common; a word that is everywhere tells nothing."""
        shared: Counter[str] = Counter()
        found: dict[str, Target] = {}
        for word in sorted(_words(target)):
            with_it = self.by_word.get(word, [])
            if len(with_it) <= _COMMON:
                shared.update(one.id for one in with_it)
                found |= {one.id: one for one in with_it}
        return [found[name] for name, _count in shared.most_common(_FEW)]


_COMMON, _FEW = 50, 5


def _words(target: Target) -> set[str]:
    texts = (*_labels(target).values(), target.id.replace("-", " "))
    return {word for text in texts for word in folded(text).split()}


_NAMES: Message = message(N_("their names are alike"))


def _labels(target: Target) -> dict[str, str]:
    texts = (target.name.vi, target.name.en, *(one.text for one in target.aliases if one.covers == "all"))
    return {label_key(text): text for text in texts}


def _shared_label(before: Target, after: Target) -> str | None:
    first, second = _labels(before), _labels(after)
    return next((text for key, text in second.items() if key in first), None)


def _likeness(before: Target, after: Target) -> float:
    """Return the best likeness of their names in either language, or of their ids."""
    pairs = ((before.name.vi, after.name.vi), (before.name.en, after.name.en), (before.id, after.id))
    return max(SequenceMatcher(None, folded(one), folded(other)).ratio() for one, other in pairs)


def _of_one_sort(old: Edition, before: Target, new: Edition, after: Target) -> bool:
    same_unit = unit_of(old.plan.unit_id(before)) == unit_of(new.plan.unit_id(after))
    return before.kind is after.kind and same_unit
