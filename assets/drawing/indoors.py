"""A picture by the door: a yellow jacket beside a wet window."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import ImageChops

from drawing.motifs import lens, pines, ridge
from drawing.press import (
    BARK,
    BUOY,
    FOAM,
    GORSE,
    HARBOUR,
    INK,
    MIST,
    PAPER,
    PINE,
    STRAW,
    TIDE,
    Point,
    Sheet,
    Stencil,
    box,
    curve,
    loop,
    placed,
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
    def put(points: Sequence[Point]) -> list[Point]:
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


def _rounded(points: Sequence[Point]) -> list[Point]:
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
