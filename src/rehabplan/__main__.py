"""Entry of `rehabplan` and `python -m rehabplan`."""

import gc
import os
import signal
import sys
from io import TextIOWrapper
from types import FrameType

from rehabplan.codepages import encoding_of, handler

_INTERRUPTED = 130
_YOUNG = 50_000
"""Objects after which Python looks for those that nobody needs; among what is imported it looks in vain."""


def run() -> None:
    """Run the command line; output is in the encoding of `codepages`, and an interruption is quiet."""
    gc.set_threshold(_YOUNG)
    own = signal.getsignal(signal.SIGINT) is signal.default_int_handler  # else the caller wants it ignored
    if own:
        signal.signal(signal.SIGINT, _leave)
    try:
        _open_closed()
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                encoding = encoding_of(stream)
                stream.reconfigure(encoding=encoding, errors=handler(encoding))
        # Plugins that others put beside pydantic have no part in what a plan says, and are not looked for.
        os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
        from rehabplan.cli import app  # noqa: PLC0415 - after the streams, whose encoding it reads
        from rehabplan.cli.ending import listen  # noqa: PLC0415 - as above
        from rehabplan.cli.streams import take_over  # noqa: PLC0415 - as above

        take_over()
        listen()
        app(prog_name="rehabplan")
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    finally:
        if own:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is said; the exit code stands


def _leave(_signal: int, _frame: FrameType | None) -> None:
    """Leave at once: nothing is begun yet that would have to be put away."""
    os._exit(_INTERRUPTED)


def _open_closed() -> None:
    """Fill the places of standard streams that the caller closed, before a file of ours comes to stand there.

    What is printed to such an output fails, and is told; an error that cannot be told is not.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR if number == 2 else os.O_RDONLY)  # noqa: PLR2004 - standard error
    if sys.stdout is None:
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - a number
    if sys.stderr is None:
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - a number
    if sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - a number


if __name__ == "__main__":
    run()
