"""Paths, folders and file names that are out to hurt; as another user where root would pass over it."""

import json
import os
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
import textwrap
import threading
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from rehabplan.actuals.content import content_of
from rehabplan.actuals.folders import DEEPEST, find_reports
from rehabplan.actuals.formats.faults import FaultError
from rehabplan.actuals.layout import Layout, SheetLayout
from rehabplan.actuals.load import load_report
from rehabplan.actuals.pool import IN_PROCESS
from rehabplan.actuals.vocabulary import Vocabulary
from rehabplan.actuals.workbook import open_workbook
from rehabplan.problems import RehabplanError
from tests.formats import xlsx_parts, zipped
from tests.grid import write_workbook
from tests.hostile import everything

pytestmark = pytest.mark.pressure

ROOT = Path(__file__).parents[1]
PLAN = (ROOT / "tests" / "errors" / "RP560-sheet-taken-off-the-list" / "plan.yaml").read_text("utf-8")
GRID = "Báo cáo 9 tháng năm 2024\nNội dung | Lũy kế\nHồ sơ cai nghiện bắt buộc | 1200"
NOBODY = 65_534
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that every user may enter, with a plan and a good report."""
    path = Path(tempfile.mkdtemp(prefix="rehabplan-test-"))
    path.chmod(0o755)
    (path / "plan.yaml").write_text(PLAN, "utf-8")
    (path / "in").mkdir()
    write_workbook(GRID, path / "in" / "good.xlsx")
    yield path
    for inner, _folders, _files in os.walk(path):
        Path(inner).chmod(0o755)
    shutil.rmtree(path)


AS_ANOTHER = """
import os, pkgutil, sys, importlib
import rehabplan
for found in pkgutil.walk_packages(rehabplan.__path__, "rehabplan."):  # what root may read is read before
    if not found.name.endswith("__main__"):
        importlib.import_module(found.name)
import encodings.cp1258, encodings.utf_8_sig, encodings.utf_16, encodings.latin_1, encodings.unicode_escape
import encodings.cp437, encodings.ascii
import openpyxl, xml.parsers.expat, zipfile, csv, xlrd
from rehabplan.__main__ import run
if os.getuid() == 0:
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)
assert os.getuid() != 0
sys.argv = ["rehabplan", *sys.argv[1:]]
sys.exit(run())
""".replace("NOBODY", str(NOBODY))


def rehabplan(
    *words: str, cwd: Path, nobody: bool = False, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own, of a user without rights where that is asked for."""
    start = ["-c", AS_ANOTHER] if nobody else ["-m", "rehabplan"]
    guard = {IN_PROCESS: "1"} if nobody else {}
    environment = {**os.environ, "COLUMNS": "200", "PYTHONUTF8": "1", "PYTHONPATH": os.pathsep.join(sys.path),
                   **guard, **environment}  # fmt: skip
    return subprocess.run([sys.executable, *start, *words], cwd=cwd, env=environment, capture_output=True,  # noqa: S603
                          timeout=240, check=False)  # fmt: skip


def said(done: subprocess.CompletedProcess[bytes]) -> str:
    """Return all that a command printed, which is never a fault of ours."""
    text = (done.stdout + done.stderr).decode("utf-8")
    assert "Traceback" not in text
    assert done.returncode in {0, 3}, text
    for fault in ("RP329", "RP330", "itself failed"):
        assert fault not in text, text
    return text


# ── what may not be read ──────────────────────────────────────────────────────────────────────────
@posix
def test_what_may_not_be_read_is_named_and_the_rest_is_used(folder: Path) -> None:
    inside = folder / "in"
    for name in ("closed", "listed"):
        (inside / name).mkdir()
        shutil.copy(inside / "good.xlsx", inside / name / "report.xlsx")
    shutil.copy(inside / "good.xlsx", inside / "secret.xlsx")
    (inside / "secret.xlsx").chmod(0)
    (inside / "closed").chmod(0)
    (inside / "listed").chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
    done = rehabplan("check", "plan.yaml", "--actuals", "in", cwd=folder, nobody=True)
    shown = said(done)
    assert "1,200" in shown
    assert done.returncode == 3
    for place in ("in/closed", "in/listed/report.xlsx", "in/secret.xlsx"):
        assert place in shown
    assert shown.count("access is denied") == 1  # one problem with its places
    beneath = rehabplan("inspect", "in/closed/report.xlsx", cwd=folder, nobody=True)
    assert (beneath.returncode, "access is denied" in said(beneath)) == (3, True)


