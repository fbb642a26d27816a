"""Thousands of damaged copies of good workbooks, and what reading makes of them.

    python -m benchmarks.mutate_workbooks [--count N] [--seed S] [--formats xlsx,ods] [--show CLASS]

Each copy goes through the door and all that follows it, in a process of its own for many of them: the same
limits on memory and time hold as in the guarded readers, and where it ends the next one goes on. A copy is
then one of: the same result, another text, another number, a message, our fault, a hang, a crash, or too much
memory. Numbers that change are told apart: changed in their place, dropped, or moved and added.
"""

import argparse
import faulthandler
import json
import os
import platform
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import islice
from pathlib import Path

from benchmarks.mutations import mutants
from rehabplan.actuals import load
from rehabplan.actuals.describe import account
from rehabplan.actuals.sheet import Workbook
from rehabplan.actuals.vocabulary import Vocabulary
from rehabplan.actuals.workbook import open_workbook
from rehabplan.actuals.worker import MEMORY_LIMIT
from rehabplan.plan.load import load_plan
from rehabplan.problems import RehabplanError

ROOT = Path(__file__).parents[1]
DATA = ROOT / "tests" / "data"
TIME_LIMIT = 20
"""Seconds for one copy; the guarded readers allow more."""
CLASSES = (
    "same", "other text", "number changed", "number dropped", "number moved", "told", "message", "unforeseen",
    "our fault", "memory", "hang", "crash",
)  # fmt: skip
"""In the order of the table. "told" is another result with a problem that says so; "unforeseen" is a message
that only the door's last resort gave."""

Numbers = dict[tuple[int, int, int], object]


def good(kind: str) -> list[Path]:
    """Return the good workbooks of a format."""
    found = sorted([*DATA.rglob(f"*.{kind}"), *(ROOT / "reports").rglob(f"*.{kind}")])
    return [path for path in found if path.stat().st_size < 1 << 18 and "protected" not in path.parts]


def samples(kind: str, seed: int) -> Iterator[tuple[Path, str, bytes]]:
    """Yield damaged copies of all good workbooks of a format in turn: which one, how, and the bytes."""
    sources = [
        (path, mutants(path.read_bytes(), random.Random(f"{seed} {path.name}")))  # noqa: S311 - no secrets
        for path in good(kind)
    ]
    while True:
        for path, copies in sources:
            way, content = next(copies)
            yield path, way, content


class _HangError(BaseException):
    """A copy took too long."""


def _read(path: Path, words: Vocabulary) -> Workbook:
    """Read a workbook as `inspect` does, and return the cells on the way."""
    caught: list[Workbook] = []

    def door(path: Path) -> Workbook:
        caught.append(open_workbook(path))
        return caught[0]

    load.open_workbook = door  # type: ignore[attr-defined]  # to hold the cells, not only the account of them
    account(path, words)
    return caught[0]


def _held(book: Workbook) -> tuple[Numbers, Numbers]:
    numbers: Numbers = {}
    texts: Numbers = {}
    for index, sheet in enumerate(book.sheets):
        texts[index, 0, 0] = sheet.name
        for (row, column), cell in sheet.cells.items():
            kept = texts if cell.value is None else numbers
            kept[index, row, column] = (cell.kind, cell.value if kept is numbers else cell.text)
    return numbers, texts


def judged(path: Path, whole: Workbook, words: Vocabulary) -> tuple[str, str]:
    """Return the class of one damaged copy, and a word on it."""
    try:
        book = _read(path, words)
    except RehabplanError as error:
        return "message", error.problems[0].code.number
    except MemoryError:
        return "memory", ""
    except Exception as error:  # noqa: BLE001 - what is counted here
        last = error.__traceback__
        frames = []
        while last is not None:
            frames.append(f"{Path(last.tb_frame.f_code.co_filename).name}:{last.tb_lineno}")
            last = last.tb_next
        inside = any(frame.startswith("workbook.py") for frame in frames)
        return "unforeseen" if inside else "our fault", f"{type(error).__name__} {frames[-1]}"
    (numbers, texts), (before, texts_before) = _held(book), _held(whole)
    if numbers == before and texts == texts_before:
        return "same", ""
    if len(book.problems) > len(whole.problems):
        return "told", book.problems[-1].code.number
    if numbers == before:
        return "other text", ""
    gone, new = before.keys() - numbers.keys(), numbers.keys() - before.keys()
    word = f"{len(gone)} gone, {len(new)} new"
    return ("number moved" if new else "number dropped" if gone else "number changed"), word


