"""Text that is hard to read: its contrast with the ground, in each place where it can stand."""

from __future__ import annotations

import colorsys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from assembler.authoring.check.pages.colour_origins import ColourOrigin, origin_of
from assembler.authoring.check.pages.colours import Colour, contrast, inverted, over, read_colour, shown
from assembler.authoring.check.pages.page import Page, PlacedElement
from assembler.authoring.check.pages.text_styles import TextStyle
from assembler.authoring.diagnostics import Finding

_ENOUGH, _ENOUGH_FOR_LARGE = 4.5, 3.0
_SHADES: Final = 256


@dataclass(frozen=True, slots=True, eq=False)
class _Pair:
    """Ink on a ground, as they are declared, whose contrast is lower than it needs to be, and where both come from."""

    ink: Colour
    ground: Colour
    ratio: float
    needed: float
    forced_dark: bool
    origins: tuple[ColourOrigin, ColourOrigin]

    def suits(self, origin: ColourOrigin, colour: Colour) -> bool:
        """Return whether the contrast is high enough once this colour comes from an origin of the pair."""
        ink, ground = (
            colour if own == origin else old for own, old in zip(self.origins, (self.ink, self.ground), strict=True)
        )
        if self.forced_dark and _seen(ink, ground, 1.0, True)[2] < self.needed:
            return False
        return _seen(ink, ground, 1.0, False)[2] >= self.needed


def contrast_findings(page: Page) -> Iterator[Finding]:
    """Text in light whose contrast is too low (WCAG 2.2, 1.4.3), or unknown though colours are declared."""
    for placed, text_style in page.readable():
        yield from _unread(page, placed, text_style)
    yield from _told(page, forced_dark=False)


def inversion_findings(page: Page) -> Iterator[Finding]:
    """Text whose contrast is high enough, but not once a program has turned round the lightness of both colours."""
    yield from _told(page, forced_dark=True)


def _unread(page: Page, placed: PlacedElement, text_style: TextStyle) -> Iterator[Finding]:
    """The finding of a colour that cannot be read, unless the brand has none, or no colour, in its place."""
    if isinstance(text_style.ink, str):
        unread, why = text_style.ink, f"its colour is {text_style.ink}"
        origin = origin_of(page, placed, "ink", unread)
    elif isinstance(text_style.ground, str):
        unread, why = text_style.ground, f"it stands on {text_style.ground}"
        origin = origin_of(page, placed, "ground", unread)
    else:
        return
    is_told = "var(--brand-" in unread or (origin.token is not None and "(" not in unread)
    if not is_told:
        hint = "declare plain colours, such as #1f4d3f; below a picture as well"
        yield Finding(origin.place, f"the contrast of text cannot be worked out: {why}", hint)


def _told(page: Page, *, forced_dark: bool) -> Iterator[Finding]:
    """The findings of a page's pairs of colours that are too much alike, one for each colour that is to blame."""
    low: dict[tuple[object, ...], _Pair] = {}
    well: Counter[Colour] = Counter()
    for placed, text_style in page.readable():
        if isinstance(text_style.ink, str) or isinstance(text_style.ground, str):
            continue
        pair = _low_pair(page, placed, text_style, forced_dark=forced_dark)
        if pair is None:
            well.update((text_style.ink, text_style.ground))
        else:
            low.setdefault((pair.origins, pair.needed, pair.ink, pair.ground), pair)
    pairs = sorted(low.values(), key=lambda pair: pair.ratio)
    while pairs:
        blamed = _blamed(pairs, well)
        yield _finding(page, blamed, [pair for pair in pairs if blamed in pair.origins])
        pairs = [pair for pair in pairs if blamed not in pair.origins]


