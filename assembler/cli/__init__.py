"""The command line: one file a command, which parses, calls, prints and gives an exit code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Never

from assembler.cli.commands import assembler

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> Never:
    """Run the command line with arguments (those of the process, if omitted), and end the process with its exit code."""
    assembler.main(arguments, prog_name="assembler")
    raise SystemExit(0)
