"""How fast rehabplan is, as ratios to floors and peers measured in the same run (docs/performance.md).

    python -m benchmarks.speed              # everything, about half an hour
    python -m benchmarks.speed --quick      # a small country, to see that it runs
    python -m benchmarks.speed --only wide million

CPU seconds are those of a process and all its children, the least of several runs (of the very large reads there
is one); absolute figures depend on the machine and its load, ratios much less.
"""

import argparse
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from threading import Event, Thread

from benchmarks import country
from benchmarks.peers import HELLO, NOT_INSTALLED, START_UP

TARGETS = 30
_CHANGED = 3
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Cost:
    """What a command took: CPU and wall seconds, and the most memory of its processes together, in MiB."""

    cpu: float
    wall: float
    memory: float = 0.0
    printed: str = ""


@dataclass(frozen=True)
class Line:
    """One line of the table."""

    work: str
    ours: float
    peer: str
    theirs: float
    goal: float | None
    """At most which ratio is aimed at; of what is measured for comparison alone, None."""
    unit: str = "s CPU"

    @property
    def cells(self) -> list[str]:
        """Return it as the cells of a table."""
        ours, theirs = (f"{one:.3g} {self.unit}" for one in (self.ours, self.theirs))
        goal = "" if self.goal is None else f"≤ {self.goal:g}"
        if not self.theirs:
            return [self.work, ours, self.peer, "not installed", "", goal, ""]
        ratio = self.ours / self.theirs
        kept = "" if self.goal is None else "yes" if ratio <= self.goal else "no"
        return [self.work, ours, self.peer, theirs, f"{ratio:.2f}", goal, kept]


@dataclass(frozen=True)
class Size:
    """How large a country is measured with, and how often."""

    communes: int
    few: int
    sheets: int
    plan: int
    summary: int
    runs: int


FULL = Size(country.COMMUNES, 300, 10, 3_000, 126, 3)
QUICK = Size(40, 10, 2, 60, 12, 1)


@dataclass(frozen=True)
class Command:
    """What is run, and what its environment has besides."""

    words: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)


def in_turn(*commands: Command, runs: int = 1) -> list[Cost]:
    """Run commands one after the other, several times; return the least that each took.

    In turn, so that a machine that slows down for a while does so for all of them.
    """
    rounds = [[_once(one) for one in commands] for _run in range(runs)]
    return [min(costs, key=lambda one: one.cpu) for costs in zip(*rounds, strict=True)]


def _once(command: Command) -> Cost:
    words = command.words
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with subprocess.Popen(  # noqa: S603 - our own commands
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **command.env}
    ) as process:
        with _watched(process.pid) as peak:
            printed, told = process.communicate()
        wall = time.perf_counter() - began
    peer = "benchmarks.peers" in words
    if process.returncode == NOT_INSTALLED and peer:
        return Cost(0, 0, 0, "0")
    if process.returncode not in ((0,) if peer else (0, 1)):
        raise FailedError(
            f"{' '.join(words)} ended with {process.returncode}: {told[-2000:]}{printed[-2000:]}"
        )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Cost(cpu, wall, peak[0], printed)


@contextmanager
def _watched(pid: int) -> Iterator[list[float]]:
    """Follow how much memory a process and its children have together; Linux alone tells."""
    peak, ended = [0.0], Event()

    def watch() -> None:
        while not ended.wait(0.02):
            peak[0] = max(peak[0], sum(map(_resident, _family(pid))))

    thread = Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        ended.set()
        thread.join()


def _family(pid: int) -> list[int]:
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                waiting += map(int, task.read_text().split())
            except OSError:
                continue
    return found


