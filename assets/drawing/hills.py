"""Pictures from high ground: two walkers, a rucksack on a summit, a tent at dusk."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import ImageChops

from drawing.motifs import cloud, gulls, pines, ridge, ripples, stone, swell, tuft, walker
from drawing.press import (
    BARK,
    BUOY,
    CLAY,
    DUSK,
    GORSE,
    HARBOUR,
    INK,
    MIST,
    MOSS,
    PAPER,
    PINE,
    ROSE,
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


def ridge_walkers() -> Sheet:
    """Draw two walkers on a ridge under a big sky."""
    sheet = Sheet("#f0dfc0", 31)
    _big_sky(sheet)
    ranges = [
        ([(-10, 420), (180, 372), (380, 408), (600, 350), (840, 396), (1010, 360), (1210, 402)], MIST, TIDE),
        ([(-10, 462), (150, 440), (330, 470), (560, 420), (760, 452), (980, 414), (1210, 448)], "#7ba3a0", TIDE),
        ([(-10, 520), (240, 496), (420, 516), (640, 480), (860, 500), (1210, 470)], "#568078", PINE),
    ]
    for crest, ink, shade in ranges:
        land = sheet.fill(ridge(sheet.chance, crest, 13), ink)
        top = min(y for _, y in crest)
        sheet.grain(land, shade, (0, top + 20), (0, top + 150), 0.75)
        sheet.wash(land, "#e8e0c6", (0, top + 70), (0, top + 190), 0.55)
    crest = [(-10, 640), (160, 596), (360, 560), (560, 508), (720, 488), (900, 500), (1060, 452), (1210, 400)]
    near = sheet.fill(ridge(sheet.chance, crest, 4), PINE)
    sheet.grain(near, INK, (480, 470), (800, 860), 0.9)
    sheet.grain(near, MOSS, (900, 560), (780, 470), 0.7)
    path = curve([(250, 650), (380, 590), (520, 540), (640, 508), (724, 492)])
    edge = curve([(724, 492), (656, 514), (560, 556), (470, 602), (420, 650)])
    sheet.fill([*path, *edge], "#d8c496")
    walker(sheet, (668, 506), 112, GORSE, BUOY)
    walker(sheet, (800, 494), 116, BUOY, HARBOUR)
    _cairn(sheet, (1010, 484), 0.42)
    gulls(sheet, [(300, 226, 46), (356, 250, 30), (420, 214, 24)], INK)
    return sheet


def _big_sky(sheet: Sheet) -> None:
    sky = sheet.everywhere()
    sheet.wash(sky, "#a9cdcb", (0, 400), (0, 120), 0.95)
    sheet.wash(sky, TIDE, (0, 200), (0, -60), 0.9)
    sheet.grain(sky, HARBOUR, (0, 190), (0, -190), 0.7)
    sheet.glow(sky, "#fff3cf", (880, 250), 320, 0.8)
    sheet.lay(sheet.disc(880, 250, 62), "#fff4d2")
    for x, y, long in ((220, 130, 520), (620, 82, 380), (1040, 140, 420), (760, 212, 300), (420, 300, 420)):
        bank = cloud(sheet, x, y, long, "#fbf3e0")
        sheet.grain(bank, "#e2b99a", (0, y - long * 0.07), (0, y + long * 0.04), 0.8)


def _cairn(sheet: Sheet, at: Point, size: float) -> None:
    """Print a pile of stones that stands on `at`."""
    heap = [(-92, -26, 56, 30), (94, -24, 52, 28), (0, -30, 58, 34), (-52, -76, 54, 30)]
    heap += [(46, -80, 56, 32), (-6, -122, 54, 28), (24, -160, 40, 22), (-14, -192, 35, 19)]
    heap += [(6, -220, 22, 13)]
    inks = ["#8b8a86", "#a29c92", "#77787a", "#b1a898"]
    for i, (x, y, wide, tall) in enumerate(heap):
        middle = placed([(x, y)], at, size)[0]
        outline = stone(sheet.chance, *middle, wide * size, tall * size)
        rock = sheet.fill(outline, inks[i % 4])
        here, there = (middle[0], middle[1] - tall * size), (middle[0] + wide * size * 0.4, middle[1] + tall * size)
        sheet.grain(rock, INK, here, there, 0.8)
        cap = sheet.stroke(curve(placed([(x - wide * 0.6, y - tall * 0.7), (x, y - tall * 0.86)], at, size)), 3 * size)
        sheet.tint(cap, PAPER, 0.5)


def pack_summit() -> Sheet:
    """Draw a rucksack leaning on a summit cairn above a sea of cloud."""
    sheet = Sheet("#f6dfb8", 41)
    sky = sheet.everywhere()
    sheet.wash(sky, "#9fc4c6", (0, 330), (0, 60), 0.95)
    sheet.grain(sky, TIDE, (0, 220), (0, -140), 0.75)
    sheet.glow(sky, "#fff1c8", (250, 270), 300, 0.85)
    for x, y, long in ((900, 90, 460), (540, 140, 300), (190, 90, 300), (1100, 200, 300)):
        streak = cloud(sheet, x, y, long, "#fbf0da")
        sheet.grain(streak, ROSE, (0, y - 24), (0, y + 14), 0.8)
    _cloud_sea(sheet)
    crest = [(-10, 560), (180, 548), (330, 520), (520, 494), (760, 490), (960, 508), (1210, 556)]
    top = sheet.fill(ridge(sheet.chance, crest, 5), "#6b7a5c")
    sheet.grain(top, INK, (0, 500), (0, 680), 0.9)
    sheet.grain(top, GORSE, (620, 600), (560, 470), 0.45)
    for x, y, wide in ((120, 592, 44), (250, 616, 30), (1000, 580, 52), (1110, 614, 36), (400, 606, 26)):
        rock = sheet.fill(stone(sheet.chance, x, y, wide, wide * 0.42), "#8f8c84")
        sheet.grain(rock, INK, (x, y - wide * 0.4), (x + 10, y + wide * 0.4), 0.8)
    _cairn(sheet, (742, 548), 1.75)
    _rucksack(sheet, (486, 560))
    clumps = [tuft(sheet.chance, x, y, 20) for x, y in ((370, 566), (604, 572), (910, 570), (160, 560))]
    sheet.lay(sheet.shape(*clumps), PINE)
    return sheet


def _cloud_sea(sheet: Sheet) -> None:
    peaks = sheet.fill(ridge(sheet.chance, [(-10, 400), (120, 352), (240, 306), (330, 350), (460, 400)], 14), "#6f97a0")
    sheet.grain(peaks, HARBOUR, (200, 300), (330, 420), 0.8)
    high = sheet.fill(ridge(sheet.chance, [(820, 420), (960, 352), (1050, 290), (1130, 330), (1215, 380)], 15), TIDE)
    sheet.grain(high, HARBOUR, (1010, 300), (1130, 440), 0.85)
    for depth, ink in ((386, "#f8ecd6"), (430, "#efe2cc"), (474, "#e2dccb")):
        crest: list[Point] = [(-40, depth + 10)]
        while crest[-1][0] < 1240:
            x = crest[-1][0] + sheet.chance.uniform(50, 120)
            crest.append((x, depth + sheet.chance.uniform(-34, 22)))
        bank = sheet.fill(swell(crest), ink)
        sheet.grain(bank, "#a9bdb8", (0, depth - 20), (0, depth + 70), 0.85)


def _rucksack(sheet: Sheet, at: Point) -> None:
    def put(points: Sequence[Point]) -> list[Point]:
        return turned(placed(points, at), 9, at)

    sheet.tint(sheet.disc(at[0] + 6, at[1] - 2, 118, 14), INK, 0.6)
    sheet.draw(put(curve([(-84, -196), (-112, -120), (-96, -30)])), 13, BARK)
    body = [(-84, -6), (-92, -110), (-82, -216), (-40, -246), (40, -246), (82, -216), (92, -110), (86, -6), (0, 4)]
    cloth = sheet.fill(put(loop(body, 6)), BUOY)
    sheet.grain(cloth, "#5f1a17", put([(-20, -150)])[0], put([(110, -20)])[0], 0.9)
    roll = sheet.stroke(put([(-84, -282), (84, -282)]), 44)
    sheet.lay(roll, STRAW)
    sheet.grain(roll, CLAY, put([(0, -296)])[0], put([(8, -256)])[0], 0.9)
    sheet.draw(put(curve([(92, -290), (80, -288), (82, -274), (94, -276)])), 2.4, CLAY)
    lid = [(-92, -176), (-96, -228), (-70, -258), (0, -264), (70, -258), (96, -228), (92, -176), (0, -162)]
    cover = sheet.fill(put(loop(lid, 6)), PINE)
    sheet.grain(cover, INK, put([(-30, -250)])[0], put([(70, -160)])[0], 0.9)
    pocket = [(-62, -20), (-66, -92), (-56, -108), (56, -108), (66, -92), (62, -20), (0, -14)]
    pouch = sheet.fill(put(loop(pocket, 5)), "#a23220")
    sheet.grain(pouch, "#4d1513", put([(-20, -90)])[0], put([(60, -10)])[0], 0.9)
    sheet.fill(put([(-64, -84), (-58, -110), (58, -110), (64, -84), (0, -74)]), PINE)
    for x in (-46, 46):
        sheet.draw(put([(x, -252), (x, -128)]), 8, BARK)
        sheet.draw(put([(x, -308), (x, -258)]), 8, BARK)
        sheet.fill(put(box(x - 8, -146, x + 8, -130)), GORSE)
    sheet.draw(put([(0, -100), (0, -60)]), 6, BARK)
    sheet.fill(put(box(-7, -70, 7, -56)), GORSE)
    sheet.draw(put(curve([(-18, -262), (-10, -274), (10, -274), (18, -262)])), 5, BARK)


def camp_evening() -> Sheet:
    """Draw a tent lit from within below a dusk sky."""
    sheet = Sheet("#e9a486", 53)
    sky = sheet.everywhere()
    sheet.wash(sky, "#a5668a", (0, 390), (0, 230), 0.95)
    sheet.wash(sky, DUSK, (0, 290), (0, 90))
    sheet.wash(sky, "#1d2547", (0, 190), (0, -40))
    sheet.grain(sky, "#151b36", (0, 150), (0, -160), 0.8)
    sheet.grain(sky, GORSE, (0, 330), (0, 420), 0.55)
    _stars(sheet)
    ranges = [
        ([(-10, 352), (160, 320), (330, 350), (520, 300), (700, 350), (1210, 330)], "#7d4f7d", DUSK, 16),
        ([(-10, 392), (260, 372), (520, 396), (760, 356), (960, 330), (1210, 372)], "#4d3f68", "#2b2b50", 11),
    ]
    for crest, ink, shade, jag in ranges:
        land = sheet.fill(ridge(sheet.chance, crest, jag), ink)
        sheet.grain(land, shade, (0, 320), (0, 410), 0.8)
    _lake(sheet)
    bank = sheet.fill(swell([(-20, 500), (200, 486), (430, 520), (700, 540), (960, 512), (1230, 530)]), "#1c3a36")
    sheet.glow(bank, GORSE, (610, 560), 330, 0.75)
    sheet.grain(bank, INK, (0, 540), (0, 680), 0.95)
    spots = [(60, 512, 330), (-4, 520, 400), (130, 508, 236), (1072, 530, 300), (1140, 528, 400), (1196, 530, 340)]
    trees = pines(sheet, [*spots, (1010, 526, 190), (196, 508, 150)], "#122426")
    sheet.grain(trees, "#2c3d52", (400, 300), (0, 150), 0.5)
    _tent(sheet, (610, 566))
    return sheet


def _stars(sheet: Sheet) -> None:
    for _ in range(110):
        x, y = sheet.chance.uniform(0, 1200), 250 * sheet.chance.random() ** 1.5
        sheet.lay(sheet.disc(x, y, sheet.chance.choice([0.9, 1.1, 1.4, 2.2])), "#fbe9c6")
    sheet.glow(sheet.everywhere(), "#f8d9b0", (880, 128), 140, 0.28)
    moon = ImageChops.subtract(sheet.disc(880, 128, 40), sheet.disc(862, 118, 36))
    sheet.lay(moon, "#fff0cf")


def _lake(sheet: Sheet) -> None:
    water = sheet.fill(box(0, 404, 1200, 660), "#d98d80")
    sheet.wash(water, "#7d4f7d", (0, 408), (0, 470), 0.9)
    sheet.wash(water, "#2b2b50", (0, 440), (0, 540), 0.95)
    ripples(sheet, (100, 412, 1100, 520), 70, "#f0b795")
    ripples(sheet, (0, 420, 1200, 520), 50, "#3a3358")


def _tent(sheet: Sheet, at: Point) -> None:
    def put(points: Sequence[Point]) -> list[Point]:
        return placed(points, at, 1.12)

    sheet.glow(sheet.everywhere(), "#ffd98a", put([(0, -60)])[0], 300, 0.4)
    sheet.tint(sheet.disc(*put([(20, 4)])[0], 240, 16), INK, 0.7)
    for start, end in (((-30, -160), (-250, 14)), ((150, -118), (290, 4))):
        sheet.draw(put([start, end]), 1.6, "#f6d9a8")
    side = sheet.fill(put([(-30, -162), (150, -120), (226, 0), (96, 10)]), "#d9822f")
    sheet.grain(side, "#7a3420", put([(60, -60)])[0], put([(240, -10)])[0], 0.95)
    sheet.glow(side, "#ffd06a", put([(30, -40)])[0], 170, 0.7)
    front = sheet.fill(put([(-30, -162), (96, 10), (-170, 10)]), "#f4b13c")
    sheet.glow(front, "#fff0b8", put([(-34, -30)])[0], 160, 1)
    sheet.grain(front, CLAY, put([(-50, -110)])[0], put([(-110, -190)])[0], 0.9)
    door = sheet.fill(put([(-30, -128), (22, 10), (-84, 10)]), "#fff0c0")
    sheet.grain(door, GORSE, put([(0, -40)])[0], put([(0, -150)])[0], 0.9)
    flap = sheet.fill(put([*curve([(-30, -128), (-66, -58), (-112, 10)]), (-84, 10)]), "#c2632a")
    sheet.grain(flap, BARK, put([(-60, -60)])[0], put([(-110, 10)])[0], 0.6)
    _reader(sheet, put([(-38, 10)])[0])
    sheet.draw(put([(-30, -176), (-30, -160)]), 4, BARK)
    for x, tall, ink in ((-214, 44, PINE), (-190, 30, PINE), (250, 36, "#132b29")):
        sheet.fill(tuft(sheet.chance, *put([(x, 10)])[0], tall * 0.7), ink)


def _reader(sheet: Sheet, at: Point) -> None:
    """Print the shadow of somebody sitting with a book."""
    shade = "#9a4d22"
    back = curve([(-26, 0), (-27, -24), (-19, -46), (-8, -54), (2, -46), (2, -24), (4, 0)])
    sheet.fill(placed(back, at), shade)
    sheet.lay(sheet.disc(at[0] - 5, at[1] - 66, 12), shade)
    sheet.draw(placed([(-8, -6), (22, -30), (36, -4), (46, -3)], at), 9, shade)
    sheet.draw(placed([(-6, -42), (4, -26), (20, -36)], at), 6, shade)
    sheet.fill(placed([(12, -36), (26, -48), (30, -42), (18, -32)], at), "#c9702c")
