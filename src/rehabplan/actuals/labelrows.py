"""Rows that are indicators, for the whole or under the name of a site."""

from rehabplan.actuals.cells import Writings
from rehabplan.actuals.context import Context, is_narrow
from rehabplan.actuals.headers import Row
from rehabplan.actuals.labels import Match
from rehabplan.actuals.places import Place, heading_place
from rehabplan.actuals.roles import Role
from rehabplan.actuals.rowreader import RowReader
from rehabplan.actuals.sheet import CellKind
from rehabplan.actuals.siterows import OF_WHICH
from rehabplan.actuals.tables import Table
from rehabplan.problems import problem
from rehabplan.text import clean


class LabelRows(RowReader):
    """Reads a table whose rows name indicators."""

    def __init__(self, table: Table, context: Context, writings: Writings) -> None:
        """Begin above the first row."""
        super().__init__(table, context, writings)
        self.narrow = context.narrow
        """A line above the rows narrows them to a part."""
        self.main: Match | None = None
        """The last row's target that is not itself "of which"."""
        self.block = Place(context.site)
        """The site under whose heading the rows stand."""

    def read_row(self, row: Row, texts: list[str], match: Match | None) -> str:
        """Read a row by the indicator that it names."""
        if not texts:
            return self._line(row)
        if match is None:
            place = self._heading(row, texts[-1])
            if place is not None:
                self.block = place
                return "heading"
        self.read_figures(row, match, self.block)
        if not OF_WHICH.match(clean(texts[-1])):
            self.main = match
        if match is None and not self.filled(row):
            self.narrow = self.context.narrow or is_narrow(texts[-1])
            return "heading"
        return "target" if match else "no target"

    def _line(self, row: Row) -> str:
        """Read a row without a label: a line with a site's name, or figures that nothing names."""
        alone = [cell.text for cell in row.cells.values() if cell.kind is CellKind.TEXT]
        place = heading_place(alone[0], self.words) if len(alone) == len(row.cells) == 1 else None
        if place is None:
            return self.unnamed(row)
        self.block = Place(self.context.site) if place.total else place
        return "heading"

    def is_part(self, row: Row, match: Match) -> bool:
        """Tell whether a figure is of a part: "Trong đó: …" under something else than the target's whole."""
        if match.part or self.narrow:
            return True
        if match.by == "id" or not any(OF_WHICH.match(clean(text)) for text in self.texts(row)):
            return False  # an id is certain, wherever its row stands
        return self.main is None or self.main.indicator not in (match.parent, match.indicator)

    def _heading(self, row: Row, text: str) -> Place | None:
        """Return the site that a row names which only heads the rows below it."""
        others = self.table.having(Role.UNIT, Role.GOAL)
        if any(one.number in row.cells for one in others):
            return None
        if self.filled(row):
            return None
        place = heading_place(text, self.words)
        if place is None:
            return None
        if place.total:
            return Place(self.context.site)
        if place.doubt:
            column = next(one for one in reversed(self.labels) if one.number in row.cells)
            where = self.figures.cell(row, column)
            self.found.problems.append(problem(place.doubt, where, **dict(place.args)))
        return place
