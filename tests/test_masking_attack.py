"""An attack on masked outputs: all that a reader of the JSON can work out, by trying every possible plan.

Small plans with counts, an of-which row and shares, given as pairs, as percentages or as numbers alone, in
two to four sites, some of them silent. Whatever is printed is held against every assignment of whole numbers
that fits; no count below the threshold may be the same in all of them.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from rehabplan.actuals.model import Actual, State
from rehabplan.assess import Assessment, judge
from rehabplan.masking import masked
from rehabplan.numbers import UNKNOWN, Amount
from rehabplan.plan.load import LoadedPlan, load_plan
from rehabplan.render.json import check_json
from rehabplan.rollup import RollUp, SiteFigure, roll_up
from tests.sites_plan import Bench, sites_plan

SITES = ("001", "002", "003", "004")
MOST = 9
"""What a reader takes for possible where no total is printed."""
HEAD = """\
year: 2024
title: {vi: "Kế hoạch", en: "Plan"}
issuer: "UBND thành phố Hà Nội"
sites:
  districts: {count: 4, unit: district, list: xa.csv, key: district_code}
targets:
  people:
    name: {vi: "Người cai", en: "People"}
    kind: count
    goal: 120
    unit: person
  seen:
    name: {vi: "Người được khám", en: "Seen"}
    kind: rate
    goal: "80%"
    unit: person
    parent: people
"""
THIRD = {
    "men": "kind: count\n    goal: 60\n    parent: people",
    "treated": 'kind: rate\n    goal: "80%"\n    parent: people',
    "cured": 'kind: rate\n    goal: "80%"\n    parent: seen',
}


@dataclass(frozen=True)
class Row:
    """What a site counts, and how it reports each target: pair, percent, number or not at all."""

    counts: tuple[int, int, int]
    forms: tuple[str, str, str]


@dataclass(frozen=True)
class Case:
    """Rows of sites, and which target is the third."""

    third: str
    rows: tuple[Row, ...]
    below: int
    digits: int
    own: bool
    """The whole has figures of its own, which stand where a site is silent."""

    @property
    def ids(self) -> tuple[str, str, str]:
        return "people", "seen", self.third

    def parent(self, at: int) -> int | None:
        """Return the place of the target that a target is a part of; None where it is a count."""
        return {"people": None, "men": None, "seen": 0, "treated": 0, "cured": 1}[self.ids[at]]

    def outweighs(self, at: int) -> bool:
        """Tell whether the whole's own figure stands for its sites'."""
        return self.own and any(row.forms[at] == "none" for row in self.rows)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    third = draw(st.sampled_from(sorted(THIRD)))
    # Of every plan the shares come mostly as pairs: percentages leave no sums to be attacked.
    ways = draw(
        st.sampled_from([["pair"], ["pair", "percent"], ["pair", "number", "none"], ["pair", "none"]])
    )
    rows = []
    for _site in range(draw(st.integers(2, 4))):
        people = draw(st.integers(0, 6))
        seen = draw(st.integers(0, people))
        last = draw(st.integers(0, seen if third == "cured" else people))
        first = draw(st.sampled_from(["pair"] * 4 + ["none"] * ("none" in ways)))
        forms = (first, draw(st.sampled_from(ways)), draw(st.sampled_from(ways)))
        if third == "men" and forms[2] in ("percent", "number"):
            forms = (*forms[:2], "pair")
        if third == "cured":  # a number is held against its whole's wherever that is known
            forms = (*forms[:2], _settled(forms[2], _settled(forms[1], first)))
        else:
            forms = (*forms[:2], _settled(forms[2], first))
        forms = (first, _settled(forms[1], first), forms[2])
        rows.append(Row((people, seen, last), forms))
    return Case(third, tuple(rows), draw(st.integers(2, 4)), draw(st.integers(0, 2)), draw(st.booleans()))


class Plans:
    """Each plan, and an assessment whose results are replaced; no dataclass, which would be printed."""

    def __init__(self, loaded: dict[str, LoadedPlan], base: Assessment) -> None:
        self.loaded = loaded
        self.base = base


def _settled(form: str, parent: str) -> str:
    return "pair" if form == "number" and parent in ("pair", "number") else form


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Plans:
    folder = tmp_path_factory.mktemp("attack")
    base = Bench(sites_plan(folder), folder).assessed([], "9m")
    return Plans({name: _plan(folder, name, text) for name, text in THIRD.items()}, base)


def _plan(folder: Path, name: str, text: str) -> LoadedPlan:
    path = folder / f"{name}.yaml"
    names = f'{{vi: "{name}", en: "{name}"}}'
    path.write_text(f"{HEAD}  {name}:\n    name: {names}\n    {text}\n    unit: person\n", "utf-8")
    return load_plan(path)


def rounded(part: int, whole: int, digits: int) -> Fraction:
    """Return a percentage as an office would write it."""
    scale = 10**digits
    return Fraction(floor(Fraction(100 * part, whole) * scale + Fraction(1, 2)), scale)


def figure(case: Case, row: Row, at: int) -> Actual:
    """Return what a site's row says of a target."""
    form, part, parent = row.forms[at], row.counts[at], case.parent(at)
    if form == "none":
        return Actual(State.NOT_REPORTED)
    if parent is None:
        return Actual(State.VALUE, Amount.exact(part))
    whole = row.counts[parent]
    if form == "number":
        return Actual(State.VALUE, UNKNOWN, Amount.exact(part))
    if whole == 0:
        return Actual(State.NOT_APPLICABLE)
    if form == "percent":
        return Actual(State.VALUE, Amount.exact(rounded(part, whole, case.digits)))
    share = Amount.exact(Fraction(100 * part, whole))
    return Actual(State.VALUE, share, Amount.exact(part), Amount.exact(whole))


