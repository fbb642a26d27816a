"""The meeting's workbook: the same results as `check`, real numbers, formulas with values; safe; printed."""

import json
import re
import shutil
import subprocess
import unicodedata
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from rehabplan import figures
from rehabplan.summary.targets import numbering
from tests.cases import ROOT, prepared, run
from tests.grid import write_workbook
from tests.sites_plan import COMMUNES, PLAN, SHARES

SHIPPED = f"{ROOT}/plans/2024.yaml --actuals {ROOT}/reports/2024-9m.xlsx"
SOFFICE, PDFTOTEXT = shutil.which("soffice"), shutil.which("pdftotext")
needs_office = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
needs_pdf = pytest.mark.skipif(PDFTOTEXT is None, reason="pdftotext (poppler-utils) is not installed")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a plan of four districts, reports of two periods, and the year before."""
    monkeypatch.chdir(tmp_path)
    for year, goal in ((2023, 1000), (2024, 1200)):
        text = PLAN.replace("year: 2024", f"year: {year}").replace("goal: 1200", f"goal: {goal}")
        (tmp_path / f"{year}.yaml").write_text(text, "utf-8")
    (tmp_path / "xa.csv").write_text(COMMUNES, "utf-8")
    (tmp_path / "giao.csv").write_text(SHARES, "utf-8")
    districts = ("Quận Ba Đình", "Quận Đống Đa", "Huyện Sóc Sơn", "Thị xã Sơn Tây")
    for year, months, numbers in (
        (2023, 9, (300, 200, 250, 90)), (2024, 6, (200, 100, 150, 60)), (2024, 9, (330, 260, 120, 150)),
    ):  # fmt: skip
        rows = "\n".join(
            f"{at}|{name}|{figure}|{figure * 2}|{figure + 10}/{figure * 2}"
            for at, (name, figure) in enumerate(zip(districts, numbers, strict=True), start=1)
        )
        heads = "Cai nghiện tự nguyện (người)|Hồ sơ cai nghiện bắt buộc (hồ sơ)|Người được tiếp cận dịch vụ"
        grid = f"BÁO CÁO KẾT QUẢ {months} THÁNG NĂM {year}\nSTT|Quận, huyện, thị xã|{heads}\n{rows}\n"
        (tmp_path / str(year)).mkdir(exist_ok=True)
        write_workbook(grid, tmp_path / str(year) / f"{months}m.xlsx")
    return tmp_path


def made(arguments: str, code: int = 0) -> bytes:
    """Return the workbook that a command writes."""
    out = run(f"summary {arguments} -o out.xlsx --force --lang en")
    assert out.endswith(f"--- exit code {code}\n"), out
    return Path("out.xlsx").read_bytes()


def opened(content: bytes, *, values: bool = False) -> Workbook:
    with warnings.catch_warnings():  # it does not know the data bars and small lines of Excel 2010
        warnings.filterwarnings("ignore", message=".*extension is not supported", category=UserWarning)
        return load_workbook(BytesIO(content), data_only=values)


def table_of(sheet: Worksheet) -> Iterator[dict[str, Any]]:
    """Yield the rows of a sheet's table as heading → cell."""
    assert sheet.auto_filter.ref
    block: Any = sheet[sheet.auto_filter.ref]
    heads = [str(cell.value) for cell in block[0]]
    for row in block[1:]:
        yield dict(zip(heads, row, strict=True))


def checked(arguments: str) -> list[dict[str, Any]]:
    out = run(f"check {arguments} --format json").partition("--- ")[0]
    found: list[dict[str, Any]] = json.loads(out)["targets"]
    return found


# ── the same results as `check` ───────────────────────────────────────────────────────────────


def compared(arguments: str) -> None:
    """Hold every figure of the sheet of targets against the JSON of `check`."""
    content, targets = made(arguments), checked(arguments)
    shown = list(table_of(opened(content, values=True)["Targets"]))
    formulas = list(table_of(opened(content)["Targets"]))
    assert [row["Target"].value for row in shown] == [one["name"]["en"] for one in targets]
    for row, formula, one in zip(shown, formulas, targets, strict=True):
        share = one["kind"] in ("rate", "coverage")
        low, high = one["actual"]["low"], one["actual"]["high"]
        number = row["Actual"].value
        exact = low is not None and low == high
        if one["actual"]["state"] == "value" and one["kind"] != "milestone" and exact:
            assert number == pytest.approx(low / 100 if share else low, abs=1e-8)
        elif one["actual"]["state"] == "not_reported":
            assert number is None
        if one["percent"] is not None:
            assert row["% of goal"].value == pytest.approx(one["percent"] / 100, abs=1e-8)
            if isinstance(formula["Goal"].value, int | float):
                assert str(formula["% of goal"].value).startswith("=")
        if one["gap"] is not None and isinstance(row["Gap"].value, int | float):
            assert row["Gap"].value == pytest.approx(one["gap"], abs=1)
        assert row["Status"].value.split(" ", 1)[1].replace(" yet", "").replace(" ", "_") == one["status"]


