"""The container of Office files of the years 1997 to 2003: which streams lie at its top."""

import struct

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_LAST = 0xFFFFFFF0
_ENTRY = 128
_MOST_SECTORS = 4096
_MOST_ENTRIES = 20_000


def top_names(content: bytes) -> set[str]:
    """Return the names of the streams and folders at the top; none where the container is damaged.

    A Word file with a table from Excel in it also has a stream "Workbook", but not at the top.
    """
    try:
        return _top(_directory(content))
    except struct.error:
        return set()


def _directory(content: bytes) -> bytes:
    """Follow the chain of sectors that hold the directory."""
    (shift,) = struct.unpack_from("<H", content, 30)
    size = 1 << (shift if shift in {9, 12} else 9)
    (sector,) = struct.unpack_from("<I", content, 48)
    table = struct.unpack_from("<109I", content, 76)
    pieces: list[bytes] = []
    while sector < _LAST and len(pieces) < _MOST_SECTORS:
        at = (sector + 1) * size
        pieces.append(content[at : at + size])
        block, place = divmod(sector, size // 4)
        if block >= len(table) or table[block] >= _LAST:
            break
        (sector,) = struct.unpack_from("<I", content, (table[block] + 1) * size + 4 * place)
    return b"".join(pieces)


def _top(directory: bytes) -> set[str]:
    """Walk the tree below the root: left, right, and never into a folder."""
    names: set[str] = set()
    (first,) = struct.unpack_from("<I", directory, 76)
    waiting, seen = [first], set[int]()
    while waiting and len(seen) < _MOST_ENTRIES:
        index = waiting.pop()
        at = index * _ENTRY
        if index in seen or at + _ENTRY > len(directory):
            continue
        seen.add(index)
        (length,) = struct.unpack_from("<H", directory, at + 64)
        names.add(directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace"))
        waiting += struct.unpack_from("<II", directory, at + 68)
    return names
