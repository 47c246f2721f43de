"""Thumbnails and contact sheets."""

from __future__ import annotations

import re

import pytest
from PIL import Image, ImageChops

from assembler.review.pictures.contact_sheet import PAGE, ContactSheet, Tile, contact_sheet, thumbnail
from assembler.review.pictures.fonts import drawing_font
from assembler.review.pictures.webp_picture import WebpPicture

GREEN = WebpPicture.of(Image.new("RGB", (375, 2000), "#008000"))


def sheet(*captions: str) -> ContactSheet:
    return contact_sheet([Tile(picture=GREEN, caption=(caption, "a second line")) for caption in captions])


@pytest.mark.parametrize(("tiles", "pages"), [(1, 1), (5, 1), (6, 2), (13, 3)])
def test_pages_are_as_many_as_needed(tiles: int, pages: int) -> None:
    drawn = sheet(*map(str, range(tiles)))
    assert [(page.width, page.height) for page in drawn.pages] == [PAGE] * pages
    assert drawn.pdf.startswith(b"%PDF") and len(re.findall(rb"/Type /Page\b", drawn.pdf)) == pages


def test_every_tile_stands_on_its_page() -> None:
    *_, last = sheet(*"abcdefg").pages
    row = [last.image().getpixel((48 + column * (339 + 32) + 100, 300)) for column in range(5)]
    assert [pixel == last.image().getpixel((100, 300)) for pixel in row] == [True, True, False, False, False]


def test_the_same_tiles_give_the_same_bytes() -> None:
    assert sheet("a", "b") == sheet("a", "b")


@pytest.mark.parametrize("letter", "éàçœŒßñÅłŐżşğΩЖ€№—’…")
def test_letters_with_accents_are_drawn(letter: str) -> None:
    for bold in (False, True):
        font = drawing_font(22, bold=bold)
        assert bytes(font.getmask(letter)) != bytes(font.getmask("\ue000")), "a letter that the font lacks"


def test_captions_are_seen_and_long_ones_end_in_an_ellipsis() -> None:
    plain, accented, long, longer = (
        sheet(caption).pages[0].image() for caption in ("ete", "été", "w" * 200, "w" * 300)
    )
    difference = ImageChops.difference(plain, accented).getbbox()
    assert difference is not None and difference[1] > 900, "only the caption differs"
    assert ImageChops.difference(long, longer).getbbox() is None
    darkest, _ = long.convert("L").crop((48 + 339 + 2, 950, 48 + 339 + 32, 1080)).getextrema()
    assert isinstance(darkest, int) and darkest > 200, "nothing stands beside the column"


def test_a_sheet_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a picture"):
        contact_sheet([])


def test_a_thumbnail_shows_the_whole_picture() -> None:
    image = Image.new("RGB", (375, 2000), "#ffffff")
    image.paste("#008000", (0, 0, 375, 100))
    small = thumbnail(WebpPicture.of(image), width=120)
    assert (small.width, small.height) == (120, 640)
    top = small.image().getpixel((60, 10))
    assert isinstance(top, tuple) and top[1] > 100 > top[0]
    assert small.image().getpixel((60, 639)) == (255, 255, 255)
