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
from typing import TYPE_CHECKING, Any, Literal

from PIL import Image

from assembler import Library
from assembler.authoring import Project
from assembler.review.approvals.decision import Viewing, decision_about
from assembler.review.approvals.decision_files import write_decision
from assembler.review.gallery.gallery import Gallery
from assembler.review.pictures.camera import Camera, Scheme, Shot
from assembler.review.pictures.chromium import NoBrowser, started
from assembler.review.round import ReviewRound
from tests.browser.projects import other_brand, starter_files

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["PICTURES", "Phone"]

ROOT = Path(__file__).parents[1]
FOLDER = Path(__file__).parent / "pictures"
MOMENT = datetime(2026, 11, 22, 12, tzinfo=UTC)
SCREEN = (375, 1240)
GAP, GROUND = 24, "#c9c2b2"

_SHOWN = "come_back", "email", "en"
_EDITS = {
    "components/headline/come_back.md": (" look, and sometimes a second", ""),
    "components/offer/come_back.md": ("any piece of ours", "a jacket of ours"),
}
_DECIDED: dict[str, Any] = {
    "reviewer": "Maya Lind <maya@harbourandpine.example>",
    "time": MOMENT,
    "tool": "assembler",
    "viewing": Viewing(how="single"),
}
_ASKED: dict[str, Any] = {"slot": "headline", "quote": "This time it is on us", "comment": "Say for how long."}


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
                _save(_beside(_screens(camera, projects, phones)), name)
        for name, picture in _galleries(projects["own"]):
            _save(picture, name)
    except NoBrowser as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _screens(camera: Camera, projects: Mapping[str, Project], phones: Iterable[Phone]) -> Iterator[Image.Image]:
    """What phones of 375 x 1,240 px show."""
    shots = (Shot(html=_html(projects[phone.brand], phone), width=SCREEN[0], scheme=phone.scheme) for phone in phones)
    for picture in camera.shoot(shots):
        yield picture.image().crop((0, 0, *SCREEN))


def _galleries(project: Project) -> Iterator[tuple[str, Image.Image]]:
    """The gallery as people see it: the first view, a variant beside its default, what changed, and on a phone."""
    with TemporaryDirectory() as folder, started() as browser:
        _decide(Path(folder), ReviewRound.begin(project, ROOT, MOMENT))
        review = ReviewRound.begin(project, Path(folder), MOMENT)
        page = Gallery.of(review, tool="assembler").write(Path(folder) / "gallery").as_uri()
        changed = Gallery.of(review, tool="assembler", older=_before())
        changes = changed.write(Path(folder) / "changes").as_uri()
        for name, address, *keys in (("gallery", page), ("variant", page, "1", "Enter"), ("changed", changes, "y")):
            shown = browser.new_page(viewport={"width": 1280, "height": 900})
            yield name, _screen(shown, address, *keys)
        schemes: tuple[tuple[Scheme, str], ...] = (("light", ""), ("light", "1 Enter"), ("dark", "1 Enter n"))
        phones = [
            _screen(browser.new_page(viewport={"width": 390, "height": 844}, color_scheme=scheme), page, *keys.split())
            for scheme, keys in schemes
        ]
        yield "phone", _beside(phones)


def _screen(shown: Page, address: str, *keys: str) -> Image.Image:
    """What stands on a screen after some keys."""
    shown.goto(address)
    shown.wait_for_selector("iframe")
    for key in keys:
        shown.keyboard.press(key)
    shown.wait_for_timeout(1500)
    return Image.open(io.BytesIO(shown.screenshot()))


def _before() -> tuple[Library, datetime]:
    """The library of the project as it was when a headline and an offer said something else."""
    files = starter_files()
    for path, (now, then) in _EDITS.items():
        words = str(files[path])
        assert now in words, path
        files[path] = words.replace(now, then)
    return Project.from_files(files).compile(MOMENT), MOMENT


def _decide(folder: Path, review: ReviewRound) -> None:
    """Approve the default and some other variants, and ask for a change in one of those that are shown."""
    for planned in review.plan.cards:
        card, segment = planned.card, planned.cells[0][0] if planned.cells else None
        if card.place[0] != _SHOWN[0] or card.is_default or segment == "womens_first":
            write_decision(folder, decision_about(card, "approve", **_DECIDED))
        elif card.place == _SHOWN and segment == "lapsed_loyal":
            write_decision(folder, decision_about(card, "changes", **_DECIDED, **_ASKED))


def _html(project: Project, phone: Phone) -> str:
    context = {"segment": phone.segment, "stage": phone.stage, "locale": phone.locale, "fields": {"first_name": "Maya"}}
    return (
        project.compile(MOMENT).assemble(phone.campaign, channel=phone.channel, context=context, at=MOMENT).html or ""
    )


def _save(picture: Image.Image, name: str) -> None:
    path = FOLDER / f"{name}.webp"
    picture.save(path, quality=70, method=6)
    print(f"{path.relative_to(ROOT)}  {path.stat().st_size:,} bytes")


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
