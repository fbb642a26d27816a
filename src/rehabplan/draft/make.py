"""The draft of next year's plan: which values of the old file change, and what is said beside them."""

import json
import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct, field

from rehabplan.assess import Assessment, Result
from rehabplan.draft.baseline import Years, move_baseline
from rehabplan.draft.splice import Splice
from rehabplan.draft.words import goal_words, reached_words
from rehabplan.i18n import _
from rehabplan.plan.model import Kind, Plan, Target
from rehabplan.plan.pacing import Shape
from rehabplan.yamltree import Path, Tree

if TYPE_CHECKING:
    from rehabplan.period import Period

_OF_THE_OLD_PLAN = ("shares", "totals", "not_targets", "changes")
_OF_THE_OLD_TARGET = ("source", "split_from", "merged_from", "held_equal")


class Draft(Struct):
    """The text of a draft, and what somebody has yet to look at."""

    text: str = ""
    set_before: list[str] = field(default_factory=list)
    """Targets whose goal of the new year the old plan gives."""
    moved: list[str] = field(default_factory=list)
    """Targets whose baseline is now the old year's figure."""
    kept: list[str] = field(default_factory=list)
    """Targets whose baseline is as it was."""
    unpaced: list[str] = field(default_factory=list)
    """Targets whose quarters or curve lead to another goal."""
    doubled: list[str] = field(default_factory=list)
    """Targets whose curve would have two values on one day: 29 and 28 February."""
    dated: list[str] = field(default_factory=list)
    """Targets whose names speak of the old year."""
    commented: dict[str, int] = field(default_factory=dict)
    """Keys that were commented out, and how often."""


class Old(Struct, frozen=True):
    """The plan that a draft is made of: its text read twice over, and what came of it."""

    plan: Plan
    tree: Tree
    text: str
    name: str
    """The file's name, for the draft's first line."""
    assessment: Assessment | None = None


def make_draft(old: Old, year: int, new_list: Callable[[str], str]) -> Draft:
    """Make the draft of a plan for a later year.

    Args:
        old: the plan it is made of.
        year: the draft's year.
        new_list: returns the path of a list of sites as the draft must write it.
    """
    maker = _Maker(old, Years(old.plan.year, year))
    maker.head(new_list)
    for target in old.plan.targets.values():
        maker.target(target)
    maker.draft.text = maker.splice.result()
    return maker.draft


