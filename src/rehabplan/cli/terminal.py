"""What kind of terminal the output goes to: its width, and whether it takes colours."""

import os
import shutil
from functools import partial
from typing import TextIO

from rehabplan.codepages import UTF_8, fitted
from rehabplan.render.screen import Screen

PIPE_WIDTH = 120
"""Lines of this width go to a file or a pipe, unless COLUMNS says otherwise."""


def screen_for(stream: TextIO) -> Screen:
    """Return an empty screen that suits a stream."""
    fit = partial(fitted, encoding=stream.encoding or UTF_8)
    return Screen(width_of(stream), color=takes_color(stream), fit=fit)


def width_of(stream: TextIO) -> int:
    """Return the width of a terminal, or of the lines that go elsewhere."""
    if stream.isatty() or os.environ.get("COLUMNS", "").isdigit():
        return shutil.get_terminal_size((80, 24)).columns
    return PIPE_WIDTH


def takes_color(stream: TextIO) -> bool:
    """Tell whether to colour: on a terminal, unless NO_COLOR or TERM=dumb; anywhere by FORCE_COLOR."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"
