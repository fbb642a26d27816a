"""The forms that are sent out: what stands in them, what is locked, and what is checked on entry."""

import zipfile
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import pytest
from msgspec.structs import replace
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from rehabplan.forms.book import form_bytes
from rehabplan.forms.goals import goal_cell
from rehabplan.forms.names import file_names, safe
from rehabplan.forms.rows import Entry, Form, Row, rows_of
from rehabplan.forms.words import Language, day_text, label_text
from rehabplan.period import MONTHS_OF_LABEL, Convention, clue_in_title, period_of
from rehabplan.plan.load import load_plan
from rehabplan.site_choice import site_named
from rehabplan.sites import Site, SiteIndex, SiteSet
from rehabplan.textheights import lines_of, width_of
from tests.cases import ROOT

PLAN = """\
year: 2024
title: {vi: "Cai nghiện ma túy, tỉnh Ví Dụ 2024", en: "Rehabilitation, Example province 2024"}
issuer: "UBND tỉnh Ví Dụ"
document: {number: "12/KH-UBND", date: 2024-02-05}
sites:
  districts: {count: 2, unit: district, list: sites.csv, key: district_code}
  communes: {count: 4, unit: commune, list: sites.csv, key: commune_code, within: districts}
shares: {sites: districts, list: shares.csv}
targets:
  counselled:
    name: {vi: "Người được tư vấn", en: "Persons counselled"}
    kind: count
    goal: 1700
    unit: person
    scope: {vi: "tại cộng đồng", en: "in the community"}
  counselled-women:
    name: {vi: "Phụ nữ được tư vấn", en: "Women counselled"}
    kind: rate
    goal: "> 30%"
    unit: person
    parent: counselled
  counselled-placed:
    name: {vi: "Trong số đó có việc làm", en: "Of which placed in jobs"}
    kind: count
    goal: "<= 5"
    unit: person
    parent: counselled
  loans:
    name: {vi: "Vốn vay", en: "Loans"}
    kind: count
    goal: 1000.5
    unit: million-dong
  access:
    name: {vi: "Người được tiếp cận dịch vụ", en: "Persons with access to services"}
    kind: rate
    goal: "> 80,5%"
    unit: person
    population: {vi: "người có hồ sơ quản lý", en: "persons on management records"}
  communes-with-model:
    name: {vi: "Cấp xã có mô hình", en: "Communes with a model"}
    kind: coverage
    goal: "100%"
    sites: communes
  district-model:
    name: {vi: "Cấp huyện đăng ký mô hình", en: "Districts that register a model"}
    kind: coverage
    goal: {each: 2}
    sites: districts
  district-list:
    name: {vi: "Cấp huyện công bố danh sách", en: "Districts that publish a list"}
    kind: coverage
    goal: "100%"
    sites: districts
  review:
    name: {vi: "Hội nghị sơ kết", en: "Review meeting"}
    kind: milestone
    goal: done
    due: 2024-06-30
"""
SITES = """\
district_code,district,commune_code,commune
01,Quận Đống Đa,0101,Phường Quang Trung
01,Quận Đống Đa,0102,Phường Láng Hạ
02,Quận Hà Đông,0201,Phường Quang Trung
02,Quận Hà Đông,0202,Phường Văn Quán
"""
SHARES = "site,counselled\nQuận Đống Đa,1200\nQuận Hà Đông,500\n"


def made(folder: Path, site: str | None = None, language: Language = "vi", label: str = "9m") -> Form:
    for name, text in (("plan.yaml", PLAN), ("sites.csv", SITES), ("shares.csv", SHARES)):
        (folder / name).write_text(text, "utf-8")
    loaded = load_plan(folder / "plan.yaml")
    period = period_of(label, loaded.plan.year, loaded.plan.convention)
    form = Form(loaded.plan, period, language, loaded.sites, loaded.shares)
    return form.to(site_named(site, loaded.sites)) if site else form


def opened(form: Form) -> Workbook:
    return load_workbook(BytesIO(form_bytes(form)))


