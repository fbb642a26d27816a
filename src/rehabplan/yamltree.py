"""YAML text to plain values with a place for each, by our own strict reading of scalars.

PyYAML's loaders turn 010 into 8, 12:30 into 750, 1.500 into 1.5 and `no` into False, and let the
last of two equal keys win. Here the events of the parser are composed by hand instead: nothing is
constructed, doubtful scalars are problems, aliases and tags are refused (design.md §3).
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

import yaml
from msgspec import Struct, field
from msgspec.structs import replace

from rehabplan import figures
from rehabplan.i18n import N_, _, language
from rehabplan.problems import Code, Problem, RehabplanError, Where, problem
from rehabplan.yamlscalars import read_scalar

MAX_DEPTH = 30
"""Mappings and lists inside each other."""
MAX_CHARACTERS = 2_000_000
"""Characters of a file; a plan of a hundred targets has some 60,000."""
MAX_VALUES = 100_000
"""Values of a file, mappings and lists among them."""
MAX_LINE = 1_000
"""Characters of a line that is still shown under a problem."""

Path = tuple[str | int | date, ...]
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
"""What no text file holds, and line ends that editors do not show as such."""
_UNSEEN = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]")
"""Marks that turn the direction of writing around, or hide a text in another one."""
_UNSEEN_IN_NAMES = re.compile(r"[\u00ad\u200b-\u200d\u2060]")
"""What a copied text may hold and is read over in labels; in a key it makes another key."""
_NEVER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What an escape in a quoted text must not bring in: no XML, and so no workbook, can hold it."""
_LINE_END = re.compile(r"\r\n|\r|\n")
_BLANK = " \t\r\n"
_OPENING = frozenset("[{")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Span(Struct, frozen=True):
    """Where a key or a value begins and ends in the text, in characters.

    What is read to the end of its line ends with its last character: a value of several lines, and a
    block with its last value. A value that is not written is empty, behind its key's colon.
    """

    start: int
    end: int
    block: bool = False
    """Whether it is a mapping or list written as lines, without brackets."""


class Tree(Struct):
    """A YAML document as plain values, with the place of every value and key."""

    file: str
    text: str
    value: object = None
    spans: dict[Path, Span] = field(default_factory=dict)
    """Where every value stands in the text, and in `key_spans` every key."""
    key_spans: dict[Path, Span] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    broken: set[Path] = field(default_factory=set)
    """Values that a problem already speaks of, so that nothing more is said about them."""

    _starts: list[int] = field(default_factory=list)
    """Where the text's lines begin."""

    def __post_init__(self) -> None:
        """Find the lines."""
        self._starts = [0, *(found.end() for found in _LINE_END.finditer(self.text))]

    def where(self, path: Path, *, key: bool = False) -> Where:
        """Return the place of a value (or its key), or of the nearest value around it."""
        first, second = (self.key_spans, self.spans) if key else (self.spans, self.key_spans)
        for length in range(len(path), -1, -1):
            found = first.get(path[:length]) or second.get(path[:length])
            if found:
                return self.place(found.start, found.end, block=found.block)
        return Where(self.file, 1, 1)

    def place(self, start: int, end: int, *, block: bool = False) -> Where:
        """Return the place of a part of the text: of a mapping or list that of its first character."""
        at = bisect_right(self._starts, start) - 1
        begin, following = self._starts[at], self._starts[at + 1 : at + 2]
        line = self.text[begin : following[0] if following else None].rstrip("\r\n")
        column = start - begin
        parts = block or self.text[start : start + 1] in _OPENING
        width = 1 if parts else min(end, begin + len(line)) - start
        shown = line if len(line) <= MAX_LINE else None
        return Where(self.file, at + 1, column + 1, excerpt=shown, width=max(1, min(width, 60)))


