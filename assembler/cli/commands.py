"""The command `assembler` and what it can do, in the order of a first day with it."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterator, MutableMapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import click

import assembler as package
from assembler.cli.completing import VARIABLE, answer
from assembler.cli.ending import NOBODY_READS, Ending, asks_for_json, hang_up

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_SUMMARIES: Final = {
    "init": "Begin a project in a folder.",
    "demo": "Make a project from the starter, check it, build it, and show it.",
    "new": "Add a component, campaign, segment or another to a project.",
    "check": "Check a project by every rule.",
    "build": "Check a project, then write its library and every variant.",
    "export": "Write a campaign as templates for an e-mail provider.",
    "audience": "Decide for lists of people what each of them gets.",
    "assemble": "Print one variant of a campaign.",
    "send": "Send a variant to yourself, as a test mail.",
    "why": "Explain a decision: every signal, every candidate, every reason.",
    "coverage": "Show which segments and stages get copy of their own.",
    "due": "List what must be reviewed or decided, and what starts and ends.",
    "ls": "List what a project has.",
    "rule": "Explain a rule of `assembler check` or `export`, or list them all.",
    "schema": "Print JSON Schema for the files of a project, or for one kind.",
    "gallery": "Write a page to look at every variant, without a server.",
    "review": "Look at every variant that matters, and sign it off.",
    "serve": "Serve a library over HTTP, until a signal ends it.",
    "exposures": "Read what `serve --exposures` put on record of people.",
    "plan": "Say before launch what a campaign's people can show.",
    "measure": "Say whether a campaign, and each part of it, beats the default.",
    "completion": "Print the script that completes words in a shell.",
}
"""Each command, which is in a module of its name, and what its help says first."""


class CommandModules(MutableMapping[str, click.Command]):
    """The commands by name. The module of one is loaded when somebody asks for it, so that help starts fast."""

    def __init__(self) -> None:
        self._loaded: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        if name in _SUMMARIES and name not in self._loaded:
            self._loaded[name] = getattr(import_module(f"assembler.cli.{name}"), name)
        return self._loaded[name]

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._loaded[name] = command

    def __delitem__(self, name: str) -> None:
        del self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(_SUMMARIES | self._loaded)

    def __len__(self) -> int:
        return len(_SUMMARIES | self._loaded)


class Commands(click.Group):
    """A group that lists its commands in their order, and whose every ending has an exit code."""

    def main(  # type: ignore[override]  # click overloads it by standalone_mode, which is not asked here
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> None:
        """Run a command and end the process with its exit code."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")
        asked = os.environ.get(VARIABLE)
        quiet = contextlib.redirect_stderr(io.StringIO()) if asked else contextlib.nullcontext()
        with quiet, Ending(as_json=asks_for_json(sys.argv[1:] if args is None else args)) as ending:
            if asked:
                answer(self, asked)
            else:
                ending.code = super().main(args, "assembler", **{**extra, "standalone_mode": False}) or 0
        sys.exit(ending.code)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; where nobody reads what it prints, end it quietly."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            hang_up()
            raise click.exceptions.Exit(NOBODY_READS) from None

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands."""
        return list(self.commands)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the commands that begin so, without loading any, and the options."""
        from click.shell_completion import CompletionItem

        names = [CompletionItem(name, help=words) for name, words in _SUMMARIES.items() if name.startswith(incomplete)]
        return [*names, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each command does, without loading any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(_SUMMARIES.items()))


@click.group(cls=Commands, commands=CommandModules(), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package.__version__, prog_name="assembler", message="%(prog)s %(version)s")
def assembler() -> None:
    """Turn approved components into every e-mail and page variant.

    A project is a folder with an assembler.yaml; `assembler demo` makes one to
    look at.
    """
