"""The printing press: a sheet of paper, stencils cut from shapes, inks laid through them.

Everything is measured in units of the finished picture; the sheet is printed larger and reduced at
the end, which smooths the edges. Grain comes from a seed, so a picture is the same every time.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

Point = tuple[float, float]
Stencil = Image.Image

INK = "#15282b"
PINE = "#1f4d3f"
MOSS = "#4c7557"
SAGE = "#9cb598"
FOAM = "#dbe7df"
HARBOUR = "#234b61"
TIDE = "#5c919e"
MIST = "#a9c6c6"
PAPER = "#f4ecdc"
STRAW = "#f3d9a2"
GORSE = "#e8a92c"
CLAY = "#cf7a4c"
BUOY = "#b83a21"
ROSE = "#ecb798"
HEATHER = "#8f6388"
DUSK = "#4a4468"
BARK = "#5a3a2c"

OVERSIZE = 2
RAMP = 256
EDGE = 181
REACH = 8  # how many lengths of a fade lie within the sheet, before and after it


def curve(points: Sequence[Point], steps: int = 10) -> list[Point]:
    """Return a smooth line through the points (Catmull-Rom), ends included."""
    padded = [points[0], *points, points[-1]]
    line = [_between(padded[i : i + 4], step / steps) for i in range(len(points) - 1) for step in range(steps)]
    return [*line, points[-1]]


def loop(points: Sequence[Point], steps: int = 10) -> list[Point]:
    """Return a smooth closed outline through the points."""
    around = [points[-1], *points, points[0], points[1]]
    return [_between(around[i : i + 4], step / steps) for i in range(len(points)) for step in range(steps)]


def _between(four: Sequence[Point], t: float) -> Point:
    """Return the point at `t` between the middle two of four points."""
    weights = (
        -0.5 * t + t * t - 0.5 * t**3,
        1 - 2.5 * t * t + 1.5 * t**3,
        0.5 * t + 2 * t * t - 1.5 * t**3,
        -0.5 * t * t + 0.5 * t**3,
    )
    x = sum(w * p[0] for w, p in zip(weights, four, strict=True))
    y = sum(w * p[1] for w, p in zip(weights, four, strict=True))
    return (x, y)


def turned(points: Iterable[Point], degrees: float, about: Point) -> list[Point]:
    """Return the points turned clockwise about a point."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return [
        (
            about[0] + (x - about[0]) * cos - (y - about[1]) * sin,
            about[1] + (x - about[0]) * sin + (y - about[1]) * cos,
        )
        for x, y in points
    ]


def placed(points: Iterable[Point], at: Point, size: float = 1, flip: bool = False) -> list[Point]:
    """Return an outline drawn about the origin, moved to `at`, scaled, perhaps mirrored."""
    across = -size if flip else size
    return [(at[0] + x * across, at[1] + y * size) for x, y in points]


def box(left: float, top: float, right: float, bottom: float) -> list[Point]:
    """Return the corners of an upright rectangle."""
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


