"""Which site a sheet is about: by its titles, its own name, or the file's name."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from rehabplan.actuals.layout import SheetLayout
from rehabplan.actuals.places import is_whole
from rehabplan.actuals.subjects import is_sum
from rehabplan.actuals.tables import Place
from rehabplan.actuals.vocabulary import Vocabulary
from rehabplan.problems import Code, hint
from rehabplan.sites import Site, split_name
from rehabplan.text import clean, folded, key
from rehabplan.units import is_known

_LONGEST_TITLE = 200
_SUMMARY = re.compile(r"tổng hợp|toàn (?:thành phố|tỉnh|huyện|quận|địa bàn)")
_LONGEST_NAME = 40
_OFFICE = re.compile(
    r"(?:\bUBND|\b(?:Ủy|Uỷ) ban nhân dân|\bCông an|\b(?:Đơn vị|Đơn vị báo cáo|Địa phương|Tên đơn vị)\s*:)"
    r"\s*(?P<name>[^,;:()\-–]{2,60})",
    re.IGNORECASE,
)
_TYPED = re.compile(
    r"\b(?:quận|huyện|thị xã|xã|phường|thị trấn|Quận|Huyện|Thị xã|Xã|Phường|Thị trấn) "
    r"(?P<name>[A-ZÀ-ỸĐ][\w]*(?: [A-ZÀ-ỸĐ][\w]*)*)"
)
_LOWER_TYPES = ("quận", "huyện", "thị xã", "phường", "xã", "thị trấn", "đặc khu")


class Doubt(Struct, frozen=True):
    """Why it is not certain whose figures a sheet holds: a problem's code, its arguments, and the title."""

    code: Code
    args: tuple[tuple[str, object], ...]
    place: Place | None = None


Answer = tuple[Site | None, Doubt | None]
Titles = Sequence[tuple[Place, str]]


def site_of_titles(  # noqa: PLR0913 - all that names a site
    sheet_name: str,
    titles: Titles,
    fallback: Site | None,
    words: Vocabulary,
    layout: SheetLayout | None = None,
    *,
    first: bool = True,
) -> Answer:
    """Return the site that a sheet's titles or name speak of, else `fallback`: that of the file.

    `first` where nothing on the sheet stands above, so that the titles must agree with the file.
    """
    if layout and layout.site:
        laid = words.sites.find(layout.site)
        return (laid[0], None) if len(laid) == 1 else (None, _several(layout.site, laid, words, None))
    titles = [(place, text) for place, text in titles if len(text) <= _LONGEST_TITLE]
    titled = _titled(titles, words)
    named = () if not sheet_name or is_whole(sheet_name, words) else words.sites.find(sheet_name)
    if len(titled) > 1:
        narrowed = [one for one in titled if one in named]
        place = next(iter(titled.values()))
        same_name = len({one.name for one in titled}) == 1
        if len(narrowed) != 1 or not same_name:
            return None, _several(next(iter(titled)).name, list(titled), words, place)
        return narrowed[0], None
    if len(titled) == 1:
        own = [fallback] if first and fallback else []
        return _agreed(titled, [*named, *own] if len(named) < 2 else own, words)  # noqa: PLR2004 - ambiguous
    unknown = _unknown(titles, words)
    if unknown:
        return None, unknown
    if len(named) > 1:
        inside = [one for one in named if fallback in (one, words.sites.enclosing(one))]
        if len(inside) == 1:
            return inside[0], None
        return None, _several(sheet_name, named, words, None)
    if not named and sheet_name and _resembles(sheet_name, words):
        return None, _not_a_site(sheet_name, words, None)
    return (named[0] if named else fallback), None


def _titled(titles: Titles, words: Vocabulary) -> dict[Site, Place]:
    """Return the sites that titles name and where; of a site and what encloses it only the inner one."""
    found: dict[Site, Place] = {}
    for place, text in titles:
        sites = words.sites.named_in(text)
        if not sites:
            office = _OFFICE.search(text)
            name = office["name"] if office else text if len(text) < _LONGEST_NAME else ""
            alone = words.sites.find(name) if name else ()
            sites = alone if len(alone) == 1 else ()
        for site in sites:
            found.setdefault(site, place)
    inner = words.sites.innermost(tuple(found))
    return {site: found[site] for site in inner}


