"""Which site a sheet is about: by its titles, its own name, or the file's name."""

from collections.abc import Sequence

from rehabplan.actuals.layout import SheetLayout
from rehabplan.actuals.places import is_whole
from rehabplan.actuals.vocabulary import Vocabulary
from rehabplan.problems import Code, Problem, problem
from rehabplan.sites import Site

_LONGEST_TITLE = 200


Answer = tuple[Site | None, Problem | None]
"""The site that names speak of, and a problem where they are not certain."""


def site_of_titles(
    sheet_name: str,
    titles: Sequence[str],
    fallback: Site | None,
    words: Vocabulary,
    layout: SheetLayout | None = None,
) -> Answer:
    """Return the site that a sheet's titles or name speak of, else `fallback`: that of the file."""
    if layout and layout.site:
        laid = words.sites.find(layout.site)
        return (laid[0], None) if len(laid) == 1 else (None, _doubt(layout.site, laid, words))
    if not words.sites:
        return fallback, None
    titled = _titled(titles, words)
    named = () if not sheet_name or is_whole(sheet_name, words) else words.sites.find(sheet_name)
    if len(titled) > 1 and len({one.name for one in titled}) == 1:
        narrowed = tuple(one for one in titled if one in named)
        if len(narrowed) != 1:
            return None, _doubt(titled[0].name, titled, words)
        titled = narrowed
    if len(titled) == 1:
        return _agreed(titled[0], named, words)
    if len(named) > 1:
        inside = tuple(one for one in named if fallback in (one, words.sites.enclosing(one)))
        return (inside[0], None) if len(inside) == 1 else (None, _doubt(sheet_name, named, words))
    return (named[0] if named else fallback), None


def _titled(titles: Sequence[str], words: Vocabulary) -> tuple[Site, ...]:
    """Return the sites that titles name; of a site and what encloses it only the inner one."""
    found: dict[Site, None] = {}
    for text in titles:
        if len(text) <= _LONGEST_TITLE:
            found |= dict.fromkeys(words.sites.named_in(text))
    return words.sites.innermost(tuple(found))


def _agreed(titled: Site, named: Sequence[Site], words: Vocabulary) -> Answer:
    """Hold a title's site against the one that the sheet's name gives."""
    other = next((one for one in named if one != titled), None)
    if other is None or len(named) > 1 or _nested(titled, other, words):
        return titled, None
    first, second = words.sites.label(titled), words.sites.label(other)
    return None, problem(Code.SITES_DISAGREE, None, first=first, second=second)


def _nested(one: Site, other: Site, words: Vocabulary) -> bool:
    return words.sites.enclosing(one) == other or words.sites.enclosing(other) == one


def _doubt(name: str, found: Sequence[Site], words: Vocabulary) -> Problem:
    if not found:
        return problem(Code.UNKNOWN_SITE, None, name=name, hint="")
    known = ", ".join(words.sites.label(one) for one in found)
    return problem(Code.AMBIGUOUS_SITE, None, name=name, known=known)


def site_of_file(stem: str, words: Vocabulary) -> Site | None:
    """Return the site that a file's name gives in full, with its accents; None where it gives none."""
    text = stem.replace("_", " ")
    found = words.sites.named_in(text) or words.sites.find(text.split(" - ")[0]) if words.sites else ()
    return found[0] if len(found) == 1 else None
