"""Consoles that are not UTF-8: no crash, no number cut, no name lost; pipes and files stay UTF-8."""

import json
import os
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabplan.codepages import FOR_JSON, fitted, handler
from rehabplan.plan.load import load_plan
from tests.cases import ROOT
from tests.terminal import in_a_terminal

HERE = Path(__file__).parent
SNAPSHOTS = HERE / "codepages"
CODE_PAGES = ["cp1258", "cp1252", "cp437", "ascii"]
ACTUALS = ("--actuals", "reports/2024-9m.xlsx")
CHECK = ("check", "plans/2024.yaml", *ACTUALS)
COMMANDS = {
    "check": CHECK,
    "plain": (*CHECK, "--format", "plain"),
    "by site": (*CHECK, "--by", "site"),
    "trend": ("trend", "2024", *ACTUALS),
    "diff": ("diff", "2023", "2024"),
    "trace": ("trace", "2024", "post-rehab-models", *ACTUALS),
    "validate": ("validate", "plans/2024.yaml", *(str(one.relative_to(ROOT)) for one in
                 sorted(HERE.glob("errors/RP1*/plan.yaml"))[:40])),
    "help": ("check", "--help"),
    "explain": ("explain", "RP110", "RP301"),
    "wrong": ("kiểm tra",),
}  # fmt: skip


def run(words: tuple[str, ...], encoding: str, language: str, columns: int = 250) -> tuple[int, str]:
    """Return the exit code of a real process and what it prints; without an encoding that of a pipe."""
    found, out, err = run_bytes(words, encoding, language, columns)
    read = encoding.partition(":")[0] or "utf-8"
    return found, (out + err).decode(read)


def run_bytes(
    words: tuple[str, ...], encoding: str, language: str, columns: int = 250
) -> tuple[int, bytes, bytes]:
    whole = {**os.environ, "REHABPLAN_LANG": language, "COLUMNS": str(columns), "PYTHONIOENCODING": encoding}
    command = [sys.executable, "-m", "rehabplan", *words]
    done = subprocess.run(command, capture_output=True, check=False, env=whole, cwd=ROOT)  # noqa: S603 - our own words
    return done.returncode, done.stdout, done.stderr


run_once = cache(run)
bytes_once = cache(run_bytes)


def plain(text: str) -> str:
    """Return a text without marks and line breaks, so that what code pages leave can be compared."""
    letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return " ".join("".join(char for char in letters if not unicodedata.combining(char)).split())


def numbers(text: str) -> Counter[str]:
    return Counter(re.findall(r"\d+(?:[.,/]\d+)*%?", text))


# ── letters and signs ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("encoding", "text", "written"),
    [
        ("cp1258", "Số người được điều trị, tiến độ", "Số người được điều trị, tiến độ"),
        ("cp1252", "Số người được, xã, tiến độ", "Sô nguoi duoc, xã, tiên dô"),
        ("cp437", "Số người được, xã, tiến độ", "Sô nguoi duoc, xa, tiên dô"),
        ("ascii", "Số người được, Xã ĐỨC", "So nguoi duoc, Xa DUC"),
        ("ascii", "≥ 664 ≤ 536 ≠ ±0 5 – 10% 12…", ">= 664 <= 536 <> +/-0 5 - 10% 12..."),
        ("ascii", "500 × 274/366", "500 x 274/366"),
        ("cp437", "≥ 664 █░│─", "≥ 664 █░│─"),
        ("cp1252", "█████▒░│░", "#####=.|."),
        ("ascii", "─┼│ ┌─┐ ═╬║", "-+| +-+ -+|"),
        ("ascii", "✓ ▲ ▼ ✗ ○ ·", "+ ^ v X o *"),
        ("ascii", "1½ 10² x① １２３ ٣", "1(1/2) 10^2 x(1) 123 3"),
        ("ascii", "3·4 5÷10 −5 2 ‰", "3*4 5..10 -5 2 o/oo"),
        ("ascii", "“a” ‘b’ a › b → c", "\"a\" 'b' a > b -> c"),
        ("ascii", "中 🙂", r"\u4e2d \U0001f642"),
        ("utf-8", "ộ ≥ 中", "ộ ≥ 中"),
    ],
)  # fmt: skip
def test_what_is_written(encoding: str, text: str, written: str) -> None:
    sent = text.encode(encoding, handler(encoding)).decode(encoding)
    assert unicodedata.normalize("NFC", sent) == written
    assert unicodedata.normalize("NFC", fitted(text, encoding)) == written


