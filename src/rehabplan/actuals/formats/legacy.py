"""Texts typed in the encodings before Unicode, TCVN3 (.VnTime) and VNI (VNI-Times).

Their fonts drew Vietnamese letters where others have µ, ¸ or É, so a file holds `Céng hßa x· héi` for
"Cộng hòa xã hội". A text is converted where it becomes more Vietnamese by it: its font says so, or
enough words of its sheet are syllables only after the conversion. A text with a letter that only
Unicode has is never touched. Digits are the same in all.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum
from functools import lru_cache


class Encoding(StrEnum):
    """How the letters of a text are stored."""

    TCVN3 = "TCVN3"
    TCVN3_CAPITALS = "TCVN3 (capitals)"
    """The same, in a font that draws every letter as a capital."""
    VNI = "VNI"


Run = tuple[str, Encoding | None]
"""A piece of a text, and the encoding that its font is made for; None where it may be any."""


def encoding_of_font(name: str) -> Encoding | None:
    """Return the encoding that a font is made for, told from its name."""
    plain = name.strip().lower()
    if plain.startswith(".vn"):
        return Encoding.TCVN3_CAPITALS if plain.endswith("h") else Encoding.TCVN3
    return Encoding.VNI if plain.startswith(("vni-", "vni ")) else None


_TCVN3 = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\xad®µ¸¶·¹»¾¼½ÆÇÊÈÉËÌÐÎÏÑÒÕÓÔÖ×ÝØÜÞßãáâäåèæçéêíëìîïóñòôõøö÷ùúýûüþ",
        "ĂÂÊÔƠƯĐăâêôơưđàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ",
        strict=True,
    )
)
_MARKS = {  # behind a vowel: tones, then circumflex and breve with and without a tone
    "Ù": "\u0301", "Ø": "\u0300", "Û": "\u0309", "Õ": "\u0303", "Ï": "\u0323",
    "Â": "\u0302", "Á": "\u0302\u0301", "À": "\u0302\u0300", "Å": "\u0302\u0309", "Ã": "\u0302\u0303",
    "Ä": "\u0302\u0323", "Ê": "\u0306", "É": "\u0306\u0301", "È": "\u0306\u0300", "Ú": "\u0306\u0309",
    "Ü": "\u0306\u0303", "Ë": "\u0306\u0323",
}  # fmt: skip
_VNI_LETTERS = {"Ñ": "Đ", "Ô": "Ơ", "Ö": "Ư", "Ò": "Ị", "Æ": "Ỉ", "Ó": "Ĩ", "Î": "Ỵ", "Ì": "Ì", "Í": "Í"}
_LETTERS = frozenset("".join(_TCVN3.values()).upper())
_COMPOSED = {
    vowel + mark: unicodedata.normalize("NFC", _VNI_LETTERS.get(vowel, vowel) + tone)
    for vowel in "AEIOUYÔÖ"
    for mark, tone in _MARKS.items()
}
_VNI = _VNI_LETTERS | {old: new for old, new in _COMPOSED.items() if new in _LETTERS}
_VNI |= {old.lower(): new.lower() for old, new in _VNI.items()}
_VNI_PIECE = re.compile("|".join(sorted(_VNI, key=len, reverse=True)))

_NEUTRAL = frozenset("\xa0–—‘’“”…•\ufeff")
_ONLY_OLD = re.compile("[\0-\xff–—‘’“”…•\ufeff]*")
_ABLE = {
    Encoding.TCVN3: frozenset(_TCVN3) | _NEUTRAL,
    Encoding.VNI: frozenset("".join(_VNI)) | _NEUTRAL,
}

_OPEN = (
    "iêu|oai|oay|oeo|uao|uây|uôi|uya|uyu|ươi|ươu|yêu|ai|ao|au|ay|âu|ây|eo|êu|ia|iu|oa|oe|oi|ôi|ơi|ua|uê|ui|uơ|"
    "uy|ưa|ưi|ưu|a|e|ê|i|o|ô|ơ|u|ư|y"
)
_CLOSED = "uyê|iê|oa|oă|oe|oo|uâ|uê|uô|uy|ươ|yê|a|ă|â|e|ê|i|o|ô|ơ|u|ư|y"
_SYLLABLE = re.compile(
    r"(?:ngh(?=[eêi])|ng(?![eêi])|gh(?=[eêi])|gi|nh|ch|kh|ph|th|tr|qu|c(?![eêiy])|k(?=[eêiy])|[bdđghlmnprstvx])?"
    rf"(?:(?:{_OPEN})|(?:{_CLOSED})(?:nh|ng|[mn]|(?P<stop>ch|[cpt])))"
)
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_TONES_OF_STOPS = frozenset("\u0301\u0323")
_BETWEEN = re.compile(r"[\s!-@\[-`{-~–—‘’“”…•]+")

_FEWEST_WORDS = 3
"""Different words that must become syllables where no font tells the encoding."""


@lru_cache(maxsize=65_536)
def is_syllable(word: str) -> bool:
    """Tell whether a word is spelt as a Vietnamese syllable can be."""
    letters = unicodedata.normalize("NFD", word.lower())
    tones = [letter for letter in letters if letter in _TONES]
    plain = unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in _TONES))
    found = _SYLLABLE.fullmatch(plain)
    return (
        found is not None
        and len(tones) <= 1
        and (found["stop"] is None or (bool(tones) and tones[0] in _TONES_OF_STOPS))
    )


def decoded(text: str, encoding: Encoding) -> str:
    """Return a text of an old encoding in Unicode."""
    if encoding is Encoding.VNI:
        return _VNI_PIECE.sub(lambda found: _VNI[found[0]], text)
    plain = "".join(_TCVN3.get(letter, letter) for letter in text)
    return plain.upper() if encoding is Encoding.TCVN3_CAPITALS else plain


def _words(text: str) -> list[str]:
    """Return the words that are not plain ASCII."""
    return [word for word in _BETWEEN.split(text) if not word.isascii()]


def syllables(text: str) -> int:
    """Return how many words beyond ASCII are Vietnamese syllables, less those that are not."""
    return sum(1 if is_syllable(word) else -1 for word in _words(text))


def _base(encoding: Encoding) -> Encoding:
    return Encoding.VNI if encoding is Encoding.VNI else Encoding.TCVN3


def _able(text: str, encoding: Encoding) -> bool:
    """Tell whether every letter beyond ASCII is one of the encoding."""
    able = _ABLE[_base(encoding)]
    return all(letter in able for letter in text if letter > "\x7f")


def guessed(texts: Iterable[str]) -> Encoding | None:
    """Return the old encoding in which texts of unknown font were typed, or None."""
    pieces = set(texts)
    for encoding in (Encoding.TCVN3, Encoding.VNI):
        words = {word for text in pieces if _able(text, encoding) for word in _words(text)}
        better = worse = 0
        for word in words:
            after = is_syllable(decoded(word, encoding))
            better += after and not is_syllable(word)
            worse += not after
        if better >= _FEWEST_WORDS and better > worse:
            return encoding
    return None


def may_be_old(text: str) -> bool:
    """Tell whether a text has letters beyond ASCII, all of them such as an old encoding has."""
    return not text.isascii() and _ONLY_OLD.fullmatch(text) is not None


def converted(
    texts: Sequence[Sequence[Run]], *, beside_unicode: bool = False
) -> tuple[list[str | None], list[str]]:
    """Convert the texts of one sheet, each given as the runs of its fonts.

    Args:
        texts: Those that may be in an old encoding.
        beside_unicode: Whether other texts of the sheet have letters that only Unicode has.

    Returns:
        For each text the new one, or None where it stays; and the names of the encodings found.
    """
    old = [[(piece, font) for piece, font in runs if not piece.isascii()] for runs in texts]
    guess = guessed(piece for runs in old for piece, font in runs if font is None)
    mixed = {font for runs in old for piece, font in runs if font and not may_be_old(piece)}
    if beside_unicode and guess:
        mixed.add(guess)
    found: set[str] = set()
    results: list[str | None] = []
    for runs, hard in zip(texts, old, strict=True):
        if not hard:
            results.append(None)
            continue
        pieces = [_converted(piece, font, guess, mixed) for piece, font in runs]
        changed = any(new is not None for new in pieces)
        found |= {
            str(_base(encoding))
            for new, (_piece, font) in zip(pieces, runs, strict=True)
            if new is not None and (encoding := font or guess)
        }
        whole = (piece if new is None else new for new, (piece, _font) in zip(pieces, runs, strict=True))
        results.append("".join(whole) if changed else None)
    return results, sorted(found)


def _converted(
    piece: str, font: Encoding | None, guess: Encoding | None, mixed: Collection[Encoding]
) -> str | None:
    """Return the piece in Unicode where it is more Vietnamese so, or as much and nothing says otherwise."""
    encoding = font or guess
    if encoding is None or piece.isascii() or not _able(piece, encoding):
        return None
    new = decoded(piece, encoding)
    after = syllables(new)
    gain = after - syllables(piece)
    doubtful = encoding in mixed or (font is None and after <= 0)
    return new if gain > 0 or (gain == 0 and not doubtful) else None
