"""The build folder: library, manifest, every variant's parts, images; whole, or not there at all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assembler.authoring.build.manifest import MANIFEST, manifest_writer, read_head
from assembler.authoring.build.replacing import NewFolder, holds_only, replacing
from assembler.authoring.build.selection import BuildPart
from assembler.authoring.outcomes.variants import PossibleVariant
from assembler.library.parts import PARTS
from assembler.runtime.library import Library

SCHEMA = 1
_LIBRARY = ".library"
_FOLDERS = ("assets", "variants")


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
    progress: Callable[[], object] = lambda: None,
    part: BuildPart | None = None,
) -> Built:
    """Write a build folder in one step: until it is complete, what stood at `output` stays.

    `at` is in the project's time zone. `progress` is told of each variant that is done. The variants of one campaign,
    channel and locale are in memory at a time. Raises `FileExistsError` where `output` is something else than a build,
    or a whole one while a part is written; and `OSError` where it cannot be written.
    """
    output, part = output.absolute(), part or BuildPart()
    library_name = f"{library.content.name}{_LIBRARY}"
    with replacing(output, *_replaceable(part)) as folder:
        library.save(str(folder.path / library_name))
        data = (folder.path / library_name).read_bytes()
        for image, content in images.items():
            folder.write(f"assets/{image}", content)
        about = {
            "schema": SCHEMA,
            "name": library.content.name,
            "as_of": at.isoformat(),
            **part.to_dict(),
            "library": {**_file(library_name, data), "digest": library.digest},
        }
        with manifest_writer(folder.path / MANIFEST, about) as add:
            variants, total = _write_variants(library, at, part, folder, add, progress)
        total += len(data) + sum(map(len, images.values())) + (folder.path / MANIFEST).stat().st_size
    return Built(
        variants=variants,
        images=len(images),
        bytes=total,
        library=output / library_name,
        manifest=output / MANIFEST,
    )


def _write_variants(
    library: Library,
    at: datetime,
    part: BuildPart,
    folder: NewFolder,
    add: Callable[[Mapping[str, object]], None],
    progress: Callable[[], object],
) -> tuple[int, int]:
    """Write a part of the variants of a library and their entries, by their keys; return how many they are, and how
    many bytes they have."""
    count, total = 0, 0
    by_prefix = {f"{plan.campaign}/{plan.channel}/{plan.locale}/": plan for plan in part.selection.plans(library)}
    for _, plan in sorted(by_prefix.items()):
        for variant in sorted(part.variants(plan, library.content, at), key=lambda variant: variant.key):
            parts = library.join(variant.plan, variant.choices)
            files = {name: f"variants/{variant.key}/{name}.{PARTS[name].extension}" for name in parts}
            for name, data in parts.items():
                folder.write(files[name], data)
                total += len(data)
            add(_entry(variant, {name: _file(files[name], data) for name, data in parts.items()}))
            count += 1
            progress()
    return count, total


def _replaceable(part: BuildPart) -> tuple[str, Callable[[Path], bool]]:
    """What a build may take the place of: any build; if it is a part, only another part."""

    def is_ours(folder: Path) -> bool:
        head = read_head(folder / MANIFEST)
        if head is None or not (part.whole or head.is_partial):
            return False
        name = head.library.path
        return holds_only(folder, {MANIFEST, *_FOLDERS, *([name] if name.endswith(_LIBRARY) else [])})

    return "a build" if part.whole else "a partial build", is_ours


def _entry(variant: PossibleVariant, parts: Mapping[str, object]) -> dict[str, object]:
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


def _file(path: str, data: bytes) -> dict[str, object]:
    return {"path": path, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
