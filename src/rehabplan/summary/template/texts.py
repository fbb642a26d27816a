"""Texts in XML that are made of runs, each with its own font: marks are replaced, the runs stay."""

from collections.abc import Callable
from xml.parsers import expat

from msgspec import Struct, field

from rehabplan.actuals.formats.faults import damaged
from rehabplan.actuals.formats.xlsx_strings import unescaped
from rehabplan.i18n import _
from rehabplan.summary.facts import Fact
from rehabplan.summary.template.marks import Mark
from rehabplan.summary.template.spliced import (
    Splices,
    escaped,
    escaped_cell_text,
    is_empty_tag,
    parser_of,
    tag_end,
    with_attribute,
)

Find = Callable[[str], list[Mark]]


class _Run(Struct):
    """The text of one run: from its start tag to its end tag."""

    start: int
    end: int = 0
    pieces: list[str] = field(default_factory=list)


class Texts:
    """Finds texts in a part or a piece of one: elements `container` with text in elements `t`."""

    def __init__(self, content: bytes, container: str) -> None:
        """Look through the content; what stands in phonetic guides (rPh) is no text.

        Raises:
            FaultError: it is damaged.
        """
        self.content = content
        self.found: list[tuple[int, int, list[_Run]]] = []
        """Start and end of every container, and its runs."""
        self._container = container
        self._inside: list[tuple[str, int]] = []
        self._runs: list[_Run] = []
        self._run: _Run | None = None
        self._parser = parser_of(namespaces=False)
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        try:
            self._parser.Parse(content, True)
        except expat.ExpatError as error:
            raise damaged(_("one of its parts is no proper XML")) from error

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        local, at = name.rpartition(":")[2], self._parser.CurrentByteIndex
        if local == self._container:
            self._runs = []
        if local == "t" and not any(one == "rPh" for one, _at in self._inside):
            self._run = _Run(at)
        self._inside.append((local, at))

    def _text(self, piece: str) -> None:
        if self._run is not None:
            self._run.pieces.append(piece)

    def _end(self, _name: str) -> None:
        (local, start), at = self._inside.pop(), self._parser.CurrentByteIndex
        if local == "t" and self._run is not None:
            if not is_empty_tag(self.content, start):
                self._run.end = at
                self._runs.append(self._run)
            self._run = None
        elif local == self._container:
            empty = is_empty_tag(self.content, start)
            self.found.append((start, tag_end(self.content, start if empty else at), self._runs))
            self._runs = []


def filled_part(content: bytes, find: Find, printed: Callable[[Fact], str]) -> bytes:
    """Return a drawing or chart with the marks in its paragraphs replaced."""
    texts = Texts(content, "p")
    splices = Splices()
    for _start, _end, runs in texts.found:
        _fill(splices, content, runs, find, printed, in_cell=False)
    return splices.applied(content)


def filled_text(raw: bytes, container: str, find: Find, printed: Callable[[Fact], str]) -> bytes:
    """Return what stands within one text of a cell (<si> or <is>), its marks replaced."""
    texts = Texts(raw, container)
    splices = Splices()
    start, end, runs = texts.found[0]
    _fill(splices, raw, runs, find, printed, in_cell=True)
    inner = tag_end(raw, start)
    closing = raw.rindex(b"</")
    splices.put(0, inner, b"")
    splices.put(closing, end, b"")
    return splices.applied(raw)


def _fill(  # noqa: PLR0913 - where, what, and by what
    splices: Splices, content: bytes, runs: list[_Run], find: Find, printed: Callable[[Fact], str],
    *, in_cell: bool,
) -> None:  # fmt: skip
    """Replace marks that may reach over several runs: the text goes into the first of them."""
    old = [unescaped("".join(run.pieces)) if in_cell else "".join(run.pieces) for run in runs]
    marks = find("".join(old))
    if not marks:
        return
    new, at = [], 0
    for text in old:
        new.append(_cut(text, at, marks, printed))
        at += len(text)
    for run, before, after in zip(runs, old, new, strict=True):
        if before == after:
            continue
        opened = tag_end(content, run.start)
        text = escaped_cell_text(after) if in_cell else escaped(after)
        if in_cell:
            tag = with_attribute(content[run.start : opened], "xml:space", "preserve")
            splices.put(run.start, opened, tag)
        splices.put(opened, run.end, text.encode("utf-8"))


def _cut(text: str, at: int, marks: list[Mark], printed: Callable[[Fact], str]) -> str:
    """Return a run's text that begins at `at` of the whole, without the marks that reach into it."""
    for mark in reversed(marks):
        start, end = max(mark.start - at, 0), min(mark.end - at, len(text))
        if start < end:
            words = printed(mark.fact) if mark.start >= at else ""
            text = text[:start] + words + text[end:]
    return text
