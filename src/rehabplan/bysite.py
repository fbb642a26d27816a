"""Each site's own verdicts: its figures held against its share of the plan (design.md §4)."""

from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from rehabplan import figures
from rehabplan.actuals.model import Actual, State
from rehabplan.assess import Assessment, Result, judge
from rehabplan.measure.scope import Scope
from rehabplan.plan.goal import Measure
from rehabplan.plan.model import Kind, Plan, Target
from rehabplan.plan.pacing import Pace
from rehabplan.sites import Site


class SiteResult(Struct, frozen=True):
    """What one site reported of a target; the verdict where the plan says what the site is to bring."""

    site: Site
    target: Target
    actual: Actual
    share: Fraction | None
    result: Result | None

    @property
    def score(self) -> Fraction | None:
        """What sites are compared by: the percentage of the share, a rate, else the bare figure.

        None where it is not exactly known, or where lower is better and there is no share.
        """
        amount = self.result.percent if self.result and self.result.percent else self.actual.amount
        if self.target.kind.is_share or self.target.kind is Kind.MILESTONE:
            amount = self.actual.amount
        return amount.value if amount is not None and self.actual.state is State.VALUE else None


class TargetBySite(Struct, frozen=True):
    """A target with every site's result, silent ones among them, in the order of the plan's list."""

    result: Result
    sites: tuple[SiteResult, ...]

    def ranked(self) -> list[SiteResult]:
        """Return the sites with an exact figure, the best first."""
        down = self.result.goal.lower_is_better
        scored = [one for one in self.sites if one.score is not None]
        return sorted(scored, key=lambda one: one.score or Fraction(0), reverse=not down)


def by_site(assessment: Assessment) -> list[TargetBySite]:
    """Return the targets that were added up from sites, with each site's own result."""
    found = []
    for result in assessment.results:
        rolled = result.sites
        if rolled is None:
            continue
        given = {one.site: one.actual for one in rolled.figures}
        silent = {site: Actual(State.NOT_REPORTED) for site in rolled.silent if site not in given}
        members = assessment.scope.sites.members(rolled.set)
        everyone = {**given, **silent}
        order = [site for site in members if site in everyone] or list(everyone)
        sites = tuple(_result(assessment, result, site, everyone[site]) for site in order)
        found.append(TargetBySite(result, sites))
    return found


def of_one_site(assessment: Assessment, site: Site) -> list[SiteResult]:
    """Return one site's results, target by target; a target without a figure of its own is silent."""
    found = []
    for result in assessment.results:
        rows = result.sites.figures if result.sites else ()
        actual = next((one.actual for one in rows if one.site == site), Actual(State.NOT_REPORTED))
        found.append(_result(assessment, result, site, actual))
    return found


def _result(assessment: Assessment, whole: Result, site: Site, actual: Actual) -> SiteResult:
    plan, target = assessment.plan, whole.target
    scope = assessment.scope.of(site)
    share = scope.share(plan, target)
    own = site_target(plan, target, scope)
    none = target.sites is not None and scope.count(plan, target) == 0
    if own is None or none or actual.state is State.MASKED:
        return SiteResult(site, target, actual, share, None)
    found = judge(plan, own, whole.depth, actual, assessment.period, scope=scope)
    return SiteResult(site, target, actual, share, found)


def site_target(plan: Plan, target: Target, scope: Scope) -> Target | None:
    """Return a target as it stands for one site: its share as the goal; None where there is none.

    A rate, a coverage and a milestone ask the same of every site. A change against a baseline is not
    judged, since the plan gives no site's baseline; a stock without one has no pace.
    """
    goal = target.goal_of(plan.year)
    if goal.change:
        return None
    if target.kind in (Kind.MILESTONE, Kind.RATE, Kind.COVERAGE):
        return target.model_copy(update={"baseline": None})
    share = scope.share(plan, target)
    if share is None or goal.measure is not Measure.NUMBER or goal.upper is not None:
        return None
    own = replace(goal, value=share, text=figures.plain(share))
    pace = _scaled(target.stated_pace, share / goal.value) if goal.value else target.stated_pace
    return target.model_copy(update={"goals": {None: own}, "baseline": None, "stated_pace": pace})


def _scaled(pace: Pace | None, factor: Fraction) -> Pace | None:
    """Return the plan's path scaled to a share."""
    if pace is None:
        return None
    quarters = tuple(one * factor for one in pace.quarters)
    curve = tuple((day, one * factor) for day, one in pace.curve)
    return pace.model_copy(update={"quarters": quarters, "curve": curve})
