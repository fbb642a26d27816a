"""Every word of a form, in Vietnamese and English; the form's language may differ from the screen's."""

from datetime import date
from typing import Literal

from rehabplan.period import MONTHS_OF_LABEL
from rehabplan.plan.fields import Text
from rehabplan.units import Unit

Language = Literal["vi", "en"]


def said(text: Text, language: Language, **args: object) -> str:
    """Return a text in a form's language, its braces filled in."""
    words = text.vi if language == "vi" else text.en
    return words.format(**args) if args else words


def unit_text(unit: Unit | None, language: Language) -> str:
    """Return the name of a unit of measure, nothing without one."""
    if unit is None:
        return ""
    return unit.vi if language == "vi" else unit.en


REPORT_SHEET = Text(vi="Biểu báo cáo", en="Report form")
GUIDE_SHEET = Text(vi="Hướng dẫn", en="How to fill in")

# Headings: the reader finds the columns by these words.
NUMBER = Text(vi="STT", en="No.")
TARGET = Text(vi="Chỉ tiêu", en="Target")
UNIT = Text(vi="Đơn vị tính", en="Unit of measure")
GOAL = Text(vi="Kế hoạch năm", en="Annual plan")
SHARE = Text(vi="Chỉ tiêu giao", en="Assigned goal")
NUMERATOR = Text(vi="Tử số", en="Numerator")
DENOMINATOR = Text(vi="Mẫu số", en="Denominator")
RESULT = Text(vi="Thực hiện lũy kế từ đầu năm", en="Result, year to date")
NOTE = Text(vi="Ghi chú", en="Remarks")

# Above the table.
REPORTING = Text(vi="Đơn vị báo cáo: {name}", en="Reporting site: {name}")
RECEIVING = Text(vi="Đơn vị nhận báo cáo: {name}", en="Report to: {name}")
TITLE = Text(
    vi="BIỂU BÁO CÁO KẾT QUẢ THỰC HIỆN CHỈ TIÊU KẾ HOẠCH NĂM {year}",
    en="REPORT ON THE TARGETS OF THE PLAN FOR {year}",
)
DOCUMENT = Text(
    vi="(Theo Kế hoạch số {number} ngày {day} của {issuer})", en="(Plan {number} of {day}, {issuer})"
)
PERIOD = Text(
    vi="Kỳ báo cáo: {label} (từ ngày {first} đến ngày {last})",
    en="Reporting period: {label} ({first} to {last})",
)
DOTS = "…" * 18

# In the rows.
OF_WHICH = Text(vi="Trong đó: {name}", en="Of which: {name}")
DONE = Text(vi="Đạt", en="Done")
NOT_DONE = Text(vi="Chưa đạt", en="Not done")
MEASURED_OF = Text(vi="Mẫu số: {of}", en="Denominator: {of}")
DEADLINE = Text(vi="Thời hạn: {day}", en="Due: {day}")
SCOPE = Text(vi="Phạm vi: {scope}", en="Scope: {scope}")
BY_DAY = Text(vi="chậm nhất {day}", en="by {day}")
TO_BE_DONE = Text(vi="hoàn thành", en="done")
EACH = Text(vi="mỗi đơn vị ≥\xa0{number}", en="each ≥\xa0{number}")
DOWN = Text(vi="giảm {size}", en="-{size}")
UP = Text(vi="tăng {size}", en="+{size}")
POINTS = Text(vi=" điểm phần trăm", en=" percentage points")

# Messages of the input cells.
ENTER_WHOLE = Text(vi="Nhập số nguyên từ 0 trở lên.", en="A whole number, 0 or more.")
ENTER_NUMBER = Text(vi="Nhập số từ 0 trở lên.", en="A number, 0 or more.")
ENTER_DONE = Text(vi="Chọn “Đạt” hoặc “Chưa đạt”.", en="Choose “Done” or “Not done”.")
BLANK_AND_ZERO = Text(
    vi="Để trống: chưa có số liệu; 0: đã kiểm tra, không phát sinh.",
    en="Blank: not collected; 0: checked, and there were none.",
)
BLANK = Text(vi="Để trống: chưa có số liệu.", en="Blank: not collected.")
NOT_ACCEPTED = Text(vi="Số liệu chưa đúng", en="This cannot stand here")
ONLY_DIGITS = Text(
    vi="Chỉ ghi chữ số: không kèm chữ, đơn vị tính hoặc dấu phân cách hàng nghìn.",
    en="Digits only: no words, unit or separator of thousands.",
)

