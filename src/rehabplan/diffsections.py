"""What stands behind the changes of a step, in sections that every readable output of `diff` shares."""

from collections.abc import Iterator

from rehabplan import figures
from rehabplan.difftable import CHANGE_WORDS, aspects_text
from rehabplan.i18n import N_, _, ngettext
from rehabplan.plandiff.model import AspectChange, Change, FieldChange, PlanDiff, TargetChange
from rehabplan.sections.model import Item, Section
from rehabplan.table import goal_text

FIELD_WORDS = {
    "name": N_("name"),
    "pace": N_("expected"),
    "baseline": N_("baseline"),
    "over": N_("more than the range"),
    "one_to_one": N_("one to one"),
    "owners.lead": N_("leading office"),
    "owners.cooperating": N_("cooperating office"),
    "title": N_("title"),
    "issuer": N_("issuer"),
    "document.number": N_("document"),
    "document.date": N_("date of the document"),
    "document.source": N_("source"),
    "convention": N_("convention"),
    "bands.at_risk": N_("at risk from"),
    "totals": N_("stated total"),
}


def counts_text(step: PlanDiff) -> str:
    """Return how many targets there were and are, and what became of them."""
    old, new = len(step.old.plan.targets), len(step.new.plan.targets)
    head = ngettext("{old} → {new} target", "{old} → {new} targets", new).format(old=old, new=new)
    counts = [f"{count} {_(CHANGE_WORDS[change][1])}" for change, count in step.counts.items() if count]
    return f"{head}: {' · '.join(counts)}"


def sections(step: PlanDiff, *, names: bool) -> list[Section]:
    """Return the sections of a step; `names` lists the added and dropped where no table shows them."""
    found = [
        Section(_("Definitions that changed ({count})"), tuple(_definitions(step))),
        Section(_("Worded otherwise, held equal ({count})"), tuple(_held_equal(step))),
        *(_of_change(step, names=names)),
        Section(_("Split and merged ({count})"), tuple(_parts(step))),
        Section(_("Also changed ({count})"), tuple(_other(step))),
        Section(_("The same under another id? ({count})"), tuple(_suggestions(step))),
        Section(_("The plans themselves ({count})"), tuple(Item(field_text(one)) for one in step.head)),
    ]
    return [Section(one.title.format(count=len(one.items)), one.items) for one in found if one.items]


def _item(change: TargetChange, *lines: str) -> Item:
    symbol, _word, tone = CHANGE_WORDS[change.change]
    return Item(f"{symbol} {change.target.name}", lines, tone)


def _aspect_line(one: AspectChange) -> str:
    return f"{aspects_text([one.aspect])}: '{one.old}' → '{one.new}'"


def _definitions(step: PlanDiff) -> Iterator[Item]:
    for change in step.targets:
        if not change.changed_aspects:
            continue
        lines = [_aspect_line(one) for one in change.changed_aspects]
        blocked = aspects_text([one.aspect for one in change.blocked_by])
        if blocked:
            text = _("the two years' figures are not comparable ({aspects}), so no difference is given")
            lines.append(text.format(aspects=blocked))
        if change.levels is not None and change.difference is None:
            low, high = (figures.number(one, figures.MOST_DIGITS) for one in change.levels)
            text = _("the goals come to {old}, then {new}")
            lines.append(text.format(old=low, new=high))
        yield _item(change, *lines)


def _held_equal(step: PlanDiff) -> Iterator[Item]:
    for change in step.targets:
        for one in change.definition:
            if one.reason is not None:
                yield _item(change, _aspect_line(one), _("because: {reason}").format(reason=one.reason))


def _of_change(step: PlanDiff, *, names: bool) -> Iterator[Section]:
    added, dropped = _("Added ({count})"), _("Dropped ({count})")
    for title, kind, plan in (
        (added, Change.ADDED, step.new.plan),
        (dropped, Change.DROPPED, step.old.plan),
    ):
        found = [one for one in step.targets if one.change is kind] if names else []
        goals = [goal_text(one.target.goal_of(plan.year), one.target) for one in found]
        symbol = CHANGE_WORDS[kind][0]
        items = [Item(f"{symbol} {one.target.name}: {goal}") for one, goal in zip(found, goals, strict=True)]
        yield Section(title, tuple(items))


def _parts(step: PlanDiff) -> Iterator[Item]:
    for change in step.targets:
        if change.change not in (Change.SPLIT, Change.MERGED):
            continue
        before, after = (" + ".join(one.id for one in side) for side in (change.old, change.new))
        text = _("the parts are added up, since all are counts in one unit")
        if change.no_sum is not None:
            text = _("no sum and no difference: {reason}").format(reason=change.no_sum)
        yield Item(f"{before} → {after}", (text,))


def _other(step: PlanDiff) -> Iterator[Item]:
    for change in step.targets:
        lines = []
        if change.renamed:
            lines.append(_("id: {old} → {new}").format(old=change.old[0].id, new=change.new[0].id))
        lines += [field_text(one) for one in change.other]
        lines += [str(change.foreseen)] if change.foreseen else []
        if lines:
            yield _item(change, *lines)


def field_text(field: FieldChange) -> str:
    """Return a change of anything else in a line: "baseline: 6,100 → 6,300"."""
    word = _(FIELD_WORDS[field.field]) if field.field in FIELD_WORDS else _sites_word(field.field)
    return f"{word}: {field.old} → {field.new}"


def _sites_word(field: str) -> str:
    """Return the words for sites.communes, sites.communes.members, sites.communes.valid_to."""
    _sites, name, *rest = field.split(".")
    words = {
        "members": _("sites '{name}', members"),
        "valid_from": _("sites '{name}', from"),
        "valid_to": _("sites '{name}', until"),
    }
    return (words[rest[0]] if rest else _("sites '{name}'")).format(name=name)


def _suggestions(step: PlanDiff) -> Iterator[Item]:
    for one in step.suggestions:
        line = f"{step.new.file}:{step.new.lines.get(one.new.id, 1)}"
        text = _("{old} ({old_year}) and {new} ({new_year}): {because}. If so, write 'was: {old}' at {line}")
        args = {"old_year": step.old.plan.year, "new_year": step.new.plan.year, "because": one.because}
        yield Item(text.format(old=one.old.id, new=one.new.id, line=line, **args))
