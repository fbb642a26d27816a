"""Entry of `rehabplan` and `python -m rehabplan`."""

import sys
from io import TextIOWrapper


def run() -> None:
    """Run the command line; output is UTF-8 wherever it goes."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    from rehabplan.cli import app  # noqa: PLC0415 - after the streams, whose encoding it reads

    app(prog_name="rehabplan")


if __name__ == "__main__":
    run()
