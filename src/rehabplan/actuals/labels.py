"""Which target a row's label means: by id, name or alias after normalisation, never by likeness."""

from dataclasses import dataclass

from rehabplan.i18n import N_
from rehabplan.plan.model import Plan
from rehabplan.text import closest, label_key

MOST_SUGGESTIONS = 200
"""Rows of one file that are looked at for likeness; more of them are no slips of the pen."""


@dataclass(frozen=True, slots=True)
class Match:
    """The indicator that a label names, and by what it was found."""

    indicator: str
    by: str
    part: bool = False


class LabelIndex:
    """Finds indicators by label; knows a plan's ids, names in both languages, and aliases."""

    def __init__(self, plan: Plan) -> None:
        """Index every label of the plan under its key."""
        self._matches: dict[str, Match] = {}
        self._targets: dict[str, str] = {}
        self._suggestions = MOST_SUGGESTIONS
        for target in plan.targets.values():
            indicator = target.reported_as
            entries = [(target.id, N_("id"), False)]
            entries += [(indicator, "id", False)] if target.indicator else []
            entries += [(target.name.vi, N_("name"), False), (target.name.en, N_("name"), False)]
            entries += [(alias.text, N_("alias"), alias.covers == "part") for alias in target.aliases]
            for label, by, part in entries:
                self._matches.setdefault(label_key(label), Match(indicator, by, part))
                self._targets.setdefault(label, target.id)

    def find(self, label: str) -> Match | None:
        """Return the indicator whose id, name or alias the label is."""
        return self._matches.get(label_key(label))

    def suggest(self, label: str) -> tuple[str, str] | None:
        """Return a known label much like this one and its target's id, to be offered as a question."""
        if self._suggestions == 0:
            return None
        self._suggestions -= 1
        found = closest(label, self._targets, cutoff=0.85)
        return (found, self._targets[found]) if found else None
