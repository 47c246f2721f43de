"""Pictures made smaller."""

from __future__ import annotations

import pytest
from PIL import Image

from assembler.review.pictures.webp_picture import WebpPicture


def test_a_thumbnail_shows_the_whole_picture() -> None:
    image = Image.new("RGB", (375, 2000), "#ffffff")
    image.paste("#008000", (0, 0, 375, 100))
    small = WebpPicture.of(image).thumbnail(120)
    assert (small.width, small.height) == (120, 640)
    top = small.image().getpixel((60, 10))
    assert isinstance(top, tuple) and top[1] > 100 > top[0]
    assert small.image().getpixel((60, 639)) == (255, 255, 255)


@pytest.mark.parametrize(("height", "small"), [(1, 1), (8, 1), (10, 1), (30, 3)])
def test_a_thumbnail_is_never_flatter_than_a_pixel(height: int, small: int) -> None:
    assert WebpPicture.of(Image.new("RGB", (100, height))).thumbnail(10).height == small
