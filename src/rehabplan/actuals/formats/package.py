"""Zip files as .xlsx, .xlsb and .ods are: parts by name, inflated within limits."""

import io
import struct
import zipfile
from collections.abc import Iterator

from rehabplan import figures
from rehabplan.actuals.formats.faults import FaultError, damaged, missing
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


class Package:
    """The parts of a zip file. Names are compared as Excel does: without regard to case."""

    def __init__(self, content: bytes) -> None:
        """Read the table of contents.

        Raises:
            FaultError: it is damaged, too long, or names a part twice.
        """
        _refuse_long_directory(content)
        self.budget = Budget()
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, EOFError) as error:
            raise damaged(_("it breaks off or was changed on the way")) from error
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
        count = 0
        with self._archive.open(entry) as file:
            while chunk := file.read(_CHUNK):
                count += len(chunk)
                self.budget.take_inflated(len(chunk))
                if count > FREE_INFLATED and count > MOST_RATIO * entry.compress_size:
                    raise too_large(_("its part '{part}' is packed too tightly").format(part=name[:80]))
                yield chunk

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
