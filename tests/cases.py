"""Golden cases: a folder with input files, a `command`, and the whole output it must give.

Files named `*.grid` become workbooks (see grid.py) before the command runs in a copy of the folder. The
folders in `commits/` are committed to a git repository there, in the order of the dates that name them.
Set REHABPLAN_REGEN=1 to write the expected outputs anew; read the difference before you commit it.
"""

import os
import shlex
import shutil
import subprocess
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
    """Return what a command prints (stdout, then stderr) and its exit code, in this folder.

    This repository's own history and the user's language are out of sight, so that no output depends on them.
    """
    hidden = {"GIT_CEILING_DIRECTORIES": str(ROOT), "REHABPLAN_LANG": "en"}
    runner = CliRunner(env={"COLUMNS": str(columns), **hidden, **environment})
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
        elif source.name == "commits":
            for version in sorted(source.iterdir()):
                prepared(version, folder)
                commit(folder, version.name)
        elif source.is_dir():
            (folder / source.name).mkdir()
            prepared(source, folder / source.name)
        elif source.name not in ("command", "expected.txt"):
            shutil.copy(source, folder / source.name)


def git(folder: Path, *arguments: str, day: str = "2024-01-01") -> str:
    """Run git in a folder, by a made-up author on a day and without the user's settings; return its words."""
    date = f"{day}T09:00:00+0700"
    plain = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    plain |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_DATE": date,
              "GIT_COMMITTER_DATE": date, "LC_ALL": "C"}  # fmt: skip
    for who in ("AUTHOR", "COMMITTER"):
        plain |= {f"GIT_{who}_NAME": "Nguyễn Văn An", f"GIT_{who}_EMAIL": "an@example.org"}
    command = ["git", "-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always", *arguments]
    done = subprocess.run(command, cwd=folder, env=plain, check=True, capture_output=True)  # noqa: S603
    return done.stdout.decode("utf-8")


def commit(folder: Path, day: str, message: str = "Plan") -> str:
    """Commit all that a folder holds, on a day; return the commit's hash."""
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "-m", message, day=day)
    return git(folder, "rev-parse", "HEAD").strip()


def check_case(case: Path) -> None:
    """Run a case's command in the current folder and compare the whole output."""
    command = (case / "command").read_text("utf-8").strip()
    columns, _, arguments = command.partition(" ") if command[0].isdigit() else ("100", "", command)
    found = f"$ rehabplan {arguments}\n" + run(arguments, columns=int(columns))
    expected = case / "expected.txt"
    if os.environ.get("REHABPLAN_REGEN"):
        expected.write_text(found, "utf-8")
    assert found == expected.read_text("utf-8")
