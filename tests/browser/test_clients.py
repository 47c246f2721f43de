"""caniemail's data: what the e-mails use is supported by every e-mail program, or nothing is lost where it is not."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator

import pytest
from selectolax.lexbor import LexborHTMLParser

from assembler import Library
from tests.browser.conftest import node_module
from tests.browser.documents import defaults

UNSUPPORTED_SOMEWHERE = {
    "css-at-media": "narrow screens only: without it the mail is 600 px wide at most, and still flows",
    "css-at-media-prefers-color-scheme": "a program without it shows the mail by day, or inverts it itself",
    "css-border-radius": "square corners",
    "css-color-scheme": "the meta of the same name says it as well",
    "css-height": "`auto`, beside the width and height that every img has",
    "css-hyphens": "long words break where they must, without a hyphen",
    "css-max-height": "one of several ways in which the preheader is hidden",
    "css-opacity": "one of several ways in which the preheader is hidden",
    "css-overflow": "one of several ways in which the preheader is hidden",
    "css-pseudo-class-hover": "the underline of a link stays when pointed at",
    "css-selector-attribute": "letters of right-to-left scripts keep the house's spacing",
    "css-text-decoration": "links are underlined by the program itself",
    "css-text-wrap": "the last word of a heading may stand alone on its line",
    "css-visibility": "one of several ways in which the preheader is hidden",
    "css-white-space": "a button of two words or more may break; the cell grows with it",
    "css-word-break": "a word longer than the screen widens the mail",
    "html-aria-label": "the heading names the mail as well",
    "html-body": "its classes and language stand on the wrapper inside it too",
    "html-dir": "it stands on html, on the wrapper and on the preheader; a program may still go by the words",
    "html-lang": "it stands on html, on the wrapper and on the preheader; a program may still guess by the words",
    "html-role": "a screen reader may then count the tables: few of them, with a cell or a row each",
    "html-height": "of images; the width is kept, and with it the proportion",
    "html-meta-color-scheme": "a program without it shows the mail by day, or inverts it itself",
    "html-width": "of images and tables, which the inlined width says as well",
    "html-style": "everything essential is inlined; narrow screens and the night are a comfort",
}
"""Features that some program lacks, and what its reader gets instead."""

UNTESTED = {
    "-ms-text-size-adjust": "Windows phones: keeps the sizes",
    "-webkit-hyphens": "hyphens, for older Apple Mail",
    "-webkit-text-size-adjust": "Apple Mail on iPhones: keeps the sizes",
    "color": "as old as CSS",
    "mso-padding-alt": "Outlook for Windows, which pads cells and not links: the button is as high there as elsewhere",
}
"""Properties that caniemail has no data for, and why they are there."""

HTML = {"h1": "html-h1-h6", "h2": "html-h1-h6", "li": "html-lists", "ol": "html-lists", "ul": "html-lists"} | {
    name: f"html-{name}" for name in ("body", "div", "img", "p", "strong", "style", "table")
}
PLAIN = {"-comment", "-doctype", "-text", "a", "em", "head", "html", "meta", "script", "tbody", "td", "title", "tr"}
ATTRIBUTES = {"aria-label", "cellpadding", "cellspacing", "dir", "height", "lang", "role", "width"}
AT_AND_SELECTORS = {
    "@media": "css-at-media",
    "prefers-color-scheme": "css-at-media-prefers-color-scheme",
    ":hover": "css-pseudo-class-hover",
    "[": "css-selector-attribute",
}
SHORT = {"border": "css-border", "font": "css-font", "margin": "css-margin", "padding": "css-padding"}
_OUTSIDE_QUOTES = re.compile(r";(?=(?:[^\"']|\"[^\"]*\"|'[^']*')*$)")


@pytest.fixture(scope="module")
def support() -> dict[str, set[str]]:
    """The programs that lack each feature in their latest version."""
    data = json.loads(node_module("caniemail/data/caniemail.json").read_text(encoding="utf-8"))["data"]
    return {
        feature["slug"]: {
            f"{family} {platform}"
            for family, platforms in feature["stats"].items()
            for platform, versions in platforms.items()
            if list(versions.values())[-1].startswith("n")
        }
        for feature in data
    }


@pytest.fixture(scope="module")
def used(support: dict[str, set[str]], starter_library: Library) -> set[str]:
    """The features of caniemail that the e-mails use; a property without data stands for itself."""
    mails = [mail.html for mail in defaults(starter_library) if mail.channel == "email"]
    return {feature for html in mails for feature in features(html, support.keys())}


def features(html: str, known: Collection[str]) -> Iterator[str]:
    """What a document uses."""
    properties: set[str] = set()
    root = LexborHTMLParser(html).root
    assert root is not None
    for node in root.traverse():
        assert node.tag in HTML or node.tag in PLAIN, f"<{node.tag}> is new: look it up"
        yield from {HTML[node.tag]} if node.tag in HTML else ()
        yield from (f"html-{name}" for name in node.attributes if name in ATTRIBUTES)
        if "color-scheme" in (node.attributes.get("name") or ""):
            yield "html-meta-color-scheme"
        declarations = _OUTSIDE_QUOTES.split(node.attributes.get("style") or "")
        properties |= {declaration.partition(":")[0].strip() for declaration in declarations if declaration.strip()}
    css = html.rpartition("<style>")[2].partition("</style>")[0]
    properties |= set(re.findall(r"[{;]\s*([a-z-]+)\s*:", css))
    yield from (feature for written, feature in AT_AND_SELECTORS.items() if written in css)
    for name in properties:
        yield f"css-{name}" if f"css-{name}" in known else SHORT.get(name.partition("-")[0], name)


def test_nothing_is_lost_where_a_program_lacks_a_feature(support: dict[str, set[str]], used: set[str]) -> None:
    lacking = {feature for feature in used if support.get(feature)}
    assert {feature: sorted(support[feature]) for feature in sorted(lacking - UNSUPPORTED_SOMEWHERE.keys())} == {}
    assert UNSUPPORTED_SOMEWHERE.keys() - lacking == set(), "no longer used, or supported by now"


def test_every_property_without_data_is_known(support: dict[str, set[str]], used: set[str]) -> None:
    assert {feature for feature in used if feature not in support} == UNTESTED.keys()


def test_what_the_programs_people_use_most_lack_is_looked_up(support: dict[str, set[str]]) -> None:
    assert any("outlook windows" in program for program in support["css-display-flex"])
    assert any("gmail" in program for program in support["css-position"])
