"""The example report of a new project: nine months, as an office would send it."""

from datetime import date, datetime, time

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from rehabplan.forms import look

Line = tuple[str, str, int | str, int | str | None, str]

_TEXTS: dict[str, dict[str, str]] = {
    "vi": {
        "sheet": "Báo cáo",
        "office": "UBND HUYỆN VÍ DỤ",
        "title": "KẾT QUẢ THỰC HIỆN CHỈ TIÊU CAI NGHIỆN VÀ QUẢN LÝ SAU CAI NGHIỆN",
        "period": "9 tháng đầu năm {year} (số liệu ví dụ)",
    },
    "en": {
        "sheet": "Report",
        "office": "UBND HUYỆN VÍ DỤ",
        "title": "Results of the rehabilitation and post-rehabilitation targets",
        "period": "9 months of {year} (example figures)",
    },
}
_HEADS = {
    "vi": ("TT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch năm {year}", "Lũy kế từ đầu năm", "Ghi chú"),
    "en": ("No.", "Target", "Unit", "Plan {year}", "Year to date", "Remarks"),
}
_LINES: dict[str, tuple[Line, ...]] = {
    "vi": (
        ("Hồ sơ đề nghị cai nghiện bắt buộc", "hồ sơ", 60, 38, ""),
        ("Vận động cai nghiện tự nguyện", "người", 40, 33, ""),
        ("Người đang điều trị thay thế bằng Methadone", "người", 120, 119, "hiện có đến cuối kỳ"),
        ("Tỷ lệ người có hồ sơ quản lý được tiếp cận dịch vụ", "người", "> 80%", "82/96", ""),
        ("Xã, thị trấn có mô hình hỗ trợ sau cai nghiện", "xã, thị trấn", "100%", "3/4", "còn xã Cộng Hòa"),
        ("Tổng kết công tác năm", "", "tháng 11", None, "chưa đến hạn"),
    ),
    "en": (
        ("Court dossiers for compulsory rehabilitation", "dossiers", 60, 38, ""),
        ("Voluntary rehabilitation", "persons", 40, 33, ""),
        ("Persons in methadone treatment", "persons", 120, 119, "at the end of the period"),
        ("People on management records reached by services", "persons", "> 80%", "82/96", ""),
        ("Communes with a support model", "communes", "100%", "3/4", "not yet in xã Cộng Hòa"),
        ("Year-end review", "", "November", None, "not due yet"),
    ),
}  # fmt: skip
_WIDTHS = {"A": 46, "B": 380, "C": 120, "D": 110, "E": 110, "F": 150}
_HEAD_ROW = 6
_LINE_HEIGHT = 20
_LAST = 6


def example_report(year: int, language: str) -> Workbook:
    """Return the workbook, in "vi" or "en"; its figures bring one target of each kind."""
    texts = _TEXTS[language]
    book = look.new_book()
    sheet: Worksheet = book.active  # type: ignore[assignment]  # a new workbook has one sheet
    sheet.title = texts["sheet"]
    for letter, pixels in _WIDTHS.items():
        sheet.column_dimensions[letter].width = look.column_width(pixels)
    look.put(sheet, 1, 1, texts["office"]).font = look.font(bold=True)
    for at, key in ((3, "title"), (4, "period")):
        title = look.put(sheet, at, 1, texts[key].format(year=year))
        title.font = look.font(look.TITLE_SIZE, bold=key == "title", italic=key == "period")
        title.alignment = look.aligned("center", wrap=False)
        sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=_LAST)
    for column, text in enumerate(_HEADS[language], start=1):
        cell = look.put(sheet, _HEAD_ROW, column, text.format(year=year))
        cell.font, cell.fill, cell.border = look.font(bold=True), look.HEADER_FILL, look.BOX
        cell.alignment = look.aligned("center")
    for number, line in enumerate(_LINES[language], start=1):
        _write_line(sheet, _HEAD_ROW + number, (number, *line))
    sheet.row_dimensions[_HEAD_ROW].height = 2 * _LINE_HEIGHT
    look.set_page(sheet, landscape=True)
    book.properties.created = book.properties.modified = datetime.combine(date(year, 10, 5), time())
    book.properties.creator = book.properties.lastModifiedBy = "rehabplan init"
    return book


def _write_line(sheet: Worksheet, row: int, values: tuple[int | str | None, ...]) -> None:
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(row, column, value if value != "" else None)
        cell.font, cell.border = look.font(), look.BOX
        sheet.row_dimensions[row].height = _LINE_HEIGHT
        is_figure = column in {1, 4, 5}
        cell.alignment = look.aligned("center" if is_figure else "left")
