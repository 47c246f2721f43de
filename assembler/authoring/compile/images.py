"""Images: what templates see of them, and the files that are delivered.

The file in the project is the 2x image; the 1x image has half its pixels, rounded up. Delivered files are named by the
content of their source, so a changed image has a new address.
"""

from __future__ import annotations

import hashlib
import io
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from assembler.authoring.compile.cache import Cache, NoCache
from assembler.authoring.compile.overlay import Unwritable, drawn
from assembler.authoring.memory import Memory
from assembler.errors import nearest

__all__ = ["FORMATS", "MAX_PIXELS", "Images", "Picture", "Unusable", "stem"]

FORMATS = {"PNG": ".png", "JPEG": ".jpg", "GIF": ".gif", "WEBP": ".webp"}
MAX_PIXELS = 16_000_000
MAX_BYTES = 20_000_000
MAX_FRAMES = 200


@dataclass(frozen=True, slots=True)
class Picture:
    """An image as templates see it. `width` and `height` are CSS pixels: those of the 1x image."""

    url: str
    url_2x: str
    width: int
    height: int
    alt: str = ""


class Unusable(Exception):
    """Why an image cannot be used; `hint` says how to mend it."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class _Examined:
    format: str
    width: int
    height: int
    digest: str


class Images:
    """The images of a project by their path below assets/; each is examined once.

    `font` is the file of the font for words on images: that which Pillow carries, where there is none. What is drawn
    and encoded is kept in the `cache`, under keys that begin with `edition`: that of the program that does it. What the
    memory knows of an image is not examined again.
    """

    def __init__(
        self,
        files: Mapping[str, bytes],
        base_url: str,
        font: str | None = None,
        cache: Cache | None = None,
        edition: str = "",
        memory: Memory | None = None,
    ) -> None:
        self._files = files
        self._cache = cache or NoCache()
        self._edition = edition
        self._memory = memory or Memory()
        self._font = font
        self.base_url = base_url if base_url.endswith("/") or not base_url else base_url + "/"
        self.asked: dict[tuple[str, bool, str], None] = {}
        """What `picture` was asked for: file, whether for a page, words."""
        self._examined: dict[str, _Examined | Unusable] = {}
        self._pictures: dict[tuple[str, str], Picture] = {}
        self._delivered: dict[str, set[str]] = {}

    def shown(self) -> Iterator[tuple[str, Picture]]:
        """Every picture that was asked for, with its file."""
        for file in sorted(self._delivered):
            for overlay in sorted(self._delivered[file]):
                yield file, self._picture(file, overlay, overlay)

    def picture(self, file: str, alt: str = "", *, page: bool, overlay: str = "") -> Picture:
        """The picture of a file with words on it, if any; only a `page` may show WebP. Raises `Unusable`."""
        self.asked[file, page, overlay] = None
        found = self._examine(file)
        if found.format == "WEBP" and not page:
            raise Unusable("WebP, which many e-mail programs do not show", "use PNG, JPEG or GIF, or keep it to pages")
        if overlay and overlay not in self._delivered.get(file, ()):
            self._renditions(file, overlay)
        self._delivered.setdefault(file, set()).add(overlay)
        return self._picture(file, alt, overlay)

    def _picture(self, file: str, alt: str, overlay: str) -> Picture:
        if (file, overlay) not in self._pictures:
            found = self._examine(file)
            names = [_name(file, found, density, self._mark(found, overlay)) for density in (1, 2)]
            width, height = (found.width + 1) // 2, (found.height + 1) // 2
            self._pictures[file, overlay] = Picture(self.base_url + names[0], self.base_url + names[1], width, height)
        known = self._pictures[file, overlay]
        return Picture(known.url, known.url_2x, known.width, known.height, alt) if alt else known

    def problem(self, file: str) -> Unusable | None:
        """Why a file cannot be used anywhere; None where it can. Using is not asking: it is not delivered for this."""
        try:
            self._examine(file)
        except Unusable as problem:
            return problem
        return None

    def width(self, file: str) -> int:
        """The width in pixels of a file: that of its 2x image. Raises `Unusable`."""
        return self._examine(file).width

    def delivered(self) -> dict[str, bytes]:
        """The files to deliver for every picture used, by name: re-encoded, without metadata."""
        return {
            name: data
            for file in sorted(self._delivered)
            for overlay in sorted(self._delivered[file])
            for name, data in self._renditions(file, overlay)
        }

    def _mark(self, found: _Examined, overlay: str) -> str:
        """What tells apart the same image with other content or other words."""
        if not overlay:
            return found.digest
        font = self._files.get(self._font or "", b"")
        return hashlib.sha256(b"\0".join([found.digest.encode(), overlay.encode(), font])).hexdigest()[:10]

    def _drawn(self, image: Image.Image, overlay: str) -> Image.Image:
        if self._font is not None and self._font not in self._files:
            close = nearest(self._font, self._files)
            raise Unusable(f"no font assets/{self._font}", f"did you mean {close}?" if close else None)
        try:
            return drawn(image, overlay, self._files[self._font] if self._font is not None else None)
        except (Unwritable, OSError) as error:
            hint = "write fewer words, or name a font that has these letters in `assets: {font: ...}`"
            raise Unusable(f"words cannot be drawn: {error}", hint) from None

    def _renditions(self, file: str, overlay: str) -> list[tuple[str, bytes]]:
        """The 1x and the 2x image of a file, with their names."""
        found = self._examine(file)
        names = [_name(file, found, density, self._mark(found, overlay)) for density in (1, 2)]
        font = self._files.get(self._font or "", b"") if overlay else b""
        inputs = (self._edition.encode(), self._files[file], overlay.encode(), font)
        key = hashlib.sha256(b"".join(len(each).to_bytes(8, "big") + each for each in inputs)).hexdigest()
        kept = [self._cache.get(f"{key}-{density}x") for density in (1, 2)]
        if None not in kept:
            return [(name, data) for name, data in zip(names, kept, strict=True) if data is not None]
        made = self._made(file, overlay)
        for density, (_, data) in enumerate(made, start=1):
            self._cache.put(f"{key}-{density}x", data)
        return made

    def _made(self, file: str, overlay: str) -> list[tuple[str, bytes]]:
        found = self._examine(file)
        data = self._files[file]
        mark = self._mark(found, overlay)
        if found.format == "GIF":
            if overlay:
                raise Unusable("words on a GIF", "use PNG or JPEG for an image with words on it")
            return [(_name(file, found, density, mark), data) for density in (1, 2)]
        with Image.open(io.BytesIO(data)) as image:
            profile = image.info.get("icc_profile")
            large = ImageOps.exif_transpose(image).convert(_mode(image, found.format))
        large = self._drawn(large, overlay) if overlay else large
        small = large.resize(((found.width + 1) // 2, (found.height + 1) // 2), Image.Resampling.LANCZOS)
        return [
            (_name(file, found, density, mark), _encoded(each, found.format, profile if large.mode != "L" else None))
            for density, each in ((1, small), (2, large))
        ]

    def _examine(self, file: str) -> _Examined:
        data = self._files.get(file)
        if data is None:
            close = nearest(file, self._files)
            raise Unusable(
                f"no image assets/{file}", f"did you mean {close}?" if close else "the path is below assets/"
            )
        if file not in self._examined:
            self._examined[file] = self._memory.recall(("image", data), partial(_examined, data))
        found = self._examined[file]
        if isinstance(found, Unusable):
            raise Unusable(found.message, found.hint)
        return found


def _examined(data: bytes) -> _Examined | Unusable:
    try:
        return _opened(data)
    except Unusable as problem:
        return problem


def _opened(data: bytes) -> _Examined:
    if len(data) > MAX_BYTES:
        raise Unusable(f"an image file of {len(data) // 1_000_000} MB", f"at most {MAX_BYTES // 1_000_000} MB")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=list(FORMATS)) as image:
                return _Examined(image.format or "", *_loaded(image), hashlib.sha256(data).hexdigest()[:10])
    except UnidentifiedImageError:
        raise Unusable("not a PNG, JPEG, GIF or WebP image", "save it in one of these formats") from None
    except Image.DecompressionBombError:
        raise Unusable("more than 16 megapixels", "save it smaller") from None
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise Unusable(f"a damaged image: {error}", "save it again") from None


def _loaded(image: Image.Image) -> tuple[int, int]:
    """The size of an image whose every pixel could be read."""
    if image.width * image.height > MAX_PIXELS:
        raise Unusable(f"{image.width} x {image.height} pixels, over 16 megapixels", "save it smaller")
    if getattr(image, "n_frames", 1) > MAX_FRAMES:
        raise Unusable(f"more than {MAX_FRAMES} frames", "shorten the animation")
    image.load()
    return ImageOps.exif_transpose(image).size


def _mode(image: Image.Image, format_: str) -> str:
    """The mode in which an image is delivered: grey stays grey, transparency stays, all else is RGB."""
    if image.mode in ("L", "LA") and "transparency" not in image.info:
        return image.mode if format_ == "PNG" else "L"
    return "RGBA" if format_ != "JPEG" and image.has_transparency_data else "RGB"


def _name(file: str, found: _Examined, density: int, mark: str) -> str:
    return f"{stem(file)}-{mark}{'@2x' if density == 2 else ''}{FORMATS[found.format]}"


def stem(file: str) -> str:
    """What of a file's own name the names of its delivered files begin with."""
    return re.sub(r"[^a-z0-9]+", "-", PurePosixPath(file).stem.lower()).strip("-") or "image"


_OPTIONS: dict[str, dict[str, Any]] = {
    "PNG": {"optimize": True},
    "JPEG": {"quality": 82, "optimize": True, "progressive": True},
    "WEBP": {"quality": 82},
}


def _encoded(image: Image.Image, format_: str, profile: bytes | None) -> bytes:
    """The bytes of an image; of its metadata only the colour profile stays, without which its colours would change."""
    out = io.BytesIO()
    image.save(out, format_, icc_profile=profile, **_OPTIONS[format_])
    return out.getvalue()
