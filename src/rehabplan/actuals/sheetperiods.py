"""Several sheets of one workbook, each of a period of its own: quarters, or cut-offs one after the other."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from rehabplan.actuals.model import Basis, Clue, Observation
from rehabplan.actuals.vocabulary import Vocabulary
from rehabplan.period import cutoff_of, span_in


class SheetPart(Struct, frozen=True):
    """What one sheet gave: its figures, and what its name and titles say of the period."""

    observations: tuple[Observation, ...]
    clues: tuple[Clue, ...]

    def cutoff(self, words: Vocabulary) -> date | None:
        """Return the last day that the sheet's own words name."""
        for one in self.clues:
            if one.clue.cutoff:
                return one.clue.cutoff
            if one.clue.label and words.year:
                return cutoff_of(one.clue.label, words.year, words.convention)
        return None

    def since(self, words: Vocabulary) -> date | None:
        """Return the first day of the quarter or month that the sheet's own words name."""
        spans = [span for one in self.clues if (span := span_in(one.text))]
        return spans[0].days(words.year, words.convention)[0] if spans and words.year else None


def dated(parts: Sequence[SheetPart], words: Vocabulary) -> tuple[list[Observation], list[Clue]]:
    """Return all figures and clues; where sheets are of several periods, each figure with its own.

    The clues are then those of the latest period, which is the workbook's.
    """
    cutoffs = [part.cutoff(words) if part.observations else None for part in parts]
    known = {day for day in cutoffs if day}
    if len(known) < 2:  # noqa: PLR2004 - one period, told by its clues
        return ([one for part in parts for one in part.observations],
                [one for part in parts for one in part.clues])  # fmt: skip
    latest = max(known)
    found: list[Observation] = []
    clues: list[Clue] = []
    for part, cutoff in zip(parts, cutoffs, strict=True):
        if cutoff in (None, latest):
            clues += part.clues
        for one in part.observations:
            if cutoff is None or one.until is not None:
                found.append(one)
            else:
                since = part.since(words) if one.basis is Basis.IN_PERIOD else one.since
                found.append(replace(one, until=cutoff, since=one.since or since))
    return found, clues
