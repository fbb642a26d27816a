"""Offices' own workbooks filled in: marks, tables, what stays, what is refused."""

import re
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from rehabplan.actuals.workbook import open_workbook
from rehabplan.problems import Code, Problem, RehabplanError
from rehabplan.summary.allfacts import WHOLE_FACTS, all_facts
from rehabplan.summary.facts import Facts
from rehabplan.summary.targetfacts import PREVIOUS_FACTS, TARGET_FACTS
from rehabplan.summary.template import fill_template
from tests.cases import ROOT
from tests.office_template import (
    FIRST,
    HEADINGS,
    office_template,
    one_sheet,
    parts_of,
    saved,
    with_drawing,
    with_parts,
)
from tests.sites_plan import Bench

SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WHOLE = """\
STT | Chỉ tiêu | Đơn vị tính | Lũy kế từ đầu năm
1 | Cai nghiện tự nguyện | người | 664
2 | Hồ sơ cai nghiện bắt buộc | hồ sơ | hơn 650
3 | Điều trị Methadone | bệnh nhân | 6300
4 | Người được tiếp cận dịch vụ | người | 79.96/100
5 | Xã, phường có mô hình | xã | 5/6
"""
BY_SITE = """\
Đơn vị | Cai nghiện tự nguyện | Hồ sơ cai nghiện bắt buộc
Quận Ba Đình | 300 | 400
Quận Đống Đa | 0 | 350
Huyện Sóc Sơn | 250 |
"""


@pytest.fixture
def facts(bench: Bench) -> Facts:
    return all_facts(bench.check(WHOLE.replace("79.96/100", "7996/10000")).assessment)


@pytest.fixture
def site_facts(bench: Bench) -> Facts:
    return all_facts(bench.check(BY_SITE).assessment)


def filled(content: bytes, facts: Facts) -> tuple[Worksheet, list[Problem]]:
    found = fill_template(content, "mau.xlsx", facts)
    sheet = load_workbook(BytesIO(found.content)).worksheets[0]
    return sheet, list(found.problems)


def refused(content: bytes, facts: Facts) -> list[Problem]:
    with pytest.raises(RehabplanError) as error:
        fill_template(content, "mau.xlsx", facts)
    return error.value.problems


def cell(sheet: Worksheet, place: str) -> tuple[object, str]:
    found = sheet[place]
    assert isinstance(found, Cell)
    return found.value, found.number_format


def look(one: Cell | MergedCell) -> str:
    return repr((one.font, one.border, one.fill, one.alignment))


# ── marks ─────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("mark", "own", "value", "code"),
    [
        ("voluntary.actual", "General", 664, "#,##0"),
        ("voluntary.actual", "0.00", 664, "0.00"),
        ("voluntary.actual", "@", 664, "#,##0"),
        ("voluntary.actual", "dd/mm/yyyy", 664, "#,##0"),
        ("voluntary.actual", "0%", 664, "#,##0"),  # a count is no percentage
        (" VOLUNTARY.Actual ", "General", 664, "#,##0"),
        ("voluntary.thực hiện", "General", 664, "#,##0"),
        ("Cai nghiện tự nguyện.thực hiện", "General", 664, "#,##0"),
        ("voluntary.percent", "General", 0.553333333333333, "0.0%"),
        ("voluntary.percent", "0%", 0.553333333333333, "0%"),
        ("voluntary.percent", "#,##0.0", 55.3333333333333, "#,##0.0"),
        ("voluntary.goal", "General", 1200, "#,##0"),
        ("voluntary.gap", "General", 536, "#,##0"),
        ("voluntary.status", "General", "▼ behind", "General"),
        ("access.goal", "General", 0.8, '"> "0%'),
        # 79.96 % of a goal of more than 80 % must not be shown as 80 %, whatever the cell's own format.
        ("access.actual", "General", 0.7996, "0.00%"),
        ("access.actual", "0%", 0.7996, "0.00%"),
        ("access.actual", "0.000%", 0.7996, "0.000%"),
        ("access.actual", "0.0", 0.7996, "0.00%"),  # among counts it needs its sign
        ("access.actual", "#,##0", 0.7996, "0.00%"),
        ("access.percent", "0", 99.95, "0.00"),
        ("access.gap", "#,##0", 0.04, '0.00" pts"'),
        ("access.gap", "General", 0.04, '0.00" pts"'),
        ("access.numerator", "General", 7996, "#,##0"),
        ("models.actual", "General", 0.833333333333333, "0.0%"),
        ("models.gap", "General", 1, "#,##0"),
        # Bounds are numbers that show what they are.
        ("dossiers.actual", "General", 650, '"> "#,##0'),
        ("dossiers.actual", "0", 650, '"> "0'),
        ("dossiers.actual", "#,##0;[Red]-#,##0", 650, '"> "#,##0'),
        ("dossiers.gap", "General", 1050, '"< "#,##0'),
        ("dossiers.percent", "0.0%", 0.382352941176471, '"> "0.0%'),
        # No figure is never 0.
        ("own-model.actual", "#,##0", "-", "#,##0"),
        ("own-model.percent", "0.0%", "-", "0.0%"),
        ("voluntary.denominator", "General", None, "General"),
        ("own-model.goal", "General", "each ≥ 1", "General"),
        ("plan.year", "General", 2024, "General"),
        ("plan.year", "#,##0", 2024, "#,##0"),
        ("period.to", "General", datetime(2024, 9, 30), "dd/mm/yyyy"),  # noqa: DTZ001 - a date in a cell
        ("period.to", "yyyy-mm-dd", datetime(2024, 9, 30), "yyyy-mm-dd"),  # noqa: DTZ001 - as above
        ("period.label", "General", "9 months", "General"),
        ("counts.not_reported", "General", 1, "#,##0"),
    ],
)
def test_a_mark_alone_gives_a_typed_value(
    mark: str, own: str, value: object, code: str, facts: Facts
) -> None:
    sheet, problems = filled(one_sheet({"B2": f"{{{{{mark}}}}}"}, {"B2": own}), facts)
    assert cell(sheet, "B2") == (value, code)
    assert not problems


