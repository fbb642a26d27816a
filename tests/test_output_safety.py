"""What comes from files and the command line is shown, never obeyed: by a terminal, a spreadsheet, a page."""

import csv
import io
import json
import os
import re
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from rehabplan.cli import app
from rehabplan.render.csvtext import csv_text, runs
from rehabplan.render.jsontext import dumped
from tests.cases import ROOT
from tests.formats import xlsx_parts, zipped

pytestmark = pytest.mark.pressure

ESCAPES = "\x1b[2J\x1b]0;t\x07\x9b31m\x9d8;;x\x9c\x08\x7f"
BIDI = "\u202e\u2066\u200f\u200b\u061c\ufeff\u00ad\U000e0041"
MARKUP = (
    "[red]r[/red] :x: <b>h</b> <script>a</script> [l](http://l.example) ![i](http://i.example) `c` | *s* # h"
)
SEEN = f"{MARKUP} www.w.example a@m.example <http://t.example>"
"""What a plan may hold: signs that are not seen are refused there (tests/hostile_plans.py)."""
NASTY = f"{ESCAPES}{BIDI}\u2028\u2029\x85{SEEN}"
FORMULA = "=HYPERLINK(1)"
LABEL = "-Một [red]| `b`"


def quoted(text: str) -> str:
    """Return a YAML text with every sign that is none of ASCII as an escape."""
    return (
        json.dumps(text, ensure_ascii=True).replace("\\udb40\\udc41", "\\U000E0041").replace("\x7f", "\\x7F")
    )


def sheet_text(text: str) -> str:
    """Return a text as the XML of a workbook holds it: signs that XML cannot hold are _xHHHH_."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;")
    return "".join(
        f"_x{ord(char):04X}_" if unicodedata.category(char) == "Cc" else char for char in safe
    )  # fmt: skip


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with plans and reports in which every text is out to hurt."""
    monkeypatch.chdir(tmp_path)
    for year in (2023, 2024):
        text = quoted(SEEN)
        names = [f"name: {{vi: {quoted(f'={n}' + SEEN)}, en: {quoted(f'@{n}' + SEEN)}}}" for n in (1, 2)]
        Path(f"{year}.yaml").write_text(
            f"year: {year}\ntitle: {{vi: {text}, en: {text}}}\nissuer: {quoted('=' + SEEN)}\n"
            f"document: {{number: {text}, date: {year}-01-02, source: {text}}}\n"
            "sites:\n  districts: {count: 2, unit: district, list: list.csv, key: code, name: name}\n"
            f"targets:\n  one:\n    {names[0]}\n    kind: count\n    goal: {year}\n    unit: person\n"
            f"    aliases: [{quoted(LABEL)}]\n    source: {{clause: {text}, note: {text}}}\n"
            f"  two:\n    {names[1]}\n    kind: rate\n    goal: '> 80%'\n    unit: person\n"
            f"    scope: {{vi: {text}, en: {text}}}\n"
            f"not_targets:\n  - {{text: {{vi: {text}, en: {text}}}, reason: {text}}}\n",
            "utf-8",
        )
    named = f'code,name\n1,"-{SEEN}"\n2,"=2{SEEN}"\n'
    (tmp_path / "list.csv").write_text(named, "utf-8", newline="")
    rows = [["STT", "Nội dung", "Đơn vị tính", "Thực hiện 9 tháng năm 2024"], ["1", LABEL, "người", "7"],
            ["2", FORMULA, "người", "9"], ["3", NASTY, FORMULA, NASTY], ["4", "＝1+1", "@x", "-5"],
            ["5", "two", "%", "1.700" + NASTY]]  # fmt: skip
    cells = "".join(
        f'<row r="{at}">' + "".join(
            f'<c r="{column}{at}" t="inlineStr"><is><t xml:space="preserve">{sheet_text(text)}</t></is></c>'
            for column, text in zip("ABCD", row, strict=True)
        ) + "</row>"
        for at, row in enumerate(rows, start=2)
    )  # fmt: skip
    parts = xlsx_parts(cells)
    title = sheet_text(f"={BIDI}|`<b>").replace('"', "")
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace('name="S"', f'name="{title}"')
    (tmp_path / REPORT).write_bytes(zipped(parts))
    return tmp_path


REPORT = "=9m \x1b[31m\u202e[red]|`<b>2024.xlsx" if sys.platform != "win32" else "=9m [red]`2024.xlsx"


