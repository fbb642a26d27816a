"""What a fuzzer calls: each entry reads bytes as one kind of input, and fails where a promise is broken.

An entry passes over what the input is refused for (`RehabplanError`), and lets every other exception through.
benchmarks/fuzz_text.py feeds them, guided by coverage; tests/test_fuzz.py with what was found so far.
"""

import tempfile
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path

from rehabplan import figures
from rehabplan.actuals.formats import delimited
from rehabplan.actuals.formats.faults import FaultError
from rehabplan.actuals.labels import LabelIndex
from rehabplan.actuals.layoutfile import read_layouts
from rehabplan.actuals.load import load_report
from rehabplan.actuals.sheet import Cell, CellKind, Sheet
from rehabplan.actuals.tables import find_tables
from rehabplan.actuals.vocabulary import Vocabulary
from rehabplan.assess import assess
from rehabplan.gather import Gathered
from rehabplan.i18n import use
from rehabplan.numbers import Reading, Writing, readings
from rehabplan.period import (
    Convention,
    canonical_label,
    clue_in_name,
    clue_in_title,
    day_in,
    period_of,
    span_in,
    span_in_name,
    span_meant,
    years_in,
)
from rehabplan.plan.load import MOST_PROBLEMS, LoadedPlan, load_plan_text
from rehabplan.problems import Problem, RehabplanError, Where
from rehabplan.summary.allfacts import all_facts
from rehabplan.summary.template.marks import OPENING, Marks, replaced
from rehabplan.text import key, label_key, printable
from rehabplan.units import is_known
from tests.hostile_plans import GOOD

Entry = Callable[[bytes], None]
FOLDER = Path(tempfile.gettempdir())

PLAN = """\
year: 2024
title: {vi: "Kế hoạch", en: "Plan"}
issuer: "UBND thành phố Hà Nội"
sites:
  districts: {count: 3, unit: district, names: [Quận Ba Đình, Huyện Sóc Sơn, Thị xã Sơn Tây]}
targets:
  voluntary:
    name: {vi: "Vận động cai nghiện tự nguyện", en: "Voluntary rehabilitation"}
    kind: count
    goal: 1200
    unit: person
    aliases: ["Cai nghiện tự nguyện", {text: "Vận động cai nghiện tự nguyện tại gia đình", covers: part}]
  access:
    name: {vi: "Tỷ lệ người được tiếp cận dịch vụ", en: "Access to services"}
    kind: rate
    goal: "> 80%"
    unit: person
  models:
    name: {vi: "Quận, huyện có mô hình (mô hình)", en: "Districts with a model"}
    kind: coverage
    goal: "100%"
    sites: districts
  review:
    name: {vi: "Hội nghị sơ kết, tổng kết", en: "Review meeting"}
    kind: milestone
    goal: done
"""


@cache
def plan() -> LoadedPlan:
    """Return the plan whose words the entries know."""
    return load_plan_text(PLAN, "plan.yaml", FOLDER)


@cache
def words() -> Vocabulary:
    """Return its vocabulary."""
    return Vocabulary.of(plan().plan, plan().sites)


@cache
def _labels_turned() -> LabelIndex:
    targets = dict(reversed(plan().plan.targets.items()))
    turned = plan().plan.model_copy(update={"targets": targets})
    return LabelIndex.of(turned)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "ignore")


def _told_well(problems: list[Problem], text: str) -> None:
    lines = text.count("\n") + text.count("\r") + 1
    assert problems
    assert len(problems) <= MOST_PROBLEMS + 1
    for one in problems:
        assert printable(one.message)
        if one.where and one.where.line is not None and one.where.column is not None:
            assert 1 <= one.where.line <= lines + 1
            assert 1 <= one.where.column <= len(text) + 1


def plan_file(data: bytes) -> None:
    """Load a whole plan, and a good one with these bytes at its end."""
    text = _text(data)
    for whole in (text, f"{GOOD}    {text}"):
        try:
            loaded = load_plan_text(whole, "plan.yaml", FOLDER)
        except RehabplanError as error:
            _told_well(error.problems, whole)
        else:
            again = load_plan_text(whole, "plan.yaml", FOLDER)
            assert again.plan == loaded.plan
            assert set(loaded.lines) == set(loaded.plan.targets)
            loaded.plan.in_tree_order()


def goal(data: bytes) -> None:
    """Load a plan with a goal, a pace and a baseline of these bytes."""
    parts = _text(data).split("\n")
    goal_text, pace, base = (parts + [""] * 3)[:3]
    more = f"    pace: {pace}\n" * bool(pace) + f"    baseline: {{value: {base}, year: 2023}}\n" * bool(base)
    whole = GOOD.replace("goal: 1700", f"goal: {goal_text}") + more
    try:
        loaded = load_plan_text(whole, "plan.yaml", FOLDER)
    except RehabplanError as error:
        _told_well(error.problems, whole)
        return
    for target in loaded.plan.targets.values():
        for label in ("q1", "9m", "year"):
            at = period_of(label, loaded.plan.year, loaded.plan.convention)
            assert assess(loaded.plan, Gathered(at, ())).results[0].target == target or len(loaded.lines) > 1


