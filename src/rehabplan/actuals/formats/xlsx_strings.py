"""Texts of .xlsx files: the shared ones, their fonts, and characters written as _xHHHH_."""

import re
from dataclasses import dataclass, field

from rehabplan.actuals.formats.faults import damaged
from rehabplan.actuals.formats.legacy import Encoding, Run, encoding_of_font
from rehabplan.actuals.formats.package import Package
from rehabplan.actuals.formats.values import as_drawn, clean_text, text_cell
from rehabplan.actuals.formats.xmlstream import Names, parse
from rehabplan.actuals.sheet import Cell
from rehabplan.i18n import _

MAIN = Names(
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
"""Names of the elements of workbooks, short; those of extensions are ""."""


@dataclass(slots=True)
class Root:
    """The first element of a part, which says what the part is."""

    part: str
    expected: str
    seen: bool = False

    def check(self, name: str) -> None:
        """Take note of an element.

        Raises:
            FaultError: it is the first, and another than expected.
        """
        if not self.seen and name != self.expected:
            raise damaged(_("its part '{part}' is something else").format(part=self.part[:80]))
        self.seen = True


SCRIPTS = {"superscript": "^", "subscript": "_"}


def is_on(text: str) -> bool:
    """Tell whether an attribute such as hidden="1" says yes."""
    return text.strip() in {"1", "true"}


_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """Return a text with the characters that XML cannot hold: _x000D_ is a carriage return."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


@dataclass(slots=True)
class SharedText:
    """A text that cells refer to: its cell, and its runs where they have fonts of their own.

    A run without a font has that of the cell, which is marked by "".
    """

    cell: Cell | None
    runs: tuple[tuple[str, str], ...] = ()

    def in_font(self, font: Encoding | None) -> tuple[Run, ...]:
        """Return the runs as they are in a cell of a font."""
        if not self.runs:
            return ((self.cell.text if self.cell else "", font),)
        return tuple((text, encoding_of_font(own) if own else font) for text, own in self.runs)


@dataclass(slots=True)
class TextCollector:
    """Gathers the runs of one text from the elements within it; phonetic guides are left out."""

    runs: list[tuple[str, str]] = field(default_factory=list)
    _font: str = ""
    _struck: bool = False
    _script: str = ""
    _open: bool = False
    _phonetic: bool = False
    _pieces: list[str] = field(default_factory=list)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of an element's start."""
        match name:
            case "t":
                self._open = not self._phonetic
            case "r":
                self._plain()
            case "strike":
                self._struck = is_on(attributes.get("val", "1"))
            case "vertAlign":
                self._script = SCRIPTS.get(attributes.get("val", ""), "")
            case "rFont":
                self._font = attributes.get("val", "")
            case "rPh":
                self._phonetic = True

    def text(self, piece: str) -> None:
        """Take note of characters."""
        if self._open:
            self._pieces.append(piece)

    def end(self, name: str) -> None:
        """Take note of an element's end."""
        if name == "t":
            if self._open and self._pieces:
                piece = unescaped("".join(self._pieces))
                self.runs.append((as_drawn(piece, struck=self._struck, script=self._script), self._font))
            self._open = False
            self._pieces.clear()
        elif name == "rPh":
            self._phonetic = False

    def _plain(self) -> None:
        """Forget the font of the last run."""
        self._font, self._struck, self._script = "", False, ""

    def result(self) -> SharedText:
        """Return the whole text, and begin anew."""
        runs, self.runs, self._phonetic = self.runs, [], False
        self._plain()
        if len(runs) == 1 and not runs[0][1]:
            return SharedText(text_cell(runs[0][0]))
        fonts = any(font for _text, font in runs)
        cleaned = tuple((clean_text(text), font) for text, font in runs) if fonts else ()
        return SharedText(text_cell("".join(text for text, _font in runs)), cleaned)


def read_strings(package: Package, part: str) -> list[SharedText]:
    """Return the shared texts in their order."""
    texts: list[SharedText] = []
    collector = TextCollector()
    root = Root(part, "sst")

    def end(element: str) -> None:
        name = MAIN[element]
        if name == "si":
            texts.append(collector.result())
        else:
            collector.end(name)

    def start(element: str, attributes: dict[str, str]) -> None:
        root.check(MAIN[element])
        collector.start(MAIN[element], attributes)

    parse(package, part, start, end, collector.text)
    return texts