# Below the table.
INPUT_CELL = Text(vi="Ô nhập số liệu", en="Fill in here")
CLOSED_CELL = Text(vi="Ô không nhập", en="Leave as it is")
LEGEND = Text(
    vi="Ô để trống: chưa có số liệu; 0: đã kiểm tra, không phát sinh.",
    en="A blank cell: not collected; 0: checked, and there were none.",
)
DATE_LINE = Text(vi="………………, ngày …… tháng …… năm ………", en="………………, date ………………")
PREPARED = Text(vi="NGƯỜI LẬP BIỂU", en="PREPARED BY")
HEAD = Text(vi="THỦ TRƯỞNG ĐƠN VỊ", en="HEAD OF THE OFFICE")
SIGN = Text(vi="(Ký tên)", en="(Signature)")
SIGN_AND_SEAL = Text(vi="(Ký tên, đóng dấu)", en="(Signature and seal)")

GUIDE_TITLE = Text(vi="HƯỚNG DẪN GHI BIỂU", en="HOW TO FILL IN THIS FORM")
GUIDE = (
    Text(
        vi="1. Chỉ nhập vào các ô màu vàng của trang “Biểu báo cáo”; các ô khác đã khóa để tránh sửa nhầm.",
        en="1. Fill in the yellow cells of the sheet “Report form” only; all others are locked.",
    ),
    Text(
        vi="2. Số liệu là số lũy kế từ đầu năm: từ ngày {first} đến hết ngày {last}, không phải số phát sinh "
        "riêng trong kỳ.",
        en="2. Figures are for the year to date: from {first} up to and including {last}, not for the last "
        "months alone.",
    ),
    Text(
        vi="3. Chỉ tiêu số lượng: nhập vào cột “Thực hiện lũy kế từ đầu năm”, theo đúng đơn vị tính của "
        "dòng đó.",
        en="3. Targets that are counted: fill in “Result, year to date”, in the row's unit of measure.",
    ),
    Text(
        vi="4. Chỉ tiêu tỷ lệ: nhập “Tử số” (số đạt yêu cầu) và “Mẫu số” (tổng số phải tính; cột “Ghi chú” "
        "nêu cách tính). Không nhập tỷ lệ %: tỷ lệ được tính khi tổng hợp.",
        en="4. Targets that are shares: fill in “Numerator” (how many have it) and “Denominator” (of how "
        "many; see “Remarks”). Leave the percentage out: it is worked out from the two.",
    ),
    Text(
        vi="5. Nhiệm vụ phải hoàn thành: chọn “Đạt” hoặc “Chưa đạt” trong danh sách của ô.",
        en="5. Things to be done: choose “Done” or “Not done” from the cell's list.",
    ),
    Text(
        vi="6. Ô để trống nghĩa là chưa có số liệu; số 0 nghĩa là đã kiểm tra và không phát sinh. "
        "Không dùng dấu gạch ngang thay cho số 0.",
        en="6. A blank cell means that nothing was collected; 0 means that it was checked and there were "
        "none. Do not write a dash for 0.",
    ),
    Text(
        vi="7. Ghi liền các chữ số, không dùng dấu phân cách hàng nghìn: ghi 1700, không ghi 1.700.",
        en="7. Write digits without a separator of thousands: 1700, neither 1,700 nor 1.700.",
    ),
    Text(
        vi="8. Dòng “Trong đó” là một phần của chỉ tiêu ngay phía trên.",
        en="8. A row “Of which” is a part of the target above it.",
    ),
    Text(
        vi="9. Chỉ tiêu không thuộc phạm vi của đơn vị: để trống, ghi lý do vào cột “Ghi chú”.",
        en="9. Where a target is not yours to report: leave it blank and say why under “Remarks”.",
    ),
    Text(
        vi="10. Không ghi thông tin cá nhân của bất kỳ ai vào các dòng của biểu.",
        en="10. Put nothing about single persons into the rows of the form.",
    ),
    Text(
        vi="11. Lưu và gửi lại chính tệp Excel (.xlsx) này; không gửi bản chụp hoặc PDF thay cho tệp.",
        en="11. Save and send back this very Excel file (.xlsx), not a scan or a PDF in its place.",
    ),
)  # fmt: skip


def day_text(day: date, language: Language) -> str:
    """Return a date as the language writes it; Vietnamese pads days, and of the months 1 and 2."""
    if language == "en":
        return day.isoformat()
    month = f"{day.month:02}" if day.month in (1, 2) else str(day.month)
    return f"{day.day:02}/{month}/{day.year}"


_LABELS = {
    "q1": Text(vi="quý I", en="first quarter"),
    "6m": Text(vi="6 tháng đầu năm", en="six months"),
    "9m": Text(vi="9 tháng", en="nine months"),
    "year": Text(vi="cả năm", en="the whole year"),
    "m1": Text(vi="tháng 01", en="January"),
}
_MONTHS = Text(vi="{count} tháng", en="{count} months")


def label_text(label: str, language: Language) -> str:
    """Return a period's label in words; figures run from the start of the year."""
    known = _LABELS.get(label)
    return said(known, language) if known else said(_MONTHS, language, count=MONTHS_OF_LABEL[label])
