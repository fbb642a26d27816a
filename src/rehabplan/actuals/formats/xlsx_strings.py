"""Texts of .xlsx files: the shared ones, their fonts, and characters written as _xHHHH_."""

import re

from msgspec import Struct, field

from rehabplan.actuals.formats.faults import damaged
from rehabplan.actuals.formats.legacy import Encoding, Run, encoding_of_font
from rehabplan.actuals.formats.package import Package
from rehabplan.actuals.formats.values import as_drawn, clean_text, text_cell
from rehabplan.actuals.formats.xmlstream import Names, odd_element, odd_text, parse
from rehabplan.actuals.sheet import Cell
from rehabplan.i18n import _

MAIN = Names(
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
"""Names of the elements of workbooks, short; those of extensions are ""."""


class Root(Struct):
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


_WITHIN = {
    "": frozenset(("t", "r", "rPh", "phoneticPr", "extLst")),
    "r": frozenset(("rPr", "t", "extLst")),
    "rPh": frozenset(("t",)),
    "phoneticPr": frozenset(("extLst",)),
}
"""Elements of a text → those that may stand within them; of fonts and extensions more than we know."""
_TEXTS = frozenset(("si", "is", "t", "r", "rPh"))

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


class SharedText(Struct):
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


class TextCollector(Struct):
    """Gathers the runs of one text from the elements within it; phonetic guides are left out."""

    runs: list[tuple[str, str]] = field(default_factory=list)
    _font: str = ""
    _struck: bool = False
    _script: str = ""
    _open: bool = False
    _phonetic: bool = False
    _pieces: list[str] = field(default_factory=list)
    _path: list[str] = field(default_factory=list)
    """The elements that are open, the innermost last; for what is within fonts and extensions these."""

    def start(self, element: str, name: str, attributes: dict[str, str]) -> None:
        """Take note of an element's start.

        Raises:
            FaultError: no text has it there.
        """
        inside = self._path[-1] if self._path else ""
        if inside == "extLst":
            self._path.append(inside)
            return
        in_font = inside == "rPr" and element.rpartition(" ")[2] not in _TEXTS
        if not (in_font or name in _WITHIN.get(inside, ())):
            raise odd_element(element)
        self._path.append(inside if in_font else name)
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
        """Take note of characters.

        Raises:
            FaultError: they stand outside of every text.
        """
        if self._open:
            self._pieces.append(piece)
        elif not (self._phonetic or piece.isspace() or "extLst" in self._path[-1:]):
            raise odd_text(piece)

    def ended(self) -> bool:
        """Take note of an element's end; tell whether it was the whole text's."""
        if not self._path:
            return True
        name = self._path.pop()
        if name == "t":
            if self._open and self._pieces:
                piece = unescaped("".join(self._pieces))
                self.runs.append((as_drawn(piece, struck=self._struck, script=self._script), self._font))
            self._open = False
            self._pieces.clear()
        elif name == "rPh":
            self._phonetic = False
        return False

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
    reader = _Reader(Root(part, "sst"))
    parse(package, part, reader.start, reader.end, reader.text)
    return reader.texts


class _Reader(Struct):
    """Reads the part of the shared texts, which cells refer to by their number."""

    root: Root
    texts: list[SharedText] = field(default_factory=list)
    collector: TextCollector = field(default_factory=TextCollector)
    in_text: bool = False
    extension: int = 0
    """How many elements are open within data that others add."""

    def start(self, element: str, attributes: dict[str, str]) -> None:
        name = MAIN[element]
        if self.in_text:
            self.collector.start(element, name, attributes)
        elif self.extension or name == "extLst":
            self.extension += 1
        elif not self.root.seen:
            self.root.check(name)
        elif name == "si":
            self.in_text = True
        else:
            raise odd_element(element)

    def text(self, piece: str) -> None:
        if self.in_text:
            self.collector.text(piece)
        elif not (self.extension or piece.isspace()):
            raise odd_text(piece)

    def end(self, _element: str) -> None:
        if self.extension:
            self.extension -= 1
        elif self.in_text and self.collector.ended():
            self.texts.append(self.collector.result())
            self.in_text = False
