"""Small counts of persons in what is published: not shown, and not to be worked out."""

import json
import warnings
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from openpyxl import load_workbook

from rehabplan.actuals.model import Actual, State
from rehabplan.assess import Assessment
from rehabplan.masking import masked
from rehabplan.numbers import Amount
from tests.cases import run
from tests.grid import write_workbook
from tests.sites_plan import COMMUNES, PLAN, SHARES, Bench, sites_plan

DISTRICTS = ("Quận Ba Đình", "Quận Đống Đa", "Huyện Sóc Sơn", "Thị xã Sơn Tây")
HEADS = "Cai nghiện tự nguyện (người)|Hồ sơ cai nghiện bắt buộc (hồ sơ)|Người được tiếp cận dịch vụ"


def grid_of(rows: list[tuple[object, ...]]) -> str:
    lines = "\n".join(
        f"{at}|{name}|" + "|".join(map(str, row))
        for at, (name, row) in enumerate(zip(DISTRICTS, rows, strict=True), start=1)
    )
    return f"BÁO CÁO KẾT QUẢ 9 THÁNG NĂM 2024\nSTT|Quận, huyện, thị xã|{HEADS}\n{lines}\n"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    folder = tmp_path_factory.mktemp("masking")
    rows: list[tuple[object, ...]] = [(330, 660, "340/660")] * 4
    return Bench(sites_plan(folder), folder).check(grid_of(rows)).assessment


def with_figures(base: Assessment, target: str, parts: list[tuple[int, int | None]]) -> Assessment:
    """Return an assessment with other figures of one target; of a share numerators and denominators."""

    def actual(part: int, whole: int | None) -> Actual:
        if whole is None:
            return Actual(State.VALUE, Amount.exact(part))
        share = Amount.exact(Fraction(part * 100, whole)) if whole else None
        return Actual(State.VALUE, share, Amount.exact(part), Amount.exact(whole))

    results = []
    for result in base.results:
        found = result
        if result.target.id == target:
            assert result.sites is not None
            figures = tuple(
                replace(one, actual=actual(*part))
                for one, part in zip(result.sites.figures, parts, strict=True)
            )
            wholes = [whole for _part, whole in parts if whole is not None]
            total = actual(sum(part for part, _whole in parts), sum(wholes) if wholes else None)
            found = replace(result, sites=replace(result.sites, figures=figures), actual=total)
        results.append(found)
    return replace(base, results=tuple(results))


def shown(assessment: Assessment, target: str) -> tuple[list[Actual], Actual]:
    result = next(one for one in assessment.results if one.target.id == target)
    assert result.sites is not None
    return [one.actual for one in result.sites.figures], result.actual


@pytest.mark.parametrize(
    ("figures", "hidden", "total_hidden"),
    [
        ([330, 260, 120, 150], [], False),
        # One small figure takes the next one with it; two small ones that add up to no certainty do not.
        ([1, 260, 120, 150], [0, 2], False),
        ([2, 260, 1, 150], [0, 2], False),
        ([2, 260, 2, 150], [0, 2], False),
        # 1 + 1 = 2 would tell both.
        ([1, 260, 1, 150], [0, 2, 3], False),
        # A zero is no small count, and says as much as it hides: only where nothing else is left.
        ([0, 260, 120, 150], [], False),
        ([2, 0, 120, 0], [0, 2], False),
        ([2, 0, 0, 0], [0, 1], True),  # the total itself is small
        ([3, 3, 3, 3], [], False),
    ],
)
def test_counts(base: Assessment, figures: list[int], hidden: list[int], total_hidden: bool) -> None:
    found, total = shown(
        masked(with_figures(base, "voluntary", [(n, None) for n in figures]), 3), "voluntary"
    )
    assert [at for at, one in enumerate(found) if one.state is State.MASKED] == hidden
    assert (total.state is State.MASKED) is total_hidden


@pytest.mark.parametrize(
    ("figures", "hidden"),
    [
        ([(80, 100), (40, 60), (30, 50), (20, 30)], []),
        # One of twenty, and also all but one of twenty: the one can be named either way.
        ([(1, 20), (40, 60), (30, 50), (20, 30)], [0, 3]),
        ([(19, 20), (40, 60), (30, 50), (20, 30)], [0, 3]),
    ],
)
def test_shares(base: Assessment, figures: list[tuple[int, int | None]], hidden: list[int]) -> None:
    found, total = shown(masked(with_figures(base, "access", figures), 3), "access")
    assert [at for at, one in enumerate(found) if one.state is State.MASKED] == hidden
    assert all(one.numerator is None and one.amount is None for one in found if one.state is State.MASKED)
    assert total.state is State.VALUE


