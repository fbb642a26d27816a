"""Templates as offices have them: head and motto, merged headings, an index row, sums, signatures."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

LINE = Side(style="thin")
BOX = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
FONT = "Times New Roman"
HEADINGS = (
    "STT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch năm", "Thực hiện lũy kế từ đầu năm", "Tỷ lệ (%)", "Còn thiếu",
    "Ghi chú",
)  # fmt: skip
FIRST = 10
"""The first row below the header and its index row."""

PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89\0\0\0\nIDATx\x9cc\0\1\0\0\5"
    b"\0\1\r\n-\xb4\0\0\0\0IEND\xaeB`\x82"
)
_DRAWING = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" \
xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" \
xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
<xdr:absoluteAnchor><xdr:pos x="0" y="0"/><xdr:ext cx="900000" cy="900000"/><xdr:pic><xdr:nvPicPr>\
<xdr:cNvPr id="2" name="Logo"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="rId1"/>\
<a:stretch><a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr><a:xfrm><a:off x="0" y="0"/>\
<a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic>\
<xdr:clientData/></xdr:absoluteAnchor>
<xdr:absoluteAnchor><xdr:pos x="3000000" y="0"/><xdr:ext cx="2000000" cy="400000"/>\
<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="3" name="Box"/><xdr:cNvSpPr txBox="1"/></xdr:nvSpPr>\
<xdr:spPr><a:xfrm><a:off x="3000000" y="0"/><a:ext cx="2000000" cy="400000"/></a:xfrm>\
<a:prstGeom prst="rect"><a:avLst/>\
</a:prstGeom></xdr:spPr><xdr:txBody><a:bodyPr/><a:p><a:r><a:rPr b="1"/><a:t>Đã báo cáo: {{ sites</a:t></a:r>\
<a:r><a:t>.reported }} đơn vị</a:t></a:r></a:p></xdr:txBody></xdr:sp><xdr:clientData/></xdr:absoluteAnchor>
</xdr:wsDr>"""
_RELS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>"""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = {
    "xl/drawings/drawing1.xml": _DRAWING.encode(),
    "xl/drawings/_rels/drawing1.xml.rels": _RELS.format(
        f'<Relationship Id="rId1" Type="{_OFFICE}/image" Target="../media/image1.png"/>'
    ).encode(),
    "xl/media/image1.png": PNG,
    "xl/worksheets/_rels/sheet1.xml.rels": _RELS.format(
        f'<Relationship Id="rId1" Type="{_OFFICE}/drawing" Target="../drawings/drawing1.xml"/>'
    ).encode(),
}


def put(cell: object, value: object) -> None:
    """Write a value into a cell."""
    assert isinstance(cell, Cell)
    assert value is None or isinstance(value, int | float | str)
    cell.value = value


def saved(book: Workbook) -> bytes:
    """Return a workbook's bytes."""
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def one_sheet(cells: Mapping[str, object], formats: Mapping[str, str] | None = None) -> bytes:
    """Return a workbook of one sheet, "Biểu", with cells and their number formats."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Biểu"
    for place, value in cells.items():
        put(sheet[place], value)
    for place, code in (formats or {}).items():
        cell = sheet[place]
        assert isinstance(cell, Cell)
        cell.number_format = code
    return saved(book)


def office_template(rows: list[tuple[object, ...]], *, empty: int = 0) -> bytes:
    """Return an office's table: the rows given, or `empty` free rows, then a sum and the signatures."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Biểu tổng hợp"
    for place, text, merged in (
        ("A1", "ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI", "A1:C1"),
        ("D1", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "D1:H1"),
        ("D2", "Độc lập - Tự do - Hạnh phúc", "D2:H2"),
        ("A4", "TỔNG HỢP KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU {{ plan.year }}", "A4:H4"),
        ("A5", "(Số liệu đến ngày {{ period.to }}; {{ counts.behind }} chỉ tiêu chậm tiến độ)", "A5:H5"),
    ):
        cell = sheet[place]
        assert isinstance(cell, Cell)
        cell.value, cell.font = text, Font(name=FONT, size=13, bold=True)
        cell.alignment = Alignment(horizontal="center", wrap_text=True)
        sheet.merge_cells(merged)
    for column, heading in enumerate(HEADINGS, start=1):
        sheet.cell(7, column, heading).font = Font(name=FONT, size=12, bold=True)
        sheet.merge_cells(start_row=7, end_row=8, start_column=column, end_column=column)
        sheet.cell(9, column, f"({column})").font = Font(name=FONT, size=10, italic=True)
    last = FIRST + max(len(rows), empty) - 1
    styled = range(FIRST, last + 1) if rows else range(FIRST, FIRST + 1)
    for row in styled:
        for column in range(1, 9):
            cell = sheet.cell(row, column)
            assert isinstance(cell, Cell)
            cell.font, cell.border = Font(name=FONT, size=12), BOX
            cell.fill = PatternFill("solid", fgColor="FFFFE0")
            cell.number_format = {6: "0.0", 4: "#,##0", 5: "#,##0"}.get(column, "General")
    for row, values in enumerate(rows, start=FIRST):
        for column, value in enumerate(values, start=1):
            put(sheet.cell(row, column), value)
    sheet.cell(last + 1, 2, "Tổng cộng")
    sheet.cell(last + 1, 5, f"=SUM(E{FIRST}:E{last})")
    sheet.cell(last + 3, 6, "NGƯỜI LẬP BIỂU").font = Font(name=FONT, size=13, bold=True)
    sheet.column_dimensions["B"].width = 42
    header = sheet.oddHeader
    assert header is not None
    header.center.text, header.center.size = "{{ plan.issuer }}", 12
    sheet.print_title_rows = "7:9"
    return saved(book)


def with_parts(content: bytes, parts: Mapping[str, bytes], replace: Mapping[str, tuple[str, str]]) -> bytes:
    """Return a workbook with parts added, and texts of parts replaced (the old one must be there)."""
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(written, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name in replace:
                old, new = replace[name]
                assert old.encode() in data, f"{name} has no {old}"
                data = data.replace(old.encode(), new.encode(), 1)
            if name not in parts:
                target.writestr(name, data)
        for name, data in parts.items():
            target.writestr(name, data)
    return written.getvalue()


def with_drawing(content: bytes) -> bytes:
    """Return a workbook whose first sheet has a logo, and a text box with a mark over two runs."""
    kind = "application/vnd.openxmlformats-officedocument.drawing+xml"
    part = f'<Override PartName="/xl/drawings/drawing1.xml" ContentType="{kind}"/></Types>'
    types = f'<Default Extension="png" ContentType="image/png"/>{part}'
    drawing = f'<drawing xmlns:r="{_OFFICE}" r:id="rId1"/></worksheet>'
    replace = {
        "[Content_Types].xml": ("</Types>", types),
        "xl/worksheets/sheet1.xml": ("</worksheet>", drawing),
    }
    return with_parts(content, DRAWING, replace)


def parts_of(content: bytes) -> dict[str, bytes]:
    """Return the parts of a workbook by name."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
