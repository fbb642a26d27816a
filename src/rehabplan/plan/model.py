"""The plan's frozen records. A plan file holds exactly these fields; docs/plan-file.md shows them.

Figures are Fractions: of a count or stock in its unit, of a rate or coverage in percent (80 is 80 %).
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, PlainValidator

from rehabplan.i18n import N_, _
from rehabplan.period import Convention
from rehabplan.plan.continuity import GoalChange, HeldEqual, read_ids
from rehabplan.plan.fields import (
    Day,
    Figure,
    Note,
    Record,
    Remark,
    Text,
    Words,
    failure,
    read_figure,
    read_goals,
)
from rehabplan.plan.goal import Goal
from rehabplan.plan.pacing import Baseline, Pace, Shape, read_baseline, read_pace
from rehabplan.problems import Code


class Kind(StrEnum):
    """What a target counts, which decides how figures roll up and are paced (design.md §4)."""

    COUNT = "count"
    STOCK = "stock"
    RATE = "rate"
    COVERAGE = "coverage"
    MILESTONE = "milestone"

    @property
    def is_share(self) -> bool:
        """Whether its figures are percentages of something."""
        return self in (Kind.RATE, Kind.COVERAGE)


KIND_WORDS = {
    Kind.COUNT: N_("count in the year"),
    Kind.STOCK: N_("stock at a date"),
    Kind.RATE: N_("rate"),
    Kind.COVERAGE: N_("coverage of sites"),
    Kind.MILESTONE: N_("milestone"),
}
"""The kinds as people read them."""


def _alias(raw: object) -> object:
    return {"text": raw} if isinstance(raw, str) else raw


class Alias(Record):
    """Another label under which offices report a target.

    `covers: part` marks a figure of narrower scope, which bounds the target's figure from below.
    """

    text: Words
    covers: Literal["all", "part"] = "all"


class Source(Record):
    """Where the plan states a target; null where it is not known, never invented."""

    document: Note = None
    clause: str | None = None
    note: Note = None


class Owners(Record):
    """The offices that answer for a target: leading and cooperating."""

    lead: tuple[str, ...] = ()
    cooperating: tuple[str, ...] = ()


class Sites(Record):
    """A dated set of reporting sites: the denominator of coverage and per-site targets."""

    count: Annotated[int, Field(gt=0)]
    unit: str
    list: str | None = None
    """A CSV file, relative to the plan file."""
    key: str | None = None
    """The column of the list that tells its sites apart."""
    name: str | None = None
    """The column of their names; without it the key's column less "_code"."""
    within: str | None = None
    """The set of the plan that encloses this one; its key column stands in the list too."""
    names: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None


class Shares(Record):
    """What each site is to bring of the plan's targets: a CSV file, a row a site, a column a target id."""

    sites: str
    list: str


class Target(Record):
    """One target of the year."""

    id: str
    name: Text
    kind: Annotated[Kind, Field(strict=False)]
    goals: Annotated[dict[int | None, Goal], PlainValidator(read_goals)] = Field(alias="goal")
    unit: Words | None = None
    sites: str | None = None
    parent: str | None = None
    one_to_one: bool = False
    population: Text | None = None
    scope: Text | None = None
    indicator: str | None = None
    """Targets with the same indicator are judged by the same row of a report."""
    baseline: Annotated[Baseline | None, BeforeValidator(read_baseline)] = None
    stated_pace: Annotated[Pace | None, PlainValidator(read_pace)] = Field(None, alias="pace")
    due: date | None = None
    over: Literal["ok", "fails"] | None = None
    """Whether more than a range's far end is fine."""
    # model_construct: no validator need be built to say that there is nothing; start-up time, as below.
    owners: Owners = Owners.model_construct()
    aliases: tuple[Annotated[Alias, BeforeValidator(_alias)], ...] = ()
    source: Source = Source.model_construct()
    note: Note = None
    was: Annotated[tuple[str, ...], BeforeValidator(read_ids)] = ()
    """Ids that the same target had in plans of earlier years."""
    split_from: str | None = None
    """The target of an earlier plan of which this one is a part."""
    merged_from: tuple[str, ...] = ()
    """The targets of an earlier plan that became this one."""
    held_equal: tuple[HeldEqual, ...] = ()

    def goal_of(self, year: int) -> Goal:
        """Return the goal for a plan's year.

        Raises:
            KeyError: the goals are given by year and none is for this one.
        """
        return self.goals[None] if None in self.goals else self.goals[year]

    @property
    def pace(self) -> Pace:
        """The pace as written, else the kind's own: rates in full at every period, others linear."""
        if self.stated_pace is not None:
            return self.stated_pace
        return Pace(shape=Shape.EVERY_PERIOD if self.kind is Kind.RATE else Shape.LINEAR)

    @property
    def reported_as(self) -> str:
        """The indicator by which a report's rows find this target."""
        return self.indicator or self.id


