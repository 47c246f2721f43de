"""One browser page that shows document after document, serves their images, and lets nothing out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

_AXE = """() => axe.run(document, {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], resultTypes: ["violations", "incomplete"]
}).then(found => found.violations.concat(found.incomplete).flatMap(rule => rule.nodes.map(
  node => `${rule.id}: ${node.html.slice(0, 160)} ${(node.any.concat(node.all, node.none)[0] || {}).message || ""}`
)))"""


@dataclass(slots=True)
class Viewer:
    """`requests` are the addresses asked for since they were last cleared, images of the project left out."""

    page: Page
    images: Mapping[str, bytes]
    base_url: str
    requests: list[str] = field(default_factory=list)

    @classmethod
    @contextmanager
    def opened(cls, browser: Browser, images: Mapping[str, bytes], base_url: str) -> Iterator[Viewer]:
        """A viewer in a context of its own."""
        context = browser.new_context()
        viewer = cls(context.new_page(), images, base_url)

        def answer(route: Route) -> None:
            viewer.answer(route)

        context.route("**/*", answer)
        yield viewer
        context.close()

    def show(self, html: str) -> None:
        """Show a document."""
        self.page.set_content(html, wait_until="domcontentloaded")

    def look(self, *, width: int, scheme: Literal["light", "dark"] = "light") -> None:
        """Change the window, or what the reader prefers."""
        self.page.set_viewport_size({"width": width, "height": 667 if width < 500 else 800})
        self.page.emulate_media(color_scheme=scheme)

    def axe(self, script: Path) -> list[str]:
        """What axe-core finds against WCAG 2 A and AA, or cannot decide."""
        if not self.page.evaluate("typeof axe === 'object'"):
            self.page.evaluate(script.read_text(encoding="utf-8"))
        violations: list[str] = self.page.evaluate(_AXE)
        return violations

    def evaluate(self, expression: str, argument: object = None) -> Any:
        """What an expression is worth in the page."""
        return self.page.evaluate(expression, argument)

    def answer(self, route: Route) -> None:
        name = route.request.url.removeprefix(self.base_url)
        if name in self.images:
            route.fulfill(body=self.images[name])
            return
        self.requests.append(route.request.url)
        route.abort()
