"""The guard around reading: a file that hangs, crashes or swells takes down only itself."""

import os
import pickle
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from rehabplan.actuals import pool as pool_module
from rehabplan.actuals.model import Report
from rehabplan.actuals.pool import Pool, read_reports, start_ahead
from rehabplan.actuals.vocabulary import Vocabulary
from rehabplan.problems import Code, Problem
from tests.cases import ROOT, run
from tests.sites_plan import Bench

pytestmark = pytest.mark.pressure


@pytest.fixture
def words(bench: Bench) -> Vocabulary:
    return Vocabulary.of(bench.loaded.plan, bench.loaded.sites)


@pytest.fixture
def files(bench: Bench) -> list[Path]:
    """Three good reports."""
    names = ("Quận Ba Đình", "Quận Đống Đa", "Huyện Sóc Sơn")
    for name in names:
        bench.report(f"UBND {name.upper()}\nNội dung | Lũy kế\nCai nghiện tự nguyện | 7", f"{name}.xlsx")
    return [bench.folder / f"{name}.xlsx" for name in names]


def codes(found: object) -> list[Code]:
    assert isinstance(found, list)
    return [item.code for item in found if isinstance(item, Problem)]


def broken_worker(folder: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    """Put a module before ours on the workers' path that misbehaves over files named bad."""
    (folder / "sitecustomize.py").write_text(
        textwrap.dedent(
            """
            import os, time
            import rehabplan.actuals.worker as worker
            good = worker.answer
            def answer(kind, path, words):
                if path.endswith("bad.xlsx"):
                    BODY
                return good(kind, path, words)
            worker.answer = answer
            """
        ).replace("BODY", body),
        "utf-8",
    )
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(folder), *sys.path]))


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("os._exit(9)", Code.READER_CRASHED),
        ("os.kill(os.getpid(), 11)", Code.READER_CRASHED),
        ("while True: pass", Code.TOO_SLOW),
    ],
)
def test_one_bad_file_stops_no_other(
    body: str,
    code: Code,
    files: list[Path],
    words: Vocabulary,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(files[0].read_bytes())
    broken_worker(tmp_path, monkeypatch, body)
    with Pool(words, size=1, limit=8) as pool:
        found = pool.read("report", [files[0], bad, *files[1:]])
    assert codes(found[1]) == [code]
    assert all(isinstance(one, Report) for one in (found[0], found[2], found[3]))


def read_with_a_bad_reader(
    body: str, good: Path, words: Vocabulary, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> list[object]:
    """Read a file whose reader runs `body` instead, then a good one, by the same process."""
    bad = folder / "bad.xlsx"
    bad.write_bytes(good.read_bytes())
    (folder / "sitecustomize.py").write_text(
        "import rehabplan.actuals.worker as worker\n"
        "good = worker.READERS['report']\n"
        "worker.READERS['report'] = lambda path, words:"
        f" {body} if 'bad' in path.name else good(path, words)\n",
        "utf-8",
    )
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(folder), *sys.path]))
    with Pool(words, size=1) as pool:
        return pool.read("report", [bad, good])


