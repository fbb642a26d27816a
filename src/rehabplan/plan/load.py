"""From a plan file to a validated plan, with every problem at its line and column."""

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from msgspec import Struct
from pydantic import ValidationError

from rehabplan import figures
from rehabplan.i18n import N_, _
from rehabplan.period import year_days
from rehabplan.plan.cascade import check_cascade
from rehabplan.plan.changes import check_changes
from rehabplan.plan.checks import Finding, check_id, check_target
from rehabplan.plan.crosschecks import check_plan, check_sites
from rehabplan.plan.fields import Record, fields_of
from rehabplan.plan.files import read_plan_text, read_site_list
from rehabplan.plan.linkchecks import check_links
from rehabplan.plan.model import Header, Plan, Target
from rehabplan.plan.sitelists import ShareTable, check_lists, site_index
from rehabplan.problems import (
    Code,
    Problem,
    RehabplanError,
    Where,
    has_errors,
    hint,
    in_order,
    problem,
)
from rehabplan.sites import SiteIndex
from rehabplan.text import closest
from rehabplan.yamltree import Tree, read_tree

MOST_TARGETS = 3_000
"""Targets of a plan; the largest known has some sixty."""
MOST_PROBLEMS = 500
"""Problems of one plan that are listed."""


class LoadedPlan(Struct, frozen=True):
    """A plan, the file it came from, where its targets stand in it, and what was odd about it."""

    plan: Plan
    file: str
    lines: dict[str, int]
    problems: list[Problem]
    sites: SiteIndex
    shares: Mapping[str, Mapping[str, Fraction]]
    """Target id → key of a site in `plan.shares.sites` → what it is to bring, in the target's unit."""


def load_plan(path: Path) -> LoadedPlan:
    """Read and validate a plan file.

    Raises:
        RehabplanError: with all problems, where any of them is an error.
    """
    return load_plan_text(read_plan_text(path), str(path), path.parent)


def load_plan_text(text: str, file: str, folder: Path) -> LoadedPlan:
    """Read and validate the text of a plan file, its lists of sites being looked for from `folder`.

    Raises:
        RehabplanError: with all problems, where any of them is an error.
    """
    tree = read_tree(text, file)
    loader = _Loader(tree, folder)
    plan = loader.plan()
    problems = _first_of(in_order([*tree.problems, *loader.problems]), file)
    if plan is None or has_errors(problems):
        raise RehabplanError(problems)
    lines = {target: tree.where(("targets", target), key=True).line or 1 for target in plan.targets}
    return LoadedPlan(plan, file, lines, problems, loader.sites, loader.shares)


def _first_of(problems: list[Problem], file: str) -> list[Problem]:
    """Return the problems; of very many the first, errors before warnings."""
    if len(problems) <= MOST_PROBLEMS:
        return problems
    last = problem(Code.MORE_PROBLEMS, Where(file), count=figures.whole(MOST_PROBLEMS))
    errors = [one for one in problems if has_errors([one])]
    return [*(errors or problems)[:MOST_PROBLEMS], last]


