"""What a cell says: a figure, a blank, a tick, words (domain.md §4)."""

from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from rehabplan import figures
from rehabplan.actuals.model import Figure, FigureKind
from rehabplan.actuals.sheet import Cell, CellKind
from rehabplan.numbers import Amount, Reading, Writing, framed, readings
from rehabplan.text import key

_WORDS = {
    FigureKind.NO_DATA: (
        "-", "--", "—", "…", "...", "chưa có số liệu", "chưa có", "chưa báo cáo", "không có số liệu",
        "no data", "n/a",
    ),
    FigureKind.NOT_APPLICABLE: ("không áp dụng", "not applicable", "không thuộc đối tượng"),
    FigureKind.DONE: (
        "đạt", "đã đạt", "hoàn thành", "đã hoàn thành", "đã thực hiện", "xong", "đã xong",
        "đã ban hành", "x", "✓", "✔", "done", "yes", "true",
    ),
    FigureKind.NOT_DONE: (
        "chưa đạt", "không đạt", "chưa hoàn thành", "chưa thực hiện", "đang thực hiện",
        "đang triển khai", "chưa", "not done", "no", "false",
    ),
}  # fmt: skip
_BY_WORD = {key(word) or word: kind for kind, words in _WORDS.items() for word in words}
_NOTHING_OCCURRED = {key(word) for word in ("không", "không phát sinh", "không có", "none")}


def figure_of(cell: Cell | None) -> Figure:
    """Return what a cell says; None is a blank."""
    if cell is None:
        return Figure(FigureKind.BLANK)
    match cell.kind:
        case CellKind.NUMBER | CellKind.PERCENT if cell.value is not None:
            return _number(cell, cell.value)
        case CellKind.DATE:
            return Figure(FigureKind.DATE, cell.text)
        case CellKind.ERROR:
            return Figure(FigureKind.ERROR, cell.text)
        case CellKind.NOT_COMPUTED:
            return Figure(FigureKind.NOT_COMPUTED, cell.text)
        case _:
            return _text(cell.text)


def _number(cell: Cell, value: Fraction) -> Figure:
    """Return what a number says as its format shows it: "≥ " before it makes it a bound."""
    percent = cell.kind is CellKind.PERCENT
    if cell.around is None:
        return Figure(FigureKind.NUMBER, cell.text, (Reading(Amount.exact(value), percent=percent),))
    before, after = cell.around
    found = framed(before, value, after, percent=percent)
    if found:
        return Figure(FigureKind.NUMBER, cell.text, found)
    shown = f"{before.strip()}…{after.strip()}"  # "500" would look like a figure where 5 is stored
    return Figure(FigureKind.WORDS, f"{figures.plain(value)}{'%' if percent else ''} [{shown}]")


@lru_cache(maxsize=1 << 14)
def _text(text: str) -> Figure:
    raw = " ".join(text.split())
    found = readings(text)
    if found:
        return Figure(FigureKind.NUMBER, raw, found)
    word = key(raw) or raw
    if word in _NOTHING_OCCURRED:
        return Figure(FigureKind.NUMBER, raw, (Reading(Amount.exact(0)),))
    return Figure(_BY_WORD.get(word, FigureKind.WORDS), raw)


def pair_of(part: Figure, whole: Figure) -> Figure:
    """Return the figure "a/b" of a numerator's and a denominator's cell; of one alone, that one.

    A denominator without its numerator, and what is no number, stays as it is for the row to be asked.
    """
    if part.kind is not FigureKind.NUMBER:
        return Figure(FigureKind.WORDS, f"{part.raw or '…'} / {whole.raw}") if whole.raw else part
    if whole.silent:
        return part
    raw = f"{part.raw} / {whole.raw}"
    pairs = tuple(
        replace(one, over=other.amount.value)
        for one in part.readings
        for other in whole.readings
        if other.amount.value is not None and not other.percent and other.over is None and one.over is None
    )
    return Figure(FigureKind.NUMBER if pairs else FigureKind.WORDS, raw, pairs)


class Writings(Struct, frozen=True):
    """How a sheet writes its numbers, as far as its own texts show it: counts, and percentages."""

    counts: Writing = Writing.EITHER
    percentages: Writing = Writing.EITHER

    @classmethod
    def of(cls, texts: Iterable[str], said: Writing = Writing.EITHER) -> "Writings":
        """Return the writing of texts; `said` is what a layout file says."""
        if said is not Writing.EITHER:
            return cls(said, said)
        # "80.5%" says nothing about how counts are written, nor the other way round.
        found = [_text(text) for text in set(texts)]
        return cls(*(_writing(one for one in found if one.percent is kind) for kind in (False, True)))

    def settled(self, figure: Figure) -> Figure:
        """Return the figure with only those readings that agree with the sheet's writing."""
        writing = self.percentages if figure.percent else self.counts
        if len(figure.readings) < 2 or writing is Writing.EITHER:  # noqa: PLR2004 - nothing to settle
            return figure
        agreeing = tuple(one for one in figure.readings if one.writing in (writing, Writing.EITHER))
        return Figure(figure.kind, figure.raw, agreeing or figure.readings)


def _writing(figures: Iterable[Figure]) -> Writing:
    """Return the one way in which texts write numbers.

    A text that can be read only one way is evidence; EITHER means no evidence, or both kinds of it.
    """
    seen = {
        figure.readings[0].writing
        for figure in figures
        if len(figure.readings) == 1 and figure.readings[0].writing is not Writing.EITHER
    }
    return seen.pop() if len(seen) == 1 else Writing.EITHER