def test_the_shipped_example_says_what_check_says(here: Path) -> None:
    assert here.is_dir()
    compared(SHIPPED)


@pytest.mark.usefixtures("here")
def test_figures_added_up_from_sites_say_what_check_says() -> None:
    compared("2024.yaml --actuals 2024/9m.xlsx")


@pytest.mark.usefixtures("here")
def test_bounds_are_numbers_with_their_sign() -> None:
    sheet = opened(made(SHIPPED))["Targets"]
    row = next(r for r in table_of(sheet) if "Voluntary" in str(r["Target"].value))
    assert (row["Actual"].value, row["Actual"].number_format) == (664, '"≥ "#,##0')
    assert row["% of goal"].number_format == '"≥ "#,##0.0%'
    assert row["Gap"].number_format == '"≤ "#,##0'


@pytest.mark.usefixtures("here")
def test_a_missing_figure_is_an_empty_cell_and_never_a_zero() -> None:
    sheet = opened(made(SHIPPED), values=True)["Targets"]
    row = next(r for r in table_of(sheet) if "Court dossiers" in str(r["Target"].value))
    assert row["Actual"].value is row["% of goal"].value is row["Gap"].value is None
    assert row["Status"].value == "○ not reported"


# ── the sheets that there are ─────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("arguments", "sheets"),
    [
        (SHIPPED, ["Summary", "Targets", "Data problems", "Sources"]),
        (
            "2024.yaml --actuals 2024/9m.xlsx",
            ["Summary", "Targets", "By site", "Ranking", "Data problems", "Sources"],
        ),
        (
            "2024.yaml --actuals 2024 --previous 2023",
            [
                "Summary",
                "Targets",
                "By site",
                "Ranking",
                "Against last year",
                "Course",
                "Data problems",
                "Sources",
            ],
        ),
    ],
)
def test_sheets(arguments: str, sheets: list[str]) -> None:
    assert opened(made(arguments)).sheetnames == sheets


@pytest.mark.usefixtures("here")
def test_every_target_leads_to_its_source() -> None:
    book = opened(made("2024.yaml --actuals 2024/9m.xlsx"))
    for row in table_of(book["Targets"]):
        found = re.fullmatch(r"'?Sources'?!A(\d+)", str(row["Source"].hyperlink.location))
        assert found
        assert book["Sources"].cell(int(found[1]), 1).value == row["Target"].value


@pytest.mark.usefixtures("here")
def test_sources_name_every_file_with_its_hash() -> None:
    sheet = opened(made("2024.yaml --actuals 2024 --previous 2023"))["Sources"]
    texts = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    for path in ("2024.yaml", "2024/6m.xlsx", "2024/9m.xlsx"):
        assert sha256(Path(path).read_bytes()).hexdigest() in texts


@pytest.mark.usefixtures("here")
def test_a_silent_site_is_visible() -> None:
    grid = """BÁO CÁO KẾT QUẢ 9 THÁNG NĂM 2024
STT|Quận, huyện, thị xã|Cai nghiện tự nguyện (người)
1|Quận Ba Đình|330
2|Quận Đống Đa|0
3|Huyện Sóc Sơn|120
"""
    write_workbook(grid, Path("part.xlsx"))
    sheet = opened(made("2024.yaml --actuals part.xlsx"), values=True)["By site"]
    rows = {row[1].value: row[2].value for row in sheet.iter_rows() if row[1].value}
    assert rows["Quận Đống Đa"] == 0
    assert rows["Thị xã Sơn Tây"] == "○"
    assert rows["Reported"] == "3/4"


@pytest.mark.usefixtures("here")
def test_differences_from_the_year_before_are_formulas() -> None:
    content = made("2024.yaml --actuals 2024 --previous 2023")
    row = next(iter(table_of(opened(content)["Against last year"])))
    value = next(iter(table_of(opened(content, values=True)["Against last year"])))
    assert re.fullmatch(r"=E\d+-D\d+", row["Difference"].value)
    assert (value["Nine months of 2023"].value, value["This year"].value, value["Difference"].value) == (
        840,
        860,
        20,
    )
    assert value["%"].value == pytest.approx(20 / 840)


