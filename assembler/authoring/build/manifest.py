"""manifest.json, written entry by entry, so that no more than one has to be in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import msgspec

from assembler.authoring.incremental.fingerprint import fingerprint

MANIFEST = "manifest.json"


class ManifestWriter:
    """A context manager that writes a manifest: what `about` says, then `variants`, one at a time."""

    def __init__(self, path: Path, about: Mapping[str, object]) -> None:
        self._path = path
        self._head = _indented(about, "").removesuffix(b"\n}") + b',\n "variants": ['
        self._empty = True

    def __enter__(self) -> ManifestWriter:
        self._file: BinaryIO = self._path.open("wb")
        self._file.write(self._head)
        return self

    def add(self, entry: Mapping[str, object]) -> None:
        """Write the entry of a variant."""
        self._file.write((b"\n  " if self._empty else b",\n  ") + _indented(entry, "  "))
        self._empty = False

    def __exit__(self, _: type[BaseException] | None, error: BaseException | None, __: TracebackType | None) -> None:
        with self._file:
            self._file.write(b"]\n}\n" if self._empty else b"\n ]\n}\n")


def _indented(value: Mapping[str, object], indentation: str) -> bytes:
    """A value as it stands in a manifest, its lines but the first indented by so much more."""
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
    """Return the head of a manifest; None where a file is not that of a build, or not there. Raises `OSError`."""
    if not path.is_file():
        return None
    try:
        head = msgspec.json.decode(path.read_bytes(), type=_Head)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    return BuildHead(head.library.path, head.select is not None or head.sample is not None)


class _Part(msgspec.Struct):
    sha256: str


class _Variant(msgspec.Struct):
    key: str
    parts: dict[str, _Part]


class _Variants(msgspec.Struct):
    variants: tuple[_Variant, ...]


def variant_fingerprints(path: Path) -> dict[str, str]:
    """Return the fingerprint of the parts of each variant in a manifest, by its key."""
    variants = msgspec.json.decode(path.read_bytes(), type=_Variants).variants
    return {
        variant.key: fingerprint(sorted((name, part.sha256) for name, part in variant.parts.items()))
        for variant in variants
    }
