"""Thumbnails, and contact sheets for slides: pictures beside each other, with captions, as PDF and as WebP."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from assembler.review.pictures.fonts import drawing_font
from assembler.review.pictures.webp_picture import WebpPicture

PAGE = (1920, 1080)
"""Pixels of a page: a slide of 13.33 x 7.5 inches."""

_PDF = {"resolution": 144, "quality": 90, "creationDate": None, "modDate": None}
_MARGIN, _GAP = 48, 32
_COLUMNS = 5
_WIDTH = (PAGE[0] - 2 * _MARGIN - (_COLUMNS - 1) * _GAP) // _COLUMNS
_GROUND, _EDGE, _INK, _FAINT = "#f4f4f2", "#c8c8c4", "#1c1c1c", "#555555"
_LETTERS, _LINE = 22, 30
_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A picture with its caption; the first line is its title."""

    picture: WebpPicture
    caption: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactSheet:
    """Pages of tiles: one PDF file with all, and each as a WebP file."""

    pdf: bytes
    pages: tuple[WebpPicture, ...]


def thumbnail(picture: WebpPicture, *, width: int) -> WebpPicture:
    """Return the picture made smaller, `width` pixels wide."""
    return WebpPicture.of(_small(picture.image(), width), quality=80)


def contact_sheet(tiles: Sequence[Tile]) -> ContactSheet:
    """Return tiles beside each other on pages of `PAGE`, in order; each shows as much of its picture's top as there is
    room for.

    A caption line that is too long ends in an ellipsis. The same tiles give the same bytes. Raises `ValueError` where
    there are no tiles.
    """
    if not tiles:
        raise ValueError("a contact sheet needs a picture")
    height = PAGE[1] - 2 * _MARGIN - max(len(tile.caption) for tile in tiles) * _LINE - _GAP // 2
    pages = [_page(tiles[first : first + _COLUMNS], height) for first in range(0, len(tiles), _COLUMNS)]
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], **_PDF)
    return ContactSheet(pdf=out.getvalue(), pages=tuple(WebpPicture.of(page, quality=90) for page in pages))


def _small(image: Image.Image, width: int) -> Image.Image:
    size = width, max(round(image.height * width / image.width), 1)
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _page(tiles: Sequence[Tile], height: int) -> Image.Image:
    """A page of pictures that are so high at most, with their captions below."""
    page = Image.new("RGB", PAGE, _GROUND)
    draw = ImageDraw.Draw(page)
    title, words = drawing_font(_LETTERS, bold=True), drawing_font(_LETTERS)
    for number, tile in enumerate(tiles):
        left = _MARGIN + number * (_WIDTH + _GAP)
        image = tile.picture.image()
        top = image.crop((0, 0, image.width, min(image.height, round(height * image.width / _WIDTH))))
        small = _small(top, _WIDTH)
        page.paste(small, (left, _MARGIN))
        draw.rectangle((left - 1, _MARGIN - 1, left + _WIDTH, _MARGIN + small.height), outline=_EDGE)
        for line, text in enumerate(tile.caption):
            place = left, _MARGIN + height + _GAP // 2 + line * _LINE
            font, ink = (words, _FAINT) if line else (title, _INK)
            draw.text(place, _fitted(text, font), fill=ink, font=font)
    return page


def _fitted(text: str, font: ImageFont.FreeTypeFont) -> str:
    if font.getlength(text) <= _WIDTH:
        return text
    kept = next(end for end in range(len(text) - 1, -1, -1) if font.getlength(text[:end] + _ELLIPSIS) <= _WIDTH)
    return text[:kept].rstrip() + _ELLIPSIS
