"""Reads files in guarded processes, several at once: limits on time and memory, replaced after a crash."""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event, Timer, local
from typing import IO, TYPE_CHECKING, Any, Self, cast

from msgspec import Struct, field
from msgspec.structs import replace

from rehabplan.actuals.model import Report
from rehabplan.actuals.vocabulary import Vocabulary
from rehabplan.i18n import language
from rehabplan.problems import Code, Problem, RehabplanError, Where, problem

if TYPE_CHECKING:
    from rehabplan.actuals.account import Account

TIME_LIMIT = 60.0
"""Seconds that reading one file may take."""
IN_PROCESS = "REHABPLAN_IN_PROCESS"
"""The environment variable that reads without a guard, for debugging."""
_START = (
    "import gc, sys; gc.set_threshold(50_000); sys.path[:] = {path!r}; "  # as in __main__
    "from rehabplan.actuals.worker import serve; serve()"
)


class _Worker(Struct):
    """One process that reads files, started when the first is asked for."""

    words: Vocabulary
    limit: float
    given_up: Event
    """Set when nobody waits for answers any more."""
    process: "subprocess.Popen[bytes] | None" = None

    def ask(self, kind: str, path: Path) -> object:
        """Return the process's answer; where it crashes or takes too long, a problem and a new process."""
        late = Event()
        overrun = Timer(self.limit, self._kill, [late])
        overrun.daemon = True
        overrun.start()
        try:
            stdin, stdout = _streams(self._ready())
            if self.given_up.is_set():
                self.kill()
            pickle.dump((kind, str(path)), stdin)
            stdin.flush()
            found: object = pickle.load(stdout)  # noqa: S301 - from our own child process
        except (EOFError, OSError, pickle.UnpicklingError):
            self.stop()
            if late.is_set():
                return [problem(Code.TOO_SLOW, Where(str(path)), limit=f"{self.limit:g}")]
            return [problem(Code.READER_CRASHED, Where(str(path)))]
        finally:
            overrun.cancel()
        overrun.join()
        if late.is_set():  # it answered at the last moment, and was ended all the same
            self.stop()
        return found

    def _kill(self, late: Event) -> None:
        late.set()
        self.kill()

    def kill(self) -> None:
        """End the process at once; whoever waits for its answer is told that there is none."""
        if self.process is not None:
            with suppress(OSError):
                self.process.kill()

    def _ready(self) -> "subprocess.Popen[bytes]":
        """Return the process, or a new one where it ended itself or was ended since the last file."""
        if self.process is not None and self.process.poll() is not None:
            self.stop()
        return self.process or self._start()

    def _start(self) -> "subprocess.Popen[bytes]":
        self.process = _ready_ahead() or _process()
        stdin, _stdout = _streams(self.process)
        pickle.dump((language(), self.words, self.limit), stdin, protocol=pickle.HIGHEST_PROTOCOL)
        stdin.flush()
        return self.process

    def stop(self) -> None:
        """End the process."""
        self.kill()
        if self.process is not None:
            for stream in _streams(self.process):
                with suppress(OSError):
                    stream.close()
            self.process.wait()
            self.process = None


def _process() -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-c", _START.format(path=sys.path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=_errors(),
    )  # fmt: skip


_ahead: "list[subprocess.Popen[bytes]]" = []
"""The process that was started before it was known what it is to read."""


def start_ahead() -> None:
    """Start one process that is going to read, while what it needs to know is still being loaded.

    Where nothing is read after all, `end_ahead` ends it, or the end of this process.
    """
    if not os.environ.get(IN_PROCESS) and not _ahead:
        _ahead.append(_process())


def end_ahead() -> None:
    """End the process that was started ahead and that nobody needed."""
    process = _ready_ahead()
    if process is not None:
        process.kill()
        for stream in _streams(process):
            with suppress(OSError):
                stream.close()
        process.wait()


def _ready_ahead() -> "subprocess.Popen[bytes] | None":
    """Return the process that was started ahead, unless another reader has it or it is gone."""
    with suppress(IndexError):  # several threads may ask
        process = _ahead.pop()
        if process.poll() is None:
            return process
        for stream in _streams(process):
            stream.close()
    return None


