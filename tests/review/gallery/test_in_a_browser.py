"""The gallery in Chromium, from disk and without a mouse."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from assembler import Library
from assembler.authoring import Project
from assembler.review.gallery.gallery import Gallery
from assembler.review.gallery.page import page as page_of
from tests.authoring.builders import MOMENT, component, in_memory, project as files
from tests.browser.conftest import node_module
from tests.cli.conftest import Run, project, remembered, run
from tests.review.gallery.conftest import gallery_of
from tests.review.pictures.paper import glyphs, pages

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page, Route

__all__ = ["project", "remembered", "run"]


class Show(Protocol):
    """Shows a page, at an address within it; unless `whole`, its first view alone is waited for."""

    def __call__(self, data: bytes, address: str = "", *, whole: bool = True) -> Page: ...


_VIOLATIONS = """() => axe.run(document, {iframes: false, resultTypes: ["violations"]}).then(found =>
  found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 200)}`)))"""


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Show]:
    """Shows a page from disk. Nothing may be asked for, and nothing may go wrong in it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    context.set_default_timeout(10_000)
    troubles: list[str] = []

    def asked_for(route: Route) -> None:
        troubles.append(route.request.url)
        route.abort()

    def said(dialog: Dialog) -> None:
        troubles.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def show(data: bytes, address: str = "", *, whole: bool = True) -> Page:
        path = tmp_path / "shown" / "index.html"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        shown = context.new_page()
        shown.on("pageerror", lambda error: troubles.append(f"error: {error}"))
        shown.on("dialog", said)
        shown.goto(path.as_uri() + address)
        shown.wait_for_selector("#progress:not(:empty)" if whole else "#default iframe", state="attached")
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


def text(page: Page, selector: str, *, hidden: bool = False) -> str:
    return (page.text_content(selector) or "") if hidden else page.inner_text(selector)


def opened(page: Page) -> None:
    """Wait until a variant is open and its picture has been in view."""
    page.wait_for_function(
        """() => {
          const { digest } = document.querySelector("#one").dataset;
          const kept = Object.values(localStorage)[0] ?? "";
          return !document.querySelector("#one").hidden && kept.includes(`"${digest}":1`);
        }"""
    )


def said(page: Page, words: str) -> None:
    """Wait until the page says something."""
    page.wait_for_function("words => document.querySelector('#said').textContent.includes(words)", arg=words)


def frames_drawn(page: Page, number: int) -> None:
    """Wait until so many pictures stand on the stage, and slots are marked on them."""
    page.wait_for_function(
        """number => {
          const all = [...document.querySelectorAll("#stage .sheet")];
          return all.length === number && all.every((sheet) => sheet.querySelector(".mark"));
        }""",
        arg=number,
    )


def test_the_first_view_is_the_default_and_who_gets_what_instead(show: Show, sample_gallery: Gallery) -> None:
    page = show(data_of(sample_gallery))
    page.wait_for_selector("#default iframe")
    assert text(page, "#default h2") == "The default"
    assert page.locator("#places select").evaluate_all("all => all.map(each => each.value)") == ["back", "email", "en"]
    headings = page.locator("#matrix thead th").all_inner_texts()
    assert [heading.split("\n")[0] for heading in headings] == ["here and any stage", "away"]
    rows = [row.split("\n")[0] for row in page.locator("#matrix tbody th").all_inner_texts()]
    assert [row.lstrip("123456789 ") for row in rows] == ["sweet tooth", "salty tooth and everyone else"]
    group = sample_gallery.contents["groups"][0]
    keys = [sample_gallery.contents["cards"][cell[0]]["key"] for cell in group["matrix"]["cells"]]
    shown = page.locator("#matrix button").evaluate_all("all => all.map(each => each.card.key)")
    assert sorted(shown) == sorted(keys)
    quiet = page.locator("#matrix .quiet").all_inner_texts()
    assert "The default" in quiet[0]
    assert text(page, "#matrix .tile h3") == "sweet tooth, here and any stage:\nOther title; added: offer"
    assert "0 of " in text(page, "#progress")
    assert "looks approved" in text(page, "#progress")


NEVER_ENDING = """
  const { DecompressionStream } = globalThis, flush = () => new Promise(() => {});
  let begun = 0;
  globalThis.DecompressionStream = class {
    constructor(format) {
      return begun++ ? new TransformStream({ transform() {}, flush }) : new DecompressionStream(format);
    }
  };
"""


def test_the_first_view_waits_for_no_more_than_it_shows(show: Show, sample_gallery: Gallery) -> None:
    data = data_of(sample_gallery)
    show(data).context.add_init_script(NEVER_ENDING)
    page = show(data, whole=False)
    page.wait_for_function("document.querySelector('#default .frame').style.height")
    assert page.locator("#matrix tbody td").count() > 1
    assert text(page, "#progress", hidden=True) == ""
    press(page, "v")
    assert page.is_visible("#overview")
    assert page.is_hidden("#all"), "all variants are not known"


def test_a_thumbnail_is_cropped_to_what_differs(show: Show, sample_gallery: Gallery) -> None:
    page = show(data_of(sample_gallery))
    page.wait_for_function(
        "() => [...document.querySelectorAll('#matrix .thumb')].some(each => each.firstChild?.style.height)"
    )
    inside = """() => [...document.querySelectorAll("#matrix .thumb:has(.frame[style*=height])")].map((thumb) => {
      const frame = thumb.querySelector("iframe"), { changed } = thumb.shows.card, page = frame.contentDocument;
      const walker = page.createTreeWalker(page, NodeFilter.SHOW_COMMENT);
      const view = thumb.getBoundingClientRect(), at = frame.getBoundingClientRect(), scale = at.width / frame.width;
      while (walker.nextNode()) {
        const { data, nextSibling } = walker.currentNode, box = nextSibling?.getBoundingClientRect?.();
        const top = at.top + (box?.top ?? 0) * scale;
        const here = changed.includes(data.split(" ")[2]) && box?.height;
        if (here && top >= view.top - 1 && top < view.bottom) return true;
      }
      return false;
    })"""
    assert set(page.evaluate(inside)) == {True}


def test_a_link_to_a_variant_opens_it_in_the_gallery_of_one_campaign(show: Show, tmp_path: Path) -> None:
    project = in_memory(files())
    gallery = gallery_of(project, tmp_path, campaign="start")
    data = gallery.write(tmp_path / "one").read_bytes()
    card = gallery.contents["cards"][-1]
    page = show(data, f"#card={card['key']}")
    frames_drawn(page, 2)
    assert text(page, "#subject") == card["title"]
    assert page.evaluate("document.querySelector('#stage iframe').contentDocument.documentElement.lang") == "fr-CA"
    press(page, "Escape")
    page.wait_for_selector("#overview:not([hidden])")
    assert page.locator("#campaign option").all_text_contents() == ["start"]
    assert text(page, "#progress").startswith(f"0 of {len(gallery.looks)} looks approved")


def test_the_first_view_and_a_variant_on_paper(show: Show, sample_gallery: Gallery) -> None:
    buttons = """() => [...document.querySelectorAll("button, select")].filter(node => node.checkVisibility())
      .filter(node => !node.closest(".tile, .marks, .quiet") && getComputedStyle(node).appearance !== "none").length"""
    cut = """() => [...document.querySelectorAll(".thumb, .port")]
      .filter(node => node.scrollWidth > node.clientWidth + 1).length"""
    for address in ("", f"#card={sample_gallery.contents['cards'][1]['key']}"):
        page = show(data_of(sample_gallery), address)
        page.wait_for_function("() => document.querySelectorAll('main > :not([hidden]) iframe').length >= 2")
        page.wait_for_timeout(300)
        page.set_viewport_size({"width": 1482, "height": 1000})
        page.emulate_media(media="print", color_scheme="dark")
        assert page.evaluate(buttons) == 0
        assert page.evaluate(cut) == 0
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        pdf = page.pdf(prefer_css_page_size=True)
        assert pages(pdf) == 1
        assert glyphs(pdf) > 200


def test_find_look_approve_ask_and_undo_within_three_keys_each(show: Show, starter: Project, tmp_path: Path) -> None:
    """From the first view: the default; what lapsed, loyal customers see in French by mail; and a decision on each."""
    page = show(data_of(gallery_of(starter, tmp_path)))
    press(page, "Enter")
    opened(page)
    assert "The default · 1 of" in text(page, "#about")
    press(page, "a")
    said(page, "Approved.")
    assert text(page, "#status").startswith("✓ Approved")
    assert text(page, "#stage figcaption:first-child") == "On a desk"
    press(page, "Escape", "l", "1", "Enter")
    frames_drawn(page, 2)
    assert "lapsed loyal: every stage but long gone" in text(page, "#panel")
    assert page.evaluate("document.querySelector('#stage iframe').contentDocument.documentElement.lang") == "fr"
    assert text(page, "#about").startswith("other subject, image, headline, body, offer, cta and proof · 2 of 17")
    changed = page.locator("#stage button.changed").evaluate_all("all => all.map(each => each.dataset.slot)")
    assert set(changed) == {"image", "headline", "body", "offer", "cta", "proof"}
    page.wait_for_function(
        "number => document.querySelector('#stage path').getAttribute('d').split('M').length === number + 1",
        arg=len(changed),
    )
    press(page, "p", "Enter")
    page.wait_for_selector("#changes[open]")
    assert page.evaluate("document.querySelector('#changes [name=slot]').value") == "image"
    assert text(page, "#changes-component") == "image/workbench"
    quote = page.evaluate("document.querySelector('#changes [name=quote]').value")
    assert quote
    page.keyboard.type("A real workshop, please")
    press(page, "Tab", "Tab", "Tab", "Enter")
    said(page, "A change is asked for.")
    assert text(page, "#status").startswith("✎ Changes asked for")
    page.wait_for_selector("#stage .pin")
    assert quote in text(page, "#panel .history q")
    assert "A real workshop, please" in text(page, "#panel .history")
    press(page, "u")
    said(page, "Taken back.")
    assert page.locator("#stage .pin").count() == 0
    assert text(page, "#status").startswith("○ To look at")


def test_a_click_on_a_word_pins_a_comment_to_it(show: Show, sample_gallery: Gallery) -> None:
    page = show(data_of(sample_gallery))
    press(page, "1", "Enter")
    frames_drawn(page, 2)
    page.locator("#stage button.changed").first.click(position={"x": 40, "y": 12})
    page.wait_for_selector("#changes[open]")
    slot, words = page.evaluate(
        "['slot', 'quote'].map(name => document.querySelector(`#changes [name=${name}]`).value)"
    )
    assert slot in page.evaluate("document.querySelector('#matrix button:not(.plain)').card.changed")
    assert words
    page.keyboard.type("Shorter")
    page.locator("#changes button[value=done]").click()
    said(page, "A change is asked for.")
    pinned = page.wait_for_selector("#stage .pin")
    assert pinned is not None
    assert pinned.get_attribute("title") == "Shorter"
    key = page.evaluate("location.hash")
    page.reload()
    frames_drawn(page, 2)
    page.wait_for_selector("#stage .pin[title=Shorter]")
    assert page.evaluate("location.hash") == key


