"""A command in a terminal of its own, as a person sees it."""

import errno
import os
import subprocess
import sys

from tests.cases import ROOT


def in_a_terminal(words: tuple[str, ...], **environment: str) -> tuple[int, bytes]:
    """Return the exit code of a real process in a terminal, and all that the terminal gets."""
    import pty  # noqa: PLC0415 - Windows has none

    plainly = {name: text for name, text in os.environ.items() if not name.startswith(("LC_", "PYTHONIO"))}
    whole = {**plainly, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "COLUMNS": "120", **environment}
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "rehabplan", *words]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=whole, cwd=ROOT) as done:  # noqa: S603 - our own words
        os.close(theirs)
        found = b""
        while True:
            try:
                more = os.read(ours, 65536)
            except OSError as error:
                if error.errno != errno.EIO:  # how Linux tells the end
                    raise
                break
            if not more:
                break
            found += more
    os.close(ours)
    return done.returncode, found.replace(b"\r\n", b"\n")
