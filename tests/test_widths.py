"""How the room of a table is shared: never more than there is, never less than a word needs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabplan.render.widths import shared

WORDS = st.lists(st.text("abcdé東", min_size=1, max_size=6), min_size=0, max_size=4).map(" ".join)


def lines(text: str, width: int) -> int:
    """Return how many lines a text of single-width words takes, worked out otherwise than in the module."""
    import textwrap  # noqa: PLC0415 - of this test alone

    return len(textwrap.wrap(text, width)) or 1


@pytest.mark.parametrize(
    ("rows", "widths", "full", "room", "found"),
    [
        ([[["a"], ["on track"]]], {0: 1, 1: 5}, [1, 8], 3, {0: 1, 1: 8}),
        ([[["a"], ["on track"]]], {0: 1, 1: 5}, [1, 8], 2, {0: 1, 1: 5}),  # two cells save no line
        ([[["aa bb"], ["cc dd"]]], {0: 2, 1: 2}, [5, 5], 6, {0: 5, 1: 5}),  # each alone saves none
        ([[["aa bb cc dd"], ["x y"]]], {0: 2, 1: 1}, [11, 3], 3, {0: 5, 1: 1}),  # 4 lines become 2
        ([[["aa bb"], ["x y"]], [["a"], ["x y"]]], {0: 2, 1: 1}, [5, 3], 2, {0: 2, 1: 3}),  # the second row's
        ([[["a"], ["b"]]], {0: 1, 1: 1}, [1, 1], 9, {0: 1, 1: 1}),
        ([], {0: 4}, [4], 3, {0: 4}),
    ],
)  # fmt: skip
def test_room_goes_where_it_saves_the_most_lines(
    rows: list[list[list[str]]], widths: dict[int, int], full: list[int], room: int, found: dict[int, int]
) -> None:
    assert shared(rows, widths, full, room) == found


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=6), st.integers(0, 30))
def test_room_is_never_exceeded_and_nothing_grows_beyond_its_need(
    cells: list[tuple[str, str, str]], room: int
) -> None:
    rows = [[[text] for text in row] for row in cells]
    tight = {
        at: max(2 * max(map(len, row[at].split() or [""]), default=1) for row in cells) or 1
        for at in range(3)
    }
    full = [max(tight[at], *(2 * len(row[at]) for row in cells)) for at in range(3)]
    found = shared(rows, tight, full, room)
    assert sum(found.values()) <= sum(tight.values()) + room
    assert all(tight[at] <= found[at] <= full[at] for at in tight)
    if room >= sum(full) - sum(tight.values()) and all(row[0].isascii() for row in cells):
        assert max(lines(row[0], found[0]) for row in cells) == 1
