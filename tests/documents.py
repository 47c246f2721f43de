"""The documents for people, and the blocks in them that are run."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]


def blocks(document: str, language: str) -> list[str]:
    """Return what stands in a document's fenced blocks of a language, in their order."""
    text = (ROOT / document).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def commands(document: str) -> list[str]:
    """Return the lines of a document's console blocks, without their prompts."""
    return [line.removeprefix("$ ") for block in blocks(document, "console") for line in block.splitlines()]