@pytest.mark.parametrize(
    ("body", "code"),
    [
        pytest.param("bytearray(8 << 30)", Code.TOO_MUCH, marks=pytest.mark.skipif(
            sys.platform == "win32", reason="Windows knows no limit of address space")),
        ("1 / 0", Code.READER_FAILED),
    ],
)  # fmt: skip
def test_a_reader_that_swells_or_fails_concerns_one_file(
    body: str,
    code: Code,
    files: list[Path],
    words: Vocabulary,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Through the real answer of the process: it ends as a message, and the next file is read."""
    found = read_with_a_bad_reader(body, files[0], words, tmp_path, monkeypatch)
    assert codes(found[0]) == [code]
    assert isinstance(found[1], Report)


def test_answers_come_in_the_order_of_the_files(files: list[Path], words: Vocabulary, tmp_path: Path) -> None:
    steps: list[int] = []
    missing = tmp_path / "nowhere.xlsx"
    reports, problems = read_reports([*files, missing], words, lambda: steps.append(1))
    assert [report.file for report in reports] == [str(path) for path in files]
    assert [item.code for item in problems] == [Code.REPORT_UNREADABLE]
    assert len(steps) == 4


def test_the_processes_end_with_the_pool(files: list[Path], words: Vocabulary) -> None:
    with Pool(words, size=2) as pool:
        pool.read("report", files)
        workers = [worker.process.pid for worker in pool._workers if worker.process]  # noqa: SLF001 - what is left behind
    assert workers
    time.sleep(0.1)
    for pid in workers:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, signal.SIG_DFL)


@pytest.fixture
def ahead(files: list[Path], words: Vocabulary) -> Iterator[subprocess.Popen[bytes]]:
    """A reader that was started before it is known what it is to read."""
    with Pool(words) as pool:  # whatever other tests left
        pool.read("report", files[:1])
    start_ahead()
    start_ahead()
    (process,) = pool_module._ahead  # noqa: SLF001 - what commands leave there
    yield process
    pool_module._ahead.clear()  # noqa: SLF001
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            stream.close()


def test_a_reader_that_was_started_ahead_is_the_first(
    ahead: "subprocess.Popen[bytes]", files: list[Path], words: Vocabulary
) -> None:
    with Pool(words, size=1) as pool:
        assert all(isinstance(one, Report) for one in pool.read("report", files))
        (worker,) = pool._workers  # noqa: SLF001 - which process read
        assert worker.process is ahead
    assert ahead.poll() is not None


def test_a_reader_that_was_started_ahead_and_ended_blames_no_file(
    ahead: "subprocess.Popen[bytes]", files: list[Path], words: Vocabulary
) -> None:
    ahead.kill()
    ahead.wait()
    with Pool(words, size=2) as pool:
        assert all(isinstance(one, Report) for one in pool.read("report", files))


def test_a_reader_that_is_not_needed_ends_without_a_word(ahead: "subprocess.Popen[bytes]") -> None:
    assert (ahead.stdin, ahead.stdout) != (None, None)
    printed, _errors = ahead.communicate(timeout=30)
    assert (printed, ahead.returncode) == (b"", 0)


@pytest.mark.parametrize("words", ["trace 2024 nosuch", "check 2024 --site nosuch", "check 2024"])
def test_no_reader_outlives_its_command(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    run(f"{words} --actuals reports/2024-9m.xlsx")
    assert pool_module._ahead == []  # noqa: SLF001 - what a command leaves there


# ── ends ──────────────────────────────────────────────────────────────────────────────────────────
HANGS = {
    "busy": "while True: pass",
    "asleep": "import time; time.sleep(600)",
    "in foreign code that lets nobody else run": "import ctypes; ctypes.PyDLL(None).sleep(600)",
}
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other signals and no process groups")


def hanging(folder: Path, body: str) -> dict[str, str]:
    """Let readers write down their ids and then hang; return the environment that does it."""
    (folder / "sitecustomize.py").write_text(
        textwrap.dedent(
            f"""
            import os
            from pathlib import Path
            import rehabplan.actuals.worker as worker
            def answer(kind, path, words):
                (Path({str(folder)!r}) / f"{{os.getpid()}}.pid").touch()
                {body}
            worker.answer = answer
            """
        ),
        "utf-8",
    )
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), *sys.path])}


def waited(check: Callable[[], bool], seconds: float) -> bool:
    """Tell whether something came true within so many seconds."""
    end = time.monotonic() + seconds
    while not check():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def alive(folder: Path) -> list[int]:
    """Return the ids of the readers that still run."""
    found = []
    for path in folder.glob("*.pid"):
        with suppress(ProcessLookupError, FileNotFoundError):
            os.kill(int(path.stem), 0)
            state = Path(f"/proc/{path.stem}/stat")
            if not state.exists() or state.read_text("utf-8").rpartition(")")[2].split()[0] != "Z":
                found.append(int(path.stem))
    return found


def started(folder: Path, files: list[Path], body: str) -> "subprocess.Popen[bytes]":
    """Start the command over reports that hang, and wait until readers are in the middle of it."""
    command = [
        sys.executable,
        "-m",
        "rehabplan",
        "check",
        "2024.yaml",
        *(word for file in files for word in ("--actuals", str(file))),
    ]
    done = subprocess.Popen(  # noqa: S603
        command, cwd=files[0].parent, env=hanging(folder, body), start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert waited(lambda: any(folder.glob("*.pid")), 60)
    return done


@posix
@pytest.mark.parametrize(
    ("body", "group", "count"),
    [
        ("busy", True, 1),
        ("asleep", False, 1),
        ("busy", False, 3),
        ("in foreign code that lets nobody else run", True, 3),
    ],
)
def test_ctrl_c_ends_the_run_and_its_readers(
    body: str, group: bool, count: int, files: list[Path], tmp_path: Path
) -> None:
    running = started(tmp_path, files[:count], HANGS[body])
    begin = time.monotonic()
    os.kill(-running.pid if group else running.pid, signal.SIGINT)
    shown, errors = running.communicate(timeout=30)
    assert running.returncode == 130
    assert time.monotonic() - begin < 10
    assert b"Traceback" not in shown + errors
    assert waited(lambda: not alive(tmp_path), 5)


@posix
@pytest.mark.parametrize("body", [HANGS["busy"], HANGS["asleep"]], ids=["busy", "asleep"])
def test_readers_end_when_their_parent_is_killed(body: str, files: list[Path], tmp_path: Path) -> None:
    running = started(tmp_path, files, body)
    running.kill()
    running.communicate(timeout=30)
    assert waited(lambda: not alive(tmp_path), 10)


@posix
def test_a_reader_in_foreign_code_ends_by_itself(
    files: list[Path], words: Vocabulary, tmp_path: Path
) -> None:
    """No parent ends it, and no thread of it may run: a timer in C does."""
    environment = hanging(tmp_path, HANGS["in foreign code that lets nobody else run"])
    start = "from rehabplan.actuals.worker import serve; serve()"
    with subprocess.Popen([sys.executable, "-c", start], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,  # noqa: S603
                          stderr=subprocess.DEVNULL, env=environment) as process:  # fmt: skip
        assert process.stdin is not None
        pickle.dump(("en", words, 0.5), process.stdin)
        pickle.dump(("report", str(files[0])), process.stdin)
        process.stdin.flush()
        assert process.wait(timeout=40) == 1


@posix
def test_a_reader_that_was_killed_while_idle_blames_no_file(files: list[Path], words: Vocabulary) -> None:
    with Pool(words, size=1) as pool:
        pool.read("report", files[:1])
        (worker,) = pool._workers  # noqa: SLF001 - the process that the system takes away
        assert worker.process is not None
        worker.process.kill()
        assert waited(lambda: worker.process is not None and worker.process.poll() is not None, 5)
        found = pool.read("report", files[1:2])
    assert isinstance(found[0], Report)


@posix
@pytest.mark.parametrize(
    "body",
    [
        "[bytes(1 << 20) for _ in range(1 << 20)]",
        "__import__('ctypes').create_string_buffer(4 << 30)",
        "__import__('zlib').compressobj(9, 8, 15, 9).compress(bytes(4 << 30))",
        "'x' * (4 << 30)",
    ],
)
def test_memory_that_is_refused_ends_as_a_message(
    body: str, files: list[Path], words: Vocabulary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asked for by Python or by foreign code, little by little or at once."""
    found = read_with_a_bad_reader(body, files[0], words, tmp_path, monkeypatch)
    assert codes(found[0]) == [Code.TOO_MUCH]
    assert isinstance(found[1], Report)