def grid(form: Form) -> tuple[Worksheet, dict[str, int], dict[str, int]]:
    """Return the sheet to fill in, its columns by heading and its rows by target id."""
    sheet = opened(form).worksheets[0]
    assert isinstance(sheet, Worksheet)
    lines = list(sheet.iter_rows(values_only=True))
    header = next(at for at, line in enumerate(lines, start=1) if line[-1] == "id")
    columns = {str(heading): number for number, heading in enumerate(lines[header - 1], start=1)}
    ids = {str(sheet.cell(at, len(columns)).value): at for at in range(header + 1, sheet.max_row + 1)}
    return sheet, columns, {name: at for name, at in ids.items() if name != "None"}


def row(form: Form, target: str) -> Row:
    return next(one for one in rows_of(form) if one.id == target)


HEADINGS: dict[Language, list[str]] = {
    "vi": ["STT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch năm", "Tử số", "Mẫu số",
           "Thực hiện lũy kế từ đầu năm", "Ghi chú", "id"],
    "en": ["No.", "Target", "Unit of measure", "Annual plan", "Numerator", "Denominator",
           "Result, year to date", "Remarks", "id"],
}  # fmt: skip


@pytest.mark.parametrize("language", ["vi", "en"])
def test_headings_and_rows(tmp_path: Path, language: Language) -> None:
    form = made(tmp_path, language=language)
    sheet, columns, rows = grid(form)
    assert list(columns) == HEADINGS[language]
    assert list(rows) == [target.id for target, _depth in form.plan.in_tree_order()]
    assert sheet.column_dimensions["I"].hidden
    numbers = [sheet.cell(at, 1).value for at in rows.values()]
    assert numbers == [1, "1.1", "1.2", 2, 3, 4, 5, 6, 7]
    labels = [sheet.cell(at, 2).value for at in rows.values()]
    expected = {
        "vi": ["Người được tư vấn", "Trong đó: Phụ nữ được tư vấn", "Trong số đó có việc làm"],
        "en": ["Persons counselled", "Of which: Women counselled", "Of which placed in jobs"],
    }
    assert labels[:3] == expected[language]


def test_words_above_the_table(tmp_path: Path) -> None:
    sheet = opened(made(tmp_path, "Quận Đống Đa")).worksheets[0]
    texts = [str(cell.value) for line in sheet.iter_rows(max_row=7) for cell in line if cell.value]
    assert texts == [
        "Đơn vị báo cáo: Quận Đống Đa",
        "Đơn vị nhận báo cáo: UBND tỉnh Ví Dụ",
        "BIỂU BÁO CÁO KẾT QUẢ THỰC HIỆN CHỈ TIÊU KẾ HOẠCH NĂM 2024",
        "Cai nghiện ma túy, tỉnh Ví Dụ 2024",
        "(Theo Kế hoạch số 12/KH-UBND ngày 05/02/2024 của UBND tỉnh Ví Dụ)",
        "Kỳ báo cáo: 9 tháng (từ ngày 01/01/2024 đến ngày 30/9/2024)",
    ]


@pytest.mark.parametrize(
    ("target", "whole", "district", "commune"),
    [
        ("counselled", Entry.NUMBER, Entry.NUMBER, Entry.NUMBER),
        ("counselled-women", Entry.SHARE, Entry.SHARE, Entry.SHARE),
        ("access", Entry.SHARE, Entry.SHARE, Entry.SHARE),
        ("communes-with-model", Entry.SHARE, Entry.SHARE, Entry.DONE),
        ("district-model", Entry.SHARE, Entry.NUMBER, Entry.SHARE),
        ("district-list", Entry.SHARE, Entry.DONE, Entry.SHARE),
        ("review", Entry.DONE, Entry.DONE, Entry.DONE),
    ],
)
def test_what_is_filled_in(
    tmp_path: Path, target: str, whole: Entry, district: Entry, commune: Entry
) -> None:
    """A site says of itself whether it is covered; whoever stands above it says how many are."""
    for site, entry in ((None, whole), ("Quận Đống Đa", district), ("Phường Láng Hạ", commune)):
        assert row(made(tmp_path, site), target).entry is entry


