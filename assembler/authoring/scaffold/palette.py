"""One colour -> the colours of a brand, by day and by night, in which every word can be read.

Colours are mixed in Oklab (Ottosson, 2020), so that a lighter or darker one keeps its hue.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from assembler.authoring.check.pages.colours import Colour, contrast, inverted, read_colour, shown

_READABLE: Final = 4.5
"""The contrast that text needs (WCAG 2.2, 1.4.3)."""

_VISIBLE: Final = 1.25
"""The contrast from which a button stands out from what it stands on."""

_STEPS: Final = 256
_WHITE, _BLACK, _COAL = "#ffffff", "#000000", "#101214"
_TO_CONES: Final = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_TO_LAB: Final = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
_FROM_LAB: Final = (
    (1, 0.3963377774, 0.2158037573),
    (1, -0.1055613458, -0.0638541728),
    (1, -0.0894841775, -1.2914855480),
)
_FROM_CONES: Final = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)

Palette = dict[str, dict[str, str]]


def palette(colour: str) -> Palette:
    """Return the tokens `colour` and `night` of a brand whose colour this is, each `#rrggbb`."""
    sheet, night_sheet = _WHITE, mixed(_COAL, colour, 0.06)
    tint, slip = mixed(_WHITE, colour, 0.08), mixed(_WHITE, colour, 0.14)
    night_tint, night_slip = mixed(night_sheet, colour, 0.14), mixed(night_sheet, colour, 0.2)
    deep = _readable(colour, (sheet, tint, slip), towards=_BLACK)
    night_deep = _readable(colour, (night_sheet, night_tint, night_slip), towards=_WHITE)
    action, on_action = _button(colour, sheet)
    night_action, night_on_action = _button(colour, night_sheet)
    ink, night_ink = mixed(_COAL, colour, 0.1), mixed("#f2f3f5", colour, 0.03)
    return {
        "colour": {
            "paper": mixed("#f4f5f6", colour, 0.04),
            "sheet": sheet,
            "ink": _readable(ink, (slip,), towards=_BLACK),
            "soft": _readable(mixed("#5a6068", colour, 0.1), (sheet, tint), towards=_BLACK),
            "line": mixed("#d9dce0", colour, 0.08),
            "deep": deep,
            "on_deep": _readable(tint, (deep,), towards=_WHITE),
            "link_on_deep": _WHITE,
            "tint": tint,
            "slip": slip,
            "spark": colour,
            "action": action,
            "on_action": on_action,
            "accent": deep,
        },
        "night": {
            "paper": mixed("#0a0b0c", colour, 0.03),
            "sheet": night_sheet,
            "ink": _readable(night_ink, (night_slip,), towards=_WHITE),
            "soft": _readable(mixed("#b4b9c0", colour, 0.06), (night_sheet, night_tint), towards=_WHITE),
            "line": mixed("#3a3f45", colour, 0.1),
            "deep": night_deep,
            "tint": night_tint,
            "slip": night_slip,
            "on_slip": _readable(night_ink, (night_slip,), towards=_WHITE),
            "action": night_action,
            "on_action": night_on_action,
            "accent": night_deep,
        },
    }


def mixed(one: str, other: str, share: float) -> str:
    """Return a colour with a share of another in it."""
    pairs = zip(_lab(one), _lab(other), strict=True)
    return _hex([first + (second - first) * share for first, second in pairs])


def _readable(colour: str, grounds: Sequence[str], *, towards: str) -> str:
    """Return a colour that can be read on some grounds: it, or the first on its way towards black or white."""
    ways = (mixed(colour, towards, step / _STEPS) for step in range(_STEPS))
    return next((way for way in ways if all(_is_readable(way, ground) for ground in grounds)), towards)


def _button(colour: str, sheet: str) -> tuple[str, str]:
    """Return the ground of a button on a sheet, as near to a colour as can be, and the ink that is read on it."""
    inks = (_WHITE, _COAL, _BLACK)
    return next(
        (ground, ink)
        for ground in _nearby(colour)
        for ink in inks
        if _contrast(ground, sheet) >= _VISIBLE and _is_readable(ink, ground)
    )


def _nearby(colour: str) -> Iterator[str]:
    """Yield a colour and others, ever further on its ways towards black and white; grey, at last."""
    yield colour
    for step in range(1, _STEPS + 1):
        yield from (mixed(colour, end, step / _STEPS) for end in (_BLACK, _WHITE))
    yield from (mixed(_BLACK, _WHITE, step / _STEPS) for step in range(_STEPS))


def _is_readable(ink: str, ground: str) -> bool:
    """Return whether one can be read on the other, also once a program that forces dark mode has turned them round."""
    pairs = ((ink, ground), (_turned(ink), _turned(ground)))
    return all(_contrast(*pair) >= _READABLE for pair in pairs)


def _contrast(one: str, other: str) -> float:
    return contrast(_read(one), _read(other))


def _turned(colour: str) -> str:
    return shown(inverted(_read(colour)))


def _read(colour: str) -> Colour:
    read = read_colour(colour)
    assert read is not None, "only colours in hexadecimal come here"
    return read


def _lab(colour: str) -> list[float]:
    linear = [
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in _read(colour)[:3]
    ]
    return _times(_TO_LAB, (max(cone, 0.0) ** (1 / 3) for cone in _times(_TO_CONES, linear)))


def _hex(lab: Iterable[float]) -> str:
    linear = _times(_FROM_CONES, (cone**3 for cone in _times(_FROM_LAB, lab)))
    channels = (min(max(channel, 0.0), 1.0) for channel in linear)
    red, green, blue = (
        channel * 12.92 if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055 for channel in channels
    )
    return shown((red, green, blue, 1.0))


def _times(matrix: Sequence[Sequence[float]], vector: Iterable[float]) -> list[float]:
    column = list(vector)
    return [sum(factor * value for factor, value in zip(row, column, strict=True)) for row in matrix]
