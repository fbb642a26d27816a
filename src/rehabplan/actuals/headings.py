"""What a column holds, by the words of its heading (domain.md §4)."""

import re
from collections.abc import Iterable
from functools import lru_cache

from rehabplan.actuals.roles import NAME_ROLES, Role
from rehabplan.text import clean, key
from rehabplan.units import is_known

_SPECIFIC = r"(?:năm|giao|tháng|quý|kế|\d)"
_LONGEST = 120
"""Letters of a heading; what is longer is a sentence."""
_Rules = tuple[tuple[Role, re.Pattern[str]], ...]


def _compiled(*rules: tuple[Role, str]) -> _Rules:
    return tuple((role, re.compile(pattern)) for role, pattern in rules)


_PLACE = r"(?:quận|huyện|thị xã|thành phố|xã|phường|thị trấn|đặc khu|cơ sở cai nghiện|cơ sở|tỉnh)"
_SITE_WORDS = (
    rf"^(?:tên |các |danh sách )?(?:đơn vị (?:báo cáo|hành chính|trực thuộc|cấp huyện|cấp xã)|"
    rf"tên đơn vị|địa phương|địa bàn|cấp huyện|cấp xã|{_PLACE}(?:[,/ -]+{_PLACE})*|"
    rf"site|district|commune|reporting unit)$|^tên (?:đơn vị|quận|huyện|xã|phường|tỉnh|cơ sở|cs\w+)\b"
)
_ABOUT_ROWS = _compiled(
    # Of persons, not the "(Ký, ghi rõ họ tên)" of a signature.
    (
        Role.PERSON,
        (
            r"^(?!.*\bkí\b)(?:họ (?:và |, )?tên|tên (?:đối tượng|người|học viên|bệnh nhân)|tuổi$|"
            r".*(?:ngày sinh|năm sinh|số cccd|số cmnd|căn cước))"
        ),
    ),
    (Role.NUMBER, r"^(?:stt|tt|số tt|số thứ tự|no|#)$"),
    (Role.ID, r"^(?:id|mã|mã số|mã chỉ tiêu|code|target id)$"),
    (Role.SITE, _SITE_WORDS),
    (Role.UNIT, r"^(?:đơn vị tính|đvt|đ/ ?v tính|đơn vị đo|unit|unit of measure)\b|^đơn vị$"),
    (Role.NOTE, r"ghi chú|nguồn số liệu|^(?:note|notes|remark|remarks|source)$"),
    (Role.NOTE, r"^(?:đơn vị|cơ quan|phòng|người|thời gian|thời hạn|kinh phí|lí do|nguyên nhân)\b"),
    (Role.LABEL, r"^(?:tên |các |hệ thống |mã, tên )?nội dung|^(?:diễn giải|danh mục|hạng mục)"),
    (Role.LABEL, rf"^(?:tên |các |mã, tên )?(?:chỉ tiêu|chỉ số|nhiệm vụ|tiêu chí)(?!.*{_SPECIFIC})"),
    (Role.LABEL, r"^(?:indicator|target|name|item)s?$"),
    (Role.PERIOD, r"^(?:kì(?: báo cáo)?|thời kì|giai đoạn|quý|tháng|năm|period|year)$"),
    (Role.NUMERATOR, r"^(?:tử số|numerator)\b"),
    (Role.DENOMINATOR, r"^(?:mẫu số|denominator)\b"),
)  # fmt: skip
"""Columns that tell rows apart, by the whole heading. "Chỉ tiêu" is an indicator, "chỉ tiêu năm" a goal."""

_NOT_A_RESULT = _compiled(
    (Role.EARLIER, r"cùng kì|năm trước|kì trước|tháng trước|quý trước|previous|last year"),
    (Role.EARLIER, r"^(?:số |có )?(?:đầu kì|đầu năm)"),
    (Role.OTHER, r"^(?:trong đó|tr\. ?đó|of which)\b|^(?:nữ|nam|nam giới|nữ giới)$"),
    (Role.OTHER, r"^(?:số |phát sinh |biến động )?(?:tăng|giảm)\b"),
    (Role.ESTIMATE, r"^ước|\bước (?:thực hiện|tính|đạt)|estimate"),
    (Role.COMPARISON, r"%|tỉ lệ|so với|phần trăm|percent"),
    (Role.OTHER, r"còn (?:lại|phải|thiếu)|\bchưa\b|phải (?:thực hiện|làm)|thiếu"),
)
_PLANNED = re.compile(r"kế hoạch|\bkh\b|chỉ tiêu|mục tiêu|\bgiao\b|dự kiến|nhiệm vụ|\bgoal\b|\bplan\b")
_DONE = re.compile(r"^th$|thực hiện|kết quả|đạt|đã làm|số liệu|\bactual|\bresult")

