"""`assembler schema`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from assembler.cli.options import known
from assembler.cli.output import put_json
from assembler.cli.parameters import Listed

if TYPE_CHECKING:
    from collections.abc import Iterable


def _kinds() -> Iterable[str]:
    from assembler.cli.schemas import schemas

    return schemas()


@click.command()
@click.argument("kind", required=False, type=Listed(_kinds))
def schema(kind: str | None) -> None:
    """Print JSON Schema for the files of a project, or for one kind.

    KIND is settings (assembler.yaml), campaign, type (_type.yaml), component
    (its front matter), strings, context or manifest. If omitted, prints one
    JSON object that holds them all by kind.

    For editors and tools that read or write the files of a project.
    """
    from assembler.cli.schemas import schemas

    by_kind = schemas()
    put_json(by_kind[known("kind of file", kind, by_kind)] if kind else by_kind)
