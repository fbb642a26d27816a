"""A country to measure with: 3,321 communes, plans of any size, and the workbooks that would come in.

Everything is made here from seeds: Vietnamese labels, merged headings, percentages, shares such as 12/15,
formulas with their values, and blanks where nothing was reported.
"""

from collections.abc import Sequence
from itertools import product
from pathlib import Path
from random import Random

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

COMMUNES = 3_321
"""Of the country, from July 2025 on."""
_FIRST = [
    "An",
    "Bình",
    "Cao",
    "Châu",
    "Cẩm",
    "Diên",
    "Đông",
    "Đại",
    "Đức",
    "Gia",
    "Hà",
    "Hải",
    "Hiệp",
    "Hòa",
    "Hoàng",
    "Hồng",
    "Hưng",
    "Khánh",
    "Kim",
    "Lạc",
    "Liên",
    "Long",
    "Lộc",
    "Mai",
    "Minh",
    "Mỹ",
    "Nam",
    "Nghĩa",
    "Ngọc",
    "Nguyên",
    "Nhân",
    "Ninh",
    "Phong",
    "Phú",
    "Phúc",
    "Phước",
    "Quang",
    "Quảng",
    "Quế",
    "Quỳnh",
    "Sơn",
    "Tam",
    "Tân",
    "Tây",
    "Thanh",
    "Thái",
    "Thành",
    "Thiện",
    "Thịnh",
    "Thọ",
    "Thuận",
    "Thượng",
    "Tiên",
    "Tiến",
    "Trung",
    "Trường",
    "Tuy",
    "Vạn",
    "Vân",
    "Văn",
    "Việt",
    "Vĩnh",
    "Xuân",
    "Yên",
]
_GROUPS = (
    "người nghiện ma túy", "người sau cai nghiện", "người sử dụng trái phép chất ma túy",
    "người có hồ sơ quản lý", "người trở về địa phương",
)  # fmt: skip
_SERVICES = (
    "được tư vấn tâm lý", "được dạy nghề", "được vay vốn tạo việc làm", "được điều trị bằng Methadone",
    "được khám sức khỏe", "tham gia câu lạc bộ",
)  # fmt: skip
_EVERY_TENTH_IS_BLANK = 0.03
_SHARE_AT, _PERCENT_AT = 8, 9
"""Of ten targets the ninth is a share written as 12/15, the tenth a percentage; the others are counts."""


def communes(count: int = COMMUNES) -> list[tuple[str, str]]:
    """Return codes and names of communes, all different."""
    names = (f"{first} {second}" for first, second in product(_FIRST, _FIRST) if first != second)
    kinds = ("Xã", "Xã", "Phường")
    return [
        (f"{at * 3 + 1:05}", f"{kinds[at % 3]} {name}") for at, name in zip(range(count), names, strict=False)
    ]


def names_of(count: int) -> list[str]:
    """Return the names of targets, all different."""
    found = []
    for at in range(count):
        block, rest = divmod(at, len(_GROUPS) * len(_SERVICES))
        group, service = divmod(rest, len(_SERVICES))
        phase = f" đợt {block + 1}" if count > len(_GROUPS) * len(_SERVICES) else ""
        found.append(f"Số {_GROUPS[group]} {_SERVICES[service]}{phase}")
    return found


def kind_of(at: int) -> str:
    """Return the kind of a target by its place: eight counts, a share, a percentage, and so on."""
    return "rate" if at % 10 in (_SHARE_AT, _PERCENT_AT) else "count"


def write_plan(folder: Path, targets: int, sites: int, name: str = "plan.yaml", raised: int = 0) -> Path:
    """Write a plan of many targets and its list of sites; `raised` is added to every goal."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [
        "year: 2025", 'title: {vi: "Kế hoạch cai nghiện", en: "Rehabilitation plan"}', 'issuer: "Bộ Y tế"',
    ]  # fmt: skip
    if sites:
        rows = "".join(f"{code},{commune}\n" for code, commune in communes(sites))
        (folder / "communes.csv").write_text(f"commune_code,commune\n{rows}", "utf-8")
        lines += [
            "sites:",
            f"  communes: {{count: {sites}, unit: commune, list: communes.csv, key: commune_code}}",
        ]
    lines.append("targets:")
    for at, label in enumerate(names_of(targets)):
        rate = kind_of(at) == "rate"
        goal = f'"{60 + at % 30}%"' if rate else str(1000 + 7 * at + raised)
        lines += [
            f"  target-{at + 1}:",
            "    name:",
            f'      vi: "{label}"',
            f'      en: "Target {at + 1}"',
            f"    kind: {kind_of(at)}",
            f"    goal: {goal}",
            "    unit: person",
        ]
        if rate:
            lines.append('    population: {vi: "người có hồ sơ", en: "people on records"}')
    path = folder / name
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


class _Writer:
    """Writes one workbook."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.book = xlsxwriter.Workbook(path)
        self.head = self.book.add_format({"bold": True, "text_wrap": True, "border": 1, "align": "center"})
        self.number = self.book.add_format({"num_format": "#,##0", "border": 1})
        self.percent = self.book.add_format({"num_format": "0.0%", "border": 1})
        self.text = self.book.add_format({"border": 1})

    def figure(self, sheet: Worksheet, row: int, column: int, at: int, random: Random) -> None:
        """Write a figure as offices do: a number, 12/15, a percentage, a formula, or nothing."""
        if random.random() < _EVERY_TENTH_IS_BLANK:
            sheet.write_blank(row, column, None, self.text)
            return
        whole = random.randint(1, 60)
        part = random.randint(0, whole)
        match at % 10:
            case 8:
                sheet.write_string(row, column, f"{part}/{whole}", self.text)
            case 9:
                sheet.write_number(row, column, part / whole, self.percent)
            case 0:
                sheet.write_formula(row, column, f"={part}+{whole}", self.number, part + whole)
            case _:
                sheet.write_number(row, column, whole, self.number)


