"""Pictures of the way underfoot: boots among heather, a trail through tall pines."""

from __future__ import annotations

import math
from collections.abc import Sequence

from drawing.motifs import cloud, gulls, lens, pines, stone, swell, tuft
from drawing.press import (
    BARK,
    BUOY,
    CLAY,
    GORSE,
    HEATHER,
    INK,
    MIST,
    MOSS,
    PINE,
    ROSE,
    SAGE,
    STRAW,
    TIDE,
    Point,
    Sheet,
    curve,
    loop,
    placed,
)

LEATHER = "#9c5a32"


def boots_path() -> Sheet:
    """Draw a pair of walking boots on a stony path between heather."""
    sheet = Sheet("#f3e3c4", 61)
    _moor(sheet)
    _stony_path(sheet)
    _heather(sheet)
    sheet.tint(sheet.disc(520, 610, 270, 16), INK, 0.5)
    sheet.tint(sheet.disc(716, 574, 150, 13), INK, 0.5)
    _boot(sheet, (768, 540), 1.12, "#85492a")
    _boot(sheet, (548, 574), 1.26, LEATHER)
    front = [(30, 662, 74), (120, 672, 66), (1090, 670, 70), (1170, 660, 86)]
    _clumps(sheet, front, PINE, HEATHER)
    return sheet


def _moor(sheet: Sheet) -> None:
    sky = sheet.everywhere()
    sheet.wash(sky, "#a7cfd0", (0, 230), (0, 20), 0.9)
    sheet.grain(sky, TIDE, (0, 140), (0, -120), 0.6)
    for x, y, long in ((240, 84, 380), (690, 56, 320), (1030, 118, 360)):
        bank = cloud(sheet, x, y, long, "#fdf5e4")
        sheet.grain(bank, ROSE, (0, y - 22), (0, y + 14), 0.7)
    gulls(sheet, [(520, 130, 34), (566, 146, 22)], INK)
    ranges = [
        ([(-10, 214), (240, 172), (520, 216), (820, 160), (1210, 210)], MIST, TIDE),
        ([(-10, 246), (300, 232), (620, 252), (900, 214), (1210, 236)], "#b18aa4", HEATHER),
        ([(-10, 300), (260, 270), (560, 284), (820, 268), (1210, 290)], "#8d6a88", "#5f4468"),
    ]
    for crest, ink, shade in ranges:
        top = min(y for _, y in crest)
        land = sheet.fill(swell(crest), ink)
        sheet.grain(land, shade, (0, top + 10), (0, top + 120), 0.8)


def _half_path(y: float) -> float:
    """Return half the width of the path at a height in the picture."""
    return 12 + 360 * math.pow(max(0.0, (y - 292) / 348), 1.25)


def _path_middle(y: float) -> float:
    """Return where the path's middle is at a height: it sways in the distance."""
    return 600 + 46 * math.sin((y - 290) / 62) * max(0.0, 1 - (y - 290) / 260)


def _stony_path(sheet: Sheet) -> None:
    heights = range(284, 664, 12)
    left = [(_path_middle(y) - _half_path(y), float(y)) for y in heights]
    right = [(_path_middle(y) + _half_path(y), float(y)) for y in heights]
    path = sheet.fill([*left, *reversed(right)], "#dcc49a")
    sheet.grain(path, "#a98961", (0, 330), (0, 700), 0.6)
    for _ in range(130):
        depth = sheet.chance.random() ** 0.7
        y = 318 + 320 * depth
        half = _half_path(y) * 0.95
        x = _path_middle(y) + sheet.chance.uniform(-half, half)
        wide = (3 + 17 * depth) * sheet.chance.uniform(0.5, 1)
        ink = sheet.chance.choice(["#b7a283", "#98897a", "#c8b596", "#857a72"])
        rock = sheet.fill(stone(sheet.chance, x, y, wide, wide * 0.5), ink)
        sheet.grain(rock, INK, (x, y - wide * 0.4), (x + wide * 0.5, y + wide * 0.8), 0.6)


