"""Ways in which small counts once showed in masked outputs, each by the command that showed them."""

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest

from tests.cases import run
from tests.grid import write_workbook

COMMUNES = """\
district_code,district,commune_code,commune
001,Quận Ba Đình,00001,Phường Phúc Xá
001,Quận Ba Đình,00002,Phường Trúc Bạch
002,Quận Hoàn Kiếm,00003,Phường Hàng Bạc
002,Quận Hoàn Kiếm,00004,Phường Hàng Đào
"""
PLAN = """\
year: 2024
title: {vi: "Kế hoạch", en: "Plan"}
issuer: "UBND thành phố Hà Nội"
sites:
  districts: {count: 2, unit: district, list: xa.csv, key: district_code, name: district}
  communes: {count: 4, unit: commune, list: xa.csv, key: commune_code, name: commune, within: districts}
targets:
  people:
    name: {vi: "Người cai", en: "People"}
    kind: count
    unit: person
    goal: 120
  seen:
    name: {vi: "Tỷ lệ người được khám", en: "Seen"}
    kind: rate
    unit: person
    goal: "80%"
    parent: people
  treated:
    name: {vi: "Tỷ lệ người được chữa", en: "Treated"}
    kind: rate
    unit: person
    goal: "80%"
    parent: seen
"""
SITES = ("Phường Phúc Xá", "Phường Trúc Bạch", "Phường Hàng Bạc", "Phường Hàng Đào")
CHECK = "check 2024.yaml --actuals report.xlsx --period 9m --mask-below 3"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go where the plan is."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "2024.yaml").write_text(PLAN, "utf-8")
    (tmp_path / "xa.csv").write_text(COMMUNES, "utf-8")
    return tmp_path


def report(*rows: str, heads: str = "Người cai|Tỷ lệ người được khám", name: str = "report.xlsx") -> None:
    """Write a report with a row for each site, in the order of the list."""
    lines = [f"{at}|{site}|{row}" for at, (site, row) in enumerate(zip(SITES, rows, strict=False), start=1)]
    grid = "\n".join(["BÁO CÁO KẾT QUẢ 9 THÁNG NĂM 2024", f"TT|Đơn vị|{heads}", *lines])
    write_workbook(grid, Path(name))


def states(target: str) -> tuple[list[str], str]:
    """Return the states of a target's sites and of its total; a masked one shows nothing else."""
    document = json.loads(run(f"{CHECK} --format json").partition("\n--- ")[0])
    found = next(one for one in document["targets"] if one["id"] == target)
    if found["actual"]["state"] == "masked":
        assert {found[one] for one in ("percent", "percent_low", "gap", "gap_low", "gap_high")} == {None}
    sites = found["sites"]["figures"] if found["sites"] else []
    return [one["state"] for one in sites], found["actual"]["state"]


def test_a_span_of_percentages_ends_at_a_masked_one() -> None:
    report('30|"50%"', '25|"1/25"', '40|"80%"', '40|"70%"')
    assert states("seen") == (["value", "masked", "value", "value"], "masked")
    for output in ("table", "csv", "markdown", "plain"):
        text = run(f"{CHECK} --by site --format {output}", columns=200)
        assert "4%" not in text
        assert "percent,4," not in text
        assert ",actual,,4," not in text


@pytest.mark.parametrize(
    ("cells", "hidden"),
    [
        (("0.0333%%", "0.5%%", "0.8%%", "0.7%%"), [0]),
        (('"3,3%"', '"50%"', '"80%"', '"70%"'), [0]),
        (('"3%"', '"50%"', '"80%"', '"70%"'), [0]),
        (('"6,6%"', '"50%"', '"80%"', '"70%"'), [0]),  # 2 of 30, cut off
        (('"50%"', '"96%"', '"80%"', '"70%"'), [1]),  # all but 1 of 25
        (('"0%"', '"100%"', '"80%"', '"70%"'), []),  # none and all
        (('"10%"', '"88%"', '"80%"', '"70%"'), []),  # 3 of 30, all but 3 of 25
    ],
)
def test_a_percentage_of_few(cells: tuple[str, ...], hidden: list[int]) -> None:
    report(*(f"{people}|{cell}" for people, cell in zip((30, 25, 40, 40), cells, strict=True)))
    sites, total = states("seen")
    assert [at for at, state in enumerate(sites) if state == "masked"] == hidden
    assert total == ("masked" if hidden else "value")


def test_a_percentage_of_a_percentage() -> None:
    """Half of 20 are 10, of whom a tenth is one."""
    heads = "Người cai|Tỷ lệ người được khám|Tỷ lệ người được chữa"
    report('20|"50%"|"10%"', '25|"40%"|"50%"', '40|"80%"|"50%"', '40|"70%"|"50%"', heads=heads)
    assert states("seen") == (["value"] * 4, "value")
    assert states("treated") == (["masked", "value", "value", "value"], "masked")


