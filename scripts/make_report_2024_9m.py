"""Build reports/2024-9m.xlsx, an example of the workbook an office would send for nine months.

Every figure comes from one article of the newspaper Pháp luật Việt Nam, "Hà Nội: Nhiều mô hình hỗ
trợ người sau cai nghiện", on nine months of 2024. Labels are in our own words; those of the four
rows that have a target are names or aliases in plans/2024.yaml. The goal column holds the two
goals that the article states. Only some of its paragraphs say "nine months": putting all figures
under that period is our assumption, and the note under the table says so.

Run it with `python scripts/make_report_2024_9m.py`; the same input gives the same bytes.
"""

import re
import zipfile
from datetime import datetime
from io import BytesIO
from math import ceil
from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

TARGET = Path(__file__).resolve().parents[1] / "reports" / "2024-9m.xlsx"
STAMP = datetime(2026, 1, 1)  # noqa: DTZ001 - a workbook's properties know no time zone
WIDTHS = {"A": 6, "B": 52, "C": 20, "D": 11, "E": 12, "F": 36}
KEPT = "Ba Đình, Cầu Giấy, Hoàng Mai, Hai Bà Trưng, Hà Đông"
ADDED = "Hoàn Kiếm, Đống Đa, Bắc Từ Liêm, Nam Từ Liêm, Thanh Trì"


class Row(NamedTuple):
    """A line of the table; a section has a roman numeral and no unit."""

    number: str | int
    label: str
    unit: str | None = None
    result: int | str | None = None
    goal: int | str | None = None
    remark: str | None = None


ROWS = (
    Row("I", "Mô hình quản lý sau cai nghiện tại nơi cư trú"),
    Row(1, "Mô hình đang hoạt động", "mô hình", 586),
    Row("1.1", "Trong đó: Tình nguyện viên giúp đỡ hòa nhập", "mô hình", 439),
    Row("1.2", "Trong đó: Câu lạc bộ B93", "mô hình", 110),
    Row("1.3", "Trong đó: Điểm tư vấn, chăm sóc tại cộng đồng", "mô hình", 36),
    Row("1.4", "Trong đó: Câu lạc bộ phòng, chống ma túy", "mô hình", 1),
    Row(2, "Cấp xã có mô hình quản lý sau cai", "xã, phường, thị trấn", "570/579", "100%"),
    Row("II", "Kết quả của các điểm tư vấn"),
    Row(1, "Khách đến điểm tư vấn", "lượt khách hàng", 583),
    Row(2, "Người được giúp khám ở trạm y tế, mua hoặc gia hạn thẻ BHYT", "người", "hàng trăm"),
    Row(3, "Người được giới thiệu sang dịch vụ khác", "người", 77),
    Row(4, "Người được giúp vay vốn", "người", 2),
    Row(5, "Số vốn đã vay", "triệu đồng", 150),
    Row("III", "Sinh hoạt Câu lạc bộ B93"),
    Row(1, "Buổi sinh hoạt đã tổ chức", "buổi", 817),
    Row(2, "Hội viên dự sinh hoạt", "lượt hội viên", 2932),
    Row("IV", "Đội công tác xã hội tình nguyện"),
    Row(1, "Tư vấn trực tiếp cho người được giúp đỡ và gia đình", "lượt người, gia đình", 52873),
    Row(2, "Người cai tự nguyện do Đội tình nguyện vận động", "người", 664),
    Row(3, "Người cai xong ở cơ sở trở về được tiếp nhận, giúp đỡ", "người", 1139),
    Row(4, "Tin báo chuyển chính quyền, công an", "tin", 185),
    Row(5, "Tuần tra, rà soát địa bàn cùng lực lượng chức năng", "lượt, buổi", 8517),
    Row("V", "Giảm hại và truyền thông về phòng, chống mại dâm"),
    Row(1, "Quận giữ hoạt động giảm hại", "quận", 5, remark=KEPT),
    Row(2, "Quận, huyện mới mở hoạt động giảm hại", "quận, huyện", 5, remark=ADDED),
    Row(3, "Chủ cơ sở kinh doanh dịch vụ được truyền thông", "người", 300, remark="Nơi như mục 2"),
    Row(4, "Người lao động ở các cơ sở được truyền thông", "người", 300, remark="Nơi như mục 2"),
    Row(5, "Cán bộ, thành viên Đội được bồi dưỡng", "người", 130, remark="Bắc Từ Liêm"),
    Row(6, "Khách hàng do nhóm đồng đẳng tiếp cận", "lượt khách hàng", "257/500", 500),
    Row(7, "Bao cao su đã phát", "chiếc", "hàng trăm"),
    Row(8, "Người được chuyển gửi làm xét nghiệm HIV", "người", 19),
    Row(9, "Người được chuyển gửi khám bệnh STI", "người", 7),
)
START = 10  # the first line of the table's body
END = START + len(ROWS) - 1
NOTE = (
    "Ghi chú: Nguồn là bài “Hà Nội: Nhiều mô hình hỗ trợ người sau cai nghiện”, báo Pháp luật Việt"
    " Nam. Bài chỉ ghi “9 tháng” cho một phần số liệu; phần còn lại được xếp chung vào kỳ này."
    " Dự kiến tập huấn Đội tình nguyện tại 10 quận, huyện (chưa thực hiện, không tính)."
)
# (merged cells, text, size, style: b bold, i italic, l left) of everything around the table's body
TEXTS = (
    ("A1:B1", "UBND THÀNH PHỐ HÀ NỘI", 12, ""),
    ("A2:B2", "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", 12, "b"),
    ("C1:F1", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, "b"),
    ("C2:F2", "Độc lập - Tự do - Hạnh phúc", 13, "b"),
    ("A4:F4", "BÁO CÁO KẾT QUẢ CAI NGHIỆN VÀ QUẢN LÝ SAU CAI NGHIỆN MA TÚY", 14, "b"),
    ("A5:F5", "9 tháng đầu năm 2024", 13, "b"),
    ("A6:F6", "(Bảng ví dụ lập lại từ số liệu báo chí, không phải văn bản hành chính)", 12, "i"),
    ("A8:A9", "STT", 12, "b"),
    ("B8:B9", "Nội dung", 12, "b"),
    ("C8:C9", "Đơn vị tính", 12, "b"),
    ("D8:E8", "Năm 2024", 12, "b"),
    ("D9:D9", "Chỉ tiêu năm", 12, "b"),
    ("E9:E9", "Thực hiện 9 tháng", 12, "b"),
    ("F8:F9", "Ghi chú", 12, "b"),
    (f"A{END + 2}:F{END + 2}", NOTE, 11, "il"),
    (f"D{END + 4}:F{END + 4}", "THỦ TRƯỞNG ĐƠN VỊ", 13, "b"),
    (f"D{END + 5}:F{END + 5}", "(Ký tên, đóng dấu)", 12, "i"),
    (f"A{END + 4}:B{END + 4}", "Nơi nhận:", 12, "bil"),
    (f"A{END + 5}:B{END + 5}", "- Như trên;", 11, "l"),
    (f"A{END + 6}:B{END + 6}", "- Lưu: VT.", 11, "l"),
)


