"""manifest.json, written entry by entry, so that no more than one of them has to be in memory."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import msgspec

__all__ = ["MANIFEST", "ManifestWriter", "digests", "is_partial"]

MANIFEST = "manifest.json"


class ManifestWriter:
    """A context manager that writes a manifest: what `about` says, then `variants`, of which `add` writes each."""

    def __init__(self, path: Path, about: Mapping[str, object]) -> None:
        self._path = path
        self._head = _written(about, "").removesuffix("\n}") + ',\n "variants": ['
        self._count = 0

    def __enter__(self) -> ManifestWriter:
        self._file: BinaryIO = self._path.open("wb")
        self._file.write(self._head.encode())
        return self

    def add(self, entry: Mapping[str, object]) -> None:
        """Write the entry of one variant."""
        self._file.write(f"{',' if self._count else ''}\n  {_written(entry, '  ')}".encode())
        self._count += 1

    def __exit__(self, _: type[BaseException] | None, error: BaseException | None, __: TracebackType | None) -> None:
        with self._file:
            self._file.write(b"\n ]\n}\n" if self._count else b"]\n}\n")


class _Selected(msgspec.Struct):
    select: dict[str, tuple[str, ...]] | None = None


def is_partial(path: Path) -> bool:
    """Whether a manifest is that of a part of a build. Raises `OSError`."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=_Selected).select is not None
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return False


class _Part(msgspec.Struct):
    sha256: str


class _Variant(msgspec.Struct):
    key: str
    parts: dict[str, _Part]


class _Variants(msgspec.Struct):
    variants: tuple[_Variant, ...]


def digests(path: Path) -> dict[str, bytes]:
    """A digest of the parts of each variant in a manifest, by its key."""
    variants = msgspec.json.decode(path.read_bytes(), type=_Variants).variants
    return {
        each.key: sha256(msgspec.json.encode({name: part.sha256 for name, part in sorted(each.parts.items())})).digest()
        for each in variants
    }


def _written(value: Mapping[str, object], indentation: str) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1).replace("\n", "\n" + indentation)