def _heather(sheet: Sheet) -> None:
    spots: list[tuple[float, float, float]] = []
    for row in range(14):
        depth = row / 13
        y = 300 + 340 * depth**1.3
        size = 14 + 52 * depth
        for side in (-1, 1):
            x = _path_middle(y) + side * (_half_path(y) + size * 0.8)
            while -80 < x < 1280:
                spots.append((x + sheet.chance.uniform(-8, 8), y + sheet.chance.uniform(-6, 6), size))
                x += side * size * 1.15
    _clumps(sheet, spots, "#4c5f4c", HEATHER)


def _clumps(sheet: Sheet, spots: Sequence[tuple[float, float, float]], leaf: str, bloom: str) -> None:
    """Print heather row by row: dark leaf, then a ragged head of flowers, lit from the left."""
    for x, y, size in spots:
        sheet.fill(tuft(sheet.chance, x, y, size), leaf)
    petals: dict[str, list[list[Point]]] = {bloom: [], "#b98bb0": [], "#6f4770": []}
    inks = list(petals)
    for x, y, size in spots:
        for _ in range(26):
            across = sheet.chance.uniform(-0.95, 0.95)
            up = sheet.chance.uniform(0.25, 0.98) * (1 - across**2) ** 0.5
            dot = max(1.8, size * 0.085)
            at = (x + across * size, y - up * size * 0.9)
            lit = 1 if across < sheet.chance.uniform(-0.8, 0.4) else sheet.chance.choice([0, 0, 2])
            petals[inks[lit]].append(placed([(0, -1.3), (0.9, 0), (0, 1.3), (-0.9, 0)], at, dot))
    for ink, marks in petals.items():
        sheet.lay(sheet.shape(*marks), ink)


def _boot(sheet: Sheet, at: Point, size: float, leather: str) -> None:
    """Print a laced boot that points to the left, its heel to the right of `at`."""

    def put(points: Sequence[Point]) -> list[Point]:
        return placed(points, at, size)

    upper = [(66, 0), (70, -70), (62, -150), (66, -206), (-26, -212), (-30, -150), (-44, -112)]
    upper += [(-100, -84), (-158, -60), (-178, -26), (-174, 0)]
    skin = sheet.fill(put(_sharpened(upper)), leather)
    sheet.grain(skin, INK, put([(-60, -80)])[0], put([(110, 10)])[0], 0.85)
    sheet.grain(skin, STRAW, put([(-90, -40)])[0], put([(-170, -170)])[0], 0.5)
    collar = [(-34, -196), (-32, -222), (20, -226), (70, -216), (70, -190), (20, -198)]
    sheet.fill(put(loop(collar, 5)), PINE)
    tongue = curve([(-28, -214), (-44, -240), (-22, -246), (-6, -216)])
    sheet.fill(put(tongue), "#6b3c22")
    toe = curve([(-178, -8), (-170, -48), (-132, -66), (-104, -40), (-98, 0)])
    cap = sheet.fill(put(toe), BARK)
    sheet.grain(cap, INK, put([(-150, -50)])[0], put([(-100, 10)])[0], 0.8)
    heel = sheet.fill(put(curve([(70, 0), (70, -60), (40, -62), (22, -30), (16, 0)])), BARK)
    sheet.grain(heel, INK, put([(20, -50)])[0], put([(80, 0)])[0], 0.8)
    for i in range(6):
        x, y = (-34 - i * 15, -118 + i * 10) if i < 3 else (-27, -140 - (i - 3) * 24)
        slant = (34, 20) if i < 3 else (34, 10)
        sheet.draw(put([(x - 8, y - 4), (x + slant[0], y + slant[1])]), 6 * size, BUOY)
        sheet.lay(sheet.disc(*put([(x + slant[0], y + slant[1])])[0], 4.4 * size), GORSE)
    for end in ((-74, -176), (-66, -152)):
        sheet.draw(put(curve([(-30, -192), (-58, -196), end])), 4.4 * size, BUOY)
    sole = [(-184, -4), (-60, 2), (74, -4), (80, 18), (70, 30), (20, 30), (14, 20), (-20, 20)]
    sole += [(-30, 30), (-150, 30), (-180, 16)]
    rubber = sheet.fill(put(sole), INK)
    sheet.grain(rubber, TIDE, put([(0, 20)])[0], put([(-260, -10)])[0], 0.5)
    sheet.draw(put([(-180, 0), (-60, 4), (74, 0)]), 4.5 * size, STRAW)
    lugs = [put([(x, 29), (x + 12, 29), (x + 10, 37), (x + 2, 37)]) for x in (-148, -126, -104, -82, -60, 26, 48)]
    sheet.lay(sheet.shape(*lugs), INK)


