"""Recognises a form that rehabplan itself sent out, by the sheet that says so."""

from datetime import date

from msgspec import Struct

from rehabplan.actuals.sheet import Workbook
from rehabplan.actuals.vocabulary import Vocabulary
from rehabplan.period import PeriodClue, canonical_label
from rehabplan.sites import Site

FORM_SHEET = "_rehabplan"
FORM_SCHEMA = "rehabplan/form/1"


class Form(Struct, frozen=True):
    """What a form says of itself: the period that it asks for, and the site that it was sent to."""

    values: dict[str, str]

    @property
    def clue(self) -> PeriodClue:
        """The period that the form asks for."""
        year, cutoff = self.values.get("year", ""), self.values.get("cutoff", "")
        try:
            day = date.fromisoformat(cutoff)
        except ValueError:
            day = None
        return PeriodClue(
            canonical_label(self.values.get("period", "")), day, int(year) if year.isdecimal() else None
        )

    @property
    def text(self) -> str:
        """The period in the form's own words."""
        return f"{self.values.get('period', '')} {self.values.get('year', '')}".strip()

    def site(self, words: Vocabulary) -> Site | None:
        """Return the site that the form was sent to, None for the whole."""
        return words.sites.by_key(self.values.get("site_set", ""), self.values.get("site", ""))


def form_of(book: Workbook) -> Form | None:
    """Return what a workbook says of itself where it is a form of ours."""
    for sheet in book.sheets:
        if sheet.name == FORM_SHEET:
            values = {
                cell.text: sheet.cells[row, 2].text
                for (row, column), cell in sheet.cells.items()
                if column == 1 and (row, 2) in sheet.cells
            }
            return Form(values) if values.get("form") == FORM_SCHEMA else None
    return None
