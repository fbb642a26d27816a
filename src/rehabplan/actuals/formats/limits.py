"""How much of a file is read before it is taken for an attack on the reader's time and memory.

None of the limits was hit by any of 1,813 honest public workbooks.
"""

from msgspec import Struct

from rehabplan import figures
from rehabplan.actuals.formats.faults import FaultError
from rehabplan.i18n import _
from rehabplan.problems import Code

MIB = 1 << 20

MOST_BYTES = 256 * MIB
"""Size of a file."""
MOST_BYTES_XLS = 64 * MIB
"""Size of an .xls file, which is loaded as a whole; the format holds 16.7 million cells a sheet."""
MOST_BYTES_TEXT = 64 * MIB
"""Size of a .csv or .tsv file."""
MOST_ENTRIES = 1_000
"""Parts of a zip file."""
MOST_SHEETS = 1_000
"""Sheets of a workbook."""
MOST_DIRECTORY = 1 * MIB
"""Bytes of a zip file's table of contents, looked at before it is read."""
MOST_INFLATED = 512 * MIB
"""Bytes of all parts that were read, counted while they are inflated; headers are not believed."""
FREE_INFLATED = 100 * 1024
"""Bytes that a part may inflate to before its ratio is looked at."""
MOST_RATIO = 100
"""How many bytes one byte of a part may inflate to."""
MOST_CELLS = 5_000_000
"""Cells and rows that a file lists, filled or empty, over all sheets."""
MOST_TAGS = 60_000_000
"""Starts and ends of XML elements in all parts that were read."""
MOST_MERGES = 100_000
"""Merged ranges over all sheets; kept as ranges, never cell by cell."""
MOST_FORMATS = 10_000
"""Number formats of its own; Excel writes at most some 250."""
MOST_STYLES = 100_000
"""Styles of cells; Excel allows 65,490."""
LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
"""The last row and column of Excel 2007 and later."""


def too_large(reason: str) -> FaultError:
    """Return the fault of a file that asks for more than any honest one."""
    return FaultError(Code.TOO_LARGE, reason=reason)


class Budget(Struct):
    """What a file may still use up."""

    inflated: int = MOST_INFLATED
    cells: int = MOST_CELLS
    tags: int = MOST_TAGS
    merges: int = MOST_MERGES
    formats: int = MOST_FORMATS
    sheets: int = MOST_SHEETS
    styles: int = MOST_STYLES

    def take_inflated(self, count: int) -> None:
        """Use up bytes, or refuse the file."""
        self.inflated -= count
        if self.inflated < 0:
            raise too_large(_("unpacked it is more than {limit} MiB").format(limit=MOST_INFLATED // MIB))

    def take_cells(self, count: int = 1) -> None:
        """Use up cells, or refuse the file."""
        self.cells -= count
        if self.cells < 0:
            raise too_large(_("it has more than {limit} cells").format(limit=figures.whole(MOST_CELLS)))

    def take_tags(self, count: int) -> None:
        """Use up starts and ends of XML elements, or refuse the file."""
        self.tags -= count
        if self.tags < 0:
            raise too_large(_("it has more than {limit} XML tags").format(limit=figures.whole(MOST_TAGS)))

    def take_merge(self) -> None:
        """Use up a merged range, or refuse the file."""
        self.merges -= 1
        if self.merges < 0:
            raise too_large(
                _("it has more than {limit} merged ranges").format(limit=figures.whole(MOST_MERGES))
            )

    def take_sheet(self) -> None:
        """Use up a sheet, or refuse the file."""
        self.sheets -= 1
        if self.sheets < 0:
            raise too_large(_("it has more than {limit} sheets").format(limit=figures.whole(MOST_SHEETS)))

    def take_style(self) -> None:
        """Use up a style of cells, or refuse the file."""
        self.styles -= 1
        if self.styles < 0:
            raise too_large(
                _("it has more than {limit} styles of cells").format(limit=figures.whole(MOST_STYLES))
            )

    def take_format(self) -> None:
        """Use up a number format, or refuse the file."""
        self.formats -= 1
        if self.formats < 0:
            raise too_large(
                _("it has more than {limit} number formats").format(limit=figures.whole(MOST_FORMATS))
            )
