"""The folder of a list: its parts, the manifest that lists those that are whole, and `_SUCCESS` at the end.

A part is written under another name, forced to the disk, and renamed; then the manifest is written in the same way,
with the part in it. Whatever is not in the manifest is of no use, and is removed by the next run that writes there.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import msgspec

from assembler.delivery.audience.attributes import TokensOfExport
from assembler.delivery.audience.files import PeopleFile
from assembler.delivery.audience.making import TEMPORARY, MadePart
from assembler.delivery.audience.request import AudienceRequest
from assembler.delivery.audience.unknowns import Unknown
from assembler.delivery.audience.written_rows import COUNTED, Group
from assembler.errors import AssemblerError
from assembler.library.format import DRAFT, replace_file, sync_folder
from assembler.runtime.decide import salts

if sys.platform != "win32":
    import fcntl

MANIFEST: Final = "_manifest.json"
SUCCESS: Final = "_SUCCESS"
SCHEMA: Final = 1

_ours = re.compile(
    rf"part-\d{{5,}}\.(parquet|attributes\.csv)|\.part-\d{{5,}}.*{re.escape(TEMPORARY)}"
    rf"|\.({MANIFEST}|{SUCCESS})\.{DRAFT}|{MANIFEST}|{SUCCESS}",
    re.ASCII,
).fullmatch


class UnusableFolder(AssemblerError):
    """Nothing can be written to a folder, as it holds something else, or another list. `folder` is its path."""

    def __init__(self, folder: str, problem: str) -> None:
        super().__init__(folder, problem)
        self.folder = folder
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.folder} {self.problem}"


class _Input(msgspec.Struct, frozen=True, kw_only=True):
    path: str
    bytes: int
    sha256: str
    rows: int


class PartFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file of a part."""

    path: str
    bytes: int
    sha256: str


class ListedPart(PartFile, frozen=True, kw_only=True):
    """A part of the manifest: its table, and what is known of its rows."""

    number: int
    rows: int
    counts: list[dict[str, Any]]
    unknown: Unknown
    proven: int
    attributes: PartFile | None = None
    lacking: dict[str, int] = {}

    @property
    def files(self) -> list[PartFile]:
        """Its files."""
        return [self, *([self.attributes] if self.attributes else [])]

    def groups(self) -> Iterator[tuple[Group, int]]:
        """Yield how many rows have the same arm, reason, segment, stage and locale."""
        for counted in self.counts:
            yield tuple(counted[name] for name in COUNTED), counted["rows"]


class Manifest(msgspec.Struct, kw_only=True):
    """What a folder holds. `variants` has the components of every variant that its parts name, by slot, also of those
    that are withheld; `defaults` the keys of the default variants, by locale."""

    schema: int
    name: str
    campaign: str
    channel: str
    at: str
    library: str
    salts: dict[str, str | None]
    defaults: dict[str, str]
    part_rows: int
    bodies: list[str]
    tokens: dict[str, str] | None
    rows: int
    inputs: list[_Input]
    parts: list[ListedPart] = []
    variants: dict[str, dict[str, str | None]] = {}

    def differs(self, wanted: Manifest) -> list[str]:
        """Return what of this one is another list than the wanted one, in words."""
        words = {
            "campaign": "campaign",
            "channel": "channel",
            "at": "moment",
            "library": "library",
            "part_rows": "number of rows in a part",
            "bodies": "bodies",
            "tokens": "tokens",
        }
        differing = [word for name, word in words.items() if getattr(self, name) != getattr(wanted, name)]
        one, other = ([(of.sha256, of.rows) for of in manifest.inputs] for manifest in (self, wanted))
        return differing + (["people"] if one != other else [])


def begun(request: AudienceRequest, files: Sequence[PeopleFile]) -> Manifest:
    """Return the manifest of a list of which no part is written."""
    library, tokens = request.library, request.tokens
    of = {"channel": request.channel}
    given = salts(library.content, request.campaign)
    return Manifest(
        schema=SCHEMA,
        name=library.content.name,
        campaign=request.campaign,
        channel=request.channel,
        at=request.at.isoformat(),
        library=library.digest,
        salts={"holdout": given.holdout, "control": given.control},
        defaults={
            locale: library.default(request.campaign, locale=locale, **of).decision.key for locale in library.locales
        },
        part_rows=request.part_rows,
        bodies=[*request.bodies],
        tokens=None if tokens is None else _said(tokens),
        rows=sum(file.rows for file in files),
        inputs=[_Input(path=file.path, bytes=file.bytes, sha256=file.sha256, rows=file.rows) for file in files],
    )


def _said(tokens: TokensOfExport) -> dict[str, str]:
    return {"attribute": tokens.attribute, "library": tokens.library, "sha256": tokens.digest}


def moment_in(folder: Path) -> str | None:
    """Return the moment of the list in a folder, as its manifest has it; None where there is none."""
    manifest = _read(folder)
    return None if manifest is None else manifest.at


