"""The end of a command, whatever ended it."""

from __future__ import annotations

import contextlib
from types import TracebackType


class Ending:
    """A context manager that ends a command: no exception leaves it, and `code` is the exit code."""

    def __init__(self) -> None:
        self.code = 0

    def __enter__(self) -> Ending:
        return self

    def __exit__(self, _: type[BaseException] | None, error: BaseException | None, __: TracebackType | None) -> bool:
        if error is not None:
            from assembler.cli.exit_codes import code_of

            with contextlib.suppress(BrokenPipeError):
                self.code = code_of(error)
        return True
