"""One promotional mail, written for Assembler, MJML, react-email and Maizzle, each with its defaults: what comes out.

    (cd tests/browser && npm ci) && (cd benchmarks/markup && npm install --no-package-lock)
    python -m benchmarks.markup

prints a Markdown table. The peers' sources are in benchmarks/markup/; their words and colours are the starter's. Needs
node and Chromium.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from assembler.authoring import Project
from tests.browser.viewer import Viewer

__all__ = ["Measured", "measured"]

ROOT = Path(__file__).parents[1]
AXE = ROOT / "tests/browser/node_modules/axe-core/axe.min.js"
PEERS = {"MJML": "mjml", "react-email": "react-email", "Maizzle": "maizzle"}
MOMENT = datetime(2026, 11, 22, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What a mail is made of. `outlook_tables` stand in comments for Outlook; `missing` names basics of email.md."""

    tables: int
    outlook_tables: int
    bytes: int
    depth: int
    missing: tuple[str, ...]


def measured(html: str) -> Measured:
    """Count a mail."""
    tree = LexborHTMLParser(html)
    everything = len(re.findall(r"<table\b", html))
    tables = len(tree.css("table"))
    return Measured(
        tables=tables,
        outlook_tables=everything - tables,
        bytes=len(html.encode()),
        depth=max(_depth(node) for node in tree.css("body *")),
        missing=tuple(name for name, holds in _BASICS.items() if not holds(tree, html)),
    )


def _depth(node: LexborNode) -> int:
    depth, parent = 0, node.parent
    while parent is not None and parent.tag != "html":
        depth, parent = depth + 1, parent.parent
    return depth


def _attribute(tree: LexborHTMLParser, selector: str, name: str) -> str:
    node = tree.css_first(selector)
    return (node.attributes.get(name) or "") if node is not None else ""


def _padded(tree: LexborHTMLParser, _: str) -> bool:
    first = tree.css_first("body > *")
    return first is not None and len(re.findall("[\u034f\u200b-\u200d\u2007\ufeff]", first.text())) >= 40


def _layout_only(tree: LexborHTMLParser, _: str) -> bool:
    return all(table.attributes.get("role") in ("presentation", "none") for table in tree.css("table"))


def _no_web_font(_: LexborHTMLParser, html: str) -> bool:
    return not re.search(r"@import|<link\b[^>]*stylesheet|@font-face", html)


def _sized(tree: LexborHTMLParser, _: str) -> bool:
    return all(
        re.fullmatch(r"\d+", image.attributes.get(name) or "")
        for image in tree.css("img")
        for name in ("width", "height")
    )


def _for_outlook(html: str) -> str:
    return "".join(re.findall(r"<!--\[if mso.*?<!\[endif\]-->", html, re.DOTALL))


_BASICS: Mapping[str, Callable[[LexborHTMLParser, str], bool]] = {
    "`lang`": lambda tree, _: bool(_attribute(tree, "html", "lang")),
    "`dir`": lambda tree, _: bool(_attribute(tree, "html", "dir")),
    "`lang` inside `body`": lambda tree, _: bool(tree.css("body > * [lang], body > [lang]")),
    "title": lambda tree, _: bool(tree.css("title") and tree.css("title")[0].text().strip()),
    "`role=article` with a label": lambda tree, _: bool(_attribute(tree, "[role=article]", "aria-label")),
    "one `h1`": lambda tree, _: len(tree.css("h1")) == 1,
    "layout tables marked": _layout_only,
    "padded preheader": _padded,
    "colour-scheme metas": lambda tree, _: bool(_attribute(tree, "meta[name=color-scheme]", "content")),
    "dark block": lambda _, html: "prefers-color-scheme" in html,
    "sizes of images": _sized,
    "96-dpi block": lambda _, html: "PixelsPerInch" in html,
    "600 px in Outlook": lambda tree, html: bool(tree.css("td[style*='width: 600px']")) or "600" in _for_outlook(html),
    "no foreign style sheet": _no_web_font,
}


def _mails() -> Iterator[tuple[str, str]]:
    """The mail of each maker."""
    library = Project.load(ROOT).compile(MOMENT)
    yield "**Assembler**", library.default("come_back", channel="email", locale="en").html or ""
    for name, script in PEERS.items():
        command = ["node", str(ROOT / f"benchmarks/markup/{script}.mjs")]
        yield name, subprocess.run(command, check=True, capture_output=True, text=True).stdout


def main() -> int:
    """Print the table."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None or shutil.which("node") is None or not AXE.is_file():
        print(
            "needs Chromium, node, and `npm ci` in tests/browser and `npm install` in benchmarks/markup",
            file=sys.stderr,
        )
        return 2
    from playwright.sync_api import sync_playwright

    print("| maker | tables, and for Outlook | bytes | depth | axe-core, light + dark | missing |")
    print("|---|---:|---:|---:|---:|---|")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        with Viewer.opened(browser, {}, "https://cdn.harbourandpine.example/a/") as viewer:
            for name, html in _mails():
                mail = measured(html)
                missing = ", ".join(mail.missing) or "nothing"
                print(
                    f"| {name} | {mail.tables} + {mail.outlook_tables} | {mail.bytes:,} | {mail.depth} "
                    f"| {_violations(viewer, html)} | {missing} |"
                )
        browser.close()
    return 0


def _violations(viewer: Viewer, html: str) -> str:
    """How many findings axe-core has by day and by night."""
    viewer.show(html)
    counts = []
    for scheme in ("light", "dark"):
        viewer.look(width=600, scheme="dark" if scheme == "dark" else "light")
        counts.append(str(len(viewer.axe(AXE))))
    return " + ".join(counts)


if __name__ == "__main__":
    sys.exit(main())
