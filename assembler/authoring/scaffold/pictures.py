"""The pictures of a new brand: its name as a logo, by day and by night, and hills in its colours."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from assembler.authoring.scaffold.palette import Palette, mixed

_LOGO: Final = (480, 96)
"""Pixels, twice those that are shown."""

_LARGEST, _SMALLEST = 54, 22
_PICTURE: Final = (1200, 640)
_FINER: Final = 2
"""How many times larger a shape is drawn, so that its edges are smooth."""

_NOWHERE: Final = "\ue000"
"""A private character: a font draws it, and every letter that it lacks, as the same box."""


def logo(name: str, ink: str, mark: str, font: bytes) -> bytes:
    """Return a PNG of a mark with a name beside it, on a transparent ground; without a name that the font (the bytes of
    its file) cannot write, or that is too long."""
    wide, tall = _LOGO
    canvas = Image.new("RGBA", (wide * _FINER, tall * _FINER))
    draw = ImageDraw.Draw(canvas)
    size = tall * _FINER * 2 // 3
    top = (tall * _FINER - size) // 2
    draw.rounded_rectangle((0, top, size, top + size), size // 4, fill=mark)
    draw.pieslice((0, top, size * 2, top + size * 2), 180, 270, fill=mixed(mark, "#ffffff", 0.45))
    fitting = _fitting(name, wide * _FINER - size * 3 // 2, font)
    if fitting is not None:
        draw.text((size * 4 // 3, tall * _FINER // 2), name, fill=ink, font=fitting, anchor="lm")
    return _png(canvas.resize(_LOGO, Image.Resampling.LANCZOS).quantize(64, Image.Quantize.FASTOCTREE))


def _fitting(name: str, room: int, data: bytes) -> ImageFont.FreeTypeFont | None:
    for size in range(_LARGEST, _SMALLEST, -2):
        font = ImageFont.truetype(io.BytesIO(data), size * _FINER)
        box = bytes(font.getmask(_NOWHERE))
        if any(bytes(font.getmask(letter)) == box for letter in set(name) if not letter.isspace()):
            return None
        if font.getlength(name) <= room:
            return font
    return None


def picture(colours: Mapping[str, str]) -> bytes:
    """Return a PNG of hills below a rising sun, in the colours that a brand has by day."""
    wide, tall = (side * _FINER for side in _PICTURE)
    canvas = Image.new("RGB", (wide, tall), colours["tint"])
    draw = ImageDraw.Draw(canvas)
    sun = tall // 4
    draw.ellipse(
        (wide * 5 // 8 - sun, tall * 2 // 5 - sun, wide * 5 // 8 + sun, tall * 2 // 5 + sun),
        fill=mixed(colours["spark"], colours["tint"], 0.35),
    )
    ground = colours["deep"]
    for left, height, reach, share in ((-0.1, 0.62, 0.8, 0.62), (0.45, 0.56, 0.9, 0.4), (-0.3, 0.78, 1.1, 0.2)):
        box = (left * wide, height * tall, (left + reach) * wide, (height + 1.1) * tall)
        draw.ellipse(box, fill=mixed(ground, colours["tint"], share))
    draw.ellipse((wide * 0.2, tall * 0.86, wide * 1.4, tall * 2.2), fill=ground)
    return _png(canvas.resize(_PICTURE, Image.Resampling.LANCZOS).quantize(96))


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def brand_pictures(name: str, tokens: Palette, font: bytes) -> dict[str, bytes]:
    """Return the pictures of a brand with a name and colours, by path; `font` as for `logo`."""
    day, night = tokens["colour"], tokens["night"]
    return {
        "assets/logo.png": logo(name, day["ink"], day["deep"], font),
        "assets/logo_dark.png": logo(name, night["ink"], night["deep"], font),
        "assets/picture.png": picture(day),
    }
