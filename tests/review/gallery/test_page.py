"""The page: one file that asks for nothing, and in which text stays text."""

from __future__ import annotations

import base64
import json
import re
from html import unescape

import pytest

from assembler.review.gallery.gallery import Gallery
from assembler.review.gallery.page import embedded_images, page
from tests.review.gallery.conftest import contents_of_page

MOST_SCRIPT = 45_000


def block(text: str, name: str) -> object:
    """What a data block of a page holds."""
    return json.loads(text.partition(f'<script type="application/json" id="{name}">')[2].partition("</script>")[0])


def modules(text: str) -> dict[str, str]:
    """The scripts of a page by name."""
    entries = json.loads(text.partition('<script type="importmap">')[2].partition("</script>")[0])["imports"]
    return {name: base64.b64decode(url.partition(",")[2]).decode() for name, url in entries.items()}


@pytest.fixture(scope="module")
def text(sample_gallery: Gallery) -> str:
    return page(sample_gallery.contents, sample_gallery.images, session=None).decode()


def test_it_holds_what_it_shows(text: str, sample_gallery: Gallery) -> None:
    assert contents_of_page(text) == json.loads(json.dumps(sample_gallery.contents))
    assert block(text, "images") == sample_gallery.images
    assert block(text, "session") is None


def test_its_scripts_are_few_and_it_has_no_others(text: str) -> None:
    assert sum(len(script.encode()) for script in modules(text).values()) <= MOST_SCRIPT
    kinds = re.findall(r"<script([^>]*)>", text)
    assert kinds == [
        ' type="importmap"',
        ' type="application/json" id="words"',
        ' type="application/octet-stream" id="first"',
        ' type="application/json" id="images"',
        ' type="application/json" id="session"',
        ' type="module" async',
        ' type="application/octet-stream" id="rest"',
    ]


def test_it_loads_nothing(text: str) -> None:
    markup = re.sub(
        r'(<script type="(?:application/json|application/octet-stream|importmap)"[^>]*>).*?(</script>)',
        r"\1\2",
        text,
        flags=re.DOTALL,
    )
    assert re.findall("<a [^>]*>", markup) == ['<a href="contact-sheet.pdf" target="_blank">'], "a file beside it"
    markup = re.sub("<a [^>]*>", "", markup)
    assert not re.findall(r"""(?:src|href)=(?!"data:,")|url\(|@import|https?://""", markup)


@pytest.mark.parametrize("session", [None, {"token": "t", "revision": "r"}], ids=["from disk", "served"])
def test_its_policy_lets_in_no_script_but_its_own(sample_gallery: Gallery, session: dict[str, object] | None) -> None:
    text = page(sample_gallery.contents, sample_gallery.images, session=session).decode()
    match = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert match
    policy = dict(directive.split(" ", 1) for directive in unescape(match[1]).split("; "))
    assert policy["default-src"] == "'none'"
    assert "unsafe" not in policy["script-src"]
    assert policy["connect-src"] == ("'self'" if session else "'none'")
    assert policy["require-trusted-types-for"] == "'script'"


@pytest.mark.parametrize(
    "words", ["</script><script>alert(1)</script>", "<!--<script>", "\u2028\u2029", "%%title%%", "]]>&amp;"]
)
def test_words_stay_words(sample_gallery: Gallery, words: str) -> None:
    contents = {**sample_gallery.contents, "brand": words}
    text = page(contents, {"data": [], "addresses": {words: 0}}, session=None).decode()
    assert block(text, "images") == {"data": [], "addresses": {words: 0}}
    assert "<script>alert" not in text


def test_an_image_in_two_sizes_is_there_once_and_one_that_nothing_shows_is_not() -> None:
    files = {"a-1.png": b"small", "a-1@2x.png": b"large", "b-1.jpg": b"unused", "c-1.gif": b"alone"}
    images = {"https://cdn.example/" + name: data for name, data in files.items()}
    embedded = embedded_images(
        images,
        ["https://cdn.example/a-1.png https://cdn.example/a-1@2x.png", "https://cdn.example/c-1.gif"],
    )
    assert embedded == {
        "data": ["data:image/png;base64,bGFyZ2U=", "data:image/gif;base64,YWxvbmU="],
        "addresses": {
            "https://cdn.example/a-1.png": 0,
            "https://cdn.example/a-1@2x.png": 0,
            "https://cdn.example/c-1.gif": 1,
        },
    }
