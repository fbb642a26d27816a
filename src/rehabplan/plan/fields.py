"""How the fields of a plan file are read: goals, figures, texts, period labels."""

import re
from datetime import date
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, model_validator
from pydantic_core import PydanticCustomError, PydanticKnownError

from rehabplan.i18n import _, language
from rehabplan.period import canonical_label, likely_label
from rehabplan.plan.goal import Goal, GoalError, Measure, parse_goal
from rehabplan.problems import Code, hint


def failure(code: Code, **args: str) -> PydanticCustomError:
    """Return the error by which a validator names a problem of ours."""
    return PydanticCustomError(code.name, "see problems.Code", dict(args))


def read_goals(raw: object) -> dict[int | None, Goal]:
    """Read a goal, or a mapping of years to goals; the key None is the plan's own year."""
    try:
        if isinstance(raw, dict) and raw and all(isinstance(year, int) for year in raw):
            return {year: parse_goal(goal) for year, goal in raw.items()}
        return {None: parse_goal(raw)}
    except GoalError as error:
        raise failure(error.code, **error.args_of_code) from error


class Percentage(Fraction):
    """A figure that was written as a share: "9,8%", or "20/60"."""


def read_figure(raw: object) -> Fraction:
    """Read a plain number, a quoted percentage such as "9,8%", or a share of sites such as "20/60"."""
    pair = re.fullmatch(r"([0-9]{1,9})/([1-9][0-9]{0,8})", raw) if isinstance(raw, str) else None
    if pair:
        return Percentage(Fraction(int(pair[1]), int(pair[2])) * 100)
    try:
        goal = parse_goal(raw)
    except GoalError as error:
        if error.code is Code.AMBIGUOUS_NUMBER:
            raise failure(error.code, **error.args_of_code) from error
        raise _no_figure(raw) from error
    plain = goal.text.removesuffix("%").replace(",", ".").strip()
    if goal.measure not in (Measure.NUMBER, Measure.PERCENT) or not _is_number(plain):
        raise _no_figure(raw)
    return Percentage(goal.value) if goal.measure is Measure.PERCENT else goal.value


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdecimal()


def _no_figure(raw: object) -> PydanticCustomError:
    return failure(Code.WRONG_TYPE, found=f"'{raw}'", expected=_("a number such as 6100 or '9,8%'"))


Day = date  # a name for the type where a field is called date
Figure = Annotated[Fraction, PlainValidator(read_figure)]


class Record(BaseModel):
    """A frozen record that refuses unknown keys and converts nothing in silence."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        arbitrary_types_allowed=True,
        defer_build=True,  # what a header or a target holds is built as part of it, and needs none of its own
    )


Words = Annotated[str, Field(min_length=1)]


class Text(Record):
    """A text in Vietnamese and English."""

    vi: Words
    en: Words

    def __str__(self) -> str:
        """Return the text in the language in use."""
        return self.vi if language() == "vi" else self.en


class Remark(Text):
    """A text for readers: one for each language, or the same for both, written once."""

    @model_validator(mode="before")
    @classmethod
    def _once_for_both(cls, raw: object) -> object:
        if raw == "":
            raise PydanticKnownError("string_too_short", {"min_length": 1})
        return {"vi": raw, "en": raw} if isinstance(raw, str) else raw


def _none_if_empty(raw: object) -> object:
    return None if raw == "" else raw


Note = Annotated[Remark | None, BeforeValidator(_none_if_empty)]


def by_label(raw: object) -> object:
    """Return a mapping with its period labels in canonical form (q2 is 6m)."""
    if not isinstance(raw, dict):
        return raw
    canonical = {}
    for label, value in raw.items():
        known = canonical_label(str(label))
        if known is None:
            raise failure(Code.BAD_PERIOD, found=str(label), hint=hint(likely_label(str(label))))
        canonical[known] = value
    return canonical


def fields_of(model: type[Record]) -> dict[str, Any]:
    """Return the keys that a plan file may hold for a record."""
    return {field.alias or name: field for name, field in model.model_fields.items()}
