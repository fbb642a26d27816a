"""Workbooks in every format, written part by part, so that a test says which bytes it is about."""

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from rehabplan.actuals.sheet import Cell, Workbook, address
from rehabplan.actuals.workbook import open_workbook
from rehabplan.problems import RehabplanError

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
ODS = "application/vnd.oasis.opendocument.spreadsheet"

Seen = dict[str, tuple[str, str]]

TCVN3 = "Céng hßa x· héi chñ nghÜa ViÖt Nam"
VNI = "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam"
UNICODE = "Cộng hòa xã hội chủ nghĩa Việt Nam"
FLOAT = 'office:value-type="float" office:value='


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a zip file of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def xlsx_parts(
    rows: str = "",
    *,
    before: str = "",
    after: str = "",
    strings: str = "",
    styles: str = "",
    main: str = MAIN,
) -> dict[str, str | bytes]:
    """Return the parts of an .xlsx file whose one sheet has these rows, as XML."""
    relation = f'<Relationship Id="{{}}" Type="{OFFICE}/{{}}" Target="{{}}"/>'
    targets = {
        "worksheet": "worksheets/sheet1.xml",
        "sharedStrings": "sharedStrings.xml",
        "styles": "styles.xml",
    }
    known = "".join(relation.format(f"r{at}", kind, part) for at, (kind, part) in enumerate(targets.items()))
    return {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}">'
        + relation.format("r0", "officeDocument", "xl/workbook.xml")
        + "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="r0"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{known}</Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}">{before}<sheetData>{rows}</sheetData>{after}'
        "</worksheet>",
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}">{styles or "<cellXfs><xf/></cellXfs>"}</styleSheet>',
    }


def styles(*codes: str, fonts: Iterable[str] = ("Arial",)) -> str:
    """Return styles whose s="0" is plain, and s="1", … have these formats; then one for each font."""
    names = list(fonts)
    formats = "".join(f'<numFmt numFmtId="{164 + at}" formatCode="{code}"/>' for at, code in enumerate(codes))
    styled = "".join(f'<xf numFmtId="{164 + at}"/>' for at in range(len(codes)))
    in_fonts = "".join(f'<xf fontId="{at}"/>' for at in range(len(names)))
    written = "".join(f'<font><name val="{name}"/></font>' for name in names)
    return f"<numFmts>{formats}</numFmts><fonts>{written}</fonts><cellXfs><xf/>{styled}{in_fonts}</cellXfs>"


FORMATS = styles(
    "0.0%", "0&quot;%&quot;", "dd/mm/yyyy", "[h]:mm", ";;;", "[&lt;1]0%;0", "d/m/yyyy h:mm", "h:mm"
)  # fmt: skip
"""Styles 1 to 8."""


def ods_parts(table: str, *, automatic: str = "") -> dict[str, str | bytes]:
    """Return the parts of an .ods file whose one table holds these elements."""
    urn = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
    spaces = "".join(f' xmlns:{name}="{urn.format(name)}"' for name in ("office", "table", "text", "style"))
    spaces += f' xmlns:number="{urn.format("datastyle")}" xmlns:draw="{urn.format("drawing")}"'
    spaces += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    content = (
        f"<office:document-content{spaces}><office:automatic-styles>{automatic}</office:automatic-styles>"
        f'<office:body><office:spreadsheet><table:table table:name="S">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return {"mimetype": ODS, "content.xml": content}


def record(number: int, payload: bytes = b"") -> bytes:
    """Return one record of an .xlsb part."""
    head = bytes([number]) if number < 128 else bytes([number & 0x7F | 0x80, number >> 7])
    size, length = len(payload), b""
    while size > 127:
        length += bytes([size & 0x7F | 0x80])
        size >>= 7
    return head + length + bytes([size]) + payload


def wide(text: str) -> bytes:
    """Return a text as .xlsb files hold it."""
    encoded = text.encode("utf-16-le")
    return struct.pack("<I", len(encoded) // 2) + encoded


def xlsb_parts(sheet: bytes, codes: Iterable[str] = ()) -> dict[str, str | bytes]:
    """Return the parts of an .xlsb file with one sheet and styles of these number formats."""
    parts = xlsx_parts()
    formats = list(codes)
    known = [record(44, struct.pack("<H", 164 + at) + wide(code)) for at, code in enumerate(formats)]
    font = struct.pack("<HHHHBBBB8sB", 220, 0, 400, 0, 0, 0, 0, 0, b"", 0) + wide("Arial")
    kinds = [0, *(164 + at for at in range(len(formats)))]
    used = [record(47, struct.pack("<HHHHHBBH", 0, kind, 0, 0, 0, 0, 0, 0)) for kind in kinds]
    return {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": str(parts["_rels/.rels"]).replace(".xml", ".bin"),
        "xl/workbook.bin": record(156, struct.pack("<II", 0, 1) + wide("r0") + wide("S")),
        "xl/_rels/workbook.bin.rels": str(parts["xl/_rels/workbook.xml.rels"]).replace(".xml", ".bin"),
        "xl/worksheets/sheet1.bin": sheet
        if sheet.startswith(record(145))
        else record(145) + sheet + record(146),
        "xl/sharedStrings.bin": record(19, b"\0" + wide("Xã Đông Hội")),
        "xl/styles.bin": b"".join([*known, record(43, font), record(617), *used, record(618)]),
    }


def opened(content: bytes, folder: Path, name: str = "report.xlsx") -> Workbook:
    """Write a file and open it through the door."""
    path = folder / name
    path.write_bytes(content)
    return open_workbook(path)


def seen(workbook: Workbook, sheet: int = 0) -> Seen:
    """Return kind and text of every cell of a sheet by its address."""
    cells: Mapping[tuple[int, int], Cell] = workbook.sheets[sheet].cells
    return {address(*place): (str(cell.kind), cell.text) for place, cell in cells.items()}


def code_of(content: bytes, folder: Path, name: str = "report.xlsx") -> str:
    """Return the code with which the door refuses a file."""
    with pytest.raises(RehabplanError) as error:
        opened(content, folder, name)
    return error.value.problems[0].code.number
