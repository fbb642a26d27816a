"""What is shown of a number is more than its value: words of its format, lines through it, merged cells."""

from fractions import Fraction
from pathlib import Path

import pytest

from rehabplan.actuals.cells import figure_of
from rehabplan.actuals.formats.numberformats import number_format
from rehabplan.actuals.formats.values import as_drawn, formatted
from rehabplan.actuals.model import FigureKind
from rehabplan.actuals.sheet import Sheet, address
from rehabplan.actuals.workbook import open_workbook
from rehabplan.numbers import Amount, framed, readings
from tests.cases import ROOT
from tests.formats import ods_parts, opened, record, styles, wide, xlsb_parts, xlsx_parts, zipped

NUMBER, WORDS, NO_DATA = FigureKind.NUMBER, FigureKind.WORDS, FigureKind.NO_DATA


@pytest.mark.parametrize(
    ("code", "value", "kind", "low", "high", "unit"),
    [
        ('"≥ "#,##0', 664, NUMBER, 664, None, ""),
        ('"< "0', 664, NUMBER, None, 664, ""),
        ('"khoảng "0', 650, NUMBER, None, None, ""),
        ('0" trở lên"', 650, NUMBER, 650, None, ""),
        ('0" người"', 650, NUMBER, 650, 650, "người"),
        ("0 \\h\\ồ\\ \\s\\ơ", 650, NUMBER, 650, 650, "hồ sơ"),
        ("#,##0 [$₫-42A]", 650, NUMBER, 650, 650, "đồng"),
        ('0" nghìn"', 17, NUMBER, 17000, 17000, ""),
        ('#,##0," nghìn"', 17000, NUMBER, 17000, 17000, ""),
        ('"+"0;"-"0', 17, NUMBER, 17, 17, ""),
        ("0;(0)", -17, NUMBER, -17, -17, ""),
        ("0;[Red]-0", -17, NUMBER, -17, -17, ""),
        ("#,##0_);(#,##0)", 17, NUMBER, 17, 17, ""),
        ('_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-', 0, NUMBER, 0, 0, ""),
        ("#,##0;-#,##0;;@", 0, NUMBER, 0, 0, ""),
        ("0.00E+00", 650, NUMBER, 650, 650, ""),
        ("# ?/4", 3.25, NUMBER, Fraction("3.25"), Fraction("3.25"), ""),
        ("# ##0", 12135, NUMBER, 12135, 12135, ""),
        ('0"."000', 12135, NUMBER, 12135, 12135, ""),
        ("General", 650, NUMBER, 650, 650, ""),
        ('0;0;"chưa báo cáo"', 0, NO_DATA, None, None, ""),
        ('"chưa có số liệu"', 650, NO_DATA, None, None, ""),
        ('0"00"', 5, WORDS, None, None, ""),
        ('"1"0', 70, WORDS, None, None, ""),
        ('0"."', 5, NUMBER, 5, 5, ""),
        ("-0", 5, WORDS, None, None, ""),
        ('"("0")"', 5, WORDS, None, None, ""),
        ('0"0"0', 55, WORDS, None, None, ""),
        ("0-00", 650, WORDS, None, None, ""),
        ('0"."0', 55, WORDS, None, None, ""),
        ('0"."00', 1234, WORDS, None, None, ""),
        ("0\\ 0", 55, WORDS, None, None, ""),
        ("0*0", 5, WORDS, None, None, ""),
        ("0%%", 0.5, WORDS, None, None, ""),
        ('"không phải "0', 5, WORDS, None, None, ""),
    ],
)  # fmt: skip
def test_words_of_a_format_mean_what_they_mean_in_a_text(
    code: str,
    value: float,
    kind: FigureKind,
    low: Fraction | int | None,
    high: Fraction | int | None,
    unit: str,
) -> None:
    figure = figure_of(formatted(value, number_format(code).at(value)))
    assert figure.kind is kind
    if kind is NUMBER:
        (reading,) = figure.readings
        assert (reading.amount.low, reading.amount.high, reading.unit) == (low, high, unit)


