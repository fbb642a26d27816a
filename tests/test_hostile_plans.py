"""Broken and hostile plan files: a clear message at its line, in bounded time, through loader and command."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from rehabplan.actuals.layoutfile import read_layouts
from rehabplan.plan.crosswalk import read_crosswalk
from rehabplan.plan.files import MOST_ROWS, read_site_list
from rehabplan.plan.find import find_plan
from rehabplan.plan.load import MOST_PROBLEMS, MOST_TARGETS, load_plan
from rehabplan.problems import MOST_SHOWN, RehabplanError
from rehabplan.sites import SiteIndex
from rehabplan.textfile import MOST_BYTES
from rehabplan.yamltree import MAX_CHARACTERS, MAX_DEPTH, MAX_VALUES
from tests.hostile_plans import GOOD, HEAD, Hostile, plans

pytestmark = pytest.mark.pressure

PLANS = list(plans())
ROOT = Path(__file__).parents[1]
HANGS = 120
"""Seconds after which a command that takes a fraction of one has surely hung."""
MANY = 1_000
"""Targets, sites and totals by which a search that takes the cube of them would never end."""


def test_the_names_are_different() -> None:
    assert len({one.name for one in PLANS}) == len(PLANS)


@pytest.mark.parametrize("hostile", PLANS, ids=lambda one: one.name)
def test_every_mistake_is_told_at_its_line(hostile: Hostile, tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    path.write_bytes(hostile.content)
    with pytest.raises(RehabplanError) as error:
        load_plan(path)
    problems = error.value.problems
    places = [(one.code.number, one.where.line if one.where else None) for one in problems]
    assert sorted(places, key=str) == sorted(hostile.found, key=str)
    assert all(len(one.message) < 3 * MOST_SHOWN for one in problems)
    for one in problems:
        if one.where and one.where.excerpt is not None and one.where.column is not None:
            assert 1 <= one.where.column <= len(one.where.excerpt) + 1


# ── many, each right by itself ────────────────────────────────────────────────────────────────

SHARED = (
    "sites: {all: {count: 1, unit: commune, list: s.csv, key: code}}\nshares: {sites: all, list: h.csv}\n"
)


def _target(number: int, more: str) -> str:
    name = f"{{vi: Hồ sơ {number}, en: D{number}}}"
    return f"  t{number}: {{name: {name}, kind: count, unit: dossier, goal: 1700, {more}}}\n"


@pytest.mark.parametrize(
    ("more", "head"),
    [
        ("parent: t{number}x", ""),
        ("parent: t{after}", ""),
        ("was: t{after}", ""),
        ("split_from: t{number}", ""),
        ("aliases: [a, b, c]", ""),
        ("indicator: one", ""),
        ("", "totals:\n" + "- {name: {vi: a, en: b}, stated: 1, unit: dossier, parts: [x1, x2, x3, x4]}\n" * 2000),
        ("", "sites:\n" + "".join(f"  s{n}: {{count: 1, unit: commune, within: z{n}}}\n" for n in range(9000))),
        ("", SHARED),
    ],
    ids=["no parent", "a circle", "renamed", "split", "same labels", "same row", "totals", "sites", "shares"],
)  # fmt: skip
def test_many_targets_end(more: str, head: str, tmp_path: Path) -> None:
    """Targets by the hundred, each resting on others: every search ends, and tells no more than the limit."""
    last = MANY
    made = (_target(n, more.format(number=n, after=(n + 1) % last)) for n in range(last))
    path = tmp_path / "plan.yaml"
    path.write_text(f"{HEAD}{head}targets:\n{''.join(made)}", "utf-8")
    (tmp_path / "s.csv").write_text("code,t1\n" + "".join(f"{n},1\n" for n in range(9000)), "utf-8")
    columns = ",".join(f"x{n}" for n in range(40))
    (tmp_path / "h.csv").write_text(f"code,{columns}\n" + "".join(f"x{n},\n" for n in range(9000)), "utf-8")
    try:
        found = list(load_plan(path).problems)
    except RehabplanError as error:
        found = list(error.problems)
    assert len(found) <= MOST_PROBLEMS + 1


def test_a_chain_of_parts_as_long_as_may_be(tmp_path: Path) -> None:
    made = (_target(n, f"parent: t{n + 1}" if n + 1 < MANY else "") for n in range(MANY))
    path = tmp_path / "plan.yaml"
    path.write_text(f"{HEAD}targets:\n{''.join(made)}", "utf-8")
    order = load_plan(path).plan.in_tree_order()
    assert [depth for _target_of_it, depth in order] == list(range(MANY))


# ── paths ─────────────────────────────────────────────────────────────────────────────────────


def _reason(path: Path) -> str:
    with pytest.raises(RehabplanError) as error:
        load_plan(find_plan(str(path)))
    return error.value.problems[0].message


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes and devices in folders")
def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "nowhere.yaml").symlink_to("gone.yaml")
    (tmp_path / "circle.yaml").symlink_to("circle.yaml")
    (tmp_path / "zero.yaml").symlink_to("/dev/zero")
    assert "pipe" in _reason(tmp_path / "pipe.yaml")
    assert "it is a folder" in _reason(tmp_path / "folder.yaml")
    assert "no such file" in _reason(tmp_path / "nowhere.yaml")
    assert "cannot be read" in _reason(tmp_path / "circle.yaml")
    assert "device" in _reason(tmp_path / "zero.yaml")
    for path in (tmp_path / "pipe.yaml", tmp_path / "folder.yaml", Path("/dev/zero")):
        with pytest.raises(ValueError, match="it is a"):
            read_site_list(path)
        with pytest.raises(RehabplanError, match="it is a"):
            read_crosswalk(path)


@pytest.mark.parametrize("name", ["x" * 5000 + ".yaml", "a\0b.yaml", "a/" * 3000 + "b.yaml"])
def test_names_that_no_file_can_have(name: str) -> None:
    with pytest.raises(RehabplanError):
        load_plan(find_plan(name))


_AS_NOBODY = """
import contextlib, io, os, sys
from rehabplan.cli import app
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    app(["validate", "good.yaml"])  # imports all that the command needs, while that may be read
    app(["check", "good.yaml", "--actuals", "none.xlsx"])