class _Maker:
    """Goes through the old plan and collects the changes."""

    def __init__(self, old: Old, years: Years) -> None:
        self.old = old
        self.years = years
        self.splice = Splice(old.tree, old.text)
        self.draft = Draft()
        self.results: dict[str, Result] = {}
        self.period: Period | None = None
        if old.assessment is not None:
            self.results = {one.target.id: one for one in old.assessment.results}
            self.period = old.assessment.period

    def head(self, new_list: Callable[[str], str]) -> None:
        splice, plan, years = self.splice, self.old.plan, self.years
        text = _(
            "Draft of the plan for {new}, made of {file}. Its goals are those of {old} until somebody "
            "decides them; then take the line 'draft: true' out. A comment with '{old}:' says "
            "what stood there, and what was reached. What spoke of the plan of {old} alone is commented out."
        )
        splice.head(text.format(new=years.new, old=years.old, file=self.old.name))
        splice.replace(("year",), str(years.new))
        if ("draft",) not in splice.tree.spans:
            splice.add_after(("year",), "draft", "true")
        elif not plan.draft:
            splice.replace(("draft",), "true")
        for language in ("vi", "en"):
            path = ("title", language)
            splice.rewrite(path, _next_year(splice.written(path), years))
        self._document()
        for name, sites in plan.sites.items():
            listed = ("sites", name, "list")
            if sites.list is not None and new_list(sites.list) != sites.list:
                splice.replace(listed, _scalar(new_list(sites.list)))
        for key in splice.inside(()):
            if key in _OF_THE_OLD_PLAN:
                self._comment_out((key,))

    def _document(self) -> None:
        document: Path = ("document",)
        spans = self.splice.tree.spans
        inside = [(*document, key) for key in ("number", "date", "source") if (*document, key) in spans]
        given = [path for path in inside if self.splice.raw(path) not in ("", "null", "~")]
        block = document in spans and self.splice.is_block(document)
        if given and not block:
            self._was(document)
        for path in given:
            if block:
                self._was(path)
            self.splice.replace(path, "null")

    def _was(self, path: Path) -> None:
        self.splice.remark(path, f"{self.years.old}: {self.splice.raw(path)}")

    def _comment_out(self, path: Path, why: str = "") -> None:
        if path in self.splice.tree.spans:
            self.splice.comment_out(path, why)
            key = str(path[-1])
            self.draft.commented[key] = self.draft.commented.get(key, 0) + 1

    def target(self, target: Target) -> None:
        splice, years = self.splice, self.years
        base: Path = ("targets", target.id)
        if any(_years_own(text, years.old) for text in (target.name.vi, target.name.en)):
            splice.remark((*base, "name"), _("this name speaks of {old}").format(old=years.old))
            self.draft.dated.append(target.id)
        self._goal(target, (*base, "goal"))
        if target.due is not None:
            splice.replace((*base, "due"), _moved(target.due, years).isoformat())
            splice.remark((*base, "due"), f"{years.old}: {target.due}")
        moved = move_baseline(splice, target, years, self.results.get(target.id), self.period)
        if target.baseline is not None:
            (self.draft.moved if moved else self.draft.kept).append(target.id)
        self._pace(target, (*base, "pace"), rebased=moved)
        for key in splice.inside(base):
            if key in _OF_THE_OLD_TARGET:
                self._comment_out((*base, key))

    def _goal(self, target: Target, path: Path) -> None:
        years = self.years
        said = f"{years.old}: {goal_words(target, years.old)}"
        if target.id in self.results and self.period is not None:
            said += f"; {reached_words(self.results[target.id], self.period.cutoff)}"
        if years.new in target.goals:
            said += "; " + _("the goal for {new} stands in the plan of {old}").format(
                new=years.new, old=years.old)  # fmt: skip
            self.draft.set_before.append(target.id)
        elif None not in target.goals:
            last = max(year for year in target.goals if year is not None and year < years.new)
            said += "; " + _("for {new} it is that of {last} until it is decided").format(
                new=years.new, last=last)  # fmt: skip
            self.splice.add_after((*path, last), str(years.new), self._goal_value((*path, last)))
        self.splice.remark(path, said)

    def _goal_value(self, path: Path) -> str:
        """Return a goal as it is written, in one line."""
        each = (*path, "each")
        if each in self.splice.tree.spans:
            return f"{{each: {self.splice.raw(each)}}}"
        raw = self.splice.raw(path)
        if not raw.startswith(("|", ">")):
            return raw
        value = self.splice.tree.value
        for key in path:
            value = value[key] if isinstance(value, dict) else None
        return json.dumps(str(value).strip(), ensure_ascii=False)

    def _pace(self, target: Target, path: Path, *, rebased: bool) -> None:
        pace, years = target.stated_pace, self.years
        if pace is None or pace.shape not in (Shape.BY_QUARTER, Shape.CURVE):
            return
        other_goal = self._new_goal(target) != target.goal_of(years.old)
        other_start = rebased and pace.shape is Shape.BY_QUARTER and target.kind is not Kind.COUNT
        days = [day for day, _value in pace.curve]
        moved = [_moved(day, years) for day in days]
        if other_goal or other_start or len(set(moved)) < len(moved):
            why = _("the path to another goal, or from another baseline; the new one is to be given here")
            unused = self.draft.unpaced
            if not (other_goal or other_start):
                why, unused = _("two days of this curve would fall on one"), self.draft.doubled
            self._comment_out(path, why)
            unused.append(target.id)
            return
        for day, new in zip(days, moved, strict=True):
            self.splice.replace_key((*path, "curve", day), new.isoformat())
        if days:
            self.splice.remark(path, f"{years.old}: {', '.join(map(str, days))}")

    def _new_goal(self, target: Target) -> object:
        """Return the goal that holds in the draft."""
        if None in target.goals:
            return target.goals[None]
        return target.goals[max(year for year in target.goals if year is not None and year <= self.years.new)]


def _moved(day: date, years: Years) -> date:
    """Return a day as many years later as the draft is; 29 February becomes the 28th."""
    year = day.year + years.new - years.old
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def _own_year(year: int) -> re.Pattern[str]:
    """Return the pattern of a year by itself, not as an end of a span of years or a part of a number."""
    return re.compile(rf"(?<![\w.,/-])(?<!\d[–—])(?<!\d [–—-] ){year}(?![\w])(?![.,/–—-]\d)(?! [–—-] \d)")


def _years_own(text: str, year: int) -> bool:
    return _own_year(year).search(text) is not None


def _next_year(text: str, years: Years) -> str:
    return _own_year(years.old).sub(str(years.new), text)


def _scalar(text: str) -> str:
    """Return a path as a YAML value, in quotes unless it is plain."""
    return (
        text if re.fullmatch(r"[A-Za-z_.][\w./-]*/[\w./-]+", text) else json.dumps(text, ensure_ascii=False)
    )
