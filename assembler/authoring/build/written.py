"""What the last build wrote, so that the next takes over what would come out the same."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

__all__ = ["Written", "WrittenPlan", "seal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenPlan:
    """The variants of one plan: what they were `made_of`; where their entries stand in the manifest, in bytes; how many
    they are, how many bytes they have; and the seal of their folder."""

    made_of: object
    entries: tuple[int, int]
    variants: int
    bytes: int
    seal: str


@dataclass(slots=True)
class Written:
    """The build that this process wrote last: its folder, the manifest's seal, and its plans by the folder of each."""

    output: Path | None = None
    manifest: str = ""
    plans: Mapping[str, WrittenPlan] = field(default_factory=dict)

    def plan(self, output: Path, path: str, made_of: object) -> WrittenPlan | None:
        """The plan with its folder at a path in a build, if it is made of the same and nobody has touched it since."""
        found = self.plans.get(path) if output == self.output else None
        return found if found is not None and found.made_of == made_of and seal(output / path) == found.seal else None


def seal(path: Path) -> str:
    """What tells a file, or all files of a folder, from what they were before: moments of change, sizes and numbers."""
    told = sha256()
    files = sorted(_files(str(path), "")) if path.is_dir() else [("", path.stat())]
    for name, about in files:
        told.update(f"{name}\0{about.st_mtime_ns}\0{about.st_size}\0{about.st_ino}\n".encode())
    return told.hexdigest()


def _files(path: str, name: str) -> Iterator[tuple[str, os.stat_result]]:
    for entry in os.scandir(path):
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path, f"{name}/{entry.name}")
        else:
            yield f"{name}/{entry.name}", entry.stat(follow_symlinks=False)
