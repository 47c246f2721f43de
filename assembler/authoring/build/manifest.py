"""manifest.json, written entry by entry, so that no more than one has to be in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec

from assembler.authoring.incremental.fingerprint import fingerprint

MANIFEST = "manifest.json"


@contextmanager
def manifest_writer(path: Path, about: Mapping[str, object]) -> Iterator[Callable[[Mapping[str, object]], None]]:
    """Write a manifest: what `about` says, then `variants`. Gives what writes the entry of one of them."""
    count = 0
    with path.open("wb") as file:
        file.write(_indented(about, "").removesuffix(b"\n}") + b',\n "variants": [')

        def add(entry: Mapping[str, object]) -> None:
            nonlocal count
            file.write((b",\n  " if count else b"\n  ") + _indented(entry, "  "))
            count += 1

        yield add
        file.write(b"\n ]\n}\n" if count else b"]\n}\n")


def _indented(value: Mapping[str, object], indentation: str) -> bytes:
    """A value as it stands in a manifest, its lines but the first indented by so much more."""
    written = msgspec.json.format(msgspec.json.encode(value), indent=1)
    return written.replace(b"\n", b"\n" + indentation.encode())


class _LibraryFile(msgspec.Struct):
    path: str


class BuildHead(msgspec.Struct, frozen=True):
    """What only the manifest of a build has."""

    schema: int
    name: str
    as_of: str
    library: _LibraryFile
    variants: msgspec.Raw
    select: dict[str, object] | None = None
    sample: dict[str, object] | None = None

    @property
    def is_partial(self) -> bool:
        """Whether the build is only a part."""
        return self.select is not None or self.sample is not None


def read_head(path: Path) -> BuildHead | None:
    """Return the head of a manifest; None where a file is not that of a build, or not there. Raises `OSError`."""
    if not path.is_file():
        return None
    try:
        return msgspec.json.decode(path.read_bytes(), type=BuildHead)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


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
