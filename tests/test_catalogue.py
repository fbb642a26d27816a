"""The Vietnamese catalogue: every text of the code is in it, none besides, and all of it is compiled."""

import gettext
import re
import string
import unicodedata
from ast import literal_eval

import pytest
from scripts.texts import PO, Text, singular, texts

from rehabplan.units import UNITS

FORMATTED = string.Formatter()


def entries() -> dict[Text, str]:
    """Return the translations that translators edit, read without the library that writes them."""
    found: dict[Text, str] = {}
    for block in PO.read_text("utf-8").split("\n\n"):
        parts = {
            name: "".join(literal_eval(line) for line in lines.splitlines())
            for name, lines in re.findall(r'^(msg\S+) ((?:".*"\n?)+)', block, flags=re.MULTILINE)
        }
        assert "msgctxt" not in parts
        if parts.get("msgid"):
            plural = parts.get("msgid_plural")
            text: Text = (parts["msgid"], plural) if plural is not None else parts["msgid"]
            found[text] = parts["msgstr[0]" if plural is not None else "msgstr"]
    return found


ENTRIES = entries()
HELP = "run python -m scripts.make_catalogue, and translate what it names"


def filed(given: set[Text]) -> set[str]:
    return {singular(one) for one in given}


def test_every_text_is_in_the_catalogue_and_no_other() -> None:
    assert filed(set(texts())) - filed(set(ENTRIES)) == set(), HELP
    assert filed(set(ENTRIES)) - filed(set(texts())) == set(), HELP


def test_nothing_is_untranslated_or_guessed() -> None:
    assert [text for text, said in ENTRIES.items() if not said] == [], HELP
    assert "fuzzy" not in PO.read_text("utf-8"), "look at the guess, and take the mark away"
    assert "#~" not in PO.read_text("utf-8"), HELP


def test_the_compiled_file_says_the_same() -> None:
    with PO.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert compiled.info()["language"] == "vi"
    said = {
        text: compiled.gettext(text) if isinstance(text, str) else compiled.ngettext(*text, 2)
        for text in ENTRIES
    }
    assert said == ENTRIES, HELP
    assert len(compiled._catalog) == len(ENTRIES) + 1, HELP  # type: ignore[attr-defined]  # noqa: SLF001 - and the header


def test_translations_fit_their_texts() -> None:
    """The same values are filled in, and they begin and end as the text does, which may be a piece."""
    for text, said in ENTRIES.items():
        check_pair(text, said)


def check_pair(text: Text, said: str) -> None:
    for one in [text] if isinstance(text, str) else text:
        assert names(one) == names(said)
    source = singular(text)
    assert [source[:1].isspace(), source[-1:].isspace()] == [said[:1].isspace(), said[-1:].isspace()]
    assert said.count("{{") == source.count("{{")
    assert source.count("\n\n") == said.count("\n\n")
    assert unicodedata.is_normalized("NFC", said)


def names(text: str) -> set[str]:
    """Return what is filled into a text; some show YAML instead, and are never filled in."""
    try:
        return {name for _literal, name, _spec, _conversion in FORMATTED.parse(text) if name is not None}
    except ValueError:
        return set(re.findall(r"\{[^}]*\}", text))


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.id)
def test_units_have_one_name(unit: object) -> None:
    assert ENTRIES[unit.en] == unit.vi  # type: ignore[attr-defined]


def test_the_catalogue_is_written_the_same_again() -> None:
    pytest.importorskip("babel", reason="Babel writes the catalogue; it is installed with [dev]")
    from scripts.make_catalogue import updated, written  # noqa: PLC0415 - needs Babel

    text = PO.read_bytes()
    assert written(updated(text)) == (text, PO.with_suffix(".mo").read_bytes()), HELP
