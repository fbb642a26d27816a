"""Files that are written: whole or not at all, nothing overwritten unasked, whatever happens meanwhile."""

import errno
import json
import os
import random
import resource
import shutil
import signal
import stat
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path, PureWindowsPath
from tempfile import TemporaryDirectory

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from rehabplan.cli import app, atomic
from rehabplan.cli.atomic import replace_file
from rehabplan.cli.output import name_fault, refuse_name, write_atomic
from rehabplan.problems import RehabplanError
from rehabplan.seal import Seal, seal_of
from tests.cases import ROOT

pytestmark = pytest.mark.pressure

PLAN, REPORT = str(ROOT / "plans" / "2024.yaml"), str(ROOT / "reports" / "2024-9m.xlsx")
FORM = ("form", PLAN, "--period", "9m", "-o", "out.xlsx")
SUMMARY = ("summary", PLAN, "--actuals", REPORT, "-o", "out.xlsx")
DRAFT = ("draft", "2025", "--from", PLAN, "-o", "out.yaml")
NOBODY = 65534


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Work in an empty folder; whatever is tested, no temporary file stays."""
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    if tmp_path.exists():
        assert [*tmp_path.glob(".*.tmp")] == []


def invoke(*arguments: str) -> Result:
    runner = CliRunner(env={"COLUMNS": "200", "REHABPLAN_LANG": "en"})
    return runner.invoke(app, arguments, prog_name="rehabplan")


def said(result: Result, code: str, words: str) -> None:
    assert result.exit_code == 3, result.output
    assert code in result.stderr
    assert words in " ".join(result.stderr.split())


def real(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "rehabplan", *arguments]


AS_NOBODY = """
import contextlib, io, os, sys
from rehabplan.cli import app
warm, *words = sys.argv[1:]
for path, code in ((warm, 0), (warm + "/none.xlsx", 3)):
    try:
        with contextlib.redirect_stderr(io.StringIO()):
            app(["form", words[1], "--period", "9m", "-o", path], prog_name="rehabplan")
    except SystemExit as end:
        assert end.code == code
os.remove(warm)
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
app(words, prog_name="rehabplan")
"""
"""Does what root may do first: the interpreter's own files may be closed to others."""


def as_nobody(*arguments: str) -> "subprocess.CompletedProcess[bytes]":
    """Run a command as another user than root, whom no permission stops."""
    warm = str(Path("warm.xlsx").absolute())
    command = [sys.executable, "-c", AS_NOBODY, warm, *arguments]
    return subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - our own words


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def is_whole(path: Path) -> bool:
    with zipfile.ZipFile(path) as book:
        return book.testzip() is None


# ── what may be overwritten ───────────────────────────────────────────────────────────────────────
@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")  # openpyxl loses our data bars
@pytest.mark.parametrize("command", [FORM, SUMMARY])
def test_what_rehabplan_made_is_replaced_unasked_until_somebody_changes_it(command: tuple[str, ...]) -> None:
    out = Path("out.xlsx")
    assert invoke(*command).exit_code == 0
    first = out.read_bytes()
    assert seal_of(out) is Seal.WHOLE
    assert invoke(*command).exit_code == 0
    assert out.read_bytes() == first
    book = load_workbook(out)
    book.active["A1"] = "by hand"  # type: ignore[index]
    book.save(out)
    changed = out.read_bytes()
    assert seal_of(out) is Seal.BROKEN
    said(invoke(*command), "RP443", "out.xlsx was changed after rehabplan wrote it; nothing was written.")
    assert out.read_bytes() == changed
    assert invoke(*command, "--force").exit_code == 0
    assert out.read_bytes() == first


@pytest.mark.parametrize("command", [FORM, SUMMARY])
@pytest.mark.parametrize("content", [b"", b"mine", b"PK\x03\x04 cut off"])
def test_what_is_somebody_elses_is_overwritten_by_force_alone(
    command: tuple[str, ...], content: bytes
) -> None:
    Path("out.xlsx").write_bytes(content)
    said(invoke(*command), "RP206", "out.xlsx is there already; nothing was written.")
    assert Path("out.xlsx").read_bytes() == content
    assert invoke(*command, "--force").exit_code == 0
    assert is_whole(Path("out.xlsx"))


