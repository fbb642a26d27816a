"""The same period of an earlier year beside this one's: what is compared, what is not, and why."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.cases import run
from tests.grid import write_workbook

OLD_SITES = """\
commune_code,commune
01,Phường Phúc Xá
02,Phường Trúc Bạch
03,Xã Phù Linh
04,Phường Cống Vị
"""
NEW_SITES = """\
commune_code,commune
01,Phường Ba Đình
03,Xã Phù Linh
04,Phường Cống Vị
"""
PLAN = """\
year: {year}
title: {{vi: "Kế hoạch năm {year}", en: "Plan of {year}"}}
issuer: UBND
sites:
  communes: {{count: {count}, unit: commune, list: {list}, key: commune_code}}
targets:
  voluntary:
    name: {{vi: "Cai nghiện tự nguyện", en: "Voluntary rehabilitation"}}
    kind: count
    goal: {goal}
    unit: person
  access:
    name: {{vi: "Tiếp cận dịch vụ", en: "Access to services"}}
    kind: rate
    goal: "80%"
    unit: person
"""


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Plans of 2024 (four communes), 2025 (the same) and 2026 (three, one of them of two old ones)."""
    (tmp_path / "old.csv").write_text(OLD_SITES, "utf-8")
    (tmp_path / "new.csv").write_text(NEW_SITES, "utf-8")
    for year, count, sites, goal in ((2024, 4, "old", 400), (2025, 4, "old", 500), (2026, 3, "new", 500)):
        text = PLAN.format(year=year, count=count, list=f"{sites}.csv", goal=goal)
        (tmp_path / f"{year}.yaml").write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def whole(name: str, title: str, voluntary: str, access: str = "") -> None:
    grid = f"""BÁO CÁO {title}
STT|Chỉ tiêu|Đơn vị tính|Lũy kế từ đầu năm
1|Cai nghiện tự nguyện|người|{voluntary}
2|Tiếp cận dịch vụ|%|{access}
"""
    write_workbook(grid, Path(name))


def sites(name: str, title: str, **figures: str) -> None:
    rows = "\n".join(f"{at}|{site}|{value}" for at, (site, value) in enumerate(figures.items(), start=1))
    grid = f"""BÁO CÁO CAI NGHIỆN TỰ NGUYỆN {title}
STT|Xã, phường|Cai nghiện tự nguyện (người)
{rows}
"""
    write_workbook(grid, Path(name))


def compared(plan: str, arguments: str, code: int = 0) -> dict[str, Any]:
    out = run(f"check {plan}.yaml {arguments} --format json")
    text, _, tail = out.partition("--- exit code ")
    assert tail.strip() == str(code), out[-800:]
    document: dict[str, Any] = json.loads(text)
    return document


def of(document: dict[str, Any], target: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one["previous"] for one in document["targets"] if one["id"] == target)
    return found


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(
    ("now", "then", "difference", "low", "high", "percent", "progress"),
    [
        ("300", "200", 100, 100, 100, 50, 10),
        ("200", "300", -100, -100, -100, -33.333333, -35),
        ("0", "200", -200, -200, -200, -100, -50),
        ("200", "0", 200, 200, 200, None, 40),
        ("hơn 300", "200", None, 100, None, None, None),
        ("300", "hơn 200", None, None, 100, None, None),
        ("300", "-", None, None, None, None, None),
        ("", "200", None, None, None, None, None),
    ],
)
def test_counts(
    now: str, then: str, difference: int | None, low: int | None, high: int | None,
    percent: float | None, progress: float | None,
) -> None:  # fmt: skip
    whole("now.xlsx", "9 THÁNG NĂM 2025", now, "50%")
    whole("then.xlsx", "9 THÁNG NĂM 2024", then)
    found = of(compared("2025", "--actuals now.xlsx --previous then.xlsx"), "voluntary")
    assert found["difference"] == difference
    assert (found["difference_low"], found["difference_high"]) == (low, high)
    assert (found["difference_percent"], found["progress"]) == (percent, progress)