os.setgroups([]); os.setgid(65534); os.setuid(65534)
app(sys.argv[1:])
"""


@pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no users by number; `icacls` is its own matter"
)
@pytest.mark.parametrize(
    ("name", "mode", "code"),
    [
        ("closed.yaml", 0o755, "RP101"),
        ("shut/plan.yaml", 0o755, "RP101"),
        ("with-list.yaml", 0o755, "RP143"),
    ],
)
def test_what_may_not_be_read(name: str, mode: int, code: str, tmp_path: Path) -> None:
    """As another user where the tests run as root, to whom nothing is closed."""
    for folder in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
        folder.chmod(mode)
    (tmp_path / "good.yaml").write_text(GOOD, "utf-8")
    (tmp_path / "closed.yaml").write_text(GOOD, "utf-8")
    (tmp_path / "list.csv").write_text("code\n1\n", "utf-8")
    sites = "sites: {all: {count: 1, unit: commune, list: list.csv, key: code}}\ntargets:"
    (tmp_path / "with-list.yaml").write_text(GOOD.replace("targets:", sites), "utf-8")
    (tmp_path / "shut").mkdir()
    (tmp_path / "shut" / "plan.yaml").write_text(GOOD, "utf-8")
    for path in ("closed.yaml", "list.csv", "shut"):
        (tmp_path / path).chmod(0)
    root = os.geteuid() == 0
    lines = [line for line in _AS_NOBODY.splitlines() if root or "setuid" not in line]
    command = [sys.executable, "-c", "\n".join(lines)]
    try:
        done = subprocess.run(  # noqa: S603 - our own words
            [*command, "validate", name], cwd=tmp_path, capture_output=True, text=True, timeout=60,
            check=False,
            env={**os.environ, "REHABPLAN_LANG": "en"},
        )  # fmt: skip
    finally:
        (tmp_path / "shut").chmod(0o755)
    assert done.returncode == 3, done.stderr
    assert code in done.stdout
    assert "Traceback" not in done.stderr


# ── the command ───────────────────────────────────────────────────────────────────────────────

COMMANDS = (["validate", "plan.yaml"], ["check", "plan.yaml", "--actuals", "none.csv", "--format", "json"],
            ["diff", "plan.yaml", "good.yaml", "--format", "json"])  # fmt: skip
_SAMPLES = ("billion laughs", "100,000 brackets", "very many values", "very many problems", "a million digits",
            "a tag !!python/object/apply:os.system", "U+202E", "U+0000", "utf-16-le", "only empty")  # fmt: skip
MEMORY = 1 << 30


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


@pytest.mark.parametrize("name", _SAMPLES)
def test_the_command_says_it_and_ends_with_3(name: str, tmp_path: Path) -> None:
    """Within a gigabyte of memory, interpreter and libraries included."""
    (hostile,) = (one for one in PLANS if one.name == name)
    (tmp_path / "plan.yaml").write_bytes(hostile.content)
    (tmp_path / "good.yaml").write_text(GOOD, "utf-8")
    numbers = [number for number, _line in hostile.found]
    script = (
        "import contextlib, json, sys\nfrom rehabplan.cli import app\n"
        "for words in json.loads(sys.argv[1]):\n"
        "    try: app(words)\n"
        "    except SystemExit as end: print(f'\\0{end.code}\\0', flush=True)\n"
    )
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", script, json.dumps(COMMANDS)], cwd=tmp_path, capture_output=True,
        timeout=HANGS, check=False, preexec_fn=_limited if sys.platform != "win32" else None,
        env={**os.environ, "REHABPLAN_LANG": "en", "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert b"Traceback" not in done.stderr
    parts = done.stdout.decode().split("\0")
    assert parts[1::2] == ["3", "3", "3"]
    assert all(number in parts[0] for number in numbers)
    for document in (parts[2], parts[4]):
        found = [(one["code"], one["line"]) for one in json.loads(document)["problems"]]
        assert sorted(found, key=str) == sorted(hostile.found, key=str)


# ── the other files that a planner writes ─────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"code,code\n1,2\n", "twice"),
        (b"code,None\n1,2,3\n", "more values than"),
        (b'code\n"1\n', "no CSV"),
        (b"code\n\xff\n", "line 2 is not UTF-8"),
        ("code\n1\n".encode("utf-16"), "UTF-16"),
        (b"code\n" + b"1\n" * (MOST_ROWS + 1), "rows"),
        (b"code," + b"x," * 1000 + b"y\n" + b"1\n" * 1000, "values|twice"),
        (b"x" * (MOST_BYTES + 1), "bytes"),
        (b"code\n" + b"1" * 200_000, "no CSV"),
    ],
)
def test_lists_of_sites(content: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=reason):
        read_site_list(path)


def test_lists_are_read_however_their_lines_end(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    for end in ("\n", "\r\n", "\r"):
        path.write_text(end.join(["\ufeffcode,None", '1,"a\u2028b"', "", "2"]), "utf-8", newline="")
        assert read_site_list(path) == [{"code": "1", "None": "a\u2028b"}, {"code": "2", "None": ""}]


def test_a_share_of_a_million_digits_is_told(tmp_path: Path) -> None:
    shares = (
        "sites: {all: {count: 1, unit: commune, list: s.csv, key: code}}\nshares: {sites: all, list: h.csv}\n"
    )
    path = tmp_path / "plan.yaml"
    path.write_text(GOOD.replace("targets:", f"{shares}targets:"), "utf-8")
    (tmp_path / "s.csv").write_text("code\n1\n", "utf-8")
    for raw in ("9" * 100_000, "٣", "1e9", "0x1", "-1", "1_000", " "):
        (tmp_path / "h.csv").write_text(f"code,dossiers\n1,{raw}\n", "utf-8")
        if raw == " ":
            assert load_plan(path).shares == {}
            continue
        with pytest.raises(RehabplanError, match="line 2: '"):
            load_plan(path)


@pytest.mark.parametrize(
    "hostile", [one for one in PLANS if len(one.content) < 10**6], ids=lambda one: one.name
)
def test_a_layout_file_of_the_same_content(hostile: Hostile, tmp_path: Path) -> None:
    (tmp_path / "layout.yaml").write_bytes(hostile.content)
    with pytest.raises(RehabplanError):
        read_layouts([tmp_path / "a.xlsx"], "layout.yaml", ["dossiers"], SiteIndex())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes in folders")
def test_a_layout_that_is_no_file_is_not_passed_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "layout.yaml")
    with pytest.raises(RehabplanError, match="pipe"):
        read_layouts([tmp_path / "a.xlsx"], "layout.yaml", [], SiteIndex())
    (tmp_path / "layout.yaml").unlink()
    (tmp_path / "layout.yaml").symlink_to("gone")
    with pytest.raises(RehabplanError, match="no such file"):
        read_layouts([tmp_path / "a.xlsx"], "layout.yaml", [], SiteIndex())


def test_the_documented_limits_are_those_of_the_code() -> None:
    page = (ROOT / "docs" / "security.md").read_text("utf-8")
    _before, _heading, section = page.partition("## Limits on plan files")
    for limit in (MOST_BYTES, MAX_CHARACTERS, MAX_VALUES, MAX_DEPTH, MOST_TARGETS, MOST_PROBLEMS, MOST_ROWS):
        assert f"{limit:,}" in section
