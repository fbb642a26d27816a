"""Problems for people: the same finding in several places is told once, with its places."""

from collections.abc import Iterable

from rehabplan.i18n import _
from rehabplan.problems import Problem, Severity
from rehabplan.sections.model import Item, Section
from rehabplan.tablecells import Tone

TONES = {Severity.ERROR: Tone.BAD, Severity.WARNING: Tone.WARN}
_SEVERAL = 3
"""Places from which on the same finding is told once, with its places below."""


def severity_word(severity: Severity) -> str:
    """Return a severity in words."""
    return _("error") if severity is Severity.ERROR else _("warning")


def severity_text(item: Problem) -> str:
    """Return the severity in words, and the code."""
    return f"{severity_word(item.severity)} {item.code.number}"


def grouped(problems: Iterable[Problem]) -> list[list[Problem]]:
    """Bring the same finding in several places together; fewer than three stay alone."""
    groups: dict[tuple[str, str], list[Problem]] = {}
    for item in problems:
        alone = str(item.where) if item.where and item.where.excerpt is not None else ""
        groups.setdefault((item.code.number + alone, item.message), []).append(item)
    return [
        part for items in groups.values()
        for part in ([items] if len(items) >= _SEVERAL else [[one] for one in items])
    ]  # fmt: skip


def places_text(items: list[Problem]) -> str:
    """Return the place of a finding, or in how many places it stands."""
    if len(items) > 1:
        return _("in {count} places").format(count=len(items))
    return str(items[0].where or "")


def problem_sections(reports: Iterable[Problem], plan: Iterable[Problem]) -> list[Section]:
    """Return the problems of the reports and those of the plan, each with all its places."""
    parts = ((_("Data problems ({count})"), reports), (_("The plan itself ({count})"), plan))
    return [
        Section(title.format(count=len(found)), tuple(_item(items) for items in grouped(found)))
        for title, found in ((title, list(problems)) for title, problems in parts) if found
    ]  # fmt: skip


def _item(items: list[Problem]) -> Item:
    first = items[0]
    head = f"{severity_text(first)} {places_text(items)}".rstrip()
    lines = tuple(str(one.where) for one in items) if len(items) > 1 else ()
    if first.where and first.where.excerpt is not None:
        lines = (f"{first.where.line} | {first.where.excerpt.strip()}",)
    return Item(f"{head}: {first.message}", lines, TONES[first.severity])
