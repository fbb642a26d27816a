"""The command line: exit codes, JSON whatever happens, quiet pipes, colours."""

import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from rehabplan import __version__, gather
from rehabplan.cli import app
from tests.cases import ROOT, run
from tests.grid import write_workbook

EXAMPLE = "check plans/2024.yaml --actuals reports/2024-9m.xlsx"


def invoke(arguments: str, **environment: str) -> Result:
    runner = CliRunner(env={"COLUMNS": "100", **environment})
    return runner.invoke(app, shlex.split(arguments), prog_name="rehabplan")


@pytest.fixture(autouse=True)
def in_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (EXAMPLE, 0),
        (f"{EXAMPLE} --fail-on never", 0),
        (f"{EXAMPLE} --fail-on behind", 1),
        (f"{EXAMPLE} --fail-on missed", 0),
        (f"{EXAMPLE} --fail-on not-reported", 1),
        (f"{EXAMPLE} --period 9m", 0),
        (f"{EXAMPLE} --period Q3", 0),
        (f"{EXAMPLE} --as-of 2024-09-30", 0),
        (f"{EXAMPLE} --as-of 2024-09-14", 0),  # the same label in the other convention
        (f"{EXAMPLE} --period 6m", 3),  # the title says nine months
        (f"{EXAMPLE} --period 6m --fail-on behind", 3),  # 3 outranks 1
        (f"{EXAMPLE} --period h2", 3),
        (f"{EXAMPLE} --as-of 2025-03-01", 3),
        (f"{EXAMPLE} --as-of 30/9/2024", 0),
        (f"{EXAMPLE} --as-of 31/9/2024", 2),
        (f"{EXAMPLE} --period 9m --as-of 2024-09-30", 2),
        (f"{EXAMPLE} --format xml", 2),
        (f"{EXAMPLE} --actuals reports/2024-9m.xlsx", 0),  # the same file twice is read once, and told
        ("check 2024.yaml --actuals reports/2024-9m.xlsx", 0),
        ("check reports/2024-9m.xlsx --actuals plans/2024.yaml", 3),
        ("check plans/2024.yaml", 2),
        ("chek", 2),
        ("check plans/2023.yaml --actuals reports/2024-9m.xlsx", 3),  # a report of another year
        ("check 2042 --actuals reports/2024-9m.xlsx", 3),
        ("check plans/2024.yaml --actuals nowhere.xlsx", 3),
        ("check plans/2024.yaml --actuals README.md", 3),
        ("check plans/2024.yaml --actuals plans", 3),
        ("validate", 0),
        ("validate 2024 plans/2020.yaml", 0),
        ("validate 2024 2042", 3),
        ("validate README.md", 3),
        ("show soc-son-2019", 0),
        ("show 2042", 3),
        ("trace 2024 outreach-contacts --actuals reports/2024-9m.xlsx", 0),
        ("trace 2024 outreach --actuals reports/2024-9m.xlsx", 3),
        ("--version", 0),
        ("--help", 0),
    ],
)
def test_exit_codes(arguments: str, code: int) -> None:
    result = invoke(arguments)
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output


def test_version() -> None:
    assert invoke("--version").stdout == f"rehabplan {__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        "check 2042 --actuals reports/2024-9m.xlsx",
        "check plans/2024.yaml --actuals nowhere.xlsx",
        "check README.md --actuals reports/2024-9m.xlsx",
        f"{EXAMPLE} --period h2",
        f"{EXAMPLE} --as-of 2025-03-01",
    ],
)
def test_json_is_valid_also_when_an_input_cannot_be_used(arguments: str) -> None:
    result = invoke(f"{arguments} --format json")
    document = json.loads(result.stdout)
    assert result.exit_code == 3
    assert document["schema"] == "rehabplan/check/1"
    assert (document["plan"], document["targets"]) == (None, [])
    assert "error" in {item["severity"] for item in document["problems"]}
    assert result.stderr == ""


