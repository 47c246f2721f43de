"""axe-core in Chromium: WCAG 2 A and AA, by day and by night, on a phone and on a desk; nothing found, nothing open."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import pytest

from assembler import Library
from tests.browser.conftest import node_module
from tests.browser.documents import Document, cells, defaults, distinct, random_combinations
from tests.browser.projects import other_brand, without_checks
from tests.browser.viewer import Viewer
from tests.conftest import STARTER_MOMENT

SHARDS = 3
Look = tuple[Literal["light", "dark"], int]
LOOKS: tuple[Look, ...] = (("light", 375), ("light", 1280), ("dark", 375), ("dark", 1280))


def findings(viewer: Viewer, documents: Iterable[tuple[Document, Iterable[Look]]]) -> list[str]:
    """Everything that axe-core says of these documents, each looked at as said."""
    script = node_module("axe-core/axe.min.js")
    faults = []
    for document, looks in documents:
        viewer.show(document.html)
        for scheme, width in looks:
            viewer.look(width=width, scheme=scheme)
            faults += [f"{document.name} {scheme} {width}: {node}" for node in viewer.axe(script)]
    return faults


def in_every_look(documents: Iterable[Document]) -> list[tuple[Document, Iterable[Look]]]:
    """Every document in both schemes and both widths."""
    return [(document, LOOKS) for document in documents]


def test_every_default(viewer: Viewer, starter_library: Library) -> None:
    documents = distinct(defaults(starter_library))
    assert len(documents) == 10
    assert findings(viewer, in_every_look(documents)) == []


@pytest.mark.slow
@pytest.mark.parametrize("shard", range(SHARDS))
def test_every_cell(viewer: Viewer, starter_library: Library, shard: int) -> None:
    documents = distinct(cells(starter_library, STARTER_MOMENT))
    assert len(documents) > 50
    by_turns = [(document, (LOOKS[number % 2], LOOKS[3 - number % 2])) for number, document in enumerate(documents)]
    assert findings(viewer, by_turns[shard::SHARDS]) == []


@pytest.mark.slow
@pytest.mark.parametrize("half", range(2))
def test_a_hundred_random_combinations(viewer: Viewer, starter_library: Library, half: int) -> None:
    documents = distinct(random_combinations(starter_library, 100, seed=20261122))
    by_turns = [(document, [LOOKS[number % len(LOOKS)]]) for number, document in enumerate(documents)]
    assert findings(viewer, by_turns[half::2]) == []


@pytest.mark.slow
def test_another_brands_defaults(viewer: Viewer) -> None:
    _, library = without_checks(other_brand())
    assert findings(viewer, in_every_look(distinct(defaults(library)))) == []


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
    faults = findings(viewer, in_every_look([Document("planted", "email", html.replace(old, new, 1))]))
    assert any(rule in fault for fault in faults)
