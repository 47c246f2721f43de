"""How a command ends: whatever happened becomes words on standard error and an exit code."""

from __future__ import annotations

import os
import traceback

import click

from assembler.cli import INTERRUPTED
from assembler.cli.output import colourful, put_json, tell
from assembler.cli.text.columns import wrapped
from assembler.cli.text.findings import render, report_json
from assembler.errors import AssemblerError, ProjectError

FINDINGS = 1
USAGE = 2
FAULT = 3

_REPORT = (
    "Please report it to the people who gave you Assembler, with the command and its project if you can. "
    "ASSEMBLER_TRACEBACK=1 shows where it happened."
)


class Unusable(click.ClickException):
    """A command that cannot be carried out as it was given: usage, or a project or file that cannot be read."""

    exit_code = USAGE


class UnreadableProject(ProjectError):
    """A project of which nothing can be read."""


def code_of(error: BaseException, *, as_json: bool = False) -> int:
    """Say what went wrong, as far as there is something to say, and return the exit code.

    It is said on standard error, and with `as_json` on standard output, too: the report as `check` prints it, or why
    the command is not carried out as `{"error": ...}`.
    """
    if isinstance(error, SystemExit):
        return int(error.code or 0)
    if isinstance(error, click.Abort | KeyboardInterrupt):
        return INTERRUPTED
    if isinstance(error, ProjectError):
        if as_json:
            put_json(report_json(error.diagnostics))
        tell_errors(error)
        return USAGE if isinstance(error, UnreadableProject) else FINDINGS
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return USAGE
    refusal = _refusal(error)
    if as_json:
        put_json({"error": refusal or _fault_text(error)})
    if refusal is None:
        return _fault(error)
    if isinstance(error, click.UsageError) and error.ctx is not None:
        tell(error.ctx.get_usage())
        tell(f"Try `{error.ctx.command_path} --help`.\n")
    first, *others = refusal.split("\n")
    tell("\n".join([wrapped(first, first="Error: ", rest="       "), *others]))
    return USAGE


def tell_errors(error: ProjectError) -> None:
    """Print the errors of a project that cannot be read or compiled."""
    errors = [diagnostic for diagnostic in error.diagnostics if diagnostic.severity == "error"]
    tell(render(errors, colour=colourful(err=True)), styled=True)


def _refusal(error: BaseException) -> str | None:
    """Return why a command is not carried out, in one line or several; None for a fault of ours."""
    if isinstance(error, click.ClickException):
        return error.format_message()
    if isinstance(error, AssemblerError):
        return str(error)
    if isinstance(error, FileExistsError) and not error.strerror:  # ours: it is no folder that may be replaced
        return f"{error}; name another folder with --output"
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return None


def _fault_text(error: BaseException) -> str:
    words = f"{type(error).__name__}: {error}"[:200]
    return f"this is a fault of Assembler itself, not of your project ({words})"


def _fault(error: BaseException) -> int:
    tell(wrapped(f"Error: {_fault_text(error)}."))
    tell(wrapped(_REPORT))
    if os.environ.get("ASSEMBLER_TRACEBACK") == "1":
        tell("".join(traceback.format_exception(error)))
    return FAULT
