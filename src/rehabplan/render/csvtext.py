"""Rows as CSV: UTF-8 with a byte order mark for Excel, exact numbers, no text that runs as a formula."""

import csv
import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from io import StringIO

from rehabplan import figures
from rehabplan.text import printable

BOM = "\ufeff"
_NUMBER = re.compile(r"[-+]?[0-9.,]+ ?%?")
_SIGNS = "=+-@＝＋－＠"
"""What formulas begin with, and the wide writing of it, which some spreadsheets take for the same."""
_PASSED_OVER = " '\"\u00a0\u3000"
"""What a spreadsheet may pass over before it; tabs and line ends are blanks by then."""

Value = Fraction | int | str | None


def csv_text(header: Sequence[str], rows: Iterable[Sequence[Value]], *, raw: bool = False) -> str:
    """Return a CSV document; None is an empty cell. `raw` leaves texts as they are before a spreadsheet."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_cell(value, raw=raw) for value in row] for row in rows)
    return BOM + out.getvalue()


def _cell(value: Value, *, raw: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, Fraction | int):
        return figures.plain(Fraction(value))
    text = printable(value)
    return f"'{text}" if not raw and runs(text) else text


def runs(text: str) -> bool:
    """Tell whether a spreadsheet might take a text for a formula; before a plain number a sign is a sign."""
    begin = text.lstrip(_PASSED_OVER)
    return begin[:1] in _SIGNS and begin != "" and not _NUMBER.fullmatch(text)