class _Loader:
    """Builds the plan part by part, so that one mistake does not hide the others."""

    def __init__(self, tree: Tree, folder: Path) -> None:
        self.tree = tree
        self.folder = folder
        self.problems: list[Problem] = []
        self.no_sites = False
        self.misspelt: set[tuple[Any, ...]] = set()
        self.sites = SiteIndex()
        self.shares: dict[str, dict[str, Fraction]] = {}
        self._lists: dict[str, list[dict[str, str]] | ValueError] = {}
        self._broken_inside = {path[:length] for path in tree.broken for length in range(len(path) + 1)}
        """What holds a value that could not be read."""
        self._keys = {(*path[:-1], repr(path[-1])): path for path in tree.key_spans}

    def plan(self) -> Plan | None:
        raw = self.tree.value
        if not isinstance(raw, dict):
            self._wrong_type((), raw, _("a mapping with year, title, issuer and targets"))
            return None
        targets = raw.get("targets")
        header = self._header({key: value for key, value in raw.items() if key != "targets"})
        if not isinstance(targets, dict) or not targets:
            if "targets" not in raw:
                self._add(Code.MISSING_KEY, (), key="targets")
            elif ("targets",) not in self.tree.broken:
                self._wrong_type(("targets",), targets, _("a mapping of ids to targets"))
            return None
        if len(targets) > MOST_TARGETS:
            limit = _("{count} targets").format(count=figures.whole(MOST_TARGETS))
            self._add(Code.TOO_DEEP, ("targets",), at_key=True, what=_("very large"), limit=limit)
            return None
        built = {str(name): self._target(name, raw) for name, raw in targets.items()}
        if header is None:
            return None
        good = {name: target for name, target in built.items() if target is not None}
        wrong = {name: list(check_target(target, header)) for name, target in good.items()}
        for findings in wrong.values():
            self._report(findings)
        plan = Plan.model_construct(targets=good, **dict(header))
        self._report(check_plan(plan, frozenset(built)))
        self._report(check_links(plan, frozenset(built)))
        year = year_days(plan.year, plan.convention)
        for name, sites in plan.sites.items():
            self._report(check_sites(name, sites, year, self._site_rows))
        self._report(check_lists(plan, self._site_rows))
        self.sites = site_index(plan, self._site_rows)
        table = ShareTable(plan, self.sites, self._site_rows)
        self.shares = table.values
        self._report(table.findings)
        self._report(check_changes(plan, frozenset(built)))
        sound = {name: target for name, target in good.items() if not wrong[name] and self._is_read(name)}
        whole = Plan.model_construct(targets=sound, **dict(header))
        # Sums over a table with unusable lines would be wrong.
        self._report(check_cascade(whole, self.sites, {} if table.findings else self.shares))
        return plan

    def _is_read(self, target: str) -> bool:
        """Tell whether every value of a target could be read."""
        path = ("targets", target)
        return path not in self.misspelt and path not in self._broken_inside

    def _header(self, raw: dict[Any, Any]) -> Header | None:
        """Build the header; with mistakes in it, build what is needed to check the targets."""
        try:
            return Header.model_validate(raw)
        except ValidationError as error:
            items = error.errors(include_url=False)
        for item in items:
            self._pydantic_error(item, (), Plan)
        bad = {str(item["loc"][0]) for item in items if item["loc"]}  # a date as key comes back as text
        if "year" in bad:
            return None
        rest = {key: value for key, value in raw.items() if str(key) not in bad}
        placeholder = {"title": {"vi": "…", "en": "…"}, "issuer": "…"}
        sites = raw.get("sites")
        self.no_sites = "sites" in bad and not isinstance(sites, dict)
        if "sites" in bad and isinstance(sites, dict):
            rest["sites"] = {str(name): {"count": 1, "unit": "percent"} for name in sites}
        return Header.model_validate({**placeholder, **rest})

    def _target(self, name: object, raw: object) -> Target | None:
        path = ("targets", str(name) if not isinstance(name, int | date) else name)
        if not isinstance(name, str) or not check_id(name):
            example = "court-dossiers"
            self._add(Code.BAD_ID, path, at_key=True, found=str(name), example=example)
            return None
        if not isinstance(raw, dict):
            self._wrong_type(path, raw, _("a mapping with name, kind and goal"))
            return None
        if "id" in raw:
            self._unknown_key((*path, "id"), "id", Target)
            raw = {key: value for key, value in raw.items() if key != "id"}
        return self._build({**raw, "id": name}, path)

    def _build(self, raw: dict[Any, Any], path: tuple[Any, ...]) -> Target | None:
        try:
            return Target.model_validate(raw)
        except ValidationError as error:
            items = error.errors(include_url=False)
        for item in items:
            self._pydantic_error(item, path, Target)
        unknown = {item["loc"][0] for item in items if item["type"] == "extra_forbidden"}
        if len(unknown) < len(items):
            return None
        self.misspelt.add(path)
        try:  # unknown keys alone do not keep the rules from being checked
            return Target.model_validate({key: value for key, value in raw.items() if key not in unknown})
        except ValidationError:
            return None

    def _pydantic_error(self, item: Any, path: tuple[Any, ...], model: type[Record]) -> None:  # noqa: ANN401 - pydantic's TypedDict
        location = tuple(part for part in item["loc"] if part != "[key]")
        whole = (*path, *location)
        kind, context = item["type"], item.get("ctx", {})
        if kind == "invalid_key":  # a date as key comes back as text
            whole = self._keys.get((*whole[:-1], str(whole[-1])), whole)
        if kind == "extra_forbidden":
            self._unknown_key(whole, str(location[-1]), _model_at(model, location[:-1]))
        elif kind == "missing":
            self._add(Code.MISSING_KEY, whole[:-1], at_key=True, key=str(location[-1]))
        elif kind in Code.__members__:
            self._add(Code[kind], whole, **context)
        else:
            expected = _EXPECTED.get(kind, N_("another value"))
            expected = _TEXTS.get(context.get("class_name"), expected)
            choices = context.get("expected")  # "'vi' or 'en'": pydantic joins them so
            either = str(choices).replace(" or ", _(" or ")) if choices else _(expected)
            self._wrong_type(whole, item["input"], either)

    def _unknown_key(self, path: tuple[Any, ...], key: str, model: type[Record]) -> None:
        known = [name for name in fields_of(model) if name != "id"]
        guess = hint(closest(key, known, cutoff=0.6))
        shown = ", ".join(known)
        self._add(Code.UNKNOWN_KEY, path, at_key=True, key=key, hint=guess, known=shown)

    def _wrong_type(self, path: tuple[Any, ...], found: object, expected: str) -> None:
        self._add(Code.WRONG_TYPE, path, found=_shown(found), expected=expected)

    def _report(self, findings: Iterable[Finding]) -> None:
        for item in findings:
            if len(self.problems) > 2 * MOST_PROBLEMS:
                return  # the search for what was meant takes its time at every one
            about = (*item.path[:2], _ABOUT.get(item.code))
            if about in self._broken_inside:
                continue  # rests on a value that could not be read
            if self.no_sites and item.code is Code.NO_SITES:
                continue
            if item.path in self.misspelt and item.code in (Code.UNIT_NEEDED, Code.SITES_NEEDED):
                continue  # it may stand there under the unknown key
            self._add(item.code, item.path, at_key=item.at_key, **item.args)

    def _add(self, code: Code, path: tuple[Any, ...], *, at_key: bool = False, **args: object) -> None:
        if any(path[:length] in self.tree.broken for length in range(len(path) + 1)):
            return  # already told what is wrong with this value
        if len(path) > 2 and path in self._broken_inside:  # noqa: PLR2004 - below a target's own keys
            return  # or with a value inside it
        self.problems.append(problem(code, self.tree.where(path, key=at_key), **args))

    def _site_rows(self, name: str) -> list[dict[str, str]]:
        if name not in self._lists:  # two sets may share one list
            try:
                self._lists[name] = read_site_list(self.folder / name)
            except ValueError as error:
                self._lists[name] = error
        found = self._lists[name]
        if isinstance(found, ValueError):
            raise found
        return found


