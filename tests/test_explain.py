"""`explain`: every code has its cause, example and cure, in both languages and at any width."""

import json
import re
import subprocess
import sys
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from rich.cells import cell_len

from rehabplan.explain.causes import cause_of
from rehabplan.explain.examples import example_of, kept_examples
from rehabplan.explain.model import (
    CODES,
    WITHOUT_EXAMPLE,
    by_stage,
    codes_named,
    cure_of,
    page_of,
    sentence_of,
)
from rehabplan.i18n import LANGUAGES, use
from rehabplan.problems import Code
from rehabplan.render.explain_screen import add_explanation, add_list
from rehabplan.render.problems import add_problems
from rehabplan.render.screen import Screen
from tests.cases import HERE, ROOT, run
from tests.test_errors import SHOWN_ELSEWHERE
from tests.test_vietnamese import NAMES_LEFT, SENTENCES, words_of

EACH_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


@EACH_LANGUAGE
def test_a_cause_says_more_than_its_sentence(language: str) -> None:
    """In one to three short sentences, and each in its own."""
    for code in Code:
        with use(language):
            cause, sentence = cause_of(code), sentence_of(code)
        assert len(words(cause) - words(sentence)) >= 12, code
        assert SequenceMatcher(None, cause, sentence).ratio() < 0.6, code
        assert 80 < len(cause) < 300, code
        assert cause.endswith("."), code
    with use(language):
        assert len({cause_of(code) for code in Code}) == len(Code)


def test_every_code_has_an_example_or_a_reason() -> None:
    assert set(kept_examples()) == {code.number for code in Code} - {code.number for code in WITHOUT_EXAMPLE}
    assert set(WITHOUT_EXAMPLE) == SHOWN_ELSEWHERE


WITH_EXAMPLE = [code for code in CODES.values() if code not in WITHOUT_EXAMPLE]


def case_of(code: Code) -> Path:
    return HERE / "errors" / kept_examples()[code.number]["case"]


@pytest.mark.parametrize("code", WITH_EXAMPLE, ids=lambda code: code.number)
def test_examples_are_those_of_the_gallery(code: Code) -> None:
    """The first problem of that code, word for word as its case prints it."""
    example = example_of(code)
    assert example is not None
    expected = (case_of(code) / "expected.txt").read_text("utf-8")
    assert expected.startswith(f"$ {example.command}\n")
    screen = Screen(100, color=False)
    add_problems(screen, [example.problem])
    assert screen.text() in expected, "run python -m scripts.make_docs"


@EACH_LANGUAGE
@pytest.mark.parametrize("width", [40, 80, 160])
def test_explanations_fit_the_screen(language: str, width: int) -> None:
    """But for words without a blank in them, and for what is to be copied."""
    for code in Code:
        screen = Screen(width, color=False)
        with use(language):
            add_explanation(screen, code)
            example = example_of(code)
        to_copy = example.problem.cure.split("\n")[1:] if example else []
        folded = [line for line in screen.text().split("\n") if line.strip() not in to_copy]
        assert [line for line in folded if cell_len(line) > width and len(line.split()) > 1] == []
        assert not re.search(r"\{\w+\}|\{\{\{", screen.text()), "a name in braces is left"
        assert "….\n" not in screen.text()


@pytest.mark.parametrize("code", CODES.values(), ids=lambda code: code.number)
def test_no_explanation_is_half_english(code: Code) -> None:
    screen = Screen(100, color=False)
    with use("vi"):
        add_explanation(screen, code)
    inputs = ""
    if code in WITH_EXAMPLE:
        inputs = kept_examples()[code.number]["command"] + " ".join(
            path.name + path.read_bytes().decode("utf-8", "replace")
            for path in case_of(code).rglob("*") if path.is_file() and path.name != "expected.txt"
        )  # fmt: skip
    left = words_of(screen.text()) & SENTENCES - words_of(inputs) - NAMES_LEFT - NAMES_IN_CAUSES
    assert left == set()


NAMES_IN_CAUSES = words_of(
    "explain years security reliability commands word pdf docx vntime libreoffice lock gaol quang yes no on "
    "off aux"
)
"""Names of pages, programs, places and files, and YAML words; "gaol" is an example of a slip."""


@EACH_LANGUAGE
def test_no_two_codes_read_alike(language: str) -> None:
    """But for RP110 and RP509 in Vietnamese: the one is of plans, the other of cells."""
    with use(language):
        said = {sentence_of(code) for code in Code if code is not Code.PERCENT_OR_RATIO}
        assert len(said) == len(Code) - 1
        assert all("{" not in sentence_of(code) for code in Code)
        assert "{value: …, year: …}" in cure_of(Code.NO_BASELINE)