def invoke(*arguments: str, **environment: str) -> Result:
    runner = CliRunner(env={"COLUMNS": "100", "REHABPLAN_LANG": "en", **environment})
    return runner.invoke(app, arguments, prog_name="rehabplan")


def unseen(text: str, allowed: str = "\n") -> set[str]:
    """Return the signs of a text that speak to a terminal instead of being seen."""
    bad = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
    return {char for char in text if unicodedata.category(char) in bad and char not in allowed}


COMMANDS = [
    ("check", "2024.yaml", "--actuals", REPORT, "--by", "site"),
    ("check", "2024.yaml", "--actuals", REPORT, "--site", f"-{SEEN}"),
    ("check", "2024.yaml", "--actuals", REPORT, "--format", "markdown", "--by", "site"),
    ("check", "2024.yaml", "--actuals", REPORT, "--format", "plain", "--by", "site"),
    ("check", "2024.yaml", "--actuals", REPORT, "--format", "json"),
    ("check", "2024.yaml", "--actuals", REPORT, "--format", "csv"),
    ("check", NASTY, "--actuals", NASTY),
    ("check", "2024.yaml", "--actuals", NASTY, "--format", "json"),
    ("check", "2024.yaml", "--actuals", REPORT, "--period", NASTY),
    ("check", "2024.yaml", "--actuals", REPORT, "--as-of", NASTY),
    ("check", "2024.yaml", "--actuals", REPORT, "--format", NASTY),
    ("check", "2024.yaml", NASTY, f"--{NASTY}"),
    (NASTY,),
    ("diff", "2023.yaml", "2024.yaml"),
    ("diff", "2023.yaml", "2024.yaml", "--format", "markdown"),
    ("diff", "2023.yaml", "2024.yaml", "--format", "plain"),
    ("diff", "2023.yaml", "2024.yaml", "--format", "json"),
    ("diff", "2023.yaml", NASTY),
    ("trend", "2024.yaml", "--actuals", REPORT),
    ("trend", "2024.yaml", "--actuals", REPORT, "--format", "json"),
    ("trend", "2024.yaml", "--actuals", REPORT, "--format", "plain", "--previous", REPORT),
    ("trace", "2024.yaml", "one", "--actuals", REPORT),
    ("trace", "2024.yaml", NASTY, "--actuals", REPORT),
    ("inspect", REPORT, "--plan", "2024.yaml"),
    ("inspect", NASTY),
    ("show", "2024.yaml"),
    ("show", NASTY),
    ("validate", "2024.yaml", NASTY),
    ("draft", "2025", "--from", "2024.yaml", "--actuals", REPORT, "-o", "new\x1b[2J.yaml"),
    ("summary", "2024.yaml", "--actuals", REPORT, "-o", "s\x1b[2J\u202e.xlsx"),
    ("form", "2024.yaml", "--period", "9m", "-o", "f\x1b[2J\u202e.xlsx"),
    ("form", "2024.yaml", "--period", "9m", "--all-sites", "-o", "f\x1b[2J\u202e"),
    ("form", "2024.yaml", "--period", "9m", "-o", f"none{NASTY}/f.xlsx".replace("//", "")),
    ("form", "2024.yaml", "--period", "9m", "-o", "f.xlsx", "--site", NASTY),
]


@pytest.mark.usefixtures("hostile")
def test_the_hostile_inputs_can_be_used() -> None:
    """Otherwise the tests below would look at error messages alone."""
    assert invoke("validate", "2024.yaml").exit_code == 0
    found = json.loads(invoke("check", "2024.yaml", "--actuals", REPORT, "--format", "json").stdout)
    assert found["targets"][0]["actual"]["low"] == 7
    assert {item["label"] for item in found["unplanned"]} >= {FORMULA, "＝1+1"}
    assert found["targets"][0]["evidence"][0]["file"] == REPORT


@pytest.mark.parametrize(
    "command", COMMANDS, ids=lambda command: " ".join(command)[:60].encode("ascii", "ignore").decode()
)
@pytest.mark.usefixtures("hostile")
def test_nothing_speaks_to_the_terminal(command: tuple[str, ...]) -> None:
    result = invoke(*command)
    allowed = "\n\t" if "plain" in command else "\n\r\ufeff" if "csv" in command else "\n"
    assert unseen(result.stdout, allowed) == set()
    assert unseen(result.stderr) == set()
    assert result.exit_code in {0, 2, 3}, result.output
    assert "rehabplan itself failed" not in result.output


# ── workbooks ─────────────────────────────────────────────────────────────────────────────────────
def parts_of(path: Path) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(path) as book:
        for name in book.namelist():
            yield name, book.read(name).decode("utf-8")


