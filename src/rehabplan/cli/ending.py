"""What to do when the system or the user asks to end: nothing half done stays, nothing is said."""

import os
import signal
import sys
from contextlib import suppress
from types import FrameType
from typing import TYPE_CHECKING

from rehabplan.cli.atomic import UNDER_WAY

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

_SHOW_CURSOR = b"\x1b[?25h"
"""The progress bar hides it."""


class Asked:
    """Whether Ctrl-C was pressed: the exception that tells it can be turned into another on its way."""

    to_end = False


def listen() -> None:
    """Let SIGTERM and SIGHUP end the process at once and tidily, and Ctrl-C through KeyboardInterrupt.

    What the caller wants ignored, as `nohup` does, stays ignored.
    """
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, _interrupt)
        sys.unraisablehook = _unraisable


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    Asked.to_end = True
    raise KeyboardInterrupt


def _end(number: int, _frame: FrameType | None) -> None:
    # An exception would be lost where the interpreter ignores them, and could come out as a fault of ours.
    for path in list(UNDER_WAY):
        with suppress(OSError):
            path.unlink()
    with suppress(OSError):
        if os.isatty(2):
            os.write(2, _SHOW_CURSOR)
    os._exit(128 + number)


def _unraisable(told: "UnraisableHookArgs") -> None:
    """End where the interpreter would pass over an interruption and go on."""
    if Asked.to_end:
        _end(signal.SIGINT, None)
    sys.__unraisablehook__(told)
