"""`check` as Markdown, CSV and plain lines: the same facts as the table and the JSON, none lost."""

import csv
import json
import re
import shlex
from decimal import Decimal
from functools import cache
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace
from typer.testing import CliRunner, Result

from rehabplan.assess import Assessment
from rehabplan.cli import app
from rehabplan.plan.fields import Text
from rehabplan.render import markdown
from rehabplan.render.check_csv import check_csv
from rehabplan.render.check_markdown import check_markdown
from rehabplan.render.check_plain import check_plain
from rehabplan.sections.view import View
from rehabplan.text import printable
from tests.cases import ROOT, case_folders, check_case, prepared
from tests.test_every_kind import PLAN, assessed

TWO_YEARS = ROOT / "tests" / "two_years"
OFFICE = "check 2024.yaml --actuals 2024-9m.xlsx --actuals khac.xlsx"
NEW = ["markdown", "csv", "plain"]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Plans of two years with districts, and reports on them, in the current folder."""
    prepared(TWO_YEARS / "inputs", tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def invoke(arguments: str) -> Result:
    return CliRunner(env={"COLUMNS": "100"}).invoke(app, shlex.split(arguments))


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("case", case_folders("two_years"), ids=lambda case: case.name)
def test_whole_outputs(case: Path) -> None:
    check_case(case)


# ── every format, the same run ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("output", ["table", "json", *NEW])
@pytest.mark.parametrize(
    ("more", "code"),
    [("", 0), (" --fail-on missed", 0), (" --fail-on behind", 1), (" --as-of 2024-03-01", 3)],
)
def test_exit_codes_do_not_depend_on_the_format(
    output: str, more: str, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    result = invoke(f"check 2024 --actuals reports/2024-9m.xlsx --format {output}{more}")
    assert result.exit_code == code, result.output


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("output", NEW)
@pytest.mark.parametrize(
    "arguments",
    ["check 2042 --actuals khac.xlsx", "check 2024.yaml --actuals no.xlsx", f"{OFFICE} --site no"],
)
def test_what_cannot_be_used_leaves_standard_output_empty(arguments: str, output: str) -> None:
    result = invoke(f"{arguments} --format {output}")
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr == invoke(arguments).stderr
    assert "error RP" in result.stderr


@pytest.mark.parametrize("output", ["markdown", "csv"])
def test_trend_does_not_print_a_table_for_what_it_does_not_have(output: str) -> None:
    result = invoke(f"trend 2024 --actuals reports/2024-9m.xlsx --format {output}")
    assert (result.exit_code, result.stdout) == (2, "")


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("more", ["", " --by site", " --previous 2023-9m.xlsx --by site"])
def test_markdown_and_plain_lines_say_what_the_screen_says(more: str) -> None:
    """Every figure, name and word of a wide screen is in both, whatever their order and signs."""
    screen = words(CliRunner(env={"COLUMNS": "250"}).invoke(app, shlex.split(OFFICE + more)).stdout)
    assert len(screen) > 80
    counted = {"2", "reports", "and", "1", "more", "rows", "of", "this", "name"}  # both name them all instead
    assert screen - words(invoke(f"{OFFICE}{more} --format markdown").stdout) <= counted
    # Headings without a fact under them, and the legend.
    heads = {"Target", "Needed", "month", "Data", "problems", "Every", "site", "missed", "applicable"}
    assert screen - words(invoke(f"{OFFICE}{more} --format plain").stdout) <= counted | heads


def words(text: str) -> set[str]:
    return set(re.findall(r"[\w.,]*\w", text.replace("\\", "")))


# ── CSV ───────────────────────────────────────────────────────────────────────────────────────

Rows = list[dict[str, str]]


def read(text: str) -> Rows:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(StringIO(text[1:], newline=""), strict=True))


def numbers(rows: Rows, fact: str) -> tuple[Decimal | None, Decimal | None]:
    """Return the ends of a fact's number, None without the fact; a fact stands there once."""
    found = [row for row in rows if row["fact"] == fact]
    assert len(found) <= 1
    if not found:
        return None, None
    one = found[0]
    if one["value"]:
        assert (one["low"], one["high"], one["low_open"], one["high_open"]) == ("", "", "", "")
        return Decimal(one["value"]), Decimal(one["value"])
    for end in ("low", "high"):
        assert bool(one[end]) is bool(one[f"{end}_open"])
    return tuple(Decimal(one[end]) if one[end] else None for end in ("low", "high"))  # type: ignore[return-value]


def text_of(rows: Rows, fact: str) -> str | None:
    found = [row["text"] for row in rows if row["fact"] == fact]
    assert len(found) <= 1
    return found[0] if found else None


