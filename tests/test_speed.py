"""What the documents say of speed is what was measured, and the benchmark measures what it says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assembler import Library
from benchmarks import audience, curves, goals, two_mails
from benchmarks.documents import DOCUMENTS, filled
from benchmarks.libraries import LibrarySize
from benchmarks.mail import CAMPAIGN, CHANNEL, FIELDS, MOMENT, SEGMENTS, mail, people


@pytest.fixture(scope="module")
def library() -> Library:
    return mail()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_shows_the_stored_figures(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert filled(text) == text


def test_every_figure_is_shown_somewhere() -> None:
    shown = "".join(document.read_text(encoding="utf-8") for document in DOCUMENTS)
    mails = json.loads(two_mails.FIGURES.read_text(encoding="utf-8"))
    figures = goals.table(json.loads(goals.FIGURES.read_text(encoding="utf-8")))
    lists = audience.audience_table(json.loads(audience.FIGURES.read_text(encoding="utf-8")))
    tables = (lists, figures, two_mails.mails_table(mails), goals.goals_table(mails))
    assert all(row in shown for table in tables for row in table.splitlines())


def test_the_picture_is_drawn_from_the_stored_figures() -> None:
    figures = json.loads(curves.FIGURES.read_text(encoding="utf-8"))
    assert curves.PICTURE.read_text(encoding="utf-8") == curves.drawn(figures)
    assert {name: [int(size) for size in sizes] for name, sizes in figures.items()} == {
        name: list(sizes) for name, (sizes, _) in curves.CURVES.items()
    }


def test_the_mail_is_what_it_is_said_to_be(library: Library) -> None:
    content = library.content
    assert len(content.segments) == len(SEGMENTS) == 8
    assert len(content.fields) == len(FIELDS) == 12
    assert len(content.campaigns[CAMPAIGN].channels[CHANNEL].slots) == 7
    assert content.campaigns[CAMPAIGN].holdout is not None
    assert sum(signal.consent is not None for signal in content.signals.values()) == 4
    assert all(signal.max_age is not None for signal in content.signals.values())
    segments = set()
    for person in people(200):
        variant = library.assemble(CAMPAIGN, channel=CHANNEL, context=person, at=MOMENT)
        assert variant.decision.notes == ()
        assert 20_000 < sum(map(len, variant.encoded.values())) < 24_000
        segments.add(variant.decision.segment)
    assert segments == {*SEGMENTS, None}


def test_a_made_library_is_whole() -> None:
    size = LibrarySize(slots=3, components=4, segments=5, fields=2, text=200, tested=True)
    library = size.library()
    stored = library.default("c", channel="email")
    assert library.assemble("c", channel="email", context={"segment": None}).encoded == stored.encoded
    keys = {library.decide("c", channel="email", context=size.context(number)).key for number in range(2000)}
    assert len(keys) == size.variants == 64
    assert goals.files_size(library, "c", "email") == pytest.approx(64 * len(stored.encoded["html"]), rel=0.02)
