"""One sentence a target for the meeting: how far it is, how far behind its pace, what is needed."""

from fractions import Fraction

from rehabplan import figures
from rehabplan.actuals.model import State
from rehabplan.assess import Result
from rehabplan.i18n import _
from rehabplan.plan.model import Kind, Plan
from rehabplan.problems import Problem
from rehabplan.table import (
    actual_text,
    allowed,
    distance_text,
    expected_text,
    gap_text,
    goal_with_level,
    is_over,
    needed_text,
    percent_text,
    unit_text,
)
from rehabplan.units import unit_of
from rehabplan.verdict import Status


def decision(plan: Plan, result: Result, period_over: bool) -> str:
    """Return the sentence on a target that asks for a decision."""
    if result.actual.state is State.REJECTED:
        return _("The reported figure cannot be used; see the sheet of data problems.")
    if result.actual.state is State.MASKED:
        return _("The figure is not shown: it counts few persons.")
    if result.target.kind is Kind.MILESTONE:
        return _not_done(result)
    if result.sites is not None and not result.sites.complete and result.status is Status.UNDETERMINED:
        return _so_far(plan, result)
    if result.upper and result.actual.amount is not None:
        parts = [_counted(plan, result), _above(plan, result, period_over)]
    else:
        parts = [_reached(plan, result), _behind(plan, result, period_over)]
    if result.status is Status.UNDETERMINED and result.actual.denominator is not None:
        parts.append(_("which leaves the verdict open"))
    elif result.status is Status.UNDETERMINED and not result.target.kind.is_share:
        parts.append(_("a figure of a part or a bound, which leaves the verdict open"))
    text = ", ".join(part for part in parts if part)
    needed = needed_text(result)
    if needed and not period_over:
        wanted = _with_unit(plan, result, needed)
        text += "; " + _("{needed} a month needed until the end of the year").format(needed=wanted)
    if result.sites is not None and not result.sites.complete:
        args = {"reported": result.sites.reported, "count": result.sites.count}
        text += "; " + _("only {reported} of {count} have reported").format(**args)
    return _kept_together(text[:1].upper() + text[1:] + ".")


def _kept_together(text: str) -> str:
    """Keep a sign and its number on one line."""
    for sign in "≤≥<>":
        text = text.replace(f"{sign} ", f"{sign}\N{NO-BREAK SPACE}")
    return text


def _so_far(plan: Plan, result: Result) -> str:
    """Say what those who reported bring together, where the silent ones leave the verdict open."""
    actual = result.actual
    args = {"reported": result.sites.reported if result.sites else 0,
            "count": result.sites.count if result.sites else 0}  # fmt: skip
    part = actual.numerator.low if actual.numerator else None
    whole = actual.denominator.low if actual.denominator else None
    if result.target.kind.is_share and part is not None and whole and result.measured_in == "percent":
        so_far = f"{figures.number(part)}/{figures.number(whole)} ({figures.percent(part * 100 / whole)})"
    else:
        so_far = _with_unit(plan, result, actual_text(result))
        so_far += (
            f" ({percent_text(result)})" if percent_text(result) and not result.target.kind.is_share else ""
        )
    text = _("{reported} of {count} have reported, together {figure}; open until the others report.")
    return text.format(figure=so_far, **args)


def _not_done(result: Result) -> str:
    due = result.target.due
    if due is None:
        return _("Not done yet.")
    return _("Not done; it was due on {day}.").format(day=figures.day(due))


def _reached(plan: Plan, result: Result) -> str:
    """Say how much of the goal is reached; without a percentage the figure beside the goal."""
    percent = percent_text(result)
    if percent and not result.target.kind.is_share:
        actual = _with_unit(plan, result, actual_text(result))
        return _("{percent} of the annual plan reached ({actual})").format(percent=percent, actual=actual)
    part = result.actual.numerator
    if result.target.kind.is_share and part is not None and result.actual.denominator is None:
        return _of_how_many(plan, result, figures.bounds(part))
    args = {"actual": actual_text(result), "goal": goal_with_level(result)}
    return _("{actual} reached, goal {goal}").format(**args)


