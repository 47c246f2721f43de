"""What a shell asks the program while somebody types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import click

VARIABLE: Final = "_ASSEMBLER_COMPLETE"
"""The variable of the environment in which a shell asks."""


def answer(command: click.Command, asked: str) -> None:
    """Print what the word that a shell is at could become; `asked` is `bash_complete`, or that of another shell."""
    from assembler.cli.output import put
    from assembler.cli.shells import shell

    completing = shell(asked.removesuffix("_complete"), command, VARIABLE)
    if completing is not None:
        put(completing.complete())
