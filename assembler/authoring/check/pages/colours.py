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
    if function is None and "(" in text:
        return None
    try:
        if function is not None:
            return _of_function(function[1], re.split(r"[\s,/]+", function[2].strip()))
        red, green, blue, *alpha = (channel / 255 for channel in ImageColor.getrgb(text))
    except ValueError:
        return None
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


def _of_function(name: str, values: list[str]) -> Colour:
    """The colour that a function of CSS gives. Raises `ValueError` where it gives none."""
    first, second, third, alpha = values if len(values) == 4 else (*values, "1")
    if name.startswith("hsl"):
        hue = float(first.removesuffix("deg")) / 360 % 1
        return (*colorsys.hls_to_rgb(hue, _share(third), _share(second)), _share(alpha))
    red, green, blue = (
        _share(value) if value.endswith("%") else min(max(float(value) / 255, 0), 1) for value in (first, second, third)
    )
    return (red, green, blue, _share(alpha))


def _share(text: str) -> float:
    value = float(text[:-1]) / 100 if text.endswith("%") else float(text)
    return min(max(value, 0.0), 1.0)
