"""The examples of `rehabplan explain`: what the commands of the error gallery find, kept as package data.

`python -m scripts.make_docs` writes them. Every command runs in both languages; what it fills into the
sentence is kept, not the sentence, so that the wording is always that of the program.
"""

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import chdir, contextmanager
from pathlib import Path
from unittest.mock import patch

from msgspec.structs import asdict
from tests.cases import case_folders, prepared, run

from rehabplan.actuals.pool import IN_PROCESS
from rehabplan.explain.examples import Kept, kept_examples
from rehabplan.i18n import LANGUAGES
from rehabplan.problems import Problem, Where
from rehabplan.render import problems as printer
from rehabplan.sections.problems import grouped


def examples() -> str:
    """Return the file of examples: for each code the first of its cases in the gallery."""
    found: dict[str, Kept] = {}
    for case in case_folders("errors"):
        number = case.name.split("-")[0]
        if number in found:
            continue
        if (case / "commits").exists() and shutil.which("git") is None:
            found[number] = kept_examples()[number]  # what cannot be run here stays as it is
        else:
            found[number] = _example(case, number)
    return json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _example(case: Path, number: str) -> Kept:
    text = (case / "command").read_text("utf-8").strip()
    arguments = re.sub(r"^\d+ ", "", text)
    printed = {language: _first(case, arguments, number, language) for language in LANGUAGES}
    one, _values = printed["en"]
    return {
        "case": case.name,
        "command": f"rehabplan {arguments}",
        "where": _where(one.where),
        "values": {
            name: {language: values[name] for language, (_one, values) in printed.items()}
            for name, _value in one.args
        },
    }


def _where(where: Where | None) -> dict[str, str | int] | None:
    """Return the fields of a place that say more than nothing."""
    return None if where is None else {name: value for name, value in asdict(where).items() if value}


def _first(case: Path, arguments: str, number: str, language: str) -> tuple[Problem, dict[str, str]]:
    """Return the first problem of a code that a case's command prints, and its values in a language.

    Raises:
        SystemExit: it prints none.
    """
    printed: list[tuple[Problem, dict[str, str]]] = []

    def noting(problems: Iterable[Problem]) -> list[list[Problem]]:
        items = list(problems)
        # Values such as reasons are worded when they are printed, in the language of that moment.
        printed.extend((item, {name: str(value) for name, value in item.args}) for item in items)
        return grouped(items)

    with _prepared(case), patch.object(printer, "grouped", noting):
        run(arguments, REHABPLAN_LANG=language)
    found = next((pair for pair in printed if pair[0].code.number == number), None)
    if found is None:
        raise SystemExit(f"{case.name}: '{arguments}' prints no {number}")
    return found


@contextmanager
def _prepared(case: Path) -> Iterator[None]:
    """Stand in a copy of a case's folder, where reports are read without a process of their own."""
    with tempfile.TemporaryDirectory() as folder, patch.dict(os.environ, {IN_PROCESS: "1"}):
        prepared(case, Path(folder))
        with chdir(folder):
            yield