def _sharpened(points: Sequence[Point]) -> list[Point]:
    """Return a smooth outline whose first and last points stay corners."""
    return curve(points, 8)


def pine_trail() -> Sheet:
    """Draw a trail that winds through tall pines in low sun."""
    sheet = Sheet("#f4e2b4", 71)
    air = sheet.everywhere()
    sheet.wash(air, "#b9cfb4", (0, 330), (0, 20), 0.9)
    sheet.glow(air, "#fff5d2", (690, 250), 340, 0.9)
    sheet.lay(sheet.disc(690, 240, 64), "#fff6d6")
    _far_wood(sheet)
    _forest_floor(sheet)
    _trunks(sheet)
    _light(sheet)
    _near_wood(sheet)
    return sheet


def _far_wood(sheet: Sheet) -> None:
    for ink, base, tall, step in (("#b3c6a4", 388, 190, 46), ("#8fae8e", 412, 250, 70)):
        x = -20.0
        spots = []
        while x < 1240:
            if abs(x - 690) > 90:
                spots.append((x, base, tall * sheet.chance.uniform(0.7, 1.15)))
            x += step * sheet.chance.uniform(0.7, 1.2)
        wood = pines(sheet, spots, ink)
        sheet.grain(wood, "#f1e3b6", (0, base - 120), (0, base), 0.7)


def _forest_floor(sheet: Sheet) -> None:
    floor = sheet.fill(swell([(-20, 384), (300, 398), (680, 388), (960, 398), (1230, 380)]), "#7e9a64")
    sheet.grain(floor, PINE, (0, 400), (0, 640), 0.95)
    sheet.glow(floor, STRAW, (690, 400), 260, 0.8)
    near = curve([(690, 390), (648, 404), (668, 420), (742, 446), (716, 492), (540, 556), (400, 664)])
    back = curve([(860, 664), (900, 560), (898, 490), (838, 444), (740, 418), (694, 404), (712, 390)])
    trail = sheet.fill([*near, *back], "#e6cd95")
    sheet.grain(trail, CLAY, (0, 400), (0, 720), 0.65)
    bars = [lens(x, y, 60, 5) for x, y in ((690, 560), (610, 600), (780, 590), (830, 530), (700, 626))]
    sheet.lay(sheet.shape(*bars), "#c39a63")


def _trunks(sheet: Sheet) -> None:
    middle = [
        (120, 452, 26),
        (262, 438, 20),
        (404, 430, 17),
        (508, 420, 13),
        (892, 424, 15),
        (1004, 438, 20),
        (1116, 452, 25),
    ]
    for x, base, wide in middle:
        _trunk(sheet, x, base, wide, "#5d6b4f", "#2c4a3e", 7)


