"""Excel workbooks of 2007 and later (.xlsx, .xlsm), in the Transitional and in the Strict form."""

from rehabplan.actuals.formats import opc
from rehabplan.actuals.formats.building import SheetBuilder
from rehabplan.actuals.formats.faults import damaged
from rehabplan.actuals.formats.package import Package
from rehabplan.actuals.formats.xlsx_sheet import Context, read_sheet
from rehabplan.actuals.formats.xlsx_strings import MAIN, read_strings
from rehabplan.actuals.formats.xlsx_styles import Styles, read_styles
from rehabplan.actuals.formats.xmlstream import parse
from rehabplan.actuals.sheet import Workbook
from rehabplan.i18n import _
from rehabplan.problems import Code, Where, problem

_USUAL = "xl/workbook.xml"


def read(package: Package, file: str) -> Workbook:
    """Read every worksheet; `file` names the workbook in problems.

    Raises:
        FaultError: the workbook is damaged or beyond the limits.
    """
    main = opc.main_part(package, _USUAL)
    known = opc.relations(package, main)
    sheets, date1904 = listed(package, main)
    strings = opc.needed_part("sharedStrings", known, package)
    styles = opc.needed_part("styles", known, package)
    looks = read_styles(package, styles) if styles else Styles()
    context = Context(read_strings(package, strings) if strings else [], looks.cells)
    workbook, parts = Workbook("xlsx"), opc.SheetParts(known)
    if not looks.whole:
        workbook.problems.append(problem(Code.FORMATS_MISSING, Where(file)))
    for name, state, identity in sheets:
        part = parts.of(name, identity)
        if part is not None:
            hidden = state in {"hidden", "veryHidden"}
            builder = SheetBuilder(name, package.budget, hidden=hidden, date1904=date1904)
            read_sheet(package, part, builder, context)
            builder.finish(workbook, file)
    if not workbook.sheets:
        raise damaged(_("it holds no worksheet"))
    workbook.problems += [problem(Code.SHEET_UNLISTED, Where(file), part=part) for part in parts.unlisted()]
    return workbook


def listed(package: Package, part: str) -> tuple[list[tuple[str, str, str]], bool]:
    """Return name, state and relation of every sheet in their order, and whether days count from 1904."""
    sheets: list[tuple[str, str, str]] = []
    date1904 = False

    def start(element: str, attributes: dict[str, str]) -> None:
        nonlocal date1904
        match MAIN[element]:
            case "sheet":
                name = attributes.get("name", "")
                sheets.append((name, attributes.get("state", ""), opc.reference(attributes)))
            case "workbookPr":
                date1904 = attributes.get("date1904") in {"1", "true"}

    parse(package, part, start)
    return sheets, date1904
