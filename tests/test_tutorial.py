"""The tutorials and the page of questions run from top to bottom, and print what they show."""

from pathlib import Path

import pytest
from scripts.make_docs import walks
from scripts.walk import WalkError, walked

from tests.cases import ROOT

WALKS = walks()


@pytest.mark.parametrize("page", WALKS, ids=lambda page: page.name)
def test_a_page_shows_what_its_commands_print(page: Path) -> None:
    text = page.read_text("utf-8")
    assert walked(text) == text


@pytest.mark.parametrize("page", WALKS, ids=lambda page: page.name)
def test_commands_are_the_same_in_every_shell(page: Path) -> None:
    """No quotes but double ones, no variables, pipes, redirections or escapes: cmd.exe knows others."""
    for line in page.read_text("utf-8").splitlines():
        if line.startswith("rehabplan "):
            assert not set(line) & set("'$|<>&;^%!*?`\\~"), line


@pytest.mark.parametrize("name", ["tutorial", "verdicts", "why"])
def test_both_languages_take_the_same_steps(name: str) -> None:
    def commands(page: str) -> list[str]:
        text = (ROOT / "docs" / page).read_text("utf-8")
        return [line.split()[1] for line in text.splitlines() if line.startswith("<!-- run: ")]

    assert commands(f"{name}.md") == commands(f"{name}.vi.md") != []


def page(*lines: str) -> str:
    return "\n".join(["<!-- walk: 80 en -->", *lines, ""])


FILE = ["<!-- file: a.txt -->", "```text", "one", "two", "```"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["<!-- run: rehabplan show 2024 -->", "<!-- end -->"], "ends with 3"),
        (["<!-- run: rehabplan show 2024 | exit 0 -->", "<!-- end -->"], "ends with 3"),
        (["<!-- run: rehabplan explain RP110 | until 'nowhere' -->", "<!-- end -->"], "is not in the output"),
        (["<!-- run: del a.txt -->", "<!-- end -->"], "no command of ours"),
        (["<!-- run: rehabplan --version -->"], "no end mark"),
        (["<!-- run: rehabplan --version -->", *FILE, "<!-- end -->"], "no end mark"),
        (["<!-- file: a.txt -->", "nothing"], "1 blocks are needed"),
        ([*FILE, "<!-- change: a.txt -->", "```text", "three", "```", "```text", "two", "```"], "0 times"),
    ],
)
def test_a_step_that_cannot_be_made_is_said(lines: list[str], said: str) -> None:
    with pytest.raises(WalkError, match=said):
        walked(page(*lines))


def test_what_is_left_out_is_left_out_by_lines() -> None:
    mark = "<!-- run: rehabplan explain RP110 | from 'Cause' | until 'Example' -->"
    shown = walked(page(mark, "anything", "<!-- end -->"))
    assert "```text\n…\nCause\n" in shown
    assert shown.endswith("\n…\n```\n\n<!-- end -->\n")
    assert "anything" not in shown