def _streams(process: "subprocess.Popen[bytes]") -> tuple[IO[bytes], IO[bytes]]:
    """Return the streams to and from a process, which was started with both."""
    return cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)


def _errors() -> int | None:
    """A reader's own complaints are for developers only."""
    return None if os.environ.get("REHABPLAN_DEBUG") else subprocess.DEVNULL


class Pool(Struct):
    """Workers for one plan's words; a context manager that ends them."""

    words: Vocabulary
    size: int = 0
    limit: float = TIME_LIMIT
    _workers: list[_Worker] = field(default_factory=list)
    _own: local = field(default_factory=local)
    _given_up: Event = field(default_factory=Event)
    _known: dict[Any, Any] = field(default_factory=dict)
    """What reports said already: see `_shared`."""

    def __enter__(self) -> Self:
        """Return the pool; processes start when they are needed."""
        return self

    def __exit__(self, *_exc: object) -> None:
        """End every process."""
        for worker in self._workers:
            worker.stop()

    def _worker(self) -> _Worker:
        if not hasattr(self._own, "worker"):
            self._own.worker = _Worker(self.words, self.limit, self._given_up)
            self._workers.append(self._own.worker)
        return cast("_Worker", self._own.worker)

    def read(self, kind: str, paths: Sequence[Path], done: Callable[[], None] = lambda: None) -> list[object]:
        """Return the answers for files in their order; `done` is called after each."""

        def one(path: Path) -> object:
            if self._given_up.is_set():
                return []
            found = self._worker().ask(kind, path)
            if isinstance(found, Report):
                found = _shared(found, self._known)
            done()
            return found

        threads = min(len(paths), self.size or os.cpu_count() or 1)
        if threads <= 1:
            return [one(path) for path in paths]
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - a single file needs none

        with ThreadPoolExecutor(threads) as executor:
            try:
                return list(executor.map(one, paths))
            except BaseException:  # Ctrl-C above all: nobody waits for the files under way
                self._give_up()
                raise

    def _give_up(self) -> None:
        self._given_up.set()
        for worker in self._workers:
            worker.kill()


def read_reports(
    paths: Sequence[Path], words: Vocabulary, done: Callable[[], None] = lambda: None
) -> tuple[list[Report], list[Problem]]:
    """Read reports, each in a guarded process; what cannot be read is a problem and stops no other."""
    reports: list[Report] = []
    problems: list[Problem] = []
    for found in _read("report", paths, words, done):
        if isinstance(found, Report):
            reports.append(found)
        else:
            problems += cast("list[Problem]", found)
    return reports, problems


def _shared(report: Report, known: dict[Any, Any]) -> Report:
    """Return a report with what other reports say too as one object: labels, headings, equal figures.

    Thousands of reports of one form repeat the same texts; each process that reads makes its own of them.
    """

    def once(one: Any) -> Any:  # noqa: ANN401 - a text, or a figure
        return known.setdefault(one, one)

    observations = tuple(
        replace(
            one, indicator=once(one.indicator), figure=once(one.figure), label=once(one.label),
            matched_by=once(one.matched_by), unit=once(one.unit), heading=once(one.heading),
        )
        for one in report.observations
    )  # fmt: skip
    return replace(report, observations=observations)


def account_of(path: Path, words: Vocabulary) -> "Account":
    """Return how a file is understood, read in a guarded process.

    Raises:
        RehabplanError: it cannot be read.
    """
    found = _read("account", [path], words, lambda: None)[0]
    if isinstance(found, list):
        raise RehabplanError(cast("list[Problem]", found))
    return cast("Account", found)


def _read(kind: str, paths: Sequence[Path], words: Vocabulary, done: Callable[[], None]) -> list[object]:
    if os.environ.get(IN_PROCESS):
        from rehabplan.actuals.worker import answer  # noqa: PLC0415 - the readers are not needed here else

        found = []
        for path in paths:
            found.append(answer(kind, str(path), words))
            done()
        return found
    with Pool(words) as pool:
        return pool.read(kind, paths, done)
