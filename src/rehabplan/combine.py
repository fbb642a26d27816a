"""Brings the whole's own figures and those of its sites together: one actual for each target."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from msgspec import Struct, field
from msgspec.structs import replace

from rehabplan import figures
from rehabplan.actuals.model import TOTAL, Actual, Observation, State
from rehabplan.gather import Gathered
from rehabplan.i18n import N_
from rehabplan.measure import measure
from rehabplan.measure.scope import Scope
from rehabplan.numbers import UNKNOWN, Amount
from rehabplan.period import Period
from rehabplan.plan.model import Plan, Target
from rehabplan.problems import Code, Problem, Where, message, problem
from rehabplan.rollup import RollUp, SiteFigure, roll_up
from rehabplan.sites import Site
from rehabplan.units import unit_of


class Reporting(Struct, frozen=True):
    """Which sites of a set have sent anything for the period."""

    set: str
    unit: str
    count: int
    reported: tuple[Site, ...]
    missing: tuple[Site, ...]
    """Those known by name; where the plan has no list of them, none."""


class Combined(Struct):
    """Every target's actual by id, the figures by site, who reported, and what does not fit together."""

    actuals: dict[str, Actual] = field(default_factory=dict)
    rolled: dict[str, RollUp] = field(default_factory=dict)
    reporting: tuple[Reporting, ...] = ()
    problems: list[Problem] = field(default_factory=list)


def combine(plan: Plan, gathered: Gathered, scope: Scope) -> Combined:
    """Measure the whole's figures and each site's, and roll the sites up."""
    period = gathered.period
    placed = {one.indicator for one in gathered.observations if not one.unplaced}
    kept = [one for one in gathered.observations if not one.unplaced or one.indicator not in placed]
    gathered = replace(gathered, observations=tuple(kept))
    whole = [one for one in gathered.observations if one.site is None and not one.indicator.startswith(TOTAL)]
    whole = _without_sums(whole)
    actuals, problems = measure(plan, period, whole, scope)
    found = Combined(actuals, problems=problems)
    by_site: dict[Site, list[Observation]] = {}
    for one in gathered.observations:
        if one.site is not None:
            by_site.setdefault(one.site, []).append(one)
    if by_site:
        _Roller(plan, period, scope, found).roll(by_site, whole)
    _check_totals(plan, gathered.observations, found)
    return found


def _without_sums(whole: list[Observation]) -> list[Observation]:
    """Leave out rows of totals beside the whole's own figure, and those of several tables of sites.

    Each of them sums up its own table, against which it was held.
    """
    own = {one.indicator for one in whole if not one.total}
    sums = Counter(one.indicator for one in whole if one.total)
    return [one for one in whole if not one.total or (one.indicator not in own and sums[one.indicator] == 1)]