def test_a_share_with_a_bound_in_its_format() -> None:
    section = number_format('"<"0.0%').at(0.85)
    (reading,) = figure_of(formatted(0.85, section)).readings
    assert reading.percent
    assert reading.amount == Amount(None, Fraction(85), high_open=True)


def test_a_whole_in_the_format_makes_a_pair() -> None:
    (reading,) = framed("", Fraction(570), "/579")
    assert reading.amount == Amount.exact(570)
    assert reading.over == 579


@pytest.mark.parametrize("code", [";;;", ";", '0;0;" ";""'])
def test_a_format_that_shows_nothing(code: str) -> None:
    shown = formatted(650, number_format(code).at(650))
    assert (shown is None) == (code != '0;0;" ";""')


@pytest.mark.parametrize(
    "text",
    ["12\n135", "12\r\n135", "12\t135", "12\u2028135", "12  135", "1\n700", "12\n135/15\n000", "170\n.5",
     "-\n5", "(12\n135)", "12\x0b135"],
)  # fmt: skip
def test_a_line_break_groups_no_digits(text: str) -> None:
    assert readings(text) == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [("12 135", 12135), ("12\u00a0135", 12135), ("12\u202f135", 12135), ("12\u2009135", 12135),
     ("1.700\nhồ sơ", 1700),
     ("\n1700\n", 1700), ("≥\n1700", None), ("  1700  ", 1700)],
)  # fmt: skip
def test_blanks_that_may_stand_in_a_figure(text: str, value: int | None) -> None:
    found = readings(text)
    assert found
    assert found[0].amount.value == value


@pytest.mark.parametrize(
    ("text", "agrees"),
    [("2.400/3.000 (80%)", True), ("2.400/3.000 = 80,05%", True), ("2.400/3.000 (79,9%)", True),
     ("2.400/3.000 (70%)", False), ("2.400/3.000 (79,8%)", False), ("1/3 (33,3%)", True),
     ("1/0 (0%)", False)],
)  # fmt: skip
def test_the_percentage_behind_a_pair_must_be_its_own(text: str, agrees: bool) -> None:
    assert bool(readings(text)) is agrees


def shown_cells(sheet: Sheet) -> dict[str, str]:
    return {address(*place): cell.text for place, cell in sheet.cells.items()}


DRAWN = {
    "A1": "~~900~~", "A3": "257^1", "A4": "~~15~~16", "A5": "H_2O",
    "B1": "≥ 664", "B2": "<85%", "B5": "chưa có số liệu", "B6": "chưa báo cáo", "B7": "0", "B8": "-650",
    "B10": "1500", "B11": "Năm 2024", "C1": "che",
}  # fmt: skip


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_the_same_workbook_in_three_formats(ending: str) -> None:
    """Made with openpyxl, saved as the other two by LibreOffice."""
    book = open_workbook(ROOT / "tests" / "data" / "shown" / f"drawn.{ending}")
    found = shown_cells(book.sheets[0])
    assert {place: text for place, text in found.items() if place in DRAWN} == DRAWN
    if ending != "ods":  # LibreOffice writes no text for what ;;; hides
        assert "B9" not in found
    figures = {place: figure_of(book.sheets[0].cells[place]).kind for place in ((1, 1), (3, 1), (4, 1))}
    assert set(figures.values()) == {WORDS}
    codes = {one.code.number: one.where.cell for one in book.problems if one.where}
    assert codes["RP314"] == "B10"
    assert codes.get("RP563") == (None if ending == "ods" else "B9")


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_words_that_are_struck_out_are_not_there(ending: str) -> None:
    book = open_workbook(ROOT / "tests" / "data" / "shown" / f"drawn.{ending}")
    assert (2, 1) not in book.sheets[0].cells
    assert [str(one.where)[-2:] for one in book.problems if one.code.number == "RP565"] == ["A2"]


