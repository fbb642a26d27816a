"""The Markdown output of `diff`."""

from rehabplan.diffsections import counts_text, sections
from rehabplan.difftable import series_columns, step_columns
from rehabplan.i18n import _
from rehabplan.plandiff.model import PlanDiff
from rehabplan.plandiff.series import Series
from rehabplan.render.diff_screen import edition_text
from rehabplan.render.markdown import escaped, item, table


def diff_markdown(found: Series) -> str:
    """Return the tables and sections of `diff` as Markdown."""
    single = len(found.steps) == 1
    blocks = [f"# {escaped(str(found.editions[-1].plan.title))}\n"]
    blocks.append("".join(item(edition_text(one)) for one in found.editions))
    if not single:
        blocks.append(table(series_columns(found), found.chains))
    for step in found.steps:
        if not single:
            blocks.append(f"## {step.old.plan.year} → {step.new.plan.year}\n")
        blocks += _step(step, single=single)
    told = [f"{one.code.number} {one.where or ''}: {one.message}" for one in found.problems]
    if told:
        title = _("To be checked ({count})").format(count=len(told))
        blocks += [f"## {escaped(title)}\n", "".join(item(text) for text in told)]
    return "\n".join(blocks)


def _step(step: PlanDiff, *, single: bool) -> list[str]:
    if step.empty:
        return [_("No difference.") + "\n"]
    blocks = [table(step_columns(step), step.targets)] if single else []
    blocks.append(escaped(counts_text(step)) + "\n")
    for section in sections(step, names=not single):
        blocks.append(f"{'##' if single else '###'} {escaped(section.title)}\n")
        lines = []
        for one in section.items:
            lines.append(item(one.text))
            lines += [item(line, depth=1) for line in one.lines]
        blocks.append("".join(lines))
    return blocks
