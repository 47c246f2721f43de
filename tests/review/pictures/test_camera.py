"""Pictures are the same bytes every time, and a document can neither run nor reach anything while one is taken."""

from __future__ import annotations

import asyncio
import io
import re
import socket
import sys
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from html import escape

import pytest
from PIL import Image

from assembler import Library
from assembler.review.pictures.camera import Camera, NotTaken, Scheme, Shot
from assembler.review.pictures.chromium import NoBrowser
from assembler.review.pictures.webp_picture import WebpPicture
from tests.review.pictures.paper import glyphs, pages

GREEN, RED = (0, 128, 0), (255, 0, 0)
HOSTILE = """<!DOCTYPE html><html><head><title>Hostile</title>
<link rel="preconnect" href="{0}"><link rel="dns-prefetch" href="{0}"><link rel="prefetch" href="{0}/prefetch">
<link rel="stylesheet" href="{0}/style"><meta http-equiv="refresh" content="0;url={0}/refresh">
<style>@import url({0}/import); body {{ background: green url({0}/ground) }}</style></head>
<body onload="document.body.style.background='red'"><img src="{0}/image" onerror="document.body.style.background='red'">
<script>document.body.style.background='red';fetch("{0}/fetch");new WebSocket("ws://"+"{0}".slice(7))</script>
<script src="{0}/script"></script><iframe src="{0}/frame"></iframe><object data="{0}/object"></object>
<video src="{0}/video" poster="{0}/poster" autoplay></video><svg><image href="{0}/svg"/></svg>
<form action="{0}/form"><input autofocus></form></body></html>"""


def shown(camera: Camera, html: str, *, width: int = 375, scheme: Scheme = "light") -> WebpPicture:
    (picture,) = camera.shoot([Shot(html=html, width=width, scheme=scheme)])
    return picture


def page(body: str, style: str = "") -> str:
    return f"<!DOCTYPE html><html><head><style>body{{margin:0}}{style}</style></head><body>{body}</body></html>"


def corner(picture: WebpPicture) -> object:
    return picture.image().getpixel((picture.width - 1, picture.height - 1))


@contextmanager
def listener() -> Iterator[tuple[str, list[object]]]:
    """An address on this machine, and everybody who connected to it."""
    visits: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            with suppress(OSError):
                while True:
                    visits.append(server.accept())

        threading.Thread(target=listen, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", visits
        server.shutdown(socket.SHUT_RDWR)


@pytest.mark.slow
def test_a_fresh_browser_takes_the_same_picture(
    camera: Camera, images: Mapping[str, bytes], starter_library: Library
) -> None:
    html = starter_library.default("come_back", channel="email", locale="fr").html or ""

    async def beside_an_event_loop() -> WebpPicture:
        with Camera(images) as fresh:
            return shown(fresh, html)

    first = shown(camera, html)
    with ThreadPoolExecutor() as aside:  # this thread may have a loop of its own
        second = aside.submit(asyncio.run, beside_an_event_loop()).result(timeout=60)
    assert first.webp == second.webp == shown(camera, html).webp
    assert (first.width, first.image().size) == (375, (375, first.height))
    assert first.height > 1500, "the whole document"


def test_dark_is_not_light(camera: Camera, starter_library: Library) -> None:
    html = starter_library.default("welcome", channel="page", locale="en").html or ""
    light, dark = camera.shoot([Shot(html=html, width=600), Shot(html=html, width=600, scheme="dark")])
    brightness = [picture.image().convert("L").resize((1, 1)).getpixel((0, 0)) for picture in (light, dark)]
    assert isinstance(brightness[0], int) and isinstance(brightness[1], int)
    assert brightness[0] > brightness[1] + 40


def test_nothing_runs_and_nothing_goes_out(camera: Camera) -> None:
    with listener() as (address, visits):
        picture = shown(camera, HOSTILE.format(address))
        again = shown(camera, HOSTILE.format(address))
    assert corner(picture) == GREEN
    assert picture.webp == again.webp
    assert visits == []


def test_images_are_those_that_are_given(camera: Camera) -> None:
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=20, loop=0)
    html = page('<img src="https://brand.example/moving.gif" style="display:block;width:375px;height:900px">')
    with Camera({"https://brand.example/moving.gif": out.getvalue()}) as given:
        assert corner(shown(given, html)) == RED
    assert corner(shown(camera, html)) != RED


def test_letters_are_those_of_the_fonts_in_the_package(camera: Camera) -> None:
    def written(family: str) -> WebpPicture:
        return shown(camera, page("<p>Été à Łódź, ça vaut <b>12 €</b> <i>ou</i> plus", f"p{{font-family:{family}}}"))

    sans, serif = written("Arial"), written("Georgia")
    assert sans.webp == written("'Avenir Next', serif").webp == written("Helvetica").webp
    assert serif.webp == written("'Iowan Old Style', sans-serif").webp
    assert len({sans.webp, serif.webp, written("monospace").webp}) == 3


def test_a_picture_is_as_wide_as_asked_and_as_high_as_webp_can_be(camera: Camera) -> None:
    picture = shown(camera, page('<div style="width:4000px;height:40000px;background:green">'), width=600)
    assert (picture.width, picture.height) == (600, 16_383)
    assert corner(picture) == GREEN


def test_a_shot_that_fails_spoils_no_other(camera: Camera) -> None:
    with pytest.raises(NotTaken, match="no picture could be taken"):
        shown(camera, page("nothing"), width=0)
    assert corner(shown(camera, page("", "body{background:green}"))) == GREEN


def test_a_document_on_paper_has_its_own_pages_and_letters(camera: Camera) -> None:
    paper = "@page{size:A4 landscape}section+section{break-before:page}"
    pdf = camera.print_pdf(page("<section><h1>One</h1></section><section>two</section>", paper))
    assert pdf.startswith(b"%PDF") and pages(pdf) == 2
    assert re.search(rb"/MediaBox \[0 0 84\d\S* 59\d", pdf), "A4 across"
    assert glyphs(pdf) == len("Onetwo")
    assert b"/Outlines" in pdf


def test_a_frame_on_paper_is_scrolled_to_what_snaps(camera: Camera) -> None:
    inside = "html{overflow:hidden;scroll-snap-type:y mandatory}div{height:500px}"
    snapping = page("<div>first</div><div style='scroll-snap-align:start'>second!</div><div></div>", inside)
    frame = f'<iframe sandbox="allow-same-origin" style="height:90px" srcdoc="{escape(snapping)}"></iframe>'
    assert glyphs(camera.print_pdf(page(frame))) == len("second!")


def test_nothing_runs_and_nothing_goes_out_on_paper(camera: Camera) -> None:
    with listener() as (address, visits):
        hostile = HOSTILE.format(address)
        frame = f'<iframe sandbox="allow-same-origin" srcdoc="{escape(hostile)}"></iframe>'
        assert pages(camera.print_pdf(hostile.replace("</body>", f"{frame}</body>"))) >= 1
        assert visits == []


def test_where_there_is_no_browser_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("playwright", reason="playwright is not installed")
    monkeypatch.setenv("ASSEMBLER_CHROMIUM", "/nowhere/chromium")
    with pytest.raises(NoBrowser, match="no program /nowhere/chromium; install Chromium"), Camera({}):
        pass
    monkeypatch.setenv("ASSEMBLER_CHROMIUM", sys.executable)
    with pytest.raises(NoBrowser, match="does not start"), Camera({}):
        pass


def test_without_playwright_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    with pytest.raises(NoBrowser, match=r"pip install 'assembler\[shots\]'"), Camera({}):
        pass
