"""From sites to the whole (design.md §4), checked against figures worked out by hand."""

from fractions import Fraction

import pytest

from rehabplan.actuals.model import State
from rehabplan.bysite import by_site, of_one_site
from rehabplan.numbers import UNKNOWN, Amount
from rehabplan.problems import Code
from rehabplan.sections.sites import judged_of, unjudged_section
from rehabplan.verdict import Outlook, Status
from tests.sites_plan import Bench

HEAD = "STT | Đơn vị | {} | Ghi chú\n"
DISTRICTS = ("Quận Ba Đình", "Quận Đống Đa", "Huyện Sóc Sơn", "Thị xã Sơn Tây")


def grid(target: str, *cells: str) -> str:
    rows = (
        f"{at} | {name} | {cell} |" for at, (name, cell) in enumerate(zip(DISTRICTS, cells, strict=False), 1)
    )
    return HEAD.format(target) + "\n".join(rows)


def exact(value: int | str) -> Amount:
    return Amount.exact(Fraction(value))


VOLUNTARY, TREATMENT, ACCESS = "Cai nghiện tự nguyện", "Điều trị Methadone", "Người được tiếp cận dịch vụ"
MODELS, OWN, REVIEW = "Xã, phường có mô hình", "Cấp huyện có mô hình riêng", "Tổ chức sơ kết"


@pytest.mark.parametrize(
    ("cells", "amount"),
    [
        (("300", "200", "100", "50"), exact(650)),
        (("300", "200", "100", "0"), exact(600)),  # a reported 0 is 0
        (("300", "200", "100", ""), Amount(Fraction(600), None)),  # a silent site is not 0
        (("300", "200", "100", "-"), Amount(Fraction(600), None)),
        (("300", "200", "100", "không phát sinh"), exact(600)),
        (("hơn 300", "200", "100", "50"), Amount(Fraction(650), None, low_open=True)),
        (("300", "200", "100", "1.7"), Amount(Fraction(600), None)),  # rejected: as good as silent
    ],
)
def test_counts_are_summed(cells: tuple[str, ...], amount: Amount, bench: Bench) -> None:
    assert bench.check(grid(VOLUNTARY, *cells)).amount("voluntary") == amount


def test_stocks_are_summed_over_sites(bench: Bench) -> None:
    found = bench.check(grid(TREATMENT, "2000", "2000", "1500", "800"))
    assert found.amount("treatment") == exact(6300)
    assert found.result("treatment").status is Status.BEHIND  # 200 of the 299.5 that were expected


def test_rates_are_sums_over_sums_never_a_mean(bench: Bench) -> None:
    """90/100 and 5/50 are 63.3 %, not 50 %."""
    result = bench.check(grid(ACCESS, "90/100", "5/50", "0/0", "0/0")).result("access")
    assert (result.actual.numerator, result.actual.denominator) == (exact(95), exact(150))
    assert result.actual.amount == exact("190/3")


def test_percentages_alone_only_bound_the_whole(bench: Bench) -> None:
    found = bench.check(grid(ACCESS, '"90%"', '"85%"', "82/100", '"81,5%"'))
    assert found.amount("access") == Amount(Fraction("81.5"), Fraction(90))
    assert found.result("access").status is Status.ON_TRACK  # each of them is above 80 %
    assert found.codes == [Code.SITE_PERCENTAGES]
    mixed = bench.check(grid(ACCESS, '"90%"', '"70%"', "82/100", '"81,5%"'))
    assert mixed.result("access").status is Status.UNDETERMINED
    missing = bench.check(grid(ACCESS, '"90%"', '"85%"', "", '"81,5%"'))
    assert missing.amount("access") == UNKNOWN


def test_a_rate_with_a_silent_site_is_open(bench: Bench) -> None:
    result = bench.check(grid(ACCESS, "90/100", "95/100", "95/100", "")).result("access")
    assert result.actual.numerator == Amount(Fraction(280), None)
    assert result.status is Status.UNDETERMINED