# ── sentences ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("here")
def test_the_worst_comes_first_with_one_sentence_each() -> None:
    sheet = opened(made(SHIPPED))["Summary"]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    start = texts.index("What needs a decision (3)")
    assert texts[start + 5 : start + 8] == ["15", "Contacts made by the peer group", "▼ behind"]
    assert texts[start + 8] == (
        "51.4% of the annual plan reached (257 client contacts), 117 client contacts behind the pace; "
        "81 client contacts a month needed until the end of the year."
    )


SENTENCES = {
    "Late dossiers": "6 dossiers recorded, goal ≤ 5, 1 dossiers over.",
    "Brawls, down on the average of three years": (
        "97 cases recorded, goal -10% (117), 10 cases over the ceiling by now (≤ 87)."
    ),
    "Share of beds kept free": "10.4% recorded, goal 5 – 10%, 0.4 pts over.",
    "House rules issued": "Not done; it was due on 2024-06-30.",
    "Dossiers of registered residents": (
        "600 persons reported, but no share of it: “Court dossiers” is counted in another unit (dossiers)."
    ),
    "Patients in substitution treatment": (
        "96.9% of the annual plan reached (6,300 patients), 99 patients behind the pace; "
        "67 patients a month needed until the end of the year."
    ),
}


@pytest.fixture
def every_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workbook:
    """The workbook of one target of every kind."""
    prepared(ROOT / "tests" / "every_kind", tmp_path)
    monkeypatch.chdir(tmp_path)
    return opened(made("plan.yaml --actuals report.xlsx --period 9m"))


def test_sentences(every_kind: Workbook) -> None:
    rows = ([str(cell.value) for cell in row if cell.value] for row in every_kind["Summary"].iter_rows())
    found = {row[1]: row[3].replace("\N{NO-BREAK SPACE}", " ") for row in rows if len(row) == 4}
    assert SENTENCES.items() <= found.items()


def test_what_is_above_a_ceiling_is_not_missing(every_kind: Workbook) -> None:
    rows = {row["Target"].value: row for row in table_of(every_kind["Targets"])}
    late = rows["Late dossiers"]["Gap"]
    assert (late.data_type, late.number_format.partition(";")[0]) == ("f", '#,##0" over"')
    ceiling = rows["Brawls, down on the average of three years"]["Expected"]
    assert ceiling.value == 87  # at most 87.59 cases are at most 87
    assert ceiling.number_format == '"≤ "#,##0'
    assert rows["House rules issued"]["% of goal"].value is None


def test_a_meeting_speaks_of_twenty_targets_and_names_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    targets = "".join(
        f'  t{n}: {{name: {{vi: "Việc {n}", en: "Task {n}"}}, kind: count, goal: 100, unit: person}}\n'
        for n in range(60)
    )
    plan = f'year: 2024\ntitle: {{vi: "A", en: "A"}}\nissuer: B\ntargets:\n{targets}'
    Path("plan.yaml").write_text(plan, "utf-8")
    figures = "\n".join(f"{n}|Việc {n}|người|{n if n < 55 else '12 hoặc 13'}" for n in range(59))
    grid = f"BÁO CÁO 9 THÁNG NĂM 2024\nSTT|Chỉ tiêu|Đơn vị tính|Lũy kế từ đầu năm\n{figures}"
    write_workbook(grid, Path("report.xlsx"))
    sheet = opened(made("plan.yaml --actuals report.xlsx", code=3))["Summary"]
    rows = [[str(cell.value) for cell in row if cell.value is not None] for row in sheet.iter_rows()]
    texts = [row[0] for row in rows if len(row) == 1]
    assert "What needs a decision (55)" in texts
    assert [row[1] for row in rows if len(row) == 4 and row[2] == "▼ behind"] == [
        f"Task {n}" for n in range(20)
    ]
    rest = next(at for at, text in enumerate(texts) if text.startswith("Also behind (35), see the sheet"))
    named = "; ".join(
        text.rstrip(".").partition(": ")[2] or text.rstrip(".") for text in texts[rest : rest + 2]
    )
    assert named.split("; ") == [f"Task {n}" for n in range(20, 55)]
    assert texts[texts.index("Reported, but unusable (4): see the sheet of data problems") + 1] == (
        "Task 55; Task 56; Task 57; Task 58."
    )
    assert texts[texts.index("Not reported (1)") + 1] == "Task 59."


# ── safe ──────────────────────────────────────────────────────────────────────────────────────

