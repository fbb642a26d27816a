"""Every hostile workbook that we thought of, written part by part, with the answer it must get.

An answer is a code of `problems`, or the cells of the first sheet. What chance makes of good workbooks is in
benchmarks/mutate_workbooks.py; paths and folders that are out to hurt are in test_hostile_paths.py.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.formats import (
    FLOAT,
    FORMATS,
    MAIN,
    OFFICE,
    PACKAGE,
    Seen,
    ods_parts,
    record,
    styles,
    wide,
    xlsb_parts,
    xlsx_parts,
    zipped,
)  # fmt: skip

DATA = Path(__file__).parent / "data"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
ONE = '<row r="1"><c r="A1"><v>1700</v></c></row>'
Parts = dict[str, str | bytes]
TRUE_ONE: Seen = {"A1": ("number", "1700")}


@dataclass(frozen=True)
class Hostile:
    """A file and its answer."""

    name: str
    content: bytes
    answer: str | Seen
    file: str = "report.xlsx"


def xlsx(name: str, rows: str, answer: str | Seen, **more: str) -> Hostile:
    """Return a workbook of one sheet with these rows."""
    return Hostile(name, zipped(xlsx_parts(rows, **more)), answer)


def cell(name: str, inside: str, answer: str | tuple[str, str], kind: str = "n", more: str = "") -> Hostile:
    """Return a workbook whose one cell is this; `inside` is all that stands in the element."""
    rows = f'<row r="1"><c r="A1" t="{kind}"{more}>{inside}</c></row>'
    strings = "<si><t>first</t></si><si><t>second</t></si>"
    return xlsx(name, rows, answer if isinstance(answer, str) else {"A1": answer}, strings=strings,
                styles=FORMATS)  # fmt: skip


def changed(name: str, answer: str | Seen, parts: Mapping[str, str | bytes | None], **more: str) -> Hostile:
    """Return a workbook of the cell A1 = 1700, of which some parts are others, or missing (None)."""
    whole: dict[str, str | bytes | None] = {**xlsx_parts(more.get("rows", ONE)), **parts}
    return Hostile(name, zipped({part: text for part, text in whole.items() if text is not None}), answer)


# ── xlsx: cells ───────────────────────────────────────────────────────────────────────────────────
def cells() -> Iterator[Hostile]:
    """Values that are none, and good ones in rare clothes."""
    for text in ("1e999", "-1e999", "0x10", "１２", "1_000", "nan", "NaN", "inf", "-Infinity", "9" * 400,
                 "1.7.0", "1,5", "--5", "5-", "abc", " ", "1 700", "1e", "٣", "²"):  # fmt: skip
        yield cell(f"number {text[:12]}", f"<v>{text}</v>", "RP304")
    yield cell("number 1e-400", "<v>1e-400</v>", ("number", "0"))
    yield cell("number of 300 digits", f"<v>1{'0' * 299}</v>", ("number", "1" + "0" * 299))
    yield cell("number with blanks", "<v> 1700\n</v>", ("number", "1700"))
    yield cell("number in CDATA", "<v><![CDATA[1700]]></v>", ("number", "1700"))
    yield cell("comment within a number", "<v>17<!-- 9 -->00</v>", ("number", "1700"))
    yield cell("processing within a number", "<v>17<?x 9?>00</v>", ("number", "1700"))
    yield cell("number as references", "<v>&#49;&#x37;00</v>", ("number", "1700"))
    yield cell("element within a number", "<v>17<x>9</x>00</v>", "RP304")
    yield cell("foreign element within a number", '<v>17<q:x xmlns:q="q">9</q:x>00</v>', "RP304")
    yield cell("two values", "<v>1</v><v>2</v>", "RP304")
    yield cell("value and inline text", "<v>1</v><is><t>2</t></is>", "RP304")
    yield cell("unknown element", "<w>1700</w>", "RP304")
    yield cell("unknown type", "<v>1700</v>", "RP304", "nn")
    yield cell("formula with its value", "<f>1+1</f><v>2</v>", ("number", "2"))
    yield cell("formula without a value", "<f>1+1</f>", ("not computed", "=1+1"))
    yield cell("formula that runs a program", "<f>cmd|'/c calc'!A1</f><v>7</v>", ("number", "7"))
    yield cell("formula that looks elsewhere", "<f>[1]Sheet1!A1</f><v>7</v>", ("number", "7"))
    yield cell("truth of 5", "<v>5</v>", "RP304", "b")
    yield cell("truth in words", "<v>true</v>", ("truth", "TRUE"), "b")
    yield cell("error", "<v>#N/A</v>", ("error", "#N/A"), "e")
    yield cell("unknown error", "<v>#XX!</v>", ("error", "#XX!"), "e")
    for index in ("2", "-1", "x", "1.0", "１", "99999999999999999999", "0x1"):
        yield cell(f"shared text {index}", f"<v>{index}</v>", "RP304", "s")
    yield cell("shared text 1", "<v>1</v>", ("text", "second"), "s")
    for style in ("99", "-1", "x", "1e0"):
        yield cell(f"style {style}", "<v>1</v>", "RP304", more=f' s="{style}"')
    date = ' s="3"'
    yield cell("date beyond the calendar", "<v>9999999999</v>", ("date", "9999999999"), more=date)
    yield cell("date of 1e300", "<v>1e300</v>", ("date", "1" + "0" * 300), more=date)
    yield cell("date before all", "<v>-1</v>", ("date", "-1"), more=date)
    yield cell("date of no number", "<v>NaN</v>", "RP304", more=date)
    yield cell("last date", "<v>2958465</v>", ("date", "9999-12-31"), more=date)
    for code in ("\\", '"', "0%\\", "[", "_", "*", ";", ";;;;;;;;", "[>1e999]0"):
        looks = styles(code.replace('"', "&quot;").replace(">", "&gt;"))
        kind, text = ("percent", "170000%") if "%" in code else ("number", "1700")
        cells = {} if ";" in code else {"A1": (kind, text)}  # nothing is shown of it
        yield xlsx(f"number format {code}", ONE.replace("<c ", '<c s="1" '), cells, styles=looks)
    yield cell("ISO date", "<v>2024-06-05</v>", ("date", "2024-06-05"), "d")
    yield cell("ISO date that is none", "<v>2024-13-45</v>", ("date", "2024-13-45"), "d")
    inline = "inlineStr"
    runs = '<is><r><rPr><b/></rPr><t xml:space="preserve">Đến </t></r><r><t>nay</t></r></is>'
    yield cell("rich text", runs, ("text", "Đến nay"), inline)
    spoken = '<is><t>東京</t><rPh sb="0" eb="2"><t>とうきょう</t></rPh><phoneticPr fontId="1"/></is>'
    yield cell("phonetic guides", spoken, ("text", "東京"), inline)
    yield cell("escaped letters", "<is><t>a_x000D_b_x005F_x0041_</t></is>", ("text", "a\rb_x0041_"), inline)
    yield cell("escaped control", "<is><t>a_x0007_b</t></is>", ("text", "a\ufffdb"), inline)
    yield cell("half a letter", "<is><t>a_xD800_b</t></is>", ("text", "a\ufffdb"), inline)
    yield cell(
        "blanks are kept", '<is><t xml:space="preserve">  1 700 </t></is>', ("text", "  1 700 "), inline
    )
    yield cell("undefined entity", "<is><t>&b;</t></is>", "RP304", inline)
    yield cell("extension within a cell", '<v>1700</v><extLst><ext uri="x"><v>9</v></ext></extLst>',
               ("number", "1700"))  # fmt: skip


def texts() -> Iterator[Hostile]:
    """Elements that are no part of a value or text, and texts that change the number of others."""
    inline = "inlineStr"
    yield cell("characters outside of the value", "1700", "RP304")
    yield cell("value of another namespace", '<v xmlns="q">1700</v>', "RP304")
    yield cell("value of no namespace", '<v xmlns="">1700</v>', "RP304")
    yield cell(
        "value within an extension",
        '<extLst><ext uri="x"><v>9</v></ext></extLst><v>1700</v>',
        ("number", "1700"),
    )
    for name, inside, told in (
        ("renamed", "<tt>1700</tt>", "RP304"),
        ("of another namespace", '<t xmlns="q">1700</t>', "RP304"),
        ("within another", "<t>1<t>0</t>21</t>", "RP304"),
        ("in a run in a run", "<r><r><t>1700</t></r></r>", "RP304"),
        ("in a font", "<r><rPr><t>1</t></rPr><t>700</t></r>", "RP304"),
        ("without an element", "1700", "RP304"),
        ("in a run without an element", "<r>1<t>700</t></r>", "RP304"),
        ("in two", "<t>1</t><t>700</t>", ("text", "1700")),
        ("with a font and extensions", '<r><rPr><b/><q:b xmlns:q="q"/></rPr><t>1700</t></r><phoneticPr fontId="1"/>'
         '<extLst><ext uri="x"><t>9</t></ext></extLst>', ("text", "1700")),
    ):  # fmt: skip
        yield cell(f"text {name}", f"<is>{inside}</is>", told, inline)
        answer: str | Seen = told if isinstance(told, str) else {"A1": told}
        yield xlsx(f"shared text {name}", '<row r="1"><c r="A1" t="s"><v>0</v></c></row>', answer,
                   strings=f"<si>{inside}</si>")  # fmt: skip
    second = '<row r="1"><c r="A1" t="s"><v>1</v></c></row>'
    listed = "<si><t>5</t></si>{}<si><t>1700</t></si>"
    for name, beside in (
        ("renamed", "<sj><t>9</t></sj>"),
        ("of another namespace", '<si xmlns="q"><t>9</t></si>'),
        ("in a list of its own", "<sst><si><t>9</t></si></sst>"),
        ("without an element", "<t>9</t>"),
        ("of characters alone", "9"),
    ):
        yield xlsx(f"shared text beside one {name}", second, "RP304", strings=listed.format(beside))
    extra = '<extLst><ext uri="x"><si><t>9</t></si></ext></extLst>'
    yield xlsx(
        "shared texts and extensions", second, {"A1": ("text", "1700")}, strings=listed.format("") + extra
    )
    choice = f'<mc:AlternateContent xmlns:mc="{COMPATIBILITY}"><mc:Choice Requires="x"><si><t>9</t></si></mc:Choice>'
    choice += "<mc:Fallback/></mc:AlternateContent>"
    yield xlsx(
        "shared texts of a later version", second, {"A1": ("text", "1700")}, strings=listed.format(choice)
    )


# ── xlsx: places, ranges, lists ───────────────────────────────────────────────────────────────────
def places() -> Iterator[Hostile]:
    """Cells that stand nowhere, twice, or at the end of the world."""
    for place in (
        "XFE1",
        "A0",
        "A1048577",
        "ZZZZ1",
        "1A",
        "",
        "A",
        "7",
        "A1:B2",
        "R1C1",
        "A-1",
        "Ａ１",
        "A1 ",
    ):
        yield xlsx(f"cell at '{place}'", f'<row><c r="{place}"><v>1</v></c></row>', "RP304")
    for row in ("0", "-1", "1048577", "99999999999", "x", "1.5", "１"):
        yield xlsx(f"row {row}", f'<row r="{row}"><c><v>1</v></c></row>', "RP304")
    yield xlsx("cell at the last corner", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
               {"XFD1048576": ("number", "1")})  # fmt: skip
    yield xlsx("dollars in a place", '<row r="1"><c r="$A$1"><v>1700</v></c></row>', TRUE_ONE)
    yield xlsx("cell twice", '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>', "RP304")
    yield xlsx("row twice", ONE + ONE, "RP304")
    yield xlsx("rows backwards", '<row r="2"><c r="A2"><v>2</v></c></row>' + ONE,
               {"A2": ("number", "2"), **TRUE_ONE})  # fmt: skip
    yield xlsx("cells backwards", '<row r="1"><c r="B1"><v>2</v></c><c r="A1"><v>1700</v></c></row>',
               {"B1": ("number", "2"), **TRUE_ONE})  # fmt: skip
    yield xlsx("cell in another row", '<row r="2"><c r="A1"><v>1</v></c></row>', "RP304")
    yield xlsx(
        "more cells than columns",
        f"<row>{''.join(f'<c><v>{at}</v></c>' for at in range(16385))}</row>",
        "RP304",
    )
    yield xlsx("cell within a cell", '<row r="1"><c r="A1"><c r="B1"><v>1</v></c></c></row>', "RP304")
    yield xlsx("row within a cell", '<row r="1"><c r="A1"><row r="2"/></c></row>', "RP304")
    yield xlsx("cell outside of the data", ONE, "RP304", after='<c r="B1"><v>2</v></c>')
    yield xlsx(
        "data twice", ONE, "RP304", after='<sheetData><row r="2"><c r="A2"><v>1</v></c></row></sheetData>'
    )
    yield xlsx("unknown element among rows", ONE + "<rows/>", "RP304")
    for space in ("q", ""):
        row = '<row r="1"><c><v>1</v></c>{}<c><v>3</v></c></row>'
        yield xlsx(f"cell of namespace '{space}'", row.format(f'<c xmlns="{space}"><v>2</v></c>'), "RP304")
        yield xlsx(f"unknown element of namespace '{space}'", row.format(f'<d xmlns="{space}"/>'), "RP304")
        yield xlsx(
            f"row of namespace '{space}'", ONE + f'<row r="2" xmlns="{space}"><c><v>2</v></c></row>', "RP304"
        )
        yield xlsx(f"data of namespace '{space}'", ONE, "RP304", after=f'<sheetData xmlns="{space}"/>')
    yield xlsx("characters within a row", '<row r="1"><c><v>1</v></c>2<c><v>3</v></c></row>', "RP304")
    yield xlsx("extension of a row", ONE.replace("</row>", '<extLst><ext uri="x"><q:c xmlns:q="q"/></ext></extLst></row>'),
               TRUE_ONE)  # fmt: skip
    for ref in ("A1:XFE1", "A1:B1048577", "x", "A1:B2:C3", "A0:B1"):
        after = f'<mergeCells><mergeCell ref="{ref}"/></mergeCells>'
        yield xlsx(f"merged {ref}", ONE, "RP304", after=after)
    for ref in ("B2:A1", "A1:A1", "A1:XFD1048576"):
        after = f'<mergeCells><mergeCell ref="{ref}"/><mergeCell ref="A1:C3"/></mergeCells>'
        yield xlsx(f"merged {ref} over another", ONE, TRUE_ONE, after=after)
    yield xlsx("all columns hidden again and again", ONE, "RP304",
               before="<cols>" + '<col min="1" max="16384" hidden="1"/>' * 9 + "</cols>")  # fmt: skip
    merges = "".join(f'<mergeCell ref="A{at}:B{at}"/>' for at in range(1, 100_003))
    yield xlsx("100,002 merged ranges", ONE, "RP312", after=f"<mergeCells>{merges}</mergeCells>")
    million = {"xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs>' + '<xf numFmtId="9"/>' * 1_000_000}
    million["xl/styles.xml"] += "</cellXfs></styleSheet>"
    styled = sheet('<row r="1"><c r="A1" s="999999"><v>17</v></c></row>')
    yield stored("a million styles", "RP312", styled, **million)
    formats = (f'<numFmt numFmtId="{at}" formatCode="0.{at}"/>' for at in range(10_001))
    yield xlsx("too many number formats", ONE, "RP312", styles=f"<numFmts>{''.join(formats)}</numFmts>")


# ── xlsx: parts ───────────────────────────────────────────────────────────────────────────────────
SHEET = '<worksheet xmlns="{main}"{more}><sheetData>{rows}</sheetData></worksheet>'


def sheet(rows: str = ONE, main: str = MAIN, more: str = "", head: str = "") -> str:
    """Return a worksheet as XML."""
    return head + SHEET.format(main=main, rows=rows, more=more)


def relation(identity: str, kind: str, target: str, more: str = "") -> str:
    """Return a relation between parts."""
    return f'<Relationship Id="{identity}" Type="{OFFICE}/{kind}" Target="{target}"{more}/>'


def relations(*all_of: str) -> str:
    """Return a part of relations."""
    return f'<Relationships xmlns="{PACKAGE}">{"".join(all_of)}</Relationships>'


def book(*sheets: str) -> str:
    """Return a workbook part that lists these sheets by their relation."""
    listed = "".join(f'<sheet name="S{at}" sheetId="{at}" r:id="{one}"/>' for at, one in enumerate(sheets))
    return f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>'


def parts() -> Iterator[Hostile]:
    """Parts that are missing, others, or lead elsewhere; XML of many kinds."""
    at, rels = "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"
    for part in (at, "xl/workbook.xml", rels, "xl/styles.xml"):
        yield changed(f"without {part}", "RP304", {part: None})
    yield changed("without relations of the package", TRUE_ONE, {"_rels/.rels": None})
    yield changed("without shared texts", TRUE_ONE, {"xl/sharedStrings.xml": None})
    yield changed("without content types", "RP302", {"[Content_Types].xml": None})
    for name, target, answer in (
        ("absolute target", "/xl/worksheets/sheet1.xml", TRUE_ONE),
        ("target with dots", "../xl/./worksheets/../worksheets/sheet1.xml", TRUE_ONE),
        ("target above all", "../../../../../xl/worksheets/sheet1.xml", TRUE_ONE),
        ("target of the system", "../../../../../../etc/passwd", "RP304"),
        ("target of the system, absolute", "/etc/passwd", "RP304"),
        ("target as address", "file:///etc/passwd", "RP304"),
        ("target with percent signs", "%2e%2e/xl/worksheets/sheet1.xml", TRUE_ONE),
        ("target in capitals", "WORKSHEETS/SHEET1.XML", TRUE_ONE),
        ("target with backslashes", "worksheets\\sheet1.xml", TRUE_ONE),
        ("target is the workbook", "workbook.xml", "RP304"),
        ("target is the relations", "_rels/workbook.xml.rels", "RP304"),
        ("no target", "", "RP304"),
    ):
        yield changed(name, answer, {rels: relations(relation("r0", "worksheet", target),
                                                     relation("r2", "styles", "styles.xml"))})  # fmt: skip
    same = relation("r0", "worksheet", "worksheets/sheet1.xml")
    look = relation("r2", "styles", "styles.xml")
    yield changed("relation twice", "RP304", {rels: relations(same, same, look)})
    yield changed("two sheets in one part", "RP304", {
        "xl/workbook.xml": book("r0", "r1"),
        rels: relations(same, relation("r1", "worksheet", "worksheets/sheet1.xml"), look)})  # fmt: skip
    yield changed("sheet without a relation", "RP304", {"xl/workbook.xml": book("r9")})
    yield changed("sheet of an unknown kind", "RP304",
                  {rels: relations(relation("r0", "worksheex", "worksheets/sheet1.xml"), look)})  # fmt: skip
    yield changed("styles of an unknown kind", "RP304",
                  {rels: relations(same, relation("r2", "stylez", "styles.xml"))})  # fmt: skip
    yield changed(
        "two parts of styles", "RP304", {rels: relations(same, look, relation("r3", "styles", "a.xml"))}
    )
    yield changed("parts that refer to each other", TRUE_ONE, {
        "xl/worksheets/_rels/sheet1.xml.rels": relations(relation("r0", "officeDocument", "../workbook.xml")),
        "xl/_rels/styles.xml.rels": relations(relation("r0", "styles", "styles.xml"))})  # fmt: skip
    yield changed("link to another workbook", TRUE_ONE, {
        rels: relations(same, look, relation("r5", "externalLink", "externalLinks/externalLink1.xml"),
                        relation("r6", "worksheet", "file:///etc/passwd", ' TargetMode="External"')),
        "xl/externalLinks/externalLink1.xml": "<externalLink/>"})  # fmt: skip
    yield changed("macros", TRUE_ONE, {"xl/vbaProject.bin": b"\xcc\x61\xff\xff" * 100,
                                       "xl/macrosheets/sheet1.xml": "<xm:macrosheet/>"})  # fmt: skip
    yield changed("no sheets", "RP304", {"xl/workbook.xml": book()})
    other = relation("r1", "worksheet", "worksheets/sheet{}.xml")
    many = {f"xl/worksheets/sheet{number}.xml": sheet("") for number in range(2, 1_300)}
    yield changed("thousands of sheets", "RP312", many)
    yield changed("thousands of names of sheets", "RP304", {"xl/workbook.xml": book(*["r0"] * 50_000)})
    yield changed("sheet that is not listed", TRUE_ONE, {
        rels: relations(same, look, other.format(2)), "xl/worksheets/sheet2.xml": sheet()})  # fmt: skip
    yield changed("root of another kind", "RP304", {at: f'<chartsheet xmlns="{MAIN}"/>'})
    yield changed("root of an unknown namespace", "RP304", {at: sheet(main="urn:x")})
    yield changed("styles that are none", "RP304", {"xl/styles.xml": f'<sst xmlns="{MAIN}"/>'})
    yield changed("texts that are none", "RP304", {"xl/sharedStrings.xml": f'<styleSheet xmlns="{MAIN}"/>'})
    yield changed("empty part", "RP304", {at: ""})
    yield changed("cut off", "RP304", {at: sheet()[:-20]})
    yield changed("two roots", "RP304", {at: sheet() + sheet()})
    yield changed("zero bytes behind the end", "RP304", {at: sheet() + "\0" * 64})
    yield changed("undeclared prefix", "RP304", {at: sheet(ONE.replace("<c ", '<c z:x="1" '))})
    yield changed("attribute twice", "RP304", {at: sheet('<row r="1" r="2"/>')})
    # Other producers' XML, which is right.
    strict = {
        part: text.replace(MAIN, STRICT) for part, text in xlsx_parts(ONE).items() if isinstance(text, str)
    }
    yield changed("Strict form", TRUE_ONE, strict)
    prefixed = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1700</x:v></x:c></x:row>'
    )
    yield changed("prefixes", TRUE_ONE, {at: prefixed + "</x:sheetData></x:worksheet>"})
    for encoding in ("utf-8", "utf-16", "iso-8859-1", "us-ascii", "windows-1252"):
        head = f'<?xml version="1.0" encoding="{encoding}"?>'
        yield changed(f"in {encoding}", TRUE_ONE, {at: sheet(head=head).encode(encoding)})
    for encoding in ("utf-7", "utf-32", "zlib", "rot13", "punycode", "idna", "nonsense", "unicode_escape"):
        head = f'<?xml version="1.0" encoding="{encoding}"?>'
        yield changed(f"in {encoding}", "RP304", {at: sheet(head=head)})
    yield changed(
        "UTF-8 that is none", "RP304", {at: sheet(ONE + "<!-- ? -->").encode().replace(b"?", b"\xff")}
    )
    choice = (f'<mc:AlternateContent xmlns:mc="{COMPATIBILITY}"><mc:Choice Requires="x14"><c r="A1"><v>9</v></c>'
              '</mc:Choice><mc:Fallback><c r="A1"><v>1700</v></c></mc:Fallback></mc:AlternateContent>')  # fmt: skip
    yield xlsx("contents in two versions", f'<row r="1">{choice}</row>', TRUE_ONE)
    wide_head = '<?xml version="1.0" encoding="utf-16"?>'
    yield changed("contents in two versions, in UTF-16", TRUE_ONE,
                  {at: sheet(f'<row r="1">{choice}</row>', head=wide_head).encode("utf-16")})  # fmt: skip


def stored(name: str, answer: str | Seen, text: str, **more: str) -> Hostile:
    """Return a workbook with this sheet, nothing of it packed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for part, content in {**xlsx_parts(), "xl/worksheets/sheet1.xml": text, **more}.items():
            archive.writestr(part, content)
    return Hostile(name, buffer.getvalue(), answer)


