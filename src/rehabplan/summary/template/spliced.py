"""An XML part changed in a few places: what is not replaced stays byte for byte."""

import re
from xml.parsers import expat
from xml.sax.saxutils import escape

from msgspec import Struct, field

from rehabplan.actuals.formats.faults import damaged
from rehabplan.actuals.formats.package import Package
from rehabplan.i18n import _

_TAG = re.compile(rb"""<(?:[^<>"']|"[^"]*"|'[^']*')*>""")
_DECLARED = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["'][^>]*\?>""")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def read_part(package: Package, part: str) -> bytes:
    """Return the bytes of an XML part, in UTF-8.

    Raises:
        FaultError: it is damaged or beyond the limits.
    """
    content = package.read(part)
    package.budget.take_tags(content.count(b"<"))
    try:
        if content.startswith(_UTF16):
            text = content.decode("utf-16")
            return re.sub(r"^<\?xml[^>]*\?>", "", text).encode("utf-8")
        declared = _DECLARED.match(content.removeprefix(b"\xef\xbb\xbf"))
        if declared and declared[1].lower() not in {b"utf-8", b"us-ascii"}:
            text = content.decode(declared[1].decode("ascii"))
            return re.sub(r"^<\?xml[^>]*\?>", "", text).encode("utf-8")
    except (UnicodeError, LookupError) as error:
        raise damaged(_("one of its parts is no proper XML")) from error
    return content


def parser_of(*, namespaces: bool = True) -> expat.XMLParserType:
    """Return a parser that refuses document types; names are "namespace local" or as they are written."""
    parser = expat.ParserCreate(namespace_separator=" ") if namespaces else expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def _refuse(*_parts: object) -> None:
    raise damaged(_("one of its parts has a document type, which workbooks never have"))


def tag_end(content: bytes, start: int) -> int:
    """Return where the tag that begins at `start` ends."""
    found = _TAG.match(content, start)
    if found is None:
        raise damaged(_("one of its parts is no proper XML"))
    return found.end()


def is_empty_tag(content: bytes, start: int) -> bool:
    """Tell whether the tag that begins at `start` is an element of its own: <c/>."""
    end = tag_end(content, start)
    return content[end - 2 : end] == b"/>"


def tag_name(content: bytes, start: int) -> str:
    """Return the name of the tag that begins at `start` as it is written, with its prefix."""
    found = re.compile(rb"</?([^\s/>]+)").match(content, start)
    return found[1].decode("utf-8") if found else ""


def with_attribute(tag: bytes, name: str, value: str | None) -> bytes:
    """Return a start tag with an attribute set, or without it for None."""
    bare = re.sub(rf"""\s{name}\s*=\s*("[^"]*"|'[^']*')""".encode(), b"", tag, count=1)
    if value is None:
        return bare
    end = -2 if bare.endswith(b"/>") else -1
    return bare[:end].rstrip() + f' {name}="{escaped(value)}"'.encode() + bare[end:]


def escaped(text: str) -> str:
    """Return a text for XML, without the characters that it cannot hold."""
    return escape(_UNWRITABLE.sub("", text), {'"': "&quot;"})


def escaped_cell_text(text: str) -> str:
    """Return a text for a cell: also what looks like an escaped character (_x000D_) stays as it is."""
    return escaped(_LOOKS_ESCAPED.sub("_x005F_", text))


class Splices(Struct):
    """What is to be replaced in a part: from, to (not included), and the new bytes."""

    found: list[tuple[int, int, bytes]] = field(default_factory=list)

    def put(self, start: int, end: int, new: bytes) -> None:
        """Replace the bytes from `start` to `end`; what is put at one place stays in that order."""
        self.found.append((start, end, new))

    def applied(self, content: bytes) -> bytes:
        """Return the part with everything replaced."""
        pieces, at = [], 0
        for start, end, new in sorted(self.found, key=lambda one: (one[0], one[1])):
            pieces += [content[at:start], new]
            at = end
        return b"".join([*pieces, content[at:]])