def test_a_folder_of_forms_is_refused_as_a_whole() -> None:
    Path("forms").mkdir()
    command = ("form", PLAN, "--period", "9m", "--all-sites", "--sites", "districts", "-o", "forms")
    assert invoke(*command).exit_code == 0
    files = sorted(Path("forms").iterdir())
    files[3].write_bytes(b"filled in")
    files[5].unlink()
    said(invoke(*command), "RP206", f"{files[3]} is there already")
    assert not files[5].exists()
    assert files[3].read_bytes() == b"filled in"


def test_a_filled_in_template_is_the_offices_own() -> None:
    """It stays as it was but for its marks, so it says nowhere that rehabplan filled it in."""
    invoke(*FORM)
    book = load_workbook("out.xlsx")
    book.active["A1"] = "{{ compulsory-dossiers.goal }}"  # type: ignore[index]
    book.save("template.xlsx")
    Path("out.xlsx").unlink()
    command = (*SUMMARY, "--template", "template.xlsx")
    assert invoke(*command).exit_code in {0, 3}
    assert seal_of(Path("out.xlsx")) is not Seal.WHOLE
    assert invoke(*command).exit_code == 3


def test_a_draft_overwrites_nothing_at_all() -> None:
    assert invoke(*DRAFT).exit_code == 0
    said(invoke(*DRAFT), "RP231", "out.yaml is there already")
    assert invoke(*DRAFT, "--force").exit_code == 2


def linked(path: Path, how: str) -> str:
    """Return another name of a file."""
    name = Path(f"other{path.suffix}")
    if how == "symlink":
        name.symlink_to(path)
    elif how == "hard link":
        name.hardlink_to(path)
    else:
        return str(path.parent / ".." / path.parent.name / path.name)
    return str(name)


@pytest.mark.parametrize("how", ["path", "symlink", "hard link"])
@pytest.mark.parametrize(
    "which", ["2024.yaml", "list.csv", "r.xlsx", "before.xlsx", "crosswalk.csv", "t.xlsx", "layout.yaml"]
)
def test_no_input_is_ever_overwritten(which: str, how: str, tmp_path: Path) -> None:
    """Not by force either, and by none of its names."""
    for year in (2023, 2024):
        Path(f"{year}.yaml").write_text(
            f"year: {year}\ntitle: {{vi: a, en: a}}\nissuer: a\nsites:\n"
            "  districts: {count: 1, unit: district, list: list.csv, key: code, name: name}\n"
            "targets:\n  one:\n    name: {vi: Một, en: One}\n"
            "    kind: count\n    goal: 3\n    unit: person\n", "utf-8",
        )  # fmt: skip
    Path("list.csv").write_text("code,name\n1,Ba Đình\n", "utf-8")
    Path("crosswalk.csv").write_text("before,now\n", "utf-8")
    Path("layout.yaml").write_text("", "utf-8")
    for name in ("r.xlsx", "before.xlsx", "t.xlsx"):
        shutil.copy(REPORT, name)
    target = tmp_path / which
    before = target.read_bytes()
    found = invoke(
        "summary", "2024.yaml", "--actuals", "r.xlsx", "--previous", "before.xlsx", "--template", "t.xlsx",
        "--crosswalk", "crosswalk.csv", "--force", "-o", linked(target, how),
    )  # fmt: skip
    said(found, "RP440", "what is read is never overwritten")
    assert target.read_bytes() == before


def test_a_name_in_other_capitals_is_the_same_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """Simulated: a file system that tells no capitals apart answers so for samefile."""
    shutil.copy(REPORT, "r.xlsx")
    monkeypatch.setattr(Path, "samefile", lambda one, other: str(one).casefold() == str(other).casefold())
    Path("R.XLSX").write_bytes(b"as if it were the same")
    said(invoke("summary", PLAN, "--actuals", "r.xlsx", "-o", "R.XLSX", "--force"), "RP440", "R.XLSX is read")


