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

_PLANS, _REPORTS, _YEARS = "docs/plan-file.md", "docs/reports.md", "docs/years.md"
_SUMMARY, _SECURITY, _COMMANDS = "docs/summary.md", "docs/security.md", "docs/commands.md"
_PAGES = {
    "RP1": _PLANS, "RP134": _YEARS, "RP135": _YEARS, "RP136": _YEARS, "RP137": _YEARS, "RP138": _YEARS,
    "RP146": _SECURITY, "RP147": _SECURITY,
    "RP20": _COMMANDS, "RP206": _SECURITY, "RP207": _SECURITY, "RP21": _YEARS, "RP22": _YEARS, "RP23": _PLANS,
    "RP24": "docs/settings.md", "RP243": _COMMANDS, "RP25": _SUMMARY, "RP26": _SUMMARY,
    "RP3": _REPORTS, "RP301": _SECURITY, "RP309": _SECURITY, "RP312": _SECURITY, "RP327": _SECURITY,
    "RP328": _SECURITY, "RP329": _SECURITY, "RP330": "docs/reliability.md",
    "RP4": _REPORTS, "RP404": _COMMANDS, "RP411": _YEARS, "RP44": _SECURITY,
    "RP5": _REPORTS,
}  # fmt: skip
"""Beginnings of codes, and the page of the documentation that says more; the longest that fits holds."""


def page_of(code: Code) -> str:
    """Return the page of the documentation that says more about a code."""
    return _PAGES[max((one for one in _PAGES if code.number.startswith(one)), key=len)]


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
    Code.YAML_FEATURE: {"feature": N_("Anchors, aliases and the like")},
    Code.CHANGE_NOT_TOLD: {"what": N_("A goal was changed"), "when": N_("in git")},
    Code.SHARE_OVER_100: {"reason": N_("it lies where no share can be")},
    Code.GOAL_IMPOSSIBLE: {"reason": N_("from the baseline it leads to where no figure can be")},
    Code.SHARES_OVER: {"difference": N_("more than the goal")},
    Code.SHARES_UNDER: {"difference": N_("less than the goal")},
    Code.TWO_PLANS: {"known": N_("one plan or another")},
    Code.TWO_SITES: {"known": N_("one site or another")},
    Code.AMBIGUOUS_SITE: {"known": N_("one site of the plan or another")},
}
"""What stands in place of a value where without it nobody could tell what the code is about."""


def sentence_of(code: Code) -> str:
    """Return what is wrong, for any case, in the language in use."""
    return _readable(code, _(code.sentence))


def cure_of(code: Code) -> str:
    """Return what to do, in any case, in the language in use."""
    return _readable(code, _(code.cure))


def _readable(code: Code, text: str) -> str:
    """Return a text with words or "…" where values are filled in, and braces as they are printed."""
    words = dict.fromkeys(_OPTIONAL, "") | _WORDS.get(code, {})
    parts = []
    for literal, name, _spec, _conversion in Formatter().parse(text):
        filled = "" if name is None else words.get(name, "…")
        parts += [literal, _(filled)]
    return re.sub(r"…(\s…)+", "…", "".join(parts)).replace("….", "…")


_DIGITS = str.maketrans("OIL", "011")
"""Letters that are taken for digits."""


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
            problems.append(
                problem(Code.NO_CODE, found=name, hint=hint(closest(number.translate(_DIGITS), CODES)))
            )
    return list(found), problems
