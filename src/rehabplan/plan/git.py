"""The versions of a file that git keeps: read only, within limits, and without anything of the user's run.

No hook, pager, signature check, external diff, file monitor or fetch from elsewhere is started, and no
lock is taken, so that another git command beside this one does not fail.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from time import monotonic

from msgspec import Struct

from rehabplan import figures
from rehabplan.i18n import _

TIME_LIMIT = 10.0
"""Seconds that all of git's work on one file may take."""
MOST_VERSIONS = 200
"""Versions that are read, the newest; a plan has some ten."""
MOST_HISTORY = 20_000_000
"""Bytes of all versions together."""

_HASH = 9
_LOG = (
    "log", "--follow", "--first-parent", "-m", "--raw", "-z", "--no-abbrev", "--no-ext-diff",
    "--no-textconv", "--no-show-signature", "--no-notes", "--date=short", "--decorate-refs-exclude=*",
    "--format=%x01%H %ad %D",
)  # fmt: skip
_SAFE = (
    "--no-pager",
    "--literal-pathspecs",
    "-c",
    "core.fsmonitor=false",
    "-c",
    f"core.hooksPath={os.devnull}",
)
_KEPT = {"GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM", "GIT_EXEC_PATH",
         "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"}  # fmt: skip
"""What may be said to git from outside; a hook's GIT_DIR would point to another place."""
_SET = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "LC_ALL": "C",
}
_NO_HISTORY = ("not a git repository", "does not have any commits yet", "bad default revision")


class HistoryError(Exception):
    """There is a history, and it cannot be read; the text says why."""


class FileVersion(Struct, frozen=True):
    """A file as one commit left it."""

    commit: str
    """The hash, shortened."""
    day: date
    """The author's day."""
    content: bytes
    cut: bool = False
    """Whether this clone was cut off here, so that what came before it is not known."""


def file_versions(path: Path) -> list[FileVersion]:
    """Return the versions of a file that git keeps, oldest first.

    Followed are its names and the first parent of every merge, so that each version came after the one
    before it. A file that was copied from another begins with its first own version. None where there
    is no git, no repository around the file, or the file is not in it.

    Raises:
        HistoryError: there is a history, and it cannot be read.
    """
    found = shutil.which("git")
    if found is None:
        return []
    path = path.resolve()
    git = _Git(found, path.parent, monotonic() + TIME_LIMIT)
    log = git.run(*_LOG, f"--max-count={MOST_VERSIONS}", "--", path.name)
    commits = list(_commits(log))
    blobs = git.blobs(list(dict.fromkeys(blob for _hash, _day, blob, _cut in commits)))
    return [FileVersion(name[:_HASH], day, blobs[blob], cut) for name, day, blob, cut in reversed(commits)]


class _Git(Struct, frozen=True):
    program: str
    folder: Path
    until: float

    def run(self, *arguments: str, given: bytes = b"") -> bytes:
        """Return what git prints; nothing where there is no history.

        Raises:
            HistoryError: git fails, or takes too long.
        """
        kept = {name: value for name, value in os.environ.items() if name[:4] != "GIT_" or name in _KEPT}
        try:
            done = subprocess.run(  # noqa: S603 - a fixed command; the one name in it stands behind --
                [self.program, "-C", str(self.folder), *_SAFE, *arguments],
                input=given, capture_output=True, check=False, env=kept | _SET,
                timeout=max(0.0, self.until - monotonic()),
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            reason = _("git took longer than {limit} seconds").format(limit=f"{TIME_LIMIT:g}")
            raise HistoryError(reason) from error
        except OSError as error:
            raise HistoryError(_("git cannot be run")) from error
        if done.returncode == 0:
            return done.stdout
        said = done.stderr.decode("utf-8", "replace").strip()
        if any(words in said for words in _NO_HISTORY):
            return b""
        first = said.splitlines()[0].removeprefix("fatal: ") if said else str(done.returncode)
        raise HistoryError(_("git says '{text}'").format(text=first))

    def blobs(self, names: Sequence[str]) -> dict[str, bytes]:
        """Return contents by their names, read by one process.

        Raises:
            HistoryError: git fails, or some are not in this clone.
        """
        if not names:
            return {}
        asked = "\n".join([*names, ""]).encode("ascii")
        sizes = [line.split()[-1] for line in self.run("cat-file", "--batch-check", given=asked).splitlines()]
        if sum(int(size) for size in sizes if size.isdigit()) > MOST_HISTORY:
            text = _("the versions have more than {limit} bytes together")
            raise HistoryError(text.format(limit=figures.whole(MOST_HISTORY)))
        out = self.run("cat-file", "--batch", given=asked)
        found: dict[str, bytes] = {}
        at = 0
        while at < len(out):
            end = out.index(b"\n", at)
            head = out[at:end].decode("ascii", "replace").split(" ")
            at = end + 1
            if len(head) == 3 and head[1] == "blob":  # noqa: PLR2004 - name, kind, size
                size = int(head[2])
                found[head[0]] = out[at : at + size]
                at += size + 1
        if set(names) - set(found):
            raise HistoryError(_("this clone does not hold them all"))
        return found


def _day(shown: str) -> date:
    """Return an author's day; a clock of the year 33658 is no reason to read no history.

    Raises:
        HistoryError: it is no day.
    """
    try:
        return date.fromisoformat(shown)
    except ValueError as error:
        text = _("a commit has the date {day}, which there is not")
        raise HistoryError(text.format(day=shown)) from error


def _commits(log: bytes) -> Iterator[tuple[str, date, str, bool]]:
    r"""Yield commit, day, blob and whether it is cut off, newest first, as far as the file is one.

    The log is \x01hash day marks \0 :modes blobs status \0 name \0, with a second name after a rename.
    """
    fields = iter(log.split(b"\0"))
    commit, day, marks = "", date.min, ""
    for item in fields:
        if item.startswith(b"\x01"):
            commit, shown, marks = item[1:].decode("ascii", "replace").split(" ", 2)
            day = _day(shown)
        elif item.lstrip(b"\n").startswith(b":"):
            *_modes, blob, status = item.decode("ascii").split(" ")
            next(fields)
            if status[0] in "RC":
                next(fields)
            if status[0] == "D":
                return
            yield commit, day, blob, "grafted" in marks.split(", ")
            if status[0] in "AC":
                return
