"""Facts as rows of a tidy table: a number or bounds with their unit, a text, and the cell they stand in."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from msgspec import Struct

from rehabplan.actuals.model import Actual, Evidence, State
from rehabplan.numbers import UNKNOWN, Amount
from rehabplan.plan.goal import Goal
from rehabplan.plan.model import Kind, Plan, Target
from rehabplan.problems import Where
from rehabplan.render.csvtext import Value
from rehabplan.render.jsonparts import goal_json, number
from rehabplan.units import PERCENT

HEADER = (
    "plan_file", "year", "period", "cut_off", "target", "name", "site_set", "site_key", "site",
    "fact", "value", "low", "low_open", "high", "high_open", "unit", "text", "file", "sheet", "cell",
)  # fmt: skip

FULL = Fraction(100)
NOTHING = Fraction(0)


class About(Struct, frozen=True):
    """What a fact is about: a target, of the whole or of one site; the plan where there is no target."""

    target: str = ""
    name: str = ""
    site_set: str = ""
    site_key: str = ""
    site: str = ""


class Fact(Struct, frozen=True):
    """One fact: its key; a number, bounds, or a text; and its place."""

    key: str
    text: str | None = None
    value: Amount | None = None
    unit: str | None = None
    where: Where | None = None
    against: Fraction | None = None
    """The threshold that no print of the number may reach or cross (as in JSON)."""

    @classmethod
    def of(
        cls, key: str, value: Fraction | int, unit: str | None = None, against: Fraction | None = None
    ) -> "Fact":
        """Return a fact that is a number exactly."""
        return cls(key, None, Amount.exact(value), unit, against=against)


def cells(fact: Fact) -> list[Value]:
    """Return a fact's columns, from `fact` on: an exact number in `value`, bounds in `low` and `high`."""
    amount, where = fact.value or UNKNOWN, fact.where or Where("")
    exact = amount.value
    low, high = (None, None) if exact is not None else (amount.low, amount.high)
    place = where.cell if where.line is None else f"{where.line}:{where.column}"
    return [
        fact.key, _shown(exact, fact), _shown(low, fact), _open(low, opened=amount.low_open),
        _shown(high, fact), _open(high, opened=amount.high_open), fact.unit, fact.text,
        where.file or None, where.sheet, place,
    ]  # fmt: skip


def _shown(value: Fraction | None, fact: Fact) -> Fraction | None:
    """Return a number rounded as in JSON."""
    found = number(value, fact.against)
    return None if found is None else Fraction(found)


def _open(end: Fraction | None, *, opened: bool) -> str | None:
    return None if end is None else str(opened).lower()


def goal_facts(goal: Goal, target: Target, plan: Plan, prefix: str = "") -> Iterator[Fact]:
    """Yield a goal as written with the level or levels that it means, and what belongs to it."""
    said = goal_json(goal, target, plan)
    low, high = _fraction(said["value"]), _fraction(said["upper"])
    amount = None if low is None else Amount(low, low if high is None else high)
    unit = None if said["unit"] is None else str(said["unit"])
    yield Fact(f"{prefix}goal", goal.text, amount, unit)
    if prefix:
        return
    yield Fact("comparator", str(goal.comparator))
    if target.baseline is not None and target.baseline.level is not None:
        yield Fact.of("baseline", target.baseline.level, unit)
    if goal.each is not None:
        yield Fact.of("each", goal.each)
    if target.due is not None:
        yield Fact("due", target.due.isoformat())


def _fraction(value: object) -> Fraction | None:
    return None if value is None else Fraction(str(value))


def actual_facts(
    actual: Actual, target: Target, plan: Plan, against: Fraction | None = None, prefix: str = ""
) -> Iterator[Fact]:
    """Yield an actual: always its state, with it the figure where there is one; parts and cells."""
    unit = scale_of(target, plan)
    amount = actual.amount if actual.state is State.VALUE else None
    alone = actual.evidence[0].where if len(actual.evidence) == 1 else None
    yield Fact(f"{prefix}actual", str(actual.state), amount, unit, alone, against)
    counted = plan.unit_id(target) if target.unit or target.sites else None
    for key, part in (("numerator", actual.numerator), ("denominator", actual.denominator)):
        yield from known(f"{prefix}{key}", part, counted)
    yield from evidence_facts(actual.evidence, prefix)


def evidence_facts(evidence: Sequence[Evidence], prefix: str = "") -> Iterator[Fact]:
    """Yield each cell that a figure rests on, with its text."""
    for item in evidence:
        yield Fact(f"{prefix}evidence", item.text, where=item.where)


def scale_of(target: Target, plan: Plan) -> str | None:
    """Return the unit of a target's actual: percent of a share, none of a milestone."""
    if target.kind is Kind.MILESTONE:
        return None
    return PERCENT.id if target.kind.is_share else plan.unit_id(target)


def known(
    key: str, amount: Amount | None, unit: str | None, against: Fraction | None = None
) -> Iterator[Fact]:
    """Yield a fact that has a number or bounds; nothing where nothing is known."""
    if amount is not None and (amount.low, amount.high) != (None, None):
        yield Fact(key, None, amount, unit, against=against)