def test_the_shipped_example_comes_out_as_the_plan_demands() -> None:
    document = json.loads(invoke(f"{EXAMPLE} --format json").stdout)
    assert document["period"] == {
        "label": "9m", "from": "2024-01-01", "to": "2024-09-30", "days": 274, "days_of_year": 366,
        "elapsed": 0.748634, "convention": "calendar",
    }  # fmt: skip
    by_id = {item["id"]: item for item in document["targets"]}

    communes = by_id["communes-with-model"]
    assert communes["actual"]["numerator"] == 570
    assert communes["actual"]["denominator"] == 579
    assert (communes["gap"], communes["percent"], communes["status"]) == (9, 98.445596, "on_track")

    outreach = by_id["outreach-contacts"]
    assert (outreach["gap"], outreach["expected"], outreach["status"]) == (243, 374.31694, "behind")
    assert outreach["needed_per_month"] == 80.559783
    assert outreach["evidence"] == [
        {"file": "reports/2024-9m.xlsx", "sheet": "Biểu 1", "cell": "E38", "text": "257/500"}
    ]

    voluntary = by_id["voluntary-rehab"]
    assert (voluntary["actual"]["low"], voluntary["actual"]["high"]) == (664, None)
    assert (voluntary["gap"], voluntary["gap_low"], voluntary["gap_high"]) == (None, None, 536)
    assert voluntary["status"] == "undetermined"

    returnees = by_id["returnees-listed"]
    assert (returnees["actual"]["numerator"], returnees["actual"]["denominator"]) == (1139, None)
    assert returnees["status"] == "undetermined"

    by_status: dict[str, list[str]] = {}
    for item in document["targets"]:
        by_status.setdefault(item["status"], []).append(item["id"])
    assert by_status["not_reported"] == [
        "communes-take-registrations", "registered-all-treated", "service-access",
        "private-facility-services", "compulsory-dossiers", "action-month", "drug-control-day",
    ]  # fmt: skip
    assert by_status["not_due"] == [
        "district-model", "district-model-review", "digitised-dossiers",
        "facility-digital-transformation",
    ]  # fmt: skip
    assert [item["text"] for item in document["unplanned"]] == [
        "586", "439", "110", "36", "1", "583", "hàng trăm", "77", "2", "150", "817", "2932", "52873",
        "185", "8517", "5", "5", "300", "300", "130", "hàng trăm", "19", "7",
    ]  # fmt: skip
    assert {item["severity"] for item in document["problems"]} == {"warning"}


def test_another_unit_gets_no_verdict_but_a_problem_that_names_both(tmp_path: Path) -> None:
    from openpyxl import load_workbook  # noqa: PLC0415 - the one test that edits the example

    book = load_workbook("reports/2024-9m.xlsx")
    sheet = book["Biểu 1"]
    cells = [cell for row in sheet.iter_rows(min_col=2, max_col=2) for cell in row]
    row = next(cell.row for cell in cells if "Đội tình nguyện vận động" in str(cell.value))
    assert row is not None
    sheet.cell(row, 3).value = "lượt người"
    path = tmp_path / "2024-9m.xlsx"
    book.save(path)
    result = invoke(f"check 2024 --actuals {shlex.quote(str(path))} --format json")
    document = json.loads(result.stdout)
    target = next(item for item in document["targets"] if item["id"] == "voluntary-rehab")
    assert (target["status"], target["actual"]["state"]) == ("undetermined", "rejected")
    assert (target["actual"]["low"], target["gap"]) == (None, None)
    problem = next(item for item in document["problems"] if item["code"] == "RP501")
    assert "'lượt người'" in problem["message"]
    assert "'người'" in problem["message"]
    assert problem["cell"] == f"E{row}"
    assert result.exit_code == 3


def test_json_numbers_are_written_without_a_binary_float(tmp_path: Path) -> None:
    """A figure of 25 digits comes out digit by digit, as no float could hold it."""
    (tmp_path / "plan.yaml").write_text(
        'year: 2024\ntitle: {vi: a, en: b}\nissuer: "x"\ntargets:\n  loans:\n'
        "    name: {vi: vay, en: loans}\n    kind: count\n    goal: 1\n    unit: million-dong\n",
        "utf-8",
    )
    report = tmp_path / "q3.xlsx"
    write_workbook('id | value\nloans | "1234567890123456789,123456"', report)
    result = invoke(f"check {tmp_path / 'plan.yaml'} --actuals {report} --format json")
    assert '"low": 1234567890123456789.123456,' in result.stdout


