"""What is printed, and where: results to standard output, talk to standard error."""

from __future__ import annotations

import json
import os
import sys

import click

from assembler.cli.text.columns import STEERING, harmless


def put(text: str, *, styled: bool = False) -> None:
    """Print text, and a newline, to standard output; whatever would steer the terminal is shown as a picture of itself.

    What is `styled` has the sequences of `click.style`, and nothing else of that kind.
    """
    click.echo(text if styled else harmless(text))


def put_bytes(data: bytes) -> None:
    """Write exactly these bytes to standard output."""
    click.echo(data, nl=False)


def put_json(value: object) -> None:
    """Print a value as JSON, in UTF-8, to standard output.

    A character that would steer the terminal, or that UTF-8 cannot hold, is written as JSON's escape for it.
    """
    written = json.dumps(value, ensure_ascii=False, indent=2)
    put_bytes((STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", written) + "\n").encode())


def tell(text: str, *, styled: bool = False) -> None:
    """Print text, and a newline, to standard error, as `put` does."""
    click.echo(text if styled else harmless(text), err=True)


def colourful(*, err: bool = False) -> bool:
    """Return whether to colour standard output (or standard error): only at a terminal, and not under NO_COLOR."""
    stream = sys.stderr if err else sys.stdout
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
