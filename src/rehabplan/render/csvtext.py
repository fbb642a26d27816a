"""Rows as CSV: UTF-8 with a byte order mark for Excel, exact numbers, no text that runs as a formula."""

import csv
import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from io import StringIO

from rehabplan import figures
from rehabplan.text import printable

BOM = "\ufeff"
_NUMBER = re.compile(r"[-+]?[\d.,]+ ?%?")

Value = Fraction | int | str | None


def csv_text(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> str:
    """Return a CSV document; None is an empty cell."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return BOM + out.getvalue()


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, Fraction | int):
        return figures.plain(Fraction(value))
    text = printable(value)
    # A spreadsheet runs what begins so; a sign before a plain number is only a sign.
    return f"'{text}" if text[:1] in "=+-@" and text and not _NUMBER.fullmatch(text) else text
