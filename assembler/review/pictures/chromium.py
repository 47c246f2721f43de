"""Chromium, found on this machine and started so that it draws the same everywhere and reaches nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from assembler.errors import AssemblerError

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FLAGS = (
    "--disable-gpu",
    "--disable-lcd-text",
    "--disable-font-subpixel-positioning",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
    "--force-device-scale-factor=1",
    "--hide-scrollbars",
    "--blink-settings=imageAnimationPolicy=2",  # the first frame of an animated image
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # no host is ever found: `preconnect` does not pass through routes
)

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
_INSTALL = "install Chromium with your system's packages, or run `playwright install chromium`"


class NoBrowser(AssemblerError):
    """Nothing can be drawn on this machine; the message says what to install."""


@contextmanager
def started() -> Iterator[Browser]:
    """Yield Chromium for the calling thread: that of the environment's ASSEMBLER_CHROMIUM, else Playwright's own, else
    `chromium`, `chromium-browser` or `google-chrome` of the path.

    Raises `NoBrowser` where Playwright or a browser is missing, or the browser does not start.
    """
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        raise NoBrowser("pictures and printing need Playwright: pip install 'assembler[shots]'") from None
    with sync_playwright() as playwright:
        path = _program(os.environ.get("ASSEMBLER_CHROMIUM"), playwright.chromium.executable_path)
        try:
            browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        except Error as error:
            raise NoBrowser(f"{path} does not start: {str(error).splitlines()[0]}") from None
        try:
            yield browser
        finally:
            browser.close()


def _program(named: str | None, own: str) -> str:
    programs = (own, *_PROGRAMS) if named is None else (named,)
    path = next(filter(None, map(shutil.which, programs)), None)
    if path is None:
        raise NoBrowser(f"no {'Chromium found' if named is None else f'program {named}'}; {_INSTALL}")
    return path
