"""Pictures under a roof: a jacket by a wet window, a repair bench, a map on a table."""

from __future__ import annotations

from PIL import ImageChops

from drawing.motifs import lens, pines, ridge, stone
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
    SAGE,
    STRAW,
    TIDE,
    Point,
    Sheet,
    Stencil,
    box,
    curve,
    loop,
    placed,
    turned,
)


def rain_jacket() -> Sheet:
    """Draw a yellow rain jacket on a peg beside a window streaming with rain."""
    sheet = Sheet("#2f5a55", 83)
    _boarded_wall(sheet)
    _wet_window(sheet)
    _peg_rail(sheet)
    _raincoat(sheet, (872, 176))
    _floor(sheet)
    return sheet


def _boarded_wall(sheet: Sheet) -> None:
    wall = sheet.everywhere()
    sheet.grain(wall, INK, (500, 200), (1300, 640), 0.8)
    for x in range(40, 1240, 92):
        sheet.tint(sheet.shape(box(x, 0, x + 2.4, 640)), INK, 0.5)
        sheet.tint(sheet.shape(box(x + 2.4, 0, x + 4, 640)), FOAM, 0.16)
    sheet.glow(wall, TIDE, (560, 260), 330, 0.4)


def _wet_window(sheet: Sheet) -> None:
    sheet.fill(box(76, 38, 584, 472), "#1d3f3e")
    sheet.fill(box(84, 44, 576, 466), PAPER)
    glass = sheet.shape(
        box(108, 66, 322, 242), box(338, 66, 552, 242), box(108, 258, 322, 446), box(338, 258, 552, 446)
    )
    view = Sheet("#b9cdcb", 84)
    _grey_day(view)
    sheet.image.paste(view.image, (0, 0), glass)
    drops = _rain(sheet)
    sheet.tint(ImageChops.multiply(glass, drops), "#f2f7f3", 0.85)
    sheet.grain(sheet.shape(box(84, 44, 576, 66)), "#b59c7c", (0, 44), (0, 90), 0.6)
    sill = sheet.fill([(52, 468), (608, 468), (628, 496), (34, 496)], PAPER)
    sheet.grain(sill, "#a98d6c", (200, 468), (640, 500), 0.8)
    sheet.tint(sheet.shape(box(34, 496, 628, 508)), INK, 0.5)
    _mug(sheet, (178, 468))


def _grey_day(view: Sheet) -> None:
    sky = view.everywhere()
    view.wash(sky, "#7f9fa4", (0, 320), (0, 40), 0.9)
    view.grain(sky, HARBOUR, (0, 240), (0, -80), 0.5)
    hill = view.fill(ridge(view.chance, [(60, 330), (200, 300), (360, 312), (600, 262)], 6), "#6d8f8c")
    view.grain(hill, HARBOUR, (0, 280), (0, 360), 0.6)
    sea = view.fill(box(0, 342, 640, 480), "#5f8890")
    view.wash(sea, HARBOUR, (0, 350), (0, 470), 0.8)
    pines(view, [(420, 330, 70), (458, 326, 100), (500, 322, 84), (536, 318, 120)], "#36605a")
    view.fill(lens(236, 376, 34, 5), BUOY)
    view.fill([(232, 372), (232, 334), (254, 370)], PAPER)


def _rain(sheet: Sheet) -> Stencil:
    """Return streaks and running drops."""
    marks: list[list[Point]] = []
    for _ in range(190):
        x, y = sheet.chance.uniform(90, 590), sheet.chance.uniform(40, 450)
        long = sheet.chance.uniform(14, 44)
        marks.append([(x, y), (x - long * 0.26, y + long), (x - long * 0.26 + 1.7, y + long)])
    for _ in range(36):
        x, y = sheet.chance.uniform(112, 548), sheet.chance.uniform(80, 430)
        trail = sheet.chance.uniform(20, 90)
        marks.append([(x - 0.8, y - trail), (x + 0.8, y - trail), (x + 3, y), (x, y + 5), (x - 3, y)])
    return sheet.shape(*marks)