@pytest.mark.usefixtures("office")
def test_rates_differ_in_points_and_never_in_percent() -> None:
    whole("now.xlsx", "9 THÁNG NĂM 2025", "1", "78,1%")
    whole("then.xlsx", "9 THÁNG NĂM 2024", "1", "75,5%")
    found = of(compared("2025", "--actuals now.xlsx --previous then.xlsx"), "access")
    assert (found["difference"], found["difference_percent"]) == (2.6, None)
    out = run("check 2025.yaml --actuals now.xlsx --previous then.xlsx", columns=160)
    assert "+2.6 pts" in out


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(
    ("title", "code", "told"),
    [
        ("9 THÁNG NĂM 2024", 0, []),
        ("QUÝ III NĂM 2024 (lũy kế)", 0, []),
        ("6 THÁNG NĂM 2024", 3, ["RP411"]),
        ("NĂM 2024", 3, ["RP411"]),
        ("KẾT QUẢ", 3, ["RP411"]),
        ("9 THÁNG NĂM 2023", 3, ["RP403"]),
    ],
)
def test_only_the_same_period_is_compared(title: str, code: int, told: list[str]) -> None:
    whole("now.xlsx", "9 THÁNG NĂM 2025", "300", "50%")
    whole("then.xlsx", title, "200")
    document = compared("2025", "--actuals now.xlsx --previous then.xlsx", code)
    codes = [one["code"] for one in document["problems"] if one["file"] == "then.xlsx"]
    assert [one for one in codes if one in {"RP403", "RP406", "RP411"}] == told
    if "RP411" in told:
        assert document["previous"] is None
        assert all(one["previous"] is None for one in document["targets"])


@pytest.mark.usefixtures("office")
def test_a_folder_of_the_year_before_is_read_at_the_same_period() -> None:
    whole("now.xlsx", "6 THÁNG NĂM 2025", "300", "50%")
    Path("2024").mkdir()
    for label, figure in (("3 THÁNG", "90"), ("6 THÁNG", "210"), ("9 THÁNG", "333")):
        whole(f"2024/{label[0]}.xlsx", f"{label} NĂM 2024", figure, "60%")
    document = compared("2025", "--actuals now.xlsx --previous 2024")
    assert document["previous"]["period"]["to"] == "2024-06-30"
    assert of(document, "voluntary")["difference"] == 90
    assert document["problems"] == []


@pytest.mark.usefixtures("office")
def test_a_report_that_says_no_period_is_left_out_of_a_folder() -> None:
    whole("now.xlsx", "9 THÁNG NĂM 2025", "300", "50%")
    Path("2024").mkdir()
    whole("2024/a.xlsx", "9 THÁNG NĂM 2024", "200", "60%")
    whole("2024/b.xlsx", "NĂM 2024", "480", "70%")
    document = compared("2025", "--actuals now.xlsx --previous 2024", code=3)
    assert [(one["code"], one["file"]) for one in document["problems"]] == [("RP411", "2024/b.xlsx")]
    assert of(document, "voluntary")["difference"] == 100


@pytest.mark.usefixtures("office")
def test_one_workbook_of_the_year_before_with_a_column_for_the_same_period() -> None:
    whole("now.xlsx", "6 THÁNG NĂM 2025", "300", "50%")
    grid = """BÁO CÁO NĂM 2024
STT|Chỉ tiêu|Đơn vị tính|Lũy kế 6 tháng|Lũy kế 9 tháng
1|Cai nghiện tự nguyện|người|210|333
"""
    write_workbook(grid, Path("then.xlsx"))
    assert of(compared("2025", "--actuals now.xlsx --previous then.xlsx"), "voluntary")["difference"] == 90


def test_a_changed_definition_blocks_and_says_why(office: Path) -> None:
    text = (office / "2025.yaml").read_text("utf-8")
    (office / "2025.yaml").write_text(
        text.replace("unit: person\n  access", "unit: person-contact\n  access"), "utf-8"
    )
    whole("now.xlsx", "9 THÁNG NĂM 2025", "300 lượt người", "50%")
    whole("then.xlsx", "9 THÁNG NĂM 2024", "200")
    found = of(compared("2025", "--actuals now.xlsx --previous then.xlsx"), "voluntary")
    assert found["not_comparable_by"] == ["unit"]
    assert found["difference"] is None
    assert found["actual"]["low"] == 200


