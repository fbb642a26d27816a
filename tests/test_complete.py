"""What shells offer on Tab, asked for as their own scripts ask, in processes of their own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cases import ROOT


def asked(line: str, shell: str, folder: Path = ROOT, lang: str = "en") -> list[str]:
    """Return the lines that the program answers to a shell for an unfinished command line."""
    words = line.split(" ")
    environment = {
        **os.environ, "REHABPLAN_LANG": lang, "COLUMNS": "40", "COMP_WORDS": line,
        "_REHABPLAN_COMPLETE": f"complete_{shell}",
        "COMP_CWORD": str(len(words) - 1), "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        "_TYPER_COMPLETE_WORD_TO_COMPLETE": words[-1],
    }  # fmt: skip
    if shell != "bash":
        del environment["COMP_WORDS"]
        environment["_TYPER_COMPLETE_ARGS"] = line
    command = [sys.executable, "-c", "from rehabplan.__main__ import run; run()"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True)  # noqa: S603
    assert done.stderr == b""
    return [one for one in done.stdout.decode("utf-8").splitlines() if one]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("rehabplan che", ["check"]),
        ("rehabplan check 2", ["2020", "2023", "2024"]),
        ("rehabplan validate soc", ["soc-son-2019"]),
        ("rehabplan show plans/soc", ["plans/soc-son-2019.yaml"]),
        ("rehabplan draft 2025 --from soc", ["soc-son-2019"]),
        ("rehabplan diff 2023 202", ["2020", "2023", "2024"]),
        ("rehabplan trace 2024 outreach-", ["outreach-contacts"]),
        ("rehabplan trace plans/2024.yaml outreach-", ["outreach-contacts"]),
        ("rehabplan trace nope out", []),
        ("rehabplan form 2024 --sites d", ["districts"]),
        (
            "rehabplan check 2024 --site 27",
            ["271", "272"],
        ),
        ("rehabplan check 2024 --site Quận", None),
        ("rehabplan check 2024 --period m1", ["m1", "m10", "m11", "m12"]),
        ("rehabplan explain RP24", ["RP240", "RP241", "RP242", "RP243"]),
        ("rehabplan check 2024 --format j", ["json"]),
        ("rehabplan check 2024 --lang v", ["vi"]),
    ],
)
def test_bash(line: str, offered: list[str] | None) -> None:
    found = asked(line, "bash")
    if offered is None:
        assert found[0] == "Quận\\ Ba\\ Đình"  # bash takes a bare blank for the end of the word
        assert all(one.startswith("Quận\\ ") for one in found)
    elif "--site 27" in line:
        assert set(offered) <= set(found)
    else:
        assert found == offered


@pytest.mark.parametrize("shell", ["zsh", "fish", "powershell", "pwsh"])
def test_other_shells_show_what_a_code_means(shell: str) -> None:
    line = "rehabplan check 2024 --site " if "p" not in shell[:1] else "rehabplan check 2024 --site 0"
    found = "\n".join(asked(line, shell))
    assert "001" in found
    assert "Quận Ba Đình" in found


WHAT = {
    ("rehabplan in", "vi"): {
        "init": "Tạo thư mục làm việc chạy được ngay: kế hoạch và báo cáo ví dụ, cài đặt, hướng dẫn.",
        "inspect": "Hiển thị cách chương trình hiểu một sổ Excel: bảng, tiêu đề cột, dòng nào khớp với chỉ "
        "tiêu, dòng nào không.",
    },
    ("rehabplan check 2024 --per", "en"): {
        "--period": "The period: q1, q2 or 6m, q3 or 9m, q4 or year, m1 to m12.",
    },
    ("rehabplan check 2024 --f", "vi"): {
        "--format": "Cách trình bày kết quả.",
        "--fail-on": "Trả mã thoát 1 khi có chỉ tiêu chậm tiến độ hoặc không đạt (behind); không đạt "
        "(missed); chậm tiến độ, không đạt hoặc chưa có số liệu (not-reported).",
    },
    ("rehabplan schema --he", "vi"): {"--help": "Hiển thị phần trợ giúp này."},
    ("rehabplan --vers", "vi"): {"--version": "In số phiên bản."},
}  # fmt: skip
WRITTEN = {"bash": "{0}", "zsh": '"{0}":"{1}"', "fish": "{0}\t{1}", "powershell": "{0}:::{1}"}


@pytest.mark.parametrize("shell", WRITTEN)
@pytest.mark.parametrize(("line", "lang"), WHAT)
def test_an_offer_is_one_line_in_the_language_in_use(line: str, lang: str, shell: str) -> None:
    """The width that is assumed where there is no terminal must not cut a line in two: each is an offer."""
    found = asked(line, shell, lang=lang)
    said = WHAT[line, lang].items()
    if shell == "zsh":
        lines = [WRITTEN[shell].format(word, what.replace(":", r"\\:")) for word, what in said]
        assert "\n".join(found) == "_arguments '*: :((" + "\n".join(lines) + "))'"
    else:
        assert found == [WRITTEN[shell].format(word, what) for word, what in said]


@pytest.mark.parametrize("number", ["", "x"])
def test_a_shell_that_counts_wrongly_gets_nothing(number: str) -> None:
    words = {"_REHABPLAN_COMPLETE": "complete_bash", "COMP_WORDS": "rehabplan", "COMP_CWORD": number}
    command = [sys.executable, "-m", "rehabplan"]
    done = subprocess.run(command, env={**os.environ, **words}, capture_output=True, check=False)  # noqa: S603
    assert (done.returncode, done.stdout, done.stderr) == (2, b"", b"")


def test_a_broken_plan_offers_nothing(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "2024.yaml").write_text("targets: [\n", "utf-8")
    assert asked("rehabplan trace 2024 x", "bash", tmp_path) == []
    assert asked("rehabplan check 2024 --site x", "bash", tmp_path) == []
    (tmp_path / "rehabplan.toml").write_text("x", "utf-8")
    assert asked("rehabplan check 2", "bash", tmp_path) == []


def test_keys_are_found_as_yaml_finds_them(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "2024.yaml").write_text(
        "sites:\n  communes: {count: 1}\n# targets:\ntargets:\n\n    # a: b\n    one: {x: 1}\n    'two':\n"
        "        goal: 1\n    three : 1\nnot_targets:\n    four: 1\n",
        "utf-8",
    )
    assert asked("rehabplan trace 2024 ", "bash", tmp_path) == ["one", "two", "three"]
    assert asked("rehabplan form 2024 --sites ", "bash", tmp_path) == ["communes"]
