"""The one list of columns: results become headings and typed cells that every output shares."""

from fractions import Fraction
from math import floor

from rehabplan import figures
from rehabplan.actuals.model import State
from rehabplan.assess import Result
from rehabplan.i18n import N_, _
from rehabplan.numbers import UNKNOWN, Amount
from rehabplan.plan.goal import Comparator, Goal, Measure
from rehabplan.plan.model import KIND_WORDS, Kind, Plan, Target
from rehabplan.plan.pacing import SHAPE_WORDS
from rehabplan.tablecells import Cell, Column, Tone
from rehabplan.units import unit_of
from rehabplan.verdict import Outlook, Status

STATUS_WORDS: dict[Status, tuple[str, str, Tone]] = {
    Status.MET: ("✓", N_("met"), Tone.GOOD),
    Status.ON_TRACK: ("▲", N_("on track"), Tone.GOOD),
    Status.AT_RISK: ("!", N_("at risk"), Tone.WARN),
    Status.BEHIND: ("▼", N_("behind"), Tone.BAD),
    Status.MISSED: ("✗", N_("missed"), Tone.BAD),
    Status.UNDETERMINED: ("?", N_("undetermined"), Tone.WARN),
    Status.NOT_REPORTED: ("○", N_("not reported"), Tone.MUTED),
    Status.NOT_DUE: ("·", N_("not due yet"), Tone.MUTED),
    Status.NOT_APPLICABLE: ("-", N_("not applicable"), Tone.MUTED),
}

OUTLOOK_WORDS = {
    Outlook.SECURED: N_("the goal is secured"),
    Outlook.POSSIBLE: N_("the goal is still possible"),
    Outlook.OUT_OF_REACH: N_("the goal is out of reach"),
}

MASKED = "×"
"""Stands where a figure is not shown."""

_STATE_WORDS = {
    State.NOT_REPORTED: N_("-"),
    State.NOT_APPLICABLE: N_("n/a"),
    State.NOT_DUE: N_("-"),
    State.REJECTED: N_("rejected"),
    State.MASKED: MASKED,
}


def status_text(status: Status) -> str:
    """Return the symbol and the word of a status."""
    symbol, word, _tone = STATUS_WORDS[status]
    return f"{symbol} {_(word)}"


def goal_text(goal: Goal, target: Target) -> str:
    """Return a goal in few characters: 1,700 · > 80% · 5 – 10% · -5% · each ≥ 1 · by 2024-06-30."""
    if goal.comparator is Comparator.DONE:
        return _("by {day}").format(day=figures.day(target.due)) if target.due else _("done")
    if goal.each is not None:
        return _("each ≥ {number}").format(number=figures.number(goal.each))
    tail = {Measure.PERCENT: "%", Measure.POINTS: " " + _("pts")}.get(goal.measure, "")
    sign = {1: "+", -1: "-"}.get(goal.change, "")
    text = figures.number(goal.value, digits=6)
    if goal.upper is not None:
        far = figures.number(goal.upper, digits=6)
        text = f"{text}{tail} – {sign}{far}" if sign else f"{text} – {far}"
    comparator = goal.comparator.value
    shown = {"<=": "≤ ", "<": "< ", ">": "> "}.get(comparator, "") if not goal.change else ""
    return f"{shown}{sign}{text}{tail}"


def goal_with_level(result: Result) -> str:
    """Return a goal, a change with the level that it means: -5% (142.5)."""
    text = goal_text(result.goal, result.target)
    if not result.goal.change or result.target.baseline is None:
        return text
    tail = "%" if result.target.kind.is_share else ""
    return f"{text} ({figures.number(result.aim)}{tail})"


def unit_text(plan: Plan, target: Target) -> str:
    """Return the name of the unit in which a target is counted."""
    if target.kind is Kind.MILESTONE:
        return ""
    unit = plan.unit_id(target)
    return str(unit_of(unit).name)


def actual_text(result: Result) -> str:
    """Return an actual in few characters: 257 · ≥ 664 · 570/579 (98.4%) · 1,139/? · done."""
    actual, kind = result.actual, result.target.kind
    if actual.state is not State.VALUE or actual.amount is None:
        return _(_STATE_WORDS[actual.state]) if actual.state in _STATE_WORDS else ""
    if kind is Kind.MILESTONE and actual.amount.value is None and actual.numerator and actual.denominator:
        args = {"done": figures.bounds(actual.numerator), "count": figures.bounds(actual.denominator)}
        return _("{done} of {count} done").format(**args)
    if kind is Kind.MILESTONE:
        return _("done") if actual.amount.value == 1 else _("not done")
    if not kind.is_share:
        return _bounds(result, actual.amount)
    share = _bounds(result, actual.amount, tail="%")
    if actual.numerator is None:
        return share
    part = figures.bounds(actual.numerator)
    if actual.denominator is None:
        return f"{part}/?"
    return f"{part}/{figures.bounds(actual.denominator)} ({share})"


def _bounds(result: Result, amount: Amount, tail: str = "") -> str:
    """Print an actual so that it shows on which side of the goal, and of what is expected, it lies."""
    expected, value = expected_in_scale(result), amount.value
    text = figures.bounds(amount, against=result.aim, tail=tail)
    if value is None or expected is None or text != figures.bounds(Amount.exact(expected), tail=tail):
        return text
    return figures.bounds(amount, against=expected, tail=tail)


def expected_in_scale(result: Result) -> Fraction | None:
    """Return the expected figure in the actual's own scale: percent of a share."""
    whole = result.actual.denominator.value if result.actual.denominator else None
    if result.expected is None or not whole or result.measured_in == "percent":
        return result.expected
    return result.expected * 100 / whole


