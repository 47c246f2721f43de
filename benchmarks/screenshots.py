"""The pictures of the README: cells beside the default, and what else the same words can look like.

    python -m benchmarks.screenshots

writes benchmarks/pictures/. Needs Chromium.
"""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PIL import Image

from assembler.authoring import Project
from tests.browser.projects import other_brand
from tests.browser.viewer import Viewer

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["PICTURES", "Shot"]

ROOT = Path(__file__).parents[1]
FOLDER = Path(__file__).parent / "pictures"
MOMENT = datetime(2026, 11, 22, 12, tzinfo=UTC)
GAP, GROUND = 24, "#c9c2b2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """A variant as somebody sees it."""

    campaign: str
    channel: str
    segment: str | None = None
    stage: str | None = None
    locale: str = "en"
    scheme: Literal["light", "dark"] = "light"
    brand: Literal["own", "other"] = "own"


def _cells(campaign: str, channel: str, *cells: tuple[str, str]) -> tuple[Shot, ...]:
    default = Shot(campaign=campaign, channel=channel)
    return (default, *(Shot(campaign=campaign, channel=channel, segment=each, stage=stage) for each, stage in cells))


PICTURES: dict[str, tuple[Shot, ...]] = {
    "emails": _cells(
        "come_back", "email", ("lapsed_loyal", "win_back"), ("womens_first", "long_gone"), ("trail_bound", "win_back")
    ),
    "pages": _cells(
        "welcome", "page", ("new_friend", "first_season"), ("shelter_seeker", "exploring"), ("mens_first", "regular")
    ),
    "looks": (
        Shot(campaign="welcome", channel="email"),
        Shot(campaign="welcome", channel="email", locale="fr", scheme="dark"),
        Shot(campaign="come_back", channel="email", scheme="dark"),
        Shot(campaign="come_back", channel="email", brand="other"),
    ),
}
"""Each picture: phones beside each other."""


def main() -> int:
    """Write the pictures."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        print("needs Chromium", file=sys.stderr)
        return 2
    from playwright.sync_api import sync_playwright

    projects = {"own": Project.load(ROOT), "other": Project.from_files(other_brand())}
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, shots in PICTURES.items():
            path = FOLDER / f"{name}.webp"
            _beside(_screen(browser, projects[shot.brand], shot) for shot in shots).save(path, quality=70, method=6)
            print(f"{path.relative_to(ROOT)}  {path.stat().st_size:,} bytes")
        browser.close()
    return 0


def _screen(browser: Browser, project: Project, shot: Shot) -> Image.Image:
    """What a phone of 375 x 1,240 px shows."""
    context = {"segment": shot.segment, "stage": shot.stage, "locale": shot.locale, "fields": {"first_name": "Maya"}}
    variant = project.compile(MOMENT).assemble(shot.campaign, channel=shot.channel, context=context, at=MOMENT)
    images = project.compiled.images
    with Viewer.opened(browser, images.delivered(), images.base_url) as viewer:
        viewer.look(width=375, scheme=shot.scheme)
        viewer.page.set_viewport_size({"width": 375, "height": 1240})
        viewer.show(variant.html or "")
        viewer.page.wait_for_load_state("load")
        return Image.open(io.BytesIO(viewer.page.screenshot()))


def _beside(screens: Iterable[Image.Image]) -> Image.Image:
    each = list(screens)
    width = sum(one.width for one in each) + GAP * (len(each) + 1)
    picture = Image.new("RGB", (width, max(one.height for one in each) + 2 * GAP), GROUND)
    left = GAP
    for one in each:
        picture.paste(one, (left, GAP))
        left += one.width + GAP
    return picture


if __name__ == "__main__":
    sys.exit(main())
