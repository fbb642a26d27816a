"""Every text that a person reads goes through gettext, and can be found by its extractors."""

import ast
import gettext
import re
import shlex
from pathlib import Path

import pytest
from scripts.texts import SOURCE, marked, texts
from typer.testing import CliRunner

from rehabplan import i18n
from rehabplan.cli import app
from tests.conftest import PLAN
from tests.grid import write_workbook

MODULES = sorted(SOURCE.rglob("*.py"))


def messages() -> set[str]:
    """Return every text, of one thing and of several."""
    return {one for text in texts() for one in ([text] if isinstance(text, str) else text)}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_messages_can_be_extracted(path: Path) -> None:
    """A message is a literal, or is looked up where a literal marked by N_ was kept."""
    for name, line, arguments in marked(path):
        for text in arguments:
            assert not isinstance(text, ast.JoinedStr | ast.BinOp | ast.Call), f"{path.name}:{line}"
            assert name != "N_" or isinstance(text, ast.Constant), f"{path.name}:{line}"


class AtImport(ast.NodeVisitor):
    """Finds the calls that run when a module is imported, which is before anybody chose a language."""

    def __init__(self) -> None:
        self.lines: list[int] = []

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        for part in (*node.decorator_list, *node.args.defaults, *node.args.kw_defaults):
            if part is not None:
                self.visit(part)
        for argument in (*node.args.args, *node.args.kwonlyargs):
            if argument.annotation is not None:
                self.visit(argument.annotation)

    def visit_Lambda(self, node: ast.Lambda) -> None:
        """Its body runs later."""

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Name) and node.func.id in ("_", "ngettext"):
            self.lines.append(node.lineno)
        self.generic_visit(node)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_text_is_looked_up_when_a_module_is_imported(path: Path) -> None:
    """Mark it with N_ there; help texts are looked up by cli.wording."""
    found = AtImport()
    found.visit(ast.parse(path.read_text("utf-8")))
    assert found.lines == []


def test_messages_have_named_arguments_only() -> None:
    for text in messages():
        odd = r"(?<!\{)\{(?!\{|\w+\}|vi: |each: |value: |date: |by_quarter|curve)"
        assert re.findall(odd, text) == [], text


class Pseudo(gettext.NullTranslations):
    """A catalogue that turns every letter of a message into █, so that what is left was never looked up."""

    def gettext(self, message: str) -> str:
        parts = re.split(r"(\{\{|\}\}|\{\w+\})", message)
        return "".join(part if part[:1] in "{}" else re.sub(r"[^\W\d]", "█", part) for part in parts)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    def info(self) -> dict[str, str]:
        return {"language": "vi"}


@pytest.mark.pressure
@pytest.mark.parametrize(
    "arguments",
    [
        "check plan.yaml --actuals 2024-9m.xlsx",
        "check plan.yaml --actuals 2024-9m.xlsx --period 6m",
        "check plan.yaml --actuals 2024-9m.xlsx --by site --format markdown",
        "check plan.yaml --actuals 2024-9m.xlsx --by site --format plain",
        "trace plan.yaml contacts --actuals 2024-9m.xlsx",
        "trace plan.yaml voluntary --actuals 2024-9m.xlsx",
        "trace plan.yaml models --actuals 2024-9m.xlsx",
        "show plan.yaml",
        "validate plan.yaml",
        "validate broken.yaml",
        "check plan.yaml --actuals nowhere.xlsx",
        "trace plan.yaml contact --actuals 2024-9m.xlsx",
        "form plan.yaml --period 9m -o out.xlsx",
        "form plan.yaml --period 9m --site nowhere -o out.xlsx",
    ],
)
def test_nothing_is_printed_past_gettext(
    arguments: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With every message blotted out, no word of any message is left on the screen."""
    (tmp_path / "plan.yaml").write_text(PLAN, "utf-8")
    (tmp_path / "broken.yaml").write_text(PLAN.replace("goal: 500", "goal: 1.500\n    ggoal: no"), "utf-8")
    grid = """\
Nội dung | Đơn vị tính | Chỉ tiêu năm | Thực hiện | Khác
Cai nghiện tự nguyện | người | 1300 | "1.664" | 5
Tiếp cận khách hàng | người | | 257 |
Xã, phường có mô hình | xã | | 570/580 |
Tỷ lệ người được tiếp cận dịch vụ | người | | 12 |
Tổ chức sơ kết | | | Chưa đạt |
"""
    write_workbook(grid, tmp_path / "2024-9m.xlsx")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(i18n.catalogues, "vi", Pseudo())
    result = CliRunner(env={"COLUMNS": "160"}).invoke(app, ["--lang", "vi", *shlex.split(arguments)])
    assert result.exit_code in (0, 3)
    words = {word for text in messages() for word in re.findall(r"[a-z]{4,}", text)}
    # Keys, kinds and ids of the plan file stay English in every language (design.md §6).
    keys = {"validate", "plan", "target", "count", "rate", "coverage", "milestone", "goal", "kind", "name",
            "unit", "sites", "parent", "indicator", "baseline", "pace", "over", "owners", "scope", "source",
            "note", "aliases", "population", "contacts", "voluntary", "access", "models", "review", "loans",
            "yaml", "xlsx", "nowhere", "broken", "contact", "tháng", "number", "model"}  # fmt: skip
    left = set(re.findall(r"(?<![\w-])[a-z]{4,}(?![\w-])", result.output)) & words - keys
    assert left == set()
