"""What the stream of an .xls file says about itself, held against what it holds.

The format has no sums, and xlrd takes what it knows and passes over the rest. So a changed byte could move a
figure or make it disappear; where the file contradicts itself, this says so.
"""

import struct
from collections.abc import Iterable, Iterator
from enum import IntEnum
from itertools import chain, repeat

from msgspec import Struct, field

from rehabplan.actuals.formats.faults import FaultError, changed, damaged
from rehabplan.actuals.sheet import address
from rehabplan.i18n import _
from rehabplan.problems import Code


class _Number(IntEnum):
    """Records that tell how the stream is built."""

    END = 0x0A
    PASSWORD = 0x2F
    SHEET = 0x85
    ROW_BLOCK = 0xD7
    ROW = 0x208
    BEGIN = 0x809
    COMPUTING = 0x1C1


_BEGIN = struct.pack("<H", _Number.BEGIN)
_WORKSHEET = b"\x10"
_LEAST_NAME = 7
"""Bytes of a sheet's place, state and length of name."""
_BEFORE_UNICODE = {b"\0\5"}
_LABEL, _RICH, _MANY_NUMBERS, _MANY_BLANKS = 0x204, 0xD6, 0xBD, 0xBE
_FORMULAS = frozenset((0x06, 0x206, 0x406))
_FORMULA_SIZE = 22
"""Bytes before the formula itself."""
_ON_OPENING = 2
"""Flag of a formula that is to be computed when the workbook is opened."""
_ZERO, _EMPTY = bytes(8), b"\3"
_SIZES = {0x201: 6, 0x203: 14, 0x205: 8, 0x27E: 10, 0xFD: 10}
"""Cells of one size: blank, number, truth or error, packed number, shared text."""
_CELLS = frozenset((*_SIZES, *_FORMULAS, _LABEL, _RICH, _MANY_NUMBERS, _MANY_BLANKS))
_KNOWN = frozenset((
    0x0A, 0x0B, 0x0C, 0x0D, 0x0E, 0x0F, 0x10, 0x11, 0x12, 0x13,
    0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1A, 0x1B, 0x1C, 0x1D, 0x1E, 0x20, 0x21, 0x22, 0x23, 0x24, 0x25,
    0x26, 0x27, 0x28, 0x29, 0x2A, 0x2B, 0x2F, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x3C, 0x3D,
    0x3E, 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x49, 0x4D, 0x50, 0x51, 0x52, 0x55, 0x56, 0x59, 0x5A, 0x5B,
    0x5C, 0x5D, 0x5E, 0x5F, 0x60, 0x61, 0x63, 0x7D, 0x7E, 0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87,
    0x88, 0x89, 0x8C, 0x8D, 0x90, 0x91, 0x92, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9A, 0x9B, 0x9C, 0x9D,
    0x9E, 0xA0, 0xA1, 0xA9, 0xAB, 0xAE, 0xAF, 0xB0, 0xB1, 0xB2, 0xB4, 0xB5, 0xB6, 0xB8, 0xB9, 0xC0, 0xC1,
    0xC2, 0xC5, 0xC6, 0xC7, 0xC8, 0xC9, 0xCA, 0xCB, 0xCC, 0xCD, 0xCE, 0xCF, 0xD0, 0xD1, 0xD2, 0xD3, 0xD5,
    0xD7, 0xD8, 0xD9, 0xDA, 0xDC, 0xDD, 0xDE, 0xE0, 0xE1, 0xE2, 0xE3, 0xE5, 0xE9, 0xEB, 0xEC, 0xED, 0xEF,
    0xF0, 0xF1, 0xF2, 0xF4, 0xF5, 0xF6, 0xF7, 0xF8, 0xF9, 0xFB, 0xFC, 0xFF, 0x100, 0x103, 0x122, 0x137,
    0x138, 0x13B, 0x13D, 0x13E, 0x13F, 0x140, 0x14A, 0x14B, 0x14D, 0x14E, 0x14F, 0x150, 0x151, 0x152,
    0x153, 0x154, 0x15F, 0x160, 0x161, 0x191, 0x192, 0x193, 0x194, 0x195, 0x196, 0x197, 0x198, 0x1A9,
    0x1AA, 0x1AB, 0x1AC, 0x1AD, 0x1AE, 0x1AF, 0x1B0, 0x1B1, 0x1B2, 0x1B5, 0x1B6, 0x1B7, 0x1B8, 0x1B9,
    0x1BA, 0x1BB, 0x1BC, 0x1BD, 0x1BE, 0x1C0, 0x1C1, 0x1C2, 0x200, 0x207, 0x208, 0x20B,
    0x221, 0x225, 0x236, 0x23E, 0x293, 0x418, 0x41E, 0x43C, 0x4BC,
))  # fmt: skip
"""Records of other things ([MS-XLS] 2.3, and what versions since 1993 wrote)."""
_NEAR = frozenset(cell ^ (1 << bit) for cell in _CELLS for bit in range(16)) - _KNOWN - _CELLS
"""Numbers of nothing that are one bit from those of cells: such a record was a cell."""


