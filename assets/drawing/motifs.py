"""Things that appear in more than one picture: pines, hills, gulls, clouds, walkers, stones."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from random import Random

from drawing.press import BARK, INK, PAPER, Point, Sheet, Stencil, box, curve, loop, placed


def pine(chance: Random, x: float, base: float, height: float) -> list[Point]:
    """Return the outline of a conifer that stands on `base`."""
    tiers = max(5, round(height / 26))
    right: list[Point] = []
    left: list[Point] = []
    for tier in range(1, tiers + 1):
        part = tier / tiers
        reach = height * 0.21 * part**0.85
        y = base - height * (1 - 0.92 * part)
        for side, sign in ((right, 1), (left, -1)):
            tip = reach * chance.uniform(0.82, 1.12)
            side.append((x + sign * tip, y + chance.uniform(-2, 2)))
            side.append((x + sign * tip * 0.42, y - height * 0.012))
    trunk = max(1.5, height * 0.022)
    foot = [(x + trunk, base - height * 0.09), (x + trunk, base + 3)]
    mirrored = [(2 * x - px, py) for px, py in reversed(foot)]
    return [(x, base - height), *right, *foot, *mirrored, *reversed(left)]


def pines(sheet: Sheet, spots: Sequence[tuple[float, float, float]], ink: str) -> Stencil:
    """Print a group of conifers, each given as x, base and height; return their stencil."""
    stencil = sheet.shape(*(pine(sheet.chance, *spot) for spot in spots))
    sheet.lay(stencil, ink)
    return stencil


def ridge(chance: Random, crest: Sequence[Point], jag: float, floor: float = 660) -> list[Point]:
    """Return a rough hillside below a crest, broken up by `jag` units."""
    line = list(crest)
    reach = jag
    while reach > 0.8:
        line = [p for pair in pairwise(line) for p in _split(chance, pair, reach)]
        line.append(crest[-1])
        reach /= 1.9
    return [*line, (crest[-1][0], floor), (crest[0][0], floor)]


def _split(chance: Random, pair: tuple[Point, Point], jag: float) -> list[Point]:
    """Return the first point of a pair and a shifted middle."""
    (ax, ay), (bx, by) = pair
    middle = (ax + bx) / 2, (ay + by) / 2 + chance.uniform(-jag, jag)
    return [(ax, ay), middle]


def swell(crest: Sequence[Point], floor: float = 660) -> list[Point]:
    """Return a smooth hillside below a crest."""
    line = curve(crest)
    return [*line, (line[-1][0], floor), (line[0][0], floor)]


def gulls(sheet: Sheet, spots: Sequence[tuple[float, float, float]], ink: str = PAPER) -> None:
    """Print birds in flight, each given as x, y and wing span."""
    for x, y, span in spots:
        wing = [(-1.0, -0.12), (-0.55, -0.34), (-0.08, 0.02), (0, 0.06)]
        wing += [(0.08, 0.02), (0.6, -0.4), (1.05, -0.26)]
        under = [(0.6, -0.3), (0.1, 0.14), (-0.1, 0.14), (-0.55, -0.24)]
        sheet.fill(placed([*curve(wing), *under], (x, y), span / 2), ink)


def cloud(sheet: Sheet, x: float, y: float, long: float, ink: str) -> Stencil:
    """Print one flat-bottomed streak of cloud."""
    top = [(-1, 0), (-0.72, -0.07), (-0.4, -0.16), (-0.12, -0.2), (0.16, -0.13), (0.42, -0.17)]
    top += [(0.7, -0.08), (1, 0)]
    base = [(0.6, 0.045), (0.1, 0.02), (-0.3, 0.06), (-0.7, 0.025)]
    return sheet.fill(placed([*curve(top), *base], (x, y), long / 2), ink)


def ripples(sheet: Sheet, area: tuple[float, float, float, float], count: int, ink: str) -> None:
    """Print short flat waves, longer towards the bottom of the area."""
    left, top, right, bottom = area
    marks = []
    for _ in range(count):
        depth = sheet.chance.random() ** 0.8
        y = top + (bottom - top) * depth
        x = sheet.chance.uniform(left, right)
        half, thick = (5 + 26 * depth) * sheet.chance.uniform(0.5, 1), 0.6 + 1.5 * depth
        marks.append(lens(x, y, half, thick))
    sheet.lay(sheet.shape(*marks), ink)


def lens(x: float, y: float, half: float, thick: float) -> list[Point]:
    """Return a sliver that is pointed at both ends."""
    return [
        *curve([(x - half, y), (x, y - thick), (x + half, y)], 6),
        *curve([(x + half, y), (x, y + thick), (x - half, y)], 6),
    ]


def walker(sheet: Sheet, at: Point, tall: float, coat: str, pack: str) -> None:
    """Print a person with a rucksack and a stick, walking to the right, feet at `at`."""

    def part(points: Sequence[Point], ink: str) -> None:
        sheet.fill(placed(points, at, tall), ink)

    def limb(points: Sequence[Point], width: float, ink: str) -> None:
        sheet.draw(placed(points, at, tall), width * tall, ink)

    limb([(-0.01, -0.46), (-0.07, -0.25), (-0.2, -0.03)], 0.095, INK)
    limb([(-0.2, -0.025), (-0.14, -0.02)], 0.06, BARK)
    limb([(0.01, -0.46), (0.1, -0.25), (0.08, -0.03)], 0.095, INK)
    limb([(0.08, -0.02), (0.15, -0.015)], 0.06, BARK)
    part(loop([(-0.27, -0.76), (-0.12, -0.82), (-0.04, -0.7), (-0.06, -0.47), (-0.22, -0.46)]), pack)
    limb([(-0.24, -0.84), (-0.1, -0.84)], 0.07, PAPER)
    torso = [(-0.1, -0.8), (0.05, -0.81), (0.1, -0.66), (0.1, -0.42), (-0.1, -0.41), (-0.11, -0.62)]
    part(loop(torso, 6), coat)
    limb([(0.0, -0.73), (0.1, -0.58), (0.22, -0.56)], 0.075, coat)
    limb([(0.23, -0.6), (0.3, -0.02)], 0.018, INK)
    sheet.lay(sheet.disc(at[0] + 0.035 * tall, at[1] - 0.89 * tall, 0.065 * tall), "#e2a784")
    cap = [(-0.04, -0.9), (-0.02, -0.975), (0.06, -0.985), (0.105, -0.92)]
    part([*curve(cap), (0.1, -0.9)], pack)


def tuft(chance: Random, x: float, y: float, size: float) -> list[Point]:
    """Return a ragged clump, as of heather or grass, that stands on y."""
    blades = 11
    points: list[Point] = [(x - size, y + 2)]
    for i in range(blades):
        angle = math.pi * (1 - (i + 0.5) / blades)
        reach = size * chance.uniform(0.75, 1.1)
        points.append((x + math.cos(angle) * reach, y - math.sin(angle) * reach * 0.85))
        inner = angle - math.pi / blades / 2
        points.append((x + math.cos(inner) * size * 0.62, y - math.sin(inner) * size * 0.55))
    return [*points, (x + size, y + 2)]


def stone(chance: Random, x: float, y: float, wide: float, tall: float) -> list[Point]:
    """Return a worn stone about x, y."""
    points = []
    for i in range(8):
        angle = math.tau * i / 8 + 0.3
        squared = 1 / max(abs(math.cos(angle)), abs(math.sin(angle))) ** 0.6
        reach = squared * chance.uniform(0.86, 1.02)
        points.append((x + math.cos(angle) * wide * reach, y + math.sin(angle) * tall * reach))
    return loop(points, 5)


def cottage(sheet: Sheet, x: float, base: float, wide: float, wall: str, roof: str) -> None:
    """Print a gabled house, front to the water, one window lit."""
    eaves, top = base - wide * 0.75, base - wide * 1.25
    sheet.fill([(x, base), (x, eaves), (x + wide, eaves), (x + wide, base)], wall)
    sheet.tint(sheet.shape(box(x + wide * 0.5, eaves, x + wide, base)), BARK, 0.14)
    cap = [(x - 3, eaves), (x + wide * 0.12, top), (x + wide * 0.88, top), (x + wide + 3, eaves)]
    tiles = sheet.fill(cap, roof)
    sheet.grain(tiles, INK, (x, top), (x + wide, eaves + wide * 0.5), 0.4)
    sheet.fill(box(x + wide * 0.68, top - wide * 0.22, x + wide * 0.82, top + 2), roof)
    pane = wide * 0.17
    for column, ink in ((0.2, "#ffd97d"), (0.58, INK)):
        left, head = x + wide * column, eaves + wide * 0.2
        sheet.fill(box(left, head, left + pane, head + pane * 1.4), ink)
