"""Problem codes by the names that people type, and what is said of each besides its sentence and cure."""

import re
from collections.abc import Iterable
from string import Formatter

from rehabplan.i18n import N_, _
from rehabplan.problems import Code, Problem, hint, problem
from rehabplan.text import clean, closest

PREFIX = "RP"
CODES = {code.number: code for code in sorted(Code, key=lambda one: one.number)}
"""Every code, in the order of the numbers."""

STAGES = {
    "1": N_("Plan files"),
    "2": N_("Command line, comparisons of years, drafts and templates"),
    "3": N_("Workbooks and their layout"),
    "4": N_("Periods, and files that are written"),
    "5": N_("Cells and figures, and what a damaged workbook leaves open"),
}
"""What the codes that begin with a digit are about."""

_GUARD = N_(
    "No small file shows this: it comes from the guard that keeps one workbook from holding up all others."
)
WITHOUT_EXAMPLE = {
    Code.MORE_PROBLEMS: N_("No small file shows this: it takes problems by the hundred."),
    Code.HISTORY_UNREADABLE: N_("No file shows this: it comes from git, or from its absence, on a computer."),
    Code.TOO_SLOW: _GUARD,
    Code.TOO_MUCH: _GUARD,
    Code.READER_CRASHED: _GUARD,
    Code.READER_FAILED: N_("No file shows this: where one is known to do so, the program is mended."),
    Code.STDOUT_FAILED: N_("No file shows this: it comes from a full disk, or a program that reads on."),
}
"""Codes that no small file provokes, and why."""

_PAGES = (
    (("RP10", "RP11", "RP12", "RP13", "RP15", "RP16", "RP17", "RP190"), "docs/plan-file.md"),
    (("RP142", "RP143", "RP144", "RP145", "RP140", "RP141"), "docs/plan-file.md"),
    (("RP146", "RP147"), "docs/security.md"),
    (("RP18", "RP21", "RP22", "RP23", "RP411"), "docs/years.md"),
    (("RP25", "RP26"), "docs/summary.md"),
    (("RP303", "RP304", "RP312", "RP327", "RP328", "RP329", "RP330", "RP442", "RP44", "RP206", "RP207"),
     "docs/security.md"),
    (("RP56",), "docs/reliability.md"),
    (("RP208", "RP404", "RP20"), "docs/commands.md"),
    (("RP43", "RP55", "RP539"), "docs/verdicts.md"),
    (("RP3", "RP4", "RP5"), "docs/reports.md"),
)  # fmt: skip
"""Beginnings of codes, and the page of the documentation that says more; the first that fits holds."""


def page_of(code: Code) -> str:
    """Return the page of the documentation that says more about a code."""
    return next(page for beginnings, page in _PAGES if code.number.startswith(beginnings))


def by_stage() -> list[tuple[str, list[Code]]]:
    """Return every stage's title, not yet translated, and its codes in order."""
    first = len(PREFIX)
    return [
        (title, [code for number, code in CODES.items() if number[first] == digit])
        for digit, title in STAGES.items()
    ]


_OPTIONAL = ("hint", "who")
"""What is filled in only sometimes, with its blank before it."""

_WORDS = {
    Code.SHARE_OVER_100: {"reason": N_("it lies where no share can be")},
    Code.GOAL_IMPOSSIBLE: {"reason": N_("from the baseline it leads to where no figure can be")},
    Code.SHARES_OVER: {"difference": N_("more than the goal")},
    Code.SHARES_UNDER: {"difference": N_("less than the goal")},
    Code.TWO_PLANS: {"known": N_("one plan or another")},
    Code.TWO_SITES: {"known": N_("one site or another")},
    Code.AMBIGUOUS_SITE: {"known": N_("one site of the plan or another")},
}
"""What stands in place of a value where without it two codes would read alike."""


def sentence_of(code: Code) -> str:
    """Return what is wrong, for any case, in the language in use."""
    return _readable(code, _(code.sentence))


def cure_of(code: Code) -> str:
    """Return what to do, in any case, in the language in use."""
    return _readable(code, _(code.cure))


def _readable(code: Code, text: str) -> str:
    """Return a text with words or "…" where values are filled in, and braces as they are printed."""
    words = _WORDS.get(code, {})
    parts = [
        literal + ("" if name is None or name in _OPTIONAL else _(words.get(name, "…")))
        for literal, name, _spec, _conversion in Formatter().parse(text)
    ]
    return re.sub(r"…(\s…)+", "…", "".join(parts)).replace("….", "…")


def codes_named(names: Iterable[str]) -> tuple[list[Code], list[Problem]]:
    """Return the codes that RP110, rp110 or 110 mean, each once, and a problem for each other name."""
    found: dict[Code, None] = {}
    problems: list[Problem] = []
    for name in names:
        typed = clean(name).upper()
        number = typed if typed.startswith(PREFIX) else f"{PREFIX}{typed}"
        if number in CODES:
            found[CODES[number]] = None
        else:
            problems.append(problem(Code.NO_CODE, found=name, hint=hint(closest(number, CODES))))
    return list(found), problems
