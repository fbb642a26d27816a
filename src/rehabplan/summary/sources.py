"""The sheet of sources: every figure's cell, files with their hashes, the plan, what statuses mean."""

from collections.abc import Iterator
from fractions import Fraction

from rehabplan import figures
from rehabplan.actuals.model import State
from rehabplan.assess import Result
from rehabplan.i18n import N_, _
from rehabplan.plan.model import Plan
from rehabplan.summary.model import Meeting, SourceFile
from rehabplan.summary.sheet import Number, Sheet
from rehabplan.table import STATUS_WORDS, status_text
from rehabplan.verdict import Status

WIDTHS = [300, 130, 170, 96, 190, 230, 210]


def add_sources(sheet: Sheet, meeting: Meeting) -> dict[str, int]:
    """Write the sheet; return each target's row, from 0."""
    sheet.merged(_("Sources").upper(), sheet.look.format(bold=True, font_size=14, align="center"))
    sheet.skip()
    _heading(sheet, _("Where each figure is from"))
    head = sheet.look.head()
    names = (_("Target"), _("Plan file and line"), _("Report"), _("Cell"), _("Text in the cell"),
             _("Row of the report"), _("Document and clause of the plan"))  # fmt: skip
    sheet.line([(name, head) for name in names])
    rows: dict[str, int] = {}
    for result in meeting.assessment.results:
        rows[result.target.id] = sheet.row
        _figure(sheet, meeting, result)
    sheet.skip()
    _files(sheet, meeting)
    sheet.skip()
    _legend(sheet, meeting)
    return rows


def end_sources(sheet: Sheet) -> None:
    """Set up the sheet's pages, when all is written."""
    sheet.set_page(repeat=(0, 0), parted=True)


def _heading(sheet: Sheet, text: str) -> None:
    sheet.keep(sheet.row, sheet.row + 2)
    sheet.merged(text, sheet.look.format(bold=True, font_size=12))


def _figure(sheet: Sheet, meeting: Meeting, result: Result) -> None:
    cell, small = sheet.look.cell(), sheet.look.cell(font_size=10)
    target = result.target
    line = f"{meeting.plan_file.name}:{meeting.lines.get(target.id, '')}"
    stated = (target.source.document, target.source.clause)
    document = ", ".join(str(one) for one in stated if one) or _("the plan's own; clause not known")
    for item in result.actual.evidence or (None,):
        where = item.where if item else None
        place = f"{where.sheet or ''}!{where.cell}" if where and where.cell else ""
        sheet.line([
            (str(target.name), cell), (line, small),
            (where.file if where else _nowhere(result), small), (place, small),
            (item.text if item else "", small), (item.label if item else "", small),
            (document, small),
        ])  # fmt: skip


def _nowhere(result: Result) -> str:
    """Say why a figure has no cell: nobody reported it, or it is not to be traced in what is published."""
    silent = result.actual.state in (State.NOT_REPORTED, State.NOT_DUE)
    return _("not reported") if silent else _("not shown")


def _files(sheet: Sheet, meeting: Meeting) -> None:
    _heading(sheet, _("Files"))
    head, cell = sheet.look.head(), sheet.look.cell()
    sheet.spans([(0, 0, _("File"), head), (1, 1, _("Size in bytes"), head), (2, 6, "SHA-256", head)])
    for file in (meeting.plan_file, *meeting.files):
        _file(sheet, file)
    period, plan = meeting.assessment.period, meeting.assessment.plan
    facts = (
        (_("Plan"), f"{plan.title} ({plan.issuer})"),
        (_("Document"), ", ".join(_stated(plan))),
        (_("Convention"), _("{name} year").format(name=_(period.convention.value))),
        (_("Period"), _("{first} to {last}, {days} of {all_days} days").format(
            first=figures.day(period.first), last=figures.day(period.cutoff), days=period.days_elapsed,
            all_days=period.days,
        )),
        (_("Made with"), f"rehabplan {meeting.version}"),
    )  # fmt: skip
    for name, value in facts:
        sheet.spans([(0, 0, name, sheet.look.cell(bold=True)), (1, 6, value, cell)])


def _stated(plan: Plan) -> Iterator[str]:
    """Yield what is known of the plan's document."""
    document = plan.document
    yield document.number or _("number not known")
    yield figures.day(document.date) if document.date else _("date not known")
    if document.source:
        yield str(document.source)


def _file(sheet: Sheet, file: SourceFile) -> None:
    cell = sheet.look.cell()
    row = sheet.row
    sheet.spans([(0, 0, file.name, cell), (1, 1, "", cell), (2, 6, file.digest, cell)])
    sheet.put(row, 1, Number(Fraction(file.size)), sheet.look.cell(num_format="#,##0"))


_MEANINGS = {
    Status.MET: N_("the goal is reached for good, or the year is over and it was reached"),
    Status.ON_TRACK: N_("at least what was due by the cut-off (of a ceiling: at most)"),
    Status.AT_RISK: N_(
        "at least {band} of what was due by the cut-off, but less than all of it "
        "(of a ceiling: above it, by {rest} at most)"
    ),
    Status.BEHIND: N_(
        "less than {band} of what was due by the cut-off (of a ceiling: above it by more than {rest})"
    ),
    Status.MISSED: N_("the year is over and the goal was not reached, or it cannot be reached any more"),
    Status.UNDETERMINED: N_(
        "the figures leave open which of these it is: bounds, or a figure that cannot be used"
    ),
    Status.NOT_REPORTED: N_("no figure; a missing figure is never a zero"),
    Status.NOT_DUE: N_("nothing is due before a later day"),
    Status.NOT_APPLICABLE: N_("there was nobody or nothing to be counted"),
}


def _legend(sheet: Sheet, meeting: Meeting) -> None:
    _heading(sheet, _("What each status means"))
    at_risk = meeting.assessment.plan.bands.at_risk
    bands = {"band": figures.percent(at_risk), "rest": figures.percent(100 - at_risk)}
    for status in Status:
        tone = STATUS_WORDS[status][2]
        meaning = _(_MEANINGS[status]).format(**bands)
        sheet.spans([(0, 0, status_text(status), sheet.look.toned(tone, bold=True)),
                     (1, 6, meaning, sheet.look.cell())])  # fmt: skip
    text = _("≥, >, ≤ and < before a number are bounds: the figure covers a part only, or was given so.")
    sheet.merged(text, sheet.look.format(italic=True, font_size=10, text_wrap=True))
    text = _(
        "Of a level with a baseline the change since the baseline is judged. Gap: what is missing to the "
        "goal of the year, below 0 where there is more than asked; above a ceiling it says over."
    )
    sheet.merged(text, sheet.look.format(italic=True, font_size=10, text_wrap=True))
