"""The terminal output of `check --by site` and `--site`: leaders, laggards, and the matrix of all sites."""

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size

from rehabplan.assess import Assessment
from rehabplan.bysite import TargetBySite, by_site
from rehabplan.i18n import _
from rehabplan.render.screen import Screen
from rehabplan.sections.sites import (
    judged_of,
    ranks_section,
    site_columns,
    sites_of,
    symbols_text,
    unjudged_section,
)
from rehabplan.sites import Site
from rehabplan.table import check_columns
from rehabplan.tablecells import Tone

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
    ranks = ranks_section(assessment, targets)
    screen.heading(ranks.title)
    for item in ranks.items:
        screen.line(item.text, hang=4)
        for line in item.lines:
            screen.line(line, indent=4, hang=4)
    screen.heading(_("Every site"))
    _add_matrix(screen, assessment, targets)


def _add_matrix(screen: Screen, assessment: Assessment, targets: Sequence[TargetBySite]) -> None:
    """Add sites × targets, in blocks of as many targets as the width holds."""
    sites = sites_of(targets)
    name, *columns = site_columns(assessment, targets)
    cells = [{site: screen.fit(column.cell(site).text) for site in sites} for column in columns]
    widths = [
        max(cell_len(text) for text in (*texts.values(), column.heading))
        for column, texts in zip(columns, cells, strict=True)
    ]
    names = {site: screen.fit(name.cell(site).text) for site in sites}
    longest = max(cell_len(one) for one in names.values())
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
        heads = "".join(" " * _GAP + columns[one].heading.rjust(widths[one]) for one in block)
        screen.verbatim(" " * room + heads)
        for site in sites:
            shown = [cells[one][site] for one in block]
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
    screen.line()
    screen.line(symbols_text(), tone=Tone.MUTED)


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
    judged = judged_of(assessment, site)
    screen.heading(assessment.scope.sites.label(site))
    if judged:
        screen.table(check_columns(assessment.plan), judged)
    screen.section(unjudged_section(assessment, site))
