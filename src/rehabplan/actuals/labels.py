"""Which target a label means: by id, name or alias after normalisation, never by likeness."""

import re
from typing import TYPE_CHECKING

from msgspec import Struct, field

from rehabplan.actuals.model import TOTAL
from rehabplan.i18n import N_
from rehabplan.text import clean, closest, key, label_key
from rehabplan.units import is_known

if TYPE_CHECKING:  # only for the type: a reader's process has no need of pydantic
    from rehabplan.plan.model import Plan

_LEAST_WORDS = 3
_TAIL = re.compile(r"\s*\(([^()]*)\)\s*$")


def _stands_in(label: str, words: str) -> bool:
    """Tell whether a label stands in a text as words of its own; a comma behind it is not the label's."""
    at = words.find(label)
    while at >= 0:
        end = at + len(label)
        if not (words[max(0, at - 1) : at].isalnum() or words[end : end + 1].isalnum()):
            return True
        at = words.find(label, at + 1)
    return False


class Match(Struct, frozen=True):
    """The indicator that a label names, and by what it was found."""

    indicator: str
    by: str
    part: bool = False
    adds: bool = False
    """Figures of several sites add up to the whole's: a count or a stock."""
    parent: str = ""
    """The indicator of the target's whole, where it is a part of one."""


class LabelIndex(Struct):
    """Finds indicators by label; knows a plan's ids, names in both languages, and aliases."""

    _matches: dict[str, Match] = field(default_factory=dict)
    _targets: dict[str, str] = field(default_factory=dict)
    _suggested: dict[str, str | None] = field(default_factory=dict)

    @classmethod
    def of(cls, plan: "Plan") -> "LabelIndex":
        """Index every label of a plan under its key."""
        index = cls()
        for target in plan.targets.values():
            indicator = target.reported_as
            entries = [(target.id, N_("id"), False)]
            entries += [(indicator, "id", False)] if target.indicator else []
            entries += [(target.name.vi, N_("name"), False), (target.name.en, N_("name"), False)]
            entries += [(alias.text, N_("alias"), alias.covers == "part") for alias in target.aliases]
            adds = target.kind.value in ("count", "stock")
            whole = plan.targets.get(target.parent or "")
            parent = whole.reported_as if whole else ""
            for label, by, part in entries:
                index._matches.setdefault(label_key(label), Match(indicator, by, part, adds, parent))
                index._targets.setdefault(label, target.id)
        for number, total in enumerate(plan.totals):
            for label in (total.name.vi, total.name.en):
                index._matches.setdefault(label_key(label), Match(f"{TOTAL}{number}", "name"))
        return index

    def find(self, label: str) -> Match | None:
        """Return the indicator whose id, name or alias the label is, with its unit in brackets or not."""
        found = self._matches.get(label_key(label))
        if found is None and label.rstrip().endswith(")"):
            unit = _TAIL.search(clean(label))
            if unit and is_known(unit[1]):
                found = self._matches.get(label_key(clean(label)[: unit.start()]))
        return found

    def named_in(self, title: str) -> Match | None:
        """Return the indicator that a table's title is about, where it names just one."""
        words = key(title)
        found = {
            label: match
            for label, match in self._matches.items()
            if len(label.split()) >= _LEAST_WORDS and _stands_in(label, words)
        }
        indicators = {match.indicator for match in found.values()}
        # The longest label says most: a part's alias may hold the name of the whole.
        return found[max(found, key=lambda label: (len(label), label))] if len(indicators) == 1 else None

    def suggest(self, label: str) -> tuple[str, str] | None:
        """Return a known label much like this one and its target's id, to be offered as a question."""
        if label not in self._suggested:  # the same row comes back in every site's workbook
            self._suggested[label] = closest(label, self._targets, cutoff=0.85)
        found = self._suggested[label]
        return (found, self._targets[found]) if found else None
