"""What a reader must know of a plan to understand a report: its year, labels and sites, and the layout."""

from typing import TYPE_CHECKING

from msgspec import Struct, field

from rehabplan.actuals.labels import LabelIndex
from rehabplan.actuals.layout import Layout
from rehabplan.period import Convention
from rehabplan.sites import SiteIndex, split_name

if TYPE_CHECKING:  # only for the type: a reader's process has no need of pydantic
    from rehabplan.plan.model import Plan


class Vocabulary(Struct, frozen=True):
    """Plain values only, so that it can be sent to the process that reads."""

    year: int | None = None
    convention: Convention = Convention.CALENDAR
    labels: LabelIndex = field(default_factory=LabelIndex)
    sites: SiteIndex = field(default_factory=SiteIndex)
    whole: str = ""
    """The bare name of the plan's own area, "hà nội"."""
    whole_type: str = "thành phố"
    """Its type; another area of this type is another office's."""
    layout: Layout = field(default_factory=Layout)

    @classmethod
    def of(cls, plan: "Plan", sites: SiteIndex, layout: Layout | None = None) -> "Vocabulary":
        """Return the words of a plan."""
        return cls(
            plan.year, plan.convention, LabelIndex.of(plan), sites, split_name(plan.issuer)[1],
            split_name(plan.issuer)[0], layout or Layout(),
        )  # fmt: skip
