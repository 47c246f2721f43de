"""Snapshots of variants in a repository of your own, for pytest (extra `snapshots`): one file for each part.

In a `conftest.py`, or in the test module itself:

    from assembler.review.snapshot import variant_snapshot

    def test_defaults(variant_snapshot):
        variant_snapshot(library.default("come_back", channel="email", locale="en"))

compares `__snapshots__/<module>/test_defaults[come_back-email-en-html].html` and a `.txt` file for each other part with
what is sent, byte for byte. `pytest --snapshot-update` writes them, and removes those that no test asks for any more.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension

from assembler.runtime.assemble import Variant

__all__ = ["VariantSnapshot", "variant_snapshot"]


class _HtmlFile(SingleFileSnapshotExtension):
    """The bytes in a file of their own, so that no line ending is changed."""

    file_extension = "html"


class _TextFile(SingleFileSnapshotExtension):
    file_extension = "txt"


class VariantSnapshot:
    """Compares variants with the files of one test. `snapshot` is syrupy's fixture."""

    def __init__(self, snapshot: SnapshotAssertion) -> None:
        self._html = snapshot.use_extension(_HtmlFile)
        self._text = snapshot.use_extension(_TextFile)
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
            yield from self._part(f"{whole}-{part}", self._html if part == "html" else self._text, data)

    def _part(self, name: str, kept: SnapshotAssertion, data: bytes) -> Iterator[str]:
        if data != kept(name=name):
            before = kept.executions[kept.num_executions - 1].recalled_data
            if before is None:
                yield f"{name} has no snapshot; pytest --snapshot-update writes it"
            else:
                yield f"{name} is not its snapshot:"
                yield from unified_diff(_lines(before), _lines(data), "snapshot", "variant", n=0, lineterm="")


@pytest.fixture
def variant_snapshot(snapshot: SnapshotAssertion) -> VariantSnapshot:
    """Call it with variants: see `VariantSnapshot`."""
    return VariantSnapshot(snapshot)


def _lines(data: str | bytes) -> list[str]:
    """Lines with what else than a line feed ends them written out."""
    text = data.decode() if isinstance(data, bytes) else data
    return [line.replace("\r", "\\r") for line in text.split("\n")]