def _unknown(titles: Titles, words: Vocabulary) -> Doubt | None:
    """Return a doubt where a title names a site by its type that the plan does not know.

    The superior office above the plan's own ("UBND thành phố" over a district's plan) is none.
    """
    types = {split_name(site.name)[0] for one in words.sites.sets.values() for site in one.members}
    types = (types or set(_LOWER_TYPES)) | ({words.whole_type} - {""})
    if not words.sites and any(_whole_named(text, words) for _place, text in titles):
        return None
    for place, text in titles:
        for name in _names_in(text):
            kind, bare = split_name(name)
            if kind in types and bare and not is_whole(name, words):
                return _not_a_site(name, words, place)
    return None


def names_whole(titles: Titles, words: Vocabulary) -> bool:
    """Tell whether titles say that the figures are those of the plan's whole area."""
    return any(
        _whole_named(text, words) or is_sum(text) or _SUMMARY.search(key(text)) for _place, text in titles
    )


def _whole_named(text: str, words: Vocabulary) -> bool:
    return any(is_whole(name, words) for name in _names_in(text))


def _names_in(text: str) -> Iterator[str]:
    """Yield what a title names as an office's area, or as a place with a capital letter."""
    shown = clean(text)
    for office in _OFFICE.finditer(shown):
        yield " ".join(office["name"].split()[:5])
    if not shown.isupper():
        for typed in _TYPED.finditer(shown):
            yield typed[0]


def _resembles(sheet_name: str, words: Vocabulary) -> bool:
    """Tell whether a sheet's name is nearly a site's, or one without its accents."""
    name = clean(sheet_name)
    if is_known(name) or any(char.isdigit() for char in name) or len(name) < 4:  # noqa: PLR2004 - "Tổng"
        return False
    near = words.sites.suggest(name)
    return near is not None and (
        folded(split_name(near)[1]) == folded(split_name(name)[1]) or bool(split_name(name)[0])
        or len(folded(split_name(near)[1])) == len(folded(name))
    )  # fmt: skip


def _agreed(titled: dict[Site, Place], named: Sequence[Site], words: Vocabulary) -> Answer:
    """Hold a title's site against the one that the sheet's name gives."""
    (site, place), *_rest = titled.items()
    other = next((one for one in named if one != site and not _nested(site, one, words)), None)
    if other is None:
        return site, None
    first, second = words.sites.label(site), words.sites.label(other)
    return None, Doubt(Code.SITES_DISAGREE, (("first", first), ("second", second)), place)


def _nested(one: Site, other: Site, words: Vocabulary) -> bool:
    return words.sites.enclosing(one) == other or words.sites.enclosing(other) == one


def _several(name: str, found: Sequence[Site], words: Vocabulary, place: Place | None) -> Doubt:
    if not found:
        return _not_a_site(name, words, place)
    labels = [words.sites.label(one) for one in found]
    if len({one.name for one in found}) > 1:
        return Doubt(Code.SITES_DISAGREE, (("first", labels[0]), ("second", labels[1])), place)
    return Doubt(Code.AMBIGUOUS_SITE, (("name", name), ("known", ", ".join(labels))), place)


def _not_a_site(name: str, words: Vocabulary, place: Place | None) -> Doubt:
    if not words.sites:
        return Doubt(Code.ONE_SITE, (("site", name),), place)
    guess = hint(words.sites.suggest(name))
    return Doubt(Code.UNKNOWN_SITE, (("name", name), ("hint", guess)), place)


def site_of_file(stem: str, words: Vocabulary) -> Site | None:
    """Return the site that a file's name gives in full, with its accents; None where it gives none."""
    text = stem.replace("_", " ")
    found = words.sites.named_in(text) or words.sites.find(text.split(" - ")[0]) if words.sites else ()
    return found[0] if len(found) == 1 else None
