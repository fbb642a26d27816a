"""Which site a name on the command line means."""

from rehabplan.i18n import _
from rehabplan.problems import Code, RehabplanError, hint, problem
from rehabplan.sites import Site, SiteIndex, SiteSet


def listed(index: SiteIndex) -> list[SiteSet]:
    """Return the sets whose sites are known by name."""
    return [one for one in index.sets.values() if one.members]


def site_named(name: str, index: SiteIndex, inside: SiteSet | None = None) -> Site:
    """Return the one site that a name means, of one set where it is given.

    Raises:
        RehabplanError: it means none, or several.
    """
    if inside is not None:  # a place in two sets is known by the larger one unless that is left out
        outer = [one for one in index.sets.values() if one.id == inside.within]
        index = SiteIndex.of([inside, *outer])
    found = [one for one in index.find(name) if inside is None or one.set == inside.id]
    if len(found) == 1:
        return found[0]
    if found:
        known = _(" or ").join(index.label(one) for one in found)
        raise RehabplanError([problem(Code.TWO_SITES, name=name, known=known)])
    known = ", ".join(f"{one.id} ({one.count})" for one in listed(index)) or _("there are none here")
    guess = hint(index.suggest(name))
    raise RehabplanError([problem(Code.NO_SITE, name=name, hint=guess, known=known)])