def test_marks_within_a_text_give_what_is_printed(facts: Facts) -> None:
    text = "Đã lập {{ dossiers.actual }} hồ sơ ({{dossiers.percent}}); mô hình: {{ models.actual }}"
    text += ", {{ own-model.actual }}"
    sheet, _problems = filled(one_sheet({"A1": text}), facts)
    found = "Đã lập > 650 hồ sơ (> 38.2%); mô hình: 5/6 (83.3%), not reported"
    assert cell(sheet, "A1") == (found, "General")


def test_a_date_in_a_workbook_that_counts_from_1904(facts: Facts) -> None:
    content = one_sheet({"A1": "{{ period.to }}"})
    content = with_parts(content, {}, {"xl/workbook.xml": ("<workbookPr", '<workbookPr date1904="1"')})
    sheet, _problems = filled(content, facts)
    assert cell(sheet, "A1")[0] == datetime(2024, 9, 30)  # noqa: DTZ001 - a date in a cell


def test_marks_of_a_site(site_facts: Facts) -> None:
    marks = {
        "A1": "{{ voluntary.actual @ Quận Ba Đình }}",
        "A2": "{{ voluntary.percent @ Q. Ba Đình }}",
        "A3": "{{ voluntary.goal @ ba đình }}",
        "A4": "{{ dossiers.actual @ huyện Sóc Sơn }}",
        "A5": "{{ voluntary.actual @ Thị xã Sơn Tây }}",
        "A6": "{{ voluntary.actual @ Quận Đống Đa }}",
        "A7": "{{ dossiers.actual @ 001 }}",
        "A8": "{{ sites.missing }}",
        "A9": "{{ sites.missing_names }}",
        "A10": "{{ models.actual @ Quận Ba Đình }}",
    }
    sheet, _problems = filled(one_sheet(marks), site_facts)
    found = [cell(sheet, place)[0] for place in marks]
    assert found == [300, 0.75, 400, "-", "-", 0, 400, 1, "Thị xã Sơn Tây", "-"]


def test_runs_keep_their_fonts(facts: Facts) -> None:
    """A mark that reaches over two runs goes into the first; phonetic guides are no text."""
    strings = (
        '<si><r><rPr><b/><sz val="14"/></rPr><t xml:space="preserve">Đạt {{ voluntary</t></r>'
        "<r><rPr><i/></rPr><t>.actual }} người, </t></r><r><t>năm {{plan.year}}</t></r>"
        '<rPh sb="0" eb="1"><t>{{ x }}</t></rPh></si>'
    )
    part, old = "xl/sharedStrings.xml", "<si><t>Đạt</t></si>"
    plain = one_sheet({"A1": "Đạt"})
    if part not in parts_of(plain):
        part, old, strings = SHEET, "<is><t>Đạt</t></is>", strings.replace("si>", "is>")
    content = with_parts(plain, {}, {part: (old, strings)})
    found = fill_template(content, "mau.xlsx", facts)
    rich = load_workbook(BytesIO(found.content), rich_text=True).worksheets[0]["A1"]
    assert isinstance(rich, Cell)
    assert str(rich.value) == "Đạt 664 người, năm 2024"
    sheet = parts_of(found.content)[SHEET].decode()
    assert '<rPr><b/><sz val="14"/></rPr><t xml:space="preserve">Đạt 664</t>' in sheet
    assert '<rPr><i/></rPr><t xml:space="preserve"> người, </t>' in sheet