def percent_text(result: Result) -> str:
    """Return the percent of the goal, never 100% for a goal that is not reached.

    None of what is to be done and is not: 0% would say that nobody has begun.
    """
    if result.percent is None or result.percent == UNKNOWN:
        return ""
    if result.target.kind is Kind.MILESTONE and result.percent.value == 0:
        return ""
    return figures.bounds(result.percent, against=Fraction(100), tail="%")


def gap_text(result: Result) -> str:
    """Return what is missing, whole things rounded up; negative where there is more than asked.

    What is above a ceiling is not missing, and says so: "6 over".
    """
    text = distance_text(result)
    return _("{gap} over").format(gap=text) if is_over(result) else text


def distance_text(result: Result) -> str:
    """Return how far a figure is from its goal, whichever side is better."""
    gap = result.gap
    if gap is None or gap == UNKNOWN or result.target.kind is Kind.MILESTONE:
        return ""
    if result.strict and gap.value == 0:
        text = "> 0"
    elif gap.value is not None and gap.value > 0 and result.measured_in != "percent" and _whole(result):
        text = figures.whole_up(gap.value)
    else:
        text = figures.bounds(gap, against=Fraction(0))
    if result.measured_in == "percent":
        text += " " + _("pts")
    return text


def is_over(result: Result) -> bool:
    """Tell whether a figure is surely above a ceiling."""
    gap = result.gap
    if gap is None or gap.low is None or not result.upper:
        return False
    return gap.low > 0 or (gap.low == 0 and (result.strict or gap.low_open))


def _whole(result: Result) -> bool:
    return unit_of(result.measured_in).whole


def expected_text(result: Result) -> str:
    """Return what was expected by the cut-off, with the sign of a ceiling: 374 · ≤ 88 · > 80%."""
    expected = allowed(result)
    if expected is None:
        return ""
    if result.target.kind is Kind.MILESTONE:
        return _("done")
    sign, amount = expected_sign(result), result.actual.amount
    value = amount.value if amount else None
    if result.measured_in == "percent":
        return sign + figures.percent(expected, against=value)
    if result.target.kind.is_share:
        value = result.actual.numerator.value if result.actual.numerator else None
    return sign + figures.number(expected, digits=0 if _whole(result) else 1, against=value)


def allowed(result: Result) -> Fraction | None:
    """Return what was expected; a ceiling on whole things as the most of them that it allows.

    At most 294.5 cases are at most 294: "≤ 295" would be above the ceiling itself.
    """
    ceiling = result.upper and result.measured_in != "percent" and _whole(result)
    if result.expected is None or not ceiling or result.target.kind.is_share:
        return result.expected
    return Fraction(floor(result.expected))


def expected_sign(result: Result) -> str:
    """Return the sign before what was expected; "" where at least that much was, as everywhere."""
    strict = result.strict and expected_in_scale(result) == result.aim
    if result.upper:
        return "< " if strict else "≤ "
    if strict:
        return "> "
    return "≥ " if result.goal.upper is not None else ""


def needed_text(result: Result) -> str:
    """Return what every month left must bring."""
    if result.needed_per_month is None:
        return ""
    if unit_of(result.measured_in).whole:
        return figures.whole_up(result.needed_per_month)
    return figures.number(result.needed_per_month, against=Fraction(0))


def check_columns(plan: Plan) -> list[Column[Result]]:
    """Return the columns of `check`, from the left."""

    def tone(result: Result) -> Tone:
        return STATUS_WORDS[result.status][2]

    return [
        Column("target", _("Target"), lambda r: Cell(str(r.target.name), indent=r.depth), 0),
        Column("unit", _("Unit"), lambda r: Cell(unit_text(plan, r.target)), 6),
        Column("goal", _("Goal"), lambda r: Cell(goal_with_level(r)), 1, numeric=True),
        Column("actual", _("Actual"), lambda r: Cell(actual_text(r), r.actual.amount), 1, numeric=True),
        Column("percent", _("% of goal"), lambda r: Cell(percent_text(r), r.percent), 3, numeric=True),
        Column("gap", _("Gap"), lambda r: Cell(gap_text(r), r.gap), 2, numeric=True),
        Column("expected", _("Expected"), lambda r: Cell(expected_text(r), r.expected), 4, numeric=True),
        Column("status", _("Status"), lambda r: Cell(status_text(r.status), r.status, tone(r)), 0),
        Column(
            "needed", _("Needed/month"), lambda r: Cell(needed_text(r), r.needed_per_month), 5,
            numeric=True,
        ),
    ]  # fmt: skip


def show_columns(plan: Plan) -> list[Column[tuple[Target, int]]]:
    """Return the columns of `show`: what the plan says of each target."""

    def pace(target: Target) -> str:
        return "" if target.kind is Kind.MILESTONE else _(SHAPE_WORDS[target.pace.shape])

    return [
        Column("target", _("Target"), lambda r: Cell(str(r[0].name), indent=r[1]), 0),
        Column(
            "goal", _("Goal"), lambda r: Cell(goal_text(r[0].goal_of(plan.year), r[0])), 0,
            numeric=True,
        ),
        Column("unit", _("Unit"), lambda r: Cell(unit_text(plan, r[0])), 3),
        Column("id", _("Id"), lambda r: Cell(r[0].id), 2),
        Column("kind", _("Kind"), lambda r: Cell(_(KIND_WORDS[r[0].kind])), 4),
        Column("pace", _("Expected"), lambda r: Cell(pace(r[0])), 5),
    ]  # fmt: skip
