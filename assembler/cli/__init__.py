"""The command line: one file a command, which parses, calls, prints and gives an exit code."""

from __future__ import annotations

from collections.abc import Sequence

from assembler.cli.commands import assembler


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line with arguments (the process's own, if omitted), and end the process with its exit code."""
    assembler.main(arguments)