@pytest.mark.parametrize(
    ("cells", "low", "high"),
    [
        (("2", "1", "2", "1"), 6, 6),
        (("2/2", "1/1", "1/2", "1/1"), 5, 5),
        (("2", "1", "1", "0"), 4, 4),
        (("2", "1", "", "1"), 4, 6),  # Sóc Sơn's two communes may both have one, or none
        (("2", "1", "3", "1"), 4, 6),  # three of two cannot be: rejected
    ],
)
def test_coverage_counts_the_plans_own_sites(
    cells: tuple[str, ...], low: int, high: int, bench: Bench
) -> None:
    """Districts report how many of their communes have a model; the denominator is the plan's."""
    actual = bench.check(grid(MODELS, *cells)).result("models").actual
    assert actual.numerator == Amount(Fraction(low), Fraction(high))
    assert actual.denominator == exact(6)


@pytest.mark.parametrize(
    ("cells", "low", "high"),
    [
        (("1", "3", "2", "1"), 4, 4),  # never the number of models
        (("1", "3", "0", "1"), 3, 3),
        (("1", "3", "", "1"), 3, 4),  # a silent site is 0 or 1
        (("Đạt", "x", "Chưa đạt", "1"), 3, 3),
    ],
)
def test_per_site_goals_count_the_sites_that_fulfil_them(
    cells: tuple[str, ...], low: int, high: int, bench: Bench
) -> None:
    actual = bench.check(grid(OWN, *cells)).result("own-model").actual
    assert (actual.numerator, actual.denominator) == (Amount(Fraction(low), Fraction(high)), exact(4))


@pytest.mark.parametrize(
    ("cells", "amount"),
    [
        (("Đạt", "Đạt", "Đạt", "Đạt"), exact(1)),
        (("Đạt", "Đạt", "Chưa đạt", ""), exact(0)),
        (("Đạt", "Đạt", "Đạt", ""), Amount(Fraction(0), Fraction(1))),
    ],
)
def test_a_milestone_is_done_when_all_have_done_it(
    cells: tuple[str, ...], amount: Amount, bench: Bench
) -> None:
    assert bench.check(grid(REVIEW, *cells)).amount("review") == amount


def test_missing_sites_leave_secured_possible_or_out_of_reach(bench: Bench) -> None:
    secured = bench.check(grid(VOLUNTARY, "500", "400", "300", "")).result("voluntary")
    assert (secured.status, secured.outlook) == (Status.MET, Outlook.SECURED)
    possible = bench.check(grid(VOLUNTARY, "100", "100", "100", "")).result("voluntary")
    assert (possible.status, possible.outlook) == (Status.UNDETERMINED, Outlook.POSSIBLE)
    lost = bench.check(grid(ACCESS, "10/100", "10/100", "10/100", "10/100"), label="year").result("access")
    assert (lost.status, lost.outlook) == (Status.MISSED, Outlook.OUT_OF_REACH)


def test_who_reported_and_who_is_missing(bench: Bench) -> None:
    found = bench.check(grid(VOLUNTARY, "300", "200", "", "50"))
    (reporting,) = found.assessment.reporting
    assert (reporting.set, reporting.count) == ("districts", 4)
    assert [site.name for site in reporting.reported] == ["Quận Ba Đình", "Quận Đống Đa", "Thị xã Sơn Tây"]
    assert [site.name for site in reporting.missing] == ["Huyện Sóc Sơn"]


COMMUNES = """STT | Đơn vị | Cai nghiện tự nguyện
I | Quận Ba Đình | {outer}
1 | Phường Phúc Xá | 10
2 | Phường Trúc Bạch | 20
II | Quận Đống Đa |
1 | Phường Quang Trung | 30
III | Huyện Sóc Sơn |
1 | Xã Phù Linh | 40
2 | Thị trấn Sóc Sơn | {last}
IV | Thị xã Sơn Tây |
1 | Phường Quang Trung | 60
"""


def test_communes_under_their_districts(bench: Bench) -> None:
    """A name that occurs twice is told by the district above it; communes add up to their district."""
    found = bench.check(COMMUNES.format(outer="", last="50"))
    assert found.amount("voluntary") == exact(210)
    assert found.values("voluntary")["Phường Quang Trung (Quận Đống Đa)"] == 30
    assert found.values("voluntary")["Phường Quang Trung (Thị xã Sơn Tây)"] == 60
    assert found.codes == []
    given = bench.check(COMMUNES.format(outer="30", last="50"))
    assert given.amount("voluntary") == exact(210)
    assert given.values("voluntary") == {
        "Quận Ba Đình": 30, "Quận Đống Đa": 30, "Huyện Sóc Sơn": 90, "Thị xã Sơn Tây": 60,
    }  # fmt: skip
    assert given.codes == []
    wrong = bench.check(COMMUNES.format(outer="31", last="50"))
    assert (wrong.amount("voluntary"), wrong.codes) == (
        Amount(Fraction(210), Fraction(211)), [Code.WHOLE_DIFFERS],
    )  # fmt: skip
    open_end = bench.check(COMMUNES.format(outer="30", last=""))
    assert open_end.amount("voluntary") == Amount(Fraction(160), None)