def test_a_failure_of_ours_is_a_message_and_70(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(gather, "gather", broken)
    result = invoke(EXAMPLE)
    assert result.exit_code == 70
    assert "ZeroDivisionError" in result.stderr
    assert "Traceback" not in result.output


def test_interrupted_exits_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(gather, "gather", interrupted)
    assert invoke(EXAMPLE).exit_code == 130


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX pipe")
def test_a_closed_pipe_is_quiet() -> None:
    command = f"{shlex.quote(sys.executable)} -m rehabplan {EXAMPLE} | head -1"
    found = subprocess.run(command, shell=True, capture_output=True, check=False)  # noqa: S602 - our own words
    assert found.stderr == b""
    assert len(found.stdout.splitlines()) == 1


@pytest.mark.usefixtures("guarded")
def test_as_a_module_in_another_locale() -> None:
    """A pipe gets UTF-8 whatever the locale; tests/test_codepages.py has the consoles that are not UTF-8."""
    environment = {
        **os.environ,
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "COLUMNS": "100",
    }
    environment.pop("PYTHONIOENCODING", None)
    command = [sys.executable, "-m", "rehabplan", *EXAMPLE.split()]
    found = subprocess.run(command, capture_output=True, check=True, env=environment)  # noqa: S603
    assert "Hà Nội" in found.stdout.decode("utf-8")


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [({}, False), ({"FORCE_COLOR": "1"}, True), ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False)],
)
def test_colours_only_where_asked(environment: dict[str, str], coloured: bool) -> None:
    plain = {"FORCE_COLOR": "", "NO_COLOR": ""}
    assert ("\x1b[" in invoke(EXAMPLE, **plain | environment).stdout) is coloured


def test_labels_cannot_speak_to_the_terminal(tmp_path: Path) -> None:
    plan = (
        'year: 2024\ntitle: {vi: a, en: "b"}\nissuer: "x"\ntargets:\n  one:\n'
        '    name: {vi: "n", en: "[red]n"}\n    kind: count\n    goal: 1\n    unit: person\n'
    )
    for ending, code in (("", 0), ("\u202e", 3), ("\x1b[2J", 3), (r"\u202e", 3), (r"\e[2J", 3)):
        (tmp_path / "plan.yaml").write_text(plan.replace("[red]n", f"[red]n{ending}"), "utf-8")
        result = invoke(f"show {tmp_path / 'plan.yaml'}")
        assert result.exit_code == code
        assert "\x1b" not in result.output
        assert "\u202e" not in result.output
        assert "[red]n" in result.output


def test_a_plan_that_is_not_found_has_no_line_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(ROOT / "tests/errors/RP121-phan-dau/plan.yaml", tmp_path)
    assert run("validate 2042").startswith("error RP201\n  There is no plan '2042'. ")
    found = run("validate nix plan.yaml")
    assert found.startswith("error RP201\n")
    assert "\nplan.yaml: 1 problem\nerror RP121 plan.yaml:8:11\n" in found


@pytest.mark.parametrize("found", ["30/9", "2024-13-01", "hôm nay"])
def test_a_wrong_date_is_told_in_the_words_of_the_help(found: str) -> None:
    told = " ".join(run(f"check 2024 --actuals reports --as-of '{found}'").split())
    assert (
        f"'{found}' is no date; write year-month-day or day/month/year, as 2024-09-30 or 30/09/2024" in told
    )
    assert "The cut-off as year-month-day or day/month/year." in " ".join(run("check --help").split())


@pytest.mark.parametrize("command", ["form", "summary"])
def test_the_help_says_what_force_is_for(command: str) -> None:
    """What rehabplan wrote and nobody changed is replaced unasked (tests/test_files_written.py)."""
    told = " ".join(run(f"{command} --help").split())
    assert "--force Overwrite a file that rehabplan did not make, or that was changed since." in told
