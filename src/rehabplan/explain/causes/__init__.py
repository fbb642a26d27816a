"""The cause of every problem: where it comes from in offices, and why nothing is guessed."""

from rehabplan.explain.causes import figures, names, periods, plans, workbooks
from rehabplan.i18n import _
from rehabplan.problems import Code

_ALL: dict[Code, str] = {
    code: cause for part in (plans, names, workbooks, periods, figures) for code, cause in part.CAUSES.items()
}


def cause_of(code: Code) -> str:
    """Return the cause of a problem, in the language in use."""
    return _(_ALL[code])
