"""Which sites forms go to where all are to get one."""

from rehabplan.plan.model import Plan
from rehabplan.site_choice import listed
from rehabplan.sites import SiteIndex, SiteSet


def set_for_all(plan: Plan, index: SiteIndex) -> SiteSet | None:
    """Return the set that each get a form: that of the plan's shares, else the only one; None of several."""
    if plan.shares:
        return index.sets[plan.shares.sites]
    sets = listed(index)
    return sets[0] if len(sets) == 1 else None
