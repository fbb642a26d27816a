"""The door to workbooks: every format, every trap that was met, and files that are out to hurt."""

import shutil
import struct
import subprocess
from datetime import date, datetime
from datetime import time as clock
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import Workbook as OpenpyxlWorkbook
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from rehabplan.actuals.formats.numberformats import BUILT_IN, Shown, number_format
from rehabplan.actuals.sheet import CellKind
from rehabplan.actuals.workbook import open_workbook
from tests.formats import (
    FLOAT,
    FORMATS,
    TCVN3,
    UNICODE,
    VNI,
    code_of,
    ods_parts,
    opened,
    record,
    seen,
    styles,
    wide,
    xlsb_parts,
    xlsx_parts,
    zipped,
)

HERE = Path(__file__).parent
SOFFICE = shutil.which("soffice")


# ── number formats ────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("", 1, Shown.NUMBER),
        ("General", 1, Shown.NUMBER),
        ("0.00", 1, Shown.NUMBER),
        ("#,##0", 1, Shown.NUMBER),
        ("[Red]0", 1, Shown.NUMBER),
        ('"ngày" 0', 1, Shown.NUMBER),
        ('0 "ngày"', 1, Shown.NUMBER),
        (r"0\d", 1, Shown.NUMBER),
        ("0.00E+00", 1, Shown.NUMBER),
        ("# ?/?", 1, Shown.NUMBER),
        ("_(* #,##0_);_(* (#,##0)", 1, Shown.NUMBER),
        ("#,##0 [$₫-42A]", 1, Shown.NUMBER),
        (";;;", 1, Shown.NUMBER),
        ("@", 1, Shown.NUMBER),
        ("0_%", 1, Shown.NUMBER),
        ("0.0%", 1, Shown.PERCENT),
        ("0.0 %", 1, Shown.PERCENT),
        ("[Green]0%;[Red]-0%", -1, Shown.PERCENT),
        ("0;0%", 1, Shown.NUMBER),
        ("0;0%", -1, Shown.PERCENT),
        ("0%;0%;0", 0, Shown.NUMBER),
        ("0%;0", 0, Shown.PERCENT),
        ("[>1]0;0%", 80, Shown.NUMBER),
        ("[>1]0;0%", 0.8, Shown.PERCENT),
        ("[<=1]0%;[<=100]0;0", 0.8, Shown.PERCENT),
        ("[<=1]0%;[<=100]0;0", 80, Shown.NUMBER),
        ('0"%"', 1, Shown.PERCENT_SIGN),
        (r"0.00\%", 1, Shown.PERCENT_SIGN),
        ("dd/mm/yyyy", 1, Shown.DATE),
        ("yyyy\\-mm\\-dd;@", 1, Shown.DATE),
        ('"ngày" d "tháng" m', 1, Shown.DATE),
        ("[$-F800]dddd, mmmm dd, yyyy", 1, Shown.DATE),
        ("mm:ss.0", 1, Shown.DATE),
        ("h:mm AM/PM", 1, Shown.DATE),
        ("[h]:mm", 1, Shown.ELAPSED),
        ("[mm]:ss", 1, Shown.ELAPSED),
        *((BUILT_IN[number], 1, Shown.DATE) for number in (14, 17, 18, 22, 27, 36, 45, 47, 50, 58)),
        (BUILT_IN[46], 1, Shown.ELAPSED),
        *((BUILT_IN[number], 1, Shown.PERCENT) for number in (9, 10)),
        *((BUILT_IN[number], 1, Shown.NUMBER) for number in (1, 4, 11, 48)),
    ],
)
def test_what_a_number_format_shows(code: str, value: float, shown: Shown) -> None:
    assert number_format(code).at(value).shown is shown


@pytest.mark.parametrize(
    ("code", "scaled"),
    [("#,##0", False),
     ("#,##0,", True), ("0.0,,", True), ("#,##0,.00", True), ('0,"k"', True), ("0,000", False),
     ('0", "', False), ("dd, mm", False)],
)  # fmt: skip
def test_formats_that_show_thousands(code: str, scaled: bool) -> None:
    assert number_format(code).at(5000).scaled is scaled


