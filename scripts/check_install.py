"""Builds the wheel and the sdist, looks into them, and installs them as users do: with pip, pipx and uv.

python -m scripts.check_install

needs nothing but Python and its pip; the tools come into environments that are thrown away. Every
Python of `VERSIONS` that is on this machine is used, the others are named, none is downloaded. What is
installed must print, from a folder of its own, what the source tree prints.
"""

import os
import shutil
import subprocess
import sys
import tarfile
import time
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
VERSIONS = ("3.11", "3.12", "3.13")
AWKWARD = "Kế hoạch năm 2024 (bản sao)"
"""Folders of users have blanks, brackets and Vietnamese letters in their names."""
INPUTS = ("plans/2024.yaml", "plans/sites", "reports/2024-9m.xlsx")
CHECK = ("check", "plans/2024.yaml", "--actuals", "reports/2024-9m.xlsx")
COMMANDS = (
    ("--version",), (*CHECK, "--lang", "vi"), (*CHECK, "--lang", "en"),
    ("explain", "RP110", "--lang", "vi"), ("schema",),
)  # fmt: skip
FEWER = 2
"""So many of them after the first way of installing on a Python."""
DATA = ("py.typed", "explain/examples.json", "locale/vi/LC_MESSAGES/rehabplan.mo")
EXPECTED_SUFFIXES = {".py", ".po", ".mo", ".json", ".typed"}
STARTER = "starter/texts"
"""Texts of `rehabplan init`, in the package."""
AT_ONCE = 2


class FaultError(Exception):
    """Something does not install, or not whole."""