def test_a_target_that_the_earlier_plan_does_not_have(office: Path) -> None:
    text = (office / "2025.yaml").read_text("utf-8")
    (office / "2025.yaml").write_text(text.replace("  voluntary:", "  willing:"), "utf-8")
    whole("now.xlsx", "9 THÁNG NĂM 2025", "300", "50%")
    whole("then.xlsx", "9 THÁNG NĂM 2024", "200")
    found = of(compared("2025", "--actuals now.xlsx --previous then.xlsx"), "willing")
    assert (found["reason"], found["difference"]) == ("not in the plan of 2024", None)


FIGURES = {"Phường Phúc Xá": "10", "Phường Trúc Bạch": "20", "Xã Phù Linh": "30", "Phường Cống Vị": "40"}


def rows(document: dict[str, Any]) -> dict[str, tuple[str, int | None]]:
    return {
        "+".join(one["keys"]): ("+".join(one["previous_keys"]), one["difference"])
        for one in of(document, "voluntary")["sites"]
    }


@pytest.mark.usefixtures("office")
def test_the_same_sites_are_compared_one_by_one() -> None:
    sites("now.xlsx", "9 THÁNG NĂM 2025", **{**FIGURES, "Phường Phúc Xá": "15"})
    sites("then.xlsx", "9 THÁNG NĂM 2024", **FIGURES)
    document = compared("2025", "--actuals now.xlsx --previous then.xlsx")
    assert rows(document) == {"01": ("01", 5), "02": ("02", 0), "03": ("03", 0), "04": ("04", 0)}
    assert of(document, "voluntary")["difference"] == 5


def csv_rows(arguments: str) -> dict[str, tuple[str, int]]:
    text = run(f"check 2026.yaml {arguments} --format csv").partition("--- ")[0].removeprefix("\ufeff")
    facts = {
        (row["site_key"], row["fact"]): row
        for row in csv.DictReader(text.splitlines())
        if row["target"] == "voluntary" and row["site_key"]
    }
    moved = {key: row["text"] for (key, fact), row in facts.items() if fact == "previous_site_key"}
    found = {key: row["value"] for (key, fact), row in facts.items() if fact == "difference"}
    return {key: (moved.get(key, key), int(value)) for key, value in found.items()}


NEW_FIGURES = {"Phường Ba Đình": "33", "Xã Phù Linh": "31", "Phường Cống Vị": "42"}


@pytest.mark.usefixtures("office")
def test_reorganised_sites_are_compared_in_total_only() -> None:
    """Xã Phù Linh has name and code of old, and still may be another place."""
    sites("now.xlsx", "9 THÁNG NĂM 2026", **NEW_FIGURES)
    sites("then.xlsx", "9 THÁNG NĂM 2025", **FIGURES)
    document = compared("2026", "--actuals now.xlsx --previous then.xlsx")
    assert rows(document) == {}
    assert of(document, "voluntary")["difference"] == 6
    (remark,) = document["previous"]["remarks"]
    assert remark.startswith("the communes are not those of that year (4, now 3): compared in total only;")


@pytest.mark.parametrize(
    ("crosswalk", "expected"),
    [
        # Changes alone: what is not named stays itself.
        (["01,01", "02,01"], {"01": ("01+02", 3), "03": ("03", 1), "04": ("04", 2)}),
        (
            ["Phường Phúc Xá,Phường Ba Đình", "Phường Trúc Bạch,Phường Ba Đình"],
            {"01": ("01+02", 3), "03": ("03", 1), "04": ("04", 2)},
        ),
        # A part of 02 went to 03: the two cannot be parted, so they are compared as one.
        (["01,01", "02,01", "02,03", "03,03"], {"01+03": ("01+02+03", 4), "04": ("04", 2)}),
    ],
)
def test_a_crosswalk_joins_what_shares_land(
    office: Path, crosswalk: list[str], expected: dict[str, tuple[str, int]]
) -> None:
    (office / "crosswalk.csv").write_text("\n".join(["before,now", *crosswalk]) + "\n", "utf-8")
    sites("now.xlsx", "9 THÁNG NĂM 2026", **NEW_FIGURES)
    sites("then.xlsx", "9 THÁNG NĂM 2025", **FIGURES)
    arguments = "--actuals now.xlsx --previous then.xlsx --crosswalk crosswalk.csv"
    assert rows(compared("2026", arguments)) == expected
    out = run(f"check 2026.yaml {arguments} --by site", columns=100)
    assert "Phường Cống Vị: 42; nine months of 2025: 40; +2" in out
    assert csv_rows(f"{arguments} --by site") == expected


