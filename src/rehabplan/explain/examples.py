"""One example for each code: package data, made of tests/errors by `python -m scripts.make_docs`."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rehabplan.i18n import language
from rehabplan.problems import Code, Problem, Where

FILE = Path(__file__).with_name("examples.json")

Values = dict[str, dict[str, str]]
"""What is filled in, by name, in every language."""


@dataclass(frozen=True, slots=True)
class Example:
    """A command that meets a problem, and the problem."""

    command: str
    where: Where | None
    values: Values

    @property
    def problem_args(self) -> tuple[tuple[str, object], ...]:
        """What is filled into the sentence, in the language in use."""
        return tuple((name, words[language()]) for name, words in self.values.items())


def example_of(code: Code) -> Example | None:
    """Return the example of a code, None where no small file provokes it."""
    found = _all().get(code.number)
    if found is None:
        return None
    where = Where(**found["where"]) if found["where"] else None
    return Example(found["command"], where, found["values"])


def problem_of(code: Code, example: Example) -> Problem:
    """Return the example as the problem that its command finds, in the language in use."""
    return Problem(code, example.where, example.problem_args)


@cache
def _all() -> dict[str, dict[str, object]]:
    return json.loads(FILE.read_text("utf-8"))
