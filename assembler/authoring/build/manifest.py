"""manifest.json, written plan by plan, so that the entries of no more than one have to be in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import msgspec

__all__ = ["MANIFEST", "SEPARATOR", "BuildHead", "ManifestWriter", "digests", "encoded", "part_digests", "read_head"]

MANIFEST = "manifest.json"
SEPARATOR = b",\n  "


class ManifestWriter:
    """A context manager that writes a manifest: what `about` says, then `variants`, of which `add` writes some."""

    def __init__(self, path: Path, about: Mapping[str, object]) -> None:
        self._path = path
        self._head = encoded(about, "").removesuffix(b"\n}") + b',\n "variants": ['
        self._empty = True

    def __enter__(self) -> ManifestWriter:
        self._file: BinaryIO = self._path.open("wb")
        self._file.write(self._head)
        return self

    def add(self, entries: bytes) -> tuple[int, int]:
        """Write encoded entries, with a separator between any two; returns where they begin and end, in bytes."""
        if entries:
            self._file.write(b"\n  " if self._empty else SEPARATOR)
            self._empty = False
        start = self._file.tell()
        self._file.write(entries)
        return start, start + len(entries)

    def __exit__(self, _: type[BaseException] | None, error: BaseException | None, __: TracebackType | None) -> None:
        with self._file:
            self._file.write(b"]\n}\n" if self._empty else b"\n ]\n}\n")


def encoded(value: Mapping[str, object], indentation: str = "  ") -> bytes:
    """A part of a manifest as it stands there, indented by so much."""
    written = msgspec.json.format(msgspec.json.encode(value), indent=1)
    return written.replace(b"\n", b"\n" + indentation.encode())


class _LibraryFile(msgspec.Struct):
    path: str


class _Head(msgspec.Struct):
    """What only the manifest of a build has."""

    schema: int
    name: str
    as_of: str
    library: _LibraryFile
    variants: msgspec.Raw
    select: dict[str, object] | None = None
    sample: dict[str, object] | None = None


@dataclass(frozen=True, slots=True)
class BuildHead:
    """What a manifest says of its build: the name of the library's file, and whether it is only a part."""

    library: str
    partial: bool


def read_head(path: Path) -> BuildHead | None:
    """The head of a manifest; None where a file is not that of a build, or not there. Raises `OSError`."""
    if not path.is_file():
        return None
    try:
        found = msgspec.json.decode(path.read_bytes(), type=_Head)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    return BuildHead(found.library.path, found.select is not None or found.sample is not None)


class _Part(msgspec.Struct):
    sha256: str


class _Variant(msgspec.Struct):
    key: str
    parts: dict[str, _Part]


class _Variants(msgspec.Struct):
    variants: tuple[_Variant, ...]


def part_digests(entries: bytes) -> dict[str, dict[str, str]]:
    """The digest of each part of the variants in some entries, as these stand in a manifest; by their keys."""
    return _by_key(msgspec.json.decode(b"[" + entries + b"]", type=tuple[_Variant, ...]))


def digests(path: Path) -> dict[str, bytes]:
    """A digest of the parts of each variant in a manifest, by its key."""
    parts = _by_key(msgspec.json.decode(path.read_bytes(), type=_Variants).variants)
    return {key: sha256(msgspec.json.encode(dict(sorted(each.items())))).digest() for key, each in parts.items()}


def _by_key(variants: Iterable[_Variant]) -> dict[str, dict[str, str]]:
    return {each.key: {name: part.sha256 for name, part in each.parts.items()} for each in variants}
