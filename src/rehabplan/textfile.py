"""Text files that a planner writes, read within limits: plans, layouts, lists of sites, crosswalks."""

import re
from io import StringIO
from pathlib import Path

from rehabplan import figures
from rehabplan.filebytes import TooLongError, UnfitFileError, bytes_of
from rehabplan.i18n import N_, _
from rehabplan.problems import Message, message, reason_of

MOST_BYTES = 8_000_000
"""Size of a plan, a layout file, a list of sites or a crosswalk; a plan has some 20,000 bytes."""

_LINE_END = re.compile(r"\r\n|\n|\r")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class TextFileError(ValueError):
    """A file that cannot be read as text; its text is the reason, in the language in use."""


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 file, without a byte order mark; its line ends stay as they are.

    Folders, pipes and devices are not waited for, and no more than `MOST_BYTES` are ever read.

    Raises:
        TextFileError: with the reason why it cannot be read.
    """
    try:
        content = bytes_of(path, MOST_BYTES)
    except OSError as error:
        raise TextFileError(str(reason_of(error))) from error
    except TooLongError as error:
        text = _("it has more than {limit} bytes, which no such file needs")
        raise TextFileError(text.format(limit=figures.whole(MOST_BYTES))) from error
    except UnfitFileError as error:
        raise TextFileError(str(error)) from error
    except ValueError as error:  # a NUL in the path
        raise TextFileError(_("there is no such file")) from error
    return text_of(content)


def text_of(content: bytes) -> str:
    """Return the text of bytes in UTF-8, without a byte order mark.

    Raises:
        TextFileError: they are in another encoding.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TextFileError(str(_not_utf_8(content, error.start))) from error
    if "\0" in text and text.count("\0") * 3 > len(text):
        raise TextFileError(_("it is UTF-16 text, not UTF-8"))
    return text


def _not_utf_8(content: bytes, start: int) -> Message:
    if content.startswith(b"PK"):
        return message(N_("it is a workbook; plan and report may be swapped"))
    if content.startswith(_UTF_16):
        return message(N_("it is UTF-16 text, not UTF-8"))
    line = line_of(content[:start].decode("utf-8", "replace"))
    return message(N_("line {line} is not UTF-8 text"), line=line)


def lines_of(text: str) -> list[str]:
    """Return the lines of a text with their ends, which are LF, CR LF or CR and nothing else."""
    return list(StringIO(text, newline=""))


def line_of(text_before: str) -> int:
    """Return the number of the line behind a text; lines end as in every editor, by LF, CR LF or CR."""
    return len(_LINE_END.findall(text_before)) + 1
