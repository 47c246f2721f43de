"""Draw every picture of the starter into this folder: `python assets/draw.py [name ...]`."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

from drawing import bench, chart, hills, indoors, marks, paths, sea
from drawing.press import Sheet
from PIL import Image

HERE = Path(__file__).parent
MOST_BYTES = 150_000

SCENES: dict[str, Callable[[], Sheet]] = {
    "harbour_dawn.jpg": sea.harbour_dawn,
    "ridge_walkers.jpg": hills.ridge_walkers,
    "rain_jacket.jpg": indoors.rain_jacket,
    "boots_path.jpg": paths.boots_path,
    "pack_summit.jpg": hills.pack_summit,
    "layers_line.jpg": sea.layers_line,
    "workshop_bench.jpg": bench.workshop_bench,
    "pine_trail.jpg": paths.pine_trail,
    "camp_evening.jpg": hills.camp_evening,
    "coast_map.jpg": chart.coast_map,
}
MARKS: dict[str, Callable[[], Image.Image]] = {
    "logo.png": marks.logo,
    "copse.png": marks.copse,
    "og.jpg": marks.sharing,
}


def picture_of(name: str) -> Image.Image:
    """Return one finished picture."""
    return MARKS[name]() if name in MARKS else SCENES[name]().finish()


def encoded(picture: Image.Image, kind: str) -> bytes:
    """Return a PNG, or a JPEG at the best quality that stays within the limit."""
    buffer = io.BytesIO()
    if kind == ".png":
        picture.save(buffer, "PNG", optimize=True)
        return buffer.getvalue()
    for quality in range(90, 40, -2):
        buffer = io.BytesIO()
        picture.save(buffer, "JPEG", quality=quality, optimize=True, progressive=True)
        if buffer.tell() <= MOST_BYTES:
            return buffer.getvalue()
    raise ValueError("too much detail for the size limit")


def main(names: list[str]) -> None:
    """Draw the named pictures, or all of them."""
    for name in names or [*SCENES, *MARKS]:
        path = HERE / name
        path.write_bytes(encoded(picture_of(name), path.suffix))


if __name__ == "__main__":
    main(sys.argv[1:])
