"""The process that reads workbooks, so that a file that hangs or crashes a parser takes down only itself.

It is started by `actuals.pool` and speaks with it in pickles over its standard streams: first the
language to speak, the words of the plan and the seconds that a file may take, then one path after the other,
each answered with what was read or what was wrong.
"""

import faulthandler
import os
import pickle
import signal
import sys
from contextlib import suppress
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import BinaryIO

from rehabplan.actuals.load import load_report
from rehabplan.actuals.vocabulary import Vocabulary
from rehabplan.i18n import use
from rehabplan.problems import Code, RehabplanError, Where, problem

MEMORY_LIMIT = 2 * 1024**3
"""Bytes of address space that reading one file may take, where the system knows such a limit."""


def _account(path: Path, words: Vocabulary) -> object:
    from rehabplan.actuals.describe import account  # noqa: PLC0415 - start-up time: it is for `inspect` only

    return account(path, words)


READERS = {"report": load_report, "account": _account}
_GRACE = 2.0
"""Seconds after which the process ends itself, should nobody else have done so."""


def answer(kind: str, path: str, words: Vocabulary) -> object:
    """Return what a file holds, or the list of problems why it cannot be used."""
    try:
        return READERS[kind](Path(path), words)
    except RehabplanError as error:
        return error.problems
    except MemoryError:
        return too_much(path)
    except Exception as error:
        if os.environ.get("REHABPLAN_DEBUG"):
            raise
        last = error.__traceback__
        while last is not None and last.tb_next is not None:
            last = last.tb_next
        place = f"{Path(last.tb_frame.f_code.co_filename).name}:{last.tb_lineno}" if last else "?"
        return [problem(Code.READER_FAILED, Where(path), reason=f"{type(error).__name__}, {place}")]


def too_much(path: str) -> object:
    """Return the problem of a file that needs more memory than one may take."""
    return [problem(Code.TOO_MUCH, Where(path), limit=f"{MEMORY_LIMIT >> 20} MiB")]


def serve() -> None:
    """Answer requests until the other side closes the stream, or is gone."""
    requests, answers = sys.stdin.buffer, _own_stdout()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the parent ends what it started
    with suppress(ImportError, ValueError, OSError):  # no such limit on Windows
        import resource  # noqa: PLC0415 - not on every system

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    spoken: str
    words: Vocabulary
    limit: float
    try:
        spoken, words, limit = pickle.load(requests)  # noqa: S301 - from our own parent process
    except (EOFError, OSError):  # started ahead, and then there was nothing to read
        return
    asked: Queue[tuple[str, str]] = Queue()
    Thread(target=_listen, args=(requests, asked), daemon=True).start()
    nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - as long as the process
    with use(spoken):
        while True:
            kind, path = asked.get()
            # A timer in C: it ends the process even where a parser never comes back.
            faulthandler.dump_traceback_later(limit + _GRACE, exit=True, file=nowhere)
            answers.write(_packed(kind, path, words))
            answers.flush()
            faulthandler.cancel_dump_traceback_later()
            if _is_swollen():
                return


def _packed(kind: str, path: str, words: Vocabulary) -> bytes:
    try:
        return pickle.dumps(answer(kind, path, words), protocol=pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return pickle.dumps(too_much(path))


def _is_swollen() -> bool:
    """Tell whether the process has become so large that the next file deserves a new one."""
    with suppress(ImportError):
        import resource  # noqa: PLC0415 - as above

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak * (1 if sys.platform == "darwin" else 1024) > MEMORY_LIMIT // 2
    return False


def _listen(requests: BinaryIO, asked: "Queue[tuple[str, str]]") -> None:
    """Take requests as they come; end this process when the other side is gone, whatever it is doing."""
    with suppress(EOFError, OSError, pickle.UnpicklingError):
        while True:
            asked.put(pickle.load(requests))  # noqa: S301 - from our own parent process
    os._exit(1)


def _own_stdout() -> BinaryIO:
    """Keep the stream of answers to ourselves, whatever a library prints."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return answers
