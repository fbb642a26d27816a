"""The verdicts: each target's actual held against its goal and pace, exactly (design.md §4)."""

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from msgspec import Struct, field
from msgspec.structs import replace

from rehabplan import figures
from rehabplan.actuals.model import Actual, Basis, FigureKind, State, Unplanned
from rehabplan.combine import Reporting, combine
from rehabplan.gather import Gathered
from rehabplan.i18n import N_
from rehabplan.measure.scope import Scope
from rehabplan.numbers import Amount
from rehabplan.pace import Checkpoint, checkpoints
from rehabplan.period import Period
from rehabplan.plan.goal import Goal
from rehabplan.plan.model import Kind, Plan, Target
from rehabplan.problems import Code, Message, Problem, Where, has_errors, in_order, message, problem
from rehabplan.rollup import RollUp
from rehabplan.units import unit_of
from rehabplan.verdict import Outlook, Status, gap_of, nearest_of, verdict


class Result(Struct, frozen=True):
    """The verdict on one target.

    `percent` is of the goal. `gap`, `expected` and `needed_per_month` are in the unit
    `measured_in`: what is counted, or percent (a gap of percent is in points). A gap is positive
    when short. None means unused or unknown.
    """

    target: Target
    goal: Goal
    depth: int
    actual: Actual
    status: Status
    outlook: Outlook | None
    measured_in: str
    aim: Fraction
    """The value that the verdict turns on: the goal's, changes worked out, the nearer end of a range."""
    upper: bool = False
    """The verdict turns on not going above `aim`: lower is better, or it is the upper end of a range."""
    percent: Amount | None = None
    gap: Amount | None = None
    expected: Fraction | None = None
    needed_per_month: Fraction | None = None
    strict: bool = False
    """The goal itself is not enough: "> 80 %"."""
    steps: tuple[Message, ...] = ()
    sites: RollUp | None = None
    """The figures by site, where the actual was added up from them."""


class Assessment(Struct, frozen=True):
    """A plan's results at a cut-off, each part under its whole, and what else the report said."""

    plan: Plan
    period: Period
    results: tuple[Result, ...]
    unplanned: tuple[Unplanned, ...] = ()
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Message, ...] = ()
    """Assumptions that every figure rests on: where the period was read, what the headings left open."""
    reporting: tuple[Reporting, ...] = ()
    files: tuple[str, ...] = ()
    scope: Scope = field(default_factory=Scope)

    @property
    def counts(self) -> dict[Status, int]:
        """How many targets have each status, all statuses named."""
        found = Counter(result.status for result in self.results)
        return {status: found[status] for status in Status}


def assess(
    plan: Plan, gathered: Gathered, scope: Scope | None = None, problems: Sequence[Problem] = ()
) -> Assessment:
    """Judge every target of a plan by its reports; a target without a figure is not reported.

    Args:
        plan: the plan.
        gathered: the figures of its reports, and the period.
        scope: the plan's sites and their shares.
        problems: what was found before, told with the rest.
    """
    period, scope = gathered.period, scope or Scope()
    combined = combine(plan, gathered, scope)
    results = tuple(
        judge(plan, target, depth, combined.actuals[target.id], period, combined.rolled.get(target.id))
        for target, depth in plan.in_tree_order()
    )
    told = [*problems, *gathered.problems, *combined.problems]
    remarks = [*gathered.remarks]
    read = [one for one in gathered.observations if one.figure.kind is not FigureKind.OPEN]
    if any(one.basis is Basis.UNSAID for one in read):
        remarks.append(
            message(N_("the headings do not say what span the figures cover: taken as year to date"))
        )
    aside = any(item.code is Code.LATER_REPORT for item in gathered.problems)
    if not gathered.observations and not aside and not has_errors([*problems, *gathered.problems]):
        told.append(problem(Code.NO_FIGURES, Where(", ".join(gathered.files))))
    return Assessment(
        plan, period, results, gathered.unplanned, tuple(in_order(told)), tuple(remarks),
        combined.reporting, gathered.files, scope,
    )  # fmt: skip


