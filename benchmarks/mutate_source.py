"""Changes the source one small step at a time and looks whether a test notices: mutation testing.

    python -m benchmarks.mutate_source                      # all four modules, some twenty minutes
    python -m benchmarks.mutate_source numbers --show       # one, with every mutant that lives

The tests are collected once; each mutant lives in a fork of that process, where the one function that it
concerns gets its new code, and dies at the first test that fails. A mutant outside functions (a pattern, a
table) needs its module anew and gets a process of its own. What is equivalent by reason is listed in
EQUIVALENT, and looked up by its text, so that a changed line has to be thought of again.
"""

import argparse
import ast
import copy
import gc
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest

from benchmarks.equivalent import EQUIVALENT

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "rehabplan"
TESTS = {
    "numbers": ("test_numbers", "test_reading", "test_properties", "test_shown_numbers"),
    "rollup": ("test_judged", "test_rollup"),
    "pace": ("test_pace", "test_verdicts", "test_every_kind"),
    "assess": ("test_judged", "test_rollup", "test_verdicts", "test_every_kind"),
}  # fmt: skip
"""The tests that look at each module; others may kill more, none is needed to."""
TIME_LIMIT = 60
"""Seconds after which a mutant that goes round in circles counts as noticed."""

_OTHER: dict[type[ast.AST], Any] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Pow: ast.Mult,
    ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip
_NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One changed place of a module."""

    module: str
    line: int
    function: str
    """The outermost function around it, "" outside of any."""
    before: str
    after: str
    source: str

    def __str__(self) -> str:
        return f"{self.module}.py:{self.line}: {self.before}  →  {self.after}"

    @property
    def reason(self) -> str | None:
        """Why no test can notice it, where that is so."""
        return EQUIVALENT.get((self.module, self.function, self.before, self.after))


def mutants_of(module: str) -> Iterator[Mutant]:
    """Yield every mutant of a module."""
    tree = ast.parse((SOURCE / f"{module}.py").read_text("utf-8"))
    aside = [node for node in ast.walk(tree) if _is_words(node)]
    aside += [kind for node in ast.walk(tree) for kind in _types_of(node) if kind]
    skipped = {id(inner) for node in aside for inner in ast.walk(node)}
    places = [(node, name) for node, name in _walk(tree, "") if id(node) not in skipped]
    # A number or a name alone says little, and is there more than once.
    around = {
        id(child): node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)
        if isinstance(child, ast.Constant | ast.Name) and not isinstance(node, ast.Module | ast.FunctionDef)
    }  # fmt: skip
    for node, function in places:
        for change in _changes(node):
            changed, twin, shown = _copy(tree, node, around.get(id(node), node))
            before = ast.unparse(shown)
            change.apply(twin)
            after = ast.unparse(shown)
            if before != after:
                line = getattr(node, "lineno", 0)
                yield Mutant(module, line, function, _short(before), _short(after), ast.unparse(changed))


def _short(text: str) -> str:
    return " ".join(text.split())[:110]


def _walk(node: ast.AST, function: str) -> Iterator[tuple[ast.AST, str]]:
    for child in ast.iter_child_nodes(node):
        name = function
        if isinstance(child, ast.ClassDef) and "." not in function:
            yield from _walk(child, f"{child.name}.")
            continue
        if isinstance(child, ast.FunctionDef) and (not function or function.endswith(".")):
            name = function + child.name
        yield child, name if not name.endswith(".") else ""
        yield from _walk(child, name)


def _types_of(node: ast.AST) -> tuple[ast.AST | None, ...]:
    match node:
        case ast.FunctionDef():
            return (node.returns,)
        case ast.arg() | ast.AnnAssign():
            return (node.annotation,)
    return ()


def _is_words(node: ast.AST) -> bool:
    """Tell what is not for the machine: docstrings, sentences, how a class is made."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("N_", "_"):
        return True
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "dataclass"


def _copy(tree: ast.Module, *nodes: ast.AST) -> tuple[ast.Module, ast.AST, ast.AST]:
    """Return a copy of a tree, and the counterparts of two nodes in it."""
    memo: dict[int, Any] = {}
    changed = copy.deepcopy(tree, memo)
    twin, shown = (memo[id(node)] for node in nodes)
    return changed, twin, shown