def test_a_name_that_several_sites_have_is_asked_for(bench: Bench) -> None:
    rows = "1 | Phường Phúc Xá | 10\n2 | Phường Quang Trung | 30"
    found = bench.check("STT | Xã, phường | Cai nghiện tự nguyện\n" + rows)
    assert found.values("voluntary") == {"Phường Phúc Xá": 10}
    assert found.codes == [Code.AMBIGUOUS_SITE]
    told = bench.check(
        "STT | Xã, phường | Cai nghiện tự nguyện\n" + rows.replace("Quang Trung", "Quang Trung (Sơn Tây)")
    )
    assert told.values("voluntary")["Phường Quang Trung (Thị xã Sơn Tây)"] == 30
    assert told.codes == []
    two = bench.check("TT | Quận, huyện | Xã, phường | Cai nghiện tự nguyện\n1 | Đống Đa | Quang Trung | 30")
    assert two.values("voluntary") == {"Phường Quang Trung (Quận Đống Đa)": 30}


@pytest.mark.parametrize(
    ("extra", "code", "amount"),
    [
        (" | Tổng cộng | 650 |", None, exact(650)),
        (" | Tổng cộng | 640 |", Code.SUM_DIFFERS, exact(650)),
        ("5 | Quận Long Biên | 10 |", Code.UNKNOWN_SITE, exact(650)),
        (
            "5 | Phường Quang Trung | 10 |",
            Code.WHOLE_DIFFERS,
            Amount(Fraction(610), Fraction(650)),
        ),  # Sơn Tây's only commune
        ("5 | Quận Ba Đình | 300 |", Code.SAME_ROW_TWICE, exact(650)),
        ("5 | Quận Ba Đình | 310 |", Code.DUPLICATE_ROW, Amount(Fraction(350), None)),
    ],
)
def test_rows_that_do_not_fit(extra: str, code: Code | None, amount: Amount, bench: Bench) -> None:
    found = bench.check(grid(VOLUNTARY, "300", "200", "100", "50") + "\n" + extra)
    assert found.amount("voluntary") == amount
    assert found.codes == ([code] if code else [])


def test_a_total_over_silent_sites_is_not_the_whole(bench: Bench) -> None:
    """Excel's SUM passes over blanks: 600 is what three of four brought, so at least 600."""
    found = bench.check(grid(VOLUNTARY, "300", "200", "100", "") + "\n | Tổng cộng | 600 |")
    assert found.amount("voluntary") == Amount(Fraction(600), None)


def test_the_wholes_own_report_beside_its_sites(bench: Bench) -> None:
    whole = "UBND THÀNH PHỐ HÀ NỘI\nNội dung | ĐVT | Lũy kế\nCai nghiện tự nguyện | người | {}"
    sites = grid(VOLUNTARY, "300", "200", "100", "50")
    assert bench.check(sites, whole.format(650)).codes == []
    differs = bench.check(sites, whole.format(660))
    assert (differs.amount("voluntary"), differs.codes) == (
        Amount(Fraction(650), Fraction(660)), [Code.WHOLE_DIFFERS],
    )  # fmt: skip
    partly = grid(VOLUNTARY, "300", "200", "100", "")
    known = bench.check(partly, whole.format(660))
    assert (known.amount("voluntary"), known.codes) == (exact(660), [])
    small = bench.check(partly, whole.format(500))
    assert small.result("voluntary").actual.state is State.REJECTED
    assert small.codes == [Code.WHOLE_TOO_SMALL]