# ── what is no file ───────────────────────────────────────────────────────────────────────────────
@posix
def test_a_folder_of_things_that_are_no_files(folder: Path) -> None:
    inside = folder / "in"
    os.mkfifo(inside / "pipe.xlsx")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(inside / "socket.xlsx"))
        for name, target in (
            ("good-link.xlsx", "good.xlsx"), ("nowhere.xlsx", "none.xlsx"), ("zero.xlsx", "/dev/zero"),
            ("loop-a.xlsx", "loop-b.xlsx"), ("loop-b.xlsx", "loop-a.xlsx"), ("itself", "."),
            ("above", ".."), ("self.xlsx", "self.xlsx"), ("memory.xlsx", "/proc/self/mem"),
        ):  # fmt: skip
            (inside / name).symlink_to(target)
        (inside / "~$good.xlsx").write_bytes(b"\x05An".ljust(165))
        done = rehabplan("check", "plan.yaml", "--actuals", "in", cwd=folder)
    shown = said(done)
    assert done.returncode == 3
    assert "1,200" in shown
    for name in ("pipe", "socket", "good-link", "nowhere", "zero", "loop-a", "loop-b", "self", "~$good"):
        assert f"in/{name}.xlsx" in shown, name
    assert "in/itself" in shown
    assert "in/above" in shown


@posix
def test_devices_by_name(tmp_path: Path) -> None:
    for path in ("/dev/zero", "/dev/null", "/dev/tty", "/proc/self/mem", "/dev/stdin"):
        if Path(path).exists():
            with pytest.raises(RehabplanError) as error:
                open_workbook(Path(path))
            assert error.value.problems[0].code.number in {"RP301", "RP302"}
    with pytest.raises(RehabplanError):
        open_workbook(tmp_path / ("x" * 5000))


