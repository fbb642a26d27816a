"""Pages that are walked through: their commands run in one empty folder, their outputs go into the page.

`<!-- walk: 100 vi -->` on a page's first lines says the width and the language; the folder is empty then.
From there on, in the order of the page:

- `<!-- run: COMMAND -->` … `<!-- end -->` holds what a command prints, whole or `| from 'text'` on and
  `| until 'text'`, by lines (… stands for what is left out); `| exit 3` is the code that it must end with,
  0 where not said.
- `<!-- file: PATH -->`: the fenced block below is the whole content of a file.
- `<!-- change: PATH -->`: of the two fenced blocks below, the first stands in the file once and becomes the
  second.
- `<!-- fill: PATH -->`, with `| as PATH` to save it elsewhere: each row of the table below is a cell and
  what to write into it (`41, format …` with a number format).
- `<!-- sheets: PATH -->`: the names in italics below are those of the workbook's sheets.
- `<!-- given: FOLDER -->` begins a new folder with the files of a golden case under tests/; `<!-- given: -->`
  an empty one.
"""

import contextlib
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils.cell import coordinate_to_tuple
from tests.cases import HERE, prepared, run

_WALK = re.compile(r"<!-- walk: (?P<columns>\d+) (?P<language>vi|en) -->")
_MARK = re.compile(r"<!-- (?P<what>run|file|change|fill|given|sheets):(?P<rest>.*?) *-->\n", re.DOTALL)
_END = "<!-- end -->"
_FENCE = re.compile(r"^```\w*\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
_ROW = re.compile(r"^\| *`?(?P<cell>[A-Z]+\d+)`? *\|(?:[^|\n]*\|)*? *(?P<value>[^|\n]*?) *\|$", re.MULTILINE)
_FORMAT = re.compile(r", (?:format|định dạng) ")
_ITALIC = re.compile(r"(?<!\*)\*(?!\*)([^*\n]+)\*(?!\*)")
_OPTION = re.compile(r" \| (?P<name>from|until|exit|as) (?P<quote>'?)(?P<value>.+?)(?P=quote)(?= \| |$)")


class WalkError(ValueError):
    """A page's step that cannot be made, said with the step."""


@dataclass(frozen=True)
class _Step:
    """A mark of a page: what is to be done, with what, its options, and the text below it."""

    what: str
    words: str
    options: dict[str, str]
    below: str


def is_walk(page: str) -> bool:
    """Tell whether a page is one that is walked through."""
    return _WALK.search(page) is not None


def walked(page: str) -> str:
    """Return a page with every output as the program prints it now.

    Raises:
        WalkError: A command ends with another code, or a step does not fit the files that are there.
    """
    head = _WALK.search(page)
    if head is None:
        raise WalkError("the page has no walk mark")
    columns, language = int(head["columns"]), head["language"]
    parts, at = [page[: head.end()]], head.end()
    with tempfile.TemporaryDirectory() as kept, contextlib.ExitStack() as stack:
        folder = _entered(Path(kept), stack)
        for match in _MARK.finditer(page, at):
            step = _step(match, page)
            if step.what == "given":
                folder = _entered(Path(kept), stack)
                if step.words:
                    prepared(HERE.parent / step.words, folder)
            elif step.what == "run":
                if _END not in step.below:
                    raise WalkError(f"'{step.words}' has no end mark")
                end = page.index(_END, match.end())
                parts += [page[at : match.end()], _block(step, columns, language)]
                at = end
            else:
                _MAKE[step.what](step)
    return "".join([*parts, page[at:]])


def _entered(kept: Path, stack: contextlib.ExitStack) -> Path:
    """Return a new empty folder, which is the current one until the stack is left."""
    folder = Path(tempfile.mkdtemp(dir=kept))
    stack.enter_context(contextlib.chdir(folder))
    return folder


def _step(match: re.Match[str], page: str) -> _Step:
    """Return the step that a mark asks for, with the page's text until the next mark."""
    rest = " " + match["rest"].strip()
    options = {option["name"]: option["value"] for option in _OPTION.finditer(rest)}
    words = _OPTION.sub("", rest).strip()
    following = _MARK.search(page, match.end())
    return _Step(match["what"], words, options, page[match.end() : following.start() if following else None])


def _block(step: _Step, columns: int, language: str) -> str:
    """Run a command; return it and what of its output is shown, both as fenced blocks."""
    name, _, arguments = step.words.partition(" ")
    if name != "rehabplan":
        raise WalkError(f"'{step.words}' is no command of ours")
    here = str(Path.cwd().parent)
    printed = run(arguments, columns=columns, REHABPLAN_LANG=language, GIT_CEILING_DIRECTORIES=here)
    printed, _, code = printed.rpartition("--- exit code ")
    if code.strip() != step.options.get("exit", "0"):
        raise WalkError(f"'{step.words}' ends with {code.strip()}:\n{printed}")
    shown = _shown(printed.replace("--- stderr\n", "").rstrip(), step)
    return f"\n```sh\n{step.words}\n```\n\n```text\n{shown}\n```\n\n"


def _shown(output: str, step: _Step) -> str:
    """Return the part of an output that a step asks for; a line of … stands for what is left out."""
    lines = [line.rstrip() for line in output.splitlines()]
    for option in ("from", "until"):
        mark = step.options.get(option)
        if mark is None:
            continue
        at = next((number for number, line in enumerate(lines) if mark in line), None)
        if at is None:
            raise WalkError(f"'{mark}' is not in the output of '{step.words}':\n{output}")
        lines = (
            ["…", *lines[at:]] if option == "from" else [*"\n".join(lines[:at]).rstrip().splitlines(), "…"]
        )
    return "\n".join(lines)


def _write(step: _Step) -> None:
    (text,) = _fences(step, 1)
    path = Path(step.words)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _change(step: _Step) -> None:
    before, after = _fences(step, 2)
    path = Path(step.words)
    text = path.read_text("utf-8")
    if text.count(before) != 1:
        raise WalkError(f"{path} holds this {text.count(before)} times:\n{before}")
    path.write_text(text.replace(before, after), "utf-8")


def _fences(step: _Step, count: int) -> list[str]:
    """Return the contents of the first fenced blocks below a mark."""
    found = [match["text"] for match in _FENCE.finditer(step.below)][:count]
    if len(found) != count:
        raise WalkError(f"{step.what} {step.words}: {count} blocks are needed below")
    return found


def _fill(step: _Step) -> None:
    """Write into a workbook's first sheet as somebody would who types into its cells."""
    path = Path(step.words)
    book = load_workbook(path)
    cells = [(match["cell"], match["value"]) for match in _ROW.finditer(step.below)]
    if not cells:
        raise WalkError(f"fill {path}: no row of the table names a cell")
    for name, written in cells:
        value, _, number_format = _FORMAT.sub("\n", written).partition("\n")
        cell = book.worksheets[0].cell(*coordinate_to_tuple(name))
        cell.value = int(value) if value.isdecimal() else value
        if number_format:
            cell.number_format = number_format.strip("`")
    saved = Path(step.options.get("as", str(path)))
    saved.parent.mkdir(parents=True, exist_ok=True)
    book.save(saved)


def _compare_sheets(step: _Step) -> None:
    """Hold the names in italics in the list below against a workbook's sheets."""
    named = _ITALIC.findall(step.below)
    book = load_workbook(step.words, read_only=True)
    sheets = book.sheetnames
    book.close()
    if sorted(named) != sorted(sheets):
        raise WalkError(f"the page names the sheets {named}, {step.words} has {sheets}")


_MAKE: dict[str, Callable[[_Step], None]] = {
    "file": _write,
    "change": _change,
    "fill": _fill,
    "sheets": _compare_sheets,
}
