"""The commands: what each is for, and its own module, which is imported only where the command is used."""

from rehabplan.i18n import N_

HELP = {
    "init": N_(
        """Make a working project: an example plan and report, settings, and what to do with them.

    Example: rehabplan init ke-hoach

    Nothing that is there is overwritten. To draft next year's plan from this year's, see rehabplan draft.
    Exit codes: 0 written, 2 wrong command line, 3 one of the files is there already, or cannot be written."""
    ),
    "check": N_(
        """Hold a report against a plan: who is behind, by how much.

    Example: rehabplan check plans/2024.yaml --actuals reports/2024-9m.xlsx

    Exit codes: 0 fine, 1 as --fail-on asks, 2 wrong command line, 3 an input cannot be used or holds
    figures that cannot be believed."""
    ),
    "validate": N_(
        """Check plan files: every mistake at its line.

    Example: rehabplan validate 2024

    Warnings name what does not fit together: shares that do not make the goal, goals that contradict
    each other or their baselines, and, where the file is in a git repository, goals that were changed
    without an entry in changes:.

    Exit codes: 0 all plans can be used (warnings do not count), 3 one cannot."""
    ),
    "show": N_(
        """Show a plan: its document, sites and targets.

    Example: rehabplan show 2024

    It also lists what the document says and was judged to be no target, with the reason."""
    ),
    "summary": N_(
        """Write the workbook for the meeting: progress at a glance, every target, sites, problems, sources.

    Example: rehabplan summary 2024 --actuals reports/2024-9m.xlsx -o meeting-9m.xlsx

    Exit codes: 0 written, 2 wrong command line, 3 an input cannot be used or holds figures that cannot be
    believed (what could be read is still written)."""
    ),
    "diff": N_(
        """Show what changed between two or more years' plans.

    Example: rehabplan diff 2023 2024

    Targets are matched by id, and by what the plans declare (was, split_from, merged_from). A changed
    definition is told apart from a changed value.

    Exit codes: 0 fine, 1 with --exit-code where the plans differ, 2 wrong command line, 3 a plan cannot
    be used."""
    ),
    "trace": N_(
        """Show how one target's verdict came about.

    Example: rehabplan trace 2024 outreach-contacts --actuals reports/2024-9m.xlsx

    From the line of the plan and the cell of the report, step by step. Exit codes: 0 fine, 2 wrong
    command line, 3 an input cannot be used, or the target's figure cannot be believed."""
    ),
    "trend": N_(
        """Follow the targets over several reports of one year: what each period added, where the year ends.

    Example: rehabplan trend 2024 --actuals q1.xlsx --actuals 6m.xlsx --actuals 9m.xlsx

    Exit codes: 0 fine, 2 wrong command line, 3 an input cannot be used or holds figures that cannot be
    believed."""
    ),
    "inspect": N_(
        """Show how a workbook is understood: tables, headings, which rows are placed and which are not.

    Example: rehabplan inspect reports/2024-9m.xlsx

    Where something is taken wrongly, a layout.yaml beside the workbook settles it (docs/reports.md).
    Exit codes: 0 fine, 2 wrong command line, 3 the workbook cannot be read, or leaves a question."""
    ),
    "form": N_(
        """Make the Excel forms that districts and communes fill in.

    Example: rehabplan form 2024 --period 9m --all-sites --sites districts -o forms

    What they send back finds its targets by itself, whatever was moved or reworded. Exit codes: 0
    fine, 2 wrong command line, 3 an input cannot be used, or a file that rehabplan did not make, or that
    was changed since, is in the way."""
    ),
    "draft": N_(
        """Draft next year's plan file: the old one, its goals beside what was reached.

    Example: rehabplan draft 2025 --from 2024 --actuals reports/2024-9m.xlsx

    Ids, names, units, aliases, order and comments stay; goals stay too until they are decided, and the
    file says so. No file is ever overwritten. Exit codes: 0 fine, 2 wrong command line, 3 an input cannot
    be used, the file is there already, or a report holds figures that cannot be believed (the draft is
    written all the same, and says beside the goals which)."""
    ),
    "schema": N_(
        """Print the JSON Schema of plan files, with which editors check a plan while it is written.

    Example: rehabplan schema -o plans/plan.schema.json

    A plan names it in its first line: # yaml-language-server: $schema=plan.schema.json"""
    ),
    "explain": N_(
        """Explain problem codes: cause, example and cure.

    Example: rehabplan explain RP110

    Without a code it lists all of them. RP110, rp110 and 110 mean the same. Exit codes: 0 fine, 2 wrong
    command line, 3 there is no such code."""
    ),
}
