"""A picture: WebP bytes and their size."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Self

from PIL import Image

TALLEST = 16_383
"""The most pixels that WebP has in a row or column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebpPicture:
    """A picture as the bytes of a WebP file; `width` and `height` in pixels."""

    webp: bytes
    width: int
    height: int

    @classmethod
    def of(cls, image: Image.Image, *, quality: int | None = None) -> Self:
        """Return an image as a picture, without loss or at a quality of 1 to 100."""
        out = io.BytesIO()
        lossless = {"lossless": True, "quality": 20, "method": 1}
        image.convert("RGB").save(out, "WEBP", **(lossless if quality is None else {"quality": quality, "method": 4}))
        return cls(webp=out.getvalue(), width=image.width, height=image.height)

    def thumbnail(self, width: int) -> Self:
        """Return the picture made smaller, `width` pixels wide."""
        image = self.image()
        size = width, max(round(image.height * width / image.width), 1)
        return self.of(image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0), quality=80)

    def image(self) -> Image.Image:
        """Return the pixels, as RGB."""
        with Image.open(io.BytesIO(self.webp), formats=["WEBP"]) as image:
            return image.convert("RGB")
