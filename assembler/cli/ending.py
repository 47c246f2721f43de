"""The end of a command, whatever ended it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from itertools import zip_longest
from types import TracebackType

NOBODY_READS = 141
"""What a shell says of a process that SIGPIPE ended."""

_FORMAT = "--format"


def asks_for_json(arguments: Sequence[str]) -> bool:
    """Return whether a command line asks for JSON, be it one that can be carried out or not."""
    asked = ""
    for option, following in zip_longest(arguments, arguments[1:], fillvalue=""):
        if option == "--":
            break
        if option == _FORMAT:
            asked = following
        elif option.startswith(f"{_FORMAT}="):
            asked = option.removeprefix(f"{_FORMAT}=")
    return asked == "json"


def hang_up() -> None:
    """Let go of a standard output that nobody reads, so that nothing is said of what is left to write."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class Ending:
    """A context manager that ends a command: no exception leaves it, and `code` is the exit code.

    Where the command was asked for JSON, `as_json`, what went wrong is printed as JSON, too.
    """

    def __init__(self, *, as_json: bool = False) -> None:
        self.code = 0
        self._as_json = as_json

    def __enter__(self) -> Ending:
        return self

    def __exit__(self, _: type[BaseException] | None, error: BaseException | None, __: TracebackType | None) -> bool:
        if error is not None:
            from assembler.cli.exit_codes import code_of

            try:
                self.code = code_of(error, as_json=self._as_json)
            except BrokenPipeError:
                hang_up()
                self.code = NOBODY_READS
        return True