class _Roller:
    """Rolls the sites of a plan up, target by target."""

    def __init__(self, plan: Plan, period: Period, scope: Scope, found: Combined) -> None:
        self.plan = plan
        self.period = period
        self.scope = scope
        self.found = found
        self.measured: dict[Site, dict[str, Actual]] = {}
        self._listed: dict[str, tuple[list[Site], frozenset[Site]]] = {}

    def roll(self, by_site: Mapping[Site, Sequence[Observation]], whole: Iterable[Observation]) -> None:
        order = [target for target, _depth in self.plan.in_tree_order()]
        for site, observations in by_site.items():
            actuals, problems = measure(self.plan, self.period, observations, self.scope.of(site), order)
            self.measured[site] = actuals
            self.found.problems += problems
        totals = {one.where for one in whole if one.total}
        for target in self.plan.targets.values():
            self._target(target, totals)
        self.found.reporting = tuple(self._reporting(by_site))

    def _target(self, target: Target, totals: set[Where]) -> None:
        own = {site: actuals[target.id] for site, actuals in self.measured.items()
               if actuals[target.id].state is not State.NOT_REPORTED}  # fmt: skip
        if not own:
            return
        tops = self._tops({site.set for site in own})
        if len(tops) > 1:
            where = next(iter(own.values())).evidence[0].where
            names = [self._unit_of(top) for top in tops]
            args = {"target": target.name, "first": names[0], "second": names[1]}
            self.found.problems.append(problem(Code.TWO_SETS, where, **args))
            evidence = tuple(item for one in own.values() for item in one.evidence)
            self.found.actuals[target.id] = Actual(State.REJECTED, evidence=evidence)
            return
        rolled = self._rolled(target, tops[0], own)
        actual = self._up(target, rolled)
        given = self.found.actuals[target.id]
        self.found.rolled[target.id] = rolled
        total = bool(given.evidence) and given.evidence[0].where in totals
        self.found.actuals[target.id] = self._reconciled(target, given, actual, rolled, total=total)
        self._tell_percentages(target, rolled)

    def _unit_of(self, name: str) -> object:
        known = self.scope.sites.sets.get(name)
        return unit_of(known.unit).name if known else name

    def _tops(self, sets: set[str]) -> list[str]:
        """Return the sets that no other of them encloses."""
        known = self.scope.sites.sets

        def outer(name: str) -> set[str]:
            within = known[name].within if name in known else None
            return {within, *outer(within)} if within else set()

        return sorted(one for one in sets if not outer(one) & sets)

    def _rolled(
        self, target: Target, top: str, own: Mapping[Site, Actual], inside: Site | None = None
    ) -> RollUp:
        """Return the figures of a set's sites; a site without its own is the sum of those inside it."""
        known = self.scope.sites.sets.get(top)
        members, listed = self._members(top)
        if inside is not None:
            members = [one for one in members if self.scope.sites.enclosing(one) == inside]
            listed = frozenset(members)
        expected = members
        if target.sites in self.plan.sites:
            expected = [one for one in members if self.scope.of(one).count(self.plan, target) != 0]
        given = [site for site in own if site.set == top and (not members or site in listed)]
        inner = [one.id for one in self.scope.sites.sets.values() if one.within == top]
        heard_inside = {(one.set, self.scope.sites.enclosing(one)) for one in own} if inner else set()
        rows = []
        for site in expected or given:
            actual = own.get(site)
            for name in inner:
                if (name, site) in heard_inside:
                    inside_it = self._rolled(target, name, own, site)
                    summed = self._up(target, inside_it)
                    actual = (
                        self._reconciled(target, actual, summed, inside_it, who=site) if actual else summed
                    )
            if actual is not None:
                rows.append(SiteFigure(site, actual))
        asked = listed if expected is members else frozenset(expected)
        rows += [SiteFigure(site, own[site]) for site in given if asked and site not in asked]
        count = len(expected) or (known.count if known else len(given))
        heard = {one.site for one in rows if one.reported}
        return RollUp(top, count, tuple(rows), tuple(one for one in expected if one not in heard))

    def _members(self, name: str) -> tuple[list[Site], frozenset[Site]]:
        """Return the sites of a set, in the plan's order and to be looked up; every target asks for them."""
        if name not in self._listed:
            known = self.scope.sites.sets.get(name)
            members = list(known.members) if known else []
            self._listed[name] = members, frozenset(members)
        return self._listed[name]

    def _up(self, target: Target, rolled: RollUp) -> Actual:
        inside = {one.site: self.scope.of(one.site).count(self.plan, target) for one in rolled.figures}
        own = self.plan.sites.get(target.sites or "")
        return roll_up(target, rolled, inside.get, own.count if own else None)

    def _reconciled(  # noqa: PLR0913 - two figures, and whose they are
        self, target: Target, given: Actual, added: Actual, rolled: RollUp, *, total: bool = False,
        who: Site | None = None,
    ) -> Actual:  # fmt: skip
        """Hold the whole's own figure against its sites: all of them outweigh it, some bound it."""
        if given.state is State.NOT_REPORTED or State.REJECTED in (given.state, added.state):
            return given if given.state is State.REJECTED else added
        if given.state is not State.VALUE or added.state is not State.VALUE:
            return added if added.state is State.VALUE else given
        evidence = (*added.evidence, *given.evidence)
        if given.amount is None or added.amount is None:
            return replace(added, evidence=evidence)
        counted = not target.kind.is_share
        where = given.evidence[0].where
        tail = "" if counted else "%"
        label = f" ({self.scope.sites.label(who)})" if who else ""
        args = {"target": target.name, "raw": _shown(given, tail), "sum": _shown(added, tail), "who": label}
        if rolled.complete:
            if (total and counted) or _agree(given, added):
                return replace(added, evidence=evidence)
            self.found.problems.append(problem(Code.WHOLE_DIFFERS, where, **args))
            return replace(added, amount=_either(given, added), evidence=evidence)
        if total and counted:  # a sum over the rows leaves out the silent ones too
            return replace(added, evidence=evidence)
        if _apart(given.amount, added.amount):
            self.found.problems.append(problem(Code.WHOLE_TOO_SMALL, where, **args))
            return Actual(State.REJECTED, evidence=evidence)
        step = message(
            N_("the whole's own figure is used: only {reported} of {count} sites reported"),
            reported=rolled.reported, count=rolled.count,
        )  # fmt: skip
        return replace(given, evidence=(*given.evidence, *added.evidence), steps=(*given.steps, step))

    def _tell_percentages(self, target: Target, rolled: RollUp) -> None:
        valued = [one.actual for one in rolled.figures if one.actual.state is State.VALUE]
        alone = [one for one in valued if one.numerator is None]
        if alone and target.kind.is_share:
            args = {"target": target.name, "count": len(alone)}
            self.found.problems.append(problem(Code.SITE_PERCENTAGES, alone[0].evidence[0].where, **args))

    def _reporting(self, by_site: Mapping[Site, Sequence[Observation]]) -> Iterable[Reporting]:
        heard = {
            site: None for site, observations in by_site.items()
            if any(not one.figure.silent and one.until == self.period.cutoff for one in observations)
        }  # fmt: skip
        for top in self._tops({site.set for site in by_site}):
            known = self.scope.sites.sets.get(top)
            members = known.members if known else ()
            inside = {self.scope.sites.enclosing(site) for site in heard}
            reported = tuple(one for one in members or heard if one in heard or one in inside)
            missing = tuple(one for one in members if one not in heard and one not in inside)
            count = known.count if known else len(reported)
            yield Reporting(top, known.unit if known else "", count, reported, missing)


