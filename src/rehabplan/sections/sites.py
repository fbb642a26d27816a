"""Sites beside each other: leaders and laggards, every site's figures, and one site alone."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from rehabplan import figures
from rehabplan.actuals.model import State
from rehabplan.assess import Assessment, Result
from rehabplan.bysite import SiteResult, TargetBySite, of_one_site
from rehabplan.i18n import _
from rehabplan.plan.model import Kind
from rehabplan.sections.model import Item, Section
from rehabplan.sites import Site
from rehabplan.table import MASKED, STATUS_WORDS, status_text, unit_text
from rehabplan.tablecells import Cell, Column
from rehabplan.verdict import Status

_SHOWN = 3
"""Leaders and laggards named for each target."""
_ALL = Fraction(100)


def ranks_section(assessment: Assessment, targets: Sequence[TargetBySite]) -> Section:
    """Return the best and the last sites of each target; the numbers are those of the matrix' columns."""
    items = (_ranks(assessment, at, one) for at, one in enumerate(targets, start=1))
    return Section(_("Leaders and laggards"), tuple(items))


def _ranks(assessment: Assessment, number: int, one: TargetBySite) -> Item:
    rolled = one.result.sites
    count = f"{rolled.reported}/{rolled.count}" if rolled else ""
    text = _("[{number}] {target}: {count} reported, {basis}")
    text = text.format(number=number, target=one.result.target.name, count=count, basis=basis_text(one))
    ranked = one.ranked()
    if len(ranked) < 2 or ranked[0].score == ranked[-1].score:  # noqa: PLR2004 - nobody to compare with
        return Item(text)
    half = min(_SHOWN, len(ranked) // 2)
    lines = []
    for label, rows in ((_("first"), ranked[:half]), (_("last"), ranked[-half:])):
        shown = "; ".join(f"{assessment.scope.sites.label(row.site)} {cell_text(row)}" for row in rows)
        lines.append(f"{label}: {shown}")
    return Item(text, tuple(lines))


def basis_text(one: TargetBySite) -> str:
    """Return what the sites of a target are compared by."""
    if any(site.share is not None for site in one.sites):
        return _("in percent of each site's share")
    if one.result.target.kind.is_share:
        return _("in percent")
    if one.result.target.kind is Kind.MILESTONE:
        return _("done or not")
    return _("figures alone, the plan assigns no shares")


def _symbol(status: Status) -> str:
    return STATUS_WORDS[status][0]


def cell_text(row: SiteResult, mark: Callable[[Status], str] = _symbol) -> str:
    """Return a site's figure in few characters, with the mark of its status where it is judged."""
    state, amount = row.actual.state, row.actual.amount
    if state is State.NOT_REPORTED:
        return mark(Status.NOT_REPORTED)
    if state is State.REJECTED:
        return mark(Status.UNDETERMINED)
    if state is State.MASKED:
        return MASKED
    if state is not State.VALUE or amount is None:
        return mark(Status.NOT_APPLICABLE)
    if row.target.kind is Kind.MILESTONE:
        return mark(Status.MET if amount.value == 1 else Status.BEHIND)
    tail = " " + mark(row.result.status) if row.result else ""
    if row.target.kind.is_share:
        return figures.bounds(amount, against=row.result.aim if row.result else None, tail="%") + tail
    percent = row.result.percent if row.result else None
    if percent is not None and percent.value is not None:
        return figures.bounds(percent, against=_ALL, tail="%") + tail
    return figures.bounds(amount) + tail


def cell_words(row: SiteResult) -> str:
    """Return a site's figure with its status in words."""
    return cell_text(row, status_text)


def sites_of(targets: Sequence[TargetBySite]) -> list[Site]:
    """Return every site of several targets once, in the order of the plan's lists."""
    return list(dict.fromkeys(row.site for one in targets for row in one.sites))


def site_columns(assessment: Assessment, targets: Sequence[TargetBySite]) -> list[Column[Site]]:
    """Return the columns of the matrix: the site's name, then a column for each target."""

    def cells(one: TargetBySite) -> Callable[[Site], Cell]:
        texts = {row.site: cell_text(row) for row in one.sites}
        return lambda site: Cell(texts.get(site, ""))

    name: Column[Site] = Column("site", _("Site"), lambda site: Cell(assessment.scope.sites.label(site)), 0)
    return [
        name,
        *(
            Column(one.result.target.id, f"[{at}]", cells(one), 1, numeric=True)
            for at, one in enumerate(targets, start=1)
        ),
    ]


def symbols_text() -> str:
    """Return what the symbols of the statuses mean."""
    return ", ".join(f"{symbol} {_(word)}" for symbol, word, _tone in STATUS_WORDS.values())


def judged_of(assessment: Assessment, site: Site) -> list[Result]:
    """Return one site's verdicts, those of targets of which the plan says what it is to bring."""
    return [row.result for row in of_one_site(assessment, site) if row.result is not None]


def unjudged_section(assessment: Assessment, site: Site) -> Section | None:
    """Return one site's figures of targets of which the plan gives it no share; None without any.

    Those that it did not report are named too, so that no target is lost, but of coverage of sites of which
    it has none.
    """
    plan, scope = assessment.plan, assessment.scope.of(site)
    rows = [
        row for row in of_one_site(assessment, site)
        if row.result is None
        and (row.actual.state is not State.NOT_REPORTED or scope.count(plan, row.target) != 0)
    ]  # fmt: skip
    items = []
    for row in rows:
        if row.actual.state is State.NOT_REPORTED:
            shown = status_text(Status.NOT_REPORTED)
        else:
            shown = f"{cell_text(row)} {unit_text(plan, row.target)}".rstrip()
        items.append(Item(f"{row.target.name}: {shown}"))
    return Section.counted(_("Without a share of the plan ({count})"), items) if rows else None