def _of_how_many(plan: Plan, result: Result, part: str) -> str:
    """Say why a numerator is no share yet: nobody said of how many, or its whole cannot tell."""
    target = result.target
    if target.parent is None or target.population is not None:
        return _("{part} reported, but not of how many").format(part=part)
    whole = plan.targets[target.parent]
    units = unit_of(plan.unit_id(target)), unit_of(plan.unit_id(whole))
    if units[0] != units[1] and not target.one_to_one:
        args = {"unit": units[0].name, "whole_unit": units[1].name}
        return _(
            "{part} {unit} reported, but no share of it: {whole} is counted in another unit ({whole_unit})"
        ).format(part=part, whole=_quoted(whole.name), **args)
    return _("{part} reported, but no figure of {whole}").format(part=part, whole=_quoted(whole.name))


def _quoted(name: object) -> str:
    return f"“{name}”"


def _counted(plan: Plan, result: Result) -> str:
    """Say what was counted of something that is to stay below a ceiling."""
    args = {"actual": _with_unit(plan, result, actual_text(result)), "goal": goal_with_level(result)}
    return _("{actual} recorded, goal {goal}").format(**args)


def _above(plan: Plan, result: Result, period_over: bool) -> str:
    """Say how much is above the year's ceiling, else above what was allowed by the cut-off."""
    if is_over(result):
        return _("{gap} over").format(gap=_with_unit(plan, result, distance_text(result)))
    ahead = _ahead(result)
    if period_over or ahead is None or ahead <= 0:
        return ""
    args = {"gap": _size(plan, result, ahead), "expected": expected_text(result)}
    return _("{gap} over the ceiling by now ({expected})").format(**args)


def _behind(plan: Plan, result: Result, period_over: bool) -> str:
    """Say how much is missing against the pace; to the goal where there is no pace, or no exact figure."""
    ahead = _ahead(result)
    if ahead is not None and ahead < 0 and not period_over:
        return _("{short} behind the pace").format(short=_size(plan, result, -ahead))
    if gap_text(result) and result.gap is not None and (result.gap.low or 0) > 0:
        return _("{gap} short of the goal").format(gap=_with_unit(plan, result, gap_text(result)))
    return ""


def _ahead(result: Result) -> Fraction | None:
    """Return by how much an exact figure is above what was expected by the cut-off."""
    amount = result.actual.amount
    if result.target.kind.is_share and result.measured_in != "percent" and result.actual.numerator:
        amount = result.actual.numerator
    expected = allowed(result)
    if expected is None or amount is None or amount.value is None:
        return None
    return amount.value - expected


def _size(plan: Plan, result: Result, size: Fraction) -> str:
    """Print a difference in what is counted, a share's in points."""
    if result.measured_in == "percent":
        return figures.number(size, against=Fraction(0)) + " " + _("pts")
    digits = 0 if unit_of(result.measured_in).whole else 1
    return _with_unit(plan, result, figures.number(size, digits, against=Fraction(0)))


def _with_unit(plan: Plan, result: Result, text: str) -> str:
    if result.measured_in in ("percent", "milestone"):
        return text
    unit = unit_of(result.measured_in).name if result.target.kind.is_share else unit_text(plan, result.target)
    return f"{text} {unit}"


def remark(result: Result, problems: list[Problem]) -> str:
    """Return what a reader must know of a figure: its parts, who is missing, what is doubtful."""
    parts: list[str] = []
    actual, target = result.actual, result.target
    if result.goal.change:
        parts.append(_("goal: {goal}").format(goal=goal_with_level(result)))
    if target.kind.is_share and actual.state is State.VALUE and actual.numerator is not None:
        whole = figures.bounds(actual.denominator) if actual.denominator else "?"
        parts.append(f"{figures.bounds(actual.numerator)}/{whole}")
    if result.sites is not None and not result.sites.complete:
        args = {"reported": result.sites.reported, "count": result.sites.count}
        parts.append(_("{reported} of {count} reported").format(**args))
    if actual.state is State.REJECTED:
        parts.append(_("the reported figure cannot be used"))
    cells = {item.where for item in actual.evidence}
    codes = dict.fromkeys(item.code.number for item in problems if item.where in cells)
    if codes:
        parts.append(_("see data problems: {codes}").format(codes=", ".join(codes)))
    return "; ".join(parts)
