"""The cells that an office fills in: open, coloured, and checked while they are filled in."""

from collections.abc import Iterable

from openpyxl.cell import Cell
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from rehabplan.forms import words
from rehabplan.forms.look import CLOSED_FILL, INPUT_FILL, OPEN
from rehabplan.forms.rows import Entry, Row
from rehabplan.forms.words import Language, said
from rehabplan.plan.fields import Text

_MOST_TITLE, _MOST_TEXT = 32, 255
"""Characters that Excel takes in the title and text of such a message."""


class Entries:
    """Collects the input cells of a sheet; cells with the same rule share one."""

    def __init__(self, language: Language) -> None:
        """Write messages in this language."""
        self._language = language
        self._rules: dict[tuple[str, str, str], DataValidation] = {}

    def add(self, row: Row, numerator: Cell, denominator: Cell, result: Cell) -> None:
        """Open the cells that a row is filled in by, and close the others."""
        opened = [numerator, denominator] if row.entry is Entry.SHARE else [result]
        for cell in (numerator, denominator, result):
            cell.fill = INPUT_FILL if cell in opened else CLOSED_FILL
        for cell in opened:
            cell.protection = OPEN
            if row.entry is not Entry.DONE:
                cell.number_format = "#,##0" if row.whole else "General"
        if row.entry is Entry.DONE:
            self._list(result)
        elif row.entry is Entry.NUMBER:
            self._number(result, words.RESULT, row)
        else:
            self._number(numerator, words.NUMERATOR, row)
            self._number(denominator, words.DENOMINATOR, row, row.measured_of)

    def put_into(self, sheet: Worksheet) -> None:
        """Give the sheet its rules."""
        for rule in self._rules.values():
            sheet.add_data_validation(rule)

    def _number(self, cell: Cell, title: Text, row: Row, of: str = "") -> None:
        allowed = words.ENTER_WHOLE if row.whole else words.ENTER_NUMBER
        about = [said(words.MEASURED_OF, self._language, of=of) + "."] if of else []
        prompt = self._joined([*about, self._said(allowed), self._said(words.BLANK_AND_ZERO)])
        error = self._joined(map(self._said, (allowed, words.ONLY_DIGITS, words.BLANK)))
        kind = "whole" if row.whole else "decimal"
        self._rule(cell, kind, self._said(title), prompt, error)

    def _list(self, cell: Cell) -> None:
        prompt = self._joined(map(self._said, (words.ENTER_DONE, words.BLANK)))
        self._rule(cell, "list", self._said(words.RESULT), prompt, prompt)

    def _rule(self, cell: Cell, kind: str, title: str, prompt: str, error: str) -> None:
        rule = self._rules.get((kind, title, prompt))
        if rule is None:
            choices = ",".join(map(self._said, (words.DONE, words.NOT_DONE)))
            rule = DataValidation(
                type=kind,  # type: ignore[arg-type]  # the stubs list the words
                operator=None if kind == "list" else "greaterThanOrEqual",
                formula1=f'"{choices}"' if kind == "list" else "0",
                allow_blank=True,
                errorTitle=self._said(words.NOT_ACCEPTED)[:_MOST_TITLE], error=error[:_MOST_TEXT],
                promptTitle=title[:_MOST_TITLE], prompt=prompt[:_MOST_TEXT],
                showErrorMessage=True, showInputMessage=True,
            )  # fmt: skip
            self._rules[kind, title, prompt] = rule
        rule.add(cell)

    def _said(self, text: Text) -> str:
        return said(text, self._language)

    @staticmethod
    def _joined(parts: Iterable[str]) -> str:
        return " ".join(parts)
