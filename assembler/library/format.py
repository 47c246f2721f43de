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
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import chain
from pathlib import Path

import msgspec

from assembler.errors import LibraryError
from assembler.library.records import Channel, Content, Document, Fragment

__all__ = ["VERSION", "Archive", "Location", "decode", "digest", "encode", "read", "write"]

Location = str | os.PathLike[str]
"""Where a library file is."""

VERSION = 1
"""The format that this module writes, and the newest that it reads."""

_MAGIC = b"ASSEMBLER-LIBRARY "
_HEADER = re.compile(rb"ASSEMBLER-LIBRARY (\d{1,9}) ([0-9a-f]{64}) (\d{1,18}) (\d{1,18})\n")
_LONGEST_HEADER = 160


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
    """The archive in `data`. Raises `LibraryError`, which names `path`, unless every byte is as it was written."""
    return _archive(memoryview(data), path)


def digest(data: bytes) -> str:
    """The digest of a library file's bytes, as `Archive.digest` has it."""
    body = memoryview(data)[data.index(b"\n") + 1 :]
    return f"sha256:{sha256(body).hexdigest()}"


def read(path: Location) -> Archive:
    """The archive in the file at `path`. Raises `LibraryError` where it is missing, truncated, altered or too new."""
    try:
        data = Path(path).read_bytes()
    except (OSError, ValueError) as error:
        raise LibraryError(str(path), f"cannot be read: {_cause(error)}") from error
    return decode(data, str(path))


def write(path: Location, data: bytes) -> None:
    """Put `data` at `path` in one step: whatever happens, the old file is there or the new one, never a mixture."""
    file = Path(path)
    draft = file.with_name(f".{file.name}.{os.urandom(6).hex()}")
    try:
        _write_and_sync(draft, data)
        draft.replace(file)
        _sync_folder(file.parent)
    except (OSError, ValueError) as error:
        raise LibraryError(str(path), f"cannot be written: {_cause(error)}") from error
    finally:
        with contextlib.suppress(OSError, ValueError):
            draft.unlink(missing_ok=True)


def _write_and_sync(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where the system can."""
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


def _archive(data: memoryview, path: str) -> Archive:
    start = bytes(data[:_LONGEST_HEADER])
    header = _HEADER.match(start)
    if header is None:
        raise LibraryError(path, _what_else(start))
    version, checksum, index_bytes, text_bytes = header.groups()
    if int(version) > VERSION:
        problem = f"was written by a newer Assembler (format {int(version)}; this one reads up to {VERSION})"
        raise LibraryError(path, problem)
    body = data[header.end() :]
    expected = int(index_bytes) + int(text_bytes)
    if len(body) < expected:
        raise LibraryError(path, f"is truncated: {expected - len(body)} bytes are missing")
    if _header(body, int(index_bytes)) != header.group():
        raise LibraryError(path, "was altered after it was written: its digest does not match")
    index = _index(body[: int(index_bytes)], path)
    texts = _texts(body[int(index_bytes) :], index.texts, path)
    _require_numbers_in_range(index.content, len(texts), path)
    return Archive(content=index.content, texts=texts, digest=f"sha256:{checksum.decode()}")


def _what_else(start: bytes) -> str:
    if not start:
        return "is empty"
    if start.startswith(_MAGIC) or _MAGIC.startswith(start):
        return "is truncated or altered: its first line is not whole"
    return "is not an Assembler library"


def _index(data: memoryview, path: str) -> _Index:
    try:
        return _decoder.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise LibraryError(path, f"holds an index that cannot be read: {error}") from error


def _texts(data: memoryview, lengths: tuple[int, ...], path: str) -> tuple[bytes, ...]:
    if sum(lengths) != len(data) or min(lengths, default=0) < 0:
        raise LibraryError(path, "holds texts of other lengths than its index says")
    return tuple(_cut(data, lengths))


def _cut(data: memoryview, lengths: Iterable[int]) -> Iterator[bytes]:
    start = 0
    for length in lengths:
        yield bytes(data[start : start + length])
        start += length


def _require_numbers_in_range(content: Content, texts: int, path: str) -> None:
    """Refuse an index that points beyond its texts or holes."""
    channels = [channel for campaign in content.campaigns.values() for channel in campaign.channels.values()]
    stored = [
        number for channel in channels for default in channel.defaults.values() for number in default.parts.values()
    ]
    fallbacks = [hole.fallback for hole in content.holes]
    fragments = chain.from_iterable(chain.from_iterable(map(_fragments, channels)))
    pieces = list(chain(fragments, (0,) if texts else ()))
    only_texts = [*stored, *fallbacks]
    highest = max(chain(pieces, only_texts), default=-1)
    lowest = min(pieces, default=0)
    if highest >= texts or lowest < -len(content.holes) or min(only_texts, default=0) < 0:
        raise LibraryError(path, "holds an index that names texts or holes which are not there")


def _fragments(channel: Channel) -> Iterator[Fragment]:
    for documents in channel.documents.values():
        for document in documents.values():
            yield from _fragments_of(document)


def _fragments_of(document: Document) -> Iterator[Fragment]:
    yield from document.segments
    for call in document.calls:
        yield from call.fragments.values()
