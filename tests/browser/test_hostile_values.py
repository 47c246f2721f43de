"""Merge fields with hostile values in a real browser: no script runs, no request leaves, the tree stays what it was."""

from __future__ import annotations

from typing import Any

import pytest

from assembler import Library
from tests.browser.projects import starter_files, without_checks
from tests.browser.viewer import Viewer
from tests.conftest import STARTER_MOMENT

HOSTILE = [
    "<script>window.harmed=1</script>",
    "</title><script>window.harmed=1</script>",
    "</style></script><script>window.harmed=1</script>",
    '"><img src=x onerror=window.harmed=1>',
    "'><svg onload=window.harmed=1>",
    '" onmouseover="window.harmed=1" x="',
    "javascript:window.harmed=1",
    " java\tscript:window.harmed=1",
    "data:text/html,<script>window.harmed=1</script>",
    "https://evil.example/steal",
    "https://www.harbourandpine.example@evil.example/",
    "https://www.harbourandpine.example\\@evil.example/",
    "//evil.example/x.png",
    "https://www.harbourandpine.example/u/1?a=\"onclick='window.harmed=1'",
    "--><script>window.harmed=1</script><!--",
    "<![endif]--><script>window.harmed=1</script>",
    "]]><iframe src=https://evil.example></iframe>",
    '"}</script><script>window.harmed=1</script>',
    '\\u0022}];window.harmed=1;//"',
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "url(https://evil.example/x.png)",
    "<style>@import 'https://evil.example/x.css';</style>",
    "</textarea></table></td><h1>Twice</h1>",
    "&lt;script&gt;window.harmed=1&lt;/script&gt;",
    "&#60;img src=x onerror=window.harmed=1&#62;",
    "{{constructor.constructor('window.harmed=1')()}}",
    "${window.harmed=1}",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=window.harmed=1>",
    "\u202e<b>desrever</b>",
    "a\u2028<script>window.harmed=1</script>",
]
_TREE = """() => [...document.querySelectorAll("*")].map(
  node => [node.tagName, ...[...node.attributes].map(each => each.name).sort()].join(" ")
)"""
_CLICKS = """() => { for (const node of document.querySelectorAll("body *")) {
  for (const name of ["mouseover", "focus", "load", "error"]) node.dispatchEvent(new Event(name)); } }"""


def shown(viewer: Viewer, library: Library, place: tuple[str, str, str], fields: dict[str, Any]) -> dict[str, Any]:
    """What a document with these values is in the browser."""
    campaign, channel, locale = place
    context = {"locale": locale, "fields": fields, "segment": "new_friend", "stage": "first_season"}
    html = library.assemble(campaign, channel=channel, context=context, at=STARTER_MOMENT).html or ""
    viewer.requests.clear()
    viewer.evaluate("delete window.harmed")
    viewer.show(html)
    viewer.evaluate(_CLICKS)
    viewer.page.wait_for_load_state("load")
    return {
        "tree": viewer.evaluate(_TREE),
        "harmed": viewer.evaluate("window.harmed === undefined ? false : true"),
        "requests": list(viewer.requests),
        "hosts": viewer.evaluate("() => [...new Set([...document.links].map(each => each.host))].sort()"),
        "json": viewer.evaluate("() => [...document.scripts].map(each => typeof JSON.parse(each.textContent))"),
    }


@pytest.fixture(scope="module")
def trusting() -> Library:
    """The starter with a name field that takes any text, so that the values do stand in the documents."""
    files = starter_files()
    settings = str(files["assembler.yaml"]).replace("first_name: {kind: name", "first_name: {kind: text")
    return without_checks({**files, "assembler.yaml": settings})[1]


@pytest.mark.parametrize("locale", ["en", "fr"])
@pytest.mark.parametrize("name", ["starter_library", "trusting"])
def test_values_never_do_more_than_stand_there(
    viewer: Viewer, request: pytest.FixtureRequest, name: str, locale: str
) -> None:
    library: Library = request.getfixturevalue(name)
    for campaign in library.campaigns:
        for channel in library.channels(campaign):
            place = (campaign, channel, locale)
            harmless = shown(viewer, library, place, {"first_name": "Maya"})
            assert harmless["harmed"] is False
            for value in HOSTILE:
                fields = dict.fromkeys(library.content.fields, value)
                assert shown(viewer, library, place, fields) == harmless, value


def test_the_values_do_stand_there(viewer: Viewer, trusting: Library) -> None:
    shown(viewer, trusting, ("come_back", "email", "en"), {"first_name": HOSTILE[0]})
    assert f"Hello {HOSTILE[0]}," in viewer.evaluate("document.body.innerText")


def test_the_browser_would_tell(viewer: Viewer) -> None:
    viewer.show("<img src=https://evil.example/x.png onerror=window.harmed=1><script>window.harmed=1</script>")
    viewer.page.wait_for_load_state("load")
    assert viewer.evaluate("window.harmed") == 1
    assert "https://evil.example/x.png" in viewer.requests
    viewer.evaluate("delete window.harmed")
    viewer.requests.clear()
