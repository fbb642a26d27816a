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
    gap_text,
    goal_with_level,
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
    if result.target.kind is Kind.MILESTONE:
        return _not_done(result)
    if result.sites is not None and not result.sites.complete and result.status is Status.UNDETERMINED:
        return _so_far(plan, result)
    parts = [_reached(plan, result)]
    behind = _behind(plan, result)
    if behind and not period_over:
        parts.append(behind)
    elif gap_text(result) and result.gap is not None and (result.gap.low or 0) > 0:
        gap = _with_unit(plan, result, gap_text(result))
        over = result.goal.lower_is_better or (result.goal.upper is not None and _above(result))
        text = _("{gap} more than allowed") if over else _("{gap} short of the goal")
        parts.append(text.format(gap=gap))
    if result.status is Status.UNDETERMINED and result.actual.denominator is not None:
        parts.append(_("which leaves the verdict open"))
    elif result.status is Status.UNDETERMINED and not result.target.kind.is_share:
        parts.append(_("a figure of a part or a bound, which leaves the verdict open"))
    text = ", ".join(parts)
    needed = needed_text(result)
    if needed and not period_over:
        wanted = _with_unit(plan, result, needed)
        text += "; " + _("{needed} a month needed until the end of the year").format(needed=wanted)
    if result.sites is not None and not result.sites.complete:
        args = {"reported": result.sites.reported, "count": result.sites.count}
        text += "; " + _("only {reported} of {count} have reported").format(**args)
    return text[:1].upper() + text[1:] + "."


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
        return _("{part} reported, but not of how many").format(part=figures.bounds(part))
    args = {"actual": actual_text(result), "goal": goal_with_level(result)}
    return _("{actual} reached, goal {goal}").format(**args)


def _above(result: Result) -> bool:
    """Tell whether a figure lies above the side of a range that decides."""
    amount = result.actual.amount
    return bool(amount and amount.low is not None and amount.low > result.aim)


def _behind(plan: Plan, result: Result) -> str:
    """Say how much is missing against the pace, where there is one and the figure is exact."""
    amount = result.actual.amount
    share = result.target.kind.is_share
    if share and result.measured_in != "percent" and result.actual.numerator:
        amount = result.actual.numerator
    if result.expected is None or amount is None or amount.value is None or result.goal.lower_is_better:
        return ""
    short = result.expected - amount.value
    if short <= 0:
        return ""
    if result.measured_in == "percent":
        shown = figures.number(short, against=Fraction(0)) + " " + _("pts")
        return _("{short} behind the pace").format(short=shown)
    digits = 0 if unit_of(result.measured_in).whole else 1
    shown = figures.number(short, digits, against=Fraction(0))
    return _("{short} behind the pace").format(short=_with_unit(plan, result, shown))


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
