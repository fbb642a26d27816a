"""The JSON contract of `explain`: rehabplan/explain/1, described in docs/json.md."""

from collections.abc import Iterable

from rehabplan.explain.causes import cause_of
from rehabplan.explain.examples import Example, example_of
from rehabplan.explain.model import WITHOUT_EXAMPLE, page_of
from rehabplan.problems import Code, Problem
from rehabplan.render.jsontext import Json, dumped, problem_json

EXPLAIN_SCHEMA = "rehabplan/explain/1"


def explain_json(codes: Iterable[Code], problems: Iterable[Problem]) -> str:
    """Return the document of `explain --format json`; its texts are English, whatever language is in use."""
    return dumped(
        {
            "schema": EXPLAIN_SCHEMA,
            "codes": [_code(code) for code in codes],
            "problems": [problem_json(item) for item in problems],
        }
    )


def _code(code: Code) -> Json:
    example = example_of(code)
    return {
        "code": code.number,
        "severity": str(code.severity),
        "sentence": code.sentence,
        "cause": cause_of(code),
        "cure": code.cure,
        "page": page_of(code),
        "example": _example(example) if example else None,
        "no_example": WITHOUT_EXAMPLE.get(code),
    }


def _example(example: Example) -> Json:
    where = example.problem.where
    return {
        "command": example.command,
        "excerpt": where.excerpt if where else None,
        "problem": problem_json(example.problem),
    }
