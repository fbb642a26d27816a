"""What a column holds, by the words of its heading (domain.md §4)."""

import re
from enum import StrEnum

from rehabplan.text import clean, key


class Role(StrEnum):
    """What a column is for."""

    ID = "id"
    NUMBER = "row number"
    LABEL = "indicator"
    UNIT = "unit of measure"
    GOAL = "goal of the year"
    YEAR_TO_DATE = "result, year to date"
    ACTUAL = "result"
    IN_PERIOD = "result of the period alone"
    ESTIMATE = "estimate"
    EARLIER = "an earlier period or year"
    COMPARISON = "percentage or comparison"
    NOTE = "remark"
    PERSON = "name of a person"


VALUE_ROLES = (Role.YEAR_TO_DATE, Role.ACTUAL, Role.IN_PERIOD)
"""Columns an actual can be taken from, the best first."""

_MONTHS = r"(?:0?[1-9]|1[0-2]|ba|sáu|chín) tháng"

# The first rule that fits decides, so the narrower words stand before the wider ones.
_RULES: tuple[tuple[Role, str], ...] = (
    (Role.PERSON, r"họ (?:và |, )?tên|họ tên|ngày sinh|năm sinh|số cccd|số cmnd"),
    (Role.NUMBER, r"^(?:stt|tt|số tt|số thứ tự|no|#)$"),
    (Role.ID, r"^(?:id|mã|mã số|mã chỉ tiêu|code|target id)$"),
    (Role.UNIT, r"^(?:đơn vị tính|đvt|đ/ ?v tính|đơn vị đo|unit|unit of measure)\b|^đơn vị$"),
    (Role.NOTE, r"ghi chú|nguồn số liệu|^(?:note|notes|remark|remarks|source)$"),
    (Role.NOTE, r"^(?:đơn vị|cơ quan|phòng|người|thời gian|thời hạn|kinh phí|lí do|nguyên nhân)\b"),
    (Role.EARLIER, r"cùng kì|năm trước|kì trước|tháng trước|quý trước|previous|last year"),
    (Role.ESTIMATE, r"^ước|\bước (?:thực hiện|tính|đạt)|estimate"),
    (Role.COMPARISON, r"%|tỉ lệ|so với|phần trăm|percent"),
    (Role.GOAL, r"^(?:kế hoạch|kh)\b|chỉ tiêu (?:năm|giao|được giao|kế hoạch)|^mục tiêu|^(?:goal|plan)\b"),
    (Role.YEAR_TO_DATE, r"lũy kế|luỹ kế|từ đầu năm|cộng dồn|year to date|\bytd\b"),
    (Role.YEAR_TO_DATE, rf"(?:thực hiện|kết quả|số liệu)?.*\b{_MONTHS}(?! cuối)"),
    (Role.IN_PERIOD, r"trong (?:kì|quý|tháng)|phát sinh|(?:thực hiện|kết quả) (?:quý|tháng)|kì báo cáo"),
    (Role.ACTUAL, r"thực hiện|kết quả|số liệu|giá trị|số lượng|^đạt|actual|result|^(?:value|figure)s?$"),
    (Role.LABEL, r"^(?:tên |các |hệ thống |mã, tên )?(?:nội dung|chỉ tiêu|chỉ số|nhiệm vụ|tiêu chí)"),
    (Role.LABEL, r"^(?:diễn giải|danh mục|hạng mục)"),
    (Role.LABEL, r"^(?:indicator|target|name|item)s?$"),
    (Role.GOAL, r"kế hoạch"),
)  # fmt: skip
_COMPILED = tuple((role, re.compile(pattern)) for role, pattern in _RULES)


def role_of(heading: str) -> Role | None:
    """Return what a column with this heading holds, or None where the words do not say."""
    if len(heading) > 120:  # noqa: PLR2004 - a sentence, not a heading
        return None
    plain, lowered = clean(heading).casefold(), key(heading)
    for role, pattern in _COMPILED:
        if pattern.search(lowered) or pattern.search(plain):
            return role
    return None
