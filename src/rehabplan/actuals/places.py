"""Which site a row, a table or a whole file is about, by the names that stand there."""

import re
from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from rehabplan.actuals.headers import Column, Row
from rehabplan.actuals.roles import Role
from rehabplan.actuals.subjects import is_sum, looks_like_site
from rehabplan.actuals.tables import Table
from rehabplan.actuals.vocabulary import Vocabulary
from rehabplan.problems import Code, hint
from rehabplan.sites import Site, split_name
from rehabplan.text import clean, key, without_number


class Place(Struct, frozen=True):
    """What names say: a site, the sum of sites, or a doubt (a problem's code and arguments)."""

    site: Site | None = None
    total: bool = False
    doubt: Code | None = None
    args: tuple[tuple[str, object], ...] = ()


NOWHERE = Place()


_SUM_OF = re.compile(r"^(?:tổng )?cộng[ :]+")


def place_named(text: str, inside: Site | None, words: Vocabulary, prefer: str = "") -> Place:
    """Return what the text in a column of sites stands for.

    Args:
        text: the text.
        inside: the site that the rows around it are inside of.
        words: the plan's sites.
        prefer: the set that most names of the column belong to, where a name can mean several.
    """
    label = without_number(text)
    of_one = _SUM_OF.sub("", key(label))
    summed = words.sites.find(of_one, inside) if of_one != key(label) else ()
    if len(summed) == 1:
        return Place(summed[0])  # "Cộng quận Ba Đình" is the district's own figure
    if is_sum(label) or is_whole(label, words):
        return Place(total=True)
    found = words.sites.find(text, inside) or words.sites.find(label, inside)
    if len(found) > 1:
        found = tuple(site for site in found if site.set == prefer) or found
    if len(found) == 1:
        return Place(found[0])
    if found:
        return _ambiguous(label, found, words)
    unlisted = _unlisted(label, words)
    if unlisted is not None:
        return Place(Site(unlisted, clean(label), clean(label)))
    if not words.sites:
        return Place(doubt=Code.ONE_SITE, args=(("site", clean(label)),))
    args = (("name", clean(label)), ("hint", hint(words.sites.suggest(label))))
    return Place(doubt=Code.UNKNOWN_SITE, args=args)


def _unlisted(label: str, words: Vocabulary) -> str | None:
    """Return the set that a place must belong to by its type, where the plan only counts that set."""
    kind = split_name(label)[0]
    unlisted = [one for one in words.sites.sets.values() if not one.members]
    fitting = [one.id for one in unlisted if kind in _TYPES_OF_UNIT.get(one.unit, ())]
    return fitting[0] if len(fitting) == 1 else None


_TYPES_OF_UNIT = {
    "commune": ("xã", "phường", "thị trấn", "đặc khu"),
    "district": ("quận", "huyện", "thị xã", "thành phố"),
    "province": ("tỉnh", "thành phố"),
}


def _ambiguous(label: str, found: Iterable[Site], words: Vocabulary) -> Place:
    known = ", ".join(f"{words.sites.label(one)}" for one in found)
    return Place(doubt=Code.AMBIGUOUS_SITE, args=(("name", clean(label)), ("known", known)))


def is_whole(text: str, words: Vocabulary) -> bool:
    """Tell whether a text names the plan's own area: "Thành phố Hà Nội", "Hà Nội"."""
    return bool(words.whole) and split_name(text)[1] == words.whole


def heading_place(text: str, words: Vocabulary) -> Place | None:
    """Return the site that a line between rows of indicators names; None where it names none."""
    label = without_number(text)
    if is_sum(label) or is_whole(label, words):
        return Place(total=True)
    typed = looks_like_site(label)
    found = words.sites.find(label) if words.sites else ()
    if len(found) == 1:
        return Place(found[0])
    if found and typed:
        return _ambiguous(label, found, words)
    if typed:
        return place_named(label, None, words)
    named = words.sites.named_in(label) if len(label) < 80 else ()  # noqa: PLR2004 - longer is a sentence
    return Place(named[0]) if len(named) == 1 else None


class RowPlaces:
    """Follows the columns of sites down a table; a blank cell goes on with the site above it."""

    def __init__(self, table: Table, home: Site | None, words: Vocabulary) -> None:
        """Begin above the first row; `home` is the site that the table itself is about."""
        self._columns = table.having(Role.SITE)
        self._numbers = table.having(Role.NUMBER)
        self._home = home
        self._words = words
        self._outer: Site | None = None
        self._inside = False
        """The last site stood inside the outer one."""
        self._last = NOWHERE
        self._prefer = {column.number: _set_of(column, table, words) for column in self._columns}

    def of(self, row: Row, *, labelled: bool) -> Place | None:
        """Return what a row's names stand for; None where it has none.

        Args:
            row: the row.
            labelled: it names something else, so that a blank name means the site above.
        """
        found: Place | None = None
        for at, column in enumerate(self._columns):
            cell = row.cells.get(column.number)
            if cell is None:
                continue
            last = at == len(self._columns) - 1
            found = self._named(cell.text, self._prefer[column.number])
            if found.site and not last:
                self._outer = found.site
            elif found.total and not last:
                return found
        if found is None:
            merged = [row.cells[one.number].text for one in self._numbers if one.number in row.cells]
            if any(is_sum(text) for text in merged):  # "Tổng cộng" merged over number and name
                return Place(total=True)
            return self._last if labelled else None
        if found.site and self._is_outer(found.site) and len(self._columns) == 1:
            self._outer = found.site
        if found.site:
            self._inside = self._words.sites.enclosing(found.site) == self._outer is not None
        self._last = found
        return found

    def _named(self, text: str, prefer: str) -> Place:
        if self._inside and self._outer is not None and key(without_number(text)) == "cộng":
            return Place(self._outer)  # below the sites of a district, its own sum
        found = place_named(text, self._outer or self._home, self._words, prefer)
        outer = self._words.sites.enclosing(found.site) if found.site else None
        home = self._home
        if found.site and outer and home and outer != home and outer.set == home.set:
            label = self._words.sites.label
            args = (("name", clean(text)), ("outer", label(outer)), ("home", label(home)))
            return Place(doubt=Code.SITE_ELSEWHERE, args=args)
        return found

    def _is_outer(self, site: Site) -> bool:
        return any(one.within == site.set for one in self._words.sites.sets.values())


def _set_of(column: Column, table: Table, words: Vocabulary) -> str:
    """Return the set to which most names of a column belong; among equals the one its heading says."""
    counts: Counter[str] = Counter()
    for row in table.rows:
        cell = row.cells.get(column.number)
        if cell is not None:
            counts.update({site.set for site in words.sites.find(cell.text)})
    heading = key(column.heading)
    said = {one.id for one in words.sites.sets.values()
            if any(kind in heading for kind in _TYPES_OF_UNIT.get(one.unit, ()))}  # fmt: skip
    return max(counts, key=lambda name: (counts[name], name in said), default="")
