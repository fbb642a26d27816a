"""What differs between two plans besides their targets: document, dates, sites, bands."""

from collections.abc import Iterator
from datetime import date

from rehabplan import figures
from rehabplan.i18n import N_
from rehabplan.plan.model import Plan
from rehabplan.plandiff.definition import sites_text
from rehabplan.plandiff.model import Edition, FieldChange, Words
from rehabplan.problems import message
from rehabplan.sites import identity
from rehabplan.text import key
from rehabplan.units import unit_of

_UNKNOWN = message(N_("not known"))
_NOT_THERE = message(N_("not in the plan"))


def head_changes(old: Edition, new: Edition) -> Iterator[FieldChange]:
    """Yield what reads otherwise in the heads of two plans, but not a title with another year alone."""
    one, other = old.plan, new.plan
    if _title(one) != _title(other):
        yield FieldChange("title", one.title, other.title)
    for name, first, second in (
        ("issuer", one.issuer, other.issuer),
        ("document.number", one.document.number, other.document.number),
        ("document.date", _day(one.document.date), _day(other.document.date)),
        ("document.source", one.document.source, other.document.source),
        ("convention", one.convention.value, other.convention.value),
        ("bands.at_risk", figures.percent(one.bands.at_risk, 6), figures.percent(other.bands.at_risk, 6)),
    ):
        if first != second:
            yield FieldChange(name, first or _UNKNOWN, second or _UNKNOWN)
    yield from _sites(old, new)
    yield from _totals(one, other)


def _title(plan: Plan) -> str:
    return key(plan.title.vi.replace(str(plan.year), ""))


def _day(value: date | None) -> str | None:
    return figures.day(value) if value else None


def _sites(old: Edition, new: Edition) -> Iterator[FieldChange]:
    for name in dict.fromkeys((*old.plan.sites, *new.plan.sites)):
        first, second = old.plan.sites.get(name), new.plan.sites.get(name)
        if first is None or second is None:
            shown = [_NOT_THERE if one is None else sites_text(one) for one in (first, second)]
            yield FieldChange(f"sites.{name}", shown[0], shown[1])
            continue
        if sites_text(first) != sites_text(second):
            yield FieldChange(f"sites.{name}", sites_text(first), sites_text(second))
        members = [{identity(one): one for one in edition.sites.members(name)} for edition in (old, new)]
        gone = [members[0][one].name for one in members[0] if one not in members[1]]
        come = [members[1][one].name for one in members[1] if one not in members[0]]
        if all(members) and (gone or come):
            yield FieldChange(f"sites.{name}.members", *_members(gone, come))
        for field in ("valid_from", "valid_to"):
            days = [_day(getattr(one, field)) for one in (first, second)]
            if days[0] != days[1]:
                yield FieldChange(f"sites.{name}.{field}", days[0] or _UNKNOWN, days[1] or _UNKNOWN)


def _members(gone: list[str], come: list[str]) -> tuple[Words, Words]:
    """Say how the members differ: by name, or by their codes alone."""
    if sorted(map(key, gone)) != sorted(map(key, come)):
        return _names(gone), _names(come)
    return message(N_("the same names")), message(
        N_("{count} of them with other codes"), count=figures.whole(len(come))
    )


_SHOWN = 5


def _names(names: list[str]) -> Words:
    """Name the members that only one plan has: the first of them, and how many."""
    if not names:
        return message(N_("none that the other does not have"))
    shown = ", ".join(names[:_SHOWN])
    if len(names) <= _SHOWN:
        return message(N_("only here: {names}"), names=shown)
    more = figures.whole(len(names) - _SHOWN)
    return message(N_("only here: {names} and {count} more"), names=shown, count=more)


def _totals(one: Plan, other: Plan) -> Iterator[FieldChange]:
    first = {key(total.name.vi): total for total in one.totals}
    second = {key(total.name.vi): total for total in other.totals}
    for name in dict.fromkeys((*first, *second)):
        shown: list[Words] = []
        for total in (first.get(name), second.get(name)):
            if total is None:
                shown.append(_NOT_THERE)
            else:
                shown.append(message(
                    N_("{number} {unit} ({parts})"), number=figures.number(total.stated, 6),
                    unit=unit_of(total.unit).name, parts=" + ".join(sorted(total.parts)),
                ))  # fmt: skip
        if str(shown[0]) != str(shown[1]):
            total = first.get(name) or second[name]
            yield FieldChange(
                "totals", message("{name}: {stated}", name=total.name, stated=shown[0]), shown[1]
            )