@pytest.mark.parametrize(("look", "key"), [("view=text", "t"), ("styles=off", "s"), ("images=off", "i")])
def test_nothing_is_approved_whose_picture_was_not_in_view(
    show: Show, sample_gallery: Gallery, look: str, key: str
) -> None:
    page = show(data_of(sample_gallery), f"#{look}&card={sample_gallery.contents['cards'][1]['key']}")
    page.wait_for_selector("#stage pre, #stage .mark")
    press(page, "a")
    said(page, "Look at its picture first.")
    press(page, key)
    frames_drawn(page, 2)
    opened(page)
    press(page, "a")
    said(page, "Approved.")


@pytest.mark.parametrize("size", [(1280, 900), (1600, 1000)])
def test_both_pictures_are_visible_whole_and_zoom_scrolls_together(
    show: Show, starter: Project, tmp_path: Path, size: tuple[int, int]
) -> None:
    page = show(data_of(gallery_of(starter, tmp_path)))
    page.set_viewport_size({"width": size[0], "height": size[1]})
    press(page, "1", "Enter")
    frames_drawn(page, 2)
    whole = """() => [...document.querySelectorAll('#stage iframe')].every(frame => {
      const box = frame.getBoundingClientRect(), bar = document.querySelector("#decide").getBoundingClientRect();
      return box.top >= 0 && box.bottom <= bar.top + 1 && bar.bottom <= innerHeight + 1;
    })"""
    page.wait_for_function(whole)
    press(page, "+", "+", "+")
    assert text(page, "#scale") == "100 %"
    page.evaluate("document.querySelectorAll('.port')[0].scrollTop = 200")
    page.wait_for_function("() => document.querySelectorAll('.port')[1].scrollTop === 200")
    press(page, "+", "+", "+")
    assert text(page, "#scale") == "200 %"
    press(page, "-", "-", "-")
    assert text(page, "#scale") == "75 %"
    press(page, "0")
    page.wait_for_function(whole)


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("n", "iframe => iframe.title.includes('Dark, as designed')"),
        ("m", "iframe => iframe.width === '375'"),
        ("s", "iframe => !iframe.contentDocument.querySelector('[style]')"),
        ("i", "iframe => !iframe.contentDocument.querySelector('img[src]')"),
    ],
)
def test_a_mode_changes_what_is_in_view_at_once(show: Show, sample_gallery: Gallery, key: str, shown: str) -> None:
    page = show(data_of(sample_gallery))
    press(page, "1", "Enter")
    frames_drawn(page, 2)
    press(page, key)
    page.wait_for_function(
        f"() => (all => all.length === 2 && all.every({shown}))([...document.querySelectorAll('#stage iframe')])"
    )
    assert page.evaluate("document.querySelector('#stage iframe').getBoundingClientRect().top < innerHeight / 2")