def write_commune(path: Path, commune: str, targets: int, seed: int) -> None:
    """Write the report of one commune: a row for every target, under merged headings."""
    random = Random(seed)  # noqa: S311 - no secret
    book = _Writer(path)
    sheet = book.book.add_worksheet("Báo cáo")
    sheet.merge_range(0, 0, 0, 5, f"UBND {commune}", book.head)
    sheet.merge_range(1, 0, 1, 5, "BÁO CÁO KẾT QUẢ THỰC HIỆN 9 THÁNG NĂM 2025", book.head)
    for column, text in enumerate(("STT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch năm 2025")):
        sheet.merge_range(3, column, 4, column, text, book.head)
    sheet.merge_range(3, 4, 3, 5, "Kết quả", book.head)
    sheet.write_string(4, 4, "Thực hiện 9 tháng", book.head)
    sheet.write_string(4, 5, "Ghi chú", book.head)
    for at, label in enumerate(names_of(targets)):
        row = at + 5
        sheet.write_number(row, 0, at + 1, book.number)
        sheet.write_string(row, 1, label, book.text)
        sheet.write_string(row, 2, "người", book.text)
        sheet.write_blank(row, 3, None, book.text)
        book.figure(sheet, row, 4, at, random)
        sheet.write_blank(row, 5, None, book.text)
    book.book.close()


def write_journal(path: Path, targets: int) -> Path:
    """Write goals and results of one commune as hledger's journal: a budget of the year, and one entry each."""
    labels = names_of(targets)
    lines = ["~ yearly", *(f"    (plan:{label})  {1000 + 7 * at}" for at, label in enumerate(labels)), ""]
    for at, label in enumerate(labels):
        lines += ["2025-09-30 report", f"    (plan:{label})  {at + 1}", ""]
    path.write_text("\n".join(lines), "utf-8")
    return path


def write_reports(folder: Path, count: int, targets: int) -> Path:
    """Write the reports of many communes, a workbook each."""
    for at, (code, commune) in enumerate(communes(count)):
        write_commune(folder / f"{code}.xlsx", commune, targets, at)
    return folder


def write_wide(path: Path, sites: int, targets: int, sheets: int = 1) -> Path:
    """Write one workbook of all communes: a row for each, a column for each target, on one sheet or several."""
    random = Random(sites + targets)  # noqa: S311 - no secret
    book = _Writer(path)
    labels = list(enumerate(names_of(targets)))
    size = targets // sheets
    for number in range(sheets):
        sheet = book.book.add_worksheet(f"Biểu {number + 1}")
        _wide_sheet(book, sheet, labels[number * size : (number + 1) * size], sites, random)
    book.book.close()
    return path


def _wide_sheet(
    book: _Writer,
    sheet: Worksheet,
    labels: Sequence[tuple[int, str]],
    sites: int,
    random: Random,
) -> None:
    last = len(labels) + 1
    sheet.merge_range(0, 0, 0, last, "BÁO CÁO KẾT QUẢ THỰC HIỆN 9 THÁNG NĂM 2025", book.head)
    sheet.merge_range(2, 0, 3, 0, "STT", book.head)
    sheet.merge_range(2, 1, 3, 1, "Xã, phường", book.head)
    sheet.merge_range(2, 2, 2, last, "Thực hiện 9 tháng", book.head)
    for column, (_at, label) in enumerate(labels, start=2):
        sheet.write_string(3, column, label, book.head)
    for row, (_code, commune) in enumerate(communes(sites), start=4):
        sheet.write_number(row, 0, row - 3, book.number)
        sheet.write_string(row, 1, commune, book.text)
        for column, (at, _label) in enumerate(labels, start=2):
            book.figure(sheet, row, column, at, random)