# ── xlsx: each trap with what Excel shows ─────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("rows", "cells"),
    [
        ('<row r="1"><c r="A1"><v>664</v></c></row>', {"A1": ("number", "664")}),
        ('<row r="2"><c r="B2"><v>0.7999999999999999</v></c></row>', {"B2": ("number", "0.8")}),
        ('<row r="1"><c r="A1"><v>1234567890123456789</v></c></row>',
         {"A1": ("number", "1234567890123456789")}),
        ('<row r="1"><c r="A1"><v>1.5E3</v></c></row>', {"A1": ("number", "1500")}),
        ('<row r="1"><c r="A1"><v>-0</v></c></row>', {"A1": ("number", "0")}),
        ('<row r="1"><c r="A1" s="1"><v>0.805</v></c></row>', {"A1": ("percent", "80.5%")}),
        ('<row r="1"><c r="A1" s="2"><v>80.5</v></c></row>', {"A1": ("percent", "80.5%")}),
        ('<row r="1"><c r="A1" s="3"><v>45448</v></c></row>', {"A1": ("date", "2024-06-05")}),
        ('<row r="1"><c r="A1" s="7"><v>45448.5</v></c></row>', {"A1": ("date", "2024-06-05 12:00:00")}),
        ('<row r="1"><c r="A1" s="8"><v>0.354166666666667</v></c></row>', {"A1": ("date", "08:30:00")}),
        ('<row r="1"><c r="A1" s="3"><v>59</v></c></row>', {"A1": ("date", "1900-02-28")}),
        ('<row r="1"><c r="A1" s="3"><v>60</v></c></row>', {"A1": ("date", "1900-02-29")}),
        ('<row r="1"><c r="A1" s="3"><v>-5</v></c></row>', {"A1": ("date", "-5")}),
        ('<row r="1"><c r="A1" s="4"><v>1.5</v></c></row>', {"A1": ("date", "36:00:00")}),
        ('<row r="1"><c r="A1" s="5"><v>7</v></c></row>', {}),
        ('<row r="1"><c r="A1" s="6"><v>0.5</v></c><c r="B1" s="6"><v>50</v></c></row>',
         {"A1": ("percent", "50%"), "B1": ("number", "50")}),
        ('<row><c><v>1</v></c><c><v>2</v></c></row><row><c r="C2"><v>3</v></c><c><v>4</v></c></row>',
         {"A1": ("number", "1"), "B1": ("number", "2"), "C2": ("number", "3"), "D2": ("number", "4")}),
        ('<row r="9"><c r="A9"><v>9</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>',
         {"A9": ("number", "9"), "A2": ("number", "2")}),
        ('<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c></row>',
         {"A1": ("truth", "TRUE"), "B1": ("truth", "FALSE")}),
        ('<row r="1"><c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>', {"A1": ("error", "#DIV/0!")}),
        ('<row r="1"><c r="A1" t="d"><v>2024-06-05T00:00:00Z</v></c></row>', {"A1": ("date", "2024-06-05")}),
        ('<row r="1"><c r="A1" t="str"><f>A2</f><v>x_x000D_y</v></c></row>', {"A1": ("text", "x\ry")}),
        ('<row r="1"><c r="A1" t="str"><f>A2</f><v></v></c></row>', {}),
        ('<row r="1"><c r="A1"><f>SUM(B1:B2)</f></c></row>', {"A1": ("not computed", "=SUM(B1:B2)")}),
        ('<row r="1"><c r="A1"><f>1+1</f><v/></c></row>', {"A1": ("not computed", "=1+1")}),
        ('<row r="1"><c r="A1"><f t="shared" si="0"/></c></row>', {"A1": ("not computed", "=…")}),
        ('<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>', {"A1": ("number", "2")}),
        ('<row r="1"><c r="A1" t="inlineStr"><is><r><t>Đến </t></r><r><t>nay</t></r></is></c></row>',
         {"A1": ("text", "Đến nay")}),
        ('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>',
         {"A1": ("text", " Xã Đông Hội "), "B1": ("text", "Phường 1")}),
        ('<row r="1"><c r="A1" t="s"><v>2</v></c></row>', {"A1": ("text", "_x0041_")}),
        ('<row r="1"><c r="A1" t="s"><v>3</v></c></row>', {}),
        ('<row r="1"><c r="A1" t="inlineStr"><is><t>a_x001B_b_xD800_c</t></is></c></row>',
         {"A1": ("text", "a\ufffdb\ufffdc")}),
        ('<row r="1"><c r="A1" s="3"/></row>', {}),
        ('<row r="1"><c r="A1"><v>1</v><extLst><ext><f xmlns="urn:other">9</f></ext></extLst></c></row>',
         {"A1": ("number", "1")}),
    ],
)  # fmt: skip
def test_cells_of_xlsx(rows: str, cells: dict[str, tuple[str, str]], tmp_path: Path) -> None:
    strings = (
        '<si><t xml:space="preserve"> Xã Đông Hội </t></si>'
        '<si><r><t>Phường</t></r><r><t xml:space="preserve"> 1</t></r><rPh><t>phonetic</t></rPh></si>'
        "<si><t>_x005F_x0041_</t></si><si><t> </t></si>"
    )
    parts = xlsx_parts(rows, strings=strings, styles=FORMATS)
    assert seen(opened(zipped(parts), tmp_path)) == cells


