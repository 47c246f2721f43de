"""How the cost of deciding and assembling grows: with segments, slots, components, variants, merge fields and values.

    python -m benchmarks.curves

measures, writes `benchmarks/curves.json`, and draws `benchmarks/pictures/growth.svg` from it; `--draw` only draws. All
figures are ratios to the cost of the smallest library of their own curve.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import log10
from pathlib import Path

from benchmarks.clock import each_of, measured
from benchmarks.libraries import LibrarySize
from benchmarks.mail import MOMENT

__all__ = ["CURVES", "FIGURES", "PICTURE", "Figures", "drawn", "main", "table"]

FIGURES = Path(__file__).parent / "curves.json"
PICTURE = Path(__file__).parent / "pictures/growth.svg"
Figures = Mapping[str, Mapping[str, float]]
"""Of each curve the size -> the microseconds of a call."""

CURVES: Mapping[str, tuple[Sequence[int], Callable[[int], LibrarySize]]] = {
    "segments": ((8, 50, 500, 2000), lambda size: LibrarySize(segments=size)),
    "slots": ((2, 7, 20, 50), lambda size: LibrarySize(slots=size, text=14_000 // size)),
    "components": ((70, 700, 7000), lambda size: LibrarySize(components=size // 7, segments=8)),
    "addressable variants": ((100, 10_000, 1_000_000), lambda size: LibrarySize(slots=len(str(size)) - 1, text=3000)),
    "merge fields": ((0, 3, 12, 50), lambda size: LibrarySize(fields=size)),
    "characters of a value": ((10, 100, 1000), lambda size: LibrarySize(length=size)),
}
_PEOPLE = 50
_WIDE, _HIGH, _LEFT, _TOP = 720, 300, 48, 24
_COLOURS = ("#b2361d", "#1f7a5c", "#2f6fb0", "#8a5fbf", "#b07a10", "#5f7079")


def figures() -> Figures:
    """Measure."""
    return {
        name: {str(size): round(_measured(library_size(size)), 2) for size in sizes}
        for name, (sizes, library_size) in CURVES.items()
    }


def _measured(size: LibrarySize) -> float:
    library = size.library()
    contexts = [size.context(number) for number in range(_PEOPLE)]
    run = each_of(lambda context: library.assemble("c", channel="email", context=context, at=MOMENT).encoded, contexts)
    return measured({"run": run}, _PEOPLE, rounds=15)["run"].median


def table(by_curve: Figures) -> str:
    """A Markdown table: each size, and the cost of a call against that of the smallest."""
    lines = ["| grows | cost of decide + assemble, against the smallest |", "|---|---|"]
    for name, by_size in by_curve.items():
        smallest = next(iter(by_size.values()))
        said = ", ".join(f"{int(size):,}: {cost / smallest:.2g}x" for size, cost in by_size.items())
        lines.append(f"| {name} | {said} |")
    return "\n".join(lines)


def drawn(by_curve: Figures) -> str:
    """The curves as an SVG that can be read by day and by night: size against size, cost against cost."""
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {_HIGH}" role="img" aria-labelledby="title">',
        '<title id="title">How the cost of decide + assemble grows with the size of a library</title>',
        "<style>text{font:13px system-ui,sans-serif;fill:#3a4a4c}.grid{stroke:#8a979955}",
        "@media(prefers-color-scheme:dark){text{fill:#d5dedf}}</style>",
        *_grid(),
    ]
    for number, (name, by_size) in enumerate(by_curve.items()):
        colour = _COLOURS[number]
        smallest = next(iter(by_size.values()))
        first = next((int(size) for size in by_size if int(size)), 1)
        points = [
            (_across(max(int(size), 1) / first), _up(cost / smallest)) for size, cost in by_size.items() if int(size)
        ]
        for (x, y), (x2, y2) in pairwise(points):
            lines.append(f'<path d="M{x:.1f} {y:.1f}L{x2:.1f} {y2:.1f}" stroke="{colour}" stroke-width="2.5"/>')
        lines += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>' for x, y in points]
        key = _TOP + 14 + 22 * number
        lines.append(f'<circle cx="{_WIDE - 172}" cy="{key - 4}" r="5" fill="{colour}"/>')
        lines.append(f'<text x="{_WIDE - 160}" y="{key}">{name}</text>')
    return "\n".join((*lines, "</svg>", ""))


def _across(ratio: float) -> float:
    return _LEFT + log10(ratio) / 4 * (_WIDE - _LEFT - 200)


def _up(ratio: float) -> float:
    return _HIGH - 44 - log10(max(ratio, 0.8) / 0.8) / log10(12.5) * (_HIGH - 44 - _TOP)


def _grid() -> Iterator[str]:
    for ratio in (1, 2, 5, 10):
        y = _up(ratio)
        yield f'<path class="grid" d="M{_LEFT} {y:.1f}H{_WIDE - 200}"/>'
        yield f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{ratio}x</text>'
    for power in range(5):
        x = _across(10**power)
        yield f'<path class="grid" d="M{x:.1f} {_TOP}V{_HIGH - 44}"/>'
        yield f'<text x="{x:.1f}" y="{_HIGH - 26}" text-anchor="middle">{10**power:,}x</text>'
    yield f'<text x="{_LEFT}" y="{_HIGH - 6}">size, against the smallest; upwards: cost of decide + assemble</text>'


def main() -> int:
    """Measure, write and draw."""
    parser = argparse.ArgumentParser(description="How the cost of deciding and assembling grows.")
    parser.add_argument("--draw", action="store_true", help="draw what was measured before")
    if not parser.parse_args().draw:
        FIGURES.write_text(json.dumps(figures(), indent=1) + "\n", encoding="utf-8")
    written = json.loads(FIGURES.read_text(encoding="utf-8"))
    PICTURE.write_text(drawn(written), encoding="utf-8")
    print(table(written))
    return 0


if __name__ == "__main__":
    sys.exit(main())
