"""Narrow windows, long words, right-to-left scripts, no images: nothing sticks out, nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from selectolax.lexbor import LexborHTMLParser

from assembler import Library
from tests.browser.documents import Document, cells, defaults, distinct
from tests.browser.projects import ARABIC, COMPOUNDS, translated, without_checks
from tests.browser.viewer import Viewer
from tests.conftest import STARTER_MOMENT

WIDTHS = (320, 375, 600, 1280)
_BULLETS = """() => [...document.querySelectorAll("ul")].every(list => [...list.children].every(
  each => list.getBoundingClientRect().right - each.getBoundingClientRect().right > 10))"""
_FIRST_ACTION = "document.querySelector('main a.button').getBoundingClientRect().bottom"


def sticking_out(viewer: Viewer, documents: list[Document]) -> Iterator[str]:
    """The documents that have to be scrolled sideways."""
    for document in documents:
        viewer.show(document.html)
        for width in WIDTHS:
            viewer.look(width=width)
            wide = viewer.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                yield f"{document.name} is {wide} px wide in a window of {width}"


def of_locale(files: dict[str, str | bytes], locale: str) -> list[Document]:
    _, library = without_checks(files)
    return [document for document in defaults(library) if document.name.endswith(f"/{locale}")]


@pytest.mark.slow
def test_every_cell_fits_every_window(viewer: Viewer, starter_library: Library) -> None:
    assert list(sticking_out(viewer, distinct(cells(starter_library, STARTER_MOMENT)))) == []


def test_long_words_fit(viewer: Viewer) -> None:
    documents = of_locale(translated("de", "ltr", COMPOUNDS), "de")
    assert documents and all("Lieferketten" in document.html for document in documents)
    assert list(sticking_out(viewer, documents)) == []


def test_right_to_left(viewer: Viewer) -> None:
    documents = of_locale(translated("ar", "rtl", ARABIC), "ar")
    assert list(sticking_out(viewer, documents)) == []
    for document in documents:
        viewer.show(document.html)
        viewer.look(width=1280)
        directions = (
            "() => [...document.querySelectorAll('h1, h2, p, li')].map(each => getComputedStyle(each).direction)"
        )
        assert set(viewer.evaluate(directions)) == {"rtl"}
        assert viewer.evaluate(_BULLETS), "bullets stand on the right"


def test_the_action_is_on_the_first_screen_of_a_phone(viewer: Viewer, starter_library: Library) -> None:
    """P08, measured: 375 px wide, 667 px high."""
    for document in distinct(cells(starter_library, STARTER_MOMENT)):
        if document.channel == "page":
            viewer.show(document.html)
            viewer.look(width=375)
            assert viewer.evaluate(_FIRST_ACTION) <= 667, document.name


def test_a_button_is_as_high_as_a_thumb(viewer: Viewer, starter_library: Library) -> None:
    for document in distinct(defaults(starter_library)):
        viewer.show(document.html)
        for width in WIDTHS:
            viewer.look(width=width)
            links = "() => [...document.querySelectorAll('.button')].map(each => each.getBoundingClientRect().height)"
            assert min(viewer.evaluate(links)) >= 44, document.name


@pytest.mark.parametrize("drop", ["images", "styles"])
def test_all_words_are_there_without(viewer: Viewer, starter_library: Library, drop: str) -> None:
    for document in distinct(defaults(starter_library)):
        html = re.sub(r'(src|srcset)="[^"]*"', r'\1=""', document.html)
        if drop == "styles":
            html = re.sub(r"<style>.*?</style>", "", re.sub(r' style="[^"]*"', "", document.html), flags=re.DOTALL)
        viewer.show(html)
        seen = re.sub(r"\W+", " ", viewer.evaluate("document.body.innerText"))
        tree = LexborHTMLParser(document.html)
        for node in tree.css("h1, h2, p, li, .code, .button"):
            assert re.sub(r"\W+", " ", node.text()).strip() in seen, f"{document.name}: {node.text()!r}"
        if drop == "images":
            assert all(image.attributes.get("alt") is not None for image in tree.css("img"))
