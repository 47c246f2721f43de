"""Colours as CSS writes them, laid over each other, and their contrast (WCAG 2.2)."""

from __future__ import annotations

import colorsys
import re

from PIL import ImageColor

Colour = tuple[float, float, float, float]
"""Red, green, blue and alpha, each from 0 to 1."""

BLACK: Colour = (0.0, 0.0, 0.0, 1.0)
WHITE: Colour = (1.0, 1.0, 1.0, 1.0)
_FUNCTION = re.compile(r"(rgba?|hsla?)\(([^()]*)\)")


def read_colour(text: str) -> Colour | None:
    """The colour that a CSS value is; None where it is none that can be read."""
    text = text.strip().lower()
    if text == "transparent":
        return (0.0, 0.0, 0.0, 0.0)
    function = _FUNCTION.fullmatch(text)
    if function:
        return _of_function(function[1], re.split(r"[\s,/]+", function[2].strip()))
    named = ImageColor.colormap.get(text)
    hexadecimal = named if isinstance(named, str) else text
    if not re.fullmatch(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", hexadecimal):
        return None
    digits = hexadecimal[1:] if len(hexadecimal) > 5 else "".join(digit * 2 for digit in hexadecimal[1:])
    red, green, blue, *alpha = (int(digits[at : at + 2], 16) / 255 for at in range(0, len(digits), 2))
    return (red, green, blue, alpha[0] if alpha else 1.0)


def over(colour: Colour, ground: Colour) -> Colour:
    """A colour laid over an opaque one."""
    red, green, blue = (
        above * colour[3] + below * (1 - colour[3]) for above, below in zip(colour[:3], ground[:3], strict=True)
    )
    return (red, green, blue, 1.0)


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two opaque colours, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def inverted(colour: Colour) -> Colour:
    """The colour with its lightness turned round, as programs do that force dark mode."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*colour[:3])
    return (*colorsys.hls_to_rgb(hue, 1 - lightness, saturation), colour[3])


def shown(colour: Colour) -> str:
    """An opaque colour as #rrggbb."""
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in colour[:3])


def _luminance(colour: Colour) -> float:
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in colour[:3]
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _of_function(name: str, values: list[str]) -> Colour | None:
    if len(values) not in (3, 4):
        return None
    try:
        alpha = _share(values[3]) if len(values) == 4 else 1.0
        if name.startswith("hsl"):
            hue = float(values[0].removesuffix("deg")) / 360 % 1
            return (*colorsys.hls_to_rgb(hue, _share(values[2]), _share(values[1])), alpha)
        red, green, blue = (
            _share(value) if value.endswith("%") else min(max(float(value) / 255, 0), 1) for value in values[:3]
        )
    except ValueError:
        return None
    return (red, green, blue, alpha)


def _share(text: str) -> float:
    value = float(text[:-1]) / 100 if text.endswith("%") else float(text)
    return min(max(value, 0.0), 1.0)
