"""What differs between two plans: records that every output shares."""

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction

from msgspec import Struct

from rehabplan.plan.continuity import Aspect
from rehabplan.plan.fields import Text
from rehabplan.plan.model import Plan, Target
from rehabplan.problems import Message, Problem
from rehabplan.sites import SiteIndex


class Edition(Struct, frozen=True):
    """One of the plans that are compared: with its sites, its file, and the lines of its targets."""

    plan: Plan
    sites: SiteIndex
    file: str
    lines: Mapping[str, int]
    problems: tuple[Problem, ...] = ()
    """What is odd about the plan itself."""


class Change(StrEnum):
    """What became of a target from one plan to the next."""

    UNCHANGED = "unchanged"
    VALUE = "value_changed"
    DEFINITION = "definition_changed"
    """Also where the value changed with it; `TargetChange.value_changed` tells."""
    ADDED = "added"
    DROPPED = "dropped"
    SPLIT = "split"
    MERGED = "merged"


Words = Message | Text | str
"""A text for people; messages and texts are worded in the language in use when it is printed."""


class AspectChange(Struct, frozen=True):
    """A part of the definition that reads otherwise in the second plan."""

    aspect: Aspect
    old: Words
    new: Words
    reason: Text | None = None
    """Why the two are held to mean the same, as a plan records it; None where they are not."""

    @property
    def blocks(self) -> bool:
        """Whether figures of the two plans cannot be compared; a comparator leaves the number as it is."""
        return self.reason is None and self.aspect is not Aspect.COMPARATOR


class FieldChange(Struct, frozen=True):
    """Anything else that reads otherwise: a name, a pace, a date of the document, the number of sites."""

    field: str
    old: Words
    new: Words


class Difference(Struct, frozen=True):
    """The second plan's goal less the first's.

    In `unit`: what is counted, "percent-point" for shares and changes, "per-site" for rules of each
    site, "day" for the due dates of milestones.
    """

    value: Fraction
    unit: str
    percent: Fraction | None = None
    """Of the first goal; None for shares, changes, rules and dates, and where the first goal is 0."""
    upper: Fraction | None = None
    """Of a range, the difference between the far ends."""


class TargetChange(Struct, frozen=True):
    """One target in two plans: one before and one after; more where it was split or merged."""

    change: Change
    old: tuple[Target, ...]
    new: tuple[Target, ...]
    value_changed: bool | None = None
    """Whether the goals' numbers, or the levels that they come to, differ; None where there is one goal
    only, or they are not comparable."""
    difference: Difference | None = None
    """None where the definition stands in the way (`blocked_by`), or there is one goal only."""
    levels: tuple[Fraction, Fraction] | None = None
    """What the two goals come to, where one of them is a change: 380 for "-5%" of 400."""
    no_sum: Message | None = None
    """Why the goals of several targets are not added up."""
    definition: tuple[AspectChange, ...] = ()
    """What changed of the definition, what is held equal among it."""
    other: tuple[FieldChange, ...] = ()
    renamed: bool = False
    """Matched by `was`, not by its id."""
    foreseen: Message | None = None
    """What the first plan's trajectory has for the second plan's year, where it is another goal."""

    @property
    def target(self) -> Target:
        """The target that gives the row its name: the newest."""
        return (self.new or self.old)[0]

    @property
    def changed_aspects(self) -> tuple[AspectChange, ...]:
        """What changed of the definition and is not held equal."""
        return tuple(one for one in self.definition if one.reason is None)

    @property
    def blocked_by(self) -> tuple[AspectChange, ...]:
        """What keeps figures of the two plans from being compared."""
        return tuple(one for one in self.definition if one.blocks)

    @property
    def not_comparable_by(self) -> tuple[AspectChange, ...]:
        """What keeps actuals from being compared; another form of goal leaves them as they are."""
        return tuple(one for one in self.blocked_by if one.aspect is not Aspect.GOAL_FORM)

    @property
    def silent(self) -> bool:
        """Whether nothing at all is to be said of it."""
        return self.change is Change.UNCHANGED and not (self.definition or self.other or self.renamed)


class Suggestion(Struct, frozen=True):
    """A dropped target that resembles an added one; only ever a question."""

    old: Target
    new: Target
    because: Message


class PlanDiff(Struct, frozen=True):
    """All that differs between two plans, the targets in the order of the second, dropped ones last."""

    old: Edition
    new: Edition
    targets: tuple[TargetChange, ...]
    head: tuple[FieldChange, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def counts(self) -> dict[Change, int]:
        """How many targets underwent each change, all changes named."""
        found = Counter(one.change for one in self.targets)
        return {change: found[change] for change in Change}

    @property
    def empty(self) -> bool:
        """Whether the two plans say the same."""
        return not self.head and all(one.silent for one in self.targets)

    def of_new(self, target_id: str) -> TargetChange | None:
        """Return the change in which a target of the second plan stands."""
        return next((one for one in self.targets if any(new.id == target_id for new in one.new)), None)