EVIL = '=HYPERLINK(""http://x"",1)'


@pytest.mark.usefixtures("here")
def test_no_text_becomes_a_formula_a_link_or_a_macro() -> None:
    text = Path("2024.yaml").read_text("utf-8")
    text = text.replace('en: "Voluntary rehabilitation"', "en: '=1+cmd|calc'")
    text = text.replace('en: "Compulsory dossiers"', 'en: "http://example.org/x"')
    Path("2024.yaml").write_text(text, "utf-8")
    grid = f"""BÁO CÁO KẾT QUẢ 9 THÁNG NĂM 2024
STT|Chỉ tiêu|Đơn vị tính|Lũy kế từ đầu năm
1|Cai nghiện tự nguyện|người|"{EVIL}"
2|Hồ sơ cai nghiện bắt buộc|hồ sơ|5
"""
    write_workbook(grid, Path("evil.xlsx"))
    content = made("2024.yaml --actuals evil.xlsx --annex '=1' --attached-to '@x'", code=3)
    book = opened(content)
    for sheet in book:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if cell.data_type == "f":
                assert re.fullmatch(r"=[A-Z0-9()+*/,.-]+", str(cell.value)), cell.value
            if cell.hyperlink:
                assert cell.hyperlink.target is None
    names = zipfile.ZipFile(BytesIO(content)).namelist()
    assert not [name for name in names if "vba" in name or "external" in name]


@pytest.mark.usefixtures("here")
def test_the_same_input_gives_the_same_bytes() -> None:
    arguments = "2024.yaml --actuals 2024 --previous 2023"
    assert made(arguments) == made(arguments)


@pytest.mark.usefixtures("here")
def test_a_file_that_is_there_is_kept() -> None:
    Path("out.xlsx").write_bytes(b"mine")
    assert "RP206" in run("summary 2024.yaml --actuals 2024 -o out.xlsx")
    assert Path("out.xlsx").read_bytes() == b"mine"


@pytest.mark.usefixtures("here")
def test_a_folder_that_is_not_there_is_told() -> None:
    assert "RP207" in run("summary 2024.yaml --actuals 2024 -o none/out.xlsx")


# ── printed ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("here")
def test_the_page_is_the_decrees() -> None:
    book = opened(made("2024.yaml --actuals 2024 --previous 2023"))
    for sheet in book:
        setup, margins = sheet.page_setup, sheet.page_margins
        assert (setup.paperSize, setup.orientation) == (9, "landscape")
        if setup.fitToHeight is not None:
            assert (setup.fitToWidth or 1, setup.fitToHeight) == (1, 0)  # one page wide by default
        else:  # page breaks of our own, which Excel heeds only beside a scale
            pixels = sum(width_of_column(sheet, at) for at in range(1, sheet.max_column + 1))
            assert pixels * 25.4 / 96 * int(setup.scale or 100) / 100 <= 297 - 30 - 15
        assert [round(x * 25.4) for x in (margins.left, margins.right, margins.top)] == [30, 15, 20]
        assert sheet.HeaderFooter.differentFirst
        assert sheet.title == "Summary" or sheet.print_title_rows
        odd, first = sheet.oddHeader, sheet.firstHeader
        assert odd is not None
        assert first is not None
        assert (odd.center.text, first.center.text) == ("&P", None)
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
            assert cell.font.name == "Times New Roman", (sheet.title, cell.coordinate)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("options", "wanted", "unwanted"),
    [
        ("--annex 'Phụ lục II' --attached-to '(Kèm theo …)'", ["Phụ lục II", "(Kèm theo …)"], ["Độc lập"]),
        (
            "--office 'Sở A' --superior 'UBND B'",
            ["UBND B", "SỞ A", "Độc lập - Tự do - Hạnh phúc"],
            ["Phụ lục"],
        ),
    ],
)
def test_heads(options: str, wanted: list[str], unwanted: list[str]) -> None:
    sheet = opened(made(f"2024.yaml --actuals 2024/9m.xlsx {options}"))["Targets"]
    texts = [str(cell.value) for row in sheet.iter_rows(max_row=8) for cell in row if cell.value]
    assert [text for text in wanted if text not in texts] == []
    assert not [text for text in texts for other in unwanted if other in text]


@pytest.mark.usefixtures("here")
def test_the_head_is_read_from_the_plan() -> None:
    with Path("2024.yaml").open("a", encoding="utf-8") as file:
        file.write('letterhead: {office: "Sở A", superior: "UBND B"}\n')
    sheet = opened(made("2024.yaml --actuals 2024/9m.xlsx"))["Summary"]
    assert "SỞ A" in [cell.value for row in sheet.iter_rows(max_row=4) for cell in row]