def _resident(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE / 2**20
    except (OSError, IndexError):
        return 0.0


class FailedError(Exception):
    """A command that was measured did not do its work."""


_START_UP = Command((sys.executable, "-c", START_UP))


class Bench:
    """All the measurements, over data that is made when it is first needed."""

    def __init__(self, folder: Path, size: Size) -> None:
        """Measure in a folder."""
        self.folder = folder
        self.size = size
        self.program = shutil.which("rehabplan", path=str(Path(sys.executable).parent)) or "rehabplan"
        self._floor: Cost | None = None

    def ours(self, *arguments: object, **env: str) -> Command:
        """Return a command of rehabplan."""
        return Command((self.program, *map(str, arguments)), env)

    def theirs(self, name: str, *arguments: object) -> Command:
        """Return a command of one of the peers."""
        return Command((sys.executable, "-m", "benchmarks.peers", name, *map(str, arguments)))

    def run(self, *arguments: object, runs: int | None = None) -> Cost:
        """Run rehabplan."""
        return in_turn(self.ours(*arguments), runs=runs or self.size.runs)[0]

    def peer(self, name: str, *arguments: object, runs: int | None = None) -> Cost:
        """Run one of the peers."""
        return in_turn(self.theirs(name, *arguments), runs=runs or self.size.runs)[0]

    @property
    def floor(self) -> Cost:
        """The floor of start-up."""
        if self._floor is None:
            self._floor = in_turn(_START_UP, runs=5)[0]
        return self._floor

    def start(self) -> Iterator[Line]:
        """Measure what does nothing but start."""
        hello = self.folder / "hello.py"
        hello.write_text(HELLO, "utf-8")
        shell = {"_REHABPLAN_COMPLETE": "complete_bash", "COMP_WORDS": "rehabplan che", "COMP_CWORD": "1"}
        peer, *ours = in_turn(
            Command((sys.executable, str(hello))),
            self.ours("--version"), self.ours("--help"), self.ours(**shell), runs=5 * self.size.runs,
        )  # fmt: skip
        for name, one in zip(("`--version`", "`--help`", "completion"), ours, strict=True):
            yield Line(name, one.cpu, "Typer's hello world", peer.cpu, 1.2)

    def small(self) -> Iterator[Line]:
        """Measure the daily use."""
        folder = self.folder / "small"
        plan = country.write_plan(folder, TARGETS, 1)
        report = folder / "report.xlsx"
        country.write_commune(report, country.communes(1)[0][1], TARGETS, 1)
        ours, floor, pandas, frictionless = in_turn(
            self.ours("check", plan, "--actuals", report), _START_UP,
            self.theirs("pandas", plan, report), self.theirs("frictionless", report), runs=3 * self.size.runs,
        )  # fmt: skip
        work = f"`check`, {TARGETS} rows, 1 workbook"
        yield Line(work, ours.cpu, "start-up floor", floor.cpu, 1.5)
        yield Line(work, ours.cpu, "pandas script", pandas.cpu, 0.5)
        yield Line(work, ours.cpu, "frictionless validate", frictionless.cpu, 1)
        journal = str(country.write_journal(folder / "plan.journal", TARGETS))
        budget = ("hledger", "-f", journal, "balance", "--budget", "-Y")
        there = shutil.which("hledger") is not None
        hledger = in_turn(Command(budget, {"LC_ALL": "C.UTF-8"}), runs=3)[0].cpu if there else 0
        yield Line(work, ours.cpu, "hledger balance --budget", hledger, None)

    def wide(self) -> Iterator[Line]:
        """Measure one workbook of the whole country."""
        folder = self.folder / "wide"
        plan = country.write_plan(folder, TARGETS, self.size.communes)
        report = country.write_wide(folder / "report.xlsx", self.size.communes, TARGETS)
        ours, calamine, openpyxl = in_turn(
            self.ours("check", plan, "--actuals", report),
            self.theirs("calamine", report), self.theirs("openpyxl", report), runs=self.size.runs,
        )  # fmt: skip
        work = f"`check`, 1 workbook of {self.size.communes} sites × {TARGETS} indicators"
        yield Line(work, ours.cpu - self.floor.cpu, "calamine", calamine.cpu, 4)
        yield Line(work, ours.cpu - self.floor.cpu, "openpyxl, read-only", openpyxl.cpu, 0.5)

    def many(self) -> Iterator[Line]:
        """Measure a workbook from every commune."""
        folder, size = self.folder / "many", self.size
        plan = country.write_plan(folder, TARGETS, size.communes)
        every = country.write_reports(folder / "every", size.communes, TARGETS)
        few = country.write_reports(folder / "few", size.few, TARGETS)
        ours, less = (self.run("check", plan, "--actuals", one, runs=1) for one in (every, few))
        work, wall = f"`check`, {size.communes} workbooks of {TARGETS} rows", "s wall"
        start = self.floor.wall
        yield Line(
            work, ours.wall - start, "openpyxl loop", self.peer("openpyxl", every, runs=1).wall, 0.15, wall
        )
        twice = self.peer("calamine_twice", every).wall
        yield Line(work, ours.wall - start, "calamine, two threads", twice, 3.5, wall)
        each = [(one.wall - start) / count * 1000 for one, count in ((ours, size.communes), (less, size.few))]
        yield Line("… of one workbook", each[0], f"at {size.few} workbooks", each[1], 1.1, "ms wall")
        yield Line("… memory", ours.memory, f"at {size.few} workbooks", less.memory, 1.3, "MiB")
        for path in sorted(every.iterdir())[:_CHANGED]:
            country.write_commune(path, country.communes(1)[0][1], TARGETS, 99)
        again = self.run("check", plan, "--actuals", every, runs=1)
        yield Line(f"… again after {_CHANGED} changed", again.wall, "the first time", ours.wall, 0.2, wall)

    def million(self) -> Iterator[Line]:
        """Measure a million cells."""
        folder, size = self.folder / "million", self.size
        targets = TARGETS * size.sheets
        plan = country.write_plan(folder, targets, size.communes)
        report = country.write_wide(folder / "report.xlsx", size.communes, targets, size.sheets)
        ours, peer = (
            self.run("check", plan, "--actuals", report, runs=1),
            self.peer("calamine", report, runs=1),
        )
        work = f"`check`, {size.communes * targets:,} cells"
        yield Line(work, ours.cpu - self.floor.cpu, "calamine", peer.cpu, 4)
        yield Line("… memory", ours.memory, "calamine", peer.memory, 3, "MiB")

    def plans(self) -> Iterator[Line]:
        """Measure large plans."""
        folder, count = self.folder / "plans", self.size.plan
        first = country.write_plan(folder, count, 0, "2025.yaml")
        second = country.write_plan(folder, count, 0, "2025b.yaml", raised=50)
        one, other, compose, diff, floor = in_turn(
            self.ours("validate", first), self.ours("validate", second), self.theirs("compose", first),
            self.ours("diff", first, second, "--format", "csv"), _START_UP, runs=2 * self.size.runs,
        )  # fmt: skip
        work = f"`validate`, plan of {count} targets"
        yield Line(work, one.cpu, "yaml.compose with the C loader", compose.cpu, 3)
        both = one.cpu + other.cpu - floor.cpu
        yield Line("`diff` of two such plans", diff.cpu, "loading both", both, 1.2)

    def summary(self) -> Iterator[Line]:
        """Measure the workbook for the meeting."""
        folder, sites = self.folder / "summary", self.size.summary
        plan = country.write_plan(folder, TARGETS, sites)
        report = country.write_wide(folder / "report.xlsx", sites, TARGETS)
        out = folder / "summary.xlsx"
        # Officers read Vietnamese on the screen too; in another language the reports are read once more.
        reading, made = in_turn(
            self.ours("check", plan, "--actuals", report, "--format", "csv"),
            self.ours("summary", plan, "--actuals", report, "-o", out, "--force", REHABPLAN_LANG="vi"),
            runs=self.size.runs,
        )  # fmt: skip
        ours = made.cpu - reading.cpu
        floor = float(self.peer("cells", out, folder / "copy.xlsx").printed)
        work = f"`summary`, {TARGETS} targets × {sites} sites, without reading"
        yield Line(work, ours, "the same cells through XlsxWriter", floor, 2)


PARTS: dict[str, Callable[[Bench], Iterator[Line]]] = {
    name: getattr(Bench, name) for name in ("start", "small", "wide", "many", "million", "plans", "summary")
}


def machine() -> str:
    """Name the machine and the versions that a table was made with."""
    names = ("rehabplan", "typer", "pydantic", "rich", "xlsxwriter", "openpyxl", "python-calamine", "pandas")
    found = []
    for name in names:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"no {name}")
    processor = f"{os.cpu_count()} × {platform.machine()}"
    return f"{platform.system()}, {processor}, Python {platform.python_version()}, {', '.join(found)}"


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="a small country, once")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), help="these parts")
    asked = parser.parse_args()
    print(machine(), end="\n\n")
    print("| work | rehabplan | against | takes | ratio | goal | kept |\n|---|--:|---|--:|--:|--:|---|")
    failed: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), QUICK if asked.quick else FULL)
        for name in asked.only:
            try:
                for line in PARTS[name](bench):
                    print("| " + " | ".join(line.cells) + " |", flush=True)
            except FailedError as error:
                failed.append(f"{name}: {error}")
    if failed:
        sys.exit("\n" + "\n".join(failed))


if __name__ == "__main__":
    main()
