"""The terminal output of `trace`: plan line, cells, readings, and the steps to the verdict."""

from rehabplan import figures
from rehabplan.actuals.model import Actual, Evidence, State
from rehabplan.assess import Assessment, Result
from rehabplan.i18n import _
from rehabplan.plan.model import KIND_WORDS, Target
from rehabplan.problems import Problem
from rehabplan.render.problems import add_problems
from rehabplan.render.screen import Screen
from rehabplan.rollup import RollUp
from rehabplan.sections.head import period_text
from rehabplan.table import (
    actual_text,
    expected_text,
    gap_text,
    goal_text,
    needed_text,
    percent_text,
    status_text,
    unit_text,
)


def problems_of(assessment: Assessment, result: Result) -> list[Problem]:
    """Return the problems that stand at the cells of a result."""
    places = {item.where for item in result.actual.evidence}
    return [item for item in assessment.problems if item.where in places]


def add_trace(screen: Screen, assessment: Assessment, result: Result, file: str, line: int) -> None:
    """Add the whole way of one target's figure."""
    target = result.target
    screen.heading(f"{target.id}: {target.name}")
    _add_plan_part(screen, assessment, result, f"{file}:{line}")
    screen.heading(_("Report"))
    screen.line(period_text(assessment), indent=2, hang=2)
    for remark in assessment.remarks:
        screen.line(str(remark), indent=2, hang=2)
    _add_report_part(screen, assessment, result)
    screen.heading(_("Verdict"))
    outlook = _outlook(result)
    screen.line(f"{status_text(result.status)}{outlook}", indent=2)
    for step in result.steps:
        screen.line(str(step), indent=4, hang=2)
    for label, text in (
        (_("percent of goal"), percent_text(result)),
        (_("gap"), gap_text(result)),
        (_("expected by the cut-off"), expected_text(result)),
        (_("needed a month"), needed_text(result)),
    ):
        if text:
            screen.line(f"{label}: {text}", indent=2, hang=2)
    problems = problems_of(assessment, result)
    if problems:
        screen.heading(_("Problems"))
        add_problems(screen, problems)


def _outlook(result: Result) -> str:
    words = {
        "secured": _("the year's goal is secured"),
        "possible": _("the year's goal is still possible"),
        "out_of_reach": _("the year's goal is out of reach"),
    }
    return f"; {words[result.outlook]}" if result.outlook else ""


def _add_plan_part(screen: Screen, assessment: Assessment, result: Result, place: str) -> None:
    plan, target = assessment.plan, result.target
    screen.heading(_("Plan"))
    goal = goal_text(result.goal, target)
    screen.line(_("{place}: goal {goal}, written as '{text}'").format(
        place=place, goal=goal, text=result.goal.text
    ), indent=2, hang=2)  # fmt: skip
    source = target.source
    document = str(source.document or plan.document.source or _("not known"))
    number = plan.document.number if source.document is None else None
    day = plan.document.date if source.document is None else None
    shown = [number or "", figures.day(day) if day else "", document]
    for label, text in (
        (_("kind"), _(KIND_WORDS[target.kind])),
        (_("unit"), unit_text(plan, target)),
        (_("measured of"), str(target.population) if target.population else ""),
        (_("scope"), str(target.scope) if target.scope else ""),
        (_("part of"), target.parent or ""),
        (_("baseline"), _baseline(target)),
        (_("leading"), ", ".join(target.owners.lead)),
        (_("cooperating"), ", ".join(target.owners.cooperating)),
        (_("document"), ", ".join(part for part in shown if part)),
        (_("clause"), source.clause or _("not known")),
        (_("note"), " ".join(str(part) for part in (source.note, target.note) if part)),
    ):
        if text:
            screen.line(f"{label}: {text}", indent=2, hang=2)


def _baseline(target: Target) -> str:
    base = target.baseline
    if base is None or base.level is None:
        return ""
    level = figures.number(base.level, digits=6)
    if base.average:
        years = ", ".join(str(year) for year in base.average)
        return _("{level}, the mean of {years}").format(level=level, years=years)
    return f"{level} ({base.year})" if base.year else level


def _add_report_part(screen: Screen, assessment: Assessment, result: Result) -> None:
    actual = result.actual
    if not actual.evidence:
        screen.line(_("no row of the report names this target"), indent=2, hang=2)
    own = set(actual.evidence)
    if result.sites is not None:
        _add_sites(screen, assessment, result.sites)
        own -= {item for one in result.sites.figures for item in one.actual.evidence}
        if own:
            screen.line(_("given for the whole:"), indent=2)
    for item in actual.evidence:
        if item in own:
            _add_cell(screen, item, 2, set())
    if actual.state is State.REJECTED:
        screen.line(_("the figure was rejected; the problem below says why"), indent=2, hang=2)
    elif actual.state is State.VALUE:
        screen.line(_("actual: {actual}").format(actual=actual_text(result)), indent=2, hang=2)


def _add_cell(screen: Screen, item: Evidence, indent: int, told: set[str]) -> None:
    """Add a cell with how it was read; what was said of a cell before is not said again."""
    screen.line(f"{item.where}: '{item.text}'", indent=indent, hang=2)
    for step in map(str, item.steps):
        if step not in told:
            screen.line(step, indent=indent + 2, hang=2)
            told.add(step)


def _add_sites(screen: Screen, assessment: Assessment, sites: RollUp) -> None:
    """Add every site's figure with the cells that it comes from, and the sites without one."""
    index = assessment.scope.sites
    text = _("{reported} of {count} sites of '{set}' reported:")
    screen.line(text.format(reported=sites.reported, count=sites.count, set=sites.set), indent=2, hang=2)
    told: set[str] = set()
    for one in sites.figures:
        screen.line(f"{index.label(one.site)}: {_figure(one.actual)}", indent=4, hang=2)
        for item in one.actual.evidence:
            _add_cell(screen, item, 6, told)
    if sites.silent:
        names = ", ".join(index.label(site) for site in sites.silent)
        screen.line(_("no figure: {names}").format(names=names), indent=4, hang=2)


def _figure(actual: Actual) -> str:
    """Return a site's figure in few characters."""
    if actual.state is not State.VALUE or actual.amount is None:
        return _("not used")
    if actual.numerator is None:
        return figures.bounds(actual.amount)
    whole = figures.bounds(actual.denominator) if actual.denominator else "?"
    return f"{figures.bounds(actual.numerator)}/{whole}"
