"""The Markdown output of `diff`."""

from rehabplan.diffsections import counts_text, sections
from rehabplan.difftable import series_columns, step_columns
from rehabplan.i18n import _
from rehabplan.plandiff.model import PlanDiff
from rehabplan.plandiff.series import Series
from rehabplan.render.diff_screen import edition_text
from rehabplan.render.markdown import line, section, table


def diff_markdown(found: Series) -> str:
    """Return the tables and sections of `diff` as Markdown."""
    single = len(found.steps) == 1
    blocks = [f"# {line(str(found.editions[-1].plan.title))}\n"]
    blocks.append("".join(f"- {line(edition_text(one))}\n" for one in found.editions))
    if not single:
        blocks.append(table(series_columns(found), found.chains))
    for step in found.steps:
        if not single:
            blocks.append(f"## {step.old.plan.year} → {step.new.plan.year}\n")
        blocks += _step(step, single=single)
    told = [f"{one.code.number} {one.where or ''}: {one.message}" for one in found.problems]
    if told:
        title = _("To be checked ({count})").format(count=len(told))
        blocks += [f"## {line(title)}\n", "".join(f"- {line(text)}\n" for text in told)]
    return "\n".join(blocks)


def _step(step: PlanDiff, *, single: bool) -> list[str]:
    if step.empty:
        return [_("No difference.") + "\n"]
    blocks = [table(step_columns(step), step.targets)] if single else []
    blocks.append(line(counts_text(step)) + "\n")
    for found in sections(step, names=not single):
        blocks += section(found, level=2 if single else 3)
    return blocks
