"""Reads one `rehabplan.toml` (see `settings`), and keeps every mistake in it with its line."""

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from typer._click.core import Command  # Typer, held below 0.29, exports none of these names
from typer.exceptions import TyperException

from rehabplan.cli.language import spoken
from rehabplan.cli.settings import OPTIONS, Settings, option_of
from rehabplan.cli.wording import likely_choice, reworded
from rehabplan.i18n import LANGUAGES, _
from rehabplan.problems import Code, Problem, Where, hint, problem
from rehabplan.text import closest

MOST_CHARACTERS = 10_000
"""Of a file; what reads TOML takes the square of a name's parts in time."""
_TOP = ("lang", "plans")
_PLACE = re.compile(r"at line (\d+), column (\d+)")


class Reader:
    """Reads one file, and keeps every mistake in it with its line."""

    def __init__(self, path: Path, commands: Callable[[str], Command]) -> None:
        self._path = path
        self._commands = commands
        self._shown = _seen_from_here(path)
        self._lines: list[str] = []
        self._problems: list[Problem] = []

    def read(self) -> Settings:
        """Return what the file sets."""
        table = self._table()
        lang = table.get("lang")
        meant = spoken(lang) if isinstance(lang, str) else None
        self._refuse_unknown((), table, (*_TOP, *OPTIONS))
        if "lang" in table and meant is None:
            self._wrong(("lang",), lang, _("it can be {known}").format(known=", ".join(LANGUAGES)))
        plans = self._plans(table.get("plans", "plans"))
        defaults = {name: self._options(name, table[name]) for name in OPTIONS if name in table}
        if self._problems:
            return Settings(meant, faults=self._again)
        place = self._where(("plans",)) if "plans" in table else None
        return Settings(meant, plans, defaults, plans_at=place)

    def _again(self) -> Sequence[Problem]:
        """Read the file once more, because its faults are to be told in another language than then."""
        again = Reader(self._path, self._commands)
        again.read()
        return again._problems

    def _table(self) -> dict[str, Any]:
        import tomllib

        from rehabplan.textfile import TextFileError, read_text

        try:
            text = read_text(self._path)
        except TextFileError as error:
            self._problems.append(problem(Code.SETTINGS_UNREADABLE, Where(self._shown), reason=str(error)))
            return {}
        if len(text) > MOST_CHARACTERS:
            reason = _("it has more than {limit} characters").format(limit=MOST_CHARACTERS)
            self._problems.append(problem(Code.SETTINGS_UNREADABLE, Where(self._shown), reason=reason))
            return {}
        self._lines = text.splitlines()
        try:
            return tomllib.loads(text)
        except (ValueError, RecursionError) as error:  # also of a number of thousands of digits
            reason = _("it is not valid TOML")
            where = self._where_of_error(str(error))
            self._problems.append(problem(Code.SETTINGS_UNREADABLE, where, reason=reason))
            return {}

    def _where_of_error(self, text: str) -> Where:
        place = _PLACE.search(text)
        line = int(place[1]) if place else max(1, len(self._lines))
        column = int(place[2]) if place else 1
        excerpt = self._lines[line - 1] if 0 < line <= len(self._lines) else ""
        return Where(self._shown, line, column, excerpt=excerpt)

    # ── parts ─────────────────────────────────────────────────────────────────────────────────
    def _plans(self, found: object) -> Path:
        if isinstance(found, str) and found.strip() and "\0" not in found:
            return Path(_seen_from_here(self._path.parent / found))
        self._wrong(("plans",), found, _("it is the path of a folder, in quotes"))
        return Path("plans")

    def _options(self, name: str, found: object) -> dict[str, Any]:
        if not isinstance(found, dict):
            self._wrong((name,), found, _("it is a table: [{name}]").format(name=name))
            return {}
        self._refuse_unknown((name,), found, OPTIONS[name])
        return {
            option_of(self._commands(name), key).name or key: value
            for key, value in found.items()
            if key in OPTIONS[name] and self._fits((name, key), value)
        }

    def _fits(self, path: tuple[str, str], value: object) -> bool:
        """Tell whether an option takes a value, as it would on the command line."""
        param = option_of(self._commands(path[0]), path[1])
        if isinstance(value, bool) or not isinstance(value, str | int):
            self._wrong(path, value, _("it is a text or a number"))
            return False
        try:
            param.type.convert(value, param, None)
        except TyperException as error:
            self._wrong(path, value, reworded(error.message).rstrip(".") + likely_choice(error))
            return False
        return True

    def _refuse_unknown(
        self, path: tuple[str, ...], found: Mapping[str, object], known: Sequence[str]
    ) -> None:
        for key in found:
            if key not in known:
                guess = hint(closest(key, known, cutoff=0.6))
                args = {"key": ".".join((*path, key)), "hint": guess, "known": ", ".join(known)}
                self._problems.append(problem(Code.SETTINGS_KEY, self._where((*path, key)), **args))

    def _wrong(self, path: tuple[str, ...], found: object, reason: str) -> None:
        where = self._where(path)
        shown = (
            str(found).lower() if isinstance(found, bool) else found if isinstance(found, str | int) else "…"
        )
        self._problems.append(
            problem(Code.SETTINGS_VALUE, where, key=".".join(path), found=shown, reason=reason)
        )

    def _where(self, path: tuple[str, ...]) -> Where:
        """Return the line of a key; of one that is written in an unusual way only the file."""
        for number, (table, key, column) in enumerate(self._keys(), start=1):
            if (*table, key) == path or (table == path and not key):
                line = self._lines[number - 1]
                return Where(self._shown, number, column + 1, excerpt=line, width=len(path[-1]))
        return Where(self._shown)

    def _keys(self) -> Iterator[tuple[tuple[str, ...], str, int]]:
        """Yield of every line its table, its key, and where that stands."""
        table: tuple[str, ...] = ()
        for line in self._lines:
            heading = re.match(r"\s*\[\s*([\w-]+)\s*\]", line)
            if heading:
                table = (heading[1],)
                yield table, "", heading.start(1)
                continue
            key = re.match(r"\s*([\w-]+)\s*=", line)
            yield (table, key[1], key.start(1)) if key else (("\0",), "", 0)


def _seen_from_here(path: Path) -> str:
    """Return a path as seen from the current folder, whole where it lies on another drive."""
    try:
        return Path(os.path.relpath(path)).as_posix()
    except ValueError:
        return str(path)
