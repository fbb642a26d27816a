"""What stands in a form: its rows, as values, for the whole plan or for one site."""

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum, auto
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from rehabplan.forms import words
from rehabplan.forms.goals import goal_cell, share_cell
from rehabplan.forms.words import Language, day_text, said, unit_text
from rehabplan.period import Period
from rehabplan.plan.model import Kind, Plan, Target
from rehabplan.sites import Site, SiteIndex, split_name
from rehabplan.text import key
from rehabplan.units import Unit, unit_of


class Entry(Enum):
    """What the office fills in."""

    NUMBER = auto()
    SHARE = auto()
    """Numerator and denominator."""
    DONE = auto()


class Form(Struct, frozen=True):
    """A form to be made: of which plan, for which period and site (None: the whole), in which language."""

    plan: Plan
    period: Period
    language: Language
    sites: SiteIndex
    shares: Mapping[str, Mapping[str, Fraction]]
    site: Site | None = None

    def to(self, site: Site) -> "Form":
        """Return the same form for one site."""
        return replace(self, site=site)

    def covers(self, target: Target) -> bool:
        """Tell whether the reporting site is itself one of the sites that a target counts."""
        found = self.sites.sets.get(target.sites or "")
        if self.site is None or found is None:
            return False
        name = split_name(self.site.name)
        return found.id == self.site.set or any(
            split_name(one.name) == name and one.within == self.site.within for one in found.members
        )


class Row(Struct, frozen=True):
    """One target in a form."""

    id: str
    number: int | str
    label: str
    depth: int
    unit: str
    goal: Decimal | str | None
    note: str
    entry: Entry
    whole: bool
    """Whether only whole numbers can stand there."""
    measured_of: str
    """What the denominator counts, where the plan says it."""


def rows_of(form: Form) -> list[Row]:
    """Return a form's rows: every target of the plan, each of-which row under its parent."""
    counters: list[int] = []
    found = []
    for target, depth in form.plan.in_tree_order():
        counters = [*counters[: depth + 1], *[0] * (depth + 1 - len(counters))]
        counters[depth] += 1
        number = counters[0] if depth == 0 else ".".join(str(one) for one in counters)
        found.append(_row(form, target, depth, number))
    return found


def _row(form: Form, target: Target, depth: int, number: int | str) -> Row:
    language = form.language
    entry, unit = entry_of(form, target), _unit(form, target)
    name = said(target.name, language)
    if depth and not key(name).startswith(("trong ", "of which ")):
        name = said(words.OF_WHICH, language, name=name)
    of = _measured_of(form, target) if entry is Entry.SHARE else ""
    notes = [said(words.MEASURED_OF, language, of=of)] if of else []
    if target.scope:
        notes.append(said(words.SCOPE, language, scope=said(target.scope, language)))
    if form.site and target.due:  # the goal column is for what the site was assigned
        notes.append(said(words.DEADLINE, language, day=day_text(target.due, language)))
    whole = unit.whole if unit else _each(form, target).denominator == 1
    goal = _goal(form, target)
    return Row(
        target.id, number, name, depth, unit_text(unit, language), goal, "; ".join(notes), entry, whole, of
    )


def entry_of(form: Form, target: Target) -> Entry:
    """Return what is filled in for a target: a site says of itself whether it is covered."""
    if target.kind is Kind.MILESTONE:
        return Entry.DONE
    if not target.kind.is_share:
        return Entry.NUMBER
    if target.kind is Kind.COVERAGE and form.covers(target):
        return Entry.NUMBER if target.goal_of(form.plan.year).each is not None else Entry.DONE
    return Entry.SHARE


def _each(form: Form, target: Target) -> Fraction:
    return target.goal_of(form.plan.year).each or Fraction(1)


def _unit(form: Form, target: Target) -> Unit | None:
    """Return the unit of a row's figures; None where none is known: what each site is to have one of."""
    if target.kind is Kind.MILESTONE:
        return None
    own = target.kind is Kind.COVERAGE and form.covers(target)
    if own and (target.unit is None or entry_of(form, target) is Entry.DONE):
        return None
    return unit_of(form.plan.unit_id(target))


def _goal(form: Form, target: Target) -> Decimal | str | None:
    goal, site = target.goal_of(form.plan.year), form.site
    if site is None:
        return goal_cell(goal, target, form.language)
    assigned = form.plan.shares
    if assigned and assigned.sites == site.set and site.key in form.shares.get(target.id, {}):
        return share_cell(form.shares[target.id][site.key], target, form.language)
    if goal.each is not None and form.covers(target):
        return share_cell(goal.each, None, form.language)
    return None


def _measured_of(form: Form, target: Target) -> str:
    """Return what a share is of: its population, its whole, or the sites of a list."""
    language = form.language
    if target.population:
        return said(target.population, language)
    if target.parent:
        parent = form.plan.targets[target.parent]
        name, unit = said(parent.name, language), _unit(form, target)
        if unit is None or unit == _unit(form, parent):
            return name
        return f"{unit_text(unit, language)} ({name})"
    found = form.sites.sets.get(target.sites or "")
    if found is None:
        return ""
    name = unit_text(unit_of(found.unit), language)
    if form.site is None:
        return f"{found.count} {name}"
    inside = [one for one in found.members if found.within == form.site.set and one.within == form.site.key]
    return f"{len(inside)} {name}" if inside else name