def test_values_of_xlsx_are_exact(tmp_path: Path) -> None:
    percent = '<c r="A1" s="1"><v>0.80500000000000005</v></c>'
    rows = f'<row r="1">{percent}<c r="B1"><v>1234567890123456789</v></c></row>'
    cells = opened(zipped(xlsx_parts(rows, styles=FORMATS)), tmp_path).sheets[0].cells
    assert (cells[1, 1].value, cells[1, 2].value) == (Fraction("80.5"), Fraction(1234567890123456789))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml"),
        ("worksheets/sheet1.xml", "../xl/worksheets/sheet1.xml"),
        ("worksheets/sheet1.xml", "Worksheets/Sheet1.xml"),
    ],
)
def test_targets_of_relations(old: str, new: str, tmp_path: Path) -> None:
    parts = xlsx_parts('<row r="1"><c r="A1"><v>1</v></c></row>')
    relations = "xl/_rels/workbook.xml.rels"
    parts[relations] = str(parts[relations]).replace(old, new)
    assert seen(opened(zipped(parts), tmp_path)) == {"A1": ("number", "1")}


def test_strict_form_prefixes_and_utf_16(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    strict = xlsx_parts(
        rows, strings="<si><t>Đạt</t></si>", main="http://purl.oclc.org/ooxml/spreadsheetml/main"
    )
    for name, content in strict.items():
        strict[name] = str(content).replace(
            "http://schemas.openxmlformats.org/officeDocument/2006",
            "http://purl.oclc.org/ooxml/officeDocument",
        )
    assert seen(opened(zipped(strict), tmp_path)) == {"A1": ("text", "Đạt")}

    parts = xlsx_parts(rows, strings="<si><t>Đạt</t></si>")
    sheet = str(parts["xl/worksheets/sheet1.xml"]).replace("<", "<x:").replace("<x:/", "</x:")
    parts["xl/worksheets/sheet1.xml"] = sheet.replace("xmlns=", "xmlns:x=").encode("utf-16")
    assert seen(opened(zipped(parts), tmp_path)) == {"A1": ("text", "Đạt")}


def test_hidden_merged_and_other_sheets(tmp_path: Path) -> None:
    parts = xlsx_parts(
        '<row r="1" hidden="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="2" ht="0"/>',
        before='<cols><col min="2" max="3" hidden="1"/><col min="5" max="5" width="0"/></cols>',
        after='<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="C1:XFD1048576"/></mergeCells>',
    )
    parts["xl/workbook.xml"] = (
        str(parts["xl/workbook.xml"])
        .replace("<sheets>", '<workbookPr date1904="1"/><sheets><sheet name="Chart" r:id="r9"/>')
        .replace('name="S"', 'name="S" state="veryHidden"')
    )
    relations = "xl/_rels/workbook.xml.rels"
    chart = '<Relationship Id="r9" Type="http://x/chartsheet" Target="chart.xml"/></Relationships>'
    parts[relations] = str(parts[relations]).replace("</Relationships>", chart)
    book = opened(zipped(parts), tmp_path)
    (sheet,) = book.sheets
    assert (sheet.name, sheet.hidden, sheet.hidden_rows, sheet.hidden_columns) == (
        "S",
        True,
        {1, 2},
        {2, 3, 5},
    )
    assert sheet.merged == [(1, 1, 2, 2), (1, 3, 1048576, 16384)]
    assert seen(book) == {"A1": ("number", "1")}
    assert [(one.code.number, str(one.where)[-2:]) for one in book.problems] == [
        ("RP563", "B1")
    ]  # under A1:B2


def test_days_counted_from_1904(tmp_path: Path) -> None:
    parts = xlsx_parts(
        '<row r="1"><c r="A1" s="3"><v>0</v></c><c r="B1" s="3"><v>43986</v></c></row>', styles=FORMATS
    )
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace(
        "<sheets>", '<workbookPr date1904="1"/><sheets>'
    )
    assert seen(opened(zipped(parts), tmp_path))["B1"] == ("date", "2024-06-05")


def test_formats_that_show_thousands_are_named(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="1"><v>{n}500</v></c></row>' for n in range(1, 8))
    book = opened(zipped(xlsx_parts(rows, styles=styles("#,##0,"))), tmp_path)
    assert book.sheets[0].cells[1, 1].value == 1500
    (found,) = book.problems
    assert found.code.number == "RP314"
    assert "A1, A2, A3, A4, A5, …" in found.message
    assert found.where is not None
    assert (found.where.sheet, found.where.cell) == ("S", "A1")


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ('<row r="1"><c r="A1" t="s"><v>7</v></c></row>', "RP304"),
        ('<row r="1"><c r="A1" t="s"><v>x</v></c></row>', "RP304"),
        ('<row r="1"><c r="A1" s="99"><v>1</v></c></row>', "RP304"),
        ('<row r="1"><c r="A1"><v>1,5</v></c></row>', "RP304"),
        ('<row r="1"><c r="A1"><v>1e999</v></c></row>', "RP304"),
        (f'<row r="1"><c r="A1"><v>{"9" * 5000}</v></c></row>', "RP304"),
        ('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>', "RP304"),
        ('<row r="1"><c r="XFE1"><v>1</v></c></row>', "RP304"),
        ('<row r="1048577"><c><v>1</v></c></row>', "RP304"),
        ('<row r="1"><c r="1A"><v>1</v></c></row>', "RP304"),
        ('<row r="1"><c r="A1"><v>1</v></c>', "RP304"),
    ],
)
def test_damaged_xlsx(rows: str, code: str, tmp_path: Path) -> None:
    assert code_of(zipped(xlsx_parts(rows)), tmp_path) == code


