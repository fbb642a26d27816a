"""Problems for people: severity, code and place, the excerpt with a caret, what is wrong, what to do."""

import unicodedata
from collections.abc import Iterable

from rehabplan.i18n import _
from rehabplan.problems import Problem, Where
from rehabplan.render.screen import Screen
from rehabplan.sections.problems import TONES, grouped, places_text, severity_text

_LEAD_IN = 30
"""How much of a long line is kept before the caret."""
_SHOWN_PLACES = 5


def add_problems(screen: Screen, problems: Iterable[Problem]) -> None:
    """Add each problem as a paragraph; the same finding in several places only once, with these."""
    for items in grouped(problems):
        item = items[0]
        _add_head(screen, items)
        folded, *to_copy = item.message.split("\n")
        screen.line(folded, indent=2)
        for line in to_copy:
            screen.verbatim(f"  {line}", cut=False)
        if len(items) > 1:
            _add_places(screen, items)


def add_finding(screen: Screen, item: Problem) -> None:
    """Add where a problem is and what is wrong, without what to do."""
    _add_head(screen, [item])
    screen.line(item.sentence, indent=2)


def _add_head(screen: Screen, items: list[Problem]) -> None:
    item = items[0]
    screen.line(f"{severity_text(item)} {places_text(items)}".rstrip(), tone=TONES[item.severity])
    if item.where and item.where.excerpt is not None:
        _add_excerpt(screen, item.where, item.where.excerpt)


def _add_places(screen: Screen, items: list[Problem]) -> None:
    for item in items[:_SHOWN_PLACES]:
        screen.line(str(item.where), indent=4, hang=2)
    more = len(items) - _SHOWN_PLACES
    if more > 0:
        text = _("and {count} more; --format json lists them all").format(count=more)
        screen.line(text, indent=4)


def _add_excerpt(screen: Screen, where: Where, excerpt: str) -> None:
    number = f"  {where.line} | "
    before = excerpt[: max(0, (where.column or 1) - 1)]
    start = len(before) - sum(1 for char in before if unicodedata.combining(char))
    room = screen.width - len(number)
    cut = max(0, start - _LEAD_IN) if start + where.width > room else 0
    blank = " " * (len(number) - 2) + "| "
    screen.verbatim(number + excerpt[cut:].expandtabs(1))
    screen.verbatim(blank + " " * (start - cut) + "^" * min(where.width, room - start + cut))
