"""The process that reads workbooks, so that a file that hangs or crashes a parser takes down only itself.

It is started by `actuals.pool` and speaks with it in pickles over its standard streams: first the
language to speak and the words of the plan, then one path after the other, each answered with what was read
or what was wrong.
"""

import os
import pickle
import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from rehabplan.actuals.describe import account
from rehabplan.actuals.load import load_report
from rehabplan.actuals.vocabulary import Vocabulary
from rehabplan.i18n import use
from rehabplan.problems import Code, RehabplanError, Where, problem

MEMORY_LIMIT = 2 * 1024**3
"""Bytes of address space that reading one file may take, where the system knows such a limit."""
READERS = {"report": load_report, "account": account}


def answer(kind: str, path: str, words: Vocabulary) -> object:
    """Return what a file holds, or the list of problems why it cannot be used."""
    try:
        return READERS[kind](Path(path), words)
    except RehabplanError as error:
        return error.problems
    except MemoryError:
        return [problem(Code.TOO_MUCH, Where(path), limit=f"{MEMORY_LIMIT >> 20} MiB")]
    except Exception as error:
        if os.environ.get("REHABPLAN_DEBUG"):
            raise
        last = error.__traceback__
        while last is not None and last.tb_next is not None:
            last = last.tb_next
        place = f"{Path(last.tb_frame.f_code.co_filename).name}:{last.tb_lineno}" if last else "?"
        return [problem(Code.READER_FAILED, Where(path), reason=f"{type(error).__name__}, {place}")]


def serve() -> None:
    """Answer requests until the other side closes the stream."""
    requests, answers = sys.stdin.buffer, _own_stdout()
    with suppress(ImportError, ValueError, OSError):  # no such limit on Windows
        import resource  # noqa: PLC0415 - not on every system

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    spoken: str
    words: Vocabulary
    spoken, words = pickle.load(requests)  # noqa: S301 - from our own parent process
    with suppress(EOFError, KeyboardInterrupt), use(spoken):
        while True:
            kind, path = pickle.load(requests)  # noqa: S301 - as above
            pickle.dump(answer(kind, path, words), answers, protocol=pickle.HIGHEST_PROTOCOL)
            answers.flush()


def _own_stdout() -> BinaryIO:
    """Keep the stream of answers to ourselves, whatever a library prints."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return answers
