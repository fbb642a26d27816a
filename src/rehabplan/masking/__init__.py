"""Small counts of persons are left out of what is to be published (docs/security.md).

In one commune a count of one or two can point to a person. Such figures are masked, and as many more as it
takes that no masked one follows from the total and the figures beside it. What is masked is no zero and no
missing report: it has a state of its own.
"""

from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from rehabplan.actuals.model import Actual, State
from rehabplan.assess import Assessment, Result
from rehabplan.i18n import N_
from rehabplan.masking.hiding import Hiding
from rehabplan.masking.parts import counts_of
from rehabplan.problems import Message, message


def masked(assessment: Assessment, below: int) -> Assessment:
    """Return an assessment without small counts of persons, fit to be published.

    Left out with them is whatever repeats a report's own words: cells, problems, rows that the plan does not
    ask for. How many problems there were is said in a remark.

    Args:
        assessment: the whole assessment; its statuses of the whole plan stay.
        below: counts from 1 up to, but not with, this number are small.
    """
    hidden = Hiding(assessment, below)
    hidden.work_out()
    results = tuple(_without(one, hidden) for one in assessment.results)
    remarks = [*assessment.remarks, message(
        N_("×: counts of persons below {below}, and what would give them away, are not shown"), below=below
    )]  # fmt: skip
    if assessment.problems:
        remarks.append(untold(len(assessment.problems)))
    return replace(assessment, results=results, problems=(), unplanned=(), remarks=tuple(remarks))


def tells_small(course: Sequence[Assessment], below: int) -> bool:
    """Tell whether a year's cut-offs, side by side, show a small count: the whole's, or what was added."""
    for one in course:
        if any(result.actual.state is State.MASKED for result in masked(one, below).results):
            return True
    for results in zip(*(one.results for one in course), strict=True):
        counts = {count for one in results for count in counts_of(course[0].plan, one)}
        if any(0 < later - earlier < below for earlier, later in pairwise(sorted(counts))):
            return True
    return False


def untold(count: int) -> Message:
    """Say how many problems are not told, since they quote figures, and where they are."""
    text = N_(
        "problems of the reports, with their texts, are not shown either: {count}; "
        "see them without --mask-below"
    )
    return message(text, count=count)


def _without(result: Result, hidden: Hiding) -> Result:
    """Return a result without what is masked, and without the cells that figures rest on."""
    target, sites = result.target.id, result.sites
    if sites is not None:
        figures = tuple(
            replace(one, actual=_masked_actual(one.actual, hide=hidden.hides(target, one.site)))
            for one in sites.figures
        )
        sites = replace(sites, figures=figures)
    hide = hidden.hides(target, None)
    bare = replace(result, actual=_masked_actual(result.actual, hide=hide), sites=sites, steps=())
    return replace(bare, percent=None, gap=None, needed_per_month=None) if hide else bare


def _masked_actual(actual: Actual, *, hide: bool) -> Actual:
    """Return a figure without its cells; of a silent site there is none to hide."""
    if hide and actual.state in (State.VALUE, State.NOT_APPLICABLE):
        return Actual(State.MASKED)
    return replace(actual, evidence=(), steps=())
