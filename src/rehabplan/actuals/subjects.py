"""What a column is about by its heading: an indicator over rows of sites, or a site over indicators."""

import re
from functools import lru_cache

from msgspec import Struct

from rehabplan.actuals.headings import role_of
from rehabplan.actuals.labels import Match
from rehabplan.actuals.roles import Role
from rehabplan.actuals.vocabulary import Vocabulary
from rehabplan.sites import Site, split_name
from rehabplan.text import clean, key


class Subject(Struct, frozen=True):
    """An indicator, a site or the sum of sites, and what the rest of the heading says of it."""

    role: Role | None
    match: Match | None = None
    site: Site | None = None
    total: bool = False
    bare: bool = False
    """The heading says nothing but the subject."""


_SUM = re.compile(
    r"(?:tổng(?: cộng| số| chung)?|cộng|chung|toàn (?:thành phố|tp|tỉnh|quận|huyện|xã|địa bàn|ngành|quốc)"
    r"(?: [\w\s]+)?|cả (?:nước|thành phố|tỉnh|huyện)|total|whole)"
    r"(?:[ (:](?:cộng|số|toàn|cả|thành phố|tp|tỉnh|quận|huyện|[\w\s]{0,30})\)?)?"
)
_PLAIN_FIGURE = re.compile(r"(?:tổng(?: số| cộng)?|cộng|số(?: lượng)?|giá trị|kết quả)")


@lru_cache(maxsize=1 << 12)
def is_sum(text: str) -> bool:
    """Tell whether a label or heading stands for the sum of the others: "Tổng cộng", "Toàn thành phố"."""
    return _SUM.fullmatch(key(re.sub(r"^[\divxIVX]+[.)]\s*", "", clean(text)))) is not None


def subject_of(tiers: list[str], words: Vocabulary, prefer: str = "") -> Subject | None:
    """Return what a column's headings, from the top tier down, are about; None where they name nothing.

    The indicator may be one tier, two tiers together, or the part of one before a colon or dash.
    """
    parts = [part for tier in tiers for part in _split(tier, words)]
    spans = [(first, last) for first in range(len(parts)) for last in range(len(parts), first, -1)]
    unclear = None
    for first, last in sorted(spans, key=lambda span: (-span[1], span[0])):  # the lowest tier counts most
        match = words.labels.find(" ".join(parts[first:last]))
        if match:
            above, below = parts[:first], parts[last:]
            role = _rest([*above, *below] if last < len(parts) or first == 0 else _plain_above(above))
            if role:
                bare = not any(role_of(part) for part in (*above, *below))
                return Subject(role, match, bare=bare)
            unclear = Subject(None)
    if unclear:
        return unclear
    if words.sites:
        for at, part in enumerate(parts):
            found = words.sites.find(part)
            if len(found) > 1:
                found = tuple(site for site in found if site.set == prefer)
            if len(found) == 1:
                rest = parts[:at] + parts[at + 1 :]
                return Subject(_rest(rest), site=found[0], bare=not any(map(role_of, rest)))
    if is_sum(parts[0]) and (len(parts) > 1 or parts[0] == parts[-1]):
        return Subject(_rest(parts[1:]), total=True)
    return None


def _split(tier: str, words: Vocabulary) -> list[str]:
    """Split one heading where a known name stands before a colon, a dash or a bracket."""
    if words.labels.find(tier) or (words.sites and words.sites.find(tier)):
        return [tier]
    for found in re.finditer(r"\s*(?::|\s-\s|\(|;)\s*", tier):
        head, tail = tier[: found.start()], tier[found.end() :].rstrip(" )")
        if head and tail and words.labels.find(head):
            return [head, tail]
    return [tier]


def _rest(parts: list[str]) -> Role | None:
    """Return what the other tiers say of the subject; a plain figure where they say nothing else."""
    texts = [part for part in parts if not _PLAIN_FIGURE.fullmatch(key(part)) and not is_sum(part)]
    if not texts:
        return Role.ACTUAL
    return role_of(*texts)


def _plain_above(above: list[str]) -> list[str]:
    """Leave out tiers that only group indicators: what says neither plan nor result nor span."""
    return [part for part in above if role_of(part) is not None]


def looks_like_site(text: str) -> bool:
    """Tell whether a label has the form of a site's name: a type of place before a name."""
    kind, name = split_name(text)
    words = clean(text)
    if not kind or len(words) > 60:  # noqa: PLR2004 - a sentence is no name
        return False
    first = words[-len(name) :][:1]
    return first.isupper() or first.isdigit()