def test_one_site_reports_twice(bench: Bench) -> None:
    site = "UBND QUẬN BA ĐÌNH\nNội dung | ĐVT | Lũy kế\nCai nghiện tự nguyện | người | {}\nTổ chức sơ kết | | Đạt"
    again = bench.check(site.format(300), site.format(300) + "\n")
    assert again.codes in ([Code.SAME_FILE], [Code.REPORTED_AGAIN])
    twice = bench.check(site.format(300), site.format(310))
    assert twice.codes == [Code.REPORTED_TWICE, Code.DUPLICATE_ROW]
    assert twice.by_site("voluntary")["Quận Ba Đình"].state is State.REJECTED
    assert twice.by_site("review")["Quận Ba Đình"].amount == exact(1)
    other = "UBND QUẬN BA ĐÌNH\nNội dung | ĐVT | Lũy kế\nHồ sơ cai nghiện bắt buộc | hồ sơ | 7"
    assert bench.check(site.format(300), other).codes == []  # two forms of one site


def test_reports_of_other_periods(bench: Bench) -> None:
    site = "UBND {}\nKết quả {} năm 2024\nNội dung | ĐVT | Lũy kế\nCai nghiện tự nguyện | người | {}"
    grids = [site.format("QUẬN BA ĐÌNH", "9 tháng", 300), site.format("QUẬN ĐỐNG ĐA", "9 tháng", 200)]
    early = bench.check(*grids, site.format("HUYỆN SÓC SƠN", "6 tháng", 90), label=None)
    assert early.codes == [Code.EARLIER_REPORT]
    assert early.assessment.period.label == "9m"
    late = bench.check(*grids, *grids[:0], site.format("HUYỆN SÓC SƠN", "9 tháng", 90),
                       site.format("THỊ XÃ SƠN TÂY", "cả", 90).replace("cả năm", "cả năm"), label="9m")  # fmt: skip
    assert Code.LATER_REPORT in late.codes
    assert late.amount("voluntary") == Amount(Fraction(590), None)
    year = bench.check(
        *grids, site.format("HUYỆN SÓC SƠN", "9 tháng", 90).replace("2024", "2023"), label=None
    )
    assert Code.OTHER_YEAR in year.codes
    assert year.amount("voluntary") == Amount(Fraction(500), None)


def test_a_sites_own_share(bench: Bench) -> None:
    """A site is judged by its share of the plan, at the same pace."""
    found = bench.check(grid(VOLUNTARY, "300", "200", "250", ""))
    (target,) = by_site(found.assessment)
    shown = {
        one.site.name: (int(one.share or 0), one.result.status if one.result else None)
        for one in target.sites
    }
    assert shown == {
        "Quận Ba Đình": (400, Status.ON_TRACK),  # 300 of 299.5 expected
        "Quận Đống Đa": (300, Status.BEHIND),  # 200 of 224.6
        "Huyện Sóc Sơn": (300, Status.ON_TRACK),
        "Thị xã Sơn Tây": (200, Status.NOT_REPORTED),
    }
    assert [one.site.name for one in target.ranked()] == ["Huyện Sóc Sơn", "Quận Ba Đình", "Quận Đống Đa"]
    site = target.sites[0].site
    judged = {one.target.id: one.result for one in of_one_site(found.assessment, site)}
    assert judged["dossiers"] is None  # no share, so no verdict
    assert judged["access"] is not None
    assert judged["access"].status is Status.NOT_REPORTED


def test_what_is_expected_of_a_site_counts_its_own_sites(bench: Bench) -> None:
    found = bench.check(grid(VOLUNTARY, "300", "200", "250", ""))
    for key_, expected, unit in (
        ("001", Fraction(2 * 274, 366), "commune"),
        ("004", Fraction(100 * 274, 366), "percent"),
    ):
        site = found.assessment.scope.sites.by_key("districts", key_)
        assert site is not None
        judged = {one.target.id: one.result for one in of_one_site(found.assessment, site)}
        models, own = judged["models"], judged["own-model"]
        assert models is not None
        assert own is not None
        assert (models.expected, models.measured_in) == (expected, unit)
        assert (own.expected, own.measured_in) == (Fraction(100 * 274, 366), "percent")