def read_tree(text: str, file: str) -> Tree:
    """Read YAML text.

    Raises:
        RehabplanError: it is no single YAML document within the limits of size and depth.
    """
    if len(text) > MAX_CHARACTERS:
        what, limit = _("very large"), _("{count} characters").format(count=figures.whole(MAX_CHARACTERS))
        raise RehabplanError([problem(Code.TOO_DEEP, Where(file), what=what, limit=limit)])
    tree = Tree(file, text)
    controls = list(_characters(tree, _CONTROL))
    if controls:
        reason = _("there is a control character, which no text file should hold")
        raise RehabplanError(problem(Code.NOT_YAML, where, reason=reason) for _name, where in controls)
    for name, where in _characters(tree, _UNSEEN):
        tree.problems.append(problem(Code.UNSEEN_CHARACTER, where, name=name))
    try:
        tree.value = _Composer(tree, iter(_LOADER(text).get_event, None)).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if error.context_mark and "unexpected end of stream" in (error.problem or ""):
            mark = error.context_mark  # where the quote was opened
        where = tree.place(mark.index, mark.index) if mark else Where(file, 1, 1)
        reason = _reason(error.problem or str(error), where.excerpt or "")
        raise RehabplanError([*tree.problems, problem(Code.NOT_YAML, where, reason=reason)]) from error
    except yaml.YAMLError as error:  # a ReaderError: a character that no YAML text may hold
        reason = _("there is a control character, which no text file should hold")
        raise RehabplanError([problem(Code.NOT_YAML, Where(file, 1, 1), reason=reason)]) from error
    return tree


_SHOWN_CHARACTERS = 20
"""Places of unwanted characters that are named."""


def _characters(tree: Tree, pattern: re.Pattern[str]) -> Iterator[tuple[str, Where]]:
    """Yield the first characters of a kind by name, each with its place."""
    for found in islice(pattern.finditer(tree.text), _SHOWN_CHARACTERS):
        yield name_of(found[0]), tree.place(*found.span())


def name_of(character: str) -> str:
    """Return the name of a character that cannot be shown, such as U+202E."""
    return f"U+{ord(character):04X}"


def _reason(problem_text: str, line: str) -> str:
    """Return the commonest slips in plain words, else the parser's own."""
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent:
        return _("the line begins with a tab; indent with blanks")
    if "\u00a0" in indent:
        return _("the line begins with a no-break space; indent with blanks")
    started = re.search(r":\s+(?P<sign>[>|%@`*&!])(?=.*\S)", line)
    if started:
        return _("a text that begins with {sign} must stand in quotes").format(sign=started["sign"])
    if "unexpected end of stream" in problem_text:
        return _("a quote or bracket is opened and not closed")
    if problem_text in _PARSERS_WORDS or language() == "en":
        return _(problem_text)
    return _("the parser cannot go on here")


_PARSERS_WORDS = (
    N_("mapping values are not allowed in this context"),
    N_("block sequence entries are not allowed in this context"),
    N_("did not find expected key"),
    N_("did not find expected '-' indicator"),
    N_("did not find expected ',' or '}'"),
    N_("did not find expected ',' or ']'"),
    N_("did not find expected <document start>"),
    N_("could not find expected ':'"),
    N_("found character that cannot start any token"),
    N_("found unknown escape character"),
)
"""What libyaml says most often; what else it says has no translation."""