class Sheet:
    """A picture in the making."""

    def __init__(self, ground: str, seed: int, width: int = 1200, height: int = 640) -> None:
        self.width, self.height = width, height
        self.chance = random.Random(seed)
        self.size = (width * OVERSIZE, height * OVERSIZE)
        self.image = Image.new("RGB", self.size, ground)
        grains = Image.frombytes("L", (width, height), self.chance.randbytes(width * height))
        self._grains = grains.resize(self.size, Image.Resampling.NEAREST)

    def shape(self, *outlines: Iterable[Point]) -> Stencil:
        """Cut one stencil from closed outlines."""
        stencil = Image.new("L", self.size, 0)
        pen = ImageDraw.Draw(stencil)
        for outline in outlines:
            pen.polygon([(x * OVERSIZE, y * OVERSIZE) for x, y in outline], fill=255)
        return stencil

    def disc(self, x: float, y: float, across: float, upright: float | None = None) -> Stencil:
        """Cut a disc, or an ellipse, with these radii."""
        stencil = Image.new("L", self.size, 0)
        tall = across if upright is None else upright
        corners = [(x - across, y - tall), (x + across, y + tall)]
        ImageDraw.Draw(stencil).ellipse([(a * OVERSIZE, b * OVERSIZE) for a, b in corners], 255)
        return stencil

    def stroke(self, points: Sequence[Point], width: float) -> Stencil:
        """Cut a line with round ends and joints."""
        stencil = Image.new("L", self.size, 0)
        pen = ImageDraw.Draw(stencil)
        scaled = [(x * OVERSIZE, y * OVERSIZE) for x, y in points]
        pen.line(scaled, 255, round(width * OVERSIZE), joint="curve")
        reach = width * OVERSIZE / 2
        for x, y in scaled:
            pen.ellipse([x - reach, y - reach, x + reach, y + reach], 255)
        return stencil

    def everywhere(self) -> Stencil:
        """Return the stencil that covers nothing up."""
        return Image.new("L", self.size, 255)

    def lay(self, stencil: Stencil, ink: str) -> None:
        """Print flat ink through a stencil."""
        self.image.paste(ink, (0, 0), stencil)

    def fill(self, outline: Iterable[Point], ink: str) -> Stencil:
        """Print one outline flat and return its stencil, for shading."""
        stencil = self.shape(outline)
        self.lay(stencil, ink)
        return stencil

    def draw(self, points: Sequence[Point], width: float, ink: str) -> None:
        """Print a line."""
        self.lay(self.stroke(points, width), ink)

    def grain(self, stencil: Stencil, ink: str, start: Point, end: Point, most: float = 0.8) -> None:
        """Print dots through a stencil: none at `start`, thickening to `most` at `end`."""
        fade = self._fade(start, end).point([round(v * most) for v in range(RAMP)])
        self._sprinkle(stencil, ink, fade)

    def glow(self, stencil: Stencil, ink: str, at: Point, radius: float, most: float = 0.8) -> None:
        """Print dots through a stencil, thickest at a point and gone at `radius`."""
        # the gradient is 0 in the middle and EDGE where it meets the sides of its square
        spot = Image.radial_gradient("L")
        spot = spot.point([round(255 * max(0, 1 - v / EDGE) * most) for v in range(RAMP)])
        side = round(radius * OVERSIZE * 2)
        fade = Image.new("L", self.size, 0)
        corner = (round(at[0] * OVERSIZE - side / 2), round(at[1] * OVERSIZE - side / 2))
        fade.paste(spot.resize((side, side)), corner)
        self._sprinkle(stencil, ink, fade)

    def wash(self, stencil: Stencil, ink: str, start: Point, end: Point, most: float = 1) -> None:
        """Blend an ink in smoothly, from nothing at `start` to `most` at `end`."""
        fade = self._fade(start, end).point([round(v * most) for v in range(RAMP)])
        self.lay(ImageChops.multiply(stencil, fade), ink)

    def tint(self, stencil: Stencil, ink: str, strength: float) -> None:
        """Print thin, see-through ink."""
        self.lay(stencil.point([round(v * strength) for v in range(RAMP)]), ink)

    def soften(self, stencil: Stencil, radius: float) -> Stencil:
        """Return a stencil with a blurred edge."""
        return stencil.filter(ImageFilter.GaussianBlur(radius * OVERSIZE))

    def words(self, text: str, at: Point, height: float, ink: str, spacing: float = 0) -> None:
        """Print letters, the first one's left edge and the line's middle at `at`."""
        font = ImageFont.load_default(height * OVERSIZE)
        pen = ImageDraw.Draw(self.image)
        x = at[0] * OVERSIZE
        for letter in text:
            pen.text((x, at[1] * OVERSIZE), letter, ink, font, anchor="lm")
            x += font.getlength(letter) + spacing * OVERSIZE

    def finish(self) -> Image.Image:
        """Reduce the sheet to its final size."""
        return self.image.resize((self.width, self.height), Image.Resampling.LANCZOS)

    def _fade(self, start: Point, end: Point) -> Image.Image:
        """Return 0 before `start`, 255 after `end`, and a ramp between."""
        strip = Image.new("L", (1, RAMP * (2 * REACH + 1)), 0)
        strip.paste(255, (0, RAMP * REACH, 1, strip.height))
        ramp = Image.linear_gradient("L").crop((0, 0, 1, RAMP))
        strip.paste(ramp, (0, RAMP * REACH))
        across, down = end[0] - start[0], end[1] - start[1]
        per_unit = RAMP / (across**2 + down**2)
        a, b = across * per_unit / OVERSIZE, down * per_unit / OVERSIZE
        c = RAMP * REACH - (start[0] * across + start[1] * down) * per_unit
        wide = strip.resize((2, strip.height))
        return wide.transform(self.size, Image.Transform.AFFINE, (0, 0, 0.5, a, b, c))

    def _sprinkle(self, stencil: Stencil, ink: str, fade: Image.Image) -> None:
        """Print through a stencil wherever the fade outweighs the grain."""
        dots = ImageChops.add(fade, self._grains, offset=-RAMP + 1)
        dots = dots.point([0] + [255] * (RAMP - 1))
        self.lay(ImageChops.multiply(stencil, dots), ink)
