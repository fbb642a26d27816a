"""Keys that make two writings of the same Vietnamese text equal, and never two different texts.

Rules from domain.md §5: Unicode form, tone placement (hòa/hoà), y/i (kỳ/kì), no-break and invisible
characters, dashes and quotes. Accents are never folded away in a key, because "Năm" and "Nam" or
"Phú Đông" and "Phù Đổng" are different words; `folded` exists for suggestions only.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice

_REMEMBERED = 1 << 14
"""Texts whose keys are kept: the same labels come back in every workbook."""

_TRANSLATE = str.maketrans(
    {
        "Ð": "Đ",  # eth, drawn like the Vietnamese letter
        "ð": "đ",
        "Ɖ": "Đ",
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", ""),  # invisible
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
        **dict.fromkeys("“”„«»″", '"'),
        **dict.fromkeys("‘’‚′", "'"),
    }
)

_TRANSLATED = re.compile(f"[{''.join(map(chr, _TRANSLATE))}]")

# Old and new placement of the tone mark in the open syllables oa, oe, uy.
_OLD_TONES = {
    f"{first_toned}{second}": f"{first}{second_toned}"
    for first, second, firsts, seconds in (
        ("o", "a", "òóỏõọ", "àáảãạ"),
        ("o", "e", "òóỏõọ", "èéẻẽẹ"),
        ("u", "y", "ùúủũụ", "ỳýỷỹỵ"),
    )
    for first_toned, second_toned in zip(firsts, seconds, strict=True)
}
_OPEN_SYLLABLE = re.compile(r"(?<!q)[oòóỏõọuùúủũụ][aàáảãạeèéẻẽẹyỳýỷỹỵ](?!\w)")
_Y_SYLLABLE = re.compile(r"(?<!\w)([hklmst])([yỳýỷỹỵ])(?!\w)")
_PUNCTUATION_MARK = re.compile("[,;:/()]")
_PUNCTUATION = re.compile(r" ?([,;:/()]) ?")
_Y_TO_I = dict(zip("yỳýỷỹỵ", "iìíỉĩị", strict=True))

# "1.", "1.2)", "(3)", "a)", "IV.", "-", "+" in front of a label.
_ENUMERATOR = re.compile(r"^(?:\(?(?:\d+(?:\.\d+)*|[a-zđ]|[ivx]+)[.)]\s*|[-+*•]\s*)+")
_OF_WHICH = re.compile(r"^(?:trong đó|of which)\s*[:,]?\s+")


@lru_cache(maxsize=_REMEMBERED)
def clean(text: str) -> str:
    """Return `text` composed (NFC), without invisible characters, blanks single and trimmed."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        if _TRANSLATED.search(text):  # looking for them is faster than to translate every letter
            text = text.translate(_TRANSLATE)
    return " ".join(text.split())


@lru_cache(maxsize=_REMEMBERED)
def key(text: str) -> str:
    """Return the form under which two writings of one text are equal: case, tone place, y or i."""
    lowered = clean(text).casefold()
    if not lowered.isascii():
        lowered = unicodedata.normalize("NFC", lowered)
        lowered = _OPEN_SYLLABLE.sub(lambda match: _OLD_TONES.get(match[0], match[0]), lowered)
    lowered = _Y_SYLLABLE.sub(lambda match: match[1] + _Y_TO_I[match[2]], lowered)
    if _PUNCTUATION_MARK.search(lowered):  # looking for one is faster than for blanks around it
        lowered = _PUNCTUATION.sub(r"\1 ", lowered).replace(" )", ")")
    return lowered.strip(" .,:;")


def without_number(text: str) -> str:
    """Return a label without numbering or bullet before it, its letters as they are."""
    cleaned = clean(text)
    numbering = _ENUMERATOR.match(cleaned.casefold())
    return cleaned[numbering.end() :] if numbering else cleaned


@lru_cache(maxsize=_REMEMBERED)
def label_key(text: str) -> str:
    """Return the key of a row's label: as `key`, without numbering, bullet or "trong đó" before it."""
    return key(_OF_WHICH.sub("", without_number(text).casefold() + " "))


@lru_cache(maxsize=_REMEMBERED)
def folded(text: str) -> str:
    """Return `text` without accents, for suggestions only: it makes different words equal."""
    decomposed = unicodedata.normalize("NFD", key(text).replace("đ", "d"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


_LONGEST_GUESSED = 300
"""Characters of a text that a likely one is sought for; the search takes the square of it."""

_MOST_GUESSED = 4_000
"""Names among which a likely one is sought; the country has 3,321 communes."""


def closest(text: str, known: Iterable[str], cutoff: float = 0.75) -> str | None:
    """Return the member of `known` most like `text`, to be offered as a question, never used."""
    known = list(islice(known, _MOST_GUESSED + 1))
    if len(text) > _LONGEST_GUESSED or len(known) > _MOST_GUESSED:
        return None
    by_fold: dict[str, str] = {}
    for name in known:
        if len(name) <= _LONGEST_GUESSED:
            by_fold.setdefault(folded(name), name)
    from difflib import get_close_matches  # noqa: PLC0415 - start-up time: few texts are sought for

    found = get_close_matches(folded(text), by_fold, n=1, cutoff=cutoff)
    return by_fold[found[0]] if found else None


def shortened(text: str, most: int) -> str:
    """Return a text of `most` characters at most, cut behind a word and marked with "…"; no number is cut."""
    if len(text) <= most:
        return text
    cut = text[:most].rpartition(" ")[0]
    if not cut:
        cut = text[: most - 1]
        cut = re.sub(r"\d[\d.,/-]*$", "", cut) if text[most - 1].isdigit() else cut
    return cut.rstrip(" ,;:-") + "…"


@lru_cache(maxsize=_REMEMBERED)
def printable(text: str) -> str:
    """Return `text` on one line, harmless to a terminal: no control, escape or bidi characters."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        " " if char.isspace() else char
        for char in unicodedata.normalize("NFC", text)
        if char.isspace() or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    )
