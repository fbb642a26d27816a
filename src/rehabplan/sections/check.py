"""What a meeting asks of a `check` first: counts, the largest gaps, what is open, what nobody asked for."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from rehabplan import figures
from rehabplan.actuals.model import Figure, State, Unplanned
from rehabplan.assess import Assessment, Result
from rehabplan.i18n import _, ngettext
from rehabplan.sections.model import Item, Section
from rehabplan.table import (
    OUTLOOK_WORDS,
    STATUS_WORDS,
    actual_text,
    expected_in_scale,
    expected_text,
    gap_text,
    goal_text,
    needed_text,
    status_text,
)
from rehabplan.verdict import Status

_SHOWN_ROWS = 100
URGENCY = (Status.MISSED, Status.BEHIND, Status.AT_RISK, Status.UNDETERMINED)
"""Statuses that ask for a decision, the worst first."""


def counts_text(assessment: Assessment) -> str:
    """Return how many targets there are, and how many of each status."""
    total = len(assessment.results)
    counts = [f"{count} {_(STATUS_WORDS[status][1])}" for status, count in assessment.counts.items() if count]
    head = ngettext("{count} target", "{count} targets", total).format(count=total)
    return f"{head}: {' · '.join(counts)}"


def standing_sections(assessment: Assessment) -> list[Section]:
    """Return the sections on how targets stand: the largest gaps, the undetermined, the not reported."""
    undetermined = tuple(_named(assessment, Status.UNDETERMINED))
    not_reported = tuple(_named(assessment, Status.NOT_REPORTED))
    found = [
        Section(_("Largest gaps first"), tuple(_urgent(assessment))),
        Section.counted(_("Undetermined ({count})"), undetermined),
        Section.counted(_("Not reported ({count})"), not_reported),
    ]
    return [section for section in found if section.items]


def _urgent(assessment: Assessment) -> Iterator[Item]:
    for result in sorted((one for one in assessment.results if one.status in URGENCY[:-1]), key=urgency):
        text = f"{status_text(result.status)}: {result.target.name}: {gap_sentence(result)}"
        yield Item(text, tone=STATUS_WORDS[result.status][2])


def urgency(result: Result) -> tuple[int, Fraction]:
    """Order targets that ask for a decision: by status, then by the share of what was expected.

    Of a ceiling the other way round: twice what is allowed stands where half of what is due does.
    """
    amount, expected = result.actual.amount, expected_in_scale(result)
    reached = amount.value if amount else None
    rank = URGENCY.index(result.status)
    whole, part = (reached, expected) if result.upper else (expected, reached)
    return rank, Fraction(1) if part is None or not whole else part / whole


def gap_sentence(result: Result) -> str:
    """Say how far a target is: "257 of 500, gap 243; expected 374, 81 a month needed"."""
    goal = goal_text(result.goal, result.target)
    parts = [_("{actual}, goal {goal}").format(actual=actual_text(result), goal=goal)]
    gap, expected, needed = gap_text(result), expected_text(result), needed_text(result)
    if gap:
        parts.append(_("gap {gap}").format(gap=gap))
    if expected:
        parts.append(_("expected by now {expected}").format(expected=expected))
    if needed:
        parts.append(_("needed {needed} a month").format(needed=needed))
    return ", ".join(parts)


def _named(assessment: Assessment, status: Status) -> Iterator[Item]:
    symbol = STATUS_WORDS[status][0]
    for result in assessment.results:
        if result.status is not status:
            continue
        text = f"{symbol} {result.target.name}"
        if result.actual.state is State.VALUE:
            text += f": {gap_sentence(result)}{_outlook(result)}"
        elif result.actual.state is State.REJECTED:
            text += f": {actual_text(result)}"
        yield Item(text)


def _outlook(result: Result) -> str:
    """Say of an undetermined target who is missing, and whether the year's goal can still be met."""
    text = ""
    if result.sites is not None and not result.sites.complete:
        args = {"reported": result.sites.reported, "count": result.sites.count}
        text = "; " + _("{reported} of {count} reported").format(**args)
    return text + (f"; {_(OUTLOOK_WORDS[result.outlook])}" if text and result.outlook else "")


def unplanned_section(
    unplanned: Sequence[Unplanned], files: Sequence[str], *, full: bool = False
) -> Section | None:
    """Return the rows that no target asks for, those of one name together; None where there is none.

    `full` gives every row its line; else the further rows of a name, and of very many names, are counted.
    """
    if not unplanned:
        return None
    count = len(unplanned)
    title = ngettext(
        "In no target of the plan ({count} row)", "In no target of the plan ({count} rows)", count
    )
    groups: dict[tuple[str, str], list[Unplanned]] = {}
    for row in unplanned:
        groups.setdefault((row.label, row.unit), []).append(row)
    several_files = len(files) > 1
    shown = list(groups.values())
    hidden = 0 if full else len(shown) - _SHOWN_ROWS
    items = []
    for rows in shown if full else shown[:_SHOWN_ROWS]:
        first, *others = [_row(row, several_files=several_files) for row in rows]
        if others and not full:
            first += " " + _("(and {count} more rows of this name)").format(count=len(others))
        items.append(Item(first, tuple(others) if full else ()))
    if hidden > 0:
        items.append(Item(_("and {count} more; --format json lists them all").format(count=hidden)))
    return Section(title.format(count=count), tuple(items))


def _row(row: Unplanned, *, several_files: bool) -> str:
    place = str(row.where) if several_files else f"{row.where.sheet}!{row.where.cell}"
    return f"{place}  {row.label}: {_printed(row.figure)} {row.unit}".rstrip()


def _printed(figure: Figure) -> str:
    """Print a plain number with separators, anything else as the sheet has it."""
    reading = figure.readings[0] if len(figure.readings) == 1 else None
    value = reading.amount.value if reading else None
    if value is None or figure.raw != figures.plain(value):
        return figure.raw
    return figures.number(value, digits=6)
