"""The gallery in Chromium, from disk and without a mouse."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from assembler.authoring import Project
from assembler.review.gallery.gallery import Gallery
from assembler.review.gallery.page import page as page_of
from tests.authoring.builders import MOMENT, component, project as files
from tests.browser.conftest import node_module
from tests.cli.conftest import Run, project, run
from tests.review.gallery.conftest import gallery_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page, Route

__all__ = ["project", "run"]

Show = Callable[[bytes], "Page"]

_VIOLATIONS = """() => axe.run(document, {iframes: false, resultTypes: ["violations"]}).then(found =>
  found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 200)}`)))"""


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Show]:
    """Shows a page from disk. Nothing may be asked for, and nothing may go wrong in it."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    troubles: list[str] = []

    def asked_for(route: Route) -> None:
        troubles.append(route.request.url)
        route.abort()

    def said(dialog: Dialog) -> None:
        troubles.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def show(data: bytes) -> Page:
        path = tmp_path / "shown" / "index.html"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        shown = context.new_page()
        shown.on("pageerror", lambda error: troubles.append(f"error: {error}"))
        shown.on("dialog", said)
        shown.goto(path.as_uri())
        shown.wait_for_selector("#wall li")
        return shown

    context.route(re.compile("^(?!file:|data:|blob:)"), asked_for)
    yield show
    context.close()
    assert troubles == []


def data_of(gallery: Gallery, contents: dict[str, Any] | None = None) -> bytes:
    return page_of(contents or gallery.contents, gallery.images, session=None)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def text(page: Page, selector: str) -> str:
    return page.inner_text(selector)


def test_a_whole_review_without_a_mouse(show: Show, project: Path, run: Run, tmp_path: Path) -> None:
    gallery = gallery_of(Project.load(project), project)
    page = show(data_of(gallery))
    all_ = len(gallery.contents["cards"])
    assert text(page, "#found") == f"{all_} variants"
    # Ask for changes, think better of it, and approve.
    press(page, "j", "j", "Enter")
    page.wait_for_selector("#detail iframe")
    press(page, "x")
    page.keyboard.type("Say it in fewer words")
    press(page, "Tab", "Tab", "Tab", "Enter")
    page.wait_for_selector("#said:text('Changes are asked for.')")
    assert text(page, "#about").startswith("✎ Changes asked for")
    assert "Say it in fewer words" in text(page, "#detail")
    press(page, "u")
    assert text(page, "#about").startswith("○ To look at")
    press(page, "a")
    assert text(page, "#about").startswith("◐ Waits for its default")
    # Everything at once, one of which was opened.
    press(page, "Escape")
    for _ in range(all_):
        press(page, "k")
    for _ in range(all_):
        press(page, "c", "j")
    page.focus("#batch")
    press(page, "Enter")
    assert f"{all_} variants chosen, 1 of them opened." in text(page, "#several-about")
    page.focus("#several button[value=done]")
    press(page, "Enter")
    page.wait_for_selector("#batch", state="hidden")
    # What a default shows is approved by itself.
    press(page, "/")
    assert page.evaluate("document.activeElement.type") == "search"
    page.focus("select[name=status]")
    press(page, "ArrowDown", "Escape")
    defaults = sum(card["default"] for card in gallery.contents["cards"])
    assert text(page, "#found") == f"{defaults} variants"
    page.focus("#wall button")
    press(page, "Enter")
    for _ in range(defaults):
        page.wait_for_selector("#detail iframe")
        press(page, "a", "j")
    assert text(page, "#progress").startswith("153 of 153 pairs cleared, 0 cards")
    # Hand in.
    page.focus("#handin")
    press(page, "Enter")
    page.focus("#deliver button[value=done]")
    with page.expect_download() as download:
        press(page, "Enter")
    download.value.save_as(tmp_path / "decisions.json")
    imported = run(
        "review", "import", str(tmp_path / "decisions.json"), "--reviewer", "Maya Lind <maya@sample.example>"
    )
    assert imported.exit_code == 0, imported.output
    checked = run("review", "check", "--as-of", MOMENT.isoformat())
    assert checked.exit_code == 0, checked.output
    assert gallery_of(Project.load(project), project).contents["subjects"]["status"].strip("a") == ""


def test_decisions_outlast_a_reload_and_facets_are_in_the_address(show: Show, sample_gallery: Gallery) -> None:
    page = show(data_of(sample_gallery))
    page.select_option("select[name=campaign]", "back")
    page.fill("input[type=search]", "sweet")
    assert "q=sweet" in page.evaluate("location.hash")
    shown = text(page, "#found")
    page.focus("#wall button")
    press(page, "Enter")
    page.wait_for_selector("#detail iframe")
    press(page, "a")
    address = page.url
    page.close()
    again = page.context.new_page()
    again.goto(address)
    assert "◐ Waits for its default" in text(again, "#about")
    press(again, "Escape")
    assert text(again, "#found") == shown
    assert again.input_value("input[type=search]") == "sweet"
    assert text(again, "#handin").startswith("Hand in 1 decision")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_in_any_state(show: Show, sample: Any, width: int, scheme: Any) -> None:
    changed = Project.from_files(
        files(component("title/plain", 'Great to see you, {{ first_name | default: "friend" }}'))
    )
    page = show(data_of(gallery_of(changed, Path("nowhere"), sample)))
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    script = node_module("axe-core/axe.min.js").read_text()
    page.context.new_cdp_session(page).send("Runtime.evaluate", {"expression": script})
    states = {
        "all": [],
        "keys": ["?"],
        "one": ["Escape", "j", "Enter"],
        "changes": ["x"],
        "before": ["Escape", "b"],
        "onion, dark": ["o", "n"],
        "plain text": ["t"],
        "no styles, no images": ["t", "s", "i"],
        "decided": ["a"],
        "batch": ["Escape", "c", "Shift+Tab"],
    }
    for state, keys in states.items():
        press(page, *keys)
        if state == "batch":
            page.focus("#batch")
            press(page, "Enter")
        violations = page.evaluate(_VIOLATIONS)
        assert violations == [], f"{state}: {violations}"
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{state}: {wide} pixels too wide"


HOSTILE = """\
<script>document.title = 'ran'</script><img src=x onerror="top.document.title = 'ran'"><svg onload="alert(1)"></svg>
<iframe srcdoc="<script>top.document.title='ran'</script>"></iframe><base href="https://evil.example/">
<meta http-equiv="refresh" content="0;url=https://evil.example/">
<link rel="stylesheet" href="https://evil.example/a.css">
<style>@import 'https://evil.example/b.css'; p { background: url(https://evil.example/c.png) }</style>
<form action="https://evil.example/"><button autofocus>x</button></form>
<a href="javascript:alert(1)" ping="https://evil.example/">x</a>
<video src="https://evil.example/v.mp4" autoplay></video>"""


def test_hostile_words_anywhere_run_nothing_and_ask_for_nothing(show: Show, sample_gallery: Gallery) -> None:
    contents: dict[str, Any] = json.loads(json.dumps(sample_gallery.contents))
    contents["texts"] = [
        words.replace("Good to see you", HOSTILE + "Good to see you") + HOSTILE for words in contents["texts"]
    ]
    contents["brand"] = HOSTILE
    for about in contents["components"].values():
        about.update(owner=HOSTILE, hypothesis=HOSTILE, path=HOSTILE, findings=[HOSTILE])
    for card in contents["cards"]:
        card["who"] = HOSTILE
        card["cells"] = [[HOSTILE, HOSTILE], *card["cells"]]
        decision = dict.fromkeys(("reviewer", "whose", "comment", "slot", "quote"), HOSTILE)
        card["decisions"] = [{**decision, "verdict": "approve", "time": "2026-11-22T12:00:00+00:00"}]
    for group in contents["groups"]:
        for said in group["differences"].values():
            said["body"] = [["+", HOSTILE], ["-", HOSTILE]]
    page = show(data_of(sample_gallery, contents))
    page.wait_for_selector("#wall iframe")
    press(page, "j", "Enter")
    page.wait_for_selector("#detail iframe")
    for key in "dnnowtsib":
        press(page, key)
    page.wait_for_timeout(300)
    assert page.title() != "ran"
    assert page.evaluate("[...document.querySelectorAll('iframe')].every(each => each.getAttribute('sandbox') === '')")
    assert (
        page.evaluate("document.querySelectorAll('#one script, #one img, #one svg, #one form, #list script').length")
        == 0
    )


def test_ten_thousand_variants_keep_few_frames_alive(show: Show, sample_gallery: Gallery) -> None:
    contents: dict[str, Any] = copy.copy(dict(sample_gallery.contents))
    cards = contents["cards"]
    contents["cards"] = [
        {
            **cards[number % len(cards)],
            "key": f"{cards[number % len(cards)]['key']}{number}",
            "digest": f"{number:064x}",
        }
        for number in range(10_000)
    ]
    page = show(data_of(sample_gallery, contents))
    assert text(page, "#found") == "10,000 variants"
    height = page.evaluate("document.documentElement.scrollHeight")
    alive = "[document.querySelectorAll('iframe').length, document.querySelectorAll('#wall li').length]"
    for step in range(12):
        page.evaluate("top => scrollTo(0, top)", height * step / 12)
        page.wait_for_timeout(40)
        frames, nodes = page.evaluate(alive)
        assert frames < 20
        assert nodes < 40
    page.wait_for_selector("#wall iframe")
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.wait_for_selector("#wall li[aria-posinset='10000'] iframe")


def test_slots_that_differ_are_outlined_and_dark_is_the_authors_own(show: Show, sample_gallery: Gallery) -> None:
    page = show(data_of(sample_gallery))
    press(page, "j", "j", "Enter")
    page.wait_for_selector("#detail iframe")
    press(page, "n")
    sources = page.evaluate("[...document.querySelectorAll('#detail iframe')].map(each => each.srcdoc)")
    assert len(sources) == 4
    assert all("@media (min-width:0) { b { color: #fff !important; } }" in source for source in sources)
    assert all('data-changed=""' in source for source in sources[::2])
    labels = page.evaluate("[...document.querySelectorAll('#detail iframe')].map(each => each.title)")
    assert labels[0] == "This variant, 375 pixels wide, Dark, as designed"


def test_two_tabs_keep_each_others_decisions(show: Show, sample_gallery: Gallery) -> None:
    one = show(data_of(sample_gallery))
    other = one.context.new_page()
    other.goto(one.url)
    for page, steps in ((one, 2), (other, 3)):
        press(page, *["j"] * steps, "Enter")
        page.wait_for_selector("#detail iframe")
        press(page, "a")
    assert text(other, "#handin").startswith("Hand in 2 decisions")
    one.wait_for_selector("#handin:has-text('Hand in 2 decisions')")


@pytest.mark.parametrize(
    "kept",
    ["rubbish", "null", "[]", '{"decisions":"abc"}', '{"decisions":[null]}', '{"decisions":[{"verdict":"approve"}]}'],
)
def test_rubbish_in_the_browser_is_not_there(show: Show, sample_gallery: Gallery, kept: str) -> None:
    page = show(data_of(sample_gallery))
    page.evaluate("kept => localStorage.setItem('assembler review: sample', kept)", kept)
    page.reload()
    page.wait_for_selector("#wall li")
    press(page, "Enter", "a")
    assert text(page, "#handin").startswith("Hand in 1 decision")


def test_what_the_address_cannot_mean_is_not_there(show: Show, sample_gallery: Gallery) -> None:
    page = show(data_of(sample_gallery))
    press(page, "Enter")
    page.evaluate("location.hash += '&scheme=constructor&width=zzz&view=zzz&words=zzz&against=zzz'")
    page.wait_for_selector("h3:has-text('Pictures: light')")
    assert page.locator("#detail iframe").count() == 4
