"""The rules between a plan's targets, totals and sites: pure functions from records to findings."""

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction

from rehabplan import figures
from rehabplan.i18n import N_, _
from rehabplan.plan.checks import Finding, finding
from rehabplan.plan.goal import Measure
from rehabplan.plan.model import Kind, Plan, Sites, Target, Total
from rehabplan.problems import Code, hint, message
from rehabplan.text import closest, label_key
from rehabplan.units import unit_of


def check_plan(plan: Plan, known: frozenset[str]) -> Iterator[Finding]:
    """Yield what is wrong between a plan's targets; `known` holds also ids that could not be read."""
    if plan.draft:
        yield finding(Code.DRAFT, "draft", year=plan.year)
    for target in plan.targets.values():
        parent = target.parent
        if parent is None or target.kind is Kind.MILESTONE:
            continue
        path = ("targets", target.id, "parent")
        if parent not in known:
            yield finding(Code.NO_PARENT, *path, found=parent, hint=hint(closest(parent, known)))
        elif parent in plan.targets and plan.targets[parent].kind is Kind.MILESTONE:
            yield finding(Code.PARENT_KIND, *path, parent=parent)
    yield from _check_cycles(plan)
    yield from _check_labels(plan)
    for index, total in enumerate(plan.totals):
        yield from _check_total(plan, total, index, known)


def _check_cycles(plan: Plan) -> Iterator[Finding]:
    seen: set[str] = set()
    for start in plan.targets:
        trail: dict[str, None] = {}
        here: str | None = start
        while here in plan.targets and here not in trail and here not in seen:
            trail[here] = None
            here = plan.targets[here].parent
        seen.update(trail)
        if here in trail:
            walked = list(trail)
            circle = walked[walked.index(here) :]
            shown = " → ".join([*circle, circle[0]])
            yield finding(Code.PARENT_CYCLE, "targets", circle[0], "parent", cycle=shown)


def labels_of(target: Target) -> Iterator[tuple[str, str, tuple[str | int, ...]]]:
    """Yield (key, label, path) of everything by which a report's row may name a target."""
    yield target.id, target.id, ()
    if target.indicator:
        yield target.indicator, target.indicator, ("indicator",)
    yield label_key(target.name.vi), target.name.vi, ("name", "vi")
    yield label_key(target.name.en), target.name.en, ("name", "en")
    for index, alias in enumerate(target.aliases):
        yield label_key(alias.text), alias.text, ("aliases", index)


def _check_labels(plan: Plan) -> Iterator[Finding]:
    owner: dict[str, Target] = {}
    told: set[tuple[str, str, str]] = set()
    for target in plan.targets.values():
        for key, label, path in labels_of(target):
            other = owner.setdefault(key, target)
            pair = (key, other.id, target.id)
            if other.reported_as != target.reported_as and pair not in told:
                told.add(pair)
                where = ("targets", target.id, *path)
                yield finding(Code.SAME_LABEL, *where, label=label, other=other.id)


def _check_total(plan: Plan, total: Total, index: int, known: frozenset[str]) -> Iterator[Finding]:
    path = ("totals", index)
    parts = []
    for number, part in enumerate(total.parts):
        if part not in known:
            guess = hint(closest(part, known))
            yield finding(Code.NO_PARENT, *path, "parts", number, found=part, hint=guess)
        elif part in plan.targets:
            parts.append(plan.targets[part])
    if len(parts) < len(total.parts):
        return
    goals = [goal for part in parts if (goal := part.goals.get(None) or part.goals.get(plan.year))]
    if len(goals) < len(parts) or any(goal.measure is not Measure.NUMBER for goal in goals):
        return  # a part without a goal, or with one of the wrong unit, is told at the part
    unit = unit_of(total.unit)
    odd = [part.id for part in parts if unit_of(plan.unit_id(part)) != unit]
    odd += [part.id for part in parts if part.kind is not Kind.COUNT and part.id not in odd]
    if odd:
        reason = _("{ids}: not a count in '{unit}'").format(ids=", ".join(odd), unit=unit.vi)
        yield Finding(Code.TOTAL_PARTS, (*path, "parts"), {"reason": reason}, True)
        return
    added = sum((goal.value for goal in goals), Fraction(0))
    if added != total.stated:
        parts_shown = " + ".join(figures.plain(goal.value) for goal in goals)
        shown = {"stated": figures.plain(total.stated), "sum": figures.plain(added)}
        yield finding(Code.TOTAL_DIFFERS, *path, "stated", **shown, parts=parts_shown)


def _valid_words(sites: Sites) -> str:
    """Return how the days are told from which and to which a set holds, as far as they are stated."""
    if sites.valid_from is None:
        return N_("until {last}")
    return N_("from {first} to {last}") if sites.valid_to else N_("from {first} on")


def check_sites(
    name: str, sites: Sites, year: tuple[date, date], rows: Callable[[str], list[dict[str, str]]]
) -> Iterator[Finding]:
    """Yield what is wrong with a set of sites; `rows` reads a list file.

    Args:
        name: its key in the plan.
        sites: the set.
        year: first and last day of the plan's year.
        rows: returns a list file's rows by column; raises ValueError with a reason.
    """
    path = ("sites", name)
    first, last = year
    starts, ends = sites.valid_from or first, sites.valid_to or last
    if starts > first or ends < last:
        valid = message(_valid_words(sites), first=sites.valid_from, last=sites.valid_to)
        args = {"name": name, "valid": valid, "year": last.year}
        yield Finding(Code.SITES_EXPIRED, path, args, True)
    if sites.names:
        yield from _check_count(path, sites, len(set(sites.names)), _("names:"))
    if sites.list is None:
        return
    try:
        table = rows(sites.list)
    except ValueError as error:
        yield finding(Code.SITE_LIST, *path, "list", file=sites.list, reason=str(error))
        return
    if sites.key is None or not table or sites.key not in table[0]:
        columns = ", ".join(table[0]) if table else "…"
        reason = _("it has no column '{key}' (it has {columns})").format(key=sites.key, columns=columns)
        if sites.key is None:
            reason = _("key: is missing; its columns are {columns}").format(columns=columns)
        at = "key" if sites.key else "list"
        yield finding(Code.SITE_LIST, *path, at, file=sites.list, reason=reason)
        return
    listed = _("the list {file} (column {key})").format(file=sites.list, key=sites.key)
    yield from _check_count(path, sites, len({row[sites.key] for row in table}), listed)


def _check_count(path: tuple[str, str], sites: Sites, found: int, listed: str) -> Iterator[Finding]:
    if found != sites.count:
        yield finding(Code.SITE_COUNT, *path, "count", count=sites.count, list=listed, found=found)
