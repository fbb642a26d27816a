"""Periods are called by their names wherever people read; codes such as 9m stay in JSON, CSV and commands."""

import re
from datetime import date
from pathlib import Path

import pytest

from rehabplan import figures
from rehabplan.i18n import use
from rehabplan.period import MONTHS_OF_LABEL, Convention, Period, period_of
from rehabplan.periodwords import heading, label_words, period_words, short_words

HERE = Path(__file__).parent
CODE = re.compile(r"(?<![\w./(-])(?:q[1-4]|[1-9]m|1[0-2]m|m[1-9]|m1[0-2]|year)(?![\w.-])")
"""A period's code that stands alone; not in a file's name or an option."""


@pytest.mark.parametrize(
    ("label", "of_year", "alone", "english", "english_alone"),
    [
        ("q1", "quý I/2024", "quý I", "Q1 2024", "Q1"),
        ("6m", "6 tháng đầu năm 2024", "6 tháng", "six months of 2024", "6 months"),
        ("9m", "9 tháng năm 2024", "9 tháng", "nine months of 2024", "9 months"),
        ("year", "năm 2024", "cả năm", "the year 2024", "full year"),
        ("m1", "tháng 1/2024", "tháng 1", "January 2024", "January"),
        ("m5", "5 tháng năm 2024", "5 tháng", "5 months of 2024", "5 months"),
        ("m11", "11 tháng năm 2024", "11 tháng", "11 months of 2024", "11 months"),
    ],
)
def test_words(label: str, of_year: str, alone: str, english: str, english_alone: str) -> None:
    period = period_of(label, 2024, Convention.CALENDAR)
    with use("vi"):
        assert (period_words(period), short_words(period)) == (of_year, alone)
    assert (period_words(period), short_words(period)) == (english, english_alone)


@pytest.mark.parametrize("label", MONTHS_OF_LABEL)
def test_no_label_is_left_a_code(label: str) -> None:
    for language in ("vi", "en"):
        with use(language):
            assert label == "year" or label not in label_words(label, 2024)
            assert label == "year" or label not in label_words(label)


def test_a_day_without_a_label() -> None:
    period = Period(2024, date(2024, 11, 15), Convention.CALENDAR)
    with use("vi"):
        assert (period_words(period), short_words(period)) == ("đến ngày 15/11/2024", "15/11/2024")
    assert short_words(period) == figures.day(period.cutoff)


def test_a_heading_begins_with_a_capital() -> None:
    assert heading("quý I/2024") == "Quý I/2024"
    assert heading("") == ""


PRINTED = [
    path for path in sorted((HERE / "vietnamese").glob("*.txt"))
    if not path.stem.startswith(("help", "draft-file"))  # what is typed into commands and plans
]  # fmt: skip


@pytest.mark.parametrize("path", PRINTED, ids=lambda path: path.stem)
def test_no_vietnamese_output_has_a_code(path: Path) -> None:
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("$")]
    found = [line for line in lines if CODE.search(line)]
    assert found == []