@pytest.mark.parametrize("key", ["o", "w"])
def test_one_picture_over_the_other(show: Show, sample_gallery: Gallery, key: str) -> None:
    page = show(data_of(sample_gallery))
    press(page, "1", "Enter", key)
    frames_drawn(page, 2)
    page.focus("#stage input[type=range]")
    press(page, "ArrowRight")
    style = page.locator("#stage .stack > :last-child").get_attribute("style") or ""
    assert ("opacity: 0.51" in style) if key == "o" else ("clip-path: inset(0px 49% 0px 0px)" in style)


def test_plain_text_stands_beside_that_of_the_default(show: Show, sample_gallery: Gallery) -> None:
    page = show(data_of(sample_gallery))
    press(page, "1", "Enter", "t")
    page.wait_for_selector("#stage pre")
    assert page.locator("#stage pre").count() == 2


def test_a_whole_review_without_a_mouse(show: Show, project: Path, run: Run, tmp_path: Path) -> None:
    gallery = gallery_of(Project.load(project), project)
    page = show(data_of(gallery), "#page=all")
    all_ = len(gallery.contents["cards"])
    assert text(page, "#found") == f"{all_} variants"
    press(page, "j", "j", "Enter")
    opened(page)
    press(page, "x")
    page.keyboard.type("Say it in fewer words")
    press(page, "Tab", "Tab", "Tab", "Enter")
    said(page, "A change is asked for.")
    press(page, "u")
    press(page, "a")
    said(page, "Approved. Its default is still to be approved.")
    assert page.locator("#status span").all_inner_texts() == ["✓ Approved", "its default is not approved yet"]
    # Everything at once, of which one was looked at.
    press(page, "Escape")
    for _ in range(all_):
        press(page, "k")
    for _ in range(all_):
        press(page, "c", "j")
    page.focus("#batch")
    press(page, "Enter")
    assert f"{all_} variants chosen. Looked at: 1." in text(page, "#several-about")
    page.focus("#several button[value=done]")
    press(page, "Enter")
    page.wait_for_selector("#batch", state="hidden")
    # What a default shows is approved by itself.
    press(page, "/")
    assert page.evaluate("document.activeElement.type") == "search"
    page.focus("#all summary")
    press(page, "Enter")
    page.focus("select[name=status]")
    press(page, "ArrowDown", "Escape")
    defaults = sum(card["default"] for card in gallery.contents["cards"])
    page.wait_for_function(
        "words => document.querySelector('#found').textContent === words", arg=f"{defaults} variants"
    )
    page.focus("#wall button")
    press(page, "Enter")
    for number in range(defaults):
        page.wait_for_function(
            "number => document.querySelector('#about').textContent.includes(`· ${number} of `) || number > 1",
            arg=number + 1,
        )
        seen = "() => JSON.parse(Object.values(localStorage)[0]).opened[document.querySelector('#one').dataset.digest]"
        page.wait_for_function(seen)
        press(page, "a", "j")
    looks = sum(card["why"] != "other" for card in gallery.contents["cards"])
    assert text(page, "#progress", hidden=True).startswith(f"{looks} of {looks} looks approved")
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


