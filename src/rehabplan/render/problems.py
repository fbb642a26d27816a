"""Problems for people: severity, code and place, the excerpt with a caret, what is wrong, what to do."""

from collections.abc import Iterable

from rich.cells import cell_len

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
    """Add the line with carets; of a long one what they mark, whole, and what finds room around."""
    first = min(max(0, (where.column or 1) - 1), len(excerpt))
    parts = (excerpt[:first], excerpt[first : first + where.width], excerpt[first + where.width :])
    before, marked, after = (screen.shown(part) for part in parts)
    number = f"  {where.line} | "
    blank = " " * (len(number) - 2) + "| "
    room = screen.width - len(number)
    text, start = _in_window(before, marked, after, room, screen.fit("…"))
    end = start + max(1, len(marked))
    for begins, ends in _folded(text, room):
        if begins and text[begins:ends] == screen.fit("…"):
            continue
        screen.verbatim((blank if begins else number) + text[begins:ends])
        under = text[max(begins, start) : min(ends, end)]
        lead = cell_len(text[begins : max(begins, start)])
        if begins <= start < ends or under or (start >= len(text) == ends):
            screen.verbatim(blank + " " * lead + "^" * max(1, cell_len(under)))


def _in_window(before: str, marked: str, after: str, room: int, cut: str) -> tuple[str, int]:
    """Return what is shown of a line, and where in it the mark begins.

    What finds no room is left out by words: half a number or date would be another one.
    """
    text = before + marked + after
    if cell_len(text) <= room:
        return text, len(before)
    breaks = _breaks(text)
    left = max(at for at in breaks if at <= len(before))
    right = min(at for at in breaks if at >= len(before + marked))

    def fits(left: int, right: int) -> bool:
        marks = cell_len(cut) * ((left > 0) + (right < len(text)))
        return cell_len(text[left:right]) + marks <= room

    near = max(0, len(before) - _LEAD_IN)
    wider = [0, *(at for at in breaks if near <= at < left)]
    left = next((at for at in wider if fits(at, right)), left)
    right = max((at for at in breaks if at >= right and fits(left, at)), default=right)
    left = next((at for at in breaks if at <= left and fits(at, right)), left)
    shown = (cut if left else "") + text[left:right] + (cut if right < len(text) else "")
    return shown, len(before) - left + (len(cut) if left else 0)


def _breaks(text: str) -> list[int]:
    """Return where a line may be cut: at its ends, and behind blanks and commas but those within numbers."""
    inside = [
        at for at in range(1, len(text))
        if text[at - 1] in " ,"
        and text[at] not in " ,"
        and not (text[at].isdigit() and text[at - 2 : at - 1].isdigit())
    ]  # fmt: skip
    return [0, *inside, len(text)]


def _folded(text: str, room: int) -> list[tuple[int, int]]:
    """Return where the lines of a text begin and end: one, unless what is marked is wider than the window."""
    lines = []
    begins, breaks = 0, _breaks(text)
    while cell_len(text[begins:]) > room:
        most = begins + 1
        while cell_len(text[begins : most + 1]) <= room:
            most += 1
        ends = max((at for at in breaks if begins < at <= most), default=most)
        lines.append((begins, ends))
        begins = ends
    return [*lines, (begins, len(text))]
