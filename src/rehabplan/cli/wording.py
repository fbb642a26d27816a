"""Typer's own words, which do not go through gettext, and our help texts: in the language in use.

What Typer says is taken as it comes and said anew where a sentence of `_SENTENCES` fits. In English
nothing changes; a sentence that a later Typer words differently stays English, and tests/test_typer_words.py
fails.
"""

import re
import shutil
import sys
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from functools import cache
from io import StringIO
from typing import Any

from typer._click.core import (
    Command,  # Typer, held below 0.29, exports none of these names
    ParameterSource,
)
from typer._click.core import Context as TyperContext
from typer._click.exceptions import BadParameter, UsageError
from typer._click.formatting import HelpFormatter
from typer.core import TyperCommand
from typer.exceptions import TyperException

from rehabplan.cli.streams import for_programs
from rehabplan.i18n import N_, _, language, use

_SENTENCES = (
    N_("Show this message and exit."),
    N_("Install completion for the current shell."),
    N_("Show completion for the current shell, to copy it or customize the installation."),
    N_("Install completion for the specified shell."),
    N_("Show completion for the specified shell, to copy it or customize the installation."),
    N_("{shell} completion installed in {path}"),
    N_("Completion will take effect once you restart the terminal"),
    N_("Shell {shell} not supported."),
    N_("Shell {shell} is not supported."),
    N_("default: {value}"),
    N_("required"),
    N_("Invalid value for {name}: {reason}"),
    N_("Invalid value: {reason}"),
    N_("Missing argument {name}."),
    N_("Missing option {name}."),
    N_("Missing argument {name}. Choose from:{choices}"),
    N_("Missing option {name}. Choose from:{choices}"),
    N_("Missing command."),
    N_("No such command {name}. Did you mean {names}?"),
    N_("No such command {name}."),
    N_("No such option: {name} (Possible options: {names})"),
    N_("No such option: {name}"),
    N_("Option {name} requires an argument."),
    N_("Option {name} does not take a value."),
    N_("Got unexpected extra argument(s) ({names})"),
    N_("{value} is not one of {choices}."),
    N_("{value} is not a valid int."),
    N_("{value} is not a valid int range."),
    N_("{value} is not in the range {range}."),
)
_HEADINGS = (N_("Arguments"), N_("Options"), N_("Commands"))
METAVARS = (
    N_("OPTIONS"), N_("COMMAND"), N_("ARGS"), N_("PLAN"), N_("PATH"), N_("FILE"), N_("TARGET"), N_("LABEL"),
    N_("DATE"), N_("NAME"), N_("SET"), N_("YEAR"), N_("NUMBER"), N_("TEXT"), N_("CODE"), N_("FOLDER"),
)  # fmt: skip
"""Words that stand for a value of the user's in usage lines and before help texts."""


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    found = []
    for text in _SENTENCES:
        parts = re.split(r"\{(\w+)\}", text)
        named = [f"(?P<{one}>.+?)" if at % 2 else re.escape(one) for at, one in enumerate(parts)]
        found.append((text, re.compile("".join(named), re.DOTALL)))
    return found


def reworded(text: str) -> str:
    """Return a sentence of Typer's in the language in use, what is quoted in it likewise."""
    if language() == "en":
        return text
    for sentence, form in _patterns():
        found = form.fullmatch(text)
        if found:
            named = {key: _range(reworded(value)) for key, value in found.groupdict().items()}
            if "name" in named:
                named["name"] = metavars(named["name"])
            return _(sentence).format(**named)
    return text


def telling(callback: Callable[..., Any]) -> Callable[..., Any]:
    """Return a callback of Typer's that prints its sentences in the language in use."""

    def said(*args: Any) -> Any:  # noqa: ANN401 - Typer's own arguments
        printed = StringIO()
        try:
            with redirect_stdout(printed):
                return callback(*args)
        finally:
            for line in printed.getvalue().splitlines():
                print(reworded(line))

    return said


def metavars(text: str) -> str:
    """Return usage such as "[OPTIONS] {PLAN}" with its words in the language in use."""
    return re.sub(r"[A-Z]+", lambda found: _(found[0]) if found[0] in METAVARS else found[0], text)


def on_one_line(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.split())


def first_sentence(text: str) -> str:
    """Return the first sentence of a text, on one line."""
    words = text.split()
    ends = (at for at, word in enumerate(words[:-1]) if word.endswith(".") and words[at + 1][:1].isupper())
    return " ".join(words[: next(ends, len(words)) + 1])


_WIDEST = 80
_NARROWEST = 30


