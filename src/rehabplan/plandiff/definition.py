"""What a target means, part by part, so that two plans' targets can be held against each other."""

from collections.abc import Iterator

from msgspec import Struct

from rehabplan import figures
from rehabplan.i18n import N_
from rehabplan.plan.continuity import NEVER_EQUAL, Aspect
from rehabplan.plan.fields import Text
from rehabplan.plan.goal import Goal, Measure
from rehabplan.plan.model import KIND_WORDS, Kind, Sites, Target
from rehabplan.plan.pacing import SHAPE_WORDS, Pace
from rehabplan.plandiff.model import AspectChange, Edition, FieldChange, Words
from rehabplan.problems import message
from rehabplan.sites import identity
from rehabplan.text import key
from rehabplan.units import unit_of

NONE = message(N_("not stated"))


class _Part(Struct, frozen=True):
    """A part of a definition: what it is compared by, and how it is shown."""

    compared: object
    shown: Words


class _Denominator(_Part, frozen=True):
    """A set of sites: compared by number, unit, and members where they are known."""

    members: frozenset[tuple[str, str]] | None = None


def changed_aspects(old: Edition, before: Target, new: Edition, after: Target) -> Iterator[AspectChange]:
    """Yield the parts of a definition that read otherwise, with the reason where they are held equal.

    But not the parent, which only the whole of two plans tells (see `parent_changed`).
    """
    first, second = _definition(old, before), _definition(new, after)
    for aspect in Aspect:
        one, other = first.get(aspect), second.get(aspect)
        if _same(one, other):
            continue
        shown = (one.shown if one else NONE, other.shown if other else NONE)
        if aspect is Aspect.DENOMINATOR:
            shown = _apart_in_names(old, before, new, after, shown)
        yield AspectChange(aspect, *shown, _held_equal(old, before, new, after, aspect))


def parent_changed(
    old: Edition, before: Target, new: Edition, after: Target, *, redefined: bool
) -> AspectChange:
    """Return that a target is part of another whole, or of the same one `redefined`."""
    shown = _whole(new, after)
    if redefined:
        shown = message(N_("{name}, itself not comparable"), name=shown)
    reason = _held_equal(old, before, new, after, Aspect.PARENT)
    return AspectChange(Aspect.PARENT, _whole(old, before), shown, reason)


def _whole(edition: Edition, target: Target) -> Words:
    whole = edition.plan.targets.get(target.parent or "")
    return whole.name if whole else NONE


def _same(one: _Part | None, other: _Part | None) -> bool:
    if (
        isinstance(one, _Denominator)
        and isinstance(other, _Denominator)
        and None in (one.members, other.members)
    ):
        return one.compared == other.compared  # of one of them only the number is known
    if isinstance(one, _Denominator) and isinstance(other, _Denominator):
        return (one.compared, one.members) == (other.compared, other.members)
    return (one.compared if one else None) == (other.compared if other else None)


def _held_equal(old: Edition, before: Target, new: Edition, after: Target, aspect: Aspect) -> Text | None:
    if aspect in NEVER_EQUAL:
        return None
    for target, other in ((after, old), (before, new)):
        for one in target.held_equal:
            if one.aspect is aspect and one.year == other.plan.year:
                return one.reason
    return None


def _definition(edition: Edition, target: Target) -> dict[Aspect, _Part]:
    goal = target.goal_of(edition.plan.year)
    found = {Aspect.KIND: _Part(target.kind, message(KIND_WORDS[target.kind]))}
    if target.kind is not Kind.MILESTONE:
        found[Aspect.COMPARATOR] = _Part(goal.comparator, goal.comparator.value)
        found[Aspect.GOAL_FORM] = _Part(_form(goal), message(_form(goal)))
        unit = unit_of(edition.plan.unit_id(target))
        said = target.unit is not None or target.sites is not None
        found[Aspect.UNIT] = _Part(unit.id, unit.name if said else NONE)
    if target.kind.is_share and target.sites in edition.plan.sites:
        found[Aspect.DENOMINATOR] = _denominator(edition, target.sites)
    for aspect, text in ((Aspect.POPULATION, target.population), (Aspect.SCOPE, target.scope)):
        if text is not None:
            found[aspect] = _Part(key(text.vi), text)
    return found


def _form(goal: Goal) -> str:
    """Return whether the goal is a level, a change, or a rule for each site."""
    if goal.each is not None:
        return N_("so many at each site")
    if goal.change:
        return N_("a change in points") if goal.measure is Measure.POINTS else N_("a change in percent")
    return N_("a level")


def sites_text(sites: Sites) -> Words:
    """Return a set of sites in words: 579 communes."""
    return message(N_("{count} {unit}"), count=figures.whole(sites.count), unit=unit_of(sites.unit).name)


def _denominator(edition: Edition, name: str) -> _Part:
    sites = edition.plan.sites[name]
    members = frozenset(identity(one) for one in edition.sites.members(name)) or None
    return _Denominator((sites.count, unit_of(sites.unit).id), sites_text(sites), members)


def _apart_in_names(
    old: Edition, before: Target, new: Edition, after: Target, shown: tuple[Words, Words]
) -> tuple[Words, Words]:
    """Say how many members differ where two sets have the same number of them."""
    if str(shown[0]) != str(shown[1]):
        return shown
    first = {key(one.name) for one in old.sites.members(before.sites or "")}
    second = {key(one.name) for one in new.sites.members(after.sites or "")}
    if first == second:
        return shown[0], message(N_("{set}, with other codes"), set=shown[1])
    text = N_("{set}, {count} of them only here")
    return (
        message(text, set=shown[0], count=len(first - second)),
        message(text, set=shown[1], count=len(second - first)),
    )


def other_changes(before: Target, after: Target) -> Iterator[FieldChange]:
    """Yield what reads otherwise and leaves the definition as it is."""
    if key(before.name.vi) != key(after.name.vi):
        yield FieldChange("name", before.name, after.name)
    if before.kind is after.kind and after.kind is not Kind.MILESTONE:
        yield from _pace(before.pace, after.pace)
    levels = [one.baseline.level if one.baseline else None for one in (before, after)]
    if levels[0] != levels[1]:
        yield FieldChange("baseline", _level(before), _level(after))
    if before.over != after.over:
        yield FieldChange("over", before.over or NONE, after.over or NONE)
    if before.one_to_one is not after.one_to_one:
        yield FieldChange("one_to_one", str(before.one_to_one).lower(), str(after.one_to_one).lower())
    for role in ("lead", "cooperating"):
        offices = [", ".join(getattr(one.owners, role)) for one in (before, after)]
        if offices[0] != offices[1]:
            yield FieldChange(f"owners.{role}", offices[0] or NONE, offices[1] or NONE)


def _pace(before: Pace, after: Pace) -> Iterator[FieldChange]:
    """Quarters and curves follow the goal and the year; only another shape is another pace."""
    if before.shape is not after.shape:
        yield FieldChange("pace", message(SHAPE_WORDS[before.shape]), message(SHAPE_WORDS[after.shape]))


def _level(target: Target) -> Words:
    level = target.baseline.level if target.baseline else None
    if level is None:
        return NONE
    return figures.number(level, digits=figures.MOST_DIGITS) + ("%" if target.kind.is_share else "")