def bombs() -> Iterator[Hostile]:
    """XML and zip files that grow."""
    at = "xl/worksheets/sheet1.xml"
    laughs = '<!DOCTYPE a [<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{number} "{f"&a{number - 1};" * 10}">' for number in range(1, 12)) + "]>"  # fmt: skip
    for name, head in (
        ("a billion laughs", laughs),
        ("an entity of a file", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        ("an entity of the net", '<!DOCTYPE a [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>'),
        ("a document type elsewhere", '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd">'),
        ("parameter entities", '<!DOCTYPE a [<!ENTITY % p SYSTEM "file:///dev/zero"> %p;]>'),
        ("an empty document type", "<!DOCTYPE a>"),
    ):
        for part in (at, "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "_rels/.rels"):
            whole = str(xlsx_parts(ONE)[part])
            yield changed(f"{name} in {part}", "RP304", {part: head + whole})
        yield Hostile(f"{name} in ods", zipped(ods_parts("") | {"content.xml": head + str(ods_parts("")["content.xml"])}),
                      "RP304", "report.ods")  # fmt: skip
    yield stored("deep", "RP304", sheet("<row>" * 100_000 + "</row>" * 100_000))
    tail = "<x>" * 50_000 + "</x>" * 50_000 + "</worksheet>"
    yield stored("deep elsewhere", TRUE_ONE, sheet().replace("</worksheet>", tail))
    yield changed("packed too tightly", "RP312", {at: sheet() + " " * 30_000_000})
    nested = zipped({"xl/a.xml": b"\0" * 10_000_000})
    for _ in range(5):
        nested = zipped({"xl/worksheets/sheet1.xml": nested})
    yield Hostile("zip within zip", nested, "RP302")
    yield changed("zip within a sheet", "RP304", {at: nested})
    yield changed("too many parts", "RP312", {f"p{number}": "" for number in range(1_001)})


# ── zip ───────────────────────────────────────────────────────────────────────────────────────────
def _patched(content: bytes, mark: bytes, at: int, layout: str, value: int) -> bytes:
    """Change a field of the first header that begins with a mark."""
    where = content.index(mark)
    changed_content = bytearray(content)
    struct.pack_into(layout, changed_content, where + at, value)
    return bytes(changed_content)


def _written(name: str, method: int = zipfile.ZIP_STORED, **more: object) -> bytes:
    """Return a workbook whose sheet is stored by a method, or under another name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for part, text in xlsx_parts(ONE).items():
            info = zipfile.ZipInfo(name if part.endswith("sheet1.xml") else part)
            info.compress_type = method if part.endswith("sheet1.xml") else zipfile.ZIP_STORED
            for key, value in more.items():
                setattr(info, key, value)
            archive.writestr(info, text)
    return buffer.getvalue()


def zips() -> Iterator[Hostile]:
    """Zip files that contradict themselves."""
    whole = _written("xl/worksheets/sheet1.xml")
    local, central = (
        whole.index(b"xl/worksheets/sheet1.xml") - 30,
        whole.rindex(b"xl/worksheets/sheet1.xml") - 46,
    )
    yield Hostile("stored", whole, TRUE_ONE)
    for name, at, layout, value in (
        ("local method", local + 8, "<H", 8), ("local sum", local + 14, "<I", 1),
        ("local packed size", local + 18, "<I", 1), ("local size", local + 22, "<I", 1),
        ("local flag of a password", local + 6, "<H", 1), ("local length of name", local + 26, "<H", 9),
        ("central method", central + 10, "<H", 8), ("central sum", central + 16, "<I", 1),
        ("central packed size", central + 20, "<I", 10), ("central size", central + 24, "<I", 10),
        ("central huge size", central + 24, "<I", 0xFFFFFFF0), ("central offset", central + 42, "<I", 5),
        ("central offset beyond", central + 42, "<I", 0xFFFFFFF0), ("method 99", central + 10, "<H", 99),
        ("method of bzip2", central + 10, "<H", 12), ("method of lzma", central + 10, "<H", 14),
        ("version 255", central + 6, "<H", 255), ("patched data", central + 8, "<H", 0x20),
        ("strong encryption", central + 8, "<H", 0x40), ("length of name", central + 28, "<H", 0xFFFF),
        ("length of extra", central + 30, "<H", 0xFFFF), ("length of comment", central + 32, "<H", 0xFFFF),
    ):  # fmt: skip
        content = bytearray(whole)
        struct.pack_into(layout, content, at, value)
        yield Hostile(f"zip: {name}", bytes(content), "RP304")
    protected = bytearray(whole)
    struct.pack_into("<H", protected, local + 6, 1)
    struct.pack_into("<H", protected, central + 8, 1)
    yield Hostile("zip: a part with a password", bytes(protected), "RP303")
    yield Hostile("zip: bytes changed", whole.replace(b"<v>1700</v>", b"<v>1800</v>"), "RP304")
    end = whole.rindex(b"PK\x05\x06")
    for name, at, layout, value in (
        ("entries", end + 10, "<H", 60_000), ("size of directory", end + 12, "<I", 5),
        ("huge directory", end + 12, "<I", 0x7FFFFFFF), ("offset of directory", end + 16, "<I", 0x7FFFFFFF),
    ):  # fmt: skip
        content = bytearray(whole)
        struct.pack_into(layout, content, at, value)
        answer: str | Seen = (
            TRUE_ONE if name == "entries" else "RP312" if name == "huge directory" else "RP304"
        )
        yield Hostile(f"zip: {name}", bytes(content), answer)
    yield Hostile("zip: without its end", whole[:end], "RP304")
    yield Hostile("zip: nothing but its end", b"PK\x05\x06" + bytes(18), "RP302")
    yield Hostile("zip: bytes behind its end", whole + b"\0" * 100, TRUE_ONE)
    yield Hostile("zip: backslashes", _written("xl\\worksheets\\sheet1.xml"), TRUE_ONE)
    yield Hostile("zip: name in capitals", _written("XL/Worksheets/Sheet1.XML"), TRUE_ONE)
    yield Hostile("zip: name above all", _written("../xl/worksheets/sheet1.xml"), "RP304")
    yield Hostile("zip: other letters", _written("xl/worksheets/tờ 1.xml"), "RP304")
    nul = _written("xl/worksheets/sheet1.xmlQ").replace(b"sheet1.xmlQ", b"sheet1.xml\0")
    yield Hostile("zip: NUL in a name", nul, TRUE_ONE)
    large = io.BytesIO()
    with zipfile.ZipFile(large, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in xlsx_parts(ONE).items():
            with archive.open(part, "w", force_zip64=True) as file:
                file.write(text.encode() if isinstance(text, str) else text)
    yield Hostile("zip64", large.getvalue(), TRUE_ONE)
    for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        yield Hostile(f"zip: method {method}", _written("xl/worksheets/sheet1.xml", method), "RP304")
    bad = zlib.compress(b"x")[:-4]
    yield Hostile("zip: no deflated bytes", _patched(whole, b"PK\x05\x06", 8, "<H", 1) + bad, TRUE_ONE)


# ── xlsb, ods ─────────────────────────────────────────────────────────────────────────────────────
def _row(number: int) -> bytes:
    return record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0))


def _real(column: int, value: float, style: int = 0) -> bytes:
    return record(5, struct.pack("<IId", column, style, value))


def xlsb() -> Iterator[Hostile]:
    """Records that contradict each other."""
    begin, end, good = record(145), record(146), _row(0) + _real(0, 1700)
    for name, data, answer in (
        ("good", good, TRUE_ONE),
        ("not a number", _row(0) + _real(0, float("nan")), "RP304"),
        ("infinite", _row(0) + _real(0, float("inf")), "RP304"),
        ("cell twice", good + _real(0, 2), "RP304"),
        ("cells backwards", _row(0) + _real(1, 2) + _real(0, 1), "RP304"),
        ("row twice", good + _row(0) + _real(1, 2), "RP304"),
        ("rows backwards", _row(1) + _real(0, 2) + good, "RP304"),
        ("row beyond", _row(1 << 20) + _real(0, 1), "RP304"),
        ("column beyond", _row(0) + _real(1 << 14, 1), "RP304"),
        ("cell without a row", _real(0, 1), "RP304"),
        ("style that is missing", _row(0) + _real(0, 1, 77), "RP304"),
        ("text that is missing", _row(0) + record(7, struct.pack("<III", 0, 0, 9)), "RP304"),
        ("cell too short", _row(0) + record(5, bytes(10)), "RP304"),
        ("number called a blank", _row(0) + record(1, bytes(16)), "RP304"),
        ("text longer than its record", _row(0) + record(6, struct.pack("<III", 0, 0, 999)), "RP304"),
        ("unknown record", good + record(61), "RP304"),
        (
            "text shorter than its record",
            _row(0) + record(6, struct.pack("<II", 0, 0) + wide("10") + b"2\0001\0"),
            "RP304",
        ),
        ("cells behind the end", good + record(146) + _real(1, 7), "RP304"),
        ("a second block of data", good + record(146) + record(145) + _row(1) + _real(0, 7), "RP304"),
        ("a block within a block", good + record(145) + _row(1) + _real(0, 7), "RP304"),
        ("extension", good + record(35, b"") + record(3000, b"x") + record(36), TRUE_ONE),
        ("giant merge", good, TRUE_ONE),
    ):
        more = record(176, struct.pack("<IIII", 0, 1 << 20, 0, 1 << 14)) if name == "giant merge" else b""
        yield Hostile(f"xlsb: {name}", zipped(xlsb_parts(begin + data + end + more)), answer, "report.xlsb")
    yield Hostile("xlsb: cut off between records", zipped(xlsb_parts(begin + good)), "RP304", "report.xlsb")
    yield Hostile("xlsb: cut off in a record", zipped(xlsb_parts(begin + good[:-3])), "RP304", "report.xlsb")
    named = xlsb_parts(begin + good + end) | {
        "xl/workbook.bin": record(156, struct.pack("<II", 0, 1) + wide("r7"))
    }
    yield Hostile("xlsb: sheet that is missing", zipped(named), "RP304", "report.xlsb")


def ods() -> Iterator[Hostile]:
    """Tables that contradict themselves."""

    def one(name: str, row: str, answer: str | Seen) -> Hostile:
        return Hostile(f"ods: {name}", zipped(ods_parts(row)), answer, "report.ods")

    def number(value: str, more: str = "") -> str:
        return f'<table:table-row><table:table-cell {FLOAT}"{value}"{more}/></table:table-row>'

    yield one("good", number("1700"), TRUE_ONE)
    for value in ("1e999", "nan", "inf", "0x10", "１２", "1_000", "9" * 400, "", "x", "1,5"):
        yield one(f"number {value[:10]}", number(value), "RP304")
    for count in ("-1", "x", "1.5", "1e9", "２"):
        yield one(f"repeated {count}", number("1", f' table:number-columns-repeated="{count}"'), "RP304")
    yield one("repeated 0", number("1700", ' table:number-columns-repeated="0"'), TRUE_ONE)
    yield one("repeated too often", number("1", ' table:number-columns-repeated="99999999999999999999"')
              .replace("<table:table-row>", '<table:table-row table:number-rows-repeated="1048576">'), "RP312")  # fmt: skip
    yield one("repeated beyond the last column", "<table:table-row><table:table-cell/>" +
              number("1", ' table:number-columns-repeated="16384"')[17:], "RP304")  # fmt: skip
    yield one("unknown type", '<table:table-row><table:table-cell office:value-type="x" office:value="1"/>'
              "</table:table-row>", "RP304")  # fmt: skip
    yield one(
        "value of no type", '<table:table-row><table:table-cell office:value="1"/></table:table-row>', "RP304"
    )
    yield one("truth of 5", '<table:table-row><table:table-cell office:value-type="boolean" '
              'office:boolean-value="5"/></table:table-row>', "RP304")  # fmt: skip
    yield one("row within a row", f"<table:table-row>{number('1')}</table:table-row>", "RP304")
    yield one("cell outside of a row", f'<table:table-cell {FLOAT}"1"/>', "RP304")
    yield one("cell within a cell", f'<table:table-row><table:table-cell><table:table-cell {FLOAT}"1"/>'
              "</table:table-cell></table:table-row>", "RP304")  # fmt: skip
    yield one("unknown element in a row", f'<table:table-row><table:xtable-cell {FLOAT}"1"/></table:table-row>',
              "RP304")  # fmt: skip
    held = "<table:table-row>{}<table:table-cell><text:p>55</text:p></table:table-cell></table:table-row>"
    for name, beside in (
        ("cell of no namespace", '<table-cell xmlns=""><p>1021</p></table-cell>'),
        ("cell of another namespace", '<q:table-cell xmlns:q="q"/>'),
        ("unknown element of another namespace", '<q:x xmlns:q="q"/>'),
        ("characters", "1021"),
    ):
        yield one(f"{name} in a row", held.format(beside), "RP304")
    yield one(
        "row of another namespace", held.format("") + '<q:table-row xmlns:q="q"/>' + held.format(""), "RP304"
    )
    yield one("formats of LibreOffice beside rows", "<calcext:conditional-formats><calcext:conditional-format/>"
              "</calcext:conditional-formats>" + number("1700"), TRUE_ONE)  # fmt: skip
    yield one("tables within drawings", f"<table:shapes><draw:frame><table:table>{number('9')}</table:table>"
              "</draw:frame></table:shapes>" + number("1700"), TRUE_ONE)  # fmt: skip
    for name, inside, seen_there in (
        ("heading", "<text:h>1700</text:h>", "1700"),
        ("list", "<text:list><text:list-item><text:p>1700</text:p></text:list-item></text:list>", "1700"),
        ("link", "<text:p><text:a>17</text:a>00</text:p>", "1700"),
        ("name of the sheet", "<text:p>17<text:sheet-name>00</text:sheet-name></text:p>", "1700"),
        ("note", "<office:annotation><text:p>9</text:p></office:annotation><text:p>1700</text:p>", "1700"),
        ("drawing", "<draw:frame><draw:text-box><text:p>9</text:p></draw:text-box></draw:frame><text:p>1700</text:p>",
         "1700"),
        ("scene", '<d:scene xmlns:d="urn:oasis:names:tc:opendocument:xmlns:dr3d:1.0"/><text:p>1700</text:p>', "1700"),
        ("table", '<table:table table:is-sub-table="true"/>', ""),
        ("characters outside of paragraphs", "1700", ""),
        ("hidden text", "<text:p>1<text:hidden-text>9</text:hidden-text>700</text:p>", ""),
        ("deleted text", "<text:p><text:tracked-changes>5</text:tracked-changes>1700</text:p>", ""),
        ("paragraph of another namespace", '<q:p xmlns:q="q">1700</q:p>', ""),
        ("text of another namespace", '<text:p>1<q:x xmlns:q="q">9</q:x>700</text:p>', ""),
        ("unknown element", "<text:x>1700</text:x>", ""),
    ):  # fmt: skip
        whole = f"<table:table-row><table:table-cell>{inside}</table:table-cell></table:table-row>"
        yield one(f"{name} within a cell", whole, {"A1": ("text", seen_there)} if seen_there else "RP304")
    yield one("giant merge", number("1700", ' table:number-rows-spanned="99999999" '
              'table:number-columns-spanned="99999999"'), TRUE_ONE)  # fmt: skip
    yield one("date that is none", '<table:table-row><table:table-cell office:value-type="date" '
              'office:date-value="99999-99-99"/></table:table-row>', {"A1": ("date", "99999-99-99")})  # fmt: skip
    tables = '</table:table><table:table table:name="T">' * 1_500
    yield one("thousands of sheets", number("1") + tables, "RP312")
    manifest: Parts = {
        "META-INF/manifest.xml": "<manifest:encryption-data/>",
        "content.xml": b"\x8f\x01" * 50,
    }
    yield Hostile("ods: with a password", zipped({**ods_parts(""), **manifest}), "RP303", "report.ods")
    yield Hostile("ods: another document", zipped({**ods_parts(""), "mimetype": "application/vnd.oasis"}), "RP302",
                  "report.ods")  # fmt: skip
    yield Hostile("ods: without its content", zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
                  "RP302", "report.ods")  # fmt: skip


# ── xls ───────────────────────────────────────────────────────────────────────────────────────────
def biff(number: int, payload: bytes = b"") -> bytes:
    """Return one record of an .xls stream."""
    return struct.pack("<HH", number, len(payload)) + payload


def xls_stream(cells_of_sheet: bytes, before: bytes = b"", sheets: int = 1) -> bytes:
    """Return the bare stream of an .xls workbook; its sheets are all at the same place."""
    begin = struct.pack("<HHHHII", 0x0600, 5, 0x0DBB, 0x07CC, 0, 6)
    font = biff(0x31, struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + b"\x05\0Arial")
    style = biff(0xE0, struct.pack("<HHH", 0, 0, 1) + bytes(14)) * 16
    head = biff(0x809, begin) + before + font * 4 + style
    size = len(head) + sheets * len(biff(0x85, bytes(6) + b"\1\0S")) + 4
    listed = biff(0x85, struct.pack("<IH", size, 0) + b"\1\0S") * sheets
    inside = struct.pack("<HHHHII", 0x0600, 0x10, 0x0DBB, 0x07CC, 0, 6)
    return head + listed + biff(0x0A) + biff(0x809, inside) + cells_of_sheet + biff(0x0A)


def old_stream(version: int, cells_of_sheet: bytes) -> bytes:
    """Return the bare stream of a workbook of Excel 5 with one sheet, or of Excel 2, which is a sheet."""
    if version == 2:
        return biff(0x09, struct.pack("<HH", 2, 0x10)) + cells_of_sheet + biff(0x0A)
    font = biff(0x31, struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + b"\x05Arial")
    style = biff(0xE0, struct.pack("<HHH", 0, 0, 1) + bytes(10)) * 16
    head = (
        biff(0x809, struct.pack("<HHHH", 0x0500, 5, 0x0DBB, 0x07CC))
        + biff(0x42, b"\xe4\4")
        + font * 4
        + style
    )
    size = len(head) + len(biff(0x85, bytes(6) + b"\1S")) + 4
    listed = biff(0x85, struct.pack("<IH", size, 0) + b"\1S")
    inside = biff(0x809, struct.pack("<HHHH", 0x0500, 0x10, 0x0DBB, 0x07CC))
    return head + listed + biff(0x0A) + inside + cells_of_sheet + biff(0x0A)


def number_of(row: int, column: int, value: float, style: int = 0) -> bytes:
    """Return the record of a number in an .xls stream."""
    return biff(0x203, struct.pack("<HHHd", row, column, style, value))


def xls() -> Iterator[Hostile]:
    """Streams and containers of the years 1997 to 2003."""
    good = number_of(0, 0, 1700)
    for name, stream, answer in (
        ("good", xls_stream(good), TRUE_ONE),
        ("not a number", xls_stream(number_of(0, 0, float("nan"))), "RP304"),
        ("infinite", xls_stream(number_of(0, 0, float("inf"))), "RP304"),
        ("cell twice", xls_stream(good + number_of(0, 0, 2)), "RP304"),
        ("style that is missing", xls_stream(number_of(0, 0, 1, 999)), "RP304"),
        ("text that is missing", xls_stream(biff(0xFD, struct.pack("<HHHI", 0, 0, 0, 99))), "RP304"),
        ("number too short", xls_stream(biff(0x203, bytes(9))), "RP304"),
        (
            "with a password (RC4)",
            xls_stream(good, biff(0x2F, struct.pack("<HHH", 1, 1, 1) + bytes(48))),
            "RP303",
        ),
        (
            "with a password (XOR)",
            xls_stream(good, biff(0x2F, struct.pack("<HHH", 0, 0x1234, 0x5678))),
            "RP303",
        ),
        ("without its end", xls_stream(good)[:-4], "RP304"),
        ("zeros among the records", xls_stream(good + bytes(8)), "RP304"),
        ("ended too early", xls_stream(biff(0x0A) + good), "RP304"),
        (
            "sheet that is not listed",
            xls_stream(good) + biff(0x809, b"\0\6\x10\0" + bytes(12)) + biff(0x0A),
            "RP304",
        ),
        ("zeros behind the end", xls_stream(good) + bytes(512), TRUE_ONE),
        ("number called something else", xls_stream(biff(0x223, bytes(14))), "RP304"),
        ("cut off in a record", xls_stream(good)[:-9], "RP304"),
        (
            "text",
            xls_stream(biff(0x204, struct.pack("<HHHHB", 0, 0, 0, 4, 0) + b"1700")),
            {"A1": ("text", "1700")},
        ),
        (
            "text longer than its record",
            xls_stream(biff(0x204, struct.pack("<HHHHB", 0, 0, 0, 9, 0) + b"1700")),
            "RP304",
        ),
        (
            "text shorter than its record",
            xls_stream(biff(0x204, struct.pack("<HHHHB", 0, 0, 0, 2, 0) + b"1700")),
            "RP304",
        ),
        ("Excel 5, a sheet of one letter", old_stream(5, number_of(0, 0, 1700)), TRUE_ONE),
        (
            "Excel 5, text",
            old_stream(5, biff(0x204, struct.pack("<HHHH", 0, 0, 0, 4) + b"1700")),
            {"A1": ("text", "1700")},
        ),
        (
            "Excel 5, text longer than its record",
            old_stream(5, biff(0x204, struct.pack("<HHHH", 0, 0, 0, 400) + b"1700")),
            "RP304",
        ),
        ("Excel 5, cell twice", old_stream(5, good + number_of(0, 0, 2)), "RP304"),
        ("Excel 2", old_stream(2, biff(0x03, struct.pack("<HH3xd", 0, 0, 1700))), TRUE_ONE),
        ("Excel 2, cell twice", old_stream(2, biff(0x03, struct.pack("<HH3xd", 0, 0, 1700)) * 2), "RP304"),
        (
            "Excel 2, text",
            old_stream(2, biff(0x04, struct.pack("<HH3xB", 0, 0, 4) + b"1700")),
            {"A1": ("text", "1700")},
        ),
        (
            "Excel 2, text shorter than its record",
            old_stream(2, biff(0x04, struct.pack("<HH3xB", 0, 0, 2) + b"1700")),
            "RP304",
        ),
        ("thousands of sheets", xls_stream(good, sheets=1_500), "RP304"),
        (
            "giant merge",
            xls_stream(good + biff(0xE5, struct.pack("<HHHHH", 1, 0, 0xFFFF, 0, 0xFFFF))),
            TRUE_ONE,
        ),
    ):
        yield Hostile(f"xls: {name}", stream, answer, "report.xls")
    small = (DATA / "xls" / "small.xls").read_bytes()
    for at in (0, 4, 8, 100, 512, 1024, 3000):
        yield Hostile(f"xls: first {at} bytes", small[:at], "RP302" if at < 8 else "RP304", "report.xls")
    yield Hostile(
        "xls: nothing behind its head", small[:512] + bytes(len(small) - 512), "RP304", "report.xls"
    )


# ── formulas that no program computed ─────────────────────────────────────────────────────────────
_NOT_COMPUTED: Seen = {"A1": ("not computed", "=…")}
_NOUGHT: Seen = {"A1": ("number", "0")}


def _formula_of(column: int, result: float | bytes, flags: int = 0, chain: int = 0) -> bytes:
    """Return a formula in row 1 of an .xls stream."""
    stored = struct.pack("<d", result) if isinstance(result, float) else result
    return biff(0x06, struct.pack("<HHH8sHIH", 0, column, 0, stored, flags, chain, 0))


def _formula_of_xlsb(column: int, result: float | str, flags: int = 0, more: bytes = b"") -> bytes:
    held = struct.pack("<d", result) if isinstance(result, float) else wide(result)
    record_of = 9 if isinstance(result, float) else 8
    return record(record_of, struct.pack("<II", column, 0) + held + struct.pack("<HII", flags, 0, 0) + more)


def formulas() -> Iterator[Hostile]:
    """Programs that compute no formulas store 0 or nothing and leave it to who opens the workbook."""
    later, one_cell = (
        '<calcPr calcId="124519" fullCalcOnLoad="1"/>',
        '<row r="1"><c r="A1"{}><f>B1+1</f>{}</c></row>',
    )
    kinds: tuple[tuple[str, str, tuple[str, str], Seen], ...] = (
        ("0 for later", later, ("", "<v>0</v>"), {"A1": ("not computed", "=B1+1")}),
        ("0.0 for later", later, ("", "<v>0.0</v>"), {"A1": ("not computed", "=B1+1")}),
        ("nothing for later", later, (' t="str"', "<v></v>"), {"A1": ("not computed", "=B1+1")}),
        ("a figure for later", later, ("", "<v>1700</v>"), TRUE_ONE),
        ("FALSE for later", later, (' t="b"', "<v>0</v>"), {"A1": ("truth", "FALSE")}),
        ("0", "<calcPr/>", ("", "<v>0</v>"), _NOUGHT),
        ("nothing", "<calcPr/>", (' t="str"', "<v></v>"), {}),
    )
    for name, calc, inside, told in kinds:
        whole = xlsx_parts(one_cell.format(*inside))
        main = str(whole["xl/workbook.xml"]).replace("</workbook>", calc + "</workbook>")
        yield Hostile(f"xlsx formula: {name}", zipped({**whole, "xl/workbook.xml": main}), told)
    yield xlsx("xlsx formula: no 0 of one", ONE.replace("1700", "0"), _NOUGHT)
    empty = b"\3" + bytes(5) + b"\xff\xff"
    six: Seen = {"B1": ("number", "6")}
    found: str | Seen
    for name, cells, head, found in (
        ("0, to be computed", _formula_of(0, 0.0, 2), b"", _NOT_COMPUTED),
        ("0, always computed", _formula_of(0, 0.0, 1), b"", _NOUGHT),
        ("0", _formula_of(0, 0.0), b"", _NOUGHT),
        ("a figure, to be computed", _formula_of(0, 1700.0, 2), b"", TRUE_ONE),
        (
            "0 beside another, all to be computed",
            _formula_of(0, 0.0, 2) + _formula_of(1, 6.0, 2),
            b"",
            _NOUGHT | six,
        ),
        (
            "0 to be computed beside another",
            _formula_of(0, 0.0, 2) + _formula_of(1, 6.0),
            b"",
            _NOT_COMPUTED | six,
        ),
        ("nothing, to be computed", _formula_of(0, empty, 2), b"", _NOT_COMPUTED),
        ("nothing", _formula_of(0, empty), b"", _NOT_COMPUTED),
        ("nothing, of Excel 97", _formula_of(0, empty, 0, 0x01FD0000), b"", {}),
        ("nothing, of LibreOffice", _formula_of(0, empty), biff(0x1C1, struct.pack("<II", 0x1C1, 1)), {}),
        ("nothing beside another", _formula_of(0, empty) + _formula_of(1, 6.0), b"", six),
    ):
        yield Hostile(f"xls formula: {name}", xls_stream(cells, head), found, "report.xls")
    yield Hostile("xls formula: too short", xls_stream(biff(0x06, bytes(16))), "RP304", "report.xls")
    for name, cells, flags, found in (
        ("0, computed at all times", _formula_of_xlsb(0, 0.0, 2), 0, _NOT_COMPUTED),
        ("0 beside another", _formula_of_xlsb(0, 0.0, 2) + _formula_of_xlsb(1, 6.0), 0, _NOUGHT | six),
        ("0 for later", _formula_of_xlsb(0, 0.0) + _formula_of_xlsb(1, 6.0), 1, _NOT_COMPUTED | six),
        ("nothing for later", _formula_of_xlsb(0, ""), 1, _NOT_COMPUTED),
        ("0", _formula_of_xlsb(0, 0.0), 0, _NOUGHT),
        ("a figure for later", _formula_of_xlsb(0, 1700.0, 2), 1, TRUE_ONE),
        ("bytes behind it", _formula_of_xlsb(0, 1700.0, 0, b"\0"), 0, "RP304"),
    ):
        parts_of = xlsb_parts(_row(0) + cells)
        last = record(157, bytes(24) + struct.pack("<H", flags))
        parts_of["xl/workbook.bin"] = bytes(parts_of["xl/workbook.bin"]) + last  # type: ignore[arg-type]
        yield Hostile(f"xlsb formula: {name}", zipped(parts_of), found, "report.xlsb")
    for name, value, shown, found in (
        ("0", "0", "", {"A1": ("not computed", "=1+1")}),
        ("0 that is seen", "0", "<text:p>0</text:p>", _NOUGHT),
        ("0 that a format hides", "0", "<text:p/>", _NOUGHT),
        ("a figure", "1700", "", TRUE_ONE),
    ):
        cell_there = f'<table:table-cell table:formula="of:=1+1" {FLOAT}"{value}">{shown}</table:table-cell>'
        table = f"<table:table-row>{cell_there}</table:table-row>"
        yield Hostile(f"ods formula: {name}", zipped(ods_parts(table)), found, "report.ods")


# ── other files ───────────────────────────────────────────────────────────────────────────────────
def others() -> Iterator[Hostile]:
    """What is sent as a workbook and is none, and texts of many kinds."""
    table = b"<table><tr><td>1</td></tr></table>"
    for name, content, answer in (
        ("zero bytes", b"", "RP302"),
        ("one byte", b"P", {"A1": ("text", "P")}),
        ("a thousand zeros", bytes(1000), "RP302"),
        ("web page", b"<html>" + table, "RP302"),
        ("web page in capitals", b"\r\n  <HTML>" + table, "RP302"),
        ("web page that begins with a comment", b"<!-- x -->" + b" " * 5000 + table, "RP302"),
        ("web page that begins with styles", b"<style>td{}</style>" + b" " * 5000 + table, "RP302"),
        ("a piece of a web page", b"<div>" + b" " * 5000 + b"</div>", "RP302"),
        ("web page of UTF-16", "<html><table>".encode("utf-16"), "RP302"),
        ("archived web page", b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "RP302"),
        ("archived web page, other head", b"From: <Saved by Excel>\r\nMIME-Version: 1.0\r\n"
         b"Content-Type: multipart/related; boundary=x\r\n", "RP302"),
        ("XML Spreadsheet 2003", b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook '
         b'xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "RP302"),
        ("SYLK", b"ID;PWXL;N;E\r\nC;Y1;X1;K5\r\nE\r\n", "RP302"),
        ("DIF", b'TABLE\r\n0,1\r\n"EXCEL"\r\n', "RP302"),
        ("Lotus 1-2-3", b"\0\0\2\0\6\4\6\0\x08\0" + bytes(100), "RP302"),
        ("a program", b"MZ\x90\0\3\0\0\0" + bytes(100), "RP302"),
        ("another program", b"\x7fELF\2\1\1" + bytes(100), "RP302"),
        ("CSV named .xls", b"id,value\nloans,5\n",
         {"A1": ("text", "id"), "B1": ("text", "value"), "A2": ("text", "loans"), "B2": ("text", "5")}),
        ("CSV with a quote that stays open", b'id,value\n"loans,5\n', "RP304"),
        ("CSV with letters behind a quote", b'id,value\n"loans"x,5\n', "RP304"),
        ("CSV with NUL", b"id,value\nlo\0ans,5\n", "RP302"),
        ("CSV with ESC", b"id,value\nlo\x1b[31mans,5\n", "RP302"),
        ("CSV of UTF-8 with one bad letter", "Nội dung,Thực hiện\nXã Đông Hội,5\n".encode().replace(b"\xe1\xbb\x99", b"\xe1\xff\x99", 1),
         "RP304"),
        ("CSV that says UTF-8 and is not", b"\xef\xbb\xbfid,value\nl\xf3ans,5\n", "RP304"),
        ("CSV of UTF-16, cut off", "id,value\nloans,5\n".encode("utf-16")[:-1], "RP302"),
        ("CSV with a field without an end", b"id,value\n" + b"x" * 200_000 + b",5\n", "RP304"),
        ("CSV with too many columns", b"1," * 16_385 + b"\n" + b"2," * 16_385, "RP304"),
    ):  # fmt: skip
        yield Hostile(name, content, answer, "report.xls")
    protected = (DATA / "protected" / "agile.xlsx").read_bytes()
    yield Hostile("with a password (agile encryption)", protected, "RP303")


def everything() -> list[Hostile]:
    """Return every case."""
    sources = (cells, texts, places, parts, bombs, zips, xlsb, ods, xls, formulas, others)
    return [case for source in sources for case in source()]
