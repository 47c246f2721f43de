"""The command line: one file a command, which parses, calls, prints and gives an exit code."""

from __future__ import annotations

import gc
import sys

INTERRUPTED = 130
_SEARCHES = (50_000, 20, 20)
"""How much is made between two searches for garbage. Nearly all that a command makes stays until it ends, and to search
it as often as Python does would take a tenth of its time."""


def main(arguments: list[str] | None = None) -> None:
    """Run the command line with arguments (the process's own, if omitted), and end the process with its exit code.

    Ctrl-C ends it with 130, also while modules are loaded: so this module loads none but what Python has built in.
    """
    try:
        from assembler.cli.commands import assembler

        gc.set_threshold(*_SEARCHES)
        assembler.main(arguments)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
