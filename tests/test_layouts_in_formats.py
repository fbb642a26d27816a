"""Every layout in every format that LibreOffice writes gives the same figures and the same doubts."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.grid import write_workbook
from tests.sites_plan import Bench, Found, sites_plan
from tests.test_layouts import LAYOUTS, ROWS

SOFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.pressure,
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed"),
]

FORMATS = {
    "xls": "xls:MS Excel 97",
    "ods": "ods",
    "csv": "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true",
}
# A text file holds one sheet, and no merged cells: over three tiers nothing tells what heads what.
NOT_AS_TEXT = {
    "a sheet for each site",
    "a sheet for each site, named in its title",
    "three tiers over an index row",
}
CASES = [
    (layout, ending)
    for layout in LAYOUTS
    for ending in FORMATS
    if ending != "csv" or layout not in NOT_AS_TEXT
]


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Bench, Path]:
    """All layouts in all formats, converted in one run a format."""
    folder = tmp_path_factory.mktemp("layouts")
    bench = Bench(sites_plan(folder), folder)
    sources = []
    for at, grid in enumerate(LAYOUTS.values()):
        sources.append(folder / f"layout-{at}.xlsx")
        write_workbook(grid, sources[-1])
    for ending, filter_ in FORMATS.items():
        command = [
            str(SOFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
            "--convert-to", filter_, "--outdir", str(folder / ending), *map(str, sources),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=300)  # noqa: S603 - our own words
    return bench, folder


@pytest.mark.parametrize(("layout", "ending"), CASES)
def test_every_layout_in_every_format(layout: str, ending: str, converted: tuple[Bench, Path]) -> None:
    bench, folder = converted
    name = f"layout-{list(LAYOUTS).index(layout)}"
    found = Found(bench, bench.assessed([bench.read(folder / ending / f"{name}.{ending}")], "9m"))
    plain = Found(bench, bench.assessed([bench.read(folder / f"{name}.xlsx")], "9m"))
    for target, at in (("voluntary", 0), ("dossiers", 1)):
        assert found.values(target) == {site: row[at] for site, row in ROWS.items()}
        assert found.amount(target) == plain.amount(target)
        assert found.result(target).status is plain.result(target).status
    assert found.codes == plain.codes
