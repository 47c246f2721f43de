"""The brand's own marks: the woven label, the copse of the footer, the picture for sharing."""

from __future__ import annotations

from PIL import Image, ImageChops, ImageDraw

from drawing.motifs import pine
from drawing.press import BUOY, GORSE, INK, OVERSIZE, PAPER, PINE, Point, Sheet, curve
from drawing.sea import harbour_dawn

LABEL = (480, 128)


def logo() -> Image.Image:
    """Draw the brand's name on a woven label, which stands on light and dark grounds alike."""
    sheet = Sheet(PINE, 7, *LABEL)
    _stitches(sheet)
    _emblem(sheet, (70, 64))
    sheet.words("HARBOUR & PINE", (126, 54), 31, PAPER, 4.3)
    sheet.words("WHITBY", (239, 88), 17, GORSE, 8)
    for start in (128, 356):
        sheet.draw([(start, 88), (start + 92, 88)], 1.6, "#7fa08c")
    label = sheet.finish()
    label.putalpha(_rounded_corners(sheet))
    return label.quantize(128)


def _rounded_corners(sheet: Sheet) -> Image.Image:
    mask = Image.new("L", sheet.size, 0)
    edge = (0, 0, sheet.size[0] - 1, sheet.size[1] - 1)
    ImageDraw.Draw(mask).rounded_rectangle(edge, 10 * OVERSIZE, fill=255)
    return mask.resize((sheet.width, sheet.height), Image.Resampling.LANCZOS)


def _stitches(sheet: Sheet) -> None:
    """Print the running stitch along the label's edge."""
    wide, tall = LABEL
    across, down = (wide - 18) / 33, (tall - 18) / 8
    for i in range(33):
        for y in (9, tall - 9):
            sheet.draw([(9 + across * (i + 0.25), y), (9 + across * (i + 0.75), y)], 2, "#7fa08c")
    for i in range(8):
        for x in (9, wide - 9):
            sheet.draw([(x, 9 + down * (i + 0.25)), (x, 9 + down * (i + 0.75))], 2, "#7fa08c")


def _emblem(sheet: Sheet, at: Point) -> None:
    """Print a pine before the sun, above two waves, in a round window."""
    window = sheet.disc(*at, 39)
    sheet.lay(window, PAPER)
    inner = sheet.disc(*at, 36)
    sheet.lay(inner, "#f6dcae")
    sheet.lay(ImageChops.multiply(inner, sheet.disc(at[0] + 12, at[1] + 2, 17)), BUOY)
    tree = [(x, y) for x, y in pine(sheet.chance, at[0] - 8, at[1] + 16, 50)]
    sheet.fill(tree, PINE)
    for drop, ink in ((13, "#234b61"), (22, INK)):
        crest = [(at[0] - 44 + 11 * i, at[1] + drop + (3.5 if i % 2 else -3.5)) for i in range(9)]
        sea = sheet.shape([*curve(crest), (at[0] + 44, at[1] + 44), (at[0] - 44, at[1] + 44)])
        sheet.lay(ImageChops.multiply(inner, sea), ink)


def copse() -> Image.Image:
    """Draw a stand of pines that thins out to both sides, to stand on a ground of their colour."""
    sheet = Sheet(PINE, 19, 1200, 120)
    trees = []
    for i in range(46):
        x = 18 + i * 25.6 + sheet.chance.uniform(-9, 9)
        swell = 0.35 + 0.65 * max(0.0, 1 - abs(x - 760) / 520)
        dip = 0.45 if 330 < x < 430 else 1
        trees.append(pine(sheet.chance, x, 120, 104 * swell * dip * sheet.chance.uniform(0.6, 1.05)))
    ground = [(0, 122), *curve([(0, 119), (240, 116), (480, 111), (760, 107), (1000, 112), (1200, 119)]), (1200, 122)]
    alpha = sheet.shape(ground, *trees).resize((1200, 120), Image.Resampling.LANCZOS)
    picture = sheet.finish()
    picture.putalpha(alpha)
    return picture.quantize(32)


def sharing() -> Image.Image:
    """Draw the picture that stands for a page where it is shared: the harbour and the label."""
    picture = harbour_dawn(height=630).finish()
    label = logo().convert("RGBA")
    picture.paste(label, (56, 56), label)
    return picture