def test_headers_text_boxes_and_pictures(facts: Facts) -> None:
    content = with_drawing(office_template([(1, "Cai nghiện tự nguyện")]))
    found = fill_template(content, "mau.xlsx", facts)
    before, after = parts_of(content), parts_of(found.content)
    sheet = after[SHEET].decode()
    assert "&amp;12 UBND thành phố Hà Nội</oddHeader>" in sheet
    drawing = after["xl/drawings/drawing1.xml"].decode()
    assert '<a:rPr b="1"/><a:t>Đã báo cáo: not known</a:t>' in drawing
    assert "<a:t> đơn vị</a:t>" in drawing
    assert (
        drawing.split("</xdr:pic>")[0] == before["xl/drawings/drawing1.xml"].decode().split("</xdr:pic>")[0]
    )
    assert after["xl/media/image1.png"] == before["xl/media/image1.png"]
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {
        SHEET, "xl/drawings/drawing1.xml", "xl/styles.xml", "xl/workbook.xml",
    }  # fmt: skip


def test_a_header_doubles_the_sign_that_begins_codes(bench: Bench) -> None:
    facts = all_facts(bench.check(WHOLE.replace("79.96/100", "8/10")).assessment)
    plan = facts.assessment.plan.model_copy(update={"issuer": "Sở A & B"})
    facts = all_facts(type(facts.assessment)(plan, facts.assessment.period, facts.assessment.results))
    content = one_sheet({"A1": "x"})
    header = "<oddHeader>&amp;C&amp;12{{plan.year}} {{plan.issuer}}</oddHeader></headerFooter></worksheet>"
    header = "<headerFooter>" + header
    content = with_parts(content, {}, {SHEET: ("</worksheet>", header)})
    sheet = parts_of(fill_template(content, "mau.xlsx", facts).content)[SHEET].decode()
    assert "<oddHeader>&amp;C&amp;12 2024 Sở A &amp;&amp; B</oddHeader>" in sheet


# ── what is wrong with marks ──────────────────────────────────────────────────────────────────
def test_unknown_marks_are_told_all_at_once_with_suggestions(facts: Facts) -> None:
    cells = {
        "A1": "{{ volontary.actual }}",
        "B2": "{{ voluntary.actuall }}",
        "C3": "{{ plan.titel }}",
        "A4": "{{ voluntary.previous }}",
        "A5": "{{ voluntary.actual @ Quận Ba Dinh }}",
        "A6": "{{ voluntary.actual @ Phường Quang Trung }}",
        "A7": "Tổng: {{ voluntary.actual",
        "A8": '="Đạt " & "{{ voluntary.actual }}"',
        "A9": "{{ }}",
        "A10": "{{ voluntary.actual }} và {{ plan.year }}",
    }
    problems = refused(one_sheet(cells), facts)
    found = [(item.code, item.where.cell if item.where else None) for item in problems]
    assert found == [
        (Code.UNKNOWN_MARK, "A1"), (Code.UNKNOWN_MARK, "B2"), (Code.UNKNOWN_MARK, "C3"),
        (Code.MARK_NEEDS_PREVIOUS, "A4"), (Code.NO_SITE, "A5"), (Code.TWO_SITES, "A6"),
        (Code.MARK_OPEN, "A7"), (Code.MARK_PLACE, "A8"), (Code.UNKNOWN_MARK, "A9"),
    ]  # fmt: skip
    hints = [item.message for item in problems if item.code is Code.UNKNOWN_MARK]
    assert "did you mean 'voluntary.actual'" in hints[0]
    assert "did you mean 'voluntary.actual'" in hints[1]
    assert "did you mean 'plan.title'" in hints[2]
    assert str(problems[0].where) == "mau.xlsx › Biểu!A1"
    assert "{{ plan.title }}" in problems[6].message  # braces of the cure are not lost


@pytest.mark.parametrize("name", ["{{ plan.year }}", "Q {{ x"])
def test_a_mark_in_the_name_of_a_sheet(name: str, facts: Facts) -> None:
    content = one_sheet({"A1": "{{ plan.year }}"})
    content = with_parts(content, {}, {"xl/workbook.xml": ('name="Biểu"', f'name="{name}"')})
    assert [item.code for item in refused(content, facts)] == [Code.MARK_PLACE]


def test_a_header_that_grows_too_long(facts: Facts) -> None:
    header = f"<headerFooter><oddFooter>{'x' * 245}{{{{plan.issuer}}}}</oddFooter></headerFooter></worksheet>"
    content = with_parts(one_sheet({}), {}, {SHEET: ("</worksheet>", header)})
    assert [item.code for item in refused(content, facts)] == [Code.HEADER_LONG]


