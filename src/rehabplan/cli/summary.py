"""`rehabplan summary`: the workbook for the meeting."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from rehabplan import __version__
from rehabplan.cli.following import Asked, explain, suggest
from rehabplan.cli.guard import ExitCode
from rehabplan.cli.language import product_language
from rehabplan.cli.options import (
    ActualsPaths,
    AsOf,
    CrosswalkPath,
    Force,
    MaskBelow,
    PeriodLabel,
    PlanName,
    PreviousPaths,
    PreviousPlan,
    period_asked,
    previous_asked,
    refuse_masked_years,
)
from rehabplan.cli.shortnames import short_names, shortened
from rehabplan.i18n import N_, _, language, use

if TYPE_CHECKING:
    from rehabplan.actuals.model import Report
    from rehabplan.cli.options import Previous
    from rehabplan.plan.load import LoadedPlan
    from rehabplan.problems import Problem
    from rehabplan.summary.model import Letterhead, Meeting, SourceFile
    from rehabplan.trend.model import Trend


def summary(  # noqa: PLR0913, PLR0917 - one argument an option
    plan: PlanName,
    actuals: ActualsPaths,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help=N_("The workbook to write (.xlsx)."))
    ],
    period: PeriodLabel = None,
    as_of: AsOf = None,
    previous: PreviousPaths = None,
    previous_plan: PreviousPlan = None,
    crosswalk: CrosswalkPath = None,
    mask_below: MaskBelow = None,
    annex: Annotated[
        str | None, typer.Option(metavar="TEXT", help=N_("Head it as an annex: 'Phụ lục II'."))
    ] = None,
    attached_to: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help=N_("The bracketed line under an annex's title, word for word.")),
    ] = None,
    office: Annotated[
        str | None, typer.Option(metavar="NAME", help=N_("Head it with this office and the national motto."))
    ] = None,
    superior: Annotated[
        str | None, typer.Option(metavar="NAME", help=N_("The office above the one of --office."))
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help=N_("Fill in this workbook of your own instead (docs/summary.md).")),
    ] = None,
    force: Force = False,
) -> None:
    """Assess the reports, write the workbook, and exit as design.md §2 says."""
    from rehabplan.cli.inputs import plan_inputs, report_inputs, year_before_inputs
    from rehabplan.cli.output import inputs, need_folder, refuse_existing, write_atomic
    from rehabplan.cli.reports import plan_of_reports
    from rehabplan.cli.terminal import screen_for
    from rehabplan.masking import untold
    from rehabplan.problems import has_errors
    from rehabplan.render.problems import add_problems

    asked = period_asked(period, as_of)
    earlier = previous_asked(previous, previous_plan, crosswalk)
    refuse_masked_years(mask_below, earlier)
    _refuse_contradictions(template, annex, office)
    loaded = plan_of_reports(plan)
    _refuse_heads_without_a_place(loaded, annex, attached_to, office, superior)
    read = plan_inputs(loaded) | report_inputs(actuals) | year_before_inputs(loaded, earlier)
    refuse_existing([output], force=force, inputs=read | inputs(([template], _("the template"))))
    need_folder(output)
    if output.suffix.casefold() != ".xlsx":
        raise typer.BadParameter(_("give a name that ends with .xlsx"), param_hint="--output")
    wanted = _Wanted(
        actuals,
        asked,
        earlier,
        _letterhead(loaded, annex, attached_to, office, superior),
        template,
        mask_below,
    )
    product = product_language(loaded.plan.language)
    made = _made(loaded, wanted, written=product == language())
    content = made.content
    if product != language():
        # Figures and reasons are worded where they are found, so the file is worked out in its own
        # language, and what is printed here in the user's.
        with use(product):
            content = _made(loaded, wanted).content
    write_atomic(output, content, force=force)
    screen = screen_for(sys.stdout)
    screen.line(_("Wrote {file}").format(file=output))
    if made.shown:
        screen.heading(_("Data problems ({count})").format(count=len(made.shown)))
        add_problems(screen, made.shown)
    if made.untold:
        screen.line(str(untold(len(made.untold))))
    print(screen.text(), end="")
    suggest(explain(made.shown), Asked(plan, actuals, period, as_of).command("check"))
    problems = [*made.shown, *made.untold]
    raise typer.Exit(ExitCode.BAD_INPUT if has_errors(problems) else ExitCode.FINE)


class _Made(NamedTuple):
    """A workbook, and what is to be told of its inputs: in masked outputs nothing that quotes a report."""

    content: bytes
    shown: "list[Problem]"
    untold: "tuple[Problem, ...]"


class _Wanted(NamedTuple):
    """What was asked for."""

    actuals: list[Path]
    period: tuple[str | None, date | None]
    earlier: "Previous | None"
    letterhead: "Letterhead"
    template: Path | None
    mask_below: int | None

    def names(self, plan_file: str) -> dict[str, str]:
        """Return what the paths that were given are called in the workbook."""
        given: list[Path | str | None] = [plan_file, *self.actuals]
        if self.earlier is not None:
            given += [*self.earlier.paths, self.earlier.plan, self.earlier.crosswalk]
            given.append(Path(plan_file).parent)  # where the earlier plan is looked for
        return short_names(given)


def _made(loaded: "LoadedPlan", wanted: _Wanted, *, written: bool = True) -> _Made:
    """Return the workbook (empty where it is not to be written) and all problems, in the language in use."""
    from msgspec.structs import replace

    from rehabplan.cli.reports import assess_read, assess_year_before, read_paths
    from rehabplan.masking import masked, tells_small
    from rehabplan.problems import in_order, message
    from rehabplan.summary.book import summary_bytes
    from rehabplan.summary.model import Meeting

    reports, told = read_paths(loaded, wanted.actuals)
    assessment = assess_read(loaded, reports, told, wanted.period)
    earlier = wanted.earlier
    before, more = assess_year_before(loaded, assessment, earlier) if earlier else (None, [])
    assessment = replace(assessment, problems=(*assessment.problems, *in_order(more)))
    if earlier is not None and before is None:
        lost = message(N_("the earlier year could not be read: see the data problems"))
        assessment = replace(assessment, remarks=(*assessment.remarks, lost))
    quoting = assessment.problems if wanted.mask_below else ()
    if not written and wanted.template is None:
        return _Made(b"", [*loaded.problems, *(() if wanted.mask_below else assessment.problems)], quoting)
    course = _trend(loaded, reports)
    if wanted.mask_below:
        assessment = masked(assessment, wanted.mask_below)
        if course is not None and tells_small(course.assessments, wanted.mask_below):
            course = None
    problems = [*loaded.problems, *assessment.problems]
    meeting = Meeting(
        assessment, _source(loaded.file), loaded.lines, problems,
        [_source(report.file, report.digest) for report in reports], __version__,
        wanted.letterhead, before, course, len(quoting),
    )  # fmt: skip
    meeting = shortened(meeting, wanted.names(loaded.file))
    if wanted.template is None:
        return _Made(summary_bytes(meeting), problems, quoting)
    content, found = _filled(wanted.template, meeting)
    return _Made(content, [*problems, *found], quoting)


def _filled(template: Path, meeting: "Meeting") -> "tuple[bytes, tuple[Problem, ...]]":
    """Return an office's own workbook filled in, and what is to be told of it."""
    from rehabplan.problems import Code, RehabplanError, Where, problem, reason_of
    from rehabplan.summary.allfacts import all_facts
    from rehabplan.summary.sentences import decision, remark
    from rehabplan.summary.template import fill_template

    try:
        content = template.read_bytes()
    except OSError as error:
        where = Where(str(template))
        raise RehabplanError(
            [problem(Code.REPORT_UNREADABLE, where, reason=str(reason_of(error)))]
        ) from error
    assessment = meeting.assessment
    facts = all_facts(
        assessment, meeting.before,
        remark=lambda result: remark(result, []),  # the filled workbook has no sheet of problems
        sentence=lambda result: decision(assessment.plan, result, assessment.period.over),
    )  # fmt: skip
    filled = fill_template(content, str(template), facts)
    return filled.content, filled.problems


