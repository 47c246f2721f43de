"""The shape of a picture on a transparent ground: which colours there are where something can be seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from assembler.authoring.compile.image_decoding import decoded

_SIDE: Final = 160
"""A picture is looked at in so many pixels each way, at most."""

_SEEN: Final = 128
"""The least opacity, of 255, of what can be seen."""

_CLEAR: Final = 0.05
"""The share of a picture that is transparent at least, where it has no ground of its own. Rounded corners take less."""

_LEVELS: Final = 16
"""Into how many steps a channel of colour is divided."""

_WIDTH: Final = 256 // _LEVELS
_STEPS: Final = [value // _WIDTH * _WIDTH + _WIDTH // 2 for value in range(256)]
"""The middle of the step in which each value of a channel lies."""

Silhouette = Mapping[tuple[int, int, int], int]
"""Pixels by their colour, of 255."""


def silhouette(data: bytes) -> Silhouette:
    """Return the pixels of a picture that can be seen, by their colour; none, where it has a ground of its own.

    Raises `UnusableImage`.
    """
    frame = decoded(data).frames[0].convert("RGBA")
    frame.thumbnail((_SIDE, _SIDE))
    stepped = frame.point([*_STEPS * 3, *(int(alpha >= _SEEN) for alpha in range(256))])
    pixels: Any = stepped.getcolors(_SIDE * _SIDE)
    seen = {(red, green, blue): count for count, (red, green, blue, is_seen) in pixels if is_seen}
    return seen if sum(seen.values()) <= (1 - _CLEAR) * frame.width * frame.height else {}