class AudienceFolder:
    """A folder that a list is written to, by one process at a time. `manifest` is what is written already."""

    def __init__(self, path: Path, manifest: Manifest) -> None:
        self._path = path
        self.manifest = manifest
        self._parts = {part.number: part for part in manifest.parts}
        self._variants = dict(manifest.variants)

    @property
    def has(self) -> frozenset[int]:
        """The numbers of the parts that are written."""
        return frozenset(self._parts)

    def add(self, part: MadePart) -> None:
        """Take a part that was made. Raises `OSError`."""
        for file in part.files:
            (self._path / file.written_as).replace(self._path / file.path)
        sync_folder(self._path)
        table, *others = (PartFile(path=of.path, bytes=of.bytes, sha256=of.sha256) for of in part.files)
        self._parts[part.number] = ListedPart(
            path=table.path,
            bytes=table.bytes,
            sha256=table.sha256,
            number=part.number,
            rows=part.rows,
            counts=[{**dict(zip(COUNTED, group, strict=True)), "rows": count} for group, count in part.counts],
            unknown=part.unknown,
            proven=part.proven,
            attributes=others[0] if others else None,
            lacking=part.lacking,
        )
        self._variants.update(part.variants)
        self.write()

    def write(self) -> None:
        """Write the manifest. Raises `OSError`."""
        self.manifest.parts = [part for _, part in sorted(self._parts.items())]
        self.manifest.variants = dict(sorted(self._variants.items()))
        written = msgspec.json.format(msgspec.json.encode(self.manifest), indent=1) + b"\n"
        replace_file(self._path / MANIFEST, written)

    def sweep(self) -> None:
        """Remove what a run left that was ended; of what is listed nothing. Raises `OSError`."""
        listed = {file.path for part in self._parts.values() for file in part.files}
        for stray in self._path.iterdir():
            if stray.name not in listed and stray.name not in (MANIFEST, SUCCESS):
                stray.unlink()

    def succeed(self) -> None:
        """Say that the list is whole. Raises `OSError`."""
        replace_file(self._path / SUCCESS, b"")

    def reopen(self) -> None:
        """Say no longer that the list is whole."""
        with suppress(FileNotFoundError):
            (self._path / SUCCESS).unlink()


@contextmanager
def audience_folder(path: Path, wanted: Manifest) -> Iterator[AudienceFolder]:
    """Give the folder of a list, which this process alone may write to, with the parts that are whole; others are
    removed.

    Raises `UnusableFolder` where it holds something else, another list, or is written to by another process; and
    `OSError`.
    """
    if path.exists() and not path.is_dir():
        raise UnusableFolder(str(path), "is no folder; name another one with --output")
    path.mkdir(parents=True, exist_ok=True)
    with _locked(path):
        folder = _opened(path, wanted)
        folder.write()
        try:
            yield folder
        except BaseException as error:
            with suppress(OSError):
                folder.sweep()
            if isinstance(error, OSError) and error.filename is None and error.strerror:
                raise OSError(error.errno, error.strerror, str(path)) from None
            raise


def _opened(path: Path, wanted: Manifest) -> AudienceFolder:
    """The folder, with the parts of the same list that are whole, and without anything else."""
    there = _require_ours(path)
    if there is not None:
        if differing := there.differs(wanted):
            others = ", another ".join(differing)
            raise UnusableFolder(
                str(path), f"holds a list with another {others}; name another folder with --output, or remove this one"
            )
        wanted.parts = [part for part in there.parts if _is_whole(path, part)]
        wanted.variants = there.variants
    folder = AudienceFolder(path, wanted)
    if there is None or len(wanted.parts) < len(there.parts):
        folder.reopen()
    folder.sweep()
    return folder


def _require_ours(path: Path) -> Manifest | None:
    """The manifest of a folder, None where it is empty, or nothing but rubbish of ours is there."""
    for other in sorted(path.iterdir()):
        if not _ours(other.name):
            raise UnusableFolder(
                str(path), f"also holds {other.name!r}, which is no part of a list; name another folder with --output"
            )
    manifest = _read(path)
    if manifest is None and (path / MANIFEST).exists():
        raise UnusableFolder(str(path), f"has a {MANIFEST} that cannot be read; name another folder with --output")
    if manifest is None and any(path.glob("part-*")):
        raise UnusableFolder(str(path), f"holds parts without a {MANIFEST}; name another folder with --output")
    return manifest


def _read(path: Path) -> Manifest | None:
    try:
        manifest = msgspec.json.decode((path / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None
    return manifest if manifest.schema == SCHEMA else None


def _is_whole(path: Path, part: ListedPart) -> bool:
    """Whether the files of a part are what the manifest says."""
    return all(_sha256(path / file.path) == file.sha256 for file in part.files)


def _sha256(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Keep the folder to this process, where the system can."""
    if sys.platform == "win32":
        yield
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise UnusableFolder(str(folder), "is being written to by another process; wait for its end") from None
    finally:
        os.close(number)
