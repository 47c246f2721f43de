"""The gallery with ten thousand variants, in Chromium, from disk.

    python -m benchmarks.gallery [NUMBER]

prints how long the first card takes, how smoothly the wall scrolls, how many frames are alive meanwhile, and what the
page holds in memory. The variants are the starter's, over and over, each with a key and a digest of its own.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assembler.authoring import Project
from assembler.review.gallery.gallery import Gallery
from assembler.review.gallery.page import page
from assembler.review.pictures.chromium import started
from assembler.review.round import ReviewRound

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["many"]

ROOT = Path(__file__).parents[1]
MOMENT = datetime(2026, 11, 22, 12, tzinfo=UTC)
VARIANTS = 10_000
SCREENS = 40

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


def many(contents: dict[str, Any], number: int) -> dict[str, Any]:
    """The contents of a gallery with so many variants."""
    cards = contents["cards"]
    cards = []
    for count in range(number):
        card = cards[count % len(cards)]
        cards.append({**card, "key": f"{card['key']}{count}", "digest": f"{count:064x}"})
    return {**contents, "cards": cards}


def main() -> int:
    """Print the figures."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else VARIANTS
    gallery = Gallery.of(ReviewRound.begin(Project.load(ROOT), ROOT, MOMENT), tool="assembler")
    data = page(many(dict(gallery.contents), number), gallery.images, session=None)
    with tempfile.TemporaryDirectory() as folder, started() as browser:
        path = Path(folder) / "index.html"
        path.write_bytes(data)
        shown = browser.new_page(viewport={"width": 1280, "height": 800})
        _measure(shown, path, number, len(data))
    return 0


def _measure(shown: Page, path: Path, number: int, size: int) -> None:
    shown.goto(path.as_uri(), wait_until="commit")
    shown.wait_for_selector("#wall li iframe")
    first = shown.evaluate("performance.now()")
    session = shown.context.new_cdp_session(shown)
    scrolled = shown.evaluate(_SCROLL, SCREENS)
    session.send("HeapProfiler.collectGarbage")
    heap = session.send("Runtime.getHeapUsage")["usedSize"]
    intervals = sorted(scrolled["intervals"])
    print(f"{number:,} variants, {size / 1e6:.1f} MB page")
    print(f"first card with its live frame  {first / 1000:.2f} s")
    print(
        f"a frame of the screen, scrolling  median {statistics.median(intervals):.0f} ms, "
        f"95 % {intervals[len(intervals) * 95 // 100]:.0f} ms, worst {intervals[-1]:.0f} ms"
    )
    print(f"alive at most  {scrolled['alive']} frames, {scrolled['nodes']} cards")
    print(f"JavaScript heap after {SCREENS} screens  {heap / 1e6:.0f} MB")


if __name__ == "__main__":
    sys.exit(main())
