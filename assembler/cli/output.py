"""What is printed, and where: results to standard output, talk to standard error."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import click

__all__ = ["colourful", "put", "put_bytes", "put_json", "shown", "tell"]


def put(text: str) -> None:
    """Print text, and a newline, to standard output."""
    click.echo(text)


def put_bytes(data: bytes) -> None:
    """Write exactly these bytes to standard output."""
    click.echo(data, nl=False)


def put_json(value: object) -> None:
    """Print a value as JSON, in UTF-8, to standard output.

    A character that UTF-8 cannot hold, such as half of a surrogate pair, is written as JSON's escape for it.
    """
    put_bytes((json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace"))


def tell(text: str) -> None:
    """Print text, and a newline, to standard error."""
    click.echo(text, err=True)


def shown(path: Path) -> str:
    """A path as it is printed: from the working directory, where it lies below that."""
    absolute = path.absolute()
    return str(absolute.relative_to(Path.cwd()) if absolute.is_relative_to(Path.cwd()) else absolute)


def colourful(*, err: bool = False) -> bool:
    """Whether to colour standard output (or standard error): only at a terminal, and not under NO_COLOR."""
    stream = sys.stderr if err else sys.stdout
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