@pytest.mark.parametrize("encoding", CODE_PAGES)
def test_signs_of_statuses_and_cells_of_bars_stay_apart(encoding: str) -> None:
    for signs in ("✓▲!▼✗?○·-", "█▒░│", "=±≠"):
        written = [fitted(sign, encoding) for sign in signs]
        assert len(set(written)) == len(signs)
    for letters in ("đĐ", "ôơo"):
        assert all(fitted(letter, encoding) for letter in letters)


@given(st.text(), st.sampled_from([*CODE_PAGES, "gbk", "koi8_r", "cp850", "utf-16", "iso8859_1"]))
def test_every_text_can_be_written_in_every_encoding(text: str, encoding: str) -> None:
    sent = text.encode(encoding, handler(encoding)).decode(encoding)
    assert len(re.findall("[0-9]", text)) <= len(re.findall("[0-9]", sent))
    assert sent.count("?") - text.count("?") == sum(
        unicodedata.category(char) == "Cs" or (char == "\ufffd" and not encoding.startswith("utf"))
        for char in text
    )
    assert fitted(fitted(text, encoding), encoding) == fitted(text, encoding)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_json_in_ascii_is_the_same_json(text: str) -> None:
    written = json.dumps({"a": text}, ensure_ascii=False).encode("ascii", FOR_JSON)
    assert json.loads(written) == {"a": text}


# ── real processes ────────────────────────────────────────────────────────────────────────────


def mostly_later(first: tuple[object, ...], *others: object) -> list[object]:
    """Return parameters of which the first are tried each time, the others under pressure: they take time."""
    return [*first, *(pytest.param(one, marks=pytest.mark.pressure) for one in others)]


@pytest.mark.parametrize("encoding", mostly_later(("cp1258", "ascii"), "cp1252", "cp437"))
@pytest.mark.parametrize(
    "name", mostly_later(("check", "help"), *(name for name in COMMANDS if name not in ("check", "help")))
)
def test_nothing_is_lost(encoding: str, name: str) -> None:
    same_in("vi", encoding, name)


@pytest.mark.pressure
@pytest.mark.parametrize("encoding", ["cp1252", "ascii:strict"])
@pytest.mark.parametrize("name", ["check", "trend", "help"])
def test_nothing_is_lost_in_english(encoding: str, name: str) -> None:
    same_in("en", encoding, name)


def same_in(language: str, encoding: str, name: str) -> None:
    code, wanted = run_once(COMMANDS[name], "", language)
    found_code, found = run(COMMANDS[name], encoding, language)
    assert found_code == code
    assert "Traceback" not in found
    assert "?" not in re.sub(r"\?", "", found, count=wanted.count("?"))
    assert numbers(found) == numbers(wanted)
    shown = plain(found)
    names = [str(one.name) for one in load_plan(ROOT / "plans" / "2024.yaml").plan.targets.values()]
    for one in names:
        assert (plain(one) in shown) is (plain(one) in plain(wanted))
    words = Counter(re.findall(r"[A-Za-z]{3,}", plain(wanted)))
    assert words - Counter(re.findall(r"[A-Za-z]{3,}", shown)) == Counter()


@pytest.mark.parametrize("encoding", CODE_PAGES)
def test_a_screen_of_each_code_page(encoding: str) -> None:
    """Columns stand under each other; REHABPLAN_REGEN=1 writes the screens anew."""
    code, found = run(CHECK, encoding, "vi", 100)
    assert code == 0
    expected = SNAPSHOTS / f"{encoding}.txt"
    if os.environ.get("REHABPLAN_REGEN"):
        expected.write_text(found, "utf-8")
    assert found == expected.read_text("utf-8")
    assert max(len(plain(line)) for line in found.splitlines()) <= 100


