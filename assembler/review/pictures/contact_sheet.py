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

_DPI = 144
_MARGIN, _GAP = 48, 32
_GROUND, _EDGE, _INK, _FAINT = "#f4f4f2", "#c8c8c4", "#1c1c1c", "#555555"
_LETTERS, _LINE = 22, 30
_QUALITY = 90
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


def thumbnail(picture: WebpPicture, *, width: int, height: int | None = None) -> WebpPicture:
    """Return the picture made smaller, `width` pixels wide; where a height is given, at most that much of its top."""
    return WebpPicture.of(_small(picture, width, height), quality=80)


def contact_sheet(tiles: Sequence[Tile], *, columns: int = 5, rows: int = 1) -> ContactSheet:
    """Return tiles in rows on pages of `PAGE`, in order; each shows as much of its picture's top as there is room for.

    A caption line that is too long ends in an ellipsis. The same tiles give the same bytes. Raises `ValueError` where
    there are no tiles, and where the page has no room for so many columns or rows.
    """
    if not tiles:
        raise ValueError("a contact sheet needs a picture")
    lines = max(len(tile.caption) for tile in tiles)
    width = (PAGE[0] - 2 * _MARGIN - (columns - 1) * _GAP) // columns
    height = (PAGE[1] - 2 * _MARGIN - (rows - 1) * _GAP) // rows - lines * _LINE - _GAP // 2
    if min(width, height) < 2 * _LINE:
        raise ValueError(f"no room for {columns} x {rows} pictures with {lines} lines of caption on a page")
    size = columns * rows
    pages = [
        _page(tiles[first : first + size], columns, (width, height), lines) for first in range(0, len(tiles), size)
    ]
    out = io.BytesIO()
    pages[0].save(
        out,
        "PDF",
        save_all=True,
        append_images=pages[1:],
        resolution=_DPI,
        quality=_QUALITY,
        creationDate=None,
        modDate=None,
    )
    return ContactSheet(pdf=out.getvalue(), pages=tuple(WebpPicture.of(page, quality=_QUALITY) for page in pages))


def _small(picture: WebpPicture, width: int, height: int | None) -> Image.Image:
    image = picture.image()
    if height is not None:
        image = image.crop((0, 0, image.width, min(image.height, round(height * image.width / width))))
    size = width, max(round(image.height * width / image.width), 1)
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _page(tiles: Sequence[Tile], columns: int, cell: tuple[int, int], lines: int) -> Image.Image:
    """A page; a cell is the room for a picture, and its caption stands below."""
    page = Image.new("RGB", PAGE, _GROUND)
    draw = ImageDraw.Draw(page)
    title, words = drawing_font(_LETTERS, bold=True), drawing_font(_LETTERS)
    width, height = cell
    for number, tile in enumerate(tiles):
        row, column = divmod(number, columns)
        left = _MARGIN + column * (width + _GAP)
        top = _MARGIN + row * (height + lines * _LINE + _GAP // 2 + _GAP)
        image = _small(tile.picture, width, height)
        page.paste(image, (left, top))
        draw.rectangle((left - 1, top - 1, left + width, top + image.height), outline=_EDGE)
        for line, text in enumerate(tile.caption):
            place = left, top + height + _GAP // 2 + line * _LINE
            font, ink = (words, _FAINT) if line else (title, _INK)
            draw.text(place, _fitted(text, font, width), fill=ink, font=font)
    return page


def _fitted(text: str, font: ImageFont.FreeTypeFont, room: int) -> str:
    if font.getlength(text) <= room:
        return text
    kept = next(end for end in range(len(text) - 1, -1, -1) if font.getlength(text[:end] + _ELLIPSIS) <= room)
    return text[:kept].rstrip() + _ELLIPSIS