def test_missing_parts_of_xlsx(tmp_path: Path) -> None:
    parts = xlsx_parts()
    for name in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"):
        assert code_of(zipped({key: part for key, part in parts.items() if key != name}), tmp_path) == "RP304"


# ── xls, ods, xlsx and csv by LibreOffice ─────────────────────────────────────────────────────────
def written(path: Path) -> None:
    """Write a workbook with a cell of each kind."""
    book = OpenpyxlWorkbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Biểu 1"
    rows: list[list[object]] = [
        ["STT", "Nội dung", "Thực hiện"],
        ["01", "Xã Đông Hội\ndòng hai", 1700],
        ["0012", "  Phường 1", 0.7999999999999999],
        [True, date(2024, 6, 5), datetime(2024, 6, 5, 8, 30)],  # noqa: DTZ001 - spreadsheets know no time zones
        [0.805, 80.5, 1234567],
        [clock(8, 30), 1.5, "=C2+1"],
        ["=1/0", "1.700,5", -5],
        [None, "=A1", '=B99&""'],
    ]  # fmt: skip
    for row in rows:
        sheet.append(row)
    sheet["A5"].number_format, sheet["B5"].number_format, sheet["C5"].number_format = (
        "0.0%",
        '0.0"%"',
        "#,##0,",
    )
    sheet["B6"].number_format = "[h]:mm:ss"
    sheet.merge_cells("E1:F2")
    sheet.row_dimensions[7].hidden = True
    sheet.column_dimensions["C"].hidden = True
    hidden = book.create_sheet("Ẩn")
    hidden.sheet_state = "hidden"
    hidden["A1"] = 1
    book.save(path)


