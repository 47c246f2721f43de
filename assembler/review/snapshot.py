"""Snapshots of variants in a repository of your own, for pytest (extra `snapshots`): one file for each part.

In a `conftest.py`, or in the test module itself:

    from assembler.review.snapshot import variant_snapshot

    def test_defaults(variant_snapshot):
        variant_snapshot(library.default("come_back", channel="email", locale="en"))

compares `__snapshots__/<module>/test_defaults[come_back-email-en-html].html` and a file for each other part (`.txt`, or
`.json`) with what is sent, byte for byte. `pytest --snapshot-update` writes them, and removes those that no test asks
for any more.

Names that some file system would take for one, or could not hold, end in a digest of what was named: those with capital
letters or with characters that files cannot be called by, and long ones, which are shortened in the middle.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from difflib import unified_diff
from hashlib import sha256
from pathlib import Path
from typing import Final

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension
from syrupy.location import PyTestLocation
from syrupy.types import SnapshotIndex

from assembler.library.parts import PARTS
from assembler.runtime.variant import Variant

_MOST_BYTES: Final = 110
"""Of each of the two names that a file is called by, so that both and a suffix fit into the 255 bytes of most file
systems."""

_DIGITS: Final = 10
_NEVER = re.compile(r"""[\\/?*:|"<>\x00-\x1f\x7f]""")
"""What no file on Windows may be called by: learn.microsoft.com, "Naming Files"."""

_LINE_ENDS = (
    "its file has other line ends than what is sent (CRLF): an editor or git has changed them. Write "
    "`__snapshots__/** -text` into .gitattributes, and run pytest --snapshot-update"
)


def file_name(name: str) -> str:
    """Return what a file is called by a name: the name where no file system takes it for another; else what a file can
    be called of it, and a digest of it."""
    kept = _NEVER.sub("", unicodedata.normalize("NFC", name))
    kept = "".join(character for character in kept if unicodedata.category(character)[0] != "C")
    short = _shortened(kept)
    if short == name == name.casefold():
        return name
    return f"{short}-{sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:_DIGITS]}"


def _shortened(name: str) -> str:
    """A name of so many bytes at most, with dots in the place of its middle."""
    if len(name.encode()) <= _MOST_BYTES:
        return name
    half = (_MOST_BYTES - len("...") - _DIGITS) // 2
    data = name.encode()
    return f"{data[:half].decode(errors='ignore')}...{data[-half:].decode(errors='ignore')}"


class _File(SingleFileSnapshotExtension):
    """The bytes in a file of their own, so that no line end is changed; called by the test and the variant's part."""

    @classmethod
    def get_snapshot_name(cls, *, test_location: PyTestLocation, index: SnapshotIndex = 0) -> str:
        """Return the name of a file without its suffix."""
        return f"{file_name(test_location.snapshot_name)}[{file_name(str(index))}]"

    @classmethod
    def matches_test_location(cls, *, test_location: PyTestLocation, snapshot_location: str) -> bool:
        """Return whether a file is one of a test's."""
        path = Path(snapshot_location)
        same_module = path.parent.name == test_location.basename and test_location.matches_snapshot_site(str(path))
        return same_module and path.name.startswith(f"{file_name(test_location.snapshot_name)}[")


class _HtmlFile(_File):
    file_extension = "html"


class _TextFile(_File):
    file_extension = "txt"


class _JsonFile(_File):
    file_extension = "json"


_FILES: Final[Mapping[str, type[_File]]] = {"html": _HtmlFile, "txt": _TextFile, "json": _JsonFile}
"""The kinds of files, by how they end."""


class VariantSnapshot:
    """Compares variants with the files of one test. `snapshot` is syrupy's fixture."""

    def __init__(self, snapshot: SnapshotAssertion) -> None:
        self._by_extension = {ending: snapshot.use_extension(kind) for ending, kind in _FILES.items()}
        self._seen: set[str] = set()

    def __call__(self, *variants: Variant, name: str | None = None) -> None:
        """Compare every part of some variants with its file, and fail with all differences, line by line.

        Files are named by a variant's campaign, channel and locale, and the name, which tells apart the variants of a
        test that have these in common. Raises `ValueError` where a test has two variants of one name.
        """
        differences = [line for variant in variants for line in self._differences(variant, name)]
        if differences:
            pytest.fail("\n".join(differences), pytrace=False)

    def _differences(self, variant: Variant, name: str | None) -> Iterator[str]:
        decision = variant.decision
        whole = "-".join(filter(None, (decision.campaign, decision.channel, decision.locale, name)))
        if whole in self._seen:
            raise ValueError(f"this test has two variants {whole}; tell them apart: variant_snapshot(..., name='maya')")
        self._seen.add(whole)
        for part, data in variant.encoded.items():
            yield from self._part(f"{whole}-{part}", self._by_extension[PARTS[part].extension], data)

    def _part(self, name: str, kept: SnapshotAssertion, data: bytes) -> Iterator[str]:
        if data != kept(name=name):
            before = kept.executions[kept.num_executions - 1].recalled_data
            if before is None:
                yield f"{name} has no snapshot; pytest --snapshot-update writes it"
                return
            was = before.encode() if isinstance(before, str) else before
            if b"\r\n" in was and b"\r\n" not in data:
                was = was.replace(b"\r\n", b"\n")
                yield f"{name}: {_LINE_ENDS}"
            if was != data:
                yield f"{name} is not its snapshot:"
                yield from unified_diff(_lines(was), _lines(data), "snapshot", "variant", n=0, lineterm="")


@pytest.fixture
def variant_snapshot(snapshot: SnapshotAssertion) -> VariantSnapshot:
    """Return what compares variants with their files: call it, as `VariantSnapshot` says."""
    return VariantSnapshot(snapshot)


def _lines(data: bytes) -> list[str]:
    """Lines with what else than a line feed ends them written out."""
    return [line.replace("\r", "\\r") for line in data.decode(errors="replace").split("\n")]