def _blamed(pairs: Sequence[_Pair], well: Counter[Colour]) -> ColourOrigin:
    """The origin of most of the pairs; of several, that whose colour is least often read well elsewhere, and inks
    before grounds. A colour of the brand that is made to lie on another, `on_...`, follows that one."""

    def weight(candidate: tuple[int, ColourOrigin, Colour]) -> tuple[int, bool, int, int]:
        role, origin, colour = candidate
        follows = (origin.token or "").rpartition(".")[2].startswith("on_")
        return counts[origin], not follows, -well[colour], -role

    candidates = [
        (role, origin, colour)
        for pair in pairs
        for role, (origin, colour) in enumerate(zip(pair.origins, (pair.ink, pair.ground), strict=True))
        if origin.is_declared or role == 0
    ]
    counts = Counter(origin for _, origin, _ in candidates)
    return max(candidates, key=weight)[1]


def _low_pair(page: Page, placed: PlacedElement, text_style: TextStyle, *, forced_dark: bool) -> _Pair | None:
    ink, ground = text_style.ink, text_style.ground
    assert not isinstance(ink, str) and not isinstance(ground, str), "both can be read"
    large = text_style.is_large(inlined_only=page.channel.envelope == "web")
    needed = _ENOUGH_FOR_LARGE if large else _ENOUGH
    ratio = _seen(ink, ground, text_style.fade, forced_dark)[2]
    is_told = forced_dark and _seen(ink, ground, text_style.fade, False)[2] < needed
    if ratio >= needed or is_told:
        return None
    faded = over((*ink[:3], ink[3] * text_style.fade), ground)
    origins = origin_of(page, placed, "ink", ink), origin_of(page, placed, "ground", ground)
    return _Pair(faded, ground, ratio, needed, forced_dark, origins)


def _finding(page: Page, blamed: ColourOrigin, pairs: Sequence[_Pair]) -> Finding:
    """The finding of the worst of some pairs, and a colour with which all of them can be read."""
    worst = pairs[0]
    ink, ground = worst.ink, worst.ground
    if worst.forced_dark:
        ink, ground = inverted(ink), inverted(ground)
    names = [origin.called(colour) for origin, colour in zip(worst.origins, (ink, ground), strict=True)]
    words = "large text" if worst.needed < _ENOUGH else "text"
    where = "in forced dark mode, " if worst.forced_dark else ""
    message = f"{where}{words} in {names[0]} on {names[1]} has a contrast of {int(worst.ratio * 10) / 10:.1f}"
    hint = f"at least {worst.needed:g}; what is inlined decides, so declare colour and ground in inline.css"
    meant = _mended(blamed, worst.ink if blamed == worst.origins[0] else worst.ground, pairs)
    if meant is not None:
        key = blamed.token.rpartition(".")[2] if blamed.token else "the colour"
        written = f'{key}: "{shown(meant)}"' if blamed.token else shown(meant)
        hint = f"write {written}, or another with a contrast of at least {worst.needed:g}"
    # How programs force dark mode differs and changes, so this is a likeness, not a proof.
    return Finding(blamed.place, message, hint, severity="warning" if worst.forced_dark else None)


def _mended(blamed: ColourOrigin, colour: Colour, pairs: Iterable[_Pair]) -> Colour | None:
    """The shade of a colour nearest to it with which every pair has enough contrast; None where there is none."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*colour[:3])
    shades = sorted((number / (_SHADES - 1) for number in range(_SHADES)), key=lambda shade: abs(shade - lightness))
    written = (shown((*colorsys.hls_to_rgb(hue, shade, saturation), 1.0)) for shade in shades)
    colours = filter(None, map(read_colour, written))
    return next((other for other in colours if all(pair.suits(blamed, other) for pair in pairs)), None)


@lru_cache(maxsize=4096)
def _seen(ink: Colour, ground: Colour, fade: float, forced_dark: bool) -> tuple[Colour, Colour, float]:
    """Ink and ground as they are seen, and their contrast; forced dark mode turns both lightnesses round."""
    red, green, blue, alpha = ink
    ink = over((red, green, blue, alpha * fade), ground)
    if forced_dark:
        ink, ground = inverted(ink), inverted(ground)
    return ink, ground, contrast(ink, ground)