EXPECTED = {
    "A1": ("text", "STT"), "B1": ("text", "Nội dung"), "C1": ("text", "Thực hiện"),
    "A2": ("text", "01"), "B2": ("text", "Xã Đông Hội\ndòng hai"), "C2": ("number", "1700"),
    "A3": ("text", "0012"), "B3": ("text", "  Phường 1"), "C3": ("number", "0.8"),
    "A4": ("truth", "TRUE"), "B4": ("date", "2024-06-05"), "C4": ("date", "2024-06-05 08:30:00"),
    "A5": ("percent", "80.5%"), "B5": ("percent", "80.5%"), "C5": ("number", "1234567"),
    "A6": ("date", "08:30:00"), "B6": ("date", "36:00:00"), "C6": ("number", "1701"),
    "A7": ("error", "#DIV/0!"), "B7": ("text", "1.700,5"), "C7": ("number", "-5"),
    "B8": ("text", "STT"),
}  # fmt: skip


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
def test_one_workbook_in_all_formats(tmp_path: Path) -> None:
    written(tmp_path / "report.xlsx")
    (tmp_path / "again").mkdir()
    for kind in ("xlsx", "xls", "ods", "csv:Text - txt - csv (StarCalc):59,34,76"):
        command = [
            str(SOFFICE), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
            "--convert-to", kind, "--outdir", str(tmp_path / "again"), str(tmp_path / "report.xlsx"),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603 - our own words
    for kind in ("xlsx", "xls", "ods"):
        book = open_workbook(tmp_path / "again" / f"report.{kind}")
        assert seen(book) == EXPECTED, kind
        first, second = book.sheets
        assert (book.kind, first.name, second.name, second.hidden) == (kind, "Biểu 1", "Ẩn", True)
        assert first.merged == [(1, 5, 2, 6)]
        assert (first.hidden_rows, first.hidden_columns) == ({7}, {3})
        assert [found.code.number for found in book.problems] == ["RP314"], kind
    table = seen(open_workbook(tmp_path / "again" / "report.csv"))
    assert {kind for kind, _text in table.values()} == {"text"}
    assert table["A3"] == ("text", "0012")
    assert table["A5"] == ("text", "80.5%")
    assert table["B7"] == ("text", "1.700,5")


def test_xls(tmp_path: Path) -> None:
    """The same workbook and a line in .VnTimeH, as LibreOffice saved it."""
    book = open_workbook(HERE / "data" / "xls" / "small.xls")
    assert seen(book) == {**EXPECTED, "A9": ("text", UNICODE.upper())}
    first, second = book.sheets
    assert (book.kind, first.merged, first.hidden_rows, first.hidden_columns) == (
        "xls",
        [(1, 5, 2, 6)],
        {7},
        {3},
    )
    assert second.hidden
    assert [found.code.number for found in book.problems] == ["RP313", "RP314"]
    content = (HERE / "data" / "xls" / "small.xls").read_bytes()
    assert code_of(content[:4000], tmp_path, "report.xls") == "RP304"


# ── xlsb ──────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("name", ["base", "any_sheets"])
def test_xlsb_of_excel_says_what_openpyxl_reads_in_its_twin(name: str) -> None:
    folder = HERE / "data" / "xlsb"
    book = open_workbook(folder / f"{name}.xlsb")
    twin = load_workbook(folder / f"{name}.xlsx", data_only=True)
    assert [sheet.name for sheet in book.sheets] == [sheet.title for sheet in twin.worksheets]
    compared = 0
    for sheet, other in zip(book.sheets, twin.worksheets, strict=True):
        assert sheet.hidden == (other.sheet_state != "visible")
        assert sorted(sheet.merged) == sorted(
            (found.min_row, found.min_col, found.max_row, found.max_col)
            for found in other.merged_cells.ranges
        )
        for row in other.iter_rows():
            for cell in row:
                found = sheet.cells.get((cell.row or 0, cell.column or 0))
                match cell.value:
                    case None:
                        assert found is None
                    case bool() as value:
                        assert found is not None
                        assert (found.kind, found.text) == (CellKind.TRUTH, str(value).upper())
                    case int() | float() as number:
                        assert found is not None
                        assert found.value == Fraction(str(number))
                    case datetime() as at:
                        assert found is not None
                        assert found.text == at.isoformat(" ").removesuffix(" 00:00:00")
                    case str() as text:
                        assert found is not None
                        assert found.text == text
                    case _:  # times, which openpyxl gives in several types
                        assert found is not None
                        assert found.kind is CellKind.DATE
                compared += found is not None
    assert compared >= 7


def test_records_of_xlsb(tmp_path: Path) -> None:
    def cell(number: int, column: int, payload: bytes, style: int = 0) -> bytes:
        return record(number, struct.pack("<II", column, style) + payload)

    def row(number: int, flags: int = 0, height: int = 300) -> bytes:
        return record(0, struct.pack("<IIHBBBI", number, 0, height, 0, flags, 0, 0))

    formula = struct.pack("<HII", 0, 0, 0)
    sheet = b"".join([
        record(60, struct.pack("<IIIIH", 1, 2, 2560, 0, 1)),
        row(0),
        cell(2, 0, struct.pack("<I", 664 << 2 | 2)),  # a whole number
        cell(2, 1, struct.pack("<I", (8050 << 2 | 3) & 0xFFFFFFFF)),  # by 100
        cell(2, 2, struct.pack("<I", (-5 << 2 | 2) & 0xFFFFFFFF)),
        cell(5, 3, struct.pack("<d", 0.805), style=1),
        cell(5, 4, struct.pack("<d", 45448), style=2),
        cell(7, 5, struct.pack("<I", 0)),
        row(4, flags=0x10),
        cell(6, 0, wide("Đạt")),
        record(16, struct.pack("<Id", 0, 1.5)),  # the next column, which it does not repeat
        cell(3, 2, b"\x07"),
        cell(4, 3, b"\x01"),
        cell(8, 4, wide("chữ") + formula),
        cell(9, 5, struct.pack("<d", 2) + formula),
        cell(10, 6, b"\0" + formula),
        cell(11, 7, b"\x2a" + formula),
        cell(62, 8, b"\x01" + wide("hai dòng") + struct.pack("<IHH", 1, 3, 0)),
        record(176, struct.pack("<IIII", 0, 1, 8, 9)),
    ])  # fmt: skip
    book = opened(zipped(xlsb_parts(sheet, ["0.0%", "dd/mm/yyyy"])), tmp_path, "report.xlsb")
    assert book.kind == "xlsb"
    assert seen(book) == {
        "A1": ("number", "664"), "B1": ("number", "80.5"), "C1": ("number", "-5"), "D1": ("percent", "80.5%"),
        "E1": ("date", "2024-06-05"), "F1": ("text", "Xã Đông Hội"), "A5": ("text", "Đạt"),
        "B5": ("number", "1.5"),
        "C5": ("error", "#DIV/0!"), "D5": ("truth", "TRUE"), "E5": ("text", "chữ"), "F5": ("number", "2"),
        "G5": ("truth", "FALSE"), "H5": ("error", "#N/A"), "I5": ("text", "hai dòng"),
    }  # fmt: skip
    found = book.sheets[0]
    assert (found.merged, found.hidden_rows, found.hidden_columns) == ([(1, 9, 2, 10)], {5}, {2, 3})


# ── ods ───────────────────────────────────────────────────────────────────────────────────────────
PARAGRAPHS = (
    "<office:annotation><text:p>note</text:p></office:annotation>"
    '<text:p>một<text:s text:c="2"/>hai<text:line-break/>ba</text:p>'
    "<text:p> b<text:span>ốn</text:span></text:p></table:table-cell>"
)
STRING = '<table:table-cell office:value-type="string">'


ERROR = f'{STRING[:-1]} table:formula="of:=1/0" calcext:value-type="error">'


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        (f'<table:table-cell {FLOAT}"1700"/>', {"A1": ("number", "1700")}),
        (f'<table:table-cell table:number-columns-repeated="3"/><table:table-cell {FLOAT}"2"/>',
         {"D1": ("number", "2")}),
        (f'<table:table-cell table:number-columns-repeated="2" {FLOAT}"2"/>',
         {"A1": ("number", "2"), "B1": ("number", "2")}),
        ('<table:table-cell office:value-type="percentage" office:value="0.805"/>',
         {"A1": ("percent", "80.5%")}),
        (f'<table:table-cell {FLOAT}"80.5"><text:p>80,5%</text:p></table:table-cell>',
         {"A1": ("percent", "80.5%")}),
        ('<table:table-cell office:value-type="currency" office:value="5"/>', {"A1": ("number", "5")}),
        ('<table:table-cell office:value-type="date" office:date-value="2024-06-05"/>',
         {"A1": ("date", "2024-06-05")}),
        ('<table:table-cell office:value-type="time" office:time-value="PT08H30M00S"/>',
         {"A1": ("date", "08:30:00")}),
        ('<table:table-cell office:value-type="boolean" office:boolean-value="true"/>',
         {"A1": ("truth", "TRUE")}),
        (f'<table:table-cell table:formula="of:=TRUE()" {FLOAT}"1"><text:p>TRUE</text:p></table:table-cell>',
         {"A1": ("truth", "TRUE")}),
        (STRING + PARAGRAPHS,
         {"A1": ("text", "một  hai\nba\nbốn")}),
        (f"{ERROR}<text:p>#DIV/0!</text:p></table:table-cell>",
         {"A1": ("error", "#DIV/0!")}),
        (f'{STRING[:-1]} table:formula="of:=X()"><text:p>Err:508</text:p></table:table-cell>',
         {"A1": ("error", "Err:508")}),
        ('<table:table-cell table:formula="of:=SUM([.B1])"/>', {"A1": ("not computed", "=SUM([.B1])")}),
        ('<table:table-cell table:formula="of:=A2" office:value-type="string" office:string-value=""/>', {}),
        (f'<table:table-cell table:number-columns-spanned="2"/><table:covered-table-cell {FLOAT}"9"/>', {}),
    ],
)  # fmt: skip
def test_cells_of_ods(row: str, cells: dict[str, tuple[str, str]], tmp_path: Path) -> None:
    table = f"<table:table-row>{row}</table:table-row>"
    assert seen(opened(zipped(ods_parts(table)), tmp_path, "report.ods")) == cells


