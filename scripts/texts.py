"""The texts in the code that are marked for translation, found without importing it."""

import ast
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "src" / "rehabplan"
PO = SOURCE / "locale" / "vi" / "LC_MESSAGES" / "rehabplan.po"

CALLS = {"_": 1, "N_": 1, "ngettext": 2}
"""The functions that mark texts, and how many of their arguments are texts."""

Text = str | tuple[str, str]
"""A text, or one for a single thing and one for several."""


def marked(path: Path) -> Iterator[tuple[str, int, list[ast.expr]]]:
    """Yield the function, the line and the texts of every call that marks texts."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            yield node.func.id, node.lineno, node.args[: CALLS[node.func.id]]


def texts() -> dict[Text, set[str]]:
    """Return every literal text with the files that it stands in.

    Help texts are taken as Typer takes them: without the indentation of the code.
    """
    found: dict[Text, set[str]] = {}
    for path in SOURCE.rglob("*.py"):
        for _name, _line, arguments in marked(path):
            literals = [
                one.value for one in arguments if isinstance(one, ast.Constant) and isinstance(one.value, str)
            ]
            if len(literals) < len(arguments) or "" in literals:
                continue
            plain = [cleandoc(one) if "\n" in one else one for one in literals]
            text = plain[0] if len(plain) == 1 else (plain[0], plain[1])
            found.setdefault(text, set()).add(path.relative_to(SOURCE).as_posix())
    return found


def singular(text: str | tuple[str, ...] | list[str]) -> str:
    """Return what a text is filed under."""
    return text if isinstance(text, str) else text[0]