def _trunk(sheet: Sheet, x: float, base: float, wide: float, ink: str, shade: str, twigs: int) -> None:
    """Print one tall trunk that leaves the picture at the top, lit from the sun's side."""
    lean = sheet.chance.uniform(-8, 8)
    foot = [(x - wide * 1.1, base + 8), (x - wide * 0.55, base - 30)]
    other = [(x + wide * 0.55, base - 30), (x + wide * 1.1, base + 8)]
    outline = [*foot, (x - wide * 0.4 + lean, -10), (x + wide * 0.4 + lean, -10), *other]
    trunk = sheet.fill(outline, ink)
    away = -1 if x < 690 else 1
    sheet.grain(trunk, shade, (x - away * wide * 0.5, 0), (x + away * wide * 0.6, 0), 0.95)
    sheet.grain(trunk, GORSE, (x, 0), (x - away * wide, 0), 0.5)
    for _ in range(twigs):
        y = sheet.chance.uniform(10, base * 0.72)
        side = sheet.chance.choice([-1, 1])
        reach = wide * sheet.chance.uniform(1.6, 3.4)
        sheet.draw([(x, y), (x + side * reach, y + reach * 0.22)], max(1.6, wide * 0.09), shade)


def _light(sheet: Sheet) -> None:
    """Print shafts of low sun between the trunks."""
    for end, half in ((120, 60), (380, 46), (960, 56), (1180, 70)):
        shaft = sheet.shape([(684, 232), (696, 232), (end + half, 640), (end - half, 640)])
        sheet.wash(shaft, "#fff3c4", (690, 640), (690, 310), 0.34)


def _near_wood(sheet: Sheet) -> None:
    for x, base, wide in ((46, 640, 58), (318, 560, 36), (1060, 566, 40), (1176, 650, 64)):
        _trunk(sheet, x, base, wide, BARK, INK, 0)
    for x, y, size in (
        (330, 566, 26),
        (110, 640, 40),
        (200, 600, 30),
        (1010, 580, 32),
        (1110, 640, 40),
        (950, 640, 30),
    ):
        sheet.fill(tuft(sheet.chance, x, y, size), PINE)
    for x, y, size in ((30, 636, 46), (252, 634, 40), (1020, 634, 44), (1180, 640, 50), (396, 616, 26), (140, 650, 34)):
        _fern(sheet, (x, y), size)
    boughs = [(-20, 20, 330, 70), (-20, 120, 210, 90), (1220, 10, -350, 80), (1220, 120, -220, 96)]
    for x, y, long, drop in boughs:
        _bough(sheet, (x, y), long, drop)


def _fern(sheet: Sheet, at: Point, size: float) -> None:
    for lean in (-1.0, -0.55, -0.1, 0.4, 0.9):
        tip = (at[0] + lean * size * 1.5, at[1] - size * (1.9 - abs(lean) * 0.7))
        spine = curve([at, (at[0] + lean * size * 0.4, at[1] - size), tip], 8)
        leaves = []
        for i, (x, y) in enumerate(spine[2:]):
            reach = size * 0.4 * (1 - i / len(spine)) + 2
            leaves.append([(x, y - 3), (x - reach, y - reach * 0.5), (x, y + 3), (x + reach, y - reach * 0.5)])
        sheet.lay(sheet.shape(*leaves), MOSS if lean < 0 else SAGE)
        sheet.draw(spine, 2, PINE)


def _bough(sheet: Sheet, at: Point, long: float, drop: float) -> None:
    """Print a hanging branch with needles."""
    spine = curve([at, (at[0] + long * 0.55, at[1] + drop * 0.25), (at[0] + long, at[1] + drop)], 22)
    sign = 1 if long > 0 else -1
    needles: dict[str, list[list[Point]]] = {"#2d5a4c": [], "#16302c": []}
    for i, (x, y) in enumerate(spine):
        reach = (1 - i / len(spine)) * abs(long) * 0.14 + 16
        for marks in needles.values():
            long_ = reach * sheet.chance.uniform(0.7, 1.15)
            ahead = sign * long_ * sheet.chance.uniform(0.15, 0.75)
            for down in (1.0, -0.32):
                marks.append([(x - 3.4, y), (x + 3.4, y), (x + ahead, y + long_ * down)])
    for ink, marks in needles.items():
        sheet.lay(sheet.shape(*marks), ink)
    sheet.draw(spine, 4, INK)
