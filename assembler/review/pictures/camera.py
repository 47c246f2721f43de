"""Takes pictures of documents, and prints them. Nothing in a document runs, and nothing is fetched but the images that
are given."""

from __future__ import annotations

import io
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Self
from urllib.parse import urljoin

from PIL import Image

from assembler.errors import AssemblerError
from assembler.review.pictures.chromium import started
from assembler.review.pictures.fonts import font_files, style_sheet
from assembler.review.pictures.webp_picture import TALLEST, WebpPicture

if TYPE_CHECKING:
    from playwright.sync_api import FloatRect, Page, Route

Scheme = Literal["light", "dark"]

_ADDRESS = "https://picture.invalid/"
_WINDOW = 800
_PAPER = 1123
"""How wide A4 is across, in CSS pixels."""

_TIMEOUT, _PRINT_TIMEOUT = 30_000, 600_000
_AHEAD = 2
_STILL = "video::-webkit-media-controls{display:none!important}"
"""A film that is not there has a wheel that turns."""

_HEAD = re.compile(r"<head\b[^>]*>", re.IGNORECASE)
_HEADERS = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": (
        "sandbox allow-same-origin; default-src 'none'; img-src * data:; font-src * data:; style-src 'unsafe-inline'"
    ),
}


class NotTaken(AssemblerError):
    """The browser could not show a document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """A document to take a picture of: in a window of `width` CSS pixels, for readers who prefer a scheme."""

    html: str
    width: int
    scheme: Scheme = "light"


def with_fonts(html: str, style: str = "") -> str:
    """Return a document that is drawn with the fonts of pictures where a camera shows it, and with some CSS."""
    head = _HEAD.search(html)
    place = head.end() if head else len(html)
    return f"{html[:place]}<style>{style_sheet(_ADDRESS)}{_STILL}{style}</style>{html[place:]}"


class Camera:
    """A browser that takes pictures, between `with` and the end of its block.

    `images` are the bytes of images by their address: of a project, `{images.base_url + name: data}` for the names and
    data of `project.images.delivered()`. Entering raises `NoBrowser` where there is none. The browser has a
    thread of its own, so a camera works beside an event loop.
    """

    def __init__(self, images: Mapping[str, bytes]) -> None:
        self._files = {urljoin(_ADDRESS, address): data for address, data in images.items()}
        self._fonts = {_ADDRESS + name: data for name, data in font_files().items()}
        self._document = ""
        self._pages: dict[tuple[int, Scheme], Page] = {}

    def __enter__(self) -> Self:
        with ExitStack() as opened:
            self._thread = opened.enter_context(ThreadPoolExecutor(max_workers=1, thread_name_prefix="camera"))
            browser = ExitStack()
            opened.callback(lambda: self._thread.submit(browser.close).result())
            self._browser = self._thread.submit(browser.enter_context, started()).result()
            self._opened = opened.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    def shoot(self, shots: Iterable[Shot]) -> Iterator[WebpPicture]:
        """Yield the picture of each shot, in order: the whole document, `width` pixels wide and at most 16,383 high, as
        WebP without loss; the same bytes from the same document in any browser of one version.

        A few shots are taken ahead. Raises `NotTaken` where a document takes longer than 30 seconds.
        """
        waiting: deque[Future[bytes]] = deque()
        for shot in shots:
            waiting.append(self._thread.submit(self._taken, shot))
            if len(waiting) > _AHEAD:
                yield _lossless(waiting.popleft().result())
        while waiting:
            yield _lossless(waiting.popleft().result())

    def print_pdf(self, html: str) -> bytes:
        """Return a document as PDF, on pages as its `@page` wants them, with the colours and rules of a screen.

        Its words can be searched, and its headings are the outline.
        Frames in it need `sandbox="allow-same-origin"`: of others Chromium prints nothing. Raises `NotTaken` where it
        takes longer than ten minutes.
        """
        return self._thread.submit(self._printed, html).result()

    def _taken(self, shot: Shot) -> bytes:
        with self._showing(shot.html, shot.width, shot.scheme, _TIMEOUT) as page:
            frame: FloatRect = {"x": 0, "y": 0, "width": shot.width, "height": TALLEST}
            return page.screenshot(full_page=True, animations="disabled", clip=frame)

    def _printed(self, html: str) -> bytes:
        with self._showing(html, _PAPER, "light", _PRINT_TIMEOUT) as page:
            page.emulate_media(media="screen")
            page.screenshot()  # once the fonts of all frames are there, and everything stands where it stays
            return page.pdf(prefer_css_page_size=True, print_background=True, outline=True, tagged=True)

    @contextmanager
    def _showing(self, html: str, width: int, scheme: Scheme, timeout: int) -> Iterator[Page]:
        """Show a document, and turn what the browser cannot do with it into `NotTaken`."""
        from playwright.sync_api import Error

        self._document = with_fonts(html)
        try:
            page = self._page(width, scheme)
            page.goto(_ADDRESS, timeout=timeout)
            yield page
        except Error as error:
            raise NotTaken(f"no picture could be taken: {str(error).splitlines()[0]}") from None

    def _page(self, width: int, scheme: Scheme) -> Page:
        known = width, scheme
        if known not in self._pages:
            context = self._browser.new_context(
                viewport={"width": width, "height": _WINDOW},
                color_scheme=scheme,
                java_script_enabled=False,
                service_workers="block",
            )
            context.route("**/*", self._answer)
            self._pages[known] = context.new_page()
        return self._pages[known]

    def _answer(self, route: Route) -> None:
        address = route.request.url
        if address == _ADDRESS:
            route.fulfill(body=self._document, headers=_HEADERS)
        elif address in self._fonts:
            route.fulfill(body=self._fonts[address], headers={"access-control-allow-origin": "*"})
        elif address in self._files:
            route.fulfill(body=self._files[address])
        else:
            route.abort("aborted")  # any other code would replace the document by an error page


def _lossless(png: bytes) -> WebpPicture:
    with Image.open(io.BytesIO(png), formats=["PNG"]) as image:
        return WebpPicture.of(image)
