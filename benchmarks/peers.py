"""What rehabplan is measured against: floors of its libraries, and what others would write instead.

Each is a command of its own: `python -m benchmarks.peers NAME ARGUMENT...`.
"""

import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

START_UP = "import typer, pydantic, yaml, rich.table, rich.console"
"""The floor of start-up: what any program of this kind imports."""
HELLO = """\
import typer
app = typer.Typer(add_completion=False, rich_markup_mode=None)
@app.command()
def hello(name: str = "world") -> None:
    print(f"Hello {name}")
app()
"""
"""Typer's hello world, its rich help and completion off."""


def _books(paths: Iterable[str]) -> list[Path]:
    found = [Path(one) for one in paths]
    return [file for one in found for file in (sorted(one.iterdir()) if one.is_dir() else [one])]


def calamine(*paths: str) -> None:
    """Read every sheet with calamine alone."""
    from python_calamine import CalamineWorkbook

    for path in _books(paths):
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()


def calamine_twice(*paths: str) -> None:
    """Read every sheet with calamine in two threads; it releases the interpreter's lock."""
    with ThreadPoolExecutor(2) as executor:
        list(executor.map(lambda path: calamine(str(path)), _books(paths)))


def openpyxl(*paths: str) -> None:
    """Read every sheet with openpyxl, read-only."""
    from openpyxl import load_workbook

    for path in _books(paths):
        book = load_workbook(path, read_only=True, data_only=True)
        for sheet in book.worksheets:
            for _row in sheet.iter_rows(values_only=True):
                pass
        book.close()


def pandas(plan: str, report: str) -> None:
    """Do what an analyst would write: read the goals and the sheet, merge by label, print."""
    import pandas as pd
    import yaml

    document = yaml.safe_load(Path(plan).read_text("utf-8"))
    goals = pd.DataFrame(
        [{"label": one["name"]["vi"], "goal": one["goal"]} for one in document["targets"].values()]
    )
    table = pd.read_excel(report, header=3).iloc[1:, [1, 4]]
    table.columns = pd.Index(["label", "actual"])
    print(goals.merge(table, on="label", how="left").to_string())


def frictionless(report: str) -> None:
    """Validate a workbook with frictionless."""
    from frictionless import validate

    validate(report)


def compose(*plans: str) -> None:
    """Compose YAML files with the C loader."""
    import yaml

    for plan in plans:
        yaml.compose(Path(plan).read_text("utf-8"), Loader=yaml.CSafeLoader)


def cells(summary: str, copy: str) -> None:
    """Write all cells of all sheets of a workbook with XlsxWriter alone, and print the CPU seconds of that."""
    import xlsxwriter
    from openpyxl import load_workbook

    book = load_workbook(summary, read_only=True)
    sheets = [(one.title, [list(row) for row in one.iter_rows(values_only=True)]) for one in book.worksheets]
    began = time.process_time()
    made = xlsxwriter.Workbook(copy)
    plain = made.add_format({"border": 1, "text_wrap": True, "valign": "vcenter"})
    for title, rows in sheets:
        sheet = made.add_worksheet(title)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(at, column, value, plain)
    made.close()
    print(time.process_time() - began)


PEERS: dict[str, Callable[..., None]] = {
    one.__name__: one for one in (calamine, calamine_twice, openpyxl, pandas, frictionless, compose, cells)
}

NOT_INSTALLED = 3
"""The exit code where a peer's library is not there."""

if __name__ == "__main__":
    try:
        PEERS[sys.argv[1]](*sys.argv[2:])
    except ModuleNotFoundError as error:
        print(error)
        sys.exit(NOT_INSTALLED)