# ── tables ────────────────────────────────────────────────────────────────────────────────────
ROWS: list[tuple[object, ...]] = [
    (1, "Cai nghiện tự nguyện", "người", 1200),
    (2, "Hồ sơ cai nghiện bắt buộc", "hồ sơ", 1700),
    (3, "Người được tiếp cận dịch vụ", "%", None),
    (4, "Xã, phường có mô hình", "xã", None, None, "=E13/6"),
    (5, "Điều tri Methadone", "bệnh nhân", 6500),
    ("II", "Chỉ tiêu khác"),
    (6, "Tổ chức sơ kết", None, None, None, None, None, "Quý IV"),
]


def test_rows_that_name_targets_get_their_figures(facts: Facts) -> None:
    content = office_template(ROWS)
    sheet, problems = filled(content, facts)
    shown = [[sheet.cell(row, column).value for column in range(4, 9)] for row in range(FIRST, FIRST + 7)]
    assert shown == [
        [1200, 664, 55.3333333333333, 536, "▼ behind, 55.3% of the goal, gap 536"],
        [1700, 650, 38.2352941176471, 1050, "? undetermined, > 38.2% of the goal, gap < 1,050"],
        [0.8, 0.7996, 99.95, 0.04, shown[2][4]],
        [1, 0.833333333333333, "=E13/6", 1, shown[3][4]],
        [6500, None, None, None, None],
        [None, None, None, None, None],
        ["done", "-", "-", "-", "Quý IV"],
    ]
    assert [(item.code, item.where.cell if item.where else "") for item in problems] == [
        (Code.FORMULAS_LATER, None), (Code.ROW_UNKNOWN, "B14"),
    ]  # fmt: skip
    assert "did you mean 'Điều trị Methadone'" in problems[1].message
    assert cell(sheet, "B17")[0] == "Tổng cộng"
    assert cell(sheet, "E17")[0] == "=SUM(E10:E16)"
    assert cell(sheet, "A4")[0] == "TỔNG HỢP KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU 2024"
    assert cell(sheet, "A5")[0] == "(Số liệu đến ngày 2024-09-30; 2 chỉ tiêu chậm tiến độ)"
    assert cell(sheet, "E11") == (650, '"> "#,##0')


def test_what_is_not_filled_in_stays_as_it_is(facts: Facts) -> None:
    content = office_template(ROWS)
    book = load_workbook(BytesIO(content))
    sheet, _problems = filled(content, facts)
    old = book.worksheets[0]
    assert sheet.merged_cells.ranges == old.merged_cells.ranges
    assert sheet.print_title_rows == old.print_title_rows
    assert sheet.column_dimensions["B"].width == old.column_dimensions["B"].width
    for row in range(1, 22):
        for column in range(1, 9):
            one, other = sheet.cell(row, column), old.cell(row, column)
            assert look(one) == look(other)
            if other.value is not None and "{{" not in str(other.value):
                assert one.value == other.value


def test_an_empty_table_gets_all_targets_in_the_style_of_its_first_row(facts: Facts) -> None:
    content = office_template([], empty=8)
    sheet, problems = filled(content, facts)
    names = [sheet.cell(row, 2).value for row in range(FIRST, FIRST + 9)]
    assert names == [
        *(str(one.target.name) for one in facts.assessment.results), None, "Tổng cộng",
    ]  # fmt: skip
    assert [sheet.cell(row, 1).value for row in range(FIRST, FIRST + 8)] == [1, 2, 3, 4, 5, 6, 7, None]
    first = sheet.cell(FIRST, 3)
    for row in range(FIRST, FIRST + 7):
        for column in range(1, 9):
            assert look(sheet.cell(row, column)) == look(first)
    assert sheet.cell(FIRST, 4).number_format == "#,##0"
    assert look(sheet.cell(FIRST + 7, 3)) != look(first)  # the row that was not needed
    assert [item.code for item in problems] == [Code.FORMULAS_LATER]
    assert sheet.dimensions == "A1:H20"


def test_an_empty_table_without_room_is_refused(facts: Facts) -> None:
    problems = refused(office_template([], empty=3), facts)
    assert [item.code for item in problems] == [Code.NO_ROOM]
    text = "The plan has 7 targets; free rows below this header, up to row 13: 3."
    assert problems[0].message.startswith(text)