def test_a_silent_part_of_a_group_leaves_a_bound(office: Path) -> None:
    (office / "crosswalk.csv").write_text("before,now\n01,01\n02,01\n", "utf-8")
    sites("now.xlsx", "9 THÁNG NĂM 2026", **NEW_FIGURES)
    sites("then.xlsx", "9 THÁNG NĂM 2025", **{**FIGURES, "Phường Trúc Bạch": ""})
    arguments = "--actuals now.xlsx --previous then.xlsx --crosswalk crosswalk.csv"
    document = compared("2026", arguments)
    row = next(one for one in of(document, "voluntary")["sites"] if one["keys"] == ["01"])
    assert (row["previous"]["low"], row["previous"]["high"]) == (10, None)
    assert (row["difference_low"], row["difference_high"]) == (None, 23)


ONE, TWO = "Phường Phúc Xá,Phường Ba Đình", "Phường Trúc Bạch,Phường Ba Đình"


@pytest.mark.parametrize(
    ("crosswalk", "expected", "missing"),
    [
        ([ONE], {"01": ("01", 23), "03": ("03", 1), "04": ("04", 2)}, ["2025: Phường Trúc Bạch"]),
        # 04 of the new list is defined by the file: the 04 of the old one is not added to it.
        ([ONE, "02,04"], {"01": ("01", 23), "03": ("03", 1), "04": ("02", 22)}, ["2025: Phường Cống Vị"]),
        (
            ["03,03"],
            {"03": ("03", 1), "04": ("04", 2)},
            ["2025: Phường Phúc Xá, Phường Trúc Bạch", "2026: Phường Ba Đình"],
        ),
        ([ONE, TWO, "03,03", "04,04"], {"01": ("01+02", 3), "03": ("03", 1), "04": ("04", 2)}, []),
        # A row that cannot be read: what the rest of it names may lack a part.
        ([ONE, "Phường Trúc Bach,Phường Ba Đình"], {"01": ("01", None), "03": ("03", 1), "04": ("04", 2)},
         ["2025: Phường Trúc Bạch"]),
    ],
)  # fmt: skip
def test_an_incomplete_crosswalk_is_told(
    office: Path, crosswalk: list[str], expected: dict[str, tuple[str, int | None]], missing: list[str]
) -> None:
    (office / "crosswalk.csv").write_text("\n".join(["before,now", *crosswalk]) + "\n", "utf-8")
    sites("now.xlsx", "9 THÁNG NĂM 2026", **NEW_FIGURES)
    sites("then.xlsx", "9 THÁNG NĂM 2025", **FIGURES)
    arguments = "--actuals now.xlsx --previous then.xlsx --crosswalk crosswalk.csv"
    document = compared("2026", arguments, code=0 if "Bach" not in str(crosswalk) else 3)
    assert rows(document) == expected
    told = [one["message"] for one in document["problems"] if one["code"] == "RP223"]
    assert len(told) == len(missing)
    for one, text in zip(told, missing, strict=True):
        year, names = text.split(": ")
        assert f"these sites of {year}, though they have figures: {names}. " in one


DISTRICTS = """\
commune_code,commune,district_code,district
01,Phường Phúc Xá,D1,Quận Ba Đình
02,Phường Trúc Bạch,D1,Quận Ba Đình
04,Phường Cống Vị,D1,Quận Ba Đình
03,Xã Phù Linh,D2,Huyện Sóc Sơn
"""
BY_DISTRICT = {"Quận Ba Đình": "60", "Huyện Sóc Sơn": "33"}


@pytest.fixture
def districts(office: Path) -> Path:
    """Plans of 2024 and 2025 with the same communes inside the same districts; 2026 has communes only."""
    (office / "old.csv").write_text(DISTRICTS, "utf-8")
    for year in (2024, 2025):
        text = (office / f"{year}.yaml").read_text("utf-8")
        inside = "key: commune_code, within: districts}\n"
        inside += "  districts: {count: 2, unit: district, list: old.csv, key: district_code}"
        (office / f"{year}.yaml").write_text(text.replace("key: commune_code}", inside), "utf-8")
    return office


