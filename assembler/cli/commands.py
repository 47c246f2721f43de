"""The command `assembler` and what it can do, in the order of a first day with it."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from typing import Any

import click

import assembler as package
from assembler.cli.assemble import assemble
from assembler.cli.build import build
from assembler.cli.check import check
from assembler.cli.coverage import coverage
from assembler.cli.demo import demo
from assembler.cli.due import due
from assembler.cli.exit_codes import NOBODY_READS, Ending
from assembler.cli.gallery import gallery
from assembler.cli.init import init
from assembler.cli.ls import ls
from assembler.cli.review import review
from assembler.cli.rule import rule
from assembler.cli.schema import schema
from assembler.cli.why import why


class Commands(click.Group):
    """A group that lists its commands in their order, and whose every ending has an exit code."""

    def main(  # type: ignore[override]  # click overloads it by standalone_mode, which is not asked here
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> None:
        """Run a command and end the process with its exit code."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        with Ending() as ending:
            ending.code = super().main(args, "assembler", **{**extra, "standalone_mode": False}) or 0
        sys.exit(ending.code)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; where nobody reads what it prints, end it quietly."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise click.exceptions.Exit(NOBODY_READS) from None

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands."""
        return list(self.commands)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package.__version__, prog_name="assembler", message="%(prog)s %(version)s")
def assembler() -> None:
    """Turn approved components into every e-mail and page variant.

    A project is a folder with an assembler.yaml; `assembler demo` makes one to
    look at.
    """


for command in (init, demo, check, build, assemble, why, coverage, due, ls, rule, schema, gallery, review):
    assembler.add_command(command)
