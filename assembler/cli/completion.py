"""`assembler completion`."""

from __future__ import annotations

import click

from assembler.cli.completing import VARIABLE
from assembler.cli.output import put_bytes
from assembler.cli.parameters import AnyOf

_SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("name", metavar="SHELL", type=AnyOf(*_SHELLS))
@click.pass_context
def completion(ctx: click.Context, name: str) -> None:
    """Print the script that completes words in a shell.

    SHELL is bash, zsh or fish. Then TAB completes commands, options, and the
    names of the project that you are in. Each line below is for one shell, and
    goes into the file that it names:

    \b
      ~/.bashrc   eval "$(assembler completion bash)"
      ~/.zshrc    eval "$(assembler completion zsh)"     (behind compinit)
      ~/.config/fish/config.fish
                  assembler completion fish | source

    For everybody who types commands.
    """
    from assembler.cli.shells import shell

    completing = shell(name, ctx.find_root().command, VARIABLE)
    if completing is not None:
        put_bytes((completing.source_template % completing.source_vars()).encode())
