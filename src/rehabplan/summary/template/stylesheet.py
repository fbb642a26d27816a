"""The cell styles of a workbook, to which copies with another number format are added."""

from xml.parsers import expat

from msgspec import Struct, field

from rehabplan.actuals.formats.faults import damaged
from rehabplan.actuals.formats.numberformats import BUILT_IN
from rehabplan.actuals.formats.xlsx_strings import MAIN
from rehabplan.i18n import _
from rehabplan.summary.template.formats import GENERAL
from rehabplan.summary.template.spliced import (
    Splices,
    escaped,
    is_empty_tag,
    parser_of,
    tag_end,
    tag_name,
    with_attribute,
)

_FIRST_OWN = 164
"""Number formats of a workbook's own count from here."""
_MOST_STYLES = 64_000
"""Cell styles that Excel opens."""


class Stylesheet(Struct):
    """The styles part: what every style's number format is, and the styles that were added."""

    content: bytes
    codes: dict[int, str] = field(default_factory=dict)
    styles: list[tuple[bytes, int]] = field(default_factory=list)
    root: int = 0
    formats: tuple[int, int] | None = None
    xfs: tuple[int, int] | None = None
    _added: list[bytes] = field(default_factory=list)
    new_codes: dict[str, int] = field(default_factory=dict)
    _known: dict[tuple[int, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the part.

        Raises:
            FaultError: it is damaged.
        """
        _StyleReader(self).read()
        if self.xfs is None:
            raise damaged(_("its list of cell formats is missing"))

    def code(self, style: int) -> str:
        """Return the number format of a style."""
        if not 0 <= style < len(self.styles):
            return GENERAL
        number = self.styles[style][1]
        return self.codes.get(number, BUILT_IN.get(number, GENERAL if number == 0 else ""))

    def with_code(self, style: int, code: str) -> int:
        """Return a style that is like another but for its number format."""
        found = self._known.get((style, code))
        if found is not None:
            return found
        if not 0 <= style < len(self.styles):
            style = 0
        raw, _number = self.styles[style]
        end = tag_end(raw, 0)
        tag = with_attribute(raw[:end], "numFmtId", str(self._number(code)))
        self._added.append(with_attribute(tag, "applyNumberFormat", "1") + raw[end:])
        new = len(self.styles) + len(self._added) - 1
        if new > _MOST_STYLES:
            raise damaged(_("it has more cell formats than Excel opens"))
        self._known[style, code] = new
        return new

    def _number(self, code: str) -> int:
        for number, known in (*self.codes.items(), *BUILT_IN.items(), *((n, c) for c, n in
                              self.new_codes.items())):  # fmt: skip
            if known == code and number not in range(14, 59):  # those are shown by the user's country
                return number
        highest = max((_FIRST_OWN - 1, *self.codes, *self.new_codes.values()))
        self.new_codes[code] = highest + 1
        return highest + 1

    def written(self) -> bytes:
        """Return the part with the styles that were added."""
        if not self._added or self.xfs is None:
            return self.content
        splices = Splices()
        self._append(splices, self.xfs, "count", len(self.styles) + len(self._added), self._added)
        prefix = _prefix(self.content, self.root)
        new = [
            f'<{prefix}numFmt numFmtId="{number}" formatCode="{escaped(code)}"/>'.encode()
            for code, number in self.new_codes.items()
        ]
        if new and self.formats is not None:
            self._append(splices, self.formats, "count", len(self.codes) + len(new), new)
        elif new:
            at = tag_end(self.content, self.root)
            whole = f'<{prefix}numFmts count="{len(new)}">'.encode() + b"".join(new)
            splices.put(at, at, whole + f"</{prefix}numFmts>".encode())
        return splices.applied(self.content)

    def _append(
        self, splices: Splices, place: tuple[int, int], name: str, count: int, more: list[bytes]
    ) -> None:
        """Add elements to the end of another, and count them."""
        start, end = place
        after = tag_end(self.content, start)
        tag = with_attribute(self.content[start:after], name, str(count))
        if is_empty_tag(self.content, start):
            closing = f"</{tag_name(self.content, start)}>".encode()
            splices.put(start, after, tag[:-2].rstrip() + b">" + b"".join(more) + closing)
        else:
            splices.put(start, after, tag)
            splices.put(end, end, b"".join(more))


def _prefix(content: bytes, start: int) -> str:
    name = tag_name(content, start)
    return name[: name.rindex(":") + 1] if ":" in name else ""


class _StyleReader:
    """Finds the lists of number formats and of cell styles, and where they stand."""

    def __init__(self, sheet: Stylesheet) -> None:
        self._sheet = sheet
        self._parser = parser_of()
        self._inside: list[str] = []
        self._starts: list[int] = []

    def read(self) -> None:
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        try:
            self._parser.Parse(self._sheet.content, True)
        except expat.ExpatError as error:
            raise damaged(_("one of its parts is no proper XML")) from error

    def _start(self, element: str, attributes: dict[str, str]) -> None:
        name = MAIN[element]
        at = self._parser.CurrentByteIndex
        self._inside.append(name)
        self._starts.append(at)
        sheet = self._sheet
        if name == "styleSheet":
            sheet.root = at
        elif name == "numFmt" and self._inside[-2:-1] == ["numFmts"]:
            sheet.codes[_index(attributes.get("numFmtId", ""))] = attributes.get("formatCode", "")
        elif name == "xf" and self._inside[-2:-1] == ["cellXfs"]:
            sheet.styles.append((b"", _index(attributes.get("numFmtId", "0"))))

    def _end(self, _element: str) -> None:
        name, start, sheet = self._inside.pop(), self._starts.pop(), self._sheet
        at = self._parser.CurrentByteIndex
        if name == "xf" and self._inside[-1:] == ["cellXfs"]:
            empty = is_empty_tag(sheet.content, start)
            end = tag_end(sheet.content, start if empty else at)
            sheet.styles[-1] = (sheet.content[start:end], sheet.styles[-1][1])
        elif name == "numFmts":
            sheet.formats = (start, at)
        elif name == "cellXfs":
            sheet.xfs = (start, at)


def _index(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 0  # noqa: PLR2004 - as long as any
