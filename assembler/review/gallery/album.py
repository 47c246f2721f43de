"""Pictures of the variants in a gallery: each look, what changed in it, and contact sheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from assembler.authoring.compile.jobs import Progress
from assembler.review.gallery.contents import joined
from assembler.review.gallery.page import data_url
from assembler.review.pictures.camera import Camera, Scheme, Shot
from assembler.review.pictures.compare import compare, outlined
from assembler.review.pictures.contact_sheet import Tile, contact_sheet, thumbnail
from assembler.review.pictures.webp_picture import WebpPicture

_SHEET = "contact-sheet"
_PICTURES = "pictures"
FILES = (_PICTURES, _SHEET, f"{_SHEET}.pdf")
"""What taking pictures puts into a folder."""

PICTURE = ".webp"

_THUMBNAIL = 320
_MOBILE = 375
_DESKTOP = {"web": 1200}
_DESKTOP_OTHERS = 600
_ON_SHEET = "mobile-light"
_SCHEMES: tuple[Scheme, ...] = ("light", "dark")


@dataclass(frozen=True, slots=True, kw_only=True)
class Album:
    """The paths of pictures, from the folder of the gallery: by card and label, and the contact sheets by label."""

    pictures: Mapping[str, Mapping[str, str]]
    sheets: Mapping[str, str]

    def embedded(self, folder: Path) -> Album:
        """Return the same, with each file of a folder as an address that holds all of it."""

        def inside(files: Mapping[str, str]) -> dict[str, str]:
            return {label: data_url(path, (folder / path).read_bytes()) for label, path in files.items()}

        return Album(pictures={key: inside(files) for key, files in self.pictures.items()}, sheets=inside(self.sheets))

    def to_dict(self) -> dict[str, object]:
        """Return the album as the page needs it."""
        return {"pictures": self.pictures, "sheets": self.sheets}


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
    writer = _AlbumWriter(contents, folder)
    with Camera(images) as camera:
        pictures = _counted(camera.shoot(shots), len(shots), progress)
        for wanted in wanted_pictures:
            picture = next(pictures)
            writer.add(wanted, picture)
            if wanted.former_shot:
                writer.add_difference(wanted, picture, next(pictures))
    return writer.album()


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

    def __init__(self, contents: Mapping[str, Any], folder: Path) -> None:
        self._contents = contents
        self._folder = folder
        self._pictures: dict[str, dict[str, str]] = {}
        self._tiles: list[Tile] = []

    def add(self, wanted: _WantedPicture, picture: WebpPicture) -> None:
        """Write a picture; the first of a card is also its thumbnail."""
        key = str(wanted.card["key"])
        of_card = self._pictures.setdefault(key, {})
        of_card[wanted.name] = self._write(f"{_PICTURES}/{key}/{wanted.name}{PICTURE}", picture)
        if wanted.name == _ON_SHEET:
            small = thumbnail(picture, width=_THUMBNAIL)
            self._write(f"{_PICTURES}/{key}/thumbnail{PICTURE}", small)
            self._tiles.append(Tile(picture=small, caption=_caption(self._contents, wanted.card)))

    def add_difference(self, wanted: _WantedPicture, picture: WebpPicture, former: WebpPicture) -> None:
        """Write how a card looked before, and where it looks otherwise now."""
        difference = compare(former, picture)
        if difference.same:
            return
        key = str(wanted.card["key"])
        of_card, path = self._pictures[key], f"{_PICTURES}/{key}/{wanted.name}"
        of_card[f"{wanted.name}, before"] = self._write(f"{path}-before{PICTURE}", former)
        label = f"{wanted.name}, {len(difference.regions)} changed regions, {difference.share:.1%}"
        of_card[label] = self._write(f"{path}-changed{PICTURE}", outlined(picture, difference.regions))

    def album(self) -> Album:
        """Write the contact sheets, and return all that was written."""
        return Album(pictures=self._pictures, sheets=self._write_sheets() if self._tiles else {})

    def _write_sheets(self) -> dict[str, str]:
        sheet = contact_sheet(self._tiles)
        (self._folder / f"{_SHEET}.pdf").write_bytes(sheet.pdf)
        for number, page in enumerate(sheet.pages, start=1):
            self._write(f"{_SHEET}/{number:03}{PICTURE}", page)
        return {f"{_SHEET}.pdf": f"{_SHEET}.pdf"}

    def _write(self, path: str, picture: WebpPicture) -> str:
        (self._folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self._folder / path).write_bytes(picture.webp)
        return path


def _caption(contents: Mapping[str, Any], card: Mapping[str, Any]) -> tuple[str, ...]:
    """The subject of a variant, or its key; its place; and who gets it."""
    group = contents["groups"][card["group"]]
    subject = joined(contents, card, "subject").strip() if "subject" in group["parts"] else ""
    cells = [" · ".join(name or "none" for name in cell) for cell in card["cells"]]
    more = f", and {len(cells) - 1} more" if len(cells) > 1 else ""
    who = cells[0] + more if cells else card["who"]
    return subject or card["key"], f"{group['campaign']} · {group['channel']} · {group['locale']}", who