def test_a_site_names_every_target_also_those_without_a_share_that_it_is_silent_about(bench: Bench) -> None:
    found = bench.check(grid(VOLUNTARY, "300", "200", "250", ""))
    site = found.assessment.scope.sites.by_key("districts", "001")
    assert site is not None
    section = unjudged_section(found.assessment, site)
    assert section is not None
    named = {item.text.partition(":")[0] for item in section.items}
    shown = {str(one.target.name) for one in judged_of(found.assessment, site)}
    assert named | shown == {str(one.name) for one in found.assessment.plan.targets.values()}
    assert named & shown == set()


def test_what_a_site_reported_of_a_target_that_has_none_of_its_sites_is_named(bench: Bench) -> None:
    found = bench.check("Kết quả 9 tháng năm 2024\nĐơn vị | Cấp huyện có mô hình riêng\nPhường Phúc Xá | 1/1")
    site = found.assessment.scope.sites.by_key("communes", "00001")
    assert site is not None
    section = unjudged_section(found.assessment, site)
    assert section is not None
    assert [item.text for item in section.items if "own model" in item.text] == [
        "Districts with their own model: - districts"
    ]


def test_a_reports_own_goal_of_a_site_is_its_share(bench: Bench) -> None:
    head = "STT | Đơn vị | Cai nghiện tự nguyện |\n | | Kế hoạch | Thực hiện\nmerge C1:D1\n"
    right = bench.check(head + "1 | Quận Ba Đình | 400 | 300")
    assert Code.GOAL_DIFFERS not in right.codes
    assert Code.GOAL_DIFFERS in bench.check(head + "1 | Quận Ba Đình | 401 | 300").codes


SITE_REPORT = "{}\nKết quả 9 tháng năm 2024\nNội dung | ĐVT | Lũy kế\nCai nghiện tự nguyện | người | 60"


@pytest.mark.parametrize(
    ("title", "site", "codes"),
    [
        ("UBND QUẬN BA ĐÌNH", "Quận Ba Đình", []),
        ("UBND quận Ba Đình | Phòng Lao động - TBXH", "Quận Ba Đình", []),
        ("Đơn vị báo cáo: Ba Đình", "Quận Ba Đình", []),
        ("UBND HUYỆN SÓC SƠN | \nUBND XÃ PHÙ LINH", "Xã Phù Linh", []),
        ("UBND THÀNH PHỐ HÀ NỘI", None, []),
        ("SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", None, []),
        ("Số quận, huyện, thị xã có mô hình", None, []),
        ("TỔNG HỢP CÁC QUẬN, HUYỆN, THỊ XÃ", None, []),
        ("Đơn vị: người", None, []),
        # Whose figures these are is not certain: they are nobody's, and never the whole city's.
        ("UBND HUYỆN SÓC SƠM", None, [Code.UNKNOWN_SITE]),
        ("UBND QUẬN LONG BIÊN", None, [Code.UNKNOWN_SITE]),
        ("Kết quả của huyện Sóc Sơm", None, [Code.UNKNOWN_SITE]),
        ("UBND PHƯỜNG QUANG TRUNG", None, [Code.AMBIGUOUS_SITE]),
        ("UBND quận Ba Đình và UBND quận Đống Đa", None, [Code.SITES_DISAGREE]),
        ("[Sóc Sơm]\nBáo cáo", None, [Code.UNKNOWN_SITE]),
        ("[Đống Đa]\nUBND quận Ba Đình", None, [Code.SITES_DISAGREE]),
    ],
)
def test_whose_figures_a_sheet_holds(title: str, site: str | None, codes: list[Code], bench: Bench) -> None:
    found = bench.check(SITE_REPORT.format(title))
    assert found.codes == codes
    assert list(found.by_site("voluntary")) == ([site] if site else [])
    state = found.result("voluntary").actual.state
    assert state is (State.REJECTED if codes else State.VALUE)


WHOLE = "UBND THÀNH PHỐ HÀ NỘI\nNội dung | Lũy kế\n{} | {}"