# ── where nothing can be written ──────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("con.xlsx", "RP441", "CON is a device there"),
        ("sub/NUL.x.xlsx", "RP441", "NUL is a device there"),
        ("lpt¹.xlsx", "RP441", "LPT¹ is a device there"),
        ("aux/out.xlsx", "RP441", "AUX is a device there"),
        ("end./out.xlsx", "RP441", "it ends with a dot or a blank"),
        ("none/out.xlsx", "RP207", "there is no folder none"),
        ("none/../mine.xlsx", "RP207", "there is no folder none/.."),
        ("none/../none.xlsx", "RP207", "there is no folder none/.."),
        ("file/../mine.xlsx", "RP207", "a part of its path is a file, not a folder"),
        ("lost.xlsx", "RP207", "there is no folder"),
        ("round.xlsx", "RP207", "there is no folder"),
        ("file/out.xlsx", "RP207", "a part of its path is a file, not a folder"),
        ("folder.xlsx", "RP207", "it is a folder"),
        ("pipe.xlsx", "RP207", "it is a device or a pipe, not a file"),
        ("null.xlsx", "RP207", "it is a device or a pipe, not a file"),
        ("circle.xlsx", "RP207", "it is a link that leads in a circle"),
        (f"{'n' * 300}.xlsx", "RP207", "its name is too long"),
        (f"{'ữ' * 90}.xlsx", "RP207", "its name is too long"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("command", [FORM, SUMMARY])
def test_paths_that_cannot_be_written(command: tuple[str, ...], name: str, code: str, words: str) -> None:
    Path("folder.xlsx").mkdir()
    Path("file").write_text("a file", "utf-8")
    os.mkfifo("pipe.xlsx")
    Path("null.xlsx").symlink_to("/dev/null")
    Path("circle.xlsx").symlink_to("circle.xlsx")
    Path("mine.xlsx").write_bytes(b"mine")
    Path("lost.xlsx").symlink_to("none/../mine.xlsx")
    Path("round.xlsx").symlink_to("lost.xlsx")
    said(invoke(*command[:-1], name, "--force"), code, words)
    assert Path("mine.xlsx").read_bytes() == b"mine"


@pytest.mark.parametrize("force", [(), ("--force",)])
def test_no_way_back_from_a_folder_that_is_missing(force: tuple[str, ...], tmp_path: Path) -> None:
    """`none/../r.xlsx` is r.xlsx to who folds paths, and nothing to who asks the system for it."""
    shutil.copy(REPORT, "r.xlsx")
    shutil.copy(PLAN, "mine.yaml")
    before = Path("r.xlsx").read_bytes(), Path("mine.yaml").read_bytes()
    for command in (
        ("summary", PLAN, "--actuals", "r.xlsx", *force, "-o", "none/../r.xlsx"),
        ("draft", "2025", "--from", PLAN, "-o", "none/../mine.yaml"),
        ("schema", *force, "-o", "none/../mine.yaml"),
        ("form", PLAN, "--period", "9m", "--all-sites", "--sites", "districts", "-o", "none/../forms"),
        ("init", "none/../project"),
    ):
        said(invoke(*command), "RP207", "there is no folder none/..")
    assert (Path("r.xlsx").read_bytes(), Path("mine.yaml").read_bytes()) == before
    assert names_in(tmp_path) == {"r.xlsx", "mine.yaml"}
    assert invoke("init", "../" + tmp_path.name + "/project").exit_code == 0


@pytest.mark.parametrize(
    ("name", "refused"),
    [
        ("a:b.xlsx", True),
        ("CON", True),
        ("x.xlsx", False),
        ("console.xlsx", False),
        ("..", False),
        ("a.", True),
        ("a.xlsx ", True),
        ("nul.tar.gz", True),
        ("aux .xlsx", True),
        ("com¹.xlsx", True),
        ("LPT9", True),
        ("lpt10.xlsx", False),
        ("conout$", True),
        ("Bảng CON.xlsx", False),
    ],
)
def test_names_on_windows(name: str, refused: bool) -> None:
    assert (name_fault(name, windows=True) is not None) is refused
    assert name_fault("9:30.xlsx", windows=False) is None


@pytest.mark.parametrize(
    ("path", "refused"),
    [
        (r"ra\9m.xlsx", False), (r"ra\CON\9m.xlsx", True), (r"ra/aux/9m.xlsx", True), (r"ra\9:30.xlsx", True),
        ("C:9m.xlsx", False), (r"C:ra\9m.xlsx", False), (r"C:ra.\9m.xlsx", True), (r"C:\ra\nul", True),
        (r"\ra\9m.xlsx", False), (r"\ra\con\9m.xlsx", True), (r"..\ra\9m.xlsx", False),
        (r"\\may-chu\chung\9m.xlsx", False), (r"\\may-chu\chung\9m.xlsx:x", True),
        (r"D:\Kế hoạch năm 2024\9m.xlsx", False),
    ],
)  # fmt: skip
def test_paths_on_windows(path: str, refused: bool) -> None:
    """Simulated: the paths are Windows' own, with drives and servers, and no file is touched."""
    if refused:
        with pytest.raises(RehabplanError, match="can be no file's name on Windows"):
            refuse_name(PureWindowsPath(path), windows=True)
    else:
        refuse_name(PureWindowsPath(path), windows=True)


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM])
@pytest.mark.parametrize("winerror", [5, 32, 33])
def test_a_file_that_another_program_opened_is_told_in_both_languages(
    number: int, winerror: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Simulated: what Windows answers of a file that Excel holds: refused, shared, or locked in parts."""

    def held(self: Path, target: Path) -> None:
        raise PermissionError(number, "The process cannot access the file", str(self), winerror, str(target))

    Path("out.xlsx").write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", held)
    said(invoke(*FORM, "--force"), "RP207", "it is open in Excel or another program (close it there)")
    assert "tệp đang mở" in invoke(*FORM, "--force", "--lang", "vi").stderr
    assert Path("out.xlsx").read_bytes() == b"old"
    assert sorted(one.name for one in Path().glob("*.tmp")) == []


def test_a_folder_that_may_not_be_written() -> None:
    """As nobody, since root may write anywhere; a shared folder of others' is the usual case."""
    with TemporaryDirectory() as name:  # others may not look into pytest's own folders
        folder = Path(name)
        folder.chmod(0o755)
        closed, opened = folder / "closed", folder / "opened"
        closed.mkdir(0o555)
        opened.mkdir()
        opened.chmod(0o777)
        done = as_nobody("form", PLAN, "--period", "9m", "-o", str(closed / "out.xlsx"))
        assert (done.returncode, list(closed.iterdir())) == (3, [])
        assert b"nothing may be written into its folder" in b" ".join(done.stderr.split())
        kept = opened / "out.xlsx"
        kept.write_bytes(b"kept")
        kept.chmod(0o444)
        done = as_nobody("form", PLAN, "--period", "9m", "-o", str(kept), "--force")
        assert (done.returncode, kept.read_bytes()) == (3, b"kept")
        assert b"it is protected against writing" in b" ".join(done.stderr.split())
        done = as_nobody("form", PLAN, "--period", "9m", "-o", str(opened / "new.xlsx"))
        assert (done.returncode, done.stderr) == (0, b"")


def limited(arguments: tuple[str, ...], most: int) -> "subprocess.CompletedProcess[bytes]":
    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    return subprocess.run(real(*arguments), capture_output=True, check=False, preexec_fn=small_files)  # noqa: S603 - our own words


@pytest.mark.parametrize("most", [0, 4096, 10_000])
def test_a_file_that_does_not_fit(most: int) -> None:
    Path("out.xlsx").write_bytes(b"old")
    done = limited((*FORM, "--force"), most)
    assert (done.returncode, Path("out.xlsx").read_bytes()) == (3, b"old")
    assert b"a file may not become that large here" in b" ".join(done.stderr.split())


def run_quietly(*command: str) -> int:
    """Return the exit code of a command of the system's; 127 where it has none of that name."""
    if shutil.which(command[0]) is None:
        return 127
    return subprocess.run(command, capture_output=True, check=False).returncode  # noqa: S603 - our own words


def test_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A real one of 16 KiB where a test may mount it; what the system says then, everywhere."""
    disk = tmp_path / "disk"
    disk.mkdir()
    (disk / "out.xlsx").write_bytes(b"old")
    size = ("-t", "tmpfs", "-o", "size=16k", "none")
    mounted = os.geteuid() == 0 and run_quietly("mount", *size, str(disk)) == 0
    try:
        if mounted:
            (disk / "out.xlsx").write_bytes(b"old")
            (disk / "fill").write_bytes(b"x" * 8000)
            command = real(*SUMMARY[:-1], str(disk / "out.xlsx"), "--force")
            done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - our own words
            assert (done.returncode, (disk / "out.xlsx").read_bytes()) == (3, b"old")
            assert b"the disk is full" in b" ".join(done.stderr.split())
            assert names_in(disk) == {"fill", "out.xlsx"}
    finally:
        if mounted:
            assert run_quietly("umount", str(disk)) == 0
    monkeypatch.setattr(os, "fsync", _full)
    with pytest.raises(RehabplanError, match="the disk is full"):
        write_atomic(disk / "out.xlsx", b"new")
    assert (disk / "out.xlsx").read_bytes() == b"old"
    assert names_in(disk) == {"out.xlsx"}


def _full(_file: int) -> None:
    raise OSError(28, "No space left on device")


# ── how a file is replaced ────────────────────────────────────────────────────────────────────────
def test_a_link_stays_and_what_it_leads_to_is_replaced(tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    (share / "real.xlsx").write_bytes(b"old")
    link = Path("out.xlsx")
    link.symlink_to(share / "real.xlsx")
    said(invoke(*FORM), "RP206", "out.xlsx is there already")
    assert invoke(*FORM, "--force").exit_code == 0
    assert link.is_symlink()
    assert is_whole(share / "real.xlsx")
    assert names_in(share) == {"real.xlsx"}
    (share / "real.xlsx").unlink()
    assert invoke(*FORM).exit_code == 0, "a link that leads to nothing yet"
    assert is_whole(share / "real.xlsx")


def test_the_rights_of_a_replaced_file_stay() -> None:
    out = Path("out.xlsx")
    out.write_bytes(b"old")
    out.chmod(0o640)
    if os.geteuid() == 0:
        os.chown(out, NOBODY, NOBODY)
    before = out.stat()
    invoke(*FORM, "--force")
    after = out.stat()
    assert (after.st_mode, after.st_uid, after.st_gid) == (before.st_mode, before.st_uid, before.st_gid)
    assert after.st_size > 3
    umask = os.umask(0o027)
    try:
        replace_file(Path("new.txt"), b"new")
    finally:
        os.umask(umask)
    assert stat.S_IMODE(Path("new.txt").stat().st_mode) == 0o640


def test_what_a_killed_command_left_is_cleared_away_an_hour_later(tmp_path: Path) -> None:
    names = {
        "old": ".rehabplan-0123456789abcdef.tmp", "young": ".rehabplan-fedcba9876543210.tmp",
        "another's": ".rehabplan-notes.tmp", "link": ".rehabplan-aaaaaaaaaaaaaaaa.tmp",
    }  # fmt: skip
    for which, name in names.items():
        if which == "link":
            Path("precious").write_bytes(b"x")
            Path(name).symlink_to("precious")
        else:
            Path(name).write_bytes(b"x")
        if which != "young":
            os.utime(name, (1, time.time() - 3700), follow_symlinks=False)
    replace_file(tmp_path / "out", b"new")
    left = {which for which, name in names.items() if os.path.lexists(name)}
    assert left == {"young", "another's", "link"}
    for which in left:
        Path(names[which]).unlink()


def test_a_file_that_excel_holds_is_said_to_be_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """Simulated: on Windows a file that a program holds open cannot be replaced."""
    tries: list[Path] = []

    def held(self: Path, target: Path) -> None:
        tries.append(target)
        raise PermissionError(13, "Access is denied", str(self), 5, str(target))

    Path("out.xlsx").write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", held)
    said(invoke(*FORM, "--force"), "RP207", "it is open in Excel or another program (close it there)")
    assert Path("out.xlsx").read_bytes() == b"old"
    assert len(tries) == 1
    monkeypatch.setattr(atomic, "_PAUSE", 0)
    monkeypatch.setattr(atomic, "_ON_WINDOWS", True)
    said(invoke(*FORM, "--force"), "RP207", "it is open in Excel or another program (close it there)")
    assert len(tries) > 5, "a virus scanner holds it for a moment only"


def test_a_file_that_came_in_the_meantime_is_not_overwritten(monkeypatch: pytest.MonkeyPatch) -> None:
    out = Path("out.xlsx")
    write = atomic._write  # noqa: SLF001 - the moment between looking and replacing

    def slow(beside: Path, content: bytes, target: Path) -> None:
        write(beside, content, target)
        out.write_bytes(b"somebody's")

    monkeypatch.setattr(atomic, "_write", slow)
    said(invoke(*FORM), "RP206", "out.xlsx is there already")
    assert out.read_bytes() == b"somebody's"


def test_two_runs_at_once_both_end_well() -> None:
    runs = [subprocess.Popen(real(*FORM), stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]  # noqa: S603 - our own words
    for run in runs:
        out, errors = run.communicate(timeout=60)
        assert (run.returncode, errors) == (0, b""), out
    assert seal_of(Path("out.xlsx")) is Seal.WHOLE
    assert is_whole(Path("out.xlsx"))


def test_many_writers_and_a_reader_never_see_half_a_file(tmp_path: Path) -> None:
    out, contents = tmp_path / "out", [bytes([letter]) * 300_000 for letter in b"abcd"]
    replace_file(out, contents[0])
    seen: set[bytes] = set()

    def write(content: bytes) -> None:
        for _turn in range(15):
            replace_file(out, content)

    threads = [threading.Thread(target=write, args=[one]) for one in contents]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        seen.add(out.read_bytes())
    assert seen <= set(contents)


# ── killed at any instant ─────────────────────────────────────────────────────────────────────────
KILLS = 5


@pytest.mark.parametrize(("command", "name"), [(FORM, "out.xlsx"), (DRAFT, "out.yaml")])
def test_killed_at_any_instant_leaves_the_old_file_or_the_new_one(
    command: tuple[str, ...], name: str
) -> None:
    """Real commands, killed at random moments; benchmarks/kill_writers.py kills more of them."""
    out, chance = Path(name), random.Random(2024)  # noqa: S311 - moments, not secrets
    old = b"old"
    force = ("--force",) if command is FORM else ()
    begin = time.monotonic()
    subprocess.run(real(*command), check=True, capture_output=True)  # noqa: S603 - our own words
    whole, length = out.read_bytes(), time.monotonic() - begin
    ends = {old: 0, whole: 0, b"": 0}
    for _turn in range(KILLS):
        if force:
            out.write_bytes(old)
        else:
            out.unlink(missing_ok=True)
        run = subprocess.Popen(real(*command, *force), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - as above
        time.sleep(chance.uniform(length * 0.5, length * 1.05))
        run.kill()
        run.wait()
        ends[out.read_bytes() if out.exists() else b""] += 1
    assert sum(ends.values()) == KILLS
    for left in Path().glob(".rehabplan-*.tmp"):
        left.unlink()


WRITER = """
import itertools, sys
from pathlib import Path
from rehabplan.cli.atomic import replace_file
print("begun", flush=True)
for turn in itertools.count():
    replace_file(Path(sys.argv[1]), bytes([97 + turn % 26]) * 200_000)
"""


def test_killed_while_it_writes(tmp_path: Path) -> None:
    """The writing alone in a loop, so that every kill falls into it."""
    out, chance, left = tmp_path / "out", random.Random(6), 0  # noqa: S311 - moments, not secrets
    for _turn in range(8):
        run = subprocess.Popen([sys.executable, "-c", WRITER, str(out)], stdout=subprocess.PIPE)  # noqa: S603 - our own words
        assert run.stdout is not None
        assert run.stdout.readline() == b"begun\n"
        time.sleep(chance.uniform(0.01, 0.1))
        run.kill()
        run.communicate()
        if out.exists():
            content = out.read_bytes()
            assert content == content[:1] * 200_000
        found = [path for path in tmp_path.iterdir() if path.name != "out"]
        assert all(path.name.startswith(".rehabplan-") and path.name.endswith(".tmp") for path in found)
        left += len(found)
        for path in found:
            path.unlink()
    assert out.exists()
    assert left, "no kill fell into the writing"


# ── ends that are asked for ───────────────────────────────────────────────────────────────────────
READY = """
import os, sys
from rehabplan import __main__ as main
was = main._open_closed
main._open_closed = lambda: (os.write(1, b"."), was())
main.run()
"""
"""Says when it is ours what is run; before that it is Python that starts."""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_asked_to_end_it_is_quiet_and_puts_its_things_away(number: signal.Signals, tmp_path: Path) -> None:
    """At many moments, from the first imports to the end; the exit code is that of the signal in shells."""
    chance = random.Random(int(number))  # noqa: S311 - moments, not secrets
    (tmp_path / "out.xlsx").write_bytes(b"old")
    command, codes = [sys.executable, "-c", READY, *SUMMARY, "--force"], set()
    for turn in range(6):
        run = subprocess.Popen(  # noqa: S603 - our own words
            command, stdout=-1, stderr=-1, start_new_session=True,
            # The tests may run under nohup; no thread of ours is about.
            preexec_fn=partial(signal.signal, number, signal.SIG_DFL),  # noqa: PLW1509
        )  # fmt: skip
        assert run.stdout is not None
        assert run.stdout.read(1) == b"."
        time.sleep(0.3 * turn + chance.uniform(0, 0.3) if turn else 0)
        os.killpg(run.pid, number)
        _out, errors = run.communicate(timeout=30)
        codes.add(run.returncode)
        assert errors == b""
        content = (tmp_path / "out.xlsx").read_bytes()
        assert content == b"old" or is_whole(tmp_path / "out.xlsx")
    # The others than Ctrl-C end the process by themselves until there is something to put away.
    assert codes <= {128 + number, 0} | ({-number} if number != signal.SIGINT else set())
    assert 128 + number in codes


def test_who_is_told_to_ignore_interrupts_does() -> None:
    """As in `nohup` and in scripts that run it beside others."""
    command = f"trap '' INT; exec {' '.join(real(*FORM))}"
    run = subprocess.Popen(["sh", "-c", command], stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # noqa: S603, S607 - our own words
    for _turn in range(4):
        time.sleep(0.15)
        if run.poll() is None:
            run.send_signal(signal.SIGINT)
    _out, errors = run.communicate(timeout=30)
    assert (run.returncode, errors) == (0, b"")


# ── streams ───────────────────────────────────────────────────────────────────────────────────────
CHECK = ("check", PLAN, "--actuals", REPORT)


def shell(arguments: tuple[str, ...], redirected: str) -> "subprocess.CompletedProcess[bytes]":
    command = f"{' '.join(real(*arguments))} {redirected}"
    environment = {**os.environ, "REHABPLAN_LANG": "en", "COLUMNS": "200"}
    return subprocess.run(["sh", "-c", command], capture_output=True, check=False, env=environment)  # noqa: S603, S607 - our own words


@pytest.mark.parametrize("arguments", [CHECK, (*CHECK, "--format", "json"), ("--help",), ("--version",)])
@pytest.mark.parametrize(
    ("redirected", "reason"), [(">/dev/full", "the disk is full"), (">&-", "it is closed")]
)
def test_an_output_that_cannot_be_written_is_told(
    arguments: tuple[str, ...], redirected: str, reason: str
) -> None:
    done = shell(arguments, redirected)
    assert (done.returncode, done.stdout) == (3, b"")
    assert f"Standard output cannot be written: {reason}." in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr


@pytest.mark.parametrize(
    ("redirected", "code"),
    [("2>&-", 3), ("2>/dev/full", 3), (">&- 2>&-", 3), (">/dev/full 2>/dev/full", 3), ("<&-", 3)],
)
def test_where_an_error_cannot_be_told_the_exit_code_still_says_it(redirected: str, code: int) -> None:
    done = shell(("check", "none.yaml", "--actuals", REPORT), redirected)
    assert done.returncode == code
    assert b"Traceback" not in done.stderr


def test_standard_input_is_not_needed() -> None:
    done = shell(CHECK, "<&-")
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    "arguments",
    [(*CHECK, "--format", "json"), ("--help",), (*DRAFT[:-1], "-")],
)
def test_a_reader_that_goes_away_is_no_failure(arguments: tuple[str, ...]) -> None:
    for reader in ("head -1", "true"):
        done = shell(arguments, f"| {reader}")
        assert done.returncode == 0
        assert done.stderr == b"" or arguments[0] == "draft"  # which tells its problems there
        assert b"Traceback" not in done.stderr
        assert b"Exception" not in done.stderr
    done = shell(arguments, "2>&1 | true")
    assert done.stderr == b""


# ── the contract of JSON under pressure ───────────────────────────────────────────────────────────
def test_json_whatever_is_wrong() -> None:
    """Every class of failure gives one valid document of the promised schema, and exit code 3."""
    Path("broken.yaml").write_bytes(b"year: [")
    Path("latin.yaml").write_bytes(b"title: \xe1")
    Path("null.yaml").write_bytes(b"\0" * 100)
    Path("folder.yaml").mkdir()
    os.mkfifo("pipe.xlsx")
    Path("broken.xlsx").write_bytes(Path(REPORT).read_bytes()[:3000])
    Path("empty.xlsx").write_bytes(b"")
    Path("empty").mkdir()
    # Plans and folders behind pipes, circles and names that are too long have their own tests.
    plans = ["none", "broken.yaml", "latin.yaml", "null.yaml", "folder.yaml", "\x1b.yaml", "a/b"]
    reports = ["none.xlsx", "broken.xlsx", "empty.xlsx", "empty", "pipe.xlsx", "/dev/null", "latin.yaml"]
    tries: list[tuple[str, str, tuple[str, ...]]] = [
        ("check", "rehabplan/check/1", (plan, "--actuals", REPORT)) for plan in plans
    ]
    tries += [("trend", "rehabplan/trend/1", (plan, "--actuals", REPORT)) for plan in plans]
    tries += [("diff", "rehabplan/diff/1", (plan, PLAN)) for plan in plans]
    tries += [("diff", "rehabplan/diff/1", (PLAN, plan, "none")) for plan in plans]
    tries += [("check", "rehabplan/check/1", (PLAN, "--actuals", report)) for report in reports]
    tries += [("trend", "rehabplan/trend/1", (PLAN, "--actuals", report)) for report in reports]
    usable = (PLAN, "--actuals", REPORT)
    tries += [
        ("check", "rehabplan/check/1", (*usable, *more))
        for more in (("--period", "h2"), ("--period", "6m"), ("--as-of", "2030-01-01"), ("--site", "nowhere"),
                     ("--previous", "none.xlsx"), ("--previous", REPORT, "--previous-plan", "none"),
                     ("--previous", REPORT, "--crosswalk", "none.csv"))
    ]  # fmt: skip
    for command, schema, arguments in tries:
        result = invoke(command, *arguments, "--format", "json")
        assert result.exit_code == 3, (command, arguments, result.output)
        document = json.loads(result.stdout)
        assert document["schema"] == schema
        assert "error" in {one["severity"] for one in document["problems"]}, (command, arguments)
        assert result.stderr == "", (command, arguments)
