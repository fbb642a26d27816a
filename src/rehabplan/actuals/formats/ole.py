"""The container of Office files of the years 1997 to 2003, and the streams at its top.

xlrd could read it too, but follows chains of sectors that run in a circle without an end.
"""

import struct

from rehabplan.actuals.formats.faults import changed, damaged
from rehabplan.i18n import _

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_FIRST_MARK = 0xFFFFFFF0
"""From here on, numbers of sectors mean "end" or "free"."""
_ENTRY = 128
_MOST_ENTRIES = 20_000
_SMALL = 64
_NO_STREAM = (0, 0)


class Container:
    """The streams of a file. Those inside of folders are left out.

    A Word file with a table from Excel in it also has a stream "Workbook", but not at the top.
    """

    def __init__(self, content: bytes) -> None:
        """Read the table of sectors and the directory.

        Raises:
            FaultError: they are cut off or run in a circle.
        """
        self._content = content
        self._size = 1 << (12 if content[30:31] == b"\x0c" else 9)
        try:
            (first_directory,) = struct.unpack_from("<I", content, 48)
            self._cutoff, first_small = struct.unpack_from("<II", content, 56)
            self._table = self._sector_table()
            directory = self._chain(first_directory)
            self._small_table = _numbers(self._chain(first_small))
            (start, size) = struct.unpack_from("<II", directory, 116)
            self._small = self._chain(start)[:size]
            self._streams = _top(directory)
        except struct.error as error:
            raise changed() from error

    @property
    def names(self) -> set[str]:
        """The names of the streams and folders at the top."""
        return set(self._streams)

    def stream(self, name: str) -> bytes:
        """Return the bytes of a stream; none where there is no such stream.

        Raises:
            FaultError: it is cut off, or its chain of sectors runs in a circle.
        """
        start, size = self._streams.get(name, _NO_STREAM)
        if size >= self._cutoff:
            found = self._chain(start)[:size]
        else:
            pieces = _followed(start, self._small_table)
            found = b"".join(self._small[at * _SMALL : (at + 1) * _SMALL] for at in pieces)[:size]
        if len(found) < size:
            raise changed()
        return found

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        return self._content[at : at + self._size]

    def _chain(self, start: int) -> bytes:
        return b"".join(map(self._sector, _followed(start, self._table)))

    def _sector_table(self) -> tuple[int, ...]:
        """Return for every sector the next one; the first 109 parts of the table are named in the header."""
        (following,) = struct.unpack_from("<I", self._content, 68)
        parts = list(struct.unpack_from("<109I", self._content, 76))
        most = len(self._content) // self._size
        while following < _FIRST_MARK and len(parts) <= most + 109:
            more = _numbers(self._sector(following))
            parts += more[:-1]
            following = more[-1] if more else _FIRST_MARK
        used = [part for part in parts if part < _FIRST_MARK][: most + 1]
        return _numbers(b"".join(map(self._sector, used)))


def _numbers(content: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])


def _followed(start: int, table: tuple[int, ...]) -> list[int]:
    """Return the sectors of a chain."""
    chain: list[int] = []
    at = start
    while at < len(table):
        chain.append(at)
        if len(chain) > len(table):
            raise damaged(_("its parts are chained in a circle"))
        at = table[at]
    return chain


def _top(directory: bytes) -> dict[str, tuple[int, int]]:
    """Walk the tree below the root, left and right but never into a folder: first sector and size by name."""
    streams: dict[str, tuple[int, int]] = {}
    (first,) = struct.unpack_from("<I", directory, 76)
    waiting, seen = [first], set[int]()
    while waiting and len(seen) < _MOST_ENTRIES:
        index = waiting.pop()
        at = index * _ENTRY
        if index in seen or at + _ENTRY > len(directory):
            continue
        seen.add(index)
        (length,) = struct.unpack_from("<H", directory, at + 64)
        name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        start, size = struct.unpack_from("<II", directory, at + 116)
        streams[name] = (start, size)
        waiting += struct.unpack_from("<II", directory, at + 68)
    return streams
