"""What becomes of a baseline: the level at the end of the old year, where a report gives it exactly.

A baseline is a reported level, never an earlier plan's goal (design.md §4). So it is replaced only by an
exact figure of the whole year, and otherwise kept and said to be older.
"""

import re
from fractions import Fraction

from msgspec import Struct

from rehabplan import figures
from rehabplan.actuals.model import Actual, State
from rehabplan.assess import Result
from rehabplan.draft.splice import Splice
from rehabplan.i18n import _
from rehabplan.period import Period
from rehabplan.plan.model import Target
from rehabplan.plan.pacing import Baseline
from rehabplan.yamltree import Path

_LONGEST = 999_999_999
_ALL = 100


class Years(Struct, frozen=True):
    """The year of the old plan, and that of the draft."""

    old: int
    new: int

    def moves(self, target: Target) -> bool:
        """Tell whether a target's base is the level that its year starts from, not a fixed base year."""
        base = target.baseline
        if base is None or base.value is None:
            return False
        fixed = base.year is not None and base.year < self.old - 1
        return not (fixed and target.goal_of(self.old).change)


def move_baseline(
    splice: Splice, target: Target, years: Years, result: Result | None, period: Period | None
) -> bool:
    """Replace a target's baseline by what was reached at the old year's end, or say why it stays.

    Returns:
        Whether it was replaced.
    """
    base, path = target.baseline, ("targets", target.id, "baseline")
    if base is None:
        return False
    if not years.moves(target):
        splice.remark(path, _fixed(base))
        return False
    at: Path = (*path, "value") if (*path, "value") in splice.tree.spans else path
    old = splice.written(at)
    new = _level(result, period, old) if result and period else None
    if new is None or period is None:
        text = _("reported before {old}: put what was reached at the end of {last} here")
        splice.remark(path, text.format(old=years.old, last=years.new - 1))
        return False
    text = _("{old}: {value}; now the figure of {day}")
    block = at != path and splice.is_block(path)
    told = at if block else path  # a mapping in brackets is told as a whole
    splice.remark(told, text.format(old=years.old, value=splice.raw(told), day=figures.day(period.cutoff)))
    splice.replace(at, new)
    if at != path:
        _others(splice, path, years)
    return True


def _others(splice: Splice, path: Path, years: Years) -> None:
    """Bring the year beside a new value; what else is said there is of the old one."""
    block, year = splice.is_block(path), (*path, "year")
    if year in splice.tree.spans:
        if block:
            splice.remark(year, f"{years.old}: {splice.raw(year)}")
        splice.replace(year, str(years.old))
    else:
        splice.add_after((*path, "value"), "year", str(years.old))
    for key in splice.inside(path):
        if key in ("periods", "note"):
            (splice.comment_out if block else splice.take_out)((*path, key))


def _fixed(base: Baseline) -> str:
    if base.year is not None:
        return _("the base year {year} stays, unless the new plan names another").format(year=base.year)
    return _("the base of several years stays, unless the new plan names another")


def _level(result: Result, period: Period, old: str) -> str | None:
    """Return the year's exact figure as the old one was written, None where there is none."""
    actual = result.actual
    amount = actual.amount
    if not period.over or actual.state is not State.VALUE or amount is None or amount.value is None:
        return None
    quote = old[0] if old[:1] in ("'", '"') else ""
    if not result.target.kind.is_share:
        plain = _exact(amount.value)
        return None if plain is None or amount.value < 0 else f"{quote}{plain}{quote}"
    share = _share(actual, amount.value, old)
    quote = quote or '"'
    return None if share is None else f"{quote}{share}{quote}"


def _share(actual: Actual, percent: Fraction, old: str) -> str | None:
    """Return a share as a percentage, or as n/m where that is how it was written or is exact."""
    if not 0 <= percent <= _ALL:
        return None
    plain = _exact(percent)
    pair = None
    if actual.numerator and actual.denominator:
        part, whole = actual.numerator.value, actual.denominator.value
        if part is not None and whole and part.denominator == whole.denominator == 1:
            fits = 0 <= part <= _LONGEST and 0 < whole <= _LONGEST
            pair = f"{part}/{whole}" if fits else None
    if plain is None or ("/" in old and pair):
        return pair
    return (plain.replace(".", ",") if "," in old else plain) + "%"


def _exact(value: Fraction) -> str | None:
    """Return a number's exact decimals as a plan file writes them; None where they have no end."""
    text = figures.plain(value)
    if Fraction(text) != value:
        return None
    # 1.125 could be taken for 1125; a fourth decimal makes it plain.
    return text + "0" if re.fullmatch(r"[1-9]\d*\.\d{3}", text) else text
