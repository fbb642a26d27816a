"""`rehabplan form`: which forms are written, under which names, and never over another file."""

import os
import shlex
import stat
import sys
from io import StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from rehabplan.cli import app
from rehabplan.cli.output import write_atomic
from rehabplan.problems import RehabplanError
from rehabplan.render.progress import progress
from tests.test_forms import PLAN, SHARES, SITES


def invoke(arguments: str) -> Result:
    return CliRunner(env={"COLUMNS": "200"}).invoke(app, shlex.split(arguments), prog_name="rehabplan")


@pytest.fixture(autouse=True)
def in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {
        "plan.yaml": PLAN, "sites.csv": SITES, "shares.csv": SHARES,
        "unshared.yaml": PLAN.replace("shares: {sites: districts, list: shares.csv}\n", ""),
        "one-set.yaml": "year: 2024\ntitle: {vi: a, en: b}\nissuer: x\nlanguage: en\nsites:\n"
        "  wards: {count: 3, unit: commune, list: wards.csv, key: code, name: name}\n"
        "targets:\n  a: {name: {vi: a, en: b}, kind: count, goal: 1, unit: person}\n",
        "wards.csv": "code,name\n1,Ward A/B\n2,Ward A:B\n3,CON\n",
    }  # fmt: skip
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)


def hidden(path: str) -> dict[str, object]:
    sheet = load_workbook(path)["_rehabplan"]
    return {str(name): value for name, value in sheet.iter_rows(values_only=True)}


def files_in(folder: str | Path) -> list[str]:
    return sorted(path.name for path in Path(folder).iterdir())


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("plan.yaml --period 9m -o f.xlsx", 0),
        ("plan.yaml --period Q3 -o f.xlsx --lang en", 0),
        ("plan.yaml --period m2 -o f.xlsx --site 'quận đống đa'", 0),
        ("plan.yaml --period m2 -o f.xlsx --site 'Q. Đống Đa' --sites districts", 0),
        ("plan.yaml --period 9m -o f.xlsx --site 'Quận Đống Đa' --sites communes", 3),
        ("plan.yaml --period 9m -o f.xlsx --site 'Quang Trung'", 3),
        ("plan.yaml --period 9m -o f.xlsx --site 'Quang Trung, Hà Đông'", 0),
        ("plan.yaml --period 9m -o f.xlsx --site ''", 3),
        ("plan.yaml --period h2 -o f.xlsx", 3),
        ("nowhere.yaml --period 9m -o f.xlsx", 3),
        ("plan.yaml --period 9m -o plan.yaml/f.xlsx", 3),
        ("plan.yaml --period 9m --all-sites -o plan.yaml", 3),
        ("plan.yaml -o f.xlsx", 2),
        ("plan.yaml --period 9m", 2),
        ("plan.yaml --period 9m -o f.xls", 2),
        ("plan.yaml --period 9m -o f.xlsx --lang fr", 2),
        ("plan.yaml --period 9m -o f.xlsx --sites districts", 2),
        ("plan.yaml --period 9m -o f --site x --all-sites", 2),
        ("plan.yaml --period 9m -o f --all-sites --sites wards", 2),
        ("unshared.yaml --period 9m -o f --all-sites", 2),
    ],
)
def test_exit_codes(arguments: str, code: int, tmp_path: Path) -> None:
    before = set(tmp_path.iterdir())
    result = invoke(f"form {arguments}")
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    if code:
        assert set(tmp_path.iterdir()) == before
    else:
        assert result.stdout == "Wrote f.xlsx.\n"
        assert result.stderr == ""