@posix
def test_folders_deeper_than_anyone_needs(tmp_path: Path) -> None:
    here = os.open(tmp_path, os.O_RDONLY)
    try:  # deeper than a path may be long
        for _ in range(1500):
            os.mkdir("deep", dir_fd=here)
            inner = os.open("deep", os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = inner
    finally:
        os.close(here)
    found, problems = find_reports([tmp_path])
    assert found == []
    assert [item.code.number for item in problems] == ["RP301"]
    assert f"more than {DEEPEST} folders deep" in str(problems[0])
    subprocess.run(["rm", "-rf", str(tmp_path / "deep")], check=True)  # noqa: S603, S607 - shutil goes too deep


# ── names ─────────────────────────────────────────────────────────────────────────────────────────
NAMES = (b"a\xff\xfe.xlsx", b"b\x1b[31mred.xlsx", "c\u202egnp.xlsx".encode(), b"d\nnew\rline.xlsx",
         b"e[red]x.xlsx", b"=cmd|'x'!A1.xlsx", b"-option.xlsx", b"g\x07\x08\x9b31m.xlsx", b"{braces}{0}.xlsx",
         b"%s%n.xlsx", "h\u2028\u2066i.xlsx".encode(), b"j" * 250 + b".xls")  # fmt: skip


@posix
@pytest.mark.parametrize("form", ["table", "json"])
def test_odd_names_of_files(form: str, folder: Path) -> None:
    for at, name in enumerate(NAMES):
        content = b"" if at % 2 else zipped(xlsx_parts())
        Path(os.fsdecode(os.fsencode(folder / "in") + b"/" + name)).write_bytes(content)
    done = rehabplan("check", "plan.yaml", "--actuals", "in", "--format", form, cwd=folder)
    shown = said(done)
    assert done.returncode == 3
    if form not in {"json", "csv"}:  # these are for programs, and keep what is in a name
        assert not set(shown) & set("\x1b\x07\x08\x9b\u202e\u2066\r")
    if form == "json":
        assert len(json.loads(done.stdout)["problems"]) >= len(NAMES)


@posix
def test_odd_names_are_inspected(folder: Path) -> None:
    for name in (NAMES[0], NAMES[3]):
        path = os.fsencode(folder) + b"/" + name
        shutil.copy(folder / "in" / "good.xlsx", os.fsdecode(path))
        words = ["inspect", os.fsdecode(name), "--plan", "plan.yaml"]
        done = rehabplan(*words, cwd=folder, REHABPLAN_IN_PROCESS="1")
        assert done.returncode == 0, said(done)
        assert "\x1b" not in said(done)


# ── files that change ─────────────────────────────────────────────────────────────────────────────
class _Rewriting(Layout, frozen=True):
    """A layout that overwrites the report as soon as its sheets are looked at."""

    def of(self, path: Path, sheet: str) -> SheetLayout | None:
        path.write_bytes(b"something else")
        return super().of(path, sheet)


def test_the_digest_is_that_of_what_was_read(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    write_workbook(GRID, path)
    before = sha256(path.read_bytes()).hexdigest()
    report = load_report(path, Vocabulary(layout=_Rewriting()))
    assert path.read_bytes() == b"something else"
    assert report.digest == before


def test_a_file_that_grows_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    path.write_bytes(b"id,value\n" * 3_000_000)
    stop = threading.Event()

    def write() -> None:
        with path.open("ab") as file:
            while not stop.is_set():
                file.write(b"x,1\n")
                file.flush()

    def read_again_and_again() -> None:
        for _ in range(20):
            content_of(path)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        with pytest.raises(FaultError) as refused:
            read_again_and_again()
        assert "written" in str(refused.value.args_of_code["reason"])
    finally:
        stop.set()
        writer.join()


def test_a_file_that_vanishes_is_named(folder: Path) -> None:
    found, _problems = find_reports([folder / "in"])
    (folder / "in" / "good.xlsx").unlink()
    with pytest.raises(RehabplanError, match="no such file"):
        load_report(found[0], Vocabulary())


# ── nothing but the file is touched ───────────────────────────────────────────────────────────────
AUDITED = """
import sys, contextlib
from pathlib import Path
from rehabplan.actuals.workbook import open_workbook
from rehabplan.problems import RehabplanError
import rehabplan.actuals.formats.xls, rehabplan.actuals.formats.xlsx, rehabplan.actuals.formats.xlsb
import rehabplan.actuals.formats.ods, rehabplan.actuals.formats.delimited, zipfile, encodings.cp437
import encodings.cp1258, encodings.utf_16, encodings.latin_1, encodings.utf_8_sig, encodings.cp1252
watched, touched = ("socket.", "subprocess.", "os.system", "os.exec", "os.spawn", "os.remove", "os.rename",
                    "os.mkdir", "shutil.", "ctypes.", "urllib.", "winreg."), []
def hook(event, args):
    if event == "open" and isinstance(args[0], (str, bytes)) and not str(args[0]).endswith((".py", ".pyc")):
        touched.append((event, str(args[0])))
    elif event.startswith(watched):
        touched.append((event, str(args)))
sys.addaudithook(hook)
files = [Path(one) for one in sys.argv[1:]]
for path in files:
    with contextlib.suppress(RehabplanError):
        open_workbook(path)
print(sorted({one for one in touched if one != ("open", one[1]) or one[1] not in sys.argv}))
"""


def test_no_other_file_no_net_no_program(tmp_path: Path) -> None:
    """Links, macros, entities and targets elsewhere: an audit hook of the interpreter sees none followed."""
    files = []
    for at, case in enumerate(everything()):
        path = tmp_path / f"{at}-{case.file}"
        path.write_bytes(case.content)
        files.append(str(path))
    done = subprocess.run([sys.executable, "-c", AUDITED, *files], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "[]"


def test_all_of_them_through_the_guarded_readers(folder: Path) -> None:
    """One run over every hostile workbook and a good one: each is named, and the good one is used."""
    names = []
    for at, case in enumerate(everything()):
        names.append(f"{at:03}-{case.file}")
        (folder / "in" / names[-1]).write_bytes(case.content)
    done = rehabplan("check", "plan.yaml", "--actuals", "in", "--format", "json", cwd=folder)
    shown = said(done)
    told = json.loads(done.stdout)
    assert done.returncode == 3
    assert any(one.get("actual") for one in told["targets"])
    assert [name for name in names if f"in/{name}" not in shown] == []


def test_the_hostile_test_can_fail(tmp_path: Path) -> None:
    """The audit hook does see a program that opens another file."""
    other = tmp_path / "other.txt"
    other.write_text("x")
    script = textwrap.dedent(AUDITED).replace("open_workbook(path)", f"open({str(other)!r})")
    done = subprocess.run([sys.executable, "-c", script, "a"], capture_output=True, text=True, check=True)  # noqa: S603
    assert "other.txt" in done.stdout
