"""The contact sheet: a document to print, and on paper."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from assembler.review.approvals.status import LookStatus
from assembler.review.gallery.contact_sheet import contact_sheet
from assembler.review.gallery.contents import joined
from assembler.review.gallery.gallery import Gallery
from tests.review.pictures.paper import glyphs, pages

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def tiles(gallery: Gallery, contents: Mapping[str, Any] | None = None) -> dict[str, LexborNode]:
    """The tiles of a gallery's sheet by the keys of their cards, in order."""
    tree = LexborHTMLParser(contact_sheet(contents or gallery.contents, gallery.looks))
    return dict(zip(gallery.looks, tree.css("li"), strict=True))


def lines(tile: LexborNode) -> list[str]:
    return [node.text() for node in tile.css("li > h3, li > p")]


def test_every_look_of_the_plan_the_default_first_with_a_caption(sample_gallery: Gallery) -> None:
    cards = {card["key"]: card for card in sample_gallery.contents["cards"] if card["why"] != "other"}
    shown = tiles(sample_gallery)
    assert list(shown) == list(cards)
    groups = LexborHTMLParser(contact_sheet(sample_gallery.contents, sample_gallery.looks)).css("section")
    assert len(groups) == len(sample_gallery.contents["groups"])
    assert all(group.css("li")[0].css("h3 ~ p")[1].text() == "The default" for group in groups)
    default, other, *_ = shown.values()
    assert lines(default) == [
        "Good to see you, friend",
        "Back · email · English",
        "The default",
        "For everyone who is not named in the table",
        "○ To look at",
    ]
    assert lines(other) == [
        "Sweets again, friend",
        "Back · email · English",
        "Other title and story; added: offer",
        "Sweet tooth: away",
        "○ To look at",
    ]
    first, *_ = (card for card in cards.values() if len(card["audience"]) > 1 and not card["default"])
    assert lines(shown[first["key"]])[3] == "Salty tooth: away, and 1 more"


@pytest.mark.parametrize(
    ("status", "words"),
    [("approved", "✓ Approved"), ("changes", "✎ Changes asked for"), ("look", "○ To look at")],
)
def test_status_is_said_in_words_with_what_runs_out(sample_gallery: Gallery, status: Any, words: str) -> None:
    contents = copy.deepcopy({**sample_gallery.contents})
    contents["cards"][0]["notes"] = ["◷ Ends 1 Dec"]
    tree = LexborHTMLParser(contact_sheet(contents, {contents["cards"][0]["key"]: status}))
    assert lines(tree.css("li")[0])[-1] == f"{words} · ◷ Ends 1 Dec"


def test_a_look_is_a_frame_of_the_variant_with_a_mark_at_what_differs(sample_gallery: Gallery) -> None:
    contents = sample_gallery.contents
    cards = {card["key"]: card for card in contents["cards"]}
    for key, tile in tiles(sample_gallery).items():
        (frame,) = tile.css("iframe")
        assert frame.attributes["sandbox"] == "allow-same-origin"
        look, whole = (
            LexborHTMLParser(html) for html in (frame.attributes["srcdoc"] or "", joined(contents, cards[key], "html"))
        )
        assert look.body is not None and whole.body is not None
        assert look.body.text() == whole.body.text()
        assert len(look.css("[data-differs]")) == (0 if cards[key]["default"] else 1)


@pytest.mark.parametrize(
    ("place", "story", "shown"),
    [
        ("back/email/en", "<p>", "Sweets again"),
        ("back/page/en", "<p>", "Free tea"),
        ("back/page/en", "<h2>", "Much is"),
        ("back/page/en", "<!--[if mso]><p><![endif]--><h2>", "Much is"),
    ],
)
def test_of_what_differs_a_heading_is_shown_else_what_is_read_first(
    sample_gallery: Gallery, place: str, story: str, shown: str
) -> None:
    texts = [text.replace("<p>Much", f"{story}Much") for text in sample_gallery.contents["texts"]]
    tile = tiles(sample_gallery, {**sample_gallery.contents, "texts": texts})[f"{place}/94a3f8c04db3"]
    (node,) = LexborHTMLParser(tile.css("iframe")[0].attributes["srcdoc"] or "").css("[data-differs]")
    assert node.text().startswith(shown)