@settings(max_examples=200)
@given(st.lists(st.integers(0, 5), min_size=4, max_size=4), st.integers(2, 4))
def test_no_masked_figure_follows_from_the_total(base: Assessment, figures: list[int], below: int) -> None:
    found, total = shown(
        masked(with_figures(base, "voluntary", [(n, None) for n in figures]), below), "voluntary"
    )
    hidden = [at for at, one in enumerate(found) if one.state is State.MASKED]
    assert all(at in hidden for at, figure in enumerate(figures) if 0 < figure < below)
    assert all(one.amount == Amount.exact(n) for one, n in zip(found, figures, strict=True) if one.amount)
    if total.state is State.MASKED or not hidden:
        return
    rest = sum(figures) - sum(n for at, n in enumerate(figures) if at not in hidden)
    possible = [guess for guess in product(range(rest + 1), repeat=len(hidden)) if sum(guess) == rest]
    for at in range(len(hidden)):
        assert len({guess[at] for guess in possible}) > 1


def test_what_is_no_person_is_shown(base: Assessment) -> None:
    found, _total = shown(masked(base, 10_000), "voluntary")
    assert all(one.state is State.MASKED for one in found)
    models = next(one for one in masked(base, 10_000).results if one.target.id == "own-model")
    assert models.actual.state is not State.MASKED


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Four districts; what is below 3,000 must not be seen anywhere, even in a cell that is no figure."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "2024.yaml").write_text(PLAN, "utf-8")
    (tmp_path / "xa.csv").write_text(COMMUNES, "utf-8")
    (tmp_path / "giao.csv").write_text(SHARES, "utf-8")
    rows: list[tuple[object, ...]] = [
        (2717, 6111, "3111/6111"),
        (5800, 6222, "3222/6222"),
        (5900, 2741, "3333/6333"),
        (5700, 2757, "x2757"),
    ]
    write_workbook(grid_of(rows), tmp_path / "report.xlsx")
    return tmp_path


SECRETS = ("2717", "2,717", "2741", "2,741", "2757", "2,757")
COMMAND = "check 2024.yaml --actuals report.xlsx --mask-below 3000"


@pytest.mark.parametrize("output", ["table", "json", "markdown", "csv", "plain"])
@pytest.mark.parametrize("more", ["", " --by site", " --site 'Quận Ba Đình'"])
@pytest.mark.usefixtures("here")
def test_nothing_of_it_is_printed(output: str, more: str) -> None:
    bare = run(f"check 2024.yaml --actuals report.xlsx --by site --format {output}", columns=200)
    assert any(secret in bare for secret in SECRETS)
    text = run(f"{COMMAND} --format {output}{more}", columns=200)
    assert not [secret for secret in SECRETS if secret in text]
    assert "exit code 3" in text  # the doubtful cell is still a doubt, though its text is not shown


@pytest.mark.usefixtures("here")
def test_json_names_the_state() -> None:
    text = run(f"{COMMAND} --format json").partition("\n--- ")[0]
    document = json.loads(text)
    target = next(one for one in document["targets"] if one["id"] == "voluntary")
    states = [site["state"] for site in target["sites"]["figures"]]
    assert states == ["masked", "value", "value", "masked"]
    assert target["actual"]["low"] == 2717 + 5800 + 5900 + 5700
    assert document["problems"] == []
    assert any("3000" in remark for remark in document["remarks"])


@pytest.mark.usefixtures("here")
def test_nothing_of_it_is_in_the_workbook() -> None:
    run("summary 2024.yaml --actuals report.xlsx --mask-below 3000 -o out.xlsx --lang en")
    with warnings.catch_warnings(action="ignore"):  # openpyxl knows no data bars
        book = load_workbook("out.xlsx")
    cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row)
    texts = [str(cell.value) for cell in cells if cell.value is not None]
    assert not [text for text in texts for secret in SECRETS if secret in text]
    assert "×" in texts


@pytest.mark.usefixtures("here")
def test_an_earlier_year_is_refused() -> None:
    text = run(f"{COMMAND} --previous report.xlsx")
    assert "--mask-below" in text
    assert "exit code 2" in text
