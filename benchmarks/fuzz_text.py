"""Feeds the readers of text and YAML with inputs that find new ways through the code (atheris, libFuzzer).

    pip install atheris                         # wheels for CPython 3.11 to 3.13 on Linux
    python -m benchmarks.fuzz_text              # every entry for a minute
    python -m benchmarks.fuzz_text number --seconds 600

The entries and what they promise are in tests/fuzz_entries.py. An input that breaks a promise is kept in
tests/fuzz_corpus/<entry>/, where tests/test_fuzz.py runs it from then on; give it a name that says what it
is.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "tests" / "fuzz_corpus"
ENTRIES = ("plan_file", "goal", "layout", "number", "table", "label", "period", "mark", "csv_file", "report")
MOST_BYTES = 2_000
SECONDS_AN_INPUT = 10
"""What takes longer is kept as well: as a hang."""


def _fuzz(name: str, seconds: int, seeds: Sequence[str]) -> None:
    """Fuzz one entry in this process, which libFuzzer ends."""
    try:
        import atheris  # noqa: PLC0415 - the one place that needs it
    except ImportError:
        sys.exit("atheris is not installed here: pip install atheris (CPython 3.11 to 3.13 on Linux)")
    with atheris.instrument_imports(include=["rehabplan"]):
        from tests.fuzz_entries import ENTRIES as FOUND  # noqa: PLC0415 - instrumented
    options = [
        f"-max_total_time={seconds}", f"-max_len={MOST_BYTES}", f"-timeout={SECONDS_AN_INPUT}",
        f"-artifact_prefix={CORPUS / name}/", "-print_final_stats=1", f"-dict={seeds[0]}", *seeds[1:],
    ]  # fmt: skip
    atheris.Setup([sys.argv[0], *options], FOUND[name])
    atheris.Fuzz()


def _seeds(folder: Path, name: str) -> list[str]:
    """Write words and first inputs; return the dictionary's path and the folders of inputs."""
    from tests.fuzz_entries import PLAN  # noqa: PLC0415 - a parent process has no need of it
    from tests.hostile_plans import plans  # noqa: PLC0415 - as above
    from tests.test_fuzz import WORDS  # noqa: PLC0415 - as above

    words = folder / "words"
    lines = ('"' + "".join(f"\\x{byte:02x}" for byte in word.encode()) + '"' for word in WORDS)
    words.write_text("\n".join(lines) + "\n", "ascii")
    found = folder / "found"
    found.mkdir()
    (found / "plan").write_text(PLAN, "utf-8")
    for number, word in enumerate(WORDS):
        (found / f"word{number}").write_text(word, "utf-8")
    if name in ("plan_file", "layout"):
        for number, one in enumerate(plans()):
            if len(one.content) <= MOST_BYTES:
                (found / f"hostile{number}").write_bytes(one.content)
    grid = "STT|Chỉ tiêu|Đơn vị tính|Kế hoạch năm|Thực hiện\n1|Cai nghiện tự nguyện|người|#1200|1.100\n"
    (found / "grid").write_text(grid, "utf-8")
    (found / "csv").write_text(grid.replace("|", ";"), "utf-8")
    return [str(words), str(found), str(CORPUS / name)]


def main(arguments: Sequence[str]) -> int:
    """Return how many entries broke a promise."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("entry", nargs="*", choices=[*ENTRIES, []])
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", action="append", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.seed:
        _fuzz(given.entry[0], given.seconds, given.seed)
        return 0
    broken = 0
    for name in given.entry or ENTRIES:
        (CORPUS / name).mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as folder:
            seeds = [f"--seed={seed}" for seed in _seeds(Path(folder), name)]
            command = [
                sys.executable,
                "-m",
                "benchmarks.fuzz_text",
                name,
                f"--seconds={given.seconds}",
                *seeds,
            ]
            done = subprocess.run(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, check=False)  # noqa: S603
        tail = done.stderr.splitlines()
        runs = next((line.split()[-1] for line in tail if "number_of_executed_units" in line), "?")
        cover = next((line for line in reversed(tail) if " cov: " in line), "")
        print(
            f"{name}: {runs} inputs, {'broken' if done.returncode else 'held'}  {cover.strip()[:70]}",
            flush=True,
        )
        if done.returncode:
            broken += 1
            print("\n".join(line for line in tail if not line.startswith(("#", "INFO")))[-3000:], flush=True)
    return broken


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