def test_a_namesake_in_another_district_is_not_covered(tmp_path: Path) -> None:
    form = made(tmp_path)
    pilot = SiteSet("pilot", "commune", 1, (Site("pilot", "p1", "Phường Quang Trung", "01"),), "districts")
    sites = SiteIndex({**form.sites.sets, "pilot": pilot})
    target = form.plan.targets["communes-with-model"].model_copy(update={"sites": "pilot"})
    for code, covered in (("0101", True), ("0201", False)):
        site = next(one for one in form.sites.sets["communes"].members if one.key == code)
        assert replace(form, sites=sites, site=site).covers(target) is covered


def test_only_input_cells_are_open(tmp_path: Path) -> None:
    form = made(tmp_path)
    sheet, columns, rows = grid(form)
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert not sheet.protection.formatColumns  # allowed
    fills = {"FFF2CC": True, "E2E2E2": False}
    for one in rows_of(form):
        cells = [sheet.cell(rows[one.id], columns[name]) for name in HEADINGS["vi"][4:7]]
        is_open = [not cell.protection.locked for cell in cells]
        share = one.entry is Entry.SHARE
        assert is_open == [share, share, not share], one.id
        assert [fills[cell.fill.fgColor.rgb[2:]] for cell in cells] == is_open
        for name in ("STT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch năm", "id"):
            assert sheet.cell(rows[one.id], columns[name]).protection.locked
    formulas = [cell for line in sheet.iter_rows() for cell in line if cell.data_type == "f"]
    assert formulas == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_entries_are_checked(tmp_path: Path, language: Language) -> None:
    form = made(tmp_path, language=language)
    sheet, columns, rows = grid(form)
    by_cell = {
        cell: rule
        for rule in sheet.data_validations.dataValidation
        for block in rule.sqref.ranges
        for cell in {sheet.cell(*at).coordinate for at in block.cells}
    }
    numerator, denominator, result = HEADINGS[language][4:7]
    seen = set()
    for target, heading, kind in [
        ("counselled", result, "whole"), ("loans", result, "decimal"), ("review", result, "list"),
        ("access", numerator, "whole"), ("access", denominator, "whole"),
        ("communes-with-model", denominator, "whole"), ("district-model", numerator, "whole"),
    ]:  # fmt: skip
        cell = sheet.cell(rows[target], columns[heading])
        assert isinstance(cell, Cell)
        rule = by_cell[cell.coordinate]
        seen.add(cell.coordinate)
        assert rule.type == kind, target
        assert rule.allowBlank
        assert rule.showErrorMessage
        assert rule.showInputMessage
        if kind == "list":
            assert rule.formula1 == {"vi": '"Đạt,Chưa đạt"', "en": '"Done,Not done"'}[language]
        else:
            assert (rule.operator, rule.formula1) == ("greaterThanOrEqual", "0")
            assert {"vi": "0: đã kiểm tra, không phát sinh", "en": "0: checked"}[language] in rule.prompt
    for rule in sheet.data_validations.dataValidation:
        assert len(rule.promptTitle) <= 32
        assert len(rule.errorTitle) <= 32
        assert len(rule.prompt) <= 255
        assert len(rule.error) <= 225
    closed = sheet.cell(rows["counselled"], columns[numerator])
    assert isinstance(closed, Cell)
    assert closed.coordinate not in by_cell


def test_goals_of_the_whole_plan(tmp_path: Path) -> None:
    goals = {one.id: one.goal for one in rows_of(made(tmp_path))}
    assert goals == {
        "counselled": 1700, "counselled-women": ">\xa030%", "counselled-placed": "≤\xa05",
        "loans": Fraction("1000.5"), "access": ">\xa080,5%", "communes-with-model": "100%",
        "district-model": "mỗi đơn vị ≥\xa02", "district-list": "100%", "review": "chậm nhất 30/6/2024",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("site", "counselled", "access", "model"),
    [("Quận Đống Đa", 1200, None, 2), ("Quận Hà Đông", 500, None, 2), ("Phường Láng Hạ", None, None, None)],
)
def test_what_a_site_is_assigned(
    tmp_path: Path, site: str, counselled: int | None, access: str | None, model: int | None
) -> None:
    form = made(tmp_path, site)
    sheet, columns, rows = grid(form)
    column = columns["Chỉ tiêu giao"]
    found = {target: sheet.cell(at, column).value for target, at in rows.items()}
    assert found == dict.fromkeys(found) | {
        "counselled": counselled, "access": access, "district-model": model,
    }  # fmt: skip