def write_text(ws: Worksheet, span: str, text: str, size: int, style: str) -> None:
    """Write a text into the first cell of a span and merge the span."""
    first, last = span.split(":")
    cell = ws[first]
    cell.value = text
    cell.font = Font(name="Times New Roman", size=size, bold="b" in style, italic="i" in style)
    ws.row_dimensions[cell.row].height = 1.5 * size
    side = "left" if "l" in style else "center"
    cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=True)
    if first != last:
        ws.merge_cells(span)


def write_row(ws: Worksheet, line: int, row: Row) -> None:
    """Write a line of the table; its height follows the longest wrapped text."""
    values = (row.number, row.label, row.unit, row.goal, row.result, row.remark)
    sides = ("center", "left", "center", "right", "right", "left")
    lines = 1
    for column, value, side in zip(WIDTHS, values, sides, strict=True):
        cell = ws[f"{column}{line}"]
        cell.value = value
        cell.font = Font(name="Times New Roman", size=12, bold=row.unit is None)
        cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=True)
        if isinstance(value, int) and column in "DE":
            cell.number_format = "#,##0"
        if isinstance(value, str):
            lines = max(lines, ceil(len(value) / WIDTHS[column]))
    ws.row_dimensions[line].height = 4 + 16 * lines


def set_page(ws: Worksheet) -> None:
    """Set A4 landscape with the margins and page number of Nghị định 30/2020/NĐ-CP (inches)."""
    ws.page_setup.orientation, ws.page_setup.paperSize = "landscape", 9
    ws.page_setup.fitToHeight = 0
    ws.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = ws.page_margins
    margins.left, margins.right, margins.top, margins.bottom = 1.2, 0.6, 0.8, 0.8
    ws.print_title_rows = f"{START - 2}:{START - 1}"
    ws.print_area = f"A1:F{END + 6}"
    ws.HeaderFooter.differentFirst = True
    if ws.oddHeader is not None:
        ws.oddHeader.center.text = "&P"


def build() -> Workbook:
    """Lay out the whole sheet: head, table, note, signature."""
    book = Workbook()
    ws = book.worksheets[0]
    ws.title = "Biểu 1"
    for column, width in WIDTHS.items():
        ws.column_dimensions[column].width = width
    for span, text, size, style in TEXTS:
        write_text(ws, span, text, size, style)
    for line, row in enumerate(ROWS, START):
        write_row(ws, line, row)
    thin = Side(style="thin")
    for cells in ws[f"A{START - 2}:F{END}"]:
        for cell in cells:
            cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
    ws.row_dimensions[START - 1].height = 36
    ws.row_dimensions[END + 2].height = 48
    ws.freeze_panes = f"A{START}"
    set_page(ws)
    book.properties.creator, book.properties.created = "rehabplan", STAMP
    return book


def fixed_bytes(book: Workbook) -> bytes:
    """Save with fixed times: openpyxl writes the clock into the zip and as time of change."""
    raw, out = BytesIO(), BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                changed = rb"\g<1>" + STAMP.strftime("%Y-%m-%dT%H:%M:%SZ").encode() + b"<"
                part = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*<", changed, part)
            info = zipfile.ZipInfo(name, (STAMP.year, STAMP.month, STAMP.day, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, part)
    return out.getvalue()


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(fixed_bytes(build()))
    print(TARGET.name)
