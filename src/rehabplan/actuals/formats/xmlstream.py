"""XML parts read as a stream of elements, without document types, entities or deep trees."""

from collections.abc import Callable
from xml.parsers import expat

from rehabplan.actuals.formats.faults import damaged
from rehabplan.actuals.formats.package import Package
from rehabplan.i18n import _

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


def parse(
    package: Package, part: str, start: Start, end: End | None = None, text: Text | None = None
) -> None:
    """Call the handlers for every element; names are "namespace local", or "local" without one.

    Raises:
        FaultError: the part is missing, no well-formed XML, has a document type, or is beyond the limits.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    try:
        for chunk in package.chunks(part):
            package.budget.take_tags(chunk.count(b"<"))
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise damaged(_("one of its parts is no proper XML")) from error


def _refuse(*_parts: object) -> None:
    raise damaged(_("one of its parts has a document type, which workbooks never have"))


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
