"""Kills commands that write, at random moments, and counts what is there afterwards.

    python -m benchmarks.kill_writers              # 300 kills of each command, 1,000 within the writing
    python -m benchmarks.kill_writers --kills 20   # some two minutes

Whole is the old file or the new one, byte for byte; anything else is a fault, and the exit code is then 1.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
PLAN, REPORT = str(ROOT / "plans" / "2024.yaml"), str(ROOT / "reports" / "2024-9m.xlsx")
COMMANDS = {
    "summary": ("summary", PLAN, "--actuals", REPORT, "--force", "-o", "out"),
    "form": ("form", PLAN, "--period", "9m", "--force", "-o", "out.xlsx"),
    "draft": ("draft", "2025", "--from", PLAN, "-o", "out"),
}
OLD = b"what was there before"
WRITER = """
import sys
from pathlib import Path
from rehabplan.cli.atomic import replace_file
print("begun", flush=True)
turn = 0
while True:
    replace_file(Path("out"), bytes([97 + turn % 26]) * 1_000_000)
    turn += 1
"""


def start(words: list[str], folder: Path) -> "subprocess.Popen[bytes]":
    """Start a Python process in a folder and a group of its own, which are killed together."""
    command = [sys.executable, *words]
    nowhere = subprocess.DEVNULL
    return subprocess.Popen(command, cwd=folder, stdout=-1, stderr=nowhere, start_new_session=True)  # noqa: S603 - our own words


def kill(run: "subprocess.Popen[bytes]") -> None:
    """Kill a process and its readers where they stand."""
    try:
        os.killpg(run.pid, signal.SIGKILL)
    except ProcessLookupError:
        run.kill()
    run.communicate()


def swept(folder: Path) -> int:
    """Remove the temporary files that a kill left, and return how many there were."""
    left = list(folder.glob(".rehabplan-*.tmp"))
    for path in left:
        path.unlink()
    return len(left)


def kill_command(name: str, kills: int, chance: random.Random, folder: Path) -> Counter[str]:
    """Kill one command at moments spread over all the time that it takes."""
    words = ["-m", "rehabplan", *COMMANDS[name]]
    out = folder / COMMANDS[name][-1]
    begin = time.monotonic()
    start(words, folder).communicate()
    length, new = time.monotonic() - begin, out.read_bytes()
    found: Counter[str] = Counter()
    for _turn in range(kills):
        if name == "draft":
            out.unlink(missing_ok=True)
        else:
            out.write_bytes(OLD)
        run = start(words, folder)
        time.sleep(chance.uniform(0, length * 1.1))
        kill(run)
        content = out.read_bytes() if out.exists() else b""
        known = {OLD: "old", new: "new", b"": "none" if name == "draft" else "HALF"}
        found[known.get(content, "HALF")] += 1
        found["left over"] += swept(folder)
        found["others"] += len({path for path in folder.iterdir() if path != out})
    out.unlink(missing_ok=True)
    return found


def kill_writing(kills: int, chance: random.Random, folder: Path) -> Counter[str]:
    """Kill a process that does nothing but write, over and over."""
    out, found = folder / "out", Counter[str]()
    out.write_bytes(b"a" * 1_000_000)
    for _turn in range(kills):
        run = start(["-c", WRITER], folder)
        if run.stdout is not None:
            run.stdout.readline()
        time.sleep(chance.uniform(0, 0.05))
        kill(run)
        content = out.read_bytes()
        found["whole" if content == content[:1] * 1_000_000 else "HALF"] += 1
        found["left over"] += swept(folder)
        found["others"] += len({path for path in folder.iterdir() if path != out})
    return found


def main() -> None:
    """Kill, count, and print a line for each kind."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=2024)
    asked = parser.parse_args()
    chance, bad = random.Random(asked.seed), 0  # noqa: S311 - moments, not secrets
    with TemporaryDirectory() as name:
        folder = Path(name)
        for command in COMMANDS:
            found = kill_command(command, asked.kills, chance, folder)
            bad += found["HALF"] + found["others"]
            print(command, dict(sorted(found.items())), flush=True)
        found = kill_writing(asked.kills * 10 // 3, chance, folder)
        bad += found["HALF"] + found["others"]
        print("writing alone", dict(sorted(found.items())))
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