def _mug(sheet: Sheet, at: Point) -> None:
    handle = sheet.stroke(curve(placed([(26, -46), (48, -44), (48, -18), (26, -14)], at)), 7)
    sheet.lay(handle, BUOY)
    cup = sheet.fill(placed([(-28, -60), (28, -60), (25, 0), (-25, 0)], at), BUOY)
    sheet.grain(cup, "#5f1a17", (at[0] - 10, 0), (at[0] + 34, 0), 0.85)
    sheet.fill(placed(lens(0, -60, 28, 5), at), "#5f1a17")
    for shift in (-8, 8):
        steam = curve(placed([(shift, -72), (shift + 7, -88), (shift - 4, -104), (shift + 5, -122)], at))
        sheet.tint(sheet.stroke(steam, 3), PAPER, 0.7)


def _peg_rail(sheet: Sheet) -> None:
    sheet.tint(sheet.shape(box(650, 140, 1200, 160)), INK, 0.5)
    rail = sheet.fill(box(650, 100, 1200, 146), "#b98a5b")
    sheet.grain(rail, BARK, (700, 90), (1180, 170), 0.7)
    sheet.tint(sheet.shape(box(650, 100, 1200, 104)), PAPER, 0.5)
    for x in (720, 872, 1024, 1160):
        sheet.tint(sheet.disc(x + 5, 132, 14), INK, 0.5)
        sheet.lay(sheet.disc(x, 124, 13), "#e0b585")
        sheet.lay(sheet.disc(x - 3, 121, 5), PAPER)
    scarf = curve([(1160, 126), (1130, 260), (1140, 390), (1126, 440)])
    sheet.lay(sheet.stroke(scarf, 34), BUOY)
    other = curve([(1162, 126), (1186, 250), (1180, 330), (1188, 380)])
    sheet.lay(sheet.stroke(other, 32), "#8f2c1c")
    for y in (250, 290, 330, 370, 410):
        sheet.draw([(1118, y), (1154, y + 4)], 6, STRAW)
    strap = curve([(720, 124), (690, 240), (704, 330)])
    sheet.draw(strap, 4, BARK)
    sheet.draw(curve([(720, 124), (752, 240), (738, 330)]), 4, BARK)
    flask = sheet.fill(loop([(684, 326), (760, 326), (766, 420), (722, 440), (678, 420)], 5), PINE)
    sheet.grain(flask, INK, (700, 340), (780, 430), 0.9)
    sheet.fill(box(706, 308, 738, 328), PAPER)