def test_the_sets_are_named_where_one_must_be_chosen() -> None:
    result = invoke("form unshared.yaml --period 9m -o f --all-sites")
    assert "districts (2), communes (4)" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        ("plan.yaml --period 9m", ["Quận Hà Đông - 2024 9m.xlsx", "Quận Đống Đa - 2024 9m.xlsx"]),
        (
            "unshared.yaml --period 6m --sites communes",
            [
                "Phường Láng Hạ - 2024 6m.xlsx",
                "Phường Quang Trung (Quận Hà Đông) - 2024 6m.xlsx",
                "Phường Quang Trung (Quận Đống Đa) - 2024 6m.xlsx",
                "Phường Văn Quán - 2024 6m.xlsx",
            ],
        ),
        (
            "one-set.yaml --period q1",
            ["Ward A B (1) - 2024 q1.xlsx", "Ward A B (2) - 2024 q1.xlsx", "_CON - 2024 q1.xlsx"],
        ),
    ],
)
def test_a_folder_of_forms(arguments: str, names: list[str]) -> None:
    result = invoke(f"form {arguments} --all-sites -o forms/new")
    assert result.stdout == f"Wrote {len(names)} forms into {Path('forms/new')}.\n"
    assert result.stderr == ""  # no bar where nobody watches
    assert files_in("forms/new") == names


def test_each_form_knows_its_site() -> None:
    invoke("form plan.yaml --period 9m --all-sites -o forms")
    found = hidden("forms/Quận Hà Đông - 2024 9m.xlsx")
    assert (found["site_set"], found["site"], found["site_name"]) == ("districts", "02", "Quận Hà Đông")


def test_the_language_is_the_plans_unless_asked() -> None:
    assert invoke("form one-set.yaml --period 9m -o en.xlsx").exit_code == 0
    assert invoke("form one-set.yaml --period 9m --lang vi -o vi.xlsx").exit_code == 0
    assert load_workbook("en.xlsx").sheetnames[0] == "Report form"
    assert load_workbook("vi.xlsx").sheetnames[0] == "Biểu báo cáo"


def test_nothing_is_overwritten_unasked() -> None:
    path = Path("f.xlsx")
    path.write_bytes(b"old")
    assert "RP206" in invoke("form plan.yaml --period 9m -o f.xlsx").stderr
    assert path.read_bytes() == b"old"
    assert invoke("form plan.yaml --period 9m -o f.xlsx --force").exit_code == 0
    assert hidden("f.xlsx")["period"] == "9m"


def test_of_a_folder_all_or_none_is_written() -> None:
    old = Path("forms") / "Quận Hà Đông - 2024 9m.xlsx"
    old.parent.mkdir()
    old.write_bytes(b"old")
    result = invoke("form plan.yaml --period 9m --all-sites -o forms")
    assert (result.exit_code, files_in("forms")) == (3, [old.name])
    assert old.name in result.stderr
    (old.parent / "Quận Đống Đa - 2024 9m.xlsx").write_bytes(b"old")
    assert "and 1 more" in invoke("form plan.yaml --period 9m --all-sites -o forms").stderr
    assert invoke("form plan.yaml --period 9m --all-sites -o forms --force").exit_code == 0
    assert hidden(str(old))["site"] == "02"


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "out" / "f.xlsx"
    path.parent.mkdir()
    path.write_bytes(b"old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RehabplanError, match="the disk is full"):
        write_atomic(path, b"new")
    assert path.read_bytes() == b"old"
    assert files_in(path.parent) == ["f.xlsx"]


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_a_file_is_readable_like_any_other(tmp_path: Path) -> None:
    usual, ours = tmp_path / "usual", tmp_path / "ours"
    usual.write_bytes(b"")
    write_atomic(ours, b"")
    assert stat.S_IMODE(ours.stat().st_mode) == stat.S_IMODE(usual.stat().st_mode)


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_seen_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    file, terminal = StringIO(), Terminal()
    for stream in (file, terminal):
        with progress(stream, 2, "[red]Writing") as advance:
            advance()
            advance()
    assert file.getvalue() == ""
    assert "[red]Writing" in terminal.getvalue()
    assert "2/2" in terminal.getvalue()
