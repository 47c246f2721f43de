"""The build folder: library, manifest, every variant's parts, images; whole, or not there at all."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from assembler.authoring.build.manifest import MANIFEST, SEPARATOR, ManifestWriter, encoded, part_digests, read_head
from assembler.authoring.build.replacing import Draft, Overtaken, holds_only, replacing
from assembler.authoring.build.selection import BuildPart
from assembler.authoring.build.written import Remembered, Written, WrittenPlan, seal
from assembler.authoring.outcomes.variants import PossibleVariant
from assembler.runtime.choose import SlotPlan
from assembler.runtime.library import Library

__all__ = ["Built", "part_file", "write_build"]

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
    progress: Callable[[int], None] = lambda more: None,
    part: BuildPart | None = None,
    remembered: Remembered | None = None,
) -> Built:
    """Write a build folder in one step: until it is complete, what stood at `output` stays.

    `at` is in the project's time zone. `progress` is told of variants that are done, how many more each time. Variants
    that would come out as they stand at `output` are moved, not written again, as far as that is `remembered`. Of the
    others, those of one campaign, channel and locale are in memory at a time. Raises `FileExistsError` where `output`
    is something else than a build, or a whole one while a part is written; and `OSError` where it cannot be written.
    """
    output = output.absolute()
    written = partial(_written, library, images, output, at, progress, part or BuildPart())
    if remembered is not None:
        # Somebody else may build, move or remove what stands there, at any moment.
        with contextlib.suppress(FileNotFoundError):
            return written(remembered)
    return written(Remembered())


def _written(
    library: Library,
    images: Mapping[str, bytes],
    output: Path,
    at: datetime,
    progress: Callable[[int], None],
    part: BuildPart,
    remembered: Remembered,
) -> Built:
    name = library.content.name
    with replacing(output, *_replaceable(part)) as draft:
        folder = draft.folder
        library.save(str(folder / f"{name}{_LIBRARY}"))
        data = (folder / f"{name}{_LIBRARY}").read_bytes()
        total = len(data) + sum(map(len, images.values()))
        for image, content in images.items():
            _write(folder / "assets" / image, content)
        about = {
            "schema": SCHEMA,
            "name": name,
            "as_of": at.isoformat(),
            **part.to_dict(),
            "library": {
                "path": f"{name}{_LIBRARY}",
                "bytes": len(data),
                "sha256": _sha256(data),
                "digest": library.digest,
            },
        }
        with ManifestWriter(folder / MANIFEST, about) as manifest:
            variants = _Variants(library, at, part, draft, output, remembered, manifest)
            plans = variants.written(progress)
        written = plans.values()
        total += sum(each.bytes for each in written) + (folder / MANIFEST).stat().st_size
        sealed = seal(folder / MANIFEST)
    if remembered.made_of:
        remembered.written.note(output, sealed, plans, draft.kept)
    return Built(
        variants=sum(each.variants for each in written),
        images=len(images),
        bytes=total,
        library=output / f"{name}{_LIBRARY}",
        manifest=output / MANIFEST,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Variants:
    """Writes a part of the variants of a library into a draft, and their entries into its manifest."""

    library: Library
    at: datetime
    part: BuildPart
    draft: Draft
    output: Path
    remembered: Remembered
    manifest: ManifestWriter

    def written(self, progress: Callable[[int], None]) -> dict[str, WrittenPlan]:
        """Each plan by the path of its folder, sorted by these as variants are by their keys."""
        found: dict[str, WrittenPlan] = {}
        plans = {
            f"variants/{plan.campaign}/{plan.channel}/{plan.locale}": plan
            for plan in self.part.selection.plans(self.library)
        }
        before = self._before()
        touched: list[str] = []
        self.draft.still = lambda folder: (
            seal(folder / MANIFEST) == before.manifest and all(before.holds(folder, path) for path in touched)
        )
        for path, plan in sorted(plans.items(), key=lambda each: f"{each[0]}/"):
            made_of = self.remembered.made_of.get(plan.campaign)
            last = before.plan(self.output, path)
            if last is not None and last.made_of == made_of:
                found[path] = self._kept(path, last)
                progress(last.variants)
            else:
                touched += [path] if last is not None else []
                known = {} if last is None else part_digests(self._entries(last))
                found[path] = self._new(plan, made_of, known, progress)
        return found

    def _before(self) -> Written:
        """What was written last, if its manifest still is."""
        written = self.remembered.written
        return written if seal(self.output / MANIFEST) == written.manifest else Written()

    def _entries(self, plan: WrittenPlan) -> bytes:
        """The entries of a plan in the last manifest."""
        with (self.output / MANIFEST).open("rb") as manifest:
            if seal(self.output / MANIFEST) != self.remembered.written.manifest:
                raise Overtaken(f"{manifest.name} is no more what it was")
            start, end = plan.entries
            manifest.seek(start)
            return manifest.read(end - start)

    def _kept(self, path: str, plan: WrittenPlan) -> WrittenPlan:
        self.draft.keep(path)
        return replace(plan, entries=self.manifest.add(self._entries(plan)))

    def _new(
        self,
        plan: SlotPlan,
        made_of: object,
        last: Mapping[str, Mapping[str, str]],
        progress: Callable[[int], None],
    ) -> WrittenPlan:
        """Write a plan's variants. `last` has the digests of the parts of those that may stand there already."""
        entries: list[bytes] = []
        total = 0
        variants = self.part.variants(plan, self.library.content, self.at)
        for variant in sorted(variants, key=lambda each: each.key):
            progress(1)
            parts = self.library.join(variant.plan, variant.choices)
            entry = _entry(variant, parts)
            entries.append(encoded(entry))
            total += sum(map(len, parts.values()))
            if last.get(variant.key) == {part: each["sha256"] for part, each in entry["parts"].items()}:
                self.draft.keep(f"variants/{variant.key}")
                continue
            for part, data in parts.items():
                _write(self.draft.folder / entry["parts"][part]["path"], data)
        return WrittenPlan(
            made_of=made_of,
            entries=self.manifest.add(SEPARATOR.join(entries)),
            variants=len(entries),
            bytes=total,
        )


def _replaceable(part: BuildPart) -> tuple[str, Callable[[Path], bool]]:
    """What a build may take the place of: any build; if it is a part, only another part."""

    def is_ours(folder: Path) -> bool:
        head = read_head(folder / MANIFEST)
        if head is None or not (part.whole or head.partial):
            return False
        return holds_only(folder, {MANIFEST, *_FOLDERS, *([head.library] if head.library.endswith(_LIBRARY) else [])})

    return "a build" if part.whole else "a partial build", is_ours


def part_file(part: str) -> str:
    """The file name of a part."""
    return f"{part}.{'html' if part == 'html' else 'txt'}"


def _entry(variant: PossibleVariant, parts: Mapping[str, bytes]) -> dict[str, Any]:
    """A variant in the manifest."""
    return {
        "key": variant.key,
        "campaign": variant.plan.campaign,
        "channel": variant.plan.channel,
        "locale": variant.plan.locale,
        "reason": variant.reason,
        "slots": {choice.slot: choice.component for choice in variant.choices},
        "cells": [{"segment": segment, "stage": stage} for segment, stage in variant.cells],
        "parts": {
            part: {
                "path": f"variants/{variant.key}/{part_file(part)}",
                "bytes": len(data),
                "sha256": _sha256(data),
            }
            for part, data in parts.items()
        },
    }


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
