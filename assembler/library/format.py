"""The library file: a header line, an index in JSON, and the texts end to end. Only this module touches files.

    ASSEMBLER-LIBRARY <version> <SHA-256 of all that follows the line> <bytes of index> <bytes of texts>\\n
    {"content": {...}, "texts": [<bytes of each text>, ...]}
    <text 0><text 1>...

Reading computes the header again from what was read and wants it equal, byte for byte: no altered bit goes unseen.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
from collections.abc import Sequence
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from typing import Final

import msgspec

from assembler.errors import LibraryError
from assembler.library.records import Content
from assembler.library.validate.content import validate
from assembler.library.validate.invalid_library import InvalidLibrary

Location = str | os.PathLike[str]
"""Where a library file is."""

VERSION = 1
"""The format that this module writes, and the newest that it reads."""

_MAGIC = b"ASSEMBLER-LIBRARY "
_HEADER = re.compile(rb"ASSEMBLER-LIBRARY (\d{1,9}) ([0-9a-f]{64}) (\d{1,18}) (\d{1,18})\n")
_LONGEST_HEADER = 160

_BUILD = "`assembler build` writes one"
_BUILD_AGAIN = "build it again with `assembler build`"
_COPY_AGAIN = "copy it again, or build it again with `assembler build`"


class _Index(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    content: Content
    texts: tuple[int, ...]


class Archive(msgspec.Struct, frozen=True, kw_only=True):
    """What a library file holds: its content, its texts in UTF-8, and the digest of both."""

    content: Content
    texts: tuple[bytes, ...]
    digest: str


_decoder = msgspec.json.Decoder(_Index)


def encode(content: Content, texts: Sequence[bytes]) -> bytes:
    """The bytes of a library file. The same content and texts, in the same order, give the same bytes."""
    index = msgspec.json.encode(_Index(content=content, texts=tuple(map(len, texts))))
    body = b"".join((index, *texts))
    return _header(body, len(index)) + body


def decode(data: bytes, path: str = "library") -> Archive:
    """The archive in `data`.

    Raises `LibraryError`, which names `path`, unless every byte is as it was written, and what was written is in order.
    """
    start = data[:_LONGEST_HEADER]
    header = _HEADER.match(start)
    if header is None:
        raise LibraryError(path, _what_else(start))
    version, checksum, index_bytes, text_bytes = header.groups()
    if int(version) > VERSION:
        problem = f"was written by a newer Assembler (format {int(version)}; this one reads up to {VERSION})"
        raise LibraryError(path, f"{problem}: update this one, or {_BUILD_AGAIN}")
    body = memoryview(data)[header.end() :]
    expected = int(index_bytes) + int(text_bytes)
    if len(body) < expected:
        raise LibraryError(path, f"is truncated: {expected - len(body)} bytes are missing; {_COPY_AGAIN}")
    if _header(body, int(index_bytes)) != header.group():
        raise LibraryError(path, f"was altered after it was written: its digest does not match; {_COPY_AGAIN}")
    index = _index(body[: int(index_bytes)], path)
    texts = _texts(body[int(index_bytes) :], index.texts, path)
    try:
        validate(index.content, texts)
    except InvalidLibrary as error:
        raise LibraryError(path, f"holds wrong content: {error}; {_BUILD_AGAIN}") from None
    return Archive(content=index.content, texts=texts, digest=f"sha256:{checksum.decode()}")


def digest(data: bytes) -> str:
    """The digest of a library file's bytes, as `Archive.digest` has it."""
    body = memoryview(data)[data.index(b"\n") + 1 :]
    return f"sha256:{sha256(body).hexdigest()}"


def read(path: Location) -> Archive:
    """The archive in the file at `path`.

    Raises `LibraryError` where it is missing or no regular file, truncated, altered, too new, or of wrong content.
    """
    try:
        with open(path, "rb", opener=_without_waiting) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise ValueError("it is no regular file")
            data = file.read()
    except (OSError, ValueError) as error:
        raise LibraryError(str(path), f"cannot be read: {_cause(error)}; {_BUILD}") from error
    return decode(data, str(path))


DRAFT: Final = "[0-9a-f]{12}"
"""What ends the name of a file that is being written, as a pattern: between the two points stands the whole name."""


def write(path: Location, data: bytes) -> None:
    """Put `data` at `path` in one step: whatever happens, the old file is there or the new one, never a mixture."""
    try:
        replace_file(Path(path), data)
    except (OSError, ValueError) as error:
        raise LibraryError(str(path), f"cannot be written: {_cause(error)}") from error


def replace_file(file: Path, data: bytes) -> None:
    """Put `data` into a file in one step, as `write` does. Raises `OSError`, or `ValueError` of a path that is none.

    What a process leaves that is killed meanwhile has a name by `DRAFT`.
    """
    draft = file.with_name(f".{file.name}.{os.urandom(6).hex()}")
    try:
        _write_and_sync(draft, data)
        draft.replace(file)
        sync_folder(file.parent)
    finally:
        with contextlib.suppress(OSError, ValueError):
            draft.unlink(missing_ok=True)


def _without_waiting(path: str, flags: int) -> int:
    """Open a file; of a pipe that nobody writes to, too, the system answers at once."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _write_and_sync(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make new names in a folder last through a power cut, where the system can."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _cause(error: Exception) -> str:
    return (isinstance(error, OSError) and error.strerror) or str(error)


def _header(body: bytes | memoryview, index_bytes: int) -> bytes:
    checksum = sha256(body).hexdigest()
    return b"%s%d %s %d %d\n" % (_MAGIC, VERSION, checksum.encode(), index_bytes, len(body) - index_bytes)


def _what_else(start: bytes) -> str:
    if not start:
        return f"is empty; {_COPY_AGAIN}"
    if start.startswith(_MAGIC) or _MAGIC.startswith(start):
        return f"is truncated or altered: its first line is not whole; {_COPY_AGAIN}"
    return f"is not an Assembler library; {_BUILD}"


def _index(data: memoryview, path: str) -> _Index:
    try:
        return _decoder.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise LibraryError(path, f"holds an index that cannot be read: {error}; {_BUILD_AGAIN}") from error


def _texts(data: memoryview, lengths: tuple[int, ...], path: str) -> tuple[bytes, ...]:
    if sum(lengths) != len(data) or min(lengths, default=0) < 0:
        raise LibraryError(path, f"holds texts of other lengths than its index says; {_BUILD_AGAIN}")
    return tuple(bytes(data[end - length : end]) for length, end in zip(lengths, accumulate(lengths), strict=True))