class Total(Record):
    """A total that the plan states over some of its counts, kept beside what the parts add up to."""

    name: Text
    stated: Figure
    unit: str
    parts: tuple[str, ...]
    note: Note = None


class NotTarget(Record):
    """What the document says that is judged to be no target of the year, and why."""

    text: Text
    reason: Remark


class Document(Record):
    """The plan's document as far as it is known."""

    number: str | None = None
    date: Day | None = None
    source: Note = None


class Letterhead(Record):
    """The head of printed tables: an annex, or the two-column head of a table by itself."""

    office: Words | None = None
    superior: Words | None = None
    annex: Words | None = None
    attached_to: Words | None = None
    """The bracketed line under an annex's title, word for word."""


def _band(raw: object) -> Fraction:
    value = read_figure(raw)
    if not 0 < value <= 100:  # noqa: PLR2004 - percent
        raise failure(Code.WRONG_TYPE, found=f"'{raw}'", expected=_("a share above 0 and up to 100%"))
    return value


class Bands(Record):
    """From which share of the expected figure on a target is only at risk, not behind."""

    at_risk: Annotated[Fraction, PlainValidator(_band)] = Fraction(90)


class Header(Record):
    """A plan file's fields besides its targets."""

    year: Annotated[int, Field(ge=1990, le=2100)]
    title: Text
    issuer: Words
    language: Literal["vi", "en"] = "vi"
    document: Document = Document.model_construct()
    convention: Annotated[Convention, Field(strict=False)] = Convention.CALENDAR
    bands: Bands = Bands.model_construct()
    sites: dict[str, Sites] = Field(default_factory=dict)
    shares: Shares | None = None
    totals: tuple[Total, ...] = ()
    not_targets: tuple[NotTarget, ...] = ()
    letterhead: Letterhead = Letterhead.model_construct()
    changes: tuple[GoalChange, ...] = ()
    """What was changed after the plan was issued, in the order of time."""
    draft: bool = False
    """Nobody has decided these goals yet: they are those of an earlier year."""


class Plan(Header):
    """A year's plan, targets in the order of the file."""

    targets: dict[str, Target]

    def unit_id(self, target: Target) -> str:
        """Return the unit a target counts in: its own, or that of its sites; "percent" without."""
        if target.unit:
            return target.unit
        return self.sites[target.sites].unit if target.sites in self.sites else "percent"

    def children(self) -> Mapping[str, list[str]]:
        """Return the ids of each target's of-which rows, in the plan's order."""
        found: dict[str, list[str]] = {}
        for target in self.targets.values():
            if target.parent:
                found.setdefault(target.parent, []).append(target.id)
        return found

    def in_tree_order(self) -> list[tuple[Target, int]]:
        """Return the targets with their depth, each of-which row under its parent."""
        children = self.children()
        ordered: list[tuple[Target, int]] = []

        waiting = [(target.id, 0) for target in self.targets.values() if not target.parent][::-1]
        while waiting:  # no recursion: a plan may be nested as deeply as it has targets
            target_id, depth = waiting.pop()
            ordered.append((self.targets[target_id], depth))
            waiting += [(child, depth + 1) for child in reversed(children.get(target_id, []))]
        return ordered
