"""A layout file settles what a sheet leaves open, and says at its line what it got wrong."""

from pathlib import Path

import pytest

from rehabplan.actuals.layoutfile import read_layouts
from rehabplan.actuals.load import load_report
from rehabplan.actuals.vocabulary import Vocabulary
from rehabplan.numbers import Amount
from rehabplan.problems import Code, RehabplanError
from tests.grid import write_workbook
from tests.sites_plan import Bench, Found


def check(bench: Bench, grid: str, layout: str | None) -> Found:
    path = bench.folder / "bao-cao.xlsx"
    write_workbook(grid, path)
    if layout is not None:
        (bench.folder / "layout.yaml").write_text(layout, "utf-8")
    read, _unused = read_layouts([path], "layout.yaml", bench.loaded.plan.targets, bench.loaded.sites)
    report = load_report(path, Vocabulary.of(bench.loaded.plan, bench.loaded.sites, read))
    return Found(bench, bench.assessed([report], "9m"))


@pytest.mark.parametrize(
    ("grid", "layout"),
    [
        ("Việc | A | B\nCai nghiện tự nguyện | 1 | 210", '"*.xlsx": {"*": {header: 1, columns: {A: label, C: result}}}'),
        ("Nội dung | Thực hiện | Kết quả\nCai nghiện tự nguyện | 1 | 210",
         "bao-cao.xlsx: {Sheet: {columns: {A: label, C: year_to_date}}}"),
        ("Cai nghiện tự nguyện | 1 | 210",
         '"*": {"*": {header: 0, rows: [1, 1], columns: {A: label, C: result}}}'),
        ("X | Y\nBa Đình | 210", '"*": {"*": {header: 1, columns: {A: site, B: {role: result, target: voluntary}}}}'),
        ("Nội dung | Lũy kế\nCai nghiện tự nguyện | 210\nhide row 2", '"*": {"*": {hidden: use}}'),
        ("Nội dung | Lũy kế\nCai nghiện tự nguyện | 210", '"*": {"*": {site: "Quận Ba Đình"}}'),
        ("[Sheet]\nNội dung | Lũy kế\nCai nghiện tự nguyện | 210\n[Nháp]\nNội dung | Lũy kế\nCai nghiện tự nguyện | 9",
         '"*": {"Nháp": skip}'),
        ("Nội dung | Một | Hai\nCai nghiện tự nguyện | 110 | 100",
         '"*": {"*": {columns: {A: label, B: {role: year_to_date, period: 6m}, C: {role: in_period, period: q3}}}}'),
    ],
)  # fmt: skip
def test_a_layout_settles_it(grid: str, layout: str, bench: Bench) -> None:
    try:
        before = check(bench, grid, None).amount("voluntary")
    except RehabplanError:
        before = None
    found = check(bench, grid, layout)
    amount = found.amount("voluntary")
    assert amount in (Amount.exact(210), Amount.exact(210).at_least())
    assert amount != before


@pytest.mark.parametrize(
    ("layout", "line", "part"),
    [
        ('"*":\n  "*":\n    headr: 1', 3, "headr"),
        ('"*":\n  "*":\n    columns: {ABCD: label}', 3, "ABCD"),
        ('"*":\n  "*":\n    columns: {A: lable}', 3, "did you mean 'label'"),
        ('"*":\n  "*":\n    columns: {A: {role: result, target: nobody}}', 3, "nobody"),
        ('"*":\n  "*":\n    rows: [9, 2]', 3, "[first, last]"),
        ('"*":\n  "*":\n    site: Quận Xyz', 3, "Quận Xyz"),
        ('"*":\n  "*":\n    period: q7', 3, "q7"),
        ('"*":\n  "*":\n    numbers: fr', 3, "fr"),
        ('"*":\n  "*":\n    hidden: show', 3, "show"),
        ("[1, 2]", 1, "mapping"),
    ],
)
def test_mistakes_are_told_at_their_line(layout: str, line: int, part: str, bench: Bench) -> None:
    with pytest.raises(RehabplanError) as caught:
        check(bench, "Nội dung | Lũy kế\nCai nghiện tự nguyện | 1", layout)
    (found,) = caught.value.problems
    assert found.where is not None
    assert (found.code, found.where.line) == (Code.LAYOUT, line)
    assert part in found.message


def test_a_sheet_that_is_not_there_is_told(bench: Bench) -> None:
    found = check(bench, "Nội dung | Lũy kế\nCai nghiện tự nguyện | 1", '"*": {"Biểu 7": skip}')
    assert found.codes == [Code.LAYOUT_UNUSED]


def test_a_layout_holds_only_beside_its_files(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "layout.yaml").write_text('"*": {"*": skip}', "utf-8")
    folder = tmp_path / "inner"
    folder.mkdir()
    layout, unused = read_layouts([folder / "a.xlsx"], "layout.yaml", [], bench.loaded.sites)
    assert (layout.sheets, unused) == ((), [])


def test_an_entry_that_fits_no_file_is_told(bench: Bench) -> None:
    (bench.folder / "layout.yaml").write_text('"bao-cao.xls": {"*": skip}', "utf-8")
    path = bench.folder / "bao-cao.xlsx"
    _layout, unused = read_layouts([path], "layout.yaml", [], bench.loaded.sites)
    assert [item.code for item in unused] == [Code.LAYOUT_NO_FILE]
