"""Words drawn onto an image: white, on a shade that rises from the lower edge."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, ImageFont

_LINES = 3
_LARGEST, _SMALLEST = 0.13, 0.055
"""Height of the letters as a share of the image's height, at most and at least."""

_MARGIN = 0.06
_SHADE = 190
"""How dense the shade is at the lower edge, of 255."""

_NOWHERE = "\ue000"
"""A private character: a font draws it, and every letter that it lacks, as the same box."""

_Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


class Unwritable(ValueError):
    """Why words cannot be drawn onto an image."""


def drawn(image: Image.Image, words: str, font: bytes | None = None) -> Image.Image:
    """Return a copy of an image with words on it, in a font given as a file (Pillow's own, which has few accents, if
    not).

    Raises `Unwritable` where the words do not fit in three lines, or the font lacks a letter; `OSError` where the font
    cannot be read.
    """
    sample = _font(font, 24)
    box = bytes(sample.getmask(_NOWHERE))
    missing = sorted({letter for letter in words if not letter.isspace() and bytes(sample.getmask(letter)) == box})
    if missing:
        raise Unwritable(f"the font has no {' '.join(missing)}")
    canvas = image.convert("RGBA")
    fitted, lines = _fitted(words, canvas.size, font)
    text, spacing = "\n".join(lines), round(fitted.getbbox("x")[3] * 0.3)
    margin = round(canvas.width * _MARGIN)
    left, top, _, bottom = ImageDraw.Draw(canvas).multiline_textbbox((0, 0), text, font=fitted, spacing=spacing)
    y = canvas.height - margin - bottom
    canvas.alpha_composite(_shade(canvas.size, round(y + top - margin)))
    ImageDraw.Draw(canvas).multiline_text((margin - left, y), text, fill="#ffffff", font=fitted, spacing=spacing)
    return canvas if image.mode == "RGBA" else canvas.convert("RGB")


def _font(font: bytes | None, size: int) -> _Font:
    return ImageFont.load_default(size) if font is None else ImageFont.truetype(io.BytesIO(font), size)


def _fitted(words: str, size: tuple[int, int], font: bytes | None) -> tuple[_Font, list[str]]:
    width, height = size
    room = width - 2 * round(width * _MARGIN)
    for pixels in range(round(height * _LARGEST), max(round(height * _SMALLEST), 8) - 1, -2):
        fitted = _font(font, pixels)
        lines = _wrapped(words, fitted, room)
        if len(lines) <= _LINES and all(fitted.getlength(line) <= room for line in lines):
            return fitted, lines
    raise Unwritable(f"{words[:40]!r} does not fit onto {width} x {height} pixels in {_LINES} lines")


def _wrapped(words: str, font: _Font, room: int) -> list[str]:
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _shade(size: tuple[int, int], top: int) -> Image.Image:
    """Black that grows denser from `top` down to the lower edge."""
    width, height = size
    top = max(0, top)
    column = Image.new("L", (1, height))
    for y in range(top, height):
        column.putpixel((0, y), round(_SHADE * min(1.0, 2 * (y - top) / max(1, height - top))))
    shade = Image.new("RGBA", size, "#000000")
    shade.putalpha(column.resize((width, height)))
    return shade