@dataclass(frozen=True, slots=True)
class _Change:
    kind: str
    at: int = 0

    def apply(self, node: Any) -> None:  # noqa: ANN401, C901 - a table of changes; nodes are of any type
        match node, self.kind:
            case ast.Compare(), "operator":
                node.ops[self.at] = _OTHER[type(node.ops[self.at])]()
            case ((ast.BinOp() | ast.AugAssign() | ast.BoolOp()), "operator"):
                node.op = _OTHER[type(node.op)]()
            case ((ast.If() | ast.While() | ast.IfExp()), "negated"):
                node.test = ast.UnaryOp(ast.Not(), node.test)
            case ast.UnaryOp(), "dropped":
                node.op = ast.UAdd() if isinstance(node.op, ast.USub) else ast.Not()
                if isinstance(node.op, ast.Not):
                    node.operand = ast.UnaryOp(ast.Not(), node.operand)
            case ast.Constant(), "constant":
                node.value = _other_constant(node.value)
            case ast.Return(), "nothing":
                node.value = ast.Constant(None)
            case ast.Name(), "name":
                node.id = _NAMES[node.id]
            case ast.BoolOp(), "left out":
                del node.values[self.at]
                if len(node.values) == 1:
                    node.values.append(node.values[0])
            case ast.Call(), "argument":
                del node.keywords[self.at]


def _changes(node: ast.AST) -> Iterator[_Change]:  # noqa: C901, PLR0912 - a table of nodes
    match node:
        case ast.Compare():
            yield from (_Change("operator", at) for at, op in enumerate(node.ops) if type(op) in _OTHER)
        case ast.BinOp() | ast.AugAssign():
            if type(node.op) in _OTHER:
                yield _Change("operator")
        case ast.BoolOp():
            yield _Change("operator")
            yield from (_Change("left out", at) for at in range(len(node.values)))
        case ast.If() | ast.While() | ast.IfExp():
            yield _Change("negated")
        case ast.UnaryOp():
            if isinstance(node.op, ast.USub | ast.Not):
                yield _Change("dropped")
        case ast.Constant():
            if node.value is not None and node.value is not Ellipsis:
                yield _Change("constant")
        case ast.Return():
            if node.value is not None and not (
                isinstance(node.value, ast.Constant) and node.value.value is None
            ):
                yield _Change("nothing")
        case ast.Name():
            if node.id in _NAMES:
                yield _Change("name")
        case ast.Call():
            yield from (_Change("argument", at) for at, one in enumerate(node.keywords) if one.arg)


def _other_constant(value: object) -> Any:  # noqa: ANN401 - what a constant may be
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case str():
            return f"{value}XX" if value else "XX"
        case _:
            return value


# ── running ───────────────────────────────────────────────────────────────────────────────────


