"""One example for each code: package data, made of tests/errors by `python -m scripts.make_docs`."""

import json
from functools import cache
from pathlib import Path
from typing import TypedDict

from msgspec import Struct

from rehabplan.i18n import language
from rehabplan.problems import Code, Problem, Where

FILE = Path(__file__).with_name("examples.json")


class Kept(TypedDict):
    """An example as the file keeps it."""

    case: str
    """Its folder in tests/errors."""
    command: str
    where: dict[str, str | int] | None
    """The fields of `Where` that are not empty."""
    values: dict[str, dict[str, str]]
    """What is filled into the sentence and the cure: by name, then by language."""


class Example(Struct, frozen=True):
    """A command that meets a problem, and the problem, worded in the language in use."""

    command: str
    problem: Problem


def example_of(code: Code) -> Example | None:
    """Return the example of a code, None where no small file provokes it."""
    kept = kept_examples().get(code.number)
    if kept is None:
        return None
    where = Where(**kept["where"]) if kept["where"] else None  # type: ignore[arg-type]  # as it was written
    values = tuple((name, words[language()]) for name, words in kept["values"].items())
    return Example(kept["command"], Problem(code, where, values))


@cache
def kept_examples() -> dict[str, Kept]:
    """Return the examples by their codes' numbers, as the file keeps them."""
    kept: dict[str, Kept] = json.loads(FILE.read_text("utf-8"))
    return kept