def test_a_message_is_a_bubble(sample_gallery: Gallery) -> None:
    contents = copy.deepcopy({**sample_gallery.contents})
    del contents["groups"][0]["parts"]["html"]
    first, *_ = tiles(sample_gallery, contents).values()
    assert first.css("iframe") == []
    said = [node.text() for node in first.css(".message p")]
    assert said[0] == "Good to see you, friend"
    assert len(said) == len(contents["groups"][0]["parts"])


def test_hostile_words_are_words(sample_gallery: Gallery) -> None:
    contents = copy.deepcopy({**sample_gallery.contents})
    hostile = '"><script>alert(1)</script>'
    contents["brand"] = contents["groups"][0]["campaign"] = contents["groups"][0]["locale"] = hostile
    contents["cards"][0] |= {"title": hostile, "notes": [hostile]}
    contents["cards"][1] |= {"differs": hostile, "audience": [hostile]}
    tree = LexborHTMLParser(contact_sheet(contents, sample_gallery.looks))
    assert tree.css("script") == []
    assert tree.css("h3")[0].text() == hostile


def test_on_paper(browser: Browser, sample_gallery: Gallery, tmp_path: Path) -> None:
    path = sample_gallery.write(tmp_path / "gallery", pdf=True)
    assert sorted(file.name for file in path.parent.iterdir()) == ["contact-sheet.pdf", "index.html"]
    page = browser.new_page()
    page.goto(path.as_uri())
    page.wait_for_selector("#default iframe")
    assert page.get_attribute("#sheet:not([hidden]) a", "href") == "contact-sheet.pdf"
    page.close()
    pdf = (path.parent / "contact-sheet.pdf").read_bytes()
    assert pages(pdf) == len(sample_gallery.contents["groups"]), "at most ten looks each"
    captions = sum(len("".join(line.split())) for tile in tiles(sample_gallery).values() for line in lines(tile))
    assert glyphs(pdf) > 1.5 * captions, "the words of the looks, too"
    assert sample_gallery.write(tmp_path / "gallery").parent == path.parent
    assert [file.name for file in path.parent.iterdir()] == ["index.html"]


def test_a_message_on_paper_says_more_than_its_caption(
    browser: Browser, sample_gallery: Gallery, tmp_path: Path
) -> None:
    contents = copy.deepcopy({**sample_gallery.contents})
    (group,) = contents["groups"] = contents["groups"][:1]
    group["parts"] = {"text": {"segments": [len(contents["texts"])], "calls": []}}
    contents["texts"].append("message " * 40)
    contents["cards"] = contents["cards"][:1]
    looks: dict[str, LookStatus] = {contents["cards"][0]["key"]: "look"}
    path = Gallery(contents, sample_gallery.images, {}, looks, True).write(tmp_path / "gallery", pdf=True)
    assert glyphs((path.parent / "contact-sheet.pdf").read_bytes()) > 40 * len("message")


@pytest.mark.slow
@pytest.mark.parametrize(("looks", "sheets"), [(10, 1), (11, 2)])
def test_ten_looks_are_a_page(
    browser: Browser, sample_gallery: Gallery, tmp_path: Path, looks: int, sheets: int
) -> None:
    contents = copy.deepcopy({**sample_gallery.contents})
    card = contents["cards"][1] | {"title": "long words " * 30, "differs": "other " * 60, "audience": ["who " * 60]}
    contents["groups"] = contents["groups"][:1]
    contents["cards"] = [card | {"key": str(number)} for number in range(looks)]
    gallery = Gallery(contents, sample_gallery.images, {}, {str(number): "look" for number in range(looks)}, True)
    path = gallery.write(tmp_path / "gallery", pdf=True)
    assert pages((path.parent / "contact-sheet.pdf").read_bytes()) == sheets
