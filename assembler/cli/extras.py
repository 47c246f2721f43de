"""What only some commands need, and is there where its extra was installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from assembler.cli.exit_codes import Unusable


@contextmanager
def needing(*packages: str, otherwise: str) -> Iterator[None]:
    """Where one of some packages is missing, raise `Unusable` with what is said otherwise: `{}` there is its name."""
    try:
        yield
    except ImportError as error:
        if error.name not in packages:
            raise
        raise Unusable(otherwise.format(error.name)) from None
