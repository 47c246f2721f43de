"""Pictures of the variants in a gallery: each look, what changed in it, and contact sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assembler.authoring.compile.jobs import Progress
from assembler.review.gallery.contents import joined
from assembler.review.gallery.page import data_url
from assembler.review.pictures.camera import Camera, Scheme, Shot
from assembler.review.pictures.compare import compare, outlined
from assembler.review.pictures.picture import Picture
from assembler.review.pictures.sheet import Tile, contact_sheet, thumbnail

__all__ = ["FILES", "PICTURE", "Album", "take_pictures"]

_SHEET = "contact-sheet"
_PICTURES = "pictures"
FILES = (_PICTURES, _SHEET, f"{_SHEET}.pdf")
"""What taking pictures puts into a folder."""

PICTURE = ".webp"

_THUMBNAIL = 320
_MOBILE = 375
_DESKTOP = {"web": 1200}
_DESKTOP_OTHERS = 600
_SCHEMES: tuple[Scheme, ...] = ("light", "dark")


@dataclass(frozen=True, slots=True, kw_only=True)
class Album:
    """The files of pictures, from the folder of the gallery: by card and label, and the contact sheets by label."""

    pictures: Mapping[str, Mapping[str, str]]
    sheets: Mapping[str, str]

    def embedded(self, folder: Path) -> Album:
        """The same, with each file of a folder as an address that holds all of it."""

        def inside(files: Mapping[str, str]) -> dict[str, str]:
            return {label: data_url(path, (folder / path).read_bytes()) for label, path in files.items()}

        return Album(pictures={key: inside(files) for key, files in self.pictures.items()}, sheets=inside(self.sheets))

    def to_dict(self) -> dict[str, object]:
        """The album as the page needs it."""
        return {"pictures": self.pictures, "sheets": self.sheets}


@dataclass(frozen=True, slots=True)
class _Taken:
    """One picture to take: the card, what it is called, and the document; `before` is what stood there before."""

    card: Mapping[str, Any]
    name: str
    shot: Shot
    before: bool


def take_pictures(
    contents: Mapping[str, Any], images: Mapping[str, bytes], folder: Path, progress: Progress | None = None
) -> Album:
    """Take pictures of every card of the plan into a folder, and of what stood there before where that differs.

    `images` are their bytes by address. Raises `NoBrowser` where there is no browser, or nothing to drive one.
    """
    wanted = list(_wanted(contents))
    pictures: dict[str, dict[str, str]] = {}
    tiles: list[Tile] = []
    with Camera(images) as camera:
        last: Picture | None = None
        for number, (taken, picture) in enumerate(zip(wanted, camera.shoot(each.shot for each in wanted), strict=True)):
            key = str(taken.card["key"])
            of_card = pictures.setdefault(key, {})
            if taken.before:
                _changed(last, picture, f"{_PICTURES}/{key}/{taken.name}", taken.name, folder, of_card)
            else:
                of_card[taken.name] = _write(folder, f"{_PICTURES}/{key}/{taken.name}{PICTURE}", picture)
                last = picture
            if taken.name == "mobile-light" and not taken.before:
                small = thumbnail(picture, width=_THUMBNAIL)
                _write(folder, f"{_PICTURES}/{key}/thumbnail{PICTURE}", small)
                tiles.append(Tile(picture=small, caption=_caption(contents, taken.card)))
            if progress is not None:
                progress(number + 1, len(wanted))
    return Album(pictures=pictures, sheets=_sheets(tiles, folder))


def _wanted(contents: Mapping[str, Any]) -> Iterator[_Taken]:
    for card in contents["cards"]:
        group = contents["groups"][card["group"]]
        if card["why"] == "other" or "html" not in group["parts"]:
            continue
        html = joined(contents, card, "html")
        before = joined(contents, card, "html", before=True) if card.get("causes") and card["before"] else None
        widths = {"mobile": _MOBILE, "desktop": _DESKTOP.get(group["envelope"], _DESKTOP_OTHERS)}
        for device, width in widths.items():
            for scheme in _SCHEMES:
                name = f"{device}-{scheme}"
                yield _Taken(card, name, Shot(html=html, width=width, scheme=scheme), before=False)
                if before is not None:
                    yield _Taken(card, name, Shot(html=before, width=width, scheme=scheme), before=True)


def _changed(
    after: Picture | None, before: Picture, path: str, name: str, folder: Path, of_card: dict[str, str]
) -> None:
    """Keep how it looked before, and where it looks otherwise now."""
    assert after is not None, "a picture of what is there now comes before one of what was"
    difference = compare(before, after)
    if difference.same:
        return
    of_card[f"{name}, before"] = _write(folder, f"{path}-before{PICTURE}", before)
    label = f"{name}, {len(difference.regions)} changed regions, {difference.share:.1%}"
    of_card[label] = _write(folder, f"{path}-changed{PICTURE}", outlined(after, difference.regions))


def _caption(contents: Mapping[str, Any], card: Mapping[str, Any]) -> tuple[str, ...]:
    group = contents["groups"][card["group"]]
    subject = joined(contents, card, "subject").strip() if "subject" in group["parts"] else ""
    cells = [" · ".join(each or "none" for each in cell) for cell in card["cells"]]
    who = f"{cells[0]}{f', and {len(cells) - 1} more' if len(cells) > 1 else ''}" if cells else card["who"]
    return subject or card["key"], f"{group['campaign']} · {group['channel']} · {group['locale']}", who


def _sheets(tiles: Sequence[Tile], folder: Path) -> dict[str, str]:
    if not tiles:
        return {}
    found = contact_sheet(tiles)
    (folder / f"{_SHEET}.pdf").write_bytes(found.pdf)
    for number, each in enumerate(found.pages, start=1):
        _write(folder, f"{_SHEET}/{number:03}{PICTURE}", each)
    return {f"{_SHEET}.pdf": f"{_SHEET}.pdf"}


def _write(folder: Path, path: str, picture: Picture) -> str:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(picture.webp)
    return path
