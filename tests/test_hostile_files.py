"""What is no workbook, what is out to hurt, and what chance makes: the door never breaks."""

import os
import random
import struct
import subprocess
import sys
import time
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook as OpenpyxlWorkbook
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from rehabplan.actuals.formats.limits import FREE_INFLATED, MOST_BYTES, MOST_ENTRIES, MOST_FORMATS
from rehabplan.actuals.sheet import CellKind
from rehabplan.actuals.workbook import open_workbook
from rehabplan.problems import RehabplanError
from tests.formats import (
    FLOAT,
    FORMATS,
    ODS,
    TCVN3,
    UNICODE,
    code_of,
    ods_parts,
    opened,
    record,
    styles,
    xlsb_parts,
    xlsx_parts,
    zipped,
)

HERE = Path(__file__).parent


def container(*names: str) -> bytes:
    """Return an OLE container with these streams at its top."""
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<H", head, 30, 9)
    struct.pack_into("<I", head, 48, 1)
    struct.pack_into("<109I", head, 76, 0, *[0xFFFFFFFF] * 108)
    table = struct.pack("<128I", 0xFFFFFFFD, 2, 0xFFFFFFFE, *[0xFFFFFFFF] * 125)
    entries = b""
    for at, name in enumerate(["Root Entry", *names]):
        encoded = name.encode("utf-16-le")
        right = at + 1 if 0 < at < len(names) else 0xFFFFFFFF
        child = 1 if at == 0 else 0xFFFFFFFF
        entries += struct.pack("<64sHBBIII", encoded, len(encoded) + 2, 2, 1, 0xFFFFFFFF, right, child).ljust(
            128, b"\0"
        )
    return bytes(head) + table + entries.ljust(1024, b"\0")


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "an empty file"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"\xff\xd8\xff\xe0", "a picture"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "a web page"),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE html><body>", "a web page"),
        ("\ufeff<html><table>".encode("utf-16-le"), "a web page"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
         "an XML Spreadsheet 2003"),
        (container("WordDocument", "ObjectPool"), "a Word document (.doc)"),
        (container("WordDocument", "x", "y", "z", "1Table", "Data"), "a Word document (.doc)"),
        (container("PowerPoint Document"), "a PowerPoint"),
        (container("Contents"), "but not of Excel"),
        (zipped({"word/document.xml": "", "[Content_Types].xml": ""}), "a Word document (.docx)"),
        (zipped({"mimetype": ODS.replace("spreadsheet", "text"), "content.xml": ""}), "an OpenDocument file"),
        (zipped({"a.txt": ""}), "a packed folder (.zip)"),
    ],
)  # fmt: skip
def test_other_kinds_are_named(content: bytes, found: str, tmp_path: Path) -> None:
    with pytest.raises(RehabplanError) as error:
        opened(content, tmp_path, "report.xls")
    assert error.value.problems[0].code.number == "RP302"
    assert found in str(error.value)


def test_a_container_chained_in_a_circle(tmp_path: Path) -> None:
    """xlrd alone follows such a chain until the memory is full."""
    content = bytearray(container("Workbook"))
    struct.pack_into("<I", content, 512 + 8, 1)  # behind sector 2 comes sector 1 again
    assert code_of(bytes(content), tmp_path, "report.xls") == "RP304"


def test_protected_files(tmp_path: Path) -> None:
    manifest = {"META-INF/manifest.xml": "<manifest:encryption-data/>"}
    assert code_of(zipped({**ods_parts(""), **manifest}), tmp_path) == "RP303"
    assert code_of(container("EncryptionInfo", "EncryptedPackage"), tmp_path) == "RP303"


def test_kind_is_told_from_content(tmp_path: Path) -> None:
    xlsx = zipped(xlsx_parts('<row r="1"><c r="A1"><v>1</v></c></row>'))
    assert opened(xlsx, tmp_path, "report.csv").kind == "xlsx"
    assert opened(b"a,b\n1,2\n", tmp_path, "report.xlsx").kind == "csv"
    assert opened(xlsx, tmp_path, "~$report.xlsx").kind == "xlsx"


