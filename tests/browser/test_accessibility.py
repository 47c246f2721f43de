"""axe-core in Chromium: WCAG 2 A and AA, by day and by night, on a phone and on a desk; nothing found, nothing open."""

from __future__ import annotations

import pytest

from assembler import Library
from tests.browser.conftest import node_module
from tests.browser.documents import Document, cells, defaults, distinct, random_combinations
from tests.browser.projects import other_brand, without_checks
from tests.browser.viewer import Viewer
from tests.conftest import STARTER_MOMENT

SHARDS = 4
WIDTHS = (375, 1280)


def findings(viewer: Viewer, documents: list[Document]) -> list[str]:
    """Everything that axe-core says of these documents, in both schemes and both widths."""
    script = node_module("axe-core/axe.min.js")
    found = []
    for document in documents:
        viewer.show(document.html)
        for scheme in ("light", "dark"):
            for width in WIDTHS:
                viewer.look(width=width, scheme=scheme)
                found += [f"{document.name} {scheme} {width}: {each}" for each in viewer.axe(script)]
    return found


@pytest.mark.parametrize("shard", range(SHARDS))
def test_every_default_and_every_cell(viewer: Viewer, starter_library: Library, shard: int) -> None:
    documents = distinct(
        each for kind in (defaults(starter_library), cells(starter_library, STARTER_MOMENT)) for each in kind
    )
    assert len(documents) > 50
    assert findings(viewer, documents[shard::SHARDS]) == []


@pytest.mark.parametrize("shard", range(SHARDS))
def test_a_hundred_random_combinations(viewer: Viewer, starter_library: Library, shard: int) -> None:
    documents = distinct(random_combinations(starter_library, 100, seed=20261122))
    assert findings(viewer, documents[shard::SHARDS]) == []


def test_another_brands_defaults(viewer: Viewer) -> None:
    _, library = without_checks(other_brand())
    assert findings(viewer, distinct(defaults(library))) == []


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("</head>", "<style>h1 { color: #c9bda5 !important }</style></head>", "color-contrast"),
        ("h1, .copy p, .copy ul", ".copy p, .copy ul", "color-contrast"),
        ("</h1>", '</h1><img src="https://cdn.harbourandpine.example/a/x.png">', "image-alt"),
        ('<html lang="en"', "<html", "html-has-lang"),
    ],
    ids=["light", "dark", "alt", "lang"],
)  # fmt: skip
def test_a_planted_fault_is_seen(viewer: Viewer, starter_library: Library, old: str, new: str, rule: str) -> None:
    html = starter_library.default("come_back", channel="email", locale="en").html or ""
    assert old in html
    found = findings(viewer, [Document("planted", "email", html.replace(old, new, 1))])
    assert any(rule in each for each in found)
