"""A picture of the workshop: a bench with thread reels, a jacket and a lamp."""

from __future__ import annotations

from collections.abc import Sequence

from drawing.motifs import lens
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
    PAPER,
    STRAW,
    TIDE,
    Point,
    Sheet,
    box,
    curve,
    loop,
    placed,
    turned,
)


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
    tape = curve([(336, 122), (318, 158), (340, 198), (320, 240), (332, 266)])
    sheet.draw(tape, 9, GORSE)
    sheet.lay(sheet.stroke(loop([(400, 124), (424, 160), (400, 196), (376, 160)]), 5), PAPER)


def _reels(sheet: Sheet) -> None:
    reels = [(58, BUOY, 1.1), (142, GORSE, 0.95), (216, TIDE, 1.15), (300, PAPER, 0.9)]
    for x, ink, size in reels:
        _reel(sheet, (x, 492), size, ink)
    _reel(sheet, (100, 566), 1.25, "#5f8f6a")
    _reel(sheet, (216, 574), 1.15, CLAY)
    loose = curve([(250, 560), (320, 596), (400, 560), (470, 590), (560, 566)])
    sheet.draw(loose, 2.4, CLAY)


def _reel(sheet: Sheet, at: Point, size: float, ink: str) -> None:
    def put(points: Sequence[Point]) -> list[Point]:
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

    def put(points: Sequence[Point]) -> list[Point]:
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
    def put(points: Sequence[Point]) -> list[Point]:
        return turned(placed(points, at), -24, at)

    for sign in (-1, 1):
        blade = [(0, sign * 2), (126, sign * 24), (128, sign * 18), (10, -sign * 8)]
        sheet.fill(put(blade), "#d5dedb")
        ring = loop([(-20, sign * 8), (-62, sign * 12), (-76, sign * 32), (-52, sign * 42), (-24, sign * 26)], 6)
        sheet.lay(sheet.stroke(put([*ring, ring[0]]), 9), BUOY)
    sheet.lay(sheet.disc(*at, 5), INK)