class Checked(Struct):
    """What was found."""

    misfits: list[str]
    """Names of the sheets whose own index of rows does not fit them."""
    uncomputed: Iterable[list[tuple[int, int]]]
    """For every worksheet row and column, from 0, of the formulas that no program computed."""


def check(stream: bytes) -> Checked:
    """Look through a workbook's stream; of those before 1993 only for cells that are given twice.

    Raises:
        FaultError: the workbook is protected, breaks off, or contradicts itself.
    """
    looked = _Look(stream)
    if stream[:2] in _OLD_BEGINS:
        _check_old(stream)
    for at, number, payload in _records(stream):
        looked.take(at, number, payload)
    found = looked.formulas.uncomputed()
    uncomputed = chain((found.get(begin, []) for begin in looked.sheets), repeat([]))
    return Checked(list(dict.fromkeys(looked.misfits)), uncomputed)


class _Formulas(Struct):
    """Formulas whose result is 0 or nothing, and what speaks for a program that computes none.

    Such a program stores 0 or an empty text everywhere. It asks to compute them on opening, or shows no sign
    of a program that does: Excel since 2000 and LibreOffice name their way of computing.
    """

    zero: list[tuple[int, int, int]] = field(default_factory=list)
    """Beginning of the sheet, row and column of those that are to be computed on opening."""
    empty: list[tuple[int, int, int]] = field(default_factory=list)
    """The same of those that nothing is said of."""
    computed: bool = False
    """Whether any formula has a result other than 0 or nothing."""
    computed_anew: bool = False
    """Whether any of those has that are to be computed on opening: a habit of its program then."""
    program_computes: bool = False

    def take(self, sheet: int, payload: bytes) -> None:
        row, column, _style, result, flags, chained = struct.unpack_from("<HHH8sHI", payload)
        asked = bool(flags & _ON_OPENING)
        nothing = result == _ZERO or (result[:1] == _EMPTY and result[6:] == b"\xff\xff")
        if not nothing:
            self.computed = True
            self.computed_anew |= asked
        elif asked:
            self.zero.append((sheet, row, column))
        elif result != _ZERO and not chained:
            self.empty.append((sheet, row, column))

    def uncomputed(self) -> dict[int, list[tuple[int, int]]]:
        """Return for the beginning of every sheet row and column of those that no program computed."""
        found = [] if self.computed_anew else list(self.zero)
        if not (self.computed or self.program_computes):
            found += self.empty
        by_sheet: dict[int, list[tuple[int, int]]] = {}
        for begin, row, column in found:
            by_sheet.setdefault(begin, []).append((row, column))
        return by_sheet


