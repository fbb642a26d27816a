"""Arguments and options that several commands share, and how their texts become values."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from rehabplan.cli import complete
from rehabplan.i18n import N_, _

PlanName = Annotated[
    str,
    typer.Argument(
        metavar="PLAN",
        help=N_("A plan file, or the name of one under plans/."),
        autocompletion=complete.plans,
    ),
]
ActualsPaths = Annotated[
    list[Path],
    typer.Option(
        "--actuals", metavar="PATH",
        help=N_("A report (.xlsx, .xls, .xlsb, .ods, .csv) or a folder of them; may be given several times."),
    ),
]  # fmt: skip
PeriodLabel = Annotated[
    str | None,
    typer.Option(
        "--period", metavar="LABEL", autocompletion=complete.periods,
        help=N_("The period: q1, q2 or 6m, q3 or 9m, q4 or year, m1 to m12. Default: what the report says."),
    ),
]  # fmt: skip
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help=N_("The cut-off as year-month-day or day/month/year.")),
]


PreviousPaths = Annotated[
    list[Path] | None,
    typer.Option(
        "--previous", metavar="PATH",
        help=N_("Reports of an earlier year, to compare with the same period; may be given several times."),
    ),
]  # fmt: skip
PreviousPlan = Annotated[
    str | None,
    typer.Option(
        "--previous-plan", metavar="PLAN", autocompletion=complete.plans,
        help=N_("The plan of the earlier year. Default: the one of the year before, beside this plan."),
    ),
]  # fmt: skip
CrosswalkPath = Annotated[
    Path | None,
    typer.Option(
        "--crosswalk", metavar="FILE",
        help=N_("A CSV file that says which earlier site became which (columns: before, now)."),
    ),
]  # fmt: skip


class Previous(NamedTuple):
    """What was asked for about an earlier year."""

    paths: list[Path]
    plan: str | None
    crosswalk: Path | None


def previous_asked(paths: list[Path] | None, plan: str | None, crosswalk: Path | None) -> Previous | None:
    """Return what was asked for about an earlier year, None where nothing was.

    Raises:
        typer.BadParameter: a plan or crosswalk was given without reports.
    """
    if paths:
        return Previous(paths, plan, crosswalk)
    for name, given in (("--previous-plan", plan), ("--crosswalk", crosswalk)):
        if given:
            raise typer.BadParameter(_("give the reports of that year with --previous"), param_hint=name)
    return None


MaskBelow = Annotated[
    int | None,
    typer.Option(
        "--mask-below", metavar="NUMBER", min=2,
        help=N_("For publishing: do not show counts of persons below NUMBER, nor what would give them away."),
    ),
]  # fmt: skip


def refuse_masked_years(mask_below: int | None, earlier: Previous | None) -> None:
    """Refuse to mask figures beside those of an earlier year, from which they might follow.

    Raises:
        typer.BadParameter: both were asked for.
    """
    if mask_below is not None and earlier is not None:
        raise typer.BadParameter(_("cannot be combined with --previous"), param_hint="--mask-below")


FORCE_HELP = N_("Overwrite a file that rehabplan did not make, or that was changed since.")
Force = Annotated[bool, typer.Option("--force", help=FORCE_HELP)]


class Format(StrEnum):
    """How results and differences are printed."""

    TABLE = "table"
    JSON = "json"
    MARKDOWN = "markdown"
    CSV = "csv"
    PLAIN = "plain"


RawCsv = Annotated[
    bool,
    typer.Option(
        "--raw-csv", help=N_("With --format csv: no apostrophe before texts that a spreadsheet would run.")
    ),
]


def raw_csv_asked(raw: bool, output: Format) -> bool:
    """Return whether CSV is to be raw.

    Raises:
        typer.BadParameter: it is no CSV that was asked for.
    """
    if raw and output is not Format.CSV:
        raise typer.BadParameter(_("it goes with --format csv"), param_hint="--raw-csv")
    return raw


class By(StrEnum):
    """What the results are split by."""

    SITE = "site"


class FailOn(StrEnum):
    """Which statuses make the exit code 1."""

    NEVER = "never"
    BEHIND = "behind"
    MISSED = "missed"
    NOT_REPORTED = "not-reported"


def _day(text: str) -> date:
    """Read 2024-09-30, or 30/9/2024 as Vietnamese offices write it."""
    parts = text.split("/")
    if len(parts) == 3:  # noqa: PLR2004 - day, month, year
        return date(int(parts[2]), int(parts[1]), int(parts[0]))
    return date.fromisoformat(text)


def period_asked(label: str | None, as_of: str | None) -> tuple[str | None, date | None]:
    """Return the canonical label and the date that were asked for.

    Raises:
        typer.BadParameter: both were given, or the date is none.
        RehabplanError: there is no such period.
    """
    from rehabplan.period import canonical_label, likely_label
    from rehabplan.problems import Code, RehabplanError, hint, problem

    if label and as_of:
        raise typer.BadParameter(_("give --period or --as-of, not both"))
    cutoff = None
    if as_of:
        try:
            cutoff = _day(as_of)
        except ValueError as error:
            text = _(
                "'{found}' is no date; write year-month-day or day/month/year, as 2024-09-30 or 30/09/2024"
            )
            raise typer.BadParameter(text.format(found=as_of), param_hint="--as-of") from error
    known = canonical_label(label) if label else None
    if label and known is None:
        raise RehabplanError([problem(Code.BAD_PERIOD, found=label, hint=hint(likely_label(label)))])
    return known, cutoff
