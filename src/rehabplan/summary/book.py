"""The whole workbook: its sheets in order, each written once, the same bytes for the same content."""

import re
import zipfile
from collections.abc import Iterator
from datetime import datetime, time
from io import BytesIO

from xlsxwriter import Workbook

from rehabplan.bysite import TargetBySite, by_site
from rehabplan.i18n import _
from rehabplan.seal import PROPERTY, UNSEALED, packed
from rehabplan.summary import bysites, course, doubts, overview, ranking, sources, targets, years
from rehabplan.summary.chart import add_chart
from rehabplan.summary.look import FONT, Look
from rehabplan.summary.model import Meeting
from rehabplan.summary.sheet import Sheet, harmless

_SHEETS = re.compile(r"xl/worksheets/sheet\d+\.xml")


def summary_bytes(meeting: Meeting) -> bytes:
    """Return the meeting's workbook; the same content gives the same bytes, whenever and wherever."""
    out = BytesIO()
    book = Workbook(out, {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "default_format_properties": {"font_name": FONT, "font_size": 12},
    })  # fmt: skip
    title = harmless(str(meeting.assessment.plan.title))
    made = datetime.combine(meeting.assessment.period.cutoff, time())
    book.set_properties({"title": title, "author": harmless(meeting.assessment.plan.issuer), "created": made})
    book.set_custom_property(PROPERTY, UNSEALED, "text")
    _Book(book, meeting).write()
    book.close()
    return _first_pages_bare(out.getvalue())


class _Book:
    """Makes the sheets in their order, and fills them in the order in which they need each other."""

    def __init__(self, book: Workbook, meeting: Meeting) -> None:
        self.book = book
        self.meeting = meeting
        self.look = Look(book)
        self._by_site = by_site(meeting.assessment)

    def write(self) -> None:
        meeting = self.meeting
        make = dict(self._sheets())
        start = make[_("Summary")]
        source_name, start_sources = _("Sources"), make[_("Sources")]
        rows = sources.add_sources(start_sources, meeting)
        overview.add_overview(
            start, meeting, lambda at: add_chart(self.book, at, start_sources, source_name, meeting)
        )
        sources.end_sources(start_sources)
        besides = targets.Besides(list(meeting.problems), rows, source_name)
        targets.add_targets(make[_("Targets")], meeting, besides)
        for name, block in self._blocks():
            bysites.add_sites(make[name], meeting, block)
        if _("Ranking") in make:
            ranking.add_ranking(make[_("Ranking")], meeting, self._by_site)
        if meeting.before:
            years.add_years(make[_("Against last year")], meeting, meeting.before)
        if meeting.trend:
            name = _("Course")
            course.add_course(make[name], meeting, meeting.trend, name)
        doubts.add_doubts(make[_("Data problems")], meeting, _places(meeting, rows, source_name))

    def _sheets(self) -> Iterator[tuple[str, Sheet]]:
        """Make the sheets that there is something for."""
        meeting = self.meeting
        yield self._sheet(_("Summary"), overview.WIDTHS)
        yield self._sheet(_("Targets"), targets.widths(meeting))
        for name, block in self._blocks():
            yield self._sheet(name, bysites.widths(meeting.assessment, block))
        if ranking.ranked(self._by_site):
            yield self._sheet(_("Ranking"), ranking.WIDTHS)
        if meeting.before:
            yield self._sheet(_("Against last year"), years.WIDTHS)
        if meeting.trend:
            yield self._sheet(_("Course"), course.widths(meeting.trend))
        yield self._sheet(_("Data problems"), doubts.WIDTHS)
        yield self._sheet(_("Sources"), sources.WIDTHS)

    def _sheet(self, name: str, widths: list[int]) -> tuple[str, Sheet]:
        return name, Sheet(self.book.add_worksheet(name), self.look, widths)

    def _blocks(self) -> list[tuple[str, list[TargetBySite]]]:
        found = bysites.blocks(self._by_site)
        name = _("By site")
        return [(name if at == 1 else f"{name} ({at})", block) for at, block in enumerate(found, start=1)]


def _places(meeting: Meeting, rows: dict[str, int], name: str) -> dict[tuple[str, str, str], str]:
    """Return where each figure's cell stands on the sheet of sources."""
    found: dict[tuple[str, str, str], str] = {}
    for result in meeting.assessment.results:
        for at, item in enumerate(result.actual.evidence):
            place = (item.where.file, item.where.sheet or "", item.where.cell or "")
            found.setdefault(place, f"'{name}'!D{rows[result.target.id] + at + 1}")
    return found


def _first_pages_bare(content: bytes) -> bytes:
    """Give every sheet a first page without the page number, which XlsxWriter has no way to say.

    Nghị định 30/2020/NĐ-CP, annex I: pages are numbered from the second on. Without a header of its own
    the first page of a sheet marked differentFirst has none.
    """
    with zipfile.ZipFile(BytesIO(content)) as source:
        return packed((name, _without_first(name, source.read(name))) for name in source.namelist())


def _without_first(name: str, data: bytes) -> bytes:
    if not _SHEETS.fullmatch(name):
        return data
    return data.replace(b"<headerFooter", b'<headerFooter differentFirst="1"', 1)