class _Look(Struct):
    """What was seen of a stream up to here."""

    stream: bytes
    misfits: list[str] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)
    """Where a sheet begins → its name."""
    sheets: list[int] = field(default_factory=list)
    """Where the worksheets begin, in their order."""
    formulas: _Formulas = field(default_factory=_Formulas)
    unicode: bool = True
    """Whether texts are as since 1997."""
    begin: int = 0
    """Where the sheet begins."""
    depth: int = 0
    """How many parts are open; a chart may lie within a sheet."""
    sheet: str | None = None
    cells: set[tuple[int, int]] = field(default_factory=set)
    spans: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Row → its first column and the one behind its last, as it says."""

    def take(self, at: int, number: int, payload: bytes) -> None:
        match number:
            case _Number.BEGIN:
                self._begin(at, payload)
            case _Number.END:
                self._end()
            case _Number.PASSWORD:
                raise FaultError(Code.ENCRYPTED)
            case _Number.COMPUTING:
                self.formulas.program_computes = any(payload[4:])
            case _Number.SHEET if len(payload) > _LEAST_NAME:
                self._list(payload)
            case _ if self.sheet is not None and self.depth == 1:
                self._inside(self.sheet, at, number, payload)

    def _list(self, payload: bytes) -> None:
        """Take note of a sheet that the workbook lists."""
        (begin,) = struct.unpack_from("<I", payload)
        if begin in self.names:
            raise damaged(_("two of its sheets are the same part"))
        self.names[begin] = _name(payload)
        if not payload[5]:
            self.sheets.append(begin)

    def _begin(self, at: int, payload: bytes) -> None:
        self.depth += 1
        self.unicode = payload[:2] not in _BEFORE_UNICODE
        if self.depth == 1 and payload[2:3] == _WORKSHEET:
            self.sheet, self.cells, self.spans = self.names.get(at), set(), {}
            self.begin = at
            if self.sheet is None:
                raise damaged(_("it holds a sheet that it does not list"))

    def _end(self) -> None:
        self.depth -= 1
        if not self.depth:
            if self.sheet is not None and not _in_spans(self.cells, self.spans):
                self.misfits.append(self.sheet)
            self.sheet = None

    def _inside(self, sheet: str, at: int, number: int, payload: bytes) -> None:
        _check_cell(number, payload, self.cells)
        if number in _FORMULAS:
            self.formulas.take(self.begin, payload)
        elif number == _LABEL:
            _check_text(payload, 6, 2, wide=self.unicode)
        if number == _Number.ROW and len(payload) >= 6:  # noqa: PLR2004 - row, first column, last column
            row, first, end = struct.unpack_from("<HHH", payload)
            self.spans[row] = (first, end)
        elif number == _Number.ROW_BLOCK and not _fits(self.stream, at, payload):
            self.misfits.append(sheet)


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield place, number and bytes of every record up to the end of the last sheet."""
    at, open_parts, seen = 0, 0, False
    while at + 4 <= len(stream):
        number, size = struct.unpack_from("<HH", stream, at)
        if not open_parts and number != _Number.BEGIN:
            if not seen:
                return  # of a version without this beginning
            at = _next_begin(stream, at)
            if at < 0:
                return
            continue
        if at + 4 + size > len(stream) or not number:
            raise changed()
        seen = True
        open_parts += (number == _Number.BEGIN) - (number == _Number.END)
        yield at, number, stream[at + 4 : at + 4 + size]
        at += 4 + size
    if open_parts:
        raise changed()


def _next_begin(stream: bytes, at: int) -> int:
    """Return the place of the next part behind filling zeros, or -1.

    Raises:
        FaultError: something else stands between, as where a part was ended too early.
    """
    begin = stream.find(_BEGIN, at)
    if stream[at : begin if begin >= 0 else len(stream)].strip(b"\0"):
        raise changed()
    return begin


