"""Excel workbooks of 2007 and later (.xlsx, .xlsm), in the Transitional and in the Strict form."""

from msgspec import Struct, field

from rehabplan.actuals.formats import opc
from rehabplan.actuals.formats.building import SheetBuilder
from rehabplan.actuals.formats.faults import damaged
from rehabplan.actuals.formats.package import Package
from rehabplan.actuals.formats.xlsx_sheet import Context, read_sheet
from rehabplan.actuals.formats.xlsx_strings import MAIN, is_on, read_strings
from rehabplan.actuals.formats.xlsx_styles import Styles, read_styles
from rehabplan.actuals.formats.xmlstream import parse
from rehabplan.actuals.sheet import Workbook
from rehabplan.i18n import _
from rehabplan.problems import Code, Where, problem

_USUAL = "xl/workbook.xml"


def read(package: Package, file: str, *, as_stored: bool = False) -> Workbook:
    """Read every worksheet; `file` names the workbook in problems.

    Args:
        package: the workbook.
        file: its name.
        as_stored: whether formulas hold what is stored, also where they are left to be computed: templates.

    Raises:
        FaultError: the workbook is damaged or beyond the limits.
    """
    main = opc.main_part(package, _USUAL)
    known = opc.relations(package, main)
    told = listed(package, main)
    strings = opc.needed_part("sharedStrings", known, package)
    styles = opc.needed_part("styles", known, package)
    looks = read_styles(package, styles) if styles else Styles()
    texts = read_strings(package, strings) if strings else []
    context = Context(texts, looks.cells, later=told.later and not as_stored)
    workbook, parts = Workbook("xlsx"), opc.SheetParts(known)
    if not looks.whole:
        workbook.problems.append(problem(Code.FORMATS_MISSING, Where(file)))
    for name, state, identity in told.sheets:
        part = parts.of(name, identity)
        if part is not None:
            hidden = state in {"hidden", "veryHidden"}
            builder = SheetBuilder(name, package.budget, hidden=hidden, date1904=told.date1904)
            read_sheet(package, part, builder, context)
            builder.finish(workbook, file)
    if not workbook.sheets:
        raise damaged(_("it holds no worksheet"))
    workbook.problems += [problem(Code.SHEET_UNLISTED, Where(file), part=part) for part in parts.unlisted()]
    return workbook


class Listed(Struct):
    """What the part of the whole workbook says."""

    sheets: list[tuple[str, str, str]] = field(default_factory=list)
    """Name, state and relation of every sheet in their order."""
    date1904: bool = False
    later: bool = False
    """Whether all formulas are to be computed when the workbook is opened."""


def listed(package: Package, part: str) -> Listed:
    """Return the sheets of a workbook, and what it says of days and formulas."""
    told = Listed()

    def start(element: str, attributes: dict[str, str]) -> None:
        match MAIN[element]:
            case "sheet":
                name = attributes.get("name", "")
                told.sheets.append((name, attributes.get("state", ""), opc.reference(attributes)))
            case "workbookPr":
                told.date1904 = is_on(attributes.get("date1904", ""))
            case "calcPr":
                told.later = is_on(attributes.get("fullCalcOnLoad", ""))

    parse(package, part, start)
    return told
