"""The build folder: library, manifest, every variant's parts, images; whole, or not there at all."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from assembler.authoring.build.manifest import MANIFEST, SEPARATOR, ManifestWriter, encoded, is_partial, part_digests
from assembler.authoring.build.replacing import Draft, Overtaken, replacing
from assembler.authoring.build.selection import EVERYTHING, Selection
from assembler.authoring.build.variants import PossibleVariant, selected_plans, variants_of
from assembler.authoring.build.written import Remembered, Written, WrittenPlan, seal
from assembler.authoring.check.situations import Cell
from assembler.authoring.compile.jobs import Progress
from assembler.runtime.choose import Plan
from assembler.runtime.library import Library

__all__ = ["Built", "part_file", "write_build"]

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
    remembered: Remembered | None = None,
) -> Built:
    """Write a build folder in one step: until it is complete, what stood at `output` stays.

    `progress` is told in cells. Variants that would come out as they stand at `output` are moved, not written again, as
    far as that is `remembered`. Of the others, those of one campaign, channel and locale are in memory at a time.
    Raises `FileExistsError` where `output` is something else than a build, or a whole one while only a part is
    selected; `SelectionError` where that names what is not there; and `OSError` where it cannot be written.
    """
    selection.check(library.content)
    output = output.absolute()
    written = partial(_written, library, images, output, at, progress, selection)
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
    progress: Progress | None,
    selection: Selection,
    remembered: Remembered,
) -> Built:
    name = library.content.name
    with replacing(output, *_replaceable(selection)) as draft:
        folder = draft.folder
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
        with ManifestWriter(folder / MANIFEST, about) as manifest:
            variants = _Variants(library, at, selection, draft, output, remembered, manifest)
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
        library=output / f"{name}.library",
        manifest=output / MANIFEST,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Variants:
    """Writes the selected variants of a library into a draft, and their entries into its manifest."""

    library: Library
    at: datetime
    selection: Selection
    draft: Draft
    output: Path
    remembered: Remembered
    manifest: ManifestWriter

    def written(self, progress: Progress | None) -> dict[str, WrittenPlan]:
        """Each plan by the path of its folder, sorted by these as variants are by their keys."""
        found: dict[str, WrittenPlan] = {}
        plans = {
            f"variants/{plan.campaign}/{plan.channel}/{plan.locale}": plan
            for plan in selected_plans(self.library, self.selection)
        }
        cells = self.selection.cells(self.library.content)
        before = self._before()
        touched: list[str] = []
        self.draft.still = lambda folder: (
            seal(folder / MANIFEST) == before.manifest and all(before.holds(folder, path) for path in touched)
        )
        for number, (path, plan) in enumerate(sorted(plans.items(), key=lambda each: f"{each[0]}/"), start=1):
            made_of = self.remembered.made_of.get(plan.campaign)
            last = before.plan(self.output, path)
            if last is not None and last.made_of == made_of:
                found[path] = self._kept(path, last)
            else:
                touched += [path] if last is not None else []
                found[path] = self._new(plan, cells, made_of, {} if last is None else part_digests(self._entries(last)))
            if progress is not None:
                progress(number * len(cells), len(plans) * len(cells))
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
        self, plan: Plan, cells: Sequence[Cell], made_of: object, last: Mapping[str, Mapping[str, str]]
    ) -> WrittenPlan:
        """Write a plan's variants. `last` has the digests of the parts of those that may stand there already."""
        entries: list[bytes] = []
        total = 0
        for variant in sorted(variants_of(plan, self.library.content, self.at, cells), key=lambda each: each.key):
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


def _replaceable(selection: Selection) -> tuple[str, Callable[[Path], bool]]:
    """What a build may take the place of: any build; if it is a part, only another part."""
    if selection.names:
        return "a partial build", lambda folder: (folder / MANIFEST).is_file() and is_partial(folder / MANIFEST)
    return "a build", lambda folder: (folder / MANIFEST).is_file()


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