def judge(  # noqa: PLR0913, PLR0917 - a target, its place, its figure
    plan: Plan,
    target: Target,
    depth: int,
    actual: Actual,
    period: Period,
    sites: RollUp | None = None,
    scope: Scope | None = None,
) -> Result:
    """Judge one target, of the whole or of the site of a scope."""
    goal = target.goal_of(plan.year)
    band = plan.bands.at_risk / 100
    points = list(checkpoints(target, goal, period, band))
    status, outlook = verdict(target, actual, points, period)
    if status is Status.NOT_DUE and actual.state is State.NOT_REPORTED:
        actual = replace(actual, state=State.NOT_DUE)
    factor, measured_in = _scale(plan, target, actual, scope or Scope())
    nearest = nearest_of(points, actual.amount)
    expected = nearest.expected
    gap = None
    if actual.state is State.VALUE and actual.amount is not None:
        gap = gap_of(points, actual.amount).times(factor)
    reachable = outlook is not Outlook.OUT_OF_REACH
    return Result(
        target=target,
        goal=goal,
        depth=depth,
        actual=actual,
        status=status,
        outlook=outlook,
        measured_in=measured_in,
        aim=nearest.side.value,
        percent=_percent(points, actual),
        gap=gap,
        expected=None if expected is None else expected * factor,
        needed_per_month=_needed(nearest, gap, period, measured_in) if reachable else None,
        upper=nearest.side.upper,
        strict=nearest.side.strict,
        steps=(
            *actual.steps,
            *(point.step for point in points),
            *_in_sites(expected, factor, measured_in),
            *_because(target, actual, points),
        ),
        sites=sites,
    )


def _scale(plan: Plan, target: Target, actual: Actual, scope: Scope) -> tuple[Fraction, str]:
    """Return what percent are multiplied by to count, and the unit that gap and expected are in.

    A site that is one of the target's own is no count of them: it has done its part or not.
    """
    if target.kind is Kind.MILESTONE:
        return Fraction(1), "milestone"
    if not target.kind.is_share:
        return Fraction(1), plan.unit_id(target)
    whole = actual.denominator.value if actual.denominator else None
    if target.sites is None or (whole is None and actual.state is State.VALUE):
        return Fraction(1), "percent"
    count = scope.count(plan, target) if whole is None else whole
    if count is None or (scope.site is not None and count == 1):
        return Fraction(1), "percent"
    return Fraction(count) / 100, plan.unit_id(target)


def _percent(points: list[Checkpoint], actual: Actual) -> Amount | None:
    """Return the percent of the goal; none where the goal is 0, lower is better, or it is a range.

    Exactly at the value of a goal that asks for more ("> 80 %") there is none either: 100 % would
    say that it is reached.
    """
    amount, side = actual.amount, points[0].side
    if actual.state is not State.VALUE or amount is None or len(points) > 1:
        return None
    if side.upper or side.value <= 0 or (side.strict and side.value in (amount.low, amount.high)):
        return None
    return amount.times(100 / side.value)


def _needed(nearest: Checkpoint, gap: Amount | None, period: Period, measured_in: str) -> Fraction | None:
    """Return what every month left must bring to close an exact gap, in what is counted.

    Nothing where the figure would have to fall.
    """
    if measured_in in ("milestone", "percent") or nearest.side.upper:
        return None
    if gap is None or gap.value is None or gap.value <= 0 or not period.months_left:
        return None
    return gap.value / period.months_left


def _in_sites(expected: Fraction | None, factor: Fraction, unit: str) -> Iterator[Message]:
    """Say how many sites the percentage is that was expected by now."""
    if expected is not None and factor != 1:
        yield message(
            N_("{expected} of {count} {unit} are {value}"),
            expected=figures.number(expected, digits=6) + "%", count=figures.number(factor * 100),
            unit=unit_of(unit).name, value=figures.number(expected * factor, digits=6),
        )  # fmt: skip


def _because(target: Target, actual: Actual, points: list[Checkpoint]) -> list[Message]:
    """Say how a status follows: the figure, what was expected, and where the band lies."""
    amount = actual.amount
    if actual.state is not State.VALUE or amount is None or target.kind is Kind.MILESTONE:
        return []
    tail = "%" if target.kind.is_share else ""
    found = []
    for point in points:
        expected, risk = point.expected, point.risk
        if expected is None or risk is None:
            continue
        found.append(
            message(
                N_("actual {actual} against expected {expected}; behind below {risk}")
                if not point.side.upper
                else N_("actual {actual} against expected {expected}; behind above {risk}"),
                actual=figures.bounds(amount, digits=6, tail=tail),
                expected=figures.number(expected, digits=6) + tail,
                risk=figures.number(risk, digits=6) + tail,
            )
        )
    return found
