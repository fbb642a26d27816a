"""Workbooks written as text, so that a test's input can be read in a review.

A grid is one line a row, cells between "|". A cell is what one would type into Excel: `1700` a number,
`0.805%%` the number 0.805 shown as a percentage, `"1.700"` a text, `=1+1` a formula that was never
computed, `=1+1 -> 2` a formula with its stored value, `!2024-06-05` a date, `!#DIV/0!` an error cell.
A line `[Name]` begins a sheet (`[Name hidden]` a hidden one), `merge A1:B2`, `hide row 3` and
`hide column C` do what they say.
"""

import re
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet


def write_workbook(grid: str, path: Path) -> None:
    """Write the workbook that a grid describes."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    cached: dict[tuple[str, str], str] = {}
    row = 0
    for line in grid.splitlines():
        named = re.fullmatch(r"\[(.+?)( hidden)?\]", line)
        if named:
            sheet = sheet if row == 0 and sheet.title == "Sheet" else book.create_sheet()
            sheet.title, row = named[1], 0
            sheet.sheet_state = "hidden" if named[2] else "visible"
        elif line.startswith("merge "):
            sheet.merge_cells(line.split()[1])
        elif line.startswith("hide row "):
            sheet.row_dimensions[int(line.split()[2])].hidden = True
        elif line.startswith("hide column "):
            sheet.column_dimensions[line.split()[2]].hidden = True
        elif not line.startswith("# "):
            row += 1
            for column, text in enumerate(line.split("|"), start=1):
                cell = sheet.cell(row, column)
                assert isinstance(cell, Cell)
                _fill(cell, text.strip(), cached)
    book.save(path)
    if cached:
        _store_values(path, cached, book.sheetnames)


def _fill(cell: Cell, text: str, cached: dict[tuple[str, str], str]) -> None:
    if not text:
        return
    if text.startswith("="):
        formula, arrow, value = text.partition(" -> ")
        cell.value = formula
        if arrow:
            assert cell.parent is not None
            cached[cell.parent.title, cell.coordinate] = value
    elif text.startswith("!#"):
        cell.value, cell.data_type = text[1:], "e"
    elif text.startswith("!"):
        cell.value = date.fromisoformat(text[1:])
    elif text.endswith("%%"):
        cell.value, cell.number_format = float(text[:-2]), "0.0%"
    elif re.fullmatch(r"-?\d+(\.\d+)?", text):
        number = Decimal(text)
        cell.value = int(number) if "." not in text else float(number)
    else:
        cell.value = text.strip('"')


def _store_values(path: Path, cached: dict[tuple[str, str], str], names: list[str]) -> None:
    """Store results beside formulas, as Excel does and openpyxl does not."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for (sheet, place), value in cached.items():
        part = f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"
        found = re.compile(rf'(<c r="{place}"[^>]*><f>[^<]*</f>)<v ?/?>(?:</v>)?'.encode())
        parts[part], count = found.subn(rf"\1<v>{value}</v>".encode(), parts[part])
        assert count == 1, f"{place} holds no formula"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
