"""Which site a sheet is about: by its titles, its own name, or the file's name."""

from collections.abc import Sequence

from rehabplan.actuals.layout import SheetLayout
from rehabplan.actuals.places import is_whole
from rehabplan.actuals.vocabulary import Vocabulary
from rehabplan.problems import Code, Problem, problem
from rehabplan.sites import Site

_LONGEST_TITLE = 200


def site_of_titles(
    sheet_name: str, titles: Sequence[str], fallback: Site | None, words: Vocabulary, layout: SheetLayout | None
) -> tuple[Site | None, Problem | None]:
    """Return the site that a sheet's titles or name speak of, and a problem where they disagree."""
    if layout and layout.site:
        laid = words.sites.find(layout.site)
        return (laid[0], None) if len(laid) == 1 else (None, _doubt(layout.site, laid, words))
    if not words.sites:
        return fallback, None
    found: list[Site] = []
    for text in titles:
        if len(text) <= _LONGEST_TITLE:
            found += [one for one in words.sites.named_in(text) if one not in found]
    titled = words.sites.innermost(found)
    named = () if not sheet_name or is_whole(sheet_name, words) else words.sites.find(sheet_name)
    if len(titled) > 1:
        same_name = len({one.name for one in titled}) == 1
        if same_name and len(named) != 1:
            return None, _doubt(titled[0].name, titled, words)
        titled = tuple(one for one in titled if one in named) or () if same_name else ()
    if len(titled) == 1:
        other = [one for one in named if one != titled[0]]
        if len(named) == 1 and other and not _nested(titled[0], other[0], words):
            return None, problem(
                Code.SITES_DISAGREE, None, first=words.sites.label(titled[0]),
                second=words.sites.label(other[0]),
            )  # fmt: skip
        return titled[0], None
    if len(named) == 1:
        return named[0], None
    if named:
        inside = tuple(one for one in named if fallback in (one, words.sites.enclosing(one)))
        if len(inside) == 1:
            return inside[0], None
        return None, _doubt(sheet_name, named, words)
    return fallback, None


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
