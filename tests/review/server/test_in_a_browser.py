"""The served page in Chromium, without a mouse; and a page of somebody else beside it."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.cli.test_check import change
from tests.review.server.conftest import SWEET, Desk, body_of, watched
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


def said(page: Page, words: str) -> None:
    """Wait until the page says something."""
    page.wait_for_function("words => document.querySelector('#said').textContent.includes(words)", arg=words)


def test_a_review_by_keys(desk: Desk, page: Page) -> None:
    with watched(desk):
        page.goto(desk.server.address)
        page.wait_for_selector("#wall li")
        keys = page.keyboard
        for key in ("j", "j", "Enter"):
            keys.press(key)
        page.wait_for_selector("#one:not([hidden])")
        keys.press("a")
        said(page, "Approved.")
        keys.press("u")
        said(page, "Taken back.")
        keys.press("x")
        page.wait_for_selector("#changes[open]")
        keys.type("Shorter, please.")
        for key in ("Tab", "Tab", "Tab", "Enter"):
            keys.press(key)
        said(page, "Changes are asked for.")
        assert (page.text_content("#about") or "").startswith("✎ Changes asked for")
        change(desk.folder / "components/title/sweet_away.md", "Sweets again", "Sweets once more")
        said(page, "The project changed: ")
        assert page.text_content("#subject") == "Sweets once more, friend"
        change(desk.folder / SWEET, "Something sweet", "Something sweeter")
        change(desk.folder / SWEET, "Something sweeter", "Something {{ sweeter }}")
        said(page, f"The project cannot be compiled: {SWEET}:")
    assert [decision["verdict"] for decision in desk.written()] == ["approve", "withdraw", "changes"]
    assert desk.written()[-1]["comment"] == "Shorter, please."


def test_another_page_can_do_nothing(desk: Desk, page: Page, elsewhere: str) -> None:
    """Not even one that knows the token: what the browser sends says where it comes from, and asks first."""
    decision = now(next(iter(desk.cards.values())))
    page.goto(elsewhere)
    attack = {"address": f"http://{desk.host}/", "token": desk.token, "body": body_of(decision).decode()}
    assert set(page.evaluate(_ATTACK, attack)) <= {"refused", "opaque", "closed"}
    assert desk.written() == []
    assert desk.hand_in(decision).json["refused"] == [], "and it was a decision that is taken from its own page"
