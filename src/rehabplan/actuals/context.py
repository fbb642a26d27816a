"""What surrounds a table: the site, indicator, year and unit that its titles name, and what they rule out."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from rehabplan.actuals.columns import Group, Undecided
from rehabplan.actuals.headings import title_sense, unit_line
from rehabplan.actuals.labels import Match
from rehabplan.actuals.layout import SheetLayout
from rehabplan.actuals.roles import Role
from rehabplan.actuals.sheet import Sheet, address
from rehabplan.actuals.tables import SheetTables, Table
from rehabplan.actuals.titles import Doubt, site_of_titles
from rehabplan.actuals.vocabulary import Vocabulary
from rehabplan.period import clue_in_title, years_in
from rehabplan.problems import Code
from rehabplan.sites import Site
from rehabplan.text import key

_NARROW = re.compile(
    r"\bnữ\b|\bnam giới\b|\d tuổi\b|chỉ tính|cơ sở (?:cai nghiện )?(?:ma túy |ma tuý )?số \d"
)
_ALONE = re.compile(r"(?:năm )?(20\d\d)")


class Context(Struct, frozen=True):
    """What is known of a table before its rows are read."""

    file: str
    sheet: Sheet
    words: Vocabulary
    site: Site | None = None
    open: bool = False
    """The titles name a site that is not certain, so no figure below can be used."""
    match: Match | None = None
    """The indicator that the titles are about."""
    unit: str = ""
    aside: str = ""
    """The title by which the figures are no results of the plan's year: of a plan, of another year."""
    aside_always: bool = False
    """It holds for all columns, not only for those whose headings say nothing."""
    narrow: bool = False
    """The titles narrow the figures to a part: "Số liệu nữ"."""


def contexts(  # noqa: PLR0913, PLR0917 - what surrounds a table
    file: str,
    sheet: Sheet,
    found: SheetTables,
    words: Vocabulary,
    file_site: Site | None,
    layout: SheetLayout | None,
) -> Iterator[tuple[Table, Context, Doubt | None]]:
    """Yield every table with what surrounds it, and why it may not be certain whose figures it holds."""
    above = next((unit for _place, text in found.titles if (unit := unit_line(text))), "")
    site, doubt, year = file_site, None, _other_year([sheet.name], words, alone=True)
    for table in found.tables:
        lines = [text for _place, text in table.titles]
        first = table is found.tables[0]
        site, again = site_of_titles(
            sheet.name if first else "", table.titles, site, words, layout if first else None, first=first
        )
        doubt = again or (doubt if site is None else None)
        named = [text for text in lines if _years(text)]
        year = _other_year(named, words) if named else year
        sense = title_sense(lines)
        plan = lines[-1] if lines and sense in (Role.GOAL, Role.OTHER, Role.ESTIMATE, Role.EARLIER) else ""
        match = next((hit for text in lines if (hit := words.labels.named_in(text))), None)
        unit = next((unit for text in lines if (unit := unit_line(text))), above)
        narrow = any(is_narrow(text) for text in lines)
        yield (
            table,
            Context(file, sheet, words, site, bool(doubt), match, unit, year or plan, bool(year), narrow),
            again,
        )


def is_narrow(text: str) -> bool:
    """Tell whether a title or heading narrows the figures below to a part: women, an age, one facility."""
    return _NARROW.search(key(text)) is not None


def _years(text: str) -> set[int]:
    """Return the years that a title is about; a reference in brackets or a date says nothing."""
    if text.strip().startswith("("):
        return set()
    clue = clue_in_title(text)
    found = {int(year) for year in re.findall(r"năm (20\d\d)(?!\d)", key(text))}
    return found | ({clue.year} if clue and clue.year and (clue.label or clue.cutoff) else set())


def _other_year(lines: Sequence[str], words: Vocabulary, *, alone: bool = False) -> str:
    """Return the title that names other years than the plan's, where none names that."""
    if words.year is None or not lines:
        return ""
    found = [set(years_in(text)) if alone else _years(text) for text in lines]
    if any(words.year in years for years in found):
        return ""
    return next((text for text, years in zip(lines, found, strict=True) if years), "")


def put_aside(groups: list[Group], context: Context) -> list[Group]:
    """Close the groups of columns whose figures are no results by what the titles say."""
    if not context.aside:
        return groups
    return [_closed(group, context) for group in groups]


def _closed(group: Group, context: Context) -> Group:
    year = str(context.words.year)
    said = any(year in value.column.heading for value in group.values)
    bare = all(value.column.bare or _ALONE.fullmatch(key(value.column.heading)) for value in group.values)
    if not group.values or (said if context.aside_always else not bare):
        return group
    column = group.values[0].column
    args = {"title": context.aside, "year": context.words.year}
    closed = Undecided(Code.NOT_RESULTS, address(column.header_row, column.number), args)
    return replace(group, values=(), undecided=closed)
