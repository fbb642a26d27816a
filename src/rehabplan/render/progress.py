"""A progress bar for work in many steps, seen on a terminal only."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn


@contextmanager
def progress(stream: TextIO, total: int, label: str) -> Iterator[Callable[[], None]]:
    """Show a bar while the block runs, and take it away after; what is given is called after each step."""
    if not stream.isatty():
        yield lambda: None
        return
    text = TextColumn("{task.description}", markup=False)
    console = Console(file=stream, emoji=False, highlight=False)
    with Progress(text, BarColumn(), MofNCompleteColumn(), console=console, transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda: bar.advance(task)