def whole_figure(case: Case, at: int) -> Actual:
    """Return the whole's own figure of a target: of all sites, also of those that are silent."""
    every = tuple(sum(row.counts[one] for row in case.rows) for one in range(3))
    return figure(case, Row((every[0], every[1], every[2]), ("pair", "pair", "pair")), at)


def assessed(case: Case, loaded: LoadedPlan, base: Assessment) -> Assessment:
    """Return the assessment of a case, added up and judged like any other."""
    sites = [loaded.sites.by_key("districts", key) for key in SITES[: len(case.rows)]]
    results = []
    for at, name in enumerate(case.ids):
        target = loaded.plan.targets[name]
        found = [(site, figure(case, row, at)) for site, row in zip(sites, case.rows, strict=True) if site]
        heard = tuple(SiteFigure(site, one) for site, one in found if one.state is not State.NOT_REPORTED)
        silent = tuple(site for site, one in found if one.state is State.NOT_REPORTED)
        rolled = RollUp("districts", len(found), heard, silent)
        actual = roll_up(target, rolled, lambda _site: None, None) if heard else Actual(State.NOT_REPORTED)
        if case.outweighs(at) and actual.state is State.VALUE:
            actual = whole_figure(case, at)
        results.append(judge(loaded.plan, target, 0, actual, base.period, rolled if heard else None))
    return replace(base, plan=loaded.plan, results=tuple(results))


World = tuple[int, int, int]