def width_of_column(sheet: Worksheet, at: int) -> int:
    """Return a column's width in pixels, of which a digit of the standard font takes eight."""
    named = sheet.column_dimensions
    for one in named.values():
        if one.min is not None and one.max is not None and one.min <= at <= one.max:
            return round(one.width * 8)
    return 64


def converted(content: bytes, folder: Path, kind: str) -> Path:
    """Let LibreOffice open the workbook, compute it, and save it as another kind."""
    source = folder / "in" / "meeting.xlsx"
    source.parent.mkdir(exist_ok=True)
    source.write_bytes(content)
    command = [
        str(SOFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
        "--convert-to", kind, "--outdir", str(folder), str(source),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603 - our own words
    return folder / f"meeting.{kind.partition(':')[0]}"


@needs_office
def test_libreoffice_computes_the_cached_values(here: Path) -> None:
    content = made("2024.yaml --actuals 2024 --previous 2023")
    cached = opened(content, values=True)
    again = opened(converted(content, here, "xlsx:Calc MS Excel 2007 XML").read_bytes(), values=True)
    formulas = opened(content)
    count = 0
    for sheet in formulas:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            before, after = (
                cached[sheet.title][cell.coordinate].value,
                again[sheet.title][cell.coordinate].value,
            )
            assert after == pytest.approx(before, rel=1e-9), (sheet.title, cell.coordinate, cell.value)
            count += 1
    assert count > 10


@needs_office
@needs_pdf
def test_nothing_is_cut_in_print(here: Path) -> None:
    """Every word of every cell is on the printed pages, headings on each, and no ###."""
    content = made("2024.yaml --actuals 2024 --previous 2023 --office 'Sở A' --superior 'UBND B'")
    pdf = converted(content, here, "pdf")
    command = [str(PDFTOTEXT), str(pdf), "-"]
    text = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode()  # noqa: S603
    pages = text.split("\f")[:-1]
    assert "###" not in text
    assert len(pages) <= 12
    printed, wanted = Counter(words(text)), Counter[str]()
    for sheet in opened(content):
        for cell in (cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)):
            if cell.data_type != "f":
                wanted.update(words(str(cell.value)))
    assert {word: count for word, count in wanted.items() if printed[word] < count} == {}


def words(text: str) -> list[str]:
    """Return the words of a text; one that is broken over two lines is not found whole."""
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("depths", "wanted"),
    [
        ([0, 0, 0], ["1", "2", "3"]),
        ([0, 1, 1, 0, 1], ["1", "1.1", "1.2", "2", "2.1"]),
        ([0, 1, 2, 1, 0], ["1", "1.1", "1.1.1", "1.2", "2"]),
    ],
)
def test_numbering(depths: list[int], wanted: list[str]) -> None:
    class Row:
        def __init__(self, depth: int) -> None:
            self.depth = depth

    assert numbering([Row(depth) for depth in depths]) == wanted  # type: ignore[misc]


def test_decimals_never_carry_a_value_onto_its_threshold() -> None:
    assert figures.decimals(Fraction("79.96"), 1, Fraction(80)) == 2
    assert figures.decimals(Fraction("80.04"), 1, Fraction(80)) == 2
    assert figures.decimals(Fraction(80), 1, Fraction(80)) == 0
    assert figures.decimals(Fraction("79.99999999"), 1, Fraction(80)) is None
    assert figures.decimals(Fraction("1234.5"), 1) == 1


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        ("-o out.pdf", "--output: give a name that ends with .xlsx"),
        ("-o out.xlsx --attached-to x", "--attached-to: give --annex too"),
        ("-o out.xlsx --superior x", "--superior: give --office too"),
        ("-o out.xlsx --annex I --office x", "--annex: cannot be combined with --office"),
        ("-o out.xlsx --annex I --template t.xlsx", "--annex: a template has a head of its own"),
    ],
)
def test_what_could_only_be_half_done_is_refused(options: str, wanted: str) -> None:
    text = run(f"summary 2024.yaml --actuals 2024 {options}")
    assert wanted in " ".join(text.split())
    assert "exit code 2" in text
    assert not Path("out.xlsx").exists()


@pytest.mark.usefixtures("here")
def test_an_earlier_year_that_cannot_be_read_is_told_on_the_first_sheet() -> None:
    sheet = opened(made("2024.yaml --actuals 2024 --previous none.xlsx", code=3))["Summary"]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert any("earlier year could not be read" in text for text in texts)
