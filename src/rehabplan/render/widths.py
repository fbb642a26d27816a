"""How the room of a table is shared among its columns: so that its rows take as few lines as they can."""

from collections.abc import Sequence

from rich.cells import cell_len

_MOST_ROWS = 40
"""Rows by which the widths are found; of longer tables those with the most text."""

Row = Sequence[Sequence[str]]
"""The texts of a row's cells, one below the other."""


def shared(rows: Sequence[Row], widths: dict[int, int], full: Sequence[int], room: int) -> dict[int, int]:
    """Return the widths of columns when `room` more cells are shared among them.

    Step by step the column gets what it needs that saves the most lines for each cell of room, and in the
    end those that need least get all that they need.

    Args:
        rows: The texts of all columns, also of those that are not kept; a text wraps at its blanks.
        widths: The least width of every column that is kept.
        full: The width at which no text of a column wraps.
        room: How many cells are left.
    """
    widths = dict(widths)
    chosen = sorted(rows, key=_length, reverse=True)[:_MOST_ROWS]
    lengths = [{at: [_words(text) for text in row[at]] for at in widths} for row in chosen]
    heights = [{at: _height(row[at], widths[at]) for at in widths} for row in lengths]
    while room > 0:
        best = (0.0, 0, 0)
        for at, width in widths.items():
            others = [max((height[one] for one in widths if one != at), default=1) for height in heights]
            now = sum(max(other, height[at]) for other, height in zip(others, heights, strict=True))
            for more in range(1, min(room, full[at] - width) + 1):
                then = sum(
                    max(other, _height(row[at], width + more))
                    for other, row in zip(others, lengths, strict=True)
                )
                best = max(best, ((now - then) / more, -more, at))
        gain, more, at = best
        if gain <= 0:
            break
        widths[at] -= more
        room += more
        for row, height in zip(lengths, heights, strict=True):
            height[at] = _height(row[at], widths[at])
    # Two columns that wrap in one row save nothing alone; together they may.
    for at in sorted(widths, key=lambda one: full[one] - widths[one]):
        more = full[at] - widths[at]
        if more <= room:
            widths[at] += more
            room -= more
    return widths


def _length(row: Row) -> int:
    return sum(len(text) for texts in row for text in texts)


def _words(text: str) -> list[int]:
    return [cell_len(word) for word in text.split(" ")]


def _height(texts: Sequence[Sequence[int]], width: int) -> int:
    """Return how many lines texts take, each given as the widths of its words."""
    lines = 0
    for words in texts:
        lines += 1
        used = -1
        for word in words:
            if used >= 0 and used + 1 + word > width:
                lines += 1
                used = -1
            used += 1 + word
            if used > width:  # a word longer than the column is folded
                lines += (used - 1) // width
                used = (used - 1) % width + 1
    return lines
