"""What else of a workbook is touched or looked at: when formulas are worked out, headings of Excel tables."""

import re

from rehabplan.actuals.formats import opc
from rehabplan.actuals.formats.package import Package
from rehabplan.actuals.formats.xlsx_strings import MAIN
from rehabplan.actuals.formats.xmlstream import parse
from rehabplan.summary.template.spliced import (
    Splices,
    is_empty_tag,
    parser_of,
    tag_end,
    tag_name,
    with_attribute,
)

_BEFORE = ("sheets", "functionGroups", "externalReferences", "definedNames")
"""What stands before the settings of calculation; the last of them that is there counts."""
_RANGE = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")


def computed_on_opening(content: bytes) -> bytes:
    """Return the part that lists the sheets, so that every formula is worked out when it is opened."""
    splices = Splices()
    parser = parser_of()
    found: dict[str, int] = {}
    starts: list[int] = []

    def start(element: str, _attributes: dict[str, str]) -> None:
        starts.append(parser.CurrentByteIndex)
        if MAIN[element] == "calcPr":
            at = parser.CurrentByteIndex
            end = tag_end(content, at)
            splices.put(at, end, with_attribute(content[at:end], "fullCalcOnLoad", "1"))

    def end(element: str) -> None:
        begun, at = starts.pop(), parser.CurrentByteIndex
        name = MAIN[element]
        if name in _BEFORE:
            found[name] = at if is_empty_tag(content, begun) else tag_end(content, at)
            found["prefix"] = begun

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(content, True)
    if not splices.found and "prefix" in found:
        whole = tag_name(content, found.pop("prefix"))
        prefix = whole[: whole.rindex(":") + 1] if ":" in whole else ""
        at = max(found.values())
        splices.put(at, at, f'<{prefix}calcPr calcId="0" fullCalcOnLoad="1"/>'.encode())
    return splices.applied(content)


def excel_table_headings(package: Package, part: str) -> set[tuple[int, int]]:
    """Return the cells that name the columns of Excel's own tables, where the table's part says the same."""
    cells: set[tuple[int, int]] = set()

    def start(element: str, attributes: dict[str, str]) -> None:
        found = _RANGE.fullmatch(attributes.get("ref", ""))
        if MAIN[element] == "table" and found and attributes.get("headerRowCount", "1") != "0":
            first, last = _column(found[1]), _column(found[3])
            cells.update((int(found[2]), column) for column in range(first, last + 1))

    for relation in opc.relations(package, part).values():
        if relation.kind == "table":
            parse(package, relation.part, start)
    return cells


def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column