def _refuse_contradictions(template: Path | None, annex: str | None, office: str | None) -> None:
    """Refuse what could only be half done.

    Raises:
        typer.BadParameter: heads that exclude each other.
    """
    if annex and office:
        raise typer.BadParameter(_("cannot be combined with --office"), param_hint="--annex")
    for name, given in (("--annex", annex), ("--office", office)):
        if given and template:
            raise typer.BadParameter(_("a template has a head of its own"), param_hint=name)


def _refuse_heads_without_a_place(
    loaded: "LoadedPlan", annex: str | None, attached_to: str | None, office: str | None, superior: str | None
) -> None:
    """Refuse a line of a head that would stand nowhere.

    Raises:
        typer.BadParameter: there is no annex to be attached, or no office to have a superior.
    """
    plan = loaded.plan.letterhead
    if attached_to and not (annex or plan.annex):
        raise typer.BadParameter(_("give --annex too"), param_hint="--attached-to")
    if superior and not (office or plan.office):
        raise typer.BadParameter(_("give --office too"), param_hint="--superior")


def _letterhead(
    loaded: "LoadedPlan", annex: str | None, attached_to: str | None, office: str | None, superior: str | None
) -> "Letterhead":
    """Return the head asked for; what is not said on the command line is taken from the plan file."""
    from rehabplan.summary.model import Letterhead

    plan = loaded.plan.letterhead
    return Letterhead(
        annex or (None if office else plan.annex), attached_to or plan.attached_to,
        office or (None if annex else plan.office), superior or plan.superior,
    )  # fmt: skip


def _source(file: str, digest: str = "") -> "SourceFile":
    """Return a file's name, size and hash; a report was hashed as it was read."""
    from hashlib import sha256

    from rehabplan.summary.model import SourceFile

    path = Path(file)
    return SourceFile(file, path.stat().st_size, digest or sha256(path.read_bytes()).hexdigest())


def _trend(loaded: "LoadedPlan", reports: "list[Report]") -> "Trend | None":
    """Follow the reports over their periods, where they are of several."""
    from rehabplan.measure.scope import Scope
    from rehabplan.problems import RehabplanError
    from rehabplan.trend import trend
    from rehabplan.trend.series import in_series

    try:
        if len(in_series(loaded.plan, reports, loaded.sites).periods) < 2:  # noqa: PLR2004 - the assessment has it
            return None
        return trend(loaded.plan, reports, Scope(loaded.sites, loaded.shares))
    except RehabplanError:
        return None  # told by the assessment