def test_a_million_empty_rows_of_ods_are_not_kept(tmp_path: Path) -> None:
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    table = (
        '<table:table-column table:number-columns-repeated="16383"/>'
        '<table:table-column table:visibility="collapse"/>'
        f'<table:table-row table:number-rows-repeated="2"><table:table-cell {FLOAT}"1"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048000" table:visibility="filter">'
        f"{empty}</table:table-row>"
    )
    (sheet,) = opened(zipped(ods_parts(table)), tmp_path).sheets
    assert set(sheet.cells) == {(1, 1), (2, 1)}
    assert (sheet.hidden_rows, sheet.hidden_columns) == (set(), set())


def test_hidden_sheets_and_thousands_of_ods(tmp_path: Path) -> None:
    automatic = (
        '<number:number-style style:name="N1"><number:number number:display-factor="1000"/>'
        "</number:number-style>"
        '<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/>'
        '<style:style style:name="ta1" style:family="table"><style:table-properties table:display="false"/>'
        "</style:style>"
    )
    parts = ods_parts(
        f'<table:table-row><table:table-cell table:style-name="ce1" {FLOAT}"5000"/></table:table-row>',
        automatic=automatic,
    )
    parts["content.xml"] = str(parts["content.xml"]).replace('name="S"', 'name="S" table:style-name="ta1"')
    book = opened(zipped(parts), tmp_path)
    assert book.sheets[0].hidden
    assert [found.code.number for found in book.problems] == ["RP314"]


