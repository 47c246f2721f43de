"""A progress bar on standard error, where somebody sits at a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from assembler.cli.output import colourful


@contextmanager
def progress(task_name: str) -> Iterator[Callable[[int, int], None] | None]:
    """Give what to call with how much is done, and how much there is; None where a bar cannot be drawn."""
    if not colourful(err=True):
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    # Refreshed as it is told to: a thread that did it would be there when processes are copied.
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        task = bar.add_task(task_name, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total, refresh=True)