def test_notes_say_what_the_denominator_is(tmp_path: Path) -> None:
    whole, district = made(tmp_path), made(tmp_path, "Quận Đống Đa")
    assert row(whole, "access").note == "Mẫu số: người có hồ sơ quản lý"
    assert row(whole, "counselled").note == "Phạm vi: tại cộng đồng"
    assert row(whole, "counselled-women").note == "Mẫu số: Người được tư vấn"
    assert row(whole, "communes-with-model").note == "Mẫu số: 4 xã, phường, thị trấn"
    assert row(district, "communes-with-model").note == "Mẫu số: 2 xã, phường, thị trấn"
    assert row(district, "district-list").note == ""
    assert row(district, "review").note == "Thời hạn: 30/6/2024"


def test_the_hidden_sheet_is_text(tmp_path: Path) -> None:
    for site, known in ((None, ("", "", "")), ("Phường Quang Trung, quận Hà Đông", (
        "communes", "0201", "Phường Quang Trung (Quận Hà Đông)",
    ))):  # fmt: skip
        book = opened(made(tmp_path, site))
        assert book.sheetnames == ["Biểu báo cáo", "Hướng dẫn", "_rehabplan"]
        sheet = book["_rehabplan"]
        assert sheet.sheet_state == "veryHidden"
        assert {str(name): value or "" for name, value in sheet.iter_rows(values_only=True)} == {
            "form": "rehabplan/form/1", "year": "2024", "period": "9m", "cutoff": "2024-09-30",
            "site_set": known[0], "site": known[1], "site_name": known[2],
        }  # fmt: skip


def test_the_printed_page(tmp_path: Path) -> None:
    for sheet in opened(made(tmp_path)).worksheets[:2]:
        margins = sheet.page_margins
        found = [round(25.4 * one) for one in (margins.left, margins.right, margins.top, margins.bottom)]
        assert found == [30, 15, 20, 20]
        assert str(sheet.page_setup.paperSize) == "9"
        assert sheet.HeaderFooter.differentFirst
        assert sheet.oddHeader is not None
        assert sheet.oddHeader.center.text == "&P"
        assert not sheet.firstHeader
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        fonts = {cell.font.name for line in sheet.iter_rows() for cell in line if cell.value}
        assert fonts - {"Times New Roman"} == set()
    report, columns, _rows = grid(made(tmp_path))
    assert str(report.print_title_rows) == "$8:$8"
    assert report.cell(8, columns["id"]).value == "id"


