"""A crosswalk of sites: the CSV file that says which site of an earlier plan became which."""

import csv
from pathlib import Path

from rehabplan.i18n import _
from rehabplan.plan.files import by_column
from rehabplan.problems import Code, RehabplanError, Where, problem
from rehabplan.text import clean
from rehabplan.textfile import lines_of, read_text

_COLUMNS = ("before", "now")
_SEPARATORS = ",;\t"


def read_crosswalk(path: Path) -> list[tuple[int, str, str]]:
    """Read a crosswalk: a CSV file with the columns before and now; each pair with its line.

    Its values may be parted by commas, by semicolons (as Excel with Vietnamese settings saves) or tabs.

    Raises:
        RehabplanError: it cannot be read, or lacks a column or a name.
    """
    try:
        return _pairs(read_text(path))
    except csv.Error:
        reason = _("it is no CSV text in UTF-8")
    except ValueError as error:
        reason = str(error)
    raise RehabplanError([problem(Code.CROSSWALK, Where(str(path)), reason=reason)])


def _pairs(text: str) -> list[tuple[int, str, str]]:
    """Raise ValueError with the reason why the text is no crosswalk."""
    first = next((line for line in lines_of(text) if line.strip()), "")
    separator = max(_SEPARATORS, key=first.count)
    reader = csv.reader(lines_of(text), delimiter=separator, strict=True)
    rows = [(reader.line_num, [clean(cell) for cell in row]) for row in reader]
    rows = [(line, row) for line, row in rows if any(row)]
    if not rows:
        raise ValueError(_("it is empty"))
    heads = [cell.casefold() for cell in rows[0][1]]
    missing = [name for name in _COLUMNS if name not in heads]
    if missing:
        raise ValueError(_("there is no column {names}").format(names=_(" and no column ").join(missing)))
    for name in _COLUMNS:
        if heads.count(name) > 1:
            raise ValueError(_("the column {name} stands there twice").format(name=name))
    return [_pair(line, heads, row) for line, row in rows[1:]]


def _pair(line: int, heads: list[str], row: list[str]) -> tuple[int, str, str]:
    cells = by_column(heads, row, line)
    before, now = (cells[name] for name in _COLUMNS)
    if not (before and now):
        raise ValueError(_("line {line} names only one site").format(line=line))
    return line, before, now