def test_a_header_as_the_last_row_of_a_sheet(facts: Facts) -> None:
    content = one_sheet(dict(zip(("A1", "B1", "C1", "D1", "E1", "F1", "G1", "H1"), HEADINGS, strict=True)))
    sheet, problems = filled(content, facts)
    assert not problems
    assert [sheet.cell(2, column).value for column in range(1, 7)] == [
        1, "Voluntary rehabilitation", "persons", 1200, 664, 0.553333333333333,
    ]  # fmt: skip
    assert sheet.max_row == 8


def test_a_merged_free_area_is_no_room(facts: Facts) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Chỉ tiêu", "Thực hiện"])
    sheet.merge_cells("A4:B5")
    assert [item.code for item in refused(saved(book), facts)] == [Code.NO_ROOM]


def test_a_cell_within_a_merged_range_is_not_written_into(facts: Facts) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (["Chỉ tiêu", "Thực hiện"], ["Cai nghiện tự nguyện"], ["Xã, phường có mô hình"]):
        sheet.append(row)
    sheet.merge_cells("B2:B3")
    written = parts_of(fill_template(saved(book), "mau.xlsx", facts).content)[SHEET].decode()
    assert re.findall(r'r="(B\d)"[^>]*><v>', written) == ["B2"]


def test_a_formula_that_shows_nothing_stays(facts: Facts) -> None:
    xml = (
        f'<worksheet xmlns="{NAMESPACE}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is>'
        "<t>Chỉ tiêu</t></is></c>"
        '<c r="B1" t="inlineStr"><is><t>Thực hiện</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is>'
        '<t>voluntary</t></is></c><c r="B2" t="str"><f>IF(1,"","")</f><v></v></c></row></sheetData>'
        "</worksheet>"
    )
    found = fill_template(with_sheet(xml), "mau.xlsx", facts)
    assert b'<c r="B2" t="str"><f>IF(1,"","")</f></c>' in parts_of(found.content)[SHEET]


def test_a_new_number_format_is_said_to_apply(facts: Facts) -> None:
    styles = parts_of(fill_template(one_sheet({"A1": "{{ voluntary.actual }}"}), "a.xlsx", facts).content)
    last = styles["xl/styles.xml"].decode().split("</cellXfs>")[0].rpartition("<xf ")[2]
    assert 'numFmtId="3"' in last
    assert 'applyNumberFormat="1"' in last


HEAD = {"A1": "STT", "B1": "Chỉ tiêu", "C1": "Kế hoạch năm"}
ROW = {"A2": 1, "B2": "Cai nghiện tự nguyện"}


@pytest.mark.parametrize(
    ("heading", "value", "said"),
    [
        ("Thực hiện", 664, ""),
        ("Thực hiện 9 tháng", 664, ""),
        ("Thực hiện năm 2024", 664, ""),
        ("Tỷ lệ (%)", 0.553333333333333, ""),
        ("So với kế hoạch (%)", 0.553333333333333, ""),
        ("Còn phải thực hiện", 536, ""),
        ("Trạng thái", "▼ behind", ""),
        ("Thực hiện 6 tháng", None, "another period"),
        ("Thực hiện năm 2023", None, "figures of 2023"),
        ("Thực hiện quý III", None, "of the period alone"),
        ("Thực hiện trong kỳ", None, "of the period alone"),
        ("Ước thực hiện cả năm", None, "an estimate"),
        ("Cùng kỳ năm trước", None, "an earlier year"),
        ("Số lượt", None, "does not say for certain"),
        ("So với cùng kỳ (%)", None, "an earlier year"),
        ("Vượt kế hoạch (%)", None, "does not say for certain"),
    ],
)
def test_what_a_column_asks_for(heading: str, value: object, said: str, facts: Facts) -> None:
    content = one_sheet({**HEAD, **ROW, "D1": "Kết quả đạt được", "E1": heading})
    if value == 664:
        content = one_sheet({**HEAD, **ROW, "D1": "Ghi chú", "E1": heading})
    sheet, problems = filled(content, facts)
    assert cell(sheet, "E2")[0] == value
    told = " ".join(item.message for item in problems)
    assert said in told
    assert bool(said) == (Code.COLUMN_LEFT in [item.code for item in problems])


def test_two_columns_for_one_figure_are_asked_about(facts: Facts) -> None:
    sheet, problems = filled(one_sheet({**HEAD, **ROW, "D1": "Thực hiện", "E1": "Kết quả"}), facts)
    assert [cell(sheet, place)[0] for place in ("C2", "D2", "E2")] == [1200, None, None]
    assert [item.code for item in problems] == [Code.COLUMN_LEFT, Code.COLUMN_LEFT]