def _raincoat(sheet: Sheet, at: Point) -> None:
    def put(points: list[Point]) -> list[Point]:
        return placed(points, at, 1.05)

    shadow = [(-60, 0), (80, 0), (150, 120), (170, 350), (-110, 350), (-120, 120)]
    sheet.tint(sheet.soften(sheet.shape(placed(shadow, (at[0] + 16, at[1] + 14), 1.05)), 8), INK, 0.6)
    for sign in (-1, 1):
        arm = [(sign * 62, 30), (sign * 104, 66), (sign * 134, 190), (sign * 146, 284), (sign * 106, 296)]
        arm += [(sign * 92, 210), (sign * 70, 140)]
        sleeve = sheet.fill(put(loop(arm, 6)), GORSE)
        sheet.grain(
            sleeve, "#a5601c", put([(sign * 130 if sign < 0 else 60, 120)])[0], put([(40 * sign + 80, 240)])[0], 0.8
        )
        sheet.fill(put([(sign * 108, 280), (sign * 147, 268), (sign * 147, 288), (sign * 108, 300)]), "#b3691f")
    body = [
        (-66, 22),
        (-30, 6),
        (30, 6),
        (66, 22),
        (92, 130),
        (108, 330),
        (60, 342),
        (0, 338),
        (-60, 342),
        (-108, 330),
        (-92, 130),
    ]
    coat = sheet.fill(put(_rounded(body)), "#f0b53a")
    sheet.grain(coat, "#a5601c", put([(10, 140)])[0], put([(150, 300)])[0], 0.9)
    sheet.grain(coat, "#fff0b8", put([(-40, 150)])[0], put([(-160, 60)])[0], 0.7)
    hood = [(0, -52), (40, -38), (62, 10), (40, 44), (0, 54), (-40, 44), (-62, 10), (-40, -38)]
    cowl = sheet.fill(put(loop(hood, 6)), GORSE)
    sheet.grain(cowl, "#a5601c", put([(-20, -20)])[0], put([(70, 50)])[0], 0.8)
    hollow = sheet.fill(put(loop([(0, -20), (28, -8), (36, 16), (0, 44), (-36, 16), (-28, -8)], 6)), "#7a4517")
    sheet.grain(hollow, INK, put([(0, 30)])[0], put([(0, -40)])[0], 0.7)
    sheet.draw(put(curve([(-9, -46), (0, -60), (9, -46)])), 5, BARK)
    placket = sheet.fill(put(box(-11, 46, 11, 337)), "#d8942a")
    sheet.grain(placket, "#8a4d18", put([(-10, 0)])[0], put([(20, 0)])[0], 0.7)
    for y in (76, 132, 188, 244, 300):
        sheet.lay(sheet.disc(*put([(0, y)])[0], 5.5), PAPER)
    for sign in (-1, 1):
        sheet.fill(put([(sign * 30, 210), (sign * 84, 204), (sign * 86, 236), (sign * 32, 240)]), "#c07a20")
        sheet.draw(put([(sign * 32, 240), (sign * 36, 300), (sign * 88, 294)]), 2, "#b3691f")
        sheet.draw(put(curve([(sign * 16, 40), (sign * 20, 70), (sign * 15, 96)])), 3, PAPER)
    creases = [put(curve([(-70, 140), (-60, 200), (-66, 320)])), put(curve([(62, 110), (52, 160), (60, 200)]))]
    for crease in creases:
        sheet.tint(sheet.stroke(crease, 3), "#8a4d18", 0.55)
    drips = [
        put([(x, y), (x + 3, y + 9), (x, y + 13), (x - 3, y + 9)])
        for x, y in ((-80, 344), (-30, 350), (40, 348), (92, 352), (-128, 306))
    ]
    sheet.lay(sheet.shape(*drips), MIST)


def _rounded(points: list[Point]) -> list[Point]:
    """Return a closed outline with softened corners."""
    return loop(points, 6)


def _floor(sheet: Sheet) -> None:
    floor = sheet.fill(box(0, 574, 1200, 640), "#8c6546")
    sheet.grain(floor, INK, (300, 560), (1100, 700), 0.9)
    skirting = sheet.fill(box(0, 552, 1200, 576), PAPER)
    sheet.grain(skirting, "#6f8a80", (200, 0), (1250, 0), 0.9)
    sheet.lay(sheet.disc(872, 606, 118, 12), "#6f9aa2")
    sheet.tint(sheet.disc(850, 603, 60, 4), PAPER, 0.6)
    for x, ink in ((258, HARBOUR), (306, "#1b3a4c")):
        boot = [(-24, -104), (22, -104), (22, -36), (62, -20), (66, 4), (-24, 4)]
        wellington = sheet.fill(placed(boot, (x, 612), 0.82), ink)
        sheet.grain(wellington, INK, (x - 10, 0), (x + 50, 0), 0.85)
        sheet.fill(placed(box(-26, -108, 24, -96), (x, 612), 0.82), PAPER)
        sheet.fill(placed(box(-24, 0, 66, 8), (x, 612), 0.82), INK)


def workshop_bench() -> Sheet:
    """Draw a repair bench with thread reels, a jacket and a lamp."""
    sheet = Sheet("#2c514d", 97)
    _tool_wall(sheet)
    top = sheet.fill(box(0, 470, 1200, 640), "#b98455")
    sheet.glow(top, "#ffdf9a", (560, 480), 380, 0.8)
    sheet.grain(top, BARK, (700, 470), (1250, 660), 0.85)
    sheet.grain(top, BARK, (300, 520), (-80, 640), 0.8)
    for y in (512, 556, 604):
        sheet.tint(sheet.stroke(curve([(0, y), (400, y + 5), (800, y - 4), (1200, y + 3)]), 1.5), BARK, 0.6)
    edge = sheet.fill(box(0, 466, 1200, 474), "#e3b47e")
    sheet.grain(edge, BARK, (700, 0), (1200, 0), 0.8)
    _reels(sheet)
    _mended_jacket(sheet)
    _lamp(sheet)
    _scissors(sheet, (1010, 566))
    return sheet


