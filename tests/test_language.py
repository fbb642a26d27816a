"""Which language is spoken, and how it writes numbers and dates."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import load_workbook

from rehabplan import figures, i18n
from rehabplan.actuals.formats.numberformats import Shown
from rehabplan.actuals.formats.values import number_cell
from rehabplan.cli import language
from rehabplan.cli.language import asked_by, of_environment, of_system
from rehabplan.forms.goals import share_cell
from rehabplan.forms.words import day_text
from rehabplan.numbers import Amount
from rehabplan.plan.fields import Text
from rehabplan.plan.load import load_plan
from rehabplan.summary.allfacts import _count
from rehabplan.summary.facts import Figure
from rehabplan.summary.template.formats import content_of
from rehabplan.units import UNITS, unit_of
from tests.cases import HERE, ROOT, prepared, run
from tests.conftest import PLAN
from tests.sites_plan import Bench


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "en"),
        ({"LANG": "vi_VN.UTF-8"}, "vi"),
        ({"LANG": "vi"}, "vi"),
        ({"LANG": "VI_VN"}, "vi"),
        ({"LANG": "vie_VN"}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LC_ALL": "C", "LANG": "vi_VN"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "vi_VN", "LANG": "en_US"}, "vi"),
        ({"LC_ALL": "vi_VN", "LC_MESSAGES": "en_US"}, "vi"),
        ({"LC_CTYPE": "vi_VN"}, "en"),
        ({"REHABPLAN_LANG": "vi", "LC_ALL": "en_US"}, "vi"),
        ({"REHABPLAN_LANG": "VI", "LC_ALL": "en_US"}, "vi"),
        ({"REHABPLAN_LANG": "vi_VN", "LC_ALL": "en_US"}, "vi"),
        ({"REHABPLAN_LANG": "vi-VN.UTF-8", "LC_ALL": "en_US"}, "vi"),
        ({"REHABPLAN_LANG": "En_GB", "LC_ALL": "vi_VN"}, "en"),
        ({"REHABPLAN_LANG": "en", "LC_ALL": "vi_VN"}, "en"),
        ({"REHABPLAN_LANG": "", "LC_ALL": "vi_VN"}, "vi"),
    ],
)
def test_the_environment_says_the_language(environment: Mapping[str, str], expected: str) -> None:
    assert (of_environment(environment) or of_system(environment)) == expected


@pytest.mark.parametrize("found", ["fr", "vie", "v", "english", "vi "])
def test_the_variable_knows_two_languages(found: str) -> None:
    for lang, said in (("C", "it can be vi or en"), ("vi_VN", "chỉ được ghi vi hoặc en")):
        output = run("show 2024", REHABPLAN_LANG=found, LC_ALL=lang)
        assert "REHABPLAN_LANG" in output
        assert f"'{found}'" in output
        assert said in output
        assert output.endswith("exit code 2\n")
    assert "exit code 0" in run("--version --lang en", REHABPLAN_LANG=found)


def test_windows_is_asked_where_no_variable_says_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_of_windows", lambda: "vi_VN")
    assert of_system({}) == "vi"
    assert of_system({"LANG": "en_US"}) == "en"


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("check 2024", None),
        ("--lang vi check", "vi"),
        ("check 2024 --lang=vi --as-of 1/1/2024", "vi"),
        ("--lang vi check --lang en", "en"),
        ("check --lang fr", None),
        ("check --lang", None),
        ("check -- --lang vi", None),
    ],
)
def test_the_option_stands_anywhere(command: str, expected: str | None) -> None:
    assert asked_by(shlex.split(command)) == expected


@pytest.mark.parametrize("command", ["--lang vi show 2024", "show 2024 --lang vi", "show --lang=vi 2024"])
def test_the_option_wins(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert "Chỉ tiêu" in run(command)
    assert i18n.language() == "en"


NUMBERS = [
    (Fraction(1700), "1,700", "1.700"),
    (Fraction(161, 2), "80.5", "80,5"),
    (Fraction(-12345678, 10), "-1,234,567.8", "-1.234.567,8"),
    (Fraction(0), "0", "0"),
]


@pytest.mark.parametrize(("value", "en", "vi"), NUMBERS)
def test_numbers(value: Fraction, en: str, vi: str) -> None:
    for spoken, text in (("en", en), ("vi", vi)):
        with i18n.use(spoken):
            assert figures.number(value) == text
            assert figures.percent(value) == f"{text}%"
            assert figures.bounds(Amount.exact(value), tail="%") == f"{text}%"
            assert figures.plain(value) == en.replace(",", "")
    assert i18n.language() == "en"


def test_bounds_and_whole_numbers() -> None:
    between = Amount(Fraction(1200), Fraction(12345, 10))
    with i18n.use("vi"):
        assert figures.bounds(between) == "1.200 – 1.234,5"
        assert figures.whole(20_000_000) == "20.000.000"
        assert figures.whole_up(Fraction(10001, 10)) == "1.001"


def test_dates() -> None:
    day = date(2024, 10, 5)
    assert figures.day(day) == "2024-10-05"
    with i18n.use("vi"):
        assert figures.day(day) == "05/10/2024"


def test_names_follow_the_language() -> None:
    name = Text(vi="Số", en="Number")
    with i18n.use("vi"):
        assert str(name) == "Số"
        assert [str(unit.name) for unit in UNITS] == [unit.vi for unit in UNITS]
        assert str(unit_of("").name) == ""
    assert str(name) == "Number"


def test_a_block_ends_with_its_error() -> None:
    with pytest.raises(ValueError, match="x"), i18n.use("vi"):
        raise ValueError("x")
    assert i18n.language() == "en"


@pytest.mark.parametrize(
    "command",
    [
        "check 2024 --actuals reports/2024-9m.xlsx --format json",
        "check 2024 --actuals nowhere.xlsx --format json",
        "trend 2024 --actuals reports/2024-9m.xlsx --format json",
        "diff 2023 2024 --format json",
        "diff 2023 2024 --format csv",
    ],
)
def test_what_programs_read_is_english(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert run(f"{command} --lang vi") == run(command)


@pytest.mark.parametrize("shown", [Shown.NUMBER, Shown.PERCENT])
@pytest.mark.parametrize("value", [1234.5, 0.8051, 1e-9, 123456789012.25])
def test_cells_are_read_alike(value: float, shown: Shown) -> None:
    """The text of a cell is read again as a figure, so no language may touch it."""
    found = set()
    for spoken in ("en", "vi"):
        number_cell.cache_clear()
        with i18n.use(spoken):
            found.add(number_cell(value, shown))
    assert len(found) == 1


@pytest.mark.usefixtures("guarded")
def test_another_process_speaks_the_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    (tmp_path / "plan.yaml").write_text(PLAN, "utf-8")
    monkeypatch.chdir(tmp_path)
    output = run("check plan.yaml --actuals broken.xlsx --lang vi")
    with i18n.use("vi"):
        assert i18n._("it breaks off or was changed on the way") in " ".join(output.split())


def cells(path: Path) -> list[str]:
    book = load_workbook(path)
    return [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]


@pytest.mark.parametrize(
    ("option", "variable", "form", "screen"),
    [
        ("", "en", "Chỉ tiêu", "Wrote"),
        ("", "vi", "Chỉ tiêu", "Đã"),
        ("--lang en", "vi", "Target", "Wrote"),
        ("--lang vi", "en", "Chỉ tiêu", "Đã"),
    ],
)
def test_forms_are_in_the_plans_language(
    option: str, variable: str, form: str, screen: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    path = tmp_path / "form.xlsx"
    output = run(f"{option} form 2024 --period 9m -o {path}", REHABPLAN_LANG=variable)
    assert output.startswith(screen)
    assert form in cells(path)


def test_a_form_does_not_hear_the_screens_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    for variable in ("en", "vi"):
        run(f"form 2024 --period 9m -o {tmp_path / variable}.xlsx", REHABPLAN_LANG=variable)
    assert (tmp_path / "en.xlsx").read_bytes() == (tmp_path / "vi.xlsx").read_bytes()


@pytest.mark.parametrize("screen", ["en", "vi"])
def test_goals_in_forms_are_written_in_the_forms_language(screen: str, bench: Bench) -> None:
    rate = bench.loaded.plan.targets["access"]
    with i18n.use(screen):
        assert share_cell(Fraction(161, 2), rate, "vi") == "80,5%"
        assert share_cell(Fraction(161, 2), rate, "en") == "80.5%"
        assert day_text(date(2024, 3, 5), "vi") == "05/3/2024"
        assert day_text(date(2024, 3, 5), "en") == "2024-03-05"


def test_a_draft_has_the_same_values_in_every_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its comments are in the user's language; what is not a comment is the same."""
    prepared(HERE / "trend_year", tmp_path)
    monkeypatch.chdir(tmp_path)
    text = Path("plan.yaml").read_text("utf-8")
    paced = "goal: 200\n    pace: {curve: {2024-06-30: 99.5, 2024-12-31: 200}}"
    Path("plan.yaml").write_text(text.replace("goal: 200", paced, 1), "utf-8")
    for spoken in ("en", "vi"):
        assert "exit code 0" in run(f"draft 2025 --from plan.yaml -o {spoken}.yaml --lang {spoken}")
    drafts = [load_plan(Path(f"{spoken}.yaml")).plan for spoken in ("en", "vi")]
    assert drafts[0] == drafts[1]
    assert drafts[0].targets["review"].due == date(2025, 7, 31)