def test_what_is_not_listed_is_not_approved_with_the_rest(show: Show, sample_gallery: Gallery) -> None:
    page = show(data_of(sample_gallery), "#page=all")
    press(page, "j", "c")
    page.wait_for_selector("#batch:has-text('Approve 1 chosen')")
    page.fill("#search", "nothing has this title")
    page.wait_for_selector("#batch", state="hidden")


def test_the_filter_is_a_line_whose_words_can_be_taken_away(show: Show, sample_gallery: Gallery) -> None:
    page = show(data_of(sample_gallery), "#page=all&campaign=back&segment=sweet_tooth")
    assert page.locator("#chips .chip").all_inner_texts() == ["Campaign: back ×", "Segment: sweet tooth ×"]
    assert not page.is_visible("#selects")
    listed = text(page, "#found")
    page.locator("#chips .chip").nth(1).click()
    assert page.locator("#chips .chip").all_inner_texts() == ["Campaign: back ×"]
    assert text(page, "#found") != listed
    page.locator("#all summary").click()
    page.wait_for_selector("#selects select[name=owner], #selects select[name=slot]")


@pytest.mark.parametrize(
    ("by", "title"), [("campaign", "back ("), ("component", "aside/"), ("status", "○ To look at (")]
)
def test_the_wall_in_groups(show: Show, sample_gallery: Gallery, by: str, title: str) -> None:
    page = show(data_of(sample_gallery), "#page=all")
    page.select_option("#group", by)
    first = page.wait_for_selector("#wall li.title")
    assert first is not None
    assert f"group={by}" in page.evaluate("location.hash")
    assert first.inner_text().startswith(title) or by == "component"


