"""Standard output and error: their failures are an exit code and a message, not a traceback at the end."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BufferedWriter, RawIOBase, TextIOWrapper

from typer.exceptions import Exit

from rehabplan.codepages import FOR_JSON, UTF_8, handler


class Output(TextIOWrapper):
    """Standard output: a closed pipe ends the command quietly, a full disk is told."""

    def write(self, text: str) -> int:
        """Write a text.

        Raises:
            RehabplanError: it cannot be written.
            Exit: nobody reads any more.
        """
        with self._told():
            return super().write(text)

    def flush(self) -> None:
        """Bring what was written to its place.

        Raises:
            RehabplanError: it cannot be written.
            Exit: nobody reads any more.
        """
        with self._told():
            super().flush()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            _to_nowhere(self)
            gone = isinstance(error, BrokenPipeError) or (os.name == "nt" and error.errno == errno.EINVAL)
            if gone:
                raise Exit from error
            from rehabplan.cli.output import failure_text
            from rehabplan.problems import Code, RehabplanError, problem

            found = problem(Code.STDOUT_FAILED, reason=failure_text(error))
            raise RehabplanError([found]) from error


class Errors(TextIOWrapper):
    """Standard error: where it cannot be written there is nobody to tell."""

    def write(self, text: str) -> int:
        """Write a text, or do not."""
        with suppress(OSError):
            return super().write(text)
        _to_nowhere(self)
        return len(text)

    def flush(self) -> None:
        """Bring what was written to its place, or do not."""
        with suppress(OSError):
            super().flush()
            return
        _to_nowhere(self)


def _to_nowhere(stream: TextIOWrapper) -> None:
    """Lead a stream away, so that the interpreter can flush at its end what is still waiting."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def take_over() -> None:
    """Put our own streams in the place of the interpreter's; they write in the same encoding."""
    for name, kind in (("stdout", Output), ("stderr", Errors)):
        stream = getattr(sys, name)
        if isinstance(stream, TextIOWrapper) and not isinstance(stream, kind):
            by_line, encoding, errors = stream.line_buffering, stream.encoding, stream.errors
            bytes_below = stream.detach()
            if isinstance(bytes_below, RawIOBase):  # of python -u, which may write a part only
                bytes_below = BufferedWriter(bytes_below)
            setattr(sys, name, kind(bytes_below, encoding, errors, line_buffering=by_line))


def write_text(text: str) -> None:
    """Write a text to standard output; one that brings its own line ends (CSV) keeps them on every system."""
    if "\r\n" in text:
        write_exactly(text)
    else:
        sys.stdout.write(text)


def for_programs() -> None:
    """Make what standard output gets next exact for programs: UTF-8, or on a terminal with JSON's escapes."""
    stream = sys.stdout
    if not isinstance(stream, TextIOWrapper) or stream.encoding == UTF_8:
        return
    if stream.isatty():
        stream.reconfigure(errors=FOR_JSON)
    else:
        stream.reconfigure(encoding=UTF_8, errors=handler(UTF_8))


def write_exactly(text: str) -> None:
    """Write a text to standard output with the line ends that it has."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(newline="")
    sys.stdout.write(text)
