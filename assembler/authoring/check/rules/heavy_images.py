"""An image has more than 200 kB as it is sent, or the images of a variant together more than 800 kB."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from assembler.authoring.check.pages.page import Page
from assembler.authoring.check.pages.pictures import file_place, weights
from assembler.authoring.check.scope import PAGES
from assembler.authoring.diagnostics import Finding

_ONE, _ALL = 200_000, 800_000
_HINT = "save it smaller: fewer pixels, or JPEG of medium quality"


@PAGES.rule(
    "A03", "warning", __doc__, "Save images with fewer pixels or a lower quality; 1,200 pixels are enough for a mail."
)
def heavy_images(page: Page) -> Iterator[Finding]:
    fixed = weights(page, page.frame.elements)
    for file, size in fixed.items():
        if size > _ONE:
            yield Finding(file_place(page, file, None) or page.start, _heavy(file, size), _HINT)
    slots: dict[str, dict[str, Mapping[str, int]]] = defaultdict(dict)
    for insert, component, tree in page.placed_trees():
        by_file = slots[insert.slot][component.address] = weights(page, tree.elements)
        for file, size in by_file.items():
            if size > _ONE:
                place = file_place(page, file, component) or component.original.body_place
                yield Finding(place, _heavy(file, size), _HINT)
    yield from _together(page, fixed, slots)


def _heavy(file: str, size: int) -> str:
    return f"assets/{file} is sent with {size / 1000:.0f} kB; up to {_ONE // 1000} load quickly"


def _together(
    page: Page, fixed: Mapping[str, int], slots: dict[str, dict[str, Mapping[str, int]]]
) -> Iterator[Finding]:
    total = sum(fixed.values())
    heaviest: list[str] = []
    for options in slots.values():
        size, address = max(
            (sum(size for file, size in files.items() if file not in fixed), address)
            for address, files in options.items()
        )
        total += size
        heaviest += [address] if size else []
    if total > _ALL:
        images = f"images of {total / 1000:.0f} kB; up to {_ALL // 1000} load quickly"
        hint = "the heaviest: " + (", ".join(sorted(heaviest)) or "those of the layout")
        yield Finding(page.start, f"a variant of {page.campaign} may show {images}", hint)
