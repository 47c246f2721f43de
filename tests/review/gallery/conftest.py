"""What the tests of the gallery share: galleries of the sample project, and a browser that shows them from disk."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from assembler.authoring import Project
from assembler.review.gallery.gallery import Gallery
from assembler.review.round import ReviewRound
from assembler.runtime.library import Library
from tests.authoring.builders import MOMENT, in_memory, project as files


def gallery_of(project: Project, folder: Path, older: Library | None = None, *, campaign: str | None = None) -> Gallery:
    """The gallery of a project, or of one campaign, with the decisions in a folder; against an older library, where
    one is given."""
    review = ReviewRound.begin(project, folder, MOMENT)
    return Gallery.of(review, tool="assembler 0.0.0", older=(older, MOMENT) if older else None, campaign=campaign)


@pytest.fixture(scope="session")
def sample_gallery(tmp_path_factory: pytest.TempPathFactory) -> Gallery:
    """The gallery of the sample project, of which nothing is approved."""
    return gallery_of(in_memory(files()), tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def contents(sample_gallery: Gallery) -> Mapping[str, Any]:
    """What the gallery of the sample project shows."""
    return sample_gallery.contents


def contents_of_page(text: str) -> dict[str, Any]:
    """What a page shows, once its rest is added to its first view."""
    first, rest = unpacked(text, "first"), unpacked(text, "rest")
    groups = [{**known, **added} for known, added in zip(first["groups"], rest["groups"], strict=True)]
    texts, cards = (first[name] + rest[name] for name in ("texts", "cards"))
    return {**first, "groups": groups, "texts": texts, "cards": cards, "digests": rest["digests"]}


def unpacked(text: str, name: str) -> Any:
    """What a packed block of a page holds."""
    packed = text.partition(f'<script type="application/octet-stream" id="{name}">')[2].partition("</script>")[0]
    return json.loads(zlib.decompress(base64.b64decode(packed)))
