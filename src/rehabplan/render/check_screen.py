"""The terminal output of `check`: the table, then what a meeting asks for first."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from rehabplan import figures
from rehabplan.actuals.model import Figure, State, Unplanned
from rehabplan.assess import Assessment, Result
from rehabplan.beforetable import before_columns
from rehabplan.combine import Reporting
from rehabplan.i18n import _, ngettext
from rehabplan.render.before_screen import add_before
from rehabplan.render.problems import add_problems
from rehabplan.render.screen import Screen
from rehabplan.sites import SiteIndex
from rehabplan.table import (
    STATUS_WORDS,
    actual_text,
    check_columns,
    expected_in_scale,
    expected_text,
    gap_text,
    goal_text,
    needed_text,
    status_text,
)
from rehabplan.units import unit_of
from rehabplan.verdict import Outlook, Status
from rehabplan.yearbefore.model import YearBefore

_SHOWN_ROWS = 100
_SHOWN_SITES = 30
_URGENT = (Status.MISSED, Status.BEHIND, Status.AT_RISK)
_SHORT_LABELS = {"q1": "q1", "6m": "6m (q2)", "9m": "9m (q3)", "year": "year (q4)"}


def add_check(
    screen: Screen, assessment: Assessment, plan_file: str, before: YearBefore | None = None,
    extra: Callable[[], None] | None = None,
) -> None:  # fmt: skip
    """Add everything that `check` says in a terminal; `extra` adds what is asked for before the problems."""
    add_head(screen, assessment, plan_file)
    columns = check_columns(assessment.plan)
    if before is not None:
        columns += before_columns(before)
    screen.table(columns, assessment.results)
    _add_counts(screen, assessment)
    _add_urgent(screen, assessment)
    _add_names(screen, assessment, Status.UNDETERMINED, _("Undetermined ({count})"))
    _add_names(screen, assessment, Status.NOT_REPORTED, _("Not reported ({count})"))
    if before is not None:
        add_before(screen, assessment, before)
    if extra is not None:
        extra()
    _add_unplanned(screen, assessment)
    add_problem_list(screen, assessment)


def add_head(screen: Screen, assessment: Assessment, plan_file: str) -> None:
    """Add what every figure rests on: plan, reports, period, assumptions, and who reported."""
    plan = assessment.plan
    screen.heading(str(plan.title))
    screen.line(f"{plan.issuer} · {plan_file} · {files_text(assessment.files)}")
    screen.line(period_text(assessment))
    for remark in assessment.remarks:
        screen.line(f"- {remark}", hang=2)
    for one in assessment.reporting:
        screen.line(f"- {reporting_text(one, assessment.scope.sites)}", hang=2)


def files_text(files: Sequence[str]) -> str:
    """Name one file, count several."""
    if len(files) == 1:
        return files[0]
    return ngettext("{count} report", "{count} reports", len(files)).format(count=len(files))


def reporting_text(one: Reporting, index: SiteIndex) -> str:
    """Say which sites reported: "24 of 30 districts reported; missing: …"."""
    args = {"reported": len(one.reported), "count": one.count, "unit": unit_of(one.unit).name}
    text = _("{reported} of {count} {unit} reported").format(**args)
    if one.missing:
        names = [index.label(site) for site in one.missing]
        shown = ", ".join(names[:_SHOWN_SITES])
        more = len(names) - _SHOWN_SITES
        if more > 0:
            shown = _("{names} and {count} more").format(names=shown, count=more)
        text += "; " + _("missing: {names}").format(names=shown)
    return text


def period_text(assessment: Assessment) -> str:
    """Return the period in one line: label, days, share of the year, convention."""
    period = assessment.period
    label = _SHORT_LABELS.get(period.label or "", period.label)
    text = _("Period {label}: {first} to {last}, {days} of {all_days} days ({share}), {convention} year")
    return text.format(
        label=label or _("to a date"),
        first=figures.day(period.first),
        last=figures.day(period.cutoff),
        days=period.days_elapsed,
        all_days=period.days,
        share=figures.percent(period.elapsed * 100),
        convention=_(period.convention.value),
    )  # fmt: skip


def _add_counts(screen: Screen, assessment: Assessment) -> None:
    total = len(assessment.results)
    counts = [f"{count} {_(STATUS_WORDS[status][1])}" for status, count in assessment.counts.items() if count]
    head = ngettext("{count} target", "{count} targets", total).format(count=total)
    screen.line()
    screen.line(f"{head}: {' · '.join(counts)}")


def _add_urgent(screen: Screen, assessment: Assessment) -> None:
    urgent = sorted((r for r in assessment.results if r.status in _URGENT), key=_urgency)
    if urgent:
        screen.heading(_("Largest gaps first"))
    for result in urgent:
        tone = STATUS_WORDS[result.status][2]
        text = f"{status_text(result.status)}: {result.target.name}: {gap_sentence(result)}"
        screen.line(text, tone=tone, indent=2, hang=2)


def _urgency(result: Result) -> tuple[int, object]:
    """Order by status, then by the share of the expected figure that was reached."""
    amount = result.actual.amount
    reached = amount.value if amount else None
    expected = expected_in_scale(result)
    if reached is None or not expected or result.goal.lower_is_better:
        return _URGENT.index(result.status), Fraction(1)
    return _URGENT.index(result.status), reached / expected


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


def _add_names(screen: Screen, assessment: Assessment, status: Status, title: str) -> None:
    found = [result for result in assessment.results if result.status is status]
    if not found:
        return
    screen.heading(title.format(count=len(found)))
    symbol = STATUS_WORDS[status][0]
    for result in found:
        text = f"{symbol} {result.target.name}"
        if result.actual.state is State.VALUE:
            text += f": {gap_sentence(result)}{_outlook(result)}"
        elif result.actual.state is State.REJECTED:
            text += f": {actual_text(result)}"
        screen.line(text, indent=2, hang=2)


def _outlook(result: Result) -> str:
    """Say of an undetermined target who is missing, and whether the year's goal can still be met."""
    text = ""
    if result.sites is not None and not result.sites.complete:
        args = {"reported": result.sites.reported, "count": result.sites.count}
        text = "; " + _("{reported} of {count} reported").format(**args)
    words = {Outlook.SECURED: _("the goal is secured"), Outlook.POSSIBLE: _("the goal is still possible"),
             Outlook.OUT_OF_REACH: _("the goal is out of reach")}  # fmt: skip
    return text + (f"; {words[result.outlook]}" if text and result.outlook else "")


