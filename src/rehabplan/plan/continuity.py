"""What ties a plan to the plans of other years, and to its own earlier versions."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, PlainValidator

from rehabplan.plan.fields import Day, Note, Record, Remark, failure
from rehabplan.plan.goal import Goal, GoalError, due_goal, parse_goal


class Aspect(StrEnum):
    """What makes a target's definition, beside its number."""

    COMPARATOR = "comparator"
    UNIT = "unit"
    KIND = "kind"
    GOAL_FORM = "goal_form"
    """Whether the goal is a level, a change in percent, a change in points, or a rule for each site."""
    DENOMINATOR = "denominator"
    POPULATION = "population"
    SCOPE = "scope"
    PARENT = "parent"


NEVER_EQUAL = frozenset({Aspect.KIND, Aspect.GOAL_FORM})
"""What no reason bridges: 100 persons less 80 %, or 5 % less 400 cases, is no number of anything."""


class HeldEqual(Record):
    """A part of the definition that another plan words otherwise, and that is held to mean the same."""

    year: Annotated[int, Field(ge=1990, le=2100)]
    """The year of the other plan."""
    aspect: Annotated[Aspect, Field(strict=False)]
    reason: Remark


def read_ids(raw: object) -> tuple[object, ...]:
    """Take one id for a list of one."""
    return raw if isinstance(raw, tuple) else (raw,)


def _read_goal(raw: object) -> Goal | None:
    if raw is None:
        return None
    if isinstance(raw, date):
        return due_goal(raw)
    try:
        return parse_goal(raw)
    except GoalError as error:
        raise failure(error.code, **error.args_of_code) from error


GoalOrNone = Annotated[Goal | None, PlainValidator(_read_goal)]


class GoalChange(Record):
    """A goal that was changed after the plan was issued; null where the target was not in the plan.

    Of a milestone `from` and `to` are its due dates, `done` where it had none.
    """

    date: Day
    target: str
    before: GoalOrNone = Field(alias="from")
    after: GoalOrNone = Field(alias="to")
    reason: Remark
    document: Note = None
    """The document that orders the change, where it is known."""
