"""Bring the Vietnamese catalogue up to date with the texts in the code; `--check` only compares.

Run it as `python -m scripts.make_catalogue` in the repository's folder. It takes out what no text in the
code asks for any more, adds what is new without a translation, marks as fuzzy what it guesses from a text
that was like it, and compiles. The same texts give the same bytes whenever and wherever it runs.
"""

import re
import sys
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from scripts.texts import PO, singular, texts

ROOT = Path(__file__).resolve().parents[1]
LANGUAGE = "vi"
_HEADER = [
    ("Project-Id-Version", "rehabplan"),
    ("Language", LANGUAGE),
    ("Plural-Forms", "nplurals=1; plural=0;"),
    ("MIME-Version", "1.0"),
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Transfer-Encoding", "8bit"),
]


class _Stable(Catalog):
    """A catalogue whose header holds no dates and no versions of tools."""

    mime_headers = property(lambda _self: list(_HEADER), lambda _self, _value: None)


def extracted() -> Catalog:
    """Return the texts of the code, each with the files that it stands in."""
    found = Catalog(locale=LANGUAGE)
    for text, places in texts().items():
        found.add(text, locations=[(name, 0) for name in sorted(places)])
    return found


def updated(old: bytes) -> Catalog:
    """Return the catalogue with the translations of an old one, and without what is stale in it."""
    catalog = read_po(BytesIO(old), locale=LANGUAGE)
    catalog.update(extracted(), no_fuzzy_matching=False)
    stable = _Stable(locale=LANGUAGE, fuzzy=False)
    for message in sorted(catalog, key=lambda one: singular(one.id)):
        if message.id:
            kept = stable.add(
                message.id, message.string, locations=message.locations,
                flags={"fuzzy"} if message.fuzzy else (), user_comments=message.user_comments,
            )  # fmt: skip
            kept.flags &= {"fuzzy"}
    return stable


def written(catalog: Catalog) -> tuple[bytes, bytes]:
    """Return a catalogue as the text for translators and as the file that the program loads."""
    text, compiled = BytesIO(), BytesIO()
    write_po(text, catalog, width=110, include_lineno=False, omit_header=False)
    write_mo(compiled, catalog)
    head, blank, rest = text.getvalue().decode("utf-8").partition("\n\n")
    head = re.sub(r"^#.*\n", "", head, flags=re.MULTILINE)
    return (head + blank + rest).rstrip("\n").encode() + b"\n", compiled.getvalue()


def main() -> int:
    """Write both files, or with --check tell whether they are out of date; tell what needs a translation."""
    catalog = updated(PO.read_bytes() if PO.exists() else b"")
    stale = False
    for path, content in zip((PO, PO.with_suffix(".mo")), written(catalog), strict=True):
        if path.exists() and path.read_bytes() == content:
            continue
        if "--check" in sys.argv[1:]:
            stale = True
            print(f"{path.relative_to(ROOT)} is out of date: run python -m scripts.make_catalogue")
        else:
            path.write_bytes(content)
            print(f"wrote {path.relative_to(ROOT)}")
    open_ones = [one for one in catalog if one.id and (one.fuzzy or not one.string or not all(one.string))]
    for one in open_ones:
        print(f"{'fuzzy' if one.fuzzy else 'no translation'}: {one.id!r}")
    return 1 if stale or open_ones else 0


if __name__ == "__main__":
    sys.exit(main())
