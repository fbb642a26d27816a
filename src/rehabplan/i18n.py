"""The one place where a text that a person reads is looked up in a gettext catalogue."""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

LANGUAGES = ("vi", "en")
"""The languages of screens and files; English is that of the texts in the code, and has no catalogue."""
DOMAIN = "rehabplan"
LOCALE = Path(__file__).parent / "locale"

_catalogue: gettext.NullTranslations = gettext.NullTranslations()
catalogues: dict[str, gettext.NullTranslations] = {"en": _catalogue}
"""Those that were loaded; the others are when they are first used."""


def _(message: str) -> str:
    """Return `message` in the language in use."""
    return _catalogue.gettext(message) if message else ""  # gettext keeps its own notes under ""


def ngettext(one: str, many: str, count: int) -> str:
    """Return the form of a message that suits `count`, in the language in use."""
    return _catalogue.ngettext(one, many, count)


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's extractors look for
    """Mark `message` for translation where it is written, to be looked up where it is printed."""
    return message


def language() -> str:
    """Return the language in use, one of `LANGUAGES`; "en" unless another was asked for."""
    return _catalogue.info().get("language", "en")


def day(value: date) -> str:
    """Print a date: 2024-09-30, in Vietnamese 30/09/2024; for people only, as numbers are."""
    return f"{value:%d/%m}/{value.year}" if language() == "vi" else value.isoformat()


@contextmanager
def use(wanted: str) -> Iterator[None]:
    """Use a language, one of `LANGUAGES`, in the block, and the one before it afterwards.

    The whole process speaks it, threads too, so blocks that want different ones must not overlap.
    """
    global _catalogue  # noqa: PLW0603 - the language in use is the one thing that every text needs
    if wanted not in catalogues:
        catalogues[wanted] = gettext.translation(DOMAIN, LOCALE, [wanted])
    before, _catalogue = _catalogue, catalogues[wanted]
    try:
        yield
    finally:
        _catalogue = before
