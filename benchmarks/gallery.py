"""The gallery of a project with ten thousand variants, in Chromium, from disk.

    python -m benchmarks.gallery [--locales 10]

makes up a project of 40 segments and 12 stages in so many languages, in which no two segments and stages get the same,
and prints how long its page takes to write, how long it takes until the first view with its table stands, how smoothly
the wall of all variants scrolls, and how many frames and how much memory are alive before and after. It exits with 1
where a goal is missed.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from assembler.authoring import Project
from assembler.review.gallery.gallery import Gallery
from assembler.review.pictures.chromium import started
from assembler.review.round import ReviewRound
from benchmarks.building import MOMENT, timed
from benchmarks.scale import MOST_LOCALES, Scale, project

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession, Page

LONGEST_FIRST_VIEW, MOST_FRAMES, MOST_GROWTH = 1.0, 20, 1.2
"""The goals: seconds, live frames, and memory after scrolling / before."""

SEGMENTS, STAGES, LOCALES = 40, 12, 10
SCREENS = 40
_COMPONENT = re.compile(r"components/(\w+)/campaign_1_(\d+)\b")

# The default is drawn, and the whole table stands beside it.
_FIRST = """() => document.querySelector("#default iframe")?.contentDocument?.body?.innerText &&
  document.querySelector("#default .frame").style.height && document.querySelector("#matrix tbody td") &&
  performance.now()"""

# What a frame of the screen takes, and how many live frames there are, while the wall scrolls a screen a step.
_SCROLL = """async (steps) => {
  const found = {intervals: [], alive: 0, nodes: 0};
  for (let step = 0; step < steps; step++) {
    for (let part = 0; part < 12; part++) {
      const before = performance.now();
      scrollBy(0, innerHeight / 12);
      await new Promise(requestAnimationFrame);
      found.intervals.push(performance.now() - before);
      found.alive = Math.max(found.alive, document.querySelectorAll("iframe").length);
      found.nodes = Math.max(found.nodes, document.querySelectorAll("#wall li").length);
    }
    await new Promise((done) => setTimeout(done, 120));
    found.alive = Math.max(found.alive, document.querySelectorAll("iframe").length);
  }
  return found;
}"""


def files(*, segments: int = SEGMENTS, stages: int = STAGES, locales: int = LOCALES) -> dict[str, str | bytes]:
    """The files of the project: half of its component types speak to segments, the others to stages."""
    scale = Scale(components=2 + 6 * (1 + segments + stages), segments=segments, stages=stages, locales=locales)
    to_segments = scale.types[::2]

    def speaks(path: str) -> bool:
        component = _COMPONENT.match(path)
        number = int(component[2]) if component else 0
        return not component or number == 0 or (number <= segments) == (component[1] in to_segments)

    return {path: content for path, content in project(scale).items() if speaks(path)}


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="The gallery of a project with ten thousand variants.")
    parser.add_argument("--locales", type=int, default=LOCALES, choices=range(1, MOST_LOCALES + 1), metavar="NUMBER")
    many = Project.from_files(files(locales=parser.parse_args().locales))
    timed("compile", lambda: many.compile(MOMENT, all_variants=False))
    with tempfile.TemporaryDirectory() as folder, started() as browser:
        review = timed("plan", lambda: ReviewRound.begin(many, Path(folder), MOMENT))
        gallery = timed("gallery", lambda: Gallery.of(review, tool="assembler"))
        path = gallery.write(Path(folder) / "gallery")
        print(f"{len(gallery.contents['cards']):,} variants, a page of {path.stat().st_size / 1e6:.1f} MB")
        missed = list(_measure(browser.new_page(viewport={"width": 1280, "height": 900}), path))
    for goal in missed:
        print(f"missed: {goal}")
    return int(bool(missed))


def _measure(shown: Page, path: Path) -> Iterator[str]:
    """Print what is measured, and yield the goals that are missed."""
    first = statistics.median(_first_view(shown, path) for _ in range(3)) / 1000
    cells = shown.locator("#matrix td button").count()
    print(f"first view: the default is drawn beside a table of {cells:,} cells after {first:.2f} s")
    if first > LONGEST_FIRST_VIEW:
        yield f"the first view within {LONGEST_FIRST_VIEW:.0f} s"
    shown.goto(f"{path.as_uri()}#page=all", wait_until="commit")
    shown.reload(wait_until="commit")
    shown.wait_for_selector("#wall li iframe")
    session = shown.context.new_cdp_session(shown)
    shown.evaluate(_SCROLL, 2)
    before = _memory(session)
    scrolled = shown.evaluate(_SCROLL, SCREENS)
    after = _memory(session)
    intervals = sorted(scrolled["intervals"])
    print(
        f"scrolling: a frame of the screen takes {statistics.median(intervals):.0f} ms (median), "
        f"{intervals[len(intervals) * 95 // 100]:.0f} ms (95 %), {intervals[-1]:.0f} ms (worst)"
    )
    print(f"alive at most: {scrolled['alive']} frames, {scrolled['nodes']} tiles")
    print(f"memory of the page: {before / 1e6:.0f} MB, after {SCREENS} screens {after / 1e6:.0f} MB")
    if scrolled["alive"] > MOST_FRAMES:
        yield f"at most {MOST_FRAMES} live frames"
    if after > before * MOST_GROWTH:
        yield "the same memory after scrolling as before"


def _first_view(shown: Page, path: Path) -> float:
    """Milliseconds until the first view stands, in a page that was opened anew."""
    shown.goto("about:blank")
    shown.goto(path.as_uri(), wait_until="commit")
    return float(shown.wait_for_function(_FIRST).json_value())


def _memory(session: CDPSession) -> float:
    """Bytes that scripts hold, once what is no longer used is thrown away."""
    session.send("HeapProfiler.collectGarbage")
    return float(session.send("Runtime.getHeapUsage")["usedSize"])


if __name__ == "__main__":
    sys.exit(main())