def test_what_is_to_be_copied_into_a_plan_is_the_same_in_every_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    prepared(HERE / "errors" / "RP185-no-reason-given", tmp_path)
    monkeypatch.chdir(tmp_path)
    entries = set()
    for spoken in ("en", "vi"):
        output = " ".join(run("validate plan.yaml", columns=400, REHABPLAN_LANG=spoken).split())
        entries |= set(re.findall(r"- \{date: [^}]*\}", output))
    assert len(entries) == 1


def test_a_real_process_speaks_vietnamese() -> None:
    """As an office runs it: the locale alone."""
    environment = {**os.environ, "LC_ALL": "vi_VN.UTF-8", "REHABPLAN_LANG": "", "PYTHONUTF8": "0"}
    environment.pop("PYTHONIOENCODING", None)
    done = subprocess.run(
        [sys.executable, "-m", "rehabplan", "validat"], env=environment, capture_output=True, check=False
    )
    assert done.returncode == 2
    assert "Không có lệnh 'validat'. Có phải muốn dùng 'validate'?" in done.stderr.decode("utf-8")


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_what_a_template_shows_does_not_hang_on_how_the_language_writes_numbers(language: str) -> None:
    """1.700 is whole in Vietnamese too, and 374,3 is not."""
    with i18n.use(language):
        for value, places, wanted in (
            ("5118.85", 0, "#,##0"),
            ("1700.25", 1, "#,##0.0"),
            ("12.04", 1, "#,##0"),
        ):
            amount = Amount.exact(Fraction(value))
            fact = Figure(amount, figures.bounds(amount, places), places=places)
            assert content_of(fact, "General").code == wanted


def test_counts_for_a_template_are_written_as_the_language_does() -> None:
    with i18n.use("vi"):
        assert _count(1234).text == "1.234"