def _tool_wall(sheet: Sheet) -> None:
    wall = sheet.everywhere()
    sheet.grain(wall, INK, (420, 240), (1240, 60), 0.85)
    sheet.grain(wall, INK, (240, 300), (-140, 200), 0.8)
    shelf = sheet.fill(box(700, 214, 1150, 230), "#b98455")
    sheet.grain(shelf, BARK, (800, 0), (1150, 0), 0.8)
    sheet.tint(sheet.shape(box(700, 230, 1150, 244)), INK, 0.5)
    jars = [(724, 84, MIST, GORSE), (800, 70, "#8fb7b8", BUOY), (872, 92, MIST, HEATHER), (950, 66, "#8fb7b8", STRAW)]
    for x, tall, glass, lid in jars:
        jar = sheet.fill(box(x, 214 - tall, x + 58, 214), glass)
        sheet.grain(jar, HARBOUR, (x + 10, 0), (x + 66, 0), 0.85)
        sheet.fill(box(x + 6, 214 - tall * 0.6, x + 52, 208), lid)
        sheet.fill(box(x - 2, 202 - tall, x + 60, 216 - tall), BARK)
    for i, ink in enumerate((BUOY, PAPER, TIDE, GORSE)):
        fold = sheet.fill(box(1030, 196 - i * 20, 1132 - i * 6, 214 - i * 20), ink)
        sheet.grain(fold, INK, (1060, 0), (1150, 0), 0.6)
    sheet.fill(box(80, 96, 430, 104), "#b98455")
    for x in (118, 186, 262, 340, 400):
        sheet.fill(box(x - 2, 98, x + 2, 122), STRAW)
    _hung_tools(sheet)


def _hung_tools(sheet: Sheet) -> None:
    sheet.draw([(118, 124), (118, 196)], 9, BUOY)
    sheet.draw([(118, 196), (118, 262)], 5, MIST)
    sheet.draw([(186, 124), (186, 220)], 11, "#b98455")
    sheet.fill(box(162, 206, 216, 234), MIST)
    ruler = sheet.fill(box(252, 122, 274, 330), STRAW)
    sheet.grain(ruler, CLAY, (252, 0), (284, 0), 0.8)
    for y in range(134, 326, 12):
        sheet.draw([(252, y), (260, y)], 1.4, BARK)
    tape = curve([(340, 122), (322, 180), (352, 236), (330, 296), (346, 330)])
    sheet.draw(tape, 9, GORSE)
    sheet.lay(sheet.stroke(loop([(400, 124), (424, 160), (400, 196), (376, 160)]), 5), PAPER)


def _reels(sheet: Sheet) -> None:
    reels = [(58, BUOY, 1.1), (142, GORSE, 0.95), (216, TIDE, 1.15), (300, PAPER, 0.9), (60, HEATHER, 0.0)]
    for x, ink, size in reels[:4]:
        _reel(sheet, (x, 492), size, ink)
    _reel(sheet, (100, 566), 1.25, "#5f8f6a")
    _reel(sheet, (216, 574), 1.15, CLAY)
    loose = curve([(250, 560), (320, 596), (400, 560), (470, 590), (560, 566)])
    sheet.draw(loose, 2.4, CLAY)


def _reel(sheet: Sheet, at: Point, size: float, ink: str) -> None:
    def put(points: list[Point]) -> list[Point]:
        return placed(points, at, size)

    sheet.tint(sheet.shape(put(lens(10, 0, 46, 8))), INK, 0.5)
    thread = sheet.fill(put([(-24, -66), (24, -66), (28, -36), (24, -8), (-24, -8), (-28, -36)]), ink)
    for y in range(-62, -8, 6):
        sheet.tint(sheet.stroke(put([(-26, y), (26, y + 4)]), 1.1), INK, 0.35)
    sheet.grain(thread, INK, (at[0] - 8 * size, 0), (at[0] + 36 * size, 0), 0.75)
    for y in (-76, -10):
        flange = sheet.fill(put(box(-31, y, 31, y + 11)), "#e3b47e")
        sheet.grain(flange, BARK, (at[0] - 6, 0), (at[0] + 40 * size, 0), 0.8)


