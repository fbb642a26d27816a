"""Forms filled in, saved by a real spreadsheet program, and read back: nothing lost, nothing guessed."""

import json
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from typer.testing import CliRunner

from rehabplan.cli import app
from rehabplan.forms.book import form_bytes
from rehabplan.forms.words import Language
from tests.test_forms import made

SOFFICE = shutil.which("soffice")
needs_soffice = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
needs_reader = pytest.mark.skipif(
    find_spec("rehabplan.actuals.form") is None, reason="forms are not recognised by the reader yet"
)

Entry = int | float | str | tuple[int, int]
SITE = "Quận Đống Đa"

WHOLE: dict[str, Entry] = {
    "counselled": 1200, "counselled-women": (400, 1200), "counselled-placed": 0, "access": (900, 1000),
    "communes-with-model": (3, 4), "district-model": (1, 2), "district-list": (2, 2), "review": "Đạt",
}  # fmt: skip
"""What is filled in; the loans stay blank."""
DISTRICT: dict[str, Entry] = {
    "counselled": 700, "counselled-women": (300, 700), "counselled-placed": 2, "loans": 12.5,
    "access": (450, 500), "communes-with-model": (1, 2), "district-model": 2, "district-list": "Đạt",
}  # fmt: skip
"""The review is not this site's."""


def filled(path: Path, entries: dict[str, Entry], language: Language = "vi", site: str | None = None) -> Path:
    """Write a form and fill it in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(form_bytes(made(path.parent, site, language)))
    book = load_workbook(path)
    sheet = book.worksheets[0]
    assert isinstance(sheet, Worksheet)
    for at in range(1, sheet.max_row + 1):
        entry = entries.get(str(sheet.cell(at, 9).value))
        if isinstance(entry, tuple):
            sheet.cell(at, 5).value, sheet.cell(at, 6).value = entry
        elif entry is not None:
            sheet.cell(at, 7).value = entry
    book.save(path)
    return path


def rearranged(path: Path) -> Path:
    """Write a form's contents anew: rows reversed, a column put in, every label in other words."""
    old = load_workbook(path)
    new = Workbook()
    for number, source in enumerate(old.worksheets):
        assert isinstance(source, Worksheet)
        sheet = new.active if number == 0 else new.create_sheet()
        assert isinstance(sheet, Worksheet)
        sheet.title, sheet.sheet_state = source.title, source.sheet_state
        lines = [list(line) for line in source.iter_rows(values_only=True)]
        if number == 0:
            header = next(at for at, line in enumerate(lines) if line[-1] == "id")
            end = next(at for at, line in enumerate(lines) if at > header and line[-1] is None)
            rows = [[line[0], f"Nội dung {line[0]}", *line[2:]] for line in lines[header + 1 : end]]
            lines = [*lines[: header + 1], *reversed(rows), *lines[end:]]
            lines = [[*line[:3], None, *line[3:]] for line in lines]
            sheet.column_dimensions["J"].hidden = True
        for line in lines:
            sheet.append(line)
    new.save(path)
    return path


def converted(paths: list[Path], ending: str, folder: Path) -> list[Path]:
    """Let LibreOffice open workbooks and save them, in one run."""
    target = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "ods": "ods"}[ending]
    profile = (folder / "profile").as_uri()
    command = [
        str(SOFFICE), f"-env:UserInstallation={profile}", "--headless", "--convert-to", target,
        "--outdir", str(folder / ending), *map(str, paths),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603 - our own words
    return [folder / ending / f"{path.stem}.{ending}" for path in paths]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with filled forms: as filled in, and as LibreOffice saved them."""
    root = tmp_path_factory.mktemp("forms")
    made(root)  # the plan and its lists
    paths = [
        filled(root / "whole.xlsx", WHOLE),
        filled(root / "english.xlsx", WHOLE | {"review": "Done"}, "en"),
        filled(root / "district.xlsx", DISTRICT, site=SITE),
        rearranged(filled(root / "rearranged.xlsx", WHOLE)),
    ]
    if SOFFICE:
        converted(paths, "xlsx", root)
        converted(converted(paths[:1], "ods", root), "xlsx", root / "ods")
    return root


def contents(book: Workbook) -> dict[str, dict[str, object]]:
    return {
        sheet.title: {
            cell.coordinate: cell.value
            for line in sheet.iter_rows()
            for cell in line
            if cell.value not in (None, "")
        }
        for sheet in book.worksheets
    }


@needs_soffice
@pytest.mark.parametrize("again", ["xlsx/whole.xlsx", "xlsx/district.xlsx", "ods/xlsx/whole.xlsx"])
def test_libreoffice_keeps_what_a_form_is(folder: Path, again: str) -> None:
    before, after = load_workbook(folder / Path(again).name), load_workbook(folder / again)
    assert contents(after) == contents(before)
    old, new = before.worksheets[0], after.worksheets[0]
    assert isinstance(old, Worksheet)
    assert isinstance(new, Worksheet)
    assert new.column_dimensions["I"].hidden
    assert new.protection.sheet
    assert after["_rehabplan"].sheet_state != "visible"
    for line in old.iter_rows(max_col=9):
        for cell in line:
            if cell.value is not None or cell.has_style:
                assert new[cell.coordinate].protection.locked == cell.protection.locked, cell.coordinate

    def rules(sheet: Worksheet) -> dict[str, object]:
        return {
            sheet.cell(*at).coordinate: (rule.type, rule.formula1, rule.prompt)
            for rule in sheet.data_validations.dataValidation
            for block in rule.sqref.ranges
            for at in block.cells
        }

    assert rules(new) == rules(old)


def checked(folder: Path, report: str) -> dict[str, list[dict[str, object]]]:
    arguments = ["check", str(folder / "plan.yaml"), "--actuals", str(folder / report), "--format", "json"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    document: dict[str, list[dict[str, object]]] = json.loads(result.stdout)
    return document


def figures_of(document: dict[str, list[dict[str, object]]]) -> dict[str, object]:
    """Return each target's figure as it was filled in, None where there is none."""
    found: dict[str, object] = {}
    for item in document["targets"]:
        actual, kind = item["actual"], item["kind"]
        assert isinstance(actual, dict)
        if actual["state"] != "value":
            found[str(item["id"])] = None
        elif kind in ("rate", "coverage"):
            found[str(item["id"])] = (actual["numerator"], actual["denominator"])
        else:
            found[str(item["id"])] = actual["low"]
    return found


@needs_reader
@pytest.mark.parametrize("name", ["whole.xlsx", "english.xlsx", "rearranged.xlsx"])
@pytest.mark.parametrize("saved", ["", pytest.param("xlsx/", marks=needs_soffice)])
def test_a_filled_form_is_read_without_a_question(folder: Path, saved: str, name: str) -> None:
    document = checked(folder, saved + name)
    assert document["problems"] == []
    assert figures_of(document) == dict(WHOLE) | {"review": 1, "loans": None}


@needs_reader
@pytest.mark.parametrize("saved", ["", pytest.param("xlsx/", marks=needs_soffice)])
def test_a_sites_form_is_read_without_a_question(folder: Path, saved: str) -> None:
    assert checked(folder, saved + "district.xlsx")["problems"] == []
