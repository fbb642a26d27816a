"""The fuzzer's entries, with all that it found so far and with drawn inputs (benchmarks/fuzz_text.py)."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz_entries import ENTRIES, words
from tests.hostile_plans import plans

pytestmark = pytest.mark.pressure

CORPUS = Path(__file__).parent / "fuzz_corpus"
FOUND = sorted(path for path in CORPUS.glob("*/*") if path.is_file())

WORDS = [
    "1.700,5", "1,700.5", "1700", "257/500", "80,5%", "hơn 650", "từ 5 trở lên", "(5)", "-", "0/0", "1 700", "triệu",
    "STT", "Chỉ tiêu", "Thực hiện", "Lũy kế", "Kế hoạch năm", "Đơn vị tính", "Cai nghiện tự nguyện", "Tổng cộng",
    "9 tháng đầu năm 2024", "quý III/2024", "tính đến 15/11/2024", "từ 15/12/2023 đến 14/9/2024", "Quận Ba Đình",
    "{{", "}}", "{{ voluntary.actual }}", "@", "goal", ": ", "- ", "[", "]", "{", "}", "'", '"', "&a", "*a", "!x", "|",
    "#", ",", ";", "\t", "\n", "\r", "    ", "..", "points", "each", "done", "1.500", "010", "2024-01-01", "curve",
    "by_quarter", "\u00a0", "\u202e", "\u2028", "٣", "²", "\ufeff",
]  # fmt: skip
texts = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=12).map("".join),
    st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=4)), max_size=10).map(" ".join),
    st.text(max_size=40),
)


@pytest.mark.parametrize("path", FOUND, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_was_found_once(path: Path) -> None:
    ENTRIES[path.parent.name](path.read_bytes())


@pytest.mark.parametrize("name", ENTRIES)
@settings(
    derandomize=True, deadline=None, max_examples=60, database=None,
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip
@given(data=texts)
def test_drawn_inputs(name: str, data: str) -> None:
    ENTRIES[name](data.encode("utf-8", "ignore"))


@pytest.mark.parametrize("name", ["layout", "csv_file", "mark", "label", "period", "number"])
def test_hostile_plans_as_anything_else(name: str) -> None:
    for one in plans():
        if len(one.content) < 200_000:
            ENTRIES[name](one.content)


def test_the_longest_label_in_a_title_counts_in_whatever_order() -> None:
    """A part's alias holds the name of its whole; which of the two was found went by chance."""
    named = words().labels.named_in("Kết quả vận động cai nghiện tự nguyện tại gia đình, quý III")
    assert named is not None
    assert (named.indicator, named.part) == ("voluntary", True)
    whole = words().labels.named_in("Kết quả vận động cai nghiện tự nguyện")
    assert whole is not None
    assert not whole.part