def serve(kind: str, seed: int, first: int, count: int) -> None:
    """Judge copies from the first on, one line of JSON for each; a line before it says which is begun."""
    with suppress(ImportError):
        import resource  # noqa: PLC0415 - not on every system

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    os.environ["REHABPLAN_DEBUG"] = "1"
    loaded = load_plan(ROOT / "plans" / "2024.yaml")
    words = Vocabulary.of(loaded.plan, loaded.sites)
    wholes = {path: _read(path, words) for path in good(kind)}

    def late(*_given: object) -> None:
        raise _HangError

    signal.signal(signal.SIGALRM, late)
    with tempfile.TemporaryDirectory() as folder:
        for number, (source, way, content) in enumerate(islice(samples(kind, seed), first, count), first):
            path = Path(folder) / source.name
            path.write_bytes(content)
            print(json.dumps([number]), flush=True)
            signal.alarm(TIME_LIMIT)
            faulthandler.dump_traceback_later(2 * TIME_LIMIT, exit=True)
            begin = time.monotonic()
            try:
                found, word = judged(path, wholes[source], words)
            except _HangError:
                found, word = "hang", ""
            signal.alarm(0)
            taken = round(time.monotonic() - begin, 2)
            print(json.dumps([number, way, source.name, found, word, taken]), flush=True)


def counted(kind: str, seed: int, count: int) -> list[tuple[int, str, str, str, str, float]]:
    """Judge so many copies of a format; a process that ends is a crash of one copy, and a new one goes on."""
    results: list[tuple[int, str, str, str, str, float]] = []
    first = 0
    while first < count:
        command = [sys.executable, "-m", "benchmarks.mutate_workbooks", "--serve", kind, str(first),
                   "--count", str(count), "--seed", str(seed)]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)  # noqa: S603
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        results += [tuple(line) for line in lines if len(line) > 1]
        if not lines:
            raise SystemExit(done.stderr)
        first = lines[-1][0] + 1
        if len(lines[-1]) == 1:
            results.append((first - 1, "?", "?", "crash", str(done.returncode), 0.0))
    return results


def main() -> None:
    """Print the table of counts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=2024)
    parser.add_argument("--formats", default="xlsx,xlsb,ods,xls,csv")
    parser.add_argument("--show", default="", help="list the copies of a class, for --save")
    parser.add_argument(
        "--save", type=int, nargs="*", default=[], help="write these copies of the one format"
    )
    parser.add_argument("--serve", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.serve:
        serve(asked.serve[0], asked.seed, int(asked.serve[1]), asked.count)
        return
    kinds = asked.formats.split(",")
    if asked.save:
        for number, (_source, _way, content) in enumerate(samples(kinds[0], asked.seed)):
            if number in asked.save:
                Path(f"mutant-{number}.{kinds[0]}").write_bytes(content)
            if number >= max(asked.save):
                return
    with ThreadPoolExecutor(2) as executor:
        found = dict(zip(kinds, executor.map(lambda kind: counted(kind, asked.seed, asked.count), kinds),
                         strict=True))  # fmt: skip
    print(f"Python {platform.python_version()}, seed {asked.seed}, {asked.count} copies of each format")
    print("| format | " + " | ".join(CLASSES) + " | slowest |")
    print("| --- |" + " ---: |" * (len(CLASSES) + 1))
    for kind, results in found.items():
        counts = Counter(one[3] for one in results)
        slowest = max(one[5] for one in results)
        print(f"| {kind} | " + " | ".join(f"{counts[name]:,}" for name in CLASSES) + f" | {slowest:.1f} s |")
    for kind, results in found.items():
        words = Counter(
            (one[3], one[4]) for one in results if one[3] in {"unforeseen", "our fault", "message"}
        )
        print(kind, ", ".join(f"{word or name}: {count}" for (name, word), count in words.most_common()))
        for one in results:
            if one[3] in asked.show.split(","):
                print(kind, *one)


if __name__ == "__main__":
    main()
