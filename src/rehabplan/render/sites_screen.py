"""The terminal output of `check --by site` and `--site`: leaders, laggards, and the matrix of all sites."""

from collections.abc import Sequence
from fractions import Fraction

from rich.cells import cell_len, set_cell_size

from rehabplan import figures
from rehabplan.actuals.model import State
from rehabplan.assess import Assessment
from rehabplan.bysite import SiteResult, TargetBySite, by_site, of_one_site
from rehabplan.i18n import _
from rehabplan.plan.model import Kind
from rehabplan.render.screen import Screen
from rehabplan.sites import Site
from rehabplan.table import STATUS_WORDS, Tone, check_columns, unit_text
from rehabplan.verdict import Status

_SHOWN = 3
"""Leaders and laggards named for each target."""
_NAME = 26
_GAP = 2
_LEAST_NAME = 12


def add_by_site(screen: Screen, assessment: Assessment) -> None:
    """Add leaders and laggards of each target, then every site's figures."""
    targets = by_site(assessment)
    if not targets:
        screen.line()
        screen.line(_("No figures of single sites were reported."))
        return
    screen.heading(_("Leaders and laggards"))
    for at, one in enumerate(targets, start=1):
        _add_ranks(screen, assessment, at, one)
    screen.heading(_("Every site"))
    _add_matrix(screen, assessment, targets)


def _add_ranks(screen: Screen, assessment: Assessment, number: int, one: TargetBySite) -> None:
    rolled = one.result.sites
    count = f"{rolled.reported}/{rolled.count}" if rolled else ""
    basis = basis_text(one)
    text = _("[{number}] {target}: {count} reported, {basis}")
    screen.line(text.format(number=number, target=one.result.target.name, count=count, basis=basis), hang=4)
    ranked = one.ranked()
    if len(ranked) > 1 and ranked[0].score != ranked[-1].score:
        half = min(_SHOWN, len(ranked) // 2)
        lines = ((_("first"), ranked[:half]), (_("last"), ranked[-half:]))
        for label, rows in lines:
            shown = "; ".join(f"{assessment.scope.sites.label(row.site)} {cell_text(row)}" for row in rows)
            screen.line(f"{label}: {shown}", indent=4, hang=4)


def basis_text(one: TargetBySite) -> str:
    """Return what the sites of a target are compared by."""
    if any(site.share is not None for site in one.sites):
        return _("in percent of each site's share")
    if one.result.target.kind.is_share:
        return _("in percent")
    if one.result.target.kind is Kind.MILESTONE:
        return _("done or not")
    return _("figures alone, the plan assigns no shares")


def cell_text(row: SiteResult) -> str:
    """Return a site's figure in few characters, with the symbol of its status where it is judged."""
    state, amount = row.actual.state, row.actual.amount
    if state is State.NOT_REPORTED:
        return STATUS_WORDS[Status.NOT_REPORTED][0]
    if state is State.REJECTED:
        return STATUS_WORDS[Status.UNDETERMINED][0]
    if state is not State.VALUE or amount is None:
        return STATUS_WORDS[Status.NOT_APPLICABLE][0]
    if row.target.kind is Kind.MILESTONE:
        return STATUS_WORDS[Status.MET if amount.value == 1 else Status.BEHIND][0]
    symbol = " " + STATUS_WORDS[row.result.status][0] if row.result else ""
    if row.target.kind.is_share:
        return figures.bounds(amount, against=row.result.aim if row.result else None, tail="%") + symbol
    percent = row.result.percent if row.result else None
    if percent is not None and percent.value is not None:
        return figures.bounds(percent, against=_ALL, tail="%") + symbol
    return figures.bounds(amount) + symbol


_ALL = Fraction(100)


def _add_matrix(screen: Screen, assessment: Assessment, targets: Sequence[TargetBySite]) -> None:
    """Add sites × targets, in blocks of as many targets as the width holds."""
    sites = list(dict.fromkeys(row.site for one in targets for row in one.sites))
    cells = [{row.site: cell_text(row) for row in one.sites} for one in targets]
    widths = [
        max(cell_len(text) for text in (*column.values(), f"[{at}]"))
        for at, column in enumerate(cells, start=1)
    ]
    names = {site: assessment.scope.sites.label(site) for site in sites}
    longest = max(cell_len(name) for name in names.values())
    widest = max(widths, default=0)
    room = min(longest, max(_LEAST_NAME, min(_NAME, screen.width - widest - _GAP)))
    at = 0
    while at < len(targets):
        used, first = room, at
        while at < len(targets) and (at == first or used + _GAP + widths[at] <= screen.width):
            used += _GAP + widths[at]
            at += 1
        block = range(first, at)
        screen.line()
        head = " " * room + "".join(" " * _GAP + f"[{one + 1}]".rjust(widths[one]) for one in block)
        screen.verbatim(head)
        for site in sites:
            shown = [cells[one].get(site, "") for one in block]
            if not any(shown):
                continue
            lines = _folded(names[site], room)
            figures_text = "".join(
                " " * (_GAP + widths[one] - cell_len(text)) + text
                for one, text in zip(block, shown, strict=True)
            )
            screen.verbatim(set_cell_size(lines[0], room) + figures_text)
            for line in lines[1:]:
                screen.verbatim(line)
    symbols = ", ".join(f"{symbol} {_(word)}" for symbol, word, _tone in STATUS_WORDS.values())
    screen.line()
    screen.line(symbols, tone=Tone.MUTED)


def _folded(name: str, width: int) -> list[str]:
    """Break a name into lines of at most `width` cells."""
    lines = [""]
    for word in name.split():
        longer = f"{lines[-1]} {word}".strip()
        if cell_len(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(f"  {word}" if lines != [""] else word)
    return [line for line in lines if line] or [""]


def add_one_site(screen: Screen, assessment: Assessment, site: Site) -> None:
    """Add one site's verdicts by its shares, and its figures where the plan gives it none."""
    rows = of_one_site(assessment, site)
    judged = [row.result for row in rows if row.result is not None]
    screen.heading(assessment.scope.sites.label(site))
    if judged:
        screen.table(check_columns(assessment.plan), judged)
    bare = [row for row in rows if row.result is None and row.actual.state is not State.NOT_REPORTED]
    if bare:
        screen.heading(_("Figures without a share of the plan ({count})").format(count=len(bare)))
        for row in bare:
            unit = unit_text(assessment.plan, row.target)
            screen.line(f"{row.target.name}: {cell_text(row)} {unit}".rstrip(), indent=2, hang=2)
