"""The fonts of pictures: the same letters on every machine, whatever is installed there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

_FOLDER = Path(__file__).parent / "fonts"
_STYLES = (("regular", 400, "normal"), ("bold", 700, "normal"), ("italic", 400, "italic"))

FAMILIES: Mapping[str, tuple[str, ...]] = {
    "arimo": (
        *("Arial", "Helvetica", "Helvetica Neue", "Arimo", "Liberation Sans", "Arial Black", "Verdana", "Tahoma"),
        *("Avenir Next", "Avenir", "Segoe UI", "Roboto", "Trebuchet MS", "Lucida Grande", "Calibri", "Aptos"),
    ),
    "gelasio": (
        *("Georgia", "Gelasio", "Times New Roman", "Times", "Liberation Serif", "Cambria", "Garamond"),
        *("Iowan Old Style", "Palatino Linotype", "Palatino", "Book Antiqua", "Baskerville"),
    ),
}
"""Font -> the families that it stands for: what mail programs and systems have. Others are the machine's own."""


def font_files() -> dict[str, bytes]:
    """Return the bytes of the files by name."""
    return {path.name: path.read_bytes() for path in sorted(_FOLDER.glob("*.woff"))}


def style_sheet(address: str) -> str:
    """Return CSS that draws every family of `FAMILIES` with a file below an address, which ends with a slash."""
    return "".join(
        f'@font-face{{font-family:"{family}";font-weight:{weight};font-style:{style};'
        f'src:url("{address}{font}-{name}.woff")}}'
        for font, families in FAMILIES.items()
        for family in families
        for name, weight, style in _STYLES
    )
