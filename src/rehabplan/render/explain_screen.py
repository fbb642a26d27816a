"""The terminal output of `explain`: cause, example and cure of codes, or the list of all."""

from rehabplan.explain.causes import cause_of
from rehabplan.explain.examples import Example, example_of
from rehabplan.explain.model import WITHOUT_EXAMPLE, by_stage, cure_of, page_of, sentence_of
from rehabplan.i18n import _
from rehabplan.problems import Code
from rehabplan.render.problems import add_finding
from rehabplan.render.screen import Screen
from rehabplan.sections.problems import TONES, severity_word


def add_explanation(screen: Screen, code: Code) -> None:
    """Add all that is said of a code."""
    example = example_of(code)
    screen.heading(f"{code.number} ({severity_word(code.severity)})")
    screen.line(sentence_of(code), tone=TONES[code.severity])
    screen.heading(_("Cause"))
    screen.line(cause_of(code), indent=2)
    screen.heading(_("Example"))
    if example:
        _add_example(screen, example)
    else:
        screen.line(_(WITHOUT_EXAMPLE[code]), indent=2)
    screen.heading(_("What to do"))
    _add_cure(screen, code, example)
    screen.line(_("More about it: {page}").format(page=page_of(code)), indent=2)


def _add_example(screen: Screen, example: Example) -> None:
    screen.line(f"$ {example.command}", hang=2)
    add_finding(screen, example.problem)


def _add_cure(screen: Screen, code: Code, example: Example | None) -> None:
    """Add what to do in any case, and, where that leaves something open, what in the example."""
    in_general = cure_of(code)
    screen.line(in_general, indent=2)
    if example is None or example.problem.cure == in_general:
        return
    folded, *to_copy = _("In the example: {cure}").format(cure=example.problem.cure).split("\n")
    screen.line(folded, indent=2)
    for line in to_copy:
        screen.verbatim(f"  {line}", cut=False)


def add_list(screen: Screen) -> None:
    """Add every code with its sentence, by stages."""
    for title, codes in by_stage():
        screen.heading(_(title))
        for code in codes:
            said = f"{code.number} {severity_word(code.severity)}: {sentence_of(code)}"
            screen.line(said, indent=2, hang=6)
    screen.line()
    screen.line(_("'rehabplan explain RP110' tells cause, example and cure of a code."))
