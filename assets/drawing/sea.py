"""Pictures by the water: a harbour at first light, layers on a line above a bay."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import ImageChops

from drawing.motifs import cloud, cottage, gulls, lens, pines, ridge, ripples, swell
from drawing.press import (
    BARK,
    BUOY,
    CLAY,
    FOAM,
    GORSE,
    HARBOUR,
    HEATHER,
    INK,
    MIST,
    MOSS,
    PAPER,
    PINE,
    ROSE,
    SAGE,
    STRAW,
    TIDE,
    Point,
    Sheet,
    Stencil,
    box,
    curve,
    placed,
    turned,
)


def harbour_dawn(height: int = 640) -> Sheet:
    """Draw a small harbour at first light, pines on the headland, one red-hulled boat."""
    sheet = Sheet(STRAW, 11, height=height)
    _dawn_sky(sheet)
    _headlands(sheet)
    _still_water(sheet)
    _village(sheet)
    _pier(sheet)
    _red_boat(sheet, (478, 508), 1.0)
    gulls(sheet, [(300, 120, 44), (362, 150, 30), (248, 168, 24)], INK)
    return sheet


def _dawn_sky(sheet: Sheet) -> None:
    sky = sheet.everywhere()
    sheet.wash(sky, ROSE, (0, 330), (0, 130))
    sheet.wash(sky, "#d98f86", (0, 180), (0, -60), 0.9)
    sheet.grain(sky, HEATHER, (0, 190), (0, -120), 0.6)
    sheet.glow(sky, "#fff3cf", (420, 330), 330, 0.9)
    sheet.lay(sheet.disc(420, 322, 74), "#fff1c4")
    for x, y, long in ((180, 214, 420), (700, 150, 380), (560, 236, 250), (980, 92, 300)):
        streak = cloud(sheet, x, y, long, "#f6cda6")
        sheet.grain(streak, "#d98f86", (0, y - 30), (0, y + 18), 0.9)


def _headlands(sheet: Sheet) -> None:
    far = sheet.fill(ridge(sheet.chance, [(-10, 318), (120, 300), (270, 330), (420, 366)], 7), "#b98797")
    sheet.grain(far, ROSE, (0, 290), (0, 370), 0.9)
    crest: list[Point] = [(520, 366), (600, 322), (700, 292), (800, 236), (930, 196), (1080, 176), (1210, 150)]
    land = sheet.fill(ridge(sheet.chance, crest, 5), MOSS)
    sheet.grain(land, "#d9a66b", (900, 300), (640, 250), 0.75)
    sheet.grain(land, PINE, (0, 220), (0, 400), 0.9)
    spots = [(808, 246, 82), (846, 232, 118), (884, 222, 90), (930, 212, 140), (974, 206, 110)]
    spots += [(1016, 200, 158), (1062, 194, 124), (1108, 188, 170), (1150, 182, 132), (1190, 176, 160)]
    trees = pines(sheet, spots, INK)
    sheet.grain(trees, PINE, (1200, 0), (780, 0), 1)


def _still_water(sheet: Sheet) -> None:
    sea = sheet.fill(box(0, 364, 1200, sheet.height + 10), TIDE)
    sheet.wash(sea, "#e9b79a", (0, 500), (0, 366), 0.75)
    sheet.wash(sea, HARBOUR, (0, 430), (0, 660), 0.95)
    sheet.grain(sea, HARBOUR, (500, 380), (1100, 520), 0.7)
    for step in range(15):
        y = 370 + step * step * 1.15
        half = 70 + step * 5 - (step % 3) * 22
        sheet.fill(lens(420 + (step % 2) * 14 - 7, y, half, 2 + step * 0.32), "#fbe3ae")
    ripples(sheet, (0, 390, 1200, 640), 70, "#8fb7b8")
    ripples(sheet, (0, 440, 1200, 640), 40, "#1b3d50")


def _village(sheet: Sheet) -> None:
    quay = sheet.fill([(640, 372), (664, 352), (1210, 346), (1210, 394)], "#7c6f68")
    sheet.grain(quay, INK, (0, 346), (0, 394), 0.8)
    rows = [(690, 48, PAPER, BUOY), (738, 58, "#e7c9a4", BARK), (796, 50, FOAM, BUOY)]
    rows += [(846, 66, PAPER, HARBOUR), (912, 50, "#dfa98a", BARK), (962, 60, PAPER, BUOY)]
    rows += [(1040, 54, "#e7c9a4", HARBOUR), (1094, 68, PAPER, BARK)]
    for x, wide, wall, roof in rows:
        cottage(sheet, x, 354 - (x - 690) * 0.012, wide, wall, roof)
    for x, half in ((714, 18), (822, 18), (880, 24), (992, 22), (1128, 24)):
        for step in range(4):
            sheet.tint(sheet.shape(lens(x, 404 + step * 13, half - step * 4, 2.4)), PAPER, 0.55)


def _pier(sheet: Sheet) -> None:
    wall = [(-10, 452), (60, 446), (196, 444), (214, 462), (222, 520), (120, 540), (-10, 556)]
    stone = sheet.fill(wall, "#6d5f66")
    sheet.grain(stone, INK, (200, 430), (20, 560), 0.95)
    for row in range(5):
        sheet.draw([(-10, 470 + row * 17), (214, 461 + row * 14)], 1.4, "#4a3f4b")
    sheet.fill([(-10, 440), (200, 434), (206, 446), (-10, 455)], "#c99f8c")
    tower = sheet.fill([(132, 438), (139, 330), (167, 330), (174, 438)], PAPER)
    sheet.fill([(135.6, 384), (137.4, 356), (168.6, 356), (170.4, 384)], BUOY)
    sheet.grain(tower, HEATHER, (160, 0), (126, 0), 0.75)
    sheet.fill(box(130, 322, 176, 331), INK)
    sheet.fill(box(142, 300, 164, 322), "#ffe08a")
    sheet.fill([(136, 301), (153, 282), (170, 301)], BUOY)
    sheet.draw([(153, 300), (153, 322)], 2, INK)


def _red_boat(sheet: Sheet, at: Point, size: float) -> None:
    def put(points: Sequence[Point]) -> list[Point]:
        return placed(points, at, size)

    for y, half, drift in ((46, 122, 4), (58, 104, -6), (70, 84, 6), (82, 60, -2), (94, 34, 8)):
        sheet.fill(put(lens(10 + drift, y, half, 5)), "#5d2a2e")
    for y, half in ((106, 26), (118, 18), (131, 12)):
        sheet.fill(put(lens(16, y, half, 3)), "#3a3340")
    sheet.draw(put([(14, -30), (14, -176)]), 5, BARK)
    sheet.draw(put([(14, -168), (150, -34)]), 1.6, INK)
    sheet.draw(put([(14, -168), (-112, -30)]), 1.6, INK)
    sail = sheet.fill(put([(8, -158), (8, -62), (-74, -56), (-62, -70)]), CLAY)
    sheet.grain(sail, BUOY, put([(-10, -140)])[0], put([(-70, -50)])[0], 0.9)
    cabin = sheet.fill(put([(34, -32), (38, -76), (96, -76), (104, -32)]), PAPER)
    sheet.grain(cabin, CLAY, put([(50, 0)])[0], put([(120, 0)])[0], 0.7)
    sheet.fill(put([(30, -74), (34, -84), (104, -84), (104, -74)]), HARBOUR)
    for left in (46, 70):
        sheet.fill(put(box(left, -66, left + 16, -50)), "#ffd97d")
    hull = [*curve([(-132, -40), (-60, -26), (40, -24), (120, -34), (164, -50)]), (150, -16), (124, 24)]
    hull += [(60, 34), (-70, 32), (-112, 20)]
    body = sheet.fill(put(hull), BUOY)
    sheet.grain(body, "#6d1f18", put([(0, -30)])[0], put([(0, 40)])[0], 0.95)
    rail = curve([(-132, -40), (-60, -26), (40, -24), (120, -34), (164, -50)])
    sheet.draw(put(rail), 5, PAPER)
    sheet.draw(put([(-104, 22), (-68, 26), (58, 28), (124, 18)]), 4, "#2c1a1d")
    sheet.fill(put(lens(4, 35, 128, 3)), "#dbe9e2")


def layers_line() -> Sheet:
    """Draw wool layers on a washing line above a bay."""
    sheet = Sheet("#cfe3df", 23)
    _bright_sky(sheet)
    _bay(sheet)
    _cliff_top(sheet)
    rope = curve([(-20, 150), (200, 186), (600, 208), (980, 172), (1230, 108)], 16)
    sheet.draw(rope, 3.4, BARK)
    _jumper(sheet, (240, 190), 3)
    _long_johns(sheet, (512, 206), 2)
    _striped_top(sheet, (800, 196), -3)
    _socks(sheet, (1012, 168))
    for x, y in ((190, 187), (288, 194), (470, 202), (556, 206), (756, 200), (846, 190)):
        sheet.fill(box(x - 4, y - 14, x + 4, y + 16), STRAW)
        sheet.draw([(x, y - 12), (x, y + 14)], 1.2, BARK)
    gulls(sheet, [(640, 96, 46), (706, 122, 28), (392, 84, 26)])
    return sheet


def _bright_sky(sheet: Sheet) -> None:
    sky = sheet.everywhere()
    sheet.wash(sky, "#8fc0c4", (0, 330), (0, 0), 0.9)
    sheet.grain(sky, TIDE, (0, 240), (0, -160), 0.55)
    for x, y, long in ((210, 96, 330), (720, 262, 360), (420, 300, 240), (1080, 66, 260)):
        puff = cloud(sheet, x, y, long, "#f7f1e2")
        sheet.grain(puff, MIST, (0, y - 34), (0, y + 14), 0.7)


def _bay(sheet: Sheet) -> None:
    far = sheet.fill(ridge(sheet.chance, [(-10, 344), (140, 322), (330, 336), (520, 372)], 5), MIST)
    sheet.grain(far, SAGE, (0, 320), (0, 372), 0.8)
    sea = sheet.fill(box(0, 368, 1200, 660), TIDE)
    sheet.wash(sea, HARBOUR, (0, 420), (0, 640), 0.9)
    sheet.wash(sea, "#b9d9d4", (0, 410), (0, 366), 0.9)
    ripples(sheet, (0, 384, 1200, 560), 70, "#b5d3cf")
    hull = placed([(-30, -6), (34, -8), (24, 6), (-22, 6)], (664, 424))
    sheet.fill(hull, BUOY)
    sheet.fill(placed([(0, -10), (0, -66), (34, -12)], (664, 424)), PAPER)
    sheet.fill(placed([(-4, -10), (-4, -54), (-26, -12)], (664, 424)), STRAW)
    sheet.fill(lens(664, 436, 30, 3), "#d7e8e2")
    crest = [(800, 380), (850, 356), (890, 296), (1000, 276), (1100, 240), (1215, 232)]
    head = sheet.fill(ridge(sheet.chance, crest, 5, 470), MOSS)
    sheet.grain(head, PINE, (1000, 240), (1080, 470), 0.9)
    face = ridge(sheet.chance, [(822, 620), (846, 470), (872, 372), (940, 352), (1040, 372), (1215, 352)], 6)
    cliff = sheet.fill(face, "#c9a27f")
    sheet.grain(cliff, BARK, (900, 360), (1040, 500), 0.75)


def _cliff_top(sheet: Sheet) -> None:
    crest = [(-20, 560), (160, 530), (420, 556), (700, 586), (960, 548), (1230, 470)]
    grass = sheet.fill(swell(crest), "#6d8f57")
    sheet.grain(grass, PINE, (0, 520), (0, 650), 0.95)
    blades = []
    for _ in range(150):
        x, y = sheet.chance.uniform(0, 1200), sheet.chance.uniform(574, 650)
        lean = sheet.chance.uniform(-8, 10)
        blades.append([(x - 2.5, y), (x + lean, y - sheet.chance.uniform(16, 34)), (x + 2.5, y)])
    sheet.lay(sheet.shape(*blades[:90]), PINE)
    sheet.lay(sheet.shape(*blades[90:]), SAGE)
    for _ in range(34):
        x, y = sheet.chance.uniform(0, 1200), sheet.chance.uniform(566, 632)
        sheet.lay(sheet.disc(x, y, 4.2), sheet.chance.choice([ROSE, GORSE, PAPER]))
    for x, foot, top in ((24, 600, 120), (1150, 560, 92)):
        post = sheet.fill([(x - 8, foot), (x - 6, top), (x + 6, top), (x + 8, foot)], "#7a5a45")
        sheet.grain(post, INK, (x - 8, 0), (x + 14, 0), 0.7)


def _wool(sheet: Sheet, at: Point, lean: float, size: float, ink: str, shade: str) -> Stencil:
    """Print a plain sweater, hung by its shoulders, and return its stencil."""
    half = [(24, -6), (64, 6), (86, 60), (106, 160), (112, 238), (84, 244), (74, 168), (62, 104)]
    half += [(66, 170), (64, 228)]
    neck = curve([(-24, -6), (-12, 10), (12, 10), (24, -6)])
    outline = [*neck, *half, *((-x, y) for x, y in reversed(half))]
    cloth = sheet.fill(turned(placed(outline, at, size), lean, at), ink)
    sheet.grain(cloth, shade, (at[0] - 40 * size, at[1] + 40), (at[0] + 120 * size, at[1] + 240), 0.8)
    return cloth


def _jumper(sheet: Sheet, at: Point, lean: float) -> None:
    """Print a patterned jumper."""

    def put(points: Sequence[Point]) -> list[Point]:
        return turned(placed(points, at, 1.2), lean, at)

    cloth = _wool(sheet, at, lean, 1.2, BUOY, "#651c18")
    sheet.draw(put(curve([(-24, -6), (-12, 10), (12, 10), (24, -6)])), 9, "#8f2c1c")
    marks = [put([(x, 64), (x + 8, 74), (x, 84), (x - 8, 74)]) for x in range(-90, 100, 18)]
    bands = [sheet.stroke(put([(-110, y), (110, y)]), 4) for y in (54, 94)]
    for stencil, ink in ((sheet.shape(*marks), GORSE), (bands[0], PAPER), (bands[1], PAPER)):
        sheet.lay(ImageChops.multiply(cloth, stencil), ink)
    hems = sheet.shape(put(box(-70, 212, 70, 232)), put(box(-120, 222, -78, 250)), put(box(78, 222, 120, 250)))
    sheet.lay(ImageChops.multiply(cloth, hems), "#8f2c1c")
    _creases(sheet, [put([(62, 104), (66, 216)]), put([(-62, 104), (-66, 216)])])


def _creases(sheet: Sheet, lines: Sequence[list[Point]]) -> None:
    for line in lines:
        sheet.tint(sheet.stroke(line, 2.4), INK, 0.4)


def _long_johns(sheet: Sheet, at: Point, lean: float) -> None:
    def put(points: Sequence[Point]) -> list[Point]:
        return turned(placed(points, at), lean, at)

    legs = [(-54, 0), (54, 0), (60, 110), (54, 250), (18, 252), (8, 120), (0, 104), (-6, 120)]
    legs += [(-22, 246), (-58, 244), (-60, 110)]
    wool = sheet.fill(put(legs), "#efe3cb")
    sheet.grain(wool, "#b79a76", put([(-10, 40)])[0], put([(80, 200)])[0], 0.8)
    sheet.fill(put(box(-55, 0, 55, 15)), HARBOUR)
    for left, right, y in ((19, 55, 238), (-57, -21, 232)):
        sheet.fill(put(box(left, y, right, y + 14)), HARBOUR)
    for y in (34, 54, 74):
        sheet.lay(sheet.disc(*put([(0, y)])[0], 3), HARBOUR)


def _striped_top(sheet: Sheet, at: Point, lean: float) -> None:
    def put(points: Sequence[Point]) -> list[Point]:
        return turned(placed(points, at, 1.1), lean, at)

    cloth = _wool(sheet, at, lean, 1.1, "#e6e8d6", PINE)
    stripes = sheet.shape(*(put(box(-130, y, 130, y + 14)) for y in range(-10, 250, 28)))
    sheet.lay(ImageChops.multiply(cloth, stripes), PINE)
    sheet.grain(cloth, INK, put([(-40, 60)])[0], put([(130, 260)])[0], 0.6)
    _creases(sheet, [put([(62, 104), (66, 216)]), put([(-62, 104), (-66, 216)])])


def _socks(sheet: Sheet, at: Point) -> None:
    foot = [(-15, 0), (15, 0), (16, 62), (22, 86), (52, 104), (48, 122), (14, 120), (-12, 98), (-16, 62)]
    for shift, drop, lean in ((-30, 4, 4), (34, -8, -5)):
        here = (at[0] + shift, at[1] + drop)
        outline = turned(placed(foot, here, 1.08), lean, here)
        sock = sheet.fill(outline, GORSE)
        sheet.grain(sock, CLAY, here, (here[0] + 40, here[1] + 120), 0.9)
        sheet.fill(turned(placed(box(-15.5, 8, 15.5, 18), here, 1.08), lean, here), PAPER)
        sheet.fill(turned(placed(box(-15.5, 24, 15.5, 30), here, 1.08), lean, here), BUOY)
        sheet.fill(box(here[0] - 4, here[1] - 12, here[0] + 4, here[1] + 14), STRAW)
