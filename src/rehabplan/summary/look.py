"""How the workbook looks: one font, few colours, the same for every sheet; formats made once."""

from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from rehabplan.tablecells import Tone

FONT: Final = "Times New Roman"
SIZE: Final = 11
NOTE_SIZE: Final = 10
TITLE_SIZE: Final = 14
DIGIT_PIXELS: Final = 8
"""Width of a digit of the workbook's standard font, Times New Roman 12, by which widths are told."""

LINE = "#9CA3AF"
HEAD_FILL = "#E5E7EB"
BAR = "#BDD7EE"
ACTUAL = "#1F4E79"
EXPECTED = "#BFBFBF"
FILLS = {
    Tone.PLAIN: "#FFFFFF",
    Tone.MUTED: "#F3F4F6",
    Tone.GOOD: "#D9EAD3",
    Tone.WARN: "#FFF2CC",
    Tone.BAD: "#F4CCCC",
}
SILENT = {"bg_color": "#D1D5DB", "font_color": "#374151"}
"""A site that did not report: darker than any judged cell, in print without colours too."""
INKS = {
    Tone.PLAIN: "#000000",
    Tone.MUTED: "#6B7280",
    Tone.GOOD: "#274E13",
    Tone.WARN: "#7F6000",
    Tone.BAD: "#990000",
}


class Look:
    """Hands out the formats of a workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        """Make formats in `book`."""
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def format(self, **properties: Any) -> Format:  # noqa: ANN401 - XlsxWriter's own properties
        """Return the format with these properties over the standard font."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            base = {"font_name": FONT, "font_size": SIZE, "valign": "vcenter"}
            self._made[key] = self._book.add_format({**base, **properties})
        return self._made[key]

    def cell(self, **properties: Any) -> Format:  # noqa: ANN401
        """Return the format of a cell in a table: with a thin line around it, its text wrapped."""
        inside = {} if properties.get("align") in ("center", "right") else {"indent": 1}
        return self.format(**{"border": 1, "border_color": LINE, "text_wrap": True, **inside, **properties})

    def head(self, **properties: Any) -> Format:  # noqa: ANN401
        """Return the format of a column's heading."""
        return self.cell(**{"bold": True, "align": "center", "bg_color": HEAD_FILL, **properties})

    def status(self, tone: Tone) -> Format:
        """Return the cell of a status: small enough for its longest words on one line."""
        return self.toned(tone, bold=True, align="center", font_size=10)

    def toned(self, tone: Tone, **properties: Any) -> Format:  # noqa: ANN401
        """Return a cell in the colour of a tone."""
        fill = {} if tone is Tone.PLAIN else {"bg_color": FILLS[tone]}
        return self.cell(**{**fill, "font_color": INKS[tone], **properties})