@pytest.mark.parametrize(
    ("cells", "whole", "codes", "amount"),
    [
        (("90/100", "85/100", "45/50", "40/60"), "260/310", [], exact("2600/31")),
        (("90/100", "85/100", "45/50", "40/60"), '"83,9%"', [], exact("2600/31")),  # rounded, the same
        (("90/100", "85/100", "45/50", "40/60"), "260/400", [Code.WHOLE_DIFFERS],
         Amount(Fraction(65), Fraction(2600, 31))),
        (("90/100", "85/100", "45/50", "40/60"), '"82,9%"', [Code.WHOLE_DIFFERS],
         Amount(Fraction("82.9"), Fraction(2600, 31))),
        (("90/100", "85/100", "45/50", ""), "260/310", [], exact("2600/31")),
    ],
)  # fmt: skip
def test_a_rate_of_the_whole_is_held_against_its_sites(
    cells: tuple[str, ...], whole: str, codes: list[Code], amount: Amount, bench: Bench
) -> None:
    found = bench.check(grid(ACCESS, *cells), WHOLE.format(ACCESS, whole))
    assert (found.codes, found.amount("access")) == (codes, amount)


def test_a_whole_that_its_sites_rule_out(bench: Bench) -> None:
    found = bench.check(grid(MODELS, "2", "1", "2", ""), WHOLE.format(MODELS, "3/6"))
    assert found.codes == [Code.WHOLE_TOO_SMALL]
    assert found.result("models").actual.state is State.REJECTED


def test_totals_of_two_tables_are_each_of_their_own_rows(bench: Bench) -> None:
    first = HEAD.format(VOLUNTARY) + "1 | Quận Ba Đình | 30\n2 | Quận Đống Đa | 30\n | Tổng cộng | 60"
    second = HEAD.format(VOLUNTARY) + "1 | Huyện Sóc Sơn | 90\n2 | Thị xã Sơn Tây | 60\n | Tổng cộng | 150"
    found = bench.check(first, second)
    assert (found.amount("voluntary"), found.codes) == (exact(210), [])


def test_a_total_row_beside_the_wholes_own_report(bench: Bench) -> None:
    table = grid(VOLUNTARY, "60", "50", "100", "0") + "\n | Tổng cộng | 210 |"
    assert bench.check(table, WHOLE.format(VOLUNTARY, 210)).codes == []
    found = bench.check(table, WHOLE.format(VOLUNTARY, 211))
    assert (found.amount("voluntary"), found.codes) == (
        Amount(Fraction(210), Fraction(211)), [Code.WHOLE_DIFFERS],
    )  # fmt: skip


def test_a_milestone_done_earlier_stays_done(bench: Bench) -> None:
    early = "UBND QUẬN BA ĐÌNH\nKết quả 6 tháng năm 2024\nNội dung | Kết quả\nTổ chức sơ kết | Đạt"
    later = "Kết quả 9 tháng năm 2024\n" + grid(REVIEW, "", "Đạt", "Đạt", "Đạt")
    assert bench.check(early, later, label=None).amount("review") == exact(1)


def test_row_numbers_say_nothing_of_how_figures_are_written(bench: Bench) -> None:
    rows = 'STT | Nội dung | ĐVT | Lũy kế\n"1.1" | Cai nghiện tự nguyện | người | "1.700"'
    assert bench.check(rows).amount("voluntary") == exact(1700)


def test_a_title_against_the_files_own_name(bench: Bench) -> None:
    path = "Quận Ba Đình.xlsx"
    report = bench.report(SITE_REPORT.format("UBND QUẬN ĐỐNG ĐA"), path)
    assert [item.code for item in report.problems] == [Code.SITES_DISAGREE]


def test_texts_of_a_text_file_are_figures_and_no_header(bench: Bench) -> None:
    """ "Xã, phường có mô hình" begins like the heading of a column of sites."""
    text = (
        "UBND QUẬN BA ĐÌNH\nSTT;Chỉ tiêu;Đơn vị tính;Tử số;Mẫu số;Thực hiện lũy kế từ đầu năm\n"
        "1;Cai nghiện tự nguyện;người;;;100\n5;Xã, phường có mô hình;xã, phường, thị trấn;2;2;\n"
        "7;Hồ sơ cai nghiện bắt buộc;hồ sơ;;;5\n"
    )
    (bench.folder / "bd.csv").write_text(text, "utf-8")
    found = bench.assessed([bench.read(bench.folder / "bd.csv")], "9m")
    low = {one.target.id: one.actual.amount for one in found.results}
    assert (low["voluntary"], low["dossiers"]) == (
        Amount(Fraction(100), None), Amount(Fraction(5), None),
    )  # fmt: skip
    assert low["models"] is not None
