"""The sample's library with something changed at a path, as a file would have it."""

from __future__ import annotations

from typing import Any

import msgspec

from assembler.library.records import Content
from tests.runtime.sample import archive

Path = tuple[str | int, ...]
"""Keys and numbers; in lists of records a text is what an entry is called."""

DELETED = object()
"""As a value: the key is taken away."""

CONTENT, TEXTS = archive()


def altered(*changes: tuple[Path, Any]) -> Content:
    """The sample's content with other values at some paths; a function is given the value that stands there."""
    plain = _plain()
    for path, value in changes:
        *above, last = path
        here = _below(plain, tuple(above))
        if value is DELETED:
            del here[last]
        else:
            last = _number(here, last)
            here[last] = value(here[last]) if callable(value) else value
    return msgspec.convert(plain, Content)


def entry(path: Path) -> Any:
    """What stands at a path of the sample."""
    return _below(_plain(), path)


def _plain() -> Any:
    return msgspec.json.decode(msgspec.json.encode(CONTENT))


def _below(here: Any, path: Path) -> Any:
    for key in path:
        here = here[_number(here, key)]
    return here


def _number(here: Any, key: str | int) -> str | int:
    if isinstance(here, dict) or isinstance(key, int):
        return key
    return next(
        number
        for number, record in enumerate(here)
        if key in (record.get("address"), record.get("name"), record.get("id"))
    )
