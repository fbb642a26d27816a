"""The guard around reading: a file that hangs, crashes or swells takes down only itself."""

import os
import signal
import sys
import textwrap
import time
from pathlib import Path

import pytest

from rehabplan.actuals.model import Report
from rehabplan.actuals.pool import Pool, read_reports
from rehabplan.actuals.vocabulary import Vocabulary
from rehabplan.problems import Code, Problem
from tests.sites_plan import Bench


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
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(files[0].read_bytes())
    (tmp_path / "sitecustomize.py").write_text(
        "import rehabplan.actuals.worker as worker\n"
        "good = worker.READERS['report']\n"
        "worker.READERS['report'] = lambda path, words:"
        f" {body} if 'bad' in path.name else good(path, words)\n",
        "utf-8",
    )
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), *sys.path]))
    with Pool(words, size=1) as pool:
        found = pool.read("report", [bad, files[0]])
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
