"""A03 and A04: images that are heavy, or drawn larger than their pixels."""

from __future__ import annotations

import io
import random
from collections.abc import Mapping

import pytest
from PIL import Image

from tests.authoring.check.cases import Edit, found

MAIL, PAGE = "templates/email/note.html.j2", "templates/page/board.html.j2"
STORY, PLAIN = "templates/email/components/story.html.j2", "components/story/plain.md"
LOGO, SHOP = "assets/logo.png", "assets/shop.png"


def noise(width: int, height: int) -> bytes:
    """A picture that does not get smaller by compressing it: 3 bytes a pixel."""
    out = io.BytesIO()
    Image.frombytes("RGB", (width, height), random.Random(1).randbytes(width * height * 3)).save(out, "PNG")
    return out.getvalue()


def plain(width: int, height: int) -> bytes:
    """A picture of one colour, saved without compressing it."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), "#205040").save(out, "PNG", compress_level=0)
    return out.getvalue()


CASES: list[tuple[Mapping[str, Edit], list[str]]] = [
    ({SHOP: noise(300, 260)}, [f"{PLAIN}:3:17 A03 {SHOP} is sent with 235 kB; up to 200 load quickly"]),
    (
        {LOGO: noise(300, 300)},
        [
            f"{MAIL}:15:14 A03 {LOGO} is sent with 271 kB; up to 200 load quickly",
            f"{PAGE}:4:388 A03 {LOGO} is sent with 271 kB; up to 200 load quickly",
        ],
    ),
    (
        {LOGO: noise(400, 400), SHOP: noise(400, 300)},
        [
            f"{PLAIN}:3:17 A03 {SHOP} is sent with 361 kB; up to 200 load quickly",
            f"{MAIL}:2:1 A03 a variant of back may show images of 842 kB; up to 800 load quickly",
            f"{MAIL}:15:14 A03 {LOGO} is sent with 481 kB; up to 200 load quickly",
            f"{PAGE}:2:1 A03 a variant of back may show images of 842 kB; up to 800 load quickly",
            f"{PAGE}:4:388 A03 {LOGO} is sent with 481 kB; up to 200 load quickly",
        ],
    ),
    (
        {STORY: ("picture.url_2x", "picture.url")},
        [f"{STORY}:1:27 A04 shop.png is drawn 20 px wide from 20 pixels; a screen of double density needs 40"],
    ),
    (
        {STORY: ('width="{{ picture.width }}"', 'width="600"')},
        [f"{PLAIN}:3:17 A04 shop.png is drawn 600 px wide from 40 pixels; a screen of double density needs 1200"],
    ),
]

NEAR_MISSES: list[tuple[str, Mapping[str, Edit]]] = [
    ("A03", {SHOP: noise(300, 220)}),
    ("A03", {"assets/unused.png": noise(300, 300)}),
    ("A03", {SHOP: plain(600, 300)}),  # 540 kB in assets/, 1 kB sent
    ("A04", {STORY: ('width="{{ picture.width }}"', 'width="12"')}),
]


@pytest.mark.parametrize(("edits", "expected"), CASES, ids=[each[0].partition(" ")[2] for _, each in CASES])
def test_a_fault_is_found_where_it_stands(edits: Mapping[str, Edit], expected: list[str]) -> None:
    code = expected[0].split(" ")[1]
    assert found(edits, code) == expected


@pytest.mark.parametrize(("code", "edits"), NEAR_MISSES, ids=range(len(NEAR_MISSES)))
def test_a_near_miss_is_none(code: str, edits: Mapping[str, Edit]) -> None:
    assert found(edits, code) == []