# ── csv and tsv ───────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("id,value\nloans,0012\n", [["id", "value"], ["loans", "0012"]]),
        ("id;value\nloans;1.700,5\nrate;80,5%\n", [["id", "value"], ["loans", "1.700,5"], ["rate", "80,5%"]]),
        ("id\tvalue\nloans\t1,5\n", [["id", "value"], ["loans", "1,5"]]),
        ("Báo cáo, quý 3\n\nid;value;x\na, b, c;1,5;2\nd, e;2,5;3\n",
         [["Báo cáo, quý 3"], [], ["id", "value", "x"], ["a, b, c", "1,5", "2"], ["d, e", "2,5", "3"]]),
        ('id,value\n"Xã, phường; thị trấn","1,5"\nb,2\n',
         [["id", "value"], ["Xã, phường; thị trấn", "1,5"], ["b", "2"]]),
        ('id,value\n"hai\ndòng",1\n', [["id", "value"], ["hai\ndòng", "1"]]),
        ("sep=;\r\nid;value\r\na,b;1\r\n", [["id", "value"], ["a,b", "1"]]),
        ('id,value\n="0012",5\n', [["id", "value"], ["0012", "5"]]),
        ("Giá trị\n1,5\n2,5\n", [["Giá trị"], ["1,5"], ["2,5"]]),
        ("1,2,3\n4,5,6\n", [["1", "2", "3"], ["4", "5", "6"]]),
        ("Một câu thôi.\n", [["Một câu thôi."]]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_cells_of_csv(text: str, rows: list[list[str]], encoding: str, tmp_path: Path) -> None:
    book = opened(text.encode(encoding), tmp_path, "bao-cao.csv")
    expected = {
        (row, column): text
        for row, fields in enumerate(rows, start=1)
        for column, text in enumerate(fields, start=1)
    }
    (sheet,) = book.sheets
    assert (book.kind, sheet.name) == ("csv", "bao-cao")
    assert {place: cell.text for place, cell in sheet.cells.items()} == expected
    assert {cell.kind for cell in sheet.cells.values()} == {CellKind.TEXT}


def test_windows_1258(tmp_path: Path) -> None:
    text = "Nô\u0323i dung;Thư\u0323c hiê\u0323n\nXa\u0303 Đông Hô\u0323i;1.700\n"
    book = opened(text.encode("cp1258"), tmp_path, "report.csv")
    assert [cell.text for cell in book.sheets[0].cells.values()] == [
        "Nội dung", "Thực hiện", "Xã Đông Hội", "1.700",
    ]  # fmt: skip
    assert book.problems == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'id,value\n"not closed,1\n', "RP304"),
        (b"\x00\x01\x02\x03\xff\xfe\x00binary", "RP302"),
        (b"id,value\nx\x07\x08,1\n", "RP302"),
        (b"id,value\nS\x8a\x8d\x9d,1\n", "RP316"),
    ],
)
def test_texts_that_are_no_table(content: bytes, code: str, tmp_path: Path) -> None:
    assert code_of(content, tmp_path, "report.csv") == code


