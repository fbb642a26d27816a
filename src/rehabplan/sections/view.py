"""What `check` was asked to show: every output takes the same."""

from typing import TYPE_CHECKING

from msgspec import Struct

from rehabplan.assess import Assessment
from rehabplan.problems import Problem
from rehabplan.sites import Site

if TYPE_CHECKING:
    from rehabplan.yearbefore.model import YearBefore


class View(Struct, frozen=True):
    """Results, and what of them is to be shown."""

    assessment: Assessment
    plan_file: str
    plan_problems: tuple[Problem, ...] = ()
    """What was found in the plan itself."""
    before: "YearBefore | None" = None
    by_site: bool = False
    """Also show every site."""
    site: Site | None = None
    """Show this site alone."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The plan's problems and those of the reports."""
        return (*self.plan_problems, *self.assessment.problems)
