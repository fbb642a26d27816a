"""Nothing leaves the machine, and nothing that a file asks for is fetched or run."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cases import ROOT
from tests.formats import OFFICE, PACKAGE, xlsx_parts, zipped

pytestmark = pytest.mark.pressure

FORBIDDEN = """
import sys
allowed = ("socket.gethostname",)
def told(event, arguments):
    outside = ("socket.", "urllib.", "http.", "ftplib.", "smtplib.", "webbrowser.")
    if event.startswith(outside) and event not in allowed:
        sys.stderr.write(f"{event} {arguments}\\n")
        sys.stderr.flush()
        import os
        os._exit(99)
    if event in ("os.system", "os.exec", "os.startfile", "pty.spawn"):
        os = __import__("os"); sys.stderr.write(f"{event} {arguments}\\n"); os._exit(98)
sys.addaudithook(told)
"""
"""Ends the process at the first socket, in the readers' processes too: Python runs it before all else."""

COMMANDS = [
    ("check", "plans/2024.yaml", "--actuals", "{report}", "--actuals", "reports/2024-9m.xlsx"),
    ("trend", "plans/2024.yaml", "--actuals", "{report}", "--format", "json"),
    ("summary", "plans/2024.yaml", "--actuals", "reports/2024-9m.xlsx", "-o", "{folder}/s.xlsx"),
    ("form", "plans/2024.yaml", "--period", "9m", "-o", "{folder}/f.xlsx"),
    ("draft", "2025", "--from", "plans/2024.yaml", "-o", "{folder}/d.yaml"),
    ("diff", "2023", "2024"),
    ("validate",),
    ("inspect", "{report}"),
    ("--help",),
]  # fmt: skip


def calling_home() -> bytes:
    """Return a workbook with all that leads out: links, outer books, pictures, a query, a macro by name."""
    text = '<c r="{}" t="inlineStr"><is><t>{}</t></is></c>'
    cells = [
        text.format("A1", "Nội dung") + text.format("B1", "9 tháng"),
        text.format("A2", "x") + '<c r="B2"><f>WEBSERVICE("http://127.0.0.1:9/")</f><v>1</v></c>',
        text.format("A3", "y") + '<c r="B3"><f>[1]S!$A$1</f><v>2</v></c>',
    ]
    rows = "".join(f'<row r="{at}">{cell}</row>' for at, cell in enumerate(cells, start=1))
    link = '<hyperlinks><hyperlink ref="A1" r:id="r9" xmlns:r="{}"/></hyperlinks>'.format(OFFICE)  # noqa: UP032 - braces
    parts = xlsx_parts(rows, after=link)
    outer = '<Relationship Id="r9" Type="{}/{}" Target="{}" TargetMode="External"/>'
    targets = {"hyperlink": "http://127.0.0.1:9/h", "externalLinkPath": r"\\\\127.0.0.1\\share\\b.xlsx",
               "image": "http://127.0.0.1:9/i.png"}  # fmt: skip
    relations = "".join(outer.format(OFFICE, kind, target) for kind, target in targets.items())
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = (
        f'<Relationships xmlns="{PACKAGE}">{relations}</Relationships>'
    )
    parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = parts["xl/worksheets/_rels/sheet1.xml.rels"]
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0"
    return zipped(parts)


def ready(folder: Path) -> dict[str, str]:
    """Write the inputs, and return an environment whose Python ends at the first socket."""
    (folder / "hook").mkdir()
    (folder / "hook" / "sitecustomize.py").write_text(FORBIDDEN, "utf-8")
    (folder / "9m-2024.xlsx").write_bytes(calling_home())
    paths = [str(folder / "hook"), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "COLUMNS": "100", "REHABPLAN_LANG": "en"}


def filled(command: tuple[str, ...], folder: Path) -> list[str]:
    return [word.format(report=folder / "9m-2024.xlsx", folder=folder) for word in command]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_no_socket_is_ever_opened(command: tuple[str, ...], tmp_path: Path) -> None:
    environment = ready(tmp_path)
    words = [sys.executable, "-m", "rehabplan", *filled(command, tmp_path)]
    done = run_in(words, environment)
    assert done.returncode in {0, 3}, done.stderr.decode()
    assert b"RP329" not in done.stdout + done.stderr, "the reader's process was ended"


def test_the_hook_above_would_see_a_socket(tmp_path: Path) -> None:
    environment = ready(tmp_path)
    for text in (
        "import socket; socket.socket()",
        "import urllib.request as u; u.urlopen('http://127.0.0.1:9/')",
    ):
        words = [sys.executable, "-c", text]
        assert subprocess.run(words, check=False, env=environment).returncode == 99  # noqa: S603 - our own words


def test_without_any_network_it_says_the_same(tmp_path: Path) -> None:
    """In a network of its own with nothing in it, where the system lets a test have one."""
    words = [sys.executable, "-m", "rehabplan", *filled(COMMANDS[0], tmp_path)]
    environment = ready(tmp_path)
    alone = ["unshare", "--net", "--map-root-user"]
    if shutil.which("unshare") is None or run_in([*alone, "true"], environment).returncode:
        pytest.skip("no network of one's own here; test_no_socket_is_ever_opened says the same more strictly")
    without, within = run_in([*alone, *words], environment), run_in(words, environment)
    assert (without.returncode, without.stdout) == (within.returncode, within.stdout)


def run_in(words: list[str], environment: dict[str, str]) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(words, capture_output=True, check=False, env=environment, cwd=ROOT)  # noqa: S603 - our own words
