"""Reporting sites (districts, communes, facilities) and how their names are recognised.

The key of a name is (enclosing site, type, name): among Hà Nội's 579 communes 13 names occur in more
than one district, and folding accents makes 8 pairs equal (domain.md §5). So names match exactly up
to their writing ("Q. Ba Đình", "UBND quận Ba Đình"), and a likeness is only offered as a question.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from msgspec import Struct, field

from rehabplan.text import closest, folded, key


class Site(Struct, frozen=True):
    """One reporting site: its set in the plan, its key there, its name, the key of what encloses it."""

    set: str
    key: str
    name: str
    within: str = ""


def identity(site: Site) -> tuple[str, str]:
    """Return what makes two plans' lists mean the same site: its code, and its name however written."""
    return site.key, key(site.name)


class SiteSet(Struct, frozen=True):
    """A plan's set of sites; without members only their number is known."""

    id: str
    unit: str
    count: int
    members: tuple[Site, ...] = ()
    within: str | None = None
    """The set that encloses this one."""


_TYPES = {
    "quận": ("quận", "q"),
    "huyện": ("huyện", "h"),
    "thị xã": ("thị xã", "tx", "t.x"),
    "thành phố": ("thành phố", "tp", "t.p"),
    "phường": ("phường", "p", "f"),
    "xã": ("xã", "x"),
    "thị trấn": ("thị trấn", "tt", "t.t"),
    "đặc khu": ("đặc khu", "đk"),
    "tỉnh": ("tỉnh",),
}
_TYPE_OF = {word: kind for kind, words in _TYPES.items() for word in words}
_WORDS = "|".join(sorted((re.escape(word) for word in _TYPE_OF), key=len, reverse=True))
_TYPED = re.compile(rf"(?P<type>{_WORDS})(?:\.\s*|\s+|(?=\d))(?P<name>\S.*)")
_OFFICE = re.compile(
    r"^(?:ubnd|(?:ủy|uỷ) ban nhân dân|hđnd|công an|phòng [\w\s-]*?|bcđ(?: 89| 138)?|ban chỉ đạo(?: 89| 138)?|"
    r"đơn vị|địa phương|địa bàn|tên đơn vị|đơn vị báo cáo)\b[\s:]*(?:của )?"
)
_PARTS = re.compile(r"\s*[,;(/]\s*|\s+[-]\s+")
_IN_TEXT = re.compile(rf"(?<!\w)(?:{_WORDS})(?:\.\s*|\s+|(?=\d))")
_LONGEST_NAME = 5
"""Words that a site's name may have after its type."""


@lru_cache(maxsize=1 << 14)
def split_name(text: str) -> tuple[str, str]:
    """Return the type and the bare name of a site: ("quận", "ba đình"); "" where no type stands there."""
    words = _OFFICE.sub("", key(text))
    found = _TYPED.fullmatch(words)
    return (_TYPE_OF[found["type"]], found["name"]) if found else ("", words)


