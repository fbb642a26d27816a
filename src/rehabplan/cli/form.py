"""`rehabplan form`: the workbooks that sites fill in."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rehabplan.cli import complete
from rehabplan.cli.following import suggest, typed
from rehabplan.cli.language import product_language
from rehabplan.cli.options import Force, PlanName, period_asked
from rehabplan.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from rehabplan.cli.output import Inputs
    from rehabplan.forms.rows import Form
    from rehabplan.plan.load import LoadedPlan
    from rehabplan.sites import SiteSet


def form(  # noqa: PLR0913, PLR0917 - one argument an option
    plan: PlanName,
    period: Annotated[
        str,
        typer.Option(
            "--period", metavar="LABEL", autocompletion=complete.periods,
            help=N_("The period to report on: q1, q2 or 6m, q3 or 9m, q4 or year, m1 to m12."),
        ),
    ],
    output: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="PATH", help=N_("The workbook; for --all-sites a folder.")),
    ],
    site: Annotated[
        str | None,
        typer.Option(
            "--site", metavar="NAME", help=N_("The form of one site."), autocompletion=complete.sites
        ),
    ] = None,
    all_sites: Annotated[bool, typer.Option("--all-sites", help=N_("A form for each site."))] = False,
    sites: Annotated[
        str | None,
        typer.Option(
            "--sites", metavar="SET", help=N_("Which of the plan's sets of sites is meant."),
            autocompletion=complete.site_sets,
        ),
    ] = None,
    force: Force = False,
) -> None:  # fmt: skip
    """Write the form of the whole plan or of one site, or a folder with the forms of all."""
    from rehabplan.cli.drafts import tell_draft
    from rehabplan.cli.inputs import plan_inputs
    from rehabplan.cli.output import need_folder, refuse_existing, write_atomic
    from rehabplan.cli.streams import write_text
    from rehabplan.forms.book import form_bytes
    from rehabplan.forms.rows import Form
    from rehabplan.period import period_of
    from rehabplan.plan.find import find_plan
    from rehabplan.plan.load import load_plan
    from rehabplan.site_choice import site_named
    from rehabplan.text import printable

    if site is not None and all_sites:
        raise typer.BadParameter(_("give --site or --all-sites, not both"))
    if sites is not None and site is None and not all_sites:
        raise typer.BadParameter(_("it goes with --site or --all-sites"), param_hint="--sites")
    if not all_sites and output.suffix.casefold() != ".xlsx":
        raise typer.BadParameter(_("give a file name that ends in .xlsx"), param_hint="-o")
    label = period_asked(period, None)[0] or ""
    loaded = load_plan(find_plan(plan))
    tell_draft(loaded)
    model = loaded.plan
    asked = Form(
        model, period_of(label, model.year, model.convention), product_language(model.language),
        loaded.sites, loaded.shares,
    )  # fmt: skip
    read = plan_inputs(loaded)
    if all_sites:
        _write_all(asked, _set_for_all(loaded, sites), output, read, force=force)
        suggest(typed("rehabplan", "check", plan, "--actuals", output, "--by", "site"))
        return
    if site is not None:
        asked = asked.to(site_named(site, loaded.sites, _set_named(loaded, sites) if sites else None))
    refuse_existing([output], force=force, inputs=read)
    need_folder(output)
    write_atomic(output, form_bytes(asked), force=force)
    write_text(printable(_("Wrote {file}.").format(file=output)) + "\n")
    suggest(typed("rehabplan", "inspect", output))


def _write_all(asked: "Form", recipients: "SiteSet", folder: Path, read: "Inputs", *, force: bool) -> None:
    from rehabplan.cli.output import make_folder, refuse_existing, write_atomic
    from rehabplan.cli.streams import write_text
    from rehabplan.forms.book import form_bytes
    from rehabplan.forms.names import file_names
    from rehabplan.render.progress import progress
    from rehabplan.text import printable

    names = file_names(recipients.members, asked.sites, asked.period)
    refuse_existing([folder / name for name in names.values()], force=force, inputs=read)
    make_folder(folder)
    with progress(sys.stderr, len(names), _("Writing forms")) as advance:
        for site, name in names.items():
            write_atomic(folder / name, form_bytes(asked.to(site)), force=force)
            advance()
    text = ngettext("Wrote {count} form into {folder}.", "Wrote {count} forms into {folder}.", len(names))
    write_text(printable(text.format(count=len(names), folder=folder)) + "\n")


def _set_for_all(loaded: "LoadedPlan", asked: str | None) -> "SiteSet":
    from rehabplan.forms.recipients import set_for_all

    found = _set_named(loaded, asked) if asked else set_for_all(loaded.plan, loaded.sites)
    if found is None:
        text = _("say which sites are meant: {known}").format(known=_known(loaded))
        raise typer.BadParameter(text, param_hint="--sites")
    return found


def _set_named(loaded: "LoadedPlan", name: str) -> "SiteSet":
    from rehabplan.problems import hint
    from rehabplan.site_choice import listed
    from rehabplan.text import closest

    found = next((one for one in listed(loaded.sites) if one.id == name), None)
    if found is not None:
        return found
    text = _("'{name}' is no set of the plan whose sites are listed{hint}; there are: {known}")
    guess = hint(closest(name, (one.id for one in listed(loaded.sites))))
    text = text.format(name=name, known=_known(loaded), hint=guess)
    raise typer.BadParameter(text, param_hint="--sites")


def _known(loaded: "LoadedPlan") -> str:
    from rehabplan.site_choice import listed

    names = (f"{one.id} ({one.count})" for one in listed(loaded.sites))
    return ", ".join(names) or _("there are none here")
