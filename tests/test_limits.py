"""The limits that docs/security.md states are those of the code."""

from pathlib import Path

from rehabplan.actuals import folders, pool, worker
from rehabplan.actuals.formats import limits

DOC = Path(__file__).parents[1] / "docs" / "security.md"
STATED = {
    "size of a file": f"{limits.MOST_BYTES // limits.MIB} MiB",
    "size of an .xls file": f"{limits.MOST_BYTES_XLS // limits.MIB} MiB",
    "size of a .csv or .tsv file": f"{limits.MOST_BYTES_TEXT // limits.MIB} MiB",
    "parts of a zip file (.xlsx, .xlsm, .xlsb, .ods)": f"{limits.MOST_ENTRIES:,}",
    "its table of contents": f"{limits.MOST_DIRECTORY // limits.MIB} MiB",
    "all parts that are read, unpacked": f"{limits.MOST_INFLATED // limits.MIB} MiB",
    "bytes that one packed byte may become, beyond the first "
    f"{limits.FREE_INFLATED // 1024} KiB of a part": f"{limits.MOST_RATIO}",
    "starts and ends of XML elements": f"{limits.MOST_TAGS:,}",
    "sheets": f"{limits.MOST_SHEETS:,}",
    "cells and rows, filled or empty": f"{limits.MOST_CELLS:,}",
    "last row": f"{limits.LAST_ROW:,}",
    "last column": f"{limits.LAST_COLUMN:,}",
    "merged ranges": f"{limits.MOST_MERGES:,}",
    "number formats of its own": f"{limits.MOST_FORMATS:,}",
    "styles of cells": f"{limits.MOST_STYLES:,}",
    "folders within folders that are searched": f"{folders.DEEPEST}",
    "seconds for one file": f"{pool.TIME_LIMIT:g}",
    "memory for one file": f"{worker.MEMORY_LIMIT // limits.MIB:,} MiB",
}


def test_the_limits_in_the_docs_are_those_of_the_code() -> None:
    section = DOC.read_text("utf-8").partition("## Limits on reports")[2].partition("\n## ")[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("| ")]
    assert {what.strip(): limit.strip() for what, limit in rows[1:]} == STATED


def test_every_limit_is_stated() -> None:
    constants = {name for name in vars(limits) if name.startswith(("MOST_", "LAST_", "FREE_"))}
    named = {name for name in constants if f"limits.{name}" in Path(__file__).read_text("utf-8")}
    assert named == constants