SUMMARY = ("summary", "2024.yaml", "--actuals", REPORT)
OURS = re.compile(r"'?[\w ]+'?!|\$?[A-Z]+\$?[0-9]+|[A-Z]+(?=\()|[0-9.]+|[-+*/<>=(),:\"$]|\s")
"""What our formulas are made of; a text of somebody else's has more."""


@pytest.mark.parametrize(
    "command",
    [
        (*SUMMARY, "--annex", FORMULA, "--attached-to", NASTY),
        (*SUMMARY, "--lang", "vi", "--office", FORMULA, "--superior", NASTY),
        ("form", "2024.yaml", "--period", "9m"),
        ("form", "2024.yaml", "--period", "9m", "--site", f"-{SEEN}", "--lang", "en"),
    ],
)
@pytest.mark.usefixtures("hostile")
def test_texts_stay_texts_in_workbooks(command: tuple[str, ...]) -> None:
    made = Path("made.xlsx")
    assert invoke(*command, "-o", str(made)).exit_code in {0, 3}
    texts: set[str] = set()
    for name, xml in parts_of(made):
        assert unseen(xml, "\n\r") == set(), name
        assert "TargetMode" not in xml, f"{name} leads out of the workbook"
        for element in ET.fromstring(xml).iter():  # noqa: S314 - made by us
            tag = element.tag.rpartition("}")[2]
            if tag == "f":
                assert OURS.sub("", element.text or "") == "", name
            elif tag in ("formula1", "definedName", "formula"):
                assert "HYPERLINK" not in (element.text or "")
                assert "example" not in (element.text or "")
            elif tag == "t":
                texts.add(element.text or "")
            elif tag in ("sheet", "oddHeader", "oddFooter"):
                assert "example" not in str(element.attrib) + (element.text or "")
    assert any(text.startswith(("=", "-")) and "[red]" in text for text in texts)


@pytest.mark.usefixtures("hostile")
def test_paths_of_this_machine_are_in_no_workbook(tmp_path: Path) -> None:
    """Absolute paths give their names; two files of one name as much more as tells them apart."""
    folders = [tmp_path / "An" / name for name in ("x", "y")]
    for folder in folders:
        folder.mkdir(parents=True)
        (folder / "q.xlsx").write_bytes((tmp_path / REPORT).read_bytes() + b" " * len(folder.name))
    (folders[1] / "q.xlsx").write_bytes((tmp_path / REPORT).read_bytes() + b"another")
    plan = str(tmp_path / "2024.yaml")
    reports = [word for folder in folders for word in ("--actuals", str(folder / "q.xlsx"))]
    for number, more in enumerate(([], ["--previous", str(tmp_path / "An")])):
        done = invoke("summary", plan, *reports, *more, "-o", f"{number}.xlsx")
        assert done.exit_code == 3
        assert str(tmp_path) in done.output, "the user sees the paths that were given"
        whole = "".join(xml for _name, xml in parts_of(Path(f"{number}.xlsx")))
        assert str(tmp_path) not in whole
        assert tmp_path.name not in whole
        assert {"x/q.xlsx", "y/q.xlsx", "2024.yaml"} <= set(re.findall(r"[\w/]+\.(?:xlsx|yaml)", whole))


@pytest.mark.usefixtures("hostile")
def test_workbooks_name_no_person() -> None:
    """Author is the office that issued the plan; nothing is taken from the account of the user."""
    invoke(
        "form", "2024.yaml", "--period", "9m", "-o", "made.xlsx", USER="nguyenvanan", LOGNAME="nguyenvanan"
    )
    properties = load_workbook("made.xlsx").properties
    assert properties.creator == properties.lastModifiedBy
    assert str(properties.creator).startswith("=[red]")
    assert "nguyenvanan" not in "".join(xml for _name, xml in parts_of(Path("made.xlsx")))


# ── Markdown, CSV, JSON ───────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("command", [COMMANDS[2], ("diff", "2023.yaml", "2024.yaml", "--format", "markdown")])
@pytest.mark.usefixtures("hostile")
def test_markdown_shows_texts_and_nothing_else(command: tuple[str, ...]) -> None:
    text = invoke(*command).stdout
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    inline = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in inline} <= {"text", "softbreak", "text_special"}
    assert {token.type for token in tokens}.isdisjoint({"html_block", "fence", "code_block", "hr"})
    assert "[l](http://l.example)" in "".join(child.content for child in inline)
    heads = sum(token.type == "th_open" for token in tokens)
    rows = sum(token.type == "tr_open" for token in tokens)
    cells = sum(token.type in ("th_open", "td_open") for token in tokens)
    assert cells == heads * rows > heads > 5