@pytest.mark.usefixtures("districts")
@pytest.mark.parametrize(
    ("now", "then", "expected"),
    [
        (FIGURES, BY_DISTRICT, {"D1": ("D1", 10), "D2": ("D2", -3)}),
        (BY_DISTRICT, FIGURES, {"D1": ("D1", -10), "D2": ("D2", 3)}),
        (FIGURES, FIGURES, {"01": ("01", 0), "02": ("02", 0), "03": ("03", 0), "04": ("04", 0)}),
        # A silent commune leaves a bound, no figure.
        ({**FIGURES, "Phường Cống Vị": ""}, BY_DISTRICT, {"D1": ("D1", None), "D2": ("D2", -3)}),
    ],
)
def test_communes_of_one_year_make_the_district_of_the_other(
    now: dict[str, str], then: dict[str, str], expected: dict[str, tuple[str, int | None]]
) -> None:
    sites("now.xlsx", "9 THÁNG NĂM 2025", **now)
    sites("then.xlsx", "9 THÁNG NĂM 2024", **then)
    assert rows(compared("2025", "--actuals now.xlsx --previous then.xlsx")) == expected


@pytest.mark.parametrize(
    ("crosswalk", "then", "expected"),
    [
        # The file names districts, the reports communes.
        (["D1,01", "D1,04", "D2,03"], FIGURES, {"01+04": ("D1", 5), "03": ("D2", 1)}),
        # The file names communes, the reports districts: only all of a district's are one.
        (["01,01", "02,01", "04,04", "03,03"], BY_DISTRICT,
         {"01": ("01+02", None), "03": ("03", -2), "04": ("04", None)}),
        (["01,01", "02,01", "04,01", "04,04", "03,03"], BY_DISTRICT,
         {"01+04": ("01+02+04", 15), "03": ("03", -2)}),
        # A district and a commune inside it stand in one group: the district counts.
        (["D1,01", "D1,04", "01,01", "D2,03"], FIGURES, {"01+04": ("01+D1", 5), "03": ("D2", 1)}),
    ],
)  # fmt: skip
def test_a_crosswalk_of_one_level_and_reports_of_another(
    districts: Path, crosswalk: list[str], then: dict[str, str], expected: dict[str, tuple[str, int | None]]
) -> None:
    (districts / "crosswalk.csv").write_text("\n".join(["before,now", *crosswalk]) + "\n", "utf-8")
    sites("now.xlsx", "9 THÁNG NĂM 2026", **NEW_FIGURES)
    sites("then.xlsx", "9 THÁNG NĂM 2025", **then)
    arguments = "--actuals now.xlsx --previous then.xlsx --crosswalk crosswalk.csv"
    document = compared("2026", arguments)
    assert rows(document) == expected
    assert [one for one in document["problems"] if one["code"] == "RP223"] == []


def test_a_set_under_another_id_with_names_spelt_another_way(office: Path) -> None:
    (office / "new.csv").write_text(OLD_SITES.replace("Phúc Xá", "Phúc  xá"), "utf-8")
    text = (office / "2025.yaml").read_text("utf-8")
    renamed = text.replace("  communes:", "  xa:").replace("old.csv", "new.csv")
    (office / "2025.yaml").write_text(renamed, "utf-8")
    sites("now.xlsx", "9 THÁNG NĂM 2025", **FIGURES)
    sites("then.xlsx", "9 THÁNG NĂM 2024", **FIGURES)
    arguments = "--actuals now.xlsx --previous then.xlsx"
    assert len(rows(compared("2025", arguments))) == 4
    assert "(was" not in run(f"check 2025.yaml {arguments} --by site")
    (office / "new.csv").write_text(OLD_SITES.replace("01,", "101,"), "utf-8")
    assert "no list of communes like this one" in run(f"check 2025.yaml {arguments}", columns=200)
    (office / "2025.yaml").write_text(text.replace("old.csv", "new.csv"), "utf-8")
    assert "the names of that year and other codes" in run(f"check 2025.yaml {arguments}", columns=200)
    assert "sites 'communes', members: the same names" in run("diff 2024.yaml 2025.yaml")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("before;now\n01;01\n02;01\n", ""),
        (" Before \t now\n01\t01\n02 \t 01\n\n", ""),
        ("before,now,before\n01,01,02\n", "the column before stands there twice"),
        ("before,now\n01,01,02\n", "line 2 has more values"),
        ("before,now\n\n01\n", "line 3 names only one site"),
        ("\n", "it is empty"),
    ],
)
def test_crosswalks_as_programs_save_them(office: Path, text: str, told: str) -> None:
    (office / "crosswalk.csv").write_text(text, "utf-8")
    sites("now.xlsx", "9 THÁNG NĂM 2026", **NEW_FIGURES)
    sites("then.xlsx", "9 THÁNG NĂM 2025", **FIGURES)
    arguments = "--actuals now.xlsx --previous then.xlsx --crosswalk crosswalk.csv"
    document = compared("2026", arguments, code=3 if told else 0)
    if told:
        assert told in document["problems"][0]["message"]
    else:
        assert rows(document)["01"] == ("01+02", 3)