_TOLERANCE = Fraction(1, 10)
"""Points by which a rounded percentage may differ from the one worked out."""


def _agree(given: Actual, added: Actual) -> bool:
    """Tell whether two figures of the whole are the same: as pairs, or as rounded percentages."""
    if None not in (given.numerator, given.denominator, added.numerator, added.denominator):
        return (given.numerator, given.denominator) == (added.numerator, added.denominator)
    if given.amount == added.amount:
        return True
    one, other = (actual.amount.value if actual.amount else None for actual in (given, added))
    if given.denominator is None and added.denominator is not None and one is not None and other is not None:
        return abs(one - other) <= _TOLERANCE
    return False


def _apart(one: Amount, other: Amount) -> bool:
    """Tell whether no value lies within both amounts."""
    return one.surely_more_than(other) or other.surely_more_than(one)


def _shown(actual: Actual, tail: str) -> str:
    """Return a figure as it is compared: 260/310 (83.9%), 83.9%, 235."""
    shown = figures.bounds(actual.amount or UNKNOWN, tail=tail)
    if actual.numerator is None or actual.denominator is None:
        return shown
    return f"{figures.bounds(actual.numerator)}/{figures.bounds(actual.denominator)} ({shown})"


def _either(first: Actual, second: Actual) -> Amount | None:
    """Return the amount that two figures leave possible where it is not known which of them holds."""
    if first.amount is None or second.amount is None:
        return second.amount
    lows = [one.low for one in (first.amount, second.amount)]
    highs = [one.high for one in (first.amount, second.amount)]
    low = min((one for one in lows if one is not None), default=None) if None not in lows else None
    high = max((one for one in highs if one is not None), default=None) if None not in highs else None
    return Amount(low, high)


def _check_totals(plan: Plan, observations: Sequence[Observation], found: Combined) -> None:
    """Hold a row that names a total of the plan against its parts, which the plan declares."""
    for one in observations:
        if not one.indicator.startswith(TOTAL) or len(one.figure.readings) != 1 or one.site is not None:
            continue
        total = plan.totals[int(one.indicator.removeprefix(TOTAL))]
        said = one.figure.readings[0].amount.value
        parts = [found.actuals[part].amount for part in total.parts]
        values = [part.value for part in parts if part is not None and part.value is not None]
        if said is None or len(values) < len(parts) or sum(values, Fraction(0)) == said:
            continue
        shown = " + ".join(figures.number(value) for value in values)
        args = {
            "raw": one.figure.raw,
            "total": total.name,
            "parts": shown,
            "sum": figures.number(sum(values, Fraction(0))),
        }
        found.problems.append(problem(Code.TOTAL_OF_PARTS, one.where, **args))