def _mended_jacket(sheet: Sheet) -> None:
    """Print a jacket laid over the bench, a patch half sewn to its chest."""
    middle: Point = (620, 520)
    for sign in (-1, 1):
        arm = [(sign * 168, -96), (sign * 262, -34), (sign * 330, 62), (sign * 262, 92), (sign * 168, 24)]
        sleeve = sheet.fill(placed(arm, middle), "#2a637b")
        sheet.grain(sleeve, INK, (620, 430), (620 + sign * 120, 660), 0.85)
        cuff = [(sign * 318, 44), (sign * 344, 70), (sign * 270, 104), (sign * 254, 82)]
        sheet.fill(placed(cuff, middle), HARBOUR)
        sheet.draw(placed([(sign * 190, -62), (sign * 268, 8)], middle), 2, "#1d4a5e")
    outline = [(-70, -112), (-176, -100), (-186, 10), (-196, 130), (196, 130), (186, 10), (176, -100), (70, -112)]
    cloth = sheet.fill(placed(outline, middle), "#35799a")
    sheet.grain(cloth, INK, (620, 480), (860, 700), 0.8)
    sheet.glow(cloth, "#e7f0dc", (560, 440), 180, 0.6)
    for sign in (-1, 1):
        sheet.draw(placed([(sign * 176, -100), (sign * 168, 130)], middle), 2.4, "#1d4a5e")
        pocket = [(sign * 70, 62), (sign * 138, 50), (sign * 140, 60), (sign * 72, 72)]
        sheet.fill(placed(pocket, middle), HARBOUR)
    lining = curve([(-66, -116), (-40, -142), (0, -150), (40, -142), (66, -116)])
    sheet.fill([*placed(lining, middle), *placed([(10, -70), (-10, -70)], middle)], "#e6c27a")
    for sign in (-1, 1):
        lapel = [(sign * 62, -126), (sign * 84, -108), (sign * 44, -56), (0, -66), (sign * 8, -78), (sign * 40, -104)]
        collar = sheet.fill(placed(lapel, middle), HARBOUR)
        sheet.grain(collar, INK, (620, 400), (640, 480), 0.7)
    sheet.draw(placed([(0, -66), (0, 130)], middle), 4, STRAW)
    sheet.fill(placed(box(-5, -62, 5, -44), middle), GORSE)
    _patch(sheet, (714, 508))


def _patch(sheet: Sheet, at: Point) -> None:
    """Print a square of cloth, its stitches and the needle."""

    def put(points: list[Point]) -> list[Point]:
        return turned(placed(points, at), -7, at)

    sheet.fill(put(box(-42, -36, 42, 36)), GORSE)
    stitches = [[(x, y), (x + 9, y)] for x in range(-36, 36, 16) for y in (-29, 29)]
    stitches += [[(x, y), (x, y + 9)] for y in range(-22, 22, 15) for x in (-35, 35)]
    for stitch in stitches:
        sheet.draw(put(stitch), 3, BUOY)
    sheet.draw(placed(curve([(40, 22), (78, -16), (126, -30), (160, -58)]), at), 2.4, BUOY)
    sheet.draw(placed([(152, -46), (186, -96)], at), 3.4, FOAM)


def _lamp(sheet: Sheet) -> None:
    beam = sheet.shape([(508, 206), (612, 160), (900, 640), (300, 640)])
    sheet.wash(beam, "#ffe7a8", (520, 640), (560, 170), 0.42)
    sheet.glow(sheet.everywhere(), "#ffe7a8", (556, 200), 170, 0.35)
    sheet.tint(sheet.disc(372, 494, 70, 10), INK, 0.5)
    base = sheet.fill([(318, 492), (326, 474), (414, 474), (422, 492)], BUOY)
    sheet.grain(base, "#5f1a17", (360, 0), (430, 0), 0.9)
    sheet.draw([(370, 476), (334, 330), (480, 168)], 9, INK)
    sheet.draw([(366, 470), (331, 330)], 2.5, TIDE)
    for x, y in ((334, 330), (480, 168)):
        sheet.lay(sheet.disc(x, y, 12), GORSE)
    shade = curve([(488, 212), (482, 158), (520, 124), (566, 124), (622, 158)])
    hood = sheet.fill([*shade, (622, 158), (488, 212)], BUOY)
    sheet.grain(hood, "#5f1a17", (560, 190), (500, 100), 0.9)
    bulb = turned(lens(555, 185, 72, 15), -22, (555, 185))
    sheet.fill(bulb, "#fff6d8")