@pytest.mark.usefixtures("office")
def test_one_site_after_a_reorganisation_shows_the_whole() -> None:
    sites("now.xlsx", "9 THÁNG NĂM 2026", **NEW_FIGURES)
    sites("then.xlsx", "9 THÁNG NĂM 2025", **FIGURES)
    out = run('check 2026.yaml --actuals now.xlsx --previous then.xlsx --site "Xã Phù Linh"', columns=160)
    assert "Against nine months of 2025, the whole area" in out
    assert "the communes are not those of that year (4, now 3)" in out
    assert "Voluntary rehabilitation: 106; nine months of 2025: 100; +6" in out
    assert "Xã Phù Linh has no figure there that could be held against one of the same place" in out


PARTS = """  public:
    name: {{vi: "Công lập", en: "Public"}}
    kind: count
    goal: 300
    unit: person
    {said}
  private:
    name: {{vi: "Ngoài công lập", en: "Private"}}
    kind: count
    goal: 200
    unit: person
    {said}
"""


def in_parts(plan: Path, said: str) -> None:
    """Put two targets in the place of the one that the plan has."""
    head, _, rest = plan.read_text("utf-8").partition("  voluntary:")
    text = head + PARTS.format(said=said) + "  access:" + rest.partition("  access:")[2]
    plan.write_text(text, "utf-8")


def report_of_parts(name: str, title: str, public: str, private: str) -> None:
    grid = f"""BÁO CÁO {title}
STT|Chỉ tiêu|Đơn vị tính|Lũy kế từ đầu năm
1|Công lập|người|{public}
2|Ngoài công lập|người|{private}
"""
    write_workbook(grid, Path(name))


def test_split_targets_name_the_earlier_figure(office: Path) -> None:
    in_parts(office / "2025.yaml", "split_from: voluntary")
    whole("then.xlsx", "9 THÁNG NĂM 2024", "450", "50%")
    report_of_parts("now.xlsx", "9 THÁNG NĂM 2025", "300", "200")
    found = of(compared("2025", "--actuals now.xlsx --previous then.xlsx"), "public")
    assert found["reason"] == "split since 2024: 450 then, 300 + 200 = 500 now: +50"
    assert found["difference"] is None


@pytest.mark.parametrize(
    ("private", "said"),
    [
        ("200", "300 + 200 = 500 then, 450 now: -50"),
        ("hơn 200", "300 + > 200 = > 500 then, 450 now"),
        ("", "300; - then, 450 now"),
    ],
)
def test_merged_targets_name_the_earlier_figures(office: Path, private: str, said: str) -> None:
    in_parts(office / "2024.yaml", "note: one of two")
    text = (office / "2025.yaml").read_text("utf-8")
    merged = "  voluntary:\n    merged_from: [public, private]\n"
    (office / "2025.yaml").write_text(text.replace("  voluntary:\n", merged), "utf-8")
    whole("now.xlsx", "9 THÁNG NĂM 2025", "450", "50%")
    report_of_parts("then.xlsx", "9 THÁNG NĂM 2024", "300", private)
    found = of(compared("2025", "--actuals now.xlsx --previous then.xlsx"), "voluntary")
    assert found["reason"] == f"merged since 2024: {said}"


