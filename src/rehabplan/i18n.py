"""The one place where a text that a person reads is looked up in a gettext catalogue."""

import gettext

_catalogue: gettext.NullTranslations = gettext.NullTranslations()


def _(message: str) -> str:
    """Return `message` in the language of the catalogue in use (English while none is loaded)."""
    return _catalogue.gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """Return the form of a message that suits `count`, in the language in use."""
    return _catalogue.ngettext(one, many, count)


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's extractors look for
    """Mark `message` for translation where it is written, to be looked up where it is printed."""
    return message


def language() -> str:
    """Return the language in use: "en" while no catalogue is loaded."""
    return _catalogue.info().get("language", "en")