@pytest.mark.parametrize(
    "arguments",
    [
        OFFICE,
        f"{OFFICE} --by site",
        f"{OFFICE} --by site --previous 2023-9m.xlsx",
        "check plan.yaml --actuals report.xlsx --period 9m",
        f"check {ROOT}/plans/2024.yaml --actuals {ROOT}/reports/2024-9m.xlsx",
    ],
)
def test_csv_and_json_hold_the_same(arguments: str, office: Path) -> None:
    prepared(ROOT / "tests" / "every_kind", office)
    document = json.loads(invoke(f"{arguments} --format json").stdout, parse_float=Decimal)
    rows = read(invoke(f"{arguments} --format csv").stdout)
    assert rows
    assert {row["cut_off"] for row in rows} == {document["period"]["to"]}
    for target in document["targets"]:
        own = [row for row in rows if row["target"] == target["id"]]
        hold_target(target, [row for row in own if not row["site_key"]])
        given = target["sites"]["figures"] if target["sites"] and "--by site" in arguments else []
        assert {row["site_key"] for row in own} - {""} == {one["key"] for one in given}
        for one in given:
            hold_site(one, [row for row in own if row["site_key"] == one["key"]])
    assert len(document["targets"]) == sum(row["fact"] == "kind" for row in rows)
    told = [(row["fact"], row["name"], row["text"]) for row in rows if row["fact"] in ("error", "warning")]
    assert told == [(one["severity"], one["code"], one["message"]) for one in document["problems"]]
    unplanned = [
        (row["name"].lstrip("'"), row["text"], row["cell"]) for row in rows if row["fact"] == "unplanned"
    ]
    assert unplanned == [(one["label"], one["text"], one["cell"]) for one in document["unplanned"]]


def hold_target(target: dict[str, Any], rows: Rows) -> None:
    actual, goal = target["actual"], target["goal"]
    assert text_of(rows, "status") == target["status"]
    assert text_of(rows, "outlook") == target["outlook"]
    assert text_of(rows, "actual") == actual["state"]
    goal_text = text_of(rows, "goal")
    assert goal_text is not None
    assert goal_text.removeprefix("'") == goal["text"]
    assert text_of(rows, "comparator") == goal["comparator"]
    assert numbers(rows, "goal") == (goal["value"], goal["upper"] or goal["value"])
    assert numbers(rows, "baseline")[0] == goal["baseline"]
    assert numbers(rows, "actual") == (actual["low"], actual["high"])
    for key in ("numerator", "denominator"):
        low, high = numbers(rows, key)
        assert (low if low == high else None) == actual[key]
    for key in ("percent", "gap"):
        assert numbers(rows, key) == (target[f"{key}_low"], target[f"{key}_high"])
    assert numbers(rows, "expected")[0] == target["expected"]
    assert numbers(rows, "needed_per_month")[0] == target["needed_per_month"]
    cells = [(row["text"], row["file"], row["cell"]) for row in rows if row["fact"] == "evidence"]
    assert cells == [(one["text"], one["file"], one["cell"]) for one in target["evidence"]]
    assert numbers(rows, "sites_reported")[0] == (target["sites"] or {}).get("reported")
    before = target["previous"]
    if before is not None:
        assert text_of(rows, "previous_target") == before["id"]
        assert text_of(rows, "previous_status") == before["status"]
        assert numbers(rows, "difference") == (before["difference_low"], before["difference_high"])
        assert numbers(rows, "previous_actual") == (before["actual"]["low"], before["actual"]["high"])
        aspects = [row["text"] for row in rows if row["fact"] == "not_comparable_by"]
        assert aspects == before["not_comparable_by"]


def hold_site(site: dict[str, Any], rows: Rows) -> None:
    assert text_of(rows, "actual") == site["state"]
    assert numbers(rows, "actual") == (site["low"], site["high"])
    assert numbers(rows, "share")[0] == site["share"]
    assert text_of(rows, "status") == site["status"]
    low, high = numbers(rows, "percent")
    assert (low if low == high else None) == site["percent"]


@pytest.mark.usefixtures("office")
def test_csv_of_one_site_is_of_that_site_alone() -> None:
    rows = read(invoke(f'{OFFICE} --previous 2023-9m.xlsx --site "Quận Đống Đa" --format csv').stdout)
    assert {row["site_key"] for row in rows if row["target"]} == {"002"}
    assert {row["fact"] for row in rows if not row["target"]} >= {"site_missing", "warning"}
    assert [row["value"] for row in rows if row["fact"] == "difference"] == ["-30"]


@pytest.mark.usefixtures("office")
def test_csv_bytes_are_what_excel_wants() -> None:
    raw = invoke(f"{OFFICE} --format csv").stdout_bytes
    assert raw.startswith(b"\xef\xbb\xbfplan_file,")
    assert raw.count(b"\n") == raw.count(b"\r\n") > 50
    assert b"\r\r" not in raw


