"""The sheet of data problems: where, what stands there, what is wrong, what to do."""

from collections.abc import Mapping

from rehabplan.i18n import _
from rehabplan.masking import untold
from rehabplan.problems import Problem, Severity
from rehabplan.summary.model import Meeting
from rehabplan.summary.sheet import Link, Sheet, Value
from rehabplan.tablecells import Tone

WIDTHS = [44, 84, 66, 190, 130, 66, 130, 330, 290]


def add_doubts(sheet: Sheet, meeting: Meeting, sources: Mapping[tuple[str, str, str], str]) -> None:
    """Write the sheet.

    Args:
        sheet: the empty sheet.
        meeting: what is shown.
        sources: (file, sheet, cell) of a figure → its place on the sheet of sources.
    """
    title = _("Data problems ({count})").format(count=len(meeting.problems))
    sheet.merged(title.upper(), sheet.look.format(bold=True, font_size=14, align="center"))
    sheet.skip()
    names = (_("No."), _("Severity"), _("Code"), _("File"), _("Sheet or line"), _("Cell"),
             _("Text in the cell"), _("What is wrong"), _("What to do"))  # fmt: skip
    first = sheet.line([(name, sheet.look.head()) for name in names])
    if not meeting.problems:
        nothing = str(untold(meeting.untold)) if meeting.untold else _("No problems were found.")
        sheet.merged(nothing[:1].upper() + nothing[1:], sheet.look.cell(italic=True))
    for number, item in enumerate(meeting.problems, start=1):
        _problem(sheet, item, number, sources)
    sheet.sheet.freeze_panes(first + 1, 0)
    if meeting.problems:
        sheet.sheet.autofilter(first, 0, sheet.row - 1, len(WIDTHS) - 1)
    sheet.set_page(repeat=(first, first))


def _problem(sheet: Sheet, item: Problem, number: int, sources: Mapping[tuple[str, str, str], str]) -> None:
    where, look = item.where, sheet.look
    error = item.severity is Severity.ERROR
    cell, small = look.cell(), look.cell(font_size=10)
    place = (where.file, where.sheet or "", where.cell or "") if where else ("", "", "")
    target = sources.get(place)
    at: Value = Link(place[2], target) if target and place[2] else place[2]
    line = "" if where is None or where.line is None else f"{where.line}:{where.column}"
    raw = dict(item.args).get("raw")
    sheet.line([
        (str(number), look.cell(align="center")),
        (_("error") if error else _("warning"), look.toned(Tone.BAD if error else Tone.WARN, bold=True)),
        (item.code.number, cell), (place[0], small), (place[1] or line, small),
        (at, look.cell(align="center")), ("" if raw is None else str(raw), small),
        (item.sentence, cell), (item.cure, cell),
    ])  # fmt: skip
