"""The served page in Chromium, without a mouse; and a page of somebody else beside it."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assembler.review.server.server import ReviewServer
from assembler.review.server.session import Session
from benchmarks.building import MOMENT, write
from benchmarks.gallery import files
from tests.cli.test_check import change
from tests.review.gallery.test_in_a_browser import opened, said
from tests.review.server.conftest import REVIEWER, SWEET, Desk, body_of, watched
from tests.review.server.test_session import now

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# What another page can try: with and without asking first, as a form would, and as a frame.
_ATTACK = """async ({ address, token, body }) => {
  const named = { "X-Assembler-Token": token }, kind = { "Content-Type": "application/json" };
  const tries = {
    "decisions?1": { method: "POST", body, mode: "no-cors", credentials: "include" },
    "decisions?2": { method: "POST", body, headers: { ...named, ...kind } },
    "decisions?3": { method: "POST", body, headers: { ...named, ...kind }, mode: "no-cors" },
    "contents?after=0": { headers: named },
    ["?token=" + token]: {},
    ["?now&token=" + token]: { mode: "no-cors" },
  };
  const found = [];
  for (const [path, init] of Object.entries(tries)) {
    found.push(await fetch(address + path, init).then((answer) => answer.type, () => "refused"));
  }
  const [form, frame, field] = ["form", "iframe", "input"].map((name) => document.createElement(name));
  Object.assign(form, { action: address + "decisions", method: "post", enctype: "text/plain", target: "frame" });
  Object.assign(field, { name: body, value: "" });
  frame.name = "frame";
  form.append(field);
  document.body.append(form, frame);
  form.submit();
  await new Promise((done) => (frame.onload = done));
  return [...found, frame.contentDocument ? "readable" : "closed"];
}"""


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """The address of somebody else's page, on this machine as well: a harder neighbour than one far away."""

    class Empty(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<!doctype html><title>elsewhere</title><body>")

        def log_message(self, *_: object, **__: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Empty) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in which nothing goes wrong."""
    context = browser.new_context()
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    yield page
    context.close()
    assert troubles == []


def test_a_review_by_keys(desk: Desk, page: Page) -> None:
    with watched(desk):
        page.goto(desk.server.address)
        page.wait_for_selector("#matrix td")
        keys = page.keyboard
        for key in ("1", "Enter"):
            keys.press(key)
        opened(page)
        keys.press("a")
        said(page, "Approved.")
        keys.press("u")
        said(page, "Taken back.")
        keys.press("x")
        page.wait_for_selector("#changes[open]")
        keys.type("Shorter, please.")
        for key in ("Tab", "Tab", "Tab", "Enter"):
            keys.press(key)
        said(page, "A change is asked for.")
        assert page.inner_text("#status").startswith("✎ Changes asked for")
        change(desk.folder / SWEET, "Something sweet", "Something sweeter")
        said(page, "The project changed: ")
        assert page.inner_text("#subject") == "Something sweeter"
        change(desk.folder / SWEET, "Something sweeter", "Something {{ sweeter }}")
        said(page, f"The project cannot be compiled: {SWEET}:")
    assert [decision["verdict"] for decision in desk.written()] == ["approve", "withdraw", "changes"]
    assert desk.written()[-1]["comment"] == "Shorter, please."


# The next key is pressed at once, as no person could: so many variants of the wall are chosen, one after the other.
_CHOOSE = """(number) => {
  const press = (key) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  for (let count = 0; count < number; count++) for (const key of ["c", "j"]) press(key);
}"""


@pytest.mark.slow
def test_a_batch_of_hundreds_arrives_whole_in_portions(page: Page, tmp_path: Path) -> None:
    write(files(segments=29, stages=19, locales=1), tmp_path)
    session = Session(tmp_path, moment=lambda _: MOMENT, reviewer=REVIEWER, tool="assembler 0.0.0")
    with ReviewServer(session) as server:
        sent: list[str] = []
        page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
        page.goto(server.address)
        page.wait_for_selector("#default iframe")
        page.keyboard.press("Enter")
        opened(page)
        page.goto(f"{server.address}#page=all&channel=email")
        page.wait_for_selector("#wall li button:focus")
        page.evaluate(_CHOOSE, 600)
        page.focus("#batch")
        page.keyboard.press("Enter")
        assert "600 variants chosen. Looked at: 1." in page.inner_text("#several-about")
        page.focus("#several button[value=done]")
        page.keyboard.press("Enter")
        said(page, "600 variants approved.")
    decisions = session.revision.review.decisions
    assert len({decision.subject for decision in decisions}) == len(decisions) == 600
    assert {(decision.viewing.how, decision.viewing.of, decision.viewing.opened) for decision in decisions} == {
        ("batch", 600, 1)
    }
    assert len(sent) == 3


def test_another_page_can_do_nothing(desk: Desk, page: Page, elsewhere: str) -> None:
    """Not even one that knows the token: what the browser sends says where it comes from, and asks first."""
    decision = now(next(iter(desk.cards.values())))
    page.goto(elsewhere)
    attack = {"address": f"http://{desk.host}/", "token": desk.token, "body": body_of(decision).decode()}
    assert set(page.evaluate(_ATTACK, attack)) <= {"refused", "opaque", "closed"}
    assert desk.written() == []
    assert desk.hand_in(decision).json["refused"] == [], "and it was a decision that is taken from its own page"