def test_an_old_figure_is_kept_and_told(facts: Facts) -> None:
    cells = {
        **HEAD,
        **ROW,
        "C2": 1200,
        "D1": "Thực hiện",
        "D2": 500,
        "B3": "Xã, phường có mô hình",
        "D3": "=5/6",
    }
    sheet, problems = filled(one_sheet(cells), facts)
    assert cell(sheet, "D2")[0] == 500
    assert [item.code for item in problems] == [Code.FORMULAS_LATER, Code.CELL_KEPT]
    assert "holds '500' and was left as it is; voluntary.actual is 664" in problems[1].message


@pytest.mark.parametrize(
    "cells",
    [
        {"A1": "STT", "B1": "Đơn vị", "C1": "Cai nghiện tự nguyện", "A2": 1, "B2": "Quận Ba Đình"},
        {"A1": "Biểu của Quận Ba Đình", "B3": "Chỉ tiêu", "C3": "Thực hiện", "A3": "STT",
         "A4": 1, "B4": "Cai nghiện tự nguyện"},
        {**HEAD, "D1": "Thực hiện", "A2": 1, "B2": "Trồng cây", "C2": 5},
        {"A1": "Số liệu năm 2023", "A3": "STT", "B3": "Chỉ tiêu", "C3": "Thực hiện", "A4": 1,
         "B4": "Cai nghiện tự nguyện"},
    ],
)  # fmt: skip
def test_tables_of_something_else_are_left(cells: dict[str, object], facts: Facts) -> None:
    content = one_sheet(cells)
    found = fill_template(content, "mau.xlsx", facts)
    assert [item.code for item in found.problems] == [Code.TABLE_LEFT]
    assert parts_of(found.content)[SHEET] == parts_of(content)[SHEET]


def test_a_part_of_a_target_is_not_its_figure(facts: Facts) -> None:
    cells = {**HEAD, "D1": "Thực hiện", **ROW, "B3": "Trong đó: Hồ sơ cai nghiện bắt buộc"}
    sheet, problems = filled(one_sheet(cells), facts)
    assert cell(sheet, "D2")[0] == 664
    assert cell(sheet, "D3")[0] is None
    assert [item.code for item in problems] == [Code.ROW_DOUBT]


def test_a_label_that_is_a_mark_names_the_row(facts: Facts) -> None:
    cells = {
        **HEAD,
        "D1": "Thực hiện",
        "A2": 1,
        "B2": "{{ voluntary.name }}",
        "A3": 2,
        "B3": "{{ models.name }}",
    }
    sheet, _problems = filled(one_sheet(cells), facts)
    assert [cell(sheet, place)[0] for place in ("B2", "D2", "D3")] == [
        "Voluntary rehabilitation", 664, 0.833333333333333,
    ]  # fmt: skip


def test_an_earlier_year(bench: Bench) -> None:
    from rehabplan.plandiff import Edition, diff  # noqa: PLC0415 - for this test only
    from rehabplan.yearbefore import year_before  # noqa: PLC0415 - as above
    from rehabplan.yearbefore.sites import pair_sites  # noqa: PLC0415 - as above

    now = bench.check(WHOLE.replace("79.96/100", "8/10")).assessment
    earlier = bench.check(WHOLE.replace("79.96/100", "9/10").replace("664", "600")).assessment
    loaded = bench.loaded
    edition = Edition(loaded.plan, loaded.sites, loaded.file, loaded.lines)
    before = year_before(
        now, earlier, diff(edition, edition), pair_sites(loaded.sites, loaded.sites, (2023, 2024), None, "")
    )
    cells = {
        **HEAD, **ROW, "D1": "Thực hiện", "E1": "Cùng kỳ năm trước", "F1": "Tăng, giảm so với cùng kỳ (%)",
        "B9": "{{ access.change }}", "B3": "Hồ sơ cai nghiện bắt buộc",
    }  # fmt: skip
    sheet, problems = filled(one_sheet(cells), all_facts(now, before))
    assert not problems
    assert [cell(sheet, place) for place in ("E2", "F2", "E3", "B9")] == [
        (600, "#,##0"), (0.106666666666667, "+0.0%;-0.0%;0"), (650, '"> "#,##0'),
        (-10, '+0.0" pts";-0.0" pts";0'),
    ]  # fmt: skip


# ── safety ────────────────────────────────────────────────────────────────────────────────────
def test_no_text_becomes_a_formula_or_breaks_the_file(facts: Facts, tmp_path: Path) -> None:
    nasty = "=1+1\n<b>&\"'_x000D_\x07 https://example.org"
    plan = facts.assessment.plan.model_copy(update={"issuer": nasty})
    one = type(facts.assessment)(plan, facts.assessment.period, facts.assessment.results)
    content = one_sheet({"A1": "{{ plan.issuer }}", "A2": "X {{ plan.issuer }}"})
    written = fill_template(content, "mau.xlsx", all_facts(one)).content
    found = load_workbook(BytesIO(written)).worksheets[0]["A1"]
    assert isinstance(found, Cell)
    assert found.data_type == "s"
    assert found.hyperlink is None
    path = tmp_path / "out.xlsx"
    path.write_bytes(written)
    texts = [one.text.split() for one in open_workbook(path).sheets[0].cells.values()]
    assert texts == [nasty.replace("\x07", "").split(), ["X", *nasty.replace("\x07", "").split()]]