@pytest.mark.parametrize(
    ("runs", "left", "told"),
    [
        ("Báo cáo |~6 tháng| 9 tháng", "Báo cáo  9 tháng", True),
        ("~Thực hiện", None, True),
        ("Hồ sơ|^1", "Hồ sơ", False),
        ("Hồ sơ |^(1)", "Hồ sơ", False),
        ("Xã An Bình|^*", "Xã An Bình", False),
        ("Đường dài 5 km|^2", "Đường dài 5 km^2", False),
        ("257|^1", "257^1", False),
        ("257 hồ sơ|^1", "257 hồ sơ", False),
        ("~15|16 hồ sơ", "~~15~~16 hồ sơ", False),
    ],
)
def test_words_with_struck_and_raised_parts(runs: str, left: str | None, told: bool, tmp_path: Path) -> None:
    fonts = {"~": "<strike/>", "^": '<vertAlign val="superscript"/>'}
    written = "".join(
        f'<r><rPr>{fonts.get(run[0], "<b/>")}</rPr><t xml:space="preserve">{run.lstrip("~^")}</t></r>'
        for run in runs.split("|")
    )
    rows = f'<row r="1"><c r="A1" t="inlineStr"><is>{written}</is></c></row>'
    book = opened(zipped(xlsx_parts(rows)), tmp_path)
    assert shown_cells(book.sheets[0]).get("A1") == left
    assert [one.code.number for one in book.problems] == ["RP565"] * told