class _Composer:
    """Composes events into values; one instance reads one document."""

    def __init__(self, tree: Tree, events: Iterator[Any]) -> None:
        self.tree = tree
        self.events = events
        self.count = 0
        self.names: set[str] = set()
        """Keys that stand for themselves: the same come back in every target."""

    def document(self) -> object:
        value: object = None
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse(_("Several documents in one file"), self._where(event), ())
                    break
                value = self._value(next(self.events), (), 0)
        return value

    def _where(self, event: Any) -> Where:  # noqa: ANN401 - PyYAML's events are untyped
        return self.tree.place(event.start_mark.index, event.end_mark.index)

    def _value(self, event: Any, path: Path, depth: int) -> object:  # noqa: ANN401 - as above
        self.tree.spans[path] = self._span(event)
        if depth > MAX_DEPTH:
            found = problem(
                Code.TOO_DEEP, self._where(event), what=_("nested very deeply"), limit=str(MAX_DEPTH)
            )
            raise RehabplanError([*self.tree.problems, found])
        self.count += 1
        if self.count > MAX_VALUES:
            limit = _("{count} values").format(count=figures.whole(MAX_VALUES))
            found = problem(Code.TOO_DEEP, self._where(event), what=_("very large"), limit=limit)
            raise RehabplanError([*self.tree.problems, found])
        if isinstance(event, yaml.AliasEvent):
            self._refuse(_("Aliases (*name)"), self._where(event), path)
            return None
        if event.anchor:
            self._refuse(_("Anchors (&name)"), self._where(event), path)
        if event.tag and event.tag != "!":
            self._refuse(_("Tags (!name)"), self._where(event), path)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, path)
        block = not event.flow_style
        read = self._sequence if isinstance(event, yaml.SequenceStartEvent) else self._mapping
        value, last, closed = read(path, depth)
        end = self.tree.spans[last].end if block and last in self.tree.spans else closed
        self.tree.spans[path] = Span(event.start_mark.index, end, block)
        return value

    def _span(self, event: Any) -> Span:  # noqa: ANN401
        """Return where an event stands; a text of several lines takes blank lines after it along."""
        first, last = event.start_mark, event.end_mark
        start = first.index
        if first.line == last.line:
            return Span(start, last.index)
        return Span(start, start + len(self.tree.text[start : last.index].rstrip(_BLANK)))

    def _refuse(self, feature: str, where: Where, path: Path) -> None:
        self.tree.problems.append(problem(Code.YAML_FEATURE, where, feature=feature))
        self.tree.broken.add(path)

    def _escaped(self, event: Any, path: Path) -> None:  # noqa: ANN401
        """Refuse what a quoted text brings in by an escape: what stands there itself is told at its place."""
        if event.style == '"':
            found = _NEVER.search(event.value) or _UNSEEN.search(event.value)
            if found and found[0] not in self.tree.text[event.start_mark.index : event.end_mark.index]:
                self._unseen(found[0], event)
                self.tree.broken.add(path)

    def _unseen(self, character: str, event: Any) -> None:  # noqa: ANN401
        told = problem(Code.UNSEEN_CHARACTER, self._where(event), name=name_of(character))
        self.tree.problems.append(told)

    def _sequence(self, path: Path, depth: int) -> tuple[object, Path | None, int]:
        """Return the items, the path of the last, and where the parser sees the end."""
        items: list[object] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*path, len(items)), depth + 1))
        return tuple(items), (*path, len(items) - 1), self._span(event).end

    def _mapping(self, path: Path, depth: int) -> tuple[object, Path | None, int]:
        found: dict[object, object] = {}
        inside: Path | None = None
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._key(event, path, depth)
            inside = (*path, key)
            if key in found:
                first = self.tree.where(inside, key=True).line
                args = {"key": str(key), "first": first}
                self.tree.problems.append(problem(Code.DUPLICATE_KEY, self._where(event), **args))
                inside = (*path, f"{key} (again)")
                self.tree.broken.add(inside)
                self._value(next(self.events), inside, depth + 1)
                continue
            self.tree.key_spans[inside] = self._span(event)
            found[key] = self._value(next(self.events), inside, depth + 1)
        return found, inside, self._span(event).end

    def _key(self, event: Any, path: Path, depth: int) -> str | int | date:  # noqa: ANN401
        found: str = getattr(event, "value", "…")
        if found in self.names and event.implicit[0] and not event.anchor:
            return found
        if not found.isascii():
            unseen = _UNSEEN_IN_NAMES.search(found)
            if unseen:
                self._unseen(unseen[0], event)
            found = _UNSEEN.sub("", _UNSEEN_IN_NAMES.sub("", found))  # told already: read on as it looks
        if isinstance(event, yaml.ScalarEvent) and not (event.anchor or event.tag):
            self._escaped(event, (*path, found))
            key, trouble = (found, None) if not event.implicit[0] else read_scalar(found)
            if found == "<<" and event.implicit[0]:
                self._refuse(_("Merge keys (<<)"), self._where(event), path)
            if trouble:
                self._doubtful(trouble, event, (*path, found))
                return found
            if isinstance(key, str | int | date) and not isinstance(key, bool):
                if key is found and found.isascii() and found != "<<":
                    self.names.add(found)
                return key
        else:
            self._value(event, (*path, "…"), depth + 1)
        expected = _("a name, a year or a date")
        told = problem(Code.WRONG_TYPE, found=f"'{found}'", expected=expected)
        self._doubtful(told, event, (*path, found))
        return found

    def _scalar(self, event: Any, path: Path) -> object:  # noqa: ANN401
        text: str = event.value
        if not event.implicit[0]:  # quoted, or a block: text as written
            self._escaped(event, path)
            return text
        value, found = read_scalar(text)
        if found:
            self._doubtful(found, event, path)
        return value

    def _doubtful(self, found: Problem, event: Any, path: Path) -> None:  # noqa: ANN401
        """Tell a problem of a key or value at its place."""
        self.tree.problems.append(replace(found, where=self._where(event)))
        self.tree.broken.add(path)
