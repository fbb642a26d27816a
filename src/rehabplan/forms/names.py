"""Names of the files that forms go into, safe on every system."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from rehabplan.period import Period
from rehabplan.sites import Site, SiteIndex

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])(?:\s*\..*)?", re.IGNORECASE
)
_MOST_BYTES = 160
"""Of a site's name: file systems allow 255 bytes, and a Vietnamese letter takes up to three."""


def file_names(sites: Iterable[Site], index: SiteIndex, period: Period) -> Mapping[Site, str]:
    """Return each site's file name: "Quận Ba Đình - 2024 9m.xlsx"; no two are equal, whatever their case."""
    tail = f" - {period.year} {period.label}.xlsx"
    stems: dict[Site, str] = {site: safe(index.label(site)) for site in sites}
    seen: dict[str, int] = {}
    for stem in stems.values():
        seen[stem.casefold()] = seen.get(stem.casefold(), 0) + 1
    return {
        site: (stem if seen[stem.casefold()] == 1 else f"{stem} ({safe(site.key)})") + tail
        for site, stem in stems.items()
    }


def safe(name: str) -> str:
    """Return a name without the characters that Windows refuses, and none of its reserved names."""
    composed = unicodedata.normalize("NFC", name)
    plain = " ".join(_FORBIDDEN.sub(" ", composed).split()).strip(" .") or "_"
    short = plain.encode()[:_MOST_BYTES].decode(errors="ignore").rstrip(" .")
    return f"_{short}" if _RESERVED.fullmatch(short) else short