def test_the_same_input_gives_the_same_bytes(facts: Facts) -> None:
    content = with_drawing(office_template(ROWS))
    assert fill_template(content, "a.xlsx", facts) == fill_template(content, "a.xlsx", facts)


def test_our_own_reader_reads_what_was_filled_in(facts: Facts, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    path.write_bytes(fill_template(office_template(ROWS), "mau.xlsx", facts).content)
    sheet = open_workbook(path).sheets[0]
    assert sheet.cells[FIRST, 5].value == 664
    assert sheet.cells[17, 5].text == "=SUM(E10:E16)"


def test_stored_results_of_formulas_are_taken_out(facts: Facts) -> None:
    content = one_sheet({"A1": "{{ voluntary.actual }}", "A2": "=A1*2"})
    sheet = re.sub(rb"<f>A1\*2</f><v ?/?>(?:</v>)?", b"<f>A1*2</f><v>17</v>", parts_of(content)[SHEET])
    assert b"<v>17</v>" in sheet
    content = with_parts(content, {SHEET: sheet}, {})
    found = fill_template(content, "mau.xlsx", facts)
    parts = parts_of(found.content)
    assert b"<v>17</v>" not in parts[SHEET]
    assert parts["xl/workbook.xml"].count(b"fullCalcOnLoad") == 1
    assert [item.code for item in found.problems] == [Code.FORMULAS_LATER]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", Code.TEMPLATE_KIND),
        (b"a;b\n1;2\n", Code.TEMPLATE_KIND),
        (b"%PDF-1.7", Code.TEMPLATE_KIND),
        (b"PK\x03\x04 broken", Code.WORKBOOK_BROKEN),
        (b"PK\x05\x06" + bytes(18), Code.TEMPLATE_KIND),
    ],
)
def test_what_is_no_xlsx_is_refused(content: bytes, code: Code, facts: Facts) -> None:
    assert [item.code for item in refused(content, facts)] == [code]


@pytest.mark.parametrize(
    ("part", "change", "code"),
    [
        (SHEET, ("<sheetData>", "<sheetData><row>"), Code.WORKBOOK_BROKEN),
        ("xl/styles.xml", ("<cellXfs", "<cellXfs <"), Code.WORKBOOK_BROKEN),
        ("xl/workbook.xml", ("<workbook ", '<!DOCTYPE x [<!ENTITY a "b">]><workbook '), Code.WORKBOOK_BROKEN),
        ("[Content_Types].xml", ("sheet.main+xml", "sheet.macroEnabled.main+xml"), Code.TEMPLATE_MACROS),
    ],
)
def test_a_damaged_or_hostile_template_is_refused(
    part: str, change: tuple[str, str], code: Code, facts: Facts
) -> None:
    content = with_parts(one_sheet({"A1": "{{ plan.year }}"}), {}, {part: change})
    assert [item.code for item in refused(content, facts)] == [code]


def test_a_bomb_is_refused(facts: Facts) -> None:
    import zipfile  # noqa: PLC0415 - for this test only

    written = BytesIO(one_sheet({"A1": "{{ plan.year }}"}))
    with zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bomb.bin", bytes(1 << 24))
    assert [item.code for item in refused(written.getvalue(), facts)] == [Code.TOO_LARGE]


TEMPLATE = with_drawing(office_template(ROWS))