@pytest.mark.parametrize("encoding", mostly_later(("cp1258",), "ascii:strict", "utf-16", ""))
@pytest.mark.parametrize("words", [(*CHECK, "--format", "json"), (*CHECK, "--format", "csv"), ("schema",)])
def test_what_programs_read_is_utf_8(encoding: str, words: tuple[str, ...]) -> None:
    assert run_bytes(words, encoding, "vi") == bytes_once(words, "utf-8", "vi")


def test_a_draft_in_a_pipe_is_utf_8() -> None:
    words = ("draft", "2025", "--from", "2024", "-o", "-")
    code, out, _err = run_bytes(words, "ascii", "vi")
    assert (code, out) == run_bytes(words, "utf-8", "vi")[:2]
    assert "Khách hàng" in out.decode("utf-8")


@pytest.mark.parametrize("encoding", mostly_later(("utf-16", "gbk"), "cp037", "idna", "utf-8-sig"))
def test_strange_encodings(encoding: str) -> None:
    """What has no digits or lines of its own is not used."""
    code, out, _err = run_bytes(CHECK, encoding, "vi")
    assert code == 0
    text = out.decode("utf-8" if encoding == "idna" else encoding)
    assert "1.139/?" in text


# ── terminals ─────────────────────────────────────────────────────────────────────────────────


terminal = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pty module")


@terminal
@pytest.mark.parametrize(
    "environment",
    mostly_later(
        ({"LC_ALL": "C"}, {"LANG": "vi_VN.TCVN"}),
        {"LANG": "vi_VN.VISCII1.1-1"},
        {"LC_ALL": "C", "TERM": "dumb"},
    ),
)
def test_a_terminal_of_another_encoding(environment: dict[str, str]) -> None:
    code, found = in_a_terminal(CHECK, REHABPLAN_LANG="vi", NO_COLOR="1", **environment)
    assert code == 0
    text, _heading, following = found.decode("ascii").partition("\nViec tiep theo\n")
    assert following.startswith("  rehabplan trace ")
    assert "\x1b" not in text
    assert numbers(text) == numbers(run_once(CHECK, "", "vi", 120)[1])
    assert ">= 664" in text
    assert "Cai nghien" in text


NEXT = "\nViệc tiếp theo\n"


@terminal
def test_a_terminal_of_utf_8_and_its_colours() -> None:
    utf_8 = {"PYTHONUTF8": "1", "REHABPLAN_LANG": "vi"}
    wanted = run_once(CHECK, "", "vi", 120)[1]
    for bare in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        code, found = in_a_terminal(CHECK, **utf_8, **bare)
        assert (code, found.decode().partition(NEXT)[0]) == (0, wanted)
    _code, coloured = in_a_terminal(CHECK, **utf_8, TERM="xterm", NO_COLOR="")
    assert b"\x1b[" in coloured
    assert (
        re.sub(r"\x1b\[[0-9;]*m", "", coloured.decode()).partition("Việc tiếp theo")[0].split()
        == wanted.split()
    )


@terminal
def test_json_in_a_terminal_is_json() -> None:
    words = (*CHECK, "--format", "json")
    _code, found = in_a_terminal(words, LC_ALL="C", REHABPLAN_LANG="vi")
    assert json.loads(found.decode("ascii")) == json.loads(run(words, "", "vi")[1])


@terminal
def test_errors_in_a_terminal() -> None:
    code, found = in_a_terminal(("check", "2042", *ACTUALS), LC_ALL="C", REHABPLAN_LANG="vi", NO_COLOR="1")
    assert (code, found.decode("ascii").splitlines()[0]) == (3, "loi RP201")
    code, found = in_a_terminal(("--help",), LC_ALL="C", REHABPLAN_LANG="vi")
    assert (code, b"Giai thich ma loi, ma canh bao" in found) == (0, True), found
