"""The ranks of modules (CONTRIBUTING.md): a module imports lower ranks, and its own package."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "rehabplan"

RANKS = {
    "i18n": 0, "text": 0, "codepages": 0, "seal": 0,
    "problems": 1, "numbers": 1,
    "figures": 2, "filebytes": 2, "textfile": 3, "units": 2, "period": 2, "sites": 2,
    "plan.goal": 3, "plan.fields": 3, "plan.pacing": 3, "plan.continuity": 3, "plan.model": 3,
    "actuals.model": 3, "actuals.sheet": 3, "actuals.account": 4,
    "site_choice": 3, "periodwords": 3, "plan": 3, "render": 12, "actuals": 11,
    "plan.checks": 4, "plan.crosschecks": 5, "plan.sitelists": 5, "plan.linkchecks": 5,
    "plan.reference": 4, "plan.schema": 5, "plan.consistency": 5, "plan.cascade": 5, "plan.changes": 5,
    "measure": 4, "pace": 4, "period_choice": 4,
    "verdict": 5,
    "rollup": 4, "gather": 5, "combine": 6, "assess": 7, "bysite": 8, "masking": 8,
    "plandiff": 6, "trend": 8, "yearbefore": 9,
    "table": 8, "difftable": 9, "sections.model": 9, "diffsections": 10, "beforetable": 10, "sections": 11,
    "yamlscalars": 4, "yamltree": 5, "plan.load": 11, "plan.files": 11, "plan.find": 11, "plan.crosswalk": 11,
    "plan.git": 11, "plan.history": 11,
    "forms": 11, "starter": 13, "draft": 11, "summary": 13, "textheights": 2, "tablecells": 2, "explain": 2,
    "cli": 14, "__main__": 15, "": 15,
}  # fmt: skip

THIRD_PARTY = {
    "pydantic": {"plan.schema", "plan.fields", "plan.pacing", "plan.continuity", "plan.model", "plan.load"},
    "pydantic_core": {"plan.schema", "plan.fields", "plan.model", "plan.sitelists"},
    "yaml": {"yamltree"},
    "openpyxl": {"forms", "starter.report"},
    "xlsxwriter": {"summary"},
    "xlrd": {"actuals.formats.xls"},
    "rich": {
        "render.screen",
        "render.widths",
        "render.progress",
        "render.sites_screen",
        "render.inspect_screen",
        "render.problems",
    },
    "simplejson": {"render.jsontext"},
    "typer": {"cli"},
}

MODULES = sorted(SOURCE.rglob("*.py"))


def name_of(path: Path) -> str:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def entry(name: str, table: dict[str, int]) -> str:
    """Return the longest entry that a module falls under: measure.share is measure."""
    while name not in table:
        name = name.rpartition(".")[0]
    return name


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            inside = [f"{node.module}.{alias.name}" for alias in node.names]
            files = [name for name in inside if (SOURCE.parent / name.replace(".", "/")).exists()
                     or (SOURCE.parent / (name.replace(".", "/") + ".py")).exists()]  # fmt: skip
            yield from files or [node.module]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_go_down(path: Path) -> None:
    own = name_of(path)
    for module in imported(path):
        if not module.startswith("rehabplan."):
            continue
        other = module.removeprefix("rehabplan.")
        same_package = own.split(".")[0] == other.split(".")[0] and ("." in own or "." in other)
        lower = RANKS[entry(other, RANKS)] < RANKS[entry(own, RANKS)]
        assert lower or same_package, f"{own} (rank {RANKS[entry(own, RANKS)]}) imports {other}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_third_party_libraries_have_their_place(path: Path) -> None:
    own = name_of(path)
    for module in imported(path):
        allowed = THIRD_PARTY.get(module.split(".")[0])
        if allowed is not None:
            assert own in allowed or own.split(".")[0] in allowed, f"{own} imports {module}"


def test_every_rank_is_of_a_module_that_exists() -> None:
    names = {name_of(path) for path in MODULES}
    assert set(RANKS) <= names


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_say_what_they_are_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))