def run(*command: str | Path, cwd: Path | None = None, more: Mapping[str, str] | None = None) -> str:
    """Run a program without the caller's settings of Python and rehabplan, and return what it prints.

    Raises:
        FaultError: it fails.
    """
    plain = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "REHABPLAN"))
    }
    plain |= {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1", "COLUMNS": "100"} | dict(more or {})
    done = subprocess.run(  # noqa: S603 - our own words
        [str(word) for word in command],
        cwd=cwd, env=plain, capture_output=True, text=True, encoding="utf-8", errors="replace",
        check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    if done.returncode:
        shown = " ".join(map(str, command))
        raise FaultError(f"{shown}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def program(environment: Path, name: str) -> Path:
    """Return where an environment has a program."""
    return environment / ("Scripts" if os.name == "nt" else "bin") / name


def python_of(version: str) -> Path | None:
    """Return a Python of a version that works: from the PATH, Windows' launcher, or pyenv's folder."""
    asked = "import sys; print('%d.%d' % sys.version_info[:2]); print(sys.executable)"
    kept = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    commands: list[tuple[str, ...]] = [(f"python{version}",), ("py", f"-{version}"), (sys.executable,)]
    commands += [(str(one),) for one in sorted(kept.glob(f"{version}.*/bin/python{version}"), reverse=True)]
    for command in commands:
        try:
            found, where = run(*command, "-c", asked).splitlines()
        except (OSError, FaultError):
            continue
        if found == version:
            return Path(where)
    return None


def look_into_wheel(wheel: Path) -> None:
    """Hold what is in the wheel against the source tree: data files are there, and nothing else is.

    Raises:
        FaultError: a file is missing, or does not belong there.
    """
    with zipfile.ZipFile(wheel) as archive:
        names = [PurePosixPath(name) for name in archive.namelist() if not name.endswith("/")]
    package = {name for name in names if name.parts[0] == "rehabplan"}
    others = {name for name in names if not name.parts[0].endswith(".dist-info")} - package
    strays = {
        name
        for name in package
        if (name.suffix not in EXPECTED_SUFFIXES and STARTER not in name.as_posix()) or "tests" in name.parts
    }
    source = ROOT / "src"
    wanted = {PurePosixPath("rehabplan", name) for name in DATA}
    wanted |= {PurePosixPath(path.relative_to(source).as_posix()) for path in source.rglob("*.py")}
    told("the wheel does not hold", wanted - package)
    told("the wheel should not hold", strays | others)
    print(f"{wheel.name}: {len(package)} files, {wheel.stat().st_size / 1e6:.2f} MB, data files inside")


def look_into_sdist(sdist: Path) -> None:
    """Hold the sdist against what git keeps, so that its own tests can run.

    Raises:
        FaultError: a file is missing.
    """
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    if (ROOT / ".git").exists():
        kept = run("git", "-c", "core.quotePath=off", "ls-files", "-z", cwd=ROOT).split("\0")
        told(
            "the sdist does not hold",
            {PurePosixPath(name) for name in kept if name} - set(map(PurePosixPath, names)),
        )
    print(f"{sdist.name}: {len(names)} files, {sdist.stat().st_size / 1e6:.2f} MB, all that git keeps")


def told(what: str, names: set[PurePosixPath]) -> None:
    """Raise a fault where there are any names."""
    if names:
        raise FaultError(f"{what}: {', '.join(sorted(map(str, names)))}")


def outputs(
    command: Sequence[str | Path], folder: Path, most: int, more: Mapping[str, str] | None = None
) -> dict[tuple[str, ...], str]:
    """Return what each of the first commands prints in a folder."""
    return {one: run(*command, *one, cwd=folder, more=more) for one in COMMANDS[:most]}


class Bench:
    """The folders of one run of this script: tools, what was built, and copies of the inputs."""

    def __init__(self, folder: Path) -> None:
        """Get the tools and build."""
        self.folder = folder
        self.work = folder / AWKWARD / "empty"
        self.work.mkdir(parents=True)
        for name in INPUTS:
            target = self.work / name
            target.parent.mkdir(exist_ok=True)
            (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, target)
        tools = folder / "tools"
        run(sys.executable, "-m", "venv", tools)
        self.python, self.pipx = (program(tools, name) for name in ("python", "pipx"))
        run(self.python, "-m", "pip", "install", "--upgrade", "pip", "build", "pipx")
        beside = folder / "tools-uv"  # pipx beside uv would install with it
        run(sys.executable, "-m", "venv", "--without-pip", beside)
        self.pip(beside, "install", "uv")
        self.uv = program(beside, "uv")
        self.of_uv = self._settings_of_uv()
        run(self.python, "-m", "build", "--outdir", folder / "dist", ROOT)
        (self.wheel,), (self.sdist,) = ((folder / "dist").glob(one) for one in ("*.whl", "*.tar.gz"))
        shutil.unpack_archive(self.sdist, folder / AWKWARD)
        self.unpacked = folder / AWKWARD / self.sdist.name.removesuffix(".tar.gz")

    def _settings_of_uv(self) -> dict[str, str]:
        """Return what pip is told of where packages are, in the variables of uv, which does not ask pip."""
        found: dict[str, str] = {}
        for line in run(self.python, "-m", "pip", "config", "list").splitlines():
            setting, _equals, value = line.partition("=")
            name = setting.rpartition(".")[2]
            variable = {
                "cert": "SSL_CERT_FILE",
                "index-url": "UV_DEFAULT_INDEX",
                "extra-index-url": "UV_INDEX",
            }.get(name)
            if variable and variable not in os.environ:
                found[variable] = value.strip("'").replace("\\n", " ").strip()
        if "UV_INDEX" in found:  # pip looks at all of them alike
            found["UV_INDEX_STRATEGY"] = "unsafe-best-match"
        return found

    def uv_reaches_packages(self, environment: Path) -> bool:
        """Tell whether uv, which does not share pip's settings, finds any package from here."""
        try:
            words = ("pip", "install", "--dry-run", "--python", program(environment, "python"), "simplejson")
            run(self.uv, *words, more=self.of_uv)
        except FaultError:
            return False
        return True

    def pip(self, environment: Path, *words: str | Path) -> None:
        """Run the tools' pip for an environment, which has none of its own."""
        run(self.python, "-m", "pip", "--python", program(environment, "python"), *words)

    def source_outputs(self, python: Path) -> dict[tuple[str, ...], str]:
        """Return what the source tree prints, with the libraries of an environment of its own."""
        environment = self.folder / "source"
        run(python, "-m", "venv", "--without-pip", environment)
        self.pip(environment, "install", "--no-compile", self.wheel)
        self.pip(environment, "uninstall", "--yes", "rehabplan")
        command = (program(environment, "python"), "-m", "rehabplan")
        return outputs(command, self.work, len(COMMANDS), {"PYTHONPATH": str(ROOT / "src")})

    def installed(self, version: str, python: Path) -> Iterator[tuple[str, Path]]:
        """Yield each way of installing on a Python, and where it put the command."""
        environment = self.folder / AWKWARD / version
        run(python, "-m", "venv", "--without-pip", environment)
        for what, source in (("wheel", self.wheel), ("sdist", self.sdist), ("folder", self.unpacked)):
            if what == "folder" and version != VERSIONS[-1]:
                continue  # it is the sdist's, and only its name is new to pip
            self.pip(environment, "install", "--no-compile", source)
            yield f"{what} with pip", program(environment, "rehabplan")
            self.pip(environment, "uninstall", "--yes", "rehabplan")
        home = self.folder / f"pipx-{version}"
        own = {"PIPX_HOME": str(home), "PIPX_BIN_DIR": str(home / "bin"), "PIPX_MAN_DIR": str(home / "man")}
        run(self.pipx, "install", "--python", python, self.wheel, more=own)
        yield "wheel with pipx", home / "bin" / "rehabplan"
        if not self.uv_reaches_packages(environment):
            print(f"Python {version}: uv finds no packages from here, so the wheel was not tried with it")
            return
        home = self.folder / f"uv-{version}"
        own = {"UV_TOOL_DIR": str(home), "UV_TOOL_BIN_DIR": str(home / "bin")} | self.of_uv
        only = ("--python-preference", "only-system", "--no-python-downloads")
        run(self.uv, "tool", "install", *only, "--python", python, self.wheel, more=own)
        yield "wheel with uv", home / "bin" / "rehabplan"

    def try_python(self, version: str, python: Path, wanted: Mapping[tuple[str, ...], str]) -> str:
        """Install in every way on one Python, and say which ways these were.

        Raises:
            FaultError: an installed command prints something else than the source tree.
        """
        ways: list[str] = []
        for way, command in self.installed(version, python):
            most = FEWER if ways else len(COMMANDS)
            for words, found in outputs((command,), self.work, most).items():
                if found != wanted[words]:
                    said = f"Python {version}, {way}: rehabplan {' '.join(words)}"
                    raise FaultError(f"{said} prints\n{found}\nnot\n{wanted[words]}")
            ways.append(way)
        return f"Python {version}: {', '.join(ways)}"


def main() -> int:
    """Build, look and install; return the exit code."""
    begun = time.monotonic()
    found = {version: python_of(version) for version in VERSIONS}
    pythons = {version: python for version, python in found.items() if python}
    for version in found.keys() - pythons.keys():
        print(f"Python {version} is not on this machine: nothing is known about it")
    if not pythons:
        return 1
    try:
        with TemporaryDirectory(prefix="rehabplan-install-") as folder:
            bench = Bench(Path(folder))
            look_into_wheel(bench.wheel)
            look_into_sdist(bench.sdist)
            wanted = bench.source_outputs(next(iter(pythons.values())))
            with ThreadPoolExecutor(AT_ONCE) as pool:
                tried = [pool.submit(bench.try_python, *one, wanted) for one in pythons.items()]
            for one in tried:
                print(one.result())
    except FaultError as fault:
        print(fault, file=sys.stderr)
        return 1
    print(f"all print what the source tree prints; {time.monotonic() - begun:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
