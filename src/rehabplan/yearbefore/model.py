"""Results beside those of an earlier year: the records."""

from collections.abc import Mapping

from msgspec import Struct, field

from rehabplan.actuals.model import Actual
from rehabplan.assess import Assessment, Result
from rehabplan.numbers import Amount
from rehabplan.plan.continuity import Aspect
from rehabplan.plandiff.model import PlanDiff
from rehabplan.problems import Message
from rehabplan.sites import Site


class Beside(Struct, frozen=True):
    """The earlier year's result of a target, and how the two differ.

    `difference` is now less then, in what is counted, of shares in percentage points; `percent` is of
    the earlier figure; `progress` is the difference of the two percentages of goal, in points.
    None where either side is not known, or `reason` stands in the way.
    """

    result: Result | None
    reason: Message | None = None
    aspects: tuple[Aspect, ...] = ()
    """What changed of the definition, where that is the reason."""
    held_equal: tuple[Aspect, ...] = ()
    """What is worded otherwise and held to mean the same: the comparison rests on that."""
    difference: Amount | None = None
    percent: Amount | None = None
    progress: Amount | None = None

    @property
    def comparable(self) -> bool:
        """Whether the two plans mean the same figure."""
        return self.result is not None and self.reason is None


class SiteBeside(Struct, frozen=True):
    """A site's figure beside the earlier one of the same place; of several sites where borders moved."""

    now: tuple[Site, ...]
    before: tuple[Site, ...]
    actual: Actual
    earlier: Actual
    difference: Amount | None
    reason: Message | None = None
    """Why there is no difference though both figures mean the same."""


class YearBefore(Struct, frozen=True):
    """The same period of an earlier year, target by target, and by site where sites can be paired."""

    assessment: Assessment
    changes: PlanDiff
    targets: Mapping[str, Beside]
    sites: Mapping[str, tuple[SiteBeside, ...]] = field(default_factory=dict)
    remarks: tuple[Message, ...] = ()

    @property
    def year(self) -> int:
        """The year of the earlier plan."""
        return self.assessment.plan.year
