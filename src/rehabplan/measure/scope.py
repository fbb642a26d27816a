"""Whose figures are measured: those of the plan's whole area, or of one site in it."""

from collections.abc import Mapping
from fractions import Fraction

from msgspec import Struct, field

from rehabplan.plan.model import Plan, Target
from rehabplan.sites import Site, SiteIndex

Shares = Mapping[str, Mapping[str, Fraction]]
"""Target id → key of a site in `plan.shares.sites` → what it is to bring, in the target's unit."""


class Scope(Struct, frozen=True):
    """The whole area (no site), or one site with its shares of the plan's goals."""

    sites: SiteIndex = field(default_factory=SiteIndex)
    shares: Shares = field(default_factory=dict)
    site: Site | None = None

    def of(self, site: Site) -> "Scope":
        """Return the scope of one site."""
        return Scope(self.sites, self.shares, site)

    @property
    def who(self) -> str:
        """The site's name in brackets, to stand behind a target's; empty for the whole."""
        return f" ({self.sites.label(self.site)})" if self.site else ""

    def share(self, plan: Plan, target: Target) -> Fraction | None:
        """Return what the site is to bring of a target, None where the plan does not say."""
        if self.site is None or plan.shares is None or self.site.set != plan.shares.sites:
            return None
        return self.shares.get(target.id, {}).get(self.site.key)

    def goal(self, plan: Plan, target: Target) -> Fraction | None:
        """Return the figure that the scope is to reach: the goal's, or the site's share."""
        return target.goal_of(plan.year).value if self.site is None else self.share(plan, target)

    def count(self, plan: Plan, target: Target) -> int | None:
        """Return how many of a target's own sites lie in the scope; None where it has none, or unknown."""
        own = plan.sites.get(target.sites or "")
        if own is None or self.site is None:
            return own.count if own else None
        if self.site.set == target.sites:
            return 1
        return self.sites.count_of(target.sites or "", self.site)