_ABOUT = {Code.NO_BASELINE: "baseline", Code.PACE_SUM: "pace", Code.PACE_CURVE: "pace"}
"""Rules that compare two fields: silent where the other field could not be read."""

_TEXTS = {"Text": "{vi: …, en: …}", "Remark": N_("a text, or {vi: …, en: …}")}
_EXPECTED = {
    "invalid_key": N_("a key that is a name"),
    "string_too_short": N_("a text that is not empty"),
    "string_type": N_("a text (put it in quotes if it looks like a number)"),
    "int_type": N_("a whole number"),
    "bool_type": N_("true or false"),
    "date_type": N_("a date such as 2024-09-30"),
    "tuple_type": N_("a list"),
    "dict_type": N_("a mapping"),
    "model_type": N_("a mapping of keys to values"),
    "greater_than": N_("a number above 0"),
    "greater_than_equal": N_("a year from 1990 to 2100"),
    "less_than_equal": N_("a year from 1990 to 2100"),
}


def _shown(found: object) -> str:
    if found is None:
        return _("An empty value")
    if isinstance(found, dict | tuple):
        return _("A mapping") if isinstance(found, dict) else _("A list")
    text = str(found)
    return f"'{text}'" if len(text) <= 40 else f"'{text[:40]}…'"  # noqa: PLR2004 - fits a line


def _model_at(model: type[Record], location: tuple[Any, ...]) -> type[Record]:
    """Return the record type in which the keys at `location` stand."""
    for part in location:
        field = fields_of(model).get(part) if isinstance(part, str) else None
        if field is not None:
            model = _record_in(field.annotation) or model
    return model


def _record_in(annotation: Any) -> type[Record] | None:  # noqa: ANN401 - a typing construct
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = _record_in(inner)
        if found:
            return found
    return None
