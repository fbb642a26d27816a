"""What is read from a table's columns: for each indicator or site of the header, which hold results."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from rehabplan.actuals.headers import Column
from rehabplan.actuals.labels import Match
from rehabplan.actuals.model import Basis
from rehabplan.actuals.roles import VALUE_ROLES, Role
from rehabplan.actuals.sheet import address
from rehabplan.actuals.tables import Table
from rehabplan.actuals.vocabulary import Vocabulary
from rehabplan.period import clue_in_title, cutoff_of, day_in, span_in, years_in
from rehabplan.problems import Code
from rehabplan.sites import Site


class Undecided(Struct, frozen=True):
    """Why no column was chosen: a problem's code, its cell, and its arguments."""

    code: Code
    cell: str
    args: Mapping[str, object]


class Value(Struct, frozen=True):
    """A column with results, what span its figures cover, and the days that its own words name."""

    column: Column
    basis: Basis
    since: date | None = None
    until: date | None = None


class Group(Struct, frozen=True):
    """The columns about one indicator, one site, or (with neither) about the row's own."""

    match: Match | None
    site: Site | None
    total: bool
    columns: tuple[Column, ...]
    values: tuple[Value, ...] = ()
    undecided: Undecided | None = None
    goal: Column | None = None
    """Its column of goals."""
    pair: tuple[Column, Column] | None = None
    """The columns of numerator and denominator, where it has both."""


def groups_of(table: Table, words: Vocabulary) -> list[Group]:
    """Return a table's groups of columns; of each, which columns hold results for the plan's year."""
    about: dict[tuple[str, Site | None, bool], list[Column]] = {}
    for column in table.columns:
        key = (column.match.indicator if column.match else "", column.site, column.total)
        about.setdefault(key, []).append(column)
    found = [_group(columns, words) for columns in about.values()]
    special = any(group.match or group.site for group in found)
    return [
        group for group in found if group.values or group.undecided or group.pair
        if not (special and group.undecided and not _named(group))
    ]  # fmt: skip


def _named(group: Group) -> bool:
    return bool(group.match or group.site or group.total)


def _group(columns: list[Column], words: Vocabulary) -> Group:
    ours = tuple(of_year(columns, words.year))
    first = columns[0]
    values, undecided = _values(ours, words), None
    twice = _twice(values)
    if twice:
        values, undecided = (), _two_columns(*twice)
    elif not values:
        undecided = _why_none(columns, ours, words.year)
    goal, above, below = (_first(ours, role) for role in (Role.GOAL, Role.NUMERATOR, Role.DENOMINATOR))
    pair = (above, below) if above and below else None
    return Group(first.match, first.site, first.total, ours, values, undecided, goal, pair)


def _first(columns: Sequence[Column], role: Role) -> Column | None:
    return next((column for column in columns if column.role is role), None)


def _values(columns: Sequence[Column], words: Vocabulary) -> tuple[Value, ...]:
    """Return the columns of results; beside one of the year to date, a bare result is the period's own."""
    to_date = any(column.role is Role.YEAR_TO_DATE for column in columns)
    bases = {
        Role.YEAR_TO_DATE: Basis.YEAR_TO_DATE,
        Role.ACTUAL: Basis.IN_PERIOD if to_date else Basis.UNSAID,
        Role.AT_DATE: Basis.AT_DATE,
        Role.EVER: Basis.EVER,
        Role.IN_PERIOD: Basis.IN_PERIOD,
    }
    found = []
    for role in VALUE_ROLES:
        for column in columns:
            if column.role is role:
                since, until = _days(column, bases[role], words)
                found.append(Value(column, bases[role], since, until))
    return tuple(found)


def _days(column: Column, basis: Basis, words: Vocabulary) -> tuple[date | None, date | None]:
    """Return the days that a column's own heading names."""
    if words.year is None:
        return None, None
    if basis is Basis.IN_PERIOD:
        span = column.span or span_in(column.heading)
        return span.days(words.year, words.convention) if span else (None, None)
    if column.span:
        return None, column.span.days(words.year, words.convention)[1]
    clue = clue_in_title(column.heading)
    if clue is None or not (clue.cutoff or clue.label):
        return None, day_in(column.heading, words.year)
    if clue.cutoff:
        return None, clue.cutoff
    return None, cutoff_of(clue.label, words.year, words.convention) if clue.label else None


def _twice(values: Sequence[Value]) -> tuple[Column, Column] | None:
    """Return two columns that say they hold the same: neither is the result then."""
    seen: dict[tuple[Basis, Role | None, date | None, date | None], Column] = {}
    for value in values:
        key = (value.basis, value.column.role, value.since, value.until)
        if key in seen:
            return seen[key], value.column
        seen[key] = value.column
    return None


def _two_columns(first: Column, second: Column) -> Undecided:
    args = {"first": first.heading, "first_cell": _place(first), "second": second.heading}
    return Undecided(Code.TWO_COLUMNS, _place(second), args)


def _why_none(columns: Sequence[Column], ours: Sequence[Column], year: int | None) -> Undecided | None:
    past = next((column for column in columns if column.role in VALUE_ROLES), None)
    if past:
        years = ", ".join(str(one) for one in sorted(set(years_in(past.heading))))
        args: dict[str, object] = {"found": years, "found_from": f"'{past.heading}'", "year": year}
        return Undecided(Code.OTHER_YEAR, _place(past), args)
    estimate = next((column for column in ours if column.role is Role.ESTIMATE), None)
    if estimate:
        return Undecided(Code.ESTIMATE_ONLY, _place(estimate), {"heading": estimate.heading})
    return None


def of_year(columns: Sequence[Column], year: int | None) -> Iterator[Column]:
    """Leave out the columns whose headings name another year than the plan's, or a span of years."""
    return (column for column in columns if year is None or _years(column.heading) <= {year})


def _years(heading: str) -> set[int]:
    """Return the years that a heading names; of "từ 15/12/2023 đến 14/9/2024" the one of its end."""
    clue = clue_in_title(heading)
    if clue and clue.start and clue.cutoff:
        return {clue.cutoff.year}
    return set(years_in(heading))


def _place(column: Column) -> str:
    return address(column.header_row, column.number)
