"""XML parts read as a stream of elements, without document types, entities or deep trees."""

from collections.abc import Callable
from xml.parsers import expat

from msgspec import Struct

from rehabplan.actuals.formats.faults import FaultError, damaged
from rehabplan.actuals.formats.package import Package
from rehabplan.actuals.formats.values import clean_text
from rehabplan.i18n import _

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]

_NO_MEMORY = 1
_ENCODINGS = frozenset((
    "utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "us-ascii", "ascii", "iso-8859-1", "latin1",
    "windows-1252", "windows-1258",
))  # fmt: skip
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_SIGNS = (b"AlternateContent", "AlternateContent".encode("utf-16-le"))
_OVERLAP = 40


def parse(
    package: Package, part: str, start: Start, end: End | None = None, text: Text | None = None
) -> None:
    """Call the handlers for every element; names are "namespace local", or "local" without one.

    Of contents in several versions (mc:AlternateContent) only the fallback is told, as to every program
    that knows none of the extensions.

    Raises:
        FaultError: the part is missing, no well-formed XML, has a document type, or is beyond the limits.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.XmlDeclHandler = _refuse_encoding
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    alternatives: _Alternatives | None = None
    tail = b""
    try:
        for chunk in package.chunks(part):
            package.budget.take_tags(chunk.count(b"<"))
            if alternatives is None and any(sign in tail + chunk for sign in _SIGNS):
                alternatives = _Alternatives(start, end, text)
                parser.StartElementHandler = alternatives.start
                parser.EndElementHandler = alternatives.end
                parser.CharacterDataHandler = alternatives.text
            tail = chunk[-_OVERLAP:]
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        if error.code == _NO_MEMORY:
            raise MemoryError from error
        raise no_xml() from error


class _Alternatives(Struct):
    """Stands before the handlers once a part holds contents in several versions."""

    on_start: Start
    on_end: End | None
    on_text: Text | None
    skipped: int = 0
    """How many elements are open within a version that is not ours."""

    def start(self, element: str, attributes: dict[str, str]) -> None:
        if self.skipped or element == f"{_COMPATIBILITY} Choice":
            self.skipped += 1
        elif not element.startswith(_COMPATIBILITY):
            self.on_start(element, attributes)

    def end(self, element: str) -> None:
        if self.skipped:
            self.skipped -= 1
        elif self.on_end and not element.startswith(_COMPATIBILITY):
            self.on_end(element)

    def text(self, piece: str) -> None:
        if self.on_text and not self.skipped:
            self.on_text(piece)


def no_xml() -> FaultError:
    """Return the fault of a part whose XML is not well formed."""
    return damaged(_("one of its parts is no proper XML"))


def odd_element(element: str) -> FaultError:
    """Return the fault of an element that might be a cell or a text, had it another name or place."""
    name = element.rpartition(" ")[2]
    return damaged(_("it has '{element}' where no workbook has it").format(element=clean_text(name[:40])))


def odd_text(piece: str) -> FaultError:
    """Return the fault of characters that stand outside of every text."""
    return odd_element(" ".join(piece.split()))


def _refuse_doctype(*_parts: object) -> None:
    raise damaged(_("one of its parts has a document type, which workbooks never have"))


def _refuse_encoding(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding is not None and encoding.lower() not in _ENCODINGS:
        raise no_xml()


class Names(dict[str, str]):
    """Full names to short ones: the local name within the given namespaces, else ""."""

    def __init__(self, *namespaces: str) -> None:
        """Names of elements in these namespaces are shortened, others become ""."""
        super().__init__()
        self._namespaces = frozenset(namespaces)

    def __missing__(self, full: str) -> str:
        namespace, _blank, local = full.rpartition(" ")
        short = local if namespace in self._namespaces else ""
        if len(self) < 10_000:  # noqa: PLR2004 - a hostile part may have a million names
            self[full] = short
        return short
