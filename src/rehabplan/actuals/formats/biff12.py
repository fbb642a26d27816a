"""Records of .xlsb parts: numbered, with a length, then bytes."""

import struct
from collections.abc import Iterator
from enum import IntEnum

from rehabplan.actuals.formats.faults import changed


class Record(IntEnum):
    """The records that tell about cells ([MS-XLSB] 2.4)."""

    ROW = 0
    BLANK = 1
    RK = 2
    ERROR = 3
    BOOL = 4
    REAL = 5
    STRING = 6
    SHARED = 7
    FORMULA_STRING = 8
    FORMULA_NUMBER = 9
    FORMULA_BOOL = 10
    FORMULA_ERROR = 11
    SHORT_BLANK = 12
    SHORT_RK = 13
    SHORT_ERROR = 14
    SHORT_BOOL = 15
    SHORT_REAL = 16
    SHORT_STRING = 17
    SHORT_SHARED = 18
    SHARED_ITEM = 19
    FONT = 43
    FORMAT = 44
    STYLE = 47
    COLUMN = 60
    RICH_STRING = 62
    DATA = 145
    DATA_END = 146
    WORKBOOK_PROPERTIES = 153
    SHEET = 156
    MERGED = 176
    CELL_STYLES = 617
    CELL_STYLES_END = 618
    COMPUTING = 157


def records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield number and bytes of every record.

    Raises:
        FaultError: the last record is cut off.
    """
    at, end = 0, len(content)
    while at < end:
        number, at = _varying(content, at, 2)
        size, at = _varying(content, at, 4)
        if at + size > end:
            raise changed()
        yield number, content[at : at + size]
        at += size


def _varying(content: bytes, at: int, most: int) -> tuple[int, int]:
    """Return a number of seven bits a byte, and the place behind it; ids keep their eighth bits."""
    value = 0
    for index in range(most):
        if at >= len(content):
            raise changed()
        byte = content[at]
        at += 1
        value |= (byte & 0x7F) << (7 * index)
        if not byte & 0x80:
            break
    return value, at


class Fields:
    """Reads the fields of one record in turn."""

    def __init__(self, content: bytes, at: int = 0) -> None:
        """Begin at a byte of the record."""
        self._content = content
        self._at = at

    @property
    def left(self) -> int:
        """How many bytes of the record are left."""
        return len(self._content) - self._at

    def number(self, layout: str) -> int:
        """Return a whole number; `layout` is one letter of the struct module."""
        (value,) = struct.unpack_from("<" + layout, self._content, self._at)
        self._at += struct.calcsize("<" + layout)
        return int(value)

    def skip(self, count: int) -> None:
        """Pass over some bytes.

        Raises:
            FaultError: there are not as many.
        """
        if count > self.left:
            raise changed()
        self._at += count

    def real(self) -> float:
        """Return a double."""
        (value,) = struct.unpack_from("<d", self._content, self._at)
        self._at += 8
        return float(value)

    def text(self) -> str:
        """Return a text: its length, then UTF-16."""
        size = self.number("I")
        if size == 0xFFFFFFFF:  # noqa: PLR2004 - no text at all
            return ""
        end = self._at + 2 * size
        if end > len(self._content):
            raise changed()
        piece = self._content[self._at : end].decode("utf-16-le", "surrogatepass")
        self._at = end
        return piece

    def rk(self) -> float:
        """Return a number packed into four bytes: 30 bits of an integer or of a double, perhaps by 100."""
        packed = self.number("I")
        value: float
        if packed & 2:
            value = (packed >> 2) - ((packed & 0x80000000) >> 1)
        else:
            (value,) = struct.unpack("<d", struct.pack("<II", 0, packed & 0xFFFFFFFC))
        return value / 100 if packed & 1 else value
