"""A picture from above: a folded map on a table, a coast path marked on it."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import ImageChops

from drawing.motifs import pines, stone
from drawing.press import (
    BARK,
    BUOY,
    CLAY,
    GORSE,
    HARBOUR,
    INK,
    MOSS,
    PAPER,
    SAGE,
    STRAW,
    TIDE,
    Point,
    Sheet,
    box,
    curve,
    placed,
    turned,
)


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
    def put(points: Sequence[Point]) -> list[Point]:
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


def _walk(sheet: Sheet, line: Sequence[Point]) -> None:
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

    def put(points: Sequence[Point]) -> list[Point]:
        return turned(points, -12, middle)

    sheet.tint(sheet.shape([(x + 6, y + 9) for x, y in put(box(150, 580, 440, 596))]), INK, 0.55)
    sheet.fill(put(box(150, 578, 410, 596)), GORSE)
    sheet.fill(put(box(150, 590, 410, 596)), CLAY)
    sheet.fill(put([(410, 578), (444, 587), (410, 596)]), STRAW)
    sheet.fill(put([(434, 584.4), (444, 587), (434, 589.6)]), INK)
    sheet.fill(put(box(132, 578, 152, 596)), BUOY)