def _scissors(sheet: Sheet, at: Point) -> None:
    def put(points: list[Point]) -> list[Point]:
        return turned(placed(points, at), -24, at)

    for sign in (-1, 1):
        blade = [(0, sign * 2), (126, sign * 24), (128, sign * 18), (10, -sign * 8)]
        sheet.fill(put(blade), "#d5dedb")
        ring = loop([(-20, sign * 8), (-62, sign * 12), (-76, sign * 32), (-52, sign * 42), (-24, sign * 26)], 6)
        sheet.lay(sheet.stroke(put([*ring, ring[0]]), 9), BUOY)
    sheet.lay(sheet.disc(*at, 5), INK)


def coast_map() -> Sheet:
    """Draw a folded map with a coast path marked."""
    sheet = Sheet("#8d6547", 101)
    _table(sheet)
    _map_paper(sheet)
    _compass(sheet, (1030, 466))
    _pencil(sheet)
    return sheet


def _table(sheet: Sheet) -> None:
    wood = sheet.everywhere()
    sheet.grain(wood, BARK, (500, 100), (1250, 700), 0.8)
    for y in range(-20, 660, 86):
        sheet.tint(sheet.shape(box(0, y, 1200, y + 3)), INK, 0.55)
        for row in (24, 52):
            grain = curve([(0, y + row), (330, y + row + 8), (720, y + row - 6), (1200, y + row + 5)])
            sheet.tint(sheet.stroke(grain, 1.2), BARK, 0.6)


def _map_paper(sheet: Sheet) -> None:
    middle = (560, 326)
    edges = [(120, 100), (340, 84), (560, 104), (780, 84), (1000, 100)]
    feet = [(1000, 556), (780, 540), (560, 560), (340, 540), (120, 556)]
    outline = turned([*edges, *feet], -5, middle)
    shade = sheet.soften(sheet.shape([(x + 12, y + 16) for x, y in outline]), 9)
    sheet.tint(shade, INK, 0.7)
    paper = sheet.fill(outline, "#e8ead2")
    printed = Sheet("#e4e6c6", 102)
    _printed_coast(printed, middle)
    sheet.image.paste(printed.image, (0, 0), paper)
    for i in range(4):
        panel = [edges[i], edges[i + 1], feet[3 - i], feet[4 - i]]
        fold = ImageChops.multiply(paper, sheet.shape(turned(panel, -5, middle)))
        dark, light = ((edges[i][0], 0), (edges[i + 1][0], 0))
        ends = (light, dark) if i % 2 else (dark, light)
        sheet.wash(fold, "#5b4a3c" if i % 2 == 0 else "#fff8e4", *ends, 0.32)
    sheet.tint(sheet.stroke(turned([(120, 328), (1000, 328)], -5, middle), 1.6), "#5b4a3c", 0.45)


