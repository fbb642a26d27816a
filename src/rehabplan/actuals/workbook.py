"""The one door to workbooks: a file becomes sheets of plain cells, or a clear error.

Everything that knows a spreadsheet library stays behind `open_workbook`; what comes out are values
only, so that reading can move into a guarded worker without anyone else noticing.
"""

import re
import warnings
import zipfile
import zlib
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rehabplan import figures
from rehabplan.actuals.sheet import Cell, CellKind, Sheet, Workbook
from rehabplan.i18n import _
from rehabplan.numbers import from_spreadsheet
from rehabplan.problems import Code, RehabplanError, Where, problem, reason_of

if TYPE_CHECKING:
    from openpyxl import Workbook as OpenpyxlWorkbook


def open_workbook(path: Path) -> Workbook:
    """Read every worksheet of an .xlsx or .xlsm file; formulas give their stored values.

    Raises:
        RehabplanError: the file is missing, protected, damaged, or of another kind.
    """
    where = Where(str(path))
    try:
        with path.open("rb") as file:
            _refuse_other_kinds(path, file.read(4096), where)
        return Workbook("xlsx", _read(path))
    except RehabplanError:
        raise
    except OSError as error:
        reason = reason_of(error)
        raise RehabplanError([problem(Code.REPORT_UNREADABLE, where, reason=reason)]) from error
    except (zipfile.BadZipFile, EOFError, zlib.error) as error:
        reason = _("it breaks off or was changed on the way")
        raise RehabplanError([problem(Code.WORKBOOK_BROKEN, where, reason=reason)]) from error
    except Exception as error:  # openpyxl raises whatever a damaged part provokes
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise RehabplanError([problem(Code.WORKBOOK_BROKEN, where, reason=reason)]) from error


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def _refuse_other_kinds(path: Path, head: bytes, where: Where) -> None:
    """Tell the kind from the content, whatever the name's ending says."""
    if head.startswith(_OLE):
        if _ENCRYPTED in path.read_bytes():
            raise RehabplanError([problem(Code.ENCRYPTED, where)])
        found = _("an Office file of the years 1997 to 2003 (.xls or .doc)")
    elif not head:
        found = _("an empty file")
    elif head.startswith(b"%PDF"):
        found = _("a PDF")
    elif not head.startswith(b"PK\x03\x04"):
        found = _("a text or another kind of file")
    else:
        names = zipfile.ZipFile(path).namelist()
        kinds = {"xl/workbook.bin": ".xlsb", "content.xml": ".ods", "word/document.xml": ".docx"}
        other = [kind for part, kind in kinds.items() if part in names]
        if not other and "[Content_Types].xml" in names:
            return
        found = _("a {kind} file").format(kind=other[0] if other else ".zip")
    raise RehabplanError([problem(Code.REPORT_KIND, where, found=found)])


def _read(path: Path) -> list[Sheet]:
    values = _load(path, data_only=True)
    if not values.worksheets:
        where = Where(str(path))
        reason = _("it shows no worksheets (saved as 'Strict Open XML'?)")
        raise RehabplanError([problem(Code.WORKBOOK_BROKEN, where, reason=reason)])
    formulas = _load(path, data_only=False) if _has_formulas(path) else None
    return [_sheet(sheet, formulas[sheet.title] if formulas else None) for sheet in values.worksheets]


def _load(path: Path, *, data_only: bool) -> "OpenpyxlWorkbook":
    from openpyxl import load_workbook  # noqa: PLC0415 - costs more to import than all the rest

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about features that are lost on saving; we never save
        return load_workbook(path, data_only=data_only, keep_links=False)


def _has_formulas(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        parts = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(re.search(rb"<(?:\w+:)?f[ >/]", archive.read(name)) for name in parts)


def _sheet(source: Any, formulas: Any) -> Sheet:  # noqa: ANN401 - indexed like a worksheet
    sheet = Sheet(source.title, hidden=source.sheet_state != "visible")
    for merged in source.merged_cells.ranges:
        sheet.merged.append((merged.min_row, merged.min_col, merged.max_row, merged.max_col))
    sheet.hidden_rows = {
        row for row, size in source.row_dimensions.items() if size.hidden or size.height == 0
    }
    for size in source.column_dimensions.values():
        if (size.hidden or size.width == 0) and size.min and size.max:
            sheet.hidden_columns.update(range(size.min, size.max + 1))
    for cell in _filled(source):
        found = _cell(cell)
        if found:
            sheet.cells[cell.row, cell.column] = found
    if formulas is not None:
        _mark_uncomputed(sheet, formulas)
    return sheet


def _mark_uncomputed(sheet: Sheet, formulas: Any) -> None:  # noqa: ANN401 - as above
    for cell in _filled(formulas):
        if cell.data_type == "f" and (cell.row, cell.column) not in sheet.cells:
            formula = getattr(cell.value, "text", None) or str(cell.value)
            sheet.cells[cell.row, cell.column] = Cell(CellKind.NOT_COMPUTED, formula)


def _filled(source: Any) -> list[Any]:  # noqa: ANN401 - as above
    """Return the cells that exist; `iter_rows` would walk the whole rectangle up to a far cell."""
    cells = source._cells.values()  # noqa: SLF001 - openpyxl offers no other way
    return [cell for cell in cells if cell.value is not None]


def _cell(cell: Any) -> Cell | None:  # noqa: ANN401 - openpyxl's cell and merged cell share no type
    value = cell.value
    if cell.data_type == "e":
        return Cell(CellKind.ERROR, str(value))
    if isinstance(value, bool):
        return Cell(CellKind.TRUTH, str(value).upper())
    if isinstance(value, int | float):
        exact = from_spreadsheet(value)
        if _shows_percent(cell.number_format):
            return Cell(CellKind.PERCENT, figures.percent(exact * 100, digits=6), exact * 100)
        return Cell(CellKind.NUMBER, _plain(exact), exact)
    if isinstance(value, datetime | date):
        shown = value.date() if isinstance(value, datetime) and value.time() == time() else value
        return Cell(CellKind.DATE, shown.isoformat(" ") if isinstance(shown, datetime) else str(shown))
    if isinstance(value, time | timedelta):
        return Cell(CellKind.DATE, str(value))
    text = str(value)
    return Cell(CellKind.TEXT, text) if text.strip() else None


def _plain(value: Fraction) -> str:
    return figures.number(value, digits=15).replace(",", "")


def _shows_percent(number_format: str) -> bool:
    """Tell whether a number format multiplies by 100 and shows a percent sign."""
    return "%" in re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", number_format)
