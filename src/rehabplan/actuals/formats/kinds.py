"""The kind of a file, told from its content; the ending of its name may say anything."""

import re
from collections.abc import Callable
from enum import Enum, auto

from rehabplan.actuals.formats.faults import FaultError, other_kind
from rehabplan.actuals.formats.ole import OLE, Container
from rehabplan.i18n import N_, _
from rehabplan.problems import Code


class Kind(Enum):
    """The formats of workbooks."""

    XLSX = auto()
    XLS = auto()
    XLSB = auto()
    ODS = auto()
    DELIMITED = auto()


ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_BIFF = (
    b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x06\x00", b"\x09\x08\x08\x00",
    b"\x09\x08\x10\x00",
)  # fmt: skip
"""How .xls files begin that are no OLE container."""

_BEGINNINGS = (
    (b"%PDF", N_("a PDF")),
    (b"{\\rtf", N_("a text document (.rtf)")),
    (b"\x89PNG", N_("a picture")),
    (b"\xff\xd8\xff", N_("a picture")),
    (b"GIF8", N_("a picture")),
    (b"II*\x00", N_("a picture")),
    (b"MM\x00*", N_("a picture")),
    (b"Rar!", N_("a packed folder (.rar)")),
    (b"7z\xbc\xaf", N_("a packed folder (.7z)")),
    (b"\x1f\x8b", N_("a packed file (.gz)")),
    (b"SQLite format 3", N_("a database")),
    (b"\x00\x01\x00\x00Standard", N_("a database")),
    (b"MIME-Version:", N_("a web page (.mht)")),
    (b"ID;P", N_("a SYLK file (.slk), whatever its name ends in")),
    (b"TABLE\r\n0,1", N_("a DIF file, whatever its name ends in")),
)
_MARKUP = (
    (
        b"urn:schemas-microsoft-com:office:spreadsheet",
        N_("an XML Spreadsheet 2003, whatever its name ends in"),
    ),
    (b"opendocument:xmlns:office", N_("a flat OpenDocument file (.fods)")),
    (b"<html", N_("a web page (HTML), whatever its name ends in")),
    (b"<table", N_("a web page (HTML), whatever its name ends in")),
    (b"<!doctype html", N_("a web page (HTML), whatever its name ends in")),
    (b"<?xml", N_("an XML file")),
)
_TAG = re.compile(rb"<(?:!--|/?(?:html|head|meta|title|style|link|script|body|div|font|center|p|br)\b)")
_MAIL = re.compile(rb"[a-z][a-z-]+: ")
_STREAMS = (
    ("WordDocument", N_("a Word document (.doc)")),
    ("PowerPoint Document", N_("a PowerPoint presentation (.ppt)")),
    ("__properties_version1.0", N_("an e-mail (.msg)")),
)
_PARTS = (
    ("word/document.xml", N_("a Word document (.docx)")),
    ("ppt/presentation.xml", N_("a PowerPoint presentation (.pptx)")),
    ("index/document.iwa", N_("a file of Apple Numbers")),
    ("index.zip", N_("a file of Apple Numbers")),
)
_SPREADSHEETS = ("application/vnd.oasis.opendocument.spreadsheet",)
_LOCK_BYTES = 2048


def kind_of(content: bytes, name: str) -> Kind:
    """Return the format of a file that is no zip file.

    Raises:
        FaultError: it is no workbook, or a protected one.
    """
    if not content:
        raise other_kind(_("an empty file"))
    if content.startswith(OLE):
        return _kind_of_container(content)
    if content.startswith(_BIFF):
        return Kind.XLS
    _refuse_lock(content, name)
    for beginning, found in _BEGINNINGS:
        if content.startswith(beginning):
            raise other_kind(_(found))
    _refuse_markup(content[:4096])
    return Kind.DELIMITED


def is_zip(content: bytes) -> bool:
    """Tell whether a file is a zip file, as .xlsx, .xlsb and .ods are."""
    return content.startswith((ZIP, _EMPTY_ZIP))


def kind_of_parts(names: list[str], read: Callable[[str], bytes]) -> Kind:
    """Return the format of a zip file from the names of its parts, in lower case.

    Raises:
        FaultError: it is no workbook.
    """
    if any(name.startswith("xl/") and name.endswith("workbook.bin") for name in names):
        return Kind.XLSB
    for part, found in _PARTS:
        if part in names:
            raise other_kind(_(found))
    if "content.xml" in names and "mimetype" in names:
        kind = read("mimetype").decode("ascii", "replace").strip()
        if kind.startswith(_SPREADSHEETS):
            return Kind.ODS
        raise other_kind(_("an OpenDocument file of another kind than .ods"))
    if "content.xml" in names:
        return Kind.ODS
    if "[content_types].xml" in names:
        return Kind.XLSX
    raise other_kind(_("a packed folder (.zip)"))


def _kind_of_container(content: bytes) -> Kind:
    names = Container(content).names
    if "EncryptedPackage" in names:
        raise FaultError(Code.ENCRYPTED)
    if names & {"Workbook", "Book"}:
        return Kind.XLS
    for stream, found in _STREAMS:
        if stream in names:
            raise other_kind(_(found))
    raise other_kind(_("an Office file of the years 1997 to 2003, but not of Excel"))


def _refuse_lock(content: bytes, name: str) -> None:
    """Excel puts "~$report.xlsx" beside an open report.xlsx, LibreOffice ".~lock.report.ods#"."""
    if len(content) > _LOCK_BYTES:
        return
    if name.startswith("~$"):
        raise FaultError(Code.LOCK_MARK, name=name[2:])
    if name.startswith(".~lock.") and name.endswith("#"):
        raise FaultError(Code.LOCK_MARK, name=name[7:-1])


def _refuse_markup(head: bytes) -> None:
    """Web pages and XML are saved with the ending .xls by many programs."""
    plain = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if plain.startswith(b"<"):
        for sign, found in _MARKUP:
            if sign in plain:
                raise other_kind(_(found))
        if _TAG.match(plain):
            raise other_kind(_("a web page (HTML), whatever its name ends in"))
    if _MAIL.match(plain) and b"content-type: multipart/" in plain:
        raise other_kind(_("a web page (.mht)"))
