"""Differences of images whose changes are known to the pixel."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from assembler.review.pictures.compare import Region, compare, outlined
from assembler.review.pictures.webp_picture import WebpPicture

Box = tuple[int, int, int, int]


def drawn(*boxes: Box, size: tuple[int, int] = (300, 400), ink: str = "#123456") -> WebpPicture:
    image = Image.new("RGB", size, "#ffffff")
    for left, top, right, bottom in boxes:
        ImageDraw.Draw(image).rectangle((left, top, right - 1, bottom - 1), fill=ink)
    return WebpPicture.of(image)


def regions(before: WebpPicture, after: WebpPicture) -> list[Box]:
    return [(region.left, region.top, region.right, region.bottom) for region in compare(before, after).regions]


WORD, FAR, BESIDE, APART = (20, 30, 60, 40), (200, 300, 240, 320), (70, 30, 90, 42), (77, 30, 90, 40)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ([], []),
        ([WORD], [WORD]),
        ([(7, 9, 8, 10)], [(7, 9, 8, 10)]),
        ([FAR, WORD], [WORD, FAR]),
        ([WORD, BESIDE], [(20, 30, 90, 42)]),
        ([WORD, APART], [WORD, APART]),
        ([(0, 0, 300, 400)], [(0, 0, 300, 400)]),
        ([(10, 10, 20, 20), (200, 10, 210, 20), (10, 200, 20, 210)],) * 2,
    ],
    ids=[
        "nothing",
        "a word",
        "a pixel",
        "two places",
        "two words of a line",
        "17 pixels apart",
        "everything",
        "three corners",
    ],
)
def test_each_change_has_its_rectangle(after: list[Box], expected: list[Box]) -> None:
    assert regions(drawn(), drawn(*after)) == expected
    assert regions(drawn(*after), drawn()) == expected


def test_the_share_is_that_of_changed_pixels() -> None:
    difference = compare(drawn(), drawn(WORD, FAR))
    assert difference.share == (40 * 10 + 40 * 20) / (300 * 400)
    assert not difference.same


def test_other_bytes_of_the_same_pixels_are_no_difference() -> None:
    image = drawn(WORD).image()
    other = WebpPicture.of(image.quantize(4))
    assert compare(drawn(WORD), drawn(WORD)).same
    assert compare(drawn(WORD), WebpPicture(webp=other.webp + b"", width=300, height=400)).same


def test_the_least_change_of_a_colour_counts() -> None:
    assert regions(drawn(WORD, ink="#102030"), drawn(WORD, ink="#102031")) == [WORD]


def test_what_only_one_picture_has_is_changed() -> None:
    short, long = drawn(size=(300, 400)), drawn(size=(300, 500))
    assert regions(short, long) == regions(long, short) == [(0, 400, 300, 500)]
    assert compare(short, long).share == 0.2


def test_many_changes_are_few_rectangles_that_hold_them_all() -> None:
    dots = [(x, y, x + 2, y + 2) for x in range(0, 290, 40) for y in range(0, 390, 40)]
    changed = regions(drawn(), drawn(*dots))
    assert 1 <= len(changed) <= 12
    assert all(
        any(a <= left and b <= top and c >= right and d >= bottom for a, b, c, d in changed)
        for left, top, right, bottom in dots
    )


def test_regions_stay_bright_and_the_rest_is_dimmed() -> None:
    after = drawn(WORD, FAR)
    picture = outlined(after, compare(drawn(WORD), after).regions).image()
    assert picture.getpixel((220, 310)) == (0x12, 0x34, 0x56)
    assert picture.getpixel((30, 35)) not in ((0x12, 0x34, 0x56), (255, 255, 255))
    assert picture.getpixel((200 - 5, 310)) == (0xD6, 0x00, 0x6C)
    assert picture.getpixel((10, 10)) != (255, 255, 255)


def test_a_region_outside_makes_the_picture_grow() -> None:
    grown = outlined(drawn(size=(300, 100)), [Region(left=0, top=100, right=300, bottom=160)])
    assert (grown.width, grown.height) == (300, 160)
