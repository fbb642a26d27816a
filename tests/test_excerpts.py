"""The lines of files under problems: at any width the mark is whole, and no number or date is cut."""

import re
from functools import partial
from itertools import pairwise

import pytest
from rich.cells import cell_len

from rehabplan.codepages import fitted
from rehabplan.problems import Code, Where, problem
from rehabplan.render.problems import add_problems
from rehabplan.render.screen import Screen

CHANGE = (
    '  - {date: 2024-07-15, target: dossiers, from: 1.550,5, to: "ít nhất 1 500", reason: "Điều chỉnh, 12%"}'
)
LINES = {
    "a list": (
        "  districts: {count: 30, list: sites/hanoi-until-2024.csv, key: code, valid_to: 2024-12-31}",
        2,
        9,
    ),
    "in the middle": (CHANGE, CHANGE.index("1.550"), 7),
    "at the end": (CHANGE, CHANGE.index('"Điều'), 17),
    "a goal": ('    goal: "phấn đấu 1700 hồ sơ"', 10, 21),
    "one long word": ("aliases: [" + "x" * 90 + "-2024]", 10, 60),
    "nothing": ("  wrong:", 8, 1),
    "with marks of its own": ("  tên: người cai 1.234.567, 89".replace("ê", "e\u0302"), 8, 5),
}


@pytest.mark.parametrize("encoding", ["utf-8", "cp437"])
@pytest.mark.parametrize("width", [20, 24, 33, 40, 60, 80, 100, 120])
@pytest.mark.parametrize("name", LINES)
def test_what_is_marked_is_whole_and_no_number_is_cut(name: str, width: int, encoding: str) -> None:
    line, start, marked = LINES[name]
    screen = Screen(width, color=False, fit=partial(fitted, encoding=encoding))
    where = Where("p.yaml", 12, start + 1, excerpt=line, width=marked)
    add_problems(screen, [problem(Code.DRAFT_FAILED, where, file="p", reason="r")])
    shown = [one for one in screen.text().splitlines() if re.match(r"(  12| {4}) \|", one)]
    assert max(map(cell_len, shown)) <= width
    texts = [one for one in shown if set(one[6:]) - set(" ^")]
    under = ""
    for text, mark in pairwise(shown):
        if mark not in texts:
            under += "".join(sign for sign, caret in zip(text[6:], mark[6:], strict=False) if caret == "^")
    whole = screen.shown(line)
    wanted = screen.shown(line[start : start + marked])
    assert under.replace(" ", "") == wanted.replace(" ", "") or "\u0302" in line
    if len(texts) == 1:
        kept = re.findall(r"\d[\d.,/-]*\d|\d", texts[0][6:])
        assert set(kept) <= set(re.findall(r"\d[\d.,/-]*\d|\d", whole))
        assert ("1 " in texts[0][6:]) == ("1 500" in texts[0])


def test_a_short_line_is_as_it_stands() -> None:
    screen = Screen(40, color=False)
    where = Where("plan.yaml", 8, 11, excerpt='    goal: "phấn đấu 1700 hồ sơ"', width=21)
    add_problems(screen, [problem(Code.DRAFT_FAILED, where, file="p", reason="r")])
    assert '  8 |     goal: "phấn đấu 1700 hồ sơ"\n    |           ^^^^^^^^^^^^^^^^^^^^^\n' in screen.text()
