"""What the CSV of `check` says of the same period of an earlier year."""

from collections.abc import Iterator

from rehabplan.assess import Assessment, Result
from rehabplan.plan.model import Plan, Target
from rehabplan.render.csvfacts import FULL, NOTHING, About, Fact, actual_facts, goal_facts, known
from rehabplan.sites import Site
from rehabplan.units import PERCENT, POINTS
from rehabplan.yearbefore.model import SiteBeside, YearBefore

PREFIX = "previous_"


def head_facts(before: YearBefore) -> Iterator[Fact]:
    """Yield the earlier plan and period, and what the comparison rests on."""
    found = before.assessment
    yield Fact("previous_plan_file", before.changes.old.file)
    yield Fact.of("previous_year", found.plan.year)
    yield Fact("previous_period", found.period.label)
    yield Fact("previous_cut_off", found.period.cutoff.isoformat())
    for remark in before.remarks:
        yield Fact("previous_remark", str(remark))


def previous_facts(before: YearBefore, result: Result, plan: Plan) -> Iterator[Fact]:
    """Yield a target's earlier figure, and how the two differ or why they are not compared."""
    beside = before.targets[result.target.id]
    then, earlier = beside.result, before.assessment.plan
    if then is not None:
        yield Fact("previous_target", then.target.id)
        yield from goal_facts(then.goal, then.target, earlier, PREFIX)
        yield from actual_facts(then.actual, then.target, earlier, then.goal.value, PREFIX)
        yield from known("previous_percent", then.percent, PERCENT.id, FULL)
        yield Fact("previous_status", str(then.status))
    yield from known("difference", beside.difference, _unit(result.target, plan), NOTHING)
    yield from known("difference_percent", beside.percent, PERCENT.id, NOTHING)
    yield from known("progress", beside.progress, POINTS.id, NOTHING)
    if beside.reason is not None:
        yield Fact("reason", str(beside.reason))
    for aspect in beside.aspects:
        yield Fact("not_comparable_by", str(aspect))
    for aspect in beside.held_equal:
        yield Fact("held_equal", str(aspect))


def sites_facts(
    before: YearBefore, result: Result, now: Assessment, only: Site | None
) -> Iterator[tuple[About, Fact]]:
    """Yield the earlier figure and the difference of each site, or group of sites where borders moved."""
    target, then = result.target, before.targets[result.target.id].result
    for row in before.sites.get(target.id, ()):
        if then is None or (only is not None and only not in row.now):
            continue
        about = _about(row, target, now, before.assessment)
        if len(row.now) > 1:
            yield from ((about, fact) for fact in actual_facts(row.actual, target, now.plan))
        keys = [site.key for site in row.before]
        if keys != [site.key for site in row.now]:
            yield about, Fact("previous_site_key", "+".join(keys))
        earlier = actual_facts(row.earlier, then.target, before.assessment.plan, prefix=PREFIX)
        yield from ((about, fact) for fact in earlier)
        difference = known("difference", row.difference, _unit(target, now.plan), NOTHING)
        yield from ((about, fact) for fact in difference)


def _unit(target: Target, plan: Plan) -> str:
    return POINTS.id if target.kind.is_share else plan.unit_id(target)


def _about(row: SiteBeside, target: Target, now: Assessment, then: Assessment) -> About:
    """Name a group of sites by all its keys; one of sites that are no more, by their earlier ones."""
    sites, index = (row.now, now.scope.sites) if row.now else (row.before, then.scope.sites)
    return About(
        target.id, str(target.name), sites[0].set,
        "+".join(site.key for site in sites), " + ".join(index.label(site) for site in sites),
    )  # fmt: skip