def test_the_same_form_has_the_same_bytes_and_names_nobody(tmp_path: Path) -> None:
    form = made(tmp_path)
    first = form_bytes(form)
    assert form_bytes(form) == first
    with zipfile.ZipFile(BytesIO(first)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        whole = b"".join(archive.read(name) for name in archive.namelist())
        core = archive.read("docProps/core.xml").decode()
    assert str(tmp_path).encode() not in whole
    assert "openpyxl" not in core
    assert "UBND tỉnh Ví Dụ" in core


def test_texts_of_a_plan_stay_texts(tmp_path: Path) -> None:
    """No name becomes a formula."""
    (tmp_path / "plan.yaml").write_text(
        'year: 2024\ntitle: {vi: a, en: b}\nissuer: "=x"\nsites:\n'
        "  towns: {count: 1, unit: commune, list: towns.csv, key: code, name: name}\ntargets:\n  one:\n"
        '    name: {vi: "=2+2", en: c}\n    kind: count\n    goal: 1\n    unit: "=3+3"\n',
        "utf-8",
    )
    (tmp_path / "towns.csv").write_text("code,name\n1,=1+1\n", "utf-8")
    loaded = load_plan(tmp_path / "plan.yaml")
    period = period_of("9m", 2024, Convention.CALENDAR)
    form = Form(loaded.plan, period, "vi", loaded.sites, loaded.shares, loaded.sites.sets["towns"].members[0])
    book = opened(form)
    cells = [cell for sheet in book.worksheets for line in sheet.iter_rows() for cell in line]
    assert "f" not in {cell.data_type for cell in cells}
    assert {"=2+2", "=3+3", "=1+1"} <= {cell.value for cell in cells}


@pytest.mark.parametrize("convention", list(Convention))
@pytest.mark.parametrize("label", list(MONTHS_OF_LABEL))
def test_the_period_in_words_can_be_read_again(label: str, convention: Convention) -> None:
    period = period_of(label, 2024, convention)
    text = (
        f"Kỳ báo cáo: {label_text(label, 'vi')} (từ ngày {day_text(period.first, 'vi')} "
        f"đến ngày {day_text(period.cutoff, 'vi')})"
    )
    clue = clue_in_title(text)
    assert clue is not None
    assert clue.agrees(period)


@pytest.mark.parametrize("path", sorted((ROOT / "plans").glob("*.yaml")), ids=lambda path: path.stem)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_shipped_plan_has_a_form(path: Path, language: Language) -> None:
    loaded = load_plan(path)
    period = period_of("year", loaded.plan.year, loaded.plan.convention)
    _sheet, _columns, rows = grid(Form(loaded.plan, period, language, loaded.sites, loaded.shares))
    assert list(rows) == [target.id for target, _depth in loaded.plan.in_tree_order()]


def test_goals_of_every_kind() -> None:
    loaded = load_plan(ROOT / "tests" / "every_kind" / "plan.yaml")
    found = {
        name: str(goal_cell(target.goal_of(2024), target, "vi")).replace("\xa0", " ")
        for name, target in loaded.plan.targets.items()
    }
    assert found["counselled"] == "1464"
    assert found["no-escapes"] == "0"
    assert found["rule-breaking-cap"] == "≤ 0,3%"
    assert found["new-cases"] == "giảm 5%"
    assert found["dropout-points"] == "giảm 0,8 điểm phần trăm"
    assert found["tests-done"] == "tăng 10%"
    assert found["beds-free"] == "5 – 10%"
    assert found["review-held"] == "chậm nhất 30/6/2024"
    english = goal_cell(
        loaded.plan.targets["new-cases"].goal_of(2024), loaded.plan.targets["new-cases"], "en"
    )
    assert english == "-5%"


def test_rows_grow_with_their_text() -> None:
    short, room = "Cấp xã có mô hình", 200.0
    assert lines_of(short, room, 11) == 1
    assert lines_of(f"{short} {short} {short}", room, 11) == 2
    assert lines_of(short + "\n" + short, room, 11) == 2
    assert lines_of("a" * 100, room, 11) > 2
    assert lines_of("mỗi đơn vị ≥\xa01", width_of("mỗi đơn vị ≥", 11), 11) == 2
    # Marks take no room, decomposed or not.
    assert width_of("Kế hoạch", 11) == width_of("Kê hoach", 11)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Quận Ba Đình", "Quận Ba Đình"),
        ("Xã A/B: C?", "Xã A B C"),
        ("CON", "_CON"),
        ("con.x", "_con.x"),
        ("Com1", "_Com1"),
        ("lpt².2024", "_lpt².2024"),
        ("CONIN$", "_CONIN$"),
        ("a\\b<c>|d\t", "a b c d"),
        ("Conan", "Conan"),
        ("Xã . ", "Xã"),
        ("..", "_"),
    ],
)
def test_file_names_are_safe_on_windows(name: str, expected: str) -> None:
    assert safe(name) == expected


def test_no_two_sites_share_a_file() -> None:
    members = (
        Site("s", "1", "Xã A/B"),
        Site("s", "2", "Xã A:B"),
        Site("s", "3", "Xã a b"),
        Site("s", "4", "Xã C"),
    )
    index = SiteIndex.of([SiteSet("s", "commune", 4, members)])
    names = list(file_names(members, index, period_of("q1", 2024, Convention.CALENDAR)).values())
    assert names[3] == "Xã C - 2024 q1.xlsx"
    assert len({name.casefold() for name in names}) == 4
    long = Site("s", "5", "Xã " + "Ế" * 200)
    index = SiteIndex.of([SiteSet("s", "commune", 1, (long,))])
    name = file_names([long], index, period_of("year", 2024, Convention.CALENDAR))[long]
    assert len(name.encode()) <= 200
