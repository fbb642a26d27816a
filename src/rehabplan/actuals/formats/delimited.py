"""Tables as text (.csv, .tsv): encoding and separator are told from the content; every cell is a text."""

import codecs
import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress

from rehabplan.actuals.formats.building import SheetBuilder
from rehabplan.actuals.formats.faults import FaultError, damaged, other_kind
from rehabplan.actuals.formats.legacy import Encoding, decoded, syllables
from rehabplan.actuals.formats.limits import LAST_COLUMN, LAST_ROW, MIB, MOST_BYTES_TEXT, Budget, too_large
from rehabplan.actuals.formats.values import text_cell
from rehabplan.actuals.sheet import Sheet, Workbook, address
from rehabplan.i18n import _
from rehabplan.problems import Code, Problem, Where, problem

_LOOKED_AT = 100
"""Lines from which the separator is told."""
_LOOKED_AT_LETTERS = 1 << 20
_SEPARATORS = ("\t", ";", ",")
_NO_SEPARATOR = "\x1f"
"""Splits nothing: a text that has it is refused before."""
_SAID = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_AS_TEXT = re.compile(r'="([^"]*)"')
_BINARY = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_MANY_NULS = 0.2
_SPOILT = re.compile("\ufffd+")
_FIGURE = re.compile(r"[-+]?\d[\d.]*\s*%?")
_REST = re.compile(r"\d+\s*%?")
_GROUP = 3
"""Digits between separators of thousands."""
_LEADING = re.compile(r"[-+]?[1-9]\d{0,2}")
"""What stands before a separator of thousands."""
_WHOLE_NUMBER = re.compile(r"\d{3,9}")
_SHARE = re.compile(r"tỷ lệ|tỉ lệ|%|percent|\brate\b", re.IGNORECASE)
_MOST_PERCENT = 100
_LAST_DIGITS = re.compile(r"\d[.,]?\Z")
_REMARKS = re.compile(r"ghi chú|nguồn|^(?:notes?|remarks?|source|người|đơn vị|cơ quan)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_MOSTLY = 4
"""So many good letters of UTF-8 to a bad one are no chance."""


def read(content: bytes, file: str, name: str) -> Workbook:
    """Read a table into one sheet of a name; `file` names the file in problems.

    Raises:
        FaultError: the bytes are no text, or the quotes in it do not match.
    """
    if len(content) > MOST_BYTES_TEXT:
        raise too_large(_("it has more than {limit} MiB").format(limit=MOST_BYTES_TEXT // MIB))
    text = text_of(content)
    if _BINARY.search(text):
        raise other_kind(_("a file of an unknown kind"))
    said = _SAID.match(text)
    separator = said[1] if said else separator_of(text)
    builder = SheetBuilder(name, Budget())
    widths: dict[int, int] = {}
    lines = csv.reader(
        io.StringIO(text[said.end() :] if said else text, newline=""), delimiter=separator, strict=True
    )
    try:
        for number, fields in enumerate(lines, start=1):
            builder.budget.take_cells(1 + len(fields))
            widths[number] = len(fields)
            if number > LAST_ROW or len(fields) > LAST_COLUMN:
                raise damaged(_("it has a cell where no sheet reaches"))
            for column, field in enumerate(fields, start=1):
                quoted = _AS_TEXT.fullmatch(field)
                builder.put(number, column, text_cell(quoted[1] if quoted else field))
    except csv.Error as error:
        reason = _('the quotes (") in line {line} do not match').format(line=lines.line_num)
        raise damaged(reason) from error
    workbook = Workbook("csv")
    builder.finish(workbook, file)
    sheet = workbook.sheets[0]
    workbook.problems += _cut_off(text, sheet, file)
    workbook.problems += _cut_rows(sheet, widths, file) if separator == "," else ()
    return workbook


def _cut_rows(sheet: Sheet, widths: dict[int, int], file: str) -> list[Problem]:
    """Take away the rows that a comma within a figure cut: 1,700 makes two fields, side by side.

    They have more fields than the header above them, or the second one fell into its remarks.
    """
    rows: dict[int, dict[int, str]] = {}
    for (row, column), cell in sheet.cells.items():
        rows.setdefault(row, {})[column] = cell.text.strip()
    found: list[Problem] = []
    header: dict[int, str] = {}
    expected, before, in_data = 0, 0, False
    for row in sorted(rows):
        cells = rows[row]
        in_data = in_data and row == before + 1
        before = row
        if all(not _FIGURE.fullmatch(text) or _YEAR.fullmatch(text) for text in cells.values()):
            if len(cells) > 1 and not in_data:
                header, expected = cells, widths[row]
            continue
        in_data = True
        if expected and _is_cut(cells, header, more=widths[row] > expected):
            where = Where(file, sheet=sheet.name, cell=address(row, 1))
            counts = {"found": widths[row], "expected": min(expected, max(header))}
            found.append(problem(Code.CUT_ROW, where, **counts))
            for column in cells:
                del sheet.cells[row, column]
    return found


def _is_cut(cells: dict[int, str], header: dict[int, str], *, more: bool) -> bool:
    """Tell whether a figure of a row was cut in two.

    Then the row has more fields than its header; or a second half of three digits stands under remarks, or it
    pushed a figure under an empty heading, or one that is no share of the figures before it under a share's.
    """
    beyond = any(column > max(header) and _FIGURE.fullmatch(text) for column, text in cells.items())
    for at, rest in _second_halves(cells):
        if more:
            return True
        if len(rest) != _GROUP:
            continue
        if _REMARKS.search(header.get(at, "")):
            return True
        if _LEADING.fullmatch(cells[at - 1]) and (beyond or at not in header or _no_share(cells, header, at)):
            return True
    return False


def _no_share(cells: dict[int, str], header: dict[int, str], at: int) -> bool:
    """Tell whether a heading of shares stands behind two figures, and over a number that is none of them."""
    text = cells.get(at + 1, "")
    if not cells[at].isdecimal():  # "50%"
        return False
    if not (_SHARE.search(header.get(at + 1, "")) and _WHOLE_NUMBER.fullmatch(text)):
        return False
    whole, part, percent = int(cells[at - 1]), int(cells[at]), int(text)
    return percent > _MOST_PERCENT and abs(percent * abs(whole) - _MOST_PERCENT * part) > abs(whole)


def _cut_off(text: str, sheet: Sheet, file: str) -> list[Problem]:
    """Doubt a last figure that no line end follows: a file that breaks off there looks the same."""
    if not sheet.cells or not _LAST_DIGITS.search(text) or not ("\n" in text or "\r" in text):
        return []
    row, column = max(sheet.cells)
    value = sheet.cells[row, column].text.strip()
    if not text.endswith(value) or any(sign.isalpha() for sign in value):
        return []
    return [
        problem(Code.NO_LAST_LINE_END, Where(file, sheet=sheet.name, cell=address(row, column)), value=value)
    ]


def _second_halves(cells: dict[int, str]) -> Iterator[tuple[int, str]]:
    """Yield the fields of digits that stand right behind another one."""
    for column, text in cells.items():
        rest = cells.get(column + 1, "")
        if _FIGURE.fullmatch(text) and _REST.fullmatch(rest):
            yield column + 1, rest


def text_of(content: bytes) -> str:
    """Return the text of a file: in UTF-8, UTF-16, Windows-1258, or in the bytes of an old font.

    Raises:
        FaultError: the bytes are in none of these.
    """
    encoding = "utf-8-sig"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif content.count(0, 0, 4096) > _MANY_NULS * min(len(content), 4096):
        encoding = "utf-16-le" if content[1:2] == b"\0" else "utf-16-be"
    with suppress(UnicodeDecodeError):
        return content.decode(encoding)
    if b"\0" in content:
        raise other_kind(_("a file of an unknown kind"))
    _refuse_spoilt_unicode(content)
    return _of_single_bytes(content)


def _refuse_spoilt_unicode(content: bytes) -> None:
    """Refuse UTF-8 in which some letters were changed: read as an old encoding all would be wrong."""
    text = content.decode("utf-8", "replace")
    spoilt = len(_SPOILT.findall(text))
    whole = sum(letter > "\x7f" for letter in text) - text.count("\ufffd")
    if content.startswith(codecs.BOM_UTF8) or whole > _MOSTLY * spoilt:
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        raise damaged(_("it is UTF-8, but has a letter in line {line} that is none").format(line=line))


def _of_single_bytes(content: bytes) -> str:
    """Tell Windows-1258 from the old fonts by which of them gives Vietnamese syllables."""
    sample = content[: 1 << 16]
    latin = sample.decode("latin-1")
    scores = {encoding: syllables(decoded(latin, encoding)) for encoding in (Encoding.TCVN3, Encoding.VNI)}
    best = max(scores.values())
    try:
        text = unicodedata.normalize("NFC", content.decode("cp1258"))
    except UnicodeDecodeError as error:
        if best > 0:
            return content.decode("latin-1")
        raise FaultError(Code.TEXT_ENCODING) from error
    return content.decode("latin-1") if best > max(0, syllables(text[: 1 << 16])) else text


def separator_of(text: str) -> str:
    """Return the separator by which the most lines fall into the same number of fields.

    A comma between digits is no sign of a separator, unless all lines agree: it may be a decimal comma.
    """
    lines = text[:_LOOKED_AT_LETTERS].splitlines(keepends=True)[:_LOOKED_AT]
    best, best_score = _NO_SEPARATOR, (0, 0)
    for separator in _SEPARATORS:
        counts = _fields(lines, separator)
        several = Counter(count for count in counts if count > 1).most_common(1)
        if not several:
            continue
        usual, rows = several[0]
        signs = "".join(lines)
        if separator == ",":
            signs = _DECIMAL_COMMA.sub("", signs)
        if (separator in signs or rows == len(counts)) and (rows, usual) > best_score:
            best, best_score = separator, (rows, usual)
    return best


def _fields(lines: list[str], separator: str) -> list[int]:
    """Return into how many fields each record falls; blank ones are left out."""
    counts: list[int] = []
    with suppress(csv.Error):
        counts.extend(len(fields) for fields in csv.reader(lines, delimiter=separator) if any(fields))
    return counts
