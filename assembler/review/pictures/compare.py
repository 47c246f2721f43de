"""What differs between two pictures: how much, where, and a picture of where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PIL import Image, ImageChops, ImageDraw

from assembler.review.pictures.webp_picture import WebpPicture

_GAP = 16
"""Changes that stand closer than this many pixels are one region."""

_MOST = 12
_MARGIN, _LINE = 5, 3
_DIM, _DIMNESS, _OUTLINE = "#8a8a8a", 0.65, "#d6006c"


class Region(NamedTuple):
    """A rectangle in pixels; `right` and `bottom` are the first that lie outside."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PixelDifference:
    """What changed: the share of pixels, 0 to 1, and at most twelve rectangles that hold them all, from the top."""

    share: float
    regions: tuple[Region, ...]

    @property
    def same(self) -> bool:
        """Whether no pixel changed."""
        return not self.regions


def compare(before: WebpPicture, after: WebpPicture) -> PixelDifference:
    """Return what differs between two pictures. What only the larger has is changed; any change of a colour counts."""
    if before.webp == after.webp:
        return PixelDifference(share=0.0, regions=())
    mask = _mask(before.image(), after.image())
    gap = _GAP
    while len(regions := tuple(_regions(mask, gap))) > _MOST:
        gap *= 2
    return PixelDifference(share=mask.histogram()[255] / (mask.width * mask.height), regions=regions)


def outlined(picture: WebpPicture, regions: Sequence[Region]) -> WebpPicture:
    """Return the picture dimmed, but for the regions, which are outlined. It grows where a region lies outside."""
    width = max(picture.width, *(region.right for region in regions), 0)
    height = max(picture.height, *(region.bottom for region in regions), 0)
    bright = picture.image().crop((0, 0, width, height))
    image = Image.blend(bright, Image.new("RGB", bright.size, _DIM), _DIMNESS)
    draw = ImageDraw.Draw(image)
    for region in regions:
        left, top = max(region.left - _MARGIN, 0), max(region.top - _MARGIN, 0)
        right, bottom = min(region.right + _MARGIN, width), min(region.bottom + _MARGIN, height)
        image.paste(bright.crop((left, top, right, bottom)), (left, top))
        draw.rectangle((left, top, right - 1, bottom - 1), outline=_OUTLINE, width=_LINE)
    return WebpPicture.of(image)


def _mask(one: Image.Image, two: Image.Image) -> Image.Image:
    """White where the images differ, black elsewhere."""
    mask = Image.new("L", (max(one.width, two.width), max(one.height, two.height)), 255)
    shared = (0, 0, min(one.width, two.width), min(one.height, two.height))
    red, green, blue = ImageChops.difference(one.crop(shared), two.crop(shared)).split()
    largest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    mask.paste(largest.point([0] + [255] * 255), shared)
    return mask


def _regions(mask: Image.Image, gap: int) -> Iterator[Region]:
    """Tight rectangles around the white of a mask, cut wherever `gap` black rows or columns lie between."""
    whole = mask.getbbox()
    if whole is None:
        return
    part = mask.crop(whole)
    columns, rows = (list(_runs(filled, gap)) for filled in part.getprojection())
    if len(columns) == len(rows) == 1:
        yield Region(*whole)
        return
    for top, bottom in rows:
        for left, right in columns:
            x, y = whole[0] + left, whole[1] + top
            for region in _regions(part.crop((left, top, right, bottom)), gap):
                yield Region(region.left + x, region.top + y, region.right + x, region.bottom + y)


def _runs(filled: Sequence[int], gap: int) -> Iterator[tuple[int, int]]:
    """The intervals of a projection between gaps: first, and first outside."""
    positions = [position for position, white in enumerate(filled) if white]
    first = last = positions[0]
    for position in positions[1:]:
        if position - last > gap:
            yield first, last + 1
            first = position
        last = position
    yield first, last + 1
