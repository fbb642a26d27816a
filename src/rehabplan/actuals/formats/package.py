"""Zip files as .xlsx, .xlsb and .ods are: parts by name, inflated within limits."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from rehabplan import figures
from rehabplan.actuals.formats.faults import FaultError, changed, damaged, missing
from rehabplan.actuals.formats.limits import (
    FREE_INFLATED,
    MOST_DIRECTORY,
    MOST_ENTRIES,
    MOST_RATIO,
    Budget,
    too_large,
)
from rehabplan.i18n import _
from rehabplan.problems import Code

_CHUNK = 1 << 16
_PROTECTED = 0x1
_SUMS_BEHIND = 0x8
"""The sizes and the sum of a part stand behind it, as where it was written without going back."""
_IN_ZIP64 = 0xFFFFFFFF
_LOCAL = struct.Struct("<4s2xHH4xIII")
"""In front of a part: mark, flags, method, sum, packed size, size."""
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, ValueError, EOFError, OSError, RuntimeError, LookupError,
)  # fmt: skip
"""What the standard library raises over a damaged zip file; NotImplementedError is a RuntimeError."""


class Package:
    """The parts of a zip file. Names are compared as Excel does: without regard to case."""

    def __init__(self, content: bytes) -> None:
        """Read the table of contents.

        Raises:
            FaultError: it is damaged, too long, or names a part twice.
        """
        _refuse_long_directory(content)
        self.budget = Budget()
        self._content = content
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except _BROKEN as error:
            raise changed() from error
        entries = self._archive.infolist()
        if len(entries) > MOST_ENTRIES:
            raise too_large(_("it has more than {limit} parts").format(limit=figures.whole(MOST_ENTRIES)))
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            if self._entries.setdefault(_key(entry.filename), entry) is not entry:
                raise too_large(_("it has two parts named '{part}'").format(part=entry.filename[:80]))

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._entries

    @property
    def names(self) -> list[str]:
        """The names of all parts, in lower case."""
        return list(self._entries)

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of a part as they are inflated.

        Raises:
            FaultError: the part is missing, damaged, protected, or inflates beyond the limits.
        """
        entry = self._entries.get(_key(name))
        if entry is None:
            raise missing(name)
        if entry.flag_bits & _PROTECTED:
            raise FaultError(Code.ENCRYPTED)
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise damaged(_("it is packed in a way that Excel does not use"))
        self._refuse_second_account(entry)
        count = 0
        for chunk in self._inflated(entry):
            count += len(chunk)
            self.budget.take_inflated(len(chunk))
            if count > FREE_INFLATED and count > MOST_RATIO * entry.compress_size:
                raise too_large(_("its part '{part}' is packed too tightly").format(part=name[:80]))
            yield chunk
        if count != entry.file_size:
            raise changed()

    def _inflated(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        """Yield the bytes of a part; its sum (CRC) is compared with the last of them."""
        try:
            with self._archive.open(entry) as file:
                while chunk := file.read(_CHUNK):
                    yield chunk
        except _BROKEN as error:
            raise changed() from error

    def _refuse_second_account(self, entry: zipfile.ZipInfo) -> None:
        """Hold what stands before a part against the table of contents, which could tell of other bytes."""
        at = entry.header_offset
        if not 0 <= at <= len(self._content) - _LOCAL.size:
            raise changed()
        _mark, flags, method, crc, packed, size = _LOCAL.unpack_from(self._content, at)
        same = method == entry.compress_type and not (flags ^ entry.flag_bits) & _PROTECTED
        if not flags & _SUMS_BEHIND:
            same = same and crc == entry.CRC
            same = (
                same and packed in (entry.compress_size, _IN_ZIP64) and size in (entry.file_size, _IN_ZIP64)
            )
        if not same:
            raise changed()

    def read(self, name: str) -> bytes:
        """Return all bytes of a part."""
        return b"".join(self.chunks(name))


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _refuse_long_directory(content: bytes) -> None:
    """Look how long the table of contents is before the standard library reads all of it."""
    end = content.rfind(b"PK\x05\x06", -65_557)
    if end < 0 or len(content) < end + 22:
        return
    (size,) = struct.unpack_from("<I", content, end + 12)
    large = content.rfind(b"PK\x06\x06", max(0, end - 1024), end)
    if large >= 0:
        (size,) = struct.unpack_from("<Q", content.ljust(large + 56, b"\0"), large + 40)
    if size > MOST_DIRECTORY:
        raise too_large(_("it has more than {limit} parts").format(limit=figures.whole(MOST_ENTRIES)))
