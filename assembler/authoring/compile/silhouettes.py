"""The shape of a picture on a transparent ground: which colours there are where something can be seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

from assembler.authoring.compile.image_decoding import decoded

_SIDE: Final = 160
"""A picture is looked at in so many pixels each way, at most."""

_SEEN: Final = 128
"""The least opacity, of 255, of what can be seen."""

_CLEAR: Final = 0.05
"""The share of a picture that is transparent at least, where it has no ground of its own. Rounded corners take less."""

_LEVELS: Final = 16
"""Into how many steps a channel of colour is divided."""

Silhouette = Mapping[tuple[int, int, int], int]
"""Pixels by their colour, of 255."""


def silhouette(data: bytes) -> Silhouette:
    """Return the pixels of a picture that can be seen, by their colour; none, where it has a ground of its own.

    Raises `UnusableImage`.
    """
    frame = decoded(data).frames[0].convert("RGBA")
    frame.thumbnail((_SIDE, _SIDE))
    seen: Counter[tuple[int, int, int]] = Counter()
    pixels = iter(frame.tobytes())
    for red, green, blue, alpha in zip(pixels, pixels, pixels, pixels, strict=True):
        if alpha >= _SEEN:
            seen[_step(red), _step(green), _step(blue)] += 1
    return seen if sum(seen.values()) <= (1 - _CLEAR) * frame.width * frame.height else {}


def _step(channel: int) -> int:
    width = 256 // _LEVELS
    return channel // width * width + width // 2