def _printed_coast(sheet: Sheet, middle: Point) -> None:
    def put(points: list[Point]) -> list[Point]:
        return turned(points, -5, middle)

    shore: list[Point] = [(90, 250), (180, 262), (238, 230), (292, 262), (330, 330), (400, 352), (452, 316)]
    shore += [(520, 300), (560, 352), (548, 412), (610, 446), (690, 424), (724, 370), (800, 352), (862, 388)]
    shore += [(930, 376), (1030, 400)]
    coast = curve(shore, 8)
    water = sheet.shape(put([*coast, (1040, 620), (80, 620)]))
    sheet.lay(water, "#8dbdc0")
    for reach, ink in ((34, "#a9d0cd"), (16, "#c4e0d8")):
        edge = sheet.stroke(put(coast), reach * 2)
        sheet.lay(ImageChops.multiply(water, edge), ink)
    sheet.grain(water, TIDE, (0, 420), (0, 600), 0.7)
    land = ImageChops.invert(water)
    for x, y, wide, tall in ((300, 170, 96, 46), (640, 214, 128, 62), (870, 210, 86, 70)):
        contour = stone(sheet.chance, 0, 0, wide, tall)
        for ring in range(4, 0, -1):
            outline = placed(contour, put([(x, y)])[0], ring / 4)
            tone = ["#dde2bc", "#d0d9ac", "#c0cf99", "#aec086"][4 - ring]
            sheet.lay(ImageChops.multiply(sheet.shape(outline), land), tone)
            line = sheet.stroke([*outline, outline[0]], 1.8)
            sheet.lay(ImageChops.multiply(line, land), "#a8885c")
    river = put(curve([(600, 90), (560, 170), (500, 220), (520, 300)]))
    sheet.draw(river, 4, "#6fa9b4")
    wood = [(180 + dx, 200 + dy, 26) for dx, dy in ((0, 0), (22, 10), (44, -4), (66, 8), (-18, 14))]
    pines(sheet, [(*put([(x, y)])[0], tall) for x, y, tall in wood], MOSS)
    sheet.draw(put(coast), 2.4, "#3d6f78")
    _walk(sheet, [put([(x, y - 20)])[0] for x, y in curve(shore, 12)[30:-26]])


def _walk(sheet: Sheet, line: list[Point]) -> None:
    """Print the dashed red path with its start and its end."""
    for i in range(0, len(line) - 4, 6):
        sheet.draw(line[i : i + 4], 5.5, BUOY)
    start, end = line[0], line[-1]
    sheet.lay(sheet.disc(*start, 12), PAPER)
    sheet.lay(sheet.disc(*start, 8), BUOY)
    pin = curve([(0, 0), (-18, -30), (-14, -52), (0, -58), (14, -52), (18, -30), (0, 0)], 8)
    sheet.tint(sheet.disc(end[0] + 6, end[1] + 1, 14, 5), INK, 0.5)
    sheet.fill(placed(pin, end, 1.15), BUOY)
    sheet.lay(sheet.disc(end[0], end[1] - 42, 8), PAPER)


def _compass(sheet: Sheet, at: Point) -> None:
    sheet.tint(sheet.soften(sheet.disc(at[0] + 10, at[1] + 14, 104), 6), INK, 0.7)
    rim = sheet.disc(*at, 100)
    sheet.lay(rim, GORSE)
    sheet.grain(rim, BARK, (at[0] - 40, at[1] - 60), (at[0] + 110, at[1] + 120), 0.8)
    sheet.lay(sheet.disc(*at, 80), PAPER)
    for step in range(24):
        near = -74 if step % 6 else -66
        sheet.draw(turned([(at[0], at[1] - 78), (at[0], at[1] + near)], step * 15, at), 2, INK)
    needle = placed([(0, -60), (11, 0), (-11, 0)], at)
    sheet.fill(turned(needle, 28, at), BUOY)
    sheet.fill(turned(needle, 208, at), HARBOUR)
    sheet.lay(sheet.disc(*at, 6), INK)
    sheet.grain(sheet.disc(*at, 80), SAGE, (at[0] - 20, at[1] - 30), (at[0] + 110, at[1] + 110), 0.5)


def _pencil(sheet: Sheet) -> None:
    middle = (300, 590)

    def put(points: list[Point]) -> list[Point]:
        return turned(points, -12, middle)

    sheet.tint(sheet.shape([(x + 6, y + 9) for x, y in put(box(150, 580, 440, 596))]), INK, 0.55)
    sheet.fill(put(box(150, 578, 410, 596)), GORSE)
    sheet.fill(put(box(150, 590, 410, 596)), CLAY)
    sheet.fill(put([(410, 578), (444, 587), (410, 596)]), STRAW)
    sheet.fill(put([(434, 584.4), (444, 587), (434, 589.6)]), INK)
    sheet.fill(put(box(132, 578, 152, 596)), BUOY)
