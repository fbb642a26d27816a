"""Marks such as {{ compulsory-dossiers.actual }}: what stands between the braces, and what it asks for."""

import re
from collections.abc import Callable

from msgspec import Struct, field

from rehabplan.actuals.labels import LabelIndex
from rehabplan.i18n import _
from rehabplan.problems import Code, Problem, Where, hint, problem
from rehabplan.sites import Site
from rehabplan.summary.facts import Fact, Facts, Missing, Named
from rehabplan.summary.targetfacts import PREVIOUS_FACTS, TARGET_FACTS
from rehabplan.text import clean, closest, key

OPENING = "{{"
_MARK = re.compile(r"\{\{((?:(?!\{\{|\}\}).)*)\}\}", re.DOTALL)
_SHOWN = 60

VIETNAMESE: dict[str, str] = {
    "mã": "id", "tên": "name", "chỉ tiêu": "name", "đơn vị tính": "unit", "kế hoạch": "goal",
    "kế hoạch năm": "goal", "thực hiện": "actual", "kết quả": "actual", "tử số": "numerator",
    "mẫu số": "denominator", "tỷ lệ": "percent", "còn thiếu": "gap", "tiến độ": "expected",
    "cần mỗi tháng": "needed", "trạng thái": "status", "khả năng": "outlook", "ghi chú": "remark",
    "nhận xét": "sentence", "thời hạn": "due", "chủ trì": "lead", "cùng kỳ": "previous",
    "tăng giảm": "change", "so sánh": "comparison",
}  # fmt: skip
"""Facts of a target by the words that offices know."""
_BY_WORD = {key(word): name for word, name in VIETNAMESE.items()}


class Mark(Struct, frozen=True):
    """A mark in a text: where it stands there, and what it gives."""

    start: int
    end: int
    fact: Fact


class Marks(Struct):
    """Looks marks up; keeps what was wrong with any."""

    facts: Facts
    labels: LabelIndex
    problems: list[Problem] = field(default_factory=list)
    count: int = 0
    """How many marks were found, known or not."""

    def of(self, text: str, where: Where) -> list[Mark]:
        """Return the marks of a text; unknown ones give a problem and stay as they are."""
        if OPENING not in text:
            return []
        found, rest = [], text
        for match in _MARK.finditer(text):
            self.count += 1
            rest = rest.replace(match[0], "", 1)
            fact = self._fact(clean(match[1]), where)
            if fact is not None:
                found.append(Mark(match.start(), match.end(), fact))
        if OPENING in rest:
            self.count += 1
            shown = clean(rest[rest.index(OPENING) :])[:_SHOWN]
            self.problems.append(problem(Code.MARK_OPEN, where, text=shown))
        return found

    def _fact(self, asked: str, where: Where) -> Fact | None:
        name, at, place = (part.strip() for part in asked.partition("@"))
        site = self._site(place, where) if at else None
        if at and site is None:
            return None
        target, fact = self._split(name)
        if not fact and target in self.facts.whole and site is None:
            return self.facts.whole[target]
        if not fact:
            self._unknown(name, where)
            return None
        return self._of_target(target, fact, site, where)

    def _split(self, name: str) -> tuple[str, str]:
        """Return target and fact of a mark's name, "" for the second where the whole is meant."""
        whole = name.casefold()
        if whole in self.facts.whole:
            return whole, ""
        head, _dot, tail = name.rpartition(".")
        word = tail.strip().casefold()
        known = {*TARGET_FACTS, *PREVIOUS_FACTS}
        fact = word if word in known else _BY_WORD.get(key(word), "")
        target = head.strip()
        if target.casefold() in self.facts.targets:
            return target.casefold(), fact
        match = self.labels.find(target) if target else None
        ids = targets_of(self.facts, match.indicator, target) if match and not match.part else []
        return (ids[0], fact) if len(ids) == 1 else ("", "")

    def _of_target(self, target: str, fact: str, site: Site | None, where: Where) -> Fact | None:
        if fact in PREVIOUS_FACTS and self.facts.before is None:
            self.problems.append(problem(Code.MARK_NEEDS_PREVIOUS, where, name=f"{target}.{fact}"))
            return None
        found: Named = self.facts.targets[target]
        if site is not None:
            silent = dict.fromkeys(found, Missing("-", _("not reported")))
            kept = {name: found[name] for name in ("id", "name", "unit")}
            found = self.facts.sites.get((site, target), {**silent, **kept})
        return found[fact]

    def _site(self, name: str, where: Where) -> Site | None:
        index = self.facts.assessment.scope.sites
        found = index.find(name) if name else ()
        if len(found) == 1:
            return found[0]
        if found:
            known = _(" or ").join(index.label(one) for one in found)
            self.problems.append(problem(Code.TWO_SITES, where, name=name, known=known))
            return None
        known = ", ".join(f"{one.id} ({one.count})" for one in index.sets.values() if one.members)
        args = {"name": name, "hint": hint(index.suggest(name)), "known": known or _("there are none here")}
        self.problems.append(problem(Code.NO_SITE, where, **args))
        return None

    def _unknown(self, name: str, where: Where) -> None:
        target, _dot, tail = name.rpartition(".")
        options = {f"{one}.{fact}" for one in self.facts.targets for fact in TARGET_FACTS}
        near = closest(name, sorted({*options, *self.facts.whole}))
        if near is None and target:
            suggestion = self.labels.suggest(target)
            near = f"{suggestion[1]}.{tail.strip()}" if suggestion else closest(target, self.facts.targets)
        self.problems.append(problem(Code.UNKNOWN_MARK, where, name=name[:_SHOWN], hint=hint(near)))


def targets_of(facts: Facts, indicator: str, label: str) -> list[str]:
    """Return the ids of the targets that a label can mean: those of its indicator, or the one so named."""
    plan = facts.assessment.plan
    found = [one for one in plan.targets.values() if one.reported_as == indicator]
    named = [one for one in found if key(label) in {key(one.id), key(one.name.vi), key(one.name.en)}]
    return [one.id for one in (named if len(named) == 1 else found)]


def replaced(text: str, marks: list[Mark], printed: Callable[[Fact], str]) -> str:
    """Return a text with its marks replaced by what is printed for them."""
    for mark in reversed(marks):
        text = text[: mark.start] + printed(mark.fact) + text[mark.end :]
    return text
