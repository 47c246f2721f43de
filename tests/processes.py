"""Other processes that a test talks to while they run: none outlives it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

IN_BACKGROUND = ("sh", "-c", 'trap "" INT; exec "$@"', "sh")
"""What stands before a command to start it as a shell starts one in the background: an interrupt is ignored."""


@contextmanager
def started(command: Sequence[str], **options: Any) -> Iterator[subprocess.Popen[str]]:
    """A process that reads and writes text; it is killed in the end, whatever has happened."""
    with subprocess.Popen(command, text=True, **options) as process:
        try:
            yield process
        finally:
            process.kill()
