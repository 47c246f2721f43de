"""Pictures of the variants in a gallery: each look, and what changed in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from assembler.authoring.compile.jobs import Progress
from assembler.review.gallery.contents import joined
from assembler.review.pictures.camera import Camera, Scheme, Shot
from assembler.review.pictures.compare import compare, outlined
from assembler.review.pictures.webp_picture import WebpPicture

PICTURES = "pictures"
"""The folder of pictures, in that of the gallery."""

PICTURE = ".webp"

_THUMBNAIL = 320
_MOBILE = 375
_DESKTOP = {"web": 1200}
_DESKTOP_OTHERS = 600
_IN_SMALL = "mobile-light"
_SCHEMES: tuple[Scheme, ...] = ("light", "dark")


Album = Mapping[str, Mapping[str, str]]
"""The paths of pictures, from the folder of the gallery, by card and label."""


@dataclass(frozen=True, slots=True)
class _WantedPicture:
    """A document to take a picture of: its card, what the picture is called, and the shot; `former_shot` is that of
    what stood there before, where that is another document."""

    card: Mapping[str, Any]
    name: str
    shot: Shot
    former_shot: Shot | None

    @property
    def shots(self) -> list[Shot]:
        return [self.shot, *([self.former_shot] if self.former_shot else [])]


def take_pictures(
    contents: Mapping[str, Any], images: Mapping[str, bytes], folder: Path, progress: Progress | None = None
) -> Album:
    """Take pictures of every card of the plan into a folder, and of what stood there before where that differs.

    `images` are their bytes by address. Raises `NoBrowser` where there is no browser, or nothing to drive one, and
    `NotTaken` where a document cannot be shown.
    """
    wanted_pictures = list(_wanted_pictures(contents))
    shots = [shot for wanted in wanted_pictures for shot in wanted.shots]
    writer = _AlbumWriter(folder)
    with Camera(images) as camera:
        pictures = _counted(camera.shoot(shots), len(shots), progress)
        for wanted in wanted_pictures:
            picture = next(pictures)
            writer.add(wanted, picture)
            if wanted.former_shot:
                writer.add_difference(wanted, picture, next(pictures))
    return writer.album


def _wanted_pictures(contents: Mapping[str, Any]) -> Iterator[_WantedPicture]:
    for card in contents["cards"]:
        group = contents["groups"][card["group"]]
        if card["why"] == "other" or "html" not in group["parts"]:
            continue
        html = joined(contents, card, "html")
        former = joined(contents, card, "html", before=True) if card.get("causes") and card["before"] else None
        widths = {"mobile": _MOBILE, "desktop": _DESKTOP.get(group["envelope"], _DESKTOP_OTHERS)}
        for (device, width), scheme in product(widths.items(), _SCHEMES):
            shot = Shot(html=html, width=width, scheme=scheme)
            former_shot = None if former is None else Shot(html=former, width=width, scheme=scheme)
            yield _WantedPicture(card, f"{device}-{scheme}", shot, former_shot)


def _counted(pictures: Iterable[WebpPicture], total: int, progress: Progress | None) -> Iterator[WebpPicture]:
    for number, picture in enumerate(pictures, start=1):
        if progress is not None:
            progress(number, total)
        yield picture


class _AlbumWriter:
    """Writes pictures into a folder, and knows what is in it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.album: dict[str, dict[str, str]] = {}

    def add(self, wanted: _WantedPicture, picture: WebpPicture) -> None:
        """Write a picture; that on a phone by day also in small."""
        key = str(wanted.card["key"])
        of_card = self.album.setdefault(key, {})
        of_card[wanted.name] = self._write(f"{PICTURES}/{key}/{wanted.name}{PICTURE}", picture)
        if wanted.name == _IN_SMALL:
            self._write(f"{PICTURES}/{key}/thumbnail{PICTURE}", picture.thumbnail(_THUMBNAIL))

    def add_difference(self, wanted: _WantedPicture, picture: WebpPicture, former: WebpPicture) -> None:
        """Write how a card looked before, and where it looks otherwise now."""
        difference = compare(former, picture)
        if difference.same:
            return
        key = str(wanted.card["key"])
        of_card, path = self.album[key], f"{PICTURES}/{key}/{wanted.name}"
        of_card[f"{wanted.name}, before"] = self._write(f"{path}-before{PICTURE}", former)
        label = f"{wanted.name}, {len(difference.regions)} changed regions, {difference.share:.1%}"
        of_card[label] = self._write(f"{path}-changed{PICTURE}", outlined(picture, difference.regions))

    def _write(self, path: str, picture: WebpPicture) -> str:
        (self._folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self._folder / path).write_bytes(picture.webp)
        return path
