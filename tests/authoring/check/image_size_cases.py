"""A03, A04 and A05: images that are heavy, drawn larger than their pixels, or lost on dark screens."""

from __future__ import annotations

import io
import random

from PIL import Image

from tests.authoring.builders import Files, head_css, rendition

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


def badge(ink: str, *, clear: bool = True) -> bytes:
    """A picture of one ink on the left, and of nothing, or white, on the right."""
    out = io.BytesIO()
    picture = Image.new("RGBA", (21, 10), (255, 255, 255, 0 if clear else 255))
    picture.paste(ink, (0, 0, 10, 10))
    picture.save(out, "PNG")
    return out.getvalue()


_BY_NIGHT = "@media (prefers-color-scheme: dark) { .sheet { background-color: #101418 !important; } [more] }"
NIGHT = head_css(dark=_BY_NIGHT.replace("[more]", ""))

CASES: list[tuple[Files, list[str]]] = [
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
        rendition("email/story.html", source='src="{{ picture.url }}"'),
        [f"{STORY}:1:27 A04 shop.png is drawn 20 px wide from 20 pixels; a screen of double density needs 40"],
    ),
    (
        rendition("email/story.html", width='width="600"'),
        [f"{PLAIN}:3:17 A04 shop.png is drawn 600 px wide from 40 pixels; a screen of double density needs 1200"],
    ),
    (
        NIGHT | {LOGO: badge("#202428")},
        [f"{MAIL}:15:14 A05 much of logo.png is lost on dark screens: 0 % of it stands out from #101418"],
    ),
    (
        NIGHT | {SHOP: badge("#202428")},
        [f"{PLAIN}:3:17 A05 much of shop.png is lost on dark screens: 0 % of it stands out from #101418"],
    ),
]

NEAR_MISSES: list[tuple[str, Files]] = [
    ("A03", {SHOP: noise(300, 220)}),
    ("A03", {"assets/unused.png": noise(300, 300)}),
    ("A03", {SHOP: plain(600, 300)}),  # 540 kB in assets/, 1 kB sent
    ("A04", rendition("email/story.html", width='width="12"')),
    ("A05", NIGHT | {LOGO: badge("#8090a0")}),
    ("A05", NIGHT | {LOGO: badge("#202428", clear=False)}),
    ("A05", {LOGO: badge("#202428")}),
    ("A05", head_css(dark=_BY_NIGHT.replace("[more]", "img { display: none !important; }")) | {LOGO: badge("#202428")}),
    (
        "A05",
        head_css(dark=_BY_NIGHT.replace("[more]", "p { background: #fff !important; }")) | {LOGO: badge("#202428")},
    ),
]
