"""How a command ends: whatever happened becomes words on standard error and an exit code."""

from __future__ import annotations

import os
import traceback

import click

from assembler.cli.output import colourful, tell
from assembler.cli.text.columns import wrapped
from assembler.cli.text.findings import render
from assembler.errors import AssemblerError, ProjectError

FINDINGS = 1
USAGE = 2
FAULT = 3
_INTERRUPTED = 130
NOBODY_READS = 141
"""What a shell says of a process that SIGPIPE ended."""

_REPORT = (
    "Please report it to the people who gave you Assembler, with the command and its project if you can. "
    "ASSEMBLER_TRACEBACK=1 shows where it happened."
)


class Unusable(click.ClickException):
    """A command that cannot be carried out as it was given: usage, or a project or file that cannot be read."""

    exit_code = USAGE


def code_of(error: BaseException) -> int:
    """Say what went wrong, as far as there is something to say, and return the exit code."""
    if isinstance(error, SystemExit):
        return int(error.code or 0)
    if isinstance(error, click.Abort | KeyboardInterrupt):
        return _INTERRUPTED
    if isinstance(error, ProjectError):
        tell_errors(error)
        return FINDINGS
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
    elif isinstance(error, click.ClickException):
        if isinstance(error, click.UsageError) and error.ctx is not None:
            tell(error.ctx.get_usage())
            tell(f"Try `{error.ctx.command_path} --help`.\n")
        _refuse(error.format_message())
    elif isinstance(error, AssemblerError):
        _refuse(str(error))
    elif isinstance(error, FileExistsError) and not error.strerror:  # ours: it is no folder that may be replaced
        _refuse(f"{error}; name another folder with --output")
    elif isinstance(error, OSError) and error.strerror:
        _refuse(f"{error.filename}: {error.strerror}" if error.filename else error.strerror)
    else:
        return _fault(error)
    return USAGE


def tell_errors(error: ProjectError) -> None:
    """Print the errors of a project that cannot be read or compiled."""
    errors = [diagnostic for diagnostic in error.diagnostics if diagnostic.severity == "error"]
    tell(render(errors, colour=colourful(err=True)), styled=True)


def _refuse(message: str) -> None:
    """Say why a command is not carried out; a message of several lines keeps them."""
    first, *others = message.split("\n")
    tell("\n".join([wrapped(first, first="Error: ", rest="       "), *others]))


def _fault(error: BaseException) -> int:
    words = f"{type(error).__name__}: {error}"[:200]
    tell(wrapped(f"Error: this is a fault of Assembler itself, not of your project ({words})."))
    tell(wrapped(_REPORT))
    if os.environ.get("ASSEMBLER_TRACEBACK") == "1":
        tell("".join(traceback.format_exception(error)))
    return FAULT
