"""What a shell offers when Tab is pressed: plans, targets, sites, periods, codes; never an error.

Plans and targets are found in the text of the files, without loading them: an answer has to be there before
the finger leaves the key.
"""

import os
import re
import shlex
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import typer

from rehabplan.plan.folder import all_plans

Offer = str | tuple[str, str]
"""What can be typed, or that and what it means."""

_KEY = r"(?P<indent> +)(?P<key>[^\s#:][^:]*):(?:\s|$)"


def _never_failing(offers: Callable[[typer.Context, str], Iterator[Offer]]) -> Callable[..., list[Offer]]:
    """Return a completion that offers nothing where its files cannot be read."""

    def found(ctx: typer.Context, incomplete: str) -> list[Offer]:
        with suppress(Exception):
            return [_escaped(one) for one in offers(ctx, incomplete)]
        return []

    return found


class _Escaped(str):
    """A word as a shell wants it; what was typed is compared with the word as it is meant."""

    __slots__ = ("plain",)
    plain: str

    def startswith(self, typed: Any, *more: Any) -> bool:  # noqa: ANN401 - as of str
        """Tell whether the word begins so, however it is written."""
        return self.plain.startswith(typed, *more)


def _escaped(offer: Offer) -> Offer:
    """Return what is typed as the shell wants it: bash and PowerShell take a blank for the word's end."""
    value, *meaning = (offer,) if isinstance(offer, str) else offer
    shell = os.environ.get("_REHABPLAN_COMPLETE", "").rpartition("_")[2]
    quoted = os.environ.get("COMP_WORDS", "").rpartition("\n")[2][:1] in ("'", '"')
    written = value
    if " " in value and shell == "bash" and not quoted:
        written = re.sub(r"([\s()'&])", r"\\\1", value)
    elif " " in value and shell in ("powershell", "pwsh"):
        written = "'" + value.replace("'", "''") + "'"
    word = _Escaped(written)
    word.plain = value
    return (word, meaning[0]) if meaning else word


@_never_failing
def plans(_ctx: typer.Context, incomplete: str) -> Iterator[Offer]:
    """Offer the plans by their names; once a path is begun, the files."""
    if "/" in incomplete or "\\" in incomplete:
        folder = Path(incomplete).parent if not incomplete.endswith(("/", "\\")) else Path(incomplete)
        for path in sorted(folder.iterdir()):
            if path.is_dir() or path.suffix in (".yaml", ".yml"):
                yield path.as_posix() + ("/" if path.is_dir() else "")
        return
    for path in all_plans():
        yield path.stem, path.as_posix()


@_never_failing
def targets(ctx: typer.Context, _incomplete: str) -> Iterator[Offer]:
    """Offer the ids of the plan's targets."""
    yield from _keys_under("targets", _plan_of(ctx))


@_never_failing
def site_sets(ctx: typer.Context, _incomplete: str) -> Iterator[Offer]:
    """Offer the plan's sets of sites."""
    yield from _keys_under("sites", _plan_of(ctx))


@_never_failing
def sites(ctx: typer.Context, incomplete: str) -> Iterator[Offer]:
    """Offer the plan's sites: by their codes where shells show what these mean, else by their names."""
    from rehabplan.plan.load import load_plan

    index = load_plan(_plan_of(ctx)).sites
    bare = os.environ.get("_REHABPLAN_COMPLETE", "").endswith("bash")
    by_code = incomplete[:1].isdigit() or not (incomplete or bare)
    for one in index.sets.values():
        for site in one.members:
            name = index.label(site)
            yield (site.key, name) if by_code and site.key != name else name


@_never_failing
def periods(_ctx: typer.Context, _incomplete: str) -> Iterator[Offer]:
    """Offer the labels of periods."""
    yield from ("q1", "6m", "9m", "year", "q2", "q3", "q4", *(f"m{number}" for number in range(1, 13)))


@_never_failing
def codes(_ctx: typer.Context, _incomplete: str) -> Iterator[Offer]:
    """Offer the codes of problems."""
    from rehabplan.problems import Code

    yield from (code.number for code in Code)


def _plan_of(ctx: typer.Context) -> Path:
    """Return the plan that the command line names; Typer keeps no arguments before an unfinished option.

    Raises:
        LookupError: it names none.
    """
    from rehabplan.plan.find import find_plan
    from rehabplan.problems import RehabplanError

    given: Any = ctx.params.get("plan")
    line = os.environ.get("COMP_WORDS") or os.environ.get("_TYPER_COMPLETE_ARGS") or ""
    for word in [str(given)] if given else shlex.split(line)[2:]:
        with suppress(RehabplanError):
            return find_plan(word)
    raise LookupError


def _keys_under(block: str, plan: Path) -> Iterator[str]:
    """Yield the keys right below a block of a plan file."""
    from rehabplan.textfile import read_text  # start-up time, as in all of the command line

    inside, indent = False, ""
    for line in read_text(plan).splitlines():
        if line[:1] not in ("", " ", "#"):
            inside = line.startswith(f"{block}:")
            continue
        found = re.match(_KEY, line) if inside else None
        if found and (not indent or found["indent"] == indent):
            indent = found["indent"]
            yield found["key"].strip("\"' ")
