"""What the meeting's workbook is made of."""

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from rehabplan.assess import Assessment
from rehabplan.problems import Problem
from rehabplan.trend.model import Trend
from rehabplan.yearbefore.model import YearBefore


class SourceFile(Struct, frozen=True):
    """A file that figures come from: its name as given, its size in bytes, and SHA-256 of its content."""

    name: str
    size: int
    digest: str


class Letterhead(Struct, frozen=True):
    """The head of the printed tables (Nghị định 30/2020/NĐ-CP, annex I): an annex, or a table by itself."""

    annex: str | None = None
    """"Phụ lục II"; without the motto, number and date of its own."""
    attached_to: str | None = None
    """The bracketed line under an annex's title, word for word."""
    office: str | None = None
    superior: str | None = None

    @property
    def stands_alone(self) -> bool:
        """Whether the table has the two-column head of its own."""
        return bool(self.office) and not self.annex


class Meeting(Struct, frozen=True):
    """Everything that the workbook shows."""

    assessment: Assessment
    plan_file: SourceFile
    lines: Mapping[str, int]
    """Target id → its line in the plan file."""
    problems: Sequence[Problem]
    files: Sequence[SourceFile]
    version: str
    letterhead: Letterhead = field(default_factory=Letterhead)
    before: YearBefore | None = None
    trend: Trend | None = None
    """Where the reports are of several periods."""
    untold: int = 0
    """How many problems are left out because they quote figures that are masked."""