def _add_unplanned(screen: Screen, assessment: Assessment) -> None:
    if not assessment.unplanned:
        return
    count = len(assessment.unplanned)
    title = ngettext(
        "In no target of the plan ({count} row)", "In no target of the plan ({count} rows)", count
    )
    screen.heading(title.format(count=count))
    groups: dict[tuple[str, str], list[Unplanned]] = {}
    for row in assessment.unplanned:
        groups.setdefault((row.label, row.unit), []).append(row)
    several_files = len(assessment.files) > 1
    for (label, unit), rows in list(groups.items())[:_SHOWN_ROWS]:
        where = rows[0].where
        place = str(where) if several_files else f"{where.sheet}!{where.cell}"
        text = f"{place}  {label}: {_printed(rows[0].figure)} {unit}".rstrip()
        if len(rows) > 1:
            text += " " + _("(and {count} more rows of this name)").format(count=len(rows) - 1)
        screen.line(text, indent=2, hang=2)
    if len(groups) > _SHOWN_ROWS:
        more = _("and {count} more; --format json lists them all").format(count=len(groups) - _SHOWN_ROWS)
        screen.line(more, indent=2)


def _printed(figure: Figure) -> str:
    """Print a plain number with separators, anything else as the sheet has it."""
    reading = figure.readings[0] if len(figure.readings) == 1 else None
    value = reading.amount.value if reading else None
    if value is None or figure.raw != figures.plain(value):
        return figure.raw
    return figures.number(value, digits=6)


def add_problem_list(screen: Screen, assessment: Assessment) -> None:
    """Add the problems of the reports."""
    if assessment.problems:
        screen.heading(_("Data problems ({count})").format(count=len(assessment.problems)))
        add_problems(screen, assessment.problems)