@settings(
    max_examples=40, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # the facts are never changed
)  # fmt: skip
@given(st.data())
def test_whatever_happened_on_the_way_is_told_in_words(facts: Facts, data: st.DataObject) -> None:
    """Bytes of the file, or of one of its parts, are changed; a filled workbook or a problem comes back."""
    parts = parts_of(TEMPLATE)
    name = data.draw(st.sampled_from([None, *sorted(parts)]))
    content = bytearray(TEMPLATE if name is None else parts[name])
    for _time in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, 1 << 20)) % len(content)
        content[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
    changed = bytes(content) if name is None else with_parts(TEMPLATE, {name: bytes(content)}, {})
    try:
        found = fill_template(changed, "mau.xlsx", facts)
    except RehabplanError as error:
        assert error.problems  # noqa: PT017 - either is fine
    else:
        assert parts_of(found.content)


def test_nothing_to_fill_in(facts: Facts) -> None:
    problems = refused(one_sheet({"A1": "Báo cáo"}), facts)
    assert [item.code for item in problems] == [Code.NOTHING_TO_FILL]
    assert "{{ plan.title }}" in problems[0].message


def test_a_template_by_kind_becomes_a_workbook(facts: Facts) -> None:
    change = ("spreadsheetml.sheet.main+xml", "spreadsheetml.template.main+xml")
    content = with_parts(one_sheet({"A1": "{{ plan.year }}"}), {}, {"[Content_Types].xml": change})
    found = fill_template(content, "mau.xltx", facts)
    assert b"spreadsheetml.sheet.main+xml" in parts_of(found.content)["[Content_Types].xml"]


# ── files of other writers ────────────────────────────────────────────────────────────────────


def with_sheet(xml: str) -> bytes:
    """Return a workbook whose sheet's part is the given XML."""
    return with_parts(one_sheet({}), {SHEET: xml.encode()}, {})


@pytest.mark.parametrize(
    ("xml", "written"),
    [
        (  # places are not written, elements have a prefix
            (
                f'<x:worksheet xmlns:x="{NAMESPACE}"><x:sheetData><x:row><x:c t="inlineStr"><x:is>'
                "<x:t>{{voluntary.actual}}</x:t></x:is></x:c><x:c><x:v>5</x:v></x:c></x:row></x:sheetData>"
                "</x:worksheet>"
            ),
            '<x:row><x:c r="A1" s="1"><x:v>664</x:v></x:c><x:c><x:v>5</x:v></x:c></x:row>',
        ),
        (  # a row and cells that the file does not have yet; what the sheet says of its columns
            (
                f'<worksheet xmlns="{NAMESPACE}"><dimension ref="A1:C2"/><cols>'
                '<col min="3" max="3" style="0"/></cols>'
                '<sheetData><row r="1" spans="1:3"><c r="A1" t="inlineStr"><is><t>STT</t></is></c>'
                '<c r="B1" t="inlineStr"><is><t>Chỉ tiêu</t></is></c>'
                '<c r="C1" t="inlineStr"><is><t>Thực hiện</t></is></c></row>'
                '<row r="2" spans="1:3" ht="15"><c r="B2" t="inlineStr"><is><t>voluntary</t></is></c></row>'
                '<row r="3"/><row r="9"/></sheetData></worksheet>'
            ),
            (
                '<row r="2"><c r="B2" t="inlineStr"><is><t>voluntary</t></is></c>'
                '<c r="C2" s="1"><v>664</v></c></row><row r="3"/><row r="9"/>'
            ),
        ),
        (
            (
                f'<worksheet xmlns="{NAMESPACE}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is>'
                '<t>Chỉ tiêu</t></is></c><c r="B1" t="inlineStr"><is><t>Thực hiện</t></is></c></row>'
                '<row r="3" customHeight="1" ht="30"/></sheetData></worksheet>'
            ),
            (
                '<row r="2"><c r="A2" t="inlineStr"><is><t xml:space="preserve">'
                "Voluntary rehabilitation</t></is></c>"
                '<c r="B2" s="1"><v>664</v></c></row><row r="3" customHeight="1" ht="30"><c r="A3"'
            ),
        ),
    ],
)
def test_writings_of_other_programs(xml: str, written: str, facts: Facts) -> None:
    content = fill_template(with_sheet(xml), "mau.xlsx", facts).content
    assert written in parts_of(content)[SHEET].decode()
    assert len(load_workbook(BytesIO(content)).worksheets) == 1


def test_a_part_in_utf_16(facts: Facts) -> None:
    content = one_sheet({"A1": "Năm {{ plan.year }}"})
    sheet = parts_of(content)[SHEET].decode()
    wide = ('<?xml version="1.0" encoding="UTF-16"?>' + sheet).encode("utf-16")
    found, _problems = filled(with_parts(content, {SHEET: wide}, {}), facts)
    assert found["A1"].value == "Năm 2024"


def test_the_heading_of_an_excel_table(facts: Facts) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Chỉ tiêu", "Năm {{ plan.year }}"])
    sheet.append(["x", 1])
    sheet.add_table(Table(displayName="Bang", ref="A1:B2"))
    assert [item.code for item in refused(saved(book), facts)] == [Code.MARK_PLACE]


# ── documentation ─────────────────────────────────────────────────────────────────────────────
def test_every_fact_is_documented() -> None:
    page = (ROOT / "docs" / "summary.md").read_text("utf-8")
    names = [*WHOLE_FACTS, *TARGET_FACTS, *PREVIOUS_FACTS]
    assert [name for name in names if f"`{name}`" not in page and f".{name}`" not in page] == []