@pytest.mark.parametrize(
    ("code", "shown"),
    [("@", "650"), ("General", "650"), (";;;", None), ('0;0;0;"chưa có"', "chưa có"), ('0;0;0;"≥ "@', "≥ 650"),
     ('@"0"', "6500"), ("0", "650"), ("0;0;0;@", "650")],
)  # fmt: skip
def test_texts_are_shown_by_the_fourth_part_of_a_format(code: str, shown: str | None, tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" s="1" t="inlineStr"><is><t>650</t></is></c></row>'
    parts = xlsx_parts(rows, styles=styles(code.replace('"', "&quot;")))
    assert shown_cells(opened(zipped(parts), tmp_path).sheets[0]).get("A1") == shown


@pytest.mark.parametrize(
    ("value", "text", "kind"),
    [
        ("5", "500", WORDS), ("7", "17", WORDS), ("5", "-5", WORDS), ("234", "1,234", WORDS), ("5", "5.5", WORDS),
        ("5", "5 đến 9", WORDS), ("55", "5-5", WORDS), ("570", "570/579", NUMBER), ("1234.4", "1.234", NUMBER),
        ("1234.4", "1,234", NUMBER), ("1234.4", "1 234,4", NUMBER), ("-650", "(650)", NUMBER), ("650", "(650)", WORDS),
        ("-650", "-650", NUMBER), ("650", "6,5E+02", NUMBER), ("3.25", "3 1/4", NUMBER), ("1500", "2", NUMBER),
        ("0", "-", NUMBER), ("650", "", NUMBER), ("650", "650 hồ sơ", NUMBER), ("650", "chưa có số liệu", NO_DATA),
    ],
)  # fmt: skip
def test_what_ods_shows_of_a_number(value: str, text: str, kind: FigureKind, tmp_path: Path) -> None:
    cell = f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{text}</text:p>'
    row = f"<table:table-row>{cell}</table:table-cell></table:table-row>"
    book = opened(zipped(ods_parts(row)), tmp_path, "report.ods")
    assert figure_of(book.sheets[0].cells[1, 1]).kind is kind


def test_fonts_of_xlsb(tmp_path: Path) -> None:
    def cell(number: int, column: int, content: bytes, style: int = 0) -> bytes:
        return record(number, bytes([column, 0, 0, 0, style, 0, 0, 0]) + content)

    rich = b"\x01" + wide("2571") + bytes([1, 0, 0, 0, 3, 0, 1, 0])  # from the fourth letter on in font 1
    row = record(0, bytes(4) + bytes(4) + bytes([44, 1]) + bytes(7))
    raised = bytes([220, 0, 0, 0, 144, 1, 1, 0]) + bytes(13) + wide("Arial")
    parts = xlsb_parts(row + cell(62, 0, rich), [])
    part = next(name for name in parts if name.endswith("styles.bin"))
    styles_part = parts[part]
    assert isinstance(styles_part, bytes)
    plain = bytes([220, 0, 0, 0, 144, 1, 0, 0]) + bytes(13) + wide("Arial")
    parts[part] = record(43, plain) + record(43, raised) + styles_part
    book = opened(zipped(parts), tmp_path, "report.xlsb")
    assert shown_cells(book.sheets[0]) == {"A1": "257^1"}


@pytest.mark.parametrize(
    ("text", "struck", "script", "drawn"),
    [("15", True, "", "~~15~~"), (" 15 ", True, "", " ~~15~~ "), ("1", False, "^", "^1"),
     (" ", True, "^", " "),
     ("1", True, "^", "~~^1~~"), ("x", False, "", "x")],
)  # fmt: skip
def test_signs_for_what_fonts_say(text: str, struck: bool, script: str, drawn: str) -> None:
    assert as_drawn(text, struck=struck, script=script) == drawn


@pytest.mark.parametrize(
    ("ranges", "left"),
    [
        (["A1:B1"], {"A1", "A2", "B2"}),
        (["A1:A2"], {"A1", "B1", "B2"}),
        (["A1:B2"], {"A1"}),
        (["A1:XFD1048576"], {"A1"}),
        (["A1:B1", "A1:A2"], {"A1", "B2"}),
        (["C1:D9"], {"A1", "A2", "B1", "B2"}),
    ],
)
def test_nobody_sees_what_lies_under_a_merged_cell(ranges: list[str], left: set[str], tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{row}"><c r="A{row}"><v>1</v></c><c r="B{row}"><v>2</v></c></row>' for row in (1, 2)
    )
    merged = "".join(f'<mergeCell ref="{one}"/>' for one in ranges)
    parts = xlsx_parts(rows, after=f"<mergeCells>{merged}</mergeCells>", styles=styles())
    book = opened(zipped(parts), tmp_path)
    assert set(shown_cells(book.sheets[0])) == left
    assert [one.code.number for one in book.problems] == ["RP563"] * (len(left) < 4)


@pytest.mark.parametrize(
    ("attribute", "hidden"),
    [
        ('ht="0.1"', True),
        ('ht="0.7"', True),
        ('ht="0.75"', False),
        ('hidden=" 1 "', True),
        ('hidden="0"', False),
    ],
)
def test_rows_too_low_to_be_seen(attribute: str, hidden: bool, tmp_path: Path) -> None:
    parts = xlsx_parts(f'<row r="1" {attribute}><c r="A1"><v>1</v></c></row>')
    assert opened(zipped(parts), tmp_path).sheets[0].hidden_rows == ({1} if hidden else set())


HEAD = "Chỉ tiêu,Kết quả 9 tháng,Ghi chú\n"


@pytest.mark.parametrize(
    ("text", "cut", "left"),
    [
        (HEAD + "Hồ sơ,1,700,\nNgười cai,12,\n", ["A2"], {"A1", "B1", "C1", "A3", "B3"}),
        (HEAD + 'Hồ sơ,"1,700",\nTỷ lệ,80,5%,\n', ["A3"], {"A1", "B1", "C1", "A2", "B2"}),
        ("Báo cáo, quý III\n\n" + HEAD + "Hồ sơ,1,700,\n", ["A4"], {"A1", "B1", "A3", "B3", "C3"}),
        (HEAD + "Hồ sơ,1,700\n", ["A2"], {"A1", "B1", "C1"}),
        (HEAD + "Hồ sơ,1,70\n", [], {"A1", "B1", "C1", "A2", "B2", "C2"}),
        ("TT,Nội dung,2023,2024\n1,Hồ sơ,900,1,200\n", ["A2"], {"A1", "B1", "C1", "D1"}),
        (
            "Báo cáo, 9 tháng, năm 2024, của, quận\n" + HEAD + "Hồ sơ,1,700,\n",
            ["A3"],
            {"A1", "B1", "C1", "D1", "E1", "A2", "B2", "C2"},
        ),
        (
            HEAD + "Hồ sơ,12,\nII,Công tác, cai nghiện, khác\nTỷ lệ,1,700,\n",
            ["A4"],
            {"A1", "B1", "C1", "A2", "B2", "A3", "B3", "C3", "D3"},
        ),
        (
            HEAD + "Hồ sơ,1200,,\nTỷ lệ,1200,đã xong,x\n",
            [],
            {"A1", "B1", "C1", "A2", "B2", "A3", "B3", "C3", "D3"},
        ),
        (HEAD + "Hồ sơ,12,x\n", [], {"A1", "B1", "C1", "A2", "B2", "C2"}),
        (
            HEAD + "Nhóm,a,b,c,d\nHồ sơ,12,\n",
            [],
            {"A1", "B1", "C1", "A2", "B2", "C2", "D2", "E2", "A3", "B3"},
        ),
        (HEAD.replace(",", ";") + "Hồ sơ;1,700;\n", [], {"A1", "B1", "C1", "A2", "B2"}),
        ("Chỉ tiêu,KH,TH,\nHồ sơ,1700,1,021\n", ["A2"], {"A1", "B1", "C1"}),
        ("Chỉ tiêu,KH,TH,,,\nHồ sơ,1,700,1,021,\n", ["A2"], {"A1", "B1", "C1"}),
        ("Chỉ tiêu,KH,TH,,\nHồ sơ,1,700,1021\n", ["A2"], {"A1", "B1", "C1"}),
        ("Chỉ tiêu,KH,,TH\nHồ sơ,1,700,1021\n", ["A2"], {"A1", "B1", "D1"}),
        ("Chỉ tiêu,KH,TH,\nHồ sơ,120,350,\n", [], {"A1", "B1", "C1", "A2", "B2", "C2"}),
        ("Chỉ tiêu,KH,TH,\nHồ sơ,1700,1021,60\n", [], {"A1", "B1", "C1", "A2", "B2", "C2", "D2"}),
        ("Chỉ tiêu,KH,TH,Tỷ lệ\nHồ sơ,1,700,1021\n", ["A2"], {"A1", "B1", "C1", "D1"}),
        ("Chỉ tiêu,KH,TH,Tỷ lệ\nHồ sơ,120,350,292\n", [], {"A1", "B1", "C1", "D1", "A2", "B2", "C2", "D2"}),
        ("Chỉ tiêu,KH,TH,Tỷ lệ\nHồ sơ,12,50%,123\n", [], {"A1", "B1", "C1", "D1", "A2", "B2", "C2", "D2"}),
        ("Chỉ tiêu,KH,TH,Tỷ lệ\nHồ sơ,700,350,50\n", [], {"A1", "B1", "C1", "D1", "A2", "B2", "C2", "D2"}),
    ],
)
def test_rows_of_csv_whose_figures_a_comma_cut(
    text: str, cut: list[str], left: set[str], tmp_path: Path
) -> None:
    file = tmp_path / "report.csv"
    file.write_text(text, "utf-8")
    book = open_workbook(file)
    cut_rows = [one.where for one in book.problems if one.code.number == "RP564"]
    assert [where.cell for where in cut_rows if where] == cut
    assert set(shown_cells(book.sheets[0])) == left


@pytest.mark.parametrize(
    ("text", "doubted"),
    [
        (HEAD + "Hồ sơ,,102", "C2"),
        (HEAD + "Hồ sơ,,102\n", None),
        (HEAD + 'Hồ sơ,,"1,021"', None),
        (HEAD + "Hồ sơ,,60%", None),
        (HEAD + "Hồ sơ,,năm 2024", None),
        (HEAD + "Hồ sơ,102,", None),
        (HEAD.replace(",", ";") + "Hồ sơ;;1,", "C2"),
        ("102", None),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_figure_that_no_line_end_follows(
    text: str, doubted: str | None, encoding: str, tmp_path: Path
) -> None:
    file = tmp_path / "report.csv"
    file.write_text(text, encoding)
    told = [
        one.where.cell for one in open_workbook(file).problems if one.where and one.code.number == "RP566"
    ]
    assert told == [doubted] * (doubted is not None)
