"""The bytes of a report, within the limit on its size."""

from pathlib import Path

from rehabplan.actuals.formats.faults import FaultError
from rehabplan.actuals.formats.limits import MIB, MOST_BYTES, too_large
from rehabplan.filebytes import TooLongError, UnfitFileError, bytes_of
from rehabplan.i18n import _
from rehabplan.problems import Code


def content_of(path: Path) -> bytes:
    """Return all bytes of a file as they were at one moment.

    Raises:
        FaultError: it is no regular file, too large, or was written to meanwhile.
        OSError: it cannot be opened or read.
    """
    try:
        return bytes_of(path, MOST_BYTES)
    except TooLongError as error:
        raise too_large(_("it has more than {limit} MiB").format(limit=MOST_BYTES // MIB)) from error
    except UnfitFileError as error:
        raise FaultError(Code.REPORT_UNREADABLE, reason=str(error)) from error