@EACH_LANGUAGE
@pytest.mark.parametrize("width", [40, 80, 160])
def test_the_list_has_every_code_once(language: str, width: int) -> None:
    screen = Screen(width, color=False)
    with use(language):
        add_list(screen)
    lines = screen.text().split("\n")
    assert re.findall(r"^  (RP\d{3}) ", screen.text(), re.MULTILINE) == sorted(CODES)
    assert max(map(cell_len, lines)) <= width
    assert sum(len(codes) for _title, codes in by_stage()) == len(Code)


def test_pages_exist() -> None:
    assert all((ROOT / page_of(code)).is_file() for code in Code)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("RP110", [Code.AMBIGUOUS_NUMBER]),
        ("rp110", [Code.AMBIGUOUS_NUMBER]),
        ("110", [Code.AMBIGUOUS_NUMBER]),
        (" Rp110 ", [Code.AMBIGUOUS_NUMBER]),
        ("RP\u200b110", [Code.AMBIGUOUS_NUMBER]),
        ("RP11", []),
        ("RP1100", []),
        ("", []),
        ("RP", []),
        ("１１０", []),
        ("AMBIGUOUS_NUMBER", []),
    ],
)
def test_codes_as_people_type_them(typed: str, found: list[Code]) -> None:
    codes, problems = codes_named([typed])
    assert codes == found
    assert [item.code for item in problems] == ([] if found else [Code.NO_CODE])


def test_a_code_that_is_given_twice_is_explained_once() -> None:
    codes, problems = codes_named(["110", "RP505", "rp110", "x", "RP1100"])
    assert codes == [Code.AMBIGUOUS_NUMBER, Code.DATE_CELL]
    assert [dict(item.args)["found"] for item in problems] == ["x", "RP1100"]
    assert [dict(item.args)["hint"] for item in problems] == ["", " (did you mean 'RP110'?)"]


def test_what_is_no_code_is_told_after_what_is_one() -> None:
    output = run("explain RP505 RP5055")
    assert output.startswith("RP505 (error)\n")
    assert "--- stderr\nerror RP208\n  There is no problem code 'RP5055' (did you mean 'RP505'?)." in output
    assert output.endswith("--- exit code 3\n")


def test_json_of_some_codes() -> None:
    output = run("explain 505 RP110 nix --format json", REHABPLAN_LANG="vi")
    text, _line, end = output.partition("--- ")
    assert end == "exit code 3\n"
    document = json.loads(text)
    assert list(document) == ["schema", "codes", "problems"]
    assert document["schema"] == "rehabplan/explain/1"
    assert [one["code"] for one in document["codes"]] == ["RP505", "RP110"]
    assert [one["code"] for one in document["problems"]] == ["RP208"]
    ambiguous = document["codes"][1]
    assert ambiguous["cause"] == cause_of(Code.AMBIGUOUS_NUMBER)
    assert {key: ambiguous[key] for key in ambiguous if key != "cause"} == {
        "code": "RP110",
        "severity": "error",
        "sentence": "'{found}' can be read as {thousands} or as {decimal}.",
        "cure": "Write {thousands} or {decimal}, without a separator of thousands.",
        "page": "docs/plan-file.md",
        "example": {
            "command": "rehabplan validate plan.yaml",
            "excerpt": "    goal: 1.700",
            "problem": {
                "code": "RP110",
                "severity": "error",
                "message": "'1.700' can be read as 1700 or as 1.7. "
                "Write 1700 or 1.7, without a separator of thousands.",
                "file": "plan.yaml",
                "sheet": None,
                "cell": None,
                "line": 8,
                "column": 11,
            },
        },
        "no_example": None,
    }


def test_json_of_all_codes() -> None:
    output = run("explain --format json").partition("--- ")[0]
    codes = json.loads(output)["codes"]
    assert [one["code"] for one in codes] == sorted(CODES)
    assert all((one["example"] is None) == (one["no_example"] is not None) for one in codes)
    documented = words((ROOT / "docs" / "json.md").read_text("utf-8"))
    assert set(codes[0]) | set(codes[0]["example"]) <= documented


def test_nothing_is_read_that_explaining_does_not_need(tmp_path: Path) -> None:
    """Start-up: no plan and no workbook is looked at, so what reads them is not imported."""
    command = (
        "import sys; from rehabplan.cli import app\n"
        "try: app(['explain', '110', '505'])\n"
        "except SystemExit as end: assert end.code == 0\n"
        "print(*sorted(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(  # noqa: S603 - this very Python
        [sys.executable, "-c", command], capture_output=True, check=True, cwd=tmp_path
    )
    loaded = set(done.stderr.decode().split())
    assert "rehabplan.explain.model" in loaded
    assert loaded & {"pydantic", "openpyxl", "yaml", "xlrd", "xlsxwriter", "rehabplan.assess"} == set()