def test_decisions_outlast_a_reload_and_facets_are_in_the_address(show: Show, sample_gallery: Gallery) -> None:
    """The address of before the first view was a table still means the same."""
    page = show(data_of(sample_gallery), "#campaign=back&q=sweet")
    listed = text(page, "#found")
    assert 0 < int(listed.split()[0]) < len(sample_gallery.contents["cards"])
    page.focus("#wall button")
    press(page, "Enter")
    opened(page)
    press(page, "a")
    said(page, "Approved.")
    address = page.url
    page.close()
    again = page.context.new_page()
    again.goto(address)
    assert again.locator("#status span").all_inner_texts() == ["✓ Approved", "its default is not approved yet"]
    press(again, "Escape")
    assert text(again, "#found") == listed
    assert again.input_value("input[type=search]") == "sweet"
    assert text(again, "#handin").startswith("Hand in 1 decision")


def changed_title() -> Project:
    return in_memory(files(component("title/plain", 'Great to see you, {{ first_name | default: "friend" }}')))


def test_what_changed_in_sentences_that_lead_to_their_variants(show: Show, sample: Library) -> None:
    page = show(data_of(gallery_of(changed_title(), Path("nowhere"), sample)))
    press(page, "y")
    page.wait_for_selector("#causes .pair iframe")
    assert page.locator("#causes h2").all_inner_texts() == [
        "The title of back (default, English, email and page) says “Great” instead of “Good”."
    ]
    assert page.locator("#causes figcaption").all_inner_texts() == ["Before", "Now"]
    button = text(page, "#causes li > button")
    page.locator("#causes li > button").click()
    assert text(page, "#found").split()[0] == button.split()[0]
    assert page.locator("#chips .chip").all_inner_texts() == ["Change: title/plain changed ×"]