# ── texts older than Unicode ──────────────────────────────────────────────────────────────────────


def sheet_of(texts: list[tuple[str, str]]) -> bytes:
    """Return an .xlsx file of texts, each in a font."""
    fonts = sorted({font for _text, font in texts})
    rows = "".join(
        f'<row><c t="inlineStr" s="{1 + fonts.index(font)}"><is><t>{text}</t></is></c></row>'
        for text, font in texts
    )
    return zipped(xlsx_parts(rows, styles=styles(fonts=fonts)))


@pytest.mark.parametrize(
    ("texts", "expected", "encodings"),
    [
        ([(TCVN3, ".VnTime")], [UNICODE], ["TCVN3"]),
        ([(TCVN3, ".VnTimeH")], [UNICODE.upper()], ["TCVN3"]),
        ([("§¬n vÞ", ".VnArial")], ["Đơn vị"], ["TCVN3"]),
        ([("§¬n vÞ", "Arial")], ["§¬n vÞ"], []),  # too little to tell without the font
        ([(TCVN3, "Arial")], [UNICODE], ["TCVN3"]),
        ([(VNI, "VNI-Times")], [UNICODE], ["VNI"]),
        ([(VNI, "Arial")], [UNICODE], ["VNI"]),
        ([("1.700 (80,5%)", ".VnTime"), ("STT", ".VnTimeH")], ["1.700 (80,5%)", "STT"], []),
        ([("Xã Đông Hội", ".VnTime"), ("xã", ".VnTime")], ["Xã Đông Hội", "xã"], []),
        ([("café ® và 25 µg", "Arial"), ("Société Générale où été", "Arial")],
         ["café ® và 25 µg", "Société Générale où été"], []),
    ],
)  # fmt: skip
def test_old_encodings(
    texts: list[tuple[str, str]], expected: list[str], encodings: list[str], tmp_path: Path
) -> None:
    book = opened(sheet_of(texts), tmp_path)
    assert [cell.text for cell in book.sheets[0].cells.values()] == expected
    assert [dict(found.args)["encoding"] for found in book.problems] == encodings
    assert {found.code.number for found in book.problems} <= {"RP313"}


def test_old_encoding_in_one_run_of_a_text(tmp_path: Path) -> None:
    runs = (
        '<si><r><t xml:space="preserve">Xã Đông Hội: </t></r>'
        '<r><rPr><rFont val=".VnTime"/></rPr><t>®¹t</t></r></si>'
    )
    parts = xlsx_parts('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=runs)
    assert seen(opened(zipped(parts), tmp_path)) == {"A1": ("text", "Xã Đông Hội: đạt")}


def test_old_encoding_in_csv(tmp_path: Path) -> None:
    for old in (TCVN3, VNI):
        book = opened(f"{old};1.700\n".encode("latin-1"), tmp_path, "report.csv")
        assert [cell.text for cell in book.sheets[0].cells.values()] == [UNICODE, "1.700"]
        assert [found.code.number for found in book.problems] == ["RP313"]


@pytest.mark.parametrize("path", sorted((HERE.parent / "plans").rglob("*.csv")), ids=lambda path: path.name)
def test_names_of_places_stay_as_they_are(path: Path, tmp_path: Path) -> None:
    names = sorted({cell.text for cell in open_workbook(path).sheets[0].cells.values()})
    book = opened(sheet_of([(name, "Times New Roman") for name in names if "&" not in name]), tmp_path)
    assert [cell.text for cell in book.sheets[0].cells.values()] == [
        name for name in names if "&" not in name
    ]
    assert book.problems == []
