"""Problems for people: severity, code and place, the excerpt with a caret, what is wrong, what to do."""

import unicodedata
from collections.abc import Iterable

from rehabplan.i18n import _
from rehabplan.problems import Problem, Severity, Where
from rehabplan.render.screen import Screen
from rehabplan.table import Tone

_TONES = {Severity.ERROR: Tone.BAD, Severity.WARNING: Tone.WARN}
_LEAD_IN = 30
"""How much of a long line is kept before the caret."""


def add_problems(screen: Screen, problems: Iterable[Problem]) -> None:
    """Add each problem as a paragraph."""
    words = {Severity.ERROR: _("error"), Severity.WARNING: _("warning")}
    for item in problems:
        place = f" {item.where}" if item.where else ""
        head = f"{words[item.severity]} {item.code.number}{place}"
        screen.line(head, tone=_TONES[item.severity])
        if item.where and item.where.excerpt is not None:
            _add_excerpt(screen, item.where, item.where.excerpt)
        screen.line(item.message, indent=2)


def _add_excerpt(screen: Screen, where: Where, excerpt: str) -> None:
    number = f"  {where.line} | "
    before = excerpt[: max(0, (where.column or 1) - 1)]
    start = len(before) - sum(1 for char in before if unicodedata.combining(char))
    room = screen.width - len(number)
    cut = max(0, start - _LEAD_IN) if start + where.width > room else 0
    blank = " " * (len(number) - 2) + "| "
    screen.verbatim(number + excerpt[cut:].expandtabs(1))
    screen.verbatim(blank + " " * (start - cut) + "^" * min(where.width, room - start + cut))
