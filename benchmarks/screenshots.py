"""The pictures of the README: cells beside the default, what else the same words can look like, and the gallery.

    python -m benchmarks.screenshots

writes benchmarks/pictures/. Needs the extra `shots`.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from PIL import Image

from assembler.authoring import Project
from assembler.review.gallery.gallery import Gallery
from assembler.review.pictures.camera import Camera, Scheme, Shot
from assembler.review.pictures.chromium import NoBrowser, started
from assembler.review.round import ReviewRound
from tests.browser.projects import other_brand

__all__ = ["PICTURES", "Phone"]

ROOT = Path(__file__).parents[1]
FOLDER = Path(__file__).parent / "pictures"
MOMENT = datetime(2026, 11, 22, 12, tzinfo=UTC)
SCREEN = (375, 1240)
GAP, GROUND = 24, "#c9c2b2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A variant as somebody sees it."""

    campaign: str
    channel: str
    segment: str | None = None
    stage: str | None = None
    locale: str = "en"
    scheme: Scheme = "light"
    brand: Literal["own", "other"] = "own"


def _cells(campaign: str, channel: str, *cells: tuple[str, str]) -> tuple[Phone, ...]:
    default = Phone(campaign=campaign, channel=channel)
    return (
        default,
        *(Phone(campaign=campaign, channel=channel, segment=segment, stage=stage) for segment, stage in cells),
    )


PICTURES: dict[str, tuple[Phone, ...]] = {
    "emails": _cells(
        "come_back", "email", ("lapsed_loyal", "win_back"), ("womens_first", "long_gone"), ("trail_bound", "win_back")
    ),
    "pages": _cells(
        "welcome", "page", ("new_friend", "first_season"), ("shelter_seeker", "exploring"), ("mens_first", "regular")
    ),
    "looks": (
        Phone(campaign="welcome", channel="email"),
        Phone(campaign="welcome", channel="email", locale="fr", scheme="dark"),
        Phone(campaign="come_back", channel="email", scheme="dark"),
        Phone(campaign="come_back", channel="email", brand="other"),
    ),
}
"""Each picture: phones beside each other."""


def main() -> int:
    """Write the pictures."""
    projects = {"own": Project.load(ROOT), "other": Project.from_files(other_brand())}
    delivered = [project.compiled.images for project in projects.values()]
    images = {folder.base_url + name: data for folder in delivered for name, data in folder.delivered().items()}
    FOLDER.mkdir(exist_ok=True)
    try:
        with Camera(images) as camera:
            for name, phones in PICTURES.items():
                path = FOLDER / f"{name}.webp"
                _beside(_screens(camera, projects, phones)).save(path, quality=70, method=6)
                print(f"{path.relative_to(ROOT)}  {path.stat().st_size:,} bytes")
        _gallery(projects["own"]).save(FOLDER / "gallery.webp", quality=70, method=6)
    except NoBrowser as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _screens(camera: Camera, projects: Mapping[str, Project], phones: Iterable[Phone]) -> Iterator[Image.Image]:
    """What phones of 375 x 1,240 px show."""
    shots = (Shot(html=_html(projects[phone.brand], phone), width=SCREEN[0], scheme=phone.scheme) for phone in phones)
    for picture in camera.shoot(shots):
        yield picture.image().crop((0, 0, *SCREEN))


def _gallery(project: Project) -> Image.Image:
    """The wall of the gallery, beside one variant."""
    gallery = Gallery.of(ReviewRound.begin(project, ROOT, MOMENT), tool="assembler")
    with TemporaryDirectory() as folder, started() as browser:
        shown = browser.new_page(viewport={"width": 1024, "height": 900})
        shown.goto(gallery.write(Path(folder) / "gallery").as_uri())
        shown.wait_for_selector("#wall iframe")
        shown.wait_for_timeout(500)
        wall = Image.open(io.BytesIO(shown.screenshot()))
        for key in ("j", "j", "Enter", "m"):
            shown.keyboard.press(key)
        shown.wait_for_selector("#detail iframe")
        shown.evaluate("scrollBy(0, document.querySelector('.pictures').getBoundingClientRect().top - 60)")
        shown.wait_for_timeout(500)
        return _beside((wall, Image.open(io.BytesIO(shown.screenshot()))))


def _html(project: Project, phone: Phone) -> str:
    context = {"segment": phone.segment, "stage": phone.stage, "locale": phone.locale, "fields": {"first_name": "Maya"}}
    return (
        project.compile(MOMENT).assemble(phone.campaign, channel=phone.channel, context=context, at=MOMENT).html or ""
    )


def _beside(screens: Iterable[Image.Image]) -> Image.Image:
    all_screens = list(screens)
    width = sum(screen.width for screen in all_screens) + GAP * (len(all_screens) + 1)
    picture = Image.new("RGB", (width, max(screen.height for screen in all_screens) + 2 * GAP), GROUND)
    left = GAP
    for screen in all_screens:
        picture.paste(screen, (left, GAP))
        left += screen.width + GAP
    return picture


if __name__ == "__main__":
    sys.exit(main())