class Reader:
    """Works out what all the printed figures leave possible."""

    def __init__(self, case: Case, shown: Assessment, document: dict[str, Any]) -> None:
        self.case = case
        self.targets = document["targets"]
        self.sites = [
            {one["key"]: one for one in (target["sites"] or {"figures": []})["figures"]}
            for target in self.targets
        ]
        self.results = shown.results
        self.sums = list(self._sums())

    def _sums(self) -> Iterator[tuple[str, int, Fraction]]:
        """Yield what a printed total says: the sum of a target's counts, or of its wholes."""
        for at, result in enumerate(self.results):
            actual = result.actual
            if actual.state is not State.VALUE:
                continue
            if self.case.parent(at) is None and actual.amount and actual.amount.low is not None:
                yield "part", at, actual.amount.low
            if actual.numerator and actual.numerator.low is not None:
                yield "part", at, actual.numerator.low
            if actual.denominator and actual.denominator.low is not None:
                yield "whole", at, actual.denominator.low

    def vector(self, place: int, world: World) -> tuple[int, ...]:
        """Return what a site adds to every printed total."""
        found = []
        for kind, at, _total in self.sums:
            form, parent = self.case.rows[place].forms[at], self.case.parent(at)
            all_of_it = self.case.outweighs(at)
            part = kind == "part" or parent is None or (form == "number" and not all_of_it)
            one = world[at] if part or parent is None else world[parent]
            found.append(0 if form == "none" and not all_of_it else one)
        return tuple(found)

    def worlds(self, place: int) -> list[World]:
        """Return all that a site's own printed figures leave possible."""
        totals = {at: total for kind, at, total in self.sums if kind == "part"}
        said = self.case.rows[place].forms
        most = [int(totals[at]) if at in totals and said[at] != "none" else MOST for at in range(3)]
        parent = 1 if self.case.third == "cured" else 0
        return [
            world
            for people in range(most[0] + 1)
            for seen in range(min(people, most[1]) + 1)
            for last in range(min((people, seen)[parent], most[2]) + 1)
            if self._fits(place, world := (people, seen, last))
        ]

    def _fits(self, place: int, world: World) -> bool:
        return all(self._agrees(place, at, world) for at in range(3))

    def _agrees(self, place: int, at: int, world: World) -> bool:
        cell = self.sites[at].get(SITES[place])
        form, parent = self.case.rows[place].forms[at], self.case.parent(at)
        if cell is None or cell["state"] in ("not_reported", "masked"):
            return True
        if parent is None:
            return bool(cell["low"] == world[at])
        whole = world[parent]
        if cell["state"] == "not_applicable" or form != "number":
            if (cell["state"] == "not_applicable") is not (whole == 0):
                return False
            if whole == 0:
                return True
        if form == "percent":
            return rounded(world[at], whole, self.case.digits) == Fraction(str(cell["low"]))
        return cell["numerator"] == world[at] and cell["denominator"] in (None, whole)

    def possible(self) -> list[set[World]]:
        """Return for each site what fits all totals too."""
        size = len(self.case.rows)
        options = [self.worlds(place) for place in range(size)]
        goal = tuple(int(total) for _kind, _at, total in self.sums)
        vectors = [{one: self.vector(place, one) for one in options[place]} for place in range(size)]
        found = []
        for place in range(size):
            others = {(0,) * len(goal)}
            for other in range(size):
                if other != place:
                    steps = set(vectors[other].values())
                    added = {tuple(map(sum, zip(one, step, strict=True))) for one in others for step in steps}
                    others = {one for one in added if not any(map(int.__gt__, one, goal))}
            found.append({
                one for one, step in vectors[place].items()
                if tuple(map(int.__sub__, goal, step)) in others
            })  # fmt: skip
        return found


def secrets(case: Case, row: Row) -> Iterator[tuple[int, str]]:
    """Yield which counts of a site are small and reported: the part, or the rest of a share."""
    for at in range(3):
        form, parent = row.forms[at], case.parent(at)
        # Of a silent site what its own part of a part names is nothing that the whole's figures told.
        if form == "none" and case.outweighs(at) and (at, case.third) != (1, "cured"):
            form = "pair"
        known = parent is not None and row.forms[parent] == "pair"
        if form == "none" or (form == "percent" and not known):
            continue
        if 0 < row.counts[at] < case.below:
            yield at, "part"
        if parent is not None and form != "number" and 0 < row.counts[parent] - row.counts[at] < case.below:
            yield at, "rest"


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example(
    Case(  # "not applicable" in a masked share of a share says that nobody was seen
        "cured",
        (
            Row((2, 2, 0), ("pair", "none", "pair")),
            Row((2, 0, 0), ("pair", "pair", "pair")),
            Row((3, 2, 0), ("pair", "pair", "none")),
        ),
        below=2, digits=0, own=False,
    )
)  # fmt: skip
@given(cases())
def test_no_small_count_can_be_worked_out(plans: Plans, case: Case) -> None:
    shown = masked(assessed(case, plans.loaded[case.third], plans.base), case.below)
    document = json.loads(check_json([], "2024.yaml", shown))
    for target in document["targets"]:
        if target["actual"]["state"] == "masked":
            told = (
                "percent",
                "percent_low",
                "percent_high",
                "gap",
                "gap_low",
                "gap_high",
                "needed_per_month",
            )
            assert {target[one] for one in told} == {None}
    possible = Reader(case, shown, document).possible()
    for place, row in enumerate(case.rows):
        assert row.counts in possible[place]
        for at, kind in secrets(case, row):
            parent = case.parent(at)
            found = {
                one[at] if kind == "part" or parent is None else one[parent] - one[at]
                for one in possible[place]
            }
            assert len(found) > 1, f"{case.ids[at]} of {SITES[place]}: {kind} is {found}"
