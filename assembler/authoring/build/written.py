"""What the last build wrote, so that the next takes over what would come out the same."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from assembler.authoring.load.files import Stamp

__all__ = ["Remembered", "Written", "WrittenPlan", "seal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenPlan:
    """The variants of one plan: what they were `made_of`; where their entries stand in the manifest, in bytes; how many
    they are, and how many bytes they have."""

    made_of: object
    entries: tuple[int, int]
    variants: int
    bytes: int


@dataclass(slots=True)
class Written:
    """The build that this process wrote last: its folder, its plans by the folder of each, and the seals of all."""

    output: Path | None = None
    manifest: str = ""
    plans: Mapping[str, WrittenPlan] = field(default_factory=dict)
    seals: dict[str, str] = field(default_factory=dict)

    def note(self, output: Path, manifest: str, plans: Mapping[str, WrittenPlan], kept: Iterable[str]) -> None:
        """Remember a build that is complete, its manifest by its seal; the seals of plans whose folders were `kept`
        still hold."""
        held = set(kept)
        self.seals = {path: self.seals[path] if path in held else seal(output / path) for path in plans}
        self.output, self.manifest, self.plans = output, manifest, plans

    def plan(self, output: Path, path: str) -> WrittenPlan | None:
        """The plan with its folder at a path in a build, if nobody has touched it since."""
        found = self.plans.get(path) if output == self.output else None
        return found if found is not None and self.holds(output, path) else None

    def holds(self, folder: Path, path: str) -> bool:
        """Whether the folder of a plan is what it was, in the build that is in this folder now; and lies in it."""
        return (folder / path).resolve() == folder.resolve() / path and seal(folder / path) == self.seals[path]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """What this process wrote last, and for each campaign something that is the same while its variants are."""

    written: Written = field(default_factory=Written)
    made_of: Mapping[str, object] = field(default_factory=dict)


def seal(path: Path) -> str:
    """What tells a file, or all in a folder, from what they were before: names and stamps.

    What is not there has an empty one.
    """
    try:
        found = sorted(_below(str(path), "")) if path.is_dir() else [("", Stamp.of(path.stat()))]
    except (FileNotFoundError, NotADirectoryError):
        return ""
    return sha256(repr(found).encode()).hexdigest()


def _below(path: str, name: str) -> Iterator[tuple[str, Stamp]]:
    with os.scandir(path) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _below(entry.path, f"{name}/{entry.name}")
            else:
                yield f"{name}/{entry.name}", Stamp.of(entry.stat(follow_symlinks=False))
