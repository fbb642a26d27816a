"""In which language to speak: --lang, REHABPLAN_LANG, else the user's own."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Literal

from rehabplan.i18n import N_, _

VARIABLE = "REHABPLAN_LANG"
OPTION = "--lang"
HELP = N_("The language: vi or en. Default: yours, as the system says; for forms and summaries the plan's.")

Code = Literal["vi", "en"]

_asked: Code | None = None


class Language(StrEnum):
    """A language to speak in."""

    VI = "vi"
    EN = "en"


class WrongLanguageError(Exception):
    """REHABPLAN_LANG names a language that we do not speak."""

    def __init__(self, found: str) -> None:
        """Say what it names, in the user's language."""
        super().__init__(
            _("{variable} is '{found}'; it can be vi or en").format(variable=VARIABLE, found=found)
        )


def asked_by(arguments: Sequence[str]) -> Code | None:
    """Return the language that --lang asks for anywhere on a command line, None where it does not.

    A wrong one is left to Typer, which names it.
    """
    found: Code | None = None
    for at, word in enumerate(arguments):
        if word == "--":
            break
        name, equals, value = word.partition("=")
        if name == OPTION:
            given = value if equals else next(iter(arguments[at + 1 :]), "")
            found = "vi" if given == "vi" else "en" if given == "en" else found
    return found


def of_system(environment: Mapping[str, str]) -> str:
    """Return the language of the user's locale, English where that is neither."""
    names = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    name = next((one for one in names if one), None) or _of_windows()
    return spoken(name) or "en"


def spoken(name: str) -> Code | None:
    """Return the language of ours that a locale's name means: vi, VI, vi-VN, vi_VN.UTF-8."""
    found = re.split(r"[_.@-]", name, maxsplit=1)[0].casefold()
    return "vi" if found == "vi" else "en" if found == "en" else None


def _of_windows() -> str:
    """Return the name of the language that Windows speaks to its user, nothing elsewhere."""
    try:
        from ctypes import windll  # type: ignore[attr-defined]  # of Windows alone
    except ImportError:
        return ""
    import locale  # start-up time

    return locale.windows_locale.get(windll.kernel32.GetUserDefaultUILanguage(), "")


def of_environment(environment: Mapping[str, str]) -> Code | None:
    """Return the language that REHABPLAN_LANG asks for, None where it asks for none.

    Raises:
        WrongLanguageError: it asks for another than ours.
    """
    found = environment.get(VARIABLE, "")
    if found and spoken(found) is None:
        raise WrongLanguageError(found)
    return spoken(found)


def product_language(own: Code) -> Code:
    """Return the language of a file that is made for others: that of --lang, else its plan's `own`."""
    return _asked or own


def remember(asked: Code | None) -> None:
    """Keep what --lang asked for, for `product_language`."""
    global _asked  # noqa: PLW0603 - one command line a process
    _asked = asked