def layout(data: bytes) -> None:
    """Read a layout file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        (path / "layout.yaml").write_bytes(data)
        with suppress(RehabplanError):
            read_layouts([path / "a.xlsx"], "layout.yaml", plan().plan.targets, plan().sites)


def number(data: bytes) -> None:
    """Read a text as a figure."""
    text = _text(data)
    found = readings(text)
    assert found == readings(text)
    assert found == readings(unicodedata.normalize("NFD", text))
    assert found == readings(f" {text}\u00a0")
    _two_meanings(found)
    if found:
        for junk in (" 7x7", "7%7", " 1 2"):
            assert not readings(text + junk), (text, junk, readings(text + junk))
        for junk in (" / /", "==", "%%", "-"):  # behind words it belongs to these, which are then no unit
            for one in readings(text + junk):
                assert one.unit, (text, junk, one)
                assert not is_known(one.unit), (text, junk, one)
    for one in found:
        _reads_back(one)


def _two_meanings(found: tuple[Reading, ...]) -> None:
    """In one writing a text has one meaning; two writings are never both claimed for one."""
    assert len(found) <= 2
    assert len({one.writing for one in found}) == len(found)
    if len(found) == 2:
        assert {one.writing for one in found} == {Writing.VI, Writing.EN}
        assert found[0].amount != found[1].amount or found[0].over != found[1].over
        assert len({(one.percent, one.unit) for one in found}) == 1


def _reads_back(one: Reading) -> None:
    value = one.amount.value
    if value is None or one.over is not None or (value * 10**6).denominator != 1:
        return
    for language, writing in (("vi", Writing.VI), ("en", Writing.EN)):
        with use(language):
            shown = figures.number(value, digits=6)
        again = [back.amount.value for back in readings(shown) if back.writing in (writing, Writing.EITHER)]
        if len(shown.lstrip("-")) <= 30:
            assert again == [value], (shown, again)
    plain = [back.amount.value for back in readings(figures.plain(value))]
    assert value in plain or len(figures.plain(value)) > 30


def sheet_of(data: bytes) -> Sheet:
    """Return a sheet whose rows stand on lines, cells between bars; "#5" is a number, "%5" a percentage."""
    sheet = Sheet("Sheet")
    for row, line in enumerate(_text(data).split("\n")[:60], start=1):
        for column, text in enumerate(line.split("|")[:20], start=1):
            kind = {"#": CellKind.NUMBER, "%": CellKind.PERCENT}.get(text[:1])
            if kind and text[1:].isascii() and text[1:].isdigit() and len(text) < 20:
                sheet.cells[row, column] = Cell(kind, text[1:], Fraction(text[1:]))
            elif text[:1] == "=" and text[1:].isascii() and text[1:].isdigit():
                sheet.merged.append((row, column, row + int(text[1:2]), column + int(text[-1:])))
                sheet.cells[row, column] = Cell(CellKind.TEXT, "Thực hiện")
            elif text.strip():
                sheet.cells[row, column] = Cell(CellKind.TEXT, text)
    return sheet


def table(data: bytes) -> None:
    """Find the tables and headings of a sheet."""
    sheet = sheet_of(data)
    found = find_tables(sheet, words())
    turned = Sheet(sheet.name, dict(reversed(sheet.cells.items())), list(sheet.merged))
    assert str(find_tables(turned, words())) == str(found)


def label(data: bytes) -> None:
    """Match a label with the targets of a plan."""
    text = _text(data)
    index, turned = words().labels, _labels_turned()
    found = index.find(text)
    assert found == index.find(unicodedata.normalize("NFD", text)) == turned.find(text)
    assert index.named_in(text) == turned.named_in(text)
    assert label_key(text) == label_key(f" {text}\u00a0\n")
    if found:
        assert found.indicator in plan().plan.targets
        assert index.find(key(text)) == found or index.find(key(text)) is None
    suggested = index.suggest(text)
    assert suggested is None or suggested[1] in plan().plan.targets


def period(data: bytes) -> None:
    """Look for periods in a title, a heading, a file's name."""
    text = _text(data)
    for clue in (clue_in_title(text), clue_in_name(text)):
        if clue is not None:
            assert clue.label is None or canonical_label(clue.label) == clue.label
            for convention in Convention:
                clue.agrees(period_of("9m", 2024, convention))
    for span in (
        span_in(text),
        span_in_name(text),
        span_meant(text, period_of("9m", 2024, Convention.CALENDAR)),
    ):
        if span is not None:
            assert 1 <= span.first <= span.last <= 12
            first, last = span.days(2024, Convention.ADMINISTRATIVE)
            assert date(2023, 12, 15) <= first <= last <= date(2024, 12, 14)
    assert all(2000 <= year <= 2099 for year in years_in(text))
    day = day_in(text, 2024)
    assert day is None or day.year == 2024
    assert clue_in_title(text) == clue_in_title(f" {text} ") or len(text) > 900


def mark(data: bytes) -> None:
    """Look up the marks of a template's text."""
    text = _text(data)
    at = period_of("9m", 2024, Convention.CALENDAR)
    marks = Marks(all_facts(assess(plan().plan, Gathered(at, ()))), words().labels)
    found = marks.of(text, Where("template.xlsx"))
    assert all(text.startswith(OPENING, one.start) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    whole = replaced(text, found, lambda _fact: "")
    assert len(whole) == len(text) - sum(one.end - one.start for one in found)


def csv_file(data: bytes) -> None:
    """Read a table as text, whatever its encoding."""
    with suppress(FaultError):
        book = delimited.read(data, "report.csv", "report")
        assert delimited.read(data, "report.csv", "report").sheets == book.sheets


def report(data: bytes) -> None:
    """Read a .csv file as a report on the plan."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "2024-9m.csv"
        path.write_bytes(data)
        with suppress(RehabplanError):
            assert load_report(path, words()) == load_report(path, words())


ENTRIES: dict[str, Entry] = {
    one.__name__: one
    for one in (plan_file, goal, layout, number, table, label, period, mark, csv_file, report)
}