@pytest.mark.usefixtures("office")
def test_missing_figures_are_no_zeros() -> None:
    rows = read(invoke(f"{OFFICE} --by site --format csv").stdout)
    silent = [row for row in rows if row["fact"] == "actual" and row["text"] != "value"]
    assert {(row["target"], row["site_key"]) for row in silent} >= {("women", ""), ("voluntary", "004")}
    assert {(row["value"], row["low"], row["high"]) for row in silent} == {("", "", "")}


# ── names of any kind ─────────────────────────────────────────────────────────────────────────

HOSTILE = st.text(
    st.sampled_from("|\\`*_[]()<>#~&$!:/@.=-+ \t\n\r\u2028\u200b\x1b'\";,%12aWwé"), min_size=1, max_size=14
) | st.sampled_from(
    ["=cmd|' /C calc'!A0", "a|b", "<script>x</script>", "[x](javascript:y)", "![i](http://x/y)", "1. a",
     "- a", "+ a", "# a", "a\n\n# b", "http://x.example", "www.x.example", "&lt;", "$x$", "`", "\\", "a\\|b",
     "---", "* * *", "==="]
)  # fmt: skip


@cache
def every_kind() -> Assessment:
    with TemporaryDirectory() as folder:
        return assessed(PLAN.plan, Path(folder), "9m")


def named(name: str) -> View:
    """Return the results of every kind of target, one of them under another name."""
    shown: Assessment = every_kind()
    first = shown.results[0]
    fields = {"name": Text.model_construct(vi=name, en=name)}
    target = first.target.model_copy(update=fields)
    results = (replace(first, target=target), *shown.results[1:4])
    return View(replace(shown, results=results), "plan.yaml")


def blanks(text: str) -> str:
    return " ".join(printable(text).split())


@settings(deadline=None, max_examples=80)
@given(HOSTILE)
def test_no_name_breaks_markdown(name: str) -> None:
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(check_markdown(named(name)))
    kinds = {token.type for token in tokens} | {
        child.type for token in tokens for child in token.children or ()
    }
    allowed = {
        "heading",
        "bullet_list",
        "list_item",
        "paragraph",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    }
    assert kinds <= {f"{one}_{end}" for one in allowed for end in ("open", "close")} | {
        "inline", "text", "text_special", "softbreak"
    }  # fmt: skip
    cells = [
        "".join(child.content for child in tokens[at + 1].children or ())
        for at, token in enumerate(tokens) if token.type == "td_open"
    ]  # fmt: skip
    width = sum(token.type == "th_open" for token in tokens)
    assert " ".join(cells[0].split()) == blanks(name)
    assert len(cells) == width * len(named(name).assessment.results)


@settings(deadline=None, max_examples=80)
@given(HOSTILE)
def test_a_line_of_markdown_is_its_text(text: str) -> None:
    for block in (f"- {markdown.line(text)}x\n", f"# {markdown.line(text)}x\n", f"{markdown.line(text)}x\n"):
        inline = [one for one in MarkdownIt().enable("table").parse(block) if one.type == "inline"]
        assert len(inline) == 1
        found = "".join(child.content for child in inline[0].children or ())
        assert " ".join(found.split()) == blanks(text.strip() + "x") or not blanks(text)


@pytest.mark.parametrize("text", ["http://x.example", "https://x", "www.x.example", "a@b.example", "WWW.x"])
def test_bare_addresses_are_no_links(text: str) -> None:
    assert not re.search(r"(?<!\\)(://|(?<=www)\.|@)", markdown.escaped(text), re.IGNORECASE)


@settings(deadline=None, max_examples=80)
@given(HOSTILE)
def test_plain_lines_have_three_fields(name: str) -> None:
    text = check_plain(named(name))
    lines = text.split("\n")
    assert lines.pop() == ""
    assert lines == text.splitlines()
    assert {line.count("\t") for line in lines} == {2}
    assert all(line.split("\t")[2] for line in lines)
    status = [line for line in lines if line.startswith(f"{printable(name).strip()}\tStatus\t")]
    assert len(status) == 1


@settings(deadline=None, max_examples=80)
@given(HOSTILE)
def test_csv_reads_back_and_runs_nothing(name: str) -> None:
    rows = read(check_csv(named(name)))
    assert all(None not in row and None not in row.values() for row in rows)
    first = every_kind().results[0].target.id
    shown = printable(name)
    assert {row["name"] for row in rows if row["target"] == first} in ({shown}, {f"'{shown}"})
    for row in rows:
        for text in row.values():
            assert text[:1] not in "=@\t\r" or not text
    for result in named(name).assessment.results:
        assert sum(row["fact"] == "status" and row["target"] == result.target.id for row in rows) == 1
