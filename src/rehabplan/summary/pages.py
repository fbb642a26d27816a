"""Where printed pages end: not between a heading and its table, nor within what belongs together."""

from collections.abc import Collection, Sequence

PAGE_WIDTH, PAGE_HEIGHT = (297 - 30 - 15) / 25.4 * 72, (210 - 20 - 20) / 25.4 * 72
"""What margins leave of an A4 page across, in points (Nghị định 30/2020/NĐ-CP, annex I)."""
_SPARE_WIDTH, _SPARE_HEIGHT = 0.97, 0.98
"""Room for other programs and printers, which set columns and rows a little larger."""


def scale_for(width: float) -> int:
    """Return the percentage at which columns of so many points fit a page's width, 100 at most."""
    return max(10, min(100, int(100 * PAGE_WIDTH * _SPARE_WIDTH / width)))


def room_on_page(width: float) -> float:
    """Return the points of rows that a page holds, at the scale at which its columns fit."""
    return PAGE_HEIGHT * _SPARE_HEIGHT * 100 / scale_for(width)


def page_breaks(
    heights: Sequence[float], kept: Collection[int], room: float, repeat: tuple[int, int] | None = None
) -> list[int]:
    """Return the rows, from 0, with which new pages begin.

    Args:
        heights: of the rows, in points.
        kept: rows that stay on one page with the next row.
        room: points of rows on a page.
        repeat: first and last row that every later page repeats.
    """
    found: list[int] = []
    start, used, row = 0, 0.0, 0
    while row < len(heights):
        if row > start and used + heights[row] > room:
            start = _before(row, start, kept)
            found.append(start)
            repeated = repeat is not None and start > repeat[1]
            used = sum(heights[repeat[0] : repeat[1] + 1]) if repeat and repeated else 0.0
            row = start
        used += heights[row]
        row += 1
    return found


def _before(row: int, start: int, kept: Collection[int]) -> int:
    """Return the row before which the page can end; what is higher than a page is parted all the same."""
    at = row
    while at > start and at - 1 in kept:
        at -= 1
    return at if at > start else row
