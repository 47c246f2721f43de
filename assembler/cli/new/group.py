"""`assembler new`: what it can add to a project."""

from __future__ import annotations

import click

from assembler.cli.new.campaign import campaign
from assembler.cli.new.component import component
from assembler.cli.new.kinds import channel, type_
from assembler.cli.new.settings_entries import segment, signal, stage
from assembler.cli.new.template import template


class _InOrder(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the kinds, in the order of a first day."""
        return list(self.commands)


@click.group(cls=_InOrder)
def new() -> None:
    """Add a component, campaign, segment or another to a project.

    Writes the smallest good file, refuses a name that is taken, and prints the
    paths.

    For whoever keeps a project.
    """


for command in (component, campaign, segment, stage, signal, type_, channel, template):
    new.add_command(command)
