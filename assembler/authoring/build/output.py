"""The build folder: library, manifest, every variant's parts, images; whole, or not there at all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assembler.authoring.build.manifest import MANIFEST, ManifestWriter, is_partial
from assembler.authoring.build.replacing import replacing
from assembler.authoring.build.selection import EVERYTHING, Selection
from assembler.authoring.build.variants import PossibleVariant, selected_plans, variants_of
from assembler.runtime.library import Library

__all__ = ["Built", "Progress", "part_file", "write_build"]

Progress = Callable[[int, int], None]
"""Called with how many cells are done, and how many there are."""

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
    library: Library,
    images: Mapping[str, bytes],
    output: Path,
    at: datetime,
    progress: Progress | None = None,
    selection: Selection = EVERYTHING,
) -> Built:
    """Write a build folder in one step: until it is complete, what stood at `output` stays.

    Of the variants, those of one campaign, channel and locale are in memory at a time. Raises `FileExistsError` where
    `output` is something else than a build, or a whole one while only a part is selected; `SelectionError` where that
    names what is not there; and `OSError` where it cannot be written.
    """
    selection.check(library.content)
    output = output.absolute()
    name = library.content.name
    with replacing(output, *_replaceable(selection)) as folder:
        library.save(str(folder / f"{name}.library"))
        data = (folder / f"{name}.library").read_bytes()
        total = len(data) + sum(map(len, images.values()))
        for image, content in images.items():
            _write(folder / "assets" / image, content)
        about = {
            "schema": SCHEMA,
            "name": name,
            "as_of": at.astimezone(UTC).isoformat(),
            **({"select": selection.names} if selection.names else {}),
            "library": {
                "path": f"{name}.library",
                "bytes": len(data),
                "sha256": _sha256(data),
                "digest": library.digest,
            },
        }
        variants = 0
        with ManifestWriter(folder / MANIFEST, about) as manifest:
            for variant in _in_order(library, at, selection, progress):
                entry, size = _written(library, variant, folder)
                manifest.add(entry)
                variants, total = variants + 1, total + size
        total += (folder / MANIFEST).stat().st_size
    return Built(
        variants=variants,
        images=len(images),
        bytes=total,
        library=output / f"{name}.library",
        manifest=output / MANIFEST,
    )


def _replaceable(selection: Selection) -> tuple[str, Callable[[Path], bool]]:
    """What a build may take the place of: any build; if it is a part, only another part."""
    if selection.names:
        return "a partial build", lambda folder: (folder / MANIFEST).is_file() and is_partial(folder / MANIFEST)
    return "a build", lambda folder: (folder / MANIFEST).is_file()


def _in_order(
    library: Library, at: datetime, selection: Selection, progress: Progress | None
) -> Iterator[PossibleVariant]:
    """The selected variants sorted by their keys, which begin with campaign, channel and locale."""
    plans = sorted(
        selected_plans(library, selection), key=lambda each: f"{each.campaign}/{each.channel}/{each.locale}/"
    )
    cells = selection.cells(library.content)
    for number, plan in enumerate(plans, start=1):
        yield from sorted(variants_of(plan, library.content, at, cells), key=lambda each: each.key)
        if progress is not None:
            progress(number * len(cells), len(plans) * len(cells))


def part_file(part: str) -> str:
    """The file name of a part."""
    return f"{part}.{'html' if part == 'html' else 'txt'}"


def _written(library: Library, variant: PossibleVariant, folder: Path) -> tuple[dict[str, object], int]:
    """Write the parts of a variant; returns its entry in the manifest, and how many bytes they have."""
    parts: dict[str, object] = {}
    size = 0
    for part, data in library.join(variant.plan, variant.choices).items():
        path = f"variants/{variant.key}/{part_file(part)}"
        _write(folder / path, data)
        parts[part] = {"path": path, "bytes": len(data), "sha256": _sha256(data)}
        size += len(data)
    entry: dict[str, object] = {
        "key": variant.key,
        "campaign": variant.plan.campaign,
        "channel": variant.plan.channel,
        "locale": variant.plan.locale,
        "reason": variant.reason,
        "slots": {choice.slot: choice.component for choice in variant.choices},
        "cells": [{"segment": segment, "stage": stage} for segment, stage in variant.cells],
        "parts": parts,
    }
    return entry, size


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
