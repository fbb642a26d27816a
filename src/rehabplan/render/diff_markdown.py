"""The Markdown output of `diff`."""

from rehabplan.diffsections import counts_text, sections
from rehabplan.difftable import series_columns, step_columns
from rehabplan.i18n import _
from rehabplan.plandiff.model import PlanDiff
from rehabplan.plandiff.series import Series
from rehabplan.render.diff_screen import edition_text
from rehabplan.render.markdown import escaped, table


def diff_markdown(found: Series) -> str:
    """Return the tables and sections of `diff` as Markdown."""
    single = len(found.steps) == 1
    blocks = [f"# {escaped(str(found.editions[-1].plan.title))}\n"]
    blocks.append("".join(f"- {escaped(edition_text(one))}\n" for one in found.editions))
    if not single:
        blocks.append(table(series_columns(found), found.chains))
    for step in found.steps:
        if not single:
            blocks.append(f"## {step.old.plan.year} → {step.new.plan.year}\n")
        blocks += _step(step, single=single)
    return "\n".join(blocks)


def _step(step: PlanDiff, *, single: bool) -> list[str]:
    if step.empty:
        return [_("No difference.") + "\n"]
    blocks = [table(step_columns(step), step.targets)] if single else []
    blocks.append(escaped(counts_text(step)) + "\n")
    for section in sections(step, names=not single):
        blocks.append(f"{'##' if single else '###'} {escaped(section.title)}\n")
        lines = []
        for item in section.items:
            lines.append(f"- {escaped(item.text)}\n")
            lines += [f"  - {escaped(line)}\n" for line in item.lines]
        blocks.append("".join(lines))
    told = [f"{one.code.number} {one.where or ''}: {one.message}" for one in step.problems]
    return [*blocks, *(f"{escaped(text)}\n" for text in told)]