class Formatter(HelpFormatter):
    """Writes help pages in the language in use, as wide as the terminal but no wider than one reads well."""

    def __init__(
        self, indent_increment: int = 2, width: int | None = None, max_width: int | None = None
    ) -> None:
        """Begin a page; Typer itself knows no terminal below 50 columns."""
        columns = shutil.get_terminal_size().columns
        super().__init__(indent_increment, width or max(_NARROWEST, min(columns, max_width or _WIDEST)) - 2)

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line."""
        super().write_usage(prog, metavars(args), prefix or _("Usage: "))

    def write_heading(self, heading: str) -> None:
        """Write the heading of a section."""
        super().write_heading(_(heading) if heading in _HEADINGS else heading)

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write names with their help texts."""
        col_max = min(col_max, self.width // 2 - 2)
        named = [(self._on_lines(metavars(name)), _help(text)) for name, text in rows]
        super().write_dl(named, col_max, col_spacing)

    def _on_lines(self, name: str) -> str:
        """Return an option with its choices, between which it wraps where they are wider than the page."""
        lines = [""]
        later = " " * (self.current_indent + 4)
        for part in re.findall(r"[^|]+\|?", name):
            room = self.width - self.current_indent * (len(lines) == 1)
            if len(lines[-1]) + len(part) > room:
                lines.append(later)
            lines[-1] += part
        return "\n".join(lines)


_WITH_FACTS = re.compile(r"(?P<said>.*?)(?P<gap>  |^)\[(?P<facts>[^\[\]]*)\]", re.DOTALL)


def _help(text: str) -> str:
    """Return a help text and what stands in brackets after it: [default: 60; x>=1]."""
    found = _WITH_FACTS.fullmatch(text)
    if found is None:
        return _(text)
    facts = "; ".join(reworded(_range(one)) for one in found["facts"].split("; "))
    return f"{_(found['said'])}{found['gap']}[{facts}]"


def _range(fact: str) -> str:
    """Return which numbers may be given in words: x>=2."""
    found = re.fullmatch(r"x>=(\d+)", fact)
    return _("{least} or more").format(least=found[1]) if found else fact


class Context(TyperContext):
    """The context of our commands."""

    formatter_class = Formatter


def _show_help(ctx: TyperContext, _option: object, asked: object) -> None:
    if asked and not ctx.resilient_parsing:
        print(ctx.get_help())
        ctx.exit()


class Speaking(Command):
    """What commands and groups of them share: help is kept in English and said in the language in use."""

    context_class = Context
    _help: str | None = None

    def get_help_option(self, ctx: TyperContext) -> Any:  # noqa: ANN401 - Typer's own option is private
        """Return the option --help; Typer's own would not print ASCII where we do."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.callback = _show_help
        return option

    @property
    def help(self) -> str | None:
        """The help text in the language in use."""
        return _(self._help) if self._help else self._help

    @help.setter  # noqa: A003 - Typer's name
    def help(self, text: str | None) -> None:
        self._help = text

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002 - Typer cuts there
        """Return the first sentence of the help, whole: lists of commands wrap."""
        return (self.help or "").partition("\n")[0]

    def shell_complete(self, ctx: TyperContext, incomplete: str) -> Any:  # noqa: ANN401 - Typer's own items are private
        """Return what a shell offers, each option with the first sentence of its help."""
        found = super().shell_complete(ctx, incomplete)
        for one in found:
            one.help = first_sentence(reworded(_(one.help))) if one.help else one.help
        return found

    def _main_shell_completion(self, *given: Any) -> None:  # noqa: ANN401 - Typer's own arguments
        """Answer a shell; what Typer says of an offer it would wrap, and a line is an offer."""
        from typer import _completion_classes

        _completion_classes._sanitize_help_text = on_one_line  # noqa: SLF001 - it has no other name
        super()._main_shell_completion(*given)  # type: ignore[safe-super]  # Typer's own class stands behind


class Worded(Speaking, TyperCommand):
    """A command that speaks the language in use."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - Typer's own context is private
        """Run the command; what it prints for programs is English, in every message."""
        for one in self.params:
            if "--format" in one.opts and str(ctx.params[one.name or ""]) in ("json", "csv"):
                for_programs()
                with use("en"):
                    return super().invoke(ctx)
        return super().invoke(ctx)


def usage_text(error: TyperException) -> str:
    """Return what to say of a wrong command line: how it should look, where help is, and what is wrong."""
    if isinstance(error, BadParameter) and error.ctx and error.param and error.param.envvar:
        source = error.ctx.get_parameter_source(error.param.name or "")
        if source is ParameterSource.ENVIRONMENT:
            error.param_hint = str(error.param.envvar)
    text = reworded(error.format_message())
    guess = likely_choice(error)
    said = _wrapped(_("Error: {text}").format(text=text.removesuffix(".") + guess + "." if guess else text))
    context = error.ctx if isinstance(error, UsageError) else None
    if context is None:
        return said
    asked = f"{context.command_path} {context.help_option_names[0]}"
    hint = _wrapped(_("Try '{command}' for help.").format(command=asked))
    return f"{context.get_usage()}\n{hint}\n\n{said}"


def _wrapped(text: str) -> str:
    """Return a text with lines as wide as the window; choices that Typer lists below each other stay so."""
    import textwrap

    from rehabplan.cli.terminal import width_of

    width = width_of(sys.stderr)
    return "\n".join(
        textwrap.fill(line, width, break_on_hyphens=False, break_long_words=False)
        if len(line) > width
        else line
        for line in text.split("\n")
    )


def likely_choice(error: TyperException) -> str:
    """Offer the choice of an option that was likely meant."""
    from rehabplan.problems import hint
    from rehabplan.text import closest

    found = re.fullmatch(r"'(.*)' is not one of (.+)\.", error.message, re.DOTALL)
    if found is None:
        return ""
    return hint(closest(found[1], re.findall(r"'([^']*)'", found[2]), cutoff=0.6))