@pytest.mark.parametrize("name", ["~$report.xlsx", ".~lock.report.xlsx#"])
def test_lock_files(name: str, tmp_path: Path) -> None:
    assert code_of(b"\x05Trung".ljust(165, b" "), tmp_path, name) == "RP315"


def test_what_is_no_regular_file(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.xlsx", Path(os.devnull)):
        with pytest.raises(RehabplanError) as error:
            open_workbook(path)
        assert error.value.problems[0].code.number == "RP301"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "report.xlsx")
    with pytest.raises(RehabplanError, match="pipe"):
        open_workbook(tmp_path / "report.xlsx")


def test_files_beyond_the_limits(tmp_path: Path) -> None:
    huge = tmp_path / "huge.xlsx"
    with huge.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(RehabplanError) as error:
        open_workbook(huge)
    assert error.value.problems[0].code.number == "RP312"
    blank = xlsx_parts(" " * (FREE_INFLATED * 20))
    assert code_of(zipped(blank), tmp_path) == "RP312"
    many = xlsx_parts() | {f"p{number}": "" for number in range(MOST_ENTRIES)}
    assert code_of(zipped(many), tmp_path) == "RP312"
    twice = xlsx_parts() | {"XL/workbook.xml": ""}
    assert code_of(zipped(twice), tmp_path) == "RP312"
    repeated = (
        f'<table:table-row table:number-rows-repeated="1048576"><table:table-cell {FLOAT}"1" '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    assert code_of(zipped(ods_parts(repeated)), tmp_path) == "RP312"
    formats = xlsx_parts(styles=styles(*map(str, range(MOST_FORMATS + 1))))
    assert code_of(zipped(formats), tmp_path) == "RP312"
    entities = xlsx_parts()
    bomb = '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><worksheet>&c;</worksheet>'
    entities["xl/worksheets/sheet1.xml"] = bomb
    assert code_of(zipped(entities), tmp_path) == "RP304"


def test_two_far_corners_and_huge_merges_cost_nothing(tmp_path: Path) -> None:
    merges = '<mergeCell ref="A1:XFD1048576"/>' * 1000
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    parts = xlsx_parts(rows, after=f"<mergeCells>{merges}</mergeCells>")
    begin = time.process_time()
    assert len(opened(zipped(parts), tmp_path).sheets[0].cells) == 1  # nobody sees the other one
    assert time.process_time() - begin < 1


def samples() -> dict[str, bytes]:
    """Return a small workbook of each format."""
    strings = f"<si><t>{UNICODE}</t></si><si><t>{TCVN3}</t></si>"
    rows = "".join(
        f'<row r="{at}"><c r="A{at}" t="s"><v>{at % 2}</v></c><c r="B{at}" s="1"><v>0.{at}</v></c></row>'
        for at in range(1, 20)
    )
    cells = f'<table:table-cell office:value-type="string"><text:p>{UNICODE}</text:p></table:table-cell>' * 3
    xls = HERE / "data" / "xls" / "small.xls"
    return {
        "xlsx": zipped(xlsx_parts(rows, strings=strings, styles=FORMATS)),
        "xlsb": (HERE / "data" / "xlsb" / "base.xlsb").read_bytes(),
        "ods": zipped(ods_parts(f"<table:table-row>{cells}</table:table-row>" * 10)),
        "csv": f"{UNICODE};1.700,5\n{TCVN3};2\n".encode() * 10,
        "xls": xls.read_bytes(),
    }


SAMPLES = samples()


@pytest.mark.parametrize("kind", SAMPLES)
def test_mutations_give_cells_or_a_clear_error(kind: str, tmp_path: Path) -> None:
    """Whatever is cut off or flipped, the door answers quickly: with sheets or with its own error."""
    whole = SAMPLES[kind]
    chance = random.Random(2024)  # noqa: S311 - mutations, not secrets
    begin = time.process_time()
    for turn in range(100):
        content = bytearray(whole)
        if turn % 3 == 0:
            del content[chance.randrange(len(content)) :]
        else:
            for _ in range(chance.choice((1, 1, 4, 20))):
                content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        try:
            assert opened(bytes(content), tmp_path, f"report.{kind}").sheets
        except RehabplanError as error:
            assert error.problems[0].code.number in {"RP302", "RP303", "RP304", "RP312", "RP316"}  # noqa: PT017 - either is right
    assert time.process_time() - begin < 30


@pytest.mark.parametrize("kind", ["xlsx", "xlsb", "ods"])
def test_mutations_inside_the_parts(kind: str, tmp_path: Path) -> None:
    """The same within parts, which a flip in the zip file seldom reaches: its sum is checked first."""
    rows = '<row r="1"><c r="A1" t="s" s="1"><v>0</v></c><c r="B1"><f>1</f><v>0.5</v></c></row>'
    sheet = record(0, struct.pack("<IIHBBBI", 0, 0, 300, 0, 0, 0, 0)) + record(
        7, struct.pack("<III", 0, 0, 0)
    )
    cell = f'<table:table-cell {FLOAT}"5" table:number-columns-repeated="2"><text:p>5</text:p>'
    parts = {
        "xlsx": xlsx_parts(rows, strings="<si><t>x</t></si>", styles=FORMATS),
        "xlsb": xlsb_parts(sheet * 3, ["0%"]),
        "ods": ods_parts(f"<table:table-row>{cell}</table:table-cell></table:table-row>"),
    }[kind]
    chance = random.Random(2024)  # noqa: S311 - as above
    names = [name for name in parts if name not in {"[Content_Types].xml", "mimetype"}]
    for _ in range(100):
        name = chance.choice(names)
        content = parts[name]
        changed = bytearray(content.encode() if isinstance(content, str) else content)
        for _flip in range(chance.choice((1, 1, 3))):
            changed[chance.randrange(len(changed))] = chance.choice(b'\x00\x01\x7f\x80\xff0915<>&/"')
        try:
            assert opened(zipped({**parts, name: bytes(changed)}), tmp_path).sheets
        except RehabplanError as error:
            assert error.problems[0].code.number in {"RP303", "RP304", "RP312"}  # noqa: PT017 - either is right


Value = bool | int | float | str | date
VALUES: st.SearchStrategy[Value] = st.one_of(
    st.integers(-(10**15), 10**15),
    st.floats(-9.9e307, 9.9e307),
    st.booleans(),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cn", "Cs"]), min_size=1, max_size=20),
    st.dates(date(1900, 3, 2), date(2200, 1, 1)),
)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(st.tuples(VALUES, st.booleans()), max_size=5), max_size=6))
def test_what_openpyxl_writes_reads_as_openpyxl_reads_it(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[tuple[Value, bool]]]
) -> None:
    path = tmp_path_factory.getbasetemp() / "hypothesis.xlsx"
    book = OpenpyxlWorkbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row, values in enumerate(table, start=1):
        for column, (value, percent) in enumerate(values, start=1):
            cell = sheet.cell(row, column)
            assert isinstance(cell, Cell)
            cell.value = f"'{value}" if isinstance(value, str) else value
            if percent and isinstance(value, int | float):
                cell.number_format = "0.00%"
    book.save(path)
    found = open_workbook(path).sheets[0].cells
    read = load_workbook(path).worksheets[0]
    expected = {
        (cell.row, cell.column): cell for line in read.iter_rows() for cell in line if cell.value is not None
    }
    assert set(found) == set(expected)
    for place, cell in expected.items():
        ours = found[place]
        match cell.value:
            case bool() as truth:
                assert ours.text == str(truth).upper()
            case int() | float() as number:
                exact = Fraction(number) if isinstance(number, int) else Fraction(f"{number:.15g}")
                percent = "%" in str(cell.number_format)
                assert ours.kind is (CellKind.PERCENT if percent else CellKind.NUMBER)
                assert ours.value == exact * (100 if percent else 1)
            case datetime() as at:
                assert (ours.kind, ours.text) == (CellKind.DATE, str(at.date()))
            case text:
                assert (ours.kind, ours.text) == (CellKind.TEXT, str(text))


def test_the_door_is_cheap_to_import() -> None:
    command = "import sys, rehabplan.actuals.workbook; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", command], check=True, capture_output=True, text=True)  # noqa: S603 - our own words
    assert not {"xlrd", "openpyxl", "pydantic", "zipfile", "csv"} & set(loaded.stdout.split())
