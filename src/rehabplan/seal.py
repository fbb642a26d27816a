"""How a workbook that rehabplan made is known again, and whether anybody changed it since.

A custom property of the document holds a digest of all other parts. Every program that saves the workbook
writes these anew, so the digest does not fit any more, while the property stays.
"""

import hashlib
import re
import stat
import zipfile
import zlib
from collections.abc import Iterable
from enum import Enum, auto
from io import BytesIO
from pathlib import Path

PROPERTY = "rehabplan"
UNSEALED = "0" * 64
"""The value that a maker gives to the property; `packed` puts the digest in its place."""

_PART = "docProps/custom.xml"
_VALUE = re.compile(rb'name="rehabplan"[^<]*<vt:lpwstr>([0-9a-f]{64})</vt:lpwstr>')
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_MOST_BYTES = 1 << 26
_MOST_ENTRIES = 1000
_MOST_PROPERTIES = 1 << 16


class Seal(Enum):
    """What a file that is there already is."""

    FOREIGN = auto()
    """Not made by rehabplan, as far as can be told."""
    WHOLE = auto()
    """As rehabplan made it."""
    BROKEN = auto()
    """Made by rehabplan, and saved by another program since."""


def packed(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a workbook of parts, sealed; the same parts give the same bytes, whenever and wherever."""
    out, contents = BytesIO(), list(parts)
    digest = _digest((name, zlib.crc32(data), len(data)) for name, data in contents)
    with zipfile.ZipFile(out, "w") as target:
        for name, data in contents:
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            sealed = data.replace(UNSEALED.encode(), digest.encode()) if name == _PART else data
            target.writestr(entry, sealed)
    return out.getvalue()


def seal_of(path: Path) -> Seal:
    """Tell whether a file is a workbook of ours. Nothing is unpacked but the small part that says so."""
    try:
        found_there = path.stat()
        if not stat.S_ISREG(found_there.st_mode) or found_there.st_size > _MOST_BYTES:
            return Seal.FOREIGN
        with zipfile.ZipFile(path) as book:
            entries = book.infolist()
            own = [entry for entry in entries if entry.filename == _PART]
            if len(own) != 1 or len(entries) > _MOST_ENTRIES or own[0].file_size > _MOST_PROPERTIES:
                return Seal.FOREIGN
            found = _VALUE.search(book.read(own[0]))
    except (OSError, ValueError, RuntimeError, EOFError, zipfile.BadZipFile, zlib.error):
        return Seal.FOREIGN
    if found is None:
        return Seal.FOREIGN
    digest = _digest((entry.filename, entry.CRC, entry.file_size) for entry in entries)
    return Seal.WHOLE if found[1].decode() == digest else Seal.BROKEN


def _digest(parts: Iterable[tuple[str, int, int]]) -> str:
    """Return what tells a set of parts from another: names, sums and sizes, as the zip file lists them."""
    lines = sorted(f"{name} {crc:08x} {size}\n" for name, crc, size in parts if name != _PART)
    return hashlib.sha256("".join(lines).encode("utf-8", "replace")).hexdigest()
