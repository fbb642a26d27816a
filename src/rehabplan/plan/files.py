"""The files that a plan consists of: its text, and the lists of its sites."""

import csv
from collections import Counter
from pathlib import Path

from rehabplan import figures
from rehabplan.i18n import _
from rehabplan.problems import Code, RehabplanError, Where, problem
from rehabplan.textfile import TextFileError, lines_of, read_text

MOST_ROWS = 50_000
"""Rows of a list of sites; the country has 3,321 communes."""
MOST_CELLS = 500_000
"""Values of a list of sites or of shares: of all communes and 150 targets."""


def read_plan_text(path: Path) -> str:
    """Return the text of a plan file, which is UTF-8.

    Raises:
        RehabplanError: it cannot be read.
    """
    try:
        return read_text(path)
    except TextFileError as error:
        found = problem(Code.PLAN_UNREADABLE, Where(str(path)), reason=str(error))
        raise RehabplanError([found]) from error


def read_site_list(path: Path) -> list[dict[str, str]]:
    """Read a list of sites, a CSV file with a header row in UTF-8.

    Blank lines are passed over, values that a row lacks are empty.

    Raises:
        ValueError: with the reason why it cannot be read.
    """
    reader = csv.reader(lines_of(read_text(path)), strict=True)
    try:
        heads = next(reader, [])
        twice = [name for name, count in Counter(heads).items() if count > 1 and name]
        if twice:
            raise ValueError(_("the column {name} stands there twice").format(name=twice[0]))
        rows: list[dict[str, str]] = []
        for row in reader:
            if len(rows) >= MOST_ROWS:
                text = _("it has more than {limit} rows").format(limit=figures.whole(MOST_ROWS))
                raise ValueError(text)
            if len(rows) * len(heads) >= MOST_CELLS:
                text = _("it has more than {limit} values").format(limit=figures.whole(MOST_CELLS))
                raise ValueError(text)
            if row:
                rows.append(by_column(heads, row, reader.line_num))
    except csv.Error as error:
        raise ValueError(_("it is no CSV text in UTF-8")) from error
    return rows


def by_column(heads: list[str], row: list[str], line: int) -> dict[str, str]:
    """Return a row's values by their columns; what it lacks is empty.

    Raises:
        ValueError: with the reason, where it has more values than there are columns.
    """
    if any(cell.strip() for cell in row[len(heads) :]):
        text = _("line {line} has more values than there are columns; put a name with a comma in quotes")
        raise ValueError(text.format(line=line))
    found = dict.fromkeys(heads, "")
    found.update(zip(heads, row, strict=False))
    return found
