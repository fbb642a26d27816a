"""Golden cases: a folder with input files, a `command`, and the whole output it must give.

Files named `*.grid` become workbooks (see grid.py) before the command runs in a copy of the folder.
Set REHABPLAN_REGEN=1 to write the expected outputs anew; read the difference before you commit it.
"""

import os
import shlex
import shutil
from pathlib import Path

from typer.testing import CliRunner

from rehabplan.cli import app
from tests.grid import write_workbook

HERE = Path(__file__).parent
ROOT = HERE.parent


def case_folders(name: str) -> list[Path]:
    """Return the folders of golden cases under tests/<name>, found by glob."""
    return sorted(path.parent for path in (HERE / name).glob("*/command"))


def run(arguments: str, *, columns: int = 100, **environment: str) -> str:
    """Return what a command prints (stdout, then stderr) and its exit code, in this folder."""
    runner = CliRunner(env={"COLUMNS": str(columns), **environment})
    result = runner.invoke(app, shlex.split(arguments), prog_name="rehabplan")
    parts = [result.stdout]
    if result.stderr:
        parts.append(f"--- stderr\n{result.stderr}")
    parts.append(f"--- exit code {result.exit_code}\n")
    return "".join(parts)


def prepared(case: Path, folder: Path) -> None:
    """Copy a case's input files into a folder, grids as workbooks."""
    for source in case.iterdir():
        if source.suffix == ".grid":
            write_workbook(source.read_text("utf-8"), folder / f"{source.stem}.xlsx")
        elif source.is_dir():
            (folder / source.name).mkdir()
            prepared(source, folder / source.name)
        elif source.name not in ("command", "expected.txt"):
            shutil.copy(source, folder / source.name)


def check_case(case: Path) -> None:
    """Run a case's command in the current folder and compare the whole output."""
    command = (case / "command").read_text("utf-8").strip()
    columns, _, arguments = command.partition(" ") if command[0].isdigit() else ("100", "", command)
    found = f"$ rehabplan {arguments}\n" + run(arguments, columns=int(columns))
    expected = case / "expected.txt"
    if os.environ.get("REHABPLAN_REGEN"):
        expected.write_text(found, "utf-8")
    assert found == expected.read_text("utf-8")
