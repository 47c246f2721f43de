"""What is in a PDF file of Chromium's."""

from __future__ import annotations

import re
import zlib
from contextlib import suppress


def pages(pdf: bytes) -> int:
    """How many pages there are."""
    return len(re.findall(rb"/Type /Page\b", pdf))


def glyphs(pdf: bytes) -> int:
    """How many letters are drawn as letters, which can be searched, not as pixels or curves."""
    drawn = 0
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        with suppress(zlib.error):
            operations = zlib.decompressobj().decompress(stream)
            drawn += sum(len(text) // 4 for text in re.findall(rb"<([0-9A-Fa-f]+)> Tj", operations))
    return drawn