class SiteIndex(Struct):
    """Finds the sites of a plan by name; the same name may mean several."""

    sets: dict[str, SiteSet] = field(default_factory=dict)
    _by_name: dict[str, list[tuple[str, Site]]] = field(default_factory=dict)
    _by_key: dict[tuple[str, str], Site] = field(default_factory=dict)
    _by_code: dict[str, list[Site]] = field(default_factory=dict)
    _by_word: dict[str, list[str]] = field(default_factory=dict)
    """Names by each of their words without accents, for suggestions."""
    _counts: dict[str, tuple[Counter[Site | None], Counter[str]]] = field(default_factory=dict)
    """How many members of a set each site encloses, and how many bear a name; counted when asked."""

    @classmethod
    def of(cls, sets: Iterable[SiteSet]) -> "SiteIndex":
        """Index the members of every set."""
        index = cls({one.id: one for one in sets})
        # A place that is in two sets (four districts of thirty) is known by the larger one.
        for one in sorted(index.sets.values(), key=lambda one: -one.count):
            for site in one.members:
                kind, bare = split_name(site.name)
                same = index._by_name.get(bare, [])
                if any(other == kind and known.set != site.set for other, known in same):
                    continue
                index._by_name.setdefault(bare, []).append((kind, site))
                index._by_key[site.set, site.key] = site
                for word in folded(bare).split():
                    index._by_word.setdefault(word, []).append(site.name)
                if len(site.key) > 1:
                    index._by_code.setdefault(key(site.key), []).append(site)
        return index

    def __bool__(self) -> bool:
        """Whether any site is known by name."""
        return bool(self._by_key)

    def by_key(self, set_id: str, key_: str) -> Site | None:
        """Return the site of a set with a key."""
        return self._by_key.get((set_id, key_))

    def members(self, set_id: str) -> tuple[Site, ...]:
        """Return the sites of a set, none where only their number is known."""
        return self.sets[set_id].members if set_id in self.sets else ()

    def enclosing(self, site: Site) -> Site | None:
        """Return the site that encloses another: the district of a commune."""
        outer = self.sets[site.set].within if site.set in self.sets else None
        return self._by_key.get((outer, site.within)) if outer else None

    def outers(self, site: Site) -> Iterator[Site]:
        """Yield all that encloses a site, the nearest first."""
        seen = {site.set}
        outer = self.enclosing(site)
        while outer is not None and outer.set not in seen:
            yield outer
            seen.add(outer.set)
            outer = self.enclosing(outer)

    def inside(self, site: Site | None) -> tuple[Site, ...]:
        """Return the sites that a site directly encloses, as far as lists name them."""
        if site is None:
            return ()
        inner = [one for one in self.sets.values() if one.within == site.set]
        return tuple(one for known in inner for one in known.members if one.within == site.key)

    def count_of(self, set_id: str, site: Site) -> int | None:
        """Return how many members of another set lie in a site or bear its name; None: none is listed."""
        members = self.members(set_id)
        if not members:
            return None
        if set_id not in self._counts:
            enclosing = Counter(self.enclosing(one) for one in members)
            self._counts[set_id] = enclosing, Counter(one.name for one in members)
        inside, named = self._counts[set_id]
        return inside[site] or named[site.name]

    def label(self, site: Site) -> str:
        """Return a name that tells a site apart: with what encloses it where the name occurs twice."""
        kind, bare = split_name(site.name)
        twins = [one for other, one in self._by_name.get(bare, []) if other == kind and one.set == site.set]
        outer = self.enclosing(site) if len(twins) > 1 else None
        return f"{site.name} ({outer.name})" if outer else site.name

    def find(self, text: str, inside: Site | None = None) -> tuple[Site, ...]:
        """Return every site that a text can name: one where it is certain, several where it is not.

        "Phường Quang Trung, quận Hà Đông" names what encloses the site; `inside` says what the table
        or file around the name is about. A name without its type means any site of that bare name.
        """
        first, *rest = [part.strip(" )") for part in _PARTS.split(key(text))] or [""]
        found = self._named(first) or tuple(self._by_code.get(first, ()))
        for part in rest:
            outers = self._named(part)
            narrowed = tuple(one for one in found if self.enclosing(one) in outers)
            if not narrowed:
                return self._named(key(text))  # a name that itself holds a comma or a dash
            found = narrowed
        if inside is not None and len(found) > 1:
            within = tuple(one for one in found if one == inside or self.enclosing(one) == inside)
            found = within or found
        return found

    def _named(self, text: str) -> tuple[Site, ...]:
        kind, bare = split_name(text)
        candidates = self._by_name.get(bare, [])
        return tuple(site for other, site in candidates if not kind or not other or other == kind)

    def named_in(self, text: str) -> tuple[Site, ...]:
        """Return the sites that a line of text names with their type: "UBND QUẬN BA ĐÌNH".

        Where it names a site and what encloses it, only the inner one.
        """
        words = key(text)
        found: dict[Site, None] = {}
        for start in _IN_TEXT.finditer(words):
            rest = re.split(r"[,;:()]|\s-\s", words[start.start() :])[0].split()
            typed = len(words[start.start() : start.end()].split())
            for length in range(min(len(rest), typed + _LONGEST_NAME), 0, -1):
                sites = self._named(" ".join(rest[:length]).rstrip(". "))
                if sites and split_name(" ".join(rest[:length]))[0]:
                    found |= dict.fromkeys(sites)
                    break
        return self.innermost(tuple(found))

    def innermost(self, found: Sequence[Site]) -> tuple[Site, ...]:
        """Leave out the sites that enclose others of those found, and namesakes outside them."""
        outers = {outer for one in found if (outer := self.enclosing(one)) in found and outer}
        inner = [one for one in found if one not in outers]
        if outers:
            inner = [one for one in inner if self.enclosing(one) in outers] or inner
        return tuple(inner)

    def suggest(self, text: str) -> str | None:
        """Return the name of a site much like a text, to be offered as a question."""
        if len(text) > 80:  # noqa: PLR2004 - a sentence
            return None
        kinds = {word for kind in _TYPES for word in folded(kind).split()}
        words = [word for word in folded(text).split() if word not in kinds]
        near = {name for word in words for name in self._by_word.get(word, ())}  # a word in common
        names = {split_name(name)[1]: name for name in sorted(near)}
        names |= {key(name): name for name in sorted(near)}
        found = closest(split_name(text)[1], names, cutoff=0.8)
        return names[found] if found else None