@pytest.mark.usefixtures("hostile")
def test_csv_runs_no_formula_unless_it_is_asked_to_be_raw() -> None:
    asked = ("check", "2024.yaml", "--actuals", REPORT, "--by", "site", "--format", "csv")
    safe, raw = ([*csv.reader(io.StringIO(invoke(*asked, *more).stdout))] for more in ((), ("--raw-csv",)))
    assert len(safe) == len(raw)
    for line, other in zip(safe, raw, strict=True):
        for field, bare in zip(line, other, strict=True):
            assert field in {bare, f"'{bare}"}
            assert not runs(field) or field.startswith("'"), field
    shown = REPORT.replace("\x1b", "").replace("\u202e", "")
    assert {f"'{FORMULA}", "'＝1+1", f"'{shown}", "-5"} <= {field for line in safe for field in line}
    assert {FORMULA, "＝1+1", shown, "-5"} <= {field for line in raw for field in line}


@pytest.mark.parametrize("command", [COMMANDS[0], COMMANDS[2], ("diff", "2023.yaml", "2024.yaml")])
@pytest.mark.usefixtures("hostile")
def test_raw_csv_goes_with_csv_alone(command: tuple[str, ...]) -> None:
    result = invoke(*command, "--raw-csv")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--raw-csv: it goes with --format csv" in result.stderr


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("=1+1", True), ("+1+1", True), ("-1+1", True), ("@A1", True), ("＝1", True), ("－a", True),
        (" =1", True), ("\t=1", True), ("\r=1", True), ("\n@a", True), ("'=1", True), ('"=1', True),
        ("\u00a0=1", True), ("\u200b=1", True), ("-", True), ("-5 tỷ", True),
        ("-5", False), ("+1.700,5 %", False), ("1=1", False), ("", False), ("a", False), ("a@b", False),
    ],
)  # fmt: skip
def test_what_a_spreadsheet_would_run_is_escaped(text: str, escaped: bool) -> None:
    field = [*csv.reader(io.StringIO(csv_text(["h"], [[text, "x"]])))][1][0]
    assert field.startswith("'") is escaped
    assert [*csv.reader(io.StringIO(csv_text(["h"], [[text, "x"]], raw=True)))][1][0] == field[escaped:]


def test_numbers_are_numbers_in_csv() -> None:
    assert csv_text(["a", "b"], [[Fraction(-5), -7]]).splitlines()[1] == "-5,-7"


@given(st.text())
def test_json_is_the_same_text_and_harmless(text: str) -> None:
    written = dumped({"a": text})
    unknown = "".join(char for char in text if unicodedata.category(char) in ("Cn", "Co"))
    assert unseen(written, f"{unknown}\n") == set()
    whole = "".join("\ufffd" if unicodedata.category(char) == "Cs" else char for char in text)
    assert json.loads(written) == {"a": whole}


# ── real consoles ─────────────────────────────────────────────────────────────────────────────────
def run_real(*arguments: str | bytes, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    command: list[str | bytes] = [sys.executable, "-m", "rehabplan", *arguments]
    whole = {**os.environ, "REHABPLAN_LANG": "vi", **environment}
    return subprocess.run(command, capture_output=True, check=False, env=whole, cwd=ROOT)  # noqa: S603 - our own words


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names are Unicode there")
def test_file_names_that_are_no_utf_8(tmp_path: Path) -> None:
    """Names in the letters of the 1990s, from an old disk, are shown as far as they can be."""
    name = os.fsencode(tmp_path) + b"/b\xe1o c\xe1o \xff.xlsx"
    Path(os.fsdecode(name)).write_bytes((ROOT / "reports" / "2024-9m.xlsx").read_bytes())
    for form in ("table", "json", "csv"):
        done = run_real("check", "2024", "--actuals", name, "--format", form)
        assert (done.returncode, done.stderr) == (0, b"")
        assert b"o c" in done.stdout
        done.stdout.decode("utf-8")
    made = os.fsencode(tmp_path) + b"/ra \xe1.xlsx"
    done = run_real("summary", "2024", "--actuals", name, "-o", made)
    assert (done.returncode, done.stderr) == (0, b"")
    with zipfile.ZipFile(os.fsdecode(made)) as book:
        assert book.testzip() is None