def _check_cell(number: int, payload: bytes, cells: set[tuple[int, int]]) -> None:
    if number in _NEAR:
        raise changed()
    if number not in _CELLS:
        return
    size = len(payload)
    least = _FORMULA_SIZE if number in _FORMULAS else 6  # row, column and style
    if size != _SIZES.get(number, size) or size < least:
        raise changed()
    row, first = struct.unpack_from("<HH", payload)
    last = first
    if number in (_MANY_NUMBERS, _MANY_BLANKS):
        (last,) = struct.unpack_from("<H", payload, size - 2)
        each = 6 if number == _MANY_NUMBERS else 2
        if size != 6 + each * (last - first + 1):
            raise changed()
    for column in range(first, last + 1):
        _take_once(row, column, cells)


def _take_once(row: int, column: int, cells: set[tuple[int, int]]) -> None:
    if (row, column) in cells:
        raise damaged(_("{cell} stands in it twice").format(cell=address(row + 1, column + 1)))
    cells.add((row, column))


def _check_text(payload: bytes, at: int, of_length: int, *, wide: bool) -> None:
    """Refuse a text that is longer or shorter than it says; zeros behind it are none of it."""
    size = int.from_bytes(payload[at : at + of_length], "little")
    at += of_length
    if wide and size:
        size = size * (1 + (payload[at] & 1 if at < len(payload) else 0)) + 1
    if at + size > len(payload) or payload[at + size :].strip(b"\0"):
        raise changed()


_OLD_BEGINS = {b"\x09\0", b"\x09\2", b"\x09\4"}
"""How streams of Excel 2, 3 and 4 begin."""
_OLD_LABEL = 0x04
_OLD_CELLS = _CELLS | {0x01, 0x02, 0x03, _OLD_LABEL, 0x05}


def _check_old(stream: bytes) -> None:
    """Refuse a stream from before 1993 with a cell that is given twice, or a text that is none."""
    cells: set[tuple[int, int]] = set()
    at = 0
    while at + 4 <= len(stream):
        number, size = struct.unpack_from("<HH", stream, at)
        payload = stream[at + 4 : at + 4 + size]
        at += 4 + size
        if struct.pack("<H", number) in _OLD_BEGINS:
            cells.clear()
        elif number in _OLD_CELLS and len(payload) > 3:  # noqa: PLR2004 - row and column
            row, column = struct.unpack_from("<HH", payload)
            _take_once(row, column, cells)
            if number == _OLD_LABEL:
                _check_text(payload, 7, 1, wide=False)
            elif number == _LABEL:
                _check_text(payload, 6, 2, wide=False)


def _in_spans(cells: set[tuple[int, int]], spans: dict[int, tuple[int, int]]) -> bool:
    """Tell whether every row reaches as far as it says.

    Other programs than Excel let every row begin at the first column, count one column too many, or give a
    row without cells the one column; that is let pass.
    """
    reach: dict[int, tuple[int, int]] = {}
    for row, column in cells:
        first, last = reach.get(row, (column, column))
        reach[row] = (min(first, column), max(last, column))
    for row, (first, end) in spans.items():
        if row not in reach:
            if end - first > 1:
                return False
        elif not (first <= reach[row][0] and reach[row][1] in (end - 1, end)):
            return False
    return True


def _fits(stream: bytes, at: int, payload: bytes) -> bool:
    """Tell whether a block of rows begins where its end says that it does."""
    if len(payload) < 4:  # noqa: PLR2004 - how far back the first row is
        return False
    (back,) = struct.unpack_from("<I", payload)
    return back == 0 or (back <= at and stream[at - back : at - back + 2] == struct.pack("<H", _Number.ROW))


def _name(payload: bytes) -> str:
    """Return the name of a sheet, for messages: of one or of two bytes a letter, or of an old version."""
    if payload[7] in (0, 1):
        return payload[8:].decode("utf-16-le" if payload[7] else "latin-1", "replace")
    return payload[7:].decode("latin-1")
