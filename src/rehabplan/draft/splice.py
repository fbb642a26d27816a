"""Changes to a YAML text at the places of its values; what is not named stays as it is, byte by byte.

Dumping the values anew would lose comments, order and writing. So every change is a span of the old
text and what stands there afterwards, and all of them are made at once, in the order of the text.
"""

import re
import textwrap
from bisect import bisect_right
from datetime import date

from msgspec import Struct, field

from rehabplan.text import printable
from rehabplan.yamltree import Path, Tree

WIDTH = 120
"""Lines of this length a plan file may have; longer remarks stand above their value."""
_NARROWEST = 40
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")

_SKIPPED = re.compile(r"(?:\s|(?<=\s)#[^\r\n]*)*")
"""What may stand between a value and the comma after it."""

# What stands at the same place comes in this order.
_ABOVE, _HERE, _BEHIND, _BELOW = range(4)


class Splice(Struct):
    """Collects the changes to one text; `result` makes them."""

    tree: Tree
    source: str
    newline: str = ""
    _starts: list[int] = field(default_factory=list)
    _ends: list[int] = field(default_factory=list)
    _edits: list[tuple[int, int, int, str]] = field(default_factory=list)
    """Start, order at the same start, end, and the new text."""
    _behind: dict[int, tuple[Path, str]] = field(default_factory=dict)
    """The remark behind a line, where there is room for it."""

    def __post_init__(self) -> None:
        breaks = list(_BREAK.finditer(self.source))
        self.newline = breaks[0][0] if breaks else "\n"
        self._starts = [0, *(found.end() for found in breaks)]
        self._ends = [*(found.start() for found in breaks), len(self.source)]

    def raw(self, path: Path) -> str:
        """Return a value as it is written, in one line."""
        span = self.tree.spans[path]
        return " ".join(self.source[span.start : span.end].split())

    def inside(self, path: Path) -> list[str | int | date]:
        """Return the keys of a mapping, in the order of the text."""
        return [key[-1] for key in self.tree.key_spans if key[:-1] == path]

    def is_block(self, path: Path) -> bool:
        """Tell whether a value is a mapping or list written as lines."""
        return self.tree.spans[path].block

    def head(self, text: str) -> None:
        """Begin the text with a comment, parted from comments that follow."""
        lines = [f"# {line}" for line in textwrap.wrap(printable(text), WIDTH - 2, break_on_hyphens=False)]
        if self.source.startswith("#"):
            lines.append("#")
        self._insert(0, _ABOVE, "".join(f"{line}{self.newline}" for line in lines))

    def replace(self, path: Path, new: str) -> None:
        """Write another value, on the line of its key."""
        key, value = self.tree.key_spans[path], self.tree.spans[path]
        between = self.source[key.end : value.start]
        if _BREAK.search(between) and "#" not in between:
            self._edit(key.end + between.index(":") + 1, value.end, f" {new}")
        else:
            self._edit(value.start, value.end, new)

    def replace_key(self, path: Path, new: str) -> None:
        """Write another key."""
        span = self.tree.key_spans[path]
        self._edit(span.start, span.end, new)

    def rewrite(self, path: Path, new: str) -> None:
        """Write a value's own text anew, its quotes and line breaks being part of it."""
        span = self.tree.spans[path]
        self._edit(span.start, span.end, new)

    def written(self, path: Path) -> str:
        """Return a value's own text, with its quotes and line breaks."""
        span = self.tree.spans[path]
        return self.source[span.start : span.end]

    def add_after(self, path: Path, key: str, value: str) -> None:
        """Add an entry after another one of the same mapping."""
        entry, span = f"{key}: {value}", self.tree.spans[path]
        if not self.is_block(path[:-1]):
            self._insert(span.end, _HERE, f", {entry}")
            return
        begin = self.tree.key_spans[path].start
        column = begin - self._starts[self._line(begin)]
        self._insert(self._ends[self._line(span.end)], _BELOW, self.newline + " " * column + entry)

    def remark(self, path: Path, text: str) -> None:
        """Say something beside a value: behind it where its line has room, else above it."""
        key, value = self.tree.key_spans[path], self.tree.spans[path]
        line = self._line(key.start)
        one_line = line == self._line(value.start) == self._line(value.end) and not value.block
        block_text = self.source[value.start : value.start + 1] in ("|", ">")
        free = not self.source[value.end : self._ends[line]].strip()
        if self._alone(path) and one_line and free and not block_text and line not in self._behind:
            self._behind[line] = (path, text)
        else:
            self._remark_above(path, text)

    def comment_out(self, path: Path, why: str = "") -> None:
        """Turn an entry of a mapping into comments where it stands; inside brackets, above its line."""
        key, value = self.tree.key_spans[path], self.tree.spans[path]
        first, last = self._line(key.start), self._line(max(key.end, value.end))
        if why:
            self._remark_above(path, why)
        rest = self.source[value.end : self._ends[last]].lstrip()
        if not self._alone(path) or not self.is_block(path[:-1]) or (rest and not rest.startswith("#")):
            self._remark_above(
                path, self.raw(path) if not self._alone(path) else f"{path[-1]}: {self.raw(path)}"
            )
            self.take_out(path)
            return
        indent = key.start - self._starts[first]
        for line in range(first, last + 1):
            text = self.source[self._starts[line] : self._ends[line]]
            if text.strip():
                blanks = len(text) - len(text.lstrip(" "))
                self._insert(self._starts[line] + min(indent, blanks), _HERE, "# ")

    def take_out(self, path: Path) -> None:
        """Take an entry out of its brackets, with one comma; of several the first one first."""
        key, value = self.tree.key_spans[path], self.tree.spans[path]
        after = _SKIPPED.match(self.source, value.end).end()  # type: ignore[union-attr]
        between = self.source[value.end : after]
        if self.source[after : after + 1] != ",":
            start = key.start
            while taken := [edit for edit in self._edits if edit[2] == start and not edit[3]]:
                start = taken[0][0]  # the entries before it were taken out too
            before = self.source[:start].rstrip(" ")
            start = len(before) - 1 if before.endswith(",") else start
            self._edit(start, value.end, "")
        elif between.strip(" "):
            self._edit(key.start, value.end, "")
            self._edit(after, after + 1, "")
        else:
            blanks = len(self.source[after + 1 :]) - len(self.source[after + 1 :].lstrip(" "))
            self._edit(key.start, after + 1 + blanks, "")

    def result(self) -> str:
        """Return the text with all changes made."""
        for line, (path, text) in self._behind.items():
            added = sum(len(new) - (end - start) for start, order, end, new in self._edits
                        if order == _HERE and self._starts[line] <= start <= self._ends[line])  # fmt: skip
            comment = f"  # {text}"
            if self._ends[line] - self._starts[line] + added + len(comment) <= WIDTH:
                self._insert(self._ends[line], _BEHIND, comment)
            else:
                self._remark_above(path, text)
        parts, done = [], 0
        for start, _order, end, new in sorted(self._edits, key=lambda edit: edit[:2]):
            # Two entries taken out side by side share the comma between them.
            parts.append(self.source[done:start] + new)
            done = max(done, end)
        return "".join(parts) + self.source[done:]

    def _edit(self, start: int, end: int, new: str) -> None:
        self._edits.append((start, _HERE, end, new))

    def _insert(self, at: int, order: int, new: str) -> None:
        self._edits.append((at, order, at, new))

    def _line(self, at: int) -> int:
        return bisect_right(self._starts, at) - 1

    def _alone(self, path: Path) -> bool:
        """Tell whether an entry shares its lines with no other entry."""
        start, end = self.tree.key_spans[path].start, self.tree.spans[path].end
        before = self.source[self._starts[self._line(start)] : start].strip(" ?")
        after = self.source[end : self._ends[self._line(end)]].lstrip(" ,}]")
        return not before and (not after or after.startswith("#"))

    def _remark_above(self, path: Path, text: str) -> None:
        """Say something above the line of an entry, naming the entry where others stand on that line."""
        line = self._line(self.tree.key_spans[path].start)
        if not self._alone(path):
            named = path[1:] if path[0] == "targets" else path
            text = f"{'.'.join(str(part) for part in named)}: {text}"
        while around := self._text_around(self._starts[line]):
            line = self._line(around)  # a comment inside a text would become a part of it
        content = self.source[self._starts[line] : self._ends[line]]
        indent = " " * (len(content) - len(content.lstrip(" ")))
        room = max(_NARROWEST, WIDTH - len(indent) - 2)
        lines = textwrap.wrap(
            text, room, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
        )
        comments = "".join(f"{indent}# {one}{self.newline}" for one in lines)
        self._insert(self._starts[line], _ABOVE, comments)

    def _text_around(self, at: int) -> int | None:
        """Return the start of the text of several lines that a place lies in."""
        for span in self.tree.spans.values():
            if span.start < at <= span.end and not span.block and self.source[span.start] not in "{[":
                return span.start
        return None
