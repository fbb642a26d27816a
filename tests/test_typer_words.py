"""Typer's own sentences: each is provoked, so that a new Typer that words one otherwise is found out."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from scripts.texts import texts
from typer.core import TyperArgument, TyperOption
from typer.main import get_command

from rehabplan import i18n
from rehabplan.cli import app
from rehabplan.cli.wording import METAVARS, Worded, metavars, reworded
from tests.cases import ROOT, run

if TYPE_CHECKING:
    from rehabplan.cli.guard import Guard

COMMANDS = cast("Guard", get_command(app))
NAMES = sorted(COMMANDS.commands)
LOADED = {name: COMMANDS.loaded(name) for name in NAMES}


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("validat", "Lỗi: Không có lệnh 'validat'. Có phải muốn dùng 'validate'?"),
        ("zzz", "Lỗi: Không có lệnh 'zzz'."),
        ("--bogus", "Lỗi: Không có tùy chọn --bogus"),
        ("check --actual x", "Lỗi: Không có tùy chọn --actual (có thể là: --actuals)"),
        ("check -z", "Lỗi: Không có tùy chọn -z"),
        ("check", "Lỗi: Thiếu tham số 'KẾ-HOẠCH'."),
        ("check 2024", "Lỗi: Thiếu tùy chọn '--actuals'."),
        ("check 2024 --actuals", "Lỗi: Tùy chọn '--actuals' phải có giá trị đi kèm."),
        ("check 2024 --actuals x --format xml",
         ("Lỗi: Giá trị của '--format' không hợp lệ: 'xml' không thuộc các giá trị "
          "'table', 'json', 'markdown', 'csv', 'plain'.")),
        ("check 2024 2025 --actuals x", "Lỗi: Thừa tham số (2025)"),
        ("form 2024 --all-sites=yes", "Lỗi: Tùy chọn '--all-sites' không kèm giá trị."),
        ("draft next --from 2024", "Lỗi: Giá trị của 'NĂM' không hợp lệ: 'next' không phải là số nguyên."),
        ("draft 1066 --from 2024",
         "Lỗi: Giá trị của 'NĂM' không hợp lệ: 1066 nằm ngoài khoảng 1990<=x<=2100."),
        ("diff 2024", "Lỗi: Giá trị của KẾ-HOẠCH KẾ-HOẠCH... không hợp lệ: "),
        ("check 2024 --actuals x --lang fr", "Không có"),
        ("check 2024 --actuals x --period 9m --as-of 1/1/2024", "Lỗi: Giá trị không hợp lệ: "),
    ],
)  # fmt: skip
def test_wrong_command_lines(command: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    if command.endswith("--lang fr"):
        said = "Lỗi: Giá trị của '--lang' không hợp lệ: 'fr' không thuộc các giá trị 'vi', 'en'."
    output = run(command, REHABPLAN_LANG="vi")
    assert said in " ".join(output.split())
    if "Lỗi: Tùy chọn" not in said:  # of these Typer does not tell which command is meant
        assert "Cách dùng: rehabplan" in output
        assert "Xem trợ giúp: rehabplan" in output
    assert output.endswith("exit code 2\n")
    assert_no_english(output)


@pytest.mark.parametrize("command", ["", "--help", "-h", *(f"{name} --help" for name in NAMES)])
def test_help_is_in_one_language(command: str) -> None:
    output = run(command, REHABPLAN_LANG="vi")
    assert "Cách dùng: rehabplan" in output
    assert "--lang <vi|en>" in output
    assert "Hiển thị phần trợ giúp này." in output
    assert_no_english(output)


ENGLISH = re.compile(
    r"\b(usage|options?|arguments?|commands?|default|required|error|missing|invalid|try|help|show|message|exit"
    r"|the|and|for|with|you|not|must|value|file|plan|path|label|date|name|target|install|completion)\b"
)


NAMES_LEFT = re.compile(
    rf"^\s*({'|'.join(NAMES)}) |rehabplan [a-z]+|-{{1,2}}[\w-]+|\w+-\w+|<[^>]*>|'[^']*'"
    r"|\S+\.(xlsx|yaml|json)|\$schema=\S+|plans/|[a-z]+:",
    re.MULTILINE,
)
"""Names of commands, options, choices, files and keys are English in every language."""


def assert_no_english(output: str) -> None:
    text = NAMES_LEFT.sub(" ", output.partition("--- exit code")[0].replace("--- stderr", ""))
    assert sorted({found[0] for found in ENGLISH.finditer(text.casefold())}) == []


def params() -> Iterator[TyperArgument | TyperOption]:
    for command in (COMMANDS, *LOADED.values()):
        for one in command.params:
            assert isinstance(one, TyperArgument | TyperOption)
            yield one


def test_every_help_text_is_marked() -> None:
    known = {one for text in texts() for one in ([text] if isinstance(text, str) else text)}
    for one in params():
        assert one.help in known, f"mark the help of {one.opts} with N_"
        for word in re.findall(r"[A-Z]+", one.metavar or ""):
            assert word in METAVARS, f"add {word} to cli.wording.METAVARS"
    for command in (COMMANDS, *LOADED.values()):
        assert command.help in known


def test_every_command_speaks_and_takes_the_language() -> None:
    for name, command in LOADED.items():
        assert isinstance(command, Worded), f"give {name} cls=Worded"
        assert [one for one in command.params if "--lang" in one.opts], name


def test_what_is_not_typers_is_left_alone() -> None:
    with i18n.use("vi"):
        assert reworded("Chưa có tệp: x") == "Chưa có tệp: x"
        assert metavars("[OPTIONS] {PLAN} HTML") == "[TÙY-CHỌN] {KẾ-HOẠCH} HTML"
    assert reworded("Missing command.") == "Missing command."
    assert metavars("[OPTIONS]") == "[OPTIONS]"


def test_completion_is_installed_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("typer._completion_shared._get_shell_name", lambda: "bash")
    monkeypatch.setenv("HOME", str(tmp_path))
    output = run("--install-completion", REHABPLAN_LANG="vi")
    assert "Đã cài đặt tự hoàn thành lệnh cho bash vào" in output
    assert "exit code 0" in output
    assert_no_english(output)


@pytest.mark.parametrize("command", ["--lang vi", "--lang=vi"])
def test_a_language_alone_shows_the_help(command: str) -> None:
    assert run(command) == run("", REHABPLAN_LANG="vi")


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("width", [30, 40, 60])
def test_help_and_wrong_command_lines_keep_to_the_window(width: int, language: str) -> None:
    for command in ("check --help", "diff --help", "explain --help"):
        found = run(command, columns=width, REHABPLAN_LANG=language)
        assert max(map(len, found.splitlines())) <= width, found
    assert "--format <table|json|markdown|csv|plain>" in re.sub(r"\|\n +", "|", run("check -h", columns=40))
    wrong = run("check 2024 --actuals x --format jsn", columns=width, REHABPLAN_LANG=language)
    assert max(map(len, wrong.splitlines())) <= width, wrong
    assert ("(did you mean 'json'?)" if language == "en" else "(có phải là 'json' không?)") in " ".join(
        wrong.split()
    )