def test_another_language_shows_the_same_variant_there(show: Show, sample_gallery: Gallery) -> None:
    page = show(data_of(sample_gallery))
    press(page, "1", "Enter")
    frames_drawn(page, 2)
    components = page.evaluate("[...document.querySelectorAll('#panel .made dd')].map(each => each.firstChild.data)")
    press(page, "l")
    page.wait_for_function(
        "() => document.querySelector('#stage iframe')?.contentDocument?.documentElement?.lang === 'fr'"
    )
    assert (
        page.evaluate("[...document.querySelectorAll('#panel .made dd')].map(each => each.firstChild.data)")
        == components
    )


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (1280, "light"),
        (320, "dark"),
        *(
            pytest.param(*look, marks=pytest.mark.slow)
            for look in ((1280, "dark"), (390, "light"), (390, "dark"), (320, "light"))
        ),
    ],
)
def test_axe_finds_nothing_in_any_state(show: Show, sample: Library, width: int, scheme: Any) -> None:
    """320 px are 1280 px at a zoom of 400 %, and less than 640 at 200 %."""
    page = show(data_of(gallery_of(changed_title(), Path("nowhere"), sample)))
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    script = node_module("axe-core/axe.min.js").read_text()
    page.context.new_cdp_session(page).send("Runtime.evaluate", {"expression": script})
    states = {
        "first view": [],
        "keys": ["?"],
        "what changed": ["Escape", "y"],
        "all": ["v"],
        "one": ["j", "Enter"],
        "changes": ["x"],
        "before": ["Escape", "b"],
        "zoom": ["+", "+"],
        "onion, dark": ["o", "n"],
        "plain text": ["t"],
        "no styles, no images": ["t", "s", "i"],
        "decided": ["a"],
        "batch": ["Escape", "c"],
    }
    for state, keys in states.items():
        press(page, *keys)
        if state == "batch":
            page.focus("#batch")
            press(page, "Enter")
        if state == "decided":
            said(page, "Approved.")
        page.wait_for_function("() => [...document.querySelectorAll('.frame')].every((node) => node.style.height)")
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
        about.update(owner=HOSTILE, hypothesis=HOSTILE, about=HOSTILE, findings=[HOSTILE])
    for card in contents["cards"]:
        card["title"] = card["differs"] = HOSTILE
        card["audience"] = card["notes"] = [HOSTILE]
        card["cells"] = [[HOSTILE, HOSTILE], *card["cells"]]
        decision = dict.fromkeys(("reviewer", "whose", "comment", "slot", "quote"), HOSTILE)
        card["decisions"] = [{**decision, "verdict": "approve", "time": "2026-11-22T12:00:00+00:00"}]
    for group in contents["groups"]:
        group["matrix"]["rows"] = [[HOSTILE, HOSTILE] for _ in group["matrix"]["rows"]]
        for difference in group["differences"].values():
            difference["body"] = [["+", HOSTILE], ["-", HOSTILE]]
    page = show(data_of(sample_gallery, contents))
    page.wait_for_selector("#default iframe")
    press(page, "v")
    page.wait_for_selector("#wall iframe")
    press(page, "j", "Enter")
    frames_drawn(page, 2)
    page.mouse.click(300, 500)
    press(page, "Escape")
    for key in "dnnowtsibp":
        press(page, key)
    page.wait_for_timeout(300)
    assert page.title() != "ran"
    assert page.evaluate(
        "[...document.querySelectorAll('iframe')].every(each => each.getAttribute('sandbox') === 'allow-same-origin')"
    )
    assert (
        page.evaluate("document.querySelectorAll('main script, main img, main form form, main base, main link').length")
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
    page = show(data_of(sample_gallery, contents), "#page=all")
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
    press(page, "1", "Enter", "n")
    frames_drawn(page, 2)
    sources = page.evaluate("[...document.querySelectorAll('#stage iframe')].map(each => each.srcdoc)")
    assert all("@media (min-width:0) { b { color: #fff !important; } }" in source for source in sources)
    labels = page.evaluate("[...document.querySelectorAll('#stage iframe')].map(each => each.title)")
    assert labels == [
        "This variant, 600 pixels wide, Dark, as designed",
        "The default, 600 pixels wide, Dark, as designed",
    ]
    outlined = page.locator("#stage .changed").evaluate_all("all => all.map(each => each.dataset.slot)")
    assert sorted(outlined) == ["offer", "title", "title"], "the default has no offer"


def test_two_tabs_keep_each_others_decisions(show: Show, sample_gallery: Gallery) -> None:
    one = show(data_of(sample_gallery))
    other = one.context.new_page()
    other.goto(one.url)
    for page, row in ((one, "1"), (other, "2")):
        page.bring_to_front()
        press(page, row, "Enter")
        frames_drawn(page, 2)
        press(page, "a")
        said(page, "Approved.")
    assert text(other, "#handin").startswith("Hand in 2 decisions")
    one.wait_for_selector("#handin:has-text('Hand in 2 decisions')")


@pytest.mark.parametrize(
    "kept",
    [
        *("rubbish", "null", "[]", '{"decisions":"abc"}', '{"decisions":[null]}'),
        *(
            '{"decisions":[{"verdict":"approve"}]}',
            '{"decisions":[{"shows":{"pairs":{}},"shown":{},"subject":"SUBJECT"}]}',
        ),
    ],
)
def test_rubbish_in_the_browser_is_not_there(show: Show, sample_gallery: Gallery, kept: str) -> None:
    page = show(data_of(sample_gallery))
    subject = sample_gallery.contents["cards"][0]["digest"]
    item = kept.replace("SUBJECT", subject)
    page.evaluate("item => localStorage.setItem('assembler review: sample', item)", item)
    page.reload()
    page.wait_for_selector("#default iframe")
    press(page, "Enter")
    opened(page)
    press(page, "a")
    said(page, "Approved.")
    assert text(page, "#handin").startswith("Hand in 1 decision")


def test_what_the_address_cannot_mean_is_not_there(show: Show, sample_gallery: Gallery) -> None:
    page = show(data_of(sample_gallery))
    press(page, "1", "Enter")
    page.evaluate("location.hash += '&scheme=constructor&view=zzz&words=zzz&against=zzz&zoom=1e9&group=zzz&page=zzz'")
    frames_drawn(page, 2)
    assert "Light" in page.evaluate("document.querySelector('#stage iframe').title")
    press(page, "Escape")
    page.wait_for_selector("#default iframe")
