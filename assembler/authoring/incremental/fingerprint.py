"""Tell whether something is what it was before: inputs by what they hold, files by what their folder says of them, and
the program itself."""

from __future__ import annotations

import os
import platform
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

import assembler

_LIBRARIES: Final = (
    *("jinja2", "markupsafe", "markdown-it-py", "nh3", "css-inline", "selectolax", "pillow"),
    *("pydantic", "PyYAML", "msgspec", "regex", "rapidfuzz", "ftfy", "tzdata", "babel"),
)


def fingerprint(*inputs: object) -> str:
    """Return 64 hexadecimal digits that are the same in every process for equal inputs, and differ for others.

    Inputs are what JSON holds, bytes, tuples, dataclasses and structs of these; of a mapping the order counts. Raises
    `TypeError` for anything else.
    """
    try:
        encoded = msgspec.json.encode(inputs)
    except UnicodeEncodeError:  # the path of a file whose name is no UTF-8; `repr` writes its surrogates as escapes
        encoded = repr(inputs).encode()
    return sha256(encoded).hexdigest()


@cache
def program_fingerprint() -> str:
    """Return the fingerprint of this program: all of its code, its libraries and Python, which decide what it makes."""
    root = Path(assembler.__file__).parent
    code = {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*.py"))}
    return fingerprint(platform.python_version(), [f"{name} {version(name)}" for name in _LIBRARIES], code)


class FileFingerprint(NamedTuple):
    """What tells a file from what it was before without reading it: when it changed, in nanoseconds since 1970, its
    size in bytes and its number in the file system.

    Unpacking and copying may set the moment at which a file was written back; its change is noted all the same.
    """

    changed: int
    size: int
    number: int

    @classmethod
    def of(cls, about: os.stat_result) -> FileFingerprint:
        """Return the fingerprint of a file of which this is known."""
        return cls(max(about.st_mtime_ns, about.st_ctime_ns), about.st_size, about.st_ino)