_AT_DATE = re.compile(
    r"hiện có|có đến|(?:cuối|đến hết) kì\b|hiện đang|thời điểm (?:báo cáo|cuối)|có mặt|at the cut-off"
)
_MONTHS = r"(?:0?[1-9]|1[0-2]|ba|sáu|chín) tháng(?! cuối)"
_SPANS = _compiled(
    (
        Role.YEAR_TO_DATE,
        rf"lũy kế|luỹ kế|từ đầu năm|cộng dồn|year to date|\bytd\b|\b{_MONTHS}|đến (?:hết|ngày|\d)|\bcả năm\b",
    ),
    (
        Role.IN_PERIOD,
        (
            r"(?:trong (?:kì|quý|tháng)|phát sinh|(?:kì|quý|tháng) báo cáo|quý (?:i{1,3}|iv|[1-4])|"
            r"tháng \d+|6 tháng cuối|^q[1-4]|^t\d{1,2})\b"
        ),
    ),
)
_EVER = re.compile(
    r"từ (?:trước|khi|ngày (?:thành lập|triển khai)|năm (?!báo cáo|nay)\S+ đến)|đến nay$|các năm|"
    r"lũy tích|luỹ tích"
)
"""Since the beginning, not since the year's first day: a level, which only a stock can take."""
_YEAR_ALONE = re.compile(r"(?:năm )?20\d\d")


def title_sense(titles: Iterable[str]) -> Role | None:
    """Return what the titles above a table say its figures are: the nearest one that says either.

    A reference to a document ("(Kèm theo Kế hoạch số …)") says nothing.
    """
    for title in reversed(list(titles)):
        text = key(title)
        if title.strip().startswith("(") or re.search(r"\bsố \d+/", text):
            continue
        if _first(_NOT_A_RESULT[:1], text) or re.search(r"\bước thực hiện", text):
            return Role.ESTIMATE if "ước" in text else Role.EARLIER
        if re.search(r"còn (?:phải|lại|thiếu)", text):
            return Role.OTHER
        if _DONE.search(text) or "báo cáo" in text:
            return Role.ACTUAL
        if re.search(r"kế hoạch|phân bổ|\bgiao\b|phương hướng|dự kiến", text):
            return Role.GOAL
    return None


_VALUE = re.compile(r"giá trị|số lượng|^(?:value|figure)s?$")


@lru_cache(maxsize=1 << 14)
def role_of(*tiers: str) -> Role | None:
    """Return what a column holds by its headings from the top tier down, None where the words leave it.

    The lowest tier that speaks of planning or of doing decides between goal and result: "9 tháng"
    under "Kế hoạch" is a goal, "Kế hoạch" under "Kết quả" too.
    """
    texts = [key(tier) for tier in tiers if tier]
    if not texts or len(texts[-1]) > _LONGEST:
        return None
    leaf, joined = texts[-1], " ".join(texts)
    about = _first(_ABOUT_ROWS, leaf)
    if about and not (about is Role.LABEL and _sense(texts[:-1])):
        return about
    other = _first(_NOT_A_RESULT, leaf) or _first(_NOT_A_RESULT[:2], joined)
    if other:
        return other
    sense = _sense(texts)
    if sense is Role.GOAL:
        return Role.GOAL
    if _EVER.search(joined):
        return Role.EVER
    if _AT_DATE.search(leaf):
        return Role.AT_DATE
    if _YEAR_ALONE.fullmatch(leaf):
        return sense
    span = _first(_SPANS, leaf) or _first(_SPANS, joined)
    if span is Role.YEAR_TO_DATE or (span and sense):
        return span
    if span or _VALUE.search(leaf):
        return span or Role.ACTUAL
    return sense


@lru_cache(maxsize=1 << 12)
def names_rows(heading: str) -> bool:
    """Tell whether a heading says what the rows are about; `role_of` gives one of NAME_ROLES then."""
    leaf = key(heading)
    return len(leaf) <= _LONGEST and _first(_ABOUT_ROWS, leaf) in NAME_ROLES


def _first(rules: _Rules, text: str) -> Role | None:
    for role, pattern in rules:
        if pattern.search(text):
            return role
    return None


def _sense(texts: list[str]) -> Role | None:
    """Return GOAL or ACTUAL by the lowest tier that says either; of both words the first counts."""
    for text in reversed(texts):
        planned, done = _PLANNED.search(text), _DONE.search(text)
        if planned and (done is None or planned.start() < done.start()):
            return Role.GOAL
        if done:
            return Role.ACTUAL
    return None


_BRACKET = re.compile(r"\(\s*(?P<said>đvt|đơn vị(?: tính)?)?\s*:?\s*(?P<unit>[^()%]+?)\s*\)\s*$")
_SCALES = re.compile(r"^(?:nghìn|ngàn|trăm|chục|triệu|tỷ|tỉ)\b")


@lru_cache(maxsize=1 << 10)
def unit_in(heading: str) -> str:
    """Return the unit that a heading names in brackets: "Thực hiện (nghìn người)", else nothing."""
    found = _BRACKET.search(clean(heading).casefold())
    if found and (found["said"] or is_known(found["unit"]) or _SCALES.match(found["unit"])):
        return found["unit"]
    return ""


_UNIT_LINE = re.compile(r"(?:đvt|đơn vị(?: tính)?)\s*:\s*(.+)")
_SEVERAL = re.compile(r",|\bvà\b|\btừng\b|\btheo\b")


def unit_line(text: str) -> str:
    """Return the unit of a line above a table, "Đơn vị tính: triệu đồng"; nothing where it names several."""
    found = _UNIT_LINE.fullmatch(clean(text).casefold().strip("()"))
    if found and (is_known(found[1]) or not _SEVERAL.search(found[1])):
        return found[1]
    return ""
