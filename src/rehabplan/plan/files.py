"""The files that a plan consists of: its text, and the lists of its sites."""

import csv
from pathlib import Path

from rehabplan.i18n import _
from rehabplan.problems import Code, RehabplanError, Where, problem, reason_of


def read_plan_text(path: Path) -> str:
    """Return the text of a plan file, which is UTF-8.

    Raises:
        RehabplanError: it cannot be read.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        reason = _("line {line} is not UTF-8 text").format(line=line)
        if error.object.startswith(b"PK"):
            reason = _("it is a workbook; plan and report may be swapped")
        raise RehabplanError([problem(Code.PLAN_UNREADABLE, Where(str(path)), reason=reason)]) from error
    except OSError as error:
        reason = str(reason_of(error))
        raise RehabplanError([problem(Code.PLAN_UNREADABLE, Where(str(path)), reason=reason)]) from error


def read_site_list(path: Path) -> list[dict[str, str]]:
    """Read a list of sites, a CSV file with a header row in UTF-8.

    Raises:
        ValueError: with the reason why it cannot be read.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            return [{str(key): value or "" for key, value in row.items()} for row in reader]
    except OSError as error:
        raise ValueError(str(reason_of(error))) from error
    except (csv.Error, UnicodeDecodeError) as error:
        raise ValueError(_("it is no CSV text in UTF-8")) from error
