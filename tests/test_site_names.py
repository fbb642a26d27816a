"""Names of sites: equal up to their writing, told apart by district and type, never by likeness."""

import csv
from pathlib import Path

import pytest

from rehabplan.plan.load import load_plan
from rehabplan.sites import SiteIndex, split_name
from rehabplan.text import folded
from tests.cases import ROOT
from tests.sites_plan import sites_plan


@pytest.fixture(scope="module")
def index() -> SiteIndex:
    """Hà Nội's 30 districts and 579 communes."""
    return load_plan(ROOT / "plans" / "2024.yaml").sites


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Quận Ba Đình", "Quận Ba Đình"),
        ("QUẬN BA ĐÌNH", "Quận Ba Đình"),
        ("Q. Ba Đình", "Quận Ba Đình"),
        ("Q.Ba Đình", "Quận Ba Đình"),
        ("Ba Đình", "Quận Ba Đình"),
        ("UBND quận Ba Đình", "Quận Ba Đình"),
        ("Công an quận Ba Đình", "Quận Ba Đình"),
        ("Ủy ban nhân dân quận Ba Đình", "Quận Ba Đình"),
        ("Quận Ba Ðình", "Quận Ba Đình"),  # eth
        ("Quận\u00a0Ba\u00a0Đình", "Quận Ba Đình"),
        ("TX Sơn Tây", "Thị xã Sơn Tây"),
        ("H. Sóc Sơn", "Huyện Sóc Sơn"),
        ("TT Sóc Sơn", "Thị trấn Sóc Sơn"),
        ("001", "Quận Ba Đình"),
        ("Phường Quang Trung, quận Hà Đông", "Phường Quang Trung (Quận Hà Đông)"),
        ("Quang Trung (Đống Đa)", "Phường Quang Trung (Quận Đống Đa)"),
        ("Phường Quang Trung - TX Sơn Tây", "Phường Quang Trung (Thị xã Sơn Tây)"),
        ("Phú Đông", "Xã Phú Đông"),
        ("Phù Đổng", "Xã Phù Đổng"),
        ("Huyện Ứng Hoà", "Huyện Ứng Hòa"),  # where the tone stands
    ],
)
def test_writings_of_one_name(text: str, name: str, index: SiteIndex) -> None:
    assert [index.label(site) for site in index.find(text)] == [name]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Phường Quang Trung", 3),
        ("Sóc Sơn", 2),  # a district, and the town in it
        ("Ba Dinh", 0),  # without accents: a question, never an answer
        ("Huyện Ba Đình", 0),  # of another type
        ("Quận Ba Đình mới", 0),
        ("Hà Nội", 0),
        ("", 0),
    ],
)
def test_names_that_are_not_certain(text: str, count: int, index: SiteIndex) -> None:
    assert len(index.find(text)) == count


def test_likeness_is_only_a_suggestion(index: SiteIndex) -> None:
    assert index.suggest("Quan Ba Dinh") == "Quận Ba Đình"
    assert index.suggest("Huyện Xyz") is None


def test_every_listed_site_is_found_by_its_full_name() -> None:
    for plan in ("2023", "2024"):
        index = load_plan(ROOT / "plans" / f"{plan}.yaml").sites
        for one in index.sets.values():
            assert len(one.members) == one.count
            for site in one.members:
                outer = index.enclosing(site)
                full = f"{site.name}, {outer.name}" if outer else site.name
                assert index.find(full) == (site,), full


def test_folding_accents_would_mix_eight_pairs() -> None:
    """Why names are never folded (domain.md §5)."""
    path = ROOT / "plans" / "sites" / "hanoi-until-2024.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        names = {row["commune"] for row in csv.DictReader(file)}
    groups: dict[str, set[str]] = {}
    for name in names:
        groups.setdefault(folded(name), set()).add(name)
    assert sum(len(group) > 1 for group in groups.values()) == 8


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("UBND QUẬN BA ĐÌNH", ["Quận Ba Đình"]),
        ("UBND thành phố Hà Nội", []),
        ("Báo cáo của UBND phường Quang Trung - quận Hà Đông", ["Phường Quang Trung (Quận Hà Đông)"]),
        ("Kết quả quận Hoàn Kiếm 9 tháng đầu năm 2024", ["Quận Hoàn Kiếm"]),
        ("Xã Phù Đổng, huyện Gia Lâm, thành phố Hà Nội", ["Xã Phù Đổng"]),
        ("Kết quả của xã hội hóa công tác cai nghiện", []),
        ("Số quận, huyện, thị xã có mô hình", []),
    ],
)
def test_sites_in_titles(title: str, names: list[str], index: SiteIndex) -> None:
    assert [index.label(site) for site in index.named_in(title)] == names


def test_types_are_told_from_names() -> None:
    assert split_name("TX. Sơn Tây") == ("thị xã", "sơn tây")
    assert split_name("Quận 1") == ("quận", "1")
    assert split_name("Xa La") == ("", "xa la")


def test_a_plans_own_shares_are_read(tmp_path: Path) -> None:
    loaded = sites_plan(tmp_path)
    assert {key: int(value) for key, value in loaded.shares["voluntary"].items()} == {
        "001": 400, "002": 300, "003": 300, "004": 200,
    }  # fmt: skip
