"""Measures what an installation weighs and how long the command takes to start: the figures of README.md.

python -m scripts.measure_install

Run it with the Python of an environment into which rehabplan is installed. CPU seconds, not the clock's:
they depend less on what else the machine is doing. Of several runs the least is taken. Windows does not
tell the CPU seconds of processes that ended; there they are 0.
"""

import os
import re
import subprocess
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
RUNS = 7
MB = 1_000_000
REPORTED = ("check", "plans/2024.yaml", "--actuals", "reports/2024-9m.xlsx")


def required(name: str, found: dict[str, Distribution]) -> dict[str, Distribution]:
    """Add a package and all that it needs here, without extras, to `found`, and return it."""
    key = re.sub(r"[-_.]+", "-", name).lower()
    if key not in found:
        try:
            found[key] = distribution(name)
        except PackageNotFoundError:  # needed on other systems or older Pythons
            return found
        for line in found[key].requires or ():
            needed = re.match(r"[\w.-]+", line)
            if needed and "extra ==" not in line:
                required(needed[0], found)
    return found


def weight(one: Distribution) -> int:
    """Return the bytes of a package's files, without bytecode, which every Python writes for itself."""
    files = [Path(str(file.locate())) for file in one.files or () if file.suffix != ".pyc"]
    return sum(file.stat().st_size for file in files if file.is_file())


def cpu_seconds(*words: str) -> float:
    """Return the CPU seconds of this Python with arguments: the least of several runs."""
    found = []
    for _turn in range(RUNS):
        before = os.times()
        subprocess.run([sys.executable, *words], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own words
        after = os.times()
        user = after.children_user - before.children_user
        found.append(user + after.children_system - before.children_system)
    return min(found)


def main() -> None:
    """Print the figures."""
    packages = required("rehabplan", {})
    sizes = {name: weight(one) for name, one in packages.items()}
    for name, size in sorted(sizes.items(), key=lambda item: -item[1]):
        print(f"{size / MB:6.2f} MB  {name} {packages[name].version}")
    print(f"{sum(sizes.values()) / MB:6.2f} MB  {len(sizes)} packages in all")
    with TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "--quiet",
            "--no-deps",
            "--wheel-dir",
            folder,
            str(ROOT),
        ]
        subprocess.run(command, check=True)  # noqa: S603 - our own words
        (wheel,) = Path(folder).glob("*.whl")
        print(f"{wheel.stat().st_size / MB:6.2f} MB  the wheel")
    for said, words in (
        ("python -c pass", ("-c", "pass")),
        ("rehabplan --version", ("-m", "rehabplan", "--version")),
        (f"rehabplan {' '.join(REPORTED)}", ("-m", "rehabplan", *REPORTED)),
    ):
        print(f"{cpu_seconds(*words):6.2f} s CPU  {said}")


if __name__ == "__main__":
    main()
