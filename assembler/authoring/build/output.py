"""The build folder: library, manifest, every variant's parts, images; whole, or not there at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assembler.authoring.build.replacing import replacing
from assembler.authoring.build.variants import PossibleVariant, enumerate_variants
from assembler.runtime.library import Library

__all__ = ["Built", "Progress", "part_file", "write_build"]

Progress = Callable[[int, int], None]
"""Called with how many variants are written, and how many there are."""

MANIFEST = "manifest.json"
SCHEMA = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build wrote: how many variants, images and bytes, and where the library and the manifest are."""

    variants: int
    images: int
    bytes: int
    library: Path
    manifest: Path


def write_build(
    library: Library, images: Mapping[str, bytes], output: Path, at: datetime, progress: Progress | None = None
) -> Built:
    """Write a build folder in one step: until it is complete, what stood at `output` stays.

    Raises `FileExistsError` where `output` is something else than a build, and `OSError` where it cannot be written.
    """
    output = output.absolute()
    name = library.content.name
    with replacing(output, "a build", lambda folder: (folder / MANIFEST).is_file()) as folder:
        library.save(str(folder / f"{name}.library"))
        variants = sorted(enumerate_variants(library, at), key=lambda each: each.key)
        entries = []
        for count, variant in enumerate(variants, start=1):
            entries.append(_written(library, variant, folder))
            if progress is not None:
                progress(count, len(variants))
        for image, data in images.items():
            _write(folder / "assets" / image, data)
        data = (folder / f"{name}.library").read_bytes()
        about = {"path": f"{name}.library", "bytes": len(data), "sha256": _sha256(data), "digest": library.digest}
        manifest = {
            "schema": SCHEMA,
            "name": name,
            "as_of": at.astimezone(UTC).isoformat(),
            "library": about,
            "variants": entries,
        }
        _write(folder / MANIFEST, (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode())
        total = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return Built(
        variants=len(entries),
        images=len(images),
        bytes=total,
        library=output / f"{name}.library",
        manifest=output / MANIFEST,
    )


def part_file(part: str) -> str:
    """The file name of a part."""
    return f"{part}.{'html' if part == 'html' else 'txt'}"


def _written(library: Library, variant: PossibleVariant, folder: Path) -> dict[str, object]:
    """Write the parts of a variant; returns its entry in the manifest."""
    parts: dict[str, object] = {}
    for part, data in library.join(variant.plan, variant.choices).items():
        path = f"variants/{variant.key}/{part_file(part)}"
        _write(folder / path, data)
        parts[part] = {"path": path, "bytes": len(data), "sha256": _sha256(data)}
    return {
        "key": variant.key,
        "campaign": variant.plan.campaign,
        "channel": variant.plan.channel,
        "locale": variant.plan.locale,
        "reason": variant.reason,
        "slots": {choice.slot: choice.component for choice in variant.choices},
        "cells": [{"segment": segment, "stage": stage} for segment, stage in variant.cells],
        "parts": parts,
    }


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