@pytest.mark.parametrize(
    ("cell", "state"), [('"3,33%"', "masked"), ('"96,7%"', "masked"), ('"50%"', "value")]
)
def test_a_percentage_of_the_whole(cell: str, state: str) -> None:
    rows = ["TT|Chỉ tiêu|Kết quả 9 tháng", "1|Người cai|30", f"2|Tỷ lệ người được khám|{cell}"]
    write_workbook("\n".join(rows), Path("report.xlsx"))
    assert states("people") == ([], "value")
    assert states("seen") == ([], state)


def test_summary_quotes_no_report() -> None:
    """Two rows of one site contradict each other: told by a problem with both figures."""
    rows = ["1|Phường Phúc Xá|2717", "2|Phường Phúc Xá|2741", "3|Phường Trúc Bạch|5000"]
    grid = "\n".join(["BÁO CÁO KẾT QUẢ 9 THÁNG NĂM 2024", "TT|Đơn vị|Người cai", *rows])
    write_workbook(grid, Path("report.xlsx"))
    command = "summary 2024.yaml --actuals report.xlsx --period 9m --lang en"
    assert "2741" in run(f"{command} -o bare.xlsx")
    text = run(f"{command} --mask-below 3000 -o out.xlsx")
    assert "2741" not in text
    assert "2717" not in text
    assert "not shown either" in text
    assert "exit code 3" in text
    with zipfile.ZipFile("out.xlsx") as book:
        parts = [book.read(name).decode("utf-8", "replace") for name in book.namelist()]
    assert not [part for part in parts for secret in ("2741", "2717") if secret in part]
    assert not [part for part in parts if "No problems were found" in part]


def test_a_course_shows_no_small_total() -> None:
    """Of the whole 2 after six months and 50 after nine: the first is small."""
    for period, count in (("6", 2), ("9", 50)):
        grid = f"BÁO CÁO KẾT QUẢ {period} THÁNG NĂM 2024\nTT|Chỉ tiêu|Kết quả\n1|Người cai|{count}"
        write_workbook(grid, Path(f"{period}.xlsx"))
    command = "summary 2024.yaml --actuals 6.xlsx --actuals 9.xlsx --lang en"
    for more, there in (("", True), (" --mask-below 3", False), (" --mask-below 2", True)):
        run(f"{command} --force -o out.xlsx{more}")
        with zipfile.ZipFile("out.xlsx") as book:
            assert ("Course" in book.read("xl/workbook.xml").decode("utf-8")) is there


def test_wholes_of_several_totals() -> None:
    """What one total leaves out of another is the site that reported but one of them."""
    report("1|", '40|"20/40"', '5|"3/5"', '30|"20/30"')
    people, _total = states("people")
    assert people == ["masked", "value", "masked", "value"]
    assert states("seen")[1] == "masked"


@pytest.mark.parametrize(("whole", "pair", "states_"), [
    (77, "69/77", ("masked", "masked")),
    (95, "64/95", ("value", "masked")),
    (95, "75/95", ("value", "value")),
])  # fmt: skip
def test_what_the_whole_leaves_to_a_silent_site(
    whole: int, pair: str, states_: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three sites have 75, of whom 63 were seen; the fourth is silent, and the whole has its own figures."""
    report("30|25/30", "25|20/25", "20|18/20")
    title = "UBND THÀNH PHỐ HÀ NỘI - KẾT QUẢ 9 THÁNG NĂM 2024"
    rows = [title, "TT|Chỉ tiêu|Kết quả", f"1|Người cai|{whole}", f"2|Tỷ lệ người được khám|{pair}"]
    write_workbook("\n".join(rows), Path("whole.xlsx"))
    monkeypatch.setattr(f"{__name__}.CHECK", CHECK.replace("report.xlsx", "report.xlsx --actuals whole.xlsx"))
    assert (states("people")[1], states("seen")[1]) == states_


def rows_of(text: str, site: str) -> list[list[str]]:
    lines = csv.reader(io.StringIO(text.partition("\n--- ")[0].lstrip("\ufeff")))
    return [line for line in lines if line[8] == site and line[4]]


@pytest.mark.parametrize("name", [*SITES, "00003", "Hàng Bạc"])
def test_one_site_alone_shows_what_it_shows_among_all(name: str) -> None:
    report("1|25/30", "29|20/25", "5|35/40", "30|39/40")
    site = {"00003": "Phường Hàng Bạc", "Hàng Bạc": "Phường Hàng Bạc"}.get(name, name)
    among = rows_of(run(f"{CHECK} --by site --format csv"), site)
    alone = rows_of(run(f"{CHECK} --site '{name}' --format csv"), site)
    figures = [line for line in alone if line[4] != "treated"]  # nobody reported it
    assert figures == among
    states_ = {line[4]: line[16] for line in among if line[9] == "actual"}
    assert states_["people"] == ("masked" if site in SITES[::2] else "value")
    for output in ("table", "markdown", "plain"):
        text = run(f"{CHECK} --site '{name}' --format {output}", columns=200)
        assert ("× " in text or "×\n" in text) is (site in SITES[::2] or site == SITES[3])
