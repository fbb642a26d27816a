"""Reads layout files: what a planner says of workbooks whose layout is not understood by itself.

```yaml
"bao-cao-*.xlsx":            # files beside this one, by name or pattern
  "Biểu 1":                  # their sheets, by name or pattern
    header: [5, 6]           # first and last row of the header; 0 where there is none
    rows: [8, 40]            # first and last row of the figures
    columns: {B: label, D: goal, F: {role: year_to_date, period: 9m}}
  "Nháp": skip
```
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatch
from pathlib import Path

from rehabplan.actuals.layout import ROLES, ColumnLayout, Layout, SheetLayout
from rehabplan.actuals.roles import Role
from rehabplan.i18n import N_
from rehabplan.numbers import Writing
from rehabplan.period import MONTHS_OF_LABEL, PeriodClue, Span, canonical_label, span_in
from rehabplan.problems import (
    Code,
    Message,
    Problem,
    RehabplanError,
    Where,
    hint,
    message,
    problem,
)
from rehabplan.sites import SiteIndex
from rehabplan.text import closest
from rehabplan.textfile import TextFileError, read_text
from rehabplan.yamltree import Tree, read_tree

_SHEET_KEYS = ("header", "rows", "columns", "site", "period", "numbers", "hidden")
_COLUMN_KEYS = ("role", "target", "site", "period")
_LAST_COLUMN = 16384
_Path = tuple[str | int, ...]


def read_layouts(
    files: Iterable[Path], name: str, targets: Iterable[str], sites: SiteIndex
) -> tuple[Layout, list[Problem]]:
    """Return what the layout files beside some files say, and what of it concerns none of them.

    Args:
        files: the reports.
        name: the layout file's name in their folders.
        targets: the plan's target ids.
        sites: the plan's sites.

    Raises:
        RehabplanError: with everything that is not understood.
    """
    sheets: list[tuple[str, str, str, SheetLayout]] = []
    problems: list[Problem] = []
    unused: list[Problem] = []
    files = list(files)
    for folder in dict.fromkeys(path.parent for path in files):
        path = folder / name
        if os.path.lexists(path):  # a link to nowhere or a folder of that name is told, not passed over
            reader = _Reader(path, sorted(targets), sites)
            sheets += reader.read()
            problems += reader.problems
            names = [one.name for one in files if one.parent == folder]
            unused += reader.unused(names)
    if problems:
        raise RehabplanError(problems)
    return Layout(tuple(sheets)), unused


class _Reader:
    """Reads one layout file, collecting all that is wrong with it."""

    def __init__(self, path: Path, targets: list[str], sites: SiteIndex) -> None:
        self.path = path
        self.targets = targets
        self.sites = sites
        self.problems: list[Problem] = []
        self.tree: Tree | None = None
        self.patterns: list[str] = []

    def read(self) -> list[tuple[str, str, str, SheetLayout]]:
        """Return the sheets that the file describes."""
        try:
            text = read_text(self.path)
        except TextFileError as error:
            self.problems.append(problem(Code.LAYOUT, Where(str(self.path)), reason=str(error)))
            return []
        try:
            self.tree = read_tree(text, str(self.path))
        except RehabplanError as error:
            self.problems += error.problems
            return []
        self.problems += self.tree.problems
        found = []
        for files, sheets in self._mapping((), self.tree.value).items():
            self.patterns.append(files)
            for name, raw in self._mapping((files,), sheets).items():
                layout = self._sheet((files, name), raw)
                found.append((str(self.path.parent), files, name, layout))
        return found

    def unused(self, names: Sequence[str]) -> Iterator[Problem]:
        """Yield the patterns of files that fit none of the names."""
        for pattern in self.patterns:
            if self.tree and not any(fnmatch(name, pattern) for name in names):
                where = self.tree.where((pattern,), key=True)
                guess = hint(closest(pattern, names, cutoff=0.7))
                yield problem(Code.LAYOUT_NO_FILE, where, files=pattern, hint=guess)

    def _sheet(self, path: _Path, raw: object) -> SheetLayout:
        if raw == "skip":
            return SheetLayout(skip=True)
        said = self._mapping(path, raw)
        self._known(path, said, _SHEET_KEYS)
        columns = {}
        for letters, column in self._mapping((*path, "columns"), said.get("columns", {})).items():
            number = _number_of(letters)
            if number is None:
                text = N_("'{found}' is no column, such as B or AA")
                self._add((*path, "columns", letters), text, at_key=True, found=letters)
            else:
                columns[number] = self._column((*path, "columns", letters), column)
        numbers, hidden = said.get("numbers", "either"), said.get("hidden", "leave")
        if numbers not in ("vi", "en", "either"):
            self._add((*path, "numbers"), N_("'{found}' is not vi (1.700,5) or en (1,700.5)"), found=numbers)
            numbers = "either"
        if hidden not in ("use", "leave"):
            self._add((*path, "hidden"), N_("'{found}' is not use or leave"), found=hidden)
        label = self._period((*path, "period"), said.get("period"))
        return SheetLayout(
            header=self._rows((*path, "header"), said.get("header")),
            rows=self._rows((*path, "rows"), said.get("rows")),
            columns=columns,
            site=self._site((*path, "site"), said.get("site")),
            period=PeriodClue(canonical_label(label)) if label else None,
            writing=Writing(str(numbers)),
            use_hidden=hidden == "use",
        )

    def _column(self, path: _Path, raw: object) -> ColumnLayout:
        said = raw if isinstance(raw, dict) else {"role": raw}
        self._known(path, said, _COLUMN_KEYS)
        role, target = str(said.get("role", "result")), said.get("target")
        if role not in ROLES:
            guess = closest(role, ROLES, cutoff=0.5) or "label"
            known = ", ".join(ROLES)
            text = N_("'{found}' is nothing that a column can hold (did you mean '{guess}'?): {known}")
            self._add(path, text, found=role, guess=guess, known=known)
        if target is not None and target not in self.targets:
            guess = hint(closest(str(target), self.targets))
            self._add(
                (*path, "target"), N_("the plan has no target '{found}'{hint}"), found=target, hint=guess
            )
            target = None
        label = self._period((*path, "period"), said.get("period"))
        return ColumnLayout(
            ROLES.get(role), str(target) if target else None,
            self._site((*path, "site"), said.get("site")), _span(label, ROLES.get(role)) if label else None,
        )  # fmt: skip

    def _site(self, path: _Path, raw: object) -> str | None:
        if raw is None:
            return None
        if len(self.sites.find(str(raw))) != 1:
            self._add(path, N_("'{found}' is no single site of the plan"), found=raw)
            return None
        return str(raw)

    def _period(self, path: _Path, raw: object) -> str | None:
        if raw is None:
            return None
        if canonical_label(str(raw)) is None:
            self._add(path, N_("'{found}' is no period, such as q1, 6m, 9m, year or m7"), found=raw)
            return None
        return str(raw)

    def _rows(self, path: _Path, raw: object) -> tuple[int, int] | None:
        if raw is None:
            return None
        pair = (raw, raw) if isinstance(raw, int) else raw
        if isinstance(pair, list | tuple) and len(pair) == 2:  # noqa: PLR2004 - from, to
            first, last = pair
            if isinstance(first, int) and isinstance(last, int) and 0 <= first <= last:
                return first, last
        shown = ", ".join(map(str, pair)) if isinstance(pair, list | tuple) else pair
        text = N_("'{found}' is no row's number, nor the first and last row as [first, last]")
        self._add(path, text, found=shown)
        return None

    def _mapping(self, path: _Path, raw: object) -> dict[str, object]:
        if isinstance(raw, dict):
            for key in raw:
                if not isinstance(key, str):
                    text = N_("put '{found}' in quotes, so that it is read as a name")
                    self._add((*path, key), text, at_key=True, found=key)
            return {key: value for key, value in raw.items() if isinstance(key, str)}
        self._add(path, N_("a mapping is expected: files, their sheets, and what these hold"))
        return {}

    def _known(self, path: _Path, said: Mapping[str, object], keys: tuple[str, ...]) -> None:
        for key in said:
            if key not in keys:
                guess = hint(closest(key, keys, cutoff=0.6))
                text = N_("there is no key '{found}'{hint}; there are {known}")
                self._add((*path, key), text, at_key=True, found=key, hint=guess, known=", ".join(keys))

    def _add(self, path: _Path, text: str, *, at_key: bool = False, **args: object) -> None:
        reason: Message = message(text, **args)
        where = self.tree.where(path, key=at_key) if self.tree else Where(str(self.path))
        self.problems.append(problem(Code.LAYOUT, where, reason=reason))


def _span(label: str, role: Role | None) -> Span:
    """Return the months that a label names: of a column of the period alone q3 is July to September."""
    months = MONTHS_OF_LABEL[canonical_label(label) or "year"]
    own = span_in(label) or (Span(10, 12) if label == "q4" else None)
    return own if role is Role.IN_PERIOD and own else Span(1, months)


def _number_of(letters: str) -> int | None:
    """Return the number of a column from its letters."""
    if not letters.isascii() or not letters.isalpha() or len(letters) > 3:  # noqa: PLR2004 - XFD is the last
        return None
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number if number <= _LAST_COLUMN else None