def test_a_day_that_the_earlier_year_does_not_have(office: Path) -> None:
    text = (office / "2024.yaml").read_text("utf-8")
    (office / "2024.yaml").write_text(text.replace("issuer", "convention: administrative\nissuer"), "utf-8")
    whole("now.xlsx", "TÍNH ĐẾN 20/12/2025", "300", "50%")
    whole("then.xlsx", "9 THÁNG NĂM 2024", "200", "50%")
    document = compared("2025", "--actuals now.xlsx --previous then.xlsx", code=3)
    assert [one["code"] for one in document["problems"]] == ["RP214"]
    whole("now.xlsx", "TÍNH ĐẾN 15/10/2025", "300", "50%")
    whole("then.xlsx", "TÍNH ĐẾN 15/10/2024", "200", "50%")
    (remark,) = compared("2025", "--actuals now.xlsx --previous then.xlsx")["previous"]["remarks"]
    assert remark.endswith("the cut-off is day 288 of this year and day 306 of that one")


def test_a_draft_of_the_earlier_year_is_told(office: Path) -> None:
    text = (office / "2024.yaml").read_text("utf-8")
    (office / "2024.yaml").write_text("draft: true\n" + text, "utf-8")
    whole("now.xlsx", "9 THÁNG NĂM 2025", "300", "50%")
    whole("then.xlsx", "9 THÁNG NĂM 2024", "200", "50%")
    document = compared("2025", "--actuals now.xlsx --previous then.xlsx")
    assert [(one["code"], one["file"]) for one in document["problems"]] == [("RP190", "2024.yaml")]
    assert "RP190" in run("diff 2024.yaml 2025.yaml --format json")


@pytest.mark.usefixtures("office")
def test_one_site_beside_its_own_earlier_figure() -> None:
    sites("now.xlsx", "9 THÁNG NĂM 2025", **{**FIGURES, "Phường Phúc Xá": "15"})
    sites("then.xlsx", "9 THÁNG NĂM 2024", **FIGURES)
    out = run('check 2025.yaml --actuals now.xlsx --previous then.xlsx --site "Phường Phúc Xá"')
    assert "Phường Phúc Xá: 15; nine months of 2024: 10; +5" in out
    assert "Trúc Bạch" not in out.partition("By site")[2]


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("option", ["--previous-plan 2024.yaml", "--crosswalk crosswalk.csv"])
def test_what_says_nothing_without_reports_is_a_wrong_command_line(option: str) -> None:
    whole("now.xlsx", "9 THÁNG NĂM 2025", "300")
    assert "--- exit code 2" in run(f"check 2025.yaml --actuals now.xlsx {option}")


@pytest.mark.usefixtures("office")
def test_a_trend_beside_the_year_before(office: Path) -> None:
    """Every cut-off stands beside its own; the one that the earlier year lacks beside none."""
    for year, figures in ((2024, {"3": "90", "9": "333"}), (2025, {"3": "100", "6": "250", "9": "300"})):
        (office / str(year)).mkdir()
        for months, figure in figures.items():
            whole(f"{year}/{months}.xlsx", f"{months} THÁNG NĂM {year}", figure, "60%")
    out = run("trend 2025.yaml --actuals 2025 --previous 2024 --format json")
    document = json.loads(out.partition("--- exit code ")[0])
    points = next(one for one in document["targets"] if one["id"] == "voluntary")["points"]
    assert [one["previous"] and one["previous"]["difference"] for one in points] == [10, None, -33]
    screen = run("trend 2025.yaml --actuals 2025 --previous 2024", columns=120)
    assert "no figures of 2024 for 6 months" in screen
    assert "2024:\N{NO-BREAK SPACE}333" in screen or "2024: 333" in screen


@pytest.mark.usefixtures("office")
def test_a_trend_beside_a_year_without_any_of_its_periods(office: Path) -> None:
    for year, months in ((2024, "6"), (2025, "9")):
        whole(f"{year}.xlsx", f"{months} THÁNG NĂM {year}", "100", "60%")
    assert office.exists()
    out = run("trend 2025.yaml --actuals 2025.xlsx --previous 2024.xlsx --format json")
    document = json.loads(out.partition("--- exit code ")[0])
    assert [one["code"] for one in document["problems"] if one["severity"] == "error"] == ["RP411"]
    assert out.endswith("--- exit code 3\n")
