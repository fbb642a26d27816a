"""Which column of a table holds the results, or why that is not decided."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rehabplan.actuals.cells import figure_of, settled, writing_of
from rehabplan.actuals.headers import Column, Row
from rehabplan.actuals.headings import VALUE_ROLES, Role
from rehabplan.actuals.model import Figure, FigureKind
from rehabplan.actuals.sheet import Sheet, address
from rehabplan.actuals.tables import Table
from rehabplan.period import years_in
from rehabplan.problems import Code


@dataclass(frozen=True, slots=True)
class Undecided:
    """Why no column was chosen: a problem's code, its cell, and its arguments."""

    code: Code
    cell: str
    args: Mapping[str, object]


def choose_result(table: Table, year: int) -> Column | Undecided:
    """Choose the column of results for a plan's year: year to date first, of the period alone last."""
    for role in VALUE_ROLES:
        found = of_year(table.having(role), year)
        if len(found) > 1:
            first, second = found[0], found[1]
            args: dict[str, object] = {
                "first": first.heading,
                "first_cell": _place(first),
                "second": second.heading,
            }
            return Undecided(Code.TWO_COLUMNS, _place(second), args)
        if found:
            return found[0]
    past = next((column for role in VALUE_ROLES for column in table.having(role)), None)
    if past:
        years = ", ".join(str(year) for year in sorted(_years(past)))
        args = {"found": years, "found_from": f"'{past.heading}'", "year": year}
        return Undecided(Code.OTHER_YEAR, _place(past), args)
    estimate = table.having(Role.ESTIMATE)[0]
    return Undecided(Code.ESTIMATE_ONLY, _place(estimate), {"heading": estimate.heading})


def of_year(columns: list[Column], year: int) -> list[Column]:
    """Leave out the columns whose headings name another year than the plan's, or a span of years."""
    return [column for column in columns if _years(column) <= {year}]


def _years(column: Column) -> set[int]:
    return set(years_in(column.heading))


def _place(column: Column) -> str:
    return address(column.header_row, column.number)


@dataclass(frozen=True, slots=True)
class Filled:
    """A row with its figure, the column that it stands in, and the goal that the row shows."""

    row: Row
    figure: Figure
    column: Column
    goal: Figure
    goal_cell: str | None


def filled_rows(table: Table, result: Column, year: int) -> Iterator[Filled]:
    """Yield a table's rows with their figures, read in the table's own way of writing numbers.

    A row without a year-to-date figure gives that of the period alone, where there is such a column.
    """
    goal = next(iter(of_year(table.having(Role.GOAL), year)), None)
    spare = next(iter(of_year(table.having(Role.IN_PERIOD), year)), None)
    rows = []
    for row in table.rows:
        column = result
        if spare and result.number not in row.cells and spare.number in row.cells:
            column = spare
        shown = figure_of(row.cells.get(goal.number) if goal else None)
        place = address(row.number, goal.number) if goal else None
        rows.append(Filled(row, figure_of(row.cells.get(column.number)), column, shown, place))
    texts = [figure for filled in rows for figure in (filled.figure, filled.goal)]
    # "80.5%" says nothing about how counts are written, nor the other way round.
    writings = {kind: writing_of(one for one in texts if one.percent is kind) for kind in (False, True)}
    for filled in rows:
        figure = settled(filled.figure, writings[filled.figure.percent])
        yield Filled(filled.row, figure, filled.column, filled.goal, filled.goal_cell)


def merged_results(sheet: Sheet, table: Table, result: Column) -> Iterator[tuple[str, set[int]]]:
    """Yield (cell, rows) where one merged cell in the column of results spans several filled rows."""
    filled = {row.number for row in table.rows if set(row.cells) - {result.number}}
    for top, left, bottom, right in sheet.merged:
        sharing = {number for number in filled if top <= number <= bottom}
        if left <= result.number <= right and len(sharing) > 1 and (top, left) in sheet.cells:
            yield address(top, left), sharing


OPEN = Figure(FigureKind.OPEN)
"""The figure of a row whose cell is there but not decided."""
