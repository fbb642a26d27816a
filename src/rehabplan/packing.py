"""How frozen records go from one process to another: as their values, without a look at their fields."""

from collections.abc import Callable
from dataclasses import fields
from fractions import Fraction
from typing import Any, TypeVar

_Record = TypeVar("_Record")


def packed(record: type[_Record]) -> type[_Record]:
    """Have pickle make a frozen dataclass again from its values in their order.

    A workbook gives thousands of records; dataclasses' own way asks for the fields of each anew, which cost
    more than all the rest of sending them.
    """
    names = tuple(one.name for one in fields(record))  # type: ignore[arg-type]

    def reduce(one: _Record) -> tuple[Callable[..., _Record], tuple[Any, ...]]:
        return record, tuple([getattr(one, name) for name in names])

    record.__reduce__ = reduce  # type: ignore[method-assign, assignment]
    return record


def fraction(numerator: int, denominator: int) -> Fraction:
    """Make a fraction again; its own pickle writes and parses a text."""
    return Fraction(numerator) if denominator == 1 else Fraction(numerator, denominator)
