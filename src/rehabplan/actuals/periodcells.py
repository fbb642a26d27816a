"""The spans that cells name in a list whose rows say the period: "Quý III", "9 tháng 2024", "Q3"."""

import re
from datetime import date

from rehabplan.actuals.headers import Row
from rehabplan.actuals.headings import role_of
from rehabplan.actuals.model import Basis
from rehabplan.actuals.roles import Role
from rehabplan.actuals.tables import Table
from rehabplan.actuals.vocabulary import Vocabulary
from rehabplan.period import Span, canonical_label, clue_in_title, cutoff_of, span_in, years_in
from rehabplan.text import key

Days = tuple[Basis, date | None, date | None]
_NOT_RESULTS = (Role.EARLIER, Role.ESTIMATE, Role.GOAL, Role.OTHER)


class PeriodCells:
    """Reads a table's column of periods, where it has one."""

    def __init__(self, table: Table, words: Vocabulary) -> None:
        """Look whether the cells name quarters and months alone, or spans from the year's beginning."""
        self._columns = table.having(Role.PERIOD)
        self._words = words
        texts = [text for row in table.rows if (text := self._text(row))]
        labels = {canonical_label(text) for text in texts}
        # q1, q2 and q3 beside 6m or 9m are cut-offs; alone they are quarters, as "Quý I" is.
        self._cumulative = any(label in ("6m", "9m", "year") and not span_in(text)
                               for text in texts for label in (canonical_label(text),))  # fmt: skip
        self._quarters = not self._cumulative and len(labels) > 1

    def _text(self, row: Row) -> str:
        return next((row.cells[one.number].text for one in self._columns if one.number in row.cells), "")

    def skip(self, row: Row) -> bool:
        """Tell whether a row's figure is none of the plan's year, or no result: of last year, an estimate."""
        for column in self._columns:
            cell = row.cells.get(column.number)
            if cell is None:
                continue
            years = set(years_in(cell.text))
            if role_of(cell.text) in _NOT_RESULTS or (self._words.year and years - {self._words.year}):
                return True
        return False

    def days(self, row: Row) -> Days | None:
        """Return the days that a row's cell names; None where it names none."""
        text = self._text(row)
        year, convention = self._words.year, self._words.convention
        if not text or year is None:
            return None
        span = self._span(text)
        if span:
            return (Basis.IN_PERIOD, *span.days(year, convention))
        clue = clue_in_title(text)
        label = canonical_label(text) or (clue.label if clue else None)
        if clue and clue.cutoff:
            return Basis.UNSAID, None, clue.cutoff
        return (Basis.UNSAID, None, cutoff_of(label, year, convention)) if label else None

    def _span(self, text: str) -> Span | None:
        """Return the quarter or month that a cell names by itself."""
        heading = key(self._columns[0].heading)
        bare = re.fullmatch(r"(?:0?\d{1,2}|i{1,3}|iv)", key(text))
        if bare and heading in ("quý", "tháng"):
            return span_in(f"{heading} {text.strip()}")
        if canonical_label(text) and not self._quarters:
            return None
        return span_in(text) if self._quarters or role_of(text) is Role.IN_PERIOD else None
