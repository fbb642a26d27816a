"""Reading any sheet ends in figures or problems: sheets thrown together from the words of offices."""

from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rehabplan.actuals.cells import Writings
from rehabplan.actuals.context import contexts
from rehabplan.actuals.model import FigureKind
from rehabplan.actuals.rows import read_table
from rehabplan.actuals.sheet import Cell, CellKind, Sheet, address
from rehabplan.actuals.tables import find_tables
from rehabplan.actuals.vocabulary import Vocabulary
from rehabplan.plan.load import load_plan
from tests.cases import ROOT

LOADED = load_plan(ROOT / "plans" / "2024.yaml")
WORDS = Vocabulary.of(LOADED.plan, LOADED.sites)
TEXTS = [
    "STT", "Nội dung", "Chỉ tiêu", "Đơn vị tính", "Đơn vị", "Quận, huyện", "Xã, phường", "Kế hoạch",
    "Thực hiện", "Lũy kế", "Trong kỳ", "Quý I", "Quý III", "6 tháng", "9 tháng", "Tỷ lệ %", "Hiện có",
    "Ước thực hiện", "Cùng kỳ năm trước", "Tử số", "Mẫu số", "Kỳ", "Năm", "id", "Tổng cộng", "Cộng",
    "Toàn thành phố", "Trong đó: nữ", "I", "II", "(1)", "(2)", "Năm 2024", "Năm 2023", "2024",
    "KẾT QUẢ 9 THÁNG NĂM 2024", "PHÂN BỔ KẾ HOẠCH NĂM 2025", "UBND QUẬN BA ĐÌNH", "UBND HUYỆN SÓC SƠM",
    "Đơn vị: người", "người", "Khối quận", "Các đơn vị còn lại", "x", "Đạt", "-", "hơn 650", "1.700",
    "5.465", "80,5%", "257/500", "(5)", "Ba Đình", "Quận Đống Đa", "Phường Quang Trung", "Nam", "KH", "TH",
    "Mang sang", *(str(target.name) for target in LOADED.plan.targets.values()), *LOADED.plan.targets,
    *(target.name.vi for target in LOADED.plan.targets.values()),
]  # fmt: skip
CELLS = st.one_of(
    st.sampled_from(TEXTS).map(lambda text: Cell(CellKind.TEXT, text)),
    st.integers(-3, 3000).map(lambda value: Cell(CellKind.NUMBER, str(value), Fraction(value))),
    st.sampled_from([
        Cell(CellKind.PERCENT, "80.5%", Fraction(161, 2)), Cell(CellKind.DATE, "2024-06-05"),
        Cell(CellKind.ERROR, "#DIV/0!"), Cell(CellKind.NOT_COMPUTED, "=A1"),
    ]),
)  # fmt: skip
PLACES = st.tuples(st.integers(1, 12), st.integers(1, 8))
MERGES = st.lists(PLACES.map(lambda at: (at[0], at[1], at[0] + 1, at[1] + 1)), max_size=3)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(PLACES, CELLS, max_size=70), MERGES, st.sampled_from(["Sheet1", "Ba Đình", "2023"]))
def test_any_sheet_is_read_without_a_fault(
    cells: dict[tuple[int, int], Cell], merged: list[tuple[int, int, int, int]], name: str
) -> None:
    """No exception, and every figure that comes out stands in a cell of the sheet."""
    sheet = Sheet(name, dict(cells), merged)
    known = {address(*place) for place in cells}
    for table, context, _doubt in contexts("r.xlsx", sheet, find_tables(sheet, WORDS), WORDS, None, None):
        found = read_table(table, context, Writings())
        for one in found.observations:
            silent = one.figure.kind in (FigureKind.BLANK, FigureKind.OPEN)
            assert silent or one.where.cell in known
        assert all(row.where.cell in known for row in found.unplanned)
        assert all(str(item.message) for item in found.problems)