class Runner:
    """Holds collected tests, and tries mutants in forks of the process that did so."""

    def __init__(self, mutants: Sequence[Mutant]) -> None:
        self.mutants = mutants
        self.lived: list[Mutant] = []
        self.killers: Counter[str] = Counter()
        self.ran = False

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try each mutant against the collected tests."""
        items = list(session.items)
        self.ran = True
        if self._lives(session, items, None):  # no mutant: all must pass
            for number, mutant in enumerate(self.mutants, start=1):
                items.sort(key=lambda item: -self.killers[item.nodeid])
                lives = self._lives(session, items, mutant) if mutant.function else _lives_alone(mutant)
                if lives:
                    self.lived.append(mutant)
                    print(f"  lives: {mutant}", file=sys.stderr, flush=True)
                if number % 20 == 0:
                    print(f"  {number} of {len(self.mutants)}", file=sys.stderr, flush=True)
            return True
        print("the tests fail without any mutant", file=sys.stderr)
        sys.exit(70)

    def _lives(self, session: pytest.Session, items: Sequence[pytest.Item], mutant: Mutant | None) -> bool:
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            _silence()
            signal.alarm(TIME_LIMIT if mutant else 10 * TIME_LIMIT)
            if mutant is not None and not _implant(mutant):
                os._exit(3)
            for item in items:
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
                if session.testsfailed:
                    os.write(writing, item.nodeid.encode())
                    os._exit(1)
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            killer = pipe.read().decode()
        _pid, status = os.waitpid(child, 0)
        if killer:
            self.killers[killer] += 1
        if os.waitstatus_to_exitcode(status) == 3:
            assert mutant is not None
            return _lives_alone(mutant)
        return status == 0


def _silence() -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (1, 2):
        os.dup2(nothing, stream)


def _implant(mutant: Mutant) -> bool:
    """Give the function that a mutant concerns its new code; False where it is not found once."""
    file = str(SOURCE / f"{mutant.module}.py")
    found = [
        one for one in gc.get_objects()
        if isinstance(one, FunctionType) and one.__code__.co_filename == file
        and one.__code__.co_qualname == mutant.function
    ]  # fmt: skip
    code = _code_of(compile(mutant.source, file, "exec"), mutant.function)
    if code is None or len(found) != 1:
        return False
    if code.co_freevars != found[0].__code__.co_freevars or _defaults_differ(mutant):
        return False
    found[0].__code__ = code
    return True


def _code_of(code: CodeType, name: str) -> CodeType | None:
    for one in code.co_consts:
        if isinstance(one, CodeType):
            if one.co_qualname == name:
                return one
            deeper = _code_of(one, name)
            if deeper is not None:
                return deeper
    return None


def _defaults_differ(mutant: Mutant) -> bool:
    """Tell whether the change stands in a signature, which is not in a function's code."""
    signatures = []
    for text in ((SOURCE / f"{mutant.module}.py").read_text("utf-8"), mutant.source):
        tree = ast.parse(text)
        signatures.append(
            [ast.unparse(node.args) for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        )
    return signatures[0] != signatures[1]


_ALONE = """
import importlib.abc, importlib.util, sys
name, file = sys.argv[1], sys.argv[2]
source = sys.stdin.read()
class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, fullname, path, target=None):
        return importlib.util.spec_from_file_location(name, file, loader=self) if fullname == name else None
    def create_module(self, spec):
        return None
    def exec_module(self, module):
        exec(compile(source, file, "exec"), module.__dict__)
sys.meta_path.insert(0, Finder())
import pytest
sys.exit(pytest.main(["-q", "-x", "-n", "0", "-p", "no:cacheprovider", *sys.argv[3:]]))
"""


def _lives_alone(mutant: Mutant) -> bool:
    """Run the tests in processes that import the mutant in place of its module; the first file by itself."""
    first, *others = _test_files(mutant.module)
    return all(_passes(mutant, files) for files in ([first], others) if files)


def _passes(mutant: Mutant, files: Sequence[str]) -> bool:
    file = str(SOURCE / f"{mutant.module}.py")
    command = [sys.executable, "-c", _ALONE, f"rehabplan.{mutant.module}", file, *files]
    try:
        done = subprocess.run(  # noqa: S603 - our own words
            command, cwd=ROOT, input=mutant.source, text=True, capture_output=True, timeout=3 * TIME_LIMIT,
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def _test_files(module: str) -> list[str]:
    return [str(path) for name in TESTS[module] if (path := ROOT / "tests" / f"{name}.py").exists()]


def _of_one(module: str, given: argparse.Namespace) -> int:
    """Try the mutants of one module, in this process; return how many live without a reason."""
    begin = time.monotonic()
    mutants = [one for one in mutants_of(module) if not given.line or one.line in given.line]
    equivalent = [one for one in mutants if one.reason]
    runner = Runner([one for one in mutants if not one.reason])
    os.chdir(ROOT)
    options = ["-o", "addopts=", "-n", "0", "-p", "no:cacheprovider", "-p", "no:terminal"]
    pytest.main([*options, *_test_files(module)], plugins=[runner])
    if not runner.ran:
        sys.exit("the tests could not be collected")
    killed = len(runner.mutants) - len(runner.lived)
    print(
        f"{module}: {len(mutants)} mutants, {killed} killed, {len(equivalent)} equivalent, "
        f"{len(runner.lived)} live, {time.monotonic() - begin:.0f} s"
    )
    for one in runner.lived:
        print(f"  {one}")
    if given.show:
        for one in equivalent:
            print(f"  {one}  equivalent: {one.reason}")
    return len(runner.lived)


def main(arguments: Sequence[str]) -> int:
    """Return 1 where a mutant lives without a reason."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("module", nargs="*", choices=[*TESTS, []], help="modules of rehabplan; default: all")
    parser.add_argument("--line", type=int, action="append", help="only mutants of this line")
    parser.add_argument("--show", action="store_true", help="also print the equivalent ones, with reasons")
    given = parser.parse_args(arguments)
    modules = given.module or list(TESTS)
    if len(modules) == 1:
        return int(_of_one(modules[0], given) > 0)
    options = [*(f"--line={line}" for line in given.line or ()), *(["--show"] if given.show else [])]
    command = [sys.executable, "-m", "benchmarks.mutate_source"]
    codes = [
        subprocess.run([*command, module, *options], cwd=ROOT, check=False).returncode  # noqa: S603 - ours
        for module in modules
    ]
    return max(codes)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
